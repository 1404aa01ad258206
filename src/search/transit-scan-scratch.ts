/**
 * What a profile scan reads and writes, prepared once for many scans of one timetable: the connections of a
 * period in the order of the scan, and memory that is cleared rather than asked for anew. A scan from one
 * structure of a region touches a few stops of twenty thousand; without this it would spend most of its time on
 * cold memory.
 */
import { hilbertKeys } from '../common/hilbert.ts';
import { orderByKey } from '../common/radix-sort.ts';
import { COORDINATE_UNITS_PER_DEGREE, UNREACHED } from '../common/units.ts';
import type { Timetable } from '../transit/timetable.ts';
import { ParetoLists } from './pareto-lists.ts';

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

/** Memory of one scan; of `layerCount` layers. */
export interface ScanMemory {
  boardings: ParetoLists;
  transfers: ParetoLists;
  alightOfBoarding: Uint32Array;
  ridesOfBoarding: Uint8Array;
  /** trip * layerCount + layer -> best arrival by staying seated (UNREACHED at first), where to alight, rides. */
  arrivalOfTrip: Int32Array;
  alightOfTrip: Uint32Array;
  ridesOfTrip: Uint8Array;
  beaten: BeatenArrivals;
}

export class ScanScratch {
  readonly connections: PeriodConnections;
  /** stop -> its place along a Hilbert curve: stops in walking distance have places near each other. */
  readonly placeOfStop: Uint32Array;
  private readonly memories = new Map<number, ScanMemory>();

  /** @param from, until deciseconds of the day between which connections may depart in any of the scans */
  constructor(
    readonly timetable: Timetable,
    readonly from: number,
    readonly until: number,
  ) {
    this.connections = gatherConnections(timetable, Math.floor(from / 10), Math.ceil(until / 10));
    this.placeOfStop = placeStops(timetable);
  }

  /** Memory for a scan, cleared; what the scan before has left in it is gone. */
  take(layerCount: number, from: number, until: number): ScanMemory {
    const known = this.memories.get(layerCount);
    if (known !== undefined) {
      known.boardings.clear();
      known.transfers.clear();
      known.arrivalOfTrip.fill(UNREACHED);
      known.beaten.clear(from, until);
      return known;
    }
    const { stopCount, tripCount, callCount } = this.timetable;
    const ridesOfBoarding = new Uint8Array(callCount * layerCount);
    const memory: ScanMemory = {
      boardings: new ParetoLists(stopCount * layerCount, ridesOfBoarding),
      transfers: new ParetoLists(stopCount * layerCount, ridesOfBoarding),
      alightOfBoarding: new Uint32Array(callCount * layerCount),
      ridesOfBoarding,
      arrivalOfTrip: new Int32Array(tripCount * layerCount).fill(UNREACHED),
      alightOfTrip: new Uint32Array(tripCount * layerCount),
      ridesOfTrip: new Uint8Array(tripCount * layerCount),
      beaten: new BeatenArrivals(stopCount * layerCount, from, until),
    };
    this.memories.set(layerCount, memory);
    return memory;
  }
}

function gatherConnections(timetable: Timetable, from: number, until: number): PeriodConnections {
  const { callOfConnection, tripOfCall, stopOfCall, rulesOfCall } = timetable;
  const { arrivalOfCall, departureOfCall } = timetable;
  const first = lowerBound(callOfConnection, departureOfCall, from);
  const count = Math.max(0, lowerBound(callOfConnection, departureOfCall, until) - first);
  const connections: PeriodConnections = {
    count,
    call: callOfConnection.slice(first, first + count),
    trip: new Uint32Array(count),
    stop: new Uint32Array(count),
    stopThere: new Uint32Array(count),
    departure: new Int32Array(count),
    arrivalThere: new Int32Array(count),
    rulesHere: new Uint8Array(count),
    rulesThere: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    const call = connections.call[i]!;
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

function placeStops({ lonOfStop, latOfStop, stopCount }: Timetable): Uint32Array {
  const toUnits = (degrees: Float64Array): Int32Array => {
    const units = new Int32Array(degrees.length);
    // A stop without a position becomes 0, as any number that is none.
    for (let i = 0; i < units.length; i++) units[i] = Math.round(degrees[i]! * COORDINATE_UNITS_PER_DEGREE);
    return units;
  };
  const placeOfStop = new Uint32Array(stopCount);
  orderByKey(hilbertKeys(toUnits(lonOfStop), toUnits(latOfStop))).forEach((stop, place) => {
    placeOfStop[stop] = place;
  });
  return placeOfStop;
}

/** Buckets of time at most, and how far back one pair is noted: enough for walks of half an hour. */
const BUCKETS = 128;
const BUCKETS_NOTED = 24;

/**
 * A first look at whether a pair is useless. Of six pairs that are walked to a stop in a city, five are, and
 * this tells nearly all of them with one read instead of a search in the list: bucket and place -> an arrival
 * that some pair of a later bucket reaches. Being too high costs a search, never a pair. Buckets outside,
 * places inside: the stops around a boarding lie in few cache lines (the other way round, the scan of a large
 * city takes 1.2 times as long).
 */
export class BeatenArrivals {
  private readonly arrivalOfBucket: Int32Array;
  /** A bucket is 2^shift deciseconds wide. */
  private shift = 0;
  /** Places noted since the last clearing, and which they are. */
  private readonly touched: Uint32Array;
  private readonly isTouched: Uint8Array;
  private touchedCount = 0;

  constructor(
    private readonly placeCount: number,
    private from: number,
    until: number,
  ) {
    this.arrivalOfBucket = new Int32Array(placeCount * BUCKETS).fill(UNREACHED);
    this.touched = new Uint32Array(placeCount);
    this.isTouched = new Uint8Array(placeCount);
    this.clear(from, until);
  }

  /** Forgets all pairs, and takes a period in which `ready` lies from now on. */
  clear(from: number, until: number): void {
    const { arrivalOfBucket, placeCount, touched, isTouched } = this;
    for (let i = 0; i < this.touchedCount; i++) {
      const place = touched[i]!;
      isTouched[place] = 0;
      for (let at = place; at < arrivalOfBucket.length; at += placeCount) arrivalOfBucket[at] = UNREACHED;
    }
    this.touchedCount = 0;
    this.from = from;
    this.shift = 0;
    while ((until - from) >> this.shift >= BUCKETS) this.shift++;
  }

  isBeaten(place: number, ready: number, arrival: number): boolean {
    const bucket = (ready - this.from) >> this.shift;
    return this.arrivalOfBucket[bucket * this.placeCount + place]! <= arrival;
  }

  note(place: number, ready: number, arrival: number): void {
    const { arrivalOfBucket, placeCount } = this;
    if (this.isTouched[place] === 0) {
      this.isTouched[place] = 1;
      this.touched[this.touchedCount++] = place;
    }
    const bucket = (ready - this.from) >> this.shift;
    const last = Math.max(0, bucket - BUCKETS_NOTED) * placeCount;
    for (
      let i = (bucket - 1) * placeCount + place;
      i >= last && arrivalOfBucket[i]! > arrival;
      i -= placeCount
    ) {
      arrivalOfBucket[i] = arrival;
    }
  }
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
