/**
 * The forward search, written independently of the backward one: from one home at one leaving time, connections
 * by ascending departure, to the earliest arrival at any structure. It answers single questions, and it is the
 * oracle of the profile scan on real timetables.
 *
 * A trip holds the fewest rides with which one can sit in it; a stop holds, per number of rides, when one can
 * stand there ready to board. Only alighting and the access walk make one stand at a stop, so nobody walks twice.
 */
import { UNREACHED } from '../common/units.ts';
import { type StopTransfers, type StopWalks, turnWalks } from '../transit/stop-transfers.ts';
import { DROP_OFF, PICKUP, type Timetable } from '../transit/timetable.ts';
import { lowerBound } from './scan-period.ts';
import { admittedAt, type EgressGroups } from './transit-egress.ts';

export interface ForwardOptions {
  slackSeconds: number;
  maxRides: number;
  /** Longest time of all, deciseconds. */
  cutoff: number;
}

const NOT_ABOARD = 255;

export class ForwardSearch {
  /** ride count * stopCount + stop -> deciseconds of the day when one stands there. */
  private readonly standing: Int32Array;
  /** By the stop one leaves. */
  private readonly transfersFrom: StopWalks;
  /** trip -> fewest rides with which one sits in it. */
  private readonly ridesOfTrip: Uint8Array;

  /** The timetable with its headway services written out. */
  constructor(
    private readonly timetable: Timetable,
    transfers: StopTransfers,
    private readonly egress: EgressGroups,
    private readonly options: ForwardOptions,
  ) {
    this.transfersFrom = turnWalks(transfers.into);
    this.standing = new Int32Array(options.maxRides * timetable.stopCount);
    this.ridesOfTrip = new Uint8Array(timetable.tripCount);
  }

  /**
   * Earliest arrival by transit (deciseconds of the day), UNREACHED if none within the cutoff. The direct walk
   * is not looked at.
   *
   * @param accessStops, accessTimes walks from home, parallel, deciseconds
   */
  earliestArrival(accessStops: Uint32Array, accessTimes: Int32Array, leaving: number): number {
    const { standing, ridesOfTrip, timetable, egress } = this;
    const { stopCount, callOfConnection, tripOfCall, stopOfCall, rulesOfCall } = timetable;
    const { arrivalOfCall, departureOfCall, boardingWaitOfTrip } = timetable;
    const { first, stop: stopOfLink, deciseconds } = this.transfersFrom;
    const { maxRides, cutoff } = this.options;
    const slack = this.options.slackSeconds * 10;
    standing.fill(UNREACHED);
    ridesOfTrip.fill(NOT_ABOARD);
    for (let i = 0; i < accessStops.length; i++) {
      const stop = accessStops[i]!;
      standing[stop] = Math.min(standing[stop]!, leaving + accessTimes[i]!);
    }
    let earliest = UNREACHED;
    const deadline = leaving + cutoff;
    const start = lowerBound(callOfConnection, departureOfCall, Math.floor(leaving / 10));
    for (let connection = start; connection < callOfConnection.length; connection++) {
      const call = callOfConnection[connection]!;
      const departure = departureOfCall[call]! * 10;
      if (departure > deadline || departure >= earliest) break;
      const trip = tripOfCall[call]!;
      if ((rulesOfCall[call]! & PICKUP) !== 0) {
        const latest = departure - slack - boardingWaitOfTrip[trip]! * 10;
        const stop = stopOfCall[call]!;
        for (let rides = 0; rides < maxRides && rides + 1 < ridesOfTrip[trip]!; rides++) {
          if (standing[rides * stopCount + stop]! <= latest) ridesOfTrip[trip] = rides + 1;
        }
      }
      const rides = ridesOfTrip[trip]!;
      if (rides === NOT_ABOARD || (rulesOfCall[call + 1]! & DROP_OFF) === 0) continue;
      const arrival = arrivalOfCall[call + 1]! * 10;
      const there = stopOfCall[call + 1]!;
      for (let link = egress.first[there]!; link < egress.first[there + 1]!; link++) {
        const admitted = admittedAt(egress, egress.group[link]!, arrival + egress.deciseconds[link]!);
        if (admitted < earliest && admitted <= deadline) earliest = admitted;
      }
      if (rides === maxRides) continue;
      for (let link = first[there]!; link < first[there + 1]!; link++) {
        const slot = rides * stopCount + stopOfLink[link]!;
        const time = arrival + deciseconds[link]!;
        if (time < standing[slot]!) standing[slot] = time;
      }
    }
    return earliest;
  }
}
