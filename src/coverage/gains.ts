/**
 * People counted by what their time would be otherwise: without structures beyond the border, without ferries;
 * and the people of the cells that keep some condition.
 */
import { isWithin } from '../common/units.ts';
import type { BorderGain, CellShares, CoverageInput, CoverageTally, ModeTimes } from './coverage-result.ts';

/** People covered only because a ferry runs; undefined where the mode's network has none. */
export function countByFerryOnly(input: CoverageInput, times: ModeTimes): number | undefined {
  const without = times.timeOfCellWithoutFerries;
  if (without === undefined) return undefined;
  const { shares, thresholdDeciseconds, inclusive } = input;
  let people = 0;
  for (let cell = 0; cell < shares.cellCount; cell++) {
    const isByFerry =
      times.linkedCell[cell] === 1 &&
      isWithin(times.timeOfCell[cell], thresholdDeciseconds, inclusive) &&
      !isWithin(without[cell], thresholdDeciseconds, inclusive);
    if (!isByFerry) continue;
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      people += shares.populationOfEntry[entry];
    }
  }
  return people;
}

/** People covered only thanks to structures beyond the border; undefined where they were not told apart. */
export function computeBorderGain(
  input: CoverageInput,
  times: ModeTimes,
  whole: CoverageTally,
): BorderGain | undefined {
  const without = times.timeOfCellWithoutBeyond;
  if (without === undefined) return undefined;
  const populationCoveredWithout = sumPeople(
    input.shares,
    (cell) =>
      times.linkedCell[cell] !== 0 && isWithin(without[cell], input.thresholdDeciseconds, input.inclusive),
  );
  const populationGained = whole.populationCovered - populationCoveredWithout;
  if (populationGained < 0) {
    throw new Error(`structures beyond the border lose ${-populationGained} people in ${times.mode}`);
  }
  return { populationCoveredWithout, populationGained };
}

/** People of the cells that are counted. */
export function sumPeople(shares: CellShares, isCounted: (cell: number) => boolean): number {
  let people = 0;
  for (let cell = 0; cell < shares.cellCount; cell++) {
    if (!isCounted(cell)) continue;
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      people += shares.populationOfEntry[entry];
    }
  }
  return people;
}
