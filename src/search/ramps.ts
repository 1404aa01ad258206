/**
 * The distribution of a door-to-door time over continuous leaving times. From leaving at x one arrives with the
 * first pair that leaves home at or after x, so between two pairs the time falls with slope 1: a sum of ramps,
 * of which every quantile is exact.
 */
import type { CellPairs } from './cell-pairs.ts';

/** Ramp i holds the times [low, high], each once; deciseconds. */
export class Ramps {
  count = 0;
  /** Deciseconds of leaving times in all windows. */
  total = 0;
  private low = new Int32Array(256);
  private high = new Int32Array(256);

  fill(pairs: CellPairs, windows: ReadonlyArray<{ from: number; until: number }>): void {
    this.count = 0;
    this.total = 0;
    for (let window = 0; window < windows.length; window++) {
      const { from, until } = windows[window]!;
      this.total += until - from;
      let done = from;
      for (let pair = 0; pair < pairs.count && done < until; pair++) {
        const leaving = Math.min(pairs.leaving[pair]!, until);
        if (leaving <= done) continue;
        this.push(pairs.arrival[pair]! - leaving, pairs.arrival[pair]! - done);
        done = leaving;
      }
    }
  }

  /** Deciseconds of leaving times with a time of at most `time`. */
  measure(time: number): number {
    const { low, high, count } = this;
    let sum = 0;
    for (let ramp = 0; ramp < count; ramp++) {
      const least = low[ramp]!;
      if (time <= least) continue;
      sum += (time < high[ramp]! ? time : high[ramp]!) - least;
    }
    return sum;
  }

  private push(low: number, high: number): void {
    if (this.count === this.low.length) {
      const [lower, higher] = [new Int32Array(2 * this.count), new Int32Array(2 * this.count)];
      lower.set(this.low);
      higher.set(this.high);
      this.low = lower;
      this.high = higher;
    }
    this.low[this.count] = low;
    this.high[this.count++] = high;
  }
}

/** Least time that half of the leaving times keep; never above the walk. */
export function medianOf(ramps: Ramps, walk: number, cutoff: number): number {
  const half = ramps.total / 2;
  let low = 0;
  let high = Math.min(walk, cutoff);
  let atHigh = ramps.measure(high);
  if (atHigh < half) return walk;
  let atLow = ramps.measure(low);
  if (atLow >= half) return low;
  // All corners are whole, so between two whole times the measure is a straight line.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const atMiddle = ramps.measure(middle);
    if (atMiddle < half) {
      low = middle;
      atLow = atMiddle;
    } else {
      high = middle;
      atHigh = atMiddle;
    }
  }
  return low + (half - atLow) / (atHigh - atLow);
}
