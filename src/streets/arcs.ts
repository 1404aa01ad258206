/**
 * From edges to the searchable graph: vertices (junctions, split where the way one came matters) and arcs.
 *
 * A junction is split for two reasons, see `trip-ends.ts` and `turn-memory.ts`: private junctions have a copy
 * for leaving and one for arriving, and after the beginning of a forbidden sequence the search goes on in copies
 * that lack the forbidden move and the way back. Copies are made as they are first reached.
 */
import { GrowingUint32 } from '../common/growing-arrays.ts';
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';
import { type Edges, PASSAGE_ENDS, PASSAGE_NO, PASSAGE_YES } from './edges.ts';
import { JUNCTION_PRIVATE } from './trip-ends.ts';
import { FORBIDDEN } from './turn-automaton.ts';
import { NO_MEMORY, type TurnMemory } from './turn-memory.ts';

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
}

/** The graph; the times of its arcs are 0 until `setArcTimes` writes them. */
export function buildArcs(edges: Edges, kinds: Uint8Array, turns: TurnMemory | undefined): ArcGraph {
  const raw = buildBaseArcs(edges, kinds);
  if (turns !== undefined) splitByMemory(raw, turns);
  return numberArcs(edges, raw);
}

/** Arcs before numbering; vertices in the order in which they were made, the junctions themselves first. */
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
  const { edgeCount, junctionCount } = edges;
  const junctionOfVertex = new GrowingUint32(junctionCount + 1024);
  // Vertex j is the junction itself, or its copy for leaving where it is private.
  for (let j = 0; j < junctionCount; j++) junctionOfVertex.array[j] = j;
  junctionOfVertex.length = junctionCount;
  const arrivingCopy = new Uint32Array(junctionCount);
  for (let j = 0; j < junctionCount; j++) {
    if (kinds[j] !== JUNCTION_PRIVATE) continue;
    arrivingCopy[j] = junctionOfVertex.length;
    junctionOfVertex.push(j);
  }
  const mostArcs = countMostArcs(edges);
  const raw: RawArcs = {
    junctionOfVertex,
    tails: new GrowingUint32(mostArcs),
    heads: new GrowingUint32(mostArcs),
    edgeDirs: new GrowingUint32(mostArcs),
    departures: sharedUint32(2 * edgeCount),
    extraArrivals: new GrowingUint32(1024),
  };
  writeBaseArcs(edges, kinds, arrivingCopy, raw);
  return raw;
}

/** One for each direction of an edge, a second where it may be private. */
function countMostArcs({ edgeCount, passageOfEdgeDir }: Edges): number {
  let count = 2 * edgeCount;
  for (let d = 0; d < 2 * edgeCount; d++) if (passageOfEdgeDir[d] === PASSAGE_ENDS) count++;
  return count;
}

function writeBaseArcs(edges: Edges, kinds: Uint8Array, arrivingCopy: Uint32Array, raw: RawArcs): void {
  const { edgeCount, tailOfEdge, headOfEdge, passageOfEdgeDir } = edges;
  const { departures, extraArrivals } = raw;
  const tails = raw.tails.array;
  const heads = raw.heads.array;
  const edgeDirs = raw.edgeDirs.array;
  let arc = 0;
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    const passage = passageOfEdgeDir[edgeDir]!;
    if (passage === PASSAGE_NO) {
      departures[edgeDir] = NO_INDEX;
      continue;
    }
    const edge = edgeDir >> 1;
    const isForward = (edgeDir & 1) === 0;
    const tail = isForward ? tailOfEdge[edge]! : headOfEdge[edge]!;
    const head = isForward ? headOfEdge[edge]! : tailOfEdge[edge]!;
    departures[edgeDir] = head;
    // For trip ends only: the way out of a private zone, the way into one, or from public street to public street.
    const fromPrivate = passage !== PASSAGE_YES && kinds[tail] === JUNCTION_PRIVATE;
    const toPrivate = passage !== PASSAGE_YES && kinds[head] === JUNCTION_PRIVATE;
    if (passage === PASSAGE_YES || fromPrivate || toPrivate) {
      tails[arc] = tail;
      heads[arc] = toPrivate && !fromPrivate ? arrivingCopy[head]! : head;
      edgeDirs[arc++] = edgeDir;
    }
    if (fromPrivate && toPrivate) {
      tails[arc] = arrivingCopy[tail]!;
      heads[arc] = arrivingCopy[head]!;
      edgeDirs[arc++] = edgeDir;
    } else if (passage !== PASSAGE_YES && !toPrivate) {
      extraArrivals.push(edgeDir);
      extraArrivals.push(fromPrivate ? arrivingCopy[tail]! : tail);
    }
  }
  raw.tails.length = raw.heads.length = raw.edgeDirs.length = arc;
}

/** Redirects arcs that begin a forbidden sequence to copies of their heads, and gives the copies their arcs. */
function splitByMemory(raw: RawArcs, turns: TurnMemory): void {
  const baseArcCount = raw.tails.length;
  const copiesOfMemory = new Map<number, Map<number, number>>();
  const waiting: Array<{ copy: number; base: number; memory: number }> = [];
  const vertexIn = (base: number, memory: number): number => {
    if (memory === NO_MEMORY) return base;
    let copies = copiesOfMemory.get(memory);
    if (copies === undefined) {
      copies = new Map();
      copiesOfMemory.set(memory, copies);
    }
    let copy = copies.get(base);
    if (copy === undefined) {
      copy = raw.junctionOfVertex.length;
      raw.junctionOfVertex.push(raw.junctionOfVertex.array[base]!);
      copies.set(base, copy);
      waiting.push({ copy, base, memory });
    }
    return copy;
  };
  // edgeDir -> 1 where it begins a forbidden sequence: after no other is anything remembered.
  const begins = new Uint8Array(raw.departures.length);
  for (const edgeDir of turns.beginnings()) begins[edgeDir] = 1;
  const { arcsAt, arrivalsAt } = findCopied(raw, turns);
  const baseHeads = raw.heads.slice();
  const baseArrivals = raw.extraArrivals.slice();
  for (let arc = 0; arc < baseArcCount; arc++) {
    const edgeDir = raw.edgeDirs.array[arc]!;
    if (begins[edgeDir] === 1)
      raw.heads.array[arc] = vertexIn(baseHeads[arc]!, turns.next(NO_MEMORY, edgeDir));
  }
  for (let edgeDir = 0; edgeDir < raw.departures.length; edgeDir++) {
    const head = raw.departures[edgeDir]!;
    if (begins[edgeDir] === 1 && head !== NO_INDEX)
      raw.departures[edgeDir] = vertexIn(head, turns.next(NO_MEMORY, edgeDir));
  }
  for (let i = 0; i < waiting.length; i++) {
    const { copy, base, memory } = waiting[i]!;
    for (const arc of arcsAt.get(base) ?? []) {
      const edgeDir = raw.edgeDirs.array[arc]!;
      const next = turns.next(memory, edgeDir);
      if (next === FORBIDDEN) continue;
      const head = vertexIn(baseHeads[arc]!, next);
      raw.tails.push(copy);
      raw.heads.push(head);
      raw.edgeDirs.push(edgeDir);
    }
    // Whoever may end on an edge from the base may do so from the copy, unless the turn is what it lacks.
    for (const arrival of arrivalsAt.get(base) ?? []) {
      const edgeDir = baseArrivals[2 * arrival]!;
      if (turns.next(memory, edgeDir) === FORBIDDEN) continue;
      raw.extraArrivals.push(edgeDir);
      raw.extraArrivals.push(copy);
    }
  }
}

/** The vertices that may get copies, those at which remembered moves end: their arcs and arrivals. */
function findCopied(raw: RawArcs, turns: TurnMemory) {
  const tails = raw.tails.view();
  const heads = raw.heads.view();
  const edgeDirs = raw.edgeDirs.view();
  const arrivals = raw.extraArrivals.view();
  const isMove = new Uint8Array(raw.departures.length);
  const mayBeCopied = new Uint8Array(raw.junctionOfVertex.length);
  for (const edgeDir of turns.movesRemembered()) {
    isMove[edgeDir] = 1;
    const head = raw.departures[edgeDir]!;
    if (head !== NO_INDEX) mayBeCopied[head] = 1;
  }
  for (let arc = 0; arc < heads.length; arc++) if (isMove[edgeDirs[arc]!] === 1) mayBeCopied[heads[arc]!] = 1;
  const arcsAt = new Map<number, number[]>();
  for (let arc = 0; arc < tails.length; arc++)
    if (mayBeCopied[tails[arc]!] === 1) append(arcsAt, tails[arc]!, arc);
  const arrivalsAt = new Map<number, number[]>();
  for (let i = 0; i < arrivals.length; i += 2)
    if (mayBeCopied[arrivals[i + 1]!] === 1) append(arrivalsAt, arrivals[i + 1]!, i >> 1);
  return { arcsAt, arrivalsAt };
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function numberArcs(edges: Edges, raw: RawArcs): ArcGraph {
  const { junctionOfVertex, numberOf } = numberVertices(raw.junctionOfVertex.view(), edges.junctionCount);
  const vertexCount = junctionOfVertex.length;
  const tails = raw.tails.view();
  const heads = raw.heads.view();
  const edgeDirs = raw.edgeDirs.view();
  renumber(tails, numberOf);
  renumber(heads, numberOf);
  const { departures } = raw;
  for (let d = 0; d < departures.length; d++) {
    if (departures[d] !== NO_INDEX) departures[d] = numberOf[departures[d]!]!;
  }
  const extra = raw.extraArrivals.view();
  for (let i = 1; i < extra.length; i += 2) extra[i] = numberOf[extra[i]!]!;
  const into = groupArcs(vertexCount, heads, tails, edgeDirs);
  const from = groupArcs(vertexCount, tails, heads, edgeDirs);
  return {
    vertexCount,
    junctionOfVertex,
    departureVertexOfEdgeDir: departures,
    ...collectArrivals(edges.edgeCount, edgeDirs, tails, extra),
    arcCount: tails.length,
    firstArcInto: into.first,
    arcsInto: into.arcs,
    firstArcFrom: from.first,
    arcsFrom: from.arcs,
  };
}

/**
 * Numbers vertices in the order of their junctions, copies after the junction itself, as they were made.
 * @param rawJunctions vertex as made -> junction; the first `junctionCount` are the junctions themselves
 */
function numberVertices(rawJunctions: Uint32Array, junctionCount: number) {
  const vertexCount = rawJunctions.length;
  // junction -> its own number; while counting, of the next junction.
  const nextNumber = new Uint32Array(junctionCount + 1);
  for (let raw = junctionCount; raw < vertexCount; raw++) nextNumber[rawJunctions[raw]! + 1]!++;
  const numberOf = new Uint32Array(vertexCount);
  const junctionOfVertex = new Uint32Array(vertexCount);
  let number = 0;
  for (let j = 0; j < junctionCount; j++) {
    number += nextNumber[j]!;
    numberOf[j] = number;
    junctionOfVertex[number++] = j;
    nextNumber[j] = number;
  }
  for (let raw = junctionCount; raw < vertexCount; raw++) {
    const junction = rawJunctions[raw]!;
    const own = nextNumber[junction]!++;
    numberOf[raw] = own;
    junctionOfVertex[own] = junction;
  }
  return { junctionOfVertex, numberOf };
}

function renumber(vertices: Uint32Array, numberOf: Uint32Array): void {
  for (let i = 0; i < vertices.length; i++) vertices[i] = numberOf[vertices[i]!]!;
}

/** CSR by `keys`, three numbers an arc: the other end, the time (0 as yet), the edgeDir. */
function groupArcs(
  vertexCount: number,
  keys: Uint32Array,
  others: Uint32Array,
  edgeDirs: Uint32Array,
): { first: Uint32Array; arcs: Int32Array } {
  const first = sharedUint32(vertexCount + 1);
  const next = startsOf(keys, first);
  const arcs = sharedInt32(3 * keys.length);
  for (let i = 0; i < keys.length; i++) {
    const at = 3 * next[keys[i]!]!++;
    arcs[at] = others[i]!;
    arcs[at + 2] = edgeDirs[i]!;
  }
  return { first, arcs };
}

/** Adds the keys to the counts in `first`, and sums them, so that key k begins at first[k]; returns a copy to count on. */
function startsOf(keys: Uint32Array, first: Uint32Array): Uint32Array {
  for (let i = 0; i < keys.length; i++) first[keys[i]! + 1]!++;
  for (let k = 1; k < first.length; k++) first[k]! += first[k - 1]!;
  return first.slice();
}

/** Writes the times of the arcs, once the edges have theirs; returns the longest. */
export function setArcTimes(edges: Edges, { arcsInto, arcsFrom }: ArcGraph): number {
  setTimes(edges, arcsInto);
  return setTimes(edges, arcsFrom);
}

function setTimes({ drivingTimeOfEdgeDir, delayOfEdgeDir }: Edges, arcs: Int32Array): number {
  let longest = 0;
  for (let at = 1; at < arcs.length; at += 3) {
    const edgeDir = arcs[at + 1]!;
    const time = drivingTimeOfEdgeDir[edgeDir]! + delayOfEdgeDir[edgeDir]!;
    arcs[at] = time;
    if (time > longest) longest = time;
  }
  return longest;
}

/** For each edgeDir the vertices from which it may be entered: the tails of its arcs, and the extra ones. */
function collectArrivals(edgeCount: number, edgeDirs: Uint32Array, tails: Uint32Array, extra: Uint32Array) {
  const count = 2 * edgeCount;
  const first = sharedUint32(count + 1);
  for (let i = 0; i < extra.length; i += 2) first[extra[i]! + 1]!++;
  const next = startsOf(edgeDirs, first);
  const arrivalVertices = sharedUint32(edgeDirs.length + extra.length / 2);
  for (let i = 0; i < edgeDirs.length; i++) arrivalVertices[next[edgeDirs[i]!]!++] = tails[i]!;
  for (let i = 0; i < extra.length; i += 2) arrivalVertices[next[extra[i]!]!++] = extra[i + 1]!;
  return { firstArrivalOfEdgeDir: first, arrivalVertices };
}
