/**
 * Whether a value is a GeoJSON geometry (RFC 7946, section 3.1), for files that exports have mangled: `{}`, words or
 * flat lists in place of coordinates. Numbers themselves are looked at by those who use them.
 */
import type { Geometry } from 'geojson';

/** Lists around a position, by type. */
const DEPTH_OF_TYPE: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};
/** Collections inside collections; RFC 7946 asks for none. */
const GREATEST_NESTING = 8;

export type GeometryReading = { geometry: Geometry | null } | { fault: string };

/** Reads a feature's geometry; an empty one is none. */
export function readGeometry(value: unknown): GeometryReading {
  if (value === null || value === undefined) return { geometry: null };
  const fault = findFault(value, 0);
  if (fault !== undefined) return { fault };
  const geometry = value as Geometry;
  const parts = geometry.type === 'GeometryCollection' ? geometry.geometries : geometry.coordinates;
  return { geometry: parts.length === 0 ? null : geometry };
}

function findFault(value: unknown, nesting: number): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the geometry is no object';
  const { type, coordinates, geometries } = value as Record<string, unknown>;
  if (type === 'GeometryCollection') {
    if (!Array.isArray(geometries)) return 'the collection has no list of geometries';
    if (nesting === GREATEST_NESTING) return 'the collections of geometries stand too deep in each other';
    for (const part of geometries) {
      const fault = findFault(part, nesting + 1);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  const depth =
    typeof type === 'string' && Object.hasOwn(DEPTH_OF_TYPE, type) ? DEPTH_OF_TYPE[type] : undefined;
  if (depth === undefined) return 'the geometry has no type that GeoJSON knows';
  if (!Array.isArray(coordinates)) return 'the geometry has no list of coordinates';
  if (coordinates.length === 0) return undefined;
  return hasDepth(coordinates, depth) ? undefined : `the coordinates are not those of a ${type}`;
}

/** True where positions stand in `depth` lists; what a position holds is not looked at, but that it is no list. */
function hasDepth(coordinates: readonly unknown[], depth: number): boolean {
  if (depth === 0) return isPosition(coordinates);
  return coordinates.every((part) =>
    depth === 1 ? Array.isArray(part) && isPosition(part) : Array.isArray(part) && hasDepth(part, depth - 1),
  );
}

/** A number that is missing (null) is told with its ring; a word or a list is another layout. */
function isPosition(position: readonly unknown[]): boolean {
  if (position.length < 2) return false;
  const [lon, lat] = position;
  return (typeof lon === 'number' || lon === null) && (typeof lat === 'number' || lat === null);
}
