/**
 * Small territories for the tests of coverage: cells drawn as [commune, people], times in deciseconds.
 */
import type { CellShares, ModeTimes, StructureReach } from '../../src/coverage/coverage-result.ts';
import { chooseUnit, toExact } from '../../src/coverage/exact-people.ts';

/** EPCI of commune 0, 1, 2 …; a commune beyond the list has none. */
const EPCIS = ['A', 'B', 'B'];

/** One cell per pair; communes up to the highest named, at least four. */
export function drawShares(cells: ReadonlyArray<readonly [commune: number, people: number]>): CellShares {
  const unit = chooseUnit(Float64Array.from(cells, ([, people]) => people));
  const populationOfEntry = Float64Array.from(cells, ([, people]) => toExact(people, unit));
  const population = populationOfEntry.reduce((sum, people) => sum + people, 0);
  const communeCount = Math.max(4, ...cells.map(([commune]) => commune + 1));
  return {
    cellCount: cells.length,
    unit,
    firstEntryOfCell: Uint32Array.from({ length: cells.length + 1 }, (_, cell) => cell),
    communeOfEntry: Uint32Array.from(cells, ([commune]) => commune),
    populationOfEntry,
    communes: Array.from({ length: communeCount }, (_, commune) => ({
      code: `0000${commune}`,
      nom: `Commune ${commune}`,
      epci: EPCIS[commune],
      epciNom: EPCIS[commune] && `EPCI ${EPCIS[commune]}`,
      territoire: undefined,
      departement: '00',
    })),
    account: {
      cellCount: cells.length,
      cellCountOutside: 0,
      populationRead: population,
      populationInside: population,
      populationOutside: 0,
      populationByRule: { grid: population, split: 0, centre: 0, nearest: 0, none: 0 },
      cellCountSplit: 0,
    },
  };
}

/** Distances in decimetres: one for each minute. */
export function drawTimes(
  mode: string,
  times: readonly number[],
  options: { nearest?: readonly number[]; notLinked?: readonly number[] } = {},
): ModeTimes {
  return {
    mode,
    timeOfCell: Int32Array.from(times),
    nearestStructureOfCell: Int32Array.from(options.nearest ?? times.map(() => 0)),
    distanceOfCell: Int32Array.from(times, (time) => time / 600),
    linkedCell: Uint8Array.from(times, (_, cell) => (options.notLinked?.includes(cell) ? 0 : 1)),
  };
}

/** Lists of cells per structure as CSR. */
export function toReach(cellsOfStructure: ReadonlyArray<readonly number[]>): StructureReach {
  const firstCellOfStructure = new Uint32Array(cellsOfStructure.length + 1);
  cellsOfStructure.forEach((cells, at) => {
    firstCellOfStructure[at + 1] = firstCellOfStructure[at] + cells.length;
  });
  return { firstCellOfStructure, cellsOfStructure: Uint32Array.from(cellsOfStructure.flat()) };
}
