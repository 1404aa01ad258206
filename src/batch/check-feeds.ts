/**
 * The doctor's reading of timetables: each feed on its own, so that a broken one hides no other; what each covers;
 * whether the study's day is one on which they run, and which day would be a usual one.
 */
import { basename } from 'node:path';
import { findDay } from '../common/days.ts';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { type CheckedFeed, checkDay } from '../planning/check-timetables.ts';
import type { GtfsFeed } from '../read/gtfs/gtfs-feed.ts';
import { readGtfs } from '../read/gtfs/read-gtfs.ts';
import type { Study } from '../study/study.ts';
import { buildTimetable } from '../transit/build-timetable.ts';
import { type ChosenDate, chooseDate, looksFrench, requireActiveTrips } from '../transit/choose-date.ts';
import { describeValidity } from '../transit/service-days.ts';
import type { Timetable } from '../transit/timetable.ts';
import type { Findings } from './check-attempts.ts';
import { noticeSparseWindow } from './sparse-window.ts';
import { placeOf } from './study-faults.ts';

export interface CheckedFeeds {
  /** Path -> what its feed covers; paths that cannot be used are absent. */
  feedOfPath: ReadonlyMap<string, CheckedFeed>;
  /** The study's day; undefined where no trip runs on it, or none was chosen. */
  day: { timetable: Timetable; feeds: readonly CheckedFeed[]; tripCount: number } | undefined;
  /** The day that `date: auto` would choose. */
  usualDate: string | undefined;
}

/** Reads the feeds of a study, whatever its modes; a day without trips is an error only where transit is one. */
export async function checkFeeds(study: Study, findings: Findings): Promise<CheckedFeeds> {
  const feeds: GtfsFeed[] = [];
  const paths: string[] = [];
  for (const path of study.timetables) {
    const notices = new NoticeList();
    try {
      feeds.push(await readGtfs(path, feeds.length, notices));
      paths.push(path);
      findings.addNotices('timetables', notices);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      findings.addError('timetables', error);
      findings.addNotices('timetables', notices);
    }
  }
  if (feeds.length === 0) return { feedOfPath: new Map(), day: undefined, usualDate: undefined };
  const auto = tryAuto(feeds);
  const chosen = chooseStudyDay(study, feeds, auto, findings);
  const validity = chosen?.validity ?? describeValidity(feeds, 0);
  const feedOfPath = new Map(paths.map((path, i) => [path, validity[i]!]));
  if (chosen === undefined) return { feedOfPath, day: undefined, usualDate: auto?.date };
  const tripCount = validity.reduce(
    (sum, { activeTripCount, nightTripCount }) => sum + (activeTripCount || nightTripCount),
    0,
  );
  noticeDay(study, feeds, chosen, tripCount, auto, findings);
  const notices = new NoticeList();
  const timetable = buildTimetable(feeds, chosen.date, { nextDaySeconds: 0 }, notices);
  noticeSparseWindow(study, timetable, notices);
  findings.addNotices('timetables', notices);
  return { feedOfPath, day: { timetable, feeds: validity, tripCount }, usualDate: auto?.date };
}

function tryAuto(feeds: readonly GtfsFeed[]): ChosenDate | undefined {
  try {
    return chooseDate(feeds, 'auto');
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The study's day with what runs on it; undefined, with a finding, where nothing does. */
function chooseStudyDay(
  study: Study,
  feeds: readonly GtfsFeed[],
  auto: ChosenDate | undefined,
  findings: Findings,
): ChosenDate | undefined {
  try {
    const chosen = study.date === 'auto' && auto !== undefined ? auto : chooseDate(feeds, study.date);
    requireActiveTrips(feeds, chosen.day);
    return chosen;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { value, remedy } = error.fields;
    findings.add({
      // Without the mode transit, the timetables are not asked for that day.
      severity: study.modes.includes('transit') ? 'error' : 'warning',
      role: 'timetables',
      code: 'day-without-trips',
      message: error.message,
      remedy,
      value,
      ...placeInStudy(study, 'date', 'timetables'),
    });
    return undefined;
  }
}

function noticeDay(
  study: Study,
  feeds: readonly GtfsFeed[],
  chosen: ChosenDate,
  tripCount: number,
  auto: ChosenDate | undefined,
  findings: Findings,
): void {
  if (study.date === 'auto') {
    findings.add({
      severity: 'info',
      role: 'timetables',
      code: 'study-day-chosen',
      message: `the timetables choose ${chosen.date}: ${chosen.reason}`,
      value: chosen.date,
      ...placeInStudy(study, 'date', 'timetables'),
    });
    return;
  }
  if (findDay(study.date) === undefined) return;
  const usual = auto?.usual === undefined ? undefined : { date: auto.date, tripCount: auto.usual.tripCount };
  for (const { code, severity, message, action, value } of checkDay(
    study.date,
    tripCount,
    usual,
    looksFrench(feeds),
  )) {
    const place = placeInStudy(study, 'date', 'timetables');
    findings.add({ severity, role: 'timetables', code, message, action, value, ...place });
  }
}

function placeInStudy(study: Study, ...keys: readonly string[]): { file: string; line?: number } {
  return { ...placeOf(study, keys), file: basename(study.path) };
}
