/**
 * Contours of a travel-time surface as nested polygons: marching squares, following each ring from crossing to
 * crossing (d3-contour, which gives the same areas and is the oracle of the tests, needs several times as long
 * on surfaces with thousands of rings, most of all for finding the polygon of each hole).
 *
 * Inside is below the threshold. Rings are walked with the inside on the left: exterior rings run
 * counterclockwise and holes clockwise (RFC 7946). Where two inside nodes meet diagonally they stay apart, so
 * that a polygon is a set of nodes connected along the grid's lines, and the ring that a row of nodes crossed
 * last, to the west, tells the polygon of a hole.
 *
 * A ring crosses a grid line where the surface, taken as linear, has the threshold, give or take a part of a
 * cell within which it may be straightened (`straighten.ts`). Thresholds that cross the same piece of a grid
 * line share it out: their bounds are apart and in their order. So rings of one threshold never touch, and those
 * of a lower one lie inside.
 */
import type { MultiPolygon, Position } from 'geojson';
import { PARTS_PER_DEGREE } from './grid.ts';
import { IsochroneScratch } from './scratch.ts';
import { straightenRing } from './straighten.ts';
import type { TravelTimeSurface } from './surface.ts';

export interface ContourBand {
  minutes: number;
  /** Everything reached in less than `minutes`; contains the bands of fewer minutes. */
  geometry: MultiPolygon;
}

export interface ContourOptions {
  scratch?: IsochroneScratch | undefined;
  /** Islands and holes of fewer nodes are left out (of all bands, so they stay nested); default 1 keeps all. */
  leastNodes?: number | undefined;
  /** Whether rings are straightened; default true. Without it they have a corner at every crossing. */
  isStraightened?: boolean | undefined;
}

/**
 * How far a crossing may be moved to straighten the ring, cells: a little where the surface slopes, more at the
 * rim of what is in reach, whose place between two nodes is not known (0.35 everywhere would take 7 % of the
 * area of rings a few cells wide).
 */
const TOLERANCE_CELLS = 0.15;
const RIM_TOLERANCE_CELLS = 0.4;
/** Where several thresholds share a grid line, each is to have at least so many parts; the least is 2. */
const LEAST_PARTS = 3;
/** Decimals of a degree at least and at most: those of the nodes, and those of OSM. */
const LEAST_DECIMALS = Math.log10(PARTS_PER_DEGREE);
const MOST_DECIMALS = 7;

/** The bands of the given minutes, in their order. Throws RangeError for minutes beyond the surface's cutoff. */
export function contourBands(
  surface: TravelTimeSurface,
  minutes: readonly number[],
  options: ContourOptions = {},
): ContourBand[] {
  for (const value of minutes) {
    if (!(value > 0 && value * 60 <= surface.cutoffSeconds)) {
      throw new RangeError(
        `${value} minutes: expected more than 0 and at most ${surface.cutoffSeconds / 60}`,
      );
    }
  }
  const thresholds = [...new Set(minutes)].sort((a, b) => a - b).map((value) => value * 60);
  const tracer = new RingTracer(
    surface,
    thresholds,
    options.scratch ?? new IsochroneScratch(),
    options.isStraightened ?? true,
  );
  const leastNodes = options.leastNodes ?? 1;
  return minutes.map((value) => ({
    minutes: value,
    geometry: {
      type: 'MultiPolygon',
      coordinates: tracer.trace(thresholds.indexOf(value * 60), leastNodes),
    },
  }));
}

class RingTracer {
  /** Position of node (0, 0) and steps between nodes in parts of a degree, of which there are `partsPerDegree`. */
  private readonly west: number;
  private readonly south: number;
  private readonly lonParts: number;
  private readonly latParts: number;
  private readonly partsPerDegree: number;
  /** Of the ring followed last: its crossings, and the nodes that it encloses (negative: those of a hole). */
  private crossingCount = 0;
  private enclosedCount = 0;
  /** Of the row being looked at: the ring crossed last, 0 = none. */
  private lastRing = 0;
  /** The threshold of a rank, between those of the neighbouring ranks: bounds[rank], [rank + 1], [rank + 2]. */
  private readonly bounds: readonly number[];

  constructor(
    private readonly surface: TravelTimeSurface,
    thresholds: readonly number[],
    private readonly scratch: IsochroneScratch,
    private readonly isStraightened: boolean,
  ) {
    const finer = 10 ** (decimalsFor(surface, thresholds) - LEAST_DECIMALS);
    this.bounds = [Number.NEGATIVE_INFINITY, ...thresholds, Number.POSITIVE_INFINITY];
    this.west = surface.westParts * finer;
    this.south = surface.southParts * finer;
    this.lonParts = surface.lonParts * finer;
    this.latParts = surface.latParts * finer;
    this.partsPerDegree = PARTS_PER_DEGREE * finer;
  }

  /** All polygons below a threshold, in the order of their southernmost, then westernmost nodes. */
  trace(rank: number, leastNodes: number): Position[][][] {
    const { values, columns, rows } = this.surface;
    const threshold = this.bounds[rank + 1]!;
    const ringOfCrossing = this.scratch.ringsOfLength(columns * rows);
    const polygons: Position[][][] = [];
    /** Ring number (from 1) -> polygon; undefined where it is left out. */
    const polygonOfRing: Array<Position[][] | undefined> = [undefined];
    for (let row = 0; row < rows; row++) {
      const end = (row + 1) * columns - 1;
      this.lastRing = 0;
      let node = this.findUnmetCrossing(row * columns, end, threshold, ringOfCrossing);
      for (; node < end; node = this.findUnmetCrossing(node, end, threshold, ringOfCrossing)) {
        const ring = polygonOfRing.length;
        if (values[node + 1]! < threshold) {
          // From outside to inside: the south-west of a new polygon.
          this.follow(rank, node + 1, node, ring, ringOfCrossing);
          const polygon = this.enclosedCount >= leastNodes ? [this.readRing()] : undefined;
          polygonOfRing.push(polygon);
          if (polygon !== undefined) polygons.push(polygon);
        } else {
          const polygon = polygonOfRing[this.lastRing];
          polygonOfRing.push(polygon);
          this.follow(rank, node, node + 1, ring, ringOfCrossing);
          if (-this.enclosedCount >= leastNodes) polygon?.push(this.readRing());
        }
      }
    }
    return polygons;
  }

  /**
   * The first node from `from` on, in a row up to `end`, between which and its eastern neighbour a ring passes that was
   * not followed yet; `end` if there is none. `lastRing` becomes the ring crossed last before it.
   */
  private findUnmetCrossing(
    from: number,
    end: number,
    threshold: number,
    ringOfCrossing: Int32Array,
  ): number {
    const { values } = this.surface;
    let { lastRing } = this;
    let node = from;
    let isInside = values[node]! < threshold;
    while (node < end) {
      const isNextInside = values[node + 1]! < threshold;
      if (isNextInside !== isInside) {
        const ring = ringOfCrossing[node]!;
        if (ring === 0) break;
        lastRing = ring;
        isInside = isNextInside;
      }
      node++;
    }
    this.lastRing = lastRing;
    return node;
  }

  /**
   * Follows one ring from the crossing between an inside node (on the left) and an outside node (on the right),
   * and marks the crossings of its rows.
   */
  private follow(
    rank: number,
    startInside: number,
    startOutside: number,
    ring: number,
    ringOfCrossing: Int32Array,
  ): void {
    const { values, columns } = this.surface;
    const threshold = this.bounds[rank + 1]!;
    let inside = startInside;
    let outside = startOutside;
    let count = 0;
    let enclosed = 0;
    do {
      const delta = outside - inside;
      if (delta === 1) {
        ringOfCrossing[inside] = ring;
        enclosed += inside % columns;
      } else if (delta === -1) {
        ringOfCrossing[outside] = ring;
        enclosed -= outside % columns;
      }
      this.cross(rank, inside, outside, count++);

      // Ahead, with the inside on the left: outside in the east is northwards, in the north westwards.
      const ahead = delta === 1 ? columns : delta === -1 ? -columns : delta > 0 ? -1 : 1;
      if (!(values[inside + ahead]! < threshold)) outside = inside + ahead;
      else if (values[outside + ahead]! < threshold) inside = outside + ahead;
      else {
        inside += ahead;
        outside += ahead;
      }
    } while (inside !== startInside || outside !== startOutside);
    this.crossingCount = count;
    this.enclosedCount = enclosed;
  }

  /** Writes a crossing: where it is best, and the bounds within which it may be. */
  private cross(rank: number, inside: number, outside: number, position: number): void {
    const { bounds, scratch } = this;
    const { values, columns } = this.surface;
    const crossings = scratch.ringCrossings(position + 1);
    const below = bounds[rank]!;
    const above = bounds[rank + 2]!;
    const low = values[inside]!;
    const high = values[outside]!;
    const delta = outside - inside;
    const isAlongLon = delta === 1 || delta === -1;
    const parts = isAlongLon ? this.lonParts : this.latParts;
    const scale = parts / (high - low);
    const place = (bounds[rank + 1]! - low) * scale;
    // From the inside node, in parts; the neighbouring thresholds meet half-way.
    const afterHalfWayBelow = Math.floor(0.5 * (place + (below - low) * scale)) + 1;
    const halfWayAbove = Math.floor(0.5 * (place + (above - low) * scale));
    let least = below > low ? afterHalfWayBelow : 1;
    let greatest = above <= high ? halfWayAbove : parts - 1;
    const best = Math.min(greatest, Math.max(least, Math.round(place)));
    const tolerance = this.toleranceAt(high) * parts;
    least = Math.max(least, Math.min(best, Math.ceil(place - tolerance)));
    greatest = Math.min(greatest, Math.max(best, Math.floor(place + tolerance)));

    const row = Math.floor(inside / columns);
    const column = inside - row * columns;
    const origin = isAlongLon ? column * parts : row * parts;
    const sign = delta > 0 ? 1 : -1;
    crossings.isAlongLon[position] = isAlongLon ? 1 : 0;
    crossings.line[position] = isAlongLon ? row * this.latParts : column * this.lonParts;
    crossings.insideEnd[position] = origin + sign * least;
    crossings.outsideEnd[position] = origin + sign * greatest;
    crossings.best[position] = origin + sign * best;
  }

  private toleranceAt(high: number): number {
    if (!this.isStraightened) return 0;
    return high === this.surface.ceilingSeconds ? RIM_TOLERANCE_CELLS : TOLERANCE_CELLS;
  }

  /** The closed line of the ring followed last. */
  private readRing(): Position[] {
    const { west, south, partsPerDegree } = this;
    const line: Position[] = [];
    straightenRing(this.scratch.ringCrossings(0), this.crossingCount, (x, y) =>
      line.push([(west + x) / partsPerDegree, (south + y) / partsPerDegree]),
    );
    line.push(line[0]!);
    return line;
  }
}

/** Decimals of a degree that leave every threshold its parts of a grid line, even on the steepest one. */
function decimalsFor(surface: TravelTimeSurface, thresholds: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < thresholds.length; i++) least = Math.min(least, thresholds[i]! - thresholds[i - 1]!);
  const parts = Math.min(surface.lonParts, surface.latParts) * (least / surface.ceilingSeconds);
  let decimals = LEAST_DECIMALS;
  while (decimals < MOST_DECIMALS && parts * 10 ** (decimals - LEAST_DECIMALS) < LEAST_PARTS) decimals++;
  return decimals;
}
