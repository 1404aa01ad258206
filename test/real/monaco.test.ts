/** Monaco and its French neighbours: buildings, hills, one-ways and turn restrictions of a real extract. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExtract } from '../../scripts/lib/read-extract.ts';
import { writePbf } from '../../scripts/lib/write-pbf.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { HAS_STUDY_DATA, openStudy, REAL_MODES, type RealStudy, rateOf, searchStudy } from './studies.ts';

describe.skipIf(!HAS_STUDY_DATA)(`Monaco's neighbours (${NO_REAL_DATA})`, () => {
  let real: RealStudy;
  beforeAll(async () => {
    real = await openStudy('monaco');
  });

  it.each(REAL_MODES)(
    'has the same %s time, structure and link in every cell by both engines',
    async (mode) => {
      const fast = await searchStudy(real, mode, 'fast');
      const reference = await searchStudy(real, mode, 'reference');
      expect(fast.timeOfCell.length).toBeGreaterThan(1000);
      expect(fast.timeOfCell).toEqual(reference.timeOfCell);
      expect(fast.linkedCell).toEqual(reference.linkedCell);
      expect(fast.nearestStructureOfCell).toEqual(reference.nearestStructureOfCell);
    },
  );

  it('covers more people by car than by bike, and by bike than on foot', async () => {
    const rates = new Map<string, number>();
    for (const mode of REAL_MODES) rates.set(mode, rateOf(real, await searchStudy(real, mode, 'fast')));
    expect(rates.get('car')).toBeGreaterThan(rates.get('bike')!);
    expect(rates.get('bike')).toBeGreaterThan(rates.get('walk')!);
    expect(rates.get('walk')).toBeGreaterThan(0);
  });

  it('puts the people of each commune on its buildings', () => {
    const { cells } = real.territory;
    expect(new Set(cells.origin)).toEqual(new Set(['building']));
  });
});

describe.skipIf(!HAS_STUDY_DATA)(`matrices of Monaco (${NO_REAL_DATA})`, () => {
  const extract = realData('monaco-06/monaco-osrm.osm.pbf')!;
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const points = join(folder.path, 'points.csv');

  beforeAll(() => {
    // A grid of 8 × 8 over the principality and the slopes above it; points in the sea or on rock stay empty.
    const rows = ['id,lon,lat'];
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) rows.push(`${i}${j},${7.41 + i * 0.0035},${43.728 + j * 0.003}`);
    }
    writeFileSync(points, rows.join('\n'));
  });

  /** `from to` -> seconds as written. */
  function computeMatrix(osm: string, mode: string): Map<string, string> {
    const { exitCode, stdout, stderr } = runCli([
      'matrix',
      ...['--osm', osm, '--mode', mode, '--from', points, '--to', points],
      ...['--snap-radius', '200', '--no-cache', '--quiet'],
    ]);
    expect(stderr + exitCode).toMatch(/0$/);
    const rows = parsePlainCsv(stdout).filter((row) => row.duration_s !== '' && row.from_id !== row.to_id);
    return new Map(rows.map((row) => [`${row.from_id} ${row.to_id}`, row.duration_s!]));
  }

  /** Share of the pairs reached whose way back takes another time. */
  function shareOfUneven(matrix: ReadonlyMap<string, string>): number {
    const uneven = [...matrix].filter(([pair, seconds]) => {
      const [from, to] = pair.split(' ');
      return matrix.get(`${to} ${from}`) !== seconds;
    });
    return uneven.length / matrix.size;
  }

  it('takes the same time on foot uphill and downhill, and another by car to and fro', () => {
    const walk = computeMatrix(extract, 'walk');
    const car = computeMatrix(extract, 'car');
    expect(walk.size).toBeGreaterThan(500);
    expect(car.size).toBeGreaterThan(500);
    expect(shareOfUneven(walk)).toBe(0);
    expect(shareOfUneven(car)).toBeGreaterThan(0.5);
  });

  it('drives longer, and never shorter, because of turn restrictions', async () => {
    const contents = await readExtract(extract);
    const isRestriction = ({ tags }: (typeof contents.relations)[number]) => tags?.type === 'restriction';
    expect(contents.relations.some(isRestriction)).toBe(true);
    const without = join(folder.path, 'without-restrictions.osm.pbf');
    writePbf(without, {
      ...contents,
      relations: contents.relations.filter((relation) => !isRestriction(relation)),
    });
    const restricted = computeMatrix(extract, 'car');
    const free = computeMatrix(without, 'car');
    const changes = [...restricted].map(([pair, seconds]) => Number(seconds) - Number(free.get(pair)));
    expect(changes.filter((seconds) => seconds > 0).length).toBeGreaterThan(0);
    expect(changes.filter((seconds) => seconds < 0)).toEqual([]);
  });
});
