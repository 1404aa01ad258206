/**
 * Street classes: which OSM way is which class, who may use the class where no access tag says so, and how
 * classes rank where they meet.
 *
 * The defaults are those of the OSM wiki's "Default access restrictions" for France: motorways and trunk roads
 * carry neither pedestrians nor cyclists, cycle tracks no pedestrians, and cyclists cross pedestrian zones at
 * walking pace. Where the wiki leaves freedom (bridleways, busways) the profiles of OSRM were followed. Cars do
 * not use tracks unless a tag opens them (formats: "OSM roads in France").
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import { passageOfValue } from './access-values.ts';
import type { StreetClass } from './way-profile.ts';

/**
 * Who may use a class that carries no access tag. `shut` = closed, but the generic `access=yes` opens it;
 * `never` = only a tag that names the mode opens it.
 */
export type ClassDefault = 'open' | 'shut' | 'never';

/** Index in this array = the number stored per edge. The order is part of the network file's format. */
export const STREET_CLASSES: readonly StreetClass[] = [
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'driveway',
  'track',
  'pedestrian',
  'cycleway',
  'footway',
  'path',
  'steps',
  'ferry',
  'shuttle_train',
];

interface ClassRule {
  class: StreetClass;
  car: ClassDefault;
  walk: ClassDefault;
  bike: ClassDefault;
}

function rule(
  streetClass: StreetClass,
  car: ClassDefault,
  walk: ClassDefault,
  bike: ClassDefault,
): ClassRule {
  return { class: streetClass, car, walk, bike };
}

/** `highway` value -> class and defaults. A value that is absent here is no street. */
const RULE_OF_HIGHWAY: Readonly<Record<string, ClassRule>> = {
  motorway: rule('motorway', 'open', 'never', 'never'),
  motorway_link: rule('motorway_link', 'open', 'never', 'never'),
  trunk: rule('trunk', 'open', 'shut', 'shut'),
  trunk_link: rule('trunk_link', 'open', 'shut', 'shut'),
  primary: rule('primary', 'open', 'open', 'open'),
  primary_link: rule('primary_link', 'open', 'open', 'open'),
  secondary: rule('secondary', 'open', 'open', 'open'),
  secondary_link: rule('secondary_link', 'open', 'open', 'open'),
  tertiary: rule('tertiary', 'open', 'open', 'open'),
  tertiary_link: rule('tertiary_link', 'open', 'open', 'open'),
  unclassified: rule('unclassified', 'open', 'open', 'open'),
  road: rule('unclassified', 'open', 'open', 'open'),
  residential: rule('residential', 'open', 'open', 'open'),
  living_street: rule('living_street', 'open', 'open', 'open'),
  service: rule('service', 'open', 'open', 'open'),
  track: rule('track', 'shut', 'open', 'open'),
  path: rule('path', 'never', 'open', 'open'),
  footway: rule('footway', 'never', 'open', 'never'),
  pedestrian: rule('pedestrian', 'never', 'open', 'never'),
  cycleway: rule('cycleway', 'never', 'shut', 'open'),
  bridleway: rule('path', 'never', 'shut', 'shut'),
  steps: rule('steps', 'never', 'open', 'never'),
  corridor: rule('footway', 'never', 'open', 'never'),
  platform: rule('footway', 'never', 'open', 'never'),
  pier: rule('footway', 'never', 'open', 'never'),
  elevator: rule('footway', 'never', 'open', 'never'),
  ladder: rule('steps', 'never', 'open', 'never'),
  busway: rule('service', 'never', 'never', 'shut'),
  bus_guideway: rule('service', 'never', 'never', 'never'),
  raceway: rule('service', 'never', 'never', 'never'),
};

const FERRY_RULE = rule('ferry', 'open', 'open', 'open');
/** A train that carries cars; it takes walkers and cyclists only where a tag says so. */
const SHUTTLE_RULE = rule('shuttle_train', 'open', 'never', 'never');
const FOOTWAY_RULE = RULE_OF_HIGHWAY.footway!;

/** Values of `service` of a `highway=service` that only lead to a plot, a stand or a counter. */
const DRIVEWAY_SERVICES: ReadonlySet<string> = new Set([
  'driveway',
  'driveway2',
  'parking_aisle',
  'drive-through',
  'drive_through',
  'parking',
]);

/** Classes that do not make a junction for those who pass them. */
const MINOR_CLASSES: ReadonlySet<StreetClass> = new Set<StreetClass>([
  'service',
  'driveway',
  'track',
  'pedestrian',
  'cycleway',
  'footway',
  'path',
  'steps',
]);

/**
 * class -> rank where streets meet; lower = has priority. All links rank below tertiary roads: whoever leaves
 * a slip road gives way, and a slip road that ends on a main road does not slow that road down.
 */
const RANK_OF_CLASS: Readonly<Record<StreetClass, number>> = {
  motorway: 1,
  trunk: 2,
  primary: 3,
  secondary: 4,
  tertiary: 5,
  motorway_link: 6,
  trunk_link: 6,
  primary_link: 6,
  secondary_link: 6,
  tertiary_link: 6,
  unclassified: 7,
  residential: 7,
  living_street: 8,
  service: 9,
  driveway: 10,
  track: 11,
  pedestrian: 12,
  cycleway: 12,
  footway: 12,
  path: 12,
  steps: 12,
  ferry: 12,
  shuttle_train: 12,
};

/** The class of a way, or undefined where the way is no street of any mode. */
export function streetClassOf(tags: OsmTags): StreetClass | undefined {
  const found = findClassRule(tags);
  if (found === undefined) return undefined;
  return found.class === 'service' && DRIVEWAY_SERVICES.has(tags.service ?? '') ? 'driveway' : found.class;
}

/** Who may use the way of that mode where no access tag speaks; undefined where it is no street. */
export function classDefaultOf(tags: OsmTags, mode: StreetMode): ClassDefault | undefined {
  return findClassRule(tags)?.[mode];
}

/** True for the classes that are not counted as arms of a junction. */
export function isMinorArm(streetClass: StreetClass): boolean {
  return MINOR_CLASSES.has(streetClass);
}

/** Rank of a class where streets meet: 1 motorway … 12 footway and ferry; lower = higher class. */
export function rankOf(streetClass: StreetClass): number {
  return RANK_OF_CLASS[streetClass];
}

/** True for a boat. */
export function isFerryRoute(tags: OsmTags): boolean {
  return tags.route === 'ferry';
}

/** True for a train that carries cars (wiki: route=shuttle_train, service=car_shuttle, or a train open to cars). */
export function isShuttleTrain(tags: OsmTags): boolean {
  if (tags.highway !== undefined) return false;
  if (tags.route === 'shuttle_train') return true;
  if (tags.route !== 'train' && tags.railway !== 'rail') return false;
  return tags.service === 'car_shuttle' || takesCars(tags.motorcar) || takesCars(tags.motor_vehicle);
}

function takesCars(value: string | undefined): boolean {
  return (passageOfValue(value, 'car', false) ?? 'no') !== 'no';
}

function findClassRule(tags: OsmTags): ClassRule | undefined {
  if (isFerryRoute(tags)) return FERRY_RULE;
  if (isShuttleTrain(tags)) return SHUTTLE_RULE;
  if (tags.highway !== undefined) return RULE_OF_HIGHWAY[tags.highway];
  const isPlatform = tags.public_transport === 'platform' || tags.railway === 'platform';
  return isPlatform || tags.man_made === 'pier' ? FOOTWAY_RULE : undefined;
}

/** Whether a stored class code is a ferry's or a car shuttle train's. */
export function isFerryClass(code: number): boolean {
  const streetClass = STREET_CLASSES[code];
  return streetClass === 'ferry' || streetClass === 'shuttle_train';
}
