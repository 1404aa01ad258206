/**
 * The temporary names that a run gives to what it has not put in place yet, and to what it has just replaced. They
 * stand beside the place itself (a rename must not leave the disk), name the tool so that no file of the user's is
 * ever taken for one, and name the run, so that the next one can tell what a dead run has left from what a living
 * one is at:
 *
 *     resultats.maillage-<process>-<machine>.tmp     not in place yet
 *     resultats.maillage-<process>-<machine>.old     was in place, and is about to go
 */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isTemporaryOfThisRun, removeQuietly } from './temporaries.ts';

export type TemporaryKind = 'tmp' | 'old';

/** Processes are numbered by each machine for itself, and a folder may be shared by several. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Longer than any run takes from the first byte that it writes to the last; it is then dead whatever its number. */
const LONGEST_WRITING_MS = 3_600_000;

export function temporaryNameOf(path: string, kind: TemporaryKind): string {
  return `${resolve(path)}.maillage-${process.pid}-${MACHINE}.${kind}`;
}

/** What other runs have left, or are at, beside a path. */
export function findTemporaries(path: string, kind: TemporaryKind): string[] {
  const folder = dirname(resolve(path));
  const start = `${basename(path)}.maillage-`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // Absent, or not to be listed: then nothing can be cleared there either.
  }
  return names
    .filter((name) => name.startsWith(start) && name.endsWith(`.${kind}`) && findOwner(name) !== undefined)
    .map((name) => join(folder, name))
    .filter((found) => !isTemporaryOfThisRun(found));
}

/** Removes the half-written files and folders of dead runs beside a path. */
export function clearDeadTemporaries(path: string): void {
  for (const left of findTemporaries(path, 'tmp')) if (isOfDeadRun(left)) removeQuietly(left);
}

export function isOfDeadRun(path: string): boolean {
  const { pid, machine } = findOwner(basename(path))!;
  if (machine === MACHINE && (pid === process.pid || !isRunning(pid))) return true;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > LONGEST_WRITING_MS;
}

function findOwner(name: string): { pid: number; machine: string } | undefined {
  const match = /\.maillage-(\d+)-([0-9a-f]{8})\.(?:tmp|old)$/.exec(name);
  return match === null ? undefined : { pid: Number(match[1]), machine: match[2]! };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
