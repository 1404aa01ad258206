/** Inputs that change between their hash and the end of their reading are told; those that do not are not. */
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintFeed, fingerprintFile } from '../../src/runtime/hashes.ts';
import { rememberUnhashed, requireUnchanged } from '../../src/runtime/input-stamps.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** A file of twelve bytes, written long ago or just now. */
function placeInput(name: string, isOld: boolean): string {
  const path = join(folder.path, name);
  writeFileSync(path, 'first bytes.');
  if (isOld) utimesSync(path, LONG_AGO, LONG_AGO);
  return path;
}

const CHANGES: ReadonlyArray<[string, (path: string) => void]> = [
  ['is written over with as many bytes', (path) => writeFileSync(path, 'other bytes.')],
  ['grows', (path) => appendFileSync(path, 'x')],
  ['is cut short', (path) => writeFileSync(path, 'first')],
  ['is removed', (path) => rmSync(path)],
  [
    'is replaced by another under its name',
    (path) => {
      writeFileSync(`${path}.new`, 'other bytes.');
      renameSync(`${path}.new`, path);
    },
  ],
  [
    'is written over, and its time set back',
    (path) => {
      const { atime, mtime } = statSync(path);
      writeFileSync(path, 'other bytes.');
      utimesSync(path, atime, mtime);
    },
  ],
];

describe.each([
  ['long ago', true],
  ['just now', false],
])('an input written %s', (age, isOld) => {
  it.each(CHANGES)('is refused where it %s', (how, change) => {
    const path = placeInput(`${age} ${how}`, isOld);
    fingerprintFile(path);
    expect(() => requireUnchanged([path])).not.toThrow();
    change(path);
    expect(() => requireUnchanged([path])).toThrow('the file was changed while it was read');
  });

  it('passes where its rights or its other names change, as by a backup', () => {
    const path = placeInput(`${age} kept`, isOld);
    fingerprintFile(path);
    linkSync(path, `${path}.backup`);
    chmodSync(path, 0o600);
    expect(() => requireUnchanged([path])).not.toThrow();
    expect(() => requireUnchanged([path])).not.toThrow();
  });
});

describe('inputs of other kinds', () => {
  it('that were not hashed are known by their size and time', () => {
    const path = placeInput('unhashed', true);
    rememberUnhashed(path);
    expect(() => requireUnchanged([path])).not.toThrow();
    writeFileSync(path, 'other bytes.');
    expect(() => requireUnchanged([path])).toThrow('was changed');
  });

  it('that were never remembered pass', () => {
    expect(() => requireUnchanged([join(folder.path, 'never-seen')])).not.toThrow();
  });

  it.each<[string, (feed: string) => void]>([
    ['a table is added', (feed) => writeFileSync(join(feed, 'trips.txt'), 'x')],
    ['a table is removed', (feed) => rmSync(join(feed, 'stops.txt'))],
    ['a table is written over', (feed) => writeFileSync(join(feed, 'stops.txt'), 'other')],
  ])('as an unpacked feed, are refused where %s', (how, change) => {
    const feed = join(folder.path, how);
    mkdirSync(feed);
    writeFileSync(join(feed, 'stops.txt'), 'stops');
    fingerprintFeed(feed);
    expect(() => requireUnchanged([feed])).not.toThrow();
    change(feed);
    expect(() => requireUnchanged([feed])).toThrow('was changed');
  });

  it('as a pipe that nobody writes to, are refused and not waited for', async () => {
    const { spawnSync } = await import('node:child_process');
    const path = join(folder.path, 'pipe');
    // Where there are no pipes with names, a folder stands for what is no file.
    if (spawnSync('mkfifo', [path]).status !== 0) mkdirSync(path);
    expect(() => fingerprintFile(path)).toThrow(/this is a (stream|folder), and a file is needed/);
  });
});
