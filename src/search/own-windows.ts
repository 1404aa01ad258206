/**
 * Structures that are not open all through the study's window count by their own openings as well: the same day's
 * timetable, searched with leaving times that suit each opening. Openings that several structures share are one
 * search; of several searches the least time counts, so that a structure which opens longer never loses.
 */
import { NO_INDEX, UNREACHED } from '../common/units.ts';
import type { LeavingWindow, TransitTimes } from './transit-cells.ts';
import type { OpeningHours } from './transit-egress.ts';
import { leavingWindowOf } from './transit-search.ts';

/** Openings on one day, seconds. */
type Opening = readonly [open: number, close: number];

export interface OwnWindows {
  /** Structures of these openings. */
  structures: number[];
  /** When people leave for them; ascending and disjoint, deciseconds of the day. */
  windows: LeavingWindow[];
  /** The openings, of every structure: the search is of those above only. */
  hours: OpeningHours;
}

/** @param ownOpenings structure -> its openings on each day that counts */
export function groupOwnWindows(
  ownOpenings: ReadonlyArray<ReadonlyArray<readonly Opening[]>>,
  threshold: number,
): OwnWindows[] {
  const groups = new Map<string, { openings: readonly Opening[]; structures: number[] }>();
  ownOpenings.forEach((days, structure) => {
    for (const openings of days) {
      const key = JSON.stringify(openings);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { openings, structures: [structure] });
      else group.structures.push(structure);
    }
  });
  return [...groups.values()].map(({ openings, structures }) => ({
    structures,
    windows: leavingWindows(openings, threshold),
    hours: {
      first: Uint32Array.from({ length: ownOpenings.length + 1 }, (_, i) => i * openings.length),
      openSeconds: Int32Array.from(ownOpenings.flatMap(() => openings.map(([open]) => open))),
      closeSeconds: Int32Array.from(ownOpenings.flatMap(() => openings.map(([, close]) => close))),
    },
  }));
}

function leavingWindows(openings: readonly Opening[], threshold: number): LeavingWindow[] {
  const windows: LeavingWindow[] = [];
  for (const [open, close] of [...openings].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const window = leavingWindowOf({ from: open * 10, until: close * 10 }, threshold);
    const last = windows.at(-1);
    if (last !== undefined && window.from <= last.until) last.until = Math.max(last.until, window.until);
    else windows.push(window);
  }
  return windows;
}

/** Takes into `times` what another search of the same cells offers: the lesser time, the larger share. */
export function takeBetterTimes(times: TransitTimes, other: TransitTimes): void {
  for (let cell = 0; cell < times.cellCount; cell++) {
    if (other.p50[cell]! < times.p50[cell]!) times.p50[cell] = other.p50[cell]!;
    if (other.availability[cell]! > times.availability[cell]!)
      times.availability[cell] = other.availability[cell]!;
    if (other.best[cell]! >= times.best[cell]! || other.best[cell] === UNREACHED) continue;
    times.best[cell] = other.best[cell]!;
    times.structure[cell] = other.structure[cell]!;
    times.rides[cell] = other.rides[cell]!;
    times.transferWait[cell] = other.transferWait[cell]!;
    times.departure[cell] = other.departure[cell]!;
    // Its legs lie in the profiles of the other search.
    times.linkOfCell[cell] = NO_INDEX;
    times.entryOfCell[cell] = NO_INDEX;
  }
}
