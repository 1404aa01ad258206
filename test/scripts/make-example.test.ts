/**
 * The fictional département: drawn again it is the committed one, its files agree with one another, and its map
 * is one that could be driven.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import type { FeatureCollection, Polygon } from 'geojson';
import { OSMTransform } from 'osm-pbf-parser-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawExample } from '../../scripts/example/files.ts';
import { crossSegments, type Point } from '../../scripts/example/geometry.ts';
import { VILLAGE_NAMES } from '../../scripts/example/names.ts';
import type { OsmContents, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { readExtract } from '../../scripts/lib/read-extract.ts';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { reachNodes } from './car-reach.ts';

const FOLDER = fileURLToPath(new URL('../../data/exemple/', import.meta.url));
const ROADS = 'val-d-exemple.osm.pbf';
const GRID = 'carreaux_200m_val-d-exemple.csv';
const LATITUDE = 46.6;

type Row = Record<string, string>;
interface CommuneProperties {
  code: string;
  nom: string;
  population: number;
}

const readText = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const readRows = (name: string, delimiter: string): Row[] =>
  parseCsv(readText(name), { columns: true, delimiter }) as Row[];
const sumOf = (row: Row, columns: readonly string[]): number =>
  columns.reduce((sum, column) => sum + Math.round(10 * Number(row[column])), 0);

const communes = JSON.parse(readText('communes-00.geojson')) as FeatureCollection<Polygon, CommuneProperties>;
const codes = new Set(communes.features.map(({ properties }) => properties.code));
const cells = readRows(GRID, ',');
let roads: OsmContents;

beforeAll(async () => {
  roads = await readExtract(join(FOLDER, ROADS));
});

describe('the committed example', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is what the generator draws', async () => {
    for (const { name, bytes } of await drawExample()) {
      if (name === ROADS) {
        // Elements, not bytes: zlib differs from one build of Node to another.
        writeFileSync(join(folder, name), bytes);
        expect(await readExtract(join(folder, name))).toEqual(roads);
      } else {
        const isSame = bytes.equals(readFileSync(join(FOLDER, name)));
        expect(isSame, `${name} differs: run scripts/make-example.ts`).toBe(true);
      }
    }
  });

  it('takes at most 4 MB', () => {
    const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
    expect(bytes).toBeLessThan(4e6);
  });

  it('says that it is fictional in every file that has room for it', () => {
    for (const name of ['etude.yaml', 'communes-00.geojson']) expect(readText(name)).toMatch(/ficti/i);
  });

  it('says so in the header of its roads', async () => {
    const transform = new OSMTransform();
    transform.end(readFileSync(join(FOLDER, ROADS)));
    const batches = (await transform.toArray()) as Array<Array<{ source?: string }>>;
    expect(batches[0][0].source).toMatch(/fictional/);
  });
});

describe('its communes', () => {
  it('have invented names', () => {
    const require = createRequire(import.meta.url);
    const real = require('@etalab/decoupage-administratif/data/communes.json') as Array<{ nom: string }>;
    const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const known = new Set(real.map(({ nom }) => plain(nom)));
    const names = [...communes.features.map(({ properties }) => properties.nom), ...VILLAGE_NAMES];
    expect(names.filter((name) => known.has(plain(name)))).toEqual([]);
    expect(new Set(communes.features.map(({ properties }) => properties.nom)).size).toBe(80);
  });

  it('share their borders to the last digit, and cover the land once', () => {
    const edges = new Map<string, number>();
    for (const { geometry } of communes.features) {
      expect(geometry.coordinates.length).toBe(1);
      const [ring] = geometry.coordinates;
      expect(ring[0]).toEqual(ring[ring.length - 1]);
      for (let i = 1; i < ring.length; i++) {
        const key = `${ring[i - 1]} ${ring[i]}`;
        edges.set(key, (edges.get(key) ?? 0) + 1);
      }
    }
    // Counter-clockwise rings: a shared edge runs once in each direction.
    expect(Math.max(...edges.values())).toBe(1);
    const outer = [...edges.keys()].filter((key) => !edges.has(key.split(' ').reverse().join(' ')));
    const starts = new Map(outer.map((key) => key.split(' ') as [string, string]));
    let [at] = starts.keys();
    const first = at;
    let steps = 0;
    do {
      at = starts.get(at) ?? '';
      steps += 1;
    } while (at !== first && steps <= outer.length);
    // What is not shared is one closed line around the whole.
    expect([at, steps]).toEqual([first, outer.length]);
  });

  it('cover about 2 000 km²', () => {
    const lonMeters = metersPerDegreeOfLongitude(LATITUDE);
    let area = 0;
    for (const { geometry } of communes.features) {
      const [ring] = geometry.coordinates;
      for (let i = 1; i < ring.length; i++) {
        area += (ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1]) / 2;
      }
    }
    const squareKm = (area * lonMeters * METERS_PER_DEGREE) / 1e6;
    expect(squareKm).toBeGreaterThan(1900);
    expect(squareKm).toBeLessThan(2100);
  });

  it('each have one EPCI and one territoire, and no territoire is a union of EPCI', () => {
    const epciOf = new Map(readRows('epci.csv', ';').map(({ commune, epci }) => [commune, epci]));
    const territories = readRows('territoires.csv', ';');
    expect([...epciOf.keys()].sort()).toEqual([...codes].sort());
    expect(territories.map(({ commune }) => commune).sort()).toEqual([...codes].sort());
    const territoriesOfEpci = new Map<string, Set<string>>();
    for (const { commune, territoire } of territories) {
      const epci = epciOf.get(commune) ?? '';
      territoriesOfEpci.set(epci, (territoriesOfEpci.get(epci) ?? new Set()).add(territoire));
    }
    expect(territoriesOfEpci.size).toBe(5);
    const split = [...territoriesOfEpci.values()].filter((set) => set.size > 1).flatMap((set) => [...set]);
    expect(new Set(split)).toEqual(new Set(territories.map(({ territoire }) => territoire)));
  });
});

describe('its grid', () => {
  it('holds about 120 000 people in 7 000 to 9 000 cells, once each', () => {
    const people = cells.reduce((sum, row) => sum + Number(row.ind), 0);
    expect(Math.abs(people - 120_000)).toBeLessThan(1000);
    expect(new Set(cells.map((row) => row.idcar_200m)).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThan(7000);
    expect(cells.length).toBeLessThan(9000);
  });

  it('adds up in every row: ages to people, sizes and kinds of dwelling to households', () => {
    const columns = Object.keys(cells[0]);
    const ages = columns.slice(columns.indexOf('ind_0_3'), columns.indexOf('ind_inc') + 1);
    const sizes = columns.slice(columns.indexOf('log_av45'), columns.indexOf('log_inc') + 1);
    const wrong = cells.filter((row) => {
      const men = sumOf(row, ['men']);
      const isSum =
        sumOf(row, ages) === sumOf(row, ['ind']) &&
        sumOf(row, sizes) === men &&
        sumOf(row, ['men_coll', 'men_mais']) === men;
      const parts = ['men_pauv', 'men_1ind', 'men_5ind', 'men_prop', 'men_fmp', 'log_soc'];
      return !isSum || parts.some((part) => sumOf(row, [part]) > men);
    });
    expect(wrong).toEqual([]);
  });

  it('has ids on the 200 m grid, inside their 1 km square', () => {
    const corner = (id: string): number[] => /mN(\d+)E(\d+)$/.exec(id)?.slice(1).map(Number) ?? [];
    for (const { idcar_200m, idcar_1km } of cells) {
      expect(idcar_200m).toMatch(/^CRS3035RES200mN\d{7}E\d{7}$/);
      const square = corner(idcar_200m);
      expect(square.every((meters) => meters % 200 === 0)).toBe(true);
      expect(corner(idcar_1km)).toEqual(square.map((meters) => Math.floor(meters / 1000) * 1000));
    }
  });

  it('marks as imputed exactly the cells with fewer than 11 households', () => {
    expect(cells.filter((row) => (row.i_est_200 === '1') !== Number(row.men) < 11)).toEqual([]);
  });

  it('names known communes, several for some border cells', () => {
    const lists = cells.map(({ lcog_geo }) => lcog_geo.split(','));
    expect(lists.flat().filter((code) => !codes.has(code))).toEqual([]);
    const several = lists.filter((list) => list.length > 1).length / lists.length;
    expect(several).toBeGreaterThan(0.03);
    expect(several).toBeLessThan(0.12);
  });

  const realHeader = 'idcar_200m,idcar_1km,idcar_nat,i_est_200,i_est_1km,lcog_geo,ind,men,men_pauv';
  it('starts with the columns of 2021, 34 in all', () => {
    expect(Object.keys(cells[0]).length).toBe(34);
    expect(readText(GRID).startsWith(realHeader)).toBe(true);
  });
});

describe('its accueil points', () => {
  const list = readRows('france-services.csv', ',');
  const own = readRows('structures.csv', ';');

  it('stand in known communes and near a road', () => {
    const rows = [
      ...list.map((row) => ({ code: row.insee_com, lon: Number(row.longitude), lat: Number(row.latitude) })),
      ...own.map((row) => ({ code: row.code_insee, lon: Number(row.lon), lat: Number(row.lat) })),
    ];
    for (const { code, lon, lat } of rows) {
      expect(codes.has(code)).toBe(true);
      const near = roads.nodes.some(
        (node) => Math.hypot(node.lon - lon, node.lat - lat) < 30 / METERS_PER_DEGREE,
      );
      expect(near).toBe(true);
    }
  });

  it('hold a bus, an itinerant point, an antenna and points that are not engaged', () => {
    const formats = list.map((row) => row.format_fs);
    expect(formats).toEqual(expect.arrayContaining(['Bus_équivalent', 'Itinérante', 'Fixe', 'Multisites']));
    expect(list.map((row) => row.type_fs)).toContain('Antenne');
    expect(own.filter((row) => row.engagee === 'non').length).toBeGreaterThan(1);
    expect(own.filter((row) => row.format === 'bus').length).toBe(1);
  });

  it('give stops to the bus and to the itinerant point', () => {
    const stops = readRows('tournees.csv', ';');
    const moving = new Set([
      ...own.filter((row) => row.format === 'bus').map((row) => row.id),
      ...list.filter((row) => row.format_fs === 'Itinérante').map((row) => row.id_fs),
    ]);
    expect(new Set(stops.map((row) => row.id_structure))).toEqual(moving);
    for (const { code_insee, horaires } of stops) {
      expect(codes.has(code_insee)).toBe(true);
      expect(horaires).not.toBe('');
    }
  });

  const realList = realData('france-services/france-services-liste-fs-20240801.csv');
  it.skipIf(realList === undefined)(
    `have the columns of the national list (skips with ${NO_REAL_DATA})`,
    () => {
      const [header] = readFileSync(realList!, 'utf8').split('\n');
      expect(Object.keys(list[0])).toEqual(header.trim().replaceAll('"', '').split(','));
    },
  );
});

describe('its roads', () => {
  const CAR = /^(primary|secondary|tertiary|unclassified|residential|living_street|motorway_link)$/;

  it('let a car reach every street from every other', () => {
    const ways = roads.ways.filter(
      ({ tags }) => /^motorway$/.test(tags?.highway ?? '') || CAR.test(tags?.highway ?? ''),
    );
    const ferries = roads.ways.filter(({ tags }) => tags?.route === 'ferry');
    const start = ways.find(({ tags }) => tags?.highway === 'primary')!.refs[0];
    const there = reachNodes(start, [...ways, ...ferries], false);
    const back = reachNodes(start, [...ways, ...ferries], true);
    // Motorways come from outside: only their links lead on to what lies beyond the map.
    const streets = ways.filter(
      ({ tags }) => CAR.test(tags?.highway ?? '') && tags?.highway !== 'motorway_link',
    );
    expect(streets.filter(({ refs }) => !refs.every((ref) => there.has(ref) && back.has(ref)))).toEqual([]);
  });

  it('cross each other only where they share a node or one is a bridge', () => {
    expect(findBareCrossings(roads)).toEqual([]);
  });

  it('pass the river on bridges only, by ferry, or not at all', () => {
    const nodeOf = new Map(roads.nodes.map((node) => [node.id, { x: node.lon, y: node.lat }]));
    const line = (way: OsmWay): Point[] => way.refs.map((ref) => nodeOf.get(ref)!);
    const river = line(roads.ways.find(({ tags }) => tags?.waterway === 'river')!);
    const crossing = roads.ways.filter((way) => way.tags?.highway !== undefined && crosses(line(way), river));
    expect(crossing.filter(({ tags }) => tags?.bridge === undefined)).toEqual([]);
    // Two road bridges, the motorway's two carriageways and the footbridge.
    expect(crossing.length).toBe(5);
  });

  it('have forbidden turns whose ways end at the via node', () => {
    const wayOf = new Map(roads.ways.map((way) => [way.id, way]));
    expect(roads.relations.length).toBeGreaterThan(10);
    for (const { members } of roads.relations) {
      const via = members.find(({ role }) => role === 'via')!.ref;
      for (const { ref, type } of members.filter((member) => member.type === 'way')) {
        const { refs } = wayOf.get(ref)!;
        expect(type === 'way' && (refs[0] === via || refs[refs.length - 1] === via)).toBe(true);
      }
    }
  });

  it('know every kind of thing that a real map holds', () => {
    const has = (key: string, value: string): boolean =>
      [...roads.ways, ...roads.nodes].some(({ tags }) => tags?.[key] === value);
    const expected: Array<[string, string]> = [
      ['highway', 'motorway'],
      ['highway', 'motorway_junction'],
      ['junction', 'roundabout'],
      ['highway', 'traffic_signals'],
      ['highway', 'crossing'],
      ['highway', 'pedestrian'],
      ['highway', 'cycleway'],
      ['highway', 'track'],
      ['highway', 'path'],
      ['barrier', 'bollard'],
      ['barrier', 'gate'],
      ['route', 'ferry'],
      ['railway', 'station'],
      ['railway', 'halt'],
      ['railway', 'level_crossing'],
      ['landuse', 'residential'],
      ['amenity', 'townhall'],
      ['access', 'private'],
      ['motor_vehicle', 'destination'],
      ['zone:maxspeed', 'FR:30'],
      ['source:maxspeed', 'FR:rural'],
      ['waterway', 'river'],
    ];
    expect(expected.filter(([key, value]) => !has(key, value))).toEqual([]);
  });
});

function crosses(a: readonly Point[], b: readonly Point[]): boolean {
  for (let i = 1; i < a.length; i++) {
    for (let k = 1; k < b.length; k++)
      if (crossSegments(a[i - 1], a[i], b[k - 1], b[k]) !== undefined) return true;
  }
  return false;
}

/** Pairs of ways on the same level that cross without a shared node there. */
function findBareCrossings(contents: OsmContents): string[] {
  const nodeOf = new Map(contents.nodes.map((node) => [node.id, { x: node.lon, y: node.lat }]));
  const square = (degrees: number): number => Math.floor(degrees / 0.003);
  const squares = new Map<string, Array<{ way: number; a: number; b: number }>>();
  for (const { id, refs, tags = {} } of contents.ways) {
    if ((tags.highway === undefined && tags.railway === undefined) || tags.bridge !== undefined) continue;
    for (let i = 1; i < refs.length; i++) {
      const [p, q] = [nodeOf.get(refs[i - 1])!, nodeOf.get(refs[i])!];
      for (let x = square(Math.min(p.x, q.x)); x <= square(Math.max(p.x, q.x)); x++) {
        for (let y = square(Math.min(p.y, q.y)); y <= square(Math.max(p.y, q.y)); y++) {
          const list = squares.get(`${x},${y}`) ?? [];
          list.push({ way: id, a: refs[i - 1], b: refs[i] });
          squares.set(`${x},${y}`, list);
        }
      }
    }
  }
  const bare = new Set<string>();
  for (const list of squares.values()) {
    list.forEach((s, i) => {
      for (const t of list.slice(i + 1)) {
        if (s.a === t.a || s.a === t.b || s.b === t.a || s.b === t.b) continue;
        const [p, q, r, u] = [s.a, s.b, t.a, t.b].map((ref) => nodeOf.get(ref)!);
        if (crossSegments(p, q, r, u) !== undefined) bare.add(`${s.way} ${t.way}`);
      }
    });
  }
  return [...bare];
}
