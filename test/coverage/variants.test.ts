/** Variants of drawn territories, beside short naive twins. */
import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { computeCoverage } from '../../src/coverage/coverage.ts';
import type { CoverageResult } from '../../src/coverage/coverage-result.ts';
import { coverSegments, type SegmentTally } from '../../src/coverage/segments.ts';
import {
  bestStates,
  COVERED,
  choiceStates,
  countWithinReach,
  findStates,
  NOT_CONNECTED,
  tallyStates,
  UNCOVERED,
} from '../../src/coverage/variants.ts';
import { drawShares, drawTimes, toReach } from './drawn-coverage.ts';

const MINUTE = 600;
const T = 30 * MINUTE;

/** A headline of one mode over drawn cells. */
function cover(cells: ReadonlyArray<readonly [number, number]>, times: readonly number[]) {
  const shares = drawShares(cells);
  const mode = drawTimes('car', times);
  const result = computeCoverage({
    shares,
    structureCount: 1,
    thresholdDeciseconds: T,
    inclusive: false,
    uncoveredBelow: 0.5,
    modes: [mode],
  });
  return { shares, mode, result };
}

/** A generator of numbers below 1, the same at every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe('the states of cells', () => {
  it('tells too late from not connected, with the strict operator on unrounded times', () => {
    const times = drawTimes('car', [0, T - 1, T, T + 1, UNREACHED, 0], { notLinked: [5] });
    const strict = { thresholdDeciseconds: T, inclusive: false };
    expect([...findStates(times, strict)]).toEqual([
      COVERED,
      COVERED,
      UNCOVERED,
      UNCOVERED,
      NOT_CONNECTED,
      NOT_CONNECTED,
    ]);
    expect(findStates(times, { ...strict, inclusive: true })[2]).toBe(COVERED);
  });

  it('takes the best of the modes combined', () => {
    const [car, bus] = [
      [COVERED, UNCOVERED, NOT_CONNECTED],
      [NOT_CONNECTED, COVERED, UNCOVERED],
    ];
    expect([...bestStates([Uint8Array.from(car!), Uint8Array.from(bus!)])]).toEqual([
      COVERED,
      COVERED,
      UNCOVERED,
    ]);
  });
});

describe('the choice between structures', () => {
  it('counts a structure once, however many modes reach it', () => {
    const car = toReach([[0, 1], [1], [3]]);
    const bus = toReach([[1, 2], [0, 1], []]);
    expect([...countWithinReach([car, bus], 5)]).toEqual([2, 2, 1, 1, 0]);
  });

  it.each([1, 2, 3])('agrees with sets of structures on random reach lists (seed %i)', (seed) => {
    const next = numbers(seed);
    const [cellCount, structureCount] = [60, 7];
    const reaches = [0.3, 0.1].map((share) =>
      Array.from({ length: structureCount }, () =>
        Array.from({ length: cellCount }, (_, cell) => cell).filter(() => next() < share),
      ),
    );
    const naive = Array.from({ length: cellCount }, (_, cell) => {
      const found = new Set<number>();
      for (const reach of reaches) {
        for (const [i, cells] of reach.entries()) if (cells.includes(cell)) found.add(i);
      }
      return found.size;
    });
    expect([...countWithinReach(reaches.map(toReach), cellCount)]).toEqual(naive);
  });

  it('covers no more people the more structures are asked for, and not connects nobody else', () => {
    const { shares, mode, result } = cover(
      [
        [0, 10],
        [0, 20],
        [1, 40],
        [2, 80],
      ],
      [60, 60, T, UNREACHED],
    );
    const headline = findStates(mode, result);
    const atCell = countWithinReach([toReach([[0, 1], [0], [0]])], 4);
    const tallies = [1, 2, 3, 4].map((fewest) =>
      tallyStates(shares, choiceStates(headline, atCell, fewest), result, result.modes[0]!),
    );
    expect(tallies.map(({ whole }) => whole.populationCovered)).toEqual([30, 10, 10, 0]);
    expect(tallies.map(({ whole }) => whole.populationNotConnected)).toEqual([80, 80, 80, 80]);
    expect(tallies[0]!.whole.difference).toBe(0);
    expect(tallies[1]!.whole.difference).toBeCloseTo(10 / 150 - 30 / 150, 12);
  });
});

describe('the tally of a variant', () => {
  it('equals the headline of the same times, at every level', () => {
    const next = numbers(4);
    const cells = Array.from({ length: 200 }, () => [Math.floor(next() * 5), next() * 90] as const);
    const times = cells.map(() => (next() < 0.1 ? UNREACHED : Math.floor(next() * 2 * T)));
    const { shares, mode, result } = cover(cells, times);
    const [headline] = result.modes;
    const tally = tallyStates(shares, findStates(mode, result), result, headline!);
    const figures = ({
      population,
      populationCovered,
      populationUncovered,
      populationNotConnected,
      rate,
    }: {
      population: number;
      populationCovered: number;
      populationUncovered: number;
      populationNotConnected: number;
      rate: number | undefined;
    }) => [population, populationCovered, populationUncovered, populationNotConnected, rate];
    expect(figures(tally.whole)).toEqual(figures(headline!.whole));
    expect(tally.epcis.map(figures)).toEqual(headline!.epcis.map(figures));
    expect([tally.whole, ...tally.epcis].every(({ difference }) => difference === 0)).toBe(true);
  });

  it('refuses shares that are not those of the headline', () => {
    const { mode, result } = cover([[0, 10]], [60]);
    const other = drawShares([[0, 11]]);
    expect(() => tallyStates(other, findStates(mode, result), result, result.modes[0]!)).toThrow(
      'population is not conserved',
    );
  });
});

/** Two cells in EPCI A, one in B; the second is uncovered. */
function coverDrawn(segments: Record<string, number[]>): Array<{ segment: string; tallies: SegmentTally[] }> {
  const people = [100, 50, 40];
  const { shares, mode, result } = cover(
    [
      [0, people[0]!],
      [0, people[1]!],
      [1, people[2]!],
    ],
    [60, T, 60],
  );
  const cells = {
    population: Float64Array.from(people),
    segments: Object.fromEntries(
      Object.entries(segments).map(([key, values]) => [key, Float64Array.from(values)]),
    ),
  };
  const states = new Map([['car', findStates(mode, result as CoverageResult)]]);
  return coverSegments(cells, shares, result, states).map(({ segment, modes }) => ({
    segment,
    tallies: [modes[0]!.whole, ...modes[0]!.epcis.slice(0, 2)],
  }));
}

describe('segments', () => {
  it('have the rate of their members, at every level', () => {
    const [poor, old] = coverDrawn({
      households: [40, 25, 20],
      poorHouseholds: [12, 8, 16],
      from65: [30, 30, 12],
    });
    expect(poor).toMatchObject({
      segment: 'poor_households',
      tallies: [
        { population: 36, populationCovered: 28, populationUncovered: 8, populationNotConnected: 0 },
        { population: 20, populationCovered: 12, rate: 12 / 20 },
        { population: 16, populationCovered: 16, rate: 1, difference: 0 },
      ],
    });
    expect(old).toMatchObject({
      segment: 'from_65',
      tallies: [{ rate: 42 / 72 }, { rate: 0.5 }, { rate: 1 }],
    });
  });

  it.each([
    ['fewer than 11 households in the place', [40, 25, 10.9], [30, 30, 20]],
    ['fewer than 11 people of the age in the place', [40, 25, 20], [30, 30, 10.9]],
  ])('are secret for %s', (_, households, under18) => {
    const [young] = coverDrawn({ households, under18 });
    expect(young!.tallies.map((tally) => 'isSecret' in tally)).toEqual([false, false, true]);
    expect(young!.tallies[2]).toEqual({ isSecret: true });
  });

  it('are told from 11 households on', () => {
    const [young] = coverDrawn({ households: [40, 25, 11], under18: [30, 30, 11] });
    expect(young!.tallies[2]).toMatchObject({ population: 11, rate: 1 });
  });

  it('are secret for fewer than 11 poor households among many', () => {
    const [poor] = coverDrawn({ households: [40, 25, 20], poorHouseholds: [5, 2, 2] });
    expect(poor!.tallies).toEqual([{ isSecret: true }, { isSecret: true }, { isSecret: true }]);
  });

  it('are not told without households', () => {
    expect(coverDrawn({ under18: [30, 30, 12] })).toEqual([]);
  });

  it('leave out cells whose grid does not say', () => {
    const [poor] = coverDrawn({ households: [40, Number.NaN, 20], poorHouseholds: [12, Number.NaN, 16] });
    expect(poor!.tallies[0]).toMatchObject({ population: 28, rate: 1 });
  });
});
