import { describe, expect, it } from 'vitest';
import type { DrawnFeed } from '../transit/drawn-feed.ts';
import { answer, clock, line, SLACK } from './drawn-scene.ts';

describe('one ride', () => {
  it('takes access, slack, ride and egress for who reads the timetable', () => {
    const found = answer({
      feed: { trips: line('1', 'A', 'B', [clock('08:30')]) },
      home: { A: 120 },
      structure: { B: 90 },
    });
    expect(found.bestSeconds).toBe(120 + SLACK + 600 + 90);
    expect(found.departure).toBe(clock('08:30') - SLACK - 120);
    expect(found.rides).toBe(1);
  });

  it('has the median wait of half the headway for who leaves at any minute', () => {
    const headway = 900;
    const departures = Array.from({ length: 8 }, (_, i) => clock('08:00') + i * headway);
    const found = answer({
      feed: { trips: line('1', 'A', 'B', departures) },
      home: { A: 120 },
      structure: { B: 90 },
    });
    const least = 120 + SLACK + 600 + 90;
    expect(found.bestSeconds).toBe(least);
    // Over a window of four headways the time is uniform on [least, least + headway].
    expect(found.p50Seconds).toBeCloseTo(least + headway / 2, 9);
    expect(found.availability).toBeCloseTo(Math.min(1, (1800 - least) / headway), 9);
  });

  it('is available for the share of leaving times that beat the threshold', () => {
    const headway = 1800;
    const departures = [0, 1, 2, 3].map((i) => clock('08:00') + i * headway);
    const found = answer({
      feed: { trips: line('1', 'A', 'B', departures) },
      home: { A: 120 },
      structure: { B: 90 },
      thresholdSeconds: 1500,
    });
    const least = 120 + SLACK + 600 + 90;
    expect(found.availability).toBeCloseTo((1500 - least) / headway, 9);
  });

  it('has no median where less than half of the leaving times arrive', () => {
    const found = answer({
      feed: { trips: line('1', 'A', 'B', [clock('08:20')]) },
      home: { A: 0 },
      structure: { B: 0 },
    });
    // Leaving until 08:19 of 08:00 to 09:00.
    expect(found.p50Seconds).toBe(Number.POSITIVE_INFINITY);
    expect(found.availability).toBeCloseTo((1800 - (600 + SLACK)) / 3600, 9);
    expect(found.bestSeconds).toBe(SLACK + 600);
  });

  it('is compared with the direct walk', () => {
    const walked = answer({
      feed: { trips: line('1', 'A', 'B', [clock('08:20')]) },
      home: { A: 120 },
      structure: { B: 90 },
      direct: 700,
    });
    expect(walked.bestSeconds).toBe(700);
    expect(walked.p50Seconds).toBe(700);
    expect(walked.rides).toBe(0);
    const start = clock('08:00') * 10;
    expect(walked.legs).toEqual([{ kind: 'direct', structure: 0, departure: start, arrival: start + 7000 }]);
  });
});

describe('overtaking', () => {
  it('takes the express that leaves later and arrives earlier', () => {
    const found = answer({
      feed: {
        trips: [
          {
            id: 'slow',
            calls: [
              ['A', clock('08:10')],
              ['B', clock('08:50')],
            ],
          },
          {
            id: 'express',
            calls: [
              ['A', clock('08:20')],
              ['B', clock('08:30')],
            ],
          },
        ],
      },
      home: { A: 0 },
      structure: { B: 0 },
    });
    expect(found.bestSeconds).toBe(SLACK + 600);
    // Even who could catch the slow one waits for the express: leaving at 08:00 one arrives at 08:30.
    expect(found.availability).toBeCloseTo(
      (clock('08:30') - 1800 - clock('08:00') + (1800 - SLACK - 600)) / 3600,
      9,
    );
  });
});

describe('midnight', () => {
  const yesterday = {
    services: { monday: { weekdays: 1 } },
    trips: [
      {
        id: 'late',
        calls: [
          ['A', clock('24:20')],
          ['B', clock('24:30')],
        ],
      },
    ] satisfies DrawnFeed['trips'],
  };

  it("boards the tail of yesterday's trips after midnight", () => {
    // 2026-10-06 is a Tuesday; the trip belongs to Monday.
    const found = answer({
      feed: yesterday,
      home: { A: 0 },
      structure: { B: 0 },
      from: '00:00',
      until: '01:00',
    });
    expect(found.departure).toBe(clock('00:20') - SLACK);
    expect(found.bestSeconds).toBe(600 + SLACK);
  });

  it("boards today's trips past 24:00 late in the evening", () => {
    const found = answer({
      feed: {
        trips: [
          {
            id: 'night',
            calls: [
              ['A', clock('24:20')],
              ['B', clock('24:30')],
            ],
          },
        ],
      },
      home: { A: 0 },
      structure: { B: 0 },
      from: '23:30',
      until: '24:30',
    });
    expect(found.departure).toBe(clock('24:20') - SLACK);
  });
});

describe('frequencies', () => {
  const pattern: DrawnFeed['trips'] = [
    {
      id: 'loop',
      calls: [
        ['A', 0],
        ['B', 600],
      ],
    },
  ];
  const frequency = {
    trip: 'loop',
    startSeconds: clock('07:00'),
    endSeconds: clock('12:00'),
    headwaySeconds: 600,
  };

  it('with exact times are a timetable', () => {
    const found = answer({
      feed: { trips: pattern, frequencies: [{ ...frequency, exact: true }] },
      home: { A: 100 },
      structure: { B: 50 },
    });
    const least = 100 + SLACK + 600 + 50;
    expect(found.bestSeconds).toBe(least);
    expect(found.p50Seconds).toBeCloseTo(least + 300, 9);
  });

  it('without exact times cost half the headway at each boarding, in the best time too', () => {
    const found = answer({
      feed: { trips: pattern, frequencies: [{ ...frequency, exact: false }] },
      home: { A: 100 },
      structure: { B: 50 },
    });
    const always = 100 + SLACK + 600 / 2 + 600 + 50;
    expect(found.bestSeconds).toBe(always);
    // Vehicles are a second apart, so the median lies half a second above.
    expect(Math.abs(found.p50Seconds - always)).toBeLessThanOrEqual(0.5);
    expect(found.availability).toBe(1);
    expect(found.result.headwayStepSeconds).toBe(1);
  });

  it('cost half of each headway where two lines follow', () => {
    const found = answer({
      feed: {
        trips: [
          ...pattern,
          {
            id: 'second',
            calls: [
              ['B', 0],
              ['C', 420],
            ],
          },
        ],
        frequencies: [
          { ...frequency, exact: false },
          { ...frequency, trip: 'second', headwaySeconds: 1000, exact: false },
        ],
      },
      home: { A: 100 },
      structure: { C: 0 },
    });
    expect(found.bestSeconds).toBe(100 + SLACK + 300 + 600 + SLACK + 500 + 420);
    expect(found.waitSeconds).toBe(SLACK + 500);
  });

  it('serve who is there from their start to their end, and nobody else', () => {
    const short = { ...frequency, startSeconds: clock('08:20'), endSeconds: clock('08:30'), exact: false };
    const found = answer({
      feed: { trips: pattern, frequencies: [short] },
      home: { A: 0 },
      structure: { B: 0 },
    });
    const { departure } = found.legs.find((leg) => leg.kind === 'ride')!;
    expect(departure / 10).toBeGreaterThanOrEqual(clock('08:20') + 300);
    expect(departure / 10).toBeLessThan(clock('08:30') + 300);
    // The first vehicle that one can count on leaves at 08:25; the last one is for who came just before 08:30.
    const earliest = clock('08:25') + 600 - 1800;
    const latest = clock('08:30') - 1 - SLACK;
    expect(found.availability).toBeCloseTo((latest - earliest) / 3600, 9);
  });
});
