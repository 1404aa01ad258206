/**
 * The cache folder: content-addressed files, named after the SHA-256 of what they were made from, each ending
 * with a checksum of its own bytes. A file that is cut short, damaged or foreign is ignored and made anew.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from '../common/crc32.ts';
import { Fault, UsageError } from '../common/errors.ts';
import { CHECKSUM_BYTES } from '../network/array-file.ts';
import { readCacheEntry } from './cache-entry.ts';
import { cannotWrite, checkCreatable, codeOf, createFolder } from './files.ts';
import { clearDeadTemporaries, temporaryNameOf } from './left-overs.ts';
import { forgetTemporary, rememberTemporary, removeQuietly } from './temporaries.ts';

const EXTENSION = '.maillage';
/** Half-written entries of this version and of those before. */
const LEFT_OVER = /\.maillage\.(?:\d+|maillage-\d+-[0-9a-f]{8})\.tmp$/;

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
   * The bytes of an entry without their checksum, in shared memory; undefined where absent or damaged.
   * @param readEntry reads the file, on another thread perhaps
   */
  async read(name: string, readEntry = readCacheEntry): Promise<SharedArrayBuffer | undefined> {
    return this.folder === undefined ? undefined : await readEntry(this.pathOf(name));
  }

  /** Writes an entry under a temporary name, then renames it; a cache that cannot be written is no error. */
  write(name: string, parts: readonly Uint8Array[]): boolean {
    if (this.folder === undefined) return false;
    const path = this.pathOf(name);
    const temporary = temporaryNameOf(path, 'tmp');
    rememberTemporary(temporary);
    try {
      createFolder(this.folder);
      clearDeadTemporaries(path);
      removeQuietly(temporary);
      const descriptor = openSync(temporary, 'wx');
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
    } finally {
      forgetTemporary(temporary);
    }
  }

  /** @throws UsageError where the folder cannot be read */
  list(): CacheEntry[] {
    return this.listNames()
      .filter((name) => name.endsWith(EXTENSION))
      .sort()
      .flatMap((name) => {
        const stats = this.statsOf(name);
        return stats === undefined ? [] : [{ name, bytes: stats.size, modified: stats.mtime }];
      });
  }

  /**
   * Removes every entry (and left-over temporary files of this tool); returns how many bytes that freed.
   * @throws UsageError where the folder cannot be read, or an entry not be removed
   */
  clear(): number {
    let bytes = 0;
    for (const name of this.listNames()) {
      if (!name.endsWith(EXTENSION) && !LEFT_OVER.test(name)) continue;
      const stats = this.statsOf(name);
      if (stats === undefined) continue;
      try {
        rmSync(join(this.folder!, name), { force: true });
      } catch (error) {
        throw new Fault('cache-file-stuck', { file: join(this.folder!, name), value: codeOf(error) });
      }
      bytes += stats.size;
    }
    return bytes;
  }

  private listNames(): string[] {
    if (this.folder === undefined) return [];
    try {
      return readdirSync(this.folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw new Fault('cache-unreadable', { file: this.folder, value: codeOf(error) });
    }
  }

  /** Undefined for a folder, which is none of ours, and for what another run has removed meanwhile. */
  private statsOf(name: string): Stats | undefined {
    const stats = lstatSync(join(this.folder!, name), { throwIfNoEntry: false });
    return stats?.isDirectory() === true ? undefined : stats;
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
  const cache = openListedCache(chosen);
  if (chosen === undefined) return cache;
  checkCreatable(chosen);
  try {
    // Throws where the path is too long, or leads round in a circle.
    const isThere = statSync(chosen, { throwIfNoEntry: false }) !== undefined;
    if (!isThere && lstatSync(chosen, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new Fault('cache-link-dangling', { file: chosen });
    }
    if (isThere) accessSync(chosen, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotWrite('the folder of the cache cannot be read and written', chosen, error);
  }
  return cache;
}

/** As `openCache`, to look into it, which needs no right to write. @throws UsageError */
export function openListedCache(chosen: string | undefined): Cache {
  const folder = cacheFolder(chosen);
  checkCacheFolder(folder);
  return new Cache(folder);
}

/** Refuses a folder for the cache that is a file, before long work starts. */
function checkCacheFolder(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Fault('cache-is-file', { file: folder });
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
