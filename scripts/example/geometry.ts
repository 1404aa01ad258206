/**
 * Plane geometry and noise of the drawn département. Lengths are metres; `x` runs east, `y` north.
 */

export interface Point {
  x: number;
  y: number;
}

export type Line = readonly Point[];

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The point at a share of the way from a to b. */
export function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

/** Unit vector from a to b; (1, 0) where they coincide. */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b);
  return length === 0 ? { x: 1, y: 0 } : { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/** The point at `along` metres from `from` in a direction, then `aside` metres to its right. */
export function offsetPoint(from: Point, toward: Point, along: number, aside: number): Point {
  return { x: from.x + toward.x * along + toward.y * aside, y: from.y + toward.y * along - toward.x * aside };
}

/** Where segment ab crosses segment cd, as shares along both; undefined where they do not or are parallel. */
export function crossSegments(
  a: Point,
  b: Point,
  c: Point,
  d: Point,
): { along: number; across: number } | undefined {
  const ax = b.x - a.x;
  const ay = b.y - a.y;
  const cx = d.x - c.x;
  const cy = d.y - c.y;
  const determinant = ax * cy - ay * cx;
  if (Math.abs(determinant) < 1e-9) return undefined;
  const along = ((c.x - a.x) * cy - (c.y - a.y) * cx) / determinant;
  const across = ((c.x - a.x) * ay - (c.y - a.y) * ax) / determinant;
  return along >= 0 && along <= 1 && across >= 0 && across <= 1 ? { along, across } : undefined;
}

/** The point of segment ab that is nearest to p, as a share of the way, and how far it is. */
export function nearestOnSegment(p: Point, a: Point, b: Point): { share: number; distance: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square));
  return { share, distance: Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy) };
}

export function distanceToLine(p: Point, line: Line): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++)
    least = Math.min(least, nearestOnSegment(p, line[i - 1], line[i]).distance);
  return least;
}

/** Points every `step` metres at most; the line's own points are kept. */
export function resample(line: Line, step: number): Point[] {
  const points: Point[] = [line[0]];
  for (let i = 1; i < line.length; i++) {
    const pieces = Math.max(1, Math.ceil(distance(line[i - 1], line[i]) / step));
    for (let k = 1; k <= pieces; k++) points.push(between(line[i - 1], line[i], k / pieces));
  }
  return points;
}

/** A Catmull-Rom curve through the points, with `pieces` straight pieces between two of them. */
export function smoothCurve(points: Line, pieces: number): Point[] {
  const curve: Point[] = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const p0 = points[Math.max(0, i - 1)];
    const p1 = points[i];
    const p2 = points[i + 1];
    const p3 = points[Math.min(points.length - 1, i + 2)];
    for (let k = 1; k <= pieces; k++) {
      const t = k / pieces;
      const blend = (v0: number, v1: number, v2: number, v3: number): number =>
        0.5 *
        (2 * v1 +
          (v2 - v0) * t +
          (2 * v0 - 5 * v1 + 4 * v2 - v3) * t * t +
          (3 * v1 - v0 - 3 * v2 + v3) * t * t * t);
      curve.push({ x: blend(p0.x, p1.x, p2.x, p3.x), y: blend(p0.y, p1.y, p2.y, p3.y) });
    }
  }
  return curve;
}

/** The point at `meters` along a line, and the direction of the line there. */
export function pointAlong(line: Line, meters: number): { at: Point; toward: Point } {
  let rest = meters;
  for (let i = 1; i < line.length; i++) {
    const length = distance(line[i - 1], line[i]);
    if (rest <= length || i === line.length - 1) {
      return {
        at: between(line[i - 1], line[i], length === 0 ? 0 : rest / length),
        toward: direction(line[i - 1], line[i]),
      };
    }
    rest -= length;
  }
  throw new Error('a line needs two points');
}

/** The line moved `aside` metres to its right. */
export function offsetLine(line: Line, aside: number): Point[] {
  return line.map((point, i) => {
    const toward = direction(line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)]);
    return offsetPoint(point, toward, 0, aside);
  });
}

/** Drops the points that stand less than `tolerance` metres off the line of the others (Douglas-Peucker). */
export function simplify(line: Line, tolerance: number): Point[] {
  if (line.length < 3) return [...line];
  let furthest = 0;
  let greatest = -1;
  for (let i = 1; i < line.length - 1; i++) {
    const off = nearestOnSegment(line[i], line[0], line[line.length - 1]).distance;
    if (off > greatest) {
      greatest = off;
      furthest = i;
    }
  }
  if (greatest <= tolerance) return [line[0], line[line.length - 1]];
  const head = simplify(line.slice(0, furthest + 1), tolerance);
  return [...head.slice(0, -1), ...simplify(line.slice(furthest), tolerance)];
}

/** Whether a point lies inside a closed ring (its first point repeated last, or not). */
export function isInRing(p: Point, ring: Line): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Smooth value noise in [-1, 1] with features of `wavelength` metres, the same for the same seed and place. */
export function noiseAt(p: Point, wavelength: number, seed: number): number {
  const gx = p.x / wavelength;
  const gy = p.y / wavelength;
  const x0 = Math.floor(gx);
  const y0 = Math.floor(gy);
  const tx = smoothStep(gx - x0);
  const ty = smoothStep(gy - y0);
  const low = latticeValue(x0, y0, seed) * (1 - tx) + latticeValue(x0 + 1, y0, seed) * tx;
  const high = latticeValue(x0, y0 + 1, seed) * (1 - tx) + latticeValue(x0 + 1, y0 + 1, seed) * tx;
  return low * (1 - ty) + high * ty;
}

export function smoothStep(t: number): number {
  const clamped = Math.min(1, Math.max(0, t));
  return clamped * clamped * clamped * (clamped * (clamped * 6 - 15) + 10);
}

function latticeValue(x: number, y: number, seed: number): number {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x8000_0000 - 1;
}
