/** The cells of a study as rows: which of them, and their times as minutes. */
import { decisecondsToMinutes, UNREACHED } from '../common/units.ts';
import type { CellShares } from '../coverage/coverage-result.ts';

/** Positions of the cells in the study. */
export function listCells({
  shares: { firstEntryOfCell, cellCount },
}: {
  shares: Pick<CellShares, 'firstEntryOfCell' | 'cellCount'>;
}): number[] {
  const inside: number[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    if (firstEntryOfCell[cell + 1]! > firstEntryOfCell[cell]!) inside.push(cell);
  }
  return inside;
}

/** `decisecondsToMinutes`, but undefined where nothing leads to a structure. */
export function findMinutes(time: number, isLinked: boolean): number | undefined {
  return !isLinked || time === UNREACHED ? undefined : decisecondsToMinutes(time);
}
