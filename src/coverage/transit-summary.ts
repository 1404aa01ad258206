/**
 * What transit did for the people: how many rides and how much waiting between them the best ways take, and whom
 * it brings nearer than walking. People are those of the cells' shares in the study.
 */
import { DECISECONDS_PER_MINUTE, isWithin, UNREACHED } from '../common/units.ts';
import type { CellShares } from './coverage-result.ts';

/** Rides told apart: walked, 1, 2, and 3 or more. */
export const MOST_RIDES_TOLD = 3;

export interface TransitUse {
  /** People who reach a structure, by the rides of their best way: 0 (walked), 1, 2, 3 or more. */
  populationByRides: number[];
  /** Minutes between rides, the mean over those with two rides or more; undefined where there are none. */
  meanTransferWaitMinutes: number | undefined;
  /** Inhabited cells of the study, and those that transit takes there sooner than a walk would. */
  cellCount: number;
  cellCountChanged: number;
  /** People of those cells. */
  populationChanged: number;
  /** People within the threshold by transit who are not by walking. */
  populationGained: number;
  /** People who have a way to a structure that takes longer than the longest trip looked for. */
  populationOverLimit: number;
}

/** Arrays of one value per cell; deciseconds. */
export interface TransitUseInput {
  best: Int32Array;
  walk: Int32Array;
  rides: Uint8Array;
  transferWait: Int32Array;
  thresholdDeciseconds: number;
  inclusive: boolean;
  /** The longest trip looked for. */
  limitDeciseconds: number;
}

export function summariseTransit(shares: CellShares, input: TransitUseInput): TransitUse {
  const { best, walk, rides, transferWait, thresholdDeciseconds, inclusive, limitDeciseconds } = input;
  const populationByRides = new Array<number>(MOST_RIDES_TOLD + 1).fill(0);
  let [transferring, waiting] = [0, 0];
  let [cellCount, cellCountChanged, populationChanged, populationGained] = [0, 0, 0, 0];
  let populationOverLimit = 0;
  for (let cell = 0; cell < shares.cellCount; cell++) {
    const people = peopleOf(shares, cell);
    if (people === 0) continue;
    cellCount++;
    const time = best[cell]!;
    if (time === UNREACHED) continue;
    if (time > limitDeciseconds) populationOverLimit += people;
    populationByRides[Math.min(rides[cell]!, MOST_RIDES_TOLD)]! += people;
    if (rides[cell]! >= 2) {
      transferring += people;
      waiting += people * transferWait[cell]!;
    }
    if (time >= walk[cell]!) continue;
    cellCountChanged++;
    populationChanged += people;
    const isGained =
      isWithin(time, thresholdDeciseconds, inclusive) &&
      !isWithin(walk[cell]!, thresholdDeciseconds, inclusive);
    if (isGained) populationGained += people;
  }
  return {
    populationByRides,
    meanTransferWaitMinutes: transferring > 0 ? waiting / transferring / DECISECONDS_PER_MINUTE : undefined,
    cellCount,
    cellCountChanged,
    populationChanged,
    populationGained,
    populationOverLimit,
  };
}

function peopleOf(shares: CellShares, cell: number): number {
  let people = 0;
  for (let entry = shares.firstEntryOfCell[cell]!; entry < shares.firstEntryOfCell[cell + 1]!; entry++) {
    people += shares.populationOfEntry[entry]!;
  }
  return people;
}
