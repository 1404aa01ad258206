/** Places that may be written, and files that are written under a temporary name and renamed when whole. */
import { accessSync, chmodSync, constants, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import { clearDeadTemporaries, temporaryNameOf } from './left-overs.ts';
import { findStats, followLinks } from './real-place.ts';
import { forgetTemporary, rememberTemporary, removeQuietly } from './temporaries.ts';

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
 * a folder that may be written. Through symbolic links.
 * @throws UsageError naming the path asked for
 */
export function checkCreatable(path: string): void {
  let above = dirname(followLinks(path));
  for (;;) {
    const stat = findStats(above);
    if (stat !== undefined && !stat.isDirectory()) {
      throw new Fault('place-below-file', { file: path, value: above });
    }
    if (stat !== undefined || above === dirname(above)) break;
    above = dirname(above);
  }
  try {
    accessSync(above, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite('the folder may not be written', path, error);
  }
}

/**
 * Writes a file under another name beside it, then renames it: at any time there is the file of before, or the new
 * one, whole. A file that is replaced leaves its rights to the new one.
 * @param shown the path as it was asked for
 * @throws UsageError where the place cannot be written
 */
export function writeFileWhole(path: string, content: string | Uint8Array, shown = path): void {
  const temporary = temporaryNameOf(path, 'tmp');
  rememberTemporary(temporary);
  try {
    createFolder(dirname(resolve(path)));
    clearDeadTemporaries(path);
    removeQuietly(temporary);
    writeFileSync(temporary, content, { flag: 'wx' });
    const previous = findStats(path);
    if (previous !== undefined) chmodSync(temporary, previous.mode);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw cannotWrite('the file cannot be written', shown, error);
  } finally {
    forgetTemporary(temporary);
  }
}

export function cannotWrite(message: string, path: string, error: unknown): UsageError {
  return new UsageError(message, {
    file: path,
    value: codeOf(error),
    remedy: 'Check the folder, its rights, and the space left.',
  });
}

/** `ENOSPC`, say; what the error says where it has no code. */
export function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message ?? String(error);
}
