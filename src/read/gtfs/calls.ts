/**
 * From the rows of stop_times.txt to the calls of each trip: in order, with monotone times, blank times
 * filled. Blanks are spread by distance (shape_dist_traveled where every row between two timed calls has it,
 * else the great circle from stop to stop), from the departure before to the arrival after, floored to the
 * second; spreading them evenly is minutes off.
 */
import { distanceMeters } from '../../common/geo.ts';
import type { NoticeList } from '../../common/notices.ts';
import { BLANK } from './field-values.ts';
import type { GtfsCalls, GtfsStops } from './gtfs-feed.ts';
import type { StopTimeRows } from './stop-times.ts';

/** A fall in time of at least this along a trip is a clock that was wound past midnight, not an error. */
const MIDNIGHT_FALL_SECONDS = 12 * 3600;
const DAY_SECONDS = 86_400;

export interface CallsOfTrips {
  calls: GtfsCalls;
  /** trip -> its first call; length tripCount + 1. */
  firstCall: Uint32Array;
}

/** Orders, repairs and completes the rows; trips with fewer than two usable calls are left out with a notice. */
export function buildCalls(
  rows: StopTimeRows,
  tripIds: readonly string[],
  stops: GtfsStops,
  file: string,
  notices: NoticeList,
): CallsOfTrips {
  const tripCount = tripIds.length;
  const { firstRow, order } = groupByTrip(rows, tripCount);
  const firstCall = new Uint32Array(tripCount + 1);
  const calls: GtfsCalls = {
    count: 0,
    stop: new Uint32Array(rows.count),
    arrival: new Int32Array(rows.count),
    departure: new Int32Array(rows.count),
    rules: new Uint8Array(rows.count),
  };
  for (let trip = 0; trip < tripCount; trip++) {
    firstCall[trip] = calls.count;
    const place: TripPlace = { file, id: tripIds[trip]!, notices };
    const [from, to] = timedRange(rows, order, firstRow[trip]!, firstRow[trip + 1]!, place);
    if (from === to) {
      if (rows.onDemandOfTrip[trip] === 0)
        noteUnusable(place, rows, order.subarray(firstRow[trip]!, firstRow[trip + 1]!));
      continue;
    }
    copyCalls(rows, order, from, to, calls, place);
    fillBlanks(rows, order, from, to, calls, firstCall[trip]!, stops);
  }
  firstCall[tripCount] = calls.count;
  return { calls: trimmed(calls), firstCall };
}

interface TripPlace {
  file: string;
  id: string;
  notices: NoticeList;
}

/** Stable counting sort by trip, then by stop_sequence within a trip where the file is out of order. */
function groupByTrip(rows: StopTimeRows, tripCount: number): { firstRow: Uint32Array; order: Uint32Array } {
  const firstRow = new Uint32Array(tripCount + 1);
  for (let row = 0; row < rows.count; row++) firstRow[rows.trip[row]! + 1]!++;
  for (let trip = 0; trip < tripCount; trip++) firstRow[trip + 1]! += firstRow[trip]!;
  const next = firstRow.slice();
  const order = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row++) order[next[rows.trip[row]!]!++] = row;
  for (let trip = 0; trip < tripCount; trip++)
    sortRange(order, rows.sequence, firstRow[trip]!, firstRow[trip + 1]!);
  return { firstRow, order };
}

function sortRange(order: Uint32Array, sequence: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    if (sequence[order[i]!]! >= sequence[order[i - 1]!]!) continue;
    // A blank sequence keeps the order of the file for the whole trip.
    const rows = order.slice(from, to);
    if (rows.some((row) => sequence[row] === BLANK)) return;
    order.set(
      rows.sort((a, b) => sequence[a]! - sequence[b]! || a - b),
      from,
    );
    return;
  }
}

/** The rows from the first to the last that has a time; empty if fewer than two remain. */
function timedRange(
  rows: StopTimeRows,
  order: Uint32Array,
  from: number,
  to: number,
  { file, id, notices }: TripPlace,
): [number, number] {
  let first = from;
  let last = to;
  while (first < last && rows.departure[order[first]!] === BLANK) first++;
  while (last > first && rows.arrival[order[last - 1]!] === BLANK) last--;
  if (last - first < 2) return [from, from];
  if (first > from || last < to) {
    notices.add({
      code: 'trip-ends-without-times',
      severity: 'warning',
      message: 'the first or last stop times of the trip are blank',
      action: `${first - from + to - last} calls before the first or after the last time left out`,
      file,
      row: rows.line[order[from]!]!,
      id,
    });
  }
  return [first, last];
}

function noteUnusable({ file, id, notices }: TripPlace, rows: StopTimeRows, own: Uint32Array): void {
  const rowCount = own.length;
  const code =
    rowCount === 0
      ? 'trip-without-stop-times'
      : rowCount === 1
        ? 'trip-with-one-stop-time'
        : 'trip-without-times';
  notices.add({
    code,
    severity: 'warning',
    message: `the trip has ${rowCount} stop times, of which fewer than two can be used`,
    action: 'trip left out',
    file,
    ...(rowCount > 0 ? { row: rows.line[own[0]!]! } : {}),
    id,
  });
}

/** Copies the rows and makes their times monotone; blank times stay BLANK. */
function copyCalls(
  rows: StopTimeRows,
  order: Uint32Array,
  from: number,
  to: number,
  calls: GtfsCalls,
  { file, id, notices }: TripPlace,
): void {
  let shift = 0;
  let before = 0;
  const note = (code: string, row: number, message: string, action: string): void =>
    notices.add({ code, severity: 'warning', message, action, file, row: rows.line[row]!, id });
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const call = calls.count++;
    calls.stop[call] = rows.stop[row]!;
    calls.rules[call] = rows.rules[row]!;
    if (rows.arrival[row] === BLANK) {
      calls.arrival[call] = BLANK;
      calls.departure[call] = BLANK;
      continue;
    }
    let arrival = rows.arrival[row]! + shift;
    let departure = rows.departure[row]! + shift;
    if (i > from && before - arrival >= MIDNIGHT_FALL_SECONDS) {
      note('times-wrap-at-midnight', row, 'times fall back to 00:00 along the trip', 'moved to the next day');
      shift += DAY_SECONDS;
      arrival += DAY_SECONDS;
      departure += DAY_SECONDS;
    }
    if (arrival - departure >= MIDNIGHT_FALL_SECONDS) {
      note('times-wrap-at-midnight', row, 'the departure falls back to 00:00', 'moved to the next day');
      shift += DAY_SECONDS;
      departure += DAY_SECONDS;
    }
    if (i > from && arrival < before) {
      note(
        'times-decrease',
        row,
        'the arrival is earlier than the stop before',
        'raised to the departure before',
      );
      arrival = before;
    }
    if (departure < arrival) {
      if (rows.departure[row]! < rows.arrival[row]!) {
        note(
          'departure-before-arrival',
          row,
          'the departure is earlier than the arrival',
          'raised to the arrival',
        );
      }
      departure = arrival;
    }
    calls.arrival[call] = arrival;
    calls.departure[call] = departure;
    before = departure;
  }
}

/** Fills the blank times of one trip, whose first and last calls have times. */
function fillBlanks(
  rows: StopTimeRows,
  order: Uint32Array,
  from: number,
  to: number,
  calls: GtfsCalls,
  firstCall: number,
  stops: GtfsStops,
): void {
  for (let i = from + 1; i < to; i++) {
    if (calls.arrival[firstCall + i - from] !== BLANK) continue;
    let end = i;
    while (calls.arrival[firstCall + end - from] === BLANK) end++;
    const along = distancesAlong(rows, order, i - 1, end, stops);
    const start = calls.departure[firstCall + i - 1 - from]!;
    const span = calls.arrival[firstCall + end - from]! - start;
    for (let k = i; k < end; k++) {
      const time = start + Math.floor((span * along[k - i + 1]!) / along[end - i + 1]!);
      calls.arrival[firstCall + k - from] = time;
      calls.departure[firstCall + k - from] = time;
    }
    i = end;
  }
}

/** Distance of the rows first … last from the first; by index where neither source tells. */
function distancesAlong(
  rows: StopTimeRows,
  order: Uint32Array,
  first: number,
  last: number,
  stops: GtfsStops,
): Float64Array {
  const along = new Float64Array(last - first + 1);
  const { distance } = rows;
  if (distance !== undefined) {
    const origin = distance[order[first]!]!;
    for (let i = first; i <= last; i++) along[i - first] = distance[order[i]!]! - origin;
    if (isIncreasing(along)) return along;
  }
  along[0] = 0;
  for (let i = first + 1; i <= last; i++) {
    const a = rows.stop[order[i - 1]!]!;
    const b = rows.stop[order[i]!]!;
    const step = distanceMeters(stops.lon[a]!, stops.lat[a]!, stops.lon[b]!, stops.lat[b]!);
    along[i - first] = along[i - first - 1]! + step;
  }
  if (!isIncreasing(along)) for (let i = 0; i < along.length; i++) along[i] = i;
  return along;
}

/** Complete (no NaN), never falling, and longer than nothing. */
function isIncreasing(along: Float64Array): boolean {
  for (let i = 1; i < along.length; i++) if (!(along[i]! >= along[i - 1]!)) return false;
  return along[along.length - 1]! > 0;
}

function trimmed(calls: GtfsCalls): GtfsCalls {
  const { count } = calls;
  return {
    count,
    stop: calls.stop.slice(0, count),
    arrival: calls.arrival.slice(0, count),
    departure: calls.departure.slice(0, count),
    rules: calls.rules.slice(0, count),
  };
}
