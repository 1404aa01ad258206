/**
 * Invariants of the indicator on the embedded example, through the whole command: threads and engines change
 * nothing, people are conserved, more time or more structures never lose anyone, isochrones are valid and nested.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { booleanPointInPolygon, kinks } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';

const EXAMPLE = fileURLToPath(new URL('../../data/exemple', import.meta.url));
const MODES = ['car', 'walk', 'bike', 'transit'];

interface Headline {
  mode: string;
  population: number;
  population_covered: number;
  population_uncovered: number;
  population_not_connected: number;
  rate: number;
}

const folder = temporaryFolder();
const study = join(folder.path, 'exemple');
const cache = join(folder.path, 'cache');

/** Runs the study and gives the folder of its result. */
function run(
  name: string,
  options: readonly string[],
  changes: (yaml: string) => string = (yaml) => yaml,
): string {
  const file = join(study, `${name}.yaml`);
  writeFileSync(file, changes(readFileSync(join(study, 'etude.yaml'), 'utf8')));
  const out = join(folder.path, name);
  const { exitCode, stderr } = runCli([
    'coverage',
    file,
    '--out',
    out,
    '--cache',
    cache,
    '--quiet',
    ...options,
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return out;
}

function headlineOf(out: string): Map<string, Headline> {
  const { headline } = JSON.parse(readFileSync(join(out, 'indicateurs.json'), 'utf8')) as {
    headline: Headline[];
  };
  return new Map(headline.map((entry) => [entry.mode, entry]));
}

function featuresOf(out: string, file: string): Array<Feature<MultiPolygon, Record<string, unknown>>> {
  const collection = JSON.parse(readFileSync(join(out, file), 'utf8')) as FeatureCollection<
    MultiPolygon,
    Record<string, unknown>
  >;
  return collection.features;
}

function contentsOf(out: string, without: readonly string[]): Map<string, string> {
  return new Map(
    readdirSync(out)
      .filter((file) => !without.includes(file))
      .map((file) => [file, readFileSync(join(out, file), 'utf8')]),
  );
}

let whole: string;

beforeAll(() => {
  mkdirSync(study);
  for (const file of readdirSync(EXAMPLE)) copyFileSync(join(EXAMPLE, file), join(study, file));
  whole = run('whole', ['--threads', '2']);
});
afterAll(folder.remove);

describe('the example', () => {
  it('has the same outputs, byte for byte, with 1 and 2 threads', () => {
    const again = join(folder.path, 'again');
    const file = join(study, 'whole.yaml');
    const { exitCode, stderr } = runCli([
      ...['coverage', file, '--out', again, '--cache', cache, '--quiet', '--threads', '1'],
    ]);
    expect(exitCode, stderr).toBe(0);
    expect(contentsOf(again, ['manifest.json'])).toEqual(contentsOf(whole, ['manifest.json']));
    const [first, second] = [whole, again].map((out) => {
      const { timings: _, ...rest } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
        timings: unknown;
      };
      return rest;
    });
    expect(second).toEqual(first);
  });

  it('has the same figures by the reference engine: every table, every mode', () => {
    // The structures of the département only: graphology takes seconds for each.
    const fewer = (yaml: string) => yaml.replace('[france-services.csv, structures.csv]', '[structures.csv]');
    const fast = run('fast', ['--isochrones', 'none'], fewer);
    const reference = run('reference', ['--isochrones', 'none', '--engine', 'reference'], fewer);
    const [wanted, found] = [fast, reference].map((out) => contentsOf(out, ['manifest.json']));
    expect([...found!.keys()]).toEqual([...wanted!.keys()]);
    for (const [file, content] of wanted!) expect(found!.get(file) === content, file).toBe(true);
    // The reference engine takes its time, more where other tests run beside.
  }, 240_000);

  it('conserves the population: covered, uncovered and not connected make the whole, at every level', () => {
    const total = headlineOf(whole).get('car')!.population;
    for (const { mode, ...people } of headlineOf(whole).values()) {
      const sum = people.population_covered + people.population_uncovered + people.population_not_connected;
      expect(sum, mode).toBeCloseTo(total, 6);
      expect(people.population).toBe(total);
      expect(people.rate).toBeCloseTo(people.population_covered / total, 12);
    }
    for (const file of ['communes.csv', 'territoires.csv']) {
      const rows = parsePlainCsv(readFileSync(join(whole, file), 'utf8').replace(/"[^"]*"/g, 'text'));
      const number = (text: string | undefined) => Number((text ?? '').replace(',', '.'));
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) {
        const parts = ['population_couverte', 'population_non_couverte', 'population_non_raccordee'].map(
          (name) => {
            expect(Object.keys(row)).toContain(name);
            return number(row[name]);
          },
        );
        // Four figures of two decimals each.
        expect(Math.abs(parts[0]! + parts[1]! + parts[2]! - number(row.population))).toBeLessThan(0.0201);
      }
      if (file !== 'communes.csv') continue;
      for (const mode of MODES) {
        const of = rows.filter((row) => row.mode === mode);
        const sum = of.reduce((people, row) => people + number(row.population), 0);
        expect(Math.abs(sum - total)).toBeLessThan(0.0051 * (of.length + 1));
      }
    }
  });

  it('covers never fewer people with more time, by each mode', () => {
    const results = [15, 30, 45].map((minutes) =>
      minutes === 30
        ? headlineOf(whole)
        : headlineOf(
            run(`within-${minutes}`, ['--isochrones', 'none'], (yaml) =>
              yaml.replace('threshold_minutes: 30', `threshold_minutes: ${minutes}`),
            ),
          ),
    );
    for (const mode of MODES) {
      const covered = results.map((headline) => headline.get(mode)!.population_covered);
      expect([...covered].sort((a, b) => a - b)).toEqual(covered);
      expect(covered.at(-1)!).toBeGreaterThan(covered[0]!);
    }
  });

  it('covers never more people with fewer structures, by each mode', () => {
    const fewer = headlineOf(
      run('fewer', ['--isochrones', 'none'], (yaml) =>
        yaml.replace('[france-services.csv, structures.csv]', '[structures.csv]'),
      ),
    );
    for (const mode of MODES) {
      const all = headlineOf(whole).get(mode)!.population_covered;
      expect(fewer.get(mode)!.population_covered).toBeLessThan(all);
      expect(fewer.get(mode)!.population_covered).toBeGreaterThan(0);
    }
  });

  it('draws isochrones that are valid and nested', () => {
    const bands = featuresOf(whole, 'isochrones.geojson');
    expect(bands.length).toBe(MODES.length * 4);
    for (const band of [...bands, ...featuresOf(whole, 'isochrones-structures.geojson').slice(0, 20)]) {
      expect(kinks(band).features, JSON.stringify(band.properties)).toEqual([]);
    }
    for (const mode of MODES) {
      const ofMode = bands
        .filter(({ properties }) => properties.mode === mode)
        .sort((a, b) => Number(a.properties.minutes) - Number(b.properties.minutes));
      expect(ofMode.length).toBe(4);
      for (let i = 0; i + 1 < ofMode.length; i++) {
        const corners = ofMode[i]!.geometry.coordinates.flat(2);
        const outside = corners.filter((corner) => !booleanPointInPolygon(corner, ofMode[i + 1]!));
        expect(outside.length, `${mode}, band ${i}`).toBe(0);
      }
    }
  });

  it('draws every structure inside its own isochrones', () => {
    const structures = parsePlainCsv(
      readFileSync(join(whole, 'structures.csv'), 'utf8').replace(/"[^"]*"/g, 'text'),
    );
    const places = new Map(
      structures.map((row) => [row.id!, [row.lon, row.lat].map((text) => Number(text!.replace(',', '.')))]),
    );
    const bands = featuresOf(whole, 'isochrones-structures.geojson');
    expect(bands.length).toBeGreaterThan(50);
    for (const band of bands) {
      const place = places.get(String(band.properties.structure));
      expect(place, JSON.stringify(band.properties)).toBeDefined();
      expect(booleanPointInPolygon(place!, band), JSON.stringify(band.properties)).toBe(true);
    }
  });
});
