/**
 * Walks between homes, stops and structures, on the streets: what the transit search takes. One bounded search
 * towards each stop gives its access walks from homes and its transfers from other stops at once; one towards
 * each structure gives the egress walks. A search looks only at the points near the vertices that it reached.
 */
import { GrowingUint32 } from '../common/growing-arrays.ts';
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import { UNREACHED } from '../common/units.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { offerDirectWays, type SeedSet } from './door-to-door.ts';
import { linkPoints, type PointLinks } from './point-links.ts';
import type { Seeds } from './seeds.ts';
import { StreetSearch } from './street-search.ts';

/** Walks from points to targets, CSR by target: points in ascending order, deciseconds. */
export interface WalksToTargets {
  /** target -> its first walk; length targetCount + 1. */
  first: Uint32Array;
  /** walk -> point. */
  points: Uint32Array;
  deciseconds: Int32Array;
}

/** The same walks by the point where they start. */
export interface WalksFromPoints {
  /** point -> its first walk; length pointCount + 1. */
  first: Uint32Array;
  /** walk -> target, ascending for each point. */
  targets: Uint32Array;
  deciseconds: Int32Array;
}

/** Points that walks start from, with their links listed by vertex. */
export interface WalkStarts {
  links: PointLinks;
  /** vertex -> its first link; length vertexCount + 1. */
  firstLinkAtVertex: Uint32Array;
  linkAtVertex: Uint32Array;
  pointOfLink: Uint32Array;
}

export function indexWalkStarts(network: StreetNetwork, links: PointLinks): WalkStarts {
  const firstLinkAtVertex = new Uint32Array(network.vertexCount + 1);
  for (const vertex of links.vertices) firstLinkAtVertex[vertex + 1]!++;
  for (let v = 0; v < network.vertexCount; v++) firstLinkAtVertex[v + 1]! += firstLinkAtVertex[v]!;
  const next = firstLinkAtVertex.slice();
  const linkAtVertex = new Uint32Array(links.vertices.length);
  const pointOfLink = new Uint32Array(links.vertices.length);
  for (let point = 0; point < links.count; point++) {
    for (let link = links.firstLink[point]!; link < links.firstLink[point + 1]!; link++) {
      pointOfLink[link] = point;
      linkAtVertex[next[links.vertices[link]!]!++] = link;
    }
  }
  return { links, firstLinkAtVertex, linkAtVertex, pointOfLink };
}

/** Searches towards one target after another. Scratch memory is that of one search and one value per point. */
export class WalkSearch {
  private readonly search: StreetSearch;
  /** All targets' seeds at once: one search after another takes its part. */
  private readonly links: PointLinks;
  private readonly zeros: Uint32Array;

  constructor(
    private readonly network: StreetNetwork,
    private readonly targets: SnappedPoints,
    walkSpeedKph: number,
  ) {
    this.search = new StreetSearch(network, 'towards');
    this.links = linkPoints(network, targets, 'end', walkSpeedKph);
    this.zeros = new Uint32Array(this.links.vertices.length);
  }

  /** Searches towards a target; `collect` then tells who is near. */
  run(target: number, limitDeciseconds: number): SeedSet {
    const { links, targets, zeros } = this;
    const first = links.firstLink[target]!;
    const end = links.firstLink[target + 1]!;
    const seeds: Seeds = {
      count: end - first,
      vertices: links.vertices.subarray(first, end),
      times: links.times.subarray(first, end),
      // One target: there is nothing to tell apart, and nobody asks for lengths.
      sources: zeros.subarray(first, end),
      lengths: zeros.subarray(first, end),
    };
    this.search.run(seeds, limitDeciseconds);
    const standing: SeedSet['standing'] = [];
    for (let k = targets.firstCandidate[target]!; k < targets.firstCandidate[target + 1]!; k++) {
      standing.push({
        source: 0,
        edge: targets.edges[k]!,
        fraction: targets.fractions[k]!,
        walkTime: links.walkTimeOfCandidate[k]!,
        walkMeters: links.walkMetersOfCandidate[k]!,
      });
    }
    return { seeds, standing };
  }

  /** Points within the limit of the target of the last run, ascending, into `found`. */
  collect(starts: WalkStarts, seedSet: SeedSet, limitDeciseconds: number, found: NearPoints): void {
    const { search } = this;
    const { links, firstLinkAtVertex, linkAtVertex, pointOfLink } = starts;
    found.clear();
    for (let i = 0; i < search.reachedCount; i++) {
      const vertex = search.reached[i]!;
      const onward = search.times[vertex]!;
      for (let k = firstLinkAtVertex[vertex]!; k < firstLinkAtVertex[vertex + 1]!; k++) {
        const link = linkAtVertex[k]!;
        const time = onward + links.times[link]!;
        if (time <= limitDeciseconds) found.offer(pointOfLink[link]!, time);
      }
    }
    offerDirectWays(this.network, seedSet, links, 'towards', (point, time) => {
      if (time <= limitDeciseconds) found.offer(point, time);
    });
    found.sort();
  }

  /** The vertices within the limit of the target of the last run, as walks to it. */
  addVertices(limitDeciseconds: number, walks: WalkCollector): void {
    const { times, reached, reachedCount } = this.search;
    walks.begin();
    for (let i = 0; i < reachedCount; i++) {
      const vertex = reached[i]!;
      if (times[vertex]! <= limitDeciseconds) walks.push(vertex, times[vertex]!);
    }
  }
}

/** Points with their least time; reused from target to target. */
export class NearPoints {
  /** The points found, ascending after `sort`; the first `count`. */
  readonly points = new GrowingUint32(256);
  private readonly times: Int32Array;

  constructor(pointCount: number) {
    this.times = new Int32Array(pointCount).fill(UNREACHED);
  }

  get count(): number {
    return this.points.length;
  }

  timeOf(point: number): number {
    return this.times[point]!;
  }

  offer(point: number, time: number): void {
    const known = this.times[point]!;
    if (time >= known) return;
    if (known === UNREACHED) this.points.push(point);
    this.times[point] = time;
  }

  clear(): void {
    for (let i = 0; i < this.points.length; i++) this.times[this.points.array[i]!] = UNREACHED;
    this.points.length = 0;
  }

  sort(): void {
    this.points.view().sort();
  }
}

/** Gathers the walks of targets given in ascending order. */
export class WalkCollector {
  private readonly firsts = new GrowingUint32(256);
  private readonly points = new GrowingUint32(4096);
  private readonly times = new GrowingUint32(4096);

  add(found: NearPoints): void {
    this.begin();
    for (let i = 0; i < found.count; i++) {
      const point = found.points.array[i]!;
      this.push(point, found.timeOf(point));
    }
  }

  /** Begins the walks of the next target. */
  begin(): void {
    this.firsts.push(this.points.length);
  }

  push(point: number, deciseconds: number): void {
    this.points.push(point);
    this.times.push(deciseconds);
  }

  finish(): WalksToTargets {
    this.firsts.push(this.points.length);
    const deciseconds = sharedInt32(this.times.length);
    deciseconds.set(this.times.view());
    return { first: toShared(this.firsts), points: toShared(this.points), deciseconds };
  }
}

function toShared(values: GrowingUint32): Uint32Array {
  const shared = sharedUint32(values.length);
  shared.set(values.view());
  return shared;
}

/** Turns walks listed by target into walks listed by the point where they start. */
export function walksByPoint(walks: WalksToTargets, pointCount: number): WalksFromPoints {
  const first = sharedUint32(pointCount + 1);
  for (const point of walks.points) first[point + 1]!++;
  for (let point = 0; point < pointCount; point++) first[point + 1]! += first[point]!;
  const next = Uint32Array.from(first);
  const targets = sharedUint32(walks.points.length);
  const deciseconds = sharedInt32(walks.points.length);
  for (let target = 0; target + 1 < walks.first.length; target++) {
    for (let walk = walks.first[target]!; walk < walks.first[target + 1]!; walk++) {
      const slot = next[walks.points[walk]!]!++;
      targets[slot] = target;
      deciseconds[slot] = walks.deciseconds[walk]!;
    }
  }
  return { first, targets, deciseconds };
}
