/**
 * The timetable of the study's day on demand: from the cache where the same feeds were asked for the same day
 * before, else read and built, and cached. Feeds are read one after the other, so that memory holds one zip.
 */
import { basename } from 'node:path';
import { type Notice, NoticeList } from '../common/notices.ts';
import { decodeTimetables, encodeTimetables } from '../network/timetable-file.ts';
import type { GtfsFeed, GtfsOnDemand } from '../read/gtfs/gtfs-feed.ts';
import { readGtfs } from '../read/gtfs/read-gtfs.ts';
import { buildTimetable } from '../transit/build-timetable.ts';
import { chooseDate, requireActiveTrips, type UsualDay } from '../transit/choose-date.ts';
import type { Timetable } from '../transit/timetable.ts';
import type { Cache } from './cache.ts';
import { sha256OfText } from './hashes.ts';
import { requireUnchanged } from './input-stamps.ts';
import type { OnProgress } from './networks.ts';

/** Increase whenever the same feeds may give another day. */
const TRANSIT_DAY_VERSION = 3;
const SECONDS_PER_DAY = 86_400;

export interface FeedFile {
  path: string;
  sha256: string;
}

/** What the report says of one feed. */
export interface FeedOnDay {
  name: string;
  /** All of them, with commas between. */
  agency: string | undefined;
  publisher: string | undefined;
  /** First and last day on which a trip runs, YYYY-MM-DD. */
  first: string;
  last: string;
  /** Trips that run on the day. */
  activeTripCount: number;
  /** Trips of the day before that run on past midnight. */
  nightTripCount: number;
  stopCount: number;
  onDemand: GtfsOnDemand;
}

export interface TransitDay {
  /** YYYY-MM-DD, also where the study says `auto`. */
  date: string;
  /** Why this day, in words. */
  reason: string;
  /** What `auto` found; undefined where the study sets the day. */
  usual: UsualDay | undefined;
  feeds: FeedOnDay[];
  timetable: Timetable;
  /** Lines that run on the day and only serve schools. */
  schoolOnlyLines: string[];
  /** The day without them; undefined where there is none. */
  withoutSchoolOnly: Timetable | undefined;
}

/**
 * Reads the feeds and builds the day.
 * @param date `auto` or YYYY-MM-DD
 * @param untilSeconds the last moment that a trip may matter, seconds of the day; tomorrow's trips are read for it
 * @throws UsageError where a feed cannot be used, or no trip runs on the day
 */
export async function loadTransitDay(
  files: readonly FeedFile[],
  date: string,
  untilSeconds: number,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress = () => {},
): Promise<TransitDay> {
  const nextDaySeconds = Math.max(0, untilSeconds - SECONDS_PER_DAY);
  // Names of the files stand in messages, so they are part of the key.
  const named = files.map(({ path, sha256 }) => [basename(path), sha256]);
  const key = [TRANSIT_DAY_VERSION, named, date, nextDaySeconds];
  const name = `timetable-${sha256OfText(JSON.stringify(key))}`;
  const cached = await readCached(cache, name, notices);
  if (cached !== undefined) return cached;

  const own = new NoticeList();
  const feeds: GtfsFeed[] = [];
  for (const [i, { path }] of files.entries()) {
    onProgress('timetables', i / files.length);
    feeds.push(await readGtfs(path, i, own));
  }
  requireUnchanged(files.map(({ path }) => path));
  const chosen = chooseDate(feeds, date);
  requireActiveTrips(feeds, chosen.day);
  const timetable = buildTimetable(feeds, chosen.date, { nextDaySeconds }, own);
  const schoolOnlyLines = findSchoolOnlyLines(timetable);
  const day: TransitDay = {
    date: chosen.date,
    reason: chosen.reason,
    usual: chosen.usual,
    feeds: feeds.map((feed, i) => ({
      name: feed.name,
      agency: feed.agencyNames.join(', ') || undefined,
      publisher: feed.publisherName,
      first: chosen.validity[i]!.first,
      last: chosen.validity[i]!.last,
      activeTripCount: chosen.validity[i]!.activeTripCount,
      nightTripCount: chosen.validity[i]!.nightTripCount,
      stopCount: feed.stops.count,
      onDemand: feed.onDemand,
    })),
    timetable,
    schoolOnlyLines,
    withoutSchoolOnly:
      schoolOnlyLines.length === 0
        ? undefined
        : buildTimetable(feeds, chosen.date, { nextDaySeconds, withoutSchoolOnlyRoutes: true }),
  };
  for (const notice of own.notices) notices.add(notice);
  writeCached(cache, name, day, own.notices);
  onProgress('timetables', 1);
  return day;
}

/** Names of the school-only lines of which a trip runs on the day, each once, in the order of the feeds. */
function findSchoolOnlyLines(timetable: Timetable): string[] {
  const runs = new Set(timetable.routeOfDayTrip);
  const names: string[] = [];
  for (let route = 0; route < timetable.routeIdOfRoute.length; route++) {
    if (timetable.schoolOnlyOfRoute[route] === 1 && runs.has(route))
      names.push(timetable.nameOfRoute[route]!);
  }
  return names;
}

type About = Omit<TransitDay, 'timetable' | 'withoutSchoolOnly'> & { notices: readonly Notice[] };

function writeCached(cache: Cache, name: string, day: TransitDay, notices: readonly Notice[]): void {
  const { timetable, withoutSchoolOnly, ...rest } = day;
  const timetables = withoutSchoolOnly === undefined ? [timetable] : [timetable, withoutSchoolOnly];
  cache.write(name, encodeTimetables(timetables, { ...rest, notices } satisfies About));
}

async function readCached(cache: Cache, name: string, notices: NoticeList): Promise<TransitDay | undefined> {
  const buffer = await cache.read(name);
  if (buffer === undefined) return undefined;
  try {
    const { timetables, about } = decodeTimetables(buffer);
    const { notices: kept, ...rest } = about as About;
    for (const notice of kept) notices.add(notice);
    return { ...rest, timetable: timetables[0]!, withoutSchoolOnly: timetables[1] };
  } catch {
    return undefined; // Another layout or another tool's file: read anew, and written over.
  }
}
