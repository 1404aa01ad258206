/**
 * Where `matrix` links a point: the ways of its candidates and the metres off the road. Rebuilds what the
 * command does inside, with the same defaults, since its output does not tell.
 */
import { NoticeList } from '../../src/common/notices.ts';
import type { StreetMode } from '../../src/common/units.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { readSpeedDefaults } from '../../src/read/speed-table.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { snapPoints } from '../../src/streets/snapping.ts';
import { buildSpeedTable } from '../../src/streets/speed-table.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import type { ReferencePoint } from './engine-references.ts';

/** The defaults of `matrix`. */
const SNAP_RADIUS_METERS = 1000;
const MIN_ISLAND = 200;

/** Point id -> its links as text: `way 123 (0.4 m), way 456 (3.1 m)`, or why there is none. */
export async function describeLinks(
  osmPath: string,
  mode: StreetMode,
  from: readonly ReferencePoint[],
  to: readonly ReferencePoint[],
): Promise<{ from: Map<string, string>; to: Map<string, string> }> {
  const osm = await readOsm(osmPath, new NoticeList());
  const { network } = buildStreetNetwork(osm, mode, buildSpeedTable(readSpeedDefaults()));
  const index = buildEdgeIndex(network);
  const useful = findUsefulEdges(network, MIN_ISLAND, new Set());
  const everyEdge = useful.map(() => TAKES_DEPARTURES | TAKES_ARRIVALS);
  const describe = (points: readonly ReferencePoint[], needs: number): Map<string, string> => {
    const lon = Float64Array.from(points, (point) => point.lon);
    const lat = Float64Array.from(points, (point) => point.lat);
    const options = { radiusMeters: SNAP_RADIUS_METERS, needs };
    const snapped = snapPoints(network, index, useful, lon, lat, options);
    const anywhere = snapPoints(network, index, everyEdge, lon, lat, options);
    const links = (of: typeof snapped, i: number) =>
      Array.from(
        { length: of.firstCandidate[i + 1]! - of.firstCandidate[i]! },
        (_, k) => of.firstCandidate[i]! + k,
      )
        .map((k) => `way ${network.wayIdOfEdge[of.edges[k]!]} (${of.distances[k]!.toFixed(1)} m)`)
        .join(', ');
    return new Map(
      points.map((point, i) => {
        const own = links(snapped, i);
        const any = links(anywhere, i);
        if (own === any) return [point.id, own === '' ? 'no street near' : own];
        return [point.id, `${own === '' ? 'not linked' : own}; cut off: ${any}`];
      }),
    );
  };
  return { from: describe(from, TAKES_DEPARTURES), to: describe(to, TAKES_ARRIVALS) };
}
