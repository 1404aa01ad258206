/**
 * Longer hours never make a cell slower: hours of a week are added at random, and each time the search is made as
 * a study makes it, in the window and whenever the structure is open. One line, three homes walking to its stop.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { UNREACHED } from '../../src/common/units.ts';
import { readHoursOnDay } from '../../src/read/hours-on-day.ts';
import { planOwnSearches, takeBetterTimes } from '../../src/search/own-windows.ts';
import type { LeavingWindow } from '../../src/search/transit-cells.ts';
import type { OpeningHours } from '../../src/search/transit-egress.ts';
import { leavingWindowOf, searchTransit } from '../../src/search/transit-search.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { buildStopTransfers, emptyStopWalks } from '../../src/transit/stop-transfers.ts';
import { drawnStructure } from '../read/drawn-structure.ts';
import { drawFeed } from '../transit/drawn-feed.ts';

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const WINDOW = { fromSeconds: 9 * 3600, toSeconds: 12 * 3600 };
const THRESHOLD = 18_000;

/** A stretch of one weekday, in half-hours. */
interface Added {
  day: number;
  from: number;
  length: number;
}

const clock = (halfHours: number): string =>
  `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;

/** Overlapping stretches of a day are one, as a list writes them. */
function write(added: readonly Added[]): string {
  return DAYS.map((name, day) => {
    const isOpen = Array.from({ length: 48 }, (_, slot) =>
      added.some((one) => one.day === day && slot >= one.from && slot < one.from + one.length),
    );
    const ranges: string[] = [];
    for (let slot = 0; slot < 48; slot++) {
      if (!isOpen[slot]) continue;
      let end = slot;
      while (isOpen[end]) end++;
      ranges.push(`${clock(slot)}-${clock(end)}`);
      slot = end;
    }
    return ranges.length === 0 ? '' : `${name} ${ranges.join(',')}`;
  })
    .filter((rule) => rule !== '')
    .join('; ');
}

const RIDE_SECONDS = 600;
const WALKS = [0, 300, 600];
const EGRESS_SECONDS = 60;
const SLACK_SECONDS = 60;
const LONGEST_SECONDS = 7200;

async function readHours(hours: string) {
  return readHoursOnDay([drawnStructure({ horaires: hours })], '2026-10-06', new NoticeList(), WINDOW);
}

/** Seconds, Infinity where nothing leads there. */
async function bestTimes(hours: string, departures: readonly number[]): Promise<number[]> {
  const feed = drawFeed({
    stops: { A: [0, 0], B: [0.1, 0] },
    trips: departures.map((minute, i) => ({
      id: `t${i}`,
      calls: [
        ['A', minute * 60],
        ['B', minute * 60 + RIDE_SECONDS],
      ],
    })),
  });
  const timetable = buildTimetable([feed], '2026-10-06');
  const read = await readHours(hours);
  const search = (window: LeavingWindow, opening: OpeningHours, isLinked: boolean) =>
    searchTransit(
      timetable,
      {
        access: {
          first: Uint32Array.of(0, 1, 2, 3),
          stop: Uint32Array.of(0, 0, 0),
          deciseconds: Int32Array.from(WALKS, (walk) => walk * 10),
        },
        direct: { deciseconds: new Int32Array(3).fill(UNREACHED), structure: new Uint32Array(3) },
        transfers: buildStopTransfers(timetable, emptyStopWalks(2), { slackSeconds: SLACK_SECONDS }),
        egress: {
          first: Uint32Array.of(0, 0, isLinked ? 1 : 0),
          structure: Uint32Array.of(0),
          deciseconds: Int32Array.of(EGRESS_SECONDS * 10),
        },
        hours: opening,
      },
      { windows: [window], threshold: THRESHOLD, inclusive: false, cutoff: LONGEST_SECONDS * 10 },
    ).times;
  const window = leavingWindowOf({ from: WINDOW.fromSeconds * 10, until: WINDOW.toSeconds * 10 }, THRESHOLD);
  const times = search(window, read, read.isClosed[0] === 0);
  const own = planOwnSearches(read.openingsOfWeek, read.isShutInWindow, {
    threshold: THRESHOLD,
    cutoff: LONGEST_SECONDS * 10,
  });
  if (own !== undefined) {
    const { window, hours } = own.whenOpen;
    takeBetterTimes(times, search(window, hours, true), 1);
  }
  return Array.from(times.best, (time) => (time === UNREACHED ? Number.POSITIVE_INFINITY : time / 10));
}

/**
 * The same, said plainly: of every trip, who leaves home for it waits for nothing but the bus (a minute) and, at
 * the door, for the next time at which the structure is open on any day of its week.
 */
async function plainTimes(hours: string, departures: readonly number[]): Promise<number[]> {
  const openings = (await readHours(hours)).openingsOfWeek[0]!;
  return WALKS.map((walk) => {
    let least = Number.POSITIVE_INFINITY;
    for (const minute of departures) {
      const leaving = minute * 60 - SLACK_SECONDS - walk;
      const atDoor = minute * 60 + RIDE_SECONDS + EGRESS_SECONDS;
      for (const [open, close] of openings) {
        if (atDoor >= close) continue;
        least = Math.min(least, Math.max(atDoor, open) - leaving);
      }
    }
    return least <= LONGEST_SECONDS ? least : Number.POSITIVE_INFINITY;
  });
}

const stretch = fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  from: fc.integer({ min: 12, max: 40 }),
  length: fc.integer({ min: 1, max: 7 }),
});
const hours = fc.array(stretch, { minLength: 2, maxLength: 7 });
const EVEN = Array.from({ length: 48 }, (_, i) => 360 + 20 * i);

/** Adds one stretch after another. */
async function neverSlower(added: readonly Added[], departures: readonly number[]): Promise<void> {
  let before: number[] | undefined;
  for (let count = 1; count <= added.length; count++) {
    const hours = write(added.slice(0, count));
    const times = await bestTimes(hours, departures);
    expect([hours, times]).toEqual([hours, await plainTimes(hours, departures)]);
    times.forEach((time, cell) => {
      expect([hours, time]).toEqual([hours, Math.min(time, before?.[cell] ?? time)]);
    });
    before = times;
  }
}

it('of a service that runs all day, whatever is added', async () => {
  await fc.assert(
    fc.asyncProperty(hours, (added) => neverSlower(added, EVEN)),
    { seed: 7, numRuns: 25 },
  );
});

it('of any service, whatever is added', async () => {
  const departures = fc.array(fc.integer({ min: 360, max: 1260 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(hours, departures, (added, minutes) =>
      neverSlower(
        added,
        [...new Set(minutes)].sort((a, b) => a - b),
      ),
    ),
    { seed: 8, numRuns: 60 },
  );
});

it.each([
  [
    'closed that day, then open in the afternoon too',
    'We 09:00-12:00',
    'Tu 14:00-17:00; We 09:00-12:00',
    [550],
  ],
  [
    'open in the afternoon, then for half an hour in the window',
    'Tu 14:00-17:00',
    'Tu 11:30-12:00,14:00-17:00',
    [850],
  ],
  ['open in the afternoon, then from within the window on', 'Tu 14:00-17:00', 'Tu 11:00-17:00', [850]],
  [
    'open on Thursday, then on Wednesday afternoon too',
    'Th 09:00-12:00',
    'We 14:00-17:00; Th 09:00-12:00',
    [550],
  ],
  ['open in the morning, then all day', 'Tu 09:00-12:00', 'Tu 08:00-18:00', [550, 850]],
  ['open when the one bus comes, then all day', 'Tu 14:00-17:00', 'Tu 09:00-17:00', [850]],
  ['open when the one bus comes, then at any time', 'Tu 14:00-17:00', '24/7', [850]],
  ['open on other afternoons, then all week', 'We,Th 14:00-17:00', 'Mo-Fr 08:00-18:00', [850]],
])('of a structure %s', async (_, shorter, longer, departures) => {
  const [before, after] = [await bestTimes(shorter, departures), await bestTimes(longer, departures)];
  expect(before.every((time) => Number.isFinite(time))).toBe(true);
  after.forEach((time, cell) => {
    expect(time).toBeLessThanOrEqual(before[cell]!);
  });
});
