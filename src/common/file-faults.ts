/**
 * The one boundary of all readers: whatever a parser throws while it reads a file, ours or a library's, is that file's
 * defect and never an internal error. What the system says about files is told in the same words everywhere.
 */
import { type Stats, statSync } from 'node:fs';
import { InterruptedError, UsageError } from './errors.ts';

/** Runs what reads one file. @throws UsageError for whatever goes wrong in it */
export async function whileReading<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw defectOf(file, error);
  }
}

/** As `whileReading`, at once. */
export function whileReadingNow<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw defectOf(file, error);
  }
}

function defectOf(file: string, error: unknown): Error {
  if (error instanceof UsageError || error instanceof InterruptedError) return error;
  if (systemCodeOf(error) !== undefined) return cannotOpen(file, error);
  return new UsageError(wordDefect(error), {
    file,
    remedy: 'It is damaged, or not what its name says: download or export it again.',
  });
}

function wordDefect(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /call stack/i.test(text))
    return 'what the file holds is nested too deeply';
  if (error instanceof RangeError && /length|allocation/i.test(text))
    return 'the file holds more than can be read at once';
  return `the file cannot be read: ${text}`;
}

/** What the system says -> what a user can make of it. */
const SYSTEM_FAULTS: ReadonlyMap<string, readonly [fault: string, remedy: string]> = new Map([
  ['EMFILE', ['too many files are open', 'Close other programs, or raise the limit (ulimit -n).']],
  ['ENFILE', ['too many files are open', 'Close other programs, or raise the limit (ulimit -n).']],
  ['ENAMETOOLONG', ['the path is longer than the system allows', 'Check the path.']],
  ['ERR_INVALID_ARG_VALUE', ['the path holds a character that no path holds', 'Check the path.']],
  ['EISDIR', ['this is a folder, not a file', 'Name the file inside it.']],
  ['EIO', ['the disk or the network fails', 'Copy the file to another disk, and check this one.']],
]);

/** The error for a file or folder that the system does not open, list or read. */
export function cannotOpen(file: string, error: unknown): UsageError {
  const code = systemCodeOf(error);
  const known = SYSTEM_FAULTS.get(code ?? '');
  const reason = code ?? (error instanceof Error ? error.message : String(error));
  const [fault, remedy] = known ?? [
    `the file cannot be opened (${reason})`,
    'Check the path and its rights; paths of a study are relative to the study file.',
  ];
  return new UsageError(fault, { file, remedy });
}

/** What a path leads to; undefined where there is nothing. @throws UsageError where the system does not say */
export function statFile(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** `ENOENT` and the like; undefined for what the system has not said. */
export function systemCodeOf(error: unknown): string | undefined {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  if (typeof code !== 'string') return undefined;
  return typeof syscall === 'string' || code === 'ERR_INVALID_ARG_VALUE' ? code : undefined;
}
