/**
 * Delays at the head of a directed edge: signals, junctions of three or more streets, roundabouts. They
 * belong to the head, so that joining pieces changes nothing, and signals stand instead of the junction.
 */
import { DECISECONDS_PER_SECOND, type StreetMode } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import type { ModeStreets } from './mode-streets.ts';
import type { DrawnPieces } from './pieces.ts';
import { isMinorArm, rankOf } from './street-classes.ts';
import type { SpeedTable, WayProfile } from './way-profile.ts';

/** Deciseconds. */
export interface HeadDelays {
  higherClass: number;
  junction: number;
  roundabout: number;
  signals: number;
}

export function headDelaysOf(mode: StreetMode, table: SpeedTable): HeadDelays {
  const whole = (seconds: number) => Math.round(seconds * DECISECONDS_PER_SECOND);
  if (mode === 'walk') return { higherClass: 0, junction: 0, roundabout: 0, signals: 0 };
  if (mode === 'bike') {
    const junction = whole(table.bike.junctionSeconds);
    return {
      higherClass: junction,
      junction,
      roundabout: junction,
      signals: whole(table.bike.signalsSeconds),
    };
  }
  return {
    higherClass: whole(table.delays.higherClassSeconds),
    junction: whole(table.delays.junctionSeconds),
    roundabout: whole(table.delays.roundaboutSeconds),
    signals: whole(table.delays.signalsSeconds),
  };
}

/**
 * What meets at each node, packed: bits 0–1 arms of streets that are more than a driveway, service road or footway
 * (at most 3), bits 2–6 best rank (lowest number) among these, bit 7 a roundabout. Meaningful at junctions.
 */
export type ArmsOfNode = Uint8Array;

const MOST_ARMS = 3;
const RANK_SHIFT = 2;
const RANK_BITS = 31 << RANK_SHIFT;
const ON_ROUNDABOUT = 128;

/** Every end of a piece is an arm of the node where it lies: pieces are cut at junctions. */
export function countArms(
  osm: Pick<OsmStreets, 'nodeCount' | 'nodeOfRef'>,
  streets: Pick<ModeStreets, 'profiles' | 'profileOfWay'>,
  pieces: DrawnPieces,
): ArmsOfNode {
  const { profiles, profileOfWay } = streets;
  const { wayOfPiece, firstRefOfPiece, lastRefOfPiece } = pieces;
  const { nodeOfRef } = osm;
  const arms = new Uint8Array(osm.nodeCount).fill(RANK_BITS);
  const isMinor = Uint8Array.from(profiles, (profile) => (isMinorArm(profile.class) ? 1 : 0));
  const rank = Uint8Array.from(profiles, (profile) => rankOf(profile.class) << RANK_SHIFT);
  const roundabout = Uint8Array.from(profiles, (profile) => (profile.isRoundabout ? ON_ROUNDABOUT : 0));
  for (let end = 0; end < 2 * pieces.count; end++) {
    const piece = end >> 1;
    const node = nodeOfRef[(end & 1) === 0 ? firstRefOfPiece[piece]! : lastRefOfPiece[piece]!]!;
    const profile = profileOfWay[wayOfPiece[piece]!]!;
    let packed = arms[node]! | roundabout[profile]!;
    if (isMinor[profile] === 0) {
      if ((packed & MOST_ARMS) < MOST_ARMS) packed++;
      if (rank[profile]! < (packed & RANK_BITS)) packed = (packed & ~RANK_BITS) | rank[profile]!;
    }
    arms[node] = packed;
  }
  return arms;
}

/**
 * The delay on arriving at a node with these arms along a street of the given profile and rank (lower = higher
 * class). `hasSignals`: signals on the edge in this direction, at its head included.
 */
export function delayAtHead(
  arms: number,
  delays: HeadDelays,
  rank: number,
  profile: Pick<WayProfile, 'isFerry' | 'isRoundabout'>,
  hasSignals: boolean,
): number {
  if (profile.isFerry) return 0;
  if (hasSignals) return delays.signals;
  if ((arms & MOST_ARMS) < MOST_ARMS) return 0;
  if (profile.isRoundabout) return 0; // Whoever is on it has priority.
  if ((arms & ON_ROUNDABOUT) !== 0) return delays.roundabout;
  return (arms & RANK_BITS) >> RANK_SHIFT < rank ? delays.higherClass : delays.junction;
}
