/** A seeded generator (mulberry32), so that a failing network can be drawn again. */
export class SeededRandom {
  constructor(private state: number) {}

  /** Whole number in [0, below). */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  }

  chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }
}
