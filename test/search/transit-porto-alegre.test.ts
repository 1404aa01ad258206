import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { UNREACHED } from '../../src/common/units.ts';
import { readGtfs } from '../../src/read/gtfs/read-gtfs.ts';
import { CellPairs } from '../../src/search/cell-pairs.ts';
import { type EgressLinks, groupEgress } from '../../src/search/transit-egress.ts';
import { ForwardSearch } from '../../src/search/transit-forward.ts';
import { MAX_RIDES, searchTransit } from '../../src/search/transit-search.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import {
  buildStopTransfers,
  type StopTransfers,
  type StopWalks,
  turnWalks,
} from '../../src/transit/stop-transfers.ts';
import type { Timetable } from '../../src/transit/timetable.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { SeededRandom } from './seeded-random.ts';
import { type Points, straightLinks } from './straight-walks.ts';

const FEEDS = ['poa_eptc.zip', 'poa_trensurb.zip'].map((file) => realData(`porto-alegre/${file}`));
const HEXAGONS = realData('porto-alegre/poa_hexgrid.csv');
const POINTS = realData('porto-alegre/poa_points_of_interest.csv');
const SAMPLE = 200;
const ACCESS = 15 * 600;
const TRANSFER = 10 * 600;
const OPTIONS = {
  windows: [{ from: 14 * 36_000, until: 15 * 36_000 }],
  threshold: 18_000,
  inclusive: false,
  cutoff: 72_000,
};

function readPoints(path: string): Points {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((row) => row.replaceAll('"', '').split(','));
  const column = (name: string): number[] => rows.map((row) => Number(row[header!.indexOf(name)]));
  return { lon: column('lon'), lat: column('lat') };
}

describe.skipIf(HEXAGONS === undefined)(
  `Porto Alegre's Monday 2019-05-13 (${HEXAGONS ?? NO_REAL_DATA})`,
  () => {
    let timetable: Timetable;
    let transfers: StopTransfers;
    let access: StopWalks;
    let egress: EgressLinks;
    let pointCount: number;

    beforeAll(async () => {
      const feeds = await Promise.all(FEEDS.map((path, index) => readGtfs(path!, index, new NoticeList())));
      timetable = buildTimetable(feeds, '2019-05-13');
      const stops = { lon: timetable.lonOfStop, lat: timetable.latOfStop };
      transfers = buildStopTransfers(timetable, turnWalks(straightLinks(stops, stops, TRANSFER)), {
        slackSeconds: 60,
      });
      const all = readPoints(HEXAGONS!);
      const random = new SeededRandom(20_190_513);
      const sample = Array.from({ length: SAMPLE }, () => random.below(all.lon.length));
      const homes = { lon: sample.map((i) => all.lon[i]!), lat: sample.map((i) => all.lat[i]!) };
      access = straightLinks(homes, stops, ACCESS);
      const points = readPoints(POINTS!);
      pointCount = points.lon.length;
      const links = straightLinks(stops, points, ACCESS);
      egress = { first: links.first, structure: links.stop, deciseconds: links.deciseconds };
    });

    /** The links to one point only; all of them for undefined. */
    function egressTo(point: number | undefined): EgressLinks {
      if (point === undefined) return egress;
      const first = new Uint32Array(egress.first.length);
      const kept: number[] = [];
      for (let stop = 0; stop < timetable.stopCount; stop++) {
        for (let link = egress.first[stop]!; link < egress.first[stop + 1]!; link++) {
          if (egress.structure[link] === point) kept.push(link);
        }
        first[stop + 1] = kept.length;
      }
      return {
        first,
        structure: Uint32Array.from(kept, (link) => egress.structure[link]!),
        deciseconds: Int32Array.from(kept, (link) => egress.deciseconds[link]!),
      };
    }

    it('has 2 903 trips, those of the two feeds', () => {
      expect(timetable.feeds.map((feed) => feed.activeTripCount)).toEqual([2374, 529]);
      // Every connection is a hop of one trip.
      expect(timetable.connectionCount).toBe(timetable.callCount - timetable.tripCount);
    });

    it('arrives backward and forward at the same decisecond, to each point and to all of them', () => {
      let arrivals = 0;
      const direct = {
        deciseconds: new Int32Array(SAMPLE).fill(UNREACHED),
        structure: new Uint32Array(SAMPLE),
      };
      for (const point of [undefined, ...Array.from({ length: pointCount }, (_, i) => i)]) {
        const links = egressTo(point);
        const { profiles, times } = searchTransit(
          timetable,
          { access, direct, transfers, egress: links },
          OPTIONS,
        );
        expect(times.mostRides).toBeLessThanOrEqual(MAX_RIDES);
        const forward = new ForwardSearch(timetable, transfers, groupEgress(links, undefined), {
          slackSeconds: 60,
          maxRides: MAX_RIDES,
          cutoff: OPTIONS.cutoff,
        });
        const pairs = new CellPairs();
        const { from, until } = OPTIONS.windows[0]!;
        // To all points every sixth minute, to single ones three minutes that move on from point to point.
        const minutes = Array.from({ length: 60 }, (_, i) => from + 600 * i).filter((_, i) =>
          point === undefined ? i % 6 === 0 : i % 20 === point,
        );
        for (let cell = 0; cell < SAMPLE; cell++) {
          pairs.gather(profiles, access, cell, from, until, OPTIONS.cutoff);
          const [first, last] = [access.first[cell]!, access.first[cell + 1]!];
          const stops = access.stop.subarray(first, last);
          const walks = access.deciseconds.subarray(first, last);
          for (const minute of minutes) {
            const next = pairs.leaving.subarray(0, pairs.count).findIndex((leaving) => leaving >= minute);
            const found = next < 0 ? UNREACHED : pairs.arrival[next]!;
            const backward = found !== UNREACHED && found - minute <= OPTIONS.cutoff ? found : UNREACHED;
            expect(backward, `home ${cell}, point ${point}, leaving at ${minute}`).toBe(
              forward.earliestArrival(stops, walks, minute),
            );
            if (backward !== UNREACHED) arrivals++;
          }
        }
      }
      expect(arrivals).toBeGreaterThan(SAMPLE * 15);
    });
  },
);
