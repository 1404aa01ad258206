/**
 * Contours of a travel-time surface as nested polygons: marching squares, following each ring from crossing to
 * crossing (d3-contour, which gives the same areas and is the oracle of the tests, needs several times as long
 * on surfaces with thousands of rings, most of all for finding the polygon of each hole).
 *
 * Inside is below the threshold. Rings are walked with the inside on the left: exterior rings run
 * counterclockwise and holes clockwise (RFC 7946). Where two inside nodes meet diagonally they stay apart, so
 * that a polygon is a set of nodes connected along the grid's lines, and the ring that a row of nodes crossed
 * last, to the west, tells the polygon of a hole. On a grid line the crossing is strictly between its nodes and
 * moves one way with the threshold: so rings of one threshold never touch, and those of a lower one lie inside.
 */
import type { MultiPolygon, Position } from 'geojson';
import type { IsochroneScratch } from './scratch.ts';
import type { TravelTimeSurface } from './surface.ts';

export interface ContourBand {
  minutes: number;
  /** Everything reached in less than `minutes`; contains the bands of fewer minutes. */
  geometry: MultiPolygon;
}

/** Crossings keep this share of a cell from the nodes: 0.5 m for the smallest cell, so that rounding merges none. */
const NODE_CLEARANCE = 0.02;
/** Coordinates are rounded to this many parts of a degree: 11 cm. */
const ROUNDING = 1e6;

/** The bands of the given minutes, in their order. Throws RangeError for minutes beyond the surface's cutoff. */
export function contourBands(
  surface: TravelTimeSurface,
  minutes: readonly number[],
  scratch?: IsochroneScratch,
): ContourBand[] {
  return minutes.map((value) => {
    const threshold = value * 60;
    if (!(threshold > 0 && threshold <= surface.cutoffSeconds)) {
      throw new RangeError(
        `${value} minutes: expected more than 0 and at most ${surface.cutoffSeconds / 60}`,
      );
    }
    const coordinates = traceRings(surface, threshold, scratch);
    return { minutes: value, geometry: { type: 'MultiPolygon', coordinates } };
  });
}

/** All polygons below a threshold, in the order of their southernmost, then westernmost nodes. */
function traceRings(
  surface: TravelTimeSurface,
  threshold: number,
  scratch: IsochroneScratch | undefined,
): Position[][][] {
  const { values, columns, rows } = surface;
  const ringOfCrossing = scratch?.crossingsOfLength(columns * rows) ?? new Int32Array(columns * rows);
  const polygons: Position[][][] = [];
  /** Ring number (from 1) -> polygon. */
  const polygonOfRing: number[] = [-1];
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns - 1;
    let lastRing = 0;
    let isInside = values[start]! < threshold;
    for (let node = start; node < end; node++) {
      const isNextInside = values[node + 1]! < threshold;
      if (isNextInside === isInside) continue;
      isInside = isNextInside;
      let ring = ringOfCrossing[node]!;
      if (ring === 0) {
        ring = polygonOfRing.length;
        if (isNextInside) {
          // From outside to inside, not met yet: the south-west of a new polygon.
          polygonOfRing.push(polygons.length);
          polygons.push([followRing(surface, threshold, node + 1, node, ring, ringOfCrossing)]);
        } else {
          const polygon = polygonOfRing[lastRing]!;
          polygonOfRing.push(polygon);
          polygons[polygon]!.push(followRing(surface, threshold, node, node + 1, ring, ringOfCrossing));
        }
      }
      lastRing = ring;
    }
  }
  return polygons;
}

/**
 * Follows one ring from the crossing between an inside node (on the left) and an outside node (on the right),
 * marks the crossings of its rows, and returns its closed line.
 */
function followRing(
  surface: TravelTimeSurface,
  threshold: number,
  startInside: number,
  startOutside: number,
  ring: number,
  ringOfCrossing: Int32Array,
): Position[] {
  const { values, columns, west, south, lonStep, latStep } = surface;
  const line: Position[] = [];
  let inside = startInside;
  let outside = startOutside;
  do {
    const delta = outside - inside;
    if (delta === 1) ringOfCrossing[inside] = ring;
    else if (delta === -1) ringOfCrossing[outside] = ring;

    const low = values[inside]!;
    const share = NODE_CLEARANCE + ((1 - 2 * NODE_CLEARANCE) * (threshold - low)) / (values[outside]! - low);
    const row = Math.floor(inside / columns);
    let x = inside - row * columns;
    let y = row;
    if (delta === 1) x += share;
    else if (delta === -1) x -= share;
    else if (delta > 0) y += share;
    else y -= share;
    line.push([
      Math.round((west + x * lonStep) * ROUNDING) / ROUNDING,
      Math.round((south + y * latStep) * ROUNDING) / ROUNDING,
    ]);

    // Ahead, with the inside on the left: outside in the east is northwards, in the north westwards.
    const ahead = delta === 1 ? columns : delta === -1 ? -columns : delta > 0 ? -1 : 1;
    if (!(values[inside + ahead]! < threshold)) outside = inside + ahead;
    else if (values[outside + ahead]! < threshold) inside = outside + ahead;
    else {
      inside += ahead;
      outside += ahead;
    }
  } while (inside !== startInside || outside !== startOutside);
  line.push(line[0]!);
  return line;
}
