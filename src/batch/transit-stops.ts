/** The stops of a day beside the streets read: which of them nobody can walk to, and feeds of another place. */
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { Timetable } from '../transit/timetable.ts';

/**
 * Throws where no stop at all is linked: transit would silently be walking.
 * @param metersOfStop stop -> metres to its street; Infinity where not linked, NaN where not served that day
 */
export function requireStopsOnStreets(
  timetable: Timetable,
  metersOfStop: Float64Array,
  radiusMeters: number,
): void {
  const served = metersOfStop.filter((meters) => !Number.isNaN(meters));
  if (served.length === 0 || served.some((meters) => Number.isFinite(meters))) return;
  throw new UsageError(
    `none of the ${served.length} stops served on ${timetable.date} lies within ${radiusMeters} m of a street that is open to walkers`,
    {
      file: timetable.feeds.map(({ name }) => name).join(', '),
      remedy: 'Check that roads and timetables are of the same place.',
    },
  );
}

/** Tells of each stop of the day that nobody can walk to or from. */
export function noticeStops(
  timetable: Timetable,
  metersOfStop: Float64Array,
  radiusMeters: number,
  notices: NoticeList,
): void {
  metersOfStop.forEach((meters, stop) => {
    if (meters !== Number.POSITIVE_INFINITY) return;
    notices.add({
      code: 'stop-without-street',
      severity: 'info',
      message: `no usable street for walkers within ${radiusMeters} m of the stop ${timetable.nameOfStop[stop]!}`,
      action: 'nobody boards, alights or changes there',
      file: `${timetable.feeds[timetable.feedOfStop[stop]!]!.name}/stops.txt`,
      id: timetable.stopIdOfStop[stop]!,
    });
  });
}
