/**
 * Timetables as they are brought, through `maillage matrix` as a user runs it: each odd feed gives the times that
 * follow from what it says. Four stops 5 km apart on a road from west to east; a bus every ten minutes from one to
 * the next.
 *
 *     A ---- B ---- C ---- D
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { realData } from '../real-data.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';

const LON = { A: 4, B: 4.064731, C: 4.129462, D: 4.194193 };
const LAT = 46;
const SLACK = 60;
const RIDE = 600;
const folder = temporaryFolder();
const path = (name: string) => join(folder.path, name);

const CALENDAR_HEADER =
  'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n';
const DAILY = `${CALENDAR_HEADER}W,1,1,1,1,1,1,1,20260101,20271231\n`;
const MONDAYS = `${CALENDAR_HEADER}W,1,0,0,0,0,0,0,20260101,20271231\n`;
const DATES = 'service_id,date,exception_type\nW,20261006,1\n';
const CALLS_HEADER = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n';
const MORNING = `${CALLS_HEADER}t1,09:10:00,09:10:00,A,1\nt1,09:20:00,09:20:00,B,2\nt1,09:30:00,09:30:00,C,3\n`;
const PATTERN = `${CALLS_HEADER}t1,00:00:00,00:00:00,A,1\nt1,00:10:00,00:10:00,B,2\n`;
const FREQUENCIES_HEADER = 'trip_id,start_time,end_time,headway_secs,exact_times\n';

type Tables = Record<string, string | Buffer | undefined>;
const SOUND: Tables = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\n1,X,http://x.fr,Europe/Paris\n',
  'stops.txt': `stop_id,stop_name,stop_lat,stop_lon\n${Object.entries(LON)
    .map(([id, lon]) => `${id},${id},${LAT},${lon}\n`)
    .join('')}`,
  'routes.txt': 'route_id,agency_id,route_short_name,route_long_name,route_type\nR,1,R,R,3\n',
  'calendar.txt': DAILY,
  'trips.txt': 'route_id,service_id,trip_id\nR,W,t1\n',
  'stop_times.txt': MORNING,
};

function writeFeed(tables: Tables): string {
  const feed = mkdtempSync(path('feed-'));
  for (const [name, content] of Object.entries({ ...SOUND, ...tables })) {
    if (content !== undefined) writeFileSync(join(feed, name), content);
  }
  return feed;
}

/** A → B leaving in the minute from `depart` on. */
function matrix(feed: string, depart: string, inputs = folder.path) {
  const points = join(inputs, 'p.csv');
  const { exitCode, stdout, stderr } = runCli([
    ...['matrix', '--mode', 'transit', '--osm', join(inputs, 'in.osm'), '--gtfs', feed],
    ...['--from', points, '--to', points, '--date', '2026-10-06', '--depart', depart, '--window', '1'],
    ...['--min-island', '0', '--no-cache'],
  ]);
  const row =
    exitCode === 0
      ? parsePlainCsv(stdout).find(({ from_id, to_id }) => from_id === 'a' && to_id === 'b')
      : undefined;
  return { exitCode, stderr, duration: row?.duration_s === undefined ? undefined : Number(row.duration_s) };
}

beforeAll(() => {
  mkdirSync(folder.path, { recursive: true });
  const nodes = Object.values(LON).map((lon, i) => ({ id: i + 1, lon, lat: LAT }));
  const road = { id: 1, refs: [1, 2, 3, 4], tags: { highway: 'residential' } };
  writeFileSync(path('in.osm'), encodeOsmXml({ nodes, ways: [road], relations: [] }));
  const points = Object.entries(LON).map(([id, lon]) => `${id.toLowerCase()},${lon},${LAT}`);
  writeFileSync(path('p.csv'), `id,lon,lat\n${points.join('\n')}\n`);
});
afterAll(folder.remove);

describe('an odd feed gives the times that it means', () => {
  it.each<[string, Tables, string, number]>([
    ['a sound feed', {}, '09:00', 1140],
    ['an empty calendar beside dates', { 'calendar.txt': '', 'calendar_dates.txt': DATES }, '09:00', 1140],
    ['empty dates beside a calendar', { 'calendar_dates.txt': '\r\n \r\n' }, '09:00', 1140],
    ['an empty table of routes', { 'routes.txt': '' }, '09:00', 1140],
    [
      'whole numbers as decimals in the calendar',
      { 'calendar.txt': DAILY.replaceAll(',1', ',1.0') },
      '09:00',
      1140,
    ],
    [
      'a sequence of decimals, out of order',
      {
        'stop_times.txt': `${CALLS_HEADER}t1,09:30:00,09:30:00,C,3.0\nt1,09:10:00,09:10:00,A,1.0\nt1,09:20:00,09:20:00,B,2.0\n`,
      },
      '09:00',
      1140,
    ],
    [
      "yesterday's trip past midnight, and nothing else",
      {
        'calendar.txt': MONDAYS,
        'stop_times.txt': `${CALLS_HEADER}t1,25:10:00,25:10:00,A,1\nt1,25:20:00,25:20:00,B,2\n`,
      },
      '01:00',
      1140,
    ],
    [
      'exact frequencies as decimals',
      { 'frequencies.txt': `${FREQUENCIES_HEADER}t1,08:00:00,10:00:00,600.0,1.0\n` },
      '09:08',
      SLACK + RIDE,
    ],
    [
      'half-hourly, one period',
      { 'stop_times.txt': PATTERN, 'frequencies.txt': `${FREQUENCIES_HEADER}t1,06:00:00,12:00:00,1800,0\n` },
      '09:44',
      SLACK + 900 + RIDE,
    ],
    [
      'half-hourly, an hour at a time',
      {
        'stop_times.txt': PATTERN,
        'frequencies.txt': `${FREQUENCIES_HEADER}${['06', '07', '08', '09', '10', '11', '12']
          .slice(1)
          .map((hour, i) => `t1,${String(6 + i).padStart(2, '0')}:00:00,${hour}:00:00,1800,0\n`)
          .join('')}`,
      },
      '09:44',
      SLACK + 900 + RIDE,
    ],
    ['stops and stop times in UTF-16', utf16Tables(), '09:00', 1140],
  ])('%s', (_, tables, depart, seconds) => {
    const { exitCode, duration, stderr } = matrix(writeFeed(tables), depart);
    expect([exitCode, duration, stderr]).toEqual([0, seconds, expect.any(String)]);
  });

  it('says that only trips of the day before run', () => {
    const feed = writeFeed({
      'calendar.txt': MONDAYS,
      'stop_times.txt': `${CALLS_HEADER}t1,25:10:00,25:10:00,A,1\nt1,25:20:00,25:20:00,B,2\n`,
    });
    expect(matrix(feed, '01:00').stderr).toContain('0 trips on the day, 1 of the day before past midnight');
  });

  it('names a feed of nothing but service on demand', () => {
    const feed = writeFeed({
      'stops.txt': undefined,
      'stop_times.txt': 'trip_id,location_id,stop_sequence,start_pickup_drop_off_window\nt1,z,1,08:00:00\n',
      'locations.geojson': '{"type":"FeatureCollection","features":[{"id":"z"}]}',
    });
    const { exitCode, stderr } = matrix(feed, '09:00');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('holds on-demand service only');
    expect(stderr).toContain('leave it out');
  });
});

function utf16Tables(): Tables {
  const bigEndian = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return {
    'stops.txt': bigEndian(SOUND['stops.txt'] as string),
    'stop_times.txt': bigEndian(MORNING),
    'calendar.txt': Buffer.from(`\ufeff${DAILY}`, 'utf16le'),
  };
}

const faults = realData('faults');
describe.skipIf(faults === undefined)('the inputs on which it was found', () => {
  it.each<[string, string, string, number]>([
    ['31-empty-calendar', 'gtfs', '09:00', 1140],
    ['31-empty-calendar', 'gtfs-cd-empty', '09:00', 1140],
    ['31-empty-calendar', 'gtfs-routes-empty', '09:00', 1140],
    ['32-after-midnight', 'gtfs', '01:00', 1140],
    ['38-integers-as-decimals', 'calendar', '09:00', 1140],
    ['38-integers-as-decimals', 'exception', '09:00', 1140],
    ['38-integers-as-decimals', 'sequence', '09:00', 1140],
    ['38-integers-as-decimals', 'exact', '09:08', 660],
    ['38-integers-as-decimals', 'exact-ok', '09:08', 660],
    ['44-frequencies-split', 'one', '09:44', 1560],
    ['44-frequencies-split', 'hourly', '09:44', 1560],
  ])('%s/%s', (fault, feed, depart, seconds) => {
    const inputs = join(faults!, fault);
    expect(matrix(join(inputs, feed), depart, inputs).duration).toBe(seconds);
  });
});
