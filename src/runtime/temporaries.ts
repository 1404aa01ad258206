/** Paths that this run has under way: an interruption removes them, and they are no left-overs. */
import { rmSync } from 'node:fs';

const temporaryPaths = new Set<string>();

export function rememberTemporary(path: string): void {
  temporaryPaths.add(path);
}

export function forgetTemporary(path: string): void {
  temporaryPaths.delete(path);
}

export function isTemporaryOfThisRun(path: string): boolean {
  return temporaryPaths.has(path);
}

/** Removes what an interrupted run would leave behind. Called by the signal handler. */
export function removeTemporaries(): void {
  for (const path of temporaryPaths) removeQuietly(path);
  temporaryPaths.clear();
}

/** Removes what may not even be there; the error that led here is the one to tell. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Below a file there is nothing to remove.
  }
}
