/**
 * One search towards several structures at once, in the study's window and whenever those of known hours are open
 * (`search/own-windows.ts`): the times of the cells, and the isochrones of all together.
 */
import type { ContourBand } from '../isochrones/contour.ts';
import {
  type EvaluateScan,
  TransitTasks,
  type TransitTasksSetup,
  withoutNames,
} from '../runtime/transit-tasks.ts';
import { takeBetterTimes, takeBetterUsual } from '../search/own-windows.ts';
import { copyTimes, type DirectWalks, evaluateCells, type TransitTimes } from '../search/transit-cells.ts';
import type { StopProfiles } from '../search/transit-profiles.ts';
import { expandForSearch, prepareSearch } from '../search/transit-search.ts';
import type { Timetable } from '../transit/timetable.ts';
import { ownPeriodOf } from './own-period.ts';

/** What a search towards several structures looks for beside the least times. */
export interface Sought {
  /** Minutes of the isochrones; empty = none. */
  minutes: readonly number[];
  isUsualSought: boolean;
}

export const LEAST_TIMES: Sought = { minutes: [], isUsualSought: false };

export interface TimesTowardsAll {
  times: TransitTimes;
  direct: DirectWalks;
  bands: ContourBand[];
  /** Of each search, in the order of `searchOfCell`. */
  profiles: StopProfiles[];
}

/** One search towards the given structures, and their isochrones together. */
export function searchFromAll(
  tasks: TransitTasks,
  { options, walks, own }: TransitTasksSetup,
  structures: readonly number[],
  { minutes, isUsualSought }: Sought,
): TimesTowardsAll {
  const direct = tasks.walkDirectly(structures, options.cutoff);
  const drawing = minutes.length === 0 ? undefined : tasks.startDrawing(minutes);
  const profiles: StopProfiles[] = [];
  let times: TransitTimes | undefined;
  let before: TransitTimes | undefined;
  /** Takes what a scan offers into the times; of one that is made again, the second answer in the first's place. */
  const take =
    (takeBetter: typeof takeBetterTimes, isBestOnly: boolean): EvaluateScan =>
    (scanned, limits, isAgain) => {
      if (!isAgain) before = times;
      const found = evaluateCells(scanned, walks.access, direct, limits, isBestOnly);
      if (before === undefined) times = found;
      else {
        times = copyTimes(before);
        takeBetter(times, found, profiles.length);
      }
      return found.mostRides;
    };
  /** The same of a scan whose ways are kept and drawn. */
  const takeWays =
    (isBestOnly: boolean): EvaluateScan =>
    (scanned, limits, isAgain) => {
      if (isAgain) profiles.pop();
      const mostRides = take(takeBetterTimes, isBestOnly)(scanned, limits, isAgain);
      profiles.push(scanned);
      return Math.max(mostRides, drawing?.add(scanned, limits, isAgain) ?? 0);
    };
  if (isUsualSought) {
    tasks.scanWindow(structures, options, takeWays(false));
    for (const search of own?.searches.usual ?? []) {
      tasks.scanOwn(search, structures, options, take(takeBetterUsual, false));
    }
    // The last, since the profiles of scans of one period lie in the same memory.
    if (own !== undefined) tasks.scanOwn(own.searches.whenOpen, structures, options, takeWays(true));
  } else tasks.scanEach(structures, options, takeWays(true));
  const bands = drawing === undefined ? [] : drawing.finish(structures);
  return { times: times!, direct, bands, profiles };
}

/** The least times with another timetable of the same stops. */
export function searchWithTimetable(
  setup: TransitTasksSetup,
  timetable: Timetable,
  structures: readonly number[],
): TransitTimes {
  const { options, period } = setup;
  const expanded = withoutNames(expandForSearch(timetable, options).timetable);
  const other = {
    ...setup,
    period: prepareSearch(expanded, period.transfersBetween, options),
    ...ownPeriodOf(timetable, period.transfersBetween, options, setup.own?.searches),
  };
  return searchFromAll(new TransitTasks(other), other, structures, LEAST_TIMES).times;
}
