/** Where a street search starts, and which way it goes. */

/** Parallel arrays of length `count`. */
export interface Seeds {
  count: number;
  vertices: Uint32Array;
  /** Deciseconds already spent. */
  times: Int32Array;
  /** Index of the source (a structure, a point). */
  sources: Uint32Array;
  /** Decimetres already covered. */
  lengths: Uint32Array;
}

/** Against the arcs, from trips' ends back to where they start; or along them. */
export type SearchDirection = 'towards' | 'from';
