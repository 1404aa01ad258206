/**
 * Position along a Hilbert curve of order 16: points near each other get near numbers, so that arrays sorted
 * by it keep a search inside few cache lines (shuffled ids cost it a factor of 1.6 to 2.2).
 *
 * The curve is walked four levels at a time through a table: in each of its four orientations, the place of
 * every 16 × 16 square along the curve and the orientation inside it.
 */

const LEVELS = 4;
const SIDE = 1 << LEVELS;

/** Orientation bits: 1 = axes exchanged, 2 = both axes reversed. */
const EXCHANGED = 1;
const REVERSED = 2;

/** (orientation, x, y) -> index along four levels * 4 + orientation inside. */
const STEPS = buildSteps();

function buildSteps(): Uint16Array {
  const steps = new Uint16Array(4 * SIDE * SIDE);
  for (let orientation = 0; orientation < 4; orientation++) {
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        let inside = orientation;
        let index = 0;
        for (let bit = SIDE >> 1; bit > 0; bit >>= 1) {
          let right = (x & bit) > 0 ? 1 : 0;
          let up = (y & bit) > 0 ? 1 : 0;
          if ((inside & REVERSED) !== 0) [right, up] = [1 - right, 1 - up];
          if ((inside & EXCHANGED) !== 0) [right, up] = [up, right];
          index = index * 4 + ((3 * right) ^ up);
          if (up === 0) inside ^= right === 1 ? EXCHANGED | REVERSED : EXCHANGED;
        }
        steps[(orientation * SIDE + y) * SIDE + x] = index * 4 + inside;
      }
    }
  }
  return steps;
}

/** Hilbert index of (x, y), both in 0..65535; 0..2^32-1. */
export function hilbertIndex(x: number, y: number): number {
  const first = STEPS[(y >>> 12) * SIDE + (x >>> 12)]!;
  const second = STEPS[((first & 3) * SIDE + ((y >>> 8) & 15)) * SIDE + ((x >>> 8) & 15)]!;
  const third = STEPS[((second & 3) * SIDE + ((y >>> 4) & 15)) * SIDE + ((x >>> 4) & 15)]!;
  const fourth = STEPS[((third & 3) * SIDE + (y & 15)) * SIDE + (x & 15)]!;
  return (((first >>> 2) << 24) | ((second >>> 2) << 16) | ((third >>> 2) << 8) | (fourth >>> 2)) >>> 0;
}

/**
 * Hilbert keys of points given in whole 1e-7 degrees, over their own bounding square.
 * @param levels 1 to 16: points in one of 4^levels squares get the same key
 */
export function hilbertKeys(lon: Int32Array, lat: Int32Array, levels = 16): Uint32Array {
  const count = lon.length;
  let west = 0x7fffffff;
  let south = 0x7fffffff;
  let east = -0x7fffffff;
  let north = -0x7fffffff;
  for (let i = 0; i < count; i++) {
    const x = lon[i]!;
    const y = lat[i]!;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  const scale = 65535 / Math.max(1, east - west, north - south);
  const keys = new Uint32Array(count);
  const shift = 2 * (16 - levels);
  for (let i = 0; i < count; i++) {
    keys[i] = hilbertIndex(((lon[i]! - west) * scale) | 0, ((lat[i]! - south) * scale) | 0) >>> shift;
  }
  return keys;
}
