/**
 * Flags lines that only bring pupils to school and back: on no day more than two departures in a direction,
 * none at weekends, and none in school holidays although the feed runs then. A regional list of timetables is
 * full of them; they would show a village as served that has no bus for anyone else.
 */
import { weekdayOfDay } from '../common/days.ts';
import { isFrenchPublicHoliday, isFrenchSchoolHoliday, type SchoolZone } from '../common/french-holidays.ts';
import type { GtfsFeed } from '../read/gtfs/gtfs-feed.ts';
import { describeValidity, isServiceActive } from './service-days.ts';

/** There and back, once in the morning and once in the evening. */
const MAX_DEPARTURES_A_DAY = 2;
/** Days of a feed that are looked at. */
const MAX_DAYS = 400;
/** Fewer days of holidays than this in the feed prove nothing. */
const MIN_HOLIDAYS = 3;

/**
 * route -> 1 where it is school-only. A feed that holds no weekday of school holidays cannot tell: then only
 * the number of departures and the days of the week count, and a route must be named after pupils or schools.
 */
export function findSchoolOnlyRoutes(feed: GtfsFeed, zone: SchoolZone | undefined): Uint8Array {
  const flags = new Uint8Array(feed.routes.count);
  const { first, last } = daysOf(feed);
  const holidays: number[] = [];
  const schoolDays: number[] = [];
  const restDays: number[] = [];
  for (let day = first; day <= last; day++) {
    if (weekdayOfDay(day) >= 5 || isFrenchPublicHoliday(day)) restDays.push(day);
    else if (isFrenchSchoolHoliday(day, zone ?? 'every')) holidays.push(day);
    else if (!isFrenchSchoolHoliday(day, zone ?? 'any')) schoolDays.push(day);
  }
  const provesHolidays =
    holidays.filter((day) => runsOn(feed, day)).length >= MIN_HOLIDAYS && schoolDays.length > 0;
  const servicesOfRoute = groupServices(feed);
  const runs = daysOfServices(feed, first, last);
  const dayCount = last - first + 1;
  for (let route = 0; route < feed.routes.count; route++) {
    const services = servicesOfRoute[route]!;
    const tripsOn = (day: number): number => {
      let count = 0;
      for (const [service, trips] of services) count += trips * runs[service * dayCount + day - first]!;
      return count;
    };
    const onSchoolDays = schoolDays.map(tripsOn);
    const most = Math.max(0, ...onSchoolDays);
    if (most === 0 || most > MAX_DEPARTURES_A_DAY) continue;
    if (restDays.some((day) => tripsOn(day) > 0) || holidays.some((day) => tripsOn(day) > 0)) continue;
    if (provesHolidays || isNamedAfterSchool(feed, route)) flags[route] = 1;
  }
  return flags;
}

function daysOf(feed: GtfsFeed): { first: number; last: number } {
  const [validity] = describeValidity([feed], 0);
  const first = validity?.firstDay ?? 0;
  return { first, last: Math.min(validity?.lastDay ?? -1, first + MAX_DAYS) };
}

function runsOn(feed: GtfsFeed, day: number): boolean {
  for (let service = 0; service < feed.services.count; service++) {
    if (isServiceActive(feed.services, service, day)) return true;
  }
  return false;
}

/** service * dayCount + (day - first) -> 1 where it runs. */
function daysOfServices(feed: GtfsFeed, first: number, last: number): Uint8Array {
  const dayCount = last - first + 1;
  const runs = new Uint8Array(feed.services.count * dayCount);
  for (let service = 0; service < feed.services.count; service++) {
    for (let day = first; day <= last; day++) {
      if (isServiceActive(feed.services, service, day)) runs[service * dayCount + day - first] = 1;
    }
  }
  return runs;
}

/** route -> its services, each with its number of usable trips. */
function groupServices(feed: GtfsFeed): Array<Map<number, number>> {
  const services = Array.from({ length: feed.routes.count }, () => new Map<number, number>());
  const { trips } = feed;
  for (let trip = 0; trip < trips.count; trip++) {
    const service = trips.service[trip]!;
    if (service < 0 || trips.firstCall[trip + 1] === trips.firstCall[trip]) continue;
    const counts = services[trips.route[trip]!]!;
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  // A line that runs every so often is no school line.
  for (const { trip } of feed.frequencies) {
    services[trips.route[trip]!]!.set(trips.service[trip]!, MAX_DEPARTURES_A_DAY + 1);
  }
  return services;
}

function isNamedAfterSchool(feed: GtfsFeed, route: number): boolean {
  const name = `${feed.routes.shortName[route]!} ${feed.routes.longName[route]!}`;
  // Not \b: an accented letter is no word character to it.
  return /(scolaire|coll[eè]ge|lyc[ée]e|\b[ée]cole|\bRPI\b|\bsco\b)/i.test(name);
}
