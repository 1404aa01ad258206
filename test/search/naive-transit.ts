/**
 * The naive twin of the transit search: from one home at one leaving time, every call that can be boarded with
 * 1, 2, … rides, over all calls and all links, without order, lists or pruning. Times are seconds of the
 * service day; walks are seconds too.
 */
import type { Timetable } from '../../src/transit/timetable.ts';
import { DROP_OFF, PICKUP } from '../../src/transit/timetable.ts';

export interface NaiveScene {
  /** With its headway services written out. */
  timetable: Timetable;
  /** [from stop, to stop, seconds], changing at the same stop included. */
  transfers: Array<[from: number, to: number, seconds: number]>;
  /** [stop, structure, seconds]. */
  egress: Array<[stop: number, structure: number, seconds: number]>;
  /** structure -> windows in seconds; none = always open. */
  hours: Array<Array<[open: number, close: number]>>;
  /** [stop, seconds] from the home. */
  access: Array<[stop: number, seconds: number]>;
  slackSeconds: number;
  maxRides: number;
  cutoffSeconds: number;
}

/** Earliest arrival in seconds of the day, Infinity if none within the cutoff. */
export function naiveArrival(scene: NaiveScene, leaving: number): number {
  const { timetable, transfers, egress, hours, slackSeconds, maxRides } = scene;
  const { stopOfCall, tripOfCall, arrivalOfCall, departureOfCall, rulesOfCall, boardingWaitOfTrip } =
    timetable;
  const calls = Array.from({ length: timetable.callCount }, (_, call) => call);
  const canBoard = (call: number, standing: number): boolean =>
    (rulesOfCall[call]! & PICKUP) !== 0 &&
    standing + slackSeconds + boardingWaitOfTrip[tripOfCall[call]!]! <= departureOfCall[call]!;
  let earliest = Number.POSITIVE_INFINITY;
  let boarded = calls.filter((call) =>
    scene.access.some(([stop, walk]) => stop === stopOfCall[call] && canBoard(call, leaving + walk)),
  );
  for (let ride = 1; ride <= maxRides && boarded.length > 0; ride++) {
    const firstBoarded = new Map<number, number>();
    for (const call of boarded) {
      const trip = tripOfCall[call]!;
      firstBoarded.set(trip, Math.min(call, firstBoarded.get(trip) ?? call));
    }
    const alighted = calls.filter(
      (call) => (rulesOfCall[call]! & DROP_OFF) !== 0 && (firstBoarded.get(tripOfCall[call]!) ?? call) < call,
    );
    for (const call of alighted) {
      for (const [stop, structure, walk] of egress) {
        if (stop !== stopOfCall[call]) continue;
        const reached = arrivalOfCall[call]! + walk;
        const windows = hours[structure] ?? [];
        const admitted =
          windows.length === 0
            ? reached
            : Math.min(
                ...windows.map(([open, close]) =>
                  reached < close && open < close ? Math.max(open, reached) : Number.POSITIVE_INFINITY,
                ),
              );
        earliest = Math.min(earliest, admitted);
      }
    }
    const standing = new Map<number, number>();
    for (const [from, to, walk] of transfers) {
      for (const call of alighted) {
        if (stopOfCall[call] !== from) continue;
        standing.set(to, Math.min(arrivalOfCall[call]! + walk, standing.get(to) ?? Number.POSITIVE_INFINITY));
      }
    }
    boarded = calls.filter((call) =>
      canBoard(call, standing.get(stopOfCall[call]!) ?? Number.POSITIVE_INFINITY),
    );
  }
  return earliest - leaving <= scene.cutoffSeconds ? earliest : Number.POSITIVE_INFINITY;
}
