/**
 * Checks of positions against the world and against the roads that a study reads: swapped columns, another
 * country, another coordinate system. Each is an error that stops only where (nearly) every point of a file
 * is concerned; single points are the reader's notices.
 */
import { Fault, UsageError } from '../common/errors.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** Points this far outside the roads read are still "near" them, degrees (about 20 km). */
const NEAR_DEGREES = 0.2;
/** Share of the points that lie near in either reading which must do so only when swapped. */
const NEARLY_ALL = 0.9;

export function isOnEarth(lon: number, lat: number): boolean {
  return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
}

export function isNear(bounds: Bounds, lon: number, lat: number): boolean {
  return (
    lon >= bounds[0] - NEAR_DEGREES &&
    lon <= bounds[2] + NEAR_DEGREES &&
    lat >= bounds[1] - NEAR_DEGREES &&
    lat <= bounds[3] + NEAR_DEGREES
  );
}

/**
 * Throws where the points of a file look swapped: outside the world or the roads as they stand, inside once
 * lon and lat change places. `line` is that of the first such point, if known.
 */
export function refuseSwapped(
  file: string,
  lon: ArrayLike<number>,
  lat: ArrayLike<number>,
  bounds: Bounds | undefined,
  lineOf?: (point: number) => number,
): void {
  let swappedCount = 0;
  let plausibleCount = 0;
  let firstSwapped = -1;
  for (let point = 0; point < lon.length; point++) {
    if (looksSwapped(lon[point], lat[point], bounds)) {
      if (firstSwapped < 0) firstSwapped = point;
      swappedCount++;
    } else if (bounds === undefined || isNear(bounds, lon[point], lat[point])) plausibleCount++;
  }
  if (swappedCount === 0 || swappedCount < NEARLY_ALL * (swappedCount + plausibleCount)) return;
  throw new Fault('lon-lat-swapped', {
    file,
    ...(lineOf === undefined ? {} : { line: lineOf(firstSwapped) }),
    value: `lon ${lon[firstSwapped]}, lat ${lat[firstSwapped]}`,
  });
}

export function looksSwapped(lon: number, lat: number, bounds: Bounds | undefined): boolean {
  if (!isOnEarth(lon, lat)) return isOnEarth(lat, lon);
  return bounds !== undefined && !isNear(bounds, lon, lat) && isNear(bounds, lat, lon);
}

/** Throws where no point of a file lies on or near the roads read. */
export function refuseElsewhere(
  file: string,
  what: string,
  lon: ArrayLike<number>,
  lat: ArrayLike<number>,
  bounds: Bounds,
): void {
  if (lon.length === 0) return;
  for (let point = 0; point < lon.length; point++) {
    if (isNear(bounds, lon[point], lat[point])) return;
  }
  throw new UsageError(`no ${what} lies on the roads read`, {
    file,
    value: `first at lon ${round(lon[0])}, lat ${round(lat[0])}; roads from ${bounds.map(round).join(', ')}`,
    remedy: 'Give the extract of OpenStreetMap that holds the territory, and check the coordinate system.',
  });
}

function round(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
