/**
 * What in a folder of results is the tool's own: the files that its manifest lists, as long as their bytes are those
 * that the manifest vouches for. Everything else is the user's, an output that was edited since among it.
 */
import {
  closeSync,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { hashFile } from './file-hash.ts';

export const MANIFEST_NAME = 'manifest.json';

/** name -> size and SHA-256; undefined where the name alone decides. */
export type OwnFiles = ReadonlyMap<string, { bytes: number; sha256: string } | undefined>;

/** How a folder tells its own files; undefined where it is no result of this tool. */
export type FindOwnFiles = (folder: string) => OwnFiles | undefined;

/** By the manifest of a generator. */
export function byManifest(generator: string): FindOwnFiles {
  return (folder) => {
    const manifest = readOwnManifest(folder, generator);
    if (manifest === undefined) return undefined;
    const own = new Map<string, { bytes: number; sha256: string } | undefined>();
    for (const { name, bytes, sha256 } of manifest.outputs ?? []) own.set(name, { bytes, sha256 });
    return own.set(MANIFEST_NAME, undefined);
  };
}

/** Whether a file begins as the tool's own would. */
export type StartOfFile = (start: string) => boolean;

/** Where there is no manifest: by the names of the files, and how they begin. */
export function byStart(starts: ReadonlyMap<string, StartOfFile>): FindOwnFiles {
  return (folder) => {
    const own = new Map<string, undefined>();
    for (const [name, begins] of starts) if (begins(readStart(join(folder, name)))) own.set(name, undefined);
    return own.size === 0 ? undefined : own;
  };
}

/** Long enough for the header of any file of the tool. */
const START_BYTES = 512;

/** The first characters of a file; none where there is no file, or it cannot be read. */
export function readStart(path: string): string {
  try {
    if (!statSync(path).isFile()) return '';
    const descriptor = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(START_BYTES);
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, START_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

/** The manifest of the result that lies in a folder; undefined where there is none of this generator. */
export function readOwnManifest(folder: string, generator: string): Manifest | undefined {
  const manifest = readManifest(folder);
  return manifest?.generator?.name === generator ? manifest : undefined;
}

interface Manifest {
  generator?: { name?: string };
  outputs?: Array<{ name: string; bytes: number; sha256: string }>;
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const value = JSON.parse(readFileSync(join(folder, MANIFEST_NAME), 'utf8')) as Manifest | null;
    return value !== null && Array.isArray(value.outputs ?? []) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What file managers put into every folder that they have shown. It makes a folder nobody's. */
const DROPPINGS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.directory']);

/** Whether nothing lies in the folder but what a file manager has left there. */
export function isAsGoodAsEmpty(names: readonly string[]): boolean {
  return names.every((name) => DROPPINGS.has(name));
}

/** What a file is, as far as that shows without reading it -> its SHA-256: nothing is read twice. */
export type HashedFiles = Map<string, string>;

/** Entries of a folder that are the user's. */
export function listUsersEntries(folder: string, own: OwnFiles, hashed: HashedFiles): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => !isOwn(folder, entry, own, hashed));
}

/** Whether an entry is as the tool wrote it. */
export function isOwn(folder: string, entry: Dirent, own: OwnFiles, hashed: HashedFiles): boolean {
  if (!own.has(entry.name) || !entry.isFile()) return false;
  const written = own.get(entry.name);
  if (written === undefined) return true;
  const path = join(folder, entry.name);
  const { dev, ino, size, mtimeMs } = lstatSync(path);
  if (size !== written.bytes) return false;
  const key = [dev, ino, size, mtimeMs].join(':');
  const sha256 = hashed.get(key) ?? hashFile(path);
  hashed.set(key, sha256);
  return sha256 === written.sha256;
}
