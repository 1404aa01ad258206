/**
 * The area of a commune inside a grid cell's square: what a cell that lies in several communes is split by.
 *
 * The rings are clipped to the square by Sutherland and Hodgman (1974). For a concave ring it leaves edges that
 * run along the square's side and back; their areas cancel, so the area is exact. The square is taken along the
 * meridian; a cell of a projected grid is turned against it by some degrees, which moves the split by less than
 * the grid's own coarseness.
 */
import type { MultiPolygon, Polygon } from 'geojson';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';

interface PreparedRing {
  /** lon, lat, lon, lat … degrees, without the closing point. */
  coordinates: Float64Array;
  west: number;
  south: number;
  east: number;
  north: number;
  /** +1 for an outer ring, -1 for a hole. */
  sign: 1 | -1;
}

export type PreparedPolygon = readonly PreparedRing[];

export function preparePolygon(geometry: Polygon | MultiPolygon): PreparedPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) => rings.map((ring, index) => prepareRing(ring, index === 0 ? 1 : -1)));
}

/** Square metres of `polygon` within the square of `sideMeters` centred on a point in degrees. */
export function areaInSquare(polygon: PreparedPolygon, lon: number, lat: number, sideMeters: number): number {
  const metersPerLon = metersPerDegreeOfLongitude(lat);
  const half = sideMeters / 2;
  const halfLon = half / metersPerLon;
  const halfLat = half / METERS_PER_DEGREE;
  let area = 0;
  for (const ring of polygon) {
    if (ring.east < lon - halfLon || ring.west > lon + halfLon) continue;
    if (ring.north < lat - halfLat || ring.south > lat + halfLat) continue;
    let points: number[] = [];
    for (let at = 0; at < ring.coordinates.length; at += 2) {
      points.push((ring.coordinates[at] - lon) * metersPerLon);
      points.push((ring.coordinates[at + 1] - lat) * METERS_PER_DEGREE);
    }
    points = clipHalfPlane(points, 0, 1, half);
    points = clipHalfPlane(points, 0, -1, half);
    points = clipHalfPlane(points, 1, 1, half);
    points = clipHalfPlane(points, 1, -1, half);
    area += ring.sign * shoelace(points);
  }
  return Math.max(0, area);
}

function prepareRing(ring: readonly (readonly number[])[], sign: 1 | -1): PreparedRing {
  const coordinates = new Float64Array(Math.max(0, ring.length - 1) * 2);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < coordinates.length / 2; at++) {
    const [lon, lat] = ring[at];
    coordinates[2 * at] = lon;
    coordinates[2 * at + 1] = lat;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { coordinates, west, south, east, north, sign };
}

/** Keeps the part of a ring where direction * coordinate[axis] <= limit. Points as x, y, x, y … */
function clipHalfPlane(points: number[], axis: 0 | 1, direction: 1 | -1, limit: number): number[] {
  const kept: number[] = [];
  const count = points.length;
  for (let at = 0; at < count; at += 2) {
    const before = at === 0 ? count - 2 : at - 2;
    const overHere = direction * points[at + axis] - limit;
    const overBefore = direction * points[before + axis] - limit;
    if (overHere <= 0 !== overBefore <= 0) {
      const share = overBefore / (overBefore - overHere);
      kept.push(points[before] + share * (points[at] - points[before]));
      kept.push(points[before + 1] + share * (points[at + 1] - points[before + 1]));
    }
    if (overHere <= 0) kept.push(points[at], points[at + 1]);
  }
  return kept;
}

function shoelace(points: readonly number[]): number {
  let doubled = 0;
  for (let at = 0, before = points.length - 2; at < points.length; before = at, at += 2) {
    doubled += points[before] * points[at + 1] - points[at] * points[before + 1];
  }
  return Math.abs(doubled) / 2;
}
