/**
 * What a trip remembers of the way it came, as far as that bears on where it may go on: how much of a forbidden
 * sequence it has driven (`turn-automaton.ts`), else the last move where it must not turn round (`turning-back.ts`).
 */
import { FORBIDDEN, type TurnAutomaton } from './turn-automaton.ts';
import type { UsableMoves } from './usable-moves.ts';

/** Nothing: the trip may go on as if it began here. */
export const NO_MEMORY = 0;

export class TurnMemory {
  /** Memories from here on are last moves. */
  private readonly firstMove: number;

  /** @param remembered edgeDir -> 1 where a trip that remembers how it came still does after that move */
  constructor(
    private readonly automaton: TurnAutomaton,
    private readonly moves: UsableMoves,
    private readonly remembered: Uint8Array,
  ) {
    this.firstMove = automaton.stateCount;
  }

  /** The memory after moving along `edgeDir`, or FORBIDDEN. */
  next(memory: number, edgeDir: number): number {
    const { automaton, firstMove } = this;
    if (memory === NO_MEMORY) return automaton.next(0, edgeDir);
    const state = memory < firstMove ? memory : 0;
    const last = memory < firstMove ? automaton.lastMove(memory) : memory - firstMove;
    const turnsRound = edgeDir === (last ^ 1);
    if (turnsRound && !this.moves.endsAtDeadEnd(last)) return FORBIDDEN;
    const next = automaton.next(state, edgeDir);
    if (next !== 0) return next;
    return !turnsRound && this.remembered[edgeDir] === 1 ? firstMove + edgeDir : NO_MEMORY;
  }

  /** The moves that lead out of NO_MEMORY. */
  beginnings(): Iterable<number> {
    return this.automaton.beginnings();
  }

  /** The moves after which something may be remembered, some of them more than once. */
  *movesRemembered(): Iterable<number> {
    yield* this.automaton.moves();
    for (let d = 0; d < this.remembered.length; d++) if (this.remembered[d] === 1) yield d;
  }
}
