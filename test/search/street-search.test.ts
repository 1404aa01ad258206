/** The street search against graphology's Dijkstra and a plain relaxation, on random graphs with ties and zeros. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { ReferenceSearch } from '../../src/search/reference.ts';
import type { SearchDirection, Seeds } from '../../src/search/seeds.ts';
import { StreetSearch } from '../../src/search/street-search.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { gridNetwork } from '../isochrones/grid-network.ts';

interface Arc {
  tail: number;
  head: number;
  time: number;
  /** Decimetres; 10 a decisecond where undefined. */
  length?: number;
}

interface Seed {
  vertex: number;
  time: number;
  source: number;
}

const VERTICES = 12;

/** Only the arrays that a search reads are those of the arcs; each arc is an edge of its own, of 10 m a second. */
function networkOf(arcs: readonly Arc[], vertexCount = VERTICES): StreetNetwork {
  const csr = (key: (arc: Arc) => number, other: (arc: Arc) => number) => {
    const first = new Uint32Array(vertexCount + 1);
    for (const arc of arcs) first[key(arc) + 1]!++;
    for (let v = 0; v < vertexCount; v++) first[v + 1]! += first[v]!;
    const sorted = arcs.map((arc, i) => ({ arc, i })).sort((a, b) => key(a.arc) - key(b.arc) || a.i - b.i);
    return { first, arcs: Int32Array.from(sorted.flatMap(({ arc, i }) => [other(arc), arc.time, 2 * i])) };
  };
  const into = csr(
    ({ head }) => head,
    ({ tail }) => tail,
  );
  const from = csr(
    ({ tail }) => tail,
    ({ head }) => head,
  );
  return {
    ...gridNetwork(1, 100),
    vertexCount,
    edgeCount: arcs.length,
    lengthOfEdge: Uint32Array.from(arcs, ({ time, length }) => length ?? 10 * time),
    arcCount: arcs.length,
    longestArc: Math.max(0, ...arcs.map(({ time }) => time)),
    firstArcInto: into.first,
    arcsInto: into.arcs,
    firstArcFrom: from.first,
    arcsFrom: from.arcs,
  };
}

function seedsOf(seeds: readonly Seed[]): Seeds {
  return {
    count: seeds.length,
    vertices: Uint32Array.from(seeds, ({ vertex }) => vertex),
    times: Int32Array.from(seeds, ({ time }) => time),
    sources: Uint32Array.from(seeds, ({ source }) => source),
    lengths: Uint32Array.from(seeds, ({ time }) => 10 * time),
  };
}

/** Relaxes all arcs until nothing changes; the least (time, source) wins. */
function relax(arcs: readonly Arc[], seeds: readonly Seed[], direction: SearchDirection) {
  const times = new Array<number>(VERTICES).fill(UNREACHED);
  const sources = new Array<number>(VERTICES).fill(-1);
  const offer = (vertex: number, time: number, source: number): boolean => {
    if (time > times[vertex]! || (time === times[vertex]! && source >= sources[vertex]!)) return false;
    times[vertex] = time;
    sources[vertex] = source;
    return true;
  };
  for (const { vertex, time, source } of seeds) offer(vertex, time, source);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { tail, head, time } of arcs) {
      const [near, far] = direction === 'from' ? [tail, head] : [head, tail];
      if (times[near] !== UNREACHED && offer(far, times[near]! + time, sources[near]!)) changed = true;
    }
  }
  return { times, sources };
}

const vertex = fc.nat(VERTICES - 1);
/** Few different times, zero among them: ties everywhere. */
const time = fc.oneof(fc.constant(0), fc.nat(4), fc.nat(3000));
const graph = fc.array(fc.record({ tail: vertex, head: vertex, time }), { maxLength: 40 });
const seedList = fc.array(fc.record({ vertex, time, source: fc.nat(5) }), { maxLength: 8 });
const direction = fc.constantFrom<SearchDirection>('towards', 'from');

function answerOf(search: StreetSearch | ReferenceSearch) {
  const times = [...search.times];
  return { times, sources: times.map((t, v) => (t === UNREACHED ? -1 : search.sources[v]!)) };
}

const lengthAt = (search: StreetSearch | ReferenceSearch, v: number) =>
  search.lengthsOf(Uint32Array.of(v))[0];

describe('the street search', () => {
  it('gives the times of plain relaxation and of graphology; equal times go to the first source', () => {
    fc.assert(
      fc.property(graph, seedList, direction, (arcs, seeds, way) => {
        const network = networkOf(arcs);
        const fast = new StreetSearch(network, way);
        const reference = new ReferenceSearch(network, way);
        fast.run(seedsOf(seeds));
        reference.run(seedsOf(seeds));
        const expected = relax(arcs, seeds, way);
        expect(answerOf(fast)).toEqual(expected);
        expect(answerOf(reference)).toEqual(expected);
      }),
      { seed: 20, numRuns: 400 },
    );
  });

  it('run again and again, bounded or not, answers as if it were new', () => {
    const runs = fc.array(fc.tuple(seedList, fc.option(fc.nat(60))), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(graph, runs, direction, (arcs, list, way) => {
        const network = networkOf(arcs);
        const used = new StreetSearch(network, way);
        for (const [seeds, limit] of list) {
          used.run(seedsOf(seeds), limit ?? undefined);
          const fresh = new StreetSearch(network, way);
          fresh.run(seedsOf(seeds), limit ?? undefined);
          expect(answerOf(used)).toEqual(answerOf(fresh));
          const reached = [...used.reached.subarray(0, used.reachedCount)].sort((a, b) => a - b);
          expect(reached).toEqual([...used.times.keys()].filter((v) => used.times[v] !== UNREACHED));
          const asked = Uint32Array.from(reached);
          expect(used.lengthsOf(asked)).toEqual(fresh.lengthsOf(asked));
        }
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  it('bounded is the unbounded one, cut', () => {
    fc.assert(
      fc.property(graph, seedList, fc.nat(3000), direction, (arcs, seeds, limit, way) => {
        const network = networkOf(arcs);
        const [bounded, whole] = [new StreetSearch(network, way), new StreetSearch(network, way)];
        bounded.run(seedsOf(seeds), limit);
        whole.run(seedsOf(seeds));
        const cut = [...whole.times].map((t) => (t > limit ? UNREACHED : t));
        expect(answerOf(bounded).times).toEqual(cut);
        expect(answerOf(bounded).sources).toEqual(
          answerOf(whole).sources.map((source, v) => (cut[v] === UNREACHED ? -1 : source)),
        );
        const reference = new ReferenceSearch(network, way);
        reference.run(seedsOf(seeds), limit);
        expect(answerOf(reference)).toEqual(answerOf(bounded));
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  it('asked about some vertices answers for them as if asked about all, and leaves nothing behind', () => {
    const asked = fc.array(vertex, { maxLength: 4 });
    fc.assert(
      fc.property(graph, seedList, asked, seedList, direction, (arcs, seeds, targets, next, way) => {
        const network = networkOf(arcs);
        const [partial, whole] = [new StreetSearch(network, way), new StreetSearch(network, way)];
        partial.run(seedsOf(seeds), undefined, Uint32Array.from(targets));
        whole.run(seedsOf(seeds));
        for (const target of targets) {
          expect(partial.times[target]).toBe(whole.times[target]);
          if (whole.times[target] === UNREACHED) continue;
          expect(partial.sources[target]).toBe(whole.sources[target]);
          expect(lengthAt(partial, target)).toBe(lengthAt(whole, target));
        }
        partial.times.forEach((t, v) => {
          if (t !== UNREACHED) expect(t).toBe(whole.times[v]);
        });
        partial.run(seedsOf(next));
        whole.run(seedsOf(next));
        expect(answerOf(partial)).toEqual(answerOf(whole));
      }),
      { seed: 26, numRuns: 400 },
    );
  });

  it('asked about a vertex next door goes no further', () => {
    const chain = Array.from({ length: VERTICES - 1 }, (_, i) => ({ tail: i, head: i + 1, time: 5 }));
    const search = new StreetSearch(networkOf(chain), 'from');
    search.run(seedsOf([{ vertex: 0, time: 0, source: 0 }]), undefined, Uint32Array.of(2));
    expect([...search.times].filter((t) => t !== UNREACHED)).toEqual([0, 5, 10]);
    expect(search.reachedCount).toBe(3);
  });

  it('towards is from, on the transposed graph', () => {
    fc.assert(
      fc.property(graph, seedList, (arcs, seeds) => {
        const towards = new StreetSearch(networkOf(arcs), 'towards');
        const transposed = networkOf(
          arcs.map(({ tail, head, time: t }) => ({ tail: head, head: tail, time: t })),
        );
        const from = new StreetSearch(transposed, 'from');
        towards.run(seedsOf(seeds));
        from.run(seedsOf(seeds));
        expect(answerOf(towards)).toEqual(answerOf(from));
      }),
      { seed: 23, numRuns: 200 },
    );
  });

  it('measures the way that it found: where length is time, the length is the time', () => {
    fc.assert(
      fc.property(graph, seedList, direction, (arcs, seeds, way) => {
        const network = networkOf(arcs);
        for (const search of [new StreetSearch(network, way), new ReferenceSearch(network, way)]) {
          search.run(seedsOf(seeds));
          search.times.forEach((t, v) => {
            if (t !== UNREACHED) expect(lengthAt(search, v)).toBe(10 * t);
          });
        }
      }),
      { seed: 24, numRuns: 200 },
    );
  });

  it('of equally fast ways measures the shortest, in both engines', () => {
    const lengths = fc.array(fc.record({ tail: vertex, head: vertex, time: fc.nat(2), length: fc.nat(30) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(lengths, seedList, direction, (arcs, seeds, way) => {
        const network = networkOf(arcs);
        const fast = new StreetSearch(network, way);
        const reference = new ReferenceSearch(network, way);
        fast.run(seedsOf(seeds));
        reference.run(seedsOf(seeds));
        // Relaxes lengths along the arcs that the times leave tight, until nothing changes.
        const expected = new Array<number>(VERTICES).fill(Infinity);
        for (const { vertex: v, time: t, source } of seeds) {
          if (fast.times[v] === t && fast.sources[v] === source) expected[v] = Math.min(expected[v]!, 10 * t);
        }
        for (let pass = 0; pass < VERTICES; pass++) {
          for (const arc of arcs) {
            const [near, far] = way === 'from' ? [arc.tail, arc.head] : [arc.head, arc.tail];
            if (fast.times[near] === UNREACHED || fast.sources[near] !== fast.sources[far]) continue;
            if (fast.times[near]! + arc.time !== fast.times[far]) continue;
            expected[far] = Math.min(expected[far]!, expected[near]! + arc.length);
          }
        }
        const reached = Uint32Array.from(fast.times.keys()).filter((v) => fast.times[v] !== UNREACHED);
        const all = Float64Array.from(reached, (v) => expected[v]!);
        // All at once, in whatever order, twice; and one by one.
        expect(fast.lengthsOf(reached)).toEqual(all);
        expect(fast.lengthsOf(reached.toReversed())).toEqual(all.toReversed());
        expect(reference.lengthsOf(reached)).toEqual(all);
        for (const v of reached) expect(lengthAt(fast, v)).toBe(expected[v]);
      }),
      { seed: 25, numRuns: 400 },
    );
  });

  it('measures long ways, of which many lie side by side', () => {
    // A ladder: two ways along it, as fast as each other at every rung; the rungs take no time.
    const RUNGS = 150;
    const shuffled = Array.from({ length: 2 * RUNGS }, (_, v) => (v * 77) % (2 * RUNGS));
    const at = (side: number, rung: number) => shuffled[2 * rung + side]!;
    const arcs = Array.from({ length: RUNGS }, (_, rung) => [
      { tail: at(0, rung), head: at(1, rung), time: 0, length: 1 },
      { tail: at(1, rung), head: at(0, rung), time: 0, length: 1 },
      ...(rung + 1 < RUNGS
        ? [0, 1].map((side) => ({
            tail: at(side, rung),
            head: at(side, rung + 1),
            time: 3,
            length: rung % 2 === side ? 5 : 50,
          }))
        : []),
    ]).flat();
    const search = new StreetSearch(networkOf(arcs, 2 * RUNGS), 'from');
    search.run(seedsOf([{ vertex: at(0, 0), time: 0, source: 0 }]));
    // One changes sides at every rung: the short piece is always on the other side.
    const ends = Uint32Array.of(at(0, RUNGS - 1), at(1, RUNGS - 1));
    const alongShort = 5 * (RUNGS - 1) + (RUNGS - 2);
    expect([...search.lengthsOf(ends)]).toEqual([alongShort, alongShort + 1]);
    const all = Uint32Array.from(search.times.keys());
    const atOnce = search.lengthsOf(all);
    for (const v of [0, 1, 77, 299]) expect(lengthAt(search, v)).toBe(atOnce[v]);
  });

  it('holds more waiting entries than it has vertices and spare places', () => {
    // 0 → 1 over ever better detours: every seed improves vertex 0 again, and vertex 0 improves the rest.
    const seeds = Array.from({ length: 5000 }, (_, i) => ({ vertex: 0, time: 5000 - i, source: i }));
    const search = new StreetSearch(networkOf([{ tail: 0, head: 1, time: 7 }]), 'from');
    search.run(seedsOf(seeds));
    expect([search.times[0], search.times[1], search.sources[1]]).toEqual([1, 8, 4999]);
  });

  it('keeps apart seeds that lie further from each other than the longest arc', () => {
    const search = new StreetSearch(networkOf([{ tail: 0, head: 1, time: 1 }]), 'from');
    search.run(
      seedsOf([
        { vertex: 2, time: 100_000, source: 1 },
        { vertex: 0, time: 0, source: 0 },
      ]),
    );
    expect([search.times[0], search.times[1], search.times[2]]).toEqual([0, 1, 100_000]);
  });

  it('without a seed reaches nothing', () => {
    const search = new StreetSearch(networkOf([{ tail: 0, head: 1, time: 1 }]), 'towards');
    search.run(seedsOf([{ vertex: 1, time: 0, source: 0 }]));
    search.run(seedsOf([]));
    expect(search.reachedCount).toBe(0);
    expect([...search.times].every((t) => t === UNREACHED)).toBe(true);
  });
});
