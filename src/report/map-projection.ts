/**
 * From lon, lat to the map's pixels, and polygons to SVG paths.
 *
 * Mercator fitted to the territory (d3-geo). Paths are written here and not by d3's geoPath, which works on the
 * sphere and takes a ring wound the other way, as many published files have it, for its complement. Points closer
 * than CLOSE_PIXELS to the last one drawn are left out.
 */
import { type GeoProjection, geoMercator } from 'd3-geo';
import type { LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import { distanceMeters } from '../common/geo.ts';

const RADIANS = Math.PI / 180;

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
  // Mercator's own formula with the fitted scale: five times as fast as the projection's general machinery.
  const scale = projection.scale();
  const [originX, originY] = projection.translate();
  const project = (lon: number, lat: number): readonly [number, number] => [
    originX + scale * lon * RADIANS,
    originY - scale * Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2)),
  ];
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

const CLOSE_PIXELS = 0.6;
/** In tenths of a pixel. */
const CLOSE_SQUARED = (CLOSE_PIXELS * 10) ** 2;

/** Relative moves in tenths of a pixel, added up as whole numbers so that rounding does not drift. */
function drawPositions(positions: readonly Position[], projection: MapProjection, isClosed: boolean): string {
  const parts: string[] = [];
  const end = isClosed ? positions.length - 1 : positions.length;
  let lastX = 0;
  let lastY = 0;
  for (let at = 0; at < end; at++) {
    const position = positions[at]!;
    const projected = projection.project(position[0]!, position[1]!);
    const x = Math.round(projected[0] * 10);
    const y = Math.round(projected[1] * 10);
    const dx = x - lastX;
    const dy = y - lastY;
    const isLast = !isClosed && at === end - 1;
    if (at > 0 && !isLast && dx * dx + dy * dy < CLOSE_SQUARED) continue;
    parts.push(at === 0 ? `M${x / 10} ${y / 10}` : `${dx / 10} ${dy / 10}`);
    lastX = x;
    lastY = y;
  }
  if (parts.length < (isClosed ? 3 : 2)) return '';
  return `${parts[0]}l${parts.slice(1).join(' ').replaceAll(' -', '-')}${isClosed ? 'Z' : ''}`;
}
