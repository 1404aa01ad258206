/**
 * Transfers between stops: the walk on the streets under the rules of transfers.txt. A transfer is the time
 * that must pass between alighting and being ready to board, before the boarding slack; changing at the same
 * stop takes none.
 */
import { orderByKey } from '../common/radix-sort.ts';
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
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
  const hasRule = new Uint8Array(stopCount);
  for (const from of rules.fromStop) hasRule[from] = 1;
  const add = (from: number, to: number, walk: number): void => {
    const rule = hasRule[from] === 1 ? ruleOfPair.get(from * stopCount + to) : undefined;
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
  const links = { count, times };
  return {
    from: groupLinks(stopCount, tails, heads, links, undefined),
    into: groupLinks(stopCount, heads, tails, links, orderByTime(times.subarray(0, count))),
  };
}

/** Walks that join nothing, for networks without streets and for tests. */
export function emptyStopWalks(stopCount: number): StopWalks {
  return { first: new Uint32Array(stopCount + 1), stop: new Uint32Array(0), deciseconds: new Int32Array(0) };
}

/** Links by ascending time, those of one time as they were: a search stops at the first that is too long. */
function orderByTime(times: Int32Array): Uint32Array {
  // A timed transfer may be negative.
  let least = 0;
  for (const time of times) if (time < least) least = time;
  return orderByKey(Uint32Array.from(times, (time) => time - least));
}

/** Links by the stop at one end, for each in the order given, or as they were. */
function groupLinks(
  stopCount: number,
  keys: Uint32Array,
  others: Uint32Array,
  { count, times }: { count: number; times: Int32Array },
  order: Uint32Array | undefined,
): StopWalks {
  const first = sharedUint32(stopCount + 1);
  for (let link = 0; link < count; link++) first[keys[link]! + 1]!++;
  for (let stop = 0; stop < stopCount; stop++) first[stop + 1]! += first[stop]!;
  const next = first.slice();
  const stop = sharedUint32(count);
  const deciseconds = sharedInt32(count);
  for (let at = 0; at < count; at++) {
    const link = order === undefined ? at : order[at]!;
    const slot = next[keys[link]!]!++;
    stop[slot] = others[link]!;
    deciseconds[slot] = times[link]!;
  }
  return { first, stop, deciseconds };
}
