/** The example's result folder: its GeoJSON against RFC 7946 (and the check against files that are wrong), its manifest, its picture. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGeojsonFaults } from '../report/geojson-checks.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';

const EXAMPLE = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));

const SQUARE = [
  [3, 46],
  [4, 46],
  [4, 47],
  [3, 47],
  [3, 46],
];
const collect = (coordinates: unknown, more: object = {}) =>
  JSON.stringify({
    type: 'FeatureCollection',
    ...more,
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }],
  });

describe('the check', () => {
  it('finds nothing in a square', () => {
    expect(findGeojsonFaults(collect([SQUARE]))).toEqual([]);
  });

  it.each([
    ['a ring that turns the wrong way', collect([[...SQUARE].reverse()]), 'turns the wrong way'],
    ['a hole that turns as its outline', collect([SQUARE, SQUARE]), 'ring 1 turns the wrong way'],
    ['an open ring', collect([SQUARE.slice(0, 4)]), 'an open ring'],
    ['lat, lon', collect([SQUARE.map(([x, y]) => [y! + 100, x!])]), 'the wrong way'],
    ['a place off the Earth', collect([SQUARE.map(([x, y]) => [x! + 300, y!])]), 'off the Earth'],
    ['projected metres', collect([SQUARE.map(([x, y]) => [x! * 1e5, y! * 1e5])]), 'off the Earth'],
    ['heights', collect([SQUARE.map(([x, y]) => [x, y, 0])]), 'a position of 3 numbers'],
    ['a crs', collect([SQUARE], { crs: {} }), 'a member crs'],
    ['too many digits', collect([SQUARE.map(([x, y]) => [x! / 7, y!])]), 'decimals'],
  ])('finds %s', (_, text, fault) => {
    expect(findGeojsonFaults(text).join('\n')).toContain(fault);
  });
});

describe('the files of the example', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const out = join(folder.path, 'result');

  beforeAll(() => {
    const run = runCli([
      'coverage',
      EXAMPLE,
      '--mode',
      'car',
      '--isochrones',
      'all',
      '--out',
      out,
      '--quiet',
    ]);
    expect(run.exitCode, run.stderr).toBe(0);
  });

  it.each(['communes.geojson', 'isochrones.geojson', 'isochrones-structures.geojson'])(
    '%s is as RFC 7946 asks',
    (name) => {
      expect(findGeojsonFaults(readFileSync(join(out, name), 'utf8'))).toEqual([]);
    },
  );

  it('are all listed in the manifest with their hashes, the exports among them', () => {
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      outputs: Array<{ name: string; sha256: string; bytes: number }>;
    };
    const names = manifest.outputs.map(({ name }) => name);
    expect([...names, 'manifest.json'].sort()).toEqual(readdirSync(out).sort());
    expect(names).toEqual(
      expect.arrayContaining([
        'carte.svg',
        'carte.png',
        'classeur.xlsx',
        'cellules.parquet',
        'isochrones.qml',
        'communes.qml',
      ]),
    );
    for (const { name, sha256, bytes } of manifest.outputs) {
      const content = readFileSync(join(out, name));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
    }
  });

  it('hold a picture of A4 at 200 dots an inch', () => {
    const png = readFileSync(join(out, 'carte.png'));
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect([width, height].sort()).toEqual([1654, 2339]);
    const at = png.indexOf('pHYs') + 4;
    expect(png.readUInt32BE(at)).toBe(Math.round(200 / 0.0254));
    expect(png.readUInt8(at + 8)).toBe(1);
  });
});
