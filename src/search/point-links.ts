/**
 * From snapped points to the vertices by which they join the network, prepared once for all searches: the walk from
 * the door to the road and the rest of that edge, with the delay at its head. Only driving time is shared out along
 * an edge.
 */
import { orderByKey } from '../common/radix-sort.ts';
import { DECISECONDS_PER_SECOND, NO_INDEX, UNREACHED } from '../common/units.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

/** Deciseconds to walk `meters` off the road. */
export function walkOffRoad(meters: number, walkSpeedKph: number): number {
  return Math.round((meters / (walkSpeedKph / 3.6)) * DECISECONDS_PER_SECOND);
}

/** Deciseconds along a share of an edge. */
export function along(drivingTime: number, share: number): number {
  return Math.round(drivingTime * share);
}

/** Which end of a trip the points are. */
type TripEnd = 'start' | 'end';

/**
 * Points and the vertices by which they join the network: CSR over points. Prepared once, read by every search
 * (a hundred structures look at the same homes).
 */
export interface PointLinks {
  count: number;
  /** point -> its first link; length count + 1. */
  firstLink: Uint32Array;
  /** link -> vertex. */
  vertices: Uint32Array;
  /** link -> deciseconds between the door and the vertex. */
  times: Int32Array;
  /** link -> metres between the door and the vertex, the walk off the road as charged. */
  meters: Float64Array;
  /** Candidates in the order of their edges, for the case of one edge: edge, and position in the arrays below. */
  edgesInOrder: Uint32Array;
  candidatesInOrder: Uint32Array;
  pointOfCandidate: Uint32Array;
  fractionOfCandidate: Float64Array;
  /** candidate -> deciseconds and metres of the walk off the road, as charged. */
  walkTimeOfCandidate: Int32Array;
  walkMetersOfCandidate: Float64Array;
}

/** How many vertices stand for the places where trips start, or end, on these edges. */
function countLinks(network: StreetNetwork, edges: Uint32Array, end: TripEnd): number {
  const { drivingTimeOfEdgeDir, departureVertexOfEdgeDir, firstArrivalOfEdgeDir } = network;
  let count = 0;
  for (let k = 0; k < edges.length; k++) {
    for (let edgeDir = 2 * edges[k]!; edgeDir <= 2 * edges[k]! + 1; edgeDir++) {
      if (drivingTimeOfEdgeDir[edgeDir] === UNREACHED) continue;
      if (end === 'end') count += firstArrivalOfEdgeDir[edgeDir + 1]! - firstArrivalOfEdgeDir[edgeDir]!;
      else if (departureVertexOfEdgeDir[edgeDir] !== NO_INDEX) count++;
    }
  }
  return count;
}

/** @param freeMeters point -> metres of the walk off the road that are free (homes stand along the road) */
export function linkPoints(
  network: StreetNetwork,
  snapped: SnappedPoints,
  end: TripEnd,
  walkSpeedKph: number,
  freeMeters?: Float64Array,
): PointLinks {
  const candidateCount = snapped.edges.length;
  const linkCount = countLinks(network, snapped.edges, end);
  const candidatesInOrder = orderByKey(snapped.edges);
  const links: PointLinks = {
    count: snapped.count,
    firstLink: new Uint32Array(snapped.count + 1),
    vertices: new Uint32Array(linkCount),
    times: new Int32Array(linkCount),
    meters: new Float64Array(linkCount),
    edgesInOrder: candidatesInOrder.map((k) => snapped.edges[k]!),
    candidatesInOrder,
    pointOfCandidate: new Uint32Array(candidateCount),
    fractionOfCandidate: snapped.fractions,
    walkTimeOfCandidate: new Int32Array(candidateCount),
    walkMetersOfCandidate: new Float64Array(candidateCount),
  };
  writeLinks(network, snapped, end, walkSpeedKph, freeMeters, links);
  return links;
}

/** Writes the links. Nothing follows upon its loop: it is compiled while it runs, mostly for the first time. */
function writeLinks(
  network: StreetNetwork,
  snapped: SnappedPoints,
  end: TripEnd,
  walkSpeedKph: number,
  freeMeters: Float64Array | undefined,
  links: PointLinks,
): void {
  const { drivingTimeOfEdgeDir, delayOfEdgeDir, lengthOfEdge, departureVertexOfEdgeDir } = network;
  const { firstArrivalOfEdgeDir, arrivalVertices } = network;
  const { firstLink, vertices, times, meters } = links;
  const { pointOfCandidate, walkTimeOfCandidate, walkMetersOfCandidate } = links;
  let link = 0;
  for (let point = 0; point < snapped.count; point++) {
    const free = freeMeters === undefined ? 0 : freeMeters[point]!;
    for (let k = snapped.firstCandidate[point]!; k < snapped.firstCandidate[point + 1]!; k++) {
      const edge = snapped.edges[k]!;
      const walkMeters = Math.max(0, snapped.distances[k]! - free);
      const walkTime = walkOffRoad(walkMeters, walkSpeedKph);
      pointOfCandidate[k] = point;
      walkTimeOfCandidate[k] = walkTime;
      walkMetersOfCandidate[k] = walkMeters;
      for (let edgeDir = 2 * edge; edgeDir <= 2 * edge + 1; edgeDir++) {
        const driving = drivingTimeOfEdgeDir[edgeDir]!;
        if (driving === UNREACHED) continue;
        const fromTail = (edgeDir & 1) === 0 ? snapped.fractions[k]! : 1 - snapped.fractions[k]!;
        const share = end === 'start' ? 1 - fromTail : fromTail;
        const length = walkMeters + (lengthOfEdge[edge]! / 10) * share;
        const time = walkTime + along(driving, share);
        if (end === 'start') {
          const vertex = departureVertexOfEdgeDir[edgeDir]!;
          if (vertex === NO_INDEX) continue;
          vertices[link] = vertex;
          times[link] = time + delayOfEdgeDir[edgeDir]!;
          meters[link++] = length;
          continue;
        }
        const last = firstArrivalOfEdgeDir[edgeDir + 1]!;
        for (let i = firstArrivalOfEdgeDir[edgeDir]!; i < last; i++) {
          vertices[link] = arrivalVertices[i]!;
          times[link] = time;
          meters[link++] = length;
        }
      }
    }
    firstLink[point + 1] = link;
  }
}

/** Links by the vertex that they join: CSR over vertices. */
export interface LinksByVertex {
  /** vertex -> its first link; length vertexCount + 1. */
  firstLink: Uint32Array;
  /** link -> point, and deciseconds between its door and the vertex. */
  points: Uint32Array;
  times: Int32Array;
}

export function groupByVertex(links: PointLinks, vertexCount: number): LinksByVertex {
  const linkCount = links.vertices.length;
  const firstLink = new Uint32Array(vertexCount + 1);
  for (let link = 0; link < linkCount; link++) firstLink[links.vertices[link]! + 1]!++;
  for (let vertex = 0; vertex < vertexCount; vertex++) firstLink[vertex + 1]! += firstLink[vertex]!;
  const next = firstLink.slice();
  const points = new Uint32Array(linkCount);
  const times = new Int32Array(linkCount);
  for (let point = 0; point < links.count; point++) {
    for (let link = links.firstLink[point]!; link < links.firstLink[point + 1]!; link++) {
      const at = next[links.vertices[link]!]!++;
      points[at] = point;
      times[at] = links.times[link]!;
    }
  }
  return { firstLink, points, times };
}
