/**
 * Door to door: from linked points to seeds of a street search, and from its result to the times of other
 * points. A trip is: the walk from the door to the road, the rest of that edge (with the delay at its head), the
 * network, the part of the last edge up to the structure, the walk to its door. Where both stand on one edge,
 * the direct way along it is a case of its own. Only driving time is shared out along an edge.
 *
 * `towards`: the seeds are destinations (structures), the points are origins (homes). `from`: the reverse.
 */
import { DECISECONDS_PER_SECOND, NO_INDEX, UNREACHED } from '../common/units.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { SearchDirection, Seeds } from './street-search.ts';

/** Deciseconds to walk `meters` off the road. */
export function walkOffRoad(meters: number, walkSpeedKph: number): number {
  return Math.round((meters / (walkSpeedKph / 3.6)) * DECISECONDS_PER_SECOND);
}

/** Deciseconds along the first `share` of an edge. */
function along(drivingTime: number, share: number): number {
  return Math.round(drivingTime * share);
}

/** Seeds of a search, and what stands on each edge for the direct case. */
export interface SeedSet {
  seeds: Seeds;
  /** edge -> candidates of sources on it. */
  onEdge: Map<number, Array<{ source: number; fraction: number; walkTime: number; walkMeters: number }>>;
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
  const vertices: number[] = [];
  const times: number[] = [];
  const sourceOfSeed: number[] = [];
  const lengths: number[] = [];
  const onEdge: SeedSet['onEdge'] = new Map();
  const { drivingTimeOfEdgeDir, delayOfEdgeDir, lengthOfEdge } = network;
  for (let source = 0; source < sources.length; source++) {
    const point = sources[source]!;
    for (let k = snapped.firstCandidate[point]!; k < snapped.firstCandidate[point + 1]!; k++) {
      const edge = snapped.edges[k]!;
      const fraction = snapped.fractions[k]!;
      const walkMeters = snapped.distances[k]!;
      const walkTime = walkOffRoad(walkMeters, walkSpeedKph);
      const list = onEdge.get(edge);
      const standing = { source, fraction, walkTime, walkMeters };
      if (list === undefined) onEdge.set(edge, [standing]);
      else list.push(standing);
      for (let edgeDir = 2 * edge; edgeDir <= 2 * edge + 1; edgeDir++) {
        const driving = drivingTimeOfEdgeDir[edgeDir]!;
        if (driving === UNREACHED) continue;
        const fromTail = (edgeDir & 1) === 0 ? fraction : 1 - fraction;
        const push = (vertex: number, share: number, delay: number) => {
          vertices.push(vertex);
          times.push(walkTime + along(driving, share) + delay);
          sourceOfSeed.push(source);
          lengths.push(Math.round(lengthOfEdge[edge]! * share + walkMeters * 10));
        };
        if (direction === 'towards') {
          for (
            let i = network.firstArrivalOfEdgeDir[edgeDir]!;
            i < network.firstArrivalOfEdgeDir[edgeDir + 1]!;
            i++
          ) {
            push(network.arrivalVertices[i]!, fromTail, 0);
          }
        } else if (network.departureVertexOfEdgeDir[edgeDir] !== NO_INDEX) {
          push(network.departureVertexOfEdgeDir[edgeDir]!, 1 - fromTail, delayOfEdgeDir[edgeDir]!);
        }
      }
    }
  }
  return {
    seeds: {
      count: vertices.length,
      vertices: Uint32Array.from(vertices),
      times: Int32Array.from(times),
      sources: Uint32Array.from(sourceOfSeed),
      lengths: Uint32Array.from(lengths),
    },
    onEdge,
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

export interface EvaluateOptions {
  direction: SearchDirection;
  walkSpeedKph: number;
  /** Point -> metres of the walk off the road that are free (homes stand along the road): cells only. */
  freeMeters?: Float64Array;
  withMeters: boolean;
}

/** Combines the result of a search with the links of the points at the other end. */
export function evaluatePoints(
  network: StreetNetwork,
  search: VertexTimes,
  seedSet: SeedSet,
  snapped: SnappedPoints,
  options: EvaluateOptions,
): PointTimes {
  const { direction, walkSpeedKph, freeMeters, withMeters } = options;
  const result: PointTimes = {
    times: new Int32Array(snapped.count).fill(UNREACHED),
    sources: new Int32Array(snapped.count).fill(-1),
    meters: new Float64Array(snapped.count).fill(Number.NaN),
  };
  const { drivingTimeOfEdgeDir, delayOfEdgeDir, lengthOfEdge, departureVertexOfEdgeDir } = network;
  const isTowards = direction === 'towards';
  for (let point = 0; point < snapped.count; point++) {
    let best = UNREACHED;
    let bestSource = -1;
    let bestVertex = NO_INDEX;
    let bestMeters = 0;
    const free = freeMeters === undefined ? 0 : freeMeters[point]!;
    const offer = (time: number, source: number, vertex: number, meters: number) => {
      if (time > best || (time === best && source >= bestSource)) return;
      best = time;
      bestSource = source;
      bestVertex = vertex;
      bestMeters = meters;
    };
    for (let k = snapped.firstCandidate[point]!; k < snapped.firstCandidate[point + 1]!; k++) {
      const edge = snapped.edges[k]!;
      const fraction = snapped.fractions[k]!;
      const walkMeters = Math.max(0, snapped.distances[k]! - free);
      const walkTime = walkOffRoad(walkMeters, walkSpeedKph);
      const edgeMeters = lengthOfEdge[edge]! / 10;
      for (let edgeDir = 2 * edge; edgeDir <= 2 * edge + 1; edgeDir++) {
        const driving = drivingTimeOfEdgeDir[edgeDir]!;
        if (driving === UNREACHED) continue;
        const fromTail = (edgeDir & 1) === 0 ? fraction : 1 - fraction;
        if (isTowards) {
          const vertex = departureVertexOfEdgeDir[edgeDir]!;
          if (vertex === NO_INDEX || search.times[vertex] === UNREACHED) continue;
          const own = walkTime + along(driving, 1 - fromTail) + delayOfEdgeDir[edgeDir]!;
          offer(
            own + search.times[vertex]!,
            search.sources[vertex]!,
            vertex,
            walkMeters + edgeMeters * (1 - fromTail),
          );
        } else {
          const own = walkTime + along(driving, fromTail);
          for (
            let i = network.firstArrivalOfEdgeDir[edgeDir]!;
            i < network.firstArrivalOfEdgeDir[edgeDir + 1]!;
            i++
          ) {
            const vertex = network.arrivalVertices[i]!;
            if (search.times[vertex] === UNREACHED) continue;
            offer(
              own + search.times[vertex]!,
              search.sources[vertex]!,
              vertex,
              walkMeters + edgeMeters * fromTail,
            );
          }
        }
      }
      for (const other of seedSet.onEdge.get(edge) ?? []) {
        const from = isTowards ? fraction : other.fraction;
        const to = isTowards ? other.fraction : fraction;
        const driving = drivingTimeOfEdgeDir[2 * edge + (to >= from ? 0 : 1)]!;
        if (driving === UNREACHED && to !== from) continue;
        const share = Math.abs(to - from);
        const time = walkTime + other.walkTime + (to === from ? 0 : along(driving, share));
        offer(time, other.source, NO_INDEX, walkMeters + other.walkMeters + edgeMeters * share);
      }
    }
    result.times[point] = best;
    result.sources[point] = bestSource;
    if (best !== UNREACHED && withMeters) {
      result.meters[point] = bestMeters + (bestVertex === NO_INDEX ? 0 : search.lengthOf(bestVertex) / 10);
    }
  }
  return result;
}
