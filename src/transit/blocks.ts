/**
 * Joins trips that one vehicle runs one after the other, where passengers may stay seated: by transfers.txt
 * types 4 and 5, else by block_id where the next trip starts where the last one ended. A joined run becomes
 * one trip of the timetable, which costs no ride and no wait; where a train splits, both ways are kept.
 */
import { distanceMeters } from '../common/geo.ts';
import type { NoticeList } from '../common/notices.ts';
import type { GtfsFeed } from '../read/gtfs/gtfs-feed.ts';

/** The next trip of a block must start within this of the last stop (OpenTripPlanner's maxInterlineDistance). */
const SAME_PLACE_METERS = 200;
/** A run that splits and joins again and again is cut after so many branches. */
const MAX_BRANCHES = 32;

/** A scheduled run of a trip on the day: the trip, and what to add to its times. */
export interface TripRun {
  trip: number;
  shiftSeconds: number;
}

/**
 * Chains of runs of one feed and one service day, each chain one ride; runs that are joined to nothing are
 * chains of one. Order: by the first run of the chain.
 */
export function joinRuns(feed: GtfsFeed, runs: readonly TripRun[], notices: NoticeList): TripRun[][] {
  const runOfTrip = new Map<number, number>();
  runs.forEach((run, index) => {
    runOfTrip.set(run.trip, index);
  });
  const successors: number[][] = runs.map(() => []);
  const hasPredecessor = new Uint8Array(runs.length);
  const link = (from: number, to: number): void => {
    if (successors[from]!.includes(to)) return;
    successors[from]!.push(to);
    hasPredecessor[to] = 1;
  };
  const forbidden = linkByTransfers(feed, runOfTrip, link, notices);
  linkByBlocks(feed, runs, successors, forbidden, link, notices);

  const chains: TripRun[][] = [];
  for (let run = 0; run < runs.length; run++) {
    if (hasPredecessor[run] === 1) continue;
    let branches = 0;
    const follow = (chain: readonly number[]): void => {
      const next = successors[chain[chain.length - 1]!]!;
      if (next.length > 0 && branches < MAX_BRANCHES) {
        for (const successor of next) follow([...chain, successor]);
        return;
      }
      branches++;
      chains.push(chain.map((index) => runs[index]!));
    };
    follow([run]);
  }
  return chains;
}

/** transfers.txt type 4 links trips whose times agree; type 5 forbids what a block would link. */
function linkByTransfers(
  feed: GtfsFeed,
  runOfTrip: ReadonlyMap<number, number>,
  link: (from: number, to: number) => void,
  notices: NoticeList,
): ReadonlySet<string> {
  const forbidden = new Set<string>();
  for (const { fromTrip, toTrip, staySeated } of feed.tripLinks) {
    const from = runOfTrip.get(fromTrip);
    const to = runOfTrip.get(toTrip);
    if (from === undefined || to === undefined) continue;
    if (!staySeated) {
      forbidden.add(`${from} ${to}`);
    } else if (runsBefore(feed, fromTrip, toTrip)) {
      link(from, to);
    } else {
      notices.add({
        code: 'stay-seated-overlap',
        severity: 'warning',
        message: 'a trip that passengers stay seated for starts before the other ends',
        action: 'not joined',
        file: `${feed.name}/transfers.txt`,
        id: `${feed.trips.id[fromTrip]!} -> ${feed.trips.id[toTrip]!}`,
      });
    }
  }
  return forbidden;
}

function linkByBlocks(
  feed: GtfsFeed,
  runs: readonly TripRun[],
  successors: readonly number[][],
  forbidden: ReadonlySet<string>,
  link: (from: number, to: number) => void,
  notices: NoticeList,
): void {
  const blocks = new Map<number, number[]>();
  runs.forEach(({ trip }, index) => {
    const block = feed.trips.block[trip]!;
    if (block < 0) return;
    const members = blocks.get(block);
    if (members === undefined) blocks.set(block, [index]);
    else members.push(index);
  });
  for (const members of blocks.values()) {
    members.sort(
      (a, b) =>
        firstDeparture(feed, runs[a]!.trip) - firstDeparture(feed, runs[b]!.trip) ||
        lastArrival(feed, runs[a]!.trip) - lastArrival(feed, runs[b]!.trip) ||
        a - b,
    );
    for (let i = 1; i < members.length; i++) {
      const [from, to] = [members[i - 1]!, members[i]!];
      const [fromTrip, toTrip] = [runs[from]!.trip, runs[to]!.trip];
      if (lastArrival(feed, fromTrip) > firstDeparture(feed, toTrip)) {
        notices.add({
          code: 'block-overlap',
          severity: 'warning',
          message: 'two trips of one block run at the same time',
          action: 'not joined: passengers change',
          file: `${feed.name}/trips.txt`,
          id: `${feed.trips.id[fromTrip]!} -> ${feed.trips.id[toTrip]!}`,
        });
        continue;
      }
      if (successors[from]!.length > 0 || forbidden.has(`${from} ${to}`)) continue;
      if (startsWhereEnds(feed, fromTrip, toTrip)) link(from, to);
    }
  }
}

/** Strict in the departures, so that links never form a circle. */
function runsBefore(feed: GtfsFeed, fromTrip: number, toTrip: number): boolean {
  const next = firstDeparture(feed, toTrip);
  return lastArrival(feed, fromTrip) <= next && firstDeparture(feed, fromTrip) < next;
}

function lastArrival(feed: GtfsFeed, trip: number): number {
  return feed.calls.arrival[feed.trips.firstCall[trip + 1]! - 1]!;
}

function firstDeparture(feed: GtfsFeed, trip: number): number {
  return feed.calls.departure[feed.trips.firstCall[trip]!]!;
}

function startsWhereEnds(feed: GtfsFeed, fromTrip: number, toTrip: number): boolean {
  const { stops, calls, trips } = feed;
  const last = calls.stop[trips.firstCall[fromTrip + 1]! - 1]!;
  const first = calls.stop[trips.firstCall[toTrip]!]!;
  if (last === first) return true;
  if (stops.station[last]! >= 0 && stops.station[last] === stops.station[first]) return true;
  return (
    distanceMeters(stops.lon[last]!, stops.lat[last]!, stops.lon[first]!, stops.lat[first]!) <=
    SAME_PLACE_METERS
  );
}
