/**
 * Many small lists of Pareto pairs (ready, arrival): who stands at the stop by `ready` arrives at `arrival`.
 * A list runs from the latest `ready` to the earliest, and so from the latest arrival to the earliest; a scan
 * back in time appends. Lists live in one pool; one that outgrows its place moves to the end with twice the
 * room, so that the pool is at most four times its content. The two numbers of a pair lie side by side: with
 * columns of their own, the scan of a large city takes 1.3 times as long.
 */

import { UNREACHED } from '../common/units.ts';

const FIRST_CAPACITY = 4;
/** Entries per list that the pool starts with: an hour of a city's stops; growing it copies, and cold memory is slow. */
const FIRST_POOL = 48;

export class ParetoLists {
  /** list -> its first entry in the pool, its number of entries. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
  private readonly capacity: Uint32Array;
  /** 2 * entry -> ready, 2 * entry + 1 -> arrival; deciseconds. */
  pairs: Int32Array;
  /** entry -> boarding: which trip is boarded where. */
  boarding: Uint32Array;
  private used = 0;

  /** `ridesOfBoarding` breaks ties: of equal pairs the one with fewer rides stays. */
  constructor(
    listCount: number,
    private readonly ridesOfBoarding: Uint8Array,
  ) {
    this.start = new Uint32Array(listCount);
    this.length = new Uint32Array(listCount);
    this.capacity = new Uint32Array(listCount);
    const capacity = Math.max(16, FIRST_POOL * listCount);
    this.pairs = new Int32Array(2 * capacity);
    this.boarding = new Uint32Array(capacity);
  }

  /** Empties all lists; the pool stays. */
  clear(): void {
    this.length.fill(0);
    this.capacity.fill(0);
    this.used = 0;
  }

  readyOf(entry: number): number {
    return this.pairs[2 * entry]!;
  }

  arrivalOf(entry: number): number {
    return this.pairs[2 * entry + 1]!;
  }

  /** The least time between the two of a pair, UNREACHED for an empty list. */
  leastTime(list: number): number {
    const { pairs } = this;
    let least = UNREACHED;
    const first = this.start[list]!;
    for (let entry = first; entry < first + this.length[list]!; entry++) {
      const time = pairs[2 * entry + 1]! - pairs[2 * entry]!;
      if (time < least) least = time;
    }
    return least;
  }

  /** The entry of the least arrival for who is ready at `time`, or -1: the last entry with ready >= time. */
  find(list: number, time: number): number {
    const { pairs } = this;
    const length = this.length[list]!;
    const start = this.start[list]!;
    if (length === 0 || pairs[2 * start]! < time) return -1;
    let low = start;
    let high = start + length;
    if (pairs[2 * high - 2]! >= time) return high - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (pairs[2 * middle]! >= time) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Inserts a pair unless another is at least as late and as early; deletes what it makes useless. True if inserted. */
  insert(list: number, ready: number, arrival: number, boarding: number): boolean {
    const { pairs } = this;
    const start = this.start[list]!;
    const end = start + this.length[list]!;
    const before = this.find(list, ready);
    let at = before + 1;
    if (before < 0) {
      at = start;
    } else {
      const arrivalBefore = pairs[2 * before + 1]!;
      const isSame = pairs[2 * before] === ready;
      if (arrivalBefore < arrival) return false;
      if (arrivalBefore === arrival && !(isSame && this.hasFewerRides(boarding, before))) return false;
      // The same moment but earlier there, or fewer rides: overwrite.
      if (isSame) at = before;
    }
    let after = at;
    while (after < end && pairs[2 * after + 1]! >= arrival) after++;
    if (after === at) {
      at = this.makeRoom(list, at, end);
    } else if (after - at > 1) {
      // A loop: what follows is mostly a few pairs, fewer than a call of copyWithin is worth.
      let to = at + 1;
      for (let i = after; i < end; i++, to++) {
        pairs[2 * to] = pairs[2 * i]!;
        pairs[2 * to + 1] = pairs[2 * i + 1]!;
        this.boarding[to] = this.boarding[i]!;
      }
      this.length[list] = to - start;
    }
    this.pairs[2 * at] = ready;
    this.pairs[2 * at + 1] = arrival;
    this.boarding[at] = boarding;
    return true;
  }

  private hasFewerRides(boarding: number, entry: number): boolean {
    return this.ridesOfBoarding[boarding]! < this.ridesOfBoarding[this.boarding[entry]!]!;
  }

  /** Shifts the entries from `at` on by one; the list may move. Returns where `at` is then. */
  private makeRoom(list: number, at: number, end: number): number {
    const length = this.length[list]!;
    if (length === this.capacity[list]!) {
      const offset = at - this.start[list]!;
      this.move(list);
      at = this.start[list]! + offset;
      end = this.start[list]! + length;
    }
    const { pairs, boarding } = this;
    for (let i = end; i > at; i--) {
      pairs[2 * i] = pairs[2 * i - 2]!;
      pairs[2 * i + 1] = pairs[2 * i - 1]!;
      boarding[i] = boarding[i - 1]!;
    }
    this.length[list] = length + 1;
    return at;
  }

  private move(list: number): void {
    const length = this.length[list]!;
    const capacity = Math.max(FIRST_CAPACITY, 2 * length);
    const to = this.used;
    if (to + capacity > this.boarding.length) this.growPool(to + capacity);
    const from = this.start[list]!;
    this.pairs.copyWithin(2 * to, 2 * from, 2 * (from + length));
    this.boarding.copyWithin(to, from, from + length);
    this.start[list] = to;
    this.capacity[list] = capacity;
    this.used += capacity;
  }

  private growPool(needed: number): void {
    const capacity = Math.max(needed, 2 * this.boarding.length);
    const pairs = new Int32Array(2 * capacity);
    const boarding = new Uint32Array(capacity);
    pairs.set(this.pairs);
    boarding.set(this.boarding);
    this.pairs = pairs;
    this.boarding = boarding;
  }
}
