/** On which days services and trips run, and what a feed covers. */
import { formatDay, weekdayOfDay } from '../common/days.ts';
import type { GtfsFeed, GtfsServices } from '../read/gtfs/gtfs-feed.ts';

const SECONDS_PER_DAY = 86_400;

/** True where the service runs on the day: weekday pattern, less days removed, plus days added. */
export function isServiceActive(services: GtfsServices, service: number, day: number): boolean {
  if (services.addedDays[service]!.includes(day)) return true;
  if (day < services.firstDay[service]! || day > services.lastDay[service]!) return false;
  if (((services.weekdays[service]! >> weekdayOfDay(day)) & 1) === 0) return false;
  return !services.removedDays[service]!.includes(day);
}

/** service -> 1 where it runs on the day. */
export function activeServices(services: GtfsServices, day: number): Uint8Array {
  const active = new Uint8Array(services.count);
  for (let service = 0; service < services.count; service++) {
    active[service] = isServiceActive(services, service, day) ? 1 : 0;
  }
  return active;
}

/** service -> trips with at least two calls. */
export function tripCountOfService(feed: GtfsFeed): Uint32Array {
  const counts = new Uint32Array(feed.services.count);
  const { firstCall, service } = feed.trips;
  for (let trip = 0; trip < feed.trips.count; trip++) {
    if (firstCall[trip + 1]! > firstCall[trip]! && service[trip]! >= 0) counts[service[trip]!]!++;
  }
  return counts;
}

/** Trips of the feed that run on the day (a trip of frequencies.txt counts once). */
export function countActiveTrips(feed: GtfsFeed, day: number, tripCounts = tripCountOfService(feed)): number {
  let count = 0;
  for (let service = 0; service < feed.services.count; service++) {
    if (tripCounts[service]! > 0 && isServiceActive(feed.services, service, day))
      count += tripCounts[service]!;
  }
  return count;
}

/** service -> trips, and periods of frequencies.txt, that run on past midnight of their day. */
export function nightTripCountOfService(feed: GtfsFeed): Uint32Array {
  const counts = new Uint32Array(feed.services.count);
  const { firstCall, service } = feed.trips;
  const { arrival, departure } = feed.calls;
  const isRepeated = new Uint8Array(feed.trips.count);
  const add = (trip: number, lastArrival: number): void => {
    if (firstCall[trip + 1]! > firstCall[trip]! && service[trip]! >= 0 && lastArrival > SECONDS_PER_DAY)
      counts[service[trip]!]!++;
  };
  for (const { trip, startSeconds, endSeconds, headwaySeconds, exact } of feed.frequencies) {
    isRepeated[trip] = 1;
    const duration = arrival[firstCall[trip + 1]! - 1]! - departure[firstCall[trip]!]!;
    const runs = Math.ceil((endSeconds - startSeconds) / headwaySeconds);
    add(trip, (exact ? startSeconds + (runs - 1) * headwaySeconds : endSeconds) + duration);
  }
  for (let trip = 0; trip < feed.trips.count; trip++) {
    if (isRepeated[trip] === 0) add(trip, arrival[firstCall[trip + 1]! - 1] ?? 0);
  }
  return counts;
}

/** Trips of the day before that still run on the day. */
export function countTripsPastMidnight(
  feed: GtfsFeed,
  day: number,
  nightCounts = nightTripCountOfService(feed),
): number {
  return countActiveTrips(feed, day - 1, nightCounts);
}

export interface FeedValidity {
  feedIndex: number;
  name: string;
  /** First and last day on which a trip runs, days since 1970-01-01, and as `2026-10-06`. */
  firstDay: number;
  lastDay: number;
  first: string;
  last: string;
  /** Trips on the day asked for. */
  activeTripCount: number;
  /** Trips of the day before that run on past midnight. */
  nightTripCount: number;
}

/** What each feed covers, and its number of active trips on the day. */
export function describeValidity(feeds: readonly GtfsFeed[], day: number): FeedValidity[] {
  return feeds.map((feed) => {
    const tripCounts = tripCountOfService(feed);
    let firstDay = Number.POSITIVE_INFINITY;
    let lastDay = Number.NEGATIVE_INFINITY;
    for (let service = 0; service < feed.services.count; service++) {
      if (tripCounts[service] === 0) continue;
      const bounds = findServiceBounds(feed.services, service);
      if (bounds === undefined) continue;
      firstDay = Math.min(firstDay, bounds[0]);
      lastDay = Math.max(lastDay, bounds[1]);
    }
    return {
      feedIndex: feed.feedIndex,
      name: feed.name,
      firstDay,
      lastDay,
      first: formatDay(firstDay),
      last: formatDay(lastDay),
      activeTripCount: countActiveTrips(feed, day, tripCounts),
      nightTripCount: countTripsPastMidnight(feed, day),
    };
  });
}

/** First and last day on which the service runs, or undefined if it never does. */
export function findServiceBounds(services: GtfsServices, service: number): [number, number] | undefined {
  const added = services.addedDays[service]!;
  let from = services.firstDay[service]!;
  let to = services.lastDay[service]!;
  while (from <= to && !isServiceActive(services, service, from)) from++;
  while (to >= from && !isServiceActive(services, service, to)) to--;
  const hasPattern = from <= to;
  if (!hasPattern && added.length === 0) return undefined;
  const first = Math.min(hasPattern ? from : added[0]!, added[0] ?? from);
  const last = Math.max(hasPattern ? to : added[0]!, added[added.length - 1] ?? to);
  return [first, last];
}
