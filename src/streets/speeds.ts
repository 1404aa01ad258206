/**
 * How fast a street is passed between junctions, per mode and direction.
 *
 * Cars: a share of the limit where one is tagged or implied, else a speed by class; then capped by the surface,
 * slowed on single-lane two-way streets. Bicycles: the cyclist's own pace times a share for bad ground, never
 * above the limit and never below the pace at which the bicycle would be pushed. All figures come from the
 * table (`data/speeds.json`), where each has its source; delays at junctions are the graph's business.
 */
import type { OsmTags } from '../read/osm/osm-data.ts';
import type { Direction } from './access-values.ts';
import { widthMetersOf } from './dimensions.ts';
import { limitKph } from './limits.ts';
import type { SpeedTable, StreetClass } from './way-profile.ts';

/** No street is slower than this for a car, so that no time grows without bound. */
const LEAST_CAR_KPH = 3;

const LONGEST_DURATION_SECONDS = 7 * 24 * 3600;

/** Two cars need this to pass each other without stopping (a car is 1.9 m wide, and a margin). */
const TWO_WAY_WIDTH_METERS = 4;
const ONE_WAY_WIDTH_METERS = 2.5;

/** Free-flow km/h of a car, > 0. */
export function carSpeedKph(
  tags: OsmTags,
  streetClass: StreetClass,
  direction: Direction,
  isTwoWay: boolean,
  table: SpeedTable,
): number {
  const limit = limitKph(tags, direction, table.ruralLimitKph);
  let speed =
    limit === undefined
      ? classValue(table.untaggedKph, streetClass, 'untaggedKph')
      : limit * classValue(table.shareOfLimit, streetClass, 'shareOfLimit');
  if (isNarrow(tags, isTwoWay)) speed *= table.narrowShare ?? 1;
  for (const cap of [
    table.carCapKph?.surface?.[tags.surface ?? ''],
    table.carCapKph?.smoothness?.[tags.smoothness ?? ''],
    table.carCapKph?.tracktype?.[tags.tracktype ?? ''],
  ]) {
    if (cap !== undefined) speed = Math.min(speed, cap);
  }
  return Math.max(speed, LEAST_CAR_KPH);
}

/** km/h of a cyclist in the saddle, at least the pace at which the bicycle would be pushed. */
export function bikeSpeedKph(
  tags: OsmTags,
  streetClass: StreetClass,
  direction: Direction,
  table: SpeedTable,
): number {
  const { kph, pushedKph, classShare, surfaceShare } = table.bike;
  const share = Math.min(classShare?.[streetClass] ?? 1, surfaceShare?.[tags.surface ?? ''] ?? 1);
  const limit = limitKph(tags, direction, table.ruralLimitKph) ?? Number.POSITIVE_INFINITY;
  return Math.max(Math.min(kph * share, limit), pushedKph);
}

/** km/h of a cyclist on foot beside the bicycle. */
export function pushingKph(tags: OsmTags, table: SpeedTable): number {
  const { pushedKph, stairsKph } = table.bike;
  return tags.highway === 'steps' ? (stairsKph ?? pushedKph) : pushedKph;
}

/**
 * Seconds of a `duration` tag: `HH:MM`, `HH:MM:SS`, ISO 8601 (`PT1H30M`), hours and minutes in words ("1 h 30",
 * "45 min", "1.5 hours"), or minutes ("20"); of a list the first that can be read. Undefined where absent, zero or
 * unreadable, and where it is more than a week: no crossing takes that long. Source: OSM wiki, Key:duration.
 */
export function parseDurationSeconds(value: string | undefined): number | undefined {
  for (const part of (value ?? '').split(';')) {
    const seconds = secondsOfDuration(part.trim().replace(',', '.'));
    if (seconds > 0 && seconds <= LONGEST_DURATION_SECONDS) return Math.round(seconds * 1000) / 1000;
  }
  return undefined;
}

const CLOCK = /^(\d+):([0-5]?\d)(?::([0-5]?\d))?$/;
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const ISO_8601 = new RegExp(`^P(?:${NUMBER}D)?(?:T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`, 'i');
const IN_WORDS = new RegExp(
  String.raw`^(?:${NUMBER}\s*(?:h|hr|hrs|hours?|heures?))?\s*(?:${NUMBER}\s*(?:m|mn|min|mins|minutes?)?)?$`,
  'i',
);

/** 0 where the text cannot be read. */
function secondsOfDuration(text: string): number {
  const clock = CLOCK.exec(text);
  if (clock !== null) return hms(0, clock[1], clock[2], clock[3]);
  const iso = ISO_8601.exec(text);
  if (iso !== null) return hms(Number(iso[1] ?? 0), iso[2], iso[3], iso[4]);
  const words = IN_WORDS.exec(text);
  return words === null ? 0 : hms(0, words[1], words[2]);
}

function hms(days: number, hours = '0', minutes = '0', seconds = '0'): number {
  return days * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** True where cars that meet must wait for each other, or one alone drives with care. */
function isNarrow(tags: OsmTags, isTwoWay: boolean): boolean {
  if (tags.narrow === 'yes') return true;
  const width = widthMetersOf(tags) ?? Number.POSITIVE_INFINITY;
  if (!isTwoWay) return width < ONE_WAY_WIDTH_METERS;
  return tags.lanes === '1' || width < TWO_WAY_WIDTH_METERS;
}

function classValue(
  values: Readonly<Record<string, number>>,
  streetClass: StreetClass,
  name: string,
): number {
  const value = values[streetClass];
  if (value === undefined) throw new Error(`the speed table has no ${name} for ${streetClass}`);
  return value;
}
