/** The box that positions of nodes fill. */
import { COORDINATE_UNITS_PER_DEGREE } from './units.ts';

/** West, south, east and north in degrees of positions in 1e-7 degrees; zeros where there is none. */
export function boundsOf(lons: Int32Array, lats: Int32Array): [number, number, number, number] {
  if (lons.length === 0) return [0, 0, 0, 0];
  let [west, south, east, north] = [lons[0]!, lats[0]!, lons[0]!, lats[0]!];
  for (let i = 1; i < lons.length; i++) {
    const lon = lons[i]!;
    const lat = lats[i]!;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  const unit = COORDINATE_UNITS_PER_DEGREE;
  return [west / unit, south / unit, east / unit, north / unit];
}
