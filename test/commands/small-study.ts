/**
 * A study small enough to run in a third of a second, for tests of the command line: a grid of streets, two
 * communes side by side, a home on each street corner, three structures.
 *
 *     47.03  +--+--+--+--+--+--+--+--+
 *            |  West     |  East     |     streets every 0.005 degrees; the border lies between two of them
 *     47.00  +--+--+--+--+--+--+--+--+
 *          5.000       5.022       5.040
 */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boxRing } from '../../scripts/lib/box-ring.ts';
import type { OsmContents, OsmNode, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';

const WEST = 5;
const SOUTH = 47;
const STEP = 0.005;
const COLUMNS = 9;
const ROWS = 7;
const BORDER = 5.022;
export const PEOPLE_PER_HOME = 10;
export const HOME_COUNT = COLUMNS * ROWS;

/** The files of the study by name; `etude.yaml` names all the others. */
export type StudyFiles = Record<string, string | Buffer>;

export function drawStreets(): OsmContents {
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const at = (row: number, column: number) => row * COLUMNS + column + 1;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      nodes.push({ id: at(row, column), lon: WEST + column * STEP, lat: SOUTH + row * STEP });
    }
  }
  const street = (refs: number[]) =>
    ways.push({ id: ways.length + 1, refs, tags: { highway: 'residential' } });
  for (let row = 0; row < ROWS; row++) street(Array.from({ length: COLUMNS }, (_, i) => at(row, i)));
  for (let column = 0; column < COLUMNS; column++)
    street(Array.from({ length: ROWS }, (_, i) => at(i, column)));
  return { nodes, ways, relations: [] };
}

function homes(): string[] {
  return drawStreets().nodes.map(
    ({ id, lon, lat }) => `h${id},${lon.toFixed(6)},${lat.toFixed(6)},${PEOPLE_PER_HOME}`,
  );
}

/** A rectangle as a GeoJSON feature with the properties that a commune needs. */
export function commune(code: string, nom: string, west: number, east: number): object {
  const [south, north] = [SOUTH - STEP, SOUTH + ROWS * STEP];
  const ring = boxRing(west, south, east, north);
  return {
    type: 'Feature',
    properties: { code, nom, population: 1000 },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
}

export function collection(...features: object[]): string {
  return JSON.stringify({ type: 'FeatureCollection', features });
}

export const WEST_COMMUNE = commune('00001', 'West', WEST - STEP, BORDER);
export const EAST_COMMUNE = commune('00002', 'East', BORDER, WEST + COLUMNS * STEP);

export const STRUCTURES = [
  'id;nom;type;lon;lat',
  'a;CCAS West;ccas-cias;5.0051;47.0101',
  'b;MDS;maisons-des-solidarites;5.0151;47.0201',
  'c;CCAS East;ccas-cias;5.0351;47.0101',
];

/** Keys of the study -> lines of YAML; a test replaces some. */
export const STUDY_LINES: Readonly<Record<string, string>> = {
  name: 'name: Small study',
  date: 'date: 2026-10-06',
  threshold_minutes: 'threshold_minutes: 30',
  modes: 'modes: [car, walk]',
  roads: 'roads: [roads.osm.pbf]',
  population: 'population: [homes.csv]',
  communes: 'communes: [communes.geojson]',
  structures: 'structures: [structures.csv]',
  out: 'out: results',
};

/** The study with some lines replaced, added (other keys), or left out (undefined). */
export function study(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const lines = { ...STUDY_LINES, ...changes };
  return `${Object.values(lines)
    .filter((line) => line !== undefined)
    .join('\n')}\n`;
}

/** `id,lon,lat,population` and one home a corner. */
export const HOMES: readonly string[] = ['id,lon,lat,population', ...homes()];

const PBF = encodePbf(drawStreets());
export const roadsPbf = (): Buffer => Buffer.from(PBF);
export const roadsXml = (): string => encodeOsmXml(drawStreets());

export function smallStudyFiles(): StudyFiles {
  return {
    'etude.yaml': study(),
    'roads.osm.pbf': roadsPbf(),
    'homes.csv': `${HOMES.join('\n')}\n`,
    'communes.geojson': collection(WEST_COMMUNE, EAST_COMMUNE),
    'structures.csv': `${STRUCTURES.join('\n')}\n`,
  };
}

/** Writes the study with some files replaced or added into a folder; returns the path of `etude.yaml`. */
export function writeSmallStudy(folder: string, changes: StudyFiles = {}): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries({ ...smallStudyFiles(), ...changes })) {
    writeFileSync(join(folder, name), content);
  }
  return join(folder, 'etude.yaml');
}

/** Every file below a folder: path -> bytes, to compare before and after. */
export function snapshot(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'base64')]),
  );
}
