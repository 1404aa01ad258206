/**
 * The timetables of the fictional département: complete GTFS, in places that its roads reach, with every thing
 * that a reader of timetables must know.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { nearestOnSegment } from '../../scripts/example/geometry.ts';
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import { readExtract } from '../../scripts/lib/read-extract.ts';
import { distanceMeters, METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { NoticeList } from '../../src/common/notices.ts';
import type { GtfsFeed } from '../../src/read/gtfs/gtfs-feed.ts';
import { openGtfs } from '../../src/read/gtfs/gtfs-files.ts';
import { readGtfs } from '../../src/read/gtfs/read-gtfs.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { findSchoolOnlyRoutes } from '../../src/transit/school-lines.ts';
import type { Timetable } from '../../src/transit/timetable.ts';

const FOLDER = fileURLToPath(new URL('../../data/exemple/', import.meta.url));
const FEEDS = ['reseau-val-d-exemple.gtfs.zip', 'bus-aubrelle.gtfs.zip'];
const STUDY_DAY = '2026-10-06';
const NIGHT_SECONDS = 86_400;

type Row = Record<string, string>;

const notices = new NoticeList();
const feeds: GtfsFeed[] = [];
/** feed -> file -> rows. */
const tables: Array<Map<string, Row[]>> = [];
let day: Timetable;
let roads: OsmContents;

beforeAll(async () => {
  for (const [index, name] of FEEDS.entries()) {
    feeds.push(await readGtfs(join(FOLDER, name), index, notices));
    tables.push(await readTables(join(FOLDER, name)));
  }
  day = buildTimetable(feeds, STUDY_DAY, {}, notices);
  roads = await readExtract(join(FOLDER, 'val-d-exemple.osm.pbf'));
});

/** Files and the fields that no row may leave blank. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'agency.txt': ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
  'feed_info.txt': [
    'feed_publisher_name',
    'feed_publisher_url',
    'feed_lang',
    'feed_start_date',
    'feed_end_date',
    'feed_version',
  ],
  'stops.txt': ['stop_id', 'stop_name', 'stop_lat', 'stop_lon', 'location_type'],
  'routes.txt': ['route_id', 'agency_id', 'route_short_name', 'route_long_name', 'route_type'],
  'calendar.txt': ['service_id', 'monday', 'sunday', 'start_date', 'end_date'],
  'calendar_dates.txt': ['service_id', 'date', 'exception_type'],
  'trips.txt': ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id'],
  'stop_times.txt': ['trip_id', 'stop_id', 'stop_sequence', 'timepoint'],
};
const REQUIRED_OF_ONE: Readonly<Record<string, readonly string[]>> = {
  'frequencies.txt': ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times'],
  'shapes.txt': ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence', 'shape_dist_traveled'],
  'transfers.txt': ['from_stop_id', 'to_stop_id', 'transfer_type'],
  'booking_rules.txt': ['booking_rule_id', 'booking_type', 'prior_notice_duration_min'],
};

describe('the feeds of the example', () => {
  it.each(Object.entries(REQUIRED))('have %s with its required fields', (file, fields) => {
    for (const feed of tables) {
      const rows = feed.get(file) ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter((row) => fields.some((field) => !row[field]))).toEqual([]);
    }
  });

  it.each(Object.entries(REQUIRED_OF_ONE))('have %s once, with its required fields', (file, fields) => {
    const rows = tables.flatMap((feed) => feed.get(file) ?? []);
    expect(tables.filter((feed) => feed.has(file)).length).toBe(1);
    expect(rows.filter((row) => fields.some((field) => !row[field]))).toEqual([]);
  });

  it('are read without a notice but that of the service on demand', () => {
    expect([...notices.counts()]).toEqual([['on-demand-service', 1]]);
  });

  it('say that they are fictional', () => {
    for (const feed of tables) {
      for (const { agency_name } of feed.get('agency.txt')!) expect(agency_name).toMatch(/\(fictif\)$/);
    }
  });

  it('are in Paris time and cover the autumn of the study', () => {
    expect(feeds.map(({ timeZone }) => timeZone)).toEqual(['Europe/Paris', 'Europe/Paris']);
    expect(day.feeds.map(({ first, last }) => [first, last])).toEqual([
      ['2026-09-01', '2026-12-18'],
      ['2026-09-01', '2026-12-18'],
    ]);
  });

  it('use the same ids for other things', () => {
    const [regional, town] = feeds;
    for (const of of ['stops', 'routes', 'trips', 'services'] as const) {
      const known = new Set(regional[of].id);
      expect(town[of].id.filter((id) => !known.has(id))).toEqual([]);
    }
    expect(regional.stops.name[0]).not.toBe(town.stops.name[0]);
  });

  it('stand within 50 m of where people walk', () => {
    const nodeOf = new Map(roads.nodes.map((node) => [node.id, node]));
    const walkable = roads.ways.filter(({ tags = {} }) => /^(?!motorway)/.test(tags.highway ?? 'motorway'));
    const far = feeds.flatMap(({ stops }) =>
      stops.name.filter((_, stop) => {
        const [lon, lat] = [stops.lon[stop], stops.lat[stop]];
        const local = (ref: number) => ({
          x: (nodeOf.get(ref)!.lon - lon) * metersPerDegreeOfLongitude(lat),
          y: (nodeOf.get(ref)!.lat - lat) * METERS_PER_DEGREE,
        });
        return !walkable.some(({ refs }) =>
          refs.some(
            (ref, i) =>
              i > 0 && nearestOnSegment({ x: 0, y: 0 }, local(refs[i - 1]), local(ref)).distance < 50,
          ),
        );
      }),
    );
    expect(far).toEqual([]);
  });
});

describe('their day of study', () => {
  it('has trips in both feeds', () => {
    expect(day.feeds.every(({ activeTripCount }) => activeTripCount > 5)).toBe(true);
    expect(day.connectionCount).toBeGreaterThan(500);
  });

  it('has eight lines of the département, one of them rail, and four of the town', () => {
    const [regional, town] = feeds;
    expect(regional.routes.count).toBe(8);
    expect([...regional.routes.type].filter((type) => type === 2).length).toBe(1);
    expect(town.routes.count).toBe(4);
  });

  it('flags the line for pupils, and no other', () => {
    const flagged = feeds.map((feed) => {
      const flags = findSchoolOnlyRoutes(feed, undefined);
      return feed.routes.shortName.filter((_, route) => flags[route] === 1);
    });
    expect(flagged).toEqual([['106'], []]);
  });

  it.each([
    ['2026-10-06', 'an ordinary Tuesday', 2],
    ['2026-10-07', 'an ordinary Wednesday', 2],
    ['2026-10-20', 'the autumn holidays', 0],
    ['2026-11-11', 'a public holiday', 0],
    ['2026-10-10', 'a Saturday', 0],
  ])('runs the line for pupils on %s, %s: %i times', (date, _, expected) => {
    expect(tripsOfLine(buildTimetable(feeds, date), '106').length).toBe(expected);
  });

  it('adds a trip there and back in the holidays, by calendar_dates.txt alone', () => {
    const extra = (date: string): number => tripsOfLine(buildTimetable(feeds, date), '104').length;
    expect(extra('2026-10-20') - extra('2026-10-06')).toBe(2);
  });

  it('runs on 11 November what runs on Sundays', () => {
    const active = (date: string): number[] =>
      buildTimetable(feeds, date).feeds.map(({ activeTripCount }) => activeTripCount);
    expect(active('2026-11-11')).toEqual(active('2026-10-11'));
    expect(active('2026-11-11')).not.toEqual(active('2026-11-10'));
  });

  it('holds services that run every so often, and others with written-out departures', () => {
    const exact = tables[1].get('frequencies.txt')!.map(({ exact_times }) => exact_times);
    expect(new Set(exact)).toEqual(new Set(['0', '1']));
    expect(day.headways.count).toBeGreaterThan(0);
    // From 06:30 to 19:30 every half hour.
    expect(tripsOfLine(day, 'C').length).toBe(2 * (13 * 2 + 1));
  });

  it('has a train that arrives after midnight', () => {
    const late = tripsOfLine(day, 'R1').filter((trip) => lastArrival(day, trip) > NIGHT_SECONDS);
    expect(late.length).toBe(1);
    // Yesterday's, before which nothing of today runs.
    expect(tripsOfLine(day, 'R1', true).length).toBe(1);
  });

  it('joins the two coaches of a block into one ride', () => {
    const lines = tripIndices(day).map((trip) => [
      ...new Set(callsOf(day, trip).map((call) => lineOf(day, call))),
    ]);
    expect(lines.filter((names) => names.length > 1)).toEqual([['102', '104']]);
  });

  it('counts the service on demand apart: three departures there and back, at three stops', () => {
    const [{ onDemand }] = feeds;
    expect([onDemand.tripCount, onDemand.rowCount, onDemand.bookingRuleCount]).toEqual([6, 18, 1]);
    expect(tripsOfLine(day, 'TAD 7').length).toBe(4);
    for (const trip of tripsOfLine(day, 'TAD 7')) {
      expect(callsOf(day, trip).every((call) => day.rulesOfCall[call] === 0)).toBe(true);
    }
  });

  it('has rules for changing at the hub, most with a time', () => {
    const types = feeds[0].transfers.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set([1, 2]));
    expect(feeds[0].transfers.filter(({ type, minSeconds }) => type === 2 && minSeconds < 120)).toEqual([]);
    expect(day.transferRules.count).toBeGreaterThan(types.length);
  });
});

describe('their running times', () => {
  it('leave blanks on the line to the valley, which its distances fill', () => {
    const blank = tables[0].get('stop_times.txt')!.filter(({ arrival_time }) => arrival_time === '');
    const line = tables[0].get('trips.txt')!.filter(({ shape_id }) => shape_id !== '');
    expect(new Set(blank.map(({ trip_id }) => trip_id))).toEqual(new Set(line.map(({ trip_id }) => trip_id)));
    expect(tripsOfLine(day, '103').length).toBe(10);
    for (const trip of tripsOfLine(day, '103')) {
      const times = callsOf(day, trip).map((call) => day.arrivalOfCall[call]);
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });

  it('keep a coach between 35 and 50 km/h on the road to the valley', () => {
    const last = new Map<string, Row>();
    const first = new Map<string, Row>();
    const ids = new Set(
      tables[0]
        .get('trips.txt')!
        .filter((row) => row.shape_id !== '')
        .map((row) => row.trip_id),
    );
    for (const row of tables[0].get('stop_times.txt')!.filter(({ trip_id }) => ids.has(trip_id))) {
      if (!first.has(row.trip_id)) first.set(row.trip_id, row);
      last.set(row.trip_id, row);
    }
    for (const id of ids) {
      const hours = (secondsOf(last.get(id)!.arrival_time) - secondsOf(first.get(id)!.departure_time)) / 3600;
      const kph = Number(last.get(id)!.shape_dist_traveled) / 1000 / hours;
      expect(kph).toBeGreaterThan(35);
      expect(kph).toBeLessThan(50);
    }
  });

  it.each([
    // As the crow flies, end to end by way of all stops; roads are longer.
    ['101', 30, 50],
    ['102', 28, 50],
    ['104', 28, 50],
    ['105', 28, 50],
    ['106', 28, 50],
    ['R1', 72, 85],
  ])('bring line %s from stop to stop at %i to %i km/h', (line, least, most) => {
    const trips = tripsOfLine(day, line);
    expect(trips.length).toBeGreaterThan(1);
    for (const trip of trips) {
      const calls = callsOf(day, trip).filter((call) => lineOf(day, call) === line);
      const hours = (day.arrivalOfCall[calls[calls.length - 1]] - day.departureOfCall[calls[0]]) / 3600;
      const meters = calls.reduce((sum, call, i) => (i === 0 ? 0 : sum + crowMeters(calls[i - 1], call)), 0);
      expect(meters / 1000 / hours).toBeGreaterThan(least);
      expect(meters / 1000 / hours).toBeLessThan(most);
    }
  });
});

async function readTables(path: string): Promise<Map<string, Row[]>> {
  const files = await openGtfs(path, new NoticeList());
  const found = new Map<string, Row[]>();
  for (const name of [...Object.keys(REQUIRED), ...Object.keys(REQUIRED_OF_ONE)]) {
    const bytes = await files.find(name);
    if (bytes !== undefined) found.set(name, parseCsv(bytes.toString(), { columns: true }) as Row[]);
  }
  files.close();
  return found;
}

function secondsOf(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

function tripIndices({ tripCount }: Timetable): number[] {
  return Array.from({ length: tripCount }, (_, trip) => trip);
}

function callsOf({ firstCallOfTrip }: Timetable, trip: number): number[] {
  const from = firstCallOfTrip[trip];
  return Array.from({ length: firstCallOfTrip[trip + 1] - from }, (_, i) => from + i);
}

function lineOf(timetable: Timetable, call: number): string {
  const route = timetable.routeOfDayTrip[timetable.dayTripOfCall[call]];
  return feeds.flatMap(({ routes }) => routes.shortName)[route];
}

function lastArrival(timetable: Timetable, trip: number): number {
  return timetable.arrivalOfCall[timetable.firstCallOfTrip[trip + 1] - 1];
}

/** Trips with a call of the line that start on the day, or on the day before. */
function tripsOfLine(timetable: Timetable, line: string, isYesterday = false): number[] {
  return tripIndices(timetable).filter(
    (trip) =>
      callsOf(timetable, trip).some((call) => lineOf(timetable, call) === line) &&
      timetable.departureOfCall[timetable.firstCallOfTrip[trip]] < 0 === isYesterday,
  );
}

function crowMeters(from: number, to: number): number {
  const [a, b] = [day.stopOfCall[from], day.stopOfCall[to]];
  return distanceMeters(day.lonOfStop[a], day.latOfStop[a], day.lonOfStop[b], day.latOfStop[b]);
}
