import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../../src/common/geo.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { readOsmPlaces } from '../../../src/read/osm/osm-places.ts';
import { findPlaceKind, levelsOf } from '../../../src/read/osm/place-tags.ts';
import { joinRings } from '../../../src/read/osm/ring-geometry.ts';
import { NO_REAL_DATA, realData } from '../../real-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'maillage-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ORIGIN = { lon: 4.8, lat: 46.7 };

interface DrawnElement {
  type: 'node' | 'way' | 'relation';
  id: number;
  tags?: Record<string, string>;
  [key: string]: unknown;
}

/** A drawing in metres around the origin, as Overpass JSON. */
class Drawing {
  readonly elements: DrawnElement[] = [];
  private nextId = 1;

  node(x: number, y: number, tags?: Record<string, string>): number {
    const lon = ORIGIN.lon + x / metersPerDegreeOfLongitude(ORIGIN.lat);
    const lat = ORIGIN.lat + y / METERS_PER_DEGREE;
    this.elements.push({ type: 'node', id: this.nextId, lon, lat, ...(tags === undefined ? {} : { tags }) });
    return this.nextId++;
  }

  way(id: number, nodes: number[], tags?: Record<string, string>): number {
    this.elements.push({ type: 'way', id, nodes, ...(tags === undefined ? {} : { tags }) });
    return id;
  }

  /** A rectangle with its south-west corner at x, y. */
  rectangle(
    id: number,
    x: number,
    y: number,
    width: number,
    height: number,
    tags?: Record<string, string>,
  ): number {
    const corners = [
      this.node(x, y),
      this.node(x + width, y),
      this.node(x + width, y + height),
      this.node(x, y + height),
    ];
    return this.way(id, [...corners, corners[0]!], tags);
  }

  relation(id: number, members: Array<[number, string]>, tags: Record<string, string>): void {
    const drawn = members.map(([ref, role]) => ({ type: 'way', ref, role }));
    this.elements.push({ type: 'relation', id, members: drawn, tags });
  }

  write(name: string): string {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify({ elements: this.elements }));
    return path;
  }
}

/** Metres from the origin. */
function metersOf({ lon, lat }: { lon: Float64Array; lat: Float64Array }, i: number): [number, number] {
  return [
    (lon[i]! - ORIGIN.lon) * metersPerDegreeOfLongitude(ORIGIN.lat),
    (lat[i]! - ORIGIN.lat) * METERS_PER_DEGREE,
  ];
}

describe('findPlaceKind', () => {
  it.each([
    [{ building: 'house' }, 'building'],
    [{ building: 'apartments', shop: 'bakery' }, 'building'],
    [{ building: 'farm' }, 'building'],
    [{ building: 'yes' }, 'building'],
    [{ building: 'yes', wall: 'no' }, undefined],
    [{ building: 'yes', amenity: 'school' }, undefined],
    [{ building: 'yes', shop: 'supermarket' }, undefined],
    [{ building: 'yes', leisure: 'sports_centre' }, undefined],
    [{ building: 'garage' }, undefined],
    [{ building: 'shed' }, undefined],
    [{ building: 'industrial' }, undefined],
    [{ building: 'commercial' }, undefined],
    [{ building: 'church' }, undefined],
    [{ building: 'school' }, undefined],
    [{ building: 'farm_auxiliary' }, undefined],
    [{ building: 'no' }, undefined],
    [{ highway: 'residential' }, 'street'],
    [{ highway: 'living_street' }, 'street'],
    [{ highway: 'unclassified' }, 'street'],
    [{ highway: 'residential', area: 'yes' }, undefined],
    [{ highway: 'primary' }, undefined],
    [{ highway: 'footway' }, undefined],
    [{ amenity: 'townhall' }, 'townhall'],
    [{ amenity: 'townhall', building: 'yes' }, 'townhall'],
    [{ amenity: 'pharmacy' }, undefined],
  ] as Array<[Record<string, string>, string | undefined]>)('%j -> %s', (tags, expected) => {
    expect(findPlaceKind(tags)).toBe(expected);
  });
});

describe('levelsOf', () => {
  it.each([
    ['3', 3],
    ['2.5', 2.5],
    ['2,5', 2.5],
    ['4;5', 4],
    ['0', 1],
    ['-1', 1],
    ['many', 1],
    ['1000', 60],
    [undefined, 1],
  ])('%s storeys -> %d', (value, expected) => {
    expect(levelsOf(value === undefined ? {} : { 'building:levels': value })).toBe(expected);
  });
});

describe('joinRings', () => {
  it('joins lines in any order and direction, and leaves out what does not close', () => {
    const rings = joinRings([
      [1, 2, 3],
      [5, 4, 3],
      [5, 1],
      [7, 8, 9],
      [20, 21, 22, 20],
    ]);
    expect(rings.map((ring) => [ring.length, ring[0] === ring.at(-1)])).toEqual([
      [4, true],
      [6, true],
    ]);
    expect(new Set(rings[1])).toEqual(new Set([1, 2, 3, 4, 5]));
  });
});

describe('readOsmPlaces', () => {
  it('weighs residential buildings by footprint and storeys, at their centre, without outbuildings', async () => {
    const drawing = new Drawing();
    drawing.rectangle(1, 0, 0, 10, 8, { building: 'house' });
    drawing.rectangle(2, 100, 50, 30, 20, { building: 'apartments', 'building:levels': '5' });
    drawing.rectangle(3, 200, 0, 4, 4, { building: 'yes' }); // 16 m²
    drawing.rectangle(4, 300, 0, 50, 50, { building: 'industrial' });
    const { buildings } = await readOsmPlaces([drawing.write('buildings.json')], new NoticeList());
    expect(buildings.weight).toHaveLength(2);
    expect(buildings.weight[0]).toBeCloseTo(10 * 8, 0);
    expect(buildings.weight[1]! / (30 * 20 * 5)).toBeCloseTo(1, 2);
    expect(metersOf(buildings, 0)[0]).toBeCloseTo(5, 1);
    expect(metersOf(buildings, 0)[1]).toBeCloseTo(4, 1);
    expect(metersOf(buildings, 1)[0]).toBeCloseTo(115, 1);
    expect(metersOf(buildings, 1)[1]).toBeCloseTo(60, 1);
  });

  it('takes the outline of multipolygons, joined from several ways, without courtyards', async () => {
    const drawing = new Drawing();
    const [a, b, c, d] = [drawing.node(0, 0), drawing.node(40, 0), drawing.node(40, 40), drawing.node(0, 40)];
    drawing.way(1, [a, b, c]);
    drawing.way(2, [a, d, c], { building: 'yes' }); // tagged as well: the relation counts
    drawing.rectangle(3, 10, 10, 20, 20);
    drawing.relation(
      9,
      [
        [1, 'outer'],
        [2, 'outer'],
        [3, 'inner'],
      ],
      {
        type: 'multipolygon',
        building: 'apartments',
        'building:levels': '3',
      },
    );
    drawing.rectangle(4, 100, 0, 10, 10, { building: 'house' });
    const { buildings } = await readOsmPlaces([drawing.write('courtyard.json')], new NoticeList());
    expect(Array.from(buildings.weight, (weight) => Math.round(weight / 10) * 10)).toEqual([
      100,
      3 * (1600 - 400),
    ]);
    expect(metersOf(buildings, 1)[0]).toBeCloseTo(20, 1);
  });

  it('puts a point about every 50 m along residential streets, weighted by length', async () => {
    const drawing = new Drawing();
    const length = 220 + 90;
    drawing.way(1, [drawing.node(0, 0), drawing.node(220, 0), drawing.node(220, 90)], {
      highway: 'residential',
    });
    drawing.way(2, [drawing.node(0, 500), drawing.node(20, 500)], { highway: 'living_street' });
    drawing.way(3, [drawing.node(0, 600), drawing.node(900, 600)], { highway: 'primary' });
    const { streets } = await readOsmPlaces([drawing.write('streets.json')], new NoticeList());
    const parts = Math.round(length / 50);
    expect(streets.weight).toHaveLength(parts + 1);
    expect(streets.weight.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(length + 20, 0);
    for (let i = 0; i < parts; i++) {
      const along = ((i + 0.5) * length) / parts;
      const expected = along <= 220 ? [along, 0] : [220, along - 220];
      expect(metersOf(streets, i)[0]).toBeCloseTo(expected[0]!, 0);
      expect(metersOf(streets, i)[1]).toBeCloseTo(expected[1]!, 0);
    }
    expect(metersOf(streets, parts)[0]).toBeCloseTo(10, 1);
  });

  it('finds town halls drawn as node, way and relation, with their commune codes', async () => {
    const drawing = new Drawing();
    drawing.node(5, 5, { amenity: 'townhall', 'ref:INSEE': '71001' });
    drawing.rectangle(1, 100, 0, 20, 10, { amenity: 'townhall', building: 'yes' });
    drawing.rectangle(2, 200, 0, 20, 10);
    drawing.relation(9, [[2, 'outer']], { type: 'multipolygon', amenity: 'townhall', 'ref:INSEE': '71003' });
    const { townhalls, buildings } = await readOsmPlaces([drawing.write('townhalls.json')], new NoticeList());
    expect(Array.from(townhalls.lon, (_, i) => Math.round(metersOf(townhalls, i)[0]))).toEqual([5, 110, 210]);
    expect(townhalls.communeCode).toEqual(['71001', undefined, '71003']);
    expect(buildings.weight).toHaveLength(0);
  });

  it('counts what several files hold once', async () => {
    const drawing = new Drawing();
    drawing.rectangle(1, 0, 0, 10, 8, { building: 'house' });
    drawing.node(5, 5, { amenity: 'townhall' });
    const once = await readOsmPlaces([drawing.write('a.json')], new NoticeList());
    const twice = await readOsmPlaces([drawing.write('a.json'), drawing.write('b.json')], new NoticeList());
    expect(once.buildings.weight).toHaveLength(1);
    expect(twice).toEqual(once);
  });

  it('says how many buildings are cut at the border', async () => {
    const drawing = new Drawing();
    drawing.rectangle(1, 0, 0, 10, 8, { building: 'house' });
    drawing.elements.shift();
    const notices = new NoticeList();
    const { buildings } = await readOsmPlaces([drawing.write('cut.json')], notices);
    expect(buildings.weight).toHaveLength(0);
    expect(notices.notices.map(({ code, count }) => [code, count])).toEqual([['osm-building-incomplete', 1]]);
  });

  const pbf = realData('monaco-06/monaco-osrm.osm.pbf');
  it.skipIf(pbf === undefined)(
    `finds the places of Monaco and its neighbours (${NO_REAL_DATA})`,
    async () => {
      const { buildings, streets, townhalls } = await readOsmPlaces([pbf!], new NoticeList());
      expect(buildings.weight.length).toBeGreaterThan(1000);
      expect(streets.weight.length).toBeGreaterThan(500);
      expect(townhalls.lon.length).toBeGreaterThan(0);
      for (const { lon, lat, weight } of [buildings, streets]) {
        for (let i = 0; i < lon.length; i++) {
          expect(lon[i]! > 7.3 && lon[i]! < 7.6 && lat[i]! > 43.6 && lat[i]! < 43.9 && weight[i]! > 0).toBe(
            true,
          );
        }
      }
    },
  );

  const formats = ['pbf', 'gz', 'bz2'].map((extension) =>
    realData(`readers/fr-saint_barthelemy.osm.${extension}`),
  );
  it.skipIf(formats[0] === undefined)(`finds the same places in every format (${NO_REAL_DATA})`, async () => {
    const [pbfPlaces, gz, bz2] = await Promise.all(
      formats.map((path) => readOsmPlaces([path!], new NoticeList())),
    );
    expect(pbfPlaces!.streets.weight.length).toBeGreaterThan(100);
    expect(gz).toEqual(pbfPlaces);
    expect(bz2).toEqual(pbfPlaces);
  });
});
