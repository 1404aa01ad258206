/**
 * Speed limits: what a driver may drive, from the tags of a way.
 *
 * In: a tag set and a direction. Out: km/h, or undefined where no tag says. An explicit `maxspeed` wins over a
 * limit implied by a zone; `maxspeed:forward/backward` win over both. Source: formats, "OSM roads in France"
 * (FR:urban 50, FR:rural 80 or what the département set, FR:trunk 110, FR:motorway 130, zones 30 and 20, walk 6);
 * OSM wiki, Key:maxspeed, for units and for the neighbours' roads, which an extract along the border holds.
 */
import type { OsmTags } from '../read/osm/osm-data.ts';
import type { Direction } from './access-values.ts';

const KPH_PER_MPH = 1.609344;
const KPH_PER_KNOT = 1.852;
/** Walking pace as a limit. */
const WALK_LIMIT_KPH = 6;
/** `none`: the fastest limit of France, which is also Germany's advisory speed. */
const NO_LIMIT_KPH = 130;
const NO_LIMIT_VALUES: ReadonlySet<string> = new Set(['none', 'unlimited']);
/** Where there may be no limit. On any other road `none` says that no sign stands there: as if it were not tagged. */
const HIGHWAYS_WITHOUT_LIMIT: ReadonlySet<string> = new Set(['motorway', 'trunk']);
/** A number outside of this range is a slip of the keyboard. */
const LEAST_LIMIT_KPH = 3;
const GREATEST_LIMIT_KPH = 160;

/** kind of road -> km/h in France, where no neighbour's own value is listed. */
const KPH_OF_KIND: Readonly<Record<string, number>> = {
  urban: 50,
  trunk: 110,
  motorway: 130,
  living_street: 20,
  bicycle_road: 30,
  walk: WALK_LIMIT_KPH,
  pedestrian: WALK_LIMIT_KPH,
  pedestrian_zone: WALK_LIMIT_KPH,
};

/** Neighbours of France where they differ from it. */
const KPH_OF_FOREIGN_KIND: Readonly<Record<string, number>> = {
  'be:rural': 90,
  'be-vlg:rural': 70,
  'be-bru:rural': 70,
  'be-bru:urban': 30,
  'be:trunk': 120,
  'be:motorway': 120,
  'lu:rural': 90,
  'lu:trunk': 90,
  'de:rural': 100,
  'de:living_street': 7,
  'ch:rural': 80,
  'ch:trunk': 100,
  'ch:motorway': 120,
  'it:rural': 90,
  'es:rural': 90,
  'es:trunk': 90,
  'es:motorway': 120,
  'gb:nsl_single': 60 * KPH_PER_MPH,
  'gb:nsl_dual': 70 * KPH_PER_MPH,
  'gb:motorway': 70 * KPH_PER_MPH,
};

/** Asked in this order once `maxspeed` has said nothing. */
const ZONE_KEYS: readonly string[] = ['maxspeed:type', 'source:maxspeed', 'zone:maxspeed', 'zone:traffic'];

/** The limit of a way in a direction, km/h; undefined where no tag gives one. */
export function limitKph(tags: OsmTags, direction: Direction, ruralLimitKph: number): number | undefined {
  const noLimitKph = HIGHWAYS_WITHOUT_LIMIT.has(tags.highway ?? '') ? NO_LIMIT_KPH : undefined;
  const tagged =
    parseMaxspeedKph(tags[`maxspeed:${direction}`], ruralLimitKph, noLimitKph) ??
    parseMaxspeedKph(tags.maxspeed, ruralLimitKph, noLimitKph);
  if (tagged !== undefined) return tagged;
  for (const key of ZONE_KEYS) {
    const implied = zoneLimitKph(tags[key], ruralLimitKph);
    if (implied !== undefined) return implied;
  }
  return undefined;
}

/**
 * km/h of a `maxspeed` value, in whatever unit; the least of a list; undefined for junk and `signals`.
 * @param noLimitKph what `none` means on the road
 */
export function parseMaxspeedKph(
  value: string | undefined,
  ruralLimitKph: number,
  noLimitKph: number | undefined,
): number | undefined {
  if (value === undefined) return undefined;
  let least: number | undefined;
  for (const part of value.split(/[;|]/)) {
    const single = part.trim().toLowerCase();
    const limit = NO_LIMIT_VALUES.has(single) ? noLimitKph : parseSingleLimitKph(single, ruralLimitKph);
    if (limit !== undefined && (least === undefined || limit < least)) least = limit;
  }
  return least;
}

function parseSingleLimitKph(value: string, ruralLimitKph: number): number | undefined {
  if (value === 'walk') return WALK_LIMIT_KPH;
  const match = /^(\d+(?:[.,]\d+)?)\s*(km\/h|kmh|kph|mph|knots)?$/.exec(value);
  if (match === null) return zoneLimitKph(value, ruralLimitKph);
  const number = Number(match[1]!.replace(',', '.'));
  const kph = number * (match[2] === 'mph' ? KPH_PER_MPH : match[2] === 'knots' ? KPH_PER_KNOT : 1);
  return kph >= LEAST_LIMIT_KPH && kph <= GREATEST_LIMIT_KPH ? kph : undefined;
}

/** km/h of a zone such as `FR:urban`, `FR:zone30`, `FR:zone:30`, `FR:30`; undefined for `sign` and the like. */
export function zoneLimitKph(value: string | undefined, ruralLimitKph: number): number | undefined {
  const match = /^([a-z]{2}(?:-[a-z]{3})?):(.+)$/.exec(value?.trim().toLowerCase() ?? '');
  if (match === null) return undefined;
  const [, country, kind] = match as unknown as [string, string, string];
  const foreign = KPH_OF_FOREIGN_KIND[`${country}:${kind}`];
  if (foreign !== undefined) return foreign;
  const zone = /^(?:zone:?)?(\d+)$/.exec(kind);
  if (zone !== null) return parseSingleLimitKph(zone[1]!, ruralLimitKph);
  return kind === 'rural' ? ruralLimitKph : KPH_OF_KIND[kind];
}
