/**
 * What a timetable adds to the counts: who is within the threshold when leaving at any minute (the median time,
 * waiting at the stop), the share of leaving times that keep it, and how much longer than by car it takes.
 */
import { DECISECONDS_PER_MINUTE, isWithin, UNREACHED } from '../common/units.ts';
import type { CellShares, DepartureTally, ModeTimes } from './coverage-result.ts';

/**
 * @param groupOfEntry entry of `shares` -> group
 * @returns group -> its figures; undefined where the mode has no timetable
 */
export function tallyDepartures(
  shares: CellShares,
  times: ModeTimes,
  rules: { thresholdDeciseconds: number; inclusive: boolean },
  groupOfEntry: Int32Array,
  groupCount: number,
): DepartureTally[] | undefined {
  const { medianOfCell, availabilityOfCell, linkedCell } = times;
  if (medianOfCell === undefined || availabilityOfCell === undefined) return undefined;
  const population = new Float64Array(groupCount);
  const covered = new Float64Array(groupCount);
  const available = new Float64Array(groupCount);
  const { firstEntryOfCell, populationOfEntry } = shares;
  for (let cell = 0; cell < shares.cellCount; cell++) {
    const isLinked = linkedCell[cell] !== 0;
    const isCovered = isLinked && isWithin(medianOfCell[cell]!, rules.thresholdDeciseconds, rules.inclusive);
    const availability = isLinked ? availabilityOfCell[cell]! : 0;
    for (let entry = firstEntryOfCell[cell]!; entry < firstEntryOfCell[cell + 1]!; entry++) {
      const group = groupOfEntry[entry]!;
      const people = populationOfEntry[entry]!;
      population[group]! += people;
      available[group]! += people * availability;
      if (isCovered) covered[group]! += people;
    }
  }
  return Array.from(population, (people, group) => ({
    populationCoveredMedian: covered[group]!,
    rateMedian: people > 0 ? covered[group]! / people : undefined,
    meanAvailability: people > 0 ? available[group]! / people : undefined,
  }));
}

/**
 * How many minutes longer `slower` takes than `faster` (negative where it is quicker), the mean over the people
 * whom both take to a structure.
 * @returns group -> minutes; undefined where nobody has both
 */
export function meanGap(
  shares: CellShares,
  slower: ModeTimes,
  faster: ModeTimes,
  groupOfEntry: ArrayLike<number>,
  groupCount: number,
): Array<number | undefined> {
  const population = new Float64Array(groupCount);
  const weighted = new Float64Array(groupCount);
  const { firstEntryOfCell, populationOfEntry } = shares;
  const timeOf = (times: ModeTimes, cell: number): number =>
    times.linkedCell[cell] === 0 ? UNREACHED : times.timeOfCell[cell]!;
  for (let cell = 0; cell < shares.cellCount; cell++) {
    const slow = timeOf(slower, cell);
    const fast = timeOf(faster, cell);
    if (slow === UNREACHED || fast === UNREACHED) continue;
    for (let entry = firstEntryOfCell[cell]!; entry < firstEntryOfCell[cell + 1]!; entry++) {
      const people = populationOfEntry[entry]!;
      population[groupOfEntry[entry]!]! += people;
      weighted[groupOfEntry[entry]!]! += people * (slow - fast);
    }
  }
  return Array.from(population, (people, group) =>
    people > 0 ? weighted[group]! / people / DECISECONDS_PER_MINUTE : undefined,
  );
}
