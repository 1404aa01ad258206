/**
 * Delays at the head of a directed edge: signals, junctions of three or more streets, roundabouts. They
 * belong to the head, so that joining pieces changes nothing, and signals stand instead of the junction.
 */
import { DECISECONDS_PER_SECOND, type StreetMode } from '../common/units.ts';
import { type ModeStreets, NODE_ON_ROUNDABOUT } from './mode-streets.ts';
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
 * The delay on arriving at `node` along a street of the given profile and rank (lower = higher class).
 * `hasSignals`: signals on the edge in this direction, at its head included.
 */
export function delayAtHead(
  streets: ModeStreets,
  delays: HeadDelays,
  node: number,
  rank: number,
  profile: WayProfile,
  hasSignals: boolean,
): number {
  if (profile.isFerry) return 0;
  if (hasSignals) return delays.signals;
  if (streets.majorArmsOfNode[node]! < 3) return 0;
  if (profile.isRoundabout) return 0; // Whoever is on it has priority.
  if ((streets.flagsOfNode[node]! & NODE_ON_ROUNDABOUT) !== 0) return delays.roundabout;
  return streets.topRankOfNode[node]! < rank ? delays.higherClass : delays.junction;
}
