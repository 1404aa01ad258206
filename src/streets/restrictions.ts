/**
 * Turn restrictions as forbidden sequences of directed edges.
 *
 * A restriction relation names the ways `from` and `to` and what lies between them: a node, or one or more
 * ways. Resolved on the edges, `no_*` forbids the sequence from … to; `only_*` forbids every other way on.
 * After a forbidden turn, turning back at the next junction to take it all the same is forbidden too, unless
 * that is a dead end. Specification: https://wiki.openstreetmap.org/wiki/Relation:restriction
 */
import { NO_INDEX, type StreetMode } from '../common/units.ts';
import type { OsmRelation, OsmStreets } from '../read/osm/osm-data.ts';
import { type Edges, PASSAGE_NO } from './edges.ts';
import { findSorted } from './find-sorted.ts';
import type { Pieces } from './pieces.ts';
import { type RestrictionRule, restrictionApplies } from './restriction-rules.ts';

export interface ResolvedRestrictions {
  /** Each a sequence of edgeDirs that no trip may contain, of length 2 or more. */
  forbidden: number[][];
  /** Ids of relations that apply to the mode but name no path on its streets, with the reason. */
  unresolved: Array<{ relationId: number; reason: string }>;
}

/** Nodes at which restrictions of the mode need a junction: `via` nodes, and the ends of `via` ways. */
export function nodesOfRestrictions(osm: OsmStreets, mode: StreetMode): number[] {
  const nodes: number[] = [];
  for (const restriction of osm.restrictions) {
    if (restrictionApplies(restriction.tags, mode) === undefined) continue;
    for (const member of restriction.members) {
      if (member.role !== 'via') continue;
      if (member.type === 'n') pushKnown(nodes, findSorted(osm.idOfNode, member.id));
      if (member.type !== 'w') continue;
      const way = findSorted(osm.idOfWay, member.id);
      if (way === NO_INDEX) continue;
      pushKnown(nodes, osm.nodeOfRef[osm.firstRefOfWay[way]!]!);
      pushKnown(nodes, osm.nodeOfRef[osm.firstRefOfWay[way + 1]! - 1]!);
    }
  }
  return nodes;
}

export function resolveRestrictions(
  osm: OsmStreets,
  pieces: Pieces,
  edges: Edges,
  mode: StreetMode,
): ResolvedRestrictions {
  const result: ResolvedRestrictions = { forbidden: [], unresolved: [] };
  if (osm.restrictions.length === 0) return result;
  const resolver = new Resolver(osm, pieces, edges);
  for (const restriction of osm.restrictions) {
    const rule = restrictionApplies(restriction.tags, mode);
    if (rule === undefined) continue;
    const outcome = resolver.resolve(restriction, rule);
    if (typeof outcome === 'string')
      result.unresolved.push({ relationId: restriction.relationId, reason: outcome });
    else for (const sequence of outcome) result.forbidden.push(sequence);
  }
  return result;
}

function pushKnown(nodes: number[], node: number): void {
  if (node !== NO_INDEX) nodes.push(node);
}

class Resolver {
  private readonly firstOut: Uint32Array;
  private readonly out: Uint32Array;
  /** junction -> ends of edges there. */
  private readonly armsOfJunction: Uint32Array;

  constructor(
    private readonly osm: OsmStreets,
    private readonly pieces: Pieces,
    private readonly edges: Edges,
  ) {
    [this.firstOut, this.out] = outgoingEdgeDirs(edges);
    this.armsOfJunction = new Uint32Array(edges.junctionCount);
    for (let edge = 0; edge < edges.edgeCount; edge++) {
      this.armsOfJunction[edges.tailOfEdge[edge]!]!++;
      this.armsOfJunction[edges.headOfEdge[edge]!]!++;
    }
  }

  resolve(restriction: OsmRelation, { kind, uTurn }: RestrictionRule): number[][] | string {
    const { osm } = this;
    const ways = (role: string) =>
      restriction.members
        .filter((member) => member.role === role && member.type === 'w')
        .map((member) => findSorted(osm.idOfWay, member.id));
    const from = ways('from');
    const to = ways('to');
    if (from.length === 0 || to.length === 0) return 'no "from" or no "to" way';
    if ([...from, ...to].includes(NO_INDEX)) return 'a member way is not in the file';
    const viaNodes = restriction.members.filter((member) => member.role === 'via' && member.type === 'n');
    const viaWays = ways('via');
    if (viaNodes.length === 1 && viaWays.length === 0) {
      const node = findSorted(osm.idOfNode, viaNodes[0]!.id);
      if (node === NO_INDEX) return 'the "via" node is not in the file';
      return this.throughNode(from, node, to, kind, uTurn);
    }
    if (viaNodes.length > 0 || viaWays.length === 0) return 'no usable "via"';
    if (viaWays.includes(NO_INDEX)) return 'a "via" way is not in the file';
    return this.throughWays(from, viaWays, to, kind);
  }

  private throughNode(
    from: number[],
    node: number,
    to: number[],
    kind: 'no' | 'only',
    uTurn: boolean,
  ): number[][] | string {
    const arriving = from.flatMap((way) => this.edgeDirsAt(way, node, true));
    const leaving = to.flatMap((way) => this.edgeDirsAt(way, node, false));
    if (arriving.length === 0) return '"from" does not reach "via" for this mode';
    // A way that runs through the node leaves open which arm is meant; only a U-turn means all of them.
    const isSameWay = from.length === 1 && to.length === 1 && from[0] === to[0];
    const isUTurn = isSameWay && (uTurn || arriving.length === 1);
    if (arriving.length > from.length && !isUTurn)
      return '"from" passes through "via": which arm is meant is open';
    if (kind === 'no') {
      if (leaving.length === 0) return '"to" does not leave "via" for this mode';
      const sequences: number[][] = [];
      for (const a of arriving) {
        for (const b of leaving) if (!isUTurn || b === (a ^ 1)) this.forbid(sequences, [a], b);
      }
      return sequences;
    }
    if (leaving.length === 0) return '"to" does not leave "via" for this mode';
    const sequences: number[][] = [];
    for (const a of arriving) this.forbidAllBut(sequences, [a], leaving);
    return sequences;
  }

  private throughWays(from: number[], via: number[], to: number[], kind: 'no' | 'only'): number[][] | string {
    const sequences: number[][] = [];
    for (const way of from) {
      for (const start of this.wayEnds(via[0]!)) {
        for (const arriving of this.edgeDirsAt(way, start, true)) {
          const path = this.pathAlong(via, start);
          if (path === undefined) continue;
          const prefix = [arriving, ...path.edgeDirs];
          const leaving = to.flatMap((other) => this.edgeDirsAt(other, path.end, false));
          if (leaving.length === 0) continue;
          if (kind === 'no') for (const b of leaving) this.forbid(sequences, prefix, b);
          else this.forbidAllBut(sequences, prefix, leaving);
        }
      }
    }
    return sequences.length > 0 ? sequences : 'the members form no path for this mode';
  }

  /** Forbids prefix + turn, and the way round it: on by another arm, back at the next junction, then the turn. */
  private forbid(sequences: number[][], prefix: number[], turn: number): void {
    sequences.push([...prefix, turn]);
    const at = this.headOf(prefix[prefix.length - 1]!);
    for (let i = this.firstOut[at]!; i < this.firstOut[at + 1]!; i++) {
      const other = this.out[i]!;
      if (other === turn || other === (prefix[prefix.length - 1]! ^ 1)) continue;
      this.forbidTurningBack(sequences, prefix, other);
    }
  }

  private forbidAllBut(sequences: number[][], prefix: number[], allowed: number[]): void {
    const at = this.headOf(prefix[prefix.length - 1]!);
    for (let i = this.firstOut[at]!; i < this.firstOut[at + 1]!; i++) {
      const other = this.out[i]!;
      if (!allowed.includes(other)) sequences.push([...prefix, other]);
    }
    for (const turn of allowed) this.forbidTurningBack(sequences, prefix, turn);
  }

  /**
   * Forbids turning back after `prefix` and `along`, up to and at the next junction; where the street only
   * changes (its limit, its name) one may not turn back either. At a dead end one may.
   */
  private forbidTurningBack(sequences: number[][], prefix: number[], along: number): void {
    const path = [...prefix, along];
    for (let last = along; ; ) {
      const back = last ^ 1;
      const at = this.headOf(last);
      let others = 0;
      let onward = NO_INDEX;
      for (let i = this.firstOut[at]!; i < this.firstOut[at + 1]!; i++) {
        if (this.out[i] === back) continue;
        onward = this.out[i]!;
        others++;
      }
      if (others === 0) return;
      if (this.edges.passageOfEdgeDir[back] !== PASSAGE_NO) sequences.push([...path, back]);
      if (others > 1 || this.armsOfJunction[at] !== 2 || path.includes(onward)) return;
      path.push(onward);
      last = onward;
    }
  }

  /** The directed edges of a way that arrive at (or leave) a node, usable by the mode. */
  private edgeDirsAt(way: number, node: number, arriving: boolean): number[] {
    const found: number[] = [];
    for (
      let piece = this.pieces.firstPieceOfWay[way]!;
      piece < this.pieces.firstPieceOfWay[way + 1]!;
      piece++
    ) {
      const along = this.edges.edgeDirOfPiece[piece]!;
      if (along === NO_INDEX) continue;
      const first = this.osm.nodeOfRef[this.pieces.firstRefOfPiece[piece]!];
      const last = this.osm.nodeOfRef[this.pieces.lastRefOfPiece[piece]!];
      if (last === node) found.push(arriving ? along : along ^ 1);
      if (first === node) found.push(arriving ? along ^ 1 : along);
    }
    return found.filter((edgeDir) => this.edges.passageOfEdgeDir[edgeDir] !== PASSAGE_NO);
  }

  private wayEnds(way: number): number[] {
    const first = this.osm.nodeOfRef[this.osm.firstRefOfWay[way]!]!;
    const last = this.osm.nodeOfRef[this.osm.firstRefOfWay[way + 1]! - 1]!;
    return first === last ? [first] : [first, last];
  }

  /** Walks the via ways end to end from `start`; undefined where they do not join or are not usable. */
  private pathAlong(via: number[], start: number): { edgeDirs: number[]; end: number } | undefined {
    const edgeDirs: number[] = [];
    let at = start;
    for (const way of via) {
      const from = this.pieces.firstPieceOfWay[way]!;
      const to = this.pieces.firstPieceOfWay[way + 1]!;
      if (from === to) return undefined;
      const isForward = this.osm.nodeOfRef[this.pieces.firstRefOfPiece[from]!] === at;
      if (!isForward && this.osm.nodeOfRef[this.pieces.lastRefOfPiece[to - 1]!] !== at) return undefined;
      for (let i = 0; i < to - from; i++) {
        const piece = isForward ? from + i : to - 1 - i;
        const along = this.edges.edgeDirOfPiece[piece]!;
        if (along === NO_INDEX) return undefined;
        const edgeDir = isForward ? along : along ^ 1;
        if (this.edges.passageOfEdgeDir[edgeDir] === PASSAGE_NO) return undefined;
        // Pieces joined into one edge are one step.
        if (edgeDirs[edgeDirs.length - 1] !== edgeDir) edgeDirs.push(edgeDir);
      }
      at = isForward
        ? this.osm.nodeOfRef[this.pieces.lastRefOfPiece[to - 1]!]!
        : this.osm.nodeOfRef[this.pieces.firstRefOfPiece[from]!]!;
    }
    return { edgeDirs, end: at };
  }

  private headOf(edgeDir: number): number {
    const edge = edgeDir >> 1;
    return (edgeDir & 1) === 0 ? this.edges.headOfEdge[edge]! : this.edges.tailOfEdge[edge]!;
  }
}

/** CSR of usable edgeDirs by the junction they leave. */
function outgoingEdgeDirs(edges: Edges): [Uint32Array, Uint32Array] {
  const { edgeCount, junctionCount, tailOfEdge, headOfEdge, passageOfEdgeDir } = edges;
  const first = new Uint32Array(junctionCount + 1);
  const origin = (edgeDir: number) =>
    (edgeDir & 1) === 0 ? tailOfEdge[edgeDir >> 1]! : headOfEdge[edgeDir >> 1]!;
  for (let d = 0; d < 2 * edgeCount; d++) if (passageOfEdgeDir[d] !== PASSAGE_NO) first[origin(d) + 1]!++;
  for (let j = 0; j < junctionCount; j++) first[j + 1]! += first[j]!;
  const next = first.slice();
  const out = new Uint32Array(first[junctionCount]!);
  for (let d = 0; d < 2 * edgeCount; d++) if (passageOfEdgeDir[d] !== PASSAGE_NO) out[next[origin(d)]!++] = d;
  return [first, out];
}
