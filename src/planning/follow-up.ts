/**
 * The follow-up table of the national reference document: number and nature of the structures engaged on a day,
 * of them those that signed the charter, that receive all kinds of requests, that measure satisfaction, that were
 * audited; for the whole territory, each territoire d'action sociale and each EPCI, cumulative by year. In go all
 * structures read, whatever the selection of the headline but for its circles; no roads, no times.
 *
 * A structure stands in a past year only if its list dates it: by the day of its engagement, else of its charter.
 * One without a date counts on the study's day alone, and is told apart there. What a list does not say is
 * neither yes nor no, and is counted as not said.
 */
import { findEngagementState } from '../common/engagement.ts';
import type { Epci, Structure } from '../read/records.ts';
import { type PlacedStructure, placeInCommunes, type Territory } from './structure-places.ts';

export interface FollowUpInput extends Territory {
  structures: readonly Structure[];
  /** Names of the EPCI that the communes name. */
  epcis: readonly Epci[];
  /** The study's day, YYYY-MM-DD; undefined: dates of engagement are not compared. */
  date: string | undefined;
  /** Circles counted. */
  cercles: ReadonlyArray<1 | 2>;
}

/** How many say yes, no, and nothing. */
export interface Answers {
  yes: number;
  no: number;
  unstated: number;
}

export interface FollowUpTally {
  /** Structures engaged. */
  engaged: number;
  /** Of them, those of no known day of engagement or signature. */
  undated: number;
  charterSigned: number;
  /** Of those engaged, those whose list gives no day of signature. */
  charterUnstated: number;
  /** Of those engaged, buses and itinerant services, by rows of the lists. */
  itinerant: number;
  polyvalent: Answers;
  satisfaction: Answers;
  audit: Answers;
}

/** On 31 December of a year, or on the study's day. */
export interface FollowUpOnDay extends FollowUpTally {
  date: string | undefined;
}

export interface FollowUpType extends FollowUpTally {
  /** A structure's type, as in its record. */
  type: string;
}

export interface FollowUpArea {
  level: 'whole' | 'territoire' | 'epci';
  /** Empty for the whole, and for the structures of no area of the level. */
  code: string;
  /** Empty where the code is. */
  nom: string;
  /** Past years, then the study's day: the same days in every area. */
  days: FollowUpOnDay[];
  /** On the study's day, most engaged first. */
  types: FollowUpType[];
}

export interface FollowUp {
  date: string | undefined;
  cercles: ReadonlyArray<1 | 2>;
  /** The whole first, territoires by name, then EPCI by code; structures of none last in each. */
  areas: FollowUpArea[];
  /** Of the circles counted, in the territory, but not engaged on the day. */
  notEngagedCount: number;
  engagedLaterCount: number;
  /** Engaged on the day, in the territory, of other circles. */
  otherCircleCount: number;
  /** In the territory, of other circles, and not engaged on the day, or only later. */
  otherCircleNotEngagedCount: number;
  outsideCount: number;
  unplacedCount: number;
}

/** More past years than a table can show are left off; the figures are cumulative, so none is lost. */
const MOST_YEARS = 12;

export function buildFollowUp(input: FollowUpInput): FollowUp {
  const { date, cercles } = input;
  const { inside, outsideCount, unplacedCount } = placeInCommunes(input.structures, input);
  const states = inside.map(({ structure }) => findEngagementState(structure, date));
  const isCounted = ({ structure }: PlacedStructure): boolean => cercles.includes(structure.cercle);
  const countState = (state: string): number =>
    inside.filter((placed, i) => states[i] === state && isCounted(placed)).length;
  const engaged = inside.filter((_, i) => states[i] === 'engaged');
  const members = engaged.filter(isCounted);
  const days = listDays(members, date);
  return {
    date,
    cercles,
    areas: listAreas(input, members).map(({ members: own, ...area }) => ({
      ...area,
      days: days.map((day) => ({ date: day, ...tallyDay(own, day, date) })),
      types: listTypes(own, date),
    })),
    notEngagedCount: countState('not-engaged'),
    engagedLaterCount: countState('engaged-later'),
    otherCircleCount: engaged.length - members.length,
    otherCircleNotEngagedCount: inside.filter((placed, i) => states[i] !== 'engaged' && !isCounted(placed))
      .length,
    outsideCount,
    unplacedCount,
  };
}

/** The area's tally on the study's day. */
export function findLastDay(area: FollowUpArea): FollowUpOnDay {
  return area.days[area.days.length - 1]!;
}

/** Since when a structure is known to be engaged; a charter still to be signed dates nothing. */
export function findEngagedSince(structure: Structure, date: string | undefined): string | undefined {
  const { dateEngagement, dateCharte } = structure;
  if (dateEngagement !== undefined) return dateEngagement;
  return dateCharte !== undefined && (date === undefined || dateCharte <= date) ? dateCharte : undefined;
}

/** 31 December of each past year from the first one in which a structure engaged; last, the study's day. */
function listDays(members: readonly PlacedStructure[], date: string | undefined): Array<string | undefined> {
  const years = members
    .flatMap(({ structure }) => [findEngagedSince(structure, date), structure.dateCharte])
    .flatMap((day) => (day === undefined || (date !== undefined && day > date) ? [] : [yearOf(day)]));
  if (years.length === 0) return [date];
  const last = date === undefined ? Math.max(...years) : yearOf(date) - 1;
  const first = Math.max(Math.min(...years), last - MOST_YEARS + 1);
  const ends = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => `${first + i}-12-31`);
  return [...ends, date];
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

interface AreaMembers extends Pick<FollowUpArea, 'level' | 'code' | 'nom'> {
  members: PlacedStructure[];
}

/** Every area of the territory, also those without a structure. */
function listAreas({ communes, epcis }: FollowUpInput, members: readonly PlacedStructure[]): AreaMembers[] {
  const nomOfEpci = new Map(epcis.map(({ code, nom }) => [code, nom]));
  const territoires = [...new Set(communes.flatMap(({ territoire }) => territoire ?? []))].sort();
  const codes = [...new Set(communes.flatMap(({ epci }) => epci ?? []))].sort();
  const areas: AreaMembers[] = [{ level: 'whole', code: '', nom: '', members: [...members] }];
  const addLevel = (
    level: 'territoire' | 'epci',
    names: readonly string[],
    nomOf: (code: string) => string,
    codeOf: (placed: PlacedStructure) => string | undefined,
  ): void => {
    if (names.length === 0) return;
    for (const code of names) {
      const own = members.filter((placed) => codeOf(placed) === code);
      areas.push({ level, code, nom: nomOf(code), members: own });
    }
    const rest = members.filter((placed) => codeOf(placed) === undefined);
    if (rest.length > 0) areas.push({ level, code: '', nom: '', members: rest });
  };
  addLevel(
    'territoire',
    territoires,
    (nom) => nom,
    ({ commune }) => commune?.territoire,
  );
  addLevel(
    'epci',
    codes,
    (code) => nomOfEpci.get(code) ?? code,
    ({ commune }) => commune?.epci,
  );
  return areas;
}

/** Those engaged by a past day and dated so; on the study's own day all of them. */
function tallyDay(
  members: readonly PlacedStructure[],
  day: string | undefined,
  date: string | undefined,
): FollowUpTally {
  if (day === date) return tally(members, date, date);
  const known = members.filter(({ structure }) => {
    const since = findEngagedSince(structure, date);
    return since !== undefined && since <= day!;
  });
  return tally(known, day, date);
}

function listTypes(members: readonly PlacedStructure[], date: string | undefined): FollowUpType[] {
  const membersOfType = new Map<string, PlacedStructure[]>();
  for (const placed of members) {
    const own = membersOfType.get(placed.structure.type);
    if (own === undefined) membersOfType.set(placed.structure.type, [placed]);
    else own.push(placed);
  }
  return Array.from(membersOfType, ([type, own]) => ({ type, ...tally(own, date, date) })).sort(
    (a, b) => b.engaged - a.engaged || (a.type < b.type ? -1 : 1),
  );
}

function tally(
  members: readonly PlacedStructure[],
  day: string | undefined,
  date: string | undefined,
): FollowUpTally {
  const structures = members.map(({ structure }) => structure);
  const count = (test: (structure: Structure) => boolean): number => structures.filter(test).length;
  const answers = (key: 'polyvalent' | 'satisfaction' | 'audit'): Answers => ({
    yes: count((structure) => structure[key] === true),
    no: count((structure) => structure[key] === false),
    unstated: count((structure) => structure[key] === undefined),
  });
  return {
    engaged: structures.length,
    undated: count((structure) => findEngagedSince(structure, date) === undefined),
    charterSigned: count(
      ({ dateCharte }) => dateCharte !== undefined && (day === undefined || dateCharte <= day),
    ),
    charterUnstated: count(({ dateCharte }) => dateCharte === undefined),
    itinerant: count(({ format }) => format === 'bus' || format === 'itinerant'),
    polyvalent: answers('polyvalent'),
    satisfaction: answers('satisfaction'),
    audit: answers('audit'),
  };
}
