/**
 * The turns that a restriction over ways may mean: in from one of its ways, along the via ways without coming twice
 * to a junction, out by another. The via ways are taken as they lie, in whatever order the relation lists them; each
 * must be driven on, if only in part (of a roundabout, the arc between the two others).
 */
import { NO_INDEX } from '../common/units.ts';
import type { Edges } from './edges.ts';
import type { Pieces } from './pieces.ts';
import type { Arm, Turn, TurnArms } from './turn-arms.ts';
import type { UsableMoves } from './usable-moves.ts';

/** Longer ones, or more of them, are no restriction that anyone meant. */
const LONGEST_PATH = 200;
const MOST_TURNS = 16;

export class ViaPaths {
  constructor(
    private readonly pieces: Pieces,
    private readonly edges: Edges,
    private readonly moves: UsableMoves,
    private readonly arms: TurnArms,
  ) {}

  turnsOver(from: readonly number[], via: readonly number[], to: readonly number[]): Turn[] {
    const waysOfEdge = this.waysByEdge(via);
    const junctions = new Set<number>();
    for (const edge of waysOfEdge.keys())
      junctions.add(this.edges.tailOfEdge[edge]!).add(this.edges.headOfEdge[edge]!);
    const turns: Turn[] = [];
    for (const junction of junctions) {
      for (const arriving of this.armsAt(from, junction, true))
        this.follow(arriving, junction, waysOfEdge, via.length, to, turns);
    }
    return turns;
  }

  /** edge -> the via ways that it is drawn from. */
  private waysByEdge(via: readonly number[]): Map<number, Set<number>> {
    const { firstPieceOfWay } = this.pieces;
    const ways = new Map<number, Set<number>>();
    for (const way of via) {
      for (let piece = firstPieceOfWay[way]!; piece < firstPieceOfWay[way + 1]!; piece++) {
        const along = this.edges.edgeDirOfPiece[piece]!;
        if (along === NO_INDEX) continue;
        const edge = along >> 1;
        ways.set(edge, (ways.get(edge) ?? new Set()).add(way));
      }
    }
    return ways;
  }

  private armsAt(ways: readonly number[], junction: number, arriving: boolean): Arm[] {
    const node = this.edges.nodeOfJunction[junction]!;
    const end = (edgeDir: number) => (arriving ? this.moves.headOf(edgeDir) : this.moves.tailOf(edgeDir));
    return ways
      .flatMap((way) => this.arms.at(way, node, arriving))
      .filter(({ edgeDir }) => end(edgeDir) === junction);
  }

  /** Adds the turns that begin by an arm: a search in depth along the via edges. */
  private follow(
    arriving: Arm,
    start: number,
    waysOfEdge: ReadonlyMap<number, ReadonlySet<number>>,
    wayCount: number,
    to: readonly number[],
    turns: Turn[],
  ): void {
    const along: number[] = [];
    const met = new Set([start]);
    const walk = (junction: number): void => {
      if (turns.length >= MOST_TURNS || along.length >= LONGEST_PATH) return;
      const driven = new Set(along.flatMap((move) => [...waysOfEdge.get(move >> 1)!]));
      if (driven.size === wayCount) {
        for (const leaving of this.armsAt(to, junction, false)) {
          if (leaving.edgeDir !== (along[along.length - 1]! ^ 1))
            turns.push({ arriving, along: [...along], leaving });
        }
      }
      for (const move of this.moves.from(junction)) {
        const next = this.moves.headOf(move);
        if (!waysOfEdge.has(move >> 1) || met.has(next) || move === (arriving.edgeDir ^ 1)) continue;
        along.push(move);
        met.add(next);
        walk(next);
        met.delete(next);
        along.pop();
      }
    };
    walk(start);
  }
}
