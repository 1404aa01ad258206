/** Defects of single rows and shapes never stop a run: each is a notice, counted, and nobody is lost. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlainCsv, temporaryFolder } from '../run-cli.ts';
import { type CliEnd, onEach, startCli } from './run-many.ts';
import {
  collection,
  EAST_COMMUNE,
  HOME_COUNT,
  HOMES,
  PEOPLE_PER_HOME,
  STRUCTURES,
  type StudyFiles,
  WEST_COMMUNE,
  writeSmallStudy,
} from './small-study.ts';

// These studies name no language, and are told in French.
process.env['LC_ALL'] = 'fr_FR.UTF-8';

interface Defect {
  name: string;
  files: StudyFiles;
  /** Code -> rows it names; none where the notice is of a shape or a file. */
  notices: Readonly<Record<string, readonly number[]>>;
}

const homes = (...rows: string[]): StudyFiles => ({ 'homes.csv': [...HOMES, ...rows, ''].join('\n') });
const structures = (...rows: string[]): StudyFiles => ({
  'structures.csv': [...STRUCTURES, ...rows, ''].join('\n'),
});
const communes = (...features: object[]): StudyFiles => ({ 'communes.geojson': collection(...features) });

/** Corners of the rectangle in an order that makes its outline cross itself. */
function crossed(feature: object): object {
  const copy = structuredClone(feature) as { geometry: { coordinates: number[][][] } };
  const ring = copy.geometry.coordinates[0]!;
  [ring[1], ring[2]] = [ring[2]!, ring[1]!];
  return copy;
}

/** A second corner that touches the outline's own edge. */
function touching(feature: object): object {
  const copy = structuredClone(feature) as { geometry: { coordinates: number[][][] } };
  const [[southWest, southEast, northEast, northWest]] = copy.geometry.coordinates as [number[][]];
  const middle = [(southWest![0]! + southEast![0]!) / 2, southWest![1]!];
  copy.geometry.coordinates[0] = [southWest!, southEast!, northEast!, middle, northWest!, southWest!];
  return copy;
}

const FIRST_ADDED_HOME = HOMES.length + 1;
const FIRST_ADDED_STRUCTURE = STRUCTURES.length + 1;

const DEFECTS: readonly Defect[] = [
  { name: 'no defect', files: {}, notices: {} },
  {
    name: 'homes that repeat an id',
    files: homes(HOMES[1]!),
    notices: { 'cell-id-repeated': [FIRST_ADDED_HOME] },
  },
  {
    name: 'a negative and an unreadable population',
    files: homes('n,5.01,47.01,-3', 'm,5.01,47.01,abc'),
    notices: {
      'cell-population-negative': [FIRST_ADDED_HOME],
      'cell-population-unreadable': [FIRST_ADDED_HOME + 1],
    },
  },
  {
    name: 'a home without a position',
    files: homes('p,,47.01,3'),
    notices: { 'cell-position-unreadable': [FIRST_ADDED_HOME] },
  },
  {
    name: 'a structure that repeats an id',
    files: structures(STRUCTURES[1]!),
    notices: { 'structure-id-repeated': [FIRST_ADDED_STRUCTURE] },
  },
  {
    name: 'structures without position, with words for one, without id, cut short',
    files: structures('d;D;ccas-cias;;', 'e;E;ccas-cias;x;47', ';F;ccas-cias;5.01;47.01', 'g;G;ccas-cias'),
    notices: {
      'structure-without-position': [FIRST_ADDED_STRUCTURE, FIRST_ADDED_STRUCTURE + 3],
      'structure-position-unreadable': [FIRST_ADDED_STRUCTURE + 1],
      'structure-without-id': [FIRST_ADDED_STRUCTURE + 2],
      'csv-row-of-odd-length': [FIRST_ADDED_STRUCTURE + 3],
    },
  },
  {
    name: 'one structure with swapped lon and lat',
    files: structures('s;S;ccas-cias;47.01;5.01'),
    notices: { 'structure-position-swapped': [FIRST_ADDED_STRUCTURE] },
  },
  {
    name: 'a commune that stands twice',
    files: communes(WEST_COMMUNE, EAST_COMMUNE, EAST_COMMUNE),
    notices: { 'commune-polygon-repeated': [] },
  },
  {
    name: 'a commune without geometry',
    files: communes(WEST_COMMUNE, EAST_COMMUNE, { ...EAST_COMMUNE, geometry: null }),
    notices: { 'commune-feature-without-area': [3] },
  },
  {
    name: 'a polygon that crosses itself',
    files: communes(crossed(WEST_COMMUNE), EAST_COMMUNE),
    notices: { 'commune-polygon-repaired': [], 'cells-beside-communes': [] },
  },
  {
    name: 'a polygon that touches itself',
    files: communes(touching(WEST_COMMUNE), EAST_COMMUNE),
    notices: { 'commune-polygon-repaired': [], 'cells-beside-communes': [] },
  },
];

const folder = temporaryFolder();
const ends = new Map<string, { end: CliEnd; results: string }>();

beforeAll(async () => {
  await onEach(DEFECTS, async ({ name, files }, position) => {
    const cwd = join(folder.path, String(position));
    writeSmallStudy(cwd, files);
    const args = ['coverage', 'etude.yaml', '--no-cache', '--isochrones', 'none', '--mode', 'car'];
    ends.set(name, { end: await startCli(args, { cwd }), results: join(cwd, 'results') });
  });
});
afterAll(folder.remove);

interface Manifest {
  notices: { by_code: Record<string, number> };
}

interface Indicators {
  headline: Array<{ population: number }>;
}

describe('a defect of a row or a shape', () => {
  it.each(DEFECTS)('is a notice with its place, counted: $name', ({ name, notices }) => {
    const { end, results } = ends.get(name)!;
    expect(end.exitCode, end.stderr).toBe(0);
    const rows = parsePlainCsv(readFileSync(join(results, 'notices.csv'), 'utf8'));
    const { by_code } = (JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8')) as Manifest)
      .notices;
    expect(Object.keys(by_code).sort()).toEqual(Object.keys(notices).sort());
    for (const [code, lines] of Object.entries(notices)) {
      const own = rows.filter((row) => row.code === code);
      expect(own.map((row) => Number(row.ligne)).filter((line) => line > 0)).toEqual(lines);
      expect(by_code[code]).toBe(own.length);
      expect(by_code[code]).toBe(Math.max(1, lines.length));
    }
  });

  it.each(DEFECTS)('loses nobody else: $name', ({ name }) => {
    const { results } = ends.get(name)!;
    const { headline } = JSON.parse(readFileSync(join(results, 'indicateurs.json'), 'utf8')) as Indicators;
    expect(headline.map(({ population }) => population)).toEqual([HOME_COUNT * PEOPLE_PER_HOME]);
  });

  it('is told on stderr, with its number and its first case', () => {
    const { stderr } = ends.get('a structure that repeats an id')!.end;
    expect(stderr).toContain('1 avertissement et 0 remarque sur les données, dans results/notices.csv');
    expect(stderr).toContain(`1 × structure-id-repeated, d’abord structures.csv:${FIRST_ADDED_STRUCTURE} : `);
    expect(ends.get('no defect')!.end.stderr).not.toContain('sur les données');
  });
});
