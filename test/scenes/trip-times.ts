/** Door-to-door times between places of a network, by the project's own snapping and search. */
import { UNREACHED } from '../../src/common/units.ts';
import { indexNetwork } from '../../src/network/street-network-file.ts';
import { buildSeeds, evaluatePoints } from '../../src/search/door-to-door.ts';
import { linkPoints } from '../../src/search/point-links.ts';
import { ReferenceSearch } from '../../src/search/reference.ts';
import type { SearchDirection } from '../../src/search/seeds.ts';
import { StreetSearch } from '../../src/search/street-search.ts';
import { type SnapOptions, type SnappedPoints, snapPoints } from '../../src/streets/snapping.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import type { DrawnStreets } from './drawn-streets.ts';

export interface Place {
  lon: number;
  lat: number;
}

export interface TripOptions {
  direction?: SearchDirection;
  engine?: 'fast' | 'reference';
  /** Default 0: every island takes points. */
  minIsland?: number;
  radiusMeters?: number;
  walkSpeedKph?: number;
}

export function snapPlaces(
  network: StreetNetwork,
  places: readonly Place[],
  options: Partial<SnapOptions> & { minIsland?: number } = {},
): SnappedPoints {
  const { minIsland = 0, ...rest } = options;
  const useful = findUsefulEdges(network, minIsland, new Set());
  return snapPoints(
    network,
    indexNetwork(network).index,
    useful,
    Float64Array.from(places, ({ lon }) => lon),
    Float64Array.from(places, ({ lat }) => lat),
    { radiusMeters: 1000, needs: TAKES_DEPARTURES, ...rest },
  );
}

/** Deciseconds from every origin to every destination: `times[origin][destination]`, UNREACHED where none. */
export function timesBetween(
  network: StreetNetwork,
  origins: readonly Place[],
  destinations: readonly Place[],
  options: TripOptions = {},
): number[][] {
  const { direction = 'towards', engine = 'fast', minIsland = 0, radiusMeters = 1000 } = options;
  const walkSpeedKph = options.walkSpeedKph ?? 4;
  const starts = snapPlaces(network, origins, { minIsland, radiusMeters, needs: TAKES_DEPARTURES });
  const ends = snapPlaces(network, destinations, { minIsland, radiusMeters, needs: TAKES_ARRIVALS });
  const [sources, others] = direction === 'towards' ? [ends, starts] : [starts, ends];
  const links = linkPoints(network, others, direction === 'towards' ? 'start' : 'end', walkSpeedKph);
  const search =
    engine === 'fast' ? new StreetSearch(network, direction) : new ReferenceSearch(network, direction);
  const times = origins.map(() => new Array<number>(destinations.length).fill(UNREACHED));
  for (let source = 0; source < sources.count; source++) {
    const seedSet = buildSeeds(network, sources, [source], direction, walkSpeedKph);
    search.run(seedSet.seeds);
    const found = evaluatePoints(network, search, seedSet, links, direction, false);
    for (let other = 0; other < others.count; other++) {
      if (direction === 'towards') times[other]![source] = found.times[other]!;
      else times[source]![other] = found.times[other]!;
    }
  }
  return times;
}

/** Seconds of one trip between places of a drawing; undefined where there is none. */
export function secondsBetween(
  streets: Pick<DrawnStreets, 'placeAt'>,
  network: StreetNetwork,
  from: string,
  to: string,
  options: TripOptions = {},
): number | undefined {
  const time = timesBetween(network, [streets.placeAt(from)], [streets.placeAt(to)], options)[0]![0]!;
  return time === UNREACHED ? undefined : time / 10;
}
