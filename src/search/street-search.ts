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
import { PathLengths } from './path-lengths.ts';
import type { SearchDirection, Seeds } from './seeds.ts';

const NONE = -1;

/**
 * A search over one network, with its scratch memory: 20 bytes a vertex. `run` may be called
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

  private readonly first: Uint32Array;
  private readonly arcs: Int32Array;
  private buckets: Int32Array;
  private entryVertices: Uint32Array;
  private entryNext: Int32Array;
  private paths: PathLengths | undefined;
  private isWanted: Uint8Array | undefined;
  private wantedCount = 0;
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
    this.reached = new Uint32Array(vertexCount);
    this.buckets = new Int32Array(0);
    // One entry per improvement: rarely more than vertices and seeds together; grows where it is.
    this.entryVertices = new Uint32Array(vertexCount + 1024);
    this.entryNext = new Int32Array(vertexCount + 1024);
  }

  /**
   * Searches from the seeds; vertices further than `limit` deciseconds stay unreached.
   * @param targets vertices that are asked about: once all have their time, those further off stay unreached too
   */
  run(seeds: Seeds, limit = UNREACHED - 1, targets?: Uint32Array): void {
    this.reset(seeds);
    if (seeds.count === 0) return;
    const isWanted = targets === undefined ? undefined : this.markWanted(targets);
    let least = UNREACHED;
    let greatest = 0;
    for (let i = 0; i < seeds.count; i++) {
      if (seeds.times[i]! < least) least = seeds.times[i]!;
      if (seeds.times[i]! > greatest) greatest = seeds.times[i]!;
    }
    const buckets = this.ringOf(Math.max(this.network.longestArc, greatest - least) + 1);
    this.reachedCount = this.sweep(seeds, least, limit, buckets, isWanted);
    if (isWanted !== undefined) for (let i = 0; i < targets!.length; i++) isWanted[targets![i]!] = 0;
  }

  /**
   * Queues the seeds, and settles vertex after vertex until none is waiting; returns how many were reached. On its own,
   * and with nothing after its loop, since it is compiled while it runs for the first time.
   */
  private sweep(
    seeds: Seeds,
    least: number,
    limit: number,
    buckets: Int32Array,
    isWanted: Uint8Array | undefined,
  ): number {
    const { times, sources, reached, first, arcs } = this;
    const mask = buckets.length - 1;
    let { entryVertices, entryNext, wantedCount } = this;
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
          if (isWanted !== undefined && isWanted[vertex] === 1) {
            isWanted[vertex] = 0;
            wantedCount--;
          }
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
              // Still waiting in its bucket, unless an arc of zero length leads there.
              if (time > now) continue;
            } else {
              if (known === UNREACHED) reached[reachedCount++] = other;
              times[other] = time;
              sources[other] = source;
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
      if (isWanted !== undefined && wantedCount === 0) return this.forgetAfter(now, reachedCount);
    }
    return reachedCount;
  }

  /** vertex -> 1 where it is a target; `wantedCount` counts each once. */
  private markWanted(targets: Uint32Array): Uint8Array {
    this.isWanted ??= new Uint8Array(this.network.vertexCount);
    const { isWanted } = this;
    this.wantedCount = 0;
    for (let i = 0; i < targets.length; i++) {
      const vertex = targets[i]!;
      if (isWanted[vertex] === 1) continue;
      isWanted[vertex] = 1;
      this.wantedCount++;
    }
    return isWanted;
  }

  /** Takes back the times that are not settled, and empties the queue. Returns how many vertices are left. */
  private forgetAfter(now: number, reachedCount: number): number {
    const { times, reached } = this;
    let kept = 0;
    for (let i = 0; i < reachedCount; i++) {
      const vertex = reached[i]!;
      if (times[vertex]! <= now) reached[kept++] = vertex;
      else times[vertex] = UNREACHED;
    }
    this.buckets.fill(NONE);
    return kept;
  }

  /** Decimetres between vertices that the last run reached and their sources; parallel to `vertices`. */
  lengthsOf(vertices: Uint32Array): Float64Array {
    if (this.seeds === undefined) throw new Error('no search has run');
    this.paths ??= new PathLengths(this.network, this.direction);
    return this.paths.measure(vertices, this, this.seeds);
  }

  /** Clears what the last run reached: a bounded search costs nothing for the rest of the network. */
  private reset(seeds: Seeds): void {
    const { times, reached, reachedCount } = this;
    if (reachedCount > times.length / 8) times.fill(UNREACHED);
    else setAt(times, reached, reachedCount, UNREACHED);
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

function setAt(values: Int32Array, at: Uint32Array, count: number, value: number): void {
  for (let i = 0; i < count; i++) values[at[i]!] = value;
}
