/**
 * Door-to-door times of cells from the profiles of their stops, over leaving times:
 *
 * - `best`: the least time over all leaving times: of the pairs that leave home within the windows, and of the
 *   direct walk. Exact: nothing is sampled.
 * - `p50`: the median over continuous leaving times. From leaving at x one arrives with the first pair that
 *   leaves home at or after x, so the time falls with slope 1 from pair to pair: a sum of ramps, of which the
 *   half-way point is found by halving and one division.
 * - `availability`: the share of leaving times with a time within the threshold.
 *
 * Waiting is at the stop; what no pair and no walk reaches within the cutoff is unreached, that is infinite.
 */

import { isWithin, NO_INDEX, UNREACHED } from '../common/units.ts';
import { CellPairs } from './cell-pairs.ts';
import { medianOf, Ramps } from './ramps.ts';
import { findLegs, type TransitLeg } from './transit-itinerary.ts';
import type { StopProfiles } from './transit-profiles.ts';

/** Walks from cells to stops: links by cell; deciseconds. */
export interface AccessLinks {
  /** cell -> its first link; length cellCount + 1. */
  first: Uint32Array;
  stop: Uint32Array;
  deciseconds: Int32Array;
}

/** Direct walks; `structure` names the one walked to, NO_INDEX where none. */
export interface DirectWalks {
  /** cell -> deciseconds, UNREACHED where no walk leads to a structure. */
  deciseconds: Int32Array;
  structure: Uint32Array;
}

/** Leaving times [from, until), deciseconds of the day; ascending and disjoint. */
export interface LeavingWindow {
  from: number;
  until: number;
}

export interface CellOptions {
  windows: readonly LeavingWindow[];
  /** For `availability`, deciseconds. */
  threshold: number;
  inclusive: boolean;
  /** Longest time of all, deciseconds. */
  cutoff: number;
}

/** Per cell, parallel arrays of length `cellCount`. */
export interface TransitTimes {
  cellCount: number;
  /** Deciseconds, UNREACHED where nothing leads there. */
  best: Int32Array;
  /** Deciseconds, fractional, unrounded; UNREACHED where half of the leaving times do not arrive. */
  p50: Float64Array;
  /** 0 to 1. */
  availability: Float64Array;
  /** Of the best itinerary: rides (0 = walked), waits between rides in deciseconds, structure, leaving home. */
  rides: Uint8Array;
  transferWait: Int32Array;
  structure: Uint32Array;
  /** Deciseconds of the day; UNREACHED where the walk is best or nothing leads there. */
  departure: Int32Array;
  /** Access link and pair of the best itinerary, for `findItinerary`; NO_INDEX where there is none. */
  linkOfCell: Uint32Array;
  entryOfCell: Uint32Array;
  /** Which of several searches the best itinerary is of, in whose profiles its pair lies; 0 the first. */
  searchOfCell: Uint8Array;
  /** Greatest number of rides in any pair that an answer rests on. */
  mostRides: number;
}

/** @param isBestOnly leaves `p50` unreached and `availability` 0, which take the longest to find */
export function evaluateCells(
  profiles: StopProfiles,
  access: AccessLinks,
  direct: DirectWalks,
  options: CellOptions,
  isBestOnly = false,
): TransitTimes {
  const cellCount = access.first.length - 1;
  const times: TransitTimes = {
    cellCount,
    best: new Int32Array(cellCount).fill(UNREACHED),
    p50: new Float64Array(cellCount).fill(UNREACHED),
    availability: new Float64Array(cellCount),
    rides: new Uint8Array(cellCount),
    transferWait: new Int32Array(cellCount),
    structure: new Uint32Array(cellCount).fill(NO_INDEX),
    departure: new Int32Array(cellCount).fill(UNREACHED),
    linkOfCell: new Uint32Array(cellCount).fill(NO_INDEX),
    entryOfCell: new Uint32Array(cellCount).fill(NO_INDEX),
    searchOfCell: new Uint8Array(cellCount),
    mostRides: 0,
  };
  const { windows, cutoff } = options;
  const pairs = new CellPairs();
  const ramps = new Ramps();
  for (let cell = 0; cell < cellCount; cell++) {
    const walk = direct.deciseconds[cell]! <= cutoff ? direct.deciseconds[cell]! : UNREACHED;
    if (walk !== UNREACHED) {
      times.best[cell] = walk;
      times.structure[cell] = direct.structure[cell]!;
    }
    pairs.gather(
      profiles,
      access,
      cell,
      windows[0]!.from,
      windows[windows.length - 1]!.until,
      Math.min(cutoff, walk - 1),
    );
    if (pairs.mostRides > times.mostRides) times.mostRides = pairs.mostRides;
    const chosen = chooseBest(profiles, pairs, options, cell, times);
    if (chosen >= 0) describeBest(profiles, access, pairs, chosen, cell, times);
    if (isBestOnly) continue;
    ramps.fill(pairs, windows);
    times.p50[cell] = medianOf(ramps, walk, cutoff);
    times.availability[cell] = isWithin(walk, options.threshold, options.inclusive)
      ? 1
      : ramps.measure(Math.min(options.threshold, cutoff)) / ramps.total;
  }
  return times;
}

/** A copy that another search may better. */
export function copyTimes(times: TransitTimes): TransitTimes {
  const { best, p50, availability, rides, transferWait, structure, departure } = times;
  const { linkOfCell, entryOfCell, searchOfCell } = times;
  return {
    ...times,
    best: best.slice(),
    p50: p50.slice(),
    availability: availability.slice(),
    rides: rides.slice(),
    transferWait: transferWait.slice(),
    structure: structure.slice(),
    departure: departure.slice(),
    linkOfCell: linkOfCell.slice(),
    entryOfCell: entryOfCell.slice(),
    searchOfCell: searchOfCell.slice(),
  };
}

/**
 * Legs of a cell's best itinerary; empty where nothing leads to a structure. A direct walk may start at any
 * time: its leg starts with the first window.
 */
export function findItinerary(
  profiles: StopProfiles,
  access: AccessLinks,
  times: TransitTimes,
  cell: number,
): TransitLeg[] {
  const link = times.linkOfCell[cell]!;
  if (link === NO_INDEX) {
    // Of what lies beyond the limit of the search no legs are kept.
    if (times.best[cell] === UNREACHED || times.rides[cell]! > 0) return [];
    const departure = profiles.options.from;
    const arrival = departure + times.best[cell]!;
    return [{ kind: 'direct', structure: times.structure[cell]!, departure, arrival }];
  }
  const departure = times.departure[cell]!;
  const arrival = departure + access.deciseconds[link]!;
  return [
    { kind: 'access', stop: access.stop[link]!, departure, arrival },
    ...findLegs(profiles, times.entryOfCell[cell]!, arrival),
  ];
}

/**
 * The least time over all leaving times of the windows: that of a pair that leaves home in a window, or, for
 * who leaves just before a window closes and waits at the stop, of the first pair after it. (Without the
 * latter an added trip could slow someone: it makes useless an earlier pair that had been the best one.)
 * Of equal times the fewer rides, then the earlier leaving.
 * @returns the pair chosen, whose time and leaving are the cell's now; -1 where none is as good as the walk
 */
function chooseBest(
  { ridesOfBoarding, boardings }: StopProfiles,
  { count, leaving: leavingOfPair, arrival, entry }: CellPairs,
  { windows, cutoff }: CellOptions,
  cell: number,
  times: TransitTimes,
): number {
  // Only what is faster than the walk, and within the cutoff.
  let best = Math.min(times.best[cell]!, Math.floor(cutoff) + 1);
  let chosen = -1;
  let ridesOfChosen = 0;
  let departure = UNREACHED;
  for (let window = 0; window < windows.length; window++) {
    const { from, until } = windows[window]!;
    for (let pair = 0; pair < count; pair++) {
      if (leavingOfPair[pair]! < from) continue;
      const leaving = Math.min(leavingOfPair[pair]!, until);
      // One who waits at the stop for the first pair after the window may take longer than the cutoff.
      const time = arrival[pair]! - leaving;
      const rides = ridesOfBoarding[boardings.boarding[entry[pair]!]!]!;
      if (time < best || (time === best && chosen >= 0 && rides < ridesOfChosen)) {
        best = time;
        departure = leaving;
        chosen = pair;
        ridesOfChosen = rides;
      }
      if (leavingOfPair[pair]! >= until) break;
    }
  }
  if (chosen < 0) return chosen;
  times.best[cell] = best;
  times.departure[cell] = departure;
  return chosen;
}

/** The legs of the best pair: rides, waits, and the structure that they lead to. */
function describeBest(
  profiles: StopProfiles,
  access: AccessLinks,
  pairs: CellPairs,
  chosen: number,
  cell: number,
  times: TransitTimes,
): void {
  const link = pairs.link[chosen]!;
  times.linkOfCell[cell] = link;
  times.entryOfCell[cell] = pairs.entry[chosen]!;
  const legs = findLegs(profiles, pairs.entry[chosen]!, times.departure[cell]! + access.deciseconds[link]!);
  let rides = 0;
  for (const leg of legs) {
    if (leg.kind === 'egress') times.structure[cell] = leg.structure;
    if (leg.kind !== 'ride') continue;
    if (rides > 0) times.transferWait[cell]! += leg.wait;
    rides++;
  }
  times.rides[cell] = rides;
}
