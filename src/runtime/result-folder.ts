/**
 * Result folders: written whole under a temporary name beside their own, then exchanged (`folder-exchange.ts`). Only a
 * folder that holds this tool's own files is ever replaced, and only these files in it; an interruption leaves the
 * previous result as it was.
 */
import { accessSync, constants, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import { cannotWrite, checkCreatable, codeOf, createFolder } from './files.ts';
import { type Exchange, exchangeFolder, recoverFolder } from './folder-exchange.ts';
import { temporaryNameOf } from './left-overs.ts';
import { byManifest, byStart, type FindOwnFiles, isAsGoodAsEmpty, type StartOfFile } from './own-files.ts';
import { findStats, followLinks, isMountPoint, isWithinFolder } from './real-place.ts';
import { forgetTemporary, rememberTemporary, removeQuietly } from './temporaries.ts';

const ANOTHER_PLACE = 'Choose another --out: nothing is written over.';

/**
 * Checks, before any computing, that a folder may be written.
 * @param inputs files and folders that the run reads
 * @throws UsageError where it holds something that is not a result of this tool, or cannot be replaced
 */
export function checkResultFolder(folder: string, generator: string, inputs: readonly string[] = []): void {
  const find = byManifest(generator);
  checkFolder(folder, inputs, (names, place) =>
    find(place) !== undefined || isAsGoodAsEmpty(names)
      ? undefined
      : { message: 'the folder holds files that are not a result of maillage' },
  );
}

/**
 * Checks, before any computing, that files may be written into a folder: it is absent, or holds only files of these
 * names from an earlier run.
 * @throws UsageError where it holds anything else, or cannot be replaced
 */
export function checkFolderOfFiles(
  folder: string,
  starts: ReadonlyMap<string, StartOfFile>,
  inputs: readonly string[] = [],
): void {
  checkFolder(folder, inputs, (names) => {
    const other = names.find((name) => !starts.has(name) && !isAsGoodAsEmpty([name]));
    if (other === undefined) return undefined;
    return {
      message: `the folder holds other files than ${[...starts.keys()].join(' and ')}`,
      value: other,
    };
  });
}

function checkFolder(
  folder: string,
  inputs: readonly string[],
  findForeign: (names: readonly string[], place: string) => { message: string; value?: string } | undefined,
): void {
  const place = followLinks(folder);
  refuseDangling(folder, place);
  checkCreatable(folder);
  const stats = findStats(place);
  if (stats !== undefined) {
    if (!stats.isDirectory()) {
      throw new Fault('result-is-file', { file: folder });
    }
    const names = listNames(folder);
    const foreign = findForeign(names, place);
    if (foreign !== undefined) {
      const { message, ...value } = foreign;
      throw new UsageError(message, { file: folder, ...value, remedy: ANOTHER_PLACE });
    }
    refuseUnmovable(folder, place, names);
  }
  refuseInputs(folder, place, inputs);
}

/** A link that leads nowhere is a mistake more often than a wish: what it named may be a disk that is not there. */
function refuseDangling(folder: string, place: string): void {
  if (findStats(place) !== undefined || findStats(folder, lstatSync)?.isSymbolicLink() !== true) return;
  throw new Fault('result-link-dangling', { file: folder, value: place });
}

/** @throws UsageError where the names in a folder cannot be read, or not be written again */
function listNames(folder: string): string[] {
  try {
    const names = readdirSync(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return names;
  } catch (error) {
    throw new Fault('result-locked', { file: folder, value: codeOf(error) });
  }
}

/** The folder is renamed, with what the user keeps in it. */
function refuseUnmovable(folder: string, place: string, names: readonly string[]): void {
  if (isMountPoint(place)) {
    throw new Fault('result-is-mount-point', { file: folder }, { inside: join(folder, 'resultats') });
  }
  for (const name of names) {
    const entry = join(place, name);
    const stats = findStats(entry, lstatSync);
    const fault =
      stats === undefined
        ? 'a file in the result folder has a name that cannot be read'
        : stats.isDirectory() && isMountPoint(entry)
          ? 'a file system is mounted in the result folder'
          : undefined;
    if (fault === undefined) continue;
    throw new UsageError(fault, { file: folder, value: name, remedy: 'Choose another --out.' });
  }
}

/** What a run reads does not stand in what it replaces, nor the other way round. */
function refuseInputs(folder: string, place: string, inputs: readonly string[]): void {
  const stats = findStats(place);
  for (const input of inputs) {
    const read = findStats(input);
    if (read === undefined) continue;
    const isInside = stats !== undefined && isWithinFolder(input, stats);
    if (!isInside && !(read.isDirectory() && isWithinFolder(place, read))) continue;
    throw new UsageError(
      isInside ? 'the result folder holds an input of the study' : 'the result folder lies in an input',
      { file: folder, value: input, remedy: ANOTHER_PLACE },
    );
  }
}

/**
 * Puts right, before anything else, what runs that were stopped have left at a result folder.
 * @returns true where something was put back
 */
export function recoverResultFolder(folder: string, generator: string): boolean {
  return recover(folder, byManifest(generator));
}

/** As `recoverResultFolder`, for a folder that `checkFolderOfFiles` takes. */
export function recoverFolderOfFiles(folder: string, starts: ReadonlyMap<string, StartOfFile>): boolean {
  return recover(folder, byStart(starts));
}

function recover(folder: string, find: FindOwnFiles): boolean {
  try {
    return recoverFolder(followLinks(folder), find);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotWrite('what an earlier run has left cannot be put right', folder, error);
  }
}

/** Writes the files, and puts the folder in the place of the previous result. */
export function writeResultFolder(
  folder: string,
  generator: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Exchange {
  checkResultFolder(folder, generator);
  return writeFolder(folder, byManifest(generator), files);
}

/** As `writeResultFolder`, for files without a manifest. */
export function writeFolderOfFiles(
  folder: string,
  starts: ReadonlyMap<string, StartOfFile>,
  files: ReadonlyMap<string, string>,
): Exchange {
  checkFolderOfFiles(folder, starts);
  return writeFolder(folder, byStart(starts), files);
}

function writeFolder(
  folder: string,
  find: FindOwnFiles,
  files: ReadonlyMap<string, string | Uint8Array>,
): Exchange {
  // Through a symbolic link: the folder that it names is replaced, not the link.
  const target = followLinks(folder);
  const temporary = temporaryNameOf(target, 'tmp');
  rememberTemporary(temporary);
  try {
    createFolder(dirname(target));
    recoverFolder(target, find);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    for (const [name, content] of files) writeFileSync(join(temporary, name), content);
    return exchangeFolder(temporary, target, find);
  } catch (error) {
    removeQuietly(temporary);
    throw cannotWrite('the result cannot be written', folder, error);
  } finally {
    forgetTemporary(temporary);
  }
}
