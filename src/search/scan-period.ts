/**
 * What every profile scan of one timetable and period reads, prepared once and shared by the threads: the
 * connections in the order of the scan, and from where each of them is worth walking to.
 */
import { sharedInt32, sharedUint8, sharedUint32 } from '../common/shared-arrays.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
import { type BoardingTransfers, buildBoardingTransfers } from './boarding-transfers.ts';
import { type Alightings, listAlightings } from './transfer-profiles.ts';

/**
 * The connections of a period by ascending departure, as the scan meets them from the end: what it asks of each
 * stands side by side, instead of at a call of a table of millions.
 */
export interface PeriodConnections {
  count: number;
  /** connection -> the call at which it departs. */
  call: Uint32Array;
  trip: Uint32Array;
  stop: Uint32Array;
  stopThere: Uint32Array;
  /** Seconds of the day. */
  departure: Int32Array;
  arrivalThere: Int32Array;
  /** PICKUP here, DROP_OFF there, as in the timetable. */
  rulesHere: Uint8Array;
  rulesThere: Uint8Array;
}

export interface ScanPeriod {
  timetable: Timetable;
  transfersBetween: StopTransfers;
  /** Deciseconds of the day between which connections may depart in any of the scans. */
  from: number;
  until: number;
  connections: PeriodConnections;
  boardingTransfers: BoardingTransfers;
  alightings: Alightings;
}

export function prepareScan(
  timetable: Timetable,
  transfersBetween: StopTransfers,
  { from, until }: { from: number; until: number },
): ScanPeriod {
  const connections = gatherConnections(timetable, Math.floor(from / 10), Math.ceil(until / 10));
  return {
    timetable,
    transfersBetween,
    from,
    until,
    connections,
    boardingTransfers: buildBoardingTransfers(timetable, connections.call, transfersBetween.into),
    alightings: listAlightings(
      timetable.stopCount,
      connections.stopThere,
      connections.arrivalThere,
      connections.rulesThere,
    ),
  };
}

function gatherConnections(timetable: Timetable, from: number, until: number): PeriodConnections {
  const { callOfConnection, tripOfCall, stopOfCall, rulesOfCall } = timetable;
  const { arrivalOfCall, departureOfCall } = timetable;
  const first = lowerBound(callOfConnection, departureOfCall, from);
  const count = Math.max(0, lowerBound(callOfConnection, departureOfCall, until) - first);
  const connections: PeriodConnections = {
    count,
    call: sharedUint32(count),
    trip: sharedUint32(count),
    stop: sharedUint32(count),
    stopThere: sharedUint32(count),
    departure: sharedInt32(count),
    arrivalThere: sharedInt32(count),
    rulesHere: sharedUint8(count),
    rulesThere: sharedUint8(count),
  };
  for (let i = 0; i < count; i++) {
    const call = callOfConnection[first + i]!;
    connections.call[i] = call;
    connections.trip[i] = tripOfCall[call]!;
    connections.stop[i] = stopOfCall[call]!;
    connections.stopThere[i] = stopOfCall[call + 1]!;
    connections.departure[i] = departureOfCall[call]!;
    connections.arrivalThere[i] = arrivalOfCall[call + 1]!;
    connections.rulesHere[i] = rulesOfCall[call]!;
    connections.rulesThere[i] = rulesOfCall[call + 1]!;
  }
  return connections;
}

/** First connection that departs at or after the second. */
export function lowerBound(
  callOfConnection: Uint32Array,
  departureOfCall: Int32Array,
  second: number,
): number {
  let low = 0;
  let high = callOfConnection.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (departureOfCall[callOfConnection[middle]!]! < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First of the ascending values that is not below `value`. */
export function firstFrom(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
