/**
 * The study's day. `auto` is the ordinary Tuesday, outside French public and school holidays and inside the
 * validity of every feed, whose service is the most usual; a day on which no trip runs is an error that names
 * what each feed covers and proposes days that are comparable.
 */
import { findDay, formatDay, weekdayOfDay } from '../common/days.ts';
import { Fault, onDemandOnlyError, type UsageError } from '../common/errors.ts';
import { isFrenchPublicHoliday, isFrenchSchoolHoliday, type SchoolZone } from '../common/french-holidays.ts';
import type { GtfsFeed } from '../read/gtfs/gtfs-feed.ts';
import {
  countActiveTrips,
  countTripsPastMidnight,
  describeValidity,
  type FeedValidity,
  nightTripCountOfService,
  tripCountOfService,
} from './service-days.ts';

const TUESDAY = 1;
const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
/** Weekdays to try in turn where no Tuesday will do. */
const WEEKDAYS_IN_TURN = [TUESDAY, 3, 0, 4, 2, 5, 6] as const;
/** Candidates are looked at over at most this many days: some calendars run to 2099. */
const MAX_CANDIDATE_DAYS = 800;

export interface ChooseDateOptions {
  /** School zone of the département; without it, the holidays of every zone are avoided. */
  schoolZone?: SchoolZone;
  /** False outside France. Default: true where the first known time zone is French, or none is known. */
  frenchHolidays?: boolean;
}

export interface ChosenDate {
  date: string;
  day: number;
  /** One sentence for the report, such as "Tuesday with 1 390 trips, the median of 12 ordinary Tuesdays". */
  reason: string;
  /** What `auto` found, for other words; undefined where the study sets the day. */
  usual: UsualDay | undefined;
  validity: FeedValidity[];
}

/** The day that stands for all days like it. */
export interface UsualDay {
  /** 0 Monday … 6 Sunday. */
  weekday: number;
  /** Outside public and school holidays. */
  isOrdinary: boolean;
  tripCount: number;
  /** Days like it that the feeds cover. */
  candidateCount: number;
}

/**
 * @param date `auto` or `YYYY-MM-DD`
 * @throws UsageError if the date is none, or if `auto` finds no day that all feeds cover
 */
export function chooseDate(
  feeds: readonly GtfsFeed[],
  date: string,
  options: ChooseDateOptions = {},
): ChosenDate {
  if (date !== 'auto') {
    const day = findDay(date);
    if (day === undefined) {
      throw new Fault('date-unreadable', { value: date });
    }
    const validity = describeValidity(feeds, day);
    return { date: formatDay(day), day, reason: 'set by the study', usual: undefined, validity };
  }
  const choice = findUsualDay(feeds, WEEKDAYS_IN_TURN, options);
  if (choice === undefined) {
    const validity = describeValidity(feeds, 0);
    throw new Fault('feeds-without-common-day', {}, { feeds: validity });
  }
  return { ...choice, date: formatDay(choice.day), validity: describeValidity(feeds, choice.day) };
}

/**
 * Throws `noActiveTripError` where nothing runs on the day: no trip of its own, and none of the day before that
 * runs on past midnight.
 * @throws UsageError too where every trip of every feed is booked
 */
export function requireActiveTrips(
  feeds: readonly GtfsFeed[],
  day: number,
  options: ChooseDateOptions = {},
): void {
  if (feeds.length === 0) return;
  if (feeds.every(({ onDemand }) => onDemand.isOnly === true)) {
    throw onDemandOnlyError(feeds.map(({ name }) => name).join(', '));
  }
  if (feeds.every((feed) => countActiveTrips(feed, day) + countTripsPastMidnight(feed, day) === 0)) {
    throw noActiveTripError(feeds, day, options);
  }
}

/** The error of a day on which nothing runs: what each feed covers, and comparable days. */
export function noActiveTripError(
  feeds: readonly GtfsFeed[],
  day: number,
  options: ChooseDateOptions = {},
): UsageError {
  const weekday = weekdayOfDay(day);
  const proposals = new Set<number>();
  for (const group of [feeds, ...feeds.map((feed) => [feed])]) {
    const choice = findUsualDay(group, [weekday, ...WEEKDAYS_IN_TURN], options);
    if (choice === undefined) continue;
    proposals.add(choice.day);
    if (group === feeds) break;
  }
  const asDate = (each: number) => ({ date: formatDay(each), weekday: weekdayOfDay(each) });
  return new Fault(
    'day-without-trips',
    { value: formatDay(day) },
    {
      day: asDate(day),
      proposals: [...proposals].map(asDate),
      feeds: describeValidity(feeds, day),
    },
  );
}

interface UsualChoice {
  day: number;
  reason: string;
  usual: UsualDay;
}

/**
 * The usual day of the first weekday that has candidates, ordinary days before any day; undefined if none. Where
 * the feeds share no day of their own, the trips that run on past midnight from the day before count as well.
 */
function findUsualDay(
  feeds: readonly GtfsFeed[],
  weekdays: readonly number[],
  options: ChooseDateOptions,
): UsualChoice | undefined {
  if (feeds.length === 0) return undefined;
  const validity = describeValidity(feeds, 0);
  const first = Math.max(...validity.map((feed) => feed.firstDay));
  const last = Math.min(...validity.map((feed) => feed.lastDay), first + MAX_CANDIDATE_DAYS);
  const own = feeds.map(tripCountOfService);
  const countOwn = (feed: GtfsFeed, f: number, day: number) => countActiveTrips(feed, day, own[f]!);
  const found = findUsualOf(feeds, [first, last], countOwn, weekdays, options);
  if (found !== undefined) return found;
  const night = feeds.map(nightTripCountOfService);
  const countAll = (feed: GtfsFeed, f: number, day: number) =>
    countOwn(feed, f, day) + countTripsPastMidnight(feed, day, night[f]!);
  return findUsualOf(feeds, [first, last + 1], countAll, weekdays, options);
}

function findUsualOf(
  feeds: readonly GtfsFeed[],
  [first, last]: readonly [number, number],
  countTrips: (feed: GtfsFeed, f: number, day: number) => number,
  weekdays: readonly number[],
  options: ChooseDateOptions,
): UsualChoice | undefined {
  const french = options.frenchHolidays ?? looksFrench(feeds);
  for (const ordinary of [true, false]) {
    for (const weekday of weekdays) {
      const days: number[] = [];
      for (let day = first; day <= last; day++) {
        if (weekdayOfDay(day) !== weekday) continue;
        if (ordinary && french && isHoliday(day, options.schoolZone)) continue;
        days.push(day);
      }
      const counts = days.map((day) => feeds.map((feed, f) => countTrips(feed, f, day)));
      const choice = findMostUsual(days, counts);
      if (choice === undefined) continue;
      const kind = `${ordinary ? 'ordinary ' : ''}${WEEKDAY_NAMES[weekday]}`;
      return {
        day: choice.day,
        reason: `${kind} with ${choice.tripCount} trips, the most usual service of ${choice.candidateCount} such days`,
        usual: {
          weekday,
          isOrdinary: ordinary,
          tripCount: choice.tripCount,
          candidateCount: choice.candidateCount,
        },
      };
    }
  }
  return undefined;
}

/** The day nearest to the median number of trips of each feed; of several the first. */
function findMostUsual(
  days: readonly number[],
  counts: ReadonlyArray<readonly number[]>,
): { day: number; tripCount: number; candidateCount: number } | undefined {
  const full = days.map((_, i) => i).filter((i) => counts[i]!.every((count) => count > 0));
  if (full.length === 0) return undefined;
  const medians = counts[full[0]!]!.map((_, feed) => {
    const sorted = full.map((i) => counts[i]![feed]!).sort((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  });
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const i of full) {
    const deviation = medians.reduce(
      (sum, median, feed) => sum + Math.abs(counts[i]![feed]! - median) / median,
      0,
    );
    if (deviation < least) {
      least = deviation;
      best = i;
    }
  }
  return {
    day: days[best]!,
    tripCount: counts[best]!.reduce((sum, count) => sum + count, 0),
    candidateCount: full.length,
  };
}

function isHoliday(day: number, zone: SchoolZone | undefined): boolean {
  return isFrenchPublicHoliday(day) || isFrenchSchoolHoliday(day, zone ?? 'any');
}

export function looksFrench(feeds: readonly GtfsFeed[]): boolean {
  const zone = feeds.find((feed) => feed.timeZone !== undefined)?.timeZone;
  return zone === undefined || zone === 'Europe/Paris' || zone === 'Europe/Monaco';
}
