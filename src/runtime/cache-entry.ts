/** Reads one file of the cache, whole and checked. Apart from the folder, so that another thread can do it as well. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from '../common/crc32.ts';
import { CHECKSUM_BYTES } from '../network/array-file.ts';

/** Parts read at once: of the four threads that Node reads with, some are left for other files meanwhile. */
const PARTS = 2;

/**
 * The bytes of an entry without their checksum, in shared memory; undefined where absent or damaged. All parts are
 * asked for at once, so that they come while this thread is at other work.
 */
export async function readCacheEntry(path: string): Promise<SharedArrayBuffer | undefined> {
  let file: FileHandle;
  try {
    // Without waiting: a pipe in the entry's place would be waited for without end.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    const stats = await file.stat();
    const { size } = stats;
    if (!stats.isFile() || size <= CHECKSUM_BYTES) return undefined;
    const bytes = new Uint8Array(new SharedArrayBuffer(size - CHECKSUM_BYTES));
    const parts: Array<Promise<boolean>> = [];
    const partBytes = Math.ceil(bytes.length / PARTS);
    for (let from = 0; from < bytes.length; from += partBytes) {
      parts.push(readWhole(file, bytes.subarray(from, from + partBytes), from));
    }
    if (!(await Promise.all(parts)).every(Boolean)) return undefined;
    const written = Buffer.alloc(CHECKSUM_BYTES);
    if (!(await readWhole(file, written, bytes.length))) return undefined;
    return written.readUInt32LE() === crc32(bytes) ? (bytes.buffer as SharedArrayBuffer) : undefined;
  } finally {
    await file.close();
  }
}

/** Fills `bytes`; false where the file ends before, or cannot be read. */
async function readWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<boolean> {
  try {
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
      if (bytesRead === 0) return false;
      done += bytesRead;
    }
    return true;
  } catch {
    return false;
  }
}
