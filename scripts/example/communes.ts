/**
 * The communes: every point of the département belongs to the nearest chef-lieu on its side of the river, with
 * some noise. A lattice of labels is traced into arcs between the corners where three communes meet; each arc is
 * smoothed once and used by both neighbours, so that shared borders are the same to the last digit.
 */
import { distance, noiseAt, type Point, simplify } from './geometry.ts';
import type { Place } from './places.ts';
import { isInside, isNorthOfRiver, toGround, toLonLat } from './terrain.ts';

/** Side of a square of the lattice; its corners are borders' points before smoothing. */
const LATTICE_METERS = 200;
const COLUMNS = 320;
const ROWS = 280;
const OUTSIDE = -1;
const SIMPLIFY_METERS = 18;

export interface CommuneShape {
  place: Place;
  /** Closed ring, counter-clockwise, in ground metres. */
  ground: Point[];
  /** Bounds of that ring: west, south, east, north. */
  box: readonly [number, number, number, number];
  /** The same in degrees. */
  ring: Array<[number, number]>;
}

export function traceCommunes(places: readonly Place[]): CommuneShape[] {
  const labels = labelLattice(places);
  mendLattice(labels, places.length);
  const arcs = new ArcTable(labels);
  return places.map((place, label) => {
    const ring = arcs.ringOf(label);
    const ground = ring.map((point) => point.ground);
    const xs = ground.map(({ x }) => x);
    const ys = ground.map(({ y }) => y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
    return { place, ground, box, ring: ring.map(({ lonLat }) => lonLat) };
  });
}

function squareCentre(column: number, row: number): Point {
  return { x: (column - COLUMNS / 2 + 0.5) * LATTICE_METERS, y: (row - ROWS / 2 + 0.5) * LATTICE_METERS };
}

function labelLattice(places: readonly Place[]): Int16Array {
  const labels = new Int16Array(COLUMNS * ROWS).fill(OUTSIDE);
  for (let row = 1; row < ROWS - 1; row++) {
    for (let column = 1; column < COLUMNS - 1; column++) {
      const p = squareCentre(column, row);
      if (isInside(p)) labels[row * COLUMNS + column] = nearestPlace(p, places);
    }
  }
  return labels;
}

function nearestPlace(p: Point, places: readonly Place[]): number {
  const moved = { x: p.x + 600 * noiseAt(p, 2600, 41), y: p.y + 600 * noiseAt(p, 2600, 42) };
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  places.forEach((place, label) => {
    if (isNorthOfRiver(place.at) !== isNorthOfRiver(p)) return;
    const off = distance(moved, place.at) * (place.kind === 'town' ? 0.85 : 1);
    if (off < least) {
      least = off;
      best = label;
    }
  });
  return best;
}

/** Leaves every label in one piece, without corners where it meets itself. */
function mendLattice(labels: Int16Array, labelCount: number): void {
  for (let changed = true; changed; ) {
    changed = keepLargestPieces(labels, labelCount) || openCorners(labels);
  }
}

/** Gives the squares of the smaller pieces of a label (and of holes outside) to a neighbour. */
function keepLargestPieces(labels: Int16Array, labelCount: number): boolean {
  const pieceOf = new Int32Array(labels.length).fill(-1);
  const pieces: number[][] = [];
  for (let start = 0; start < labels.length; start++) {
    if (pieceOf[start] !== -1) continue;
    const piece = [start];
    pieceOf[start] = pieces.length;
    for (const square of piece) {
      for (const next of neighbours(square)) {
        if (pieceOf[next] === -1 && labels[next] === labels[square]) {
          pieceOf[next] = pieces.length;
          piece.push(next);
        }
      }
    }
    pieces.push(piece);
  }
  const largest = new Map<number, number[]>();
  for (const piece of pieces) {
    const label = labels[piece[0]];
    if (piece.length > (largest.get(label)?.length ?? 0)) largest.set(label, piece);
  }
  if (largest.size !== labelCount + 1) throw new Error('a commune has no land');
  let changed = false;
  for (const piece of pieces) {
    const label = labels[piece[0]];
    if (largest.get(label) === piece) continue;
    const other = piece
      .flatMap(neighbours)
      .map((square) => labels[square])
      .find((next) => next !== label);
    for (const square of piece) labels[square] = other ?? OUTSIDE;
    changed = true;
  }
  return changed;
}

function neighbours(square: number): number[] {
  return [square - 1, square + 1, square - COLUMNS, square + COLUMNS].filter(
    (n) => n >= 0 && n < COLUMNS * ROWS,
  );
}

/** Where a label stands only diagonally across a corner, its upper square goes to the neighbour beside it. */
function openCorners(labels: Int16Array): boolean {
  let changed = false;
  for (let row = 0; row + 1 < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const a = row * COLUMNS + column;
      const [b, c, d] = [a + 1, a + COLUMNS, a + COLUMNS + 1];
      if (labels[a] === labels[d] && labels[a] !== labels[b] && labels[a] !== labels[c]) {
        labels[d] = labels[b];
        changed = true;
      } else if (labels[b] === labels[c] && labels[b] !== labels[a] && labels[b] !== labels[d]) {
        labels[c] = labels[a];
        changed = true;
      }
    }
  }
  return changed;
}

interface BorderPoint {
  ground: Point;
  lonLat: [number, number];
}

/** Borders between labels, cut at the corners where three labels meet. */
class ArcTable {
  /** Corner -> corners next to it along borders. */
  private readonly links = new Map<number, number[]>();
  private readonly arcs = new Map<string, BorderPoint[]>();

  constructor(private readonly labels: Int16Array) {
    for (let row = 1; row < ROWS; row++) {
      for (let column = 1; column < COLUMNS; column++) {
        const square = row * COLUMNS + column;
        // A corner has the number of the square to its north-east.
        if (labels[square] !== labels[square - 1]) this.link(square, square + COLUMNS);
        if (labels[square] !== labels[square - COLUMNS]) this.link(square, square + 1);
      }
    }
  }

  /** The border of a label: its arcs end to end, counter-clockwise. */
  ringOf(label: number): BorderPoint[] {
    const corners = this.walkAround(label);
    const cuts = corners.flatMap((corner, i) => (this.isJunction(corner) ? [i] : []));
    if (cuts.length < 2) throw new Error('a commune with fewer than two neighbours');
    const ring: BorderPoint[] = [];
    cuts.forEach((cut, i) => {
      const end = cuts[(i + 1) % cuts.length];
      const arc =
        end > cut ? corners.slice(cut, end + 1) : [...corners.slice(cut), ...corners.slice(0, end + 1)];
      ring.push(...this.arcPoints(arc).slice(0, -1));
    });
    return [...ring, ring[0]];
  }

  /** Corners around a label with the label on the left. */
  private walkAround(label: number): number[] {
    const start = this.labels.indexOf(label);
    const corners = [start];
    // The first square of a label in row order has a border below it: walk east along it.
    let at = start + 1;
    let step = 1;
    while (at !== start) {
      corners.push(at);
      step = this.turnStep(at, step, label);
      at += step;
    }
    return corners;
  }

  /** The next step along the border: right, straight on or left, whichever keeps the label on the left only. */
  private turnStep(at: number, step: number, label: number): number {
    const right = step === 1 ? -COLUMNS : step === -COLUMNS ? -1 : step === -1 ? COLUMNS : 1;
    for (const next of [right, step, -right]) {
      const [left, other] = this.sidesOf(at, next);
      if (this.labels[left] === label && this.labels[other] !== label) return next;
    }
    throw new Error('a border ends in the open');
  }

  /** Squares to the left and to the right of the step from a corner. */
  private sidesOf(at: number, step: number): [number, number] {
    if (step === 1) return [at, at - COLUMNS];
    if (step === -1) return [at - 1 - COLUMNS, at - 1];
    if (step === COLUMNS) return [at - 1, at];
    return [at - COLUMNS, at - COLUMNS - 1];
  }

  private isJunction(corner: number): boolean {
    return (this.links.get(corner)?.length ?? 0) > 2;
  }

  /** The smoothed points of an arc, the same from both sides. */
  private arcPoints(corners: readonly number[]): BorderPoint[] {
    const last = corners.length - 1;
    const isReversed =
      corners[0] > corners[last] || (corners[0] === corners[last] && corners[1] > corners[last - 1]);
    const canonical = isReversed ? [...corners].reverse() : corners;
    const key = `${canonical[0]},${canonical[1]},${canonical[last]}`;
    let points = this.arcs.get(key);
    if (points === undefined) {
      points = smoothArc(canonical).map((plan) => {
        const ground = toGround(plan);
        const [lon, lat] = toLonLat(ground);
        return { ground, lonLat: [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6] };
      });
      this.arcs.set(key, points);
    }
    return isReversed ? [...points].reverse() : points;
  }

  private link(a: number, b: number): void {
    this.links.set(a, [...(this.links.get(a) ?? []), b]);
    this.links.set(b, [...(this.links.get(b) ?? []), a]);
  }
}

/** Takes the steps of the lattice out of an arc; its ends stay. */
function smoothArc(corners: readonly number[]): Point[] {
  let line: Point[] = corners.map((corner) => {
    const centre = squareCentre(corner % COLUMNS, Math.floor(corner / COLUMNS));
    return { x: centre.x - LATTICE_METERS / 2, y: centre.y - LATTICE_METERS / 2 };
  });
  for (let pass = 0; pass < 4; pass++) {
    line = line.map((p, i) => {
      if (i === 0 || i === line.length - 1) return p;
      const [a, b] = [line[i - 1], line[i + 1]];
      return { x: (a.x + 2 * p.x + b.x) / 4, y: (a.y + 2 * p.y + b.y) / 4 };
    });
  }
  return simplify(line, SIMPLIFY_METERS);
}
