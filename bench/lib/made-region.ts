/**
 * A made-up region for benchmarks of transit: towns on a square mesh, each a grid of streets with stops, homes
 * and one structure; town buses on meandering lines, coaches between neighbouring towns. Seeded; the same
 * everywhere.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OsmNode, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { SeededRandom } from '../../scripts/lib/random.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';

export interface RegionSize {
  /** Towns along a side of the region. */
  townsPerSide: number;
  /** Streets along a side of a town. */
  streetsPerSide: number;
  stopsPerTown: number;
  homesPerTown: number;
  linesPerTown: number;
  stopsPerLine: number;
  tripsPerLine: number;
  coachTrips: number;
}

/** 20 000 stops, 2 million stop times a day, 200 000 homes. */
export const REGION: RegionSize = {
  townsPerSide: 14,
  streetsPerSide: 30,
  stopsPerTown: 102,
  homesPerTown: 1021,
  linesPerTown: 10,
  stopsPerLine: 20,
  tripsPerLine: 50,
  coachTrips: 10,
};

const WEST = 3;
const SOUTH = 46;
/** Degrees between towns (some 8 km) and between streets (some 90 m). */
const TOWN_STEP = 0.1;
const STREET_STEP = 0.0011;
const FIRST_DEPARTURE = 6 * 3600;
const SERVICE_SECONDS = 15 * 3600;
const SECONDS_PER_HOP = 100;
const COACH_SECONDS = 900;

export interface RegionFiles {
  study: string;
  stopCount: number;
  stopTimeCount: number;
  homeCount: number;
}

/** Writes roads, feed, homes, structures and the study into a folder. */
export function writeRegion(folder: string, size: RegionSize): RegionFiles {
  const random = new SeededRandom(71);
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const stops: string[] = ['stop_id,stop_name,stop_lat,stop_lon'];
  const homes: string[] = ['id,lon,lat,population'];
  const structures: string[] = ['id;nom;type;lon;lat'];
  const feed = new FeedWriter();
  const { townsPerSide, streetsPerSide } = size;
  const perTown = streetsPerSide * streetsPerSide;
  const nodeAt = (town: number, row: number, column: number) =>
    1 + town * perTown + row * streetsPerSide + column;
  const middle = streetsPerSide >> 1;
  for (let town = 0; town < townsPerSide * townsPerSide; town++) {
    const west = WEST + (town % townsPerSide) * TOWN_STEP;
    const south = SOUTH + Math.floor(town / townsPerSide) * TOWN_STEP * 0.7;
    const place = (row: number, column: number) =>
      [west + column * STREET_STEP, south + row * STREET_STEP * 0.7] as const;
    for (let row = 0; row < streetsPerSide; row++) {
      for (let column = 0; column < streetsPerSide; column++) {
        const [lon, lat] = place(row, column);
        nodes.push({ id: nodeAt(town, row, column), lon, lat });
      }
    }
    const along = Array.from({ length: streetsPerSide }, (_, i) => i);
    for (const line of along) {
      ways.push(
        street(
          ways.length,
          along.map((column) => nodeAt(town, line, column)),
        ),
      );
      ways.push(
        street(
          ways.length,
          along.map((row) => nodeAt(town, row, line)),
        ),
      );
    }
    for (let i = 0; i < size.stopsPerTown; i++) {
      const [lon, lat] = place(random.index(streetsPerSide), random.next() * (streetsPerSide - 1));
      stops.push(`${town}-${i},Stop ${town}-${i},${lat.toFixed(6)},${lon.toFixed(6)}`);
    }
    for (let i = 0; i < size.homesPerTown; i++) {
      const [lon, lat] = place(random.next() * (streetsPerSide - 1), random.next() * (streetsPerSide - 1));
      homes.push(`h${town}-${i},${lon.toFixed(6)},${lat.toFixed(6)},${1 + random.index(9)}`);
    }
    const [lon, lat] = place(random.index(streetsPerSide), random.index(streetsPerSide));
    structures.push(`s${town};Accueil ${town};ccas-cias;${lon.toFixed(6)};${lat.toFixed(6)}`);
    writeTownLines(feed, random, town, size);
    const isLastColumn = town % townsPerSide === townsPerSide - 1;
    for (const neighbour of [isLastColumn ? undefined : town + 1, town + townsPerSide]) {
      if (neighbour === undefined || neighbour >= townsPerSide * townsPerSide) continue;
      ways.push({
        id: ways.length + 1,
        refs: [nodeAt(town, middle, middle), nodeAt(neighbour, middle, middle)],
        tags: { highway: 'secondary' },
      });
      writeCoaches(feed, town, neighbour, size);
    }
  }
  const gtfs = join(folder, 'feed');
  mkdirSync(gtfs, { recursive: true });
  writeFileSync(join(folder, 'roads.osm.pbf'), encodePbf({ nodes, ways, relations: [] }));
  writeFileSync(join(gtfs, 'stops.txt'), `${stops.join('\n')}\n`);
  feed.write(gtfs);
  writeFileSync(join(folder, 'homes.csv'), `${homes.join('\n')}\n`);
  writeFileSync(join(folder, 'structures.csv'), `${structures.join('\n')}\n`);
  const study = join(folder, 'etude.yaml');
  writeFileSync(study, STUDY);
  return {
    study,
    stopCount: stops.length - 1,
    stopTimeCount: feed.stopTimeCount,
    homeCount: homes.length - 1,
  };
}

const STUDY = `name: Made-up region
date: 2026-10-06
fictional: true
modes: [transit]
roads: [roads.osm.pbf]
timetables: [feed]
population: [homes.csv]
structures: [structures.csv]
out: result
`;

function street(index: number, refs: number[]): OsmWay {
  return { id: index + 1, refs, tags: { highway: 'residential' } };
}

/** Lines that visit the town's stops in random order, both ways. */
function writeTownLines(feed: FeedWriter, random: SeededRandom, town: number, size: RegionSize): void {
  for (let line = 0; line < size.linesPerTown; line++) {
    const first = random.index(size.stopsPerTown);
    const route = `${town}-${line}`;
    const stops = Array.from(
      { length: size.stopsPerLine },
      (_, i) => `${town}-${(first + 7 * i) % size.stopsPerTown}`,
    );
    const headway = Math.floor(SERVICE_SECONDS / (size.tripsPerLine / 2));
    for (let trip = 0; trip < size.tripsPerLine / 2; trip++) {
      const start = FIRST_DEPARTURE + trip * headway + random.index(60);
      feed.addTrip(route, stops, start, SECONDS_PER_HOP);
      feed.addTrip(route, [...stops].reverse(), start + headway / 2, SECONDS_PER_HOP);
    }
  }
}

function writeCoaches(feed: FeedWriter, from: number, to: number, size: RegionSize): void {
  const headway = Math.floor(SERVICE_SECONDS / size.coachTrips);
  for (let trip = 0; trip < size.coachTrips; trip++) {
    const start = FIRST_DEPARTURE + trip * headway;
    feed.addTrip(`${from}-${to}`, [`${from}-0`, `${to}-0`], start, COACH_SECONDS);
    feed.addTrip(`${from}-${to}`, [`${to}-0`, `${from}-0`], start, COACH_SECONDS);
  }
}

/** Gathers trips and stop times as text. */
class FeedWriter {
  stopTimeCount = 0;
  private readonly routes = new Set<string>();
  private readonly trips: string[] = ['route_id,service_id,trip_id'];
  private readonly times: string[] = ['trip_id,arrival_time,departure_time,stop_id,stop_sequence'];

  addTrip(route: string, stops: readonly string[], start: number, hopSeconds: number): void {
    const trip = `T${this.trips.length}`;
    this.routes.add(route);
    this.trips.push(`${route},S,${trip}`);
    stops.forEach((stop, i) => {
      const time = formatTime(start + i * hopSeconds);
      this.times.push(`${trip},${time},${time},${stop},${i}`);
    });
    this.stopTimeCount += stops.length;
  }

  write(folder: string): void {
    const write = (name: string, lines: readonly string[]) =>
      writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    write('agency.txt', [
      'agency_id,agency_name,agency_url,agency_timezone',
      '1,Made up,http://x,Europe/Paris',
    ]);
    write('calendar.txt', [
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      'S,1,1,1,1,1,0,0,20260901,20261218',
    ]);
    write('routes.txt', [
      'route_id,route_short_name,route_long_name,route_type',
      ...[...this.routes].map((route) => `${route},${route},Line,3`),
    ]);
    write('trips.txt', this.trips);
    write('stop_times.txt', this.times);
  }
}

function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
