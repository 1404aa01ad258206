/**
 * Services "every so often": however a feed cuts their periods up, who is at the stop between the start and the
 * end of the service waits half the headway.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { expandHeadways } from '../../src/transit/headways.ts';
import { type DrawnFeed, drawFeed } from './drawn-feed.ts';

const MINUTE = 60;
const STOPS: DrawnFeed['stops'] = { A: [0, 0], B: [0.1, 0] };
type Period = [
  from: number,
  until: number,
  headwayMinutes: number,
  isExact?: boolean,
  trip?: string | undefined,
];
const clock = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours! * 60 + minutes!) * MINUTE;
};

/** Seconds until one who stands at A at `ready` leaves it; undefined where nothing comes. */
function waitAt(periods: readonly Period[], ready: number): number | undefined {
  const trips = [...new Set(periods.map(([, , , , trip = 'T']) => trip))];
  const feed = drawFeed({
    stops: STOPS,
    trips: trips.map((id) => ({
      id,
      calls: [
        ['A', 0],
        ['B', 600],
      ],
    })),
    frequencies: periods.map(([from, until, headway, exact = false, trip = 'T']) => ({
      trip,
      startSeconds: from,
      endSeconds: until,
      headwaySeconds: headway * MINUTE,
      exact,
    })),
  });
  const { timetable } = expandHeadways(buildTimetable([feed], '2026-10-06'), 0, 48 * 60 * MINUTE, 1e8);
  let least: number | undefined;
  for (let trip = 0; trip < timetable.tripCount; trip++) {
    const departure = timetable.departureOfCall[timetable.firstCallOfTrip[trip]!]!;
    if (departure - timetable.boardingWaitOfTrip[trip]! < ready) continue;
    least = Math.min(least ?? Number.POSITIVE_INFINITY, departure - ready);
  }
  return least;
}

const hourly = (headway: number, isExact = false, trips?: readonly string[]): Period[] =>
  [6, 7, 8, 9, 10, 11].map((hour, i) => [hour * 3600, (hour + 1) * 3600, headway, isExact, trips?.[i]]);

describe('periods that touch', () => {
  it.each<[string, Period[]]>([
    ['one period', [[clock('06:00'), clock('12:00'), 30]]],
    ['hour by hour', hourly(30)],
    ['hour by hour, the last one first', hourly(30).reverse()],
    ['hour by hour, a trip each', hourly(30, false, ['a', 'b', 'c', 'd', 'e', 'f'])],
    [
      'quarters shorter than the headway',
      Array.from({ length: 24 }, (_, i): Period => [clock('06:00') + i * 900, clock('06:15') + i * 900, 30]),
    ],
    [
      'periods that overlap',
      [
        [clock('06:00'), clock('10:00'), 30],
        [clock('09:30'), clock('12:00'), 30],
      ],
    ],
    ['the same row twice', [...hourly(30), ...hourly(30)]],
  ])('are one service: %s', (_, periods) => {
    for (const time of ['06:00', '06:50', '09:29', '09:45', '09:59', '10:00', '11:00', '11:45', '11:59']) {
      expect([time, waitAt(periods, clock(time))]).toEqual([time, 15 * MINUTE]);
    }
    expect(waitAt(periods, clock('05:50'))).toBe(25 * MINUTE);
    expect(waitAt(periods, clock('12:00'))).toBeUndefined();
  });

  it('of different headways each serve who comes in them', () => {
    const periods: Period[] = [
      [clock('06:00'), clock('09:00'), 10],
      [clock('09:00'), clock('16:00'), 40],
      [clock('16:00'), clock('20:00'), 10],
    ];
    const expected: Array<[string, number]> = [
      ['08:54', 5],
      ['08:58', 5],
      ['09:00', 20],
      ['15:40', 20],
      // Who comes at 15:50 would wait till 16:10, but from 16:00 on somebody is there every ten minutes.
      ['15:50', 15],
      ['19:59', 5],
    ];
    for (const [time, minutes] of expected) {
      expect([time, waitAt(periods, clock(time))]).toEqual([time, minutes * MINUTE]);
    }
  });

  it('and are exact depart when they say, cut up or not', () => {
    const one: Period[] = [[clock('06:00'), clock('12:00'), 30, true]];
    for (const time of ['06:00', '09:44', '10:00', '11:30']) {
      expect(waitAt(hourly(30, true), clock(time))).toBe(waitAt(one, clock(time)));
    }
    expect(waitAt(one, clock('11:31'))).toBeUndefined();
    // Each period begins anew: 06:00, 06:40, 07:00.
    const uneven: Period[] = [
      [clock('06:00'), clock('07:00'), 40, true],
      [clock('07:00'), clock('08:00'), 40, true],
    ];
    expect(waitAt(uneven, clock('06:41'))).toBe(19 * MINUTE);
  });

  it('that do not touch leave a gap', () => {
    const periods: Period[] = [
      [clock('06:00'), clock('09:00'), 30],
      [clock('09:10'), clock('12:00'), 30],
    ];
    expect(waitAt(periods, clock('09:05'))).toBe(20 * MINUTE);
    expect(waitAt(periods, clock('08:59'))).toBe(15 * MINUTE);
  });

  it('give the same wait however a service is cut', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 359 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        cuts,
        fc.integer({ min: 0, max: 359 }),
        fc.integer({ min: 2, max: 60 }),
        (at, minute, headway) => {
          const ends = [0, ...at.sort((a, b) => a - b), 360].map((cut) => clock('06:00') + cut * MINUTE);
          const cut = ends.slice(1).map((end, i): Period => [ends[i]!, end, headway]);
          const whole: Period[] = [[ends[0]!, ends.at(-1)!, headway]];
          const ready = clock('06:00') + minute * MINUTE;
          expect(waitAt(cut, ready)).toBe(waitAt(whole, ready));
          expect(waitAt(cut, ready)).toBe((headway * MINUTE) / 2);
        },
      ),
      { seed: 44, numRuns: 40 },
    );
  });
});
