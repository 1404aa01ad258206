/**
 * From edges to the searchable graph: vertices (junctions, split where the way one came matters) and arcs.
 *
 * A junction is split for two reasons, see `trip-ends.ts` and `restrictions.ts`: private junctions have a copy
 * for leaving and one for arriving, and after the beginning of a forbidden sequence the search goes on in a
 * copy that lacks the forbidden move. Copies are made as they are first reached.
 */
import { GrowingUint32 } from '../common/growing-arrays.ts';
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';
import { type Edges, PASSAGE_NO, PASSAGE_YES } from './edges.ts';
import { JUNCTION_PRIVATE } from './trip-ends.ts';
import { FORBIDDEN, TurnAutomaton } from './turn-automaton.ts';

export interface ArcGraph {
  vertexCount: number;
  /** vertex -> junction. Vertices are in the order of their junctions. */
  junctionOfVertex: Uint32Array;
  departureVertexOfEdgeDir: Uint32Array;
  firstArrivalOfEdgeDir: Uint32Array;
  arrivalVertices: Uint32Array;
  arcCount: number;
  firstArcInto: Uint32Array;
  arcsInto: Int32Array;
  firstArcFrom: Uint32Array;
  arcsFrom: Int32Array;
  longestArc: number;
}

/** The arcs of the graph, without their times. */
export function buildArcs(
  edges: Edges,
  kinds: Uint8Array,
  forbidden: readonly (readonly number[])[],
): NumberedArcs {
  const base = buildBaseArcs(edges, kinds);
  if (forbidden.length > 0) splitByRestrictions(base, new TurnAutomaton(forbidden));
  return numberArcs(edges, base);
}

/** Arcs whose ends are vertices of the graph, in the order in which they were made. */
export interface NumberedArcs {
  /** vertex -> junction. Vertices are in the order of their junctions. */
  junctionOfVertex: Uint32Array;
  tails: Uint32Array;
  heads: Uint32Array;
  edgeDirs: Uint32Array;
  departureVertexOfEdgeDir: Uint32Array;
  firstArrivalOfEdgeDir: Uint32Array;
  arrivalVertices: Uint32Array;
}

/** Arcs before numbering; vertices in the order in which they were made. */
interface RawArcs {
  junctionOfVertex: GrowingUint32;
  tails: GrowingUint32;
  heads: GrowingUint32;
  edgeDirs: GrowingUint32;
  departures: Uint32Array;
  /** Entries without an arc: edgeDir, vertex pairs from which an edge may only be entered to end on it. */
  extraArrivals: GrowingUint32;
}

function buildBaseArcs(edges: Edges, kinds: Uint8Array): RawArcs {
  const { edgeCount, junctionCount, tailOfEdge, headOfEdge, passageOfEdgeDir } = edges;
  const junctionOfVertex = new GrowingUint32(junctionCount + 1024);
  // Vertex j is the junction itself, or its copy for leaving where it is private.
  for (let j = 0; j < junctionCount; j++) junctionOfVertex.push(j);
  const arrivingCopy = new Uint32Array(junctionCount).fill(NO_INDEX);
  for (let j = 0; j < junctionCount; j++) {
    if (kinds[j] !== JUNCTION_PRIVATE) continue;
    arrivingCopy[j] = junctionOfVertex.length;
    junctionOfVertex.push(j);
  }
  const raw: RawArcs = {
    junctionOfVertex,
    tails: new GrowingUint32(2 * edgeCount),
    heads: new GrowingUint32(2 * edgeCount),
    edgeDirs: new GrowingUint32(2 * edgeCount),
    departures: sharedUint32(2 * edgeCount).fill(NO_INDEX),
    extraArrivals: new GrowingUint32(64),
  };
  const { tails, heads, edgeDirs, departures } = raw;
  const addArc = (tail: number, head: number, edgeDir: number) => {
    tails.push(tail);
    heads.push(head);
    edgeDirs.push(edgeDir);
  };
  const addArrival = (edgeDir: number, vertex: number) => {
    raw.extraArrivals.push(edgeDir);
    raw.extraArrivals.push(vertex);
  };
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    const passage = passageOfEdgeDir[edgeDir]!;
    if (passage === PASSAGE_NO) continue;
    const edge = edgeDir >> 1;
    const isForward = (edgeDir & 1) === 0;
    const tail = isForward ? tailOfEdge[edge]! : headOfEdge[edge]!;
    const head = isForward ? headOfEdge[edge]! : tailOfEdge[edge]!;
    departures[edgeDir] = head;
    if (passage === PASSAGE_YES) {
      addArc(tail, head, edgeDir);
      continue;
    }
    const fromPrivate = kinds[tail] === JUNCTION_PRIVATE;
    const toPrivate = kinds[head] === JUNCTION_PRIVATE;
    if (fromPrivate) {
      addArc(tail, head, edgeDir);
      if (toPrivate) addArc(arrivingCopy[tail]!, arrivingCopy[head]!, edgeDir);
      else addArrival(edgeDir, arrivingCopy[tail]!);
    } else if (toPrivate) addArc(tail, arrivingCopy[head]!, edgeDir);
    else addArrival(edgeDir, tail);
  }
  return raw;
}

/** Redirects arcs that begin a forbidden sequence to copies of their heads, and gives the copies their arcs. */
function splitByRestrictions(raw: RawArcs, automaton: TurnAutomaton): void {
  const baseArcCount = raw.tails.length;
  const baseVertexCount = raw.junctionOfVertex.length;
  const [firstOut, out] = groupBy(raw.tails.view(), baseVertexCount);
  const copyOfState = new Map<number, Map<number, number>>();
  const waiting: Array<{ copy: number; base: number; state: number }> = [];
  const vertexIn = (base: number, state: number): number => {
    if (state === 0) return base;
    let copies = copyOfState.get(state);
    if (copies === undefined) {
      copies = new Map();
      copyOfState.set(state, copies);
    }
    let copy = copies.get(base);
    if (copy === undefined) {
      copy = raw.junctionOfVertex.length;
      raw.junctionOfVertex.push(raw.junctionOfVertex.array[base]!);
      copies.set(base, copy);
      waiting.push({ copy, base, state });
    }
    return copy;
  };
  const baseHeads = raw.heads.slice();
  const baseArrivals = raw.extraArrivals.slice();
  const [firstArrival, arrivals] = groupBy(
    baseArrivals.filter((_, i) => i % 2 === 1),
    baseVertexCount,
  );
  for (let arc = 0; arc < baseArcCount; arc++) {
    const state = automaton.next(0, raw.edgeDirs.array[arc]!);
    if (state !== 0) raw.heads.array[arc] = vertexIn(baseHeads[arc]!, state);
  }
  for (let edgeDir = 0; edgeDir < raw.departures.length; edgeDir++) {
    const head = raw.departures[edgeDir]!;
    if (head === NO_INDEX) continue;
    const state = automaton.next(0, edgeDir);
    if (state !== 0) raw.departures[edgeDir] = vertexIn(head, state);
  }
  for (let i = 0; i < waiting.length; i++) {
    const { copy, base, state } = waiting[i]!;
    for (let k = firstOut[base]!; k < firstOut[base + 1]!; k++) {
      const arc = out[k]!;
      const edgeDir = raw.edgeDirs.array[arc]!;
      const next = automaton.next(state, edgeDir);
      if (next === FORBIDDEN) continue;
      const head = vertexIn(baseHeads[arc]!, next);
      raw.tails.push(copy);
      raw.heads.push(head);
      raw.edgeDirs.push(edgeDir);
    }
    // Whoever may end on an edge from the base may do so from the copy, unless the turn is what it lacks.
    for (let k = firstArrival[base]!; k < firstArrival[base + 1]!; k++) {
      const edgeDir = baseArrivals[2 * arrivals[k]!]!;
      if (automaton.next(state, edgeDir) === FORBIDDEN) continue;
      raw.extraArrivals.push(edgeDir);
      raw.extraArrivals.push(copy);
    }
  }
}

/** Groups positions by their key (counting sort): CSR `first`, `positions`, stable. */
function groupBy(keys: Uint32Array, keyCount: number): [Uint32Array, Uint32Array] {
  const first = new Uint32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) first[keys[i]! + 1]!++;
  for (let k = 0; k < keyCount; k++) first[k + 1]! += first[k]!;
  const next = first.slice();
  const positions = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) positions[next[keys[i]!]!++] = i;
  return [first, positions];
}

function numberArcs(edges: Edges, raw: RawArcs): NumberedArcs {
  const vertexCount = raw.junctionOfVertex.length;
  const [, byJunction] = groupBy(raw.junctionOfVertex.view(), edges.junctionCount);
  const numberOf = new Uint32Array(vertexCount);
  const junctionOfVertex = new Uint32Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) {
    numberOf[byJunction[v]!] = v;
    junctionOfVertex[v] = raw.junctionOfVertex.array[byJunction[v]!]!;
  }
  const arcCount = raw.tails.length;
  const tails = raw.tails.view();
  const heads = raw.heads.view();
  const edgeDirs = raw.edgeDirs.view();
  for (let arc = 0; arc < arcCount; arc++) {
    tails[arc] = numberOf[tails[arc]!]!;
    heads[arc] = numberOf[heads[arc]!]!;
  }
  const { departures } = raw;
  for (let d = 0; d < departures.length; d++) {
    if (departures[d] !== NO_INDEX) departures[d] = numberOf[departures[d]!]!;
  }
  const extra = raw.extraArrivals.view();
  for (let i = 1; i < extra.length; i += 2) extra[i] = numberOf[extra[i]!]!;
  return {
    junctionOfVertex,
    tails,
    heads,
    edgeDirs,
    departureVertexOfEdgeDir: departures,
    ...collectArrivals(edges.edgeCount, edgeDirs, tails, extra),
  };
}

/** The graph, once the edges have their times. */
export function sortArcs(edges: Edges, arcs: NumberedArcs): ArcGraph {
  const { tails, heads, edgeDirs, ...kept } = arcs;
  const vertexCount = kept.junctionOfVertex.length;
  const arcCount = tails.length;
  const times = new Int32Array(arcCount);
  let longestArc = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    const edgeDir = edgeDirs[arc]!;
    const time = edges.drivingTimeOfEdgeDir[edgeDir]! + edges.delayOfEdgeDir[edgeDir]!;
    times[arc] = time;
    if (time > longestArc) longestArc = time;
  }
  const into = groupArcs(vertexCount, heads, tails, times, edgeDirs);
  const from = groupArcs(vertexCount, tails, heads, times, edgeDirs);
  return {
    ...kept,
    vertexCount,
    arcCount,
    firstArcInto: into.first,
    arcsInto: into.arcs,
    firstArcFrom: from.first,
    arcsFrom: from.arcs,
    longestArc,
  };
}

/** CSR by `keys`, three numbers an arc: the other end, the time, the edgeDir. */
function groupArcs(
  vertexCount: number,
  keys: Uint32Array,
  others: Uint32Array,
  times: Int32Array,
  edgeDirs: Uint32Array,
): { first: Uint32Array; arcs: Int32Array } {
  const first = sharedUint32(vertexCount + 1);
  for (let i = 0; i < keys.length; i++) first[keys[i]! + 1]!++;
  for (let v = 0; v < vertexCount; v++) first[v + 1]! += first[v]!;
  const next = first.slice();
  const arcs = sharedInt32(3 * keys.length);
  for (let i = 0; i < keys.length; i++) {
    const at = 3 * next[keys[i]!]!++;
    arcs[at] = others[i]!;
    arcs[at + 1] = times[i]!;
    arcs[at + 2] = edgeDirs[i]!;
  }
  return { first, arcs };
}

/** For each edgeDir the vertices from which it may be entered: the tails of its arcs, and the extra ones. */
function collectArrivals(edgeCount: number, edgeDirs: Uint32Array, tails: Uint32Array, extra: Uint32Array) {
  const count = 2 * edgeCount;
  const first = sharedUint32(count + 1);
  for (let i = 0; i < edgeDirs.length; i++) first[edgeDirs[i]! + 1]!++;
  for (let i = 0; i < extra.length; i += 2) first[extra[i]! + 1]!++;
  for (let d = 0; d < count; d++) first[d + 1]! += first[d]!;
  const next = first.slice();
  const arrivalVertices = sharedUint32(edgeDirs.length + extra.length / 2);
  for (let i = 0; i < edgeDirs.length; i++) arrivalVertices[next[edgeDirs[i]!]!++] = tails[i]!;
  for (let i = 0; i < extra.length; i += 2) arrivalVertices[next[extra[i]!]!++] = extra[i + 1]!;
  return { firstArrivalOfEdgeDir: first, arrivalVertices };
}
