/**
 * Which communes share a border.
 *
 * Two communes do where their boundaries run along each other: at least two vertices of either lie within a
 * tolerance of the other's boundary, further apart than twice that tolerance, so that corners which only touch
 * do not count. Neighbouring polygons usually repeat each other's vertices; where one side has fewer, a vertex
 * is measured against the segments. Only the overlap of the two bounding boxes is looked at.
 */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';

/** Boundaries closer than this are one. Published polygons of one source agree to the metre. */
export const BORDER_TOLERANCE_METERS = 5;

interface Boundary {
  rings: readonly Position[][];
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * @param geometries in the order of the study's rows; undefined where a commune has no polygon.
 * @returns pairs of positions, lower first, ascending.
 */
export function buildCommuneBorders(
  geometries: ReadonlyArray<Polygon | MultiPolygon | undefined>,
  toleranceMeters = BORDER_TOLERANCE_METERS,
): Array<readonly [number, number]> {
  const boundaries = geometries.map((geometry) => (geometry ? buildBoundary(geometry) : undefined));
  const order = boundaries.flatMap((boundary, index) => (boundary ? [{ index, boundary }] : []));
  order.sort((a, b) => a.boundary.west - b.boundary.west);
  const pairs: Array<readonly [number, number]> = [];
  order.forEach((left, at) => {
    for (let next = at + 1; next < order.length; next++) {
      const right = order[next];
      const box = overlap(left.boundary, right.boundary, toleranceMeters);
      if (box === 'beyond') break;
      if (box === undefined || !shareBorder(left.boundary, right.boundary, box, toleranceMeters)) continue;
      pairs.push([Math.min(left.index, right.index), Math.max(left.index, right.index)]);
    }
  });
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

function buildBoundary(geometry: Polygon | MultiPolygon): Boundary {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of rings.flat()) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { rings, west, south, east, north };
}

/** The boxes' overlap widened by the tolerance; `beyond` where b starts east of a. */
function overlap(a: Boundary, b: Boundary, toleranceMeters: number): Box | 'beyond' | undefined {
  const aside = toleranceMeters / metersPerDegreeOfLongitude(Math.min(89, Math.abs(a.north)));
  const up = toleranceMeters / METERS_PER_DEGREE;
  if (b.west > a.east + aside) return 'beyond';
  const south = Math.max(a.south, b.south) - up;
  const north = Math.min(a.north, b.north) + up;
  if (south > north) return undefined;
  return { west: Math.max(a.west, b.west) - aside, east: Math.min(a.east, b.east) + aside, south, north };
}

function shareBorder(a: Boundary, b: Boundary, box: Box, toleranceMeters: number): boolean {
  const metersPerLon = metersPerDegreeOfLongitude((box.south + box.north) / 2);
  const local = (ring: readonly Position[]): Float64Array => {
    const meters = new Float64Array(ring.length * 2);
    ring.forEach(([lon, lat], at) => {
      meters[2 * at] = (lon - box.west) * metersPerLon;
      meters[2 * at + 1] = (lat - box.south) * METERS_PER_DEGREE;
    });
    return meters;
  };
  const width = (box.east - box.west) * metersPerLon;
  const height = (box.north - box.south) * METERS_PER_DEGREE;
  const ringsOfA = a.rings.map(local);
  const ringsOfB = b.rings.map(local);
  const touching = [
    ...touchingPoints(ringsOfA, segmentsInside(ringsOfB, width, height), width, height, toleranceMeters),
    ...touchingPoints(ringsOfB, segmentsInside(ringsOfA, width, height), width, height, toleranceMeters),
  ];
  const apart = 2 * toleranceMeters;
  return touching.some(([x, y]) => Math.hypot(x - touching[0][0], y - touching[0][1]) > apart);
}

/** Segments as x, y, x, y per segment whose box meets the overlap. */
function segmentsInside(rings: readonly Float64Array[], width: number, height: number): number[] {
  const segments: number[] = [];
  for (const ring of rings) {
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const x = ring[at];
      const y = ring[at + 1];
      const nextX = ring[at + 2];
      const nextY = ring[at + 3];
      if (Math.max(x, nextX) < 0 || Math.min(x, nextX) > width) continue;
      if (Math.max(y, nextY) < 0 || Math.min(y, nextY) > height) continue;
      segments.push(x, y, nextX, nextY);
    }
  }
  return segments;
}

function touchingPoints(
  rings: readonly Float64Array[],
  segments: readonly number[],
  width: number,
  height: number,
  toleranceMeters: number,
): Array<readonly [number, number]> {
  const found: Array<readonly [number, number]> = [];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      const x = ring[at];
      const y = ring[at + 1];
      if (x < 0 || x > width || y < 0 || y > height) continue;
      if (isNear(x, y, segments, toleranceMeters)) found.push([x, y]);
    }
  }
  return found;
}

function isNear(x: number, y: number, segments: readonly number[], toleranceMeters: number): boolean {
  const limit = toleranceMeters * toleranceMeters;
  for (let at = 0; at < segments.length; at += 4) {
    const fromX = segments[at];
    const fromY = segments[at + 1];
    const dx = segments[at + 2] - fromX;
    const dy = segments[at + 3] - fromY;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / length));
    const offX = fromX + along * dx - x;
    const offY = fromY + along * dy - y;
    if (offX * offX + offY * offY <= limit) return true;
  }
  return false;
}
