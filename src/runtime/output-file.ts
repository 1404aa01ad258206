/**
 * The one file that a command is asked to write (`--out`, `--csv`). A file of the tool's own is replaced, whole or
 * not at all; one that does not begin as such only by `--force`, and an input never. What is no file (a device, a
 * pipe, the standard output by its name) is written through, and a symbolic link followed to what it names.
 */
import { accessSync, constants, fstatSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Fault, UsageError } from '../common/errors.ts';
import { cannotWrite, checkCreatable, writeFileWhole } from './files.ts';
import { readStart, type StartOfFile } from './own-files.ts';
import { findDescriptor, findStats, followLinks, isSameFile, isWithinFolder } from './real-place.ts';
import { printData, writeToDescriptor } from './standard-output.ts';

export interface OutputRules {
  /** Files and folders that the run reads. */
  inputs: readonly string[];
  /** Whether what is there is a file of this kind. */
  begins: StartOfFile;
  /** Replaces any file but an input. */
  force: boolean;
}

const STANDARD_OUTPUT = 1;

/**
 * Checks, before long work starts, that a file may be written.
 * @throws UsageError
 */
export function checkOutputFile(path: string, { inputs, begins, force }: OutputRules): void {
  const place = followLinks(path);
  if (findDescriptor(place) !== undefined) return;
  const stats = findStats(place);
  if (stats !== undefined) refuseInputs(path, place, stats, inputs);
  if (stats !== undefined && isWrittenThrough(stats) && !stats.isBlockDevice()) return;
  if (stats?.isBlockDevice() !== true) checkCreatable(path);
  if (stats === undefined) return;
  if (stats.isDirectory()) {
    throw new Fault('output-is-folder', { file: path });
  }
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw cannotWrite('the file may not be written', path, error);
  }
  if (force || (stats.isFile() && stats.size === 0) || begins(readStart(place).replace(/^\uFEFF/, '')))
    return;
  throw new Fault('output-foreign', { file: path });
}

function refuseInputs(path: string, place: string, stats: Stats, inputs: readonly string[]): void {
  const isRead = (input: string): boolean => {
    const read = findStats(input);
    if (read === undefined) return false;
    return read.isDirectory() ? isWithinFolder(place, read) : isSameFile(read, stats);
  };
  if (!inputs.some(isRead)) return;
  throw new Fault('output-is-input', { file: path });
}

/** Devices and pipes: a file renamed to their place would be the end of them. */
function isWrittenThrough(stats: Stats): boolean {
  return stats.isCharacterDevice() || stats.isBlockDevice() || stats.isFIFO() || stats.isSocket();
}

/** @throws UsageError where the place cannot be written, or holds by now what the rules protect */
export async function writeOutputFile(path: string, content: string, rules: OutputRules): Promise<void> {
  checkOutputFile(path, rules);
  const place = followLinks(path);
  const descriptor = findDescriptor(place);
  const stats = findStats(descriptor === undefined ? place : path);
  if (descriptor === STANDARD_OUTPUT || (stats !== undefined && isStandardOutput(stats))) {
    return printData(content);
  }
  try {
    if (descriptor !== undefined) await writeToDescriptor(descriptor, Buffer.from(content));
    else if (stats !== undefined && isWrittenThrough(stats)) await writeThrough(place, content);
    else writeFileWhole(place, content, path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotWrite('the file cannot be written', path, error);
  }
}

function isStandardOutput(stats: Stats): boolean {
  try {
    return isSameFile(fstatSync(STANDARD_OUTPUT), stats);
  } catch {
    return false;
  }
}

/** Opened on another thread: a pipe keeps whoever opens it waiting for a reader, and Ctrl-C must be heard meanwhile. */
async function writeThrough(place: string, content: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(place, constants.O_WRONLY);
    await file.writeFile(content);
  } finally {
    await file?.close();
  }
}
