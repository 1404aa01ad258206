/**
 * Memory that one isochrone after another reuses: allocating it anew for each of a hundred structures would
 * cost more than the drawing. One per worker. Grids have at most maxCells² nodes, and memory grows to the
 * greatest that was met.
 */

/** Streets next to the nodes of a grid; all arrays by node. */
export interface NodeStreets {
  /** node -> the street beside it: position in cells (x scaled by the aspect), seconds, and weight in cells. */
  x: Float32Array;
  y: Float32Array;
  seconds: Float32Array;
  weight: Float32Array;
  /** node -> node whose street is nearest, or -1; and its distance and weight together, cells. */
  nearest: Int32Array;
  cost: Float32Array;
}

/** Places where a ring crosses grid lines, see `contour.ts`; all arrays by crossing. */
export interface RingCrossings {
  /** 1 where the grid line runs from west to east, 0 from south to north. */
  isAlongLon: Uint8Array;
  /** Its fixed coordinate, and along it the bounds of the crossing on the inside and the outside, and the best place. */
  line: Int32Array;
  insideEnd: Int32Array;
  outsideEnd: Int32Array;
  best: Int32Array;
}

export class IsochroneScratch {
  private streets: NodeStreets = streetsOf(0);
  private values = new Float32Array(0);
  private ringOfCrossing = new Int32Array(0);
  private crossings: RingCrossings = crossingsOf(1 << 14);
  private boxes = new Uint8Array(0);

  /** Nothing near any node. */
  nodeStreets(nodeCount: number): NodeStreets {
    if (this.streets.x.length < nodeCount) this.streets = streetsOf(nodeCount);
    this.streets.nearest.fill(-1, 0, nodeCount);
    this.streets.cost.fill(Number.POSITIVE_INFINITY, 0, nodeCount);
    return this.streets;
  }

  valuesOfLength(length: number): Float32Array {
    if (this.values.length < length) this.values = new Float32Array(length);
    return this.values.subarray(0, length);
  }

  /** node -> ring that crosses the grid line to its east; all zero. */
  ringsOfLength(length: number): Int32Array {
    if (this.ringOfCrossing.length < length) this.ringOfCrossing = new Int32Array(length);
    return this.ringOfCrossing.subarray(0, length).fill(0);
  }

  /** Room for at least so many crossings of one ring; what was written stays. */
  ringCrossings(count: number): RingCrossings {
    if (this.crossings.line.length >= count) return this.crossings;
    const grown = crossingsOf(Math.max(count, 2 * this.crossings.line.length));
    grown.isAlongLon.set(this.crossings.isAlongLon);
    grown.line.set(this.crossings.line);
    grown.insideEnd.set(this.crossings.insideEnd);
    grown.outsideEnd.set(this.crossings.outsideEnd);
    grown.best.set(this.crossings.best);
    this.crossings = grown;
    return grown;
  }

  /** Box of edges -> 1 where it is met; all zero. */
  boxesOfLength(length: number): Uint8Array {
    if (this.boxes.length < length) this.boxes = new Uint8Array(length);
    return this.boxes.subarray(0, length).fill(0);
  }
}

function streetsOf(count: number): NodeStreets {
  return {
    x: new Float32Array(count),
    y: new Float32Array(count),
    seconds: new Float32Array(count),
    weight: new Float32Array(count),
    nearest: new Int32Array(count),
    cost: new Float32Array(count),
  };
}

function crossingsOf(count: number): RingCrossings {
  return {
    isAlongLon: new Uint8Array(count),
    line: new Int32Array(count),
    insideEnd: new Int32Array(count),
    outsideEnd: new Int32Array(count),
    best: new Int32Array(count),
  };
}
