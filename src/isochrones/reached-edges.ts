/**
 * The edges near what a search has reached, each once, with the times at their two ends from which the time
 * anywhere along them follows:
 *
 *     time(f) = min(headTime + (1 - f) * drivingFromHead, tailTime + f * drivingFromTail)
 *
 * with f the share of the edge from its tail. Towards the structures, one drives on to the head (its delay
 * counts whole) or back to the tail; away from a point, one has come from the tail or from the head.
 */
import { NO_INDEX, UNREACHED } from '../common/units.ts';
import type { SearchDirection } from '../search/street-search.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { Extent } from './grid.ts';
import type { IsochroneScratch } from './scratch.ts';

export interface CollectOptions {
  network: StreetNetwork;
  direction: SearchDirection;
  timeOfVertex: Int32Array;
  /** Vertices reached, and the extent of those within the cutoff. */
  reached: ArrayLike<number>;
  extent: Extent;
  cutoff: number;
  /** Edges up to this length are left out where both of their ends are within the cutoff. */
  shortDecimeters: number;
}

/** Step along an edge that may leave the extent of the vertices, metres. */
const EXTENT_STEP_METERS = 50;
/** 1e-7 degrees of latitude in a decimetre, rounded up. */
const LAT_UNITS_PER_DECIMETER = 9;

/**
 * Fills the scratch's `edges`, `headTimes` and `tailTimes` (UNREACHED where that way is closed) and returns how
 * many; the extent grows by what edges within the cutoff do beyond it.
 */
export function collectReachedEdges(options: CollectOptions, scratch: IsochroneScratch): number {
  const { network, timeOfVertex, reached, extent, cutoff, shortDecimeters } = options;
  const isTowards = options.direction === 'towards';
  const { lengthOfEdge, lonOfVertex, latOfVertex } = network;
  const { firstEdgeAtVertex, edgesAtVertex, runOfEdge, edges, headTimes, tailTimes } = scratch;
  const { west, south, east, north } = extent;
  const lonUnitsPerDecimeter =
    LAT_UNITS_PER_DECIMETER / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180e7);
  const run = scratch.nextRun();
  let count = 0;
  for (let i = 0; i < reached.length; i++) {
    const vertex = reached[i]!;
    if (timeOfVertex[vertex]! > cutoff) continue;
    const lon = lonOfVertex[vertex]!;
    const lat = latOfVertex[vertex]!;
    // Room from the vertex to the extent's border: only an edge longer than it can leave the extent.
    const room = Math.min(
      Math.min(lon - west, east - lon) / lonUnitsPerDecimeter,
      Math.min(lat - south, north - lat) / LAT_UNITS_PER_DECIMETER,
    );
    const end = firstEdgeAtVertex[vertex + 1]!;
    for (let k = firstEdgeAtVertex[vertex]!; k < end; k++) {
      const edge = edgesAtVertex[k]!;
      if (runOfEdge[edge] === run) continue;
      runOfEdge[edge] = run;
      const forward = isTowards
        ? timeToGoOn(network, timeOfVertex, cutoff, 2 * edge)
        : timeToEnter(network, timeOfVertex, cutoff, 2 * edge);
      const backward = isTowards
        ? timeToGoOn(network, timeOfVertex, cutoff, 2 * edge + 1)
        : timeToEnter(network, timeOfVertex, cutoff, 2 * edge + 1);
      const headTime = isTowards ? forward : backward;
      const tailTime = isTowards ? backward : forward;
      const length = lengthOfEdge[edge]!;
      if (length > room) growByEdge(options, edge, headTime, tailTime);
      if (length <= shortDecimeters && isWholeWithin(headTime, tailTime)) continue;
      edges[count] = edge;
      headTimes[count] = headTime;
      tailTimes[count] = tailTime;
      count++;
    }
  }
  return count;
}

/**
 * True where the vertices at both ends are within the cutoff, each being the way on in one direction. (Of a
 * one-way street this says nothing about its other end, and it is taken as not whole.)
 */
export function isWholeWithin(headTime: number, tailTime: number): boolean {
  return headTime !== UNREACHED && tailTime !== UNREACHED;
}

function growByEdge(options: CollectOptions, edge: number, headTime: number, tailTime: number): void {
  const { network, direction, cutoff, extent } = options;
  const driving = network.drivingTimeOfEdgeDir;
  const fromHead = headTime === UNREACHED ? 0 : driving[edgeDirFromHead(direction, edge)]!;
  const fromTail = tailTime === UNREACHED ? 0 : driving[edgeDirFromTail(direction, edge)]!;
  sampleEdge(network, edge, EXTENT_STEP_METERS, (lon, lat, fraction) => {
    if (Math.min(headTime + (1 - fraction) * fromHead, tailTime + fraction * fromTail) <= cutoff)
      extent.add(lon, lat);
  });
}

/** Time from the end of an edge on, in the given direction, the delay there included. */
function timeToGoOn(
  network: StreetNetwork,
  timeOfVertex: Int32Array,
  cutoff: number,
  edgeDir: number,
): number {
  const vertex = network.departureVertexOfEdgeDir[edgeDir]!;
  if (vertex === NO_INDEX || network.drivingTimeOfEdgeDir[edgeDir] === UNREACHED) return UNREACHED;
  const time = timeOfVertex[vertex]!;
  return time > cutoff ? UNREACHED : time + network.delayOfEdgeDir[edgeDir]!;
}

/** Least time at which the edge is entered in the given direction. */
function timeToEnter(
  network: StreetNetwork,
  timeOfVertex: Int32Array,
  cutoff: number,
  edgeDir: number,
): number {
  if (network.drivingTimeOfEdgeDir[edgeDir] === UNREACHED) return UNREACHED;
  let least = UNREACHED;
  const end = network.firstArrivalOfEdgeDir[edgeDir + 1]!;
  for (let i = network.firstArrivalOfEdgeDir[edgeDir]!; i < end; i++) {
    const time = timeOfVertex[network.arrivalVertices[i]!]!;
    if (time < least) least = time;
  }
  return least > cutoff ? UNREACHED : least;
}

/** edgeDir whose driving time is spent from the head (or the tail) inwards, see the module's formula. */
export function edgeDirFromHead(direction: SearchDirection, edge: number): number {
  return direction === 'towards' ? 2 * edge : 2 * edge + 1;
}

export function edgeDirFromTail(direction: SearchDirection, edge: number): number {
  return direction === 'towards' ? 2 * edge + 1 : 2 * edge;
}

/** Calls `visit` along an edge, at both ends and at most `stepMeters` apart; lon, lat in 1e-7 degrees. */
export function sampleEdge(
  network: StreetNetwork,
  edge: number,
  stepMeters: number,
  visit: (lon: number, lat: number, fraction: number) => void,
): void {
  const { lonOfPoint, latOfPoint } = network;
  const first = network.firstPointOfEdge[edge]!;
  const last = network.firstPointOfEdge[edge + 1]! - 1;
  const scale = Math.cos((latOfPoint[first]! * Math.PI) / 180e7);
  const lengthOf = (point: number) =>
    Math.hypot(
      (lonOfPoint[point + 1]! - lonOfPoint[point]!) * scale,
      latOfPoint[point + 1]! - latOfPoint[point]!,
    );
  let total = 0;
  for (let point = first; point < last; point++) total += lengthOf(point);
  const count = Math.max(1, Math.ceil(network.lengthOfEdge[edge]! / 10 / stepMeters));
  let sample = 0;
  let before = 0;
  for (let point = first; point < last; point++) {
    const length = lengthOf(point);
    while (sample <= count && ((sample * total) / count <= before + length || point === last - 1)) {
      const share = length === 0 ? 0 : Math.min(1, ((sample * total) / count - before) / length);
      visit(
        lonOfPoint[point]! + share * (lonOfPoint[point + 1]! - lonOfPoint[point]!),
        latOfPoint[point]! + share * (latOfPoint[point + 1]! - latOfPoint[point]!),
        sample / count,
      );
      sample++;
    }
    before += length;
  }
}
