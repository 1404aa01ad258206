/**
 * Puts a new folder in the place of another, so that whatever stops the run leaves one of them whole. Node has no
 * exchange of two names in one step, hence:
 *
 *     1  the new folder is written under a temporary name beside the place
 *     2  what the user keeps in the old one is linked into it: the same files under both names
 *     3  place -> .old, new -> place
 *     4  what the tool wrote into .old is removed, then .old itself
 *
 * Stopped before 3, the old folder is in place; after, the new one is, the user's files in it. Between the two renames
 * the old one stands whole beside, and `recoverFolder` puts it back. In 4 whatever the new folder does not hold (what
 * could not be linked, what came since) is moved into it, never removed; that step may be stopped and repeated by
 * any run, or by two at once.
 */
import {
  type Dirent,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { join, parse } from 'node:path';
import type { CommandLineWords } from '../words/command-line.ts';
import { clearDeadTemporaries, findTemporaries, temporaryNameOf } from './left-overs.ts';
import {
  type FindOwnFiles,
  type HashedFiles,
  isOwn,
  listUsersEntries,
  MANIFEST_NAME,
  type OwnFiles,
} from './own-files.ts';
import { forgetTemporary, rememberTemporary, removeQuietly } from './temporaries.ts';

/** A file of the user's that a new output has the name of. */
export interface KeptFile {
  name: string;
  keptAs: string;
}

/** What became of the user's files. */
export interface Exchange {
  kept: KeptFile[];
  /** The folder that was replaced, where something of it could be neither moved nor removed. */
  left: string | undefined;
}

/** Another run that writes to the same place at the same time gets in between this often at most. */
const GREATEST_EXCHANGE_COUNT = 20;

/** How folders tell what is the tool's own in them, and what has been hashed for it. */
interface Ownership {
  find: FindOwnFiles;
  hashed: HashedFiles;
}

const NO_FILES: OwnFiles = new Map();

/**
 * Puts the folder `fresh` in the place of `target`, which may be absent; the last of several runs that do so wins,
 * each result whole. `target` is no symbolic link.
 */
export function exchangeFolder(fresh: string, target: string, find: FindOwnFiles): Exchange {
  const ownership = { find, hashed: new Map() };
  const carried = carryUsersFiles(target, fresh, ownership);
  const previous = temporaryNameOf(target, 'old');
  rememberTemporary(previous);
  try {
    for (let attempt = 1; ; attempt++) {
      const hadPrevious = moveIfThere(target, previous);
      try {
        renameSync(fresh, target);
      } catch (error) {
        if (hadPrevious) putBack(previous, target, ownership);
        const isTaken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
        if (!isTaken || attempt === GREATEST_EXCHANGE_COUNT) throw error;
        continue;
      }
      const { kept, left } = hadPrevious ? settle(previous, target, ownership) : NOTHING_LEFT;
      return { kept: [...carried, ...kept], left };
    }
  } finally {
    forgetTemporary(previous);
  }
}

const NOTHING_LEFT: Exchange = { kept: [], left: undefined };

/** Where another run has put its result in place meanwhile, it stays, with what the user kept in the one before. */
function putBack(previous: string, target: string, ownership: Ownership): void {
  if (findEntry(target) === undefined) renameSync(previous, target);
  else settle(previous, target, ownership);
}

/**
 * Undoes or ends what runs that were stopped have left at a place.
 * @returns whether the folder had to be put back
 */
export function recoverFolder(target: string, find: FindOwnFiles): boolean {
  let isPutBack = false;
  for (const previous of newestFirst(findTemporaries(target, 'old'))) {
    if (isFree(target)) isPutBack = moveIfThere(previous, target) || isPutBack;
    else if (find(target) !== undefined) settle(previous, target, { find, hashed: new Map() });
  }
  clearDeadTemporaries(target);
  return isPutBack;
}

function newestFirst(paths: readonly string[]): string[] {
  const changed = new Map(paths.map((path) => [path, findEntry(path)?.ctimeMs ?? 0]));
  return [...paths].sort((a, b) => changed.get(b)! - changed.get(a)!);
}

/** Whether nothing is at the place; an empty folder is taken away. */
function isFree(target: string): boolean {
  const stat = findEntry(target);
  if (stat === undefined) return true;
  if (!stat.isDirectory() || listEntries(target).length > 0) return false;
  ignoreMissing(() => rmdirSync(target));
  return true;
}

/**
 * Links what is the user's in `from` into `to`; what cannot be linked is moved once `to` is in place. Once more where
 * another run put its own result there meanwhile: what was read of the one does not tell of the other.
 */
function carryUsersFiles(from: string, to: string, ownership: Ownership): KeptFile[] {
  for (let attempt = 1; ; attempt++) {
    const before = findEntry(from);
    if (before === undefined) return [];
    const carried: KeptFile[] = [];
    ignoreMissing(() => linkUsersFiles(from, to, ownership, carried));
    const after = findEntry(from);
    const isSame = after !== undefined && inodeOf(after) === inodeOf(before);
    if (isSame || attempt === GREATEST_EXCHANGE_COUNT) {
      return carried.filter(({ name, keptAs }) => name !== keptAs);
    }
    for (const { keptAs } of carried) removeQuietly(join(to, keptAs));
  }
}

function linkUsersFiles(from: string, to: string, { find, hashed }: Ownership, linked: KeptFile[]): void {
  for (const entry of listUsersEntries(from, find(from) ?? NO_FILES, hashed)) {
    const keptAs = findFreeName(entry.name, [from, to]);
    // Under another name a file is known again by its number, a folder or a link by nothing: these are moved later.
    if (keptAs !== entry.name && !entry.isFile()) continue;
    if (link(join(from, entry.name), join(to, keptAs), entry)) linked.push({ name: entry.name, keptAs });
  }
}

/** The same file under a second name, a folder by its files; false, and nothing left, where that cannot be. */
function link(from: string, to: string, entry: Dirent): boolean {
  try {
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (entry.isDirectory()) linkFolder(from, to);
    else linkSync(from, to);
    return true;
  } catch {
    removeQuietly(to); // Links only: what they lead to stays where it was.
    return false;
  }
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to, { mode: lstatSync(from).mode });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const at = join(to, entry.name);
    if (!link(join(from, entry.name), at, entry)) throw new Error(`cannot be linked: ${at}`);
  }
}

/**
 * Empties a folder that was replaced, and removes it: what the tool wrote goes, what is the user's is moved to
 * `target` unless it is there already. The manifest goes last, since it tells one from the other.
 */
function settle(previous: string, target: string, { find, hashed }: Ownership): Exchange {
  const own = find(previous) ?? NO_FILES;
  const kept: KeptFile[] = [];
  const there = listInodes(target);
  const entries = listEntries(previous);
  const isManifest = ({ name }: Dirent) => name === MANIFEST_NAME && own.has(name);
  try {
    for (const entry of [...entries.filter((each) => !isManifest(each)), ...entries.filter(isManifest)]) {
      ignoreMissing(() => {
        if (isOwn(previous, entry, own, hashed)) unlinkSync(join(previous, entry.name));
        else kept.push(...moveEntry(previous, target, entry, there));
      });
    }
    ignoreMissing(() => rmdirSync(previous));
  } catch {
    return { kept, left: previous };
  }
  return { kept, left: undefined };
}

/** Moves what `to` does not hold yet; what it holds under the same name is kept under another. */
function moveEntry(from: string, to: string, entry: Dirent, there: ReadonlySet<string>): KeptFile[] {
  const path = join(from, entry.name);
  const wanted = join(to, entry.name);
  const stat = lstatSync(path);
  if (!entry.isDirectory() && there.has(inodeOf(stat))) {
    unlinkSync(path);
    return [];
  }
  const taken = findEntry(wanted);
  if (taken === undefined) {
    renameSync(path, wanted);
    return [];
  }
  if (entry.isDirectory() && taken.isDirectory()) {
    const inodes = listInodes(wanted);
    const kept = listEntries(path).flatMap((inner) => moveEntry(path, wanted, inner, inodes));
    ignoreMissing(() => rmdirSync(path));
    return kept.map(({ name, keptAs }) => ({
      name: join(entry.name, name),
      keptAs: join(entry.name, keptAs),
    }));
  }
  if (entry.isSymbolicLink() && taken.isSymbolicLink() && readlinkSync(path) === readlinkSync(wanted)) {
    unlinkSync(path);
    return [];
  }
  const keptAs = findFreeName(entry.name, [to]);
  renameSync(path, join(to, keptAs));
  return [{ name: entry.name, keptAs }];
}

/** The name itself where the last folder has no such entry, else one that none of the folders has. */
function findFreeName(name: string, folders: readonly string[]): string {
  if (findEntry(join(folders.at(-1)!, name)) === undefined) return name;
  const { name: whole, ext } = parse(name);
  const stem = whole.replace(/-votre-version(-\d+)?$/, '');
  for (let number = 1; ; number++) {
    const free = `${stem}-votre-version${number === 1 ? '' : `-${number}`}${ext}`;
    if (folders.every((folder) => findEntry(join(folder, free)) === undefined)) return free;
  }
}

/** What to tell of the user's files that a result could not leave as they were. */
export function describeExchange(
  folder: string,
  { kept, left }: Exchange,
  { keptAs: wordKept, notRemoved }: Pick<CommandLineWords['told'], 'keptAs' | 'notRemoved'>,
): string[] {
  const lines = kept.map(({ name, keptAs }) => wordKept(join(folder, name), keptAs));
  if (left !== undefined) lines.push(notRemoved(left));
  return lines;
}

function listEntries(folder: string): Dirent[] {
  let entries: Dirent[] = [];
  ignoreMissing(() => {
    entries = readdirSync(folder, { withFileTypes: true });
  });
  return entries;
}

function listInodes(folder: string): Set<string> {
  const inodes = listEntries(folder).map(({ name }) => findEntry(join(folder, name)));
  return new Set(inodes.flatMap((stat) => (stat === undefined ? [] : [inodeOf(stat)])));
}

function inodeOf({ dev, ino }: { dev: number; ino: number }): string {
  return `${dev}:${ino}`;
}

function findEntry(path: string) {
  return lstatSync(path, { throwIfNoEntry: false });
}

function moveIfThere(from: string, to: string): boolean {
  let isMoved = false;
  ignoreMissing(() => {
    renameSync(from, to);
    isMoved = true;
  });
  return isMoved;
}

/** Another run may be at the same work: what is gone already needs no more. */
function ignoreMissing(work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
