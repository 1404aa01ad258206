/**
 * Windows of the day in which hardly anything runs: they give the rate of walking, whatever the timetable offers at
 * other times. Each feed is held against its own busiest window of the same length, since a metro that runs all day
 * would hide that the buses do not; and it is told where those feeds hold most of the day's trips, so that a night
 * bus beside a network by day is no fault.
 */
import { PICKUP, type Timetable } from './timetable.ts';

export interface SparseWindow {
  /** Seconds of the day: from, until (excluded). */
  fromSeconds: number;
  untilSeconds: number;
  /** The feeds of which hardly anything runs then. */
  feeds: string[];
  /** Their trips that run at some moment of the window, and on the whole day. */
  tripCount: number;
  dayTripCount: number;
  /** The window of the same length in which most of their trips run; of equals the first. */
  busiest: { fromSeconds: number; untilSeconds: number; tripCount: number };
}

const SECONDS_PER_DAY = 86_400;
/** Windows are tried from each half-hour on. */
const STEP_SECONDS = 1800;
/**
 * Fewer trips than this share of the busiest window's are hardly any. Hours off the peak have 0.2 to 0.9 of it in
 * the networks tried; the buses of Porto Alegre's feed have 0.01 from 9 to 12.
 */
const HARDLY_ANY_SHARE = 0.1;
/** Feeds with this share of the day's trips stand for all. */
const MOST_TRIPS_SHARE = 0.5;
/** A window without a trip says something only where another one has at least so many. */
const LEAST_BUSIEST = 2;

/** Undefined where the window is served as others are, or the timetable is sparse all day. */
export function findSparseWindow(
  timetable: Timetable,
  fromSeconds: number,
  untilSeconds: number,
): SparseWindow | undefined {
  const runs = listRuns(timetable);
  const runsOfFeed = timetable.feeds.map((_, feed) => runs.filter((run) => run.feed === feed));
  const isSparse = runsOfFeed.map((own) => hardlyAnyRuns(measureWindow(own, fromSeconds, untilSeconds)));
  const sparse = runs.filter(({ feed }) => isSparse[feed]);
  if (sparse.length === 0) return undefined;
  const window = measureWindow(sparse, fromSeconds, untilSeconds);
  const everything = measureWindow(runs, fromSeconds, untilSeconds);
  if (window.dayTripCount < MOST_TRIPS_SHARE * everything.dayTripCount) return undefined;
  const feeds = timetable.feeds.filter((_, feed) => isSparse[feed]).map(({ name }) => name);
  return { fromSeconds, untilSeconds, feeds, ...window };
}

type Measured = Pick<SparseWindow, 'tripCount' | 'dayTripCount' | 'busiest'>;

function measureWindow(runs: readonly Run[], fromSeconds: number, untilSeconds: number): Measured {
  const length = untilSeconds - fromSeconds;
  const count = (from: number, until: number): number =>
    runs.reduce((sum, run) => sum + vehiclesWithin(run, from, until), 0);
  const tripCount = count(fromSeconds, untilSeconds);
  let busiest = { fromSeconds, untilSeconds, tripCount };
  for (let from = 0; from + length <= SECONDS_PER_DAY; from += STEP_SECONDS) {
    const found = count(from, from + length);
    if (found <= busiest.tripCount) continue;
    busiest = { fromSeconds: from, untilSeconds: from + length, tripCount: found };
  }
  return { tripCount, dayTripCount: count(0, SECONDS_PER_DAY), busiest };
}

function hardlyAnyRuns({ tripCount, busiest }: Measured): boolean {
  return busiest.tripCount >= LEAST_BUSIEST && tripCount < HARDLY_ANY_SHARE * busiest.tripCount;
}

/** Vehicles that leave every so often between two seconds (one where they are the same), and ride so long. */
interface Run {
  feed: number;
  first: number;
  last: number;
  headway: number;
  duration: number;
}

/** Trips that someone may board without booking. */
function listRuns({
  tripCount,
  firstCallOfTrip,
  departureOfCall,
  arrivalOfCall,
  rulesOfCall,
  dayTripOfCall,
  routeOfDayTrip,
  feedOfRoute,
  headways,
}: Timetable): Run[] {
  const runs: Run[] = [];
  const feedOf = (dayTrip: number): number => feedOfRoute[routeOfDayTrip[dayTrip]!]!;
  const isBoarded = (rules: Uint8Array, from: number, to: number): boolean => {
    for (let call = from; call < to - 1; call++) if ((rules[call]! & PICKUP) !== 0) return true;
    return false;
  };
  for (let trip = 0; trip < tripCount; trip++) {
    const [from, to] = [firstCallOfTrip[trip]!, firstCallOfTrip[trip + 1]!];
    if (!isBoarded(rulesOfCall, from, to)) continue;
    const first = departureOfCall[from]!;
    const duration = arrivalOfCall[to - 1]! - first;
    runs.push({ feed: feedOf(dayTripOfCall[from]!), first, last: first, headway: 1, duration });
  }
  for (let service = 0; service < headways.count; service++) {
    const [from, to] = [headways.firstCall[service]!, headways.firstCall[service + 1]!];
    if (!isBoarded(headways.rulesOfCall, from, to)) continue;
    const first = headways.startSeconds[service]!;
    const headway = headways.headwaySeconds[service]!;
    const last = first + Math.floor((headways.endSeconds[service]! - 1 - first) / headway) * headway;
    const duration = headways.arrivalOfCall[to - 1]!;
    runs.push({ feed: feedOf(headways.dayTrip[service]!), first, last, headway, duration });
  }
  return runs;
}

/** Vehicles of which some moment lies in [from, until). */
function vehiclesWithin({ first, last, headway, duration }: Run, from: number, until: number): number {
  const start = Math.max(0, Math.ceil((from - duration - first) / headway));
  const end = Math.min((last - first) / headway, Math.ceil((until - first) / headway) - 1);
  return Math.max(0, end - start + 1);
}
