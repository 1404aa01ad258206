/** The searches of structures in their own opening times share one period of the day's timetable. */
import { type TransitTasksSetup, withoutNames } from '../runtime/transit-tasks.ts';
import type { OwnSearches } from '../search/own-windows.ts';
import { expandForSearch, prepareSearch, type TransitOptions } from '../search/transit-search.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';

/** The period that holds the windows of all of them, where there are any. */
export function ownPeriodOf(
  timetable: Timetable,
  transfers: StopTransfers,
  options: TransitOptions,
  searches: OwnSearches | undefined,
): Pick<TransitTasksSetup, 'own'> {
  if (searches === undefined) return {};
  const windows = [searches.whenOpen, ...searches.usual].map(({ window }) => window);
  const from = Math.min(...windows.map((window) => window.from));
  const until = Math.max(...windows.map((window) => window.until));
  const all = { ...options, windows: [{ from, until }] };
  const expanded = withoutNames(expandForSearch(timetable, all).timetable);
  return { own: { searches, period: prepareSearch(expanded, transfers, all) } };
}
