/** Which directed edges lead on from which junction, for whoever may use them: CSR over junctions. */
import { type Edges, PASSAGE_NO } from './edges.ts';

export class UsableMoves {
  /** junction -> its first move; length junctionCount + 1. */
  readonly first: Uint32Array;
  /** Directed edges by the junction that they leave, ascending. */
  readonly moves: Uint32Array;

  constructor(private readonly edges: Edges) {
    const { edgeCount, junctionCount, passageOfEdgeDir } = edges;
    const first = new Uint32Array(junctionCount + 1);
    for (let d = 0; d < 2 * edgeCount; d++)
      if (passageOfEdgeDir[d] !== PASSAGE_NO) first[this.tailOf(d) + 1]!++;
    for (let j = 0; j < junctionCount; j++) first[j + 1]! += first[j]!;
    const next = first.slice();
    const moves = new Uint32Array(first[junctionCount]!);
    for (let d = 0; d < 2 * edgeCount; d++)
      if (passageOfEdgeDir[d] !== PASSAGE_NO) moves[next[this.tailOf(d)]!++] = d;
    this.first = first;
    this.moves = moves;
  }

  tailOf(edgeDir: number): number {
    const { tailOfEdge, headOfEdge } = this.edges;
    return (edgeDir & 1) === 0 ? tailOfEdge[edgeDir >> 1]! : headOfEdge[edgeDir >> 1]!;
  }

  headOf(edgeDir: number): number {
    return this.tailOf(edgeDir ^ 1);
  }

  /** The moves from a junction. */
  from(junction: number): Uint32Array {
    return this.moves.subarray(this.first[junction]!, this.first[junction + 1]!);
  }

  isUsable(edgeDir: number): boolean {
    return this.edges.passageOfEdgeDir[edgeDir] !== PASSAGE_NO;
  }

  /** True where nothing leads on from the end of a move but the way back: there one may turn round. */
  endsAtDeadEnd(edgeDir: number): boolean {
    const at = this.headOf(edgeDir);
    const end = this.first[at + 1]!;
    for (let i = this.first[at]!; i < end; i++) if (this.moves[i] !== (edgeDir ^ 1)) return false;
    return true;
  }
}
