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
  const { componentOfVertex, sizeOfComponent, vertexCount, edgeCount } = network;
  const useful = new Uint8Array(sizeOfComponent.length);
  for (let c = 0; c < useful.length; c++)
    if (c === 0 || sizeOfComponent[c]! >= minIsland || kept.has(c)) useful[c] = 1;
  const start = new Uint8Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) start[v] = useful[componentOfVertex[v]!]!;
  const { firstArcInto, arcsInto, firstArcFrom, arcsFrom } = network;
  const departs = spread(start, firstArcInto, arcsInto, firstArcFrom, arcsFrom);
  const arrives = spread(start, firstArcFrom, arcsFrom, firstArcInto, arcsInto);
  const { departureVertexOfEdgeDir, firstArrivalOfEdgeDir, arrivalVertices } = network;
  const bits = new Uint8Array(edgeCount);
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    const departure = departureVertexOfEdgeDir[edgeDir]!;
    if (departure !== NO_INDEX && departs[departure] === 1) bits[edgeDir >> 1]! |= TAKES_DEPARTURES;
    for (let i = firstArrivalOfEdgeDir[edgeDir]!; i < firstArrivalOfEdgeDir[edgeDir + 1]!; i++) {
      if (arrives[arrivalVertices[i]!] === 1) bits[edgeDir >> 1]! |= TAKES_ARRIVALS;
    }
  }
  return bits;
}

/**
 * The marked vertices and all that the arcs lead to from them. Nearly all are marked, so the others look along the
 * arcs that lead to them whether one comes from a marked vertex, instead of all marked ones looking forwards.
 */
function spread(
  start: Uint8Array,
  first: Uint32Array,
  arcs: Int32Array,
  firstBack: Uint32Array,
  arcsBack: Int32Array,
): Uint8Array {
  const marked = start.slice();
  const waiting: number[] = [];
  for (let v = 0; v < start.length; v++) {
    if (start[v] === 1) continue;
    for (let a = firstBack[v]!; a < firstBack[v + 1]!; a++) {
      if (start[arcsBack[3 * a]!] === 0) continue;
      marked[v] = 1;
      waiting.push(v);
      break;
    }
  }
  while (waiting.length > 0) {
    const v = waiting.pop()!;
    for (let a = first[v]!; a < first[v + 1]!; a++) {
      const other = arcs[3 * a]!;
      if (marked[other] === 1) continue;
      marked[other] = 1;
      waiting.push(other);
    }
  }
  return marked;
}
