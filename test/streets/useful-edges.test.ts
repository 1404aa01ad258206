/** The streets that points may be linked to, against their definition, walked vertex by vertex on random networks. */
import { describe, expect, it } from 'vitest';
import { NO_INDEX } from '../../src/common/units.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { SeededRandom } from '../search/seeded-random.ts';

const NETWORKS = 60;

/** All vertices that the arcs lead to from some, these included. */
function walk(starts: readonly number[], first: Uint32Array, arcs: Int32Array): Set<number> {
  const met = new Set(starts);
  for (const vertex of met) {
    for (let arc = first[vertex]!; arc < first[vertex + 1]!; arc++) met.add(arcs[3 * arc]!);
  }
  return met;
}

/** Components as sets of vertices that lead to each other. */
function mutualSets({ vertexCount, firstArcFrom, arcsFrom, firstArcInto, arcsInto }: StreetNetwork) {
  return Array.from({ length: vertexCount }, (_, vertex) => {
    const before = walk([vertex], firstArcInto, arcsInto);
    return new Set(Array.from(walk([vertex], firstArcFrom, arcsFrom)).filter((other) => before.has(other)));
  });
}

function plainUsefulEdges(network: StreetNetwork, minIsland: number, kept: ReadonlySet<number>): Uint8Array {
  const partOf = mutualSets(network);
  const largest = Math.max(...partOf.map(({ size }) => size));
  const isUseful = (vertex: number) =>
    partOf[vertex]!.size >= Math.min(minIsland, largest) || kept.has(network.componentOfVertex[vertex]!);
  const { departureVertexOfEdgeDir, firstArrivalOfEdgeDir, arrivalVertices } = network;
  return Uint8Array.from({ length: network.edgeCount }, (_, edge) => {
    const dirs = [2 * edge, 2 * edge + 1];
    const starts = dirs.map((dir) => departureVertexOfEdgeDir[dir]!).filter((v) => v !== NO_INDEX);
    const ends = dirs.flatMap((dir) =>
      Array.from(arrivalVertices.subarray(firstArrivalOfEdgeDir[dir]!, firstArrivalOfEdgeDir[dir + 1]!)),
    );
    const departs = Array.from(walk(starts, network.firstArcFrom, network.arcsFrom)).some(isUseful);
    const arrives = Array.from(walk(ends, network.firstArcInto, network.arcsInto)).some(isUseful);
    return (departs ? TAKES_DEPARTURES : 0) | (arrives ? TAKES_ARRIVALS : 0);
  });
}

describe('the useful edges', () => {
  it('are those of their definition, whatever the least size and the components kept', () => {
    const met = new Set<number>();
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const random = new SeededRandom(seed);
      const contents = randomStreets(random, { columns: 4, rows: 4, restrictions: random.below(4) });
      const { network } = buildStreetNetwork(toStreets(contents), 'car', ROUND_SPEEDS);
      if (network.edgeCount === 0) continue;
      // Of several largest components the first is the main one: any of them is as good, but they are told apart.
      const isTied = network.sizeOfComponent[0] === network.sizeOfComponent[1];
      for (const minIsland of isTied ? [0, 1, 2] : [0, 1, 2, 4, 1000]) {
        for (const kept of [new Set<number>(), new Set([network.sizeOfComponent.length - 1])]) {
          const found = findUsefulEdges(network, minIsland, kept);
          expect(found, `seed ${seed}, ${minIsland}`).toEqual(plainUsefulEdges(network, minIsland, kept));
          for (const bits of found) met.add(bits);
        }
      }
    }
    expect([...met].sort()).toEqual([0, TAKES_DEPARTURES, TAKES_ARRIVALS, TAKES_DEPARTURES | TAKES_ARRIVALS]);
  });
});
