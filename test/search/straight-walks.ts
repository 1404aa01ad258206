/**
 * Walks as the crow flies × 1.2, for tests of the transit search without streets: by full scan, since the
 * search under test takes walks as they come.
 */
import { distanceMeters } from '../../src/common/geo.ts';
import type { StopWalks } from '../../src/transit/stop-transfers.ts';

const DETOUR = 1.2;

export interface Points {
  lon: ArrayLike<number>;
  lat: ArrayLike<number>;
}

/** Deciseconds on foot at 3.6 km/h (1 m/s). */
export function walkDeciseconds(a: Points, i: number, b: Points, j: number): number {
  return Math.round(10 * DETOUR * distanceMeters(a.lon[i]!, a.lat[i]!, b.lon[j]!, b.lat[j]!));
}

/** Links from each of `from` to each of `to` at most `longest` deciseconds away, by `from`. */
export function straightLinks(from: Points, to: Points, longest: number): StopWalks {
  const first = new Uint32Array(from.lon.length + 1);
  const stop: number[] = [];
  const deciseconds: number[] = [];
  const latReach = longest / 10 / DETOUR / 110_000;
  for (let i = 0; i < from.lon.length; i++) {
    first[i] = stop.length;
    for (let j = 0; j < to.lon.length; j++) {
      if (!(Math.abs(from.lat[i]! - to.lat[j]!) <= latReach) || (from === to && i === j)) continue;
      const walk = walkDeciseconds(from, i, to, j);
      if (walk > longest) continue;
      stop.push(j);
      deciseconds.push(walk);
    }
  }
  first[from.lon.length] = stop.length;
  return { first, stop: Uint32Array.from(stop), deciseconds: Int32Array.from(deciseconds) };
}
