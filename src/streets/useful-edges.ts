/**
 * Which edges points may be linked to. A component is *useful* if it is the largest, has at least `minIsland`
 * vertices, or holds a selected structure; an edge takes departures if a trip that starts on it can get to a
 * useful component (or is in one), and arrivals if one can get to it from there. What is left out is cut off.
 */
import { NO_INDEX } from '../common/units.ts';
import type { StreetNetwork } from './street-network.ts';

export const TAKES_DEPARTURES = 1;
export const TAKES_ARRIVALS = 2;

/**
 * @param minIsland vertices; 0 or 1 keeps every component
 * @param kept components that are useful whatever their size
 * @returns edge -> TAKES_* bits
 */
export function findUsefulEdges(
  network: StreetNetwork,
  minIsland: number,
  kept: ReadonlySet<number>,
): Uint8Array {
  const { edgeCount, departureReachOfEdge, arrivalReachOfEdge, sizeOfComponent } = network;
  const least = Math.max(1, Math.min(minIsland, sizeOfComponent[0] ?? 1));
  const bits = new Uint8Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    bits[edge] =
      (departureReachOfEdge[edge]! >= least ? TAKES_DEPARTURES : 0) |
      (arrivalReachOfEdge[edge]! >= least ? TAKES_ARRIVALS : 0);
  }
  if (kept.size > 0) keepComponents(network, kept, bits);
  return bits;
}

/** Adds the edges that lead to the given components, and those that they lead to. */
function keepComponents(network: StreetNetwork, kept: ReadonlySet<number>, bits: Uint8Array): void {
  const { componentOfVertex, firstArcInto, arcsInto, firstArcFrom, arcsFrom } = network;
  const start = componentOfVertex.map((component) => (kept.has(component) ? 1 : 0));
  const departs = spread(start, firstArcInto, arcsInto);
  const arrives = spread(start, firstArcFrom, arcsFrom);
  const { edgeCount, departureVertexOfEdgeDir, firstArrivalOfEdgeDir, arrivalVertices } = network;
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    const departure = departureVertexOfEdgeDir[edgeDir]!;
    if (departure !== NO_INDEX && departs[departure] === 1) bits[edgeDir >> 1]! |= TAKES_DEPARTURES;
    for (let i = firstArrivalOfEdgeDir[edgeDir]!; i < firstArrivalOfEdgeDir[edgeDir + 1]!; i++) {
      if (arrives[arrivalVertices[i]!] === 1) bits[edgeDir >> 1]! |= TAKES_ARRIVALS;
    }
  }
}

/** The marked vertices and all that the arcs lead to from them. */
function spread(start: Uint32Array, first: Uint32Array, arcs: Int32Array): Uint8Array {
  const marked = Uint8Array.from(start);
  const waiting = Array.from(start.keys()).filter((vertex) => start[vertex] === 1);
  while (waiting.length > 0) {
    const vertex = waiting.pop()!;
    for (let arc = first[vertex]!; arc < first[vertex + 1]!; arc++) {
      const other = arcs[3 * arc]!;
      if (marked[other] === 1) continue;
      marked[other] = 1;
      waiting.push(other);
    }
  }
  return marked;
}
