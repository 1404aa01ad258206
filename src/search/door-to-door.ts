/**
 * Door to door: from linked points to seeds of a street search, and from its result to the times of other
 * points. A trip is: the walk from the door to the road, the rest of that edge (with the delay at its head), the
 * network, the part of the last edge up to the structure, the walk to its door. Where both stand on one edge,
 * the direct way along it is a case of its own. Only driving time is shared out along an edge.
 *
 * `towards`: the seeds are destinations (structures), the points are origins (homes). `from`: the reverse.
 */
import { orderByKey } from '../common/radix-sort.ts';
import { DECISECONDS_PER_SECOND, isWithin, NO_INDEX, UNREACHED } from '../common/units.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { SearchDirection, Seeds } from './street-search.ts';

/** Deciseconds to walk `meters` off the road. */
export function walkOffRoad(meters: number, walkSpeedKph: number): number {
  return Math.round((meters / (walkSpeedKph / 3.6)) * DECISECONDS_PER_SECOND);
}

/** Deciseconds along a share of an edge. */
function along(drivingTime: number, share: number): number {
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

/** Seeds of a search, and where the sources stand on their edges, for the direct case. */
export interface SeedSet {
  seeds: Seeds;
  standing: Array<{ source: number; edge: number; fraction: number; walkTime: number; walkMeters: number }>;
}

/**
 * Seeds for all candidates of the given points.
 * @param sources positions in `snapped` that seed the search; a seed's source is its position in this list
 */
export function buildSeeds(
  network: StreetNetwork,
  snapped: SnappedPoints,
  sources: ArrayLike<number>,
  direction: SearchDirection,
  walkSpeedKph: number,
): SeedSet {
  const picked = pickPoints(snapped, sources);
  const links = linkPoints(network, picked, direction === 'towards' ? 'end' : 'start', walkSpeedKph);
  const sourceOfLink = new Uint32Array(links.vertices.length);
  for (let source = 0; source < sources.length; source++) {
    sourceOfLink.fill(source, links.firstLink[source]!, links.firstLink[source + 1]!);
  }
  return {
    seeds: {
      count: links.vertices.length,
      vertices: links.vertices,
      times: links.times,
      sources: sourceOfLink,
      lengths: Uint32Array.from(links.meters, (meters) => Math.round(meters * 10)),
    },
    standing: Array.from(picked.edges, (edge, k) => ({
      source: links.pointOfCandidate[k]!,
      edge,
      fraction: picked.fractions[k]!,
      walkTime: links.walkTimeOfCandidate[k]!,
      walkMeters: links.walkMetersOfCandidate[k]!,
    })),
  };
}

/** The candidates of some of the points, in the order given. */
function pickPoints(snapped: SnappedPoints, points: ArrayLike<number>): SnappedPoints {
  const firstCandidate = new Uint32Array(points.length + 1);
  const candidates: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    for (let k = snapped.firstCandidate[point]!; k < snapped.firstCandidate[point + 1]!; k++)
      candidates.push(k);
    firstCandidate[i + 1] = candidates.length;
  }
  return {
    count: points.length,
    firstCandidate,
    edges: Uint32Array.from(candidates, (k) => snapped.edges[k]!),
    fractions: Float64Array.from(candidates, (k) => snapped.fractions[k]!),
    distances: Float64Array.from(candidates, (k) => snapped.distances[k]!),
    nearestMeters: Float64Array.from(points, (point) => snapped.nearestMeters[point]!),
    cutOff: Uint8Array.from(points, (point) => snapped.cutOff[point]!),
  };
}

/** Times of points; parallel arrays over the points. */
export interface PointTimes {
  /** Deciseconds, UNREACHED where nothing leads or the point is not linked. */
  times: Int32Array;
  /** Nearest source (position in the list that seeded the search), -1 where unreached. */
  sources: Int32Array;
  /** Metres from door to door, the walk off the road as charged; NaN where unreached or not asked for. */
  meters: Float64Array;
}

/** What a vertex search offers: the fast engine and the reference both do. */
export interface VertexTimes {
  readonly times: Int32Array;
  readonly sources: Int32Array;
  lengthOf(vertex: number): number;
}

/** Combines the result of a search with the links of the points at the other end of the trips. */
export function evaluatePoints(
  network: StreetNetwork,
  search: VertexTimes,
  seedSet: SeedSet,
  links: PointLinks,
  direction: SearchDirection,
  withMeters: boolean,
): PointTimes {
  const { count, firstLink, vertices, times: linkTimes } = links;
  const times = new Int32Array(count).fill(UNREACHED);
  const sources = new Int32Array(count).fill(-1);
  /** point -> the link of its best way; -1 = straight along one edge, or none. */
  const bestLinks = new Int32Array(count).fill(-1);
  for (let point = 0; point < count; point++) {
    let best = UNREACHED;
    let bestSource = -1;
    for (let link = firstLink[point]!; link < firstLink[point + 1]!; link++) {
      const vertex = vertices[link]!;
      const onward = search.times[vertex]!;
      if (onward === UNREACHED) continue;
      const time = onward + linkTimes[link]!;
      const source = search.sources[vertex]!;
      if (time > best || (time === best && source >= bestSource)) continue;
      best = time;
      bestSource = source;
      bestLinks[point] = link;
    }
    times[point] = best;
    sources[point] = bestSource;
  }
  const result: PointTimes = {
    times,
    sources,
    meters: new Float64Array(withMeters ? count : 0).fill(Number.NaN),
  };
  if (withMeters) {
    for (let point = 0; point < count; point++) {
      const link = bestLinks[point]!;
      if (link >= 0) result.meters[point] = links.meters[link]! + search.lengthOf(vertices[link]!) / 10;
    }
  }
  offerDirectWays(network, seedSet, links, direction, (point, time, source, meters) => {
    const known = times[point]!;
    if (time > known || (time === known && source >= sources[point]!)) return;
    times[point] = time;
    sources[point] = source;
    if (withMeters) result.meters[point] = meters;
  });
  return result;
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

/**
 * Positions of the points within the threshold of a bounded search, ascending: what `evaluatePoints` gives, found
 * from the vertices reached, so that points far away cost nothing.
 * @param isFound scratch, point -> 0; left as it was
 */
export function findPointsWithin(
  network: StreetNetwork,
  search: VertexTimes & { reached: Uint32Array; reachedCount: number },
  seedSet: SeedSet,
  links: PointLinks,
  byVertex: LinksByVertex,
  direction: SearchDirection,
  within: { thresholdDeciseconds: number; inclusive: boolean },
  isFound: Uint8Array,
): Uint32Array {
  const { thresholdDeciseconds, inclusive } = within;
  const { reached, reachedCount, times } = search;
  const found: number[] = [];
  const latest = inclusive ? thresholdDeciseconds : Math.ceil(thresholdDeciseconds) - 1;
  findLinkedWithin(reached, reachedCount, times, byVertex, latest, isFound, found);
  offerDirectWays(network, seedSet, links, direction, (point, time) => {
    if (isFound[point] === 1 || !isWithin(time, thresholdDeciseconds, inclusive)) return;
    isFound[point] = 1;
    found.push(point);
  });
  for (const point of found) isFound[point] = 0;
  return Uint32Array.from(found).sort();
}

/** Adds to `found`, and marks, the points that a link leads to from a reached vertex by `latest`. */
function findLinkedWithin(
  reached: Uint32Array,
  reachedCount: number,
  times: Int32Array,
  { firstLink, points, times: linkTimes }: LinksByVertex,
  latest: number,
  isFound: Uint8Array,
  found: number[],
): void {
  for (let i = 0; i < reachedCount; i++) {
    const vertex = reached[i]!;
    const end = firstLink[vertex + 1]!;
    const left = latest - times[vertex]!;
    for (let link = firstLink[vertex]!; link < end; link++) {
      const point = points[link]!;
      if (linkTimes[link]! > left || isFound[point] === 1) continue;
      isFound[point] = 1;
      found.push(point);
    }
  }
}

/** Offers the ways of points on the same edge as a source: straight along it, without its head. */
export function offerDirectWays(
  network: StreetNetwork,
  seedSet: SeedSet,
  links: PointLinks,
  direction: SearchDirection,
  offer: (point: number, time: number, source: number, meters: number) => void,
): void {
  const { edgesInOrder, candidatesInOrder } = links;
  for (const standing of seedSet.standing) {
    const { edge, source } = standing;
    for (let i = lowerBound(edgesInOrder, edge); i < edgesInOrder.length && edgesInOrder[i] === edge; i++) {
      const candidate = candidatesInOrder[i]!;
      const own = links.fractionOfCandidate[candidate]!;
      const from = direction === 'towards' ? own : standing.fraction;
      const to = direction === 'towards' ? standing.fraction : own;
      const driving = network.drivingTimeOfEdgeDir[2 * edge + (to >= from ? 0 : 1)]!;
      if (driving === UNREACHED && to !== from) continue;
      const share = Math.abs(to - from);
      const walkTime = links.walkTimeOfCandidate[candidate]! + standing.walkTime;
      const walkMeters = links.walkMetersOfCandidate[candidate]! + standing.walkMeters;
      offer(
        links.pointOfCandidate[candidate]!,
        walkTime + (share === 0 ? 0 : along(driving, share)),
        source,
        walkMeters + (network.lengthOfEdge[edge]! / 10) * share,
      );
    }
  }
}

/** First position of an ascending array whose value is at least `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
