/**
 * Calage: each commune's cells scaled to its official population (PMUN), since a grid built from tax files holds
 * some 5 % fewer people. In: shares per commune and the official populations. Out: the same shares with other
 * people, still multiples of one power of two, so that a commune sums to its PMUN to the last bit, and what
 * could not be scaled. Where people live does not change, only how many a cell stands for.
 */
import type { CellAccount, CellShares } from './coverage-result.ts';
import { NO_AREA_CODE } from './coverage-result.ts';
import { chooseUnit, splitExact, toExact } from './exact-people.ts';

export interface Calibration {
  shares: CellShares;
  /** People of the study before, and after. */
  populationBefore: number;
  populationAfter: number;
  /** Sum of the official populations of the study's communes, whether their cells could be scaled or not. */
  populationOfficial: number;
  communeCountScaled: number;
  /** Communes with an official population, but nobody in any cell: their people stand nowhere. */
  withoutCells: CommuneCount[];
  /** Communes without an official population (and `hors commune`): their cells are as the grid has them. */
  withoutOfficial: CommuneCount[];
}

export interface CommuneCount {
  code: string;
  nom: string;
  people: number;
}

/** @param officialOfCommune current commune code -> people, >= 0 */
export function calibrateShares(
  shares: CellShares,
  officialOfCommune: ReadonlyMap<string, number>,
): Calibration {
  const entriesOfCommune = groupEntries(shares);
  const withoutCells: CommuneCount[] = [];
  const withoutOfficial: CommuneCount[] = [];
  const scaled: Array<{ entries: readonly number[]; people: number; official: number }> = [];
  let populationOfficial = 0;
  shares.communes.forEach(({ code, nom }, commune) => {
    const entries = entriesOfCommune[commune];
    const people = sumOf(shares.populationOfEntry, entries);
    const official = code === NO_AREA_CODE ? undefined : officialOfCommune.get(code);
    populationOfficial += official ?? 0;
    if (official === undefined) {
      if (people > 0) withoutOfficial.push({ code, nom, people });
    } else if (people > 0) scaled.push({ entries, people, official });
    else if (official > 0) withoutCells.push({ code, nom, people: official });
  });

  const approximate = shares.populationOfEntry.slice();
  for (const { entries, people, official } of scaled) {
    for (const entry of entries) approximate[entry] *= official / people;
  }
  // Anew, since the total grows: a power of two that still holds it.
  const unit = chooseUnit(approximate);
  const populationOfEntry = shares.populationOfEntry.map((people) => toExact(people, unit));
  for (const { entries, official } of scaled) {
    const weights = entries.map((entry) => shares.populationOfEntry[entry]);
    const parts = splitExact(toExact(official, unit), weights, unit);
    entries.forEach((entry, i) => {
      populationOfEntry[entry] = parts[i];
    });
  }
  return {
    shares: { ...shares, unit, populationOfEntry, account: recount(shares, populationOfEntry) },
    populationBefore: shares.account.populationInside,
    populationAfter: sumOf(populationOfEntry),
    populationOfficial,
    communeCountScaled: scaled.length,
    withoutCells,
    withoutOfficial,
  };
}

/** commune -> its entries. */
function groupEntries({ communes, communeOfEntry }: CellShares): number[][] {
  const entriesOfCommune: number[][] = communes.map(() => []);
  communeOfEntry.forEach((commune, entry) => {
    entriesOfCommune[commune]?.push(entry);
  });
  return entriesOfCommune;
}

function sumOf(people: Float64Array, entries: Iterable<number> = people.keys()): number {
  let sum = 0;
  for (const entry of entries) sum += people[entry];
  return sum;
}

/** What was read and what lies outside stays; the people inside are those after scaling. */
function recount({ account, ruleOfEntry }: CellShares, populationOfEntry: Float64Array): CellAccount {
  if (ruleOfEntry === undefined) throw new RangeError('shares without ruleOfEntry cannot be counted anew');
  const populationByRule: CellAccount['populationByRule'] = {
    grid: 0,
    split: 0,
    centre: 0,
    nearest: 0,
    none: 0,
  };
  populationOfEntry.forEach((people, entry) => {
    populationByRule[ruleOfEntry[entry]] += people;
  });
  return { ...account, populationInside: sumOf(populationOfEntry), populationByRule };
}
