/**
 * Which communes the roads read leave without a street of a mode: an extract that is cut too close, or of another
 * place. In go communes and networks; out come notices, one a commune. A commune is asked for by its box in the
 * index of edges and left at the first street inside it, so that a département takes milliseconds.
 */
import type Flatbush from 'flatbush';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';
import type { Notice } from '../common/notices.ts';
import { boxOfGeometries, buildPolygonIndex, type PolygonIndex } from '../common/polygon-index.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import type { Commune } from '../read/records.ts';
import { EDGES_PER_BOX } from '../streets/edge-index.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

/** What is asked of a network with its spatial index. */
export interface CheckedNetwork {
  network: Pick<StreetNetwork, 'edgeCount' | 'firstPointOfEdge' | 'lonOfPoint' | 'latOfPoint'>;
  index: Flatbush | undefined;
}

/**
 * One notice per commune that lacks a street of some mode, most people first.
 * @param peopleOf people of a commune by its code, undefined where nobody knows
 */
export function checkStreets(
  communes: readonly Commune[],
  networks: ReadonlyMap<string, CheckedNetwork>,
  peopleOf: (code: string) => number | undefined,
): Notice[] {
  const drawn = communes.filter((commune) => commune.geometry !== undefined);
  const polygons = buildPolygonIndex(drawn.map((commune) => commune.geometry));
  const lacking = drawn.flatMap((commune, position) => {
    const modes = [...networks]
      .filter(([, network]) => !hasStreet(commune, position, polygons, network))
      .map(([mode]) => mode);
    return modes.length === 0 ? [] : [{ commune, modes, people: Math.round(peopleOf(commune.code) ?? 0) }];
  });
  lacking.sort((a, b) => b.people - a.people || (a.commune.code < b.commune.code ? -1 : 1));
  return lacking.map(({ commune, modes, people }) => ({
    code: 'commune-without-streets',
    severity: 'warning',
    message: `the roads read hold no street of ${commune.nom} (${people} people) for ${modes.join(', ')}`,
    action: 'its people are linked to a street beyond its border, or counted as not connected',
    id: `${commune.code} ${commune.nom}`,
    value: String(people),
  }));
}

/** True where a street of the network has a point within so many metres, along each axis, of the place. */
export function hasStreetWithin(network: CheckedNetwork, lon: number, lat: number, meters: number): boolean {
  const east = (meters / metersPerDegreeOfLongitude(lat)) * COORDINATE_UNITS_PER_DEGREE;
  const north = (meters / METERS_PER_DEGREE) * COORDINATE_UNITS_PER_DEGREE;
  const x = lon * COORDINATE_UNITS_PER_DEGREE;
  const y = lat * COORDINATE_UNITS_PER_DEGREE;
  return hasPoint(network, [x - east, y - north, x + east, y + north], () => true);
}

/** True where a point of an edge lies in the commune. */
function hasStreet(
  commune: Commune,
  position: number,
  polygons: PolygonIndex,
  network: CheckedNetwork,
): boolean {
  return hasPoint(
    network,
    boxOf(commune),
    (lon, lat) =>
      polygons.locate(lon / COORDINATE_UNITS_PER_DEGREE, lat / COORDINATE_UNITS_PER_DEGREE) === position,
  );
}

/** True where a point of an edge in the box (west, south, east, north, in 1e-7 degrees) is accepted. */
function hasPoint(
  { network, index }: CheckedNetwork,
  [west, south, east, north]: readonly [number, number, number, number],
  isAccepted: (lon: number, lat: number) => boolean,
): boolean {
  if (index === undefined) return false;
  const { firstPointOfEdge, lonOfPoint, latOfPoint } = network;
  let isFound = false;
  index.search(west, south, east, north, (box) => {
    if (isFound) return false;
    const end = firstPointOfEdge[Math.min(network.edgeCount, (box + 1) * EDGES_PER_BOX)]!;
    for (let point = firstPointOfEdge[box * EDGES_PER_BOX]!; point < end && !isFound; point++) {
      const lon = lonOfPoint[point]!;
      const lat = latOfPoint[point]!;
      if (lon < west || lon > east || lat < south || lat > north) continue;
      isFound = isAccepted(lon, lat);
    }
    return false;
  });
  return isFound;
}

/** West, south, east, north in the network's units. */
function boxOf({ geometry }: Commune): [number, number, number, number] {
  const box = boxOfGeometries([geometry]);
  const units = box.map((degrees) => degrees * COORDINATE_UNITS_PER_DEGREE);
  return [Math.floor(units[0]!), Math.floor(units[1]!), Math.ceil(units[2]!), Math.ceil(units[3]!)];
}
