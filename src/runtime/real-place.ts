/** Where a path leads: through symbolic links, whether or not anything is at their end. */
import { lstatSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault } from '../common/errors.ts';

/** As many as Linux follows. */
const GREATEST_LINK_COUNT = 40;

/**
 * The path that is no symbolic link itself, nor below one.
 * @throws UsageError where links lead round in a circle
 */
export function followLinks(path: string): string {
  let at = resolve(path);
  for (let followed = 0; followed <= GREATEST_LINK_COUNT; followed++) {
    const place = join(realFolder(dirname(at)), basename(at));
    if (findStats(place, lstatSync)?.isSymbolicLink() !== true) return place;
    if (findDescriptor(place) !== undefined) return place;
    at = resolve(dirname(place), readlinkSync(place));
  }
  throw new Fault('link-in-circle', { file: path });
}

/** A folder's real path, as far down as it exists. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const above = dirname(folder);
    return above === folder ? folder : join(realFolder(above), basename(folder));
  }
}

/** The number of an open file that a path stands for (`/dev/stdout` leads to `/proc/self/fd/1`). */
export function findDescriptor(place: string): number | undefined {
  const match = /^(?:\/proc\/(?:self|\d+|thread-self|\d+\/task\/\d+)\/fd|\/dev\/fd)\/(\d+)$/.exec(place);
  return match === null ? undefined : Number(match[1]);
}

/** What is at a path; undefined where nothing is, a file stands above it, or links lead nowhere. */
export function findStats(
  path: string,
  stat: typeof lstatSync | typeof statSync = statSync,
): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false }) as Stats | undefined;
  } catch {
    return undefined;
  }
}

export function isSameFile(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Whether a path is a folder, or lies in it, by whatever names both are called. */
export function isWithinFolder(path: string, folder: Stats): boolean {
  for (let at = followLinks(path); ; at = dirname(at)) {
    const stats = findStats(at);
    if (stats !== undefined && isSameFile(stats, folder)) return true;
    if (at === dirname(at)) return false;
  }
}

/** Whether another file system, or another part of one, is hung in at a folder: it cannot be renamed. */
export function isMountPoint(folder: string): boolean {
  if (statSync(folder).dev !== statSync(dirname(folder)).dev || dirname(folder) === folder) return true;
  return listMountPoints().has(folder);
}

/** Linux only; elsewhere the numbers of the devices tell. */
function listMountPoints(): Set<string> {
  let table: string;
  try {
    table = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return new Set();
  }
  const read = (text: string) =>
    text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return new Set(table.split('\n').map((line) => read(line.split(' ')[4] ?? '')));
}
