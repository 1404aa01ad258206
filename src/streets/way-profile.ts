/**
 * What a tag set means for one mode: who may pass in each direction, and how fast. Types only; the rules are
 * in `access.ts` and `speeds.ts`.
 */

/** `ends` = destination, private and the like: usable only at the start or the end of a trip. */
export type Passage = 'no' | 'yes' | 'ends';

export interface DirectionProfile {
  passage: Passage;
  /** Free-flow speed after the share of the limit, before delays at junctions; > 0 unless passage is 'no'. */
  speedKph: number;
}

/** How a street ranks where streets meet: 1 motorway … 12 footway; lower = higher class. */
export type StreetClass =
  | 'motorway'
  | 'motorway_link'
  | 'trunk'
  | 'trunk_link'
  | 'primary'
  | 'primary_link'
  | 'secondary'
  | 'secondary_link'
  | 'tertiary'
  | 'tertiary_link'
  | 'unclassified'
  | 'residential'
  | 'living_street'
  | 'service'
  | 'driveway'
  | 'track'
  | 'pedestrian'
  | 'cycleway'
  | 'footway'
  | 'path'
  | 'steps'
  | 'ferry'
  | 'shuttle_train';

export interface WayProfile {
  class: StreetClass;
  forward: DirectionProfile;
  backward: DirectionProfile;
  isRoundabout: boolean;
  /** Under the ground: nobody lives along it. */
  isTunnel: boolean;
  /** Ferry or car shuttle: its whole duration in seconds if tagged (then speeds are ignored), else undefined. */
  isFerry: boolean;
  ferryDurationSeconds: number | undefined;
}

export interface NodeProfile {
  /** Passage through the node for the mode: 'no' blocks, 'ends' only at the ends of a trip. */
  passage: Passage;
  /** Traffic signals seen in which directions of the way that holds the node. */
  signals: 'none' | 'both' | 'forward' | 'backward';
}

/** Knobs of the rules that a study may set; `data/speeds.json` holds the defaults and their sources. */
export interface SpeedTable {
  /** Share of the (tagged or implied) limit that is driven, by class. */
  shareOfLimit: Readonly<Record<string, number>>;
  /** km/h where no limit is tagged, by class. */
  untaggedKph: Readonly<Record<string, number>>;
  /** km/h of `FR:rural`. */
  ruralLimitKph: number;
  /** Seconds at the head of a directed edge. */
  delays: {
    higherClassSeconds: number;
    junctionSeconds: number;
    roundaboutSeconds: number;
    signalsSeconds: number;
  };
  bike: {
    kph: number;
    pushedKph: number;
    /** Pace with the bicycle on stairs; that of pushing if absent. */
    stairsKph?: number;
    junctionSeconds: number;
    signalsSeconds: number;
    /** Share of `kph` by class and by `surface` value; 1 where absent. The smaller of the two counts. */
    classShare?: Readonly<Record<string, number>>;
    surfaceShare?: Readonly<Record<string, number>>;
  };
  walk: { kph: number };
  ferryKph: number;
  ferryWaitMinutes: number;
  /** Share of the speed that is driven on narrow streets and on single-lane two-way ones; 1 if absent. */
  narrowShare?: number;
  /** Greatest km/h of a car by value of `surface`, `smoothness`, `tracktype`; no cap where absent. */
  carCapKph?: {
    surface?: Readonly<Record<string, number>>;
    smoothness?: Readonly<Record<string, number>>;
    tracktype?: Readonly<Record<string, number>>;
  };
}
