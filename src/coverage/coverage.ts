/**
 * The indicator: from each cell's time to its nearest structure to the people within the threshold, at every
 * level and in every mode. `CoverageInput` in, `CoverageResult` out; `coverage-result.ts` words the figures.
 *
 * People are counted cell by cell on network times, never by polygon. Conservation is asserted at every level in
 * every run: a violation is a bug and throws.
 */
import { decisecondsToMinutes, isWithin, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import { findPockets } from './commune-pockets.ts';
import {
  type AreaCoverage,
  BAND_EDGES_MINUTES,
  BORDERLINE_MINUTES,
  type CellShares,
  type CommuneCoverage,
  type CommuneState,
  type CoverageArea,
  type CoverageCommune,
  type CoverageInput,
  type CoverageResult,
  type CoverageTally,
  type DepartureTally,
  type ModeCombination,
  type ModeCoverage,
  type ModeTimes,
  type NearestStructure,
  NO_AREA_CODE,
  NO_CANTON_NAME,
  NO_EPCI_NAME,
  NO_TERRITOIRE_NAME,
  type TooLate,
} from './coverage-result.ts';
import { meanGap, tallyDepartures } from './departure-tally.ts';
import { computeBorderGain, countByFerryOnly, sumPeople } from './gains.ts';
import { countStructurePeople } from './structure-people.ts';
import { assertConserved, type OrderedTimes, orderByTime, type TallyRules, tallyGroups } from './tally.ts';

/**
 * Counts the people within the threshold. Throws where an input's arrays differ in length, where a combination
 * names an unknown mode, and where population would be lost.
 */
export function computeCoverage(input: CoverageInput): CoverageResult {
  const { shares } = input;
  const bandEdgesMinutes = input.bandEdgesMinutes ?? BAND_EDGES_MINUTES;
  const epcis = buildLevel(shares, (commune) => ({
    code: commune.epci ?? NO_AREA_CODE,
    nom: commune.epci === undefined ? NO_EPCI_NAME : (commune.epciNom ?? commune.epci),
  }));
  const cantons = buildLevel(shares, (commune) => ({
    code: commune.canton ?? NO_AREA_CODE,
    nom: commune.canton === undefined ? NO_CANTON_NAME : (commune.cantonNom ?? commune.canton),
  }));
  const territoires = buildLevel(shares, (commune) => ({
    code: commune.territoire ?? NO_AREA_CODE,
    nom: commune.territoire ?? NO_TERRITOIRE_NAME,
  }));
  const levels: Levels = { epcis, cantons, territoires, bandEdgesMinutes };

  for (const times of input.modes) checkLengths(times, shares.cellCount);
  const combined = (input.combinations ?? []).map((combination) => combineTimes(combination, input.modes));
  const modes = [
    ...input.modes.map((times) => coverMode(input, times, undefined, levels)),
    ...combined.map((times, at) => coverMode(input, times, input.combinations?.[at].combines, levels)),
  ];
  return {
    thresholdDeciseconds: input.thresholdDeciseconds,
    inclusive: input.inclusive,
    uncoveredBelow: input.uncoveredBelow,
    bandEdgesMinutes,
    cells: shares.account,
    communes: shares.communes,
    epcis: epcis.areas,
    cantons: cantons.areas,
    territoires: territoires.areas,
    modes: input.modeOrder === undefined ? modes : input.modeOrder.map((mode) => getMode(modes, mode)),
  };
}

/** The minimum of several modes, cell by cell; of equal times the first mode named. */
export function combineTimes(combination: ModeCombination, modes: readonly ModeTimes[]): ModeTimes {
  const parts = combination.combines.map((mode) => getMode(modes, mode));
  if (parts.length === 0) throw new Error(`combination ${combination.mode} names no mode`);
  const count = parts[0].timeOfCell.length;
  const timeOfCell = new Int32Array(count).fill(UNREACHED);
  const nearestStructureOfCell = new Int32Array(count).fill(-1);
  const distanceOfCell = parts.every((part) => part.distanceOfCell !== undefined)
    ? new Int32Array(count)
    : undefined;
  const linkedCell = new Uint8Array(count);
  for (const part of parts) {
    for (let cell = 0; cell < count; cell++) {
      if (part.linkedCell[cell] === 0) continue;
      linkedCell[cell] = 1;
      if (part.timeOfCell[cell] >= timeOfCell[cell]) continue;
      timeOfCell[cell] = part.timeOfCell[cell];
      nearestStructureOfCell[cell] = part.nearestStructureOfCell[cell];
      if (distanceOfCell && part.distanceOfCell) distanceOfCell[cell] = part.distanceOfCell[cell];
    }
  }
  const result: ModeTimes = {
    mode: combination.mode,
    timeOfCell,
    nearestStructureOfCell,
    distanceOfCell,
    linkedCell,
  };
  if (parts.every((part) => part.timeOfCellWithoutBeyond !== undefined)) {
    result.timeOfCellWithoutBeyond = minimumTimes(parts);
  }
  return result;
}

interface Level {
  areas: CoverageArea[];
  /** row of `shares.communes` -> position in `areas`. */
  areaOfCommune: Int32Array;
}

interface Levels {
  epcis: Level;
  cantons: Level;
  territoires: Level;
  bandEdgesMinutes: readonly number[];
}

/** Areas by code, the unnamed one last; none at all where no commune names one. */
function buildLevel(shares: CellShares, areaOf: (commune: CoverageCommune) => CoverageArea): Level {
  const byCode = new Map<string, CoverageArea>();
  for (const commune of shares.communes) {
    const area = areaOf(commune);
    if (!byCode.has(area.code)) byCode.set(area.code, area);
  }
  const isNamed = [...byCode.keys()].some((code) => code !== NO_AREA_CODE);
  const areas = isNamed ? [...byCode.values()].sort(compareAreas) : [];
  const position = new Map(areas.map((area, at) => [area.code, at]));
  const areaOfCommune = Int32Array.from(
    shares.communes,
    (commune) => position.get(areaOf(commune).code) ?? -1,
  );
  return { areas, areaOfCommune };
}

function compareAreas(a: CoverageArea, b: CoverageArea): number {
  if (a.code === NO_AREA_CODE || b.code === NO_AREA_CODE) return a.code === NO_AREA_CODE ? 1 : -1;
  return a.code < b.code ? -1 : 1;
}

function coverMode(
  input: CoverageInput,
  times: ModeTimes,
  combines: readonly string[] | undefined,
  levels: Levels,
): ModeCoverage {
  const { shares } = input;
  const rules: TallyRules = { ...input, bandEdgesMinutes: levels.bandEdgesMinutes };
  const ordered = orderByTime(times.timeOfCell, times.linkedCell);
  const one = new Int32Array(shares.communeOfEntry.length);
  const [whole] = withDepartures(
    tallyGroups(shares, ordered, rules, one, 1),
    tallyDepartures(shares, times, rules, one, 1),
  );
  assertConserved(whole, `${times.mode}, the whole territory`);
  if (whole.population !== shares.account.populationInside) {
    throw new Error(
      `population is not conserved in ${times.mode}: ${whole.population} counted, ${shares.account.populationInside} in the study`,
    );
  }
  const communes = coverCommunes(input, times, ordered, rules, whole);
  const pockets = input.communeBorders === undefined ? [] : findPockets(communes, input.communeBorders);
  return {
    mode: times.mode,
    combines,
    whole,
    populationNotLinked: sumPeople(shares, (cell) => times.linkedCell[cell] === 0),
    communes,
    epcis: coverLevel(shares, times, ordered, rules, levels.epcis, `${times.mode}, EPCI`, whole),
    cantons: coverLevel(shares, times, ordered, rules, levels.cantons, `${times.mode}, cantons`, whole),
    territoires: coverLevel(
      shares,
      times,
      ordered,
      rules,
      levels.territoires,
      `${times.mode}, territoires`,
      whole,
    ),
    pockets,
    structures: countStructurePeople(shares, times, input.structureCount),
    borderGain: computeBorderGain(input, times, whole),
    populationByFerryOnly: countByFerryOnly(input, times),
  };
}

/** Tallies with what a timetable adds to them, where there is one. */
function withDepartures(
  tallies: readonly CoverageTally[],
  departures: readonly DepartureTally[] | undefined,
): CoverageTally[] {
  return tallies.map((tally, at) =>
    departures === undefined ? tally : { ...tally, departures: departures[at] },
  );
}

function coverLevel(
  shares: CellShares,
  times: ModeTimes,
  ordered: OrderedTimes,
  rules: TallyRules,
  level: Level,
  place: string,
  whole: CoverageTally,
): AreaCoverage[] {
  if (level.areas.length === 0) return [];
  const groupOfEntry = Int32Array.from(shares.communeOfEntry, (row) => level.areaOfCommune[row]);
  const tallies = tallyGroups(shares, ordered, rules, groupOfEntry, level.areas.length);
  assertLevel(tallies, place, whole);
  const departures = tallyDepartures(shares, times, rules, groupOfEntry, level.areas.length);
  return withDepartures(tallies, departures).map((tally, at) => ({ area: level.areas[at], ...tally }));
}

/** Every row conserves its people, and the rows together make up the whole. */
function assertLevel(tallies: readonly CoverageTally[], place: string, whole: CoverageTally): void {
  tallies.forEach((tally, at) => {
    assertConserved(tally, `${place}, row ${at}`);
  });
  const keys = ['population', 'populationCovered', 'populationUncovered', 'populationNotConnected'] as const;
  for (const key of keys) {
    const sum = tallies.reduce((total, tally) => total + tally[key], 0);
    if (sum !== whole[key]) {
      throw new Error(`${key} is not conserved in ${place}: rows sum to ${sum}, expected ${whole[key]}`);
    }
  }
}

function coverCommunes(
  input: CoverageInput,
  times: ModeTimes,
  ordered: OrderedTimes,
  rules: TallyRules,
  whole: CoverageTally,
): CommuneCoverage[] {
  const { shares } = input;
  if (shares.communes.length === 0) return [];
  const groupOfEntry = Int32Array.from(shares.communeOfEntry);
  const count = shares.communes.length;
  const tallies = tallyGroups(shares, ordered, rules, groupOfEntry, count);
  assertLevel(tallies, `${times.mode}, communes`, whole);
  const shift = minutesToDeciseconds(BORDERLINE_MINUTES);
  const shifted = [-shift, shift].map((deciseconds) =>
    coveredOfCommune(shares, times, ordered, rules.thresholdDeciseconds + deciseconds, rules.inclusive),
  );
  const nearest = findNearestStructures(shares, times, ordered, input.structureCount);
  const tooLate = describeTooLate(input, times, ordered, rules, groupOfEntry);
  const departures = tallyDepartures(shares, times, rules, groupOfEntry, count);
  const car = departures && input.modes.find(({ mode }) => mode === 'car');
  const gaps = car && meanGap(shares, times, car, groupOfEntry, count);
  return withDepartures(tallies, departures).map((tally, row) => {
    const stateOf = (covered: number): CommuneState =>
      findState(covered, tally.population, input.uncoveredBelow);
    const etat = stateOf(tally.populationCovered);
    return {
      area: shares.communes[row],
      ...tally,
      etat,
      borderline: shifted.some((covered) => stateOf(covered[row]) !== etat),
      nearestStructure: nearest[row],
      tooLate: tooLate[row],
      ...(gaps === undefined ? {} : { minutesOverCar: gaps[row] }),
    };
  });
}

/** row -> the figures of its people who are reached beyond the threshold. */
function describeTooLate(
  { shares, structureCount }: CoverageInput,
  times: ModeTimes,
  ordered: OrderedTimes,
  rules: TallyRules,
  groupOfEntry: Int32Array,
): Array<TooLate | undefined> {
  const { thresholdDeciseconds, inclusive } = rules;
  const { timeOfCell, reachedCells } = ordered;
  // In ascending time: those beyond the threshold are the last.
  const first = reachedCells.findIndex(
    (cell) => !isWithin(timeOfCell[cell], thresholdDeciseconds, inclusive),
  );
  const beyond = first < 0 ? new Uint32Array(0) : reachedCells.subarray(first);
  const late: OrderedTimes = { timeOfCell, reachedCells: beyond, notConnectedCells: new Uint32Array(0) };
  const nearest = findNearestStructures(shares, times, late, structureCount);
  const tallies = tallyGroups(shares, late, rules, groupOfEntry, shares.communes.length);
  return nearest.map((nearestStructure, row) => {
    const { medianMinutes } = tallies[row];
    if (nearestStructure === undefined || medianMinutes === undefined) return undefined;
    return { nearestStructure, medianMinutes };
  });
}

export function findState(covered: number, population: number, uncoveredBelow: number): CommuneState {
  if (population === 0) return 'sans population';
  if (covered === population) return 'couverte';
  return covered / population < uncoveredBelow ? 'non couverte' : 'partielle';
}

/** row -> people covered if the threshold were this one. */
function coveredOfCommune(
  shares: CellShares,
  times: ModeTimes,
  ordered: OrderedTimes,
  thresholdDeciseconds: number,
  inclusive: boolean,
): Float64Array {
  const covered = new Float64Array(shares.communes.length);
  for (const cell of ordered.reachedCells) {
    if (!isWithin(times.timeOfCell[cell], thresholdDeciseconds, inclusive)) break;
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      covered[shares.communeOfEntry[entry]] += shares.populationOfEntry[entry];
    }
  }
  return covered;
}

/** row -> the structure that is nearest for most of its people; of equals the first in input order. */
function findNearestStructures(
  shares: CellShares,
  times: ModeTimes,
  ordered: OrderedTimes,
  structureCount: number,
): Array<NearestStructure | undefined> {
  interface Sum {
    people: number;
    deciseconds: number;
    decimeters: number;
  }
  const sums = new Map<number, Sum>();
  for (const cell of ordered.reachedCells) {
    const structure = times.nearestStructureOfCell[cell];
    for (let entry = shares.firstEntryOfCell[cell]; entry < shares.firstEntryOfCell[cell + 1]; entry++) {
      const key = shares.communeOfEntry[entry] * structureCount + structure;
      const people = shares.populationOfEntry[entry];
      const sum = sums.get(key) ?? { people: 0, deciseconds: 0, decimeters: 0 };
      sum.people += people;
      sum.deciseconds += people * times.timeOfCell[cell];
      sum.decimeters += people * (times.distanceOfCell?.[cell] ?? Number.NaN);
      sums.set(key, sum);
    }
  }
  const best: Array<NearestStructure | undefined> = new Array(shares.communes.length).fill(undefined);
  for (const key of [...sums.keys()].sort((a, b) => a - b)) {
    const sum = sums.get(key) as Sum;
    const row = Math.floor(key / structureCount);
    if (sum.people <= (best[row]?.population ?? 0)) continue;
    const meters = sum.decimeters / sum.people / 10;
    best[row] = {
      structureIndex: key % structureCount,
      population: sum.people,
      meanMinutes: decisecondsToMinutes(sum.deciseconds / sum.people),
      meanMeters: Number.isNaN(meters) ? undefined : meters,
    };
  }
  return best;
}

function minimumTimes(parts: readonly ModeTimes[]): Int32Array {
  const minimum = new Int32Array(parts[0].timeOfCell.length).fill(UNREACHED);
  for (const part of parts) {
    const times = part.timeOfCellWithoutBeyond as Int32Array;
    for (let cell = 0; cell < minimum.length; cell++) {
      if (part.linkedCell[cell] !== 0 && times[cell] < minimum[cell]) minimum[cell] = times[cell];
    }
  }
  return minimum;
}

function getMode<T extends { mode: string }>(modes: readonly T[], mode: string): T {
  const found = modes.find((candidate) => candidate.mode === mode);
  if (found === undefined) {
    throw new Error(
      `no times of mode ${mode}; there are ${modes.map((candidate) => candidate.mode).join(', ')}`,
    );
  }
  return found;
}

function checkLengths(times: ModeTimes, cellCount: number): void {
  const arrays = { ...times };
  for (const [name, array] of Object.entries(arrays)) {
    if (!(array instanceof Int32Array || array instanceof Uint8Array)) continue;
    if (array.length !== cellCount) {
      throw new Error(`${name} of ${times.mode} holds ${array.length} values, expected ${cellCount}`);
    }
  }
}
