/**
 * The study's day. Where the study says `auto`, its timetables choose it; without timetables it is the ordinary
 * Tuesday next after the newest date that roads, lists and grids state, else the first ordinary one of the current
 * year. From here on the study has a date: nothing later sees `auto`.
 */
import { basename } from 'node:path';
import { findDay, formatDay } from '../common/days.ts';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { type DatedRole, findStatedDate } from '../read/data-dates.ts';
import type { Cache } from '../runtime/cache.ts';
import type { OnProgress } from '../runtime/networks.ts';
import type { FeedFile, TransitDay } from '../runtime/transit-days.ts';
import { type Study, withDate } from '../study/study.ts';
import { findOrdinaryTuesdayAfter } from '../transit/ordinary-day.ts';
import { atKey } from './study-faults.ts';

/** What a study says where it leaves its day to the tool. */
export const AUTO = 'auto';

export interface DatedStudy {
  /** With a date, whatever the file says. */
  study: Study;
  /** The timetable of the day; undefined without the mode transit. */
  day: TransitDay | undefined;
}

/** True where the study's timetables are read: for the mode transit, or for the day alone. */
export function needsTimetables({ modes, date }: Study): boolean {
  return modes.includes('transit') || date === AUTO;
}

/**
 * The study on its day. Timetables choose it in a run without transit too (`--mode car`), so that every run of one
 * study counts the same structures; there, those that choose none are told and the data asked instead.
 * @param feeds of the study, where `needsTimetables`
 * @throws UsageError in the mode transit: a feed that cannot be used, or a day on which no trip runs
 */
export async function dateStudy(
  study: Study,
  feeds: readonly FeedFile[],
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress = () => {},
): Promise<DatedStudy> {
  const load = async (own: NoticeList): Promise<TransitDay> => {
    const { loadTransitDay } = await import('../runtime/transit-days.ts');
    const { lastSecondOf } = await import('./search-transit.ts');
    return atKey(study, ['date', 'timetables'], () =>
      loadTransitDay(feeds, study.date, lastSecondOf(study), cache, own, onProgress),
    );
  };
  if (study.modes.includes('transit')) {
    const day = await load(notices);
    return { study: study.date === AUTO ? withDate(study, day.date) : study, day };
  }
  if (study.date === AUTO && feeds.length > 0) {
    try {
      return { study: withDate(study, (await load(new NoticeList())).date), day: undefined };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      notices.add({
        code: 'study-day-without-timetables',
        severity: 'warning',
        message: `the timetables choose no day: ${error.message}`,
        action: 'the day studied is that of the data',
        ...(error.fields.file === undefined ? {} : { file: basename(error.fields.file) }),
      });
    }
  }
  return { study: await dateStudyByData(study, notices), day: undefined };
}

/**
 * The study with a day of its own, told by a notice. One that names its day is given back as it is.
 * @param currentYear of the run: a date of the data that is later is not believed, and it stands in where none is
 */
export async function dateStudyByData(
  study: Study,
  notices: NoticeList,
  currentYear = new Date().getFullYear(),
): Promise<Study> {
  if (study.date !== AUTO) return study;
  const newest = await findNewestDate(study, `${currentYear}-12-31`, notices);
  const after = newest?.date ?? `${currentYear - 1}-12-31`;
  const date = formatDay(findOrdinaryTuesdayAfter(findDay(after)!));
  if (newest === undefined) {
    notices.add({
      code: 'study-day-of-this-year',
      severity: 'warning',
      message: `the day studied is ${date}, the first ordinary Tuesday of this year: neither roads, lists nor grids say their date, and next year the same study would have another day`,
      action: `write date: ${date} to keep it`,
      value: date,
    });
  } else {
    notices.add({
      code: 'study-day-of-data',
      severity: 'info',
      message: `the day studied is ${date}, the ordinary Tuesday outside holidays next after ${newest.date}, the newest date of the data`,
      file: newest.file,
      value: date,
    });
  }
  return withDate(study, date);
}

async function findNewestDate(
  study: Study,
  latest: string,
  notices: NoticeList,
): Promise<{ date: string; file: string } | undefined> {
  let newest: { date: string; file: string } | undefined;
  for (const { role, path } of listDatedFiles(study)) {
    const { date, disbelieved } = await findStatedDate(path, role, latest);
    const file = basename(path);
    if (disbelieved !== undefined) {
      notices.add({
        code: 'data-date-disbelieved',
        severity: 'warning',
        message: `the data say that they are of ${disbelieved}`,
        action: 'not asked for the day studied',
        file,
        value: disbelieved,
      });
    }
    if (date !== undefined && (newest === undefined || date > newest.date)) newest = { date, file };
  }
  return newest;
}

function listDatedFiles(study: Study): ReadonlyArray<{ role: DatedRole; path: string }> {
  const of = (role: DatedRole, paths: readonly string[]) => paths.map((path) => ({ role, path }));
  return [
    ...of('roads', study.roads),
    ...of('structures', [...study.structures, ...study.itinerantStops]),
    ...of('population', study.population === 'communes' ? [] : study.population),
  ];
}
