/**
 * The street search: Dial's bucket queue (1969) on whole deciseconds, from many sources at once, along the
 * arcs (`from`) or against them (`towards`). One search from all structures gives every vertex its time to
 * the nearest structure, and which one that is.
 *
 * The queue is an array of linked lists, one per decisecond, used as a ring: no two waiting times lie further
 * apart than the longest arc. A vertex may wait more than once; entries whose time is no longer the vertex's
 * are skipped. Equal times go to the source that comes first, also across arcs of zero length.
 */
import { UNREACHED } from '../common/units.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

/** Where a search starts; parallel arrays of length `count`. */
export interface Seeds {
  count: number;
  vertices: Uint32Array;
  /** Deciseconds already spent. */
  times: Int32Array;
  /** Index of the source (a structure, a point). */
  sources: Uint32Array;
  /** Decimetres already covered. */
  lengths: Uint32Array;
}

export type SearchDirection = 'towards' | 'from';

const NONE = -1;

/**
 * A search over one network, with its scratch memory: 20 bytes a vertex and 8 an arc. `run` may be called
 * again and again; results are valid until the next run.
 */
export class StreetSearch {
  /** vertex -> deciseconds, UNREACHED where nothing leads. */
  readonly times: Int32Array;
  /** vertex -> source, valid where reached. */
  readonly sources: Int32Array;
  /** Vertices reached by the last run, in the order in which they were first met; the first `reachedCount`. */
  readonly reached: Uint32Array;
  reachedCount = 0;

  /** vertex -> the arc (position in the CSR of the direction) that gave its time, or -1 - seed. */
  private readonly parents: Int32Array;
  private readonly first: Uint32Array;
  private readonly arcs: Int32Array;
  private buckets: Int32Array;
  private entryVertices: Uint32Array;
  private entryNext: Int32Array;
  private lengthsOfVertex: Float64Array | undefined;
  private seeds: Seeds | undefined;

  constructor(
    private readonly network: StreetNetwork,
    readonly direction: SearchDirection,
  ) {
    const { vertexCount } = network;
    this.first = direction === 'towards' ? network.firstArcInto : network.firstArcFrom;
    this.arcs = direction === 'towards' ? network.arcsInto : network.arcsFrom;
    this.times = new Int32Array(vertexCount).fill(UNREACHED);
    this.sources = new Int32Array(vertexCount);
    this.parents = new Int32Array(vertexCount);
    this.reached = new Uint32Array(vertexCount);
    this.buckets = new Int32Array(0);
    // One entry per improvement: rarely more than vertices and seeds together; grows where it is.
    this.entryVertices = new Uint32Array(vertexCount + 1024);
    this.entryNext = new Int32Array(vertexCount + 1024);
  }

  /** Searches from the seeds; vertices further than `limit` deciseconds stay unreached. */
  run(seeds: Seeds, limit = UNREACHED - 1): void {
    this.reset(seeds);
    if (seeds.count === 0) return;
    const { times, sources, parents, reached, first, arcs } = this;
    let least = UNREACHED;
    let greatest = 0;
    for (let i = 0; i < seeds.count; i++) {
      if (seeds.times[i]! < least) least = seeds.times[i]!;
      if (seeds.times[i]! > greatest) greatest = seeds.times[i]!;
    }
    const buckets = this.ringOf(Math.max(this.network.longestArc, greatest - least) + 1);
    const mask = buckets.length - 1;
    let { entryVertices, entryNext } = this;
    let entryCount = 0;
    let waiting = 0;
    let reachedCount = 0;

    for (let i = 0; i < seeds.count; i++) {
      const time = seeds.times[i]!;
      const vertex = seeds.vertices[i]!;
      const source = seeds.sources[i]!;
      const known = times[vertex]!;
      if (time > limit || time > known || (time === known && source >= sources[vertex]!)) continue;
      if (known === UNREACHED) reached[reachedCount++] = vertex;
      times[vertex] = time;
      sources[vertex] = source;
      parents[vertex] = NONE - i;
      if (entryCount === entryVertices.length) ({ entryVertices, entryNext } = this.growEntries());
      entryVertices[entryCount] = vertex;
      entryNext[entryCount] = buckets[time & mask]!;
      buckets[time & mask] = entryCount++;
      waiting++;
    }

    for (let now = least; waiting > 0; now++) {
      const slot = now & mask;
      let entry = buckets[slot]!;
      while (entry !== NONE) {
        buckets[slot] = entryNext[entry]!;
        waiting--;
        const vertex = entryVertices[entry]!;
        if (times[vertex] === now) {
          const source = sources[vertex]!;
          const end = first[vertex + 1]!;
          for (let arc = first[vertex]!; arc < end; arc++) {
            const other = arcs[3 * arc]!;
            const time = now + arcs[3 * arc + 1]!;
            const known = times[other]!;
            if (time > known || time > limit) continue;
            if (time === known) {
              if (source >= sources[other]!) continue;
              sources[other] = source;
              parents[other] = arc;
              // Still waiting in its bucket, unless an arc of zero length leads there.
              if (time > now) continue;
            } else {
              if (known === UNREACHED) reached[reachedCount++] = other;
              times[other] = time;
              sources[other] = source;
              parents[other] = arc;
            }
            if (entryCount === entryVertices.length) ({ entryVertices, entryNext } = this.growEntries());
            entryVertices[entryCount] = other;
            entryNext[entryCount] = buckets[time & mask]!;
            buckets[time & mask] = entryCount++;
            waiting++;
          }
        }
        entry = buckets[slot]!;
      }
    }
    this.reachedCount = reachedCount;
    this.seeds = seeds;
  }

  /** Decimetres from a reached vertex to its source along the path found, the seed's own included. */
  lengthOf(vertex: number): number {
    const { parents, network, arcs, seeds } = this;
    if (seeds === undefined) throw new Error('no search has run');
    this.lengthsOfVertex ??= new Float64Array(network.vertexCount).fill(NONE);
    const lengths = this.lengthsOfVertex;
    const path: number[] = [];
    let at = vertex;
    while (lengths[at] === NONE) {
      path.push(at);
      const parent = parents[at]!;
      if (parent < 0) break;
      at = this.origins()[parent]!;
    }
    let length = 0;
    for (let i = path.length - 1; i >= 0; i--) {
      const v = path[i]!;
      const parent = parents[v]!;
      if (parent < 0) length = seeds.lengths[NONE - parent]!;
      else length = lengths[this.origins()[parent]!]! + network.lengthOfEdge[arcs[3 * parent + 2]! >> 1]!;
      lengths[v] = length;
    }
    return lengths[vertex]!;
  }

  private originOfArc: Uint32Array | undefined;

  /** arc -> the vertex under which it is listed: built on demand, for paths only. */
  private origins(): Uint32Array {
    if (this.originOfArc === undefined) {
      const origins = new Uint32Array(this.network.arcCount);
      for (let v = 0; v < this.network.vertexCount; v++) {
        for (let arc = this.first[v]!; arc < this.first[v + 1]!; arc++) origins[arc] = v;
      }
      this.originOfArc = origins;
    }
    return this.originOfArc;
  }

  /** Clears what the last run reached: a bounded search costs nothing for the rest of the network. */
  private reset(seeds: Seeds): void {
    const { times, reached, reachedCount } = this;
    if (reachedCount > times.length / 8) times.fill(UNREACHED);
    else for (let i = 0; i < reachedCount; i++) times[reached[i]!] = UNREACHED;
    if (this.lengthsOfVertex !== undefined) {
      const lengths = this.lengthsOfVertex;
      for (let i = 0; i < reachedCount; i++) lengths[reached[i]!] = NONE;
    }
    this.reachedCount = 0;
    this.seeds = seeds;
  }

  /** An empty ring of at least `width` buckets, a power of two. */
  private ringOf(width: number): Int32Array {
    let size = 1024;
    while (size < width) size *= 2;
    if (this.buckets.length < size) this.buckets = new Int32Array(size).fill(NONE);
    return this.buckets; // Every run leaves all its buckets empty.
  }

  private growEntries(): { entryVertices: Uint32Array; entryNext: Int32Array } {
    const vertices = new Uint32Array(2 * this.entryVertices.length);
    vertices.set(this.entryVertices);
    const next = new Int32Array(2 * this.entryNext.length);
    next.set(this.entryNext);
    this.entryVertices = vertices;
    this.entryNext = next;
    return { entryVertices: vertices, entryNext: next };
  }
}
