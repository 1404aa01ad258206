/**
 * The timetable of one service day: types and the layout of its arrays. All arrays live in SharedArrayBuffers.
 *
 * - *stop*: a row of some feed's stops.txt; feeds follow each other, so equal ids of two feeds stay apart.
 * - *trip*: one vehicle run that a passenger can ride without getting off. Trips of one block that can be
 *   ridden through are joined into one trip here, so that no search needs to know about blocks.
 * - *call*: a trip at a stop, in the order of the trip; a trip's calls are contiguous.
 * - *connection*: from a call to the next call of its trip, named by its first call.
 * - *day trip*: a row of some feed's trips.txt that runs on the day; names legs.
 *
 * Times are seconds since the start of the service day, in the timetable's time zone; negative where
 * yesterday's trips still run, above 86 400 after midnight.
 */
/** Bits of `rulesOfCall`, as in the feed reader. */
export const PICKUP = 1;
export const DROP_OFF = 2;

export interface TimetableFeed {
  name: string;
  firstStop: number;
  stopCount: number;
  /** Trips that run on the day itself, yesterday's tail not counted. */
  activeTripCount: number;
  /** First and last day that the feed covers, `YYYY-MM-DD`. */
  first: string;
  last: string;
}

/** transfers.txt between platforms (stations expanded), types 0 to 3. */
export interface TransferRules {
  count: number;
  fromStop: Uint32Array;
  toStop: Uint32Array;
  type: Uint8Array;
  minSeconds: Int32Array;
}

/**
 * Services of frequencies.txt with exact_times=0: "every so often", so kept as a pattern. Their calls are
 * relative to the departure from the first stop.
 */
export interface HeadwayServices {
  count: number;
  /** service -> its first call; length count + 1. */
  firstCall: Uint32Array;
  stopOfCall: Uint32Array;
  arrivalOfCall: Int32Array;
  departureOfCall: Int32Array;
  rulesOfCall: Uint8Array;
  /** service -> day trip. */
  dayTrip: Uint32Array;
  /** service -> first departure, end of departures (excluded), headway: seconds. */
  startSeconds: Int32Array;
  endSeconds: Int32Array;
  headwaySeconds: Int32Array;
}

export interface Timetable {
  readonly date: string;
  readonly timeZone: string | undefined;
  readonly feeds: readonly TimetableFeed[];

  readonly stopCount: number;
  readonly stopIdOfStop: readonly string[];
  readonly nameOfStop: readonly string[];
  readonly feedOfStop: Uint16Array;
  /** stop -> degrees; NaN where unknown. */
  readonly lonOfStop: Float64Array;
  readonly latOfStop: Float64Array;
  /** stop -> 1 where a trip calls on the day. */
  readonly servedOfStop: Uint8Array;

  readonly routeIdOfRoute: readonly string[];
  readonly nameOfRoute: readonly string[];
  readonly feedOfRoute: Uint16Array;
  /** route -> 1 where it only runs to and from school. */
  readonly schoolOnlyOfRoute: Uint8Array;

  /** day trip -> trip_id, headsign, route. */
  readonly tripIdOfDayTrip: readonly string[];
  readonly headsignOfDayTrip: readonly string[];
  readonly routeOfDayTrip: Uint32Array;

  readonly tripCount: number;
  /** trip -> its first call; length tripCount + 1. */
  readonly firstCallOfTrip: Uint32Array;
  /** trip -> seconds to wait at boarding beyond the slack: half the headway; 0 for scheduled trips. */
  readonly boardingWaitOfTrip: Int32Array;

  readonly callCount: number;
  readonly tripOfCall: Uint32Array;
  readonly stopOfCall: Uint32Array;
  readonly arrivalOfCall: Int32Array;
  readonly departureOfCall: Int32Array;
  /** call -> PICKUP | DROP_OFF. */
  readonly rulesOfCall: Uint8Array;
  readonly dayTripOfCall: Uint32Array;

  readonly connectionCount: number;
  /**
   * Connections by ascending departure; of one second those without duration first, and of one trip in its
   * order, so that a scan from the end meets what can be boarded after alighting first.
   */
  readonly callOfConnection: Uint32Array;

  readonly transferRules: TransferRules;
  readonly headways: HeadwayServices;
}
