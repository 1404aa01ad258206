/**
 * Transit beyond the longest trip that is looked for (120 min). Whoever has some way to a structure, however long,
 * is connected: walking all the way counts, and so do rides of any length. Such cells take the time of that way, so
 * that means and medians by transit are never made to look better than those on foot.
 */

import { UNREACHED } from '../common/units.ts';
import type { TransitTasks, TransitTasksSetup } from '../runtime/transit-tasks.ts';
import { type DirectWalks, evaluateCells, type TransitTimes } from '../search/transit-cells.ts';
import { expandForSearch, prepareSearch, scanTransit } from '../search/transit-search.ts';
import type { Timetable } from '../transit/timetable.ts';

/** What searches beyond the limit need; times and walks are completed in place. */
export interface BoundedSearch {
  tasks: TransitTasks;
  setup: TransitTasksSetup;
  /** The structures searched from. */
  structures: readonly number[];
  /** cell -> 1 where it is linked to the walkers' streets. */
  linkedCell: Uint8Array;
  times: TransitTimes;
  direct: DirectWalks;
  /** Whether the median is looked for too. */
  isUsualSought: boolean;
}

/** Does nothing, in a moment, where every linked cell is reached within the limit at any leaving time. */
export function searchBeyondLimit(search: BoundedSearch): void {
  const { times, linkedCell, isUsualSought } = search;
  const isLeft = (cell: number) => linkedCell[cell] === 1 && times.best[cell] === UNREACHED;
  const isSeldom = (cell: number) => linkedCell[cell] === 1 && times.p50[cell] === UNREACHED;
  if (!some(times.cellCount, isUsualSought ? isSeldom : isLeft)) return;
  walkOn(search);
  if (some(times.cellCount, isLeft)) rideOn(search);
}

function some(count: number, test: (cell: number) => boolean): boolean {
  for (let cell = 0; cell < count; cell++) if (test(cell)) return true;
  return false;
}

/** Walks all the way, without a bound. */
function walkOn({ tasks, structures, times, direct }: BoundedSearch): void {
  const far = tasks.walkDirectly(structures, UNREACHED - 1);
  for (let cell = 0; cell < times.cellCount; cell++) {
    const walk = far.deciseconds[cell]!;
    if (walk === UNREACHED) continue;
    if (times.p50[cell]! > walk) times.p50[cell] = walk;
    if (direct.deciseconds[cell] !== UNREACHED) continue;
    direct.deciseconds[cell] = walk;
    direct.structure[cell] = far.structure[cell]!;
    if (times.best[cell] !== UNREACHED) continue;
    times.best[cell] = walk;
    times.structure[cell] = far.structure[cell]!;
  }
}

/** Rides of any length until the day's last arrival, for who cannot walk there at all. */
function rideOn({ tasks, setup, structures, linkedCell, times, direct }: BoundedSearch): void {
  const { wholeDay, period, walks } = setup;
  if (wholeDay === undefined) return;
  const options = { ...setup.options, cutoff: lastArrival(wholeDay) * 10 - setup.options.windows[0]!.from };
  if (options.cutoff <= setup.options.cutoff) return;
  const expanded = expandForSearch(wholeDay, options).timetable;
  const longer = prepareSearch(expanded, period.transfersBetween, options);
  let far: TransitTimes | undefined;
  scanTransit(longer.timetable, tasks.linksTo(structures), options, (profiles) => {
    far = evaluateCells(profiles, walks.access, direct, options);
    return far.mostRides;
  });
  for (let cell = 0; cell < times.cellCount; cell++) {
    if (linkedCell[cell] === 0 || times.best[cell] !== UNREACHED || far!.best[cell] === UNREACHED) continue;
    times.best[cell] = far!.best[cell]!;
    times.structure[cell] = far!.structure[cell]!;
    times.rides[cell] = far!.rides[cell]!;
    times.transferWait[cell] = far!.transferWait[cell]!;
    times.departure[cell] = far!.departure[cell]!;
  }
}

/** Seconds of the day. */
function lastArrival({ arrivalOfCall, headways }: Timetable): number {
  let last = 0;
  for (const arrival of arrivalOfCall) if (arrival > last) last = arrival;
  for (let service = 0; service < headways.count; service++) {
    const duration = headways.arrivalOfCall[headways.firstCall[service + 1]! - 1]!;
    last = Math.max(last, headways.endSeconds[service]! + headways.headwaySeconds[service]! + duration);
  }
  return last;
}
