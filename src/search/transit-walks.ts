/**
 * All the walks of a transit search, on the streets: from homes to stops (access), between stops (transfers),
 * from stops to structures (egress). Stops that no street of the walkers' network takes are left out, and told.
 */
import type Flatbush from 'flatbush';
import { NO_INDEX } from '../common/units.ts';
import { type SnappedPoints, snapPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';
import { type StopWalks, sortByTime } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
import { linkPoints, type PointLinks } from './point-links.ts';
import {
  indexWalkStarts,
  NearPoints,
  WalkCollector,
  WalkSearch,
  type WalksFromPoints,
  type WalksToTargets,
  walksByPoint,
} from './stop-walks.ts';
import type { StopAccess } from './transit-best.ts';
import type { AccessLinks } from './transit-cells.ts';
import type { EgressLinks } from './transit-egress.ts';

export interface WalkLimits {
  walkSpeedKph: number;
  /** Deciseconds. */
  access: number;
  transfer: number;
  egress: number;
  /** A stop further off the street is not linked, metres. */
  stopRadiusMeters: number;
  /** Whether the access walks from the vertices of the network are wanted too, for isochrones. */
  withVertices?: boolean;
}

export interface TransitWalks {
  access: AccessLinks;
  /** By the stop one reaches, the shortest first; none from a stop to itself. */
  walksIntoStops: StopWalks;
  egress: EgressLinks;
  /** Access walks from vertices, by stop; undefined unless asked for. */
  vertexAccess: StopAccess | undefined;
  /** The stops that the day serves, ascending, and where they stand on the streets. */
  servedStops: Uint32Array;
  snappedStops: SnappedPoints;
  /** stop -> metres to its street; Infinity where not linked, NaN where the day does not serve it. */
  metersOfStop: Float64Array;
}

/**
 * @param cells homes (or origins), linked as starts of walks
 * @param structures structures (or destinations), snapped
 * @param onProgress share of the stops done, 0 to 1
 */
export function buildTransitWalks(
  network: StreetNetwork,
  index: Flatbush | undefined,
  usefulEdges: Uint8Array,
  timetable: Timetable,
  cells: PointLinks,
  structures: SnappedPoints,
  limits: WalkLimits,
  onProgress: (share: number) => void = () => {},
): TransitWalks {
  const served = servedStops(timetable);
  const stops = snapPoints(
    network,
    index,
    usefulEdges,
    Float64Array.from(served, (stop) => timetable.lonOfStop[stop]!),
    Float64Array.from(served, (stop) => timetable.latOfStop[stop]!),
    { radiusMeters: limits.stopRadiusMeters, needs: TAKES_ARRIVALS | TAKES_DEPARTURES },
  );
  const cellStarts = indexWalkStarts(network, cells);
  const stopStarts = indexWalkStarts(network, linkPoints(network, stops, 'start', limits.walkSpeedKph));
  const nearCells = new NearPoints(cells.count);
  const nearStops = new NearPoints(served.length);

  const toStops = new WalkSearch(network, stops, limits.walkSpeedKph);
  const accessWalks = new WalkCollector();
  const transferWalks = new WalkCollector();
  const vertexWalks = limits.withVertices === true ? new WalkCollector() : undefined;
  for (let target = 0; target < served.length; target++) {
    const seedSet = toStops.run(target, Math.max(limits.access, limits.transfer));
    toStops.collect(cellStarts, seedSet, limits.access, nearCells);
    accessWalks.add(nearCells);
    toStops.collect(stopStarts, seedSet, limits.transfer, nearStops);
    transferWalks.add(nearStops);
    if (vertexWalks !== undefined) toStops.addVertices(limits.access, vertexWalks);
    if (target % 256 === 0) onProgress(target / served.length);
  }
  const toStructures = new WalkSearch(network, structures, limits.walkSpeedKph);
  const egressWalks = new WalkCollector();
  for (let target = 0; target < structures.count; target++) {
    const seedSet = toStructures.run(target, limits.egress);
    toStructures.collect(stopStarts, seedSet, limits.egress, nearStops);
    egressWalks.add(nearStops);
  }
  onProgress(1);

  const access = walksByPoint(accessWalks.finish(), cells.count);
  const egress = expandPoints(walksByPoint(egressWalks.finish(), served.length), served, timetable.stopCount);
  const toStopIndex = (targets: Uint32Array) => targets.map((target) => served[target]!);
  const metersOfStop = new Float64Array(timetable.stopCount).fill(Number.NaN);
  served.forEach((stop, i) => {
    metersOfStop[stop] = stops.nearestMeters[i]!;
  });
  const vertices = vertexWalks?.finish();
  return {
    access: { first: access.first, stop: toStopIndex(access.targets), deciseconds: access.deciseconds },
    vertexAccess: vertices && { stops: served, ...vertices },
    servedStops: served,
    snappedStops: stops,
    walksIntoStops: walksInto(transferWalks.finish(), served, timetable.stopCount),
    egress: { first: egress.first, structure: egress.targets, deciseconds: egress.deciseconds },
    metersOfStop,
  };
}

/** Stops that the day serves and whose place is known, ascending. */
function servedStops(timetable: Timetable): Uint32Array {
  const served: number[] = [];
  for (let stop = 0; stop < timetable.stopCount; stop++) {
    const isPlaced =
      Number.isFinite(timetable.lonOfStop[stop]!) && Number.isFinite(timetable.latOfStop[stop]!);
    if (timetable.servedOfStop[stop] === 1 && isPlaced) served.push(stop);
  }
  return Uint32Array.from(served);
}

/** Walks by position among the served stops -> walks by stop. */
function expandPoints(walks: WalksFromPoints, served: Uint32Array, stopCount: number): WalksFromPoints {
  const positionOfStop = new Uint32Array(stopCount).fill(NO_INDEX);
  served.forEach((stop, position) => {
    positionOfStop[stop] = position;
  });
  const first = new Uint32Array(stopCount + 1);
  for (let stop = 0; stop < stopCount; stop++) {
    const position = positionOfStop[stop]!;
    const count = position === NO_INDEX ? 0 : walks.first[position + 1]! - walks.first[position]!;
    first[stop + 1] = first[stop]! + count;
  }
  // Served stops ascend, so the walks themselves stand in the right order already.
  return { first, targets: walks.targets, deciseconds: walks.deciseconds };
}

/** Walks between positions among the served stops -> between stops, without those from a stop to itself. */
function walksInto(walks: WalksToTargets, served: Uint32Array, stopCount: number): StopWalks {
  const first = new Uint32Array(stopCount + 1);
  const stop = new Uint32Array(walks.points.length);
  const deciseconds = new Int32Array(walks.points.length);
  let count = 0;
  served.forEach((to, target) => {
    const start = count;
    for (let walk = walks.first[target]!; walk < walks.first[target + 1]!; walk++) {
      // Changing at the same stop needs no walk: the search knows that by itself.
      if (walks.points[walk] === target) continue;
      stop[count] = served[walks.points[walk]!]!;
      deciseconds[count++] = walks.deciseconds[walk]!;
    }
    sortByTime(stop.subarray(start, count), deciseconds.subarray(start, count));
    first[to + 1] = count - start;
  });
  for (let s = 0; s < stopCount; s++) first[s + 1]! += first[s]!;
  return { first, stop: stop.slice(0, count), deciseconds: deciseconds.slice(0, count) };
}
