/**
 * How long ferries and car trains take: what `duration` says on the way, else on the relation of their route.
 *
 * The ways of a relation share its duration by their lengths, those that have one of their own apart; ways that are
 * sailed one way only (roles `forward` and `backward`) count in their direction. A relation of which the file lacks a
 * way tells nothing, since the share of the others is open. Of two routes over a way the faster counts.
 * Source: OSM wiki, Tag:route=ferry, Key:duration.
 */
import { distanceMeters } from '../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE, NO_INDEX } from '../common/units.ts';
import type { OsmRelation, OsmStreets } from '../read/osm/osm-data.ts';
import { findSorted } from './find-sorted.ts';
import { parseDurationSeconds } from './speeds.ts';
import { isFerryRoute, isShuttleTrain } from './street-classes.ts';

export interface CrossingTimes {
  /** way -> seconds that a relation gives it; a duration of its own goes first. */
  secondsOfWay: ReadonlyMap<number, number>;
  /** Ids of the relations whose duration cannot be shared out. */
  incomplete: number[];
}

/** Members beside the crossing: places, not ways. */
const PLACE_ROLE = /^(platform|stop|landing|terminal|station)/;

export function shareOutCrossings(osm: OsmStreets): CrossingTimes {
  const secondsOfWay = new Map<number, number>();
  const incomplete: number[] = [];
  for (const relation of osm.crossings) {
    const seconds = parseDurationSeconds(relation.tags.duration);
    if (seconds === undefined) continue;
    const legs = findLegs(osm, relation);
    if (legs === undefined) incomplete.push(relation.relationId);
    else shareOut(legs, seconds, secondsOfWay);
  }
  return { secondsOfWay, incomplete };
}

interface CrossingLeg {
  way: number;
  meters: number;
  role: string;
  ownSeconds: number | undefined;
}

/** The ways of a route that are crossings; undefined where the file lacks one, or a part of it. */
function findLegs(osm: OsmStreets, { members }: OsmRelation): CrossingLeg[] | undefined {
  const legs: CrossingLeg[] = [];
  for (const { type, id, role } of members) {
    if (type !== 'w' || PLACE_ROLE.test(role)) continue;
    const way = findSorted(osm.idOfWay, id);
    if (way === NO_INDEX) return undefined;
    const tags = osm.tagSets[osm.tagSetOfWay[way]!]!;
    if (!isFerryRoute(tags) && !isShuttleTrain(tags)) continue;
    if (legs.some((leg) => leg.way === way)) continue;
    const meters = wayLengthMeters(osm, way);
    if (meters === undefined) return undefined;
    legs.push({ way, meters, role, ownSeconds: parseDurationSeconds(tags.duration) });
  }
  return legs;
}

function shareOut(legs: readonly CrossingLeg[], seconds: number, secondsOfWay: Map<number, number>): void {
  // What lies on the way of one who crosses in one direction, the longer of the two.
  const sumOf = (value: (leg: CrossingLeg) => number) => {
    const sum = (against: string) =>
      legs.reduce((total, leg) => total + (leg.role === against ? 0 : value(leg)), 0);
    return Math.max(sum('backward'), sum('forward'));
  };
  const meters = sumOf((leg) => leg.meters);
  const openMeters = sumOf((leg) => (leg.ownSeconds === undefined ? leg.meters : 0));
  const openSeconds = seconds - sumOf((leg) => leg.ownSeconds ?? 0);
  // Where the ways claim the whole duration for some of them, each gets its share of the whole.
  const secondsPerMeter = openSeconds > 0 ? openSeconds / openMeters : seconds / meters;
  for (const { way, meters: own, ownSeconds } of legs) {
    if (ownSeconds !== undefined || !(own > 0)) continue;
    const share = own * secondsPerMeter;
    secondsOfWay.set(way, Math.min(share, secondsOfWay.get(way) ?? Infinity));
  }
}

/** Metres along the known nodes of a way; undefined where the file lacks one of them. */
function wayLengthMeters(osm: OsmStreets, way: number): number | undefined {
  const { nodeOfRef, firstRefOfWay } = osm;
  const isCut = nodeOfRef.subarray(firstRefOfWay[way]!, firstRefOfWay[way + 1]!).includes(NO_INDEX);
  return isCut ? undefined : knownLengthMeters(osm, way);
}

/** Metres along a way, without the stretches whose nodes the file lacks. */
export function knownLengthMeters(osm: OsmStreets, way: number): number {
  let meters = 0;
  for (let ref = osm.firstRefOfWay[way]! + 1; ref < osm.firstRefOfWay[way + 1]!; ref++) {
    meters += metersBetween(osm, osm.nodeOfRef[ref - 1]!, osm.nodeOfRef[ref]!);
  }
  return meters;
}

/** Metres between two nodes; 0 where the file lacks one. */
export function metersBetween(
  { lonOfNode, latOfNode }: Pick<OsmStreets, 'lonOfNode' | 'latOfNode'>,
  a: number,
  b: number,
): number {
  if (a === NO_INDEX || b === NO_INDEX) return 0;
  return distanceMeters(
    lonOfNode[a]! / COORDINATE_UNITS_PER_DEGREE,
    latOfNode[a]! / COORDINATE_UNITS_PER_DEGREE,
    lonOfNode[b]! / COORDINATE_UNITS_PER_DEGREE,
    latOfNode[b]! / COORDINATE_UNITS_PER_DEGREE,
  );
}
