/** Transit on real timetables: Porto Alegre, Monaco and the CAM, the TER of Saône-et-Loire, and defective feeds. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildNetwork,
  readTerritory,
  readTransitDay,
  type Study,
  type StudyTerritory,
  searchTowards,
  searchTransitTowards,
  type TransitAnswer,
  UNREACHED,
} from '../../src/index.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';
import { HAS_STUDY_DATA, rateOf, readRealStudy } from './studies.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe.skipIf(!HAS_STUDY_DATA)(`transit of real studies (${NO_REAL_DATA})`, () => {
  describe.each([
    ['porto-alegre', 2903, 0.2],
    ['monaco-transit', 1390, 0.05],
  ])('%s', (name, tripCount, leastGain) => {
    let study: Study;
    let territory: StudyTerritory;
    let answer: TransitAnswer;
    let walk: Int32Array;
    let gain: number;

    beforeAll(async () => {
      study = readRealStudy(name);
      const network = await buildNetwork(study, 'walk');
      territory = await readTerritory(study, network);
      const day = await readTransitDay(study);
      expect(day.feeds.reduce((sum, feed) => sum + feed.activeTripCount, 0)).toBe(tripCount);
      answer = await searchTransitTowards(study, network, day, territory);
      const walked = await searchTowards(study, network, territory);
      walk = walked.timeOfCell;
      const real = { study, networks: new Map(), territory };
      gain = rateOf(real, answer.times) - rateOf(real, walked);
    });

    it('covers many more people than walking does, and slows nobody down', () => {
      expect(gain).toBeGreaterThan(leastGain);
      const { timeOfCell } = answer.times;
      for (let cell = 0; cell < walk.length; cell++) {
        // Walks beyond two hours are not looked at.
        if (walk[cell]! <= 72_000) expect(timeOfCell[cell]!).toBeLessThanOrEqual(walk[cell]!);
      }
    });

    it('has legs for every cell that follow each other and add up to its time', () => {
      const { timeOfCell } = answer.times;
      let rides = 0;
      for (let cell = 0; cell < timeOfCell.length; cell++) {
        const legs = answer.findLegs(cell);
        expect(legs.length > 0).toBe(timeOfCell[cell] !== UNREACHED);
        if (legs.length === 0) continue;
        for (let i = 1; i < legs.length; i++) {
          expect(legs[i]!.departure).toBeGreaterThanOrEqual(legs[i - 1]!.arrival);
        }
        const last = legs[legs.length - 1]!;
        const wait = last.kind === 'egress' ? last.wait : 0;
        expect(last.arrival + wait - legs[0]!.departure).toBe(timeOfCell[cell]);
        for (const leg of legs) {
          if (leg.kind !== 'ride') continue;
          rides++;
          const ride = answer.describeRide(leg, cell);
          expect(ride.route).not.toBe('');
          expect(ride.fromStop).not.toBe('');
        }
      }
      expect(rides).toBeGreaterThan(100);
    });
  });
});

const TER = realData('saone-et-loire/ter-71-2025-01.gtfs.zip');
describe.skipIf(TER === undefined)(`the TER of Saône-et-Loire (${NO_REAL_DATA})`, () => {
  it('on a day after its end is refused: first and last day, and a day to take instead', () => {
    const study = join(folder.path, 'ter.yaml');
    const roads = realData('monaco-06/monaco-osrm.osm.pbf')!;
    const structures = fileURLToPath(new URL('../../bench/studies/monaco-mairies.csv', import.meta.url));
    writeFileSync(
      study,
      [
        'name: TER 71',
        'date: 2025-05-06',
        'modes: [transit]',
        `roads: [${JSON.stringify(roads)}]`,
        `timetables: [${JSON.stringify(TER)}]`,
        `population: [${JSON.stringify(structures)}]`,
        `structures: [${JSON.stringify(structures)}]`,
      ].join('\n'),
    );
    const { stderr, exitCode } = runCli(['coverage', study, '--no-cache', '--quiet']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no trip runs on 2025-05-06 (Tuesday)');
    expect(stderr).toContain('runs from 2025-01-22 to 2025-04-22');
    // Every zone's winter holidays lie between 8 February and 10 March 2025.
    expect(stderr).toMatch(/such as 2025-0(1-28|2-04|3-1[18]|3-25|4-01) \(Tuesday\)/);
  });
});

const HARD = realData('gtfs-hard');
const HARD_FEEDS = HARD === undefined ? [] : readdirSync(HARD).filter((name) => name.endsWith('.zip'));
describe.skipIf(HARD === undefined)(`defective feeds on the command line (${NO_REAL_DATA})`, () => {
  const points = join(folder.path, 'points.csv');
  beforeAll(() => {
    writeFileSync(points, 'id,lon,lat\na,7.4243,43.7311\nb,7.4202,43.7343\n');
  });

  it.each(HARD_FEEDS)('%s gives an error that names it, no stack, and no silent zero', (name) => {
    // None of them is of Monaco: a feed that can be read is refused for its place.
    const { exitCode, stderr, stdout } = runCli([
      'matrix',
      ...['--osm', realData('monaco-06/monaco-osrm.osm.pbf')!, '--gtfs', join(HARD!, name)],
      ...['--from', points, '--to', points, '--mode', 'transit', '--no-cache'],
    ]);
    expect(exitCode, stderr).toBe(name.startsWith('ter-2019') ? 0 : 2);
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr).not.toContain('internal error');
    // The one of all of France has stops there: trains between Monaco and its neighbours.
    expect(stdout === '').toBe(exitCode === 2);
  });
});
