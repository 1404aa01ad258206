import { describe, expect, it } from 'vitest';
import { findDay, formatDay, weekdayOfDay } from '../../src/common/days.ts';
import { easterDay, isFrenchPublicHoliday, isFrenchSchoolHoliday } from '../../src/common/french-holidays.ts';
import { NoticeList } from '../../src/common/notices.ts';
import type { GtfsFeed } from '../../src/read/gtfs/gtfs-feed.ts';
import { readGtfs } from '../../src/read/gtfs/read-gtfs.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { chooseDate, noActiveTripError, requireActiveTrips } from '../../src/transit/choose-date.ts';
import { describeValidity } from '../../src/transit/service-days.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { type DrawnFeed, type DrawnService, drawFeed } from './drawn-feed.ts';

const day = (text: string): number => findDay(text)!;
const STOPS: DrawnFeed['stops'] = { A: [0, 0], B: [1, 0] };
const feedOf = (services: Record<string, DrawnService>, name = 'drawn.zip') =>
  drawFeed({
    name,
    stops: { A: [0, 0], B: [1, 0] },
    services,
    trips: Object.keys(services).map((service) => ({
      id: `trip ${service}`,
      service,
      calls: [
        ['A', 0],
        ['B', 60],
      ],
    })),
  });

describe('French holidays', () => {
  it.each([
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('Easter of %i is %s', (year, expected) => {
    expect(formatDay(easterDay(year))).toBe(expected);
  });

  it.each([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])('%s is a public holiday', (date) => {
    expect(isFrenchPublicHoliday(day(date))).toBe(true);
  });

  it('there are eleven a year', () => {
    for (let year = 2020; year < 2030; year++) {
      let count = 0;
      for (let d = day(`${year}-01-01`); d <= day(`${year}-12-31`); d++)
        if (isFrenchPublicHoliday(d)) count++;
      // Eleven unless Ascension falls on 1 or 8 May.
      expect(count).toBeGreaterThanOrEqual(10);
      expect(count).toBeLessThanOrEqual(11);
    }
  });

  it.each([
    { date: '2026-02-10', A: true, B: false, C: false },
    { date: '2026-02-18', A: true, B: true, C: false },
    { date: '2026-02-24', A: false, B: true, C: true },
    { date: '2026-10-20', A: true, B: true, C: true },
    { date: '2026-10-06', A: false, B: false, C: false },
    { date: '2035-07-20', A: true, B: true, C: true },
  ])('school holidays on $date', ({ date, A, B, C }) => {
    expect([
      isFrenchSchoolHoliday(day(date), 'A'),
      isFrenchSchoolHoliday(day(date), 'B'),
      isFrenchSchoolHoliday(day(date), 'C'),
    ]).toEqual([A, B, C]);
    expect(isFrenchSchoolHoliday(day(date), 'any')).toBe(A || B || C);
    expect(isFrenchSchoolHoliday(day(date), 'every')).toBe(A && B && C);
  });
});

describe('the study day', () => {
  it('auto is an ordinary Tuesday inside the validity of every feed', () => {
    const feeds = [
      feedOf({ a: { first: '2026-09-01', last: '2026-12-31' } }, 'a.zip'),
      feedOf({ b: { first: '2026-10-10', last: '2027-06-30' } }, 'b.zip'),
    ];
    const chosen = chooseDate(feeds, 'auto');
    expect(weekdayOfDay(chosen.day)).toBe(1);
    // The Tuesdays of 13 October is the first of both; 20 and 27 October are school holidays.
    expect(chosen.date).toBe('2026-10-13');
    expect(chosen.validity.map(({ first, last }) => [first, last])).toEqual([
      ['2026-09-01', '2026-12-31'],
      ['2026-10-10', '2027-06-30'],
    ]);
  });

  it('auto passes over a Tuesday with a strike or with extra trains', () => {
    const services: Record<string, DrawnService> = {
      usual: { weekdays: 2, first: '2026-09-07', last: '2026-10-13', removed: ['2026-09-08'] },
      usualToo: { weekdays: 2, first: '2026-09-07', last: '2026-10-13', removed: ['2026-09-08'] },
      strike: { weekdays: 0, added: ['2026-09-08'] },
      fair: { weekdays: 0, added: ['2026-09-15'] },
    };
    expect(chooseDate([feedOf(services)], 'auto').date).toBe('2026-09-22');
  });

  it('auto takes another weekday where no Tuesday has service', () => {
    expect(weekdayOfDay(chooseDate([feedOf({ market: { weekdays: 1 << 4 } })], 'auto').day)).toBe(4);
  });

  it('auto takes a day of the holidays rather than none', () => {
    const { date } = chooseDate([feedOf({ summer: { first: '2026-07-10', last: '2026-08-20' } })], 'auto');
    expect(isFrenchSchoolHoliday(day(date), 'any')).toBe(true);
  });

  it('outside France knows no French holidays', () => {
    const feed = {
      ...feedOf({ a: { first: '2026-10-18', last: '2026-10-25' } }),
      timeZone: 'America/Sao_Paulo',
    };
    expect(chooseDate([feed], 'auto').reason).toContain('ordinary Tuesday');
    expect(chooseDate([{ ...feed, timeZone: 'Europe/Paris' }], 'auto').reason).not.toContain('ordinary');
  });

  it('auto without a common day names what each feed covers', () => {
    const feeds = [
      feedOf({ a: { last: '2026-03-01' } }, 'a.zip'),
      feedOf({ b: { first: '2026-09-01' } }, 'b.zip'),
    ];
    expect(() => chooseDate(feeds, 'auto')).toThrow(
      /a\.zip runs from 2026-01-01 to 2026-03-01; b\.zip runs from 2026-09-01/,
    );
  });

  it('a date that is none is refused', () => {
    expect(() => chooseDate([], '6 octobre')).toThrow(/neither auto nor YYYY-MM-DD/);
  });
});

describe('a day on which nothing runs', () => {
  it('is an error that proposes the same weekday', () => {
    const feed = feedOf({ a: { first: '2026-03-01', last: '2026-06-30' } });
    const error = noActiveTripError([feed], day('2026-10-08'));
    expect(error.message).toContain(
      'no trip runs on 2026-10-08 (Thursday): drawn.zip runs from 2026-03-01 to 2026-06-30',
    );
    expect(error.fields.remedy).toMatch(/such as 2026-\d\d-\d\d \(Thursday\)/);
    expect(() => requireActiveTrips([feed], day('2026-10-08'))).toThrow(/no trip runs/);
    expect(() => requireActiveTrips([feed], day('2026-05-05'))).not.toThrow();
  });

  const HOUR = 3600;
  const monday = { weekdays: 1, first: '2026-03-02', last: '2026-06-30' };
  const lateFeed = (hours: number, frequencies: DrawnFeed['frequencies'] = []) =>
    drawFeed({
      stops: STOPS,
      services: { monday },
      trips: [
        {
          id: 'late',
          calls: [
            ['A', hours * HOUR],
            ['B', (hours + 0.5) * HOUR],
          ],
        },
      ],
      frequencies,
    });
  const every = (from: number, until: number, exact: boolean): DrawnFeed['frequencies'] => [
    { trip: 'late', startSeconds: from * HOUR, endSeconds: until * HOUR, headwaySeconds: HOUR / 2, exact },
  ];

  it.each<[string, GtfsFeed, boolean]>([
    ['leaves at 25:10', lateFeed(25 + 1 / 6), true],
    ['leaves before midnight and arrives after it', lateFeed(23.75), true],
    ['arrives at midnight', lateFeed(23.5), false],
    ['leaves at 20:00', lateFeed(20), false],
    ['runs every half an hour till 26:00', lateFeed(0, every(20, 26, false)), true],
    ['departs every half an hour till 26:00', lateFeed(0, every(20, 26, true)), true],
    ['departs for the last time at 23:30', lateFeed(0, every(20, 24, true)), false],
    ['runs every half an hour till 22:00', lateFeed(0, every(20, 22, false)), false],
  ])('is none where a trip of the day before %s: %#', (_, feed, runs) => {
    const tuesday = day('2026-05-05');
    if (runs) expect(() => requireActiveTrips([feed], tuesday)).not.toThrow();
    else expect(() => requireActiveTrips([feed], tuesday)).toThrow(/no trip runs/);
    expect(describeValidity([feed], tuesday)[0]).toMatchObject({
      activeTripCount: 0,
      nightTripCount: runs ? 1 : 0,
    });
    expect(() => requireActiveTrips([feed], day('2026-05-06'))).toThrow(/no trip runs/);
    const notices = new NoticeList();
    buildTimetable([feed], '2026-05-05', {}, notices);
    expect([...notices.counts().keys()]).toEqual([
      runs ? 'feed-runs-from-day-before' : 'feed-without-trips-on-day',
    ]);
  });

  it('is still found by auto where feeds meet past midnight only', () => {
    const tuesdays = feedOf({ a: { weekdays: 2, first: '2026-03-02', last: '2026-06-30' } });
    expect(chooseDate([lateFeed(25), tuesdays], 'auto').usual).toMatchObject({
      weekday: 1,
      isOrdinary: true,
    });
    expect(() => chooseDate([lateFeed(20), tuesdays], 'auto')).toThrow(/no day is covered/);
    // A day of its own comes before a night.
    expect(chooseDate([lateFeed(25)], 'auto').usual).toMatchObject({ weekday: 0 });
  });

  it('is named as such where every trip is booked', () => {
    const feed = lateFeed(8);
    feed.onDemand.isOnly = true;
    expect(() => requireActiveTrips([feed], day('2026-05-04'))).toThrow(/on-demand service only/);
    expect(() => requireActiveTrips([feed, lateFeed(8)], day('2026-05-04'))).not.toThrow();
  });

  it('does not happen to feeds with only calendar_dates', () => {
    const feed = feedOf({
      a: { weekdays: 0, first: '2026-01-02', last: '2026-01-01', added: ['2026-10-06', '2026-10-08'] },
    });
    expect(describeValidity([feed], day('2026-10-06'))).toMatchObject([
      { first: '2026-10-06', last: '2026-10-08', activeTripCount: 1 },
    ]);
    expect(describeValidity([feed], day('2026-10-07'))[0]!.activeTripCount).toBe(0);
  });

  const TER = realData('saone-et-loire/ter-71-2025-01.gtfs.zip');
  it.skipIf(TER === undefined)(
    `names 2025-01-22 to 2025-04-22 for the TER of Saône-et-Loire (${TER ?? NO_REAL_DATA})`,
    async () => {
      const feed = await readGtfs(TER!, 0, new NoticeList());
      const error = noActiveTripError([feed], day('2026-10-06'));
      expect(error.message).toContain('ter-71-2025-01.gtfs.zip runs from 2025-01-22 to 2025-04-22');
      const proposed = /such as (\d{4}-\d\d-\d\d) \(Tuesday\)/.exec(error.fields.remedy!)![1]!;
      expect(describeValidity([feed], day(proposed))[0]!.activeTripCount).toBeGreaterThan(300);
    },
  );
});
