/**
 * Timetables against the study: days that are no ordinary ones, feeds of another place, and communes without a stop. In go what is known of the feeds and the day; out come notices.
 */
import { findDay, weekdayOfDay } from '../common/days.ts';
import { isFrenchPublicHoliday, isFrenchSchoolHoliday } from '../common/french-holidays.ts';
import type { Notice } from '../common/notices.ts';
import { buildPolygonIndex } from '../common/polygon-index.ts';
import type { Commune } from '../read/records.ts';
import type { Timetable } from '../transit/timetable.ts';

/** What is said of one feed. */
export interface CheckedFeed {
  name: string;
  /** First and last day on which a trip runs, YYYY-MM-DD. */
  first: string;
  last: string;
  activeTripCount: number;
}

/** A stop further than this from every commune of the territory serves others, metres. */
const NEAR_TERRITORY_METERS = 5_000;
/** A day with fewer trips than this share of the usual day is no usual day. */
const LEAST_SHARE_OF_USUAL = 0.8;
/** Communes named in a notice. */
const SHOWN_COMMUNES = 10;
const SATURDAY = 5;

/** A usual day, as `date: auto` finds it. */
export interface UsualDate {
  date: string;
  tripCount: number;
}

/** Whether the day set by a study stands for ordinary days. */
export function checkDay(
  date: string,
  tripCount: number,
  usual: UsualDate | undefined,
  isFrance: boolean,
): Notice[] {
  const day = findDay(date);
  if (day === undefined) return [];
  const proposal = usual === undefined || usual.date === date ? '' : `; ${usual.date} is a usual day`;
  const reasons = [
    ...(weekdayOfDay(day) >= SATURDAY ? ['a Saturday or Sunday'] : []),
    ...(isFrance && isFrenchPublicHoliday(day) ? ['a public holiday'] : []),
    ...(isFrance && isFrenchSchoolHoliday(day, 'any') ? ['in the school holidays of at least one zone'] : []),
    ...(usual !== undefined && tripCount < LEAST_SHARE_OF_USUAL * usual.tripCount
      ? [`${tripCount} trips run, where a usual day has ${usual.tripCount}`]
      : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      code: 'study-day-unusual',
      severity: 'warning',
      message: `${date} is no ordinary day: ${reasons.join('; ')}${proposal}`,
      action: 'used as the study says',
      value: usual === undefined || usual.date === date ? date : `${date} (${usual.date})`,
    },
  ];
}

/** Feeds that serve no stop near the territory, and communes without a stop that is served on the day. */
export function checkStops(
  timetable: Pick<
    Timetable,
    'date' | 'feeds' | 'stopCount' | 'feedOfStop' | 'lonOfStop' | 'latOfStop' | 'servedOfStop'
  >,
  communes: readonly Commune[],
  peopleOf: (code: string) => number | undefined,
): Notice[] {
  const drawn = communes.filter((commune) => commune.geometry !== undefined);
  if (drawn.length === 0) return [];
  const index = buildPolygonIndex(drawn.map((commune) => commune.geometry));
  const isServed = new Uint8Array(drawn.length);
  const isNear = new Uint8Array(timetable.feeds.length);
  for (let stop = 0; stop < timetable.stopCount; stop++) {
    const lon = timetable.lonOfStop[stop]!;
    const lat = timetable.latOfStop[stop]!;
    if (Number.isNaN(lon) || Number.isNaN(lat)) continue;
    const { polygon, distanceMeters } = index.nearest(lon, lat, NEAR_TERRITORY_METERS);
    if (polygon < 0) continue;
    isNear[timetable.feedOfStop[stop]!] = 1;
    if (distanceMeters === 0 && timetable.servedOfStop[stop] === 1) isServed[polygon] = 1;
  }
  const notices = timetable.feeds
    .filter((_, feed) => isNear[feed] === 0)
    .map(
      ({ name }): Notice => ({
        code: 'feed-elsewhere',
        severity: 'warning',
        message: `no stop of the feed lies within ${NEAR_TERRITORY_METERS / 1000} km of the territory`,
        action: 'read, but it can bring nobody nearer',
        file: name,
      }),
    );
  const without = drawn.filter((_, commune) => isServed[commune] === 0);
  if (without.length === 0) return notices;
  const people = without.reduce((sum, { code }) => sum + (peopleOf(code) ?? 0), 0);
  notices.push({
    code: 'communes-without-stop',
    severity: 'info',
    message: `${without.length} of ${drawn.length} communes (${Math.round(people)} people) have no stop served on ${timetable.date}`,
    action: 'their people walk to stops beyond the border, or all the way',
    count: without.length,
    value: `${without.length} / ${drawn.length}: ${without
      .slice(0, SHOWN_COMMUNES)
      .map(({ code }) => code)
      .join(', ')}${without.length > SHOWN_COMMUNES ? ', …' : ''}`,
  });
  return notices;
}
