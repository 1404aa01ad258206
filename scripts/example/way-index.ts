/**
 * Finds the road nearest to a point among those drawn so far: a grid of squares that hold the segments of the
 * roads a by-road may join.
 */
import type { Drawing, DrawnWay } from './drawing.ts';
import { between, nearestOnSegment, type Point } from './geometry.ts';

const SQUARE_METERS = 400;
const JOINABLE = new Set([
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
]);

export interface NearRoad {
  way: DrawnWay;
  /** Position in the way of the segment's first node. */
  segment: number;
  share: number;
  distance: number;
  at: Point;
}

export class WayIndex {
  private readonly squares = new Map<string, Set<DrawnWay>>();

  constructor(
    private readonly drawing: Drawing,
    accept: (way: DrawnWay) => boolean = () => true,
  ) {
    for (const way of drawing.ways) if (accept(way)) this.add(way);
  }

  add(way: DrawnWay): void {
    const { highway, bridge } = way.tags;
    if (!JOINABLE.has(highway ?? '') || bridge !== undefined) return;
    for (let i = 1; i < way.refs.length; i++) {
      const a = this.drawing.points[way.refs[i - 1]];
      const b = this.drawing.points[way.refs[i]];
      const pieces = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / SQUARE_METERS) + 1;
      for (let k = 0; k <= pieces; k++) this.put(between(a, b, k / pieces), way);
    }
  }

  /** The nearest road within a distance, of those that `accept` takes. */
  findNearest(
    p: Point,
    longest: number,
    accept: (near: NearRoad) => boolean = () => true,
  ): NearRoad | undefined {
    const reach = Math.ceil(longest / SQUARE_METERS);
    const x0 = Math.floor(p.x / SQUARE_METERS);
    const y0 = Math.floor(p.y / SQUARE_METERS);
    let best: NearRoad | undefined;
    for (let ring = 0; ring <= reach + 1; ring++) {
      // One ring beyond the first hit: a nearer road may stand in the next square.
      if (best !== undefined && best.distance < (ring - 1) * SQUARE_METERS) break;
      for (const way of this.waysOnRing(x0, y0, ring)) {
        const near = this.nearestOnWay(p, way);
        const isNearer = near.distance <= longest && (best === undefined || near.distance < best.distance);
        if (isNearer && accept(near)) best = near;
      }
    }
    return best;
  }

  private *waysOnRing(x0: number, y0: number, ring: number): Generator<DrawnWay> {
    for (let dx = -ring; dx <= ring; dx++) {
      for (let dy = -ring; dy <= ring; dy++) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) !== ring) continue;
        yield* this.squares.get(`${x0 + dx},${y0 + dy}`) ?? [];
      }
    }
  }

  private nearestOnWay(p: Point, way: DrawnWay): NearRoad {
    let best: NearRoad | undefined;
    for (let segment = 0; segment + 1 < way.refs.length; segment++) {
      const a = this.drawing.points[way.refs[segment]];
      const b = this.drawing.points[way.refs[segment + 1]];
      const { share, distance } = nearestOnSegment(p, a, b);
      if (best === undefined || distance < best.distance) {
        best = { way, segment, share, distance, at: between(a, b, share) };
      }
    }
    if (best === undefined) throw new Error('a way has fewer than two nodes');
    return best;
  }

  private put(p: Point, way: DrawnWay): void {
    const key = `${Math.floor(p.x / SQUARE_METERS)},${Math.floor(p.y / SQUARE_METERS)}`;
    const ways = this.squares.get(key);
    if (ways === undefined) this.squares.set(key, new Set([way]));
    else ways.add(way);
  }
}
