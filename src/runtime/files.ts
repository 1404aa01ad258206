/** Files are written under a temporary name beside their own, and renamed when whole. */
import {
  accessSync,
  constants,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../common/errors.ts';

/** Paths that an interruption must remove. */
const temporaryPaths = new Set<string>();

export function rememberTemporary(path: string): void {
  temporaryPaths.add(path);
}

export function forgetTemporary(path: string): void {
  temporaryPaths.delete(path);
}

/** Removes what an interrupted run would leave behind. Called by the signal handler. */
export function removeTemporaries(): void {
  for (const path of temporaryPaths) rmSync(path, { recursive: true, force: true });
  temporaryPaths.clear();
}

/**
 * Makes a folder and those above it, one after the other: the recursive call of Node 20 never returns where the
 * system answers "no such file" below a folder that exists (as in /proc).
 */
export function createFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) createFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) throw error; // Another run may have made it in the meantime.
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Checks, before long work starts, that something may be made at a path: what exists of the folders above it is
 * a folder that may be written.
 * @throws UsageError naming the path asked for
 */
export function checkCreatable(path: string): void {
  let above = dirname(resolve(path));
  for (;;) {
    const stat = findStat(above);
    if (stat !== undefined && !stat.isDirectory()) {
      throw new UsageError('a folder above it is a file', {
        file: path,
        value: above,
        remedy: 'Choose another place.',
      });
    }
    if (stat !== undefined) break;
    above = dirname(above);
  }
  try {
    accessSync(above, constants.W_OK);
  } catch (error) {
    throw cannotWrite('the folder may not be written', path, error);
  }
}

/** `statSync` throws ENOTDIR below a file, whatever its option says: that is "no such entry" too. */
function findStat(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * Checks, before long work starts, that a file may be written, and is none of the inputs.
 * @throws UsageError
 */
export function checkOutputFile(path: string, inputs: readonly string[]): void {
  checkCreatable(path);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    throw new UsageError('the file to write is a folder', { file: path, remedy: 'Name a file in it.' });
  }
  const real = realpathSync(path);
  if (inputs.some((input) => findStat(input) !== undefined && realpathSync(input) === real)) {
    throw new UsageError('the file to write is one of the inputs', {
      file: path,
      remedy: 'Choose another --out: nothing is written over.',
    });
  }
}

/** @throws UsageError where the place cannot be written */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  rememberTemporary(temporary);
  try {
    createFolder(dirname(resolve(path)));
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw cannotWrite('the file cannot be written', path, error);
  } finally {
    forgetTemporary(temporary);
  }
}

/** Removes what may not even be there; the error that led here is the one to tell. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Below a file there is nothing to remove.
  }
}

export function cannotWrite(message: string, path: string, error: unknown): UsageError {
  return new UsageError(message, {
    file: path,
    value: (error as NodeJS.ErrnoException).code ?? String(error),
    remedy: 'Check the folder, its rights, and the space left.',
  });
}
