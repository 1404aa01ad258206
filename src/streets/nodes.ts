/**
 * What the tags of a node mean for who passes it: barriers with their own access, and traffic signals.
 *
 * In: one tag set and a mode. Out: a `NodeProfile`, or undefined where the node is nothing special for the mode.
 * Source: OSM wiki, Key:barrier and the page of each value, for whom it lets through where no access tag says;
 * Key:access for the tags of its own, which win. The wiki gives a value without documented default to nobody;
 * here it stops vehicles and lets walkers through, who find a way round (formats, "OSM roads in France").
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import { findAccess } from './access-values.ts';
import { isTooSmallForCar } from './dimensions.ts';
import type { NodeProfile, Passage } from './way-profile.ts';

/** Whom a barrier lets through where no access tag of its own says. */
type BarrierRule = Readonly<Record<StreetMode, boolean>>;

const FOR_ALL: BarrierRule = { car: true, walk: true, bike: true };
/** Stops what has four wheels; can be removed or lifted. */
const NO_CARS: BarrierRule = { car: false, walk: true, bike: true };
/** One walks through or climbs over. */
const WALKERS_ONLY: BarrierRule = { car: false, walk: true, bike: false };
/** A linear barrier drawn across the way. */
const NOBODY: BarrierRule = { car: false, walk: false, bike: false };
/** `yes`, and values that nobody documents. */
const UNKNOWN_BARRIER: BarrierRule = { car: false, walk: true, bike: false };

const VALUES_OF_RULE: ReadonlyArray<readonly [BarrierRule, readonly string[]]> = [
  [
    FOR_ALL,
    [
      'no',
      'entrance',
      'gap',
      'gate',
      'lift_gate',
      'swing_gate',
      'sliding_gate',
      'sliding_beam',
      'hampshire_gate',
      'bump_gate',
      'cattle_grid',
      'border_control',
      'toll_booth',
      'sally_port',
      'height_restrictor',
      'width_restrictor',
      'kerb',
      'coupure',
      'arch',
    ],
  ],
  [
    NO_CARS,
    [
      'bollard',
      'block',
      'bus_trap',
      'chain',
      'cycle_barrier',
      'debris',
      'jersey_barrier',
      'kent_carriage_gap',
      'log',
      'motorcycle_barrier',
      'planter',
      'rope',
      'sump_buster',
      'tank_trap',
      'tyres',
      'wedge',
      'wicket_gate',
    ],
  ],
  [
    WALKERS_ONLY,
    [
      'kissing_gate',
      'stile',
      'horse_stile',
      'v_stile',
      'squeezer',
      'turnstile',
      'full-height_turnstile',
      'spikes',
      'door',
    ],
  ],
  [
    NOBODY,
    [
      'wall',
      'fence',
      'hedge',
      'retaining_wall',
      'city_wall',
      'guard_rail',
      'cable_barrier',
      'handrail',
      'ditch',
    ],
  ],
];

const RULE_OF_BARRIER: ReadonlyMap<string, BarrierRule> = new Map(
  VALUES_OF_RULE.flatMap(([rule, values]) => values.map((value) => [value, rule] as const)),
);

/** A node that is one of these is no barrier of its own: its access tags speak of the thing, not of the road. */
const FEATURE_KEYS: readonly string[] = [
  'highway',
  'railway',
  'entrance',
  'traffic_calming',
  'crossing',
  'kerb',
];

/** Lights that never turn red for the traffic. */
const IDLE_SIGNALS: ReadonlySet<string> = new Set(['blinker', 'blink_mode', 'hazard', 'flashing']);

/** Profile of a node for a mode; undefined where it neither bars nor delays anyone of the mode. */
export function profileNode(tags: OsmTags, mode: StreetMode): NodeProfile | undefined {
  const passage = nodePassage(tags, mode);
  // Walkers are not charged for signals, so a signal does not split their streets.
  const signals = mode === 'walk' ? 'none' : signalsOf(tags);
  return passage === 'yes' && signals === 'none' ? undefined : { passage, signals };
}

function nodePassage(tags: OsmTags, mode: StreetMode): Passage {
  if (mode === 'car' && isTooSmallForCar(tags)) return 'no';
  if (tags.impassable === 'yes') return 'no';
  if (mode !== 'walk' && tags.ford === 'stepping_stones') return 'no';
  const answer = findAccess(tags, mode, undefined);
  if (tags.barrier === undefined) {
    return answer === undefined || FEATURE_KEYS.some((key) => tags[key] !== undefined)
      ? 'yes'
      : answer.passage;
  }
  if (answer !== undefined) return answer.passage;
  const rule = RULE_OF_BARRIER.get(tags.barrier.trim().toLowerCase()) ?? UNKNOWN_BARRIER;
  return rule[mode] && tags.locked !== 'yes' ? 'yes' : 'no';
}

function signalsOf(tags: OsmTags): NodeProfile['signals'] {
  if (tags.highway !== 'traffic_signals' || IDLE_SIGNALS.has(tags.traffic_signals ?? '')) return 'none';
  const direction = tags['traffic_signals:direction'] ?? tags.direction;
  return direction === 'forward' || direction === 'backward' ? direction : 'both';
}
