/**
 * Units and sentinels shared by every stage.
 *
 * Travel times inside the engine are whole deciseconds in an `Int32Array`: exact to add and to compare, and
 * fine enough that rounding never decides a minute. Coordinates are always lon, lat; in the engine they are
 * whole 1e-7 degrees, OpenStreetMap's own grid. Lengths are whole decimetres.
 */

/** Deciseconds in a second and in a minute. */
export const DECISECONDS_PER_SECOND = 10;
export const DECISECONDS_PER_MINUTE = 600;

/** Time of what no path reaches. Nothing is ever added to it. */
export const UNREACHED = 0x7fffffff;

/** Marks an absent position in a `Uint32Array` of indices. */
export const NO_INDEX = 0xffffffff;

/** OSM's coordinate grid: units in a degree. */
export const COORDINATE_UNITS_PER_DEGREE = 1e7;

/** The street modes; `transit` is walk + scheduled transport. */
export type StreetMode = 'car' | 'walk' | 'bike';
export const STREET_MODES: readonly StreetMode[] = ['car', 'walk', 'bike'];

export function minutesToDeciseconds(minutes: number): number {
  return Math.round(minutes * DECISECONDS_PER_MINUTE);
}

export function decisecondsToMinutes(deciseconds: number): number {
  return deciseconds / DECISECONDS_PER_MINUTE;
}

/**
 * The one comparison with the threshold ("en moins de 30 minutes"): strict, or `<=` when inclusive.
 * Both times are unrounded deciseconds; unreached is never within.
 */
export function isWithin(timeDeciseconds: number, thresholdDeciseconds: number, inclusive: boolean): boolean {
  if (timeDeciseconds === UNREACHED) return false;
  return inclusive ? timeDeciseconds <= thresholdDeciseconds : timeDeciseconds < thresholdDeciseconds;
}
