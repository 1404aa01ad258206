/**
 * Whether an input is still what it was when it was hashed. An input is read more than once (hashed, then parsed,
 * perhaps by several readers), and somebody may write to it meanwhile: what is cached or computed would then belong
 * to one version, and stand under the hash of another, for good. So each file's size, times and number on its disk
 * are kept when it is hashed, and asked for again once it has been read.
 *
 * Times are as coarse as two seconds on some disks: a file changed so shortly before it was hashed that another change
 * would not show is hashed a second time (as git does with its index).
 */
import { type BigIntStats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault, type UsageError } from '../common/errors.ts';
import { hashFile, listFilesBelow } from './file-hash.ts';

export interface InputStamp {
  stats: BigIntStats;
  /** When they were taken, milliseconds; not later. */
  takenAt: number;
  /** Undefined where the file was not hashed. */
  sha256: string | undefined;
}

const stampOfFile = new Map<string, InputStamp>();
const filesOfFolder = new Map<string, readonly string[]>();

const COARSEST_TIME_MS = 3000;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** Keeps what a file was before it was read. */
export function rememberInput(path: string, stamp: InputStamp): void {
  stampOfFile.set(resolve(path), stamp);
}

/** As `rememberInput`, for a file that is not hashed. Where it is not there its reader says so. */
export function rememberUnhashed(path: string): void {
  const takenAt = Date.now();
  const stats = findBigStats(path);
  if (stats?.isFile() === true) rememberInput(path, { stats, takenAt, sha256: undefined });
}

/** Keeps which files were below a folder. */
export function rememberFolder(path: string, files: readonly string[]): void {
  filesOfFolder.set(resolve(path), files);
}

/**
 * Call once inputs have been read, before anything made from them is kept. Paths that were never remembered pass.
 * @throws UsageError where a file changed since
 */
export function requireUnchanged(paths: readonly string[]): void {
  for (const path of paths) {
    const files = filesOfFolder.get(resolve(path));
    if (files !== undefined && listFilesBelow(path).join('\n') !== files.join('\n')) throw changed(path);
    for (const file of files ?? [path]) if (hasChanged(file)) throw changed(file);
  }
}

function hasChanged(path: string): boolean {
  const stamp = stampOfFile.get(resolve(path));
  if (stamp === undefined) return false;
  const { stats: before, takenAt, sha256 } = stamp;
  const now = findBigStats(path);
  if (now === undefined || now.dev !== before.dev || now.ino !== before.ino) return true;
  if (now.size !== before.size || now.mtimeNs !== before.mtimeNs) return true;
  const isOldEnough = takenAt - Number(before.ctimeNs / NANOSECONDS_PER_MILLISECOND) > COARSEST_TIME_MS;
  if ((now.ctimeNs === before.ctimeNs && isOldEnough) || sha256 === undefined) return false;
  // Its rights or links changed (a backup does that), or its last change was too young to tell it from the next.
  stampOfFile.set(resolve(path), { stats: now, takenAt: Date.now(), sha256 });
  return hashFile(path) !== sha256;
}

function findBigStats(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}

function changed(file: string): UsageError {
  return new Fault('file-changed', { file });
}
