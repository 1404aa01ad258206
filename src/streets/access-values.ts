/**
 * What the values of access tags mean, and which tag speaks for a mode.
 *
 * In: a tag set, a mode and a direction. Out: the passage that the most specific tag gives, and which tag that
 * was. A value that names others (`bus`, `foot`, `agricultural`) shuts the way for whom it does not name.
 * The hierarchy is OSM's (wiki, Key:access): access < vehicle < motor_vehicle < motorcar; access < vehicle
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
  'public',
  'allowed',
  'discouraged',
  'toll',
]);

/** Only the start or the end of a trip may lie on them. */
const ENDS_VALUES: ReadonlySet<string> = new Set([
  'destination',
  'private',
  'customers',
  'customer',
  'delivery',
  'deliveries',
  'permit',
  'resident',
  'residents',
  'employee',
  'employees',
  'members',
  'staff',
  'students',
  'tenants',
  'visitors',
  'guests',
  'unloading',
  'loading',
]);

/** Of these, the ones that stop through traffic but nobody on foot, who goes through as to any shop. */
const OPEN_TO_WALKERS: ReadonlySet<string> = new Set(['destination', 'customers', 'customer']);

/** Values that name who may pass, as far as that is a mode of ours; everyone else may not. */
const NAMED_MODES: Readonly<Record<string, readonly StreetMode[]>> = {
  foot: ['walk'],
  pedestrian: ['walk'],
  pedestrians: ['walk'],
  walk: ['walk'],
  bicycle: ['bike'],
  bicycles: ['bike'],
  bike: ['bike'],
  cyclists: ['bike'],
  motorcar: ['car'],
  car: ['car'],
  cars: ['car'],
  motor_vehicle: ['car'],
  motor_vehicles: ['car'],
  vehicle: ['car', 'bike'],
};

/** Closed, or kept for vehicles and people that an ordinary visitor is none of. */
const CLOSED_VALUES: ReadonlySet<string> = new Set([
  'no',
  'false',
  '0',
  'none',
  'never',
  'closed',
  'forbidden',
  'prohibited',
  'restricted',
  'impassable',
  // On the land
  'agricultural',
  'agriculture',
  'farm',
  'farmers',
  'tractor',
  'forestry',
  'forest',
  'hunting',
  'horse',
  'horses',
  // In service
  'authorised',
  'authorized',
  'emergency',
  'emergency_vehicle',
  'emergency_vehicles',
  'ambulance',
  'fire',
  'fire_brigade',
  'police',
  'government',
  'official',
  'military',
  'army',
  'maintenance',
  'service',
  'works',
  'construction',
  'disabled',
  'school',
  // Of many seats
  'psv',
  'bus',
  'buses',
  'minibus',
  'share_taxi',
  'taxi',
  'taxis',
  'tourist_bus',
  'school_bus',
  'coach',
  'trolleybus',
  'tram',
  'carpool',
  'car_sharing',
  'hov',
  // With a load, or light
  'hgv',
  'hgv_articulated',
  'goods',
  'lorry',
  'truck',
  'trailer',
  'caravan',
  'motorhome',
  'atv',
  'golf_cart',
  'hazmat',
  'moped',
  'mofa',
  'motorcycle',
  'motorcycles',
  'ski',
  'snowmobile',
  'electric_vehicle',
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
 * Meaning of one access value for a mode; of a list (`agricultural;destination`) its most open member, since each
 * member admits its own users. Undefined where the value says nothing we know.
 * @param ownKey true where the key names the mode: `bicycle=official` is a bicycle road, `access=official` is not
 */
export function passageOfValue(
  value: string | undefined,
  mode: StreetMode,
  ownKey: boolean,
): Passage | undefined {
  if (value === undefined) return undefined;
  let best: Passage | undefined;
  for (const part of value.toLowerCase().split(/[;,|]/)) {
    const passage = passageOfSingleValue(part.trim().replace(/[\s-]+/g, '_'), mode, ownKey);
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
    const ownKey = isOwnKey(key);
    const directed =
      direction === undefined ? undefined : passageOfValue(tags[`${key}:${direction}`], mode, ownKey);
    const passage = directed ?? passageOfValue(tags[key], mode, ownKey);
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
    const passage = passageOfValue(tags[`${key}:${direction}`], mode, isOwnKey(key));
    if (passage !== undefined) return passage !== 'no';
  }
  return false;
}

/** Keys of those who have roads of their own: officially theirs means designated. */
function isOwnKey(key: string): boolean {
  return key === 'foot' || key === 'bicycle';
}

function passageOfSingleValue(value: string, mode: StreetMode, ownKey: boolean): Passage | undefined {
  if (OPEN_VALUES.has(value) || (ownKey && value === 'official')) return 'yes';
  if (ENDS_VALUES.has(value)) return mode === 'walk' && OPEN_TO_WALKERS.has(value) ? 'yes' : 'ends';
  if (CLOSED_VALUES.has(value)) return 'no';
  const named = NAMED_MODES[value];
  return named === undefined ? undefined : named.includes(mode) ? 'yes' : 'no';
}
