/**
 * The least door-to-door time of many points, without their distributions: what isochrones and the counts of
 * single structures need. A point's least time is the least over its stops, and that of a stop depends on the
 * length of the walk to it alone, so nothing is sorted and nothing is kept per point.
 *
 * The answer equals `best` of `evaluateCells`: a pair that another one beats is never faster than it.
 */
import { UNREACHED } from '../common/units.ts';
import type { AccessLinks, CellOptions, LeavingWindow } from './transit-cells.ts';
import type { StopProfiles } from './transit-profiles.ts';

/** Walks to stops, CSR by position among `stops`: points (cells, vertices) in any order, deciseconds. */
export interface StopAccess {
  /** position -> stop. */
  stops: Uint32Array;
  /** position -> its first walk; length stops.length + 1. */
  first: Uint32Array;
  points: Uint32Array;
  deciseconds: Int32Array;
}

/** The least times from one stop after another, for walks of any length. */
export class StopBest {
  /** Greatest number of rides of a pair that an answer rests on. */
  mostRides = 0;
  /** Entry with the least time of the stop at hand, -1 where it has none; its time, and when one stands there. */
  private entry = -1;
  private time = UNREACHED;
  private ready = 0;
  private start = 0;
  private length = 0;
  private readonly only: LeavingWindow | undefined;

  constructor(
    private readonly profiles: StopProfiles,
    private readonly options: Pick<CellOptions, 'windows' | 'cutoff'>,
  ) {
    this.only = options.windows.length === 1 ? options.windows[0] : undefined;
  }

  /** Takes a stop; false where it has no boarding. */
  take(stop: number): boolean {
    const { boardings, layerCount } = this.profiles;
    const { pairs } = boardings;
    const list = stop * layerCount + layerCount - 1;
    this.start = boardings.start[list]!;
    this.length = boardings.length[list]!;
    this.entry = -1;
    this.time = UNREACHED;
    for (let entry = this.start; entry < this.start + this.length; entry++) {
      const time = pairs[2 * entry + 1]! - pairs[2 * entry]!;
      if (time >= this.time) continue;
      this.time = time;
      this.entry = entry;
      this.ready = pairs[2 * entry]!;
    }
    return this.entry >= 0;
  }

  /** Least time of one who walks so long to the stop taken; UNREACHED where none is within the cutoff. */
  at(walk: number): number {
    const leaving = this.ready - walk;
    const isInside = this.only !== undefined && leaving >= this.only.from && leaving < this.only.until;
    return isInside ? this.answer(this.time + walk, this.entry) : this.searchPairs(walk);
  }

  /** The long way: all pairs that leave in a window, and the first one after it, for which one waits. */
  private searchPairs(walk: number): number {
    const { pairs } = this.profiles.boardings;
    let least = UNREACHED;
    let chosen = -1;
    for (const { from, until } of this.options.windows) {
      for (let entry = this.start + this.length - 1; entry >= this.start; entry--) {
        const leaving = pairs[2 * entry]! - walk;
        if (leaving < from) continue;
        const time = pairs[2 * entry + 1]! - Math.min(leaving, until);
        if (time < least) {
          least = time;
          chosen = entry;
        }
        if (leaving >= until) break;
      }
    }
    return chosen < 0 ? UNREACHED : this.answer(least, chosen);
  }

  private answer(time: number, entry: number): number {
    if (time > this.options.cutoff) return UNREACHED;
    const { boardings, ridesOfBoarding } = this.profiles;
    const rides = ridesOfBoarding[boardings.boarding[entry]!]!;
    if (rides > this.mostRides) this.mostRides = rides;
    return time;
  }
}

/**
 * Lowers `times` (deciseconds; direct walks) by what transit offers to points whose walks are listed by stop.
 * @returns the greatest number of rides in an answer
 */
export function lowerByStops(
  profiles: StopProfiles,
  access: StopAccess,
  options: Pick<CellOptions, 'windows' | 'cutoff'>,
  times: Int32Array,
): number {
  const best = new StopBest(profiles, options);
  const { stops, first, points, deciseconds } = access;
  for (let position = 0; position < stops.length; position++) {
    if (!best.take(stops[position]!)) continue;
    for (let walk = first[position]!; walk < first[position + 1]!; walk++) {
      const time = best.at(deciseconds[walk]!);
      if (time < times[points[walk]!]!) times[points[walk]!] = time;
    }
  }
  return best.mostRides;
}

/** Access walks listed by cell, listed by stop instead. */
export function accessByStop(access: AccessLinks, stopCount: number): StopAccess {
  const countOfStop = new Uint32Array(stopCount);
  for (const stop of access.stop) countOfStop[stop]!++;
  const stops: number[] = [];
  const positionOfStop = new Uint32Array(stopCount);
  for (let stop = 0; stop < stopCount; stop++) {
    if (countOfStop[stop] === 0) continue;
    positionOfStop[stop] = stops.length;
    stops.push(stop);
  }
  const first = new Uint32Array(stops.length + 1);
  stops.forEach((stop, position) => {
    first[position + 1] = first[position]! + countOfStop[stop]!;
  });
  const next = first.slice();
  const points = new Uint32Array(access.stop.length);
  const deciseconds = new Int32Array(access.stop.length);
  for (let cell = 0; cell + 1 < access.first.length; cell++) {
    for (let link = access.first[cell]!; link < access.first[cell + 1]!; link++) {
      const slot = next[positionOfStop[access.stop[link]!]!]!++;
      points[slot] = cell;
      deciseconds[slot] = access.deciseconds[link]!;
    }
  }
  return { stops: Uint32Array.from(stops), first, points, deciseconds };
}
