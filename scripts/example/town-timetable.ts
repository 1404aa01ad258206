/**
 * The feed of the prefecture's network: two lines that run every so often and two with fixed departures at
 * regular intervals, all given by frequencies.txt. Its ids are those of the département's feed, for other things.
 */
import { BusRoads } from './bus-roads.ts';
import type { DrawnWay } from './drawing.ts';
import { offsetPoint, type Point } from './geometry.ts';
import { formatTime, GtfsTables, parseTime } from './gtfs-tables.ts';
import type { CountryMap } from './map.ts';
import { positionsAlong } from './regional-timetable.ts';
import type { Town } from './towns.ts';

const TOWN = 'Aubrelle';
const BUS = 3;
/** Time of a bus that stops every few hundred metres, per time of a coach: 17 km/h in streets. */
const TOWN_BUS_PER_COACH = 30 / 17;
const STOP_SPACING_METERS = 340;
/** No stop within this of the end of a line, but the end itself. */
const LAST_SPACING_METERS = 220;
/** Of the network's quay on the forecourt, behind those of the coaches. */
const QUAY_INDEX = 4;

type Day = 'sunday' | 'saturday' | 'week';

/** From, until, minutes between buses. */
type Period = readonly [from: string, until: string, minutes: number];

interface TownLine {
  letter: string;
  name: string;
  color: string;
  /** 'gare', 'centre', a bearing in degrees (from east, anticlockwise) at the edge of the town, or a chef-lieu. */
  ends: ReadonlyArray<string | number>;
  isExact: boolean;
  periods: Partial<Record<Day, readonly Period[]>>;
}

const LINES: readonly TownLine[] = [
  {
    letter: 'A',
    name: 'Gare – Centre – Les Tanneurs',
    color: 'D62828',
    ends: ['gare', 'centre', 230],
    isExact: false,
    periods: {
      week: [
        ['06:00', '07:00', 20],
        ['07:00', '09:00', 10],
        ['09:00', '16:00', 12],
        ['16:00', '19:00', 10],
        ['19:00', '22:00', 20],
      ],
      saturday: [['07:00', '20:00', 15]],
      sunday: [['09:00', '19:00', 30]],
    },
  },
  {
    letter: 'B',
    name: 'Les Vignes – Centre – Les Prés',
    color: '1D3557',
    ends: [170, 'centre', 20],
    isExact: false,
    periods: { week: [['06:30', '19:30', 15]], saturday: [['08:00', '19:00', 20]] },
  },
  {
    letter: 'C',
    name: 'Gare – Centre – Sorbières',
    color: '2A9D8F',
    ends: ['gare', 'centre', 'Sorbières-sur-Lissonne'],
    isExact: true,
    periods: { week: [['06:30', '19:31', 30]], saturday: [['07:30', '18:31', 60]] },
  },
  {
    letter: 'D',
    name: 'Centre – Sainte-Orvenne',
    color: 'E9A000',
    ends: ['centre', 'Sainte-Orvenne'],
    isExact: true,
    periods: {
      week: [
        ['06:40', '08:41', 30],
        ['09:40', '15:41', 60],
        ['16:40', '18:41', 30],
      ],
    },
  },
];

/** Weekdays from Monday; in another order than in the département's feed. */
const WEEKDAYS: ReadonlyArray<readonly [Day, string]> = [
  ['sunday', '0000001'],
  ['saturday', '0000010'],
  ['week', '1111100'],
];
const ARMISTICE = '20261111';

export function drawTownTimetable(map: CountryMap): Promise<Buffer> {
  const tables = new GtfsTables('2026-09');
  const agency = tables.addAgency("Bus de l'agglomération d'Aubrelle");
  const services = Object.fromEntries(
    WEEKDAYS.map(([day, weekdays]) => [day, tables.addService(weekdays)]),
  ) as Record<Day, string>;
  tables.addException(services.week, ARMISTICE, 'removed');
  tables.addException(services.sunday, ARMISTICE, 'added');

  const roads = new BusRoads(map.drawing);
  const streetsOfNode = findStreets(map.drawing.ways);
  const stopOfNode = new Map<number, string>();
  const stopAt = (node: number): string => {
    let id = stopOfNode.get(node);
    if (id === undefined) {
      id = tables.addStop(nameStop(streetsOfNode.get(node)!), roads.points[node]);
      stopOfNode.set(node, id);
    }
    return id;
  };
  for (const line of LINES) {
    const route = tables.addRoute(agency, line.letter, line.name, BUS, line.color);
    const anchors = line.ends.map((end) => roads.findNearest(placeEnd(map, end)));
    const nodes = spreadStops(roads, anchors, (node) => streetsOfNode.has(node));
    for (const direction of [0, 1] as const) {
      const inOrder = direction === 0 ? nodes : [...nodes].reverse();
      const path = roads.findPath(inOrder);
      const seconds = positionsAlong(path, inOrder).map(
        (position) => Math.round((path.seconds[position] * TOWN_BUS_PER_COACH) / 10) * 10,
      );
      const names = line.name.split(' – ');
      for (const [day] of WEEKDAYS) {
        const periods = line.periods[day];
        if (periods === undefined) continue;
        const start = parseTime(periods[0][0]);
        const calls = inOrder.map((node, i) => {
          const time = start + seconds[i];
          return { stop: stopAt(node), arrival: time, departure: time };
        });
        const headsign = direction === 0 ? names[names.length - 1] : names[0];
        const trip = tables.addTrip({ route, service: services[day], headsign, direction, calls });
        for (const [from, until, minutes] of periods) {
          const times = [formatTime(parseTime(from)), formatTime(parseTime(until))];
          tables.add('frequencies', [trip, ...times, minutes * 60, line.isExact ? 1 : 0]);
        }
      }
    }
  }
  return tables.toZip();
}

function placeEnd({ towns, stations }: CountryMap, end: string | number): Point {
  const town = getTown(towns, TOWN);
  if (end === 'gare') return stations.find(({ name }) => name === "Gare d'Aubrelle")!.quays[QUAY_INDEX];
  if (end === 'centre') return town.corners[town.hub].at;
  if (typeof end === 'string') {
    const other = getTown(towns, end);
    return other.corners[other.hub].at;
  }
  const angle = (end / 180) * Math.PI;
  return offsetPoint(town.place.at, { x: Math.cos(angle), y: Math.sin(angle) }, town.radius * 0.9, 0);
}

function getTown(towns: readonly Town[], name: string): Town {
  const town = towns.find(({ place }) => place.name === name);
  if (town === undefined) throw new Error(`no place named ${name}`);
  return town;
}

/** The anchors, and between them stops in streets, some distance apart, where both directions pass. */
function spreadStops(
  roads: BusRoads,
  anchors: readonly number[],
  isInTown: (node: number) => boolean,
): number[] {
  const nodes = [anchors[0]];
  for (let leg = 1; leg < anchors.length; leg++) {
    const there = roads.findPath([anchors[leg - 1], anchors[leg]]);
    const back = new Set(roads.findPath([anchors[leg], anchors[leg - 1]]).nodes);
    const length = there.meters[there.meters.length - 1];
    let last = 0;
    there.nodes.forEach((node, i) => {
      const along = there.meters[i];
      if (along < last + STOP_SPACING_METERS || along > length - LAST_SPACING_METERS) return;
      if (!back.has(node) || !isInTown(node)) return;
      nodes.push(node);
      last = along;
    });
    nodes.push(anchors[leg]);
  }
  return nodes;
}

/** Names of the streets that meet at each node; none in the open country or on bridges. */
function findStreets(ways: readonly DrawnWay[]): Map<number, string[]> {
  const streets = new Map<number, string[]>();
  for (const { refs, tags } of ways) {
    const { highway, name, bridge } = tags;
    if (highway === undefined || name === undefined || bridge !== undefined) continue;
    for (const ref of refs) {
      const names = streets.get(ref);
      if (names === undefined) streets.set(ref, [name]);
      else if (!names.includes(name)) names.push(name);
    }
  }
  return streets;
}

function nameStop(streets: readonly string[]): string {
  return streets.slice(0, 2).join(' / ');
}
