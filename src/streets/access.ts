/**
 * What the tags of a way mean for one mode: who may pass in each direction, and how fast.
 *
 * In: one tag set, a mode, the table of speeds. Out: a `WayProfile`, or undefined where the mode may pass in
 * neither direction. Called once per distinct tag set. The order of the rules, strictest first:
 * 1. what nobody can pass (under construction, impassable) and what the vehicle does not fit through;
 * 2. one-ways (`oneway.ts`);
 * 3. the most specific access tag (`access-values.ts`), else the default of the class (`street-classes.ts`).
 * A bicycle that may not be ridden is pushed wherever its rider may walk, unless a tag bars bicycles in so many
 * words (`bicycle=no`, `use_sidepath`); so it is also pushed against a one-way street, as in OSRM's bicycle
 * profile, but not backwards around a roundabout.
 *
 * Source: OSM wiki, Key:access, Bicycle, Key:smoothness, Tag:route=ferry, Default access restrictions (France).
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import { type Direction, findAccess, passageOfValue } from './access-values.ts';
import { CAR_WIDTH_METERS, isTooSmallForCar, widthMetersOf } from './dimensions.ts';
import { isConveyor, isImpliedOneway, isRoundabout, openDirections } from './oneway.ts';
import { bikeSpeedKph, carSpeedKph, parseDurationSeconds, pushingKph } from './speeds.ts';
import {
  type ClassDefault,
  classDefaultOf,
  isFerryRoute,
  isShuttleTrain,
  streetClassOf,
} from './street-classes.ts';
import type { DirectionProfile, Passage, SpeedTable, StreetClass, WayProfile } from './way-profile.ts';

/** Values of `construction` on a road that stays open meanwhile. */
const HARMLESS_CONSTRUCTION: ReadonlySet<string> = new Set(['no', 'minor', 'widening']);

/** Off-road vehicles only, says the wiki; on a road that is one for all that, a car crawls over it. */
const SMOOTHNESS_OFF_ROAD: ReadonlySet<string> = new Set(['horrible', 'very_horrible']);

/** Nothing on wheels passes, ridden or pushed. */
const SURFACES_CLOSED_TO_WHEELS: ReadonlySet<string> = new Set(['stepping_stones', 'water', 'boulders']);

/** No car drives here, whatever the access tags say. */
const HIGHWAYS_CLOSED_TO_CARS: ReadonlySet<string> = new Set([
  'steps',
  'corridor',
  'platform',
  'elevator',
  'ladder',
]);

/** Classes on which a bicycle is never ridden, `bicycle=yes` meaning that it may be taken along. */
const HIGHWAYS_TO_PUSH: ReadonlySet<string> = new Set(['steps', 'elevator', 'platform']);

/** Inside a building or on a ladder a bicycle is not even pushed unless a tag allows it. */
const HIGHWAYS_WITHOUT_BICYCLES: ReadonlySet<string> = new Set(['corridor', 'ladder']);

const SIDEWALK_KEYS: readonly string[] = ['sidewalk', 'sidewalk:left', 'sidewalk:right', 'sidewalk:both'];
const SIDEWALK_VALUES: ReadonlySet<string> = new Set(['yes', 'both', 'left', 'right']);
const CYCLEWAY_KEYS: readonly string[] = ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'];
const CYCLEWAY_VALUES: ReadonlySet<string> = new Set([
  'track',
  'lane',
  'shared_lane',
  'share_busway',
  'opposite_lane',
  'opposite_track',
  'opposite_share_busway',
]);

const NO_ENTRY: DirectionProfile = { passage: 'no', speedKph: 0 };

/** Profile of a way for a mode; undefined where it is no street for that mode in either direction. */
export function profileWay(tags: OsmTags, mode: StreetMode, table: SpeedTable): WayProfile | undefined {
  const streetClass = streetClassOf(tags);
  if (streetClass === undefined || isClosedToAll(tags)) return undefined;
  const forward = profileDirection(tags, mode, 'forward', streetClass, table);
  const backward = profileDirection(tags, mode, 'backward', streetClass, table);
  if (forward.passage === 'no' && backward.passage === 'no') return undefined;
  const isFerry = isFerryRoute(tags) || isShuttleTrain(tags);
  return {
    class: streetClass,
    forward,
    backward,
    isRoundabout: isRoundabout(tags),
    // A passage through a building or under an avalanche gallery is at the surface, and says so.
    isTunnel: tags.tunnel === 'yes',
    isFerry,
    ferryDurationSeconds: isFerry ? parseDurationSeconds(tags.duration) : undefined,
  };
}

function profileDirection(
  tags: OsmTags,
  mode: StreetMode,
  direction: Direction,
  streetClass: StreetClass,
  table: SpeedTable,
): DirectionProfile {
  if (mode === 'bike') return profileBike(tags, direction, streetClass, table);
  const passage = mode === 'car' ? carPassage(tags, direction) : walkPassage(tags, direction);
  if (passage === 'no') return NO_ENTRY;
  if (isFerryRoute(tags) || isShuttleTrain(tags)) return { passage, speedKph: table.ferryKph };
  const speedKph =
    mode === 'walk'
      ? table.walk.kph
      : carSpeedKph(tags, streetClass, direction, isTwoWayForCars(tags), table);
  return { passage, speedKph };
}

function profileBike(
  tags: OsmTags,
  direction: Direction,
  streetClass: StreetClass,
  table: SpeedTable,
): DirectionProfile {
  if (isClosedToWheels(tags)) return NO_ENTRY;
  const isBoat = isFerryRoute(tags) || isShuttleTrain(tags);
  const ridden = riddenPassage(tags, direction);
  if (ridden !== 'no') {
    return {
      passage: ridden,
      speedKph: isBoat ? table.ferryKph : bikeSpeedKph(tags, streetClass, direction, table),
    };
  }
  const pushed = isBoat ? 'no' : pushedPassage(tags, direction);
  return pushed === 'no' ? NO_ENTRY : { passage: pushed, speedKph: pushingKph(tags, table) };
}

function carPassage(tags: OsmTags, direction: Direction): Passage {
  if (isClosedToCars(tags) || !openDirections(tags, 'car')[direction]) return 'no';
  return taggedPassage(tags, 'car', direction, carDefault(tags));
}

function walkPassage(tags: OsmTags, direction: Direction): Passage {
  if (!openDirections(tags, 'walk')[direction]) return 'no';
  return taggedPassage(tags, 'walk', direction, walkDefault(tags));
}

/** Passage of a cyclist who stays in the saddle. */
function riddenPassage(tags: OsmTags, direction: Direction): Passage {
  const highway = tags.highway ?? '';
  if (HIGHWAYS_TO_PUSH.has(highway) || HIGHWAYS_WITHOUT_BICYCLES.has(highway)) return 'no';
  if (tags.bicycle === 'dismount' || tags[`bicycle:${direction}`] === 'dismount') return 'no';
  if (tags.smoothness === 'very_horrible' || isConveyor(tags)) return 'no';
  if (!openDirections(tags, 'bike')[direction]) return 'no';
  return taggedPassage(tags, 'bike', direction, bikeDefault(tags));
}

/** Passage of a cyclist on foot beside the bicycle. */
function pushedPassage(tags: OsmTags, direction: Direction): Passage {
  const directed = tags[`bicycle:${direction}`];
  const own = directed ?? tags.bicycle;
  if (own === 'dismount') return 'yes';
  // `bicycle:backward=no` is the other way to tag a one-way for bicycles: it bars riding only.
  const barring = directed === 'no' ? tags.bicycle : own;
  if (passageOfValue(barring, 'bike', true) === 'no') return 'no';
  if (isConveyor(tags) || (isImpliedOneway(tags) && direction === 'backward')) return 'no';
  const isInside = HIGHWAYS_WITHOUT_BICYCLES.has(tags.highway ?? '') || tags.indoor === 'yes';
  if (isInside && own === undefined) return 'no';
  return walkPassage(tags, direction);
}

/**
 * The class's default as the access tags change it. A tag of the mode's own opens anything; `access=yes` opens
 * only what is shut by habit (`access=yes` on a footway speaks of walkers); any tag closes or narrows.
 */
function taggedPassage(
  tags: OsmTags,
  mode: StreetMode,
  direction: Direction,
  classDefault: ClassDefault,
): Passage {
  const answer = findAccess(tags, mode, direction);
  if (answer === undefined) return classDefault === 'open' ? 'yes' : 'no';
  if (classDefault === 'open' || !answer.generic) return answer.passage;
  return classDefault === 'shut' && answer.passage === 'yes' ? 'yes' : 'no';
}

function carDefault(tags: OsmTags): ClassDefault {
  // A ferry that names its walkers or cyclists and no vehicle is a passenger boat; an untagged one takes all.
  const isPassengerBoat =
    isFerryRoute(tags) && tags.ferry === undefined && (tags.foot !== undefined || tags.bicycle !== undefined);
  return isPassengerBoat ? 'shut' : (classDefaultOf(tags, 'car') ?? 'never');
}

function walkDefault(tags: OsmTags): ClassDefault {
  if (tags.motorroad === 'yes') return 'never';
  const classDefault = classDefaultOf(tags, 'walk') ?? 'never';
  const hasSidewalk = SIDEWALK_KEYS.some((key) => SIDEWALK_VALUES.has(tags[key] ?? ''));
  return classDefault === 'shut' && hasSidewalk ? 'open' : classDefault;
}

function bikeDefault(tags: OsmTags): ClassDefault {
  if (tags.motorroad === 'yes') return 'never';
  const classDefault = classDefaultOf(tags, 'bike') ?? 'never';
  const hasCycleway = CYCLEWAY_KEYS.some((key) => CYCLEWAY_VALUES.has(tags[key] ?? ''));
  return classDefault === 'shut' && hasCycleway ? 'open' : classDefault;
}

function isClosedToAll(tags: OsmTags): boolean {
  if (tags.construction !== undefined && !HARMLESS_CONSTRUCTION.has(tags.construction)) return true;
  return tags.proposed === 'yes' || tags.impassable === 'yes' || tags.status === 'impassable';
}

function isClosedToCars(tags: OsmTags): boolean {
  if (isClosedToWheels(tags) || HIGHWAYS_CLOSED_TO_CARS.has(tags.highway ?? '')) return true;
  if (SMOOTHNESS_OFF_ROAD.has(tags.smoothness ?? '') && !isRoad(tags)) return true;
  // An area has no direction to drive along.
  if (tags.area === 'yes' || tags.service === 'emergency_access') return true;
  return isTooSmallForCar(tags) || (widthMetersOf(tags) ?? Number.POSITIVE_INFINITY) < CAR_WIDTH_METERS;
}

/** Built for cars, unlike tracks and paths that a tag opens to them. */
function isRoad(tags: OsmTags): boolean {
  return classDefaultOf(tags, 'car') === 'open';
}

function isClosedToWheels(tags: OsmTags): boolean {
  return (
    tags.smoothness === 'impassable' ||
    tags.ford === 'stepping_stones' ||
    SURFACES_CLOSED_TO_WHEELS.has(tags.surface ?? '')
  );
}

function isTwoWayForCars(tags: OsmTags): boolean {
  const { forward, backward } = openDirections(tags, 'car');
  return forward && backward;
}
