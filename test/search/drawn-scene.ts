/** One home and one structure in a drawn timetable, searched and answered in seconds. */
import { UNREACHED } from '../../src/common/units.ts';
import { findItinerary } from '../../src/search/transit-cells.ts';
import type { TransitLeg } from '../../src/search/transit-itinerary.ts';
import {
  BOARDING_SLACK_SECONDS,
  searchTransit,
  type TransitResult,
} from '../../src/search/transit-search.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { buildStopTransfers, turnWalks } from '../../src/transit/stop-transfers.ts';
import type { Timetable } from '../../src/transit/timetable.ts';
import { type DrawnFeed, drawFeed } from '../transit/drawn-feed.ts';
import { toLinks } from './drawn-town.ts';

export const SLACK = BOARDING_SLACK_SECONDS;
const DATE = '2026-10-06';
/** Seconds of `HH:MM` or `HH:MM:SS`. */
export const clock = (text: string): number => {
  const [hours, minutes, seconds] = text.split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + (seconds ?? 0);
};

/** One home and one structure in a drawn network; all walks in seconds, by stop id. */
export interface Scene {
  feed: Omit<DrawnFeed, 'stops'> & { stops?: DrawnFeed['stops'] };
  home: Record<string, number>;
  structure: Record<string, number>;
  walks?: Array<[from: string, to: string, seconds: number]>;
  hours?: Array<[open: number, close: number]>;
  direct?: number;
  from?: string;
  until?: string;
  thresholdSeconds?: number;
  maxRides?: number;
  timetable?: (timetable: Timetable) => Timetable;
}

export interface Answer {
  bestSeconds: number;
  p50Seconds: number;
  availability: number;
  rides: number;
  waitSeconds: number;
  departure: number;
  legs: TransitLeg[];
  result: TransitResult;
  timetable: Timetable;
}

export function answer(scene: Scene): Answer {
  const ids = new Set([
    ...scene.feed.trips.flatMap((trip) => trip.calls.map(([stop]) => stop)),
    ...Object.keys(scene.home),
    ...Object.keys(scene.structure),
  ]);
  // A kilometre apart, so that no block joins by chance.
  const stops =
    scene.feed.stops ??
    Object.fromEntries([...ids].map((id, i): [string, [number, number]] => [id, [i / 50, 0]]));
  const built = buildTimetable([drawFeed({ ...scene.feed, stops })], DATE);
  const index = (id: string): number => built.stopIdOfStop.indexOf(id);
  const walks = (scene.walks ?? []).map(([a, b, seconds]): [number, number, number] => [
    index(a),
    index(b),
    seconds,
  ]);
  const access = toLinks(
    1,
    Object.entries(scene.home).map(([id, seconds]) => [0, index(id), seconds]),
  );
  const egress = toLinks(
    built.stopCount,
    Object.entries(scene.structure).map(([id, seconds]) => [index(id), 0, seconds]),
  );
  const hours = scene.hours ?? [];
  const timetable = scene.timetable?.(built) ?? built;
  const result = searchTransit(
    timetable,
    {
      access,
      egress: { first: egress.first, structure: egress.stop, deciseconds: egress.deciseconds },
      direct: {
        deciseconds: Int32Array.of(scene.direct === undefined ? UNREACHED : scene.direct * 10),
        structure: Uint32Array.of(0),
      },
      transfers: buildStopTransfers(timetable, turnWalks(toLinks(built.stopCount, walks)), {
        slackSeconds: SLACK,
      }),
      hours: {
        first: Uint32Array.of(0, hours.length),
        openSeconds: Int32Array.from(hours, ([open]) => open),
        closeSeconds: Int32Array.from(hours, ([, close]) => close),
      },
    },
    {
      windows: [{ from: clock(scene.from ?? '08:00') * 10, until: clock(scene.until ?? '09:00') * 10 }],
      threshold: (scene.thresholdSeconds ?? 1800) * 10,
      inclusive: false,
      cutoff: 72_000,
      ...(scene.maxRides === undefined ? {} : { maxRides: scene.maxRides }),
    },
  );
  const { times } = result;
  const seconds = (time: number): number => (time === UNREACHED ? Number.POSITIVE_INFINITY : time / 10);
  return {
    bestSeconds: seconds(times.best[0]!),
    p50Seconds: seconds(times.p50[0]!),
    availability: times.availability[0]!,
    rides: times.rides[0]!,
    waitSeconds: times.transferWait[0]! / 10,
    departure: seconds(times.departure[0]!),
    legs: findItinerary(result.profiles, access, times, 0),
    result,
    timetable,
  };
}

/** A line from A to B that takes 10 min, leaving at each of the times. */
export const line = (
  id: string,
  from: string,
  to: string,
  departures: number[],
  seconds = 600,
): DrawnFeed['trips'] =>
  departures.map((time, i) => ({
    id: `${id}${i}`,
    route: id,
    calls: [
      [from, time],
      [to, time + seconds],
    ],
  }));
