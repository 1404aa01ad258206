/** A place that cannot be a cache is refused before the work, with its path and what to do; any other is taken. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UsageError } from '../../src/common/errors.ts';
import { openCache } from '../../src/runtime/cache.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
beforeAll(() => {
  writeFileSync(join(folder.path, 'file'), 'x');
  mkdirSync(join(folder.path, 'real'));
  symlinkSync('nowhere', join(folder.path, 'dangling'));
  symlinkSync('b', join(folder.path, 'a'));
  symlinkSync('a', join(folder.path, 'b'));
  symlinkSync('real', join(folder.path, 'link'));
});

it.each([
  ['file', 'must be a folder'],
  ['file/below', 'a folder above it is a file'],
  ['dangling', 'leads nowhere'],
  ['a', 'leads round in a circle'],
  ['a/below', 'cannot be read and written'],
  ['x'.repeat(300), 'cannot be read and written'],
])('%s is refused', (name, says) => {
  const path = join(folder.path, name);
  let error: unknown;
  try {
    openCache(path);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).message).toContain(says);
  expect((error as UsageError).fields.file).toBe(path);
  expect((error as UsageError).fields.remedy).toBeTruthy();
});

it.each(['real', 'link', 'new', 'real/new'])('%s is taken', (name) => {
  expect(() => openCache(join(folder.path, name))).not.toThrow();
});
