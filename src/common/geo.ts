/**
 * Distances on the sphere of the Earth's mean radius, and the flat local projection that replaces them over
 * the length of a street (its error is below 1e-6 under 10 km).
 */

/** Mean radius R1 of the Earth, metres (IUGG). */
export const EARTH_RADIUS_METERS = 6_371_008.8;
export const METERS_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS_METERS;

const RADIANS = Math.PI / 180;

/** Great-circle distance in metres between two points in degrees (haversine). */
export function distanceMeters(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RADIANS) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres in a degree of longitude at a latitude in degrees. */
export function metersPerDegreeOfLongitude(latitude: number): number {
  return METERS_PER_DEGREE * Math.cos(latitude * RADIANS);
}
