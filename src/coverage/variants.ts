/**
 * The figures of variants: the people within the threshold if other structures counted, or of at least so many
 * structures, beside the headline's, for the whole territory, its EPCI and its territoires. The states of cells
 * in, tallies out; people are conserved exactly, as in the headline.
 */
import { isWithin, UNREACHED } from '../common/units.ts';
import type {
  CellShares,
  CoverageResult,
  ModeCoverage,
  ModeTimes,
  StructureReach,
} from './coverage-result.ts';

/** A cell in one mode: not connected, reached too late, within the threshold. */
export const NOT_CONNECTED = 0;
export const UNCOVERED = 1;
export const COVERED = 2;

/** covered + uncovered + notConnected === population, exactly. */
export interface VariantTally {
  population: number;
  populationCovered: number;
  populationUncovered: number;
  populationNotConnected: number;
  /** 0 to 1; undefined where the population is 0. */
  rate: number | undefined;
  /** Rate less the headline's of the same mode and place; undefined where either is. */
  difference: number | undefined;
}

/** One variant in one mode; areas in the order of the result's. */
export interface VariantCoverage<Tally = VariantTally> {
  mode: string;
  whole: Tally;
  epcis: Tally[];
  territoires: Tally[];
}

/** Times of the cells to the nearest structure of a variant. */
export type VariantTimes = Pick<ModeTimes, 'mode' | 'timeOfCell' | 'linkedCell'>;

/** cell -> its state, by the times of one mode. */
export function findStates(
  { timeOfCell, linkedCell }: VariantTimes,
  { thresholdDeciseconds, inclusive }: Pick<CoverageResult, 'thresholdDeciseconds' | 'inclusive'>,
): Uint8Array {
  return Uint8Array.from(timeOfCell, (time, cell) => {
    if (linkedCell[cell] === 0 || time === UNREACHED) return NOT_CONNECTED;
    return isWithin(time, thresholdDeciseconds, inclusive) ? COVERED : UNCOVERED;
  });
}

/** The states of a combination of modes: in each cell the best of its parts. */
export function bestStates(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts[0]!, (_, cell) => Math.max(...parts.map((part) => part[cell]!)));
}

/**
 * cell -> structures within the threshold, in any of the modes; a structure counts once however many modes
 * reach it. All reach lists are of the same structures.
 */
export function countWithinReach(reaches: readonly StructureReach[], cellCount: number): Uint32Array {
  const countOfCell = new Uint32Array(cellCount);
  /** The structure, plus one, by which the cell was counted last. */
  const lastOfCell = new Uint32Array(cellCount);
  const structureCount = (reaches[0]?.firstCellOfStructure.length ?? 1) - 1;
  for (let structure = 0; structure < structureCount; structure++) {
    for (const { firstCellOfStructure, cellsOfStructure } of reaches) {
      const end = firstCellOfStructure[structure + 1]!;
      for (let at = firstCellOfStructure[structure]!; at < end; at++) {
        const cell = cellsOfStructure[at]!;
        if (lastOfCell[cell] === structure + 1) continue;
        lastOfCell[cell] = structure + 1;
        countOfCell[cell]!++;
      }
    }
  }
  return countOfCell;
}

/** The headline's states where only cells with so many structures within the threshold are covered. */
export function choiceStates(
  headline: Uint8Array,
  structuresAtCell: Uint32Array,
  structureCount: number,
): Uint8Array {
  return headline.map((state, cell) =>
    state === COVERED && structuresAtCell[cell]! < structureCount ? UNCOVERED : state,
  );
}

/** People by state at every level, beside the headline of the mode. */
export function tallyStates(
  shares: CellShares,
  states: Uint8Array,
  result: CoverageResult,
  headline: ModeCoverage,
): VariantCoverage {
  const tally = (groupOfCommune: Int32Array | undefined, rates: ReadonlyArray<number | undefined>) =>
    tallyLevel(shares, states, groupOfCommune, rates);
  const [whole] = tally(undefined, [headline.whole.rate]);
  if (whole!.population !== headline.whole.population) {
    throw new Error(
      `population is not conserved in a variant of ${headline.mode}: ${whole!.population} counted, ` +
        `${headline.whole.population} in the headline`,
    );
  }
  const { epcis, territoires } = groupsOfLevels(shares, result);
  const coverage = {
    mode: headline.mode,
    whole: whole!,
    epcis: tally(
      epcis,
      headline.epcis.map(({ rate }) => rate),
    ),
    territoires: tally(
      territoires,
      headline.territoires.map(({ rate }) => rate),
    ),
  };
  for (const level of [coverage.epcis, coverage.territoires]) assertSum(level, coverage.whole);
  return coverage;
}

/** row of `shares.communes` -> position among the result's EPCI, and among its territoires. */
export function groupsOfLevels(
  { communes }: Pick<CellShares, 'communes'>,
  { epcis, territoires }: Pick<CoverageResult, 'epcis' | 'territoires'>,
): { epcis: Int32Array; territoires: Int32Array } {
  const positions = (areas: ReadonlyArray<{ code: string }>) =>
    new Map(areas.map(({ code }, position) => [code, position]));
  const [ofEpci, ofTerritoire] = [positions(epcis), positions(territoires)];
  return {
    epcis: Int32Array.from(communes, ({ epci }) => ofEpci.get(epci ?? '') ?? -1),
    territoires: Int32Array.from(communes, ({ territoire }) => ofTerritoire.get(territoire ?? '') ?? -1),
  };
}

/** @param groupOfCommune undefined: one group of everybody */
function tallyLevel(
  shares: CellShares,
  states: Uint8Array,
  groupOfCommune: Int32Array | undefined,
  headlineRates: ReadonlyArray<number | undefined>,
): VariantTally[] {
  if (headlineRates.length === 0) return [];
  const people = sumByState(shares, states, groupOfCommune, headlineRates.length);
  return headlineRates.map((headlineRate, group) => {
    const [notConnected, uncovered, covered] = people.subarray(3 * group, 3 * group + 3);
    const population = notConnected! + uncovered! + covered!;
    const rate = population > 0 ? covered! / population : undefined;
    return {
      population,
      populationCovered: covered!,
      populationUncovered: uncovered!,
      populationNotConnected: notConnected!,
      rate,
      difference: rate === undefined || headlineRate === undefined ? undefined : rate - headlineRate,
    };
  });
}

/** 3 × group + state -> people, or whatever the shares count. */
export function sumByState(
  { cellCount, firstEntryOfCell, communeOfEntry, populationOfEntry }: CellShares,
  states: Uint8Array,
  groupOfCommune: Int32Array | undefined,
  groupCount: number,
): Float64Array {
  const people = new Float64Array(3 * groupCount);
  for (let cell = 0; cell < cellCount; cell++) {
    for (let entry = firstEntryOfCell[cell]!; entry < firstEntryOfCell[cell + 1]!; entry++) {
      const group = groupOfCommune === undefined ? 0 : groupOfCommune[communeOfEntry[entry]!]!;
      people[3 * group + states[cell]!]! += populationOfEntry[entry]!;
    }
  }
  return people;
}

/** The areas of a level make up the whole, to the last bit. */
function assertSum(level: readonly VariantTally[], whole: VariantTally): void {
  if (level.length === 0) return;
  const keys = ['population', 'populationCovered', 'populationUncovered', 'populationNotConnected'] as const;
  for (const key of keys) {
    const sum = level.reduce((total, tally) => total + tally[key], 0);
    if (sum !== whole[key])
      throw new Error(`${key} of a variant: areas sum to ${sum}, expected ${whole[key]}`);
  }
}
