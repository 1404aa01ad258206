import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import type { CellShares, ModeTimes } from '../../src/coverage/coverage-result.ts';
import { meanGap, tallyDepartures } from '../../src/coverage/departure-tally.ts';
import { summariseTransit } from '../../src/coverage/transit-summary.ts';

/** Four cells of 10, 20, 30 and 40 people; the first two in group 0, the others in group 1. */
const GROUPS = Int32Array.of(0, 0, 1, 1);
const PEOPLE = [10, 20, 30, 40];
const SHARES = {
  cellCount: 4,
  unit: 1,
  firstEntryOfCell: Uint32Array.of(0, 1, 2, 3, 4),
  communeOfEntry: Uint32Array.of(0, 0, 1, 1),
  populationOfEntry: Float64Array.from(PEOPLE),
} as unknown as CellShares;
const RULES = { thresholdDeciseconds: 18_000, inclusive: false };

function times(mode: string, timeOfCell: number[], linked = [1, 1, 1, 1]): ModeTimes {
  return {
    mode,
    timeOfCell: Int32Array.from(timeOfCell),
    nearestStructureOfCell: new Int32Array(4),
    distanceOfCell: undefined,
    linkedCell: Uint8Array.from(linked),
  };
}

describe('the figures that a timetable adds', () => {
  it('count the median and the availability by group; who is not linked has none', () => {
    const transit = {
      ...times('transit', [6000, 6000, 6000, 6000], [1, 1, 1, 0]),
      medianOfCell: Float64Array.of(17_999.5, 18_000, UNREACHED, 6000),
      availabilityOfCell: Float64Array.of(1, 0.25, 0.5, 1),
    };
    const [west, east] = tallyDepartures(SHARES, transit, RULES, GROUPS, 2)!;
    expect(west).toEqual({
      populationCoveredMedian: 10,
      rateMedian: 10 / (10 + 20),
      meanAvailability: (10 * 1 + 20 * 0.25) / (10 + 20),
    });
    expect(east).toEqual({
      populationCoveredMedian: 0,
      rateMedian: 0,
      meanAvailability: (30 * 0.5 + 40 * 0) / (30 + 40),
    });
  });

  it('are absent for a mode without a timetable', () => {
    expect(tallyDepartures(SHARES, times('car', [1, 1, 1, 1]), RULES, GROUPS, 2)).toBeUndefined();
  });

  it('give the gap to the car in minutes, over the people who have both', () => {
    const car = times('car', [6000, 12_000, UNREACHED, 6000]);
    const transit = times('transit', [12_000, 9000, 6000, UNREACHED]);
    const gapWest = (10 * (12_000 - 6000) + 20 * (9000 - 12_000)) / (10 + 20) / 600;
    expect(meanGap(SHARES, transit, car, GROUPS, 2)).toEqual([gapWest, undefined]);
  });

  it('say how people travel, and whom transit brings nearer than a walk', () => {
    const use = summariseTransit(SHARES, {
      best: Int32Array.of(9000, 15_000, 20_000, UNREACHED),
      walk: Int32Array.of(9000, 30_000, UNREACHED, UNREACHED),
      rides: Uint8Array.of(0, 1, 4, 0),
      transferWait: Int32Array.of(0, 0, 1800, 0),
      ...RULES,
      limitDeciseconds: 19_000,
    });
    expect(use).toEqual({
      populationByRides: [10, 20, 0, 30],
      meanTransferWaitMinutes: 1800 / 600,
      cellCount: 4,
      cellCountChanged: 2,
      populationChanged: 20 + 30,
      populationGained: 20,
      populationOverLimit: 30,
    });
  });
});
