/**
 * Where a trip must remember how it came, lest it turn round to take a turn that was forbidden to it.
 *
 * Nobody turns round at a junction; at a dead end one may, at no cost. Most of the network need not know: turning
 * round leads back to where one was, so it shortens no trip, unless something was forbidden there that no longer is
 * on coming back. So only what follows upon the beginning of a forbidden sequence remembers its last move, for as
 * long as
 * - all moves since then can be driven back (behind a one-way nobody comes back the same way), and
 * - coming back would be sooner than the best lawful way round (a block, the next dead end), searched nearby.
 *
 * Out: the directed edges after which such a trip still remembers. All others lead to plain vertices, so that the
 * search stays a plain Dijkstra, and few junctions are split. Times are bounded from the safe side: delays count in
 * the lawful way alone.
 */
import type { EdgeDrawing } from './draw-edges.ts';
import { type Edges, PASSAGE_YES } from './edges.ts';
import { MoveQueue } from './move-queue.ts';
import { RoughTimes } from './rough-times.ts';
import { JUNCTION_PRIVATE } from './trip-ends.ts';
import { FORBIDDEN, type TurnAutomaton } from './turn-automaton.ts';
import type { UsableMoves } from './usable-moves.ts';

/** Moves looked at in search of a lawful way round; in towns a block has some thirty. */
const MOST_LAWFUL_MOVES = 300;
/** Moves remembered after one beginning, the nearest: none turns round sooner than behind these. */
const MOST_REMEMBERED = 100;
/** Of all remembered moves so many, as a share of the junctions; the nearest to their beginnings are kept. */
const REMEMBERED_SHARE = 0.06;
/** Kept whatever their share: so many in all, and those of the next junctions. */
const FEW_REMEMBERED = 300;
const LEAST_REMEMBERED = 8;

const NEVER = Number.POSITIVE_INFINITY;

/** edgeDir -> 1 where a trip that remembers how it came still does after that move. */
export function findRemembered(
  edges: Edges,
  kinds: Uint8Array,
  moves: UsableMoves,
  automaton: TurnAutomaton,
  drawing: EdgeDrawing,
): Uint8Array {
  const explorer = new Explorer(edges, kinds, moves, automaton, drawing);
  for (let state = 1; state < automaton.stateCount; state++) explorer.explore(state);
  return explorer.remembered();
}

class Explorer {
  /** edgeDir -> how near to some beginning it is remembered, 1 = nearest; 0 = nowhere. */
  private readonly rank: Uint8Array;
  /** edgeDir -> 1 where it begins a forbidden sequence. */
  private readonly begins: Uint8Array;
  private readonly times: RoughTimes;
  private readonly queue: MoveQueue;

  constructor(
    private readonly edges: Edges,
    private readonly kinds: Uint8Array,
    private readonly moves: UsableMoves,
    private readonly automaton: TurnAutomaton,
    drawing: EdgeDrawing,
  ) {
    this.rank = new Uint8Array(2 * edges.edgeCount);
    this.begins = new Uint8Array(2 * edges.edgeCount);
    for (const move of automaton.beginnings()) this.begins[move] = 1;
    this.queue = new MoveQueue(2 * edges.edgeCount);
    this.times = new RoughTimes(edges.edgeCount, drawing);
  }

  /** Ranks what is to be remembered after the beginning of a forbidden sequence. */
  explore(state: number): void {
    const { automaton, moves } = this;
    if (automaton.isForbiddenState(state)) return;
    const last = automaton.lastMove(state);
    const withheld: number[] = [];
    const onward: number[] = [];
    for (const move of moves.from(moves.headOf(last))) {
      const next = automaton.next(state, move);
      if (next !== automaton.next(0, move)) withheld.push(move);
      if (next !== FORBIDDEN && move !== (last ^ 1)) onward.push(move);
    }
    const returning = onward.filter((move) => this.leadsBack(move) && !moves.endsAtDeadEnd(move));
    if (withheld.length === 0 || returning.length === 0) return;
    this.rankChains(returning, this.lawfulReturnSeconds(state, onward, withheld));
  }

  /** The nearest of the ranked moves, within their share. */
  remembered(): Uint8Array {
    const { rank } = this;
    const countOfRank = new Uint32Array(MOST_REMEMBERED + 2);
    for (let d = 0; d < rank.length; d++) countOfRank[rank[d]!]!++;
    const most = Math.max(FEW_REMEMBERED, REMEMBERED_SHARE * this.edges.junctionCount);
    let farthest = 0;
    for (let sum = 0; farthest < MOST_REMEMBERED; farthest++) {
      sum += countOfRank[farthest + 1]!;
      if (sum > most && farthest >= LEAST_REMEMBERED) break;
    }
    for (let d = 0; d < rank.length; d++) rank[d] = rank[d]! > 0 && rank[d]! <= farthest ? 1 : 0;
    return rank;
  }

  /** Whether one can drive along a move and back, as far as ends of trips do not part the two. */
  private leadsBack(move: number): boolean {
    const { edges, kinds, moves } = this;
    if (!moves.isUsable(move ^ 1)) return false;
    return edges.passageOfEdgeDir[move] === PASSAGE_YES || kinds[moves.tailOf(move)] === JUNCTION_PRIVATE;
  }

  /**
   * Seconds, at most, until a trip on public streets that turns round nowhere but at dead ends is back where it was,
   * free to take all that was withheld; NEVER where none is found nearby.
   */
  private lawfulReturnSeconds(state: number, onward: readonly number[], withheld: readonly number[]): number {
    const { automaton, moves, queue } = this;
    const home = moves.headOf(automaton.lastMove(state));
    queue.begin();
    for (const move of onward) this.offerLawful(move, state, 0);
    for (let looked = 0; looked < MOST_LAWFUL_MOVES; looked++) {
      const move = queue.take();
      if (move < 0) break;
      const seconds = queue.keyOf(move);
      const stateAfter = queue.noteOf(move);
      const at = moves.headOf(move);
      if (at === home && stateAfter === 0 && !withheld.includes(move ^ 1)) return seconds;
      const mayTurn = moves.endsAtDeadEnd(move);
      const end = moves.first[at + 1]!;
      for (let i = moves.first[at]!; i < end; i++) {
        const next = moves.moves[i]!;
        if (next !== (move ^ 1) || mayTurn) this.offerLawful(next, stateAfter, seconds);
      }
    }
    return NEVER;
  }

  private offerLawful(move: number, state: number, seconds: number): void {
    const { edges, queue } = this;
    if (queue.isTaken(move) || edges.passageOfEdgeDir[move] !== PASSAGE_YES) return;
    // The wait for a boat is not known here.
    if (edges.isFerryEdge[move >> 1] === 1) return;
    const after = state === 0 && this.begins[move] === 0 ? 0 : this.automaton.next(state, move);
    if (after !== FORBIDDEN) queue.offer(move, seconds + this.times.mostSeconds(move), after);
  }

  /** Ranks the moves from which one could drive straight back to the beginning in less than the lawful way takes. */
  private rankChains(returning: readonly number[], lawfulSeconds: number): void {
    const { moves, queue, rank } = this;
    const home = moves.tailOf(returning[0]!);
    queue.begin();
    for (const move of returning) this.offerChain(move, 0, lawfulSeconds);
    for (let place = 1; place <= MOST_REMEMBERED; place++) {
      const move = queue.take();
      if (move < 0) break;
      if (rank[move] === 0 || rank[move]! > place) rank[move] = place;
      const at = moves.headOf(move);
      if (at === home) continue;
      const end = moves.first[at + 1]!;
      for (let i = moves.first[at]!; i < end; i++) {
        const next = moves.moves[i]!;
        if (next !== (move ^ 1) && this.leadsBack(next))
          this.offerChain(next, queue.keyOf(move), lawfulSeconds);
      }
    }
  }

  private offerChain(move: number, seconds: number, lawfulSeconds: number): void {
    const { moves, queue, times } = this;
    if (queue.isTaken(move) || moves.endsAtDeadEnd(move)) return;
    const thereAndBack = seconds + times.leastSeconds(move) + times.leastSeconds(move ^ 1);
    if (thereAndBack < lawfulSeconds) queue.offer(move, thereAndBack, 0);
  }
}
