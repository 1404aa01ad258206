/** SHA-256 of what a file holds, in chunks: nothing of it stays in memory. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Read and hashed while it lies in the nearest cache of the processor. */
const CHUNK_BYTES = 1 << 16;

export interface FileFingerprint {
  sha256: string;
  bytes: number;
}

/** Throws what the system says where the file cannot be read. */
export function hashFile(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    return hashDescriptor(descriptor).sha256;
  } finally {
    closeSync(descriptor);
  }
}

export function hashDescriptor(descriptor: number): FileFingerprint {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, 0, CHUNK_BYTES, bytes);
    if (read === 0) break;
    hash.update(buffer.subarray(0, read));
    bytes += read;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The files in a folder and in those below, sorted. */
export function listFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
