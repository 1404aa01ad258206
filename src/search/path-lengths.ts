/**
 * The lengths of the fast paths of a street search: of equally fast ones, the shortest. They are found afterwards,
 * backwards from the vertices that are asked about, along the arcs that the times leave tight, so that the search
 * itself keeps no paths. Each path is followed up to where another one has been before, which stays within memory that
 * lies close together.
 */
import type { StreetNetwork } from '../streets/street-network.ts';
import type { SearchDirection, Seeds } from './seeds.ts';

const NONE = -1;
/** Longer runs of vertices are sorted otherwise. */
const MOST_INSERTED = 64;

/** What a search found: vertex -> deciseconds, and source. */
interface Found {
  times: Int32Array;
  sources: Int32Array;
}

/** Scratch memory over one network, 12 bytes a vertex. */
export class PathLengths {
  private readonly firstBack: Uint32Array;
  private readonly arcsBack: Int32Array;
  private readonly lengthOfEdge: Uint32Array;
  /** vertex -> decimetres; NONE where nobody asks, Infinity where it is not known yet. */
  private readonly lengths: Float64Array;
  /** Vertices on the fast paths to those that are asked about, each once; the first `gatheredCount`. */
  private readonly gathered: Uint32Array;
  private gatheredCount = 0;

  /** @param direction of the search */
  constructor(network: StreetNetwork, direction: SearchDirection) {
    this.firstBack = direction === 'towards' ? network.firstArcFrom : network.firstArcInto;
    this.arcsBack = direction === 'towards' ? network.arcsFrom : network.arcsInto;
    this.lengthOfEdge = network.lengthOfEdge;
    this.lengths = new Float64Array(network.vertexCount).fill(NONE);
    this.gathered = new Uint32Array(network.vertexCount);
  }

  /** Decimetres between reached vertices and their sources, the seeds' own included; parallel to `vertices`. */
  measure(vertices: Uint32Array, found: Found, seeds: Seeds): Float64Array {
    const { lengths, gathered } = this;
    // In their own order, which is that of the memory.
    const asked = vertices.slice().sort();
    const seedLengths = shortestSeeds(seeds, found);
    for (let i = 0; i < asked.length; i++) {
      if (lengths[asked[i]!] !== NONE) continue;
      const start = this.gatheredCount;
      this.gather(asked[i]!, found);
      this.sortByTime(start, found.times);
      this.settle(start, found, seedLengths);
    }
    const result = new Float64Array(vertices.length);
    for (let i = 0; i < result.length; i++) result[i] = lengths[vertices[i]!]!;
    for (let i = 0; i < this.gatheredCount; i++) lengths[gathered[i]!] = NONE;
    this.gatheredCount = 0;
    return result;
  }

  /** Gathers a vertex and all on fast paths to it that were not gathered before. */
  private gather(vertex: number, { times, sources }: Found): void {
    const { gathered, lengths, firstBack, arcsBack } = this;
    let count = this.gatheredCount;
    let next = count;
    lengths[vertex] = Infinity;
    gathered[count++] = vertex;
    while (next < count) {
      const after = gathered[next++]!;
      const time = times[after]!;
      const source = sources[after]!;
      const end = firstBack[after + 1]!;
      for (let arc = firstBack[after]!; arc < end; arc++) {
        const before = arcsBack[3 * arc]!;
        if (lengths[before] !== NONE || times[before]! + arcsBack[3 * arc + 1]! !== time) continue;
        if (sources[before] !== source) continue;
        lengths[before] = Infinity;
        gathered[count++] = before;
      }
    }
    this.gatheredCount = count;
  }

  /** Puts the vertices gathered from `start` on, late ones mostly first, in the order of their times. */
  private sortByTime(start: number, times: Int32Array): void {
    const run = this.gathered.subarray(start, this.gatheredCount);
    if (run.length === 1) return;
    if (run.length > MOST_INSERTED) {
      run.sort((a, b) => times[a]! - times[b]!);
      return;
    }
    run.reverse();
    for (let i = 1; i < run.length; i++) {
      const vertex = run[i]!;
      const time = times[vertex]!;
      let at = i;
      for (; at > 0 && times[run[at - 1]!]! > time; at--) run[at] = run[at - 1]!;
      run[at] = vertex;
    }
  }

  /** Gives the vertices from `start` on, which are in the order of their times, their least lengths. */
  private settle(start: number, found: Found, seedLengths: ReadonlyMap<number, number>): void {
    const { gathered, gatheredCount, lengths } = this;
    const { times } = found;
    for (let first = start; first < gatheredCount; ) {
      const time = times[gathered[first]!]!;
      let end = first;
      for (; end < gatheredCount && times[gathered[end]!] === time; end++) {
        const vertex = gathered[end]!;
        lengths[vertex] = seedLengths.get(vertex) ?? Infinity;
      }
      // Vertices of one time may lead to each other by arcs of no time: repeated until none gets shorter.
      for (let isChanging = true; isChanging; ) {
        isChanging = false;
        for (let i = first; i < end; i++) {
          const vertex = gathered[i]!;
          const least = this.leastAlong(vertex, found);
          if (least >= lengths[vertex]!) continue;
          lengths[vertex] = least;
          isChanging = end - first > 1;
        }
      }
      first = end;
    }
  }

  /** Least decimetres to a vertex along the arcs that end a fast path to it. */
  private leastAlong(vertex: number, { times, sources }: Found): number {
    const { lengths, firstBack, arcsBack, lengthOfEdge } = this;
    const time = times[vertex]!;
    const source = sources[vertex]!;
    const end = firstBack[vertex + 1]!;
    let least = Infinity;
    for (let arc = firstBack[vertex]!; arc < end; arc++) {
      const before = arcsBack[3 * arc]!;
      if (times[before]! + arcsBack[3 * arc + 1]! !== time || sources[before] !== source) continue;
      const length = lengths[before]! + lengthOfEdge[arcsBack[3 * arc + 2]! >> 1]!;
      if (length < least) least = length;
    }
    return least;
  }
}

/** Vertex -> least length among the seeds that gave it its time and source. */
function shortestSeeds(seeds: Seeds, { times, sources }: Found): Map<number, number> {
  const shortest = new Map<number, number>();
  for (let i = 0; i < seeds.count; i++) {
    const vertex = seeds.vertices[i]!;
    if (seeds.times[i] !== times[vertex] || seeds.sources[i] !== sources[vertex]) continue;
    shortest.set(vertex, Math.min(shortest.get(vertex) ?? Infinity, seeds.lengths[i]!));
  }
  return shortest;
}
