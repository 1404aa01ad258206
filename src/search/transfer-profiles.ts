/**
 * The combined profiles of the stops: for who alights, the earliest arrival by boardings here and those walked to.
 * They are asked at the moments at which a vehicle lets people out, and only then, so they hold an answer per
 * such moment instead of a list of pairs: a pair is noted at one of them, and passed on to the earlier ones when
 * they are asked. Lists of pairs, kept free of beaten ones, took 0.6 M insertions
 * in the middle for the 0.09 M pairs that last, in one search of a large city.
 */
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX, UNREACHED } from '../common/units.ts';
import { DROP_OFF } from '../transit/timetable.ts';

/** Places in which an alighting is looked for one after the other. */
const NEAR = 8;

/** An *alighting* is a stop and a moment at which at least one vehicle lets people out there. */
export interface Alightings {
  /** stop -> its first alighting; length stopCount + 1. By ascending time for each stop. */
  firstOfStop: Uint32Array;
  /** alighting -> deciseconds of the day. */
  time: Int32Array;
  /** connection -> alighting at its end, NO_INDEX where nobody may alight. */
  ofConnection: Uint32Array;
}

/**
 * @param stopOfConnection, secondsOfConnection where and when each connection ends; connections in the order of
 *   their departure, so that the moments of a stop are nearly in order
 * @param rulesOfConnection with DROP_OFF where the connection lets people out
 */
export function listAlightings(
  stopCount: number,
  stopOfConnection: Uint32Array,
  secondsOfConnection: Int32Array,
  rulesOfConnection: Uint8Array,
): Alightings {
  const count = stopOfConnection.length;
  /** stop -> its connections in `connectionAt`. */
  const firstAtStop = new Uint32Array(stopCount + 1);
  for (let connection = 0; connection < count; connection++) {
    if ((rulesOfConnection[connection]! & DROP_OFF) !== 0) firstAtStop[stopOfConnection[connection]! + 1]!++;
  }
  for (let stop = 0; stop < stopCount; stop++) firstAtStop[stop + 1]! += firstAtStop[stop]!;
  const endAtStop = firstAtStop.slice(0, stopCount);
  const connectionAt = new Uint32Array(firstAtStop[stopCount]!);
  for (let connection = 0; connection < count; connection++) {
    if ((rulesOfConnection[connection]! & DROP_OFF) === 0) continue;
    const stop = stopOfConnection[connection]!;
    const seconds = secondsOfConnection[connection]!;
    // Sorted by insertion: few connections overtake another to the same stop.
    let at = endAtStop[stop]!++;
    for (; at > firstAtStop[stop]! && secondsOfConnection[connectionAt[at - 1]!]! > seconds; at--) {
      connectionAt[at] = connectionAt[at - 1]!;
    }
    connectionAt[at] = connection;
  }
  const firstOfStop = sharedUint32(stopCount + 1);
  const ofConnection = sharedUint32(count).fill(NO_INDEX);
  const time = sharedInt32(connectionAt.length);
  let alighting = 0;
  for (let stop = 0; stop < stopCount; stop++) {
    firstOfStop[stop] = alighting;
    for (let at = firstAtStop[stop]!; at < firstAtStop[stop + 1]!; at++) {
      const connection = connectionAt[at]!;
      const moment = secondsOfConnection[connection]! * 10;
      if (alighting === firstOfStop[stop] || time[alighting - 1] !== moment) time[alighting++] = moment;
      ofConnection[connection] = alighting - 1;
    }
  }
  firstOfStop[stopCount] = alighting;
  return { firstOfStop, time: time.subarray(0, alighting), ofConnection };
}

/**
 * Per alighting and layer (entry = alighting * layerCount + layer) the best pair (ready, arrival) to go on with.
 * The three numbers of an entry lie side by side: a scan of a city waits for memory more than it computes.
 */
export class TransferProfiles {
  /**
   * 3 * entry -> arrival, UNREACHED where nothing leads on; then `ready`, when one must set out (deciseconds of
   * the day); then the boarding: which trip is boarded where.
   */
  private readonly pairs: Int32Array;
  /** stop * layerCount + layer -> the earliest alighting that was asked for, the end of the stop's at first. */
  private readonly earliestAsked: Uint32Array;
  /** stop * layerCount + layer -> the pair that leads on from there; UNREACHED where none does. */
  private readonly arrivalAsked: Int32Array;
  private readonly readyAsked: Int32Array;
  /** stop -> 1 where a pair was offered since the last clearing. */
  private readonly isOffered: Uint8Array;

  constructor(
    private readonly alightings: Alightings,
    private readonly layerCount: number,
    private readonly ridesOfBoarding: Uint8Array,
  ) {
    const stopCount = alightings.firstOfStop.length - 1;
    this.pairs = new Int32Array(3 * alightings.time.length * layerCount).fill(UNREACHED);
    this.earliestAsked = new Uint32Array(stopCount * layerCount);
    this.arrivalAsked = new Int32Array(stopCount * layerCount);
    this.readyAsked = new Int32Array(stopCount * layerCount);
    this.isOffered = new Uint8Array(stopCount);
    for (let stop = 0; stop < stopCount; stop++) this.resetAsked(stop);
  }

  clear(): void {
    const { isOffered, alightings, layerCount, pairs } = this;
    for (let stop = 0; stop < isOffered.length; stop++) {
      if (isOffered[stop] === 0) continue;
      isOffered[stop] = 0;
      this.resetAsked(stop);
      const first = alightings.firstOfStop[stop]!;
      const end = alightings.firstOfStop[stop + 1]!;
      pairs.fill(UNREACHED, 3 * first * layerCount, 3 * end * layerCount);
    }
  }

  private resetAsked(stop: number): void {
    const { layerCount } = this;
    const end = this.alightings.firstOfStop[stop + 1]!;
    this.earliestAsked.fill(end, stop * layerCount, (stop + 1) * layerCount);
    this.arrivalAsked.fill(UNREACHED, stop * layerCount, (stop + 1) * layerCount);
  }

  /** Whether anything may lead on from the stop. */
  leadsOn(stop: number): boolean {
    return this.isOffered[stop] === 1;
  }

  arrivalOf(entry: number): number {
    return this.pairs[3 * entry]!;
  }

  boardingOf(entry: number): number {
    return this.pairs[3 * entry + 2]!;
  }

  /**
   * Offers a pair to who alights at the stop by `ready`: noted at the last such alighting, which hands it on. No
   * alighting that was asked for is that early: vehicles that leave later have arrived later.
   * Of two pairs the earlier arrival wins, then the later `ready`, the fewer rides, and what was offered first.
   */
  offer(stop: number, layer: number, ready: number, arrival: number, boarding: number): void {
    const { pairs } = this;
    // Who sets out later arrives no later: most offers end here, without a search.
    const list = stop * this.layerCount + layer;
    const asked = this.arrivalAsked[list]!;
    if (asked < arrival || (asked === arrival && this.readyAsked[list]! > ready)) return;
    const alighting = this.lastBefore(this.earliestAsked[list]!, stop, ready);
    if (alighting < 0) return;
    const entry = alighting * this.layerCount + layer;
    const known = pairs[3 * entry]!;
    if (known < arrival || (known === arrival && !this.isBetter(ready, boarding, entry))) return;
    pairs[3 * entry] = arrival;
    pairs[3 * entry + 1] = ready;
    pairs[3 * entry + 2] = boarding;
    this.isOffered[stop] = 1;
  }

  /** Of two pairs that arrive at the same time. */
  private isBetter(ready: number, boarding: number, entry: number): boolean {
    const other = this.pairs[3 * entry + 1]!;
    if (ready !== other) return ready > other;
    return this.ridesOfBoarding[boarding]! < this.ridesOfBoarding[this.boardingOf(entry)]!;
  }

  /**
   * The entry to go on with from an alighting, -1 where nothing leads on. Who alights then can take all that
   * later ones can, so pairs are handed on from the earliest alighting asked for before: what is offered after
   * that is offered for earlier alightings, since the scan goes back in time and nobody boards before alighting.
   */
  takeBest(stop: number, layer: number, alighting: number): number {
    if (this.isOffered[stop] === 0) return -1;
    const { pairs, layerCount, earliestAsked } = this;
    const list = stop * layerCount + layer;
    const end = this.alightings.firstOfStop[stop + 1]!;
    if (earliestAsked[list]! <= alighting) return this.entryAt(alighting, layer);
    for (let at = earliestAsked[list]! - 1; at >= alighting; at--) {
      if (at + 1 === end) continue;
      const to = 3 * (at * layerCount + layer);
      const from = to + 3 * layerCount;
      if (pairs[from]! > pairs[to]! || pairs[from] === UNREACHED) continue;
      pairs[to] = pairs[from]!;
      pairs[to + 1] = pairs[from + 1]!;
      pairs[to + 2] = pairs[from + 2]!;
    }
    const entry = alighting * layerCount + layer;
    earliestAsked[list] = alighting;
    this.arrivalAsked[list] = pairs[3 * entry]!;
    this.readyAsked[list] = pairs[3 * entry + 1]!;
    return this.entryAt(alighting, layer);
  }

  private entryAt(alighting: number, layer: number): number {
    const entry = alighting * this.layerCount + layer;
    return this.pairs[3 * entry] === UNREACHED ? -1 : entry;
  }

  /** The same for who alights at the stop at `time`, a moment at which one may. */
  find(stop: number, layer: number, time: number): number {
    const alighting = this.lastAt(stop, time);
    return alighting < 0 ? -1 : this.takeBest(stop, layer, alighting);
  }

  /** The last alighting at the stop by `time`, -1 where there is none. */
  private lastAt(stop: number, time: number): number {
    const { firstOfStop } = this.alightings;
    return this.lastBetween(firstOfStop[stop]!, firstOfStop[stop + 1]!, time);
  }

  /** The same where it lies before the alighting `end`, mostly a few places. */
  private lastBefore(end: number, stop: number, time: number): number {
    const { firstOfStop, time: timeOf } = this.alightings;
    const first = firstOfStop[stop]!;
    const near = Math.max(first, end - NEAR);
    for (let at = end - 1; at >= near; at--) if (timeOf[at]! <= time) return at;
    return this.lastBetween(first, near, time);
  }

  /** The last of the alightings [first, end) of one stop by `time`, -1 where there is none. */
  private lastBetween(first: number, end: number, time: number): number {
    const { time: timeOf } = this.alightings;
    let low = first;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timeOf[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low === first ? -1 : low - 1;
  }
}
