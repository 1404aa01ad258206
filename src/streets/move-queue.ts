/**
 * Directed edges by their times, for searches of a few hundred moves that begin again and again: a binary heap, and
 * for each edge what the search at hand knows of it. Beginning anew costs nothing: what carries an older number is void.
 */
export class MoveQueue {
  size = 0;
  private search = 0;
  private keys = new Float64Array(1024);
  private moves = new Uint32Array(1024);
  /** edgeDir -> the search that offered it last, and the one that took it last. */
  private readonly offeredBy: Uint32Array;
  private readonly takenBy: Uint32Array;
  /** edgeDir -> least key with which it was offered, and the note that came with that. */
  private readonly leastKey: Float64Array;
  private readonly notes: Int32Array;

  constructor(edgeDirCount: number) {
    this.offeredBy = new Uint32Array(edgeDirCount);
    this.takenBy = new Uint32Array(edgeDirCount);
    this.leastKey = new Float64Array(edgeDirCount);
    this.notes = new Int32Array(edgeDirCount);
  }

  begin(): void {
    this.size = 0;
    this.search++;
  }

  isTaken(move: number): boolean {
    return this.takenBy[move] === this.search;
  }

  /** Key of a move that was taken: its time. */
  keyOf(move: number): number {
    return this.leastKey[move]!;
  }

  noteOf(move: number): number {
    return this.notes[move]!;
  }

  /** Adds a move that is not taken yet, unless it waits with a key as small. */
  offer(move: number, key: number, note: number): void {
    const { offeredBy, leastKey, search } = this;
    if (offeredBy[move] === search && leastKey[move]! <= key) return;
    offeredBy[move] = search;
    leastKey[move] = key;
    this.notes[move] = note;
    if (this.size === this.keys.length) this.grow();
    const { keys, moves } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      moves[at] = moves[parent]!;
      at = parent;
    }
    keys[at] = key;
    moves[at] = move;
  }

  /** Takes the move with the least key; -1 where none is left. */
  take(): number {
    while (this.size > 0) {
      const move = this.pop();
      if (this.takenBy[move] === this.search) continue;
      this.takenBy[move] = this.search;
      return move;
    }
    return -1;
  }

  private pop(): number {
    const { keys, moves } = this;
    const taken = moves[0]!;
    const size = --this.size;
    const key = keys[size]!;
    const move = moves[size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[at] = keys[child]!;
      moves[at] = moves[child]!;
      at = child;
    }
    keys[at] = key;
    moves[at] = move;
    return taken;
  }

  private grow(): void {
    const keys = new Float64Array(2 * this.keys.length);
    keys.set(this.keys);
    const moves = new Uint32Array(2 * this.moves.length);
    moves.set(this.moves);
    this.keys = keys;
    this.moves = moves;
  }
}
