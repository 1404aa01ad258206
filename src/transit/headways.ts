/**
 * Writes headway services ("every 10 minutes", frequencies.txt with exact_times=0) out as vehicles, so that
 * every search meets trips only. Nobody knows when the vehicle comes, so a traveller waits half the headway at
 * each boarding and then a vehicle is there: a vehicle every second from half a headway after the service
 * starts, each of which may only be boarded by who has waited half the headway. A period so serves all who are
 * at the stop from its start to its end, those of its last interval too: they wait no longer than others.
 */
import { sharedInt32, sharedUint8, sharedUint32 } from '../common/shared-arrays.ts';
import type { GtfsFrequency } from '../read/gtfs/gtfs-feed.ts';
import { sortConnections } from './connections.ts';
import type { Timetable } from './timetable.ts';

/** Connections to which headway services are written out at most: 100 MB of arrays. */
const MAX_CONNECTIONS = 4_000_000;

/**
 * Periods "every so often" of one trip and headway that touch or overlap are one service, however a feed cuts it
 * up: cut off, each would wait half of itself where it is shorter than the headway. Departures of exact times
 * stay as they are given.
 */
export function joinPeriods(frequencies: readonly GtfsFrequency[]): GtfsFrequency[] {
  const periods = frequencies.map((period) => ({ ...period }));
  const inTurn = periods.filter(({ exact }) => !exact).sort((a, b) => a.startSeconds - b.startSeconds);
  const lastOfService = new Map<string, GtfsFrequency>();
  const joined = new Set<GtfsFrequency>();
  for (const period of inTurn) {
    const service = `${period.trip} ${period.headwaySeconds}`;
    const last = lastOfService.get(service);
    if (last === undefined || period.startSeconds > last.endSeconds) lastOfService.set(service, period);
    else {
      last.endSeconds = Math.max(last.endSeconds, period.endSeconds);
      joined.add(period);
    }
  }
  return periods.filter((period) => !joined.has(period));
}

export interface ExpandedTimetable {
  timetable: Timetable;
  /** Seconds between the vehicles written out: 1, unless the feed has too many; 0 without headway services. */
  stepSeconds: number;
}

/**
 * @param fromSeconds, untilSeconds vehicles that serve no call in this period are not written out
 */
export function expandHeadways(
  timetable: Timetable,
  fromSeconds: number,
  untilSeconds: number,
  maxConnections = MAX_CONNECTIONS,
): ExpandedTimetable {
  const { headways } = timetable;
  if (headways.count === 0) return { timetable, stepSeconds: 0 };
  const ranges = findVehicleRanges(timetable, fromSeconds, untilSeconds);
  let perSecond = 0;
  for (const { service, first, last } of ranges) {
    perSecond += (last - first + 1) * (headways.firstCall[service + 1]! - headways.firstCall[service]! - 1);
  }
  const stepSeconds = Math.max(1, Math.ceil(perSecond / maxConnections));

  let tripCount = timetable.tripCount;
  let callCount = timetable.callCount;
  for (const { service, first, last } of ranges) {
    const vehicles = Math.floor((last - first) / stepSeconds) + 1;
    tripCount += vehicles;
    callCount += vehicles * (headways.firstCall[service + 1]! - headways.firstCall[service]!);
  }
  const firstCallOfTrip = sharedUint32(tripCount + 1);
  const boardingWaitOfTrip = sharedInt32(tripCount);
  const tripOfCall = sharedUint32(callCount);
  const stopOfCall = sharedUint32(callCount);
  const arrivalOfCall = sharedInt32(callCount);
  const departureOfCall = sharedInt32(callCount);
  const rulesOfCall = sharedUint8(callCount);
  const dayTripOfCall = sharedUint32(callCount);
  firstCallOfTrip.set(timetable.firstCallOfTrip);
  boardingWaitOfTrip.set(timetable.boardingWaitOfTrip);
  tripOfCall.set(timetable.tripOfCall);
  stopOfCall.set(timetable.stopOfCall);
  arrivalOfCall.set(timetable.arrivalOfCall);
  departureOfCall.set(timetable.departureOfCall);
  rulesOfCall.set(timetable.rulesOfCall);
  dayTripOfCall.set(timetable.dayTripOfCall);
  let trip = timetable.tripCount;
  let call = timetable.callCount;
  for (const { service, first, last, wait } of ranges) {
    for (let start = first; start <= last; start += stepSeconds) {
      firstCallOfTrip[trip] = call;
      boardingWaitOfTrip[trip] = wait;
      for (let source = headways.firstCall[service]!; source < headways.firstCall[service + 1]!; source++) {
        tripOfCall[call] = trip;
        stopOfCall[call] = headways.stopOfCall[source]!;
        arrivalOfCall[call] = start + headways.arrivalOfCall[source]!;
        departureOfCall[call] = start + headways.departureOfCall[source]!;
        rulesOfCall[call] = headways.rulesOfCall[source]!;
        dayTripOfCall[call] = headways.dayTrip[service]!;
        call++;
      }
      trip++;
    }
  }
  firstCallOfTrip[tripCount] = call;
  return {
    stepSeconds,
    timetable: {
      ...timetable,
      tripCount,
      firstCallOfTrip,
      boardingWaitOfTrip,
      callCount,
      tripOfCall,
      stopOfCall,
      arrivalOfCall,
      departureOfCall,
      rulesOfCall,
      dayTripOfCall,
      ...sortConnections(firstCallOfTrip, departureOfCall, arrivalOfCall),
      headways: { ...headways, count: 0 },
    },
  };
}

interface VehicleRange {
  service: number;
  /** First and last second at which a vehicle leaves the first stop. */
  first: number;
  last: number;
  /** Seconds to wait at each boarding. */
  wait: number;
}

function findVehicleRanges(timetable: Timetable, fromSeconds: number, untilSeconds: number): VehicleRange[] {
  const { headways } = timetable;
  const ranges: VehicleRange[] = [];
  for (let service = 0; service < headways.count; service++) {
    const start = headways.startSeconds[service]!;
    const end = headways.endSeconds[service]!;
    // A period shorter than its headway still has the vehicle at its start.
    const wait = Math.floor(Math.min(headways.headwaySeconds[service]!, end - start) / 2);
    const duration = headways.arrivalOfCall[headways.firstCall[service + 1]! - 1]!;
    const first = Math.max(start + wait, fromSeconds - duration);
    const last = Math.min(end - 1 + wait, untilSeconds);
    if (first <= last) ranges.push({ service, first, last, wait });
  }
  return ranges;
}
