/** Joins the stops, routes and transfer rules of several feeds; feeds follow each other, so no id collides. */
import { sharedFloat64, sharedUint8 } from '../common/shared-arrays.ts';
import type { GtfsFeed, GtfsStops } from '../read/gtfs/gtfs-feed.ts';
import type { TransferRules } from './timetable.ts';

export function joinStops(feeds: readonly GtfsFeed[]) {
  const firstStopOfFeed: number[] = [];
  let stopCount = 0;
  for (const feed of feeds) {
    firstStopOfFeed.push(stopCount);
    stopCount += feed.stops.count;
  }
  const lonOfStop = sharedFloat64(stopCount);
  const latOfStop = sharedFloat64(stopCount);
  const feedOfStop = new Uint16Array(stopCount);
  const stopIdOfStop: string[] = [];
  const nameOfStop: string[] = [];
  feeds.forEach(({ stops }, feedIndex) => {
    lonOfStop.set(stops.lon, firstStopOfFeed[feedIndex]!);
    latOfStop.set(stops.lat, firstStopOfFeed[feedIndex]!);
    feedOfStop.fill(feedIndex, firstStopOfFeed[feedIndex]!, firstStopOfFeed[feedIndex]! + stops.count);
    for (const id of stops.id) stopIdOfStop.push(id);
    for (const name of stops.name) nameOfStop.push(name);
  });
  return {
    firstStopOfFeed,
    servedOfStop: sharedUint8(stopCount),
    columns: { stopCount, stopIdOfStop, nameOfStop, feedOfStop, lonOfStop, latOfStop },
  };
}

export function joinRoutes(feeds: readonly GtfsFeed[], schoolOnly: readonly Uint8Array[]) {
  const firstRouteOfFeed: number[] = [];
  const routeIdOfRoute: string[] = [];
  const nameOfRoute: string[] = [];
  const feedOfRoute: number[] = [];
  const schoolOnlyOfRoute: number[] = [];
  feeds.forEach(({ routes }, feedIndex) => {
    firstRouteOfFeed.push(routeIdOfRoute.length);
    for (let route = 0; route < routes.count; route++) {
      routeIdOfRoute.push(routes.id[route]!);
      nameOfRoute.push(routes.shortName[route]! || routes.longName[route]! || routes.id[route]!);
      feedOfRoute.push(feedIndex);
      schoolOnlyOfRoute.push(schoolOnly[feedIndex]![route]!);
    }
  });
  return {
    firstRouteOfFeed,
    columns: {
      routeIdOfRoute,
      nameOfRoute,
      feedOfRoute: Uint16Array.from(feedOfRoute),
      schoolOnlyOfRoute: Uint8Array.from(schoolOnlyOfRoute),
    },
  };
}

/**
 * Rules between stations hold for all their platforms; of several rules for a pair of platforms the one that
 * names most of the two platforms themselves counts, of those the last. Only platforms served on the day.
 */
export function expandTransferRules(
  feeds: readonly GtfsFeed[],
  firstStopOfFeed: readonly number[],
  servedOfStop: Uint8Array,
): TransferRules {
  const rules: Array<{ from: number; to: number; type: number; minSeconds: number }> = [];
  feeds.forEach(({ stops, transfers }, feedIndex) => {
    const first = firstStopOfFeed[feedIndex]!;
    const platforms = platformsOfStation(stops, servedOfStop.subarray(first, first + stops.count));
    const expand = (stop: number): readonly number[] =>
      platforms.get(stop) ?? (servedOfStop[first + stop] ? [stop] : []);
    const generality = (stop: number): number => (stops.locationType[stop] === 1 ? 1 : 0);
    const ranked = transfers
      .map((rule, order) => ({ ...rule, order, rank: generality(rule.fromStop) + generality(rule.toStop) }))
      .sort((a, b) => b.rank - a.rank || a.order - b.order);
    const ruleOfPair = new Map<number, { type: number; minSeconds: number }>();
    for (const { fromStop, toStop, type, minSeconds } of ranked) {
      for (const from of expand(fromStop)) {
        for (const to of expand(toStop)) ruleOfPair.set(from * stops.count + to, { type, minSeconds });
      }
    }
    for (const [pair, { type, minSeconds }] of ruleOfPair) {
      const from = Math.floor(pair / stops.count);
      // A plain recommendation says nothing that the walk does not; here it only overrode a station's rule.
      if (type === 0) continue;
      rules.push({ from: first + from, to: first + (pair - from * stops.count), type, minSeconds });
    }
  });
  return {
    count: rules.length,
    fromStop: Uint32Array.from(rules, (rule) => rule.from),
    toStop: Uint32Array.from(rules, (rule) => rule.to),
    type: Uint8Array.from(rules, (rule) => rule.type),
    minSeconds: Int32Array.from(rules, (rule) => (rule.type === 2 ? rule.minSeconds : 0)),
  };
}

/** station -> the served stops that stand in it, itself included where trips call at it. */
function platformsOfStation(stops: GtfsStops, served: Uint8Array): Map<number, number[]> {
  const platforms = new Map<number, number[]>();
  for (let stop = 0; stop < stops.count; stop++) {
    if (stops.locationType[stop] === 1) platforms.set(stop, served[stop] === 1 ? [stop] : []);
  }
  for (let stop = 0; stop < stops.count; stop++) {
    if (served[stop] === 1 && stops.station[stop]! >= 0) platforms.get(stops.station[stop]!)?.push(stop);
  }
  return platforms;
}
