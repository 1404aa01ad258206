/**
 * Longer hours never make a cell slower: hours of a week are added at random, and each time the search is made as
 * a study makes it, in the window and in the structure's own openings. One line, three homes walking to its stop.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { UNREACHED } from '../../src/common/units.ts';
import { readHoursOnDay } from '../../src/read/hours-on-day.ts';
import { groupOwnWindows } from '../../src/search/own-windows.ts';
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

async function bestTimes(hours: string, departures: readonly number[]): Promise<number[]> {
  const feed = drawFeed({
    stops: { A: [0, 0], B: [0.1, 0] },
    trips: departures.map((minute, i) => ({
      id: `t${i}`,
      calls: [
        ['A', minute * 60],
        ['B', minute * 60 + 600],
      ],
    })),
  });
  const timetable = buildTimetable([feed], '2026-10-06');
  const read = await readHoursOnDay(
    [drawnStructure({ horaires: hours })],
    '2026-10-06',
    new NoticeList(),
    WINDOW,
  );
  const walks = Int32Array.of(0, 3000, 6000);
  const search = (
    windows: Parameters<typeof searchTransit>[2]['windows'],
    opening: typeof read,
    isLinked: boolean,
  ) =>
    searchTransit(
      timetable,
      {
        access: { first: Uint32Array.of(0, 1, 2, 3), stop: Uint32Array.of(0, 0, 0), deciseconds: walks },
        direct: { deciseconds: new Int32Array(3).fill(UNREACHED), structure: new Uint32Array(3) },
        transfers: buildStopTransfers(timetable, emptyStopWalks(2), { slackSeconds: 60 }),
        egress: {
          first: Uint32Array.of(0, 0, isLinked ? 1 : 0),
          structure: Uint32Array.of(0),
          deciseconds: Int32Array.of(600),
        },
        hours: opening,
      },
      { windows, threshold: THRESHOLD, inclusive: false, cutoff: 72_000 },
    ).times.best;
  const window = leavingWindowOf({ from: WINDOW.fromSeconds * 10, until: WINDOW.toSeconds * 10 }, THRESHOLD);
  const found = [search([window], read, read.isClosed[0] === 0)];
  for (const own of groupOwnWindows(read.ownOpenings, THRESHOLD)) {
    found.push(search(own.windows, { ...read, ...own.hours }, true));
  }
  return Array.from(walks, (_, cell) => Math.min(...found.map((best) => best[cell]!)));
}

const stretch = fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  from: fc.integer({ min: 12, max: 40 }),
  length: fc.integer({ min: 1, max: 7 }),
});
const hours = fc.array(stretch, { minLength: 2, maxLength: 7 });
const EVEN = Array.from({ length: 48 }, (_, i) => 360 + 20 * i);

/** Adds one stretch after another; `isAllowed` says of which hours the times are compared. */
async function neverSlower(
  added: readonly Added[],
  departures: readonly number[],
  isAllowed: (open: readonly Added[]) => boolean,
): Promise<void> {
  let before: number[] | undefined;
  for (let count = 1; count <= added.length; count++) {
    const open = added.slice(0, count);
    if (!isAllowed(open)) return;
    const times = await bestTimes(write(open), departures);
    times.forEach((time, cell) => {
      expect([write(open), time]).toEqual([write(open), Math.min(time, before?.[cell] ?? time)]);
    });
    before = times;
  }
}

it('of a service that runs all day, whatever is added', async () => {
  await fc.assert(
    fc.asyncProperty(hours, (added) => neverSlower(added, EVEN, () => true)),
    { seed: 7, numRuns: 25 },
  );
});

it('of any service, as long as the structure is not open all through the window', async () => {
  // Open all through it, a structure counts by the window that the study sets, and by no other time.
  const coversWindow = (open: readonly Added[]) =>
    Array.from({ length: 6 }, (_, i) => 18 + i).every((slot) =>
      open.some(({ day, from, length }) => day === 1 && slot >= from && slot < from + length),
    );
  const departures = fc.array(fc.integer({ min: 360, max: 1260 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(hours, departures, (added, minutes) =>
      neverSlower(
        added,
        [...new Set(minutes)].sort((a, b) => a - b),
        (open) => !coversWindow(open),
      ),
    ),
    { seed: 8, numRuns: 40 },
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
])('of a structure %s', async (_, shorter, longer, departures) => {
  const [before, after] = [await bestTimes(shorter, departures), await bestTimes(longer, departures)];
  expect(before.every((time) => time < UNREACHED)).toBe(true);
  after.forEach((time, cell) => {
    expect(time).toBeLessThanOrEqual(before[cell]!);
  });
});
