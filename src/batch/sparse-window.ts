/** Tells of a study's window in which hardly anything runs, and of the busiest window of its length. */
import type { NoticeList } from '../common/notices.ts';
import type { Study } from '../study/study.ts';
import type { Timetable } from '../transit/timetable.ts';
import { findSparseWindow, type SparseWindow } from '../transit/window-service.ts';

export function noticeSparseWindow(
  study: Pick<Study, 'window'>,
  timetable: Timetable,
  notices: NoticeList,
): SparseWindow | undefined {
  const { fromSeconds, toSeconds } = study.window;
  const sparse = findSparseWindow(timetable, fromSeconds, toSeconds);
  if (sparse === undefined) return undefined;
  notices.add({
    code: 'window-hardly-served',
    severity: 'warning',
    message: describeSparseWindow(sparse, timetable.date),
    action: 'searched as the study says',
    file: sparse.feeds.join(', '),
    value: formatWindow(sparse),
  });
  return sparse;
}

/** One sentence in English, as all notices are. */
export function describeSparseWindow(sparse: SparseWindow, date: string): string {
  const { tripCount, dayTripCount, busiest } = sparse;
  return (
    `from ${formatWindow(sparse)} hardly anything runs: ${tripCount} of ${dayTripCount} trips of ${date}; ` +
    `from ${formatWindow(busiest)}, the busiest window of that length, ${busiest.tripCount} do`
  );
}

function formatWindow({
  fromSeconds,
  untilSeconds,
}: Pick<SparseWindow, 'fromSeconds' | 'untilSeconds'>): string {
  return `${formatClock(fromSeconds)} to ${formatClock(untilSeconds)}`;
}

function formatClock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
