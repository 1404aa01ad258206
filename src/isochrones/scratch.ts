/**
 * Memory that one isochrone after another reuses: allocating it anew for each of a hundred structures would
 * cost more than the painting. One per worker.
 */
export class IsochroneScratch {
  /** edge -> the run that met it last; length edgeCount. */
  readonly runOfEdge: Uint32Array;
  /** Edges met in this run, and their times at head and tail, deciseconds; at most every edge once. */
  readonly edges: Uint32Array;
  readonly headTimes: Int32Array;
  readonly tailTimes: Int32Array;
  /** Grid node -> seconds; the greatest grid is maxCells². */
  values = new Float32Array(0);
  /** Grid node -> ring that crosses the grid line to its right, or 0; the greatest grid is maxCells². */
  ringOfCrossing = new Int32Array(0);
  private run = 0;

  constructor(edgeCount: number) {
    this.runOfEdge = new Uint32Array(edgeCount);
    this.edges = new Uint32Array(edgeCount);
    this.headTimes = new Int32Array(edgeCount);
    this.tailTimes = new Int32Array(edgeCount);
  }

  /** A number that no edge bears yet. */
  nextRun(): number {
    if (this.run === 0xffffffff) {
      this.runOfEdge.fill(0);
      this.run = 0;
    }
    return ++this.run;
  }

  valuesOfLength(length: number): Float32Array {
    if (this.values.length < length) this.values = new Float32Array(length);
    return this.values.subarray(0, length);
  }

  crossingsOfLength(length: number): Int32Array {
    if (this.ringOfCrossing.length < length) this.ringOfCrossing = new Int32Array(length);
    return this.ringOfCrossing.subarray(0, length).fill(0);
  }
}
