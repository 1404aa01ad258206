/**
 * The travel-time surface: from the times of a search at the vertices to seconds on a regular metric grid. A
 * node has the time at its nearest street, as homes have, and the walk from it, which is bounded. Streets that
 * are not reached count as well: where one of them is nearest, nobody is within reach, however near a reached
 * street may be, so that nothing jumps a river or a railway that streets end at.
 *
 * Contours of the surface are the isochrones; those of several structures together are the contour of the
 * least times, so that polygons are never joined. The grid is cropped to what the search has reached.
 */

import { DECISECONDS_PER_SECOND } from '../common/units.ts';
import type { SearchDirection } from '../search/seeds.ts';
import { EDGES_PER_BOX } from '../streets/edge-index.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { EdgeTimes, sampleEdge } from './edge-times.ts';
import { Extent, frameGrid, type GridFrame, scaleOf } from './grid.ts';
import { boundsOf, type EdgeBoxIndex, meetBoxes, NearestStreets } from './nearest-streets.ts';
import { IsochroneScratch } from './scratch.ts';
import { growBySeeds, noteSeeds, paintSeeds, type SurfaceSeed } from './seed-places.ts';

export interface SurfaceOptions {
  network: StreetNetwork;
  /** The boxes of its edges; without it all edges are looked at. */
  index?: EdgeBoxIndex | undefined;
  /** edge -> TAKES_* bits: which unreached edges count; without it all do. */
  usefulEdges?: Uint8Array | undefined;
  direction: SearchDirection;
  /** vertex -> deciseconds, UNREACHED where nothing leads. */
  timeOfVertex: Int32Array;
  /** The vertices reached; without it all are looked at. */
  reached?: ArrayLike<number> | undefined;
  cutoffDeciseconds: number;
  walkSpeedKph: number;
  seeds: readonly SurfaceSeed[];
  /** Side of a cell; grows where the grid would exceed `maxCells`. Without it the finest that fits, at least 30 m. */
  cellMeters?: number | undefined;
  /** Greatest number of nodes in a row or a column; default 512. */
  maxCells?: number | undefined;
  /** How far off the road a contour may lie; default 500 m, at least 2 cells. */
  offRoadMeters?: number | undefined;
  scratch?: IsochroneScratch | undefined;
}

export interface TravelTimeSurface extends GridFrame {
  /** Node -> seconds; `ceilingSeconds` where no reached street is nearest. With a scratch, valid until its next use. */
  values: Float32Array;
  cutoffSeconds: number;
  ceilingSeconds: number;
}

/** Nodes of a row or a column. */
const DEFAULT_MAX_CELLS = 512;
/** Nodes out of reach are as if the cutoff was that much later: contours then pass them half-way or so. */
const CEILING_SHARE = 1.4;
/** Step along an edge that may leave the extent of the vertices, metres. */
const EXTENT_STEP_METERS = 50;

/** Builds the surface. Throws RangeError where nothing is reached and no seed given, or the cutoff is not positive. */
export function buildSurface(options: SurfaceOptions): TravelTimeSurface {
  const { network, direction, timeOfVertex, cutoffDeciseconds: cutoff, walkSpeedKph } = options;
  if (!(cutoff > 0)) throw new RangeError(`the cutoff is ${cutoff} deciseconds, expected more than 0`);
  if (!(walkSpeedKph > 0))
    throw new RangeError(`the walking speed is ${walkSpeedKph} km/h, expected more than 0`);
  const scratch = options.scratch ?? new IsochroneScratch();
  const times = new EdgeTimes(network, direction, timeOfVertex, cutoff, options.usefulEdges);
  const frame = frameGrid(extentOf(options, times, scratch), {
    cellMeters: options.cellMeters,
    maxCells: options.maxCells ?? DEFAULT_MAX_CELLS,
    offRoadMeters: options.offRoadMeters,
  });
  const scale = scaleOf(frame);
  const nodeCount = frame.columns * frame.rows;
  const cutoffSeconds = cutoff / DECISECONDS_PER_SECOND;
  const ceilingSeconds = Math.fround(cutoffSeconds * CEILING_SHARE);
  const streets = new NearestStreets(
    frame,
    scale,
    scratch.nodeStreets(nodeCount),
    cutoffSeconds,
    ceilingSeconds,
  );
  const isBoxMet = scratch.boxesOfLength(Math.ceil(network.edgeCount / EDGES_PER_BOX));
  meetBoxes(options.index, boundsOf(frame), isBoxMet);
  streets.noteEdges(network, isBoxMet, times);
  noteSeeds(options, frame, scale, (x, y, seconds) => streets.note(x, y, seconds));
  streets.spread();
  const values = scratch.valuesOfLength(nodeCount);
  const secondsPerCell = (frame.cellMeters * 3.6) / walkSpeedKph;
  streets.evaluate(values, secondsPerCell);
  paintSeeds(options, frame, scale, values, secondsPerCell);
  return { ...frame, values, cutoffSeconds, ceilingSeconds };
}

/** Extent of the vertices and seeds within the cutoff, and of what is reached along the edges from them. */
function extentOf(options: SurfaceOptions, times: EdgeTimes, scratch: IsochroneScratch): Extent {
  const { network, cutoffDeciseconds: cutoff } = options;
  const extent = extentOfVertices(options);
  if (extent.west <= extent.east) {
    const { west, south, east, north } = extent;
    const isBoxMet = scratch.boxesOfLength(Math.ceil(network.edgeCount / EDGES_PER_BOX));
    const addReached = (lon: number, lat: number, fraction: number) => {
      if (times.at(fraction) <= cutoff) extent.add(lon, lat);
    };
    // What is reached begins inside: only edges whose box meets the border can leave the extent.
    for (const border of [
      [west, south, west, north],
      [east, south, east, north],
      [west, south, east, south],
      [west, north, east, north],
    ] as const) {
      for (const box of meetBoxes(options.index, border, isBoxMet)) {
        sampleReached(network, times, box, addReached);
      }
    }
  }
  growBySeeds(options, extent);
  if (extent.west > extent.east) throw new RangeError('nothing is reached and no seed is given');
  return extent;
}

/** Visits the reached edges of a box, as `sampleEdge` does. */
function sampleReached(
  network: StreetNetwork,
  times: EdgeTimes,
  box: number,
  visit: (lon: number, lat: number, fraction: number) => void,
): void {
  const end = Math.min(network.edgeCount, (box + 1) * EDGES_PER_BOX);
  for (let edge = box * EDGES_PER_BOX; edge < end; edge++) {
    if (times.take(edge) && times.isReached()) sampleEdge(network, edge, EXTENT_STEP_METERS, visit);
  }
}

function extentOfVertices({
  network,
  timeOfVertex,
  cutoffDeciseconds: cutoff,
  reached,
}: SurfaceOptions): Extent {
  const { lonOfVertex, latOfVertex, vertexCount } = network;
  const extent = new Extent();
  if (reached === undefined || reached.length > vertexCount / 2) {
    // Most of them: read in their order, which is that of the memory.
    for (let vertex = 0; vertex < vertexCount; vertex++) {
      if (timeOfVertex[vertex]! <= cutoff) extent.add(lonOfVertex[vertex]!, latOfVertex[vertex]!);
    }
    return extent;
  }
  for (let i = 0; i < reached.length; i++) {
    const vertex = reached[i]!;
    if (timeOfVertex[vertex]! <= cutoff) extent.add(lonOfVertex[vertex]!, latOfVertex[vertex]!);
  }
  return extent;
}
