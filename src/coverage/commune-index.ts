/**
 * Which commune a point lies in: the one whose polygon holds it, else the nearest within a distance
 * (coastlines and simplified contours cut homes off). In go the communes in their order; out come positions
 * in that order. Method: `common/polygon-index.ts`.
 */
import { buildPolygonIndex } from '../common/polygon-index.ts';
import type { Commune } from '../read/records.ts';

/** Position of "no commune". */
export const NO_COMMUNE = -1;

export interface CommuneIndex {
  /** Commune whose polygon holds the point (the first, should several overlap), or NO_COMMUNE. */
  findContaining(lon: number, lat: number): number;
  /** The commune that holds the point or whose polygon is nearest within `maxMeters`, or NO_COMMUNE. */
  findNearest(lon: number, lat: number, maxMeters: number): number;
  /** Metres to the nearest commune: 0 inside one, Infinity beyond `maxMeters`. */
  distanceMeters(lon: number, lat: number, maxMeters: number): number;
}

/** Communes without geometry hold nothing. */
export function buildCommuneIndex(communes: readonly Commune[]): CommuneIndex {
  const polygons = buildPolygonIndex(communes.map((commune) => commune.geometry));
  return {
    findContaining: (lon, lat) => polygons.locate(lon, lat),
    findNearest: (lon, lat, maxMeters) => polygons.nearest(lon, lat, maxMeters).polygon,
    distanceMeters: (lon, lat, maxMeters) => polygons.nearest(lon, lat, maxMeters).distanceMeters,
  };
}
