/**
 * From lon, lat to the map's pixels, and polygons to SVG paths.
 *
 * Mercator fitted to the territory (d3-geo). Paths are written here and not by d3's geoPath, which works on the
 * sphere and takes a ring wound the other way, as many published files have it, for its complement. Points that
 * fall within half a pixel of the last one drawn are left out.
 */
import { type GeoProjection, geoMercator } from 'd3-geo';
import type { LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import { distanceMeters } from '../common/geo.ts';

export interface MapFrame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface MapProjection {
  project: (lon: number, lat: number) => readonly [number, number];
  /** At the middle of the frame. */
  metersPerPixel: number;
}

/** West, south, east, north in degrees; undefined where there is nothing. */
export function findBounds(
  positions: Iterable<Position>,
): readonly [number, number, number, number] | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return west <= east ? [west, south, east, north] : undefined;
}

/** Height over width of a box of lon, lat as the map will show it. */
export function findAspect([west, south, east, north]: readonly [number, number, number, number]): number {
  const corners = geoMercator().scale(1).translate([0, 0]);
  const [left, bottom] = corners([west, south]) as [number, number];
  const [right, top] = corners([east, north]) as [number, number];
  return Math.max(1e-9, bottom - top) / Math.max(1e-9, right - left);
}

export function buildProjection(
  [west, south, east, north]: readonly [number, number, number, number],
  frame: MapFrame,
): MapProjection {
  const projection: GeoProjection = geoMercator().fitExtent(
    [
      [frame.left, frame.top],
      [frame.left + frame.width, frame.top + frame.height],
    ],
    {
      type: 'MultiPoint',
      coordinates: [
        [west, south],
        [east, north],
      ],
    },
  );
  const project = (lon: number, lat: number): readonly [number, number] =>
    projection([lon, lat]) as [number, number];
  const [x, y] = [frame.left + frame.width / 2, frame.top + frame.height / 2];
  const [lonA, latA] = projection.invert?.([x - 50, y]) ?? [0, 0];
  const [lonB, latB] = projection.invert?.([x + 50, y]) ?? [0, 0];
  return { project, metersPerPixel: distanceMeters(lonA, latA, lonB, latB) / 100 };
}

/** The `d` of a polygon, one decimal of a pixel; empty where it is smaller than a pixel. */
export function drawPolygon(geometry: Polygon | MultiPolygon, projection: MapProjection): string {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons
    .flat()
    .map((ring) => drawPositions(ring, projection, true))
    .join('');
}

export function drawLine(geometry: LineString | MultiLineString, projection: MapProjection): string {
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
  return lines.map((line) => drawPositions(line, projection, false)).join('');
}

const CLOSE_PIXELS = 0.5;

function drawPositions(positions: readonly Position[], projection: MapProjection, isClosed: boolean): string {
  const parts: string[] = [];
  let [lastX, lastY] = [Infinity, Infinity];
  positions.forEach(([lon, lat], at) => {
    const [x, y] = projection.project(lon, lat);
    const isEnd = at === positions.length - 1;
    if (isEnd && isClosed) return;
    if (Math.hypot(x - lastX, y - lastY) < CLOSE_PIXELS && !isEnd) return;
    parts.push(`${round(x)} ${round(y)}`);
    [lastX, lastY] = [x, y];
  });
  if (parts.length < (isClosed ? 3 : 2)) return '';
  return `M${parts.join('L')}${isClosed ? 'Z' : ''}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
