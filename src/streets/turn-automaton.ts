/**
 * An automaton over directed edges that recognises forbidden sequences (Aho and Corasick, 1975). A state is
 * the longest beginning of a forbidden sequence that the trip's last edges form; state 0 means none.
 */

/** Returned by `next` where the move completes a forbidden sequence. */
export const FORBIDDEN = -1;

export class TurnAutomaton {
  private readonly children: Array<Map<number, number>> = [new Map()];
  private readonly fallback: number[] = [0];
  private readonly isForbidden: boolean[] = [false];
  private readonly lastMoves: number[] = [-1];

  constructor(sequences: readonly (readonly number[])[]) {
    for (const sequence of sequences) {
      let state = 0;
      for (const edgeDir of sequence) {
        let child = this.children[state]!.get(edgeDir);
        if (child === undefined) {
          child = this.children.length;
          this.children.push(new Map());
          this.fallback.push(0);
          this.isForbidden.push(false);
          this.lastMoves.push(edgeDir);
          this.children[state]!.set(edgeDir, child);
        }
        state = child;
      }
      this.isForbidden[state] = true;
    }
    this.linkFallbacks();
  }

  /** The state after moving along `edgeDir` from `state`, or FORBIDDEN. */
  next(state: number, edgeDir: number): number {
    let at = state;
    for (;;) {
      const child = this.children[at]!.get(edgeDir);
      if (child !== undefined) return this.isForbidden[child] ? FORBIDDEN : child;
      if (at === 0) return 0;
      at = this.fallback[at]!;
    }
  }

  get stateCount(): number {
    return this.children.length;
  }

  /** The move that leads to a state; there is none to state 0. */
  lastMove(state: number): number {
    return this.lastMoves[state]!;
  }

  /** True for a state in which nobody is: the move there completes a forbidden sequence. */
  isForbiddenState(state: number): boolean {
    return this.isForbidden[state]!;
  }

  /** The moves that lead out of state 0. */
  beginnings(): Iterable<number> {
    return this.children[0]!.keys();
  }

  /** The moves of all sequences, some of them more than once. */
  *moves(): Iterable<number> {
    for (const children of this.children) yield* children.keys();
  }

  private linkFallbacks(): void {
    const queue: number[] = [...this.children[0]!.values()];
    for (let i = 0; i < queue.length; i++) {
      const state = queue[i]!;
      for (const [edgeDir, child] of this.children[state]!) {
        let at = this.fallback[state]!;
        while (at !== 0 && !this.children[at]!.has(edgeDir)) at = this.fallback[at]!;
        const target = this.children[at]!.get(edgeDir);
        this.fallback[child] = target !== undefined && target !== child ? target : 0;
        if (this.isForbidden[this.fallback[child]!]) this.isForbidden[child] = true;
        queue.push(child);
      }
    }
  }
}
