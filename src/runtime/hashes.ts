/** SHA-256 of inputs and texts. */
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { Fault } from '../common/errors.ts';
import { cannotOpen } from '../common/file-faults.ts';
import { refuseBlank } from './blank-files.ts';
import { type FileFingerprint, hashDescriptor, listFilesBelow } from './file-hash.ts';
import { rememberFolder, rememberInput } from './input-stamps.ts';

export type { FileFingerprint };

/**
 * Hashes a file in chunks: nothing of it stays in memory. Remembers what the file was then, for
 * `requireUnchanged`. Throws a UsageError where it cannot be read.
 */
export function fingerprintFile(path: string): FileFingerprint {
  let descriptor: number;
  try {
    // Without waiting: a pipe that nobody writes to would be waited for without end, and is refused below.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw cannotOpen(path, error);
  }
  try {
    const takenAt = Date.now();
    const stats = fstatSync(descriptor, { bigint: true });
    requireFile(path, stats);
    refuseBlank(path, descriptor, Number(stats.size));
    const fingerprint = hashDescriptor(descriptor);
    rememberInput(path, { stats, takenAt, sha256: fingerprint.sha256 });
    return fingerprint;
  } finally {
    closeSync(descriptor);
  }
}

/** Inputs are read in several places, which neither a folder nor a stream allows. */
function requireFile(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) {
    throw new Fault('input-is-folder', { file: path });
  }
  throw new Fault('input-is-stream', { file: path });
}

/** As `fingerprintFile`; a folder (an unpacked feed) is the names and fingerprints of the files in it. */
export function fingerprintFeed(path: string): FileFingerprint {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return fingerprintFile(path);
  let bytes = 0;
  const entries = listFilesBelow(path);
  rememberFolder(path, entries);
  const lines = entries.map((file) => {
    const fingerprint = fingerprintFile(file);
    bytes += fingerprint.bytes;
    return `${relative(path, file).replaceAll('\\', '/')} ${fingerprint.sha256}`;
  });
  return { sha256: sha256OfText(lines.join('\n')), bytes };
}

export function sha256OfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
