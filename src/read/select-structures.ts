/**
 * Which structures count in the headline: engaged ones of the chosen circles, formats and types, open at least
 * once in the week, and not too far from the territory. In go all structures read; out come those selected and,
 * for each other one, the first reason that leaves it out. What the lists do not say is counted too.
 */
import { findEngagementState } from '../common/engagement.ts';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { Study } from '../study/study.ts';
import { isEverOpen } from './opening-hours.ts';
import { type Bounds, isOnEarth } from './positions.ts';
import type { Structure } from './records.ts';

export type LeftOutReason =
  | 'not-engaged'
  | 'engaged-later'
  | 'other-circle'
  | 'other-type'
  | 'other-format'
  | 'itinerant-by-stops'
  | 'itinerant-without-stops'
  | 'itinerant-without-calendar'
  | 'itinerant-other-week'
  | 'never-open'
  | 'beyond-border'
  | 'too-far'
  | 'off-the-roads'
  | 'unknown-type';

/** Reason -> words for tables. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, { fr: string; en: string }>> = {
  'not-engaged': { fr: 'non engagée', en: 'not engaged' },
  'engaged-later': { fr: 'engagée après la date étudiée', en: 'engaged after the day of the study' },
  'other-circle': { fr: 'd’un autre cercle', en: 'of another circle' },
  'other-type': { fr: 'd’un autre type', en: 'of another type' },
  'other-format': { fr: 'd’un format non retenu', en: 'of a format not selected' },
  'itinerant-by-stops': { fr: 'itinérante, comptée par ses arrêts', en: 'itinerant, counted by their stops' },
  'itinerant-without-stops': {
    fr: 'itinérante, sans arrêts ni calendrier dans l’étude',
    en: 'itinerant, without stops and calendar in the study',
  },
  'itinerant-without-calendar': {
    fr: 'arrêt itinérant sans calendrier lisible',
    en: 'itinerant stops without a calendar that can be read',
  },
  'itinerant-other-week': {
    fr: 'arrêt itinérant sans passage cette semaine',
    en: 'itinerant stops without a visit that week',
  },
  'never-open': { fr: 'jamais ouverte dans la semaine', en: 'never open in the week' },
  'beyond-border': { fr: 'au-delà de la limite du territoire', en: 'beyond the border' },
  'too-far': { fr: 'trop loin du territoire', en: 'too far from the territory' },
  'off-the-roads': { fr: 'hors des routes lues', en: 'off the roads read' },
  'unknown-type': { fr: 'de type inconnu', en: 'of unknown type' },
};

export interface SelectionOptions {
  /** The day studied, YYYY-MM-DD; undefined: dates of engagement are not compared. */
  date?: string | undefined;
  /** Bounds of the roads read. */
  roadBounds?: Bounds | undefined;
  /** Metres from a point to the territory, 0 inside, Infinity beyond the bound given. */
  distanceToTerritory?: ((lon: number, lat: number, maxMeters: number) => number) | undefined;
}

export interface SelectedStructures {
  /** In the order read. */
  selected: Structure[];
  leftOut: Array<{ structure: Structure; reason: LeftOutReason }>;
  /** Reason -> count, in the order of `LEFT_OUT_WORDS`; reasons without a structure are absent. */
  countOfReason: ReadonlyMap<LeftOutReason, number>;
  /** Among those selected: how many rows do not say, and were assumed; hours not understood are counted apart. */
  assumed: { engaged: number; cercle: number; hours: number; unreadHours: number };
}

/** Nobody drives faster than this from the border, km/h: the motorway limit. */
const FASTEST_KPH = 130;

/** Throws a UsageError where no structure is left. */
export function selectStructures(
  structures: readonly Structure[],
  study: Pick<Study, 'selection' | 'crossBorder' | 'thresholdMinutes'>,
  options: SelectionOptions,
  notices: NoticeList,
): SelectedStructures {
  const ownersOfStops = findOwnersOfStops(structures);
  const selected: Structure[] = [];
  const leftOut: SelectedStructures['leftOut'] = [];
  for (const structure of structures) {
    const reason = findReason(structure, study, options, ownersOfStops);
    if (reason === undefined) selected.push(structure);
    else leftOut.push({ structure, reason });
  }
  const countOfReason = new Map<LeftOutReason, number>();
  for (const reason of Object.keys(LEFT_OUT_WORDS) as LeftOutReason[]) {
    const count = leftOut.filter((each) => each.reason === reason).length;
    if (count > 0) countOfReason.set(reason, count);
  }
  for (const [reason, count] of countOfReason) {
    const { file, row, id } = leftOut.find((each) => each.reason === reason)!.structure;
    notices.add({
      code: `structures-${reason}`,
      severity: reason === 'unknown-type' ? 'warning' : 'info',
      message: `${count} ${count === 1 ? 'structure is' : 'structures are'} ${LEFT_OUT_WORDS[reason].en}, the first of them here`,
      action: reason === 'itinerant-by-stops' ? 'counted at their stops' : 'not counted',
      count,
      file,
      row,
      id,
    });
  }
  if (selected.length > 0) return { selected, leftOut, countOfReason, assumed: countAssumed(selected) };
  const counts = [...countOfReason].map(([reason, count]) => `${count} ${LEFT_OUT_WORDS[reason].en}`);
  throw new UsageError('no structure is left after the selection', {
    value: counts.join(', '),
    remedy: countOfReason.has('unknown-type')
      ? 'Say under the key type_mapping which types the words of the lists mean, or widen structures_selection.'
      : 'Widen structures_selection, or give the lists and the roads of this territory.',
  });
}

/** Itinerant structures that count by their stops. */
export function findOwnersOfStops(structures: readonly Structure[]): ReadonlySet<string> {
  return new Set(structures.flatMap(({ stop }) => stop?.of ?? []));
}

/** Why a structure does not count; undefined where it does. */
export function findReason(
  structure: Structure,
  { selection, crossBorder, thresholdMinutes }: Pick<Study, 'selection' | 'crossBorder' | 'thresholdMinutes'>,
  { date, roadBounds, distanceToTerritory }: SelectionOptions,
  ownersOfStops: ReadonlySet<string>,
): LeftOutReason | undefined {
  const { id, lon, lat, format, horaires, stop } = structure;
  if (roadBounds !== undefined && !isInside(roadBounds, lon, lat)) return 'off-the-roads';
  if (distanceToTerritory !== undefined) {
    const farthestMeters = (thresholdMinutes / 60) * FASTEST_KPH * 1000;
    const meters = distanceToTerritory(lon, lat, farthestMeters);
    if (meters > farthestMeters) return 'too-far';
    if (meters > 0 && !crossBorder) return 'beyond-border';
  }
  if (selection.engagedOnly) {
    const state = findEngagementState(structure, date);
    if (state !== 'engaged') return state;
  }
  if (!selection.cercles.includes(structure.cercle)) return 'other-circle';
  if (selection.types.length > 0 && !selection.types.includes(structure.type)) return 'other-type';
  if (!selection.formats.includes(format)) return 'other-format';
  if (format === 'bus' || format === 'itinerant') {
    // The row is a base address; where the rounds stop, and when, only the study's stops tell.
    if (stop === undefined) return ownersOfStops.has(id) ? 'itinerant-by-stops' : 'itinerant-without-stops';
    if (stop.opens === undefined) return 'itinerant-without-calendar';
    if (!stop.opens) return 'itinerant-other-week';
  }
  if (selection.openInWeekOnly && horaires !== undefined) {
    if (structure.isClosedThatWeek === true || !isEverOpen(horaires)) return 'never-open';
  }
  // Last, so that these are the ones that their type alone keeps from counting.
  if (structure.isTypeUnknown === true && selection.countsUnknownTypes !== true) return 'unknown-type';
  return undefined;
}

/** Just outside the outermost road is still beside it: the link decides, degrees (300 m). */
const MARGIN_DEGREES = 0.003;

function isInside(bounds: Bounds, lon: number, lat: number): boolean {
  return (
    isOnEarth(lon, lat) &&
    lon >= bounds[0] - MARGIN_DEGREES &&
    lon <= bounds[2] + MARGIN_DEGREES &&
    lat >= bounds[1] - MARGIN_DEGREES &&
    lat <= bounds[3] + MARGIN_DEGREES
  );
}

function countAssumed(structures: readonly Structure[]): SelectedStructures['assumed'] {
  return {
    engaged: structures.filter((structure) => !structure.engageeStated).length,
    cercle: structures.filter((structure) => !structure.cercleStated).length,
    hours: structures.filter(({ horaires, unreadHours }) => (horaires ?? unreadHours) === undefined).length,
    unreadHours: structures.filter(({ unreadHours }) => unreadHours !== undefined).length,
  };
}
