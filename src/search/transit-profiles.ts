/**
 * The backward profile connection scan: from all structures as a set, for every stop all pairs (ready,
 * arrival) that are worth while. Method: Dibbelt, Pajor, Strasser and Wagner, "Connection Scan Algorithm"
 * (ACM JEA 2018), section 4, with one walk between two rides and no closure of the footpaths:
 *
 * - Connections are scanned by descending departure. A trip holds the best arrival that one who sits in it can
 *   still reach; its hops come later ones first, so one value per trip is enough even if it visits a stop twice.
 * - A stop has two profiles: `boardings` at this stop, read by access walks, and `transfers`, boardings walked
 *   to from here, read by who alights. Reading access from the latter would walk twice; a walked-in pair is
 *   never passed on, so nobody walks twice between rides either.
 * - A boarding is pruned against boardings at the same stop only. (Against walked-in pairs, 0.5 % of the values
 *   are lost: who walks on from this stop cannot use a pair that was walked to.)
 * - `ready` is the departure less the slack (and less half the headway), so it is when one must stand there.
 *
 * The limit of rides costs nothing unless it binds: the scan without a limit counts rides, and only if an
 * answer uses more than allowed is the scan repeated with one layer per ride.
 */
import { hilbertKeys } from '../common/hilbert.ts';
import { orderByKey } from '../common/radix-sort.ts';
import { COORDINATE_UNITS_PER_DEGREE, UNREACHED } from '../common/units.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import { DROP_OFF, PICKUP, type Timetable } from '../transit/timetable.ts';
import { ParetoLists } from './pareto-lists.ts';
import { admittedAt, type EgressGroups } from './transit-egress.ts';

export interface ProfileOptions {
  /** Seconds between standing at the stop and the departure, at every boarding; at least 1. */
  slackSeconds: number;
  /** Pairs longer than this are left out; deciseconds. */
  cutoff: number;
  /** Nobody leaves home before or at or after these times; deciseconds of the day. */
  from: number;
  until: number;
  /** One layer per ride, of this number, instead of no limit. */
  layerCount?: number;
}

export interface StopProfiles {
  readonly timetable: Timetable;
  readonly transfersBetween: StopTransfers;
  readonly egress: EgressGroups;
  readonly options: ProfileOptions;
  /** Lists per stop; with layers, list = stop * layerCount + layer, layer k for at most k + 1 rides. */
  readonly layerCount: number;
  readonly isLimited: boolean;
  readonly boardings: ParetoLists;
  readonly transfers: ParetoLists;
  /**
   * Boarding = call * layerCount + layer: every call is boarded at most once in a layer. boarding -> call at
   * which to alight, and rides to the structure (at most 255).
   */
  readonly alightOfBoarding: Uint32Array;
  readonly ridesOfBoarding: Uint8Array;
  /** Connections that were scanned. */
  readonly scannedCount: number;
}

/** @throws RangeError if the slack is below one second: who alights could then board backwards in the scan. */
export function scanProfiles(
  timetable: Timetable,
  transfersBetween: StopTransfers,
  egress: EgressGroups,
  options: ProfileOptions,
): StopProfiles {
  if (!(options.slackSeconds >= 1))
    throw new RangeError(`slackSeconds must be at least 1, not ${options.slackSeconds}`);
  const layerCount = options.layerCount ?? 1;
  const isLimited = options.layerCount !== undefined;
  const { tripOfCall, stopOfCall, arrivalOfCall, departureOfCall, rulesOfCall } = timetable;
  const { callOfConnection, boardingWaitOfTrip, stopCount, tripCount } = timetable;
  const { first: firstEgress, group: groupOfEgress, deciseconds: walkOfEgress } = egress;
  const { first: firstInto, stop: stopOfInto, deciseconds: walkOfInto } = transfersBetween.into;
  const { cutoff, from } = options;
  const slack = options.slackSeconds * 10;

  const alightOfBoarding = new Uint32Array(timetable.callCount * layerCount);
  const ridesOfBoarding = new Uint8Array(timetable.callCount * layerCount);
  const boardings = new ParetoLists(stopCount * layerCount, ridesOfBoarding);
  const transfers = new ParetoLists(stopCount * layerCount, ridesOfBoarding);
  /** trip * layerCount + layer -> best arrival by staying seated, where to alight for it, rides from here. */
  const arrivalOfTrip = new Int32Array(tripCount * layerCount).fill(UNREACHED);
  const alightOfTrip = new Uint32Array(tripCount * layerCount);
  const ridesOfTrip = new Uint8Array(tripCount * layerCount);

  const placeOfStop = placeStops(timetable);
  const walkAloneOfStop = leastWalks(egress);
  const beaten = new BeatenArrivals(stopCount * layerCount, from, options.until + cutoff);

  // A useful trip arrives before until + cutoff, so it departs before.
  const firstConnection = lowerBound(callOfConnection, departureOfCall, Math.floor(from / 10));
  const endConnection = lowerBound(
    callOfConnection,
    departureOfCall,
    Math.ceil((options.until + cutoff) / 10),
  );
  for (let connection = endConnection - 1; connection >= firstConnection; connection--) {
    const call = callOfConnection[connection]!;
    const trip = tripOfCall[call]!;
    const canAlight = (rulesOfCall[call + 1]! & DROP_OFF) !== 0;
    const canBoard = (rulesOfCall[call]! & PICKUP) !== 0;
    const arrivalHere = arrivalOfCall[call + 1]! * 10;
    const stopThere = stopOfCall[call + 1]!;
    let byEgress = UNREACHED;
    if (canAlight) {
      for (let link = firstEgress[stopThere]!; link < firstEgress[stopThere + 1]!; link++) {
        const admitted = admittedAt(egress, groupOfEgress[link]!, arrivalHere + walkOfEgress[link]!);
        if (admitted < byEgress) byEgress = admitted;
      }
    }
    for (let layer = 0; layer < layerCount; layer++) {
      const slot = trip * layerCount + layer;
      if (canAlight) {
        let arrival = byEgress;
        let rides = 1;
        const nextLayer = isLimited ? layer - 1 : 0;
        if (nextLayer >= 0) {
          const entry = transfers.find(stopThere * layerCount + nextLayer, arrivalHere);
          if (entry >= 0 && transfers.arrivalOf(entry) < arrival) {
            arrival = transfers.arrivalOf(entry);
            rides = ridesOfBoarding[transfers.boarding[entry]!]! + 1;
          }
        }
        const best = arrivalOfTrip[slot]!;
        if (arrival < best || (arrival === best && arrival !== UNREACHED && rides < ridesOfTrip[slot]!)) {
          arrivalOfTrip[slot] = arrival;
          alightOfTrip[slot] = call + 1;
          ridesOfTrip[slot] = Math.min(rides, 255);
        }
      }
      const arrival = arrivalOfTrip[slot]!;
      if (!canBoard || arrival === UNREACHED) continue;
      const ready = (departureOfCall[call]! - boardingWaitOfTrip[trip]!) * 10 - slack;
      if (arrival - ready > cutoff || ready < from) continue;
      const stop = stopOfCall[call]!;
      const boarding = call * layerCount + layer;
      alightOfBoarding[boarding] = alightOfTrip[slot]!;
      ridesOfBoarding[boarding] = ridesOfTrip[slot]!;
      if (!boardings.insert(stop * layerCount + layer, ready, arrival, boarding)) continue;
      for (let link = firstInto[stop]!; link < firstInto[stop + 1]!; link++) {
        const readyThere = ready - walkOfInto[link]!;
        // Shortest walks first: those that follow are too long as well.
        if (readyThere < from || arrival - readyThere > cutoff) break;
        const there = stopOfInto[link]!;
        const place = placeOfStop[there]! * layerCount + layer;
        if (beaten.isBeaten(place, readyThere, arrival)) continue;
        // Who alights there in time to ride on can as well walk to the structure.
        if (arrival - readyThere >= walkAloneOfStop[there]!) continue;
        if (transfers.insert(there * layerCount + layer, readyThere, arrival, boarding))
          beaten.note(place, readyThere, arrival);
      }
    }
  }
  return {
    timetable,
    transfersBetween,
    egress,
    options,
    layerCount,
    isLimited,
    boardings,
    transfers,
    alightOfBoarding,
    ridesOfBoarding,
    scannedCount: Math.max(0, endConnection - firstConnection),
  };
}

/** stop -> the least walk to a structure that is always open, UNREACHED where there is none. */
function leastWalks({ first, group, deciseconds }: EgressGroups): Int32Array {
  const least = new Int32Array(first.length - 1).fill(UNREACHED);
  for (let stop = 0; stop < least.length; stop++) {
    for (let link = first[stop]!; link < first[stop + 1]!; link++) {
      if (group[link] === 0 && deciseconds[link]! < least[stop]!) least[stop] = deciseconds[link]!;
    }
  }
  return least;
}

/** stop -> its place along a Hilbert curve: stops in walking distance have places near each other. */
function placeStops({ lonOfStop, latOfStop, stopCount }: Timetable): Uint32Array {
  const toUnits = (degrees: Float64Array) =>
    Int32Array.from(degrees, (value) =>
      Number.isNaN(value) ? 0 : Math.round(value * COORDINATE_UNITS_PER_DEGREE),
    );
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
class BeatenArrivals {
  private readonly arrivalOfBucket: Int32Array;
  /** A bucket is 2^shift deciseconds wide. */
  private readonly shift: number;

  constructor(
    private readonly placeCount: number,
    private readonly from: number,
    until: number,
  ) {
    let shift = 0;
    while ((until - from) >> shift >= BUCKETS) shift++;
    this.shift = shift;
    this.arrivalOfBucket = new Int32Array(placeCount * BUCKETS).fill(UNREACHED);
  }

  isBeaten(place: number, ready: number, arrival: number): boolean {
    const bucket = (ready - this.from) >> this.shift;
    return this.arrivalOfBucket[bucket * this.placeCount + place]! <= arrival;
  }

  note(place: number, ready: number, arrival: number): void {
    const { arrivalOfBucket, placeCount } = this;
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
