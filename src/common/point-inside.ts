/**
 * A point that is really inside a polygon, far from its border: on a fan of parallels, the middle of the widest
 * stretch that lies inside (even-odd). The centroid would fall outside crescents, and the first vertex lies on
 * the border.
 */
import type { MultiPolygon, Polygon } from 'geojson';
import { metersPerDegreeOfLongitude } from './geo.ts';
import { ringsOf } from './polygon-index.ts';

/** Parallels tried between the polygon's south and north. */
const PARALLEL_COUNT = 15;

/** [lon, lat], or undefined where the polygon has no area. */
export function findPointInside(geometry: Polygon | MultiPolygon): readonly [number, number] | undefined {
  const rings = ringsOf(geometry);
  let south = Number.POSITIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const ring of rings) {
    for (const [, lat] of ring) {
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  let best: readonly [number, number] | undefined;
  let widestMeters = 0;
  for (let parallel = 1; parallel <= PARALLEL_COUNT; parallel++) {
    const lat = south + ((north - south) * parallel) / (PARALLEL_COUNT + 1);
    const crossings = crossingsAt(rings, lat);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const widthMeters = (crossings[i + 1] - crossings[i]) * metersPerDegreeOfLongitude(lat);
      if (widthMeters <= widestMeters) continue;
      widestMeters = widthMeters;
      best = [(crossings[i] + crossings[i + 1]) / 2, lat];
    }
  }
  return best;
}

/** Longitudes, ascending, at which the rings cross a parallel. */
function crossingsAt(rings: ReadonlyArray<ReadonlyArray<readonly number[]>>, lat: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let point = 1; point < ring.length; point++) {
      const [fromLon, fromLat] = ring[point - 1];
      const [toLon, toLat] = ring[point];
      if (fromLat <= lat === toLat <= lat) continue;
      crossings.push(fromLon + ((lat - fromLat) / (toLat - fromLat)) * (toLon - fromLon));
    }
  }
  return crossings.sort((a, b) => a - b);
}
