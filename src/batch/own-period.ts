/** The searches of structures by their own windows share one period of the day's timetable. */
import { type TransitTasksSetup, withoutNames } from '../runtime/transit-tasks.ts';
import type { OwnWindows } from '../search/own-windows.ts';
import { expandForSearch, prepareSearch, type TransitOptions } from '../search/transit-search.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';

/** The period that holds all windows of their own, where there are any. */
export function ownPeriodOf(
  timetable: Timetable,
  transfers: StopTransfers,
  options: TransitOptions,
  searches: readonly OwnWindows[],
): Pick<TransitTasksSetup, 'own'> {
  const windows = searches.flatMap((search) => search.windows);
  if (windows.length === 0) return {};
  const from = Math.min(...windows.map((window) => window.from));
  const until = Math.max(...windows.map((window) => window.until));
  const all = { ...options, windows: [{ from, until }] };
  const expanded = withoutNames(expandForSearch(timetable, all).timetable);
  return { own: { searches, period: prepareSearch(expanded, transfers, all) } };
}
