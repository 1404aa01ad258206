/**
 * Transfers between stops: the walk on the streets under the rules of transfers.txt. A transfer is the time
 * that must pass between alighting and being ready to board, before the boarding slack; changing at the same
 * stop takes none.
 */
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import type { Timetable } from './timetable.ts';

/** Walks between stops in the streets: links by one of their ends, `stop` is the other; deciseconds. */
export interface StopWalks {
  /** stop -> its first link; length stopCount + 1. */
  first: Uint32Array;
  stop: Uint32Array;
  deciseconds: Int32Array;
}

/** Transfers, with the stop itself among them; a timed transfer may be negative (no slack). */
export interface StopTransfers {
  /** Links by the stop one reaches, the shortest first; `stop` is the one left. */
  into: StopWalks;
}

export interface TransferOptions {
  /** Seconds before every boarding, as in the search. */
  slackSeconds: number;
  /** A minimum time between stops that no walk joins makes a transfer up to this. Default 600. */
  maxRuleSeconds?: number;
}

const RECOMMENDED = 0;
const TIMED = 1;
const MINIMUM_TIME = 2;
const NOT_POSSIBLE = 3;

/**
 * Joins walks and rules. Between alighting and departure there must pass at least walk + slack; by type 2 also
 * the minimum time; by type 1 (the vehicle waits) only the walk; by type 3 there is no transfer.
 * @param walks by the stop one reaches; fastest if the shortest come first
 */
export function buildStopTransfers(
  timetable: Pick<Timetable, 'stopCount' | 'transferRules'>,
  walks: StopWalks,
  options: TransferOptions,
): StopTransfers {
  const { stopCount, transferRules: rules } = timetable;
  const slack = options.slackSeconds * 10;
  const maxRule = (options.maxRuleSeconds ?? 600) * 10;
  const ruleOfPair = new Map<number, number>();
  const rulesInto = new Map<number, number[]>();
  for (let rule = 0; rule < rules.count; rule++) {
    const to = rules.toStop[rule]!;
    ruleOfPair.set(rules.fromStop[rule]! * stopCount + to, rule);
    rulesInto.set(to, [...(rulesInto.get(to) ?? []), rule]);
  }
  const capacity = walks.stop.length + stopCount + rules.count;
  const first = sharedUint32(stopCount + 1);
  const stop = sharedUint32(capacity);
  const deciseconds = sharedInt32(capacity);
  const used = new Uint8Array(rules.count);
  let count = 0;
  const add = (from: number, time: number): void => {
    stop[count] = from;
    deciseconds[count++] = time;
  };
  const addWalk = (from: number, to: number, walk: number): void => {
    const rule = ruleOfPair.get(from * stopCount + to);
    const type = rule === undefined ? RECOMMENDED : rules.type[rule]!;
    if (rule !== undefined) used[rule] = 1;
    if (type === NOT_POSSIBLE) return;
    if (type === TIMED) add(from, walk - slack);
    else if (type === MINIMUM_TIME) add(from, Math.max(walk, rules.minSeconds[rule!]! * 10 - slack));
    else add(from, walk);
  };
  for (let to = 0; to < stopCount; to++) {
    first[to] = count;
    const own = rulesInto.get(to);
    const take = own === undefined ? add : (from: number, walk: number) => addWalk(from, to, walk);
    take(to, 0);
    for (let link = walks.first[to]!; link < walks.first[to + 1]!; link++) {
      if (walks.stop[link] !== to) take(walks.stop[link]!, walks.deciseconds[link]!);
    }
    for (const rule of own ?? []) {
      const time = rules.minSeconds[rule]! * 10;
      if (used[rule] === 1 || rules.type[rule] !== MINIMUM_TIME || time > maxRule) continue;
      add(rules.fromStop[rule]!, Math.max(0, time - slack));
    }
    sortByTime(stop.subarray(first[to]!, count), deciseconds.subarray(first[to]!, count));
  }
  first[stopCount] = count;
  return {
    into: { first, stop: stop.subarray(0, count), deciseconds: deciseconds.subarray(0, count) },
  };
}

/** Walks that join nothing, for networks without streets and for tests. */
export function emptyStopWalks(stopCount: number): StopWalks {
  return { first: new Uint32Array(stopCount + 1), stop: new Uint32Array(0), deciseconds: new Int32Array(0) };
}

/** The same walks by their other end, the shortest first. */
export function turnWalks(walks: StopWalks): StopWalks {
  const stopCount = walks.first.length - 1;
  const first = sharedUint32(stopCount + 1);
  for (const stop of walks.stop) first[stop + 1]!++;
  for (let stop = 0; stop < stopCount; stop++) first[stop + 1]! += first[stop]!;
  const next = first.slice();
  const stop = sharedUint32(walks.stop.length);
  const deciseconds = sharedInt32(walks.stop.length);
  for (let end = 0; end < stopCount; end++) {
    for (let link = walks.first[end]!; link < walks.first[end + 1]!; link++) {
      const slot = next[walks.stop[link]!]!++;
      stop[slot] = end;
      deciseconds[slot] = walks.deciseconds[link]!;
    }
  }
  for (let end = 0; end < stopCount; end++) {
    const start = first[end]!;
    const until = first[end + 1]!;
    sortByTime(stop.subarray(start, until), deciseconds.subarray(start, until));
  }
  return { first, stop, deciseconds };
}

/** Links of one stop by ascending time, those of one time as they were. */
export function sortByTime(stop: Uint32Array, deciseconds: Int32Array): void {
  const count = stop.length;
  let isSorted = true;
  for (let i = 1; i < count && isSorted; i++) isSorted = deciseconds[i - 1]! <= deciseconds[i]!;
  if (isSorted) return;
  // Whole and below 2^53; a timed transfer may be negative, which sorts as well.
  const keys = Float64Array.from(deciseconds, (time, i) => time * count + i).sort();
  const [stops, times] = [stop.slice(), deciseconds.slice()];
  for (let i = 0; i < count; i++) {
    const from = ((keys[i]! % count) + count) % count;
    stop[i] = stops[from]!;
    deciseconds[i] = times[from]!;
  }
}
