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
import { admittedAt, type EgressGroups } from './transit-egress.ts';
import { firstFrom, ScanScratch } from './transit-scan-scratch.ts';

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

/**
 * @param scratch of the timetable and of a period that holds the scan's; the result is valid until it is used again
 * @throws RangeError if the slack is below one second: who alights could then board backwards in the scan.
 */
export function scanProfiles(
  timetable: Timetable,
  transfersBetween: StopTransfers,
  egress: EgressGroups,
  options: ProfileOptions,
  scratch = new ScanScratch(timetable, options.from, options.until + options.cutoff),
): StopProfiles {
  if (!(options.slackSeconds >= 1))
    throw new RangeError(`slackSeconds must be at least 1, not ${options.slackSeconds}`);
  const layerCount = options.layerCount ?? 1;
  const isLimited = options.layerCount !== undefined;
  const { cutoff, from } = options;
  const slack = options.slackSeconds * 10;
  // A useful trip arrives before until + cutoff, so it departs before.
  const endSeconds = Math.ceil((options.until + cutoff) / 10);
  if (scratch.timetable !== timetable || scratch.from > from || scratch.until < options.until + cutoff) {
    throw new RangeError('the scratch memory is of another timetable or period');
  }
  const { boardingWaitOfTrip } = timetable;
  const { first: firstEgress, group: groupOfEgress, deciseconds: walkOfEgress } = egress;
  const { first: firstInto, stop: stopOfInto, deciseconds: walkOfInto } = transfersBetween.into;
  const { call: callOf, trip: tripOf, stop: stopOf, stopThere: stopThereOf } = scratch.connections;
  const { departure: departureOf, arrivalThere: arrivalThereOf, rulesHere, rulesThere } = scratch.connections;
  const { placeOfStop } = scratch;
  const { boardings, transfers, alightOfBoarding, ridesOfBoarding, ...memory } = scratch.take(
    layerCount,
    from,
    options.until + cutoff,
  );
  const { arrivalOfTrip, alightOfTrip, ridesOfTrip, beaten } = memory;
  const walkAloneOfStop = leastWalks(egress);

  const firstConnection = firstFrom(departureOf, Math.floor(from / 10));
  const endConnection = firstFrom(departureOf, endSeconds);
  for (let connection = endConnection - 1; connection >= firstConnection; connection--) {
    const trip = tripOf[connection]!;
    const canAlight = (rulesThere[connection]! & DROP_OFF) !== 0;
    const canBoard = (rulesHere[connection]! & PICKUP) !== 0;
    const arrivalHere = arrivalThereOf[connection]! * 10;
    const stopThere = stopThereOf[connection]!;
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
          alightOfTrip[slot] = callOf[connection]! + 1;
          ridesOfTrip[slot] = Math.min(rides, 255);
        }
      }
      const arrival = arrivalOfTrip[slot]!;
      if (!canBoard || arrival === UNREACHED) continue;
      const ready = (departureOf[connection]! - boardingWaitOfTrip[trip]!) * 10 - slack;
      if (arrival - ready > cutoff || ready < from) continue;
      const stop = stopOf[connection]!;
      const boarding = callOf[connection]! * layerCount + layer;
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
