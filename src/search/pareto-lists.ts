/**
 * Many small lists of Pareto pairs (ready, arrival): who stands at the stop by `ready` arrives at `arrival`.
 * A list runs from the latest `ready` to the earliest, and so from the latest arrival to the earliest; a scan
 * back in time appends. Lists live in one pool of typed arrays; one that outgrows its place moves to the end
 * with twice the room, so that the pool is at most three times its content.
 */

const FIRST_CAPACITY = 4;

export class ParetoLists {
  /** list -> its first entry in the pool, its number of entries. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
  private readonly capacity: Uint32Array;
  /** Entries, deciseconds. */
  ready: Int32Array;
  arrival: Int32Array;
  /** entry -> call at which the first ride is boarded, and left. */
  board: Uint32Array;
  alight: Uint32Array;
  /** entry -> rides to the structure. */
  rides: Uint8Array;
  private used = 0;

  constructor(listCount: number, poolCapacity = 4 * listCount) {
    this.start = new Uint32Array(listCount);
    this.length = new Uint32Array(listCount);
    this.capacity = new Uint32Array(listCount);
    const capacity = Math.max(16, poolCapacity);
    this.ready = new Int32Array(capacity);
    this.arrival = new Int32Array(capacity);
    this.board = new Uint32Array(capacity);
    this.alight = new Uint32Array(capacity);
    this.rides = new Uint8Array(capacity);
  }

  /** The entry of the least arrival for who is ready at `time`, or -1: the last entry with ready >= time. */
  find(list: number, time: number): number {
    const start = this.start[list]!;
    const { ready } = this;
    let high = start + this.length[list]!;
    if (high === start || ready[start]! < time) return -1;
    // Nearly always one of the last few: look there before halving.
    for (let step = 0; step < 4; step++) if (ready[high - 1]! >= time) return high - 1;
      else high--;
    let low = start;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (ready[middle]! >= time) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * Inserts a pair unless another is at least as late and as early; deletes what it makes useless. Of equal
   * pairs the one with fewer rides stays. True if inserted.
   */
  insert(list: number, ready: number, arrival: number, board: number, alight: number, rides: number): boolean {
    const start = this.start[list]!;
    const end = start + this.length[list]!;
    const before = this.find(list, ready);
    let at = before < 0 ? start : before + 1;
    if (before >= 0) {
      if (this.arrival[before]! < arrival) return false;
      if (this.arrival[before] === arrival && (this.ready[before]! > ready || this.rides[before]! <= rides)) return false;
      // The same moment, but earlier there (or fewer rides): overwrite.
      if (this.ready[before] === ready) at = before;
    }
    let after = at === before ? at + 1 : at;
    while (after < end && this.arrival[after]! >= arrival) after++;
    if (after === at) {
      this.shiftRight(list, at, end);
      const moved = this.start[list]! + (at - start);
      this.write(moved, ready, arrival, board, alight, rides);
      return true;
    }
    this.write(at, ready, arrival, board, alight, rides);
    const removed = after - at - 1;
    if (removed > 0) {
      this.ready.copyWithin(at + 1, after, end);
      this.arrival.copyWithin(at + 1, after, end);
      this.board.copyWithin(at + 1, after, end);
      this.alight.copyWithin(at + 1, after, end);
      this.rides.copyWithin(at + 1, after, end);
      this.length[list]! -= removed;
    }
    return true;
  }

  private write(at: number, ready: number, arrival: number, board: number, alight: number, rides: number): void {
    this.ready[at] = ready;
    this.arrival[at] = arrival;
    this.board[at] = board;
    this.alight[at] = alight;
    this.rides[at] = rides;
  }

  /** Makes room for one entry at `at`; the list may move. */
  private shiftRight(list: number, at: number, end: number): void {
    const length = this.length[list]!;
    if (length === this.capacity[list]!) {
      const offset = at - this.start[list]!;
      this.move(list);
      at = this.start[list]! + offset;
      end = this.start[list]! + length;
    }
    const { ready, arrival, board, alight, rides } = this;
    for (let i = end; i > at; i--) {
      ready[i] = ready[i - 1]!;
      arrival[i] = arrival[i - 1]!;
      board[i] = board[i - 1]!;
      alight[i] = alight[i - 1]!;
      rides[i] = rides[i - 1]!;
    }
    this.length[list] = length + 1;
  }

  private move(list: number): void {
    const length = this.length[list]!;
    const capacity = Math.max(FIRST_CAPACITY, 2 * length);
    if (this.used + capacity > this.ready.length) this.growPool(this.used + capacity);
    const from = this.start[list]!;
    const to = this.used;
    this.ready.copyWithin(to, from, from + length);
    this.arrival.copyWithin(to, from, from + length);
    this.board.copyWithin(to, from, from + length);
    this.alight.copyWithin(to, from, from + length);
    this.rides.copyWithin(to, from, from + length);
    this.start[list] = to;
    this.capacity[list] = capacity;
    this.used += capacity;
  }

  private growPool(needed: number): void {
    const capacity = Math.max(needed, 2 * this.ready.length);
    this.ready = grown(this.ready, new Int32Array(capacity));
    this.arrival = grown(this.arrival, new Int32Array(capacity));
    this.board = grown(this.board, new Uint32Array(capacity));
    this.alight = grown(this.alight, new Uint32Array(capacity));
    this.rides = grown(this.rides, new Uint8Array(capacity));
  }
}

function grown<T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
