/**
 * What the GTFS reader produces: one feed as parallel arrays, checked, with ids resolved to positions and
 * blank times filled. Types only. Positions are local to the feed; `feedIndex` keeps feeds apart whose ids
 * collide. Times are seconds since the service day's start (noon minus 12 h) and may exceed 86 400.
 * Specification: https://gtfs.org/documentation/schedule/reference/
 */

/** Bits of `rulesOfCall`. */
export const PICKUP = 1;
export const DROP_OFF = 2;

export interface GtfsStops {
  count: number;
  id: string[];
  name: string[];
  /** Degrees; NaN where the feed gives no usable position. */
  lon: Float64Array;
  lat: Float64Array;
  /** 0 stop or platform, 1 station, 2 entrance, 3 generic node, 4 boarding area. */
  locationType: Uint8Array;
  /** stop -> its station (the topmost parent), or -1. */
  station: Int32Array;
}

export interface GtfsRoutes {
  count: number;
  id: string[];
  shortName: string[];
  longName: string[];
  /** GTFS route_type (3 = bus, extended types kept). */
  type: Int32Array;
}

/** When services run: weekday pattern between two days, plus added days, minus removed days. */
export interface GtfsServices {
  count: number;
  id: string[];
  /** Bit 0 Monday … bit 6 Sunday. */
  weekdays: Uint8Array;
  /** First and last day of the pattern (days since 1970-01-01); last < first where there is none. */
  firstDay: Int32Array;
  lastDay: Int32Array;
  /** service -> days added and removed by calendar_dates.txt, ascending. */
  addedDays: ReadonlyArray<readonly number[]>;
  removedDays: ReadonlyArray<readonly number[]>;
}

export interface GtfsTrips {
  count: number;
  id: string[];
  headsign: string[];
  route: Uint32Array;
  /** trip -> service, or -1 where the feed does not know it (the trip never runs). */
  service: Int32Array;
  /** trip -> block (dense number), or -1. */
  block: Int32Array;
  /** trip -> its first call; length count + 1. A trip that cannot run has no call. */
  firstCall: Uint32Array;
}

/** Calls (rows of stop_times.txt), by trip and in the order of the trip. */
export interface GtfsCalls {
  count: number;
  stop: Uint32Array;
  /** Seconds; arrival <= departure, never decreasing along a trip; blank times are filled. */
  arrival: Int32Array;
  departure: Int32Array;
  /** PICKUP | DROP_OFF, scheduled only: on-demand pickups (types 2 and 3) are not set. */
  rules: Uint8Array;
}

export interface GtfsFrequency {
  trip: number;
  startSeconds: number;
  endSeconds: number;
  headwaySeconds: number;
  /** True: a timetable of departures; false: "every so often". */
  exact: boolean;
}

/** A row of transfers.txt, stations not yet expanded to their platforms. */
export interface GtfsTransfer {
  fromStop: number;
  toStop: number;
  /** 0 recommended, 1 timed, 2 minimum time, 3 not possible. */
  type: number;
  minSeconds: number;
}

/** transfers.txt types 4 (stay seated) and 5 (not so). */
export interface GtfsTripLink {
  fromTrip: number;
  toTrip: number;
  staySeated: boolean;
}

/** Service that runs only when booked; never part of the timetable. */
export interface GtfsOnDemand {
  /** Trips with at least one row that is booked by phone or with the driver, or flexible in place or time. */
  tripCount: number;
  /** Rows of stop_times.txt with pickup or drop-off type 2 or 3, or with a zone or time window. */
  rowCount: number;
  /** Rows of booking_rules.txt; features of locations.geojson. */
  bookingRuleCount: number;
  zoneCount: number;
  /** Set where all of the feed is on demand: its trips have times, but none can be boarded unbooked. */
  isOnly?: true;
}

export interface GtfsFeed {
  feedIndex: number;
  /** File name as given, for messages. */
  name: string;
  /** IANA time zone of the agency, or undefined if unknown. */
  timeZone: string | undefined;
  /** Each once, in the order of agency.txt. */
  agencyNames: readonly string[];
  publisherName: string | undefined;
  stops: GtfsStops;
  routes: GtfsRoutes;
  services: GtfsServices;
  trips: GtfsTrips;
  calls: GtfsCalls;
  frequencies: readonly GtfsFrequency[];
  transfers: readonly GtfsTransfer[];
  tripLinks: readonly GtfsTripLink[];
  onDemand: GtfsOnDemand;
}
