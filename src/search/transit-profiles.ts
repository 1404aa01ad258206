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
import { UNREACHED } from '../common/units.ts';
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
        if (readyThere < from || arrival - readyThere > cutoff) continue;
        const list = stopOfInto[link]! * layerCount + layer;
        if (beaten.isBeaten(list, readyThere, arrival)) continue;
        if (transfers.insert(list, readyThere, arrival, boarding)) beaten.note(list, readyThere, arrival);
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

/** Buckets of time per list, and how far back one pair is noted: enough for walks of half an hour. */
const BUCKETS = 128;
const BUCKETS_NOTED = 24;

/**
 * A first look at whether a pair is useless. Of seven pairs that are walked to a stop in a city, six are, and
 * this tells most of them with one read instead of a search in the list: list and bucket -> an arrival that
 * some pair of a later bucket reaches. Being too high costs a search, never a pair.
 */
class BeatenArrivals {
  private readonly arrivalOfBucket: Int32Array;
  private readonly bucketsPerDecisecond: number;

  constructor(
    listCount: number,
    private readonly from: number,
    until: number,
  ) {
    this.arrivalOfBucket = new Int32Array(listCount * BUCKETS).fill(UNREACHED);
    this.bucketsPerDecisecond = (BUCKETS - 1) / (until - from + 1);
  }

  isBeaten(list: number, ready: number, arrival: number): boolean {
    return this.arrivalOfBucket[list * BUCKETS + this.bucketOf(ready)]! <= arrival;
  }

  note(list: number, ready: number, arrival: number): void {
    const bucket = this.bucketOf(ready);
    const last = list * BUCKETS + Math.max(0, bucket - BUCKETS_NOTED);
    for (let i = list * BUCKETS + bucket - 1; i >= last && this.arrivalOfBucket[i]! > arrival; i--) {
      this.arrivalOfBucket[i] = arrival;
    }
  }

  private bucketOf(ready: number): number {
    return Math.floor((ready - this.from) * this.bucketsPerDecisecond);
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
