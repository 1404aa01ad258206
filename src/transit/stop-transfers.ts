/**
 * Transfers between stops: the walk on the streets under the rules of transfers.txt. A transfer is the time
 * that must pass between alighting and being ready to board, before the boarding slack; changing at the same
 * stop takes none.
 */
import type { Timetable } from './timetable.ts';

/** Walks between stops in the streets: links by the stop one leaves; deciseconds. No link from a stop to itself. */
export interface StopWalks {
  /** stop -> its first link; length stopCount + 1. */
  first: Uint32Array;
  stop: Uint32Array;
  deciseconds: Int32Array;
}

/** Transfers both ways round, with the stop itself among them; a timed transfer may be negative (no slack). */
export interface StopTransfers {
  /** Links by the stop one leaves. */
  from: StopWalks;
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
  for (let rule = 0; rule < rules.count; rule++) {
    ruleOfPair.set(rules.fromStop[rule]! * stopCount + rules.toStop[rule]!, rule);
  }
  const capacity = walks.stop.length + stopCount + rules.count;
  const tails = new Uint32Array(capacity);
  const heads = new Uint32Array(capacity);
  const times = new Int32Array(capacity);
  let count = 0;
  const used = new Uint8Array(rules.count);
  const add = (from: number, to: number, walk: number): void => {
    const rule = ruleOfPair.get(from * stopCount + to);
    const type = rule === undefined ? RECOMMENDED : rules.type[rule]!;
    if (rule !== undefined) used[rule] = 1;
    if (type === NOT_POSSIBLE) return;
    tails[count] = from;
    heads[count] = to;
    if (type === TIMED) times[count++] = walk - slack;
    else if (type === MINIMUM_TIME) times[count++] = Math.max(walk, rules.minSeconds[rule!]! * 10 - slack);
    else times[count++] = walk;
  };
  for (let stop = 0; stop < stopCount; stop++) {
    add(stop, stop, 0);
    for (let link = walks.first[stop]!; link < walks.first[stop + 1]!; link++) {
      if (walks.stop[link] !== stop) add(stop, walks.stop[link]!, walks.deciseconds[link]!);
    }
  }
  for (let rule = 0; rule < rules.count; rule++) {
    const time = rules.minSeconds[rule]! * 10;
    if (used[rule] === 1 || rules.type[rule] !== MINIMUM_TIME || time > maxRule) continue;
    add(rules.fromStop[rule]!, rules.toStop[rule]!, Math.max(0, time - slack));
  }
  return {
    from: groupLinks(stopCount, tails.subarray(0, count), heads, times),
    into: sortByTime(groupLinks(stopCount, heads.subarray(0, count), tails, times)),
  };
}

/** Walks that join nothing, for networks without streets and for tests. */
export function emptyStopWalks(stopCount: number): StopWalks {
  return { first: new Uint32Array(stopCount + 1), stop: new Uint32Array(0), deciseconds: new Int32Array(0) };
}

/** The links of each stop in ascending time, those of one time as they were: a search stops at the first too long. */
function sortByTime({ first, stop, deciseconds }: StopWalks): StopWalks {
  const sortedStop = new Uint32Array(stop.length);
  const sortedTimes = new Int32Array(stop.length);
  let longest = 0;
  for (let s = 0; s + 1 < first.length; s++) longest = Math.max(longest, first[s + 1]! - first[s]!);
  const keys = new Float64Array(longest);
  for (let s = 0; s + 1 < first.length; s++) {
    const start = first[s]!;
    const count = first[s + 1]! - start;
    // Whole and below 2^53; a timed transfer may be negative, which sorts as well.
    for (let i = 0; i < count; i++) keys[i] = deciseconds[start + i]! * count + i;
    const sorted = keys.subarray(0, count).sort();
    for (let i = 0; i < count; i++) {
      const from = start + (((sorted[i]! % count) + count) % count);
      sortedStop[start + i] = stop[from]!;
      sortedTimes[start + i] = deciseconds[from]!;
    }
  }
  return { first, stop: sortedStop, deciseconds: sortedTimes };
}

function groupLinks(stopCount: number, keys: Uint32Array, others: Uint32Array, times: Int32Array): StopWalks {
  const first = new Uint32Array(stopCount + 1);
  for (const key of keys) first[key + 1]!++;
  for (let stop = 0; stop < stopCount; stop++) first[stop + 1]! += first[stop]!;
  const next = first.slice();
  const stop = new Uint32Array(keys.length);
  const deciseconds = new Int32Array(keys.length);
  for (let link = 0; link < keys.length; link++) {
    const slot = next[keys[link]!]!++;
    stop[slot] = others[link]!;
    deciseconds[slot] = times[link]!;
  }
  return { first, stop, deciseconds };
}
