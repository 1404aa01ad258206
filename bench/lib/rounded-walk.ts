/**
 * Our walking times with every street edge rounded up to a whole second, as R5 rounds: what is left of a
 * difference then is of the method, not of the rounding. (The tool itself counts tenths and rounds to the nearest.)
 */
import { NoticeList } from '../../src/common/notices.ts';
import { UNREACHED } from '../../src/common/units.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { readSpeedDefaults } from '../../src/read/speed-table.ts';
import { buildSeeds, evaluatePoints } from '../../src/search/door-to-door.ts';
import { linkPoints } from '../../src/search/point-links.ts';
import { StreetSearch } from '../../src/search/street-search.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { snapPoints } from '../../src/streets/snapping.ts';
import { buildSpeedTable } from '../../src/streets/speed-table.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import type { ReferencePoint } from './engine-references.ts';

/** The defaults of `matrix`. */
const SNAP_RADIUS_METERS = 1000;
const MIN_ISLAND = 200;
/** An arc is three numbers, its time the second. */
const ARC_NUMBERS = 3;

/** `from,to` -> seconds, for all pairs that a walk joins. */
export async function timeRoundedWalks(
  roads: string,
  walkSpeedKph: number,
  from: readonly ReferencePoint[],
  to: readonly ReferencePoint[],
): Promise<Map<string, number>> {
  const osm = await readOsm(roads, new NoticeList());
  const table = buildSpeedTable(readSpeedDefaults(), { walk: { kph: walkSpeedKph } });
  const network = roundUp(buildStreetNetwork(osm, 'walk', table).network);
  const index = buildEdgeIndex(network);
  const useful = findUsefulEdges(network, MIN_ISLAND, new Set());
  const snap = (points: readonly ReferencePoint[], needs: number) =>
    snapPoints(
      network,
      index,
      useful,
      Float64Array.from(points, ({ lon }) => lon),
      Float64Array.from(points, ({ lat }) => lat),
      { radiusMeters: SNAP_RADIUS_METERS, needs },
    );
  const origins = linkPoints(network, snap(from, TAKES_DEPARTURES), 'start', walkSpeedKph);
  const destinations = snap(to, TAKES_ARRIVALS);
  const search = new StreetSearch(network, 'towards');
  const seconds = new Map<string, number>();
  to.forEach((destination, i) => {
    const seedSet = buildSeeds(network, destinations, [i], 'towards', walkSpeedKph);
    search.run(seedSet.seeds);
    const { times } = evaluatePoints(network, search, seedSet, origins, 'towards', false);
    from.forEach((origin, j) => {
      if (times[j] !== UNREACHED) seconds.set(`${origin.id},${destination.id}`, times[j]! / 10);
    });
  });
  return seconds;
}

/** Whole seconds on every edge and arc. */
function roundUp(network: StreetNetwork): StreetNetwork {
  const up = (deciseconds: number) =>
    deciseconds === UNREACHED ? UNREACHED : Math.ceil(deciseconds / 10) * 10;
  const arcs = (own: Int32Array) => own.map((value, i) => (i % ARC_NUMBERS === 1 ? up(value) : value));
  return {
    ...network,
    drivingTimeOfEdgeDir: network.drivingTimeOfEdgeDir.map(up),
    arcsInto: arcs(network.arcsInto),
    arcsFrom: arcs(network.arcsFrom),
    longestArc: up(network.longestArc),
  };
}
