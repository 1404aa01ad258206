/** SHA-256 of files and texts. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError } from '../common/errors.ts';

/** Read and hashed while it lies in the nearest cache of the processor. */
const CHUNK_BYTES = 1 << 16;

export interface FileFingerprint {
  sha256: string;
  bytes: number;
}

/** Hashes a file in chunks: nothing of it stays in memory. Throws a UsageError where it cannot be read. */
export function fingerprintFile(path: string): FileFingerprint {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    throw new UsageError('the file cannot be opened', {
      file: path,
      remedy: 'Check the path and its rights.',
    });
  }
  try {
    requireFile(path, fstatSync(descriptor));
    for (;;) {
      const read = readSync(descriptor, buffer, 0, CHUNK_BYTES, bytes);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Inputs are read in several places, which neither a folder nor a stream allows. */
function requireFile(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) {
    throw new UsageError('this is a folder, and a file is needed', {
      file: path,
      remedy: 'Name the file in it.',
    });
  }
  throw new UsageError('this is a stream, and a file is needed', {
    file: path,
    remedy: 'Write it to a file first, and name that.',
  });
}

/** As `fingerprintFile`; a folder (an unpacked feed) is the names and fingerprints of the files in it. */
export function fingerprintFeed(path: string): FileFingerprint {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return fingerprintFile(path);
  let bytes = 0;
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
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
