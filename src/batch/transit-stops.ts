/** The stops of a day beside the streets read: which of them nobody can walk to, and feeds of another place. */
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { Timetable } from '../transit/timetable.ts';

/** Metres that one walks in so many minutes: a stop further off the street than the longest walk is not linked. */
export function metersOfWalk(speedKph: number, minutes: number): number {
  return (speedKph * 1000 * minutes) / 60;
}

/**
 * Throws where no stop at all is linked: transit would silently be walking.
 * @param metersOfStop stop -> metres to its street; Infinity where not linked, NaN where not served that day
 */
export function requireStopsOnStreets(timetable: Timetable, metersOfStop: Float64Array): void {
  const served = metersOfStop.filter((meters) => !Number.isNaN(meters));
  if (served.length === 0 || served.some((meters) => Number.isFinite(meters))) return;
  throw new Fault(
    'stops-off-streets',
    { file: timetable.feeds.map(({ name }) => name).join(', ') },
    { count: served.length, date: timetable.date },
  );
}

/** Tells of each stop of the day that nobody can walk to or from, and of those far off the street. */
export function noticeStops(
  timetable: Timetable,
  metersOfStop: Float64Array,
  farMeters: number,
  notices: NoticeList,
): void {
  metersOfStop.forEach((meters, stop) => {
    if (!(meters > farMeters)) return;
    const isLinked = Number.isFinite(meters);
    const name = timetable.nameOfStop[stop]!;
    notices.add({
      code: isLinked ? 'stop-far-from-street' : 'stop-without-street',
      severity: 'info',
      message: isLinked
        ? `the stop ${name} lies ${Math.round(meters)} m off the nearest street that is open to walkers`
        : `no usable street for walkers is in walking distance of the stop ${name}`,
      action: isLinked ? 'linked to it, the walk counted' : 'nobody boards, alights or changes there',
      file: `${timetable.feeds[timetable.feedOfStop[stop]!]!.name}/stops.txt`,
      id: timetable.stopIdOfStop[stop]!,
    });
  });
}
