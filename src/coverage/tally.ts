/**
 * Adds the people of one mode up by group (the whole, communes, EPCI, territoires).
 *
 * One pass over the reached cells in ascending time gives sums, bands, means and medians of every group at once;
 * sums of people are exact (`exact-people.ts`). The median is the time by which half of the people reached have
 * arrived; where exactly half have, the middle between that time and the next.
 */
import { DECISECONDS_PER_MINUTE, isWithin, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import type { CellShares, CoverageTally } from './coverage-result.ts';

export interface TallyRules {
  thresholdDeciseconds: number;
  inclusive: boolean;
  bandEdgesMinutes: readonly number[];
}

/** Times of one mode with its reached cells in ascending time; equal times by cell. */
export interface OrderedTimes {
  timeOfCell: Int32Array;
  /** Cells linked and reached. */
  reachedCells: Uint32Array;
  /** All other cells, ascending. */
  notConnectedCells: Uint32Array;
}

export function orderByTime(timeOfCell: Int32Array, linkedCell: Uint8Array): OrderedTimes {
  const count = timeOfCell.length;
  const keys = new Float64Array(count);
  const notConnected = new Uint32Array(count);
  let [reachedCount, notConnectedCount] = [0, 0];
  // time * count + cell sorts by both as one number: exact while it stays under 2^53, some 4 million cells of
  // any time, and 100 million cells of times under a day.
  for (let cell = 0; cell < count; cell++) {
    const time = timeOfCell[cell];
    if (linkedCell[cell] === 0 || time === UNREACHED) notConnected[notConnectedCount++] = cell;
    else keys[reachedCount++] = time * count + cell;
  }
  const sorted = keys.subarray(0, reachedCount).sort();
  const reachedCells = new Uint32Array(reachedCount);
  for (let at = 0; at < reachedCount; at++) reachedCells[at] = sorted[at] % count;
  return { timeOfCell, reachedCells, notConnectedCells: notConnected.slice(0, notConnectedCount) };
}

/**
 * @param groupOfEntry entry of `shares` -> group, length of its entries
 */
export function tallyGroups(
  shares: CellShares,
  times: OrderedTimes,
  rules: TallyRules,
  groupOfEntry: Int32Array,
  groupCount: number,
): CoverageTally[] {
  const bandEdges = rules.bandEdgesMinutes.map(minutesToDeciseconds);
  const bandCount = bandEdges.length + 2;
  const { firstEntryOfCell, populationOfEntry } = shares;
  const bands = new Float64Array(groupCount * bandCount);
  const covered = new Float64Array(groupCount);
  const reached = new Float64Array(groupCount);
  const weighted = new Float64Array(groupCount);

  let band = 0;
  for (const cell of times.reachedCells) {
    const time = times.timeOfCell[cell];
    while (band < bandEdges.length && !isWithin(time, bandEdges[band], rules.inclusive)) band++;
    const within = isWithin(time, rules.thresholdDeciseconds, rules.inclusive);
    for (let entry = firstEntryOfCell[cell]; entry < firstEntryOfCell[cell + 1]; entry++) {
      const group = groupOfEntry[entry];
      const people = populationOfEntry[entry];
      bands[group * bandCount + band] += people;
      reached[group] += people;
      weighted[group] += people * time;
      if (within) covered[group] += people;
    }
  }
  const notConnected = sumByGroup(shares, times.notConnectedCells, groupOfEntry, groupCount);
  const medians = findMedians(shares, times, groupOfEntry, reached);
  return Array.from({ length: groupCount }, (_, group) => {
    bands[group * bandCount + bandCount - 1] = notConnected[group];
    const population = reached[group] + notConnected[group];
    const isReached = reached[group] > 0;
    return {
      population,
      populationCovered: covered[group],
      populationUncovered: reached[group] - covered[group],
      populationNotConnected: notConnected[group],
      rate: population > 0 ? covered[group] / population : undefined,
      meanMinutes: isReached ? weighted[group] / reached[group] / DECISECONDS_PER_MINUTE : undefined,
      medianMinutes: isReached ? medians[group] / DECISECONDS_PER_MINUTE : undefined,
      reachedShare: population > 0 ? reached[group] / population : undefined,
      populationOfBand: Array.from(bands.subarray(group * bandCount, (group + 1) * bandCount)),
    };
  });
}

/** People of the given cells by group. */
function sumByGroup(
  shares: CellShares,
  cells: Uint32Array,
  groupOfEntry: Int32Array,
  groupCount: number,
): Float64Array {
  const sums = new Float64Array(groupCount);
  for (const cell of cells) {
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      sums[groupOfEntry[entry]] += shares.populationOfEntry[entry];
    }
  }
  return sums;
}

/** group -> weighted median in deciseconds, NaN where nobody is reached. */
function findMedians(
  shares: CellShares,
  times: OrderedTimes,
  groupOfEntry: Int32Array,
  reachedOfGroup: Float64Array,
): Float64Array {
  const { firstEntryOfCell, populationOfEntry } = shares;
  const medians = new Float64Array(reachedOfGroup.length).fill(Number.NaN);
  const passed = new Float64Array(reachedOfGroup.length);
  // 1 where exactly half have arrived and the next time is awaited.
  const isEven = new Uint8Array(reachedOfGroup.length);
  for (const cell of times.reachedCells) {
    for (let entry = firstEntryOfCell[cell]; entry < firstEntryOfCell[cell + 1]; entry++) {
      const people = populationOfEntry[entry];
      if (people === 0) continue;
      const group = groupOfEntry[entry];
      const half = reachedOfGroup[group] / 2;
      if (isEven[group] === 1) {
        medians[group] = (medians[group] + times.timeOfCell[cell]) / 2;
        isEven[group] = 0;
      }
      const before = passed[group];
      passed[group] = before + people;
      if (before < half && passed[group] >= half) {
        medians[group] = times.timeOfCell[cell];
        isEven[group] = passed[group] === half ? 1 : 0;
      }
    }
  }
  return medians;
}

/** Throws unless covered + uncovered + not connected, and the bands, make up the population, to the last bit. */
export function assertConserved(tally: CoverageTally, place: string): void {
  const { population, populationCovered, populationUncovered, populationNotConnected } = tally;
  const parts = populationCovered + populationUncovered + populationNotConnected;
  const banded = tally.populationOfBand.reduce((sum, people) => sum + people, 0);
  if (parts !== population || banded !== population) {
    throw new Error(
      `population is not conserved in ${place}: ${populationCovered} covered + ${populationUncovered} uncovered + ` +
        `${populationNotConnected} not connected, ${banded} in bands, expected ${population}`,
    );
  }
}
