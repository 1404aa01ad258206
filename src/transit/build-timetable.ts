/**
 * Builds the timetable of one service day from feeds: the trips that run on the day, the tail of yesterday's
 * trips after midnight, frequencies with exact times written out, blocks joined, headway services kept as
 * patterns. Memory is bounded by the day: nothing of trips that do not run is kept.
 */
import { findDay } from '../common/days.ts';
import type { SchoolZone } from '../common/french-holidays.ts';
import { NoticeList } from '../common/notices.ts';
import { sharedInt32, sharedUint8, sharedUint32 } from '../common/shared-arrays.ts';
import type { GtfsFeed } from '../read/gtfs/gtfs-feed.ts';
import { joinRuns, type TripRun } from './blocks.ts';
import { sortConnections } from './connections.ts';
import { joinPeriods } from './headways.ts';
import { expandTransferRules, joinRoutes, joinStops } from './join-feeds.ts';
import { findSchoolOnlyRoutes } from './school-lines.ts';
import { activeServices, describeValidity, type FeedValidity } from './service-days.ts';
import { serviceDayStart } from './time-zones.ts';
import { DROP_OFF, type HeadwayServices, PICKUP, type Timetable } from './timetable.ts';

export interface TimetableOptions {
  /** Zone of all times; default the first feed's. Feeds of other zones are shifted. */
  timeZone?: string;
  /** Leave out lines that only run to and from school. Default false. */
  withoutSchoolOnlyRoutes?: boolean;
  /** School zone, for telling school-only lines. Default: whichever. */
  schoolZone?: SchoolZone;
  /** Also read tomorrow's trips that leave before so many seconds after midnight, for late windows. Default 0. */
  nextDaySeconds?: number;
}

/** Runs of one feed on one of the days that reach into the study's day. */
interface DayRuns {
  feed: GtfsFeed;
  feedIndex: number;
  chains: TripRun[][];
}

interface HeadwayRun {
  feed: GtfsFeed;
  feedIndex: number;
  trip: number;
  startSeconds: number;
  endSeconds: number;
  headwaySeconds: number;
}

/**
 * @param date `YYYY-MM-DD`
 * @throws RangeError if the date is none. A day without trips gives a timetable without connections; see
 * `requireActiveTrips`.
 */
export function buildTimetable(
  feeds: readonly GtfsFeed[],
  date: string,
  options: TimetableOptions = {},
  notices: NoticeList = new NoticeList(),
): Timetable {
  const day = findDay(date);
  if (day === undefined) throw new RangeError(`the date must be YYYY-MM-DD, not ${date}`);
  const timeZone = options.timeZone ?? feeds.find((feed) => feed.timeZone !== undefined)?.timeZone;
  const schoolOnly = feeds.map((feed) => findSchoolOnlyRoutes(feed, options.schoolZone));
  const dayRuns: DayRuns[] = [];
  const headwayRuns: HeadwayRun[] = [];
  feeds.forEach((feed, feedIndex) => {
    const excluded = options.withoutSchoolOnlyRoutes === true ? schoolOnly[feedIndex] : undefined;
    for (const offset of (options.nextDaySeconds ?? 0) > 0 ? [-1, 0, 1] : [-1, 0]) {
      const shift = serviceDayStart(feed.timeZone ?? timeZone, day + offset) - serviceDayStart(timeZone, day);
      const until = offset === 1 ? shift + (options.nextDaySeconds ?? 0) : Number.POSITIVE_INFINITY;
      const { runs, headways } = findRuns(feed, day + offset, shift, until, excluded);
      dayRuns.push({ feed, feedIndex, chains: joinRuns(feed, runs.single, notices).concat(runs.repeated) });
      for (const headway of headways) headwayRuns.push({ ...headway, feed, feedIndex });
    }
  });
  const stops = joinStops(feeds);
  const routes = joinRoutes(feeds, schoolOnly);
  const dayTrips = new DayTrips(routes.firstRouteOfFeed);
  const calls = fillCalls(dayRuns, stops.firstStopOfFeed, dayTrips);
  const headways = fillHeadways(headwayRuns, stops.firstStopOfFeed, dayTrips);
  for (const stop of calls.stopOfCall) stops.servedOfStop[stop] = 1;
  for (const stop of headways.stopOfCall) stops.servedOfStop[stop] = 1;
  const validity = describeValidity(feeds, day);
  noteIdleFeeds(validity, date, day, notices);
  return {
    date,
    timeZone,
    feeds: feeds.map((feed, feedIndex) => ({
      name: feed.name,
      firstStop: stops.firstStopOfFeed[feedIndex]!,
      stopCount: feed.stops.count,
      activeTripCount: validity[feedIndex]!.activeTripCount,
      first: validity[feedIndex]!.first,
      last: validity[feedIndex]!.last,
    })),
    ...stops.columns,
    servedOfStop: stops.servedOfStop,
    ...routes.columns,
    tripIdOfDayTrip: dayTrips.id,
    headsignOfDayTrip: dayTrips.headsign,
    routeOfDayTrip: Uint32Array.from(dayTrips.route),
    ...calls,
    ...sortConnections(calls.firstCallOfTrip, calls.departureOfCall, calls.arrivalOfCall),
    transferRules: expandTransferRules(feeds, stops.firstStopOfFeed, stops.servedOfStop),
    headways,
  };
}

/** The trips of a feed that run on a service day and reach into the study's day. */
function findRuns(
  feed: GtfsFeed,
  day: number,
  shiftSeconds: number,
  untilSeconds: number,
  excludedRoutes: Uint8Array | undefined,
): {
  runs: { single: TripRun[]; repeated: TripRun[][] };
  headways: Array<Omit<HeadwayRun, 'feed' | 'feedIndex'>>;
} {
  const active = activeServices(feed.services, day);
  const { trips, calls } = feed;
  const isActive = (trip: number): boolean =>
    trips.service[trip]! >= 0 &&
    active[trips.service[trip]!] === 1 &&
    trips.firstCall[trip + 1]! > trips.firstCall[trip]! &&
    excludedRoutes?.[trips.route[trip]!] !== 1;
  const reachesDay = (trip: number, shift: number): boolean =>
    calls.arrival[trips.firstCall[trip + 1]! - 1]! + shift > 0 &&
    calls.departure[trips.firstCall[trip]!]! + shift < untilSeconds;

  const isRepeated = new Uint8Array(trips.count);
  const repeated: TripRun[][] = [];
  const headways: Array<Omit<HeadwayRun, 'feed' | 'feedIndex'>> = [];
  for (const { trip } of feed.frequencies) isRepeated[trip] = 1;
  for (const { trip, startSeconds, endSeconds, headwaySeconds, exact } of joinPeriods(feed.frequencies)) {
    if (!isActive(trip)) continue;
    if (!exact) {
      const from = startSeconds + shiftSeconds;
      const to = endSeconds + shiftSeconds;
      const arrival = calls.arrival[trips.firstCall[trip + 1]! - 1]!;
      const duration = arrival - calls.departure[trips.firstCall[trip]!]!;
      // Who is there at the end of the period still waits half the headway.
      if (to + headwaySeconds / 2 + duration > 0 && from < untilSeconds)
        headways.push({ trip, startSeconds: from, endSeconds: to, headwaySeconds });
      continue;
    }
    const firstDeparture = calls.departure[trips.firstCall[trip]!]!;
    for (let start = startSeconds; start < endSeconds; start += headwaySeconds) {
      const shift = shiftSeconds + start - firstDeparture;
      if (reachesDay(trip, shift)) repeated.push([{ trip, shiftSeconds: shift }]);
    }
  }
  const single: TripRun[] = [];
  for (let trip = 0; trip < trips.count; trip++) {
    if (isRepeated[trip] === 1 || !isActive(trip) || !reachesDay(trip, shiftSeconds)) continue;
    single.push({ trip, shiftSeconds });
  }
  return { runs: { single, repeated }, headways };
}

/** Names of the trips that run; each is kept once per feed. */
class DayTrips {
  readonly id: string[] = [];
  readonly headsign: string[] = [];
  readonly route: number[] = [];
  private readonly indexOfTrip = new Map<number, Map<number, number>>();

  constructor(private readonly firstRouteOfFeed: readonly number[]) {}

  indexOf(feed: GtfsFeed, feedIndex: number, trip: number): number {
    let indices = this.indexOfTrip.get(feedIndex);
    if (indices === undefined) {
      indices = new Map();
      this.indexOfTrip.set(feedIndex, indices);
    }
    const known = indices.get(trip);
    if (known !== undefined) return known;
    const index = this.id.length;
    indices.set(trip, index);
    this.id.push(feed.trips.id[trip]!);
    this.headsign.push(feed.trips.headsign[trip]!);
    this.route.push(this.firstRouteOfFeed[feedIndex]! + feed.trips.route[trip]!);
    return index;
  }
}

function fillCalls(dayRuns: readonly DayRuns[], firstStopOfFeed: readonly number[], dayTrips: DayTrips) {
  let tripCount = 0;
  let callCount = 0;
  for (const { feed, chains } of dayRuns) {
    tripCount += chains.length;
    for (const chain of chains) for (const { trip } of chain) callCount += callCountOf(feed, trip);
  }
  const firstCallOfTrip = sharedUint32(tripCount + 1);
  const tripOfCall = sharedUint32(callCount);
  const stopOfCall = sharedUint32(callCount);
  const arrivalOfCall = sharedInt32(callCount);
  const departureOfCall = sharedInt32(callCount);
  const rulesOfCall = sharedUint8(callCount);
  const dayTripOfCall = sharedUint32(callCount);
  let trip = 0;
  let call = 0;
  for (const { feed, feedIndex, chains } of dayRuns) {
    for (const chain of chains) {
      firstCallOfTrip[trip] = call;
      chain.forEach((run, part) => {
        const from = feed.trips.firstCall[run.trip]!;
        const to = feed.trips.firstCall[run.trip + 1]!;
        const dayTrip = dayTrips.indexOf(feed, feedIndex, run.trip);
        for (let source = from; source < to; source++) {
          tripOfCall[call] = trip;
          stopOfCall[call] = firstStopOfFeed[feedIndex]! + feed.calls.stop[source]!;
          arrivalOfCall[call] = feed.calls.arrival[source]! + run.shiftSeconds;
          departureOfCall[call] = feed.calls.departure[source]! + run.shiftSeconds;
          rulesOfCall[call] = feed.calls.rules[source]!;
          dayTripOfCall[call] = dayTrip;
          // Where two trips are joined, one leaves the first at its last stop and boards the second at its first.
          if (source === to - 1 && part < chain.length - 1) {
            departureOfCall[call] = arrivalOfCall[call]!;
            rulesOfCall[call]! &= ~PICKUP;
          }
          if (source === from && part > 0) {
            arrivalOfCall[call] = departureOfCall[call]!;
            rulesOfCall[call]! &= ~DROP_OFF;
          }
          call++;
        }
      });
      trip++;
    }
  }
  firstCallOfTrip[tripCount] = call;
  return {
    tripCount,
    firstCallOfTrip,
    boardingWaitOfTrip: sharedInt32(tripCount),
    callCount,
    tripOfCall,
    stopOfCall,
    arrivalOfCall,
    departureOfCall,
    rulesOfCall,
    dayTripOfCall,
  };
}

function fillHeadways(
  runs: readonly HeadwayRun[],
  firstStopOfFeed: readonly number[],
  dayTrips: DayTrips,
): HeadwayServices {
  const callCount = runs.reduce((sum, { feed, trip }) => sum + callCountOf(feed, trip), 0);
  const headways: HeadwayServices = {
    count: runs.length,
    firstCall: sharedUint32(runs.length + 1),
    stopOfCall: sharedUint32(callCount),
    arrivalOfCall: sharedInt32(callCount),
    departureOfCall: sharedInt32(callCount),
    rulesOfCall: sharedUint8(callCount),
    dayTrip: sharedUint32(runs.length),
    startSeconds: sharedInt32(runs.length),
    endSeconds: sharedInt32(runs.length),
    headwaySeconds: sharedInt32(runs.length),
  };
  let call = 0;
  runs.forEach((run, index) => {
    const { feed, feedIndex, trip } = run;
    headways.firstCall[index] = call;
    headways.dayTrip[index] = dayTrips.indexOf(feed, feedIndex, trip);
    headways.startSeconds[index] = run.startSeconds;
    headways.endSeconds[index] = run.endSeconds;
    headways.headwaySeconds[index] = run.headwaySeconds;
    const from = feed.trips.firstCall[trip]!;
    const origin = feed.calls.departure[from]!;
    for (let source = from; source < feed.trips.firstCall[trip + 1]!; source++) {
      headways.stopOfCall[call] = firstStopOfFeed[feedIndex]! + feed.calls.stop[source]!;
      headways.arrivalOfCall[call] = feed.calls.arrival[source]! - origin;
      headways.departureOfCall[call] = feed.calls.departure[source]! - origin;
      headways.rulesOfCall[call] = feed.calls.rules[source]!;
      call++;
    }
  });
  headways.firstCall[runs.length] = call;
  return headways;
}

function callCountOf(feed: GtfsFeed, trip: number): number {
  return feed.trips.firstCall[trip + 1]! - feed.trips.firstCall[trip]!;
}

function noteIdleFeeds(
  validity: readonly FeedValidity[],
  date: string,
  day: number,
  notices: NoticeList,
): void {
  for (const { name, first, last, lastDay, activeTripCount, nightTripCount } of validity) {
    if (activeTripCount > 0) continue;
    if (nightTripCount > 0) {
      notices.add({
        code: 'feed-runs-from-day-before',
        severity: 'info',
        message: `no trip of the feed starts on ${date}: ${nightTripCount} of the day before run past midnight`,
        action: 'they count on that day',
        file: name,
      });
      continue;
    }
    notices.add({
      code: day > lastDay ? 'feed-expired' : 'feed-without-trips-on-day',
      severity: 'warning',
      message: `no trip of the feed runs on ${date}; it covers ${first} to ${last}`,
      action: 'the feed adds nothing on that day',
      file: name,
    });
  }
}
