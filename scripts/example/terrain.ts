/**
 * The land on which the département is drawn: its outline, the river, the mountains and the line of the
 * motorway and of the railway.
 *
 * Everything is laid out in *plan* coordinates, where roads between places are straight, and mapped to the
 * ground by one smooth displacement, `toGround`. Its gradient stays below 1, so that it folds nothing: lines
 * that do not cross in plan do not cross on the ground, and curves come for free. Ground coordinates are metres
 * of EPSG:3035 from `ORIGIN`, in which areas are true and the population grid is square.
 */
import proj4 from 'proj4';
import {
  crossSegments,
  distanceToLine,
  type Line,
  noiseAt,
  type Point,
  smoothCurve,
  smoothStep,
} from './geometry.ts';

/** 3.5 E, 46.6 N in EPSG:3035, rounded to the kilometre. */
export const ORIGIN = { east: 3_823_000, north: 2_631_000 };

const LAEA_EUROPE = '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs';
const projection = proj4(LAEA_EUROPE);

/** Half the axes of the département's outline: π × 27.4 × 23.3 km² is about 2 000 km². */
const HALF_WIDTH = 27_400;
const HALF_HEIGHT = 23_300;

/** Longitude and latitude of a ground point, on OSM's grid of 1e-7 degrees. */
export function toLonLat(ground: Point): [number, number] {
  const [lon, lat] = projection.inverse([ORIGIN.east + ground.x, ORIGIN.north + ground.y]);
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

export const MOTORWAY: Line = smoothCurve(
  [
    { x: 4500, y: 30_500 },
    { x: 3500, y: 25_000 },
    { x: 1200, y: 17_000 },
    { x: -500, y: 9500 },
    { x: -2300, y: 2500 },
    { x: -5200, y: -7500 },
    { x: -9200, y: -17_000 },
    { x: -12_800, y: -24_500 },
    { x: -14_500, y: -30_000 },
  ],
  24,
);

/** North of the river all along: it needs no bridge. */
export const RAILWAY: Line = smoothCurve(
  [
    { x: -32_500, y: 3000 },
    { x: -26_000, y: 2500 },
    { x: -19_500, y: 1700 },
    { x: -13_000, y: 2300 },
    { x: -8800, y: 2700 },
    { x: -3000, y: 6700 },
    { x: 3500, y: 9200 },
    { x: 9500, y: 10_900 },
    { x: 13_000, y: 10_900 },
    { x: 21_000, y: 13_000 },
    { x: 29_000, y: 17_500 },
  ],
  20,
);

/** Axis of the mountain valley, from its mouth to its head. */
export const VALLEY_AXIS: Line = [
  { x: 1500, y: -7600 },
  { x: 5200, y: -10_200 },
  { x: 8700, y: -12_900 },
  { x: 12_600, y: -14_300 },
  { x: 16_500, y: -13_300 },
  { x: 20_300, y: -11_200 },
];
/** Ridges stand beside the axis from its second point on. */
const RIDGED_AXIS = VALLEY_AXIS.slice(1);
const VALLEY_FLOOR_METERS = 1500;
const RIDGE_METERS = 3500;

/** The torrent of the valley, beside its road, down to the river. */
export const TORRENT: Line = smoothCurve(
  [
    { x: 21_500, y: -10_300 },
    { x: 16_600, y: -12_500 },
    { x: 12_500, y: -13_500 },
    { x: 9100, y: -12_200 },
    { x: 5700, y: -9500 },
    { x: 2600, y: -6700 },
    { x: 800, y: -2200 },
    { x: 300, y: 1500 },
    { x: -100, y: riverY(-100) },
  ],
  12,
);

/** Whether a plan point is in the département. */
export function isInside(p: Point): boolean {
  const wobble =
    1 + 0.12 * noiseAt(p, 15_000, 14) + 0.06 * noiseAt(p, 6000, 12) + 0.02 * noiseAt(p, 2500, 13);
  return Math.hypot(p.x / HALF_WIDTH, p.y / HALF_HEIGHT) < wobble;
}

/** The river flows from east to west; in plan it is a function of x. */
export function riverY(x: number): number {
  return (
    1500 +
    3000 * Math.sin(x / 8500 + 0.7) +
    1000 * Math.sin(x / 3100 + 2) +
    320 * Math.sin(x / 640 + 1) +
    0.08 * x
  );
}

export function isNorthOfRiver(p: Point): boolean {
  return p.y > riverY(p.x);
}

export const RIVER: Line = Array.from({ length: 661 }, (_, i) => {
  const x = 33_000 - 100 * i;
  return { x, y: riverY(x) };
});

export type Zone = 'plain' | 'valley' | 'ridge';

export function zoneAt(p: Point): Zone {
  if (distanceToLine(p, VALLEY_AXIS) < VALLEY_FLOOR_METERS) return 'valley';
  return distanceToLine(p, RIDGED_AXIS) < RIDGE_METERS ? 'ridge' : 'plain';
}

/** Whether the straight line from a to b crosses a line. */
export function crossesLine(a: Point, b: Point, line: Line): boolean {
  for (let i = 1; i < line.length; i++)
    if (crossSegments(a, b, line[i - 1], line[i]) !== undefined) return true;
  return false;
}

/** The ground point of a plan point: large bends everywhere, small ones where no motorway or railway runs. */
export function toGround(p: Point): Point {
  const straight = Math.min(distanceToLine(p, MOTORWAY), distanceToLine(p, RAILWAY));
  const small = smoothStep((straight - 100) / 900);
  return {
    x: p.x + 420 * noiseAt(p, 5200, 1) + small * smallBend(p, 20),
    y: p.y + 420 * noiseAt(p, 5200, 4) + small * smallBend(p, 30),
  };
}

/** Metres, below 230; slopes of each wave: 3.75 × amplitude / wavelength at most. */
function smallBend(p: Point, seed: number): number {
  return 150 * noiseAt(p, 2300, seed) + 65 * noiseAt(p, 900, seed + 1) + 10 * noiseAt(p, 260, seed + 2);
}
