/**
 * Our times beside OSRM's and Valhalla's, through the built command: the smallest place in all modes, and the
 * exit code of the benchmark, which is its verdict.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  BOUNDS,
  compareTimes,
  missedBounds,
  pointsWithoutPairs,
  summarise,
  type TimedPair,
} from '../../bench/lib/compare-times.ts';
import {
  defaultFolders,
  pointsPath,
  REFERENCE_MODES,
  REFERENCE_PLACES,
  readReferencePairs,
} from '../../bench/lib/engine-references.ts';
import { timePairs } from '../../bench/lib/run-matrix.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { temporaryFolder } from '../run-cli.ts';

const MONACO = REFERENCE_PLACES.find((place) => place.name === 'monaco')!;
const folders = defaultFolders();
const roads = realData(MONACO.roads);
const hasReferences = process.env.MAILLAGE_REAL_DATA !== undefined || existsSync(folders.references);
const canRun = roads !== undefined && hasReferences;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

function pair(from: string, to: string, ourSeconds?: number, osrmSeconds?: number): TimedPair {
  return { from, to, ourSeconds, ourMeters: undefined, osrmSeconds, valhallaSeconds: undefined };
}

describe('the comparison', () => {
  it('takes quantiles between the two nearest ratios', () => {
    expect(summarise([4, 1, 3, 2])).toMatchObject({
      count: 4,
      median: (2 + 3) / 2,
      lowerQuartile: 1 + 0.75 * (2 - 1),
      upperQuartile: 3 + 0.25 * (4 - 3),
    });
  });

  it('counts what one side alone reaches, and leaves it out of the ratios', () => {
    const pairs = [
      pair('a', 'x', 90, 100),
      pair('a', 'y', undefined, 100),
      pair('b', 'x', 50),
      pair('b', 'y'),
    ];
    const comparison = compareTimes('somewhere', 'car', pairs);
    expect(comparison.osrm.count).toBe(1);
    expect(comparison.osrm.median).toBe(90 / 100);
    expect(comparison.onlyOsrm).toEqual([pairs[1]]);
    expect(comparison.onlyOurs).toEqual([pairs[2]]);
    expect(comparison.neitherCount).toBe(1);
    expect(pointsWithoutPairs(pairs)).toEqual({ from: [], to: ['y'] });
  });

  it.each([
    ['the least median of cars', 0.92, []],
    ['just below it', 0.91, ['somewhere, car: median 0.910 not in 0.92–1.02']],
    ['just above the greatest', 1.03, ['somewhere, car: median 1.030 not in 0.92–1.02']],
  ])('judges %s', (_, ratio, missed) => {
    expect(missedBounds(compareTimes('somewhere', 'car', [pair('a', 'x', 100 * ratio, 100)]))).toEqual(
      missed,
    );
  });

  it('misses where the quartiles are too far apart, and where nothing is reached', () => {
    const wide = [0.8, 0.9, 1, 1.1].map((ratio, i) => pair('a', String(i), 100 * ratio, 100));
    expect(missedBounds(compareTimes('somewhere', 'bike', wide))).toEqual([
      `somewhere, bike: quartiles ${(1.025 - 0.875).toFixed(3)} apart, more than ${BOUNDS.bike.greatestSpread}`,
    ]);
    expect(missedBounds(compareTimes('somewhere', 'walk', []))).toHaveLength(2);
  });
});

describe.skipIf(!canRun)(`Monaco beside OSRM (${canRun ? 'real data' : NO_REAL_DATA})`, () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  it.each(REFERENCE_MODES)('keeps the bounds by %s', (mode) => {
    const comparison = compareTimes(MONACO.name, mode, timePairs(folders, MONACO, mode));
    expect(missedBounds(comparison)).toEqual([]);
    const unreached = comparison.onlyOsrm.length + comparison.neitherCount;
    expect(comparison.osrm.count).toBeGreaterThan(0.95 * comparison.pairCount);
    expect(comparison.osrm.count + unreached + comparison.onlyOurs.length).toBeLessThanOrEqual(
      comparison.pairCount,
    );
  });

  it('lies between the two engines by car', () => {
    const { osrm, valhalla } = compareTimes(MONACO.name, 'car', timePairs(folders, MONACO, 'car'));
    expect(osrm.median).toBeLessThan(1);
    expect(valhalla.median).toBeGreaterThan(1);
  });

  it('reaches all that OSRM reaches by car but the one point that the extract cuts off', () => {
    const { onlyOsrm } = compareTimes(MONACO.name, 'car', timePairs(folders, MONACO, 'car'));
    expect(new Set(onlyOsrm.map(({ to }) => to))).toEqual(new Set(['b33']));
  });

  it('ends with 1 and names the bound where the reference is twice as slow', () => {
    const slow = join(folder.path, 'slow');
    mkdirSync(slow);
    for (const end of ['from', 'to'] as const) {
      writeFileSync(join(slow, `monaco-${end}.csv`), readFileSync(pointsPath(folders, MONACO, end)));
    }
    const rows = readReferencePairs(folders, MONACO, 'walk').map(
      ({ from, to, osrmSeconds }) => `${from},${to},${osrmSeconds === undefined ? '' : 2 * osrmSeconds},`,
    );
    writeFileSync(join(slow, 'monaco-walk.csv'), ['from_id,to_id,osrm_s,valhalla_s', ...rows].join('\n'));
    const run = (from: string) =>
      spawnSync(
        process.execPath,
        [
          '--import',
          'tsx',
          'bench/compare-engines.ts',
          ...['--places', 'monaco', '--modes', 'walk', '--references', from, '--data', folders.data],
          ...['--out', join(folder.path, 'run.md')],
        ],
        { cwd: PROJECT, encoding: 'utf8' },
      );
    const ordinary = run(folders.references);
    expect(ordinary.stderr).toBe('');
    expect(ordinary.status).toBe(0);
    expect(readFileSync(join(folder.path, 'run.md'), 'utf8')).toContain(ordinary.stdout.trim());
    const missed = run(slow);
    expect(missed.status).toBe(1);
    expect(missed.stderr).toMatch(/^monaco, walk: median 0\.(49|50)\d not in 0\.97–1\.03/);
  });
});
