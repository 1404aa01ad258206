/** Feeds and days: what runs when, and what serves the territory. */
import { describe, expect, it } from 'vitest';
import { checkDay, checkStops } from '../../src/planning/check-timetables.ts';
import { COMMUNES, middleOf } from './drawn-area.ts';

describe('the day of a study', () => {
  it.each([
    { date: '2025-03-11', trips: 100, isFrance: true, says: [] },
    { date: '2025-03-15', trips: 100, isFrance: true, says: ['a Saturday or Sunday'] },
    { date: '2025-05-08', trips: 100, isFrance: true, says: ['a public holiday'] },
    { date: '2025-05-08', trips: 100, isFrance: false, says: [] },
    { date: '2025-02-18', trips: 100, isFrance: true, says: ['in the school holidays'] },
    { date: '2025-03-11', trips: 60, isFrance: true, says: ['60 trips run, where a usual day has 100'] },
  ])('$date with $trips trips, in France $isFrance: $says', ({ date, trips, isFrance, says }) => {
    const found = checkDay(date, trips, { date: '2025-01-28', tripCount: 100 }, isFrance);
    expect(found).toHaveLength(says.length === 0 ? 0 : 1);
    for (const part of says) expect(found[0]!.message).toContain(part);
    if (says.length > 0) expect(found[0]!.message).toContain('2025-01-28 is a usual day');
  });
});

describe('stops', () => {
  function timetable(
    stops: ReadonlyArray<{ at: readonly [number, number]; feed: number; isServed?: boolean }>,
  ) {
    return {
      date: '2025-03-11',
      feeds: ['a.zip', 'b.zip'].map((name) => ({
        name,
        firstStop: 0,
        stopCount: 0,
        activeTripCount: 1,
        first: '',
        last: '',
      })),
      stopCount: stops.length,
      feedOfStop: Uint16Array.from(stops, (stop) => stop.feed),
      lonOfStop: Float64Array.from(stops, ({ at }) => at[0]),
      latOfStop: Float64Array.from(stops, ({ at }) => at[1]),
      servedOfStop: Uint8Array.from(stops, ({ isServed }) => (isServed === false ? 0 : 1)),
    };
  }
  const people: Record<string, number> = { '71001': 1, '71002': 20, '71003': 300 };

  it('say which feed is of another place', () => {
    const everywhere = [0, 1, 2].map((position) => ({ at: middleOf(position), feed: 0 }));
    const found = checkStops(timetable([...everywhere, { at: [2, 48], feed: 1 }]), COMMUNES, () => 0);
    expect(found).toMatchObject([{ code: 'feed-elsewhere', severity: 'warning', file: 'b.zip' }]);
  });

  it('say in how many communes nothing stops on the day, with their people', () => {
    const stops = [
      { at: middleOf(0), feed: 0 },
      { at: middleOf(1), feed: 1, isServed: false },
      { at: [Number.NaN, Number.NaN] as const, feed: 0 },
    ];
    const found = checkStops(timetable(stops), COMMUNES, (code) => people[code]);
    expect(found).toMatchObject([
      { code: 'communes-without-stop', severity: 'info', count: 2, value: '2 / 3: 71002, 71003' },
    ]);
    expect(found[0]!.message).toContain('2 of 3 communes (320 people)');
  });
});
