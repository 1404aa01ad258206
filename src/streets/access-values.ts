/**
 * What the values of access tags mean, and which tag speaks for a mode.
 *
 * In: a tag set, a mode and a direction. Out: the passage that the most specific tag gives, and which tag that
 * was. The hierarchy is OSM's (wiki, Key:access): access < vehicle < motor_vehicle < motorcar; access < vehicle
 * < bicycle; access < foot; at one level the tag with a direction beats the one without. Values that nobody
 * documents, and `unknown`, say nothing: the next tag is asked. Conditional tags are never asked, since a
 * coverage study wants what holds on an ordinary day whatever the hour.
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import type { Passage } from './way-profile.ts';

/** Direction relative to the way as it is drawn. */
export type Direction = 'forward' | 'backward';
export const DIRECTIONS: readonly Direction[] = ['forward', 'backward'];

const OPEN_VALUES: ReadonlySet<string> = new Set([
  'yes',
  'true',
  '1',
  'permissive',
  'designated',
  'official',
  'public',
  'allowed',
  'discouraged',
]);

/** Only the start or the end of a trip may lie on them. */
const ENDS_VALUES: ReadonlySet<string> = new Set([
  'destination',
  'private',
  'customers',
  'delivery',
  'permit',
  'residents',
  'employees',
  'members',
  'staff',
  'students',
  'tenants',
  'visitors',
  'guests',
  'unloading',
]);

/** Closed, or kept for vehicles that an ordinary visitor does not drive. */
const CLOSED_VALUES: ReadonlySet<string> = new Set([
  'no',
  'false',
  '0',
  'none',
  'agricultural',
  'forestry',
  'emergency',
  'military',
  'psv',
  'bus',
  'taxi',
  'hov',
  'hgv',
  'goods',
  'maintenance',
  'service',
  'use_sidepath',
]);

/** mode -> access keys, the most specific first. The last one, `access`, is the generic one. */
const KEYS_OF_MODE: Readonly<Record<StreetMode, readonly string[]>> = {
  car: ['motorcar', 'motor_vehicle', 'vehicle', 'access'],
  bike: ['bicycle', 'vehicle', 'access'],
  walk: ['foot', 'access'],
};

export interface AccessAnswer {
  passage: Passage;
  /** True where the answer comes from `access`, which names no mode. */
  generic: boolean;
}

const STRENGTH: Readonly<Record<Passage, number>> = { no: 0, ends: 1, yes: 2 };

/** The tighter of two passages met one after the other. */
export function tighterPassage(a: Passage, b: Passage): Passage {
  return STRENGTH[a] <= STRENGTH[b] ? a : b;
}

/**
 * Meaning of one access value; of a list (`agricultural;destination`) its most open member, since each member
 * admits its own users. Undefined where the value says nothing we know.
 */
export function passageOfValue(value: string | undefined): Passage | undefined {
  if (value === undefined) return undefined;
  let best: Passage | undefined;
  for (const part of value.toLowerCase().split(/[;,]/)) {
    const passage = passageOfSingleValue(part.trim());
    if (passage !== undefined && (best === undefined || STRENGTH[passage] > STRENGTH[best])) best = passage;
  }
  return best;
}

/** The most specific access tag that speaks for the mode in the direction; undefined where none does. */
export function findAccess(
  tags: OsmTags,
  mode: StreetMode,
  direction: Direction | undefined,
): AccessAnswer | undefined {
  for (const key of KEYS_OF_MODE[mode]) {
    const directed = direction === undefined ? undefined : passageOfValue(tags[`${key}:${direction}`]);
    const passage = directed ?? passageOfValue(tags[key]);
    if (passage !== undefined) return { passage, generic: key === 'access' };
  }
  return undefined;
}

/**
 * True where a tag of the mode's own (`bicycle:backward=yes`, `motorcar:backward=destination`) opens one
 * direction in so many words; such a tag also lifts a one-way.
 */
export function opensDirection(tags: OsmTags, mode: StreetMode, direction: Direction): boolean {
  const keys = mode === 'car' ? ['motorcar', 'motor_vehicle'] : mode === 'bike' ? ['bicycle'] : ['foot'];
  for (const key of keys) {
    const passage = passageOfValue(tags[`${key}:${direction}`]);
    if (passage !== undefined) return passage !== 'no';
  }
  return false;
}

function passageOfSingleValue(value: string): Passage | undefined {
  if (OPEN_VALUES.has(value)) return 'yes';
  if (ENDS_VALUES.has(value)) return 'ends';
  if (CLOSED_VALUES.has(value)) return 'no';
  return undefined;
}
