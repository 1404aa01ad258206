/**
 * The feed of the département: a railway, six coach lines, one of which is for pupils only, and a service on
 * demand. Coaches run on the drawn roads, trains along the drawn line; the station of the prefecture is the hub.
 */
import { type BusPath, BusRoads } from './bus-roads.ts';
import {
  COACH_LINES,
  type CoachLine,
  DAY_KINDS,
  type DayKind,
  type Departures,
  GARE_AUBRELLE,
  GARE_MONTFLEURET,
  THROUGH_COACH,
  TRAINS,
} from './coach-lines.ts';
import { distance } from './geometry.ts';
import { type Call, GtfsTables, parseTime } from './gtfs-tables.ts';
import type { CountryMap } from './map.ts';
import type { Station } from './stations.ts';
import { RAILWAY, toGround } from './terrain.ts';

const TRAIN_KPH = 80;
const TRAIN_STOP_SECONDS = 60;
const RAIL = 2;
const BUS = 3;
/** Minutes to change within the hub, and between trains and the coaches on its forecourt. */
const HUB_SECONDS = 180;
const TRAIN_TO_COACH_SECONDS = 240;
const BLOCK_ID = '1';

/** Weekdays from Monday; service 7 runs on the days that calendar_dates.txt adds only. */
const WEEKDAYS: Readonly<Record<DayKind, string | undefined>> = {
  week: '1111100',
  saturday: '0000010',
  sunday: '0000001',
  schoolMorning: '1111100',
  schoolEvening: '1101100',
  schoolWednesday: '0010000',
  holidays: undefined,
};
/** Weekdays of the autumn holidays of 2026, Monday to Friday; 11 November is a Wednesday. */
const HOLIDAY_WEEKS = [19, 26].map((monday) => [0, 1, 2, 3, 4].map((day) => `202610${monday + day}`));
const ARMISTICE = '20261111';

export function drawRegionalTimetable(map: CountryMap): Promise<Buffer> {
  const tables = new GtfsTables('2026-09');
  const trainAgency = tables.addAgency("Trains du Val-d'Exemple");
  const coachAgency = tables.addAgency("Cars du Val-d'Exemple");
  const services = addServices(tables);
  const stops = new RegionalStops(tables, map);
  for (const line of COACH_LINES) addLine(tables, line, coachAgency, services, stops);
  addTrains(tables, trainAgency, services, stops, map.stations);
  addTransfers(tables, stops);
  return tables.toZip();
}

type Services = Record<DayKind, string>;

function addServices(tables: GtfsTables): Services {
  const entries = DAY_KINDS.map((kind, index) => {
    const weekdays = WEEKDAYS[kind];
    return [kind, weekdays === undefined ? String(index + 1) : tables.addService(weekdays)] as const;
  });
  const services = Object.fromEntries(entries) as Services;
  for (const week of HOLIDAY_WEEKS) {
    week.forEach((date, day) => {
      tables.addException(services.schoolMorning, date, 'removed');
      tables.addException(day === 2 ? services.schoolWednesday : services.schoolEvening, date, 'removed');
      tables.addException(services.holidays, date, 'added');
    });
  }
  for (const kind of ['week', 'schoolMorning', 'schoolWednesday'] as const)
    tables.addException(services[kind], ARMISTICE, 'removed');
  tables.addException(services.sunday, ARMISTICE, 'added');
  return services;
}

interface StationIds {
  station: string;
  eastbound: string;
  westbound: string;
}

/** Stations with platforms and quays, and one stop per chef-lieu, as lines ask for them. */
class RegionalStops {
  readonly roads: BusRoads;
  readonly stations = new Map<string, StationIds>();
  private readonly stopOfKey = new Map<string, { id: string; node: number }>();
  private readonly quayCount = new Map<string, number>();

  constructor(
    private readonly tables: GtfsTables,
    private readonly map: CountryMap,
  ) {
    this.roads = new BusRoads(map.drawing);
    for (const station of map.stations) this.addStation(station);
  }

  /** The stop of a line at a chef-lieu, or its own quay on a forecourt. */
  getStop(name: string, line: string): { id: string; node: number } {
    const isQuay = this.stations.has(name);
    const key = isQuay ? `${name}, ${line}` : name;
    let stop = this.stopOfKey.get(key);
    if (stop === undefined) {
      stop = isQuay ? this.addQuay(name) : this.addVillageStop(name);
      this.stopOfKey.set(key, stop);
    }
    return stop;
  }

  private addStation({ name, at, platforms }: Station): void {
    const isHub = name === GARE_AUBRELLE;
    const station = this.tables.addStop(isHub ? `Pôle d'échanges ${name}` : name, at, { type: 1 });
    const platform = (code: string, point: Station['at']): string =>
      this.tables.addStop(`${name}, voie ${code}`, point, { parent: station, code });
    this.stations.set(name, {
      station,
      eastbound: platform('1', platforms.eastbound),
      westbound: platform('2', platforms.westbound),
    });
    if (isHub) this.tables.addStop(`${name}, entrée principale`, at, { type: 2, parent: station });
  }

  private addQuay(name: string): { id: string; node: number } {
    const station = this.map.stations.find((other) => other.name === name)!;
    const number = (this.quayCount.get(name) ?? 0) + 1;
    this.quayCount.set(name, number);
    const at = station.quays[number - 1];
    const parent = this.stations.get(name)!.station;
    const code = String.fromCharCode(64 + number);
    const id = this.tables.addStop(`${name}, quai ${code}`, at, { parent, code });
    return { id, node: this.roads.findNearest(at) };
  }

  private addVillageStop(name: string): { id: string; node: number } {
    const town = this.map.towns.find(({ place }) => place.name === name);
    if (town === undefined) throw new Error(`no place named ${name}`);
    const node = this.roads.findNearest(town.corners[town.hub].at);
    const label = town.place.kind === 'town' ? `${name}, Centre` : `${name}, Mairie`;
    return { id: this.tables.addStop(label, this.roads.points[node]), node };
  }
}

function addLine(
  tables: GtfsTables,
  line: CoachLine,
  agency: string,
  services: Services,
  stops: RegionalStops,
): void {
  const route = tables.addRoute(agency, line.number, line.name, BUS, line.color);
  const bookingRule = line.onDemand ? addBookingRule(tables) : undefined;
  for (const direction of [0, 1] as const) {
    const names = direction === 0 ? [...line.stops] : [...line.stops].reverse();
    const at = names.map((name) => stops.getStop(name, line.number));
    const path = stops.roads.findPath(at.map(({ node }) => node));
    const positions = positionsAlong(
      path,
      at.map(({ node }) => node),
    );
    const minutes = wholeMinutes(positions.map((position) => path.seconds[position]));
    const shape =
      line.timepoints === undefined
        ? undefined
        : tables.addShape(
            path.nodes.map((node) => stops.roads.points[node]),
            path.meters,
          );
    const calls = (start: number): Call[] =>
      names.map((name, i) => {
        const time = start + 60 * minutes[i];
        const isTimed =
          line.timepoints === undefined ||
          i === 0 ||
          i === names.length - 1 ||
          line.timepoints.includes(name);
        return {
          stop: at[i].id,
          ...(isTimed ? { arrival: time, departure: time } : {}),
          ...(shape === undefined ? {} : { shapeMeters: Math.round(path.meters[positions[i]]) }),
          ...(name === line.townStop ? (direction === 0 ? { dropOff: 1 } : { pickup: 1 }) : {}),
          ...(bookingRule === undefined ? {} : { pickup: 2, dropOff: 2, bookingRule }),
        };
      });
    for (const [kind, departure] of departuresOf(direction === 0 ? line.out : line.back)) {
      tables.addTrip({
        route,
        service: services[kind],
        headsign: names[names.length - 1],
        direction,
        ...(isThroughCoach(line, direction, kind, departure) ? { block: BLOCK_ID } : {}),
        ...(shape === undefined ? {} : { shape }),
        calls: calls(parseTime(departure)),
      });
    }
  }
}

/** The first of the pair comes in to the hub, the second goes out from it. */
function isThroughCoach(line: CoachLine, direction: 0 | 1, kind: DayKind, departure: string): boolean {
  const part = direction === 1 ? THROUGH_COACH.before : THROUGH_COACH.after;
  return kind === 'week' && line.number === part.line && departure === part.departure;
}

function addBookingRule(tables: GtfsTables): string {
  tables.add('booking_rules', [
    '1',
    1,
    120,
    'Réservation au plus tard 2 h avant le départ',
    '00 00 00 00 00',
  ]);
  return '1';
}

function departuresOf(departures: Departures): Array<[DayKind, string]> {
  return DAY_KINDS.flatMap((kind) =>
    (departures[kind] ?? '')
      .split(' ')
      .filter((time) => time !== '')
      .map((time): [DayKind, string] => [kind, time]),
  );
}

/** Where a path passes the nodes, one after the other. */
export function positionsAlong(path: BusPath, nodes: readonly number[]): number[] {
  let from = 0;
  return nodes.map((node) => {
    const position = path.nodes.indexOf(node, from);
    if (position === -1) throw new Error('the path leaves out a stop');
    from = position;
    return position;
  });
}

/** Minutes from the start, each later than the one before. */
function wholeMinutes(seconds: readonly number[]): number[] {
  const minutes: number[] = [];
  for (const value of seconds) {
    const before = minutes.length === 0 ? -1 : minutes[minutes.length - 1];
    minutes.push(Math.max(before + 1, Math.round(value / 60)));
  }
  return minutes;
}

function addTrains(
  tables: GtfsTables,
  agency: string,
  services: Services,
  stops: RegionalStops,
  stations: readonly Station[],
): void {
  const route = tables.addRoute(agency, 'R1', 'Varzolles – Aubrelle – Montfleuret', RAIL, '003049');
  for (const direction of [0, 1] as const) {
    const inOrder = direction === 0 ? [...stations] : [...stations].reverse();
    const runs = inOrder.slice(1).map((station, i) => {
      const seconds = (railMeters(inOrder[i], station) / TRAIN_KPH) * 3.6;
      return Math.max(60, Math.round((seconds - TRAIN_STOP_SECONDS) / 30) * 30);
    });
    const track = direction === 0 ? 'eastbound' : 'westbound';
    for (const [kind, departure] of departuresOf(TRAINS[track])) {
      let time = parseTime(departure);
      const calls = inOrder.map(({ name }, i): Call => {
        const arrival = i === 0 ? time : time + runs[i - 1];
        const isEnd = i === 0 || i === inOrder.length - 1;
        time = isEnd ? arrival : arrival + TRAIN_STOP_SECONDS;
        return { stop: stops.stations.get(name)![track], arrival, departure: time };
      });
      const headsign = inOrder[inOrder.length - 1].name;
      tables.addTrip({ route, service: services[kind], headsign, direction, calls });
    }
  }
}

/** Metres of ground along the line. */
function railMeters(a: Station, b: Station): number {
  const [from, to] = [Math.min(a.meters, b.meters), Math.max(a.meters, b.meters)];
  let along = 0;
  let meters = 0;
  for (let i = 1; i < RAILWAY.length; i++) {
    const length = distance(RAILWAY[i - 1], RAILWAY[i]);
    const share = (Math.min(to, along + length) - Math.max(from, along)) / length;
    if (share > 0) meters += share * distance(toGround(RAILWAY[i - 1]), toGround(RAILWAY[i]));
    along += length;
  }
  return meters;
}

function addTransfers(tables: GtfsTables, stops: RegionalStops): void {
  const hub = stops.stations.get(GARE_AUBRELLE)!;
  const other = stops.stations.get(GARE_MONTFLEURET)!;
  tables.add('transfers', [hub.station, hub.station, 2, HUB_SECONDS]);
  tables.add('transfers', [other.station, other.station, 2, HUB_SECONDS]);
  for (const line of ['101', '102', '103', '104']) {
    const quay = stops.getStop(GARE_AUBRELLE, line).id;
    for (const platform of [hub.eastbound, hub.westbound]) {
      tables.add('transfers', [platform, quay, 2, TRAIN_TO_COACH_SECONDS]);
      tables.add('transfers', [quay, platform, 2, TRAIN_TO_COACH_SECONDS]);
    }
  }
  // The coach to the valley waits for the one from the north.
  const [from, to] = ['101', '103'].map((line) => stops.getStop(GARE_AUBRELLE, line).id);
  tables.add('transfers', [from, to, 1, '']);
}
