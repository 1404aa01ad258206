/**
 * The nearest street of every grid node: points along all streets are noted at the node next to them, then
 * handed on from node to node by a two-pass distance transform on eight neighbours (Danielsson 1980), each
 * node keeping the best of what its neighbours know.
 *
 * Distances are weighted by addition: a street that is reached late counts as a little further away than it is,
 * one that is not reached as TOLERANCE_METERS further. So of streets nearly as near the quicker one serves, as
 * it does for homes, and neither a parallel carriageway nor a private drive punches holes, while a far bank with
 * its own street stays out.
 */
import { COORDINATE_UNITS_PER_DEGREE, DECISECONDS_PER_SECOND } from '../common/units.ts';
import { EDGES_PER_BOX } from '../streets/edge-index.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { EdgeTimes } from './edge-times.ts';
import { type GridFrame, type GridScale, PARTS_PER_DEGREE } from './grid.ts';
import type { NodeStreets } from './scratch.ts';

/** What an unreached street counts as further away: as much as homes of a grid cell are linked apart. */
const TOLERANCE_METERS = 50;
/** And no less than this of a cell, since streets of one cell cannot be told apart. */
const TOLERANCE_CELLS = 0.6;
/** A street reached at the cutoff counts as this share of it further away, others in proportion to their time. */
const LATE_SHARE = 0.5;
/** Points along a street are at most this far apart. */
const SPACING_CELLS = 0.5;

/** Finds the boxes of edges that meet a rectangle in 1e-7 degrees, as `Flatbush.search` does. */
export interface EdgeBoxIndex {
  search(
    west: number,
    south: number,
    east: number,
    north: number,
    filter: (box: number) => boolean,
  ): number[];
}

/**
 * Marks the boxes of EDGES_PER_BOX edges that meet the rectangle (all of them without an index), and lists those that
 * were not marked before.
 */
export function meetBoxes(
  index: EdgeBoxIndex | undefined,
  [west, south, east, north]: readonly [number, number, number, number],
  isBoxMet: Uint8Array,
): number[] {
  const meet = (box: number): boolean => isBoxMet[box]++ === 0;
  if (index === undefined) return Array.from(isBoxMet.keys()).filter(meet);
  return index.search(west, south, east, north, meet);
}

/** West, south, east, north of a frame in 1e-7 degrees. */
export function boundsOf(frame: GridFrame): [number, number, number, number] {
  const unit = COORDINATE_UNITS_PER_DEGREE / PARTS_PER_DEGREE;
  return [
    frame.westParts * unit,
    frame.southParts * unit,
    (frame.westParts + (frame.columns - 1) * frame.lonParts) * unit,
    (frame.southParts + (frame.rows - 1) * frame.latParts) * unit,
  ];
}

export class NearestStreets {
  private readonly perSecond: number;
  private readonly unreachedWeight: number;

  constructor(
    private readonly frame: GridFrame,
    private readonly scale: GridScale,
    private readonly streets: NodeStreets,
    private readonly cutoffSeconds: number,
    private readonly ceilingSeconds: number,
  ) {
    this.unreachedWeight = Math.max(TOLERANCE_METERS / frame.cellMeters, TOLERANCE_CELLS);
    this.perSecond = (LATE_SHARE * this.unreachedWeight) / cutoffSeconds;
  }

  /** Notes a street at a position in cells; the outermost nodes are left out, so that every contour closes. */
  note(x: number, y: number, seconds: number): void {
    const { perSecond, cutoffSeconds, ceilingSeconds, unreachedWeight } = this;
    const { columns, rows } = this.frame;
    const { aspect } = this.scale;
    const { streets } = this;
    const column = Math.floor(x + 0.5);
    const row = Math.floor(y + 0.5);
    if (column < 1 || row < 1 || column > columns - 2 || row > rows - 2) return;
    const lateWeight = seconds * perSecond;
    const weight = seconds <= cutoffSeconds ? lateWeight : unreachedWeight;
    const node = row * columns + column;
    const dx = (x - column) * aspect;
    const dy = y - row;
    const cost = Math.fround(Math.sqrt(dx * dx + dy * dy) + weight);
    if (cost >= streets.cost[node]!) return;
    streets.cost[node] = cost;
    streets.nearest[node] = node;
    streets.x[node] = x * aspect;
    streets.y[node] = y;
    streets.seconds[node] = Math.min(seconds, ceilingSeconds);
    streets.weight[node] = weight;
  }

  /** Notes all edges of the met boxes that count. */
  noteEdges(network: StreetNetwork, isBoxMet: Uint8Array, times: EdgeTimes): void {
    const { firstPointOfEdge, lonOfPoint, latOfPoint, lengthOfEdge, edgeCount } = network;
    const { perLon, perLat, columnAtZero, rowAtZero } = this.scale;
    const piecesPerDecimeter = 1 / (10 * this.frame.cellMeters * SPACING_CELLS);
    for (let box = 0; box < isBoxMet.length; box++) {
      if (isBoxMet[box] === 0) continue;
      const end = Math.min(edgeCount, (box + 1) * EDGES_PER_BOX);
      for (let edge = box * EDGES_PER_BOX; edge < end; edge++) {
        if (!times.take(edge)) continue;
        const pieces = Math.ceil(lengthOfEdge[edge]! * piecesPerDecimeter);
        if (pieces > 1) {
          this.noteLongEdge(network, edge, pieces, times);
          continue;
        }
        // Shorter than the spacing: the middle between its ends stands for all of it.
        const first = firstPointOfEdge[edge]!;
        const last = firstPointOfEdge[edge + 1]! - 1;
        this.note(
          0.5 * (lonOfPoint[first]! + lonOfPoint[last]!) * perLon + columnAtZero,
          0.5 * (latOfPoint[first]! + latOfPoint[last]!) * perLat + rowAtZero,
          times.at(0.5) / DECISECONDS_PER_SECOND,
        );
      }
    }
  }

  /** Notes the middle of each of an edge's pieces. */
  private noteLongEdge(network: StreetNetwork, edge: number, pieces: number, times: EdgeTimes): void {
    const { firstPointOfEdge, lonOfPoint, latOfPoint, lengthOfEdge } = network;
    const { perLon, perLat, columnAtZero, rowAtZero, aspect } = this.scale;
    const step = lengthOfEdge[edge]! / (10 * this.frame.cellMeters) / pieces;
    const last = firstPointOfEdge[edge + 1]! - 1;
    let point = firstPointOfEdge[edge]!;
    let x = lonOfPoint[point]! * perLon + columnAtZero;
    let y = latOfPoint[point]! * perLat + rowAtZero;
    let piece = 0;
    /** Cells along the edge to the point before, and to the next place to note. */
    let before = 0;
    let target = 0.5 * step;
    while (point < last && piece < pieces) {
      point++;
      const dx = lonOfPoint[point]! * perLon + columnAtZero - x;
      const dy = latOfPoint[point]! * perLat + rowAtZero - y;
      const length = Math.sqrt(dx * dx * aspect * aspect + dy * dy);
      // Lengths were measured point by point, the grid is flat: the last point takes what is left over.
      while (piece < pieces && (target <= before + length || point === last)) {
        const share = length === 0 ? 0 : Math.min(1, (target - before) / length);
        const seconds = times.at((piece + 0.5) / pieces) / DECISECONDS_PER_SECOND;
        this.note(x + share * dx, y + share * dy, seconds);
        piece++;
        target = (piece + 0.5) * step;
      }
      before += length;
      x += dx;
      y += dy;
    }
  }

  /** Hands the streets on to the nodes within the reach of them. */
  spread(): void {
    const { columns, rows, reachMeters, cellMeters } = this.frame;
    const limit = reachMeters / cellMeters + this.unreachedWeight;
    for (let row = 1; row < rows - 1; row++) {
      this.sweep(row, 1, columns - 1, 1, -columns, limit);
      this.sweep(row, columns - 2, 0, -1, 0, limit);
    }
    for (let row = rows - 2; row > 0; row--) {
      this.sweep(row, columns - 2, 0, -1, columns, limit);
      this.sweep(row, 1, columns - 1, 1, 0, limit);
    }
  }

  /**
   * Offers the nodes of a row, from column `from` to before `to`, what the node before knows and, unless
   * `other` is 0, the three nodes of the row `other` nodes away.
   */
  private sweep(row: number, from: number, to: number, step: number, other: number, limit: number): void {
    const { nearest, cost, x, y, weight } = this.streets;
    const { aspect } = this.scale;
    const start = row * this.frame.columns;
    for (let column = from; column !== to; column += step) {
      const node = start + column;
      const nodeX = column * aspect;
      let best = cost[node]!;
      let street = nearest[node]!;
      const known = street;
      let neighbour = node - step;
      for (let k = 0; ; k++) {
        const offered = nearest[neighbour]!;
        if (offered >= 0 && offered !== street) {
          const dx = x[offered]! - nodeX;
          const dy = y[offered]! - row;
          const offer = Math.sqrt(dx * dx + dy * dy) + weight[offered]!;
          if (offer < best && offer <= limit) {
            best = offer;
            street = offered;
          }
        }
        if (other === 0 || k === 3) break;
        neighbour = node + other + (k - 1) * step;
      }
      if (street === known) continue;
      nearest[node] = street;
      cost[node] = best;
    }
  }

  /** Fills node -> seconds: the time at the nearest street and the walk from it, or the ceiling. */
  evaluate(values: Float32Array, secondsPerCell: number): void {
    const { nearest, cost, seconds, weight } = this.streets;
    const reach = this.frame.reachMeters / this.frame.cellMeters;
    const ceiling = this.ceilingSeconds;
    for (let node = 0; node < values.length; node++) {
      const street = nearest[node]!;
      let value = ceiling;
      if (street >= 0) {
        const walk = cost[node]! - weight[street]!;
        const time = seconds[street]! + walk * secondsPerCell;
        if (walk <= reach && time < ceiling) value = time;
      }
      values[node] = value;
    }
  }
}
