import { describe, expect, it } from 'vitest';
import { findDay } from '../../src/common/days.ts';
import { NoticeList } from '../../src/common/notices.ts';
import * as feedBits from '../../src/read/gtfs/gtfs-feed.ts';
import { readGtfs } from '../../src/read/gtfs/read-gtfs.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { expandHeadways } from '../../src/transit/headways.ts';
import { findSchoolOnlyRoutes } from '../../src/transit/school-lines.ts';
import { serviceDayStart } from '../../src/transit/time-zones.ts';
import * as timetableBits from '../../src/transit/timetable.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { type DrawnFeed, drawFeed } from './drawn-feed.ts';

const HOUR = 3600;
const STOPS: DrawnFeed['stops'] = { A: [0, 0], B: [0.1, 0], C: [0.2, 0] };
const at = (hours: number): DrawnFeed['trips'][number]['calls'] => [
  ['A', hours * HOUR],
  ['B', hours * HOUR + 600],
];
const departures = (timetable: ReturnType<typeof buildTimetable>): number[] =>
  Array.from(timetable.callOfConnection, (call) => timetable.departureOfCall[call]! / HOUR);

it('the bits of rules are those of the reader', () => {
  expect([timetableBits.PICKUP, timetableBits.DROP_OFF]).toEqual([feedBits.PICKUP, feedBits.DROP_OFF]);
});

describe('the timetable of a day', () => {
  it('holds the trips whose service runs on it, and no others', () => {
    const feed = drawFeed({
      stops: STOPS,
      services: {
        tuesdays: { weekdays: 2 },
        sundays: { weekdays: 64 },
        strike: { removed: ['2026-10-06'] },
        extra: { weekdays: 0, added: ['2026-10-06'] },
      },
      trips: ['tuesdays', 'sundays', 'strike', 'extra'].map((service, i) => ({
        id: service,
        service,
        calls: at(8 + i),
      })),
    });
    expect(departures(buildTimetable([feed], '2026-10-06'))).toEqual([8, 11]);
    expect(departures(buildTimetable([feed], '2026-10-11'))).toEqual([9, 10]);
  });

  it("holds yesterday's tail, which does not count as active", () => {
    const feed = drawFeed({
      stops: STOPS,
      services: { mondays: { weekdays: 1 } },
      trips: [
        { id: 'night', calls: at(25) },
        { id: 'day', calls: at(8) },
      ],
    });
    const timetable = buildTimetable([feed], '2026-10-06');
    expect(departures(timetable)).toEqual([1]);
    expect(timetable.feeds[0]!.activeTripCount).toBe(0);
  });

  it("holds tomorrow's first trips only where a late window asks for them", () => {
    const feed = drawFeed({ stops: STOPS, trips: [{ id: 'early', calls: at(1) }] });
    expect(departures(buildTimetable([feed], '2026-10-06'))).toEqual([1]);
    expect(departures(buildTimetable([feed], '2026-10-06', { nextDaySeconds: 2 * HOUR }))).toEqual([1, 25]);
    expect(departures(buildTimetable([feed], '2026-10-06', { nextDaySeconds: HOUR }))).toEqual([1]);
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-10-06', 24],
  ])('counts %s from a yesterday of %i hours', (date, hours) => {
    const feed = {
      ...drawFeed({ stops: STOPS, trips: [{ id: 'night', calls: at(26) }] }),
      timeZone: 'Europe/Paris',
    };
    expect(departures(buildTimetable([feed], date))[0]).toBe(26 - hours);
    const day = findDay(date)!;
    expect(serviceDayStart('Europe/Paris', day) - serviceDayStart('Europe/Paris', day - 1)).toBe(
      hours * HOUR,
    );
  });

  it('keeps apart the stops of two feeds with the same ids, and shifts a feed of another time zone', () => {
    const paris = {
      ...drawFeed({ name: 'fr.zip', stops: STOPS, trips: [{ id: 'T', calls: at(8) }] }, 0),
      timeZone: 'Europe/Paris',
    };
    const london = {
      ...drawFeed({ name: 'uk.zip', stops: STOPS, trips: [{ id: 'T', calls: at(8) }] }, 1),
      timeZone: 'Europe/London',
    };
    const timetable = buildTimetable([paris, london], '2026-10-06');
    expect(timetable.stopCount).toBe(6);
    expect([...timetable.stopOfCall]).toEqual([0, 1, 3, 4]);
    expect([...timetable.servedOfStop]).toEqual([1, 1, 0, 1, 1, 0]);
    expect(departures(timetable)).toEqual([8, 9]);
  });

  it('writes out frequencies with exact times until their end, which is excluded', () => {
    const feed = drawFeed({
      stops: STOPS,
      trips: [{ id: 'T', calls: at(0) }],
      frequencies: [
        { trip: 'T', startSeconds: 8 * HOUR, endSeconds: 9 * HOUR, headwaySeconds: 1200, exact: true },
      ],
    });
    const timetable = buildTimetable([feed], '2026-10-06');
    expect(departures(timetable)).toEqual([8, 8 + 1 / 3, 8 + 2 / 3]);
    expect(timetable.feeds[0]!.activeTripCount).toBe(1);
  });

  it('keeps headway services as patterns, and writes them out no finer than memory allows', () => {
    const feed = drawFeed({
      stops: STOPS,
      trips: [{ id: 'T', calls: at(0) }],
      frequencies: [
        { trip: 'T', startSeconds: 8 * HOUR, endSeconds: 9 * HOUR, headwaySeconds: 1200, exact: false },
      ],
    });
    const timetable = buildTimetable([feed], '2026-10-06');
    expect([timetable.tripCount, timetable.headways.count]).toEqual([0, 1]);
    const all = expandHeadways(timetable, 0, 24 * HOUR);
    // For each second from the start to before the end the vehicle that leaves half a headway later.
    expect([all.stepSeconds, all.timetable.tripCount]).toEqual([1, HOUR]);
    expect(new Set(all.timetable.boardingWaitOfTrip)).toEqual(new Set([600]));
    const coarse = expandHeadways(timetable, 0, 24 * HOUR, 300);
    expect([coarse.stepSeconds, coarse.timetable.tripCount]).toEqual([12, 300]);
    expect(expandHeadways(timetable, 10 * HOUR, 12 * HOUR).timetable.tripCount).toBe(0);
  });

  it('orders connections by departure, hops without duration first', () => {
    const feed = drawFeed({
      stops: STOPS,
      trips: [
        {
          id: 'late',
          calls: [
            ['A', 100],
            ['B', 200],
          ],
        },
        {
          id: 'still',
          calls: [
            ['B', 100],
            ['C', 100],
            ['A', 150],
          ],
        },
        {
          id: 'early',
          calls: [
            ['A', 50],
            ['C', 60],
          ],
        },
      ],
    });
    const timetable = buildTimetable([feed], '2026-10-06');
    const hops = Array.from(
      timetable.callOfConnection,
      (call) => `${timetable.departureOfCall[call]}>${timetable.arrivalOfCall[call + 1]}`,
    );
    expect(hops).toEqual(['50>60', '100>100', '100>200', '100>150']);
  });

  it('says which feed adds nothing on the day', () => {
    const notices = new NoticeList();
    const old = drawFeed({
      name: 'old.zip',
      stops: STOPS,
      services: { s: { last: '2026-03-01' } },
      trips: [{ id: 'T', calls: at(8) }],
    });
    const future = drawFeed({
      name: 'new.zip',
      stops: STOPS,
      services: { s: { first: '2026-11-01' } },
      trips: [{ id: 'T', calls: at(8) }],
    });
    expect(buildTimetable([old, future], '2026-10-06', {}, notices).connectionCount).toBe(0);
    expect(notices.notices.map(({ code, file }) => [code, file])).toEqual([
      ['feed-expired', 'old.zip'],
      ['feed-without-trips-on-day', 'new.zip'],
    ]);
  });

  it('refuses a date that is none', () => {
    expect(() => buildTimetable([], 'auto')).toThrow(RangeError);
  });
});

describe('blocks', () => {
  const block = (second: DrawnFeed['trips'][number]['calls']): [number, string[]] => {
    const notices = new NoticeList();
    const feed = drawFeed({
      stops: { ...STOPS, NEAR: [0.1, 0.001], FAR: [0.1, 0.01] },
      trips: [
        { id: 'one', block: 1, calls: at(8) },
        { id: 'two', block: 1, calls: second },
      ],
    });
    const timetable = buildTimetable([feed], '2026-10-06', {}, notices);
    return [timetable.tripCount, [...notices.counts().keys()]];
  };
  const from = (stop: string, seconds: number): DrawnFeed['trips'][number]['calls'] => [
    [stop, 8 * HOUR + seconds],
    ['C', 8 * HOUR + seconds + 300],
  ];

  it.each([
    ['starts where the other ends', from('B', 900), 1, []],
    ['starts the second the other ends', from('B', 600), 1, []],
    ['starts across the road', from('NEAR', 900), 1, []],
    ['starts a kilometre away', from('FAR', 900), 2, []],
    ['starts before the other ends', from('B', 599), 2, ['block-overlap']],
  ])('join a trip that %s', (_, second, tripCount, codes) => {
    expect(block(second)).toEqual([tripCount, codes]);
  });
});

describe('school-only lines', () => {
  const SCHOOL_DAYS = { weekdays: 31, first: '2026-09-01', last: '2026-12-18' };
  const HOLIDAYS = [
    '2026-10-19',
    '2026-10-20',
    '2026-10-21',
    '2026-10-22',
    '2026-10-23',
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
  ];
  const feedWith = (extra: DrawnFeed['trips'], services: DrawnFeed['services'] = {}) =>
    drawFeed({
      stops: STOPS,
      services: {
        everyDay: { first: '2026-09-01', last: '2026-12-18' },
        school: { ...SCHOOL_DAYS, removed: [...HOLIDAYS, '2026-11-11'] },
        ...services,
      },
      trips: [{ id: 'regular', route: 'regular', service: 'everyDay', calls: at(9) }, ...extra],
    });
  const flags = (feed: ReturnType<typeof feedWith>): string[] =>
    feed.routes.id.filter((_, route) => findSchoolOnlyRoutes(feed, undefined)[route] === 1);

  it('have one or two departures a day and none in the holidays', () => {
    const twice: DrawnFeed['trips'] = [7, 17].map((hour) => ({
      id: `s${hour}`,
      route: 'bus of the school',
      service: 'school',
      calls: at(hour),
    }));
    expect(flags(feedWith(twice))).toEqual(['bus of the school']);
    const timetable = buildTimetable([feedWith(twice)], '2026-10-06', { withoutSchoolOnlyRoutes: true });
    expect(departures(timetable)).toEqual([9]);
    expect([...timetable.schoolOnlyOfRoute]).toEqual([0, 1]);
    expect(departures(buildTimetable([feedWith(twice)], '2026-10-06'))).toEqual([7, 9, 17]);
  });

  it('are not lines with more departures, nor lines that run in the holidays', () => {
    const often: DrawnFeed['trips'] = [7, 12, 17].map((hour) => ({
      id: `s${hour}`,
      route: 'often',
      service: 'school',
      calls: at(hour),
    }));
    expect(flags(feedWith(often))).toEqual([]);
    const always: DrawnFeed['trips'] = [{ id: 'w', route: 'weekdays', service: 'weekdays', calls: at(7) }];
    expect(flags(feedWith(always, { weekdays: SCHOOL_DAYS }))).toEqual([]);
  });

  it('are only told by their name where the feed holds no holidays', () => {
    const short = { first: '2026-09-07', last: '2026-10-09' };
    const feed = drawFeed({
      stops: STOPS,
      services: { s: { weekdays: 31, ...short } },
      trips: ['Collège Pasteur', 'Marché'].map((route) => ({ id: route, route, calls: at(7) })),
    });
    expect(flags(feed)).toEqual(['Collège Pasteur']);
  });
});

const MONACO = realData('monaco-06/monaco-gtfs.zip');

describe.skipIf(MONACO === undefined)(`real feeds (${MONACO ?? NO_REAL_DATA})`, () => {
  it.each([
    { files: ['monaco-06/monaco-gtfs.zip'], date: '2025-12-23', trips: [1390] },
    {
      files: ['porto-alegre/poa_eptc.zip', 'porto-alegre/poa_trensurb.zip'],
      date: '2019-05-13',
      trips: [2374, 529],
    },
    { files: ['addison/addisoncounty-vt-us-gtfs.zip'], date: '2016-10-18', trips: [113] },
  ])('$files on $date run $trips trips', async ({ files, date, trips }) => {
    const feeds = await Promise.all(
      files.map((file, index) => readGtfs(realData(file)!, index, new NoticeList())),
    );
    const timetable = buildTimetable(feeds, date);
    expect(timetable.feeds.map((feed) => feed.activeTripCount)).toEqual(trips);
    const { callOfConnection, departureOfCall, arrivalOfCall } = timetable;
    for (let i = 0; i < callOfConnection.length; i++) {
      const call = callOfConnection[i]!;
      if (i > 0 && departureOfCall[call]! < departureOfCall[callOfConnection[i - 1]!]!)
        throw new Error(`connection ${i} is out of order`);
      if (arrivalOfCall[call + 1]! < departureOfCall[call]!)
        throw new Error(`connection ${i} runs backwards`);
    }
  });
});
