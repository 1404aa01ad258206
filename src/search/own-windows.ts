/**
 * A structure whose hours are known counts whenever it is open, not in the study's window alone: whoever arrives
 * at one of its opening times, of this day or one of those after, on this day's timetable. One search of the whole
 * day answers that for all structures at once, and since it only ever gains by an hour added, longer hours never
 * lower a rate. What is usual (the median, the share of leaving times) is of a window: the study's, and for a
 * structure that is shut during a part of it each of its openings as well, of which the best counts.
 */
import { UNREACHED } from '../common/units.ts';
import type { LeavingWindow, TransitTimes } from './transit-cells.ts';
import type { OpeningHours } from './transit-egress.ts';
import { leavingWindowOf } from './transit-search.ts';

/** Times of one day, seconds. */
type Opening = readonly [open: number, close: number];

/** A search towards some of the structures, in other windows than the study's. */
export interface OwnSearch {
  /** structure -> 1 where the search is towards it. */
  isSought: Uint8Array;
  /** When people leave for them, deciseconds of the day. */
  window: LeavingWindow;
  hours: OpeningHours;
}

export interface OwnSearches {
  /** Towards all structures of known hours, whenever they are open: of it the least time counts. */
  whenOpen: OwnSearch;
  /** One for each opening of structures that are shut in the window: of these only what is usual counts. */
  usual: readonly OwnSearch[];
}

/**
 * @param openings structure -> times of day at which it is open, ascending and disjoint; none where unknown
 * @param isShutInWindow structure -> 1 where it is shut during a part of the study's window
 * @param limits deciseconds: the study's threshold, and the longest trip looked for
 * @returns undefined where no structure has known openings
 */
export function planOwnSearches(
  openings: ReadonlyArray<readonly Opening[]>,
  isShutInWindow: Uint8Array,
  limits: { threshold: number; cutoff: number },
): OwnSearches | undefined {
  const every = openings.flat();
  if (every.length === 0) return undefined;
  const earliest = least(every.map(([open]) => open));
  const latest = -least(every.map(([, close]) => -close));
  return {
    whenOpen: {
      isSought: Uint8Array.from(openings, (own) => (own.length > 0 ? 1 : 0)),
      // Who leaves earlier, or later, arrives at no opening within the longest trip.
      window: { from: earliest * 10 - limits.cutoff, until: latest * 10 },
      hours: toOpeningHours(openings),
    },
    usual: distinctOpenings(openings, isShutInWindow).map(([open, close]) => {
      const has = (own: readonly Opening[]) => own.some((one) => one[0] === open && one[1] === close);
      return {
        isSought: Uint8Array.from(openings, (own, i) => (isShutInWindow[i] === 1 && has(own) ? 1 : 0)),
        window: leavingWindowOf({ from: open * 10, until: close * 10 }, limits.threshold),
        hours: toOpeningHours(openings.map(() => [[open, close]])),
      };
    }),
  };
}

function distinctOpenings(
  openings: ReadonlyArray<readonly Opening[]>,
  isShutInWindow: Uint8Array,
): Opening[] {
  const openingOfKey = new Map<string, Opening>();
  openings.forEach((own, structure) => {
    if (isShutInWindow[structure] === 1) for (const one of own) openingOfKey.set(one.join(), one);
  });
  return [...openingOfKey.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function toOpeningHours(openings: ReadonlyArray<readonly Opening[]>): OpeningHours {
  const first = new Uint32Array(openings.length + 1);
  openings.forEach((own, structure) => {
    first[structure + 1] = first[structure]! + own.length;
  });
  const every = openings.flat();
  return {
    first,
    openSeconds: Int32Array.from(every, ([open]) => open),
    closeSeconds: Int32Array.from(every, ([, close]) => close),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

/**
 * Takes into `times` what another search of the same cells offers: the lesser time, and the way that takes it.
 * @param search which of the searches the other one is, for `searchOfCell`
 */
export function takeBetterTimes(times: TransitTimes, other: TransitTimes, search: number): void {
  for (let cell = 0; cell < times.cellCount; cell++) {
    if (other.best[cell]! >= times.best[cell]! || other.best[cell] === UNREACHED) continue;
    times.best[cell] = other.best[cell]!;
    times.structure[cell] = other.structure[cell]!;
    times.rides[cell] = other.rides[cell]!;
    times.transferWait[cell] = other.transferWait[cell]!;
    times.departure[cell] = other.departure[cell]!;
    times.linkOfCell[cell] = other.linkOfCell[cell]!;
    times.entryOfCell[cell] = other.entryOfCell[cell]!;
    times.searchOfCell[cell] = search;
  }
}

/** Takes into `times` what another search of the same cells offers as usual: the lesser median, the larger share. */
export function takeBetterUsual(times: TransitTimes, other: TransitTimes): void {
  for (let cell = 0; cell < times.cellCount; cell++) {
    if (other.p50[cell]! < times.p50[cell]!) times.p50[cell] = other.p50[cell]!;
    if (other.availability[cell]! > times.availability[cell]!)
      times.availability[cell] = other.availability[cell]!;
  }
}
