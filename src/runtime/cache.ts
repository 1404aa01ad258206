/**
 * The cache folder: content-addressed files, named after the SHA-256 of what they were made from, each ending
 * with a checksum of its own bytes. A file that is cut short, damaged or foreign is ignored and made anew.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from '../common/crc32.ts';
import { UsageError } from '../common/errors.ts';
import { CHECKSUM_BYTES } from '../network/array-file.ts';
import { checkCreatable, createFolder, removeQuietly } from './files.ts';

const EXTENSION = '.maillage';
/** Parts read at once: of the four threads that Node reads with, some are left for other files meanwhile. */
const PARTS = 2;

/** `--cache`, else `$XDG_CACHE_HOME/maillage`, else the system's folder for caches. */
export function cacheFolder(chosen: string | undefined): string {
  if (chosen !== undefined) return chosen;
  const xdg = process.env['XDG_CACHE_HOME'];
  if (xdg) return join(xdg, 'maillage');
  if (process.platform === 'win32') {
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'maillage', 'cache');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'maillage');
  return join(homedir(), '.cache', 'maillage');
}

export interface CacheEntry {
  name: string;
  bytes: number;
  modified: Date;
}

/** A cache in one folder, or none at all (`--no-cache`). */
export class Cache {
  constructor(readonly folder: string | undefined) {}

  /**
   * The bytes of an entry without their checksum, in shared memory; undefined where absent or damaged. All parts are
   * asked for at once, so that they come while this thread is at other work.
   */
  async read(name: string): Promise<SharedArrayBuffer | undefined> {
    if (this.folder === undefined) return undefined;
    let file: FileHandle;
    try {
      file = await open(this.pathOf(name), 'r');
    } catch {
      return undefined;
    }
    try {
      const { size } = await file.stat();
      if (size <= CHECKSUM_BYTES) return undefined;
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

  /** Writes an entry under a temporary name, then renames it; a cache that cannot be written is no error. */
  write(name: string, parts: readonly Uint8Array[]): boolean {
    if (this.folder === undefined) return false;
    const path = this.pathOf(name);
    const temporary = `${path}.${process.pid}.tmp`;
    try {
      createFolder(this.folder);
      const descriptor = openSync(temporary, 'w');
      let checksum = 0;
      try {
        for (const part of parts) {
          checksum = crc32(part, checksum);
          writeWhole(descriptor, part);
        }
        const last = Buffer.alloc(CHECKSUM_BYTES);
        last.writeUInt32LE(checksum);
        writeWhole(descriptor, last);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, path);
      return true;
    } catch {
      removeQuietly(temporary);
      return false;
    }
  }

  list(): CacheEntry[] {
    if (this.folder === undefined || !existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(EXTENSION))
      .sort()
      .map((name) => {
        const { size, mtime } = statSync(join(this.folder!, name));
        return { name, bytes: size, modified: mtime };
      });
  }

  /** Removes every entry (and left-over temporary files of this tool); returns how many bytes that freed. */
  clear(): number {
    if (this.folder === undefined || !existsSync(this.folder)) return 0;
    let bytes = 0;
    for (const name of readdirSync(this.folder)) {
      if (!name.endsWith(EXTENSION) && !/\.maillage\.\d+\.tmp$/.test(name)) continue;
      const path = join(this.folder, name);
      bytes += statSync(path).size;
      rmSync(path);
    }
    return bytes;
  }

  private pathOf(name: string): string {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`unusable cache name ${name}`);
    return join(this.folder!, name + EXTENSION);
  }
}

/**
 * The cache that the command line asks for: in a folder, in the default one (true or undefined), or none (false).
 * A default folder that cannot be written is no error, but one that was asked for is.
 * @throws UsageError
 */
export function openCache(choice: string | boolean | undefined): Cache {
  if (choice === false) return new Cache(undefined);
  const chosen = typeof choice === 'string' ? choice : undefined;
  const folder = cacheFolder(chosen);
  checkCacheFolder(folder);
  if (chosen !== undefined) checkCreatable(chosen);
  return new Cache(folder);
}

/** Refuses a folder for the cache that is a file, before long work starts. */
function checkCacheFolder(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new UsageError('the cache must be a folder', { file: folder, remedy: 'Choose another --cache.' });
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

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
