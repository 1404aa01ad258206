/**
 * From which stops it is worth walking to a boarding. In a city a hundred stops lie in walking distance of one,
 * and each of them also lies near the stops before and after along the same trip. Who walks to a trip boards it
 * where the departure less the walk is latest; at most stops another call of the trip is better:
 *
 * - The call before, if the walk to it is so much shorter that one may set out later: its boarding arrives as
 *   early or earlier. It is scanned after this one, but before anything that could use the pair left out: that
 *   arrives at the stop before one must set out, so it departs before the call before does.
 * - The call after, if one may set out later for it, and both boardings arrive at the same time. That is known
 *   in the scan only, so the links of a boarding come in two parts.
 *
 * What is left out is beaten by a pair that leaves strictly later, so nothing changes in any profile, ties
 * included. A search of Porto Alegre looks at 1.65 M links instead of 5.37 M.
 */
import { sharedInt32, sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX, UNREACHED } from '../common/units.ts';
import type { StopWalks } from '../transit/stop-transfers.ts';
import { PICKUP, type Timetable } from '../transit/timetable.ts';

/**
 * Boardings at one stop between the same stops before and after are one *place*; its links are the transfers
 * into the stop, in two parts of ascending time: those that are always worth while, then those that are only if
 * boarding here arrives earlier than boarding at the next call.
 */
export interface BoardingTransfers {
  /** connection -> place. */
  placeOfConnection: Uint32Array;
  /** 2 * place -> first link of the first part, 2 * place + 1 -> of the second; length 2 * placeCount + 1. */
  firstLink: Uint32Array;
  /** link -> the stop one leaves, deciseconds to the boarding. */
  stop: Uint32Array;
  deciseconds: Int32Array;
}

/** @param callOfConnection connections of a scan, in any order */
export function buildBoardingTransfers(
  timetable: Timetable,
  callOfConnection: Uint32Array,
  into: StopWalks,
): BoardingTransfers {
  const places = findPlaces(timetable, callOfConnection);
  const firstLink = sharedUint32(2 * places.count + 1);
  let capacity = 0;
  let longest = 0;
  for (let place = 0; place < places.count; place++) {
    const linkCount = into.first[places.stop[place]! + 1]! - into.first[places.stop[place]!]!;
    capacity += linkCount;
    if (linkCount > longest) longest = linkCount;
  }
  const stop = sharedUint32(capacity);
  const deciseconds = sharedInt32(capacity);
  const secondPart = new Uint32Array(longest);
  const toPrevious = new WalksInto(into);
  const toNext = new WalksInto(into);
  let count = 0;
  for (let place = 0; place < places.count; place++) {
    const walkToPrevious = toPrevious.take(places.previous[place]!);
    const walkToNext = toNext.take(places.next[place]!);
    const longestBefore = places.longestBefore[place]!;
    const shortestAfter = places.shortestAfter[place]!;
    const here = places.stop[place]!;
    let secondCount = 0;
    firstLink[2 * place] = count;
    for (let link = into.first[here]!; link < into.first[here + 1]!; link++) {
      const there = into.stop[link]!;
      const walk = into.deciseconds[link]!;
      if (walkToPrevious[there]! < walk - longestBefore) continue;
      if (walkToNext[there]! < walk + shortestAfter) {
        secondPart[secondCount++] = link;
        continue;
      }
      stop[count] = there;
      deciseconds[count++] = walk;
    }
    firstLink[2 * place + 1] = count;
    for (let i = 0; i < secondCount; i++, count++) {
      stop[count] = into.stop[secondPart[i]!]!;
      deciseconds[count] = into.deciseconds[secondPart[i]!]!;
    }
  }
  firstLink[2 * places.count] = count;
  return {
    placeOfConnection: places.ofConnection,
    firstLink,
    stop: stop.subarray(0, count),
    deciseconds: deciseconds.subarray(0, count),
  };
}

interface Places {
  count: number;
  ofConnection: Uint32Array;
  stop: Uint32Array;
  /** place -> the stop of the call before, NO_INDEX where there is none or it cannot be boarded; that of the call after. */
  previous: Uint32Array;
  next: Uint32Array;
  /** place -> deciseconds between the departures: at most since the one before, at least until the one after. */
  longestBefore: Int32Array;
  shortestAfter: Int32Array;
}

function findPlaces(timetable: Timetable, callOfConnection: Uint32Array): Places {
  const { stopCount, tripOfCall, stopOfCall, rulesOfCall, departureOfCall, firstCallOfTrip } = timetable;
  const connectionCount = callOfConnection.length;
  const ofConnection = sharedUint32(connectionCount);
  const stop = new Uint32Array(connectionCount);
  const previous = new Uint32Array(connectionCount);
  const next = new Uint32Array(connectionCount);
  const longestBefore = new Int32Array(connectionCount);
  const shortestAfter = new Int32Array(connectionCount).fill(UNREACHED);
  /** The places of a stop as a chain: few, so that looking through them is fastest. */
  const latestPlaceOfStop = new Uint32Array(stopCount).fill(NO_INDEX);
  const earlierPlace = new Uint32Array(connectionCount);
  let count = 0;
  for (let connection = 0; connection < connectionCount; connection++) {
    const call = callOfConnection[connection]!;
    const here = stopOfCall[call]!;
    const hasPrevious = call > firstCallOfTrip[tripOfCall[call]!]! && (rulesOfCall[call - 1]! & PICKUP) !== 0;
    const before = hasPrevious ? stopOfCall[call - 1]! : NO_INDEX;
    const after = stopOfCall[call + 1]!;
    let place = latestPlaceOfStop[here]!;
    while (place !== NO_INDEX && (previous[place] !== before || next[place] !== after)) {
      place = earlierPlace[place]!;
    }
    if (place === NO_INDEX) {
      place = count++;
      stop[place] = here;
      previous[place] = before;
      next[place] = after;
      earlierPlace[place] = latestPlaceOfStop[here]!;
      latestPlaceOfStop[here] = place;
    }
    ofConnection[connection] = place;
    const departure = departureOfCall[call]!;
    if (hasPrevious) {
      const since = (departure - departureOfCall[call - 1]!) * 10;
      if (since > longestBefore[place]!) longestBefore[place] = since;
    }
    const until = (departureOfCall[call + 1]! - departure) * 10;
    if (until < shortestAfter[place]!) shortestAfter[place] = until;
  }
  return { count, ofConnection, stop, previous, next, longestBefore, shortestAfter };
}

/** Walks into one stop after another, by the stop where they start. */
class WalksInto {
  private readonly walkFrom: Int32Array;
  private stop = NO_INDEX;

  constructor(private readonly into: StopWalks) {
    this.walkFrom = new Int32Array(into.first.length - 1).fill(UNREACHED);
  }

  /**
   * @param stop NO_INDEX for one that nobody walks to
   * @returns stop -> deciseconds from there, UNREACHED where no transfer leads from it; valid until the next stop
   */
  take(stop: number): Int32Array {
    const { walkFrom } = this;
    if (stop === this.stop) return walkFrom;
    const { first, stop: stopOfLink, deciseconds } = this.into;
    if (this.stop !== NO_INDEX) {
      for (let link = first[this.stop]!; link < first[this.stop + 1]!; link++) {
        walkFrom[stopOfLink[link]!] = UNREACHED;
      }
    }
    this.stop = stop;
    if (stop === NO_INDEX) return walkFrom;
    // The shortest first: of two links between the same stops the first one counts.
    for (let link = first[stop + 1]! - 1; link >= first[stop]!; link--) {
      walkFrom[stopOfLink[link]!] = deciseconds[link]!;
    }
    return walkFrom;
  }
}
