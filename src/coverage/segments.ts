/**
 * The headline's rate of parts of the population: poor households, people under 18, of 65 and over, of 80 and
 * over. A cell's members stand where its people stand, shared out over communes as they are.
 *
 * Statistical secrecy: no figure of a group of fewer than 11 households. A place with fewer households than that
 * has none; nor has a place with fewer than 11 poor households, or fewer than 11 people of an age, who live in
 * fewer than 11 households at any rate. Without the households of the cells nothing can be told to be allowed.
 */
import type { CellSegments, PopulationCells } from '../read/records.ts';
import type { CellShares, CoverageResult, ModeCoverage } from './coverage-result.ts';
import { chooseUnit, toExact } from './exact-people.ts';
import { groupsOfLevels, sumByState, type VariantCoverage, type VariantTally } from './variants.ts';

export const SEGMENTS = ['poor_households', 'under_18', 'from_65', 'from_80'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What a segment counts: its members are people, or households. */
export function unitOfSegment(segment: Segment): 'people' | 'households' {
  return segment === 'poor_households' ? 'households' : 'people';
}

/** No figure of fewer households. */
export const FEWEST_HOUSEHOLDS = 11;

/** A tally of members instead of people; without figures where they are secret. */
export type SegmentTally = VariantTally | { isSecret: true };

export interface SegmentCoverage {
  segment: Segment;
  /** By mode, in the result's order. */
  modes: Array<VariantCoverage<SegmentTally>>;
}

const ARRAY_OF_SEGMENT: Readonly<Record<Segment, keyof CellSegments>> = {
  poor_households: 'poorHouseholds',
  under_18: 'under18',
  from_65: 'from65',
  from_80: 'from80',
};

/**
 * The segments that the cells carry; none where their households are unknown.
 * @param statesOfMode the headline's states of the cells by mode of the result (`findStates`)
 */
export function coverSegments(
  cells: Pick<PopulationCells, 'population' | 'segments'>,
  shares: CellShares,
  result: CoverageResult,
  statesOfMode: ReadonlyMap<string, Uint8Array>,
): SegmentCoverage[] {
  const { segments } = cells;
  if (segments?.households === undefined) return [];
  const households = shareMembers(shares, segments.households, cells.population);
  return SEGMENTS.flatMap((segment) => {
    const members = segments[ARRAY_OF_SEGMENT[segment]];
    if (members === undefined) return [];
    const shared = shareMembers(shares, members, cells.population);
    const modes = result.modes.map((mode) =>
      coverMode(shared, households, result, mode, statesOfMode.get(mode.mode)!),
    );
    return [{ segment, modes }];
  });
}

/**
 * Shares that count a segment's members in the place of people; exact like them. Cells whose grid does not say
 * (NaN) have none: the rate is of the members known.
 */
export function shareMembers(
  shares: CellShares,
  toldOfCell: Float64Array,
  peopleOfCell: Float64Array,
): CellShares {
  const memberCountOfCell = toldOfCell.map((members) => (Number.isNaN(members) ? 0 : members));
  const unit = chooseUnit(memberCountOfCell);
  const populationOfEntry = new Float64Array(shares.populationOfEntry.length);
  for (let cell = 0; cell < shares.cellCount; cell++) {
    const people = peopleOfCell[cell]!;
    if (people <= 0) continue;
    for (let entry = shares.firstEntryOfCell[cell]!; entry < shares.firstEntryOfCell[cell + 1]!; entry++) {
      const members = (memberCountOfCell[cell]! * shares.populationOfEntry[entry]!) / people;
      populationOfEntry[entry] = toExact(members, unit);
    }
  }
  return { ...shares, unit, populationOfEntry };
}

function coverMode(
  members: CellShares,
  households: CellShares,
  result: CoverageResult,
  headline: ModeCoverage,
  states: Uint8Array,
): VariantCoverage<SegmentTally> {
  const groups = groupsOfLevels(members, result);
  const tally = (groupOfCommune: Int32Array | undefined, rates: ReadonlyArray<number | undefined>) => {
    if (rates.length === 0) return [];
    const memberCounts = sumByState(members, states, groupOfCommune, rates.length);
    const householdCounts = sumByState(households, states, groupOfCommune, rates.length);
    return rates.map((rate, group) => {
      const of = (counts: Float64Array) => counts.subarray(3 * group, 3 * group + 3);
      return tallyMembers(of(memberCounts), of(householdCounts), rate);
    });
  };
  const ratesOf = (areas: ReadonlyArray<{ rate: number | undefined }>) => areas.map(({ rate }) => rate);
  return {
    mode: headline.mode,
    whole: tally(undefined, [headline.whole.rate])[0]!,
    epcis: tally(groups.epcis, ratesOf(headline.epcis)),
    territoires: tally(groups.territoires, ratesOf(headline.territoires)),
  };
}

function tallyMembers(
  [notConnected, uncovered, covered]: Float64Array,
  households: Float64Array,
  headlineRate: number | undefined,
): SegmentTally {
  const population = notConnected! + uncovered! + covered!;
  const householdCount = households.reduce((sum, each) => sum + each, 0);
  if (Math.min(population, householdCount) < FEWEST_HOUSEHOLDS) return { isSecret: true };
  const rate = covered! / population;
  return {
    population,
    populationCovered: covered!,
    populationUncovered: uncovered!,
    populationNotConnected: notConnected!,
    rate,
    difference: headlineRate === undefined ? undefined : rate - headlineRate,
  };
}
