/**
 * How the squares of a population grid stand on the map. A grid of a national projection is turned against the
 * meridians by some degrees, the same all over a département to a fraction of one: the turn is read from pairs
 * of neighbours, cells one side apart. Cells that are not on a square grid (hexagons, points) have none.
 */
const METERS_PER_DEGREE = 111_195;
/** A pair counts as neighbours if its distance is this close to the side. */
const TOLERANCE = 0.02;
const GREATEST_SAMPLE = 800;
/** Share of the sampled cells that must have a neighbour to the east. */
const LEAST_SHARE = 0.1;

/** Radians from east, counter-clockwise; undefined where the cells form no square grid. */
export function findGridTurn(
  lon: Float64Array,
  lat: Float64Array,
  sideMeters: Float64Array,
): number | undefined {
  const count = lon.length;
  const side = sideMeters[0] ?? 0;
  if (count < 2 || side <= 0) return undefined;
  const scale = Math.cos((lat[0] * Math.PI) / 180) * METERS_PER_DEGREE;
  const bucketOf = (x: number, y: number): number => Math.floor(y) * 4_000_037 + Math.floor(x);
  const buckets = new Map<number, number[]>();
  const xOf = (cell: number): number => ((lon[cell] - lon[0]) * scale) / side;
  const yOf = (cell: number): number => ((lat[cell] - lat[0]) * METERS_PER_DEGREE) / side;
  const sampled = Math.min(count, GREATEST_SAMPLE);
  for (let cell = 0; cell < sampled; cell++) {
    const key = bucketOf(xOf(cell), yOf(cell));
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [cell]);
    else bucket.push(cell);
  }
  const turns: number[] = [];
  for (let cell = 0; cell < sampled; cell++) {
    const x = xOf(cell);
    const y = yOf(cell);
    for (let row = -1; row <= 1; row++) {
      for (let column = 0; column <= 1; column++) {
        for (const other of buckets.get(bucketOf(x + column, y + row)) ?? []) {
          const dx = xOf(other) - x;
          const dy = yOf(other) - y;
          if (dx < Math.abs(dy) || Math.abs(Math.hypot(dx, dy) - 1) > TOLERANCE) continue;
          turns.push(Math.atan2(dy, dx));
        }
      }
    }
  }
  if (turns.length < LEAST_SHARE * sampled) return undefined;
  turns.sort((a, b) => a - b);
  return turns[turns.length >> 1];
}
