/**
 * The legs of an itinerary, read back from the profiles: what `explain` prints, and the source of the waits
 * between rides. Every pair knows where its first ride is boarded and left; after alighting, the same question
 * is asked again that the scan asked, and it has the same answer.
 */
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
import { admittedAt, findEgress } from './transit-egress.ts';
import type { StopProfiles } from './transit-profiles.ts';

/** Times are deciseconds of the day. */
export type TransitLeg =
  | { kind: 'direct'; structure: number; departure: number; arrival: number }
  | { kind: 'access'; stop: number; departure: number; arrival: number }
  | {
      kind: 'ride';
      boardCall: number;
      alightCall: number;
      fromStop: number;
      toStop: number;
      departure: number;
      arrival: number;
      /** From standing at the stop to the departure, boarding slack and half headway included. */
      wait: number;
    }
  | { kind: 'transfer'; fromStop: number; toStop: number; departure: number; arrival: number }
  | {
      kind: 'egress';
      stop: number;
      structure: number;
      departure: number;
      arrival: number;
      /** Until the structure opens. */
      wait: number;
    };

/**
 * Legs from a stop where one boards the pair `entry` of its boardings.
 *
 * @param readyAt when one reaches the stop, deciseconds of the day
 */
export function findLegs(profiles: StopProfiles, entry: number, readyAt: number): TransitLeg[] {
  const { timetable, transfersBetween, boardings, transfers, alightOfBoarding } = profiles;
  const { stopOfCall, arrivalOfCall, departureOfCall } = timetable;
  const legs: TransitLeg[] = [];
  let boarding = boardings.boarding[entry]!;
  let goal = boardings.arrivalOf(entry);
  let layer = profiles.ridesOfBoarding[boarding]! - 1;
  let here = readyAt;
  for (;;) {
    const board = Math.floor(boarding / profiles.layerCount);
    const alight = alightOfBoarding[boarding]!;
    const departure = departureOfCall[board]! * 10;
    const arrival = arrivalOfCall[alight]! * 10;
    const toStop = stopOfCall[alight]!;
    const fromStop = stopOfCall[board]!;
    legs.push({
      kind: 'ride',
      boardCall: board,
      alightCall: alight,
      fromStop,
      toStop,
      departure,
      arrival,
      wait: departure - here,
    });
    const link = findEgress(profiles.egress, toStop, arrival);
    if (link >= 0) {
      const reached = arrival + profiles.egress.deciseconds[link]!;
      const admitted = admittedAt(profiles.egress, profiles.egress.group[link]!, reached);
      if (admitted <= goal) {
        const structure = profiles.egress.structure[link]!;
        legs.push({
          kind: 'egress',
          stop: toStop,
          structure,
          departure: arrival,
          arrival: reached,
          wait: admitted - reached,
        });
        return legs;
      }
    }
    layer = profiles.isLimited ? layer - 1 : 0;
    const next = findNext(profiles, toStop, arrival, goal, layer);
    boarding = transfers.boardingOf(next);
    goal = transfers.arrivalOf(next);
    const boardStop = stopOfCall[Math.floor(boarding / profiles.layerCount)]!;
    here = arrival;
    if (boardStop !== toStop) {
      here = arrival + Math.max(0, getTransfer(transfersBetween, toStop, boardStop));
      legs.push({ kind: 'transfer', fromStop: toStop, toStop: boardStop, departure: arrival, arrival: here });
    }
  }
}

/** With layers, the pair with the fewest rides that still keeps the arrival. */
function findNext(profiles: StopProfiles, stop: number, time: number, goal: number, layer: number): number {
  const { transfers } = profiles;
  for (let k = 0; k <= layer; k++) {
    const entry = transfers.find(stop, k, time);
    if (entry >= 0 && transfers.arrivalOf(entry) <= goal) return entry;
  }
  throw new Error(`no way on from stop ${stop} at ${time} that arrives by ${goal}`);
}

function getTransfer({ into }: StopTransfers, from: number, to: number): number {
  // The shortest come first.
  for (let link = into.first[to]!; link < into.first[to + 1]!; link++) {
    if (into.stop[link] === from) return into.deciseconds[link]!;
  }
  throw new Error(`no transfer from stop ${from} to stop ${to}`);
}

export interface DescribedRide {
  feed: string;
  routeId: string;
  route: string;
  headsign: string;
  tripId: string;
  fromStopId: string;
  fromStop: string;
  toStopId: string;
  toStop: string;
}

/** Names of a ride for people; a ride through a joined block is named after the trip that is boarded. */
export function describeRide(
  timetable: Timetable,
  leg: Extract<TransitLeg, { kind: 'ride' }>,
): DescribedRide {
  const dayTrip = timetable.dayTripOfCall[leg.boardCall]!;
  const route = timetable.routeOfDayTrip[dayTrip]!;
  return {
    feed: timetable.feeds[timetable.feedOfRoute[route]!]!.name,
    routeId: timetable.routeIdOfRoute[route]!,
    route: timetable.nameOfRoute[route]!,
    headsign: timetable.headsignOfDayTrip[dayTrip]!,
    tripId: timetable.tripIdOfDayTrip[dayTrip]!,
    fromStopId: timetable.stopIdOfStop[leg.fromStop]!,
    fromStop: timetable.nameOfStop[leg.fromStop]!,
    toStopId: timetable.stopIdOfStop[leg.toStop]!,
    toStop: timetable.nameOfStop[leg.toStop]!,
  };
}
