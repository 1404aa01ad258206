import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { DROP_OFF, PICKUP } from '../../src/read/gtfs/gtfs-feed.ts';
import { describeRide } from '../../src/search/transit-itinerary.ts';
import { leavingWindowOf, searchTransit } from '../../src/search/transit-search.ts';
import type { DrawnFeed } from '../transit/drawn-feed.ts';
import { type Answer, answer, clock, line, type Scene, SLACK } from './drawn-scene.ts';
import { CELLS, drawTown, OPTIONS, toLinks } from './drawn-town.ts';

describe('changing', () => {
  const first = line('1', 'A', 'B', [clock('08:10')]);

  it('at the same stop needs the slack and no walk', () => {
    const leavingAfter = (seconds: number): Answer =>
      answer({
        feed: { trips: [...first, ...line('2', 'B', 'C', [clock('08:20') + seconds])] },
        home: { A: 0 },
        structure: { C: 0 },
      });
    expect(leavingAfter(SLACK).bestSeconds).toBe(SLACK + 600 + SLACK + 600);
    expect(leavingAfter(SLACK).waitSeconds).toBe(SLACK);
    expect(leavingAfter(SLACK).rides).toBe(2);
    expect(leavingAfter(SLACK - 1).bestSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('on foot takes one walk, never two in a row', () => {
    const scene: Scene = {
      feed: { trips: [...first, ...line('2', 'D', 'E', [clock('08:40')])] },
      home: { A: 0 },
      structure: { E: 0 },
      walks: [
        ['B', 'C', 200],
        ['C', 'D', 200],
      ],
    };
    expect(answer(scene).bestSeconds).toBe(Number.POSITIVE_INFINITY);
    const found = answer({ ...scene, walks: [...scene.walks!, ['B', 'D', 500]] });
    expect(found.bestSeconds).toBe(clock('08:50') - clock('08:10') + SLACK);
    expect(found.legs.map((leg) => leg.kind)).toEqual(['access', 'ride', 'transfer', 'ride', 'egress']);
    expect(found.waitSeconds).toBe(clock('08:40') - clock('08:20') - 500);
  });

  it('does not walk from home to a stop and on to another', () => {
    const found = answer({
      feed: { trips: line('1', 'B', 'C', [clock('08:40')]) },
      home: { A: 60 },
      structure: { C: 0 },
      walks: [['A', 'B', 60]],
    });
    expect(found.bestSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    { rule: 'type 0 says nothing', type: 0, min: 0, needed: 100 + SLACK },
    { rule: 'type 1 waits for the passenger', type: 1, min: 0, needed: 100 },
    { rule: 'type 2 below walk and slack', type: 2, min: 100, needed: 100 + SLACK },
    { rule: 'type 2 above walk and slack', type: 2, min: 400, needed: 400 },
    { rule: 'type 3 forbids it', type: 3, min: 0, needed: Number.POSITIVE_INFINITY },
  ])('keeps transfers.txt: $rule', ({ type, min, needed }) => {
    const reaches = (seconds: number): boolean =>
      answer({
        feed: {
          trips: [...first, ...line('2', 'D', 'E', [clock('08:20') + seconds])],
          transfers: [['B', 'D', type, min]],
        },
        home: { A: 0 },
        structure: { E: 0 },
        walks: [['B', 'D', 100]],
      }).bestSeconds < Number.POSITIVE_INFINITY;
    if (needed === Number.POSITIVE_INFINITY) {
      expect(reaches(1800)).toBe(false);
      return;
    }
    expect(reaches(needed)).toBe(true);
    expect(reaches(needed - 1)).toBe(false);
  });

  it('keeps a rule between stations for their platforms, and a rule of the platforms before it', () => {
    const scene = (transfers: DrawnFeed['transfers'] & object, seconds: number): number =>
      answer({
        feed: {
          stops: { ST: [0, 0], A: [0.1, 0], B: [0, 0, 'ST'], D: [0, 0.001, 'ST'], E: [0.2, 0] },
          trips: [...first, ...line('2', 'D', 'E', [clock('08:20') + seconds])],
          transfers,
        },
        home: { A: 0 },
        structure: { E: 0 },
        walks: [['B', 'D', 10]],
      }).bestSeconds;
    expect(scene([['ST', 'ST', 2, 300]], 299)).toBe(Number.POSITIVE_INFINITY);
    expect(scene([['ST', 'ST', 2, 300]], 300)).toBe(SLACK + 600 + 300 + 600);
    expect(
      scene(
        [
          ['B', 'D', 2, 200],
          ['ST', 'ST', 2, 300],
        ],
        200,
      ),
    ).toBe(SLACK + 600 + 200 + 600);
  });

  it('is limited to so many rides', () => {
    const chain = ['A', 'B', 'C', 'D', 'E'];
    const trips = chain
      .slice(1)
      .flatMap((stop, i) => line(String(i), chain[i]!, stop, [clock('08:10') + 700 * i]));
    const scene = { feed: { trips }, home: { A: 0 }, structure: { E: 0 } };
    expect(answer({ ...scene, maxRides: 4 }).rides).toBe(4);
    expect(answer({ ...scene, maxRides: 4 }).bestSeconds).toBe(SLACK + 3 * 700 + 600);
    expect(answer({ ...scene, maxRides: 3 }).bestSeconds).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('staying seated', () => {
  const trips = (block: number): DrawnFeed['trips'] => [
    {
      id: 'first',
      block,
      calls: [
        ['A', clock('08:10')],
        ['B', clock('08:20')],
      ],
    },
    {
      id: 'second',
      block,
      calls: [
        ['B', clock('08:20')],
        ['C', clock('08:30')],
      ],
    },
  ];
  const scene = { home: { A: 0 }, structure: { C: 0 } };

  it('in a block takes one ride and no slack', () => {
    const found = answer({ ...scene, feed: { trips: trips(7) } });
    expect(found.bestSeconds).toBe(SLACK + 1200);
    expect(found.rides).toBe(1);
  });

  it('is not possible without a block: the change fails', () => {
    expect(answer({ ...scene, feed: { trips: trips(-1) } }).bestSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('is set by transfers.txt type 4 and forbidden by type 5', () => {
    const seated = answer({ ...scene, feed: { trips: trips(-1), tripLinks: [['first', 'second', true]] } });
    expect(seated.bestSeconds).toBe(SLACK + 1200);
    const forbidden = answer({
      ...scene,
      feed: { trips: trips(7), tripLinks: [['first', 'second', false]] },
    });
    expect(forbidden.bestSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('reaches both ends of a train that splits', () => {
    const split: DrawnFeed['trips'] = [
      ...trips(-1),
      {
        id: 'other',
        calls: [
          ['B', clock('08:20')],
          ['D', clock('08:40')],
        ],
      },
    ];
    const links: DrawnFeed['tripLinks'] = [
      ['first', 'second', true],
      ['first', 'other', true],
    ];
    expect(
      answer({ home: { A: 0 }, structure: { C: 0 }, feed: { trips: split, tripLinks: links } }).bestSeconds,
    ).toBe(SLACK + 1200);
    expect(
      answer({ home: { A: 0 }, structure: { D: 0 }, feed: { trips: split, tripLinks: links } }).bestSeconds,
    ).toBe(SLACK + 1800);
  });

  it('does not get on where the last trip ends, nor off where the next one starts', () => {
    const found = answer({ ...scene, feed: { trips: trips(7) }, home: { B: 0 } });
    expect(found.departure).toBe(clock('08:20') - SLACK);
    expect(found.rides).toBe(1);
    expect(found.timetable.tripCount).toBe(1);
    expect([...found.timetable.rulesOfCall]).toEqual([
      PICKUP | DROP_OFF,
      DROP_OFF,
      PICKUP,
      PICKUP | DROP_OFF,
    ]);
  });
});

describe('rules of calls', () => {
  const trip = (rules: number): DrawnFeed['trips'] => [
    {
      id: 't',
      calls: [
        ['A', clock('08:10')],
        ['B', clock('08:20'), clock('08:20'), rules],
        ['C', clock('08:30')],
      ],
    },
  ];

  it('without drop-off the trip goes on and nobody gets off', () => {
    const found = answer({ feed: { trips: trip(PICKUP) }, home: { A: 0 }, structure: { B: 0, C: 300 } });
    expect(found.bestSeconds).toBe(SLACK + 1200 + 300);
  });

  it('without pickup nobody gets on', () => {
    expect(answer({ feed: { trips: trip(DROP_OFF) }, home: { B: 0 }, structure: { C: 0 } }).bestSeconds).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(answer({ feed: { trips: trip(PICKUP) }, home: { B: 0 }, structure: { C: 0 } }).bestSeconds).toBe(
      SLACK + 600,
    );
  });

  it('a trip that comes back to a stop is boarded at the later call', () => {
    const found = answer({
      feed: {
        trips: [
          {
            id: 't',
            calls: [
              ['A', clock('08:10')],
              ['B', clock('08:20')],
              ['A', clock('08:30')],
              ['C', clock('08:40')],
            ],
          },
        ],
      },
      home: { A: 0 },
      structure: { C: 0 },
    });
    expect(found.bestSeconds).toBe(SLACK + 600);
    expect(found.departure).toBe(clock('08:30') - SLACK);
  });
});

describe('opening hours', () => {
  const feed = { trips: line('1', 'A', 'B', [clock('08:10'), clock('08:40')]) };
  const scene = { feed, home: { A: 0 }, structure: { B: 0 } };

  it('make who comes early wait, and the wait counts', () => {
    const found = answer({ ...scene, hours: [[clock('09:00'), clock('12:00')]] });
    // The later bus arrives at 08:50.
    expect(found.bestSeconds).toBe(SLACK + 600 + 600);
    expect(found.legs[found.legs.length - 1]).toMatchObject({ kind: 'egress', wait: 6000 });
  });

  it('turn away who comes after closing', () => {
    expect(answer({ ...scene, hours: [[clock('07:00'), clock('08:20')]] }).bestSeconds).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(answer({ ...scene, hours: [[clock('07:00'), clock('08:20') + 1]] }).departure).toBe(
      clock('08:10') - SLACK,
    );
  });

  it('with a pause at noon let in again after it', () => {
    const found = answer({
      ...scene,
      hours: [
        [clock('14:00'), clock('17:00')],
        [clock('07:00'), clock('08:00')],
        [clock('08:55'), clock('10:00')],
      ],
    });
    expect(found.bestSeconds).toBe(clock('08:55') - clock('08:40') + SLACK);
  });
});

describe('several windows', () => {
  const search = (town: ReturnType<typeof drawTown>, windows: Array<{ from: number; until: number }>) =>
    searchTransit(town.timetable, town.links, { ...OPTIONS, slackSeconds: town.slackSeconds, windows }).times;

  it('that adjoin are one window', () => {
    const { from, until } = OPTIONS.windows[0]!;
    for (let seed = 1; seed <= 60; seed++) {
      const town = drawTown(seed, 8);
      const whole = search(town, [{ from, until }]);
      const halves = search(town, [
        { from, until: from + 7000 },
        { from: from + 7000, until },
      ]);
      expect(halves.best, `seed ${seed}`).toEqual(whole.best);
      for (let cell = 0; cell < CELLS; cell++) {
        expect(halves.p50[cell], `seed ${seed}`).toBeCloseTo(whole.p50[cell]!, 6);
        expect(halves.availability[cell], `seed ${seed}`).toBeCloseTo(whole.availability[cell]!, 9);
      }
    }
  });

  it('have the best of the best times and the weighted mean of the availabilities', () => {
    const morning = { from: 6000, until: 10_000 };
    const later = { from: 16_000, until: 24_000 };
    for (let seed = 1; seed <= 60; seed++) {
      const town = drawTown(seed, 8);
      const [both, first, second] = [[morning, later], [morning], [later]].map((windows) =>
        search(town, windows),
      );
      for (let cell = 0; cell < CELLS; cell++) {
        expect(both!.best[cell]).toBe(Math.min(first!.best[cell]!, second!.best[cell]!));
        const share = (4000 * first!.availability[cell]! + 8000 * second!.availability[cell]!) / 12_000;
        expect(both!.availability[cell], `seed ${seed}`).toBeCloseTo(share, 9);
      }
    }
  });

  it('of leaving follow the window of arrival', () => {
    expect(leavingWindowOf({ from: 324_000, until: 432_000 }, 18_000)).toEqual({
      from: 306_000,
      until: 414_000,
    });
  });

  it('refuses windows that overlap', () => {
    const { timetable, result } = answer({
      feed: { trips: line('1', 'A', 'B', [clock('08:10')]) },
      home: { A: 0 },
      structure: { B: 0 },
    });
    const links = {
      access: toLinks(1, []),
      direct: { deciseconds: Int32Array.of(UNREACHED), structure: Uint32Array.of(0) },
      transfers: result.profiles.transfersBetween,
      egress: {
        first: new Uint32Array(timetable.stopCount + 1),
        structure: new Uint32Array(0),
        deciseconds: new Int32Array(0),
      },
    };
    const windows = [
      { from: 0, until: 100 },
      { from: 50, until: 200 },
    ];
    expect(() =>
      searchTransit(timetable, links, { windows, threshold: 1, inclusive: false, cutoff: 1 }),
    ).toThrow(/disjoint/);
  });
});

describe('legs', () => {
  it('name feed, line and stops for people', () => {
    const found = answer({
      feed: { name: 'mobigo.zip', trips: line('Ligne 7', 'A', 'B', [clock('08:30')]) },
      home: { A: 120 },
      structure: { B: 90 },
    });
    const ride = found.legs.find((leg) => leg.kind === 'ride')!;
    expect(describeRide(found.timetable, ride)).toEqual({
      feed: 'mobigo.zip',
      routeId: 'Ligne 7',
      route: 'Ligne 7',
      headsign: '',
      tripId: 'Ligne 70',
      fromStopId: 'A',
      fromStop: 'A',
      toStopId: 'B',
      toStop: 'B',
    });
  });
});
