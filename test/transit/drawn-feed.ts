/** Feeds drawn in a test: stops with a position, trips as lists of calls; every trip runs every day unless said. */
import { findDay } from '../../src/common/days.ts';
import { DROP_OFF, type GtfsFeed, type GtfsFrequency, PICKUP } from '../../src/read/gtfs/gtfs-feed.ts';

/** Stop, arrival, departure (default the arrival), rules (default pickup and drop-off); seconds. */
export type DrawnCall = [stop: string, arrival: number, departure?: number, rules?: number];

export interface DrawnTrip {
  id: string;
  calls: DrawnCall[];
  route?: string;
  service?: string;
  block?: number;
}

export interface DrawnService {
  /** Bit 0 Monday; default every day. */
  weekdays?: number;
  first?: string;
  last?: string;
  added?: string[];
  removed?: string[];
}

export interface DrawnFeed {
  name?: string;
  timeZone?: string;
  /** Stop -> lon, lat, and the station it stands in. */
  stops: Record<string, [lon: number, lat: number, station?: string]>;
  trips: DrawnTrip[];
  services?: Record<string, DrawnService>;
  frequencies?: Array<Omit<GtfsFrequency, 'trip'> & { trip: string }>;
  transfers?: Array<[from: string, to: string, type: number, minSeconds?: number]>;
  tripLinks?: Array<[from: string, to: string, staySeated: boolean]>;
}

const BOTH = PICKUP | DROP_OFF;

export function drawFeed(drawn: DrawnFeed, feedIndex = 0): GtfsFeed {
  const stopIds = Object.keys(drawn.stops);
  const stations = new Set(stopIds.map((id) => drawn.stops[id]![2]).filter((id) => id !== undefined));
  const services: Record<string, DrawnService> = drawn.services ?? { daily: {} };
  const serviceIds = Object.keys(services);
  const routeIds = [...new Set(drawn.trips.map((trip) => trip.route ?? 'line'))];
  const tripIds = drawn.trips.map((trip) => trip.id);
  const calls = drawn.trips.flatMap((trip) => trip.calls);
  const firstCall = new Uint32Array(drawn.trips.length + 1);
  drawn.trips.forEach((trip, index) => {
    firstCall[index + 1] = firstCall[index]! + trip.calls.length;
  });
  const day = (text: string): number => findDay(text) ?? Number.NaN;
  const days = (list: string[] | undefined): number[] => (list ?? []).map(day);
  return {
    feedIndex,
    name: drawn.name ?? 'drawn.zip',
    timeZone: drawn.timeZone,
    agencyNames: [],
    publisherName: undefined,
    stops: {
      count: stopIds.length,
      id: stopIds,
      name: stopIds,
      lon: Float64Array.from(stopIds, (id) => drawn.stops[id]![0]),
      lat: Float64Array.from(stopIds, (id) => drawn.stops[id]![1]),
      locationType: Uint8Array.from(stopIds, (id) => (stations.has(id) ? 1 : 0)),
      station: Int32Array.from(stopIds, (id) => stopIds.indexOf(drawn.stops[id]![2] ?? '')),
    },
    routes: {
      count: routeIds.length,
      id: routeIds,
      shortName: routeIds,
      longName: routeIds,
      type: new Int32Array(routeIds.length).fill(3),
    },
    services: {
      count: serviceIds.length,
      id: serviceIds,
      weekdays: Uint8Array.from(serviceIds, (id) => services[id]!.weekdays ?? 127),
      firstDay: Int32Array.from(serviceIds, (id) => day(services[id]!.first ?? '2026-01-01')),
      lastDay: Int32Array.from(serviceIds, (id) => day(services[id]!.last ?? '2026-12-31')),
      addedDays: serviceIds.map((id) => days(services[id]!.added)),
      removedDays: serviceIds.map((id) => days(services[id]!.removed)),
    },
    trips: {
      count: drawn.trips.length,
      id: tripIds,
      headsign: tripIds.map(() => ''),
      route: Uint32Array.from(drawn.trips, (trip) => routeIds.indexOf(trip.route ?? 'line')),
      service: Int32Array.from(drawn.trips, (trip) => serviceIds.indexOf(trip.service ?? serviceIds[0]!)),
      block: Int32Array.from(drawn.trips, (trip) => trip.block ?? -1),
      firstCall,
    },
    calls: {
      count: calls.length,
      stop: Uint32Array.from(calls, ([stop]) => stopIds.indexOf(stop)),
      arrival: Int32Array.from(calls, ([, arrival]) => arrival),
      departure: Int32Array.from(calls, ([, arrival, departure]) => departure ?? arrival),
      rules: Uint8Array.from(calls, ([, , , rules]) => rules ?? BOTH),
    },
    frequencies: (drawn.frequencies ?? []).map((row) => ({ ...row, trip: tripIds.indexOf(row.trip) })),
    transfers: (drawn.transfers ?? []).map(([from, to, type, minSeconds]) => ({
      fromStop: stopIds.indexOf(from),
      toStop: stopIds.indexOf(to),
      type,
      minSeconds: minSeconds ?? 0,
    })),
    tripLinks: (drawn.tripLinks ?? []).map(([from, to, staySeated]) => ({
      fromTrip: tripIds.indexOf(from),
      toTrip: tripIds.indexOf(to),
      staySeated,
    })),
    onDemand: { tripCount: 0, rowCount: 0, bookingRuleCount: 0, zoneCount: 0 },
  };
}
