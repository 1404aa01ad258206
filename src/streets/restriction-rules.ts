/**
 * Which turn restrictions bind a mode.
 *
 * In: the tags of a relation `type=restriction`. Out: whether it forbids its turn or forbids all others, or
 * undefined where it does not bind the mode. Source: OSM wiki, Relation:restriction and Key:except. The plain
 * `restriction` binds every vehicle, bicycles included, and never walkers; `restriction:<mode>` replaces it for
 * that mode. Restrictions for some hours only (`restriction:conditional`, `day_on`, `hour_on`) are left out like
 * all conditional tags.
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';

export interface RestrictionRule {
  kind: 'no' | 'only';
  /** True for no_u_turn and only_u_turn, whose `from` and `to` are often the same way. */
  uTurn: boolean;
}

const RESTRICTION_VALUE = /^(no|only)_(left_turn|right_turn|straight_on|u_turn|entry|exit)$/;

/** mode -> names under which a restriction or an exception may address it, the most specific first. */
const NAMES_OF_MODE: Readonly<Record<StreetMode, readonly string[]>> = {
  car: ['motorcar', 'motor_vehicle', 'vehicle'],
  bike: ['bicycle', 'vehicle'],
  walk: ['foot'],
};

const TIME_KEYS: readonly string[] = ['day_on', 'day_off', 'hour_on', 'hour_off'];

/** What the restriction asks of the mode, or undefined where it does not bind it. */
export function restrictionApplies(tags: OsmTags, mode: StreetMode): RestrictionRule | undefined {
  const value = findValue(tags, mode);
  const match = RESTRICTION_VALUE.exec(value?.trim().toLowerCase() ?? '');
  if (match === null) return undefined;
  return { kind: match[1] === 'no' ? 'no' : 'only', uTurn: match[2] === 'u_turn' };
}

function findValue(tags: OsmTags, mode: StreetMode): string | undefined {
  if (TIME_KEYS.some((key) => tags[key] !== undefined)) return undefined;
  for (const name of NAMES_OF_MODE[mode]) {
    const own = tags[`restriction:${name}`];
    if (own !== undefined) return own;
  }
  if (mode === 'walk' || isExcepted(tags, mode)) return undefined;
  // An older form writes the vehicle into the type: type=restriction:bicycle.
  const addressed = /^restriction:(.+)$/.exec(tags.type ?? '')?.[1];
  if (addressed !== undefined && !NAMES_OF_MODE[mode].includes(addressed)) return undefined;
  return tags.restriction;
}

function isExcepted(tags: OsmTags, mode: StreetMode): boolean {
  const names = NAMES_OF_MODE[mode];
  return (tags.except ?? '').split(/[;,]/).some((name) => names.includes(name.trim().toLowerCase()));
}
