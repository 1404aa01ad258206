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
import type { ParetoLists } from './pareto-lists.ts';
import { firstFrom, prepareScan, type ScanPeriod } from './scan-period.ts';
import type { TransferProfiles } from './transfer-profiles.ts';
import { admittedAt, type EgressGroups } from './transit-egress.ts';
import { type ScanMemory, ScanScratch } from './transit-scan-scratch.ts';

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
  readonly transfers: TransferProfiles;
  /**
   * Boarding = call * layerCount + layer: every call is boarded at most once in a layer. boarding -> call at
   * which to alight, and rides to the structure (at most 255).
   */
  readonly alightOfBoarding: Uint32Array;
  readonly ridesOfBoarding: Uint8Array;
  /** Connections that were scanned. */
  readonly scannedCount: number;
}

/**
 * @param scratch of the timetable and of a period that holds the scan's; the result is valid until it is used again
 * @throws RangeError if the slack is below one second: who alights could then board backwards in the scan.
 */
export function scanProfiles(
  timetable: Timetable,
  transfersBetween: StopTransfers,
  egress: EgressGroups,
  options: ProfileOptions,
  scratch = new ScanScratch(
    prepareScan(timetable, transfersBetween, { from: options.from, until: options.until + options.cutoff }),
  ),
): StopProfiles {
  if (!(options.slackSeconds >= 1))
    throw new RangeError(`slackSeconds must be at least 1, not ${options.slackSeconds}`);
  const { from, until, cutoff } = options;
  const { period } = scratch;
  const isOwn = period.timetable === timetable && period.transfersBetween === transfersBetween;
  if (!isOwn || period.from > from || period.until < until + cutoff) {
    throw new RangeError('the scratch memory is of another timetable or period');
  }
  const layerCount = options.layerCount ?? 1;
  const memory = scratch.take(layerCount);
  const { departure } = period.connections;
  const first = firstFrom(departure, Math.floor(from / 10));
  // A useful trip arrives before until + cutoff, so it departs before.
  const end = firstFrom(departure, Math.ceil((until + cutoff) / 10));
  const scan = new ConnectionScan(period, egress, options, memory);
  scan.run(first, end);
  const { boardings, transfers, alightOfBoarding, ridesOfBoarding } = memory;
  return {
    timetable,
    transfersBetween,
    egress,
    options,
    layerCount,
    isLimited: options.layerCount !== undefined,
    boardings,
    transfers,
    alightOfBoarding,
    ridesOfBoarding,
    scannedCount: Math.max(0, end - first),
  };
}

/**
 * The scan of one connection after another. A method each, not one loop: V8 compiles a method as a whole once it
 * is hot, a running loop only in its midst, and gives that up again where the loop ends.
 */
class ConnectionScan {
  private readonly slack: number;
  /** Arrivals after this are of no use: who leaves home as the last one takes too long. Deciseconds of the day. */
  private readonly latest: number;
  private readonly isLimited: boolean;
  private readonly layerCount: number;
  private readonly walkAloneOfStop: Int32Array;
  /** stop -> 1 where a structure is in walking distance. */
  private readonly hasEgress: Uint8Array;

  constructor(
    private readonly period: ScanPeriod,
    private readonly egress: EgressGroups,
    private readonly options: ProfileOptions,
    private readonly memory: ScanMemory,
  ) {
    this.slack = options.slackSeconds * 10;
    this.latest = options.until + options.cutoff;
    this.isLimited = options.layerCount !== undefined;
    this.layerCount = options.layerCount ?? 1;
    this.walkAloneOfStop = leastWalks(egress);
    this.hasEgress = new Uint8Array(this.walkAloneOfStop.length);
    for (let stop = 0; stop < this.hasEgress.length; stop++) {
      if (egress.first[stop]! < egress.first[stop + 1]!) this.hasEgress[stop] = 1;
    }
  }

  /** All connections from `first` to before `end`, the last one first; nothing follows upon the loop. */
  run(first: number, end: number): void {
    for (let connection = end - 1; connection >= first; connection--) this.take(connection);
  }

  private take(connection: number): void {
    const { layerCount } = this;
    const { arrivalOfTrip, transfers } = this.memory;
    const { trip, stopThere, rulesHere, rulesThere } = this.period.connections;
    const firstSlot = trip[connection]! * layerCount;
    const there = stopThere[connection]!;
    // Most connections of a scan from one structure: the trip leads nowhere so far, nor does the stop. The last
    // layer is reached if any is.
    const isReached = arrivalOfTrip[firstSlot + layerCount - 1] !== UNREACHED;
    if (!isReached && this.hasEgress[there] === 0 && !transfers.leadsOn(there)) return;
    const canAlight = (rulesThere[connection]! & DROP_OFF) !== 0;
    const canBoard = (rulesHere[connection]! & PICKUP) !== 0;
    const byEgress = canAlight ? this.arrivalByEgress(connection) : UNREACHED;
    for (let layer = 0; layer < layerCount; layer++) {
      const slot = firstSlot + layer;
      if (canAlight) this.alight(connection, layer, slot, byEgress);
      this.board(connection, layer, slot, canBoard);
    }
  }

  private arrivalByEgress(connection: number): number {
    const { stopThere, arrivalThere } = this.period.connections;
    const { first, group, deciseconds } = this.egress;
    const stop = stopThere[connection]!;
    let least = UNREACHED;
    for (let link = first[stop]!; link < first[stop + 1]!; link++) {
      const reached = arrivalThere[connection]! * 10 + deciseconds[link]!;
      const admitted = admittedAt(this.egress, group[link]!, reached);
      if (admitted < least) least = admitted;
    }
    return least;
  }

  /** Who sits in the trip may get out at the end of the connection. */
  private alight(connection: number, layer: number, slot: number, byEgress: number): void {
    const { transfers, ridesOfBoarding, arrivalOfTrip, alightOfTrip, ridesOfTrip } = this.memory;
    let arrival = byEgress;
    let rides = 1;
    const nextLayer = this.isLimited ? layer - 1 : 0;
    if (nextLayer >= 0) {
      const { stopThere } = this.period.connections;
      const alighting = this.period.alightings.ofConnection[connection]!;
      const entry = transfers.takeBest(stopThere[connection]!, nextLayer, alighting);
      if (entry >= 0 && transfers.arrivalOf(entry) < arrival) {
        arrival = transfers.arrivalOf(entry);
        rides = ridesOfBoarding[transfers.boardingOf(entry)]! + 1;
      }
    }
    const best = arrivalOfTrip[slot]!;
    if (arrival > best || arrival > this.latest) return;
    if (arrival === best && rides >= ridesOfTrip[slot]!) return;
    arrivalOfTrip[slot] = arrival;
    alightOfTrip[slot] = this.period.connections.call[connection]! + 1;
    ridesOfTrip[slot] = Math.min(rides, 255);
  }

  /** Who stands at the start of the connection may get in; so may those who can walk there in time. */
  private board(connection: number, layer: number, slot: number, canBoard: boolean): void {
    const { arrivalOfTrip, boardedArrivalOfTrip } = this.memory;
    const arrival = canBoard ? arrivalOfTrip[slot]! : UNREACHED;
    const isEarlier = arrival !== boardedArrivalOfTrip[slot];
    boardedArrivalOfTrip[slot] = arrival;
    if (arrival === UNREACHED) return;
    const { cutoff, from } = this.options;
    const { trip, call, stop, departure } = this.period.connections;
    const wait = this.period.timetable.boardingWaitOfTrip[trip[connection]!]!;
    const ready = (departure[connection]! - wait) * 10 - this.slack;
    if (arrival - ready > cutoff || ready < from) return;
    const { boardings, alightOfBoarding, ridesOfBoarding, alightOfTrip, ridesOfTrip } = this.memory;
    const boarding = call[connection]! * this.layerCount + layer;
    alightOfBoarding[boarding] = alightOfTrip[slot]!;
    ridesOfBoarding[boarding] = ridesOfTrip[slot]!;
    if (!boardings.insert(stop[connection]! * this.layerCount + layer, ready, arrival, boarding)) return;
    const { placeOfConnection } = this.period.boardingTransfers;
    const part = 2 * placeOfConnection[connection]!;
    this.offerWalks(part, layer, ready, arrival, boarding);
    if (isEarlier) this.offerWalks(part + 1, layer, ready, arrival, boarding);
  }

  /** Offers a boarding to those who alight where it is worth walking from. */
  private offerWalks(part: number, layer: number, ready: number, arrival: number, boarding: number): void {
    const { firstLink, stop, deciseconds } = this.period.boardingTransfers;
    const { transfers } = this.memory;
    const { walkAloneOfStop } = this;
    const earliest = Math.max(this.options.from, arrival - this.options.cutoff);
    for (let link = firstLink[part]!; link < firstLink[part + 1]!; link++) {
      const readyThere = ready - deciseconds[link]!;
      // Shortest walks first: those that follow are too long as well.
      if (readyThere < earliest) break;
      const there = stop[link]!;
      // Who alights there in time to ride on can as well walk to the structure.
      if (arrival - readyThere >= walkAloneOfStop[there]!) continue;
      transfers.offer(there, layer, readyThere, arrival, boarding);
    }
  }
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
