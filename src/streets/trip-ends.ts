/**
 * Streets that only serve the ends of a trip (`destination`, `private` and the like).
 *
 * A trip leaves through such streets, runs on public ones, and arrives through such streets again. In the
 * graph, a junction with no public street is therefore split in two: one copy for leaving, one for arriving;
 * the way out of a private zone reaches public junctions, the way in starts at them, and nothing leads from
 * "arriving" back to public streets. So the search stays a plain Dijkstra in both directions.
 *
 * Public streets that can only be reached through private ones (a lane behind a private gate) serve trip ends
 * too, whatever their own tags say.
 */
import { type Edges, PASSAGE_ENDS, PASSAGE_YES } from './edges.ts';

/** Kinds of junctions. */
export const JUNCTION_PUBLIC = 0;
export const JUNCTION_PRIVATE = 1;

/**
 * Marks pockets of fewer than `smallestPublic` junctions behind private streets or gates as serving trip ends
 * only, then rejoins the arms at private gates where one side is such a pocket. Rewrites `edges` in place.
 *
 * @returns junction -> JUNCTION_PUBLIC | JUNCTION_PRIVATE
 */
export function settleTripEnds(edges: Edges, smallestPublic: number): Uint8Array {
  closePockets(edges, smallestPublic);
  let kinds = kindsOfJunctions(edges);
  if (rejoinGates(edges, kinds)) kinds = kindsOfJunctions(edges);
  return kinds;
}

function kindsOfJunctions(edges: Edges): Uint8Array {
  const kinds = new Uint8Array(edges.junctionCount).fill(JUNCTION_PRIVATE);
  for (let edge = 0; edge < edges.edgeCount; edge++) {
    if (isPublic(edges, edge)) {
      kinds[edges.tailOfEdge[edge]!] = JUNCTION_PUBLIC;
      kinds[edges.headOfEdge[edge]!] = JUNCTION_PUBLIC;
    }
  }
  return kinds;
}

function isPublic(edges: Edges, edge: number): boolean {
  return (
    edges.passageOfEdgeDir[2 * edge] === PASSAGE_YES || edges.passageOfEdgeDir[2 * edge + 1] === PASSAGE_YES
  );
}

/** Neither direction serves trip ends only: what such edges join is public together. */
function isWhollyPublic(edges: Edges, edge: number): boolean {
  return (
    isPublic(edges, edge) &&
    edges.passageOfEdgeDir[2 * edge] !== PASSAGE_ENDS &&
    edges.passageOfEdgeDir[2 * edge + 1] !== PASSAGE_ENDS
  );
}

function closePockets(edges: Edges, smallestPublic: number): void {
  const { edgeCount, junctionCount, tailOfEdge, headOfEdge } = edges;
  const parent = new Uint32Array(junctionCount);
  for (let j = 0; j < junctionCount; j++) parent[j] = j;
  const find = (j: number): number => {
    let root = j;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  const { passageOfEdgeDir } = edges;
  let hasEnds = false;
  for (let edge = 0; edge < edgeCount; edge++) {
    const passages = passageOfEdgeDir[2 * edge]! | passageOfEdgeDir[2 * edge + 1]!;
    // Of both directions together: some public, none that serves trip ends only.
    if (passages !== PASSAGE_YES) {
      hasEnds = true;
      continue;
    }
    const tail = tailOfEdge[edge]!;
    const head = headOfEdge[edge]!;
    if (parent[tail] === parent[head]) continue;
    const a = find(tail);
    const b = find(head);
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  if (!hasEnds && edges.endsOnlyJunction.indexOf(1) < 0) return;
  const size = new Uint32Array(junctionCount);
  const touchesEnds = new Uint8Array(junctionCount);
  let largest = 0;
  for (let j = 0; j < junctionCount; j++) {
    const root = find(j);
    size[root]!++;
    if (size[root]! > size[largest]!) largest = root;
    if (edges.endsOnlyJunction[j] === 1) touchesEnds[root] = 1;
  }
  for (let edge = 0; edge < edgeCount; edge++) {
    if (isWhollyPublic(edges, edge)) continue;
    touchesEnds[find(tailOfEdge[edge]!)] = 1;
    touchesEnds[find(headOfEdge[edge]!)] = 1;
  }
  const isClosed = (junction: number) => {
    const root = find(junction);
    return root !== largest && size[root]! < smallestPublic && touchesEnds[root] === 1;
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    if (!isClosed(tailOfEdge[edge]!) && !isClosed(headOfEdge[edge]!)) continue;
    for (let dir = 2 * edge; dir <= 2 * edge + 1; dir++) {
      if (edges.passageOfEdgeDir[dir] === PASSAGE_YES) edges.passageOfEdgeDir[dir] = PASSAGE_ENDS;
    }
  }
}

/**
 * At a gate that opens only at the ends of a trip, every arm has a junction of its own. Private arms may pass
 * it: they are joined, with the first public arm where there is one. Two public arms stay apart.
 */
function rejoinGates(edges: Edges, kinds: Uint8Array): boolean {
  const targetOfNode = new Map<number, number>();
  const gates: number[] = [];
  for (let j = 0; j < edges.junctionCount; j++) if (edges.endsOnlyJunction[j] === 1) gates.push(j);
  if (gates.length === 0) return false;
  for (const wanted of [JUNCTION_PUBLIC, JUNCTION_PRIVATE]) {
    for (const j of gates) {
      const node = edges.nodeOfJunction[j]!;
      if (kinds[j] === wanted && !targetOfNode.has(node)) targetOfNode.set(node, j);
    }
  }
  const alias = new Map<number, number>();
  for (const j of gates) {
    const target = targetOfNode.get(edges.nodeOfJunction[j]!)!;
    if (kinds[j] === JUNCTION_PRIVATE && target !== j) alias.set(j, target);
  }
  const { endsOnlyJunction } = edges;
  for (const ends of [edges.tailOfEdge, edges.headOfEdge]) {
    for (let edge = 0; edge < ends.length; edge++) {
      if (endsOnlyJunction[ends[edge]!] === 1) ends[edge] = alias.get(ends[edge]!) ?? ends[edge]!;
    }
  }
  return true;
}
