/** `maillage matrix --mode transit` through the built program, with expected times derived from the timetable. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { RIDE_SECONDS, STOP_EAST, STOP_WEST, smallFeedTables, zipSmallFeed } from './small-feed.ts';
import { roadsPbf } from './small-study.ts';

const SLACK = 60;
const folder = temporaryFolder();
const path = (name: string) => join(folder.path, name);
const clock = (time: string) => {
  const [hours, minutes, seconds = 0] = time.split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + seconds;
};

function matrix(...options: string[]) {
  const inputs = ['--osm', path('roads.osm.pbf'), '--from', path('from.csv'), '--to', path('to.csv')];
  return runCli(['matrix', ...inputs, '--no-cache', ...options]);
}
const transit = (...options: string[]) =>
  matrix('--mode', 'transit', '--gtfs', path('bus.zip'), '--date', '2026-10-06', ...options);
const rows = (...options: string[]) => parsePlainCsv(transit('--quiet', ...options).stdout);

beforeAll(async () => {
  writeFileSync(path('roads.osm.pbf'), roadsPbf());
  // At the stops: no access, no egress; and a place in the middle, half-way.
  writeFileSync(path('from.csv'), `id,lon,lat\nwest,${STOP_WEST.lon},${STOP_WEST.lat}\n`);
  writeFileSync(path('to.csv'), `id,lon,lat\neast,${STOP_EAST.lon},${STOP_EAST.lat}\n`);
  writeFileSync(path('bus.zip'), await zipSmallFeed({ departures: ['09:10', '09:40'] }));
});
afterAll(folder.remove);

describe('maillage matrix --mode transit', () => {
  it('gives the best time of the window, the median over leaving times, when to leave, and the changes', () => {
    const [row] = rows('--depart', '09:00', '--window', '60');
    expect(Object.keys(row!)).toEqual([
      'from_id',
      'to_id',
      'duration_s',
      'distance_m',
      'p50_s',
      'departure',
      'transfers',
    ]);
    // Leaving at x one arrives with the first bus that leaves a slack after x; from 09:39 on, one walks. A time
    // of at most m minutes is had by those who leave m - 6 minutes before 09:09 (at most 9) and 09:39 (at most 30).
    const ride = (SLACK + RIDE_SECONDS) / 60;
    const median = 60 / 2 - 9 + ride;
    expect(median - ride).toBeGreaterThan(9);
    expect(row).toEqual({
      from_id: 'west',
      to_id: 'east',
      duration_s: String(SLACK + RIDE_SECONDS),
      distance_m: '',
      p50_s: String(60 * median),
      departure: '09:09:00',
      transfers: '0',
    });
  });

  it('walks where no bus comes, and says so by an empty departure', () => {
    const [row] = rows('--depart', '11:00', '--window', '60');
    const [walk] = parsePlainCsv(matrix('--mode', 'walk', '--quiet').stdout);
    expect([row!.duration_s, row!.p50_s, row!.departure, row!.transfers]).toEqual([
      walk!.duration_s,
      walk!.duration_s,
      '',
      '0',
    ]);
  });

  it('leaves empty what is not reached within the cutoff', () => {
    const [row] = rows('--depart', '11:00', '--window', '60', '--cutoff', '5');
    expect([row!.duration_s, row!.p50_s, row!.transfers]).toEqual(['', '', '']);
  });

  it('takes the most usual day by itself, and prints it with what each feed covers', () => {
    const { stderr, exitCode } = matrix('--mode', 'transit', '--gtfs', path('bus.zip'));
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/day: 2026-\d\d-\d\d \(ordinary Tuesday with 2 trips/);
    expect(stderr).toContain('bus.zip: 2026-09-01 to 2026-12-18, 2 trips on the day');
  });

  it('refuses a day without trips, naming the days covered and one that is comparable', () => {
    const { stderr, exitCode } = matrix(
      '--mode',
      'transit',
      '--gtfs',
      path('bus.zip'),
      '--date',
      '2027-03-02',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'no trip runs on 2027-03-02 (Tuesday): bus.zip runs from 2026-09-01 to 2026-12-18',
    );
    expect(stderr).toMatch(/such as 2026-\d\d-\d\d \(Tuesday\), or to auto/);
  });

  it.each([
    ['no timetable', ['--mode', 'transit'], 'the mode transit needs timetables'],
    ['a timetable for a street mode', ['--mode', 'car', '--gtfs', 'x.zip'], 'takes no timetables'],
    [
      'a feed that is not there',
      ['--mode', 'transit', '--gtfs', 'x.zip'],
      'x.zip: the file cannot be opened',
    ],
    ['a time that is none', ['--mode', 'transit', '--gtfs', 'x.zip', '--depart', '9h'], 'A time of day'],
  ])('refuses %s', (_, options, message) => {
    const { stderr, exitCode } = matrix(...options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses timetables of another place instead of walking in silence', async () => {
    const elsewhere = { 'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nW,a,43.6,1.4\nE,b,43.7,1.4\n' };
    writeFileSync(path('far.zip'), await zipSmallFeed({ departures: ['09:10'], tables: elsewhere }));
    const { stderr, exitCode } = matrix(
      '--mode',
      'transit',
      '--gtfs',
      path('far.zip'),
      '--date',
      '2026-10-06',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('none of the 2 stops served on 2026-10-06 is in walking distance');
  });

  it('reads a feed that is a folder as it reads the zip', () => {
    mkdirSync(path('feed'), { recursive: true });
    for (const [name, text] of Object.entries(smallFeedTables({ departures: ['09:10', '09:40'] }))) {
      writeFileSync(join(path('feed'), name), text);
    }
    const { stdout } = matrix('--mode', 'transit', '--gtfs', path('feed'), '--date', '2026-10-06', '--quiet');
    expect(parsePlainCsv(stdout)).toEqual(rows());
  });

  it('gives the same from the cache', () => {
    const options = ['--mode', 'transit', '--gtfs', path('bus.zip'), '--date', '2026-10-06', '--quiet'];
    const inputs = ['--osm', path('roads.osm.pbf'), '--from', path('from.csv'), '--to', path('to.csv')];
    const cached = () => runCli(['matrix', ...inputs, ...options, '--cache', path('cache')]).stdout;
    const first = cached();
    expect(first).toContain('west,east');
    expect(cached()).toBe(first);
  });

  it('never runs backwards: later departures, longer windows and shorter walks only lose', () => {
    const best = (...options: string[]) => Number(rows(...options)[0]!.duration_s);
    expect(best('--depart', '09:00', '--window', '90')).toBeLessThanOrEqual(
      best('--depart', '09:00', '--window', '5'),
    );
    expect(clock(rows('--depart', '09:00')[0]!.departure!)).toBeGreaterThanOrEqual(clock('09:00'));
  });
});

const addison = realData('addison/addison.osm.gz');
describe.skipIf(addison === undefined)(
  `Addison, whose times are mostly blank (${addison ?? NO_REAL_DATA})`,
  () => {
    it('spreads the time between two timed stops by the distance of the shape', () => {
      // The loop to Bristol leaves Merchant's Row at 09:00 and Exchange Street (1.153 of its shape) at 09:03; its
      // next time is 09:30 at Bristol Town Green (14.656). Woodland Drive, at 12.288, has none.
      const between = (12.28768172 - 1.15348003) / (14.65610917 - 1.15348003);
      const expected = SLACK + clock('09:03') - clock('09:00') + between * (clock('09:30') - clock('09:03'));
      writeFileSync(path('a.csv'), 'id,lon,lat\nrow,-73.167442,44.013815\n');
      writeFileSync(path('b.csv'), 'id,lon,lat\ndrive,-73.088091,44.128956\n');
      const { stdout, exitCode } = runCli([
        'matrix',
        ...['--osm', addison!, '--gtfs', realData('addison/addisoncounty-vt-us-gtfs.zip')!],
        ...['--from', path('a.csv'), '--to', path('b.csv'), '--mode', 'transit', '--date', '2016-10-18'],
        ...['--depart', '08:30', '--window', '30', '--no-cache', '--quiet'],
      ]);
      expect(exitCode).toBe(0);
      const [row] = parsePlainCsv(stdout);
      // Door and stop are one place, but may be linked to different sides of the street.
      expect(Number(row!.duration_s)).toBeGreaterThanOrEqual(Math.floor(expected));
      expect(Number(row!.duration_s)).toBeLessThan(expected + 60);
      expect(row!.departure).toMatch(/^08:5[89]:/);
    });
  },
);
