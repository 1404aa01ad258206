/**
 * What the tool computes for the indicators of action sheets, on 31 December of a year or on the study's day.
 * In go the structures of the territory with their communes; out comes a percentage or a number, or undefined
 * where the lists do not say enough: a share of nothing, and a share of charters that no list dates, are unknown,
 * not 0.
 *
 * Past years know only what is dated: a structure without a day of engagement or signature counts on the study's
 * day alone. Denominators are those of today's lists and communes.
 */
import { findEngagementState } from '../common/engagement.ts';
import type { Calculation } from '../read/action-sheets.ts';
import type { Structure } from '../read/records.ts';
import { findEngagedSince } from './follow-up.ts';
import type { PlacedCommune, PlacedStructure } from './structure-places.ts';

export interface SheetContext {
  /** Within the territory. */
  placed: readonly PlacedStructure[];
  communes: readonly PlacedCommune[];
  /** Circles that the study counts as engaged structures. */
  cercles: ReadonlyArray<1 | 2>;
  /** The study's day; undefined: no year can be told past from future. */
  date: string | undefined;
  /** Communes with fewer inhabitants are small. */
  smallCommunePopulation: number;
}

/** The value for a year, in per cent or as a number; undefined where it cannot be known. */
export function computeSheetValue(
  calculation: Calculation,
  year: number,
  context: SheetContext,
): number | undefined {
  const { date } = context;
  if (date === undefined || year > Number(date.slice(0, 4))) return undefined;
  const yearEnd = `${year}-12-31`;
  const day = yearEnd < date ? yearEnd : date;
  switch (calculation) {
    case 'part_ccas_convention':
      return computeConventions(context, day);
    case 'part_petites_communes_relais':
      return computeRelays(context, day);
    case 'part_structures_charte':
      return computeCharters(context, day);
    case 'nombre_structures_engagees':
      return listEngaged(context, day).length;
  }
}

/** CCAS and CIAS engaged with a signed charter / all of the lists. */
function computeConventions({ placed, date }: SheetContext, day: string): number | undefined {
  const all = placed.map(({ structure }) => structure).filter(({ type }) => type === 'ccas-cias');
  if (!all.some(({ dateCharte }) => dateCharte !== undefined)) return undefined;
  return toPercent(all.filter((structure) => hasConvention(structure, day, date)).length, all.length);
}

/** Small communes whose CCAS has no convention, and in which a structure is engaged / all such communes. */
function computeRelays(context: SheetContext, day: string): number | undefined {
  const { placed, communes, date, smallCommunePopulation } = context;
  const withConvention = new Set<string>();
  const withRelay = new Set<string>();
  for (const { structure, commune } of placed) {
    if (commune === undefined) continue;
    if (structure.type === 'ccas-cias' && hasConvention(structure, day, date)) {
      withConvention.add(commune.code);
    } else if (isRelay(structure) && isEngagedBy(structure, day, date)) {
      withRelay.add(commune.code);
    }
  }
  const small = communes.filter(
    ({ code, population }) =>
      population !== undefined &&
      population > 0 &&
      population < smallCommunePopulation &&
      !withConvention.has(code),
  );
  return toPercent(small.filter(({ code }) => withRelay.has(code)).length, small.length);
}

/** Structures engaged that have signed the charter / structures engaged. */
function computeCharters(context: SheetContext, day: string): number | undefined {
  const { placed, cercles } = context;
  const counted = placed.filter(({ structure }) => cercles.includes(structure.cercle));
  if (!counted.some(({ structure }) => structure.dateCharte !== undefined)) return undefined;
  const engaged = listEngaged(context, day);
  return toPercent(engaged.filter((structure) => hasSigned(structure, day)).length, engaged.length);
}

function listEngaged({ placed, cercles, date }: SheetContext, day: string): Structure[] {
  return placed
    .map(({ structure }) => structure)
    .filter((structure) => cercles.includes(structure.cercle) && isEngagedBy(structure, day, date));
}

/**
 * Partners and town halls are on lists because they exist, so a missing `engagee` does not make them relays; the
 * first circle is there to receive everyone.
 */
function isRelay({ cercle, engagee, engageeStated }: Structure): boolean {
  return engagee && (cercle === 1 || engageeStated);
}

function hasConvention(structure: Structure, day: string, date: string | undefined): boolean {
  return isEngagedBy(structure, day, date) && hasSigned(structure, day);
}

function hasSigned({ dateCharte }: Structure, day: string): boolean {
  return dateCharte !== undefined && dateCharte <= day;
}

/** Engaged on the study's day, or known to be by an earlier one. */
function isEngagedBy(structure: Structure, day: string, date: string | undefined): boolean {
  if (findEngagementState(structure, date) !== 'engaged') return false;
  if (day === date) return true;
  const since = findEngagedSince(structure, date);
  return since !== undefined && since <= day;
}

function toPercent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (100 * part) / whole;
}
