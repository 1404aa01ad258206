/** The cache: damaged entries are no entries, and the command line builds them anew. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { crc32 } from '../../src/common/crc32.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { temporaryNameOf } from '../../src/runtime/left-overs.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';
import { drawStreets } from '../scenes/drawn-streets.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

type Damage = (bytes: Buffer) => Buffer;

function sealed(content: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([content, checksum]);
}

const DAMAGES: ReadonlyArray<[string, Damage]> = [
  ['a byte is flipped in the header', (bytes) => flipped(bytes, 30)],
  ['a byte is flipped in an array', (bytes) => flipped(bytes, Math.floor(bytes.length / 2))],
  ['a byte is flipped in the checksum', (bytes) => flipped(bytes, bytes.length - 1)],
  ['it is cut short', (bytes) => bytes.subarray(0, bytes.length - 100)],
  ['it is empty', () => Buffer.alloc(0)],
  ['it is longer', (bytes) => Buffer.concat([bytes, Buffer.alloc(8)])],
];

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
}

describe('a cache entry', () => {
  const path = join(folder.path, 'entries');
  const cache = new Cache(path);
  const parts = [
    Uint8Array.of(1, 2, 3),
    new Uint8Array(new SharedArrayBuffer(0)),
    new Uint8Array(200).fill(7),
    new Uint8Array(0),
  ];

  it('gives back its bytes', async () => {
    expect(await cache.read('car-1')).toBeUndefined();
    expect(cache.write('car-1', parts)).toBe(true);
    expect(Buffer.from(new Uint8Array((await cache.read('car-1'))!))).toEqual(Buffer.concat(parts));
    expect(cache.list().map(({ name, bytes }) => [name, bytes])).toEqual([['car-1.maillage', 203 + 4]]);
  });

  it.each(DAMAGES)('is none where %s', async (_, damage) => {
    cache.write('car-2', parts);
    const file = join(path, 'car-2.maillage');
    writeFileSync(file, damage(readFileSync(file)));
    expect(await cache.read('car-2')).toBeUndefined();
  });

  it('is none, and not waited for, where a pipe or a folder is in its place', async () => {
    for (const [name, make] of [
      ['car-5', 'mkfifo'],
      ['car-6', 'mkdir'],
    ] as const) {
      mkdirSync(path, { recursive: true });
      const file = join(path, `${name}.maillage`);
      // Where there are no pipes with names, a folder stands for what is no file.
      if (spawnSync(make, [file]).status !== 0) mkdirSync(file);
      expect(await cache.read(name)).toBeUndefined();
    }
    expect(cache.write('car-5', parts)).toBe(true);
    expect((await cache.read('car-5'))!.byteLength).toBe(203);
    expect(cache.write('car-6', parts)).toBe(false);
    rmSync(join(path, 'car-6.maillage'), { recursive: true });
  });

  it('takes the place of what a dead run has left half-written', () => {
    const left = join(path, `car-7.maillage.maillage-${process.pid}-`);
    cache.write('car-7', parts);
    const machine = /-([0-9a-f]{8})\.tmp$/.exec(temporaryNameOf('x', 'tmp'))![1]!;
    writeFileSync(`${left}${machine}.tmp`, 'half');
    cache.write('car-7', parts);
    expect(readdirSync(path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is read whole where it is longer than one part', async () => {
    const long = Uint8Array.from({ length: 9_000_001 }, (_, i) => (i * 7919) & 255);
    cache.write('car-4', [long]);
    expect(Buffer.from(new Uint8Array((await cache.read('car-4'))!)).equals(long)).toBe(true);
    const file = join(path, 'car-4.maillage');
    writeFileSync(file, flipped(readFileSync(file), 8_999_999));
    expect(await cache.read('car-4')).toBeUndefined();
  });

  it('is cleared with left-overs, and foreign files stay', () => {
    writeFileSync(join(path, 'car-3.maillage.123.tmp'), 'x');
    writeFileSync(join(path, 'notes.txt'), 'mine');
    expect(cache.clear()).toBeGreaterThan(0);
    expect(readdirSync(path)).toEqual(['notes.txt']);
    expect(cache.list()).toEqual([]);
  });

  it('is neither written nor read without a folder, and a folder that cannot be made is no error', () => {
    expect(new Cache(undefined).write('car-1', parts)).toBe(false);
    expect(new Cache(undefined).list()).toEqual([]);
    writeFileSync(join(folder.path, 'a-file'), '');
    expect(new Cache(join(folder.path, 'a-file', 'below')).write('car-1', parts)).toBe(false);
  });

  it('has a name that leads nowhere else', () => {
    expect(() => cache.write('../car', parts)).toThrow('unusable cache name');
  });
});

describe('the cached network of a command', () => {
  const cache = join(folder.path, 'networks');
  const osm = join(folder.path, 'streets.osm');
  const points = join(folder.path, 'points.csv');
  let first: string;
  let cachedFile: string;
  let cachedBytes: Buffer;

  const matrix = (...more: string[]): string => {
    const args = [
      'matrix',
      '--osm',
      osm,
      '--from',
      points,
      '--to',
      points,
      '--min-island',
      '0',
      '--threads',
      '1',
    ];
    const { exitCode, stdout, stderr } = runCli([...args, '--cache', cache, '--quiet', ...more]);
    expect(exitCode, stderr).toBe(0);
    return stdout;
  };
  const entries = () => readdirSync(cache).sort();

  beforeAll(() => {
    const streets = drawStreets({
      map: `
        a---b---c
        |   |
        d---e`,
      ways: { abc: '', ad: 'oneway=yes', de: '', be: 'maxspeed=30' },
      restrictions: ['restriction=no_left_turn from=de via=e to=be'],
    });
    writeFileSync(osm, encodeOsmXml(streets.contents));
    const rows = ['ab', 'bc', 'ad', 'de', 'be'].map((id) => {
      const { lon, lat } = streets.placeAt(id);
      return `${id},${lon},${lat}`;
    });
    writeFileSync(points, `id,lon,lat\n${rows.join('\n')}\n`);
    first = matrix();
    expect(first.split('\n').filter((line) => /^..,..,[\d.]+,/.test(line)).length).toBeGreaterThan(15);
    cachedFile = join(cache, entries()[0]!);
    cachedBytes = readFileSync(cachedFile);
  });

  it('gives the same answer as without a cache', () => {
    expect(entries().length).toBe(1);
    expect(matrix()).toBe(first);
    expect(matrix('--no-cache')).toBe(first);
  });

  it.each<[string, Damage]>([
    ...DAMAGES,
    ['it is a foreign file', () => Buffer.from('<html>not a network</html>'.repeat(10))],
    [
      'it is a foreign file with a checksum',
      () => sealed(Buffer.from('<html>not a network</html>'.repeat(10))),
    ],
    ['its layout is older', (bytes) => sealed(Buffer.from(bytes.subarray(0, -32).with(8, 0)))],
  ])('is built anew where %s', (_, damage) => {
    const damaged = damage(cachedBytes);
    expect(damaged).not.toEqual(cachedBytes);
    writeFileSync(cachedFile, damaged);
    expect(matrix()).toBe(first);
    expect(readFileSync(cachedFile)).toEqual(cachedBytes);
  });

  it('serves the same roads under another name, and not other parameters', () => {
    const other = join(folder.path, 'elsewhere', 'same.osm');
    mkdirSync(join(folder.path, 'elsewhere'));
    copyFileSync(osm, other);
    matrix('--osm', other);
    // The walk off the road changes, the streets of the car do not.
    matrix('--walk-speed', '5');
    expect(entries().length).toBe(1);
    matrix('--mode', 'bike');
    expect(entries().length).toBe(2);
    matrix('--mode', 'bike', '--bike-speed', '18');
    expect(entries().length).toBe(3);
    writeFileSync(other, readFileSync(osm, 'utf8').replace('v="30"', 'v="50"'));
    matrix('--osm', other);
    expect(entries().length).toBe(4);
  });

  it('is listed and cleared', () => {
    const listed = runCli(['cache', 'list', '--cache', cache]);
    expect(listed.stdout.trim().split('\n').length).toBe(entries().length);
    for (const name of entries()) expect(listed.stdout).toContain(name);
    const cleared = runCli(['cache', 'clear', '--cache', cache]);
    expect([cleared.exitCode, entries()]).toEqual([0, []]);
    expect(runCli(['cache', 'list', '--cache', cache]).stdout).toBe('');
  });

  it('refuses a file in the place of the folder', () => {
    const { exitCode, stderr } = runCli([
      ...['matrix', '--osm', osm, '--from', points, '--to', points],
      ...['--cache', join(folder.path, 'a-file')],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the cache must be a folder');
  });
});
