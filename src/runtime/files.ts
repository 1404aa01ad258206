/** Files are written under a temporary name beside their own, and renamed when whole. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

/** @throws UsageError where the place cannot be written */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  rememberTemporary(temporary);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError('the file cannot be written', {
      file: path,
      value: (error as NodeJS.ErrnoException).code ?? String(error),
      remedy: 'Check the folder, its rights, and the space left.',
    });
  } finally {
    forgetTemporary(temporary);
  }
}
