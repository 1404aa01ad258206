/** Values of the scripts' command-line options. */
import { InvalidArgumentError } from 'commander';

/** A whole number >= 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number >= 1');
  return value;
}
