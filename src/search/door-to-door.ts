/**
 * Door to door: from linked points to seeds of a street search, and from its result to the times of other
 * points. A trip is: the walk from the door to the road, the rest of that edge (with the delay at its head), the
 * network, the part of the last edge up to the structure, the walk to its door. Where both stand on one edge,
 * the direct way along it is a case of its own. Only driving time is shared out along an edge.
 *
 * `towards`: the seeds are destinations (structures), the points are origins (homes). `from`: the reverse.
 */
import { isWithin, UNREACHED } from '../common/units.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { along, type LinksByVertex, linkPoints, type PointLinks } from './point-links.ts';
import type { SearchDirection, Seeds } from './seeds.ts';

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
  /** Decimetres between reached vertices and their sources, the seed's own included. */
  lengthsOf(vertices: Uint32Array): Float64Array;
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
  const { count } = links;
  const times = new Int32Array(count);
  const sources = new Int32Array(count);
  const bestLinks = new Int32Array(count);
  pickBestLinks(links, search.times, search.sources, { times, sources, bestLinks });
  const meters = new Float64Array(withMeters ? count : 0).fill(Number.NaN);
  if (withMeters) measureWays(links, bestLinks, search, meters);
  offerDirectWays(network, seedSet, links, direction, (point, time, source, metersAlong) => {
    const known = times[point]!;
    if (time > known || (time === known && source >= sources[point]!)) return;
    times[point] = time;
    sources[point] = source;
    if (withMeters) meters[point] = metersAlong;
  });
  return { times, sources, meters };
}

/** Fills the times and sources of the points, and point -> the link of its best way; -1 where none leads on. */
function pickBestLinks(
  { count, firstLink, vertices, times: linkTimes }: PointLinks,
  timeOfVertex: Int32Array,
  sourceOfVertex: Int32Array,
  into: { times: Int32Array; sources: Int32Array; bestLinks: Int32Array },
): void {
  const { times, sources, bestLinks } = into;
  for (let point = 0; point < count; point++) {
    let best = UNREACHED;
    let bestSource = -1;
    let bestLink = -1;
    const end = firstLink[point + 1]!;
    for (let link = firstLink[point]!; link < end; link++) {
      const vertex = vertices[link]!;
      const onward = timeOfVertex[vertex]!;
      if (onward === UNREACHED) continue;
      const time = onward + linkTimes[link]!;
      const source = sourceOfVertex[vertex]!;
      if (time > best || (time === best && source >= bestSource)) continue;
      best = time;
      bestSource = source;
      bestLink = link;
    }
    times[point] = best;
    sources[point] = bestSource;
    bestLinks[point] = bestLink;
  }
}

/** Fills the metres of the points that a link leads on from. */
function measureWays(
  links: PointLinks,
  bestLinks: Int32Array,
  search: VertexTimes,
  meters: Float64Array,
): void {
  const vertices = new Uint32Array(bestLinks.length);
  let count = 0;
  for (let point = 0; point < bestLinks.length; point++) {
    if (bestLinks[point]! >= 0) vertices[count++] = links.vertices[bestLinks[point]!]!;
  }
  const lengths = search.lengthsOf(vertices.subarray(0, count));
  let i = 0;
  for (let point = 0; point < bestLinks.length; point++) {
    if (bestLinks[point]! >= 0) meters[point] = links.meters[bestLinks[point]!]! + lengths[i++]! / 10;
  }
}

/**
 * Positions of the points within the threshold of a bounded search, ascending: what `evaluatePoints` gives.
 * @param byVertex the same links, to find points from the vertices reached, so that those far away cost nothing;
 *   without it every point is looked at
 * @param isFound scratch, point -> 0; left as it was
 */
export function findPointsWithin(
  network: StreetNetwork,
  search: VertexTimes & { reached: Uint32Array; reachedCount: number },
  seedSet: SeedSet,
  links: PointLinks,
  byVertex: LinksByVertex | undefined,
  direction: SearchDirection,
  within: { thresholdDeciseconds: number; inclusive: boolean },
  isFound: Uint8Array,
): Uint32Array {
  const { thresholdDeciseconds, inclusive } = within;
  const { reached, reachedCount, times } = search;
  const found: number[] = [];
  const latest = inclusive ? thresholdDeciseconds : Math.ceil(thresholdDeciseconds) - 1;
  if (byVertex === undefined) findWithin(links, times, latest, isFound, found);
  else findLinkedWithin(reached, reachedCount, times, byVertex, latest, isFound, found);
  offerDirectWays(network, seedSet, links, direction, (point, time) => {
    if (isFound[point] === 1 || !isWithin(time, thresholdDeciseconds, inclusive)) return;
    isFound[point] = 1;
    found.push(point);
  });
  for (const point of found) isFound[point] = 0;
  return Uint32Array.from(found).sort();
}

/** Adds to `found`, and marks, the points from which a link leads on by `latest`. */
function findWithin(
  { count, firstLink, vertices, times: linkTimes }: PointLinks,
  times: Int32Array,
  latest: number,
  isFound: Uint8Array,
  found: number[],
): void {
  for (let point = 0; point < count; point++) {
    const end = firstLink[point + 1]!;
    for (let link = firstLink[point]!; link < end; link++) {
      const onward = times[vertices[link]!]!;
      if (onward === UNREACHED || onward + linkTimes[link]! > latest) continue;
      isFound[point] = 1;
      found.push(point);
      break;
    }
  }
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
