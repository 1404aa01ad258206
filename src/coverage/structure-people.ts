/**
 * The people of each structure: those for whom it is the nearest, those within the threshold of it, and those
 * whom no other structure reaches. In: the cells within the threshold of each, as CSR. Only the people of the
 * study count, also around structures beyond the border.
 */
import { UNREACHED } from '../common/units.ts';
import type { CellShares, ModeTimes, StructureCoverage } from './coverage-result.ts';

export function countStructurePeople(
  shares: CellShares,
  times: ModeTimes,
  structureCount: number,
): StructureCoverage[] {
  const populationOfCell = new Float64Array(shares.cellCount);
  for (let cell = 0; cell < shares.cellCount; cell++) {
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      populationOfCell[cell] += shares.populationOfEntry[entry];
    }
  }
  const nearest = new Float64Array(structureCount);
  for (let cell = 0; cell < shares.cellCount; cell++) {
    if (times.linkedCell[cell] === 0 || times.timeOfCell[cell] === UNREACHED) continue;
    nearest[times.nearestStructureOfCell[cell]] += populationOfCell[cell];
  }
  const { reach } = times;
  if (reach === undefined) {
    return Array.from(nearest, (populationNearest, structureIndex) => ({
      structureIndex,
      populationNearest,
      populationWithin: undefined,
      populationAlone: undefined,
    }));
  }
  if (reach.firstCellOfStructure.length !== structureCount + 1) {
    throw new Error(
      `reach lists of ${reach.firstCellOfStructure.length - 1} structures, expected ${structureCount}`,
    );
  }
  const structuresAtCell = new Uint32Array(shares.cellCount);
  for (const cell of reach.cellsOfStructure) structuresAtCell[cell]++;
  return Array.from(nearest, (populationNearest, structureIndex) => {
    let [populationWithin, populationAlone] = [0, 0];
    const end = reach.firstCellOfStructure[structureIndex + 1];
    for (let at = reach.firstCellOfStructure[structureIndex]; at < end; at++) {
      const cell = reach.cellsOfStructure[at];
      populationWithin += populationOfCell[cell];
      if (structuresAtCell[cell] === 1) populationAlone += populationOfCell[cell];
    }
    return { structureIndex, populationNearest, populationWithin, populationAlone };
  });
}
