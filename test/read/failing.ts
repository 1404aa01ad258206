/** What a call that must fail says to the user. */
import { expect } from 'vitest';
import { UsageError } from '../../src/common/errors.ts';

/** The UsageError that `work` throws; any other outcome fails the test. */
export async function usageErrorOf(work: () => unknown): Promise<UsageError> {
  let caught: unknown;
  try {
    await work();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(UsageError);
  return caught as UsageError;
}
