/**
 * Which directions of a way the traffic rules leave open, per mode, before any access tag is read.
 *
 * Source: OSM wiki, Key:oneway, Key:oneway:bicycle, Key:cycleway:right:oneway, Tag:junction=roundabout,
 * Key:conveying. A one-way concerns vehicles; walkers only obey `oneway:foot` and escalators (`conveyorDirections`). Motorways,
 * roundabouts and circular junctions are one-way unless `oneway=no`; links are not. `reversible` is closed to
 * vehicles, since nobody can rely on it; `alternating` says nothing, since its turn comes within minutes: open both
 * ways, but not against the one-way of a roundabout.
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import { opensDirection } from './access-values.ts';

export interface OpenDirections {
  forward: boolean;
  backward: boolean;
}

const BOTH: OpenDirections = { forward: true, backward: true };
const FORWARD_ONLY: OpenDirections = { forward: true, backward: false };
const BACKWARD_ONLY: OpenDirections = { forward: false, backward: true };
const NEITHER: OpenDirections = { forward: false, backward: false };

/** Value of a one-way tag -> directions; a value that is absent here says nothing. */
const DIRECTIONS_OF_VALUE: Readonly<Record<string, OpenDirections>> = {
  yes: FORWARD_ONLY,
  true: FORWARD_ONLY,
  '1': FORWARD_ONLY,
  '-1': BACKWARD_ONLY,
  reverse: BACKWARD_ONLY,
  no: BOTH,
  false: BOTH,
  '0': BOTH,
  reversible: NEITHER,
};

/** Cycle facilities that run against a one-way street (older tagging, still frequent). */
const CONTRAFLOW_VALUES: ReadonlySet<string> = new Set([
  'opposite',
  'opposite_lane',
  'opposite_track',
  'opposite_share_busway',
]);

const NO_FACILITY: ReadonlySet<string> = new Set(['no', 'none', 'separate']);

/** True where the layout itself makes the way one-way; there nobody pushes a bicycle backwards either. */
export function isImpliedOneway(tags: OsmTags): boolean {
  return isRoundabout(tags) || tags.highway === 'motorway';
}

export function isRoundabout(tags: OsmTags): boolean {
  return tags.junction === 'roundabout' || tags.junction === 'circular';
}

/** Open directions of the way for the mode. */
export function openDirections(tags: OsmTags, mode: StreetMode): OpenDirections {
  if (mode === 'walk') return walkDirections(tags);
  const base = mode === 'bike' ? bikeDirections(tags) : vehicleDirections(tags, CAR_KEYS);
  return {
    forward: base.forward || opensDirection(tags, mode, 'forward'),
    backward: base.backward || opensDirection(tags, mode, 'backward'),
  };
}

const CAR_KEYS: readonly string[] = ['oneway:motorcar', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'];
const BIKE_KEYS: readonly string[] = ['oneway:vehicle', 'oneway'];

function vehicleDirections(tags: OsmTags, keys: readonly string[]): OpenDirections {
  for (const key of keys) {
    const found = directionsOfTag(tags, key);
    if (found !== undefined) return found;
  }
  return isImpliedOneway(tags) ? FORWARD_ONLY : BOTH;
}

function bikeDirections(tags: OsmTags): OpenDirections {
  const own = directionsOfTag(tags, 'oneway:bicycle');
  if (own !== undefined) return own;
  const base = vehicleDirections(tags, BIKE_KEYS);
  if (base.forward && base.backward) return base;
  if (hasContraflowTag(tags)) return base.forward || base.backward ? BOTH : base;
  let { forward, backward } = base;
  for (const side of ['left', 'right', 'both']) {
    const facility = tags[`cycleway:${side}`];
    const flow = directionsOfTag(tags, `cycleway:${side}:oneway`);
    if (facility === undefined || NO_FACILITY.has(facility) || flow === undefined) continue;
    forward ||= flow.forward;
    backward ||= flow.backward;
  }
  return { forward, backward };
}

function hasContraflowTag(tags: OsmTags): boolean {
  return ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'].some((key) =>
    CONTRAFLOW_VALUES.has(tags[key] ?? ''),
  );
}

function walkDirections(tags: OsmTags): OpenDirections {
  // A boat that sails one way carries its walkers one way.
  if (tags.route === 'ferry') return vehicleDirections(tags, ['oneway:foot', 'oneway']);
  const own = directionsOfTag(tags, 'oneway:foot');
  if (own !== undefined) return own;
  return isConveyor(tags) ? conveyorDirections(tags) : BOTH;
}

/** True for moving steps and walkways. */
export function isConveyor(tags: OsmTags): boolean {
  return tags.conveying !== undefined && tags.conveying !== 'no';
}

/** `oneway=no` says in so many words that one walks either way on what moves; else it moves one way. */
function conveyorDirections(tags: OsmTags): OpenDirections {
  const tagged = directionsOfTag(tags, 'oneway');
  if (tagged === BOTH) return BOTH;
  if (tags.conveying === 'forward') return FORWARD_ONLY;
  if (tags.conveying === 'backward') return BACKWARD_ONLY;
  return tags.conveying === 'reversible' ? NEITHER : (tagged ?? BOTH);
}

function directionsOfTag(tags: OsmTags, key: string): OpenDirections | undefined {
  const value = tags[key];
  return value === undefined ? undefined : DIRECTIONS_OF_VALUE[value.trim().toLowerCase()];
}
