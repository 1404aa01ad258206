/**
 * The travel-time surface: from the times of a search at the vertices to seconds on a regular metric grid,
 * through the times along every edge near them and the walk off the road, which is bounded. Contours of it
 * are the isochrones; those of several structures together are the contour of the least times, so that
 * polygons are never joined.
 *
 * Only what the search has reached is looked at, and the grid is cropped to it.
 */
import { COORDINATE_UNITS_PER_DEGREE, DECISECONDS_PER_SECOND, UNREACHED } from '../common/units.ts';
import type { SearchDirection } from '../search/street-search.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { Extent, frameGrid, GREATEST_STEP, type GridFrame, GridPainter, SPACING_CELLS } from './grid.ts';
import { paintEdges, paintVertices } from './paint-edges.ts';
import { collectReachedEdges, sampleEdge } from './reached-edges.ts';
import { IsochroneScratch } from './scratch.ts';

/** A structure (or point) and where it joins the street; several entries where it joins several edges. */
export interface SurfaceSeed {
  /** Its own position, degrees. */
  lon: number;
  lat: number;
  /** Time at its own position, usually 0. */
  timeDeciseconds: number;
  /** The place on an edge: share of the edge from its tail, and the time there (the walk to it). */
  link?: { edge: number; fraction: number; timeDeciseconds: number } | undefined;
}

export interface SurfaceOptions {
  network: StreetNetwork;
  direction: SearchDirection;
  /** vertex -> deciseconds, UNREACHED where nothing leads. */
  timeOfVertex: Int32Array;
  /** The vertices reached; without it all are looked at. */
  reached?: ArrayLike<number> | undefined;
  cutoffDeciseconds: number;
  walkSpeedKph: number;
  seeds: readonly SurfaceSeed[];
  /** Side of a cell; grows where the grid would exceed `maxCells`. Without it the finest that fits, at least 25 m. */
  cellMeters?: number | undefined;
  /** Greatest number of nodes in a row or a column; default 512. */
  maxCells?: number | undefined;
  /** How far off the road a contour may lie; default 1.5 cells, at least 100 m. */
  offRoadMeters?: number | undefined;
  scratch?: IsochroneScratch | undefined;
}

export interface TravelTimeSurface extends GridFrame {
  /** Node -> seconds; `ceilingSeconds` where no street is near. With a scratch, valid until its next use. */
  values: Float32Array;
  cutoffSeconds: number;
  ceilingSeconds: number;
}

/** Nodes of a row or a column. */
const DEFAULT_MAX_CELLS = 512;
/** Greatest step along a seed's own edge, metres. */
const SEED_STEP_METERS = 50;

/** Builds the surface. Throws RangeError where nothing is reached and no seed given, or the cutoff is not positive. */
export function buildSurface(options: SurfaceOptions): TravelTimeSurface {
  const { network, direction, timeOfVertex, cutoffDeciseconds: cutoff, seeds, walkSpeedKph } = options;
  if (!(cutoff > 0)) throw new RangeError(`the cutoff is ${cutoff} deciseconds, expected more than 0`);
  if (!(walkSpeedKph > 0))
    throw new RangeError(`the walking speed is ${walkSpeedKph} km/h, expected more than 0`);
  const scratch = options.scratch ?? new IsochroneScratch(network, direction);
  const reached = options.reached ?? verticesWithin(timeOfVertex, cutoff);
  const extent = extentOf(options, reached);
  if (extent.west > extent.east) throw new RangeError('nothing is reached and no seed is given');
  const gridOptions = {
    cellMeters: options.cellMeters,
    maxCells: options.maxCells ?? DEFAULT_MAX_CELLS,
    offRoadMeters: options.offRoadMeters,
  };
  // Edges may widen the extent and so the cells, never narrow them: what is short now stays short.
  const shortDecimeters = 10 * SPACING_CELLS * frameGrid(extent, gridOptions).cellMeters;
  const edgeCount = collectReachedEdges(
    { network, direction, timeOfVertex, reached, extent, cutoff, shortDecimeters },
    scratch,
  );
  const frame = frameGrid(extent, gridOptions);
  const ceilingSeconds = cutoff / DECISECONDS_PER_SECOND / GREATEST_STEP;
  const values = scratch.valuesOfLength(frame.columns * frame.rows).fill(ceilingSeconds);
  const painter = new GridPainter(frame, values, walkSpeedKph);
  paintVertices(network, timeOfVertex, reached, cutoff, painter);
  paintEdges(network, direction, cutoff, scratch, edgeCount, frame.cellMeters, painter);
  for (const seed of seeds) paintSeed(options, seed, painter, frame.cellMeters);
  return { ...frame, values, cutoffSeconds: cutoff / DECISECONDS_PER_SECOND, ceilingSeconds };
}

function verticesWithin(timeOfVertex: Int32Array, cutoff: number): Uint32Array {
  const reached = new Uint32Array(timeOfVertex.length);
  let count = 0;
  for (let vertex = 0; vertex < timeOfVertex.length; vertex++) {
    if (timeOfVertex[vertex]! <= cutoff) reached[count++] = vertex;
  }
  return reached.subarray(0, count);
}

/** Extent of the vertices within the cutoff, and of the seeds with what is reached along their own edges. */
function extentOf(options: SurfaceOptions, reached: ArrayLike<number>): Extent {
  const { network, timeOfVertex, cutoffDeciseconds: cutoff } = options;
  const extent = new Extent();
  for (let i = 0; i < reached.length; i++) {
    const vertex = reached[i]!;
    if (timeOfVertex[vertex]! <= cutoff)
      extent.add(network.lonOfVertex[vertex]!, network.latOfVertex[vertex]!);
  }
  for (const seed of options.seeds) {
    extent.add(seed.lon * COORDINATE_UNITS_PER_DEGREE, seed.lat * COORDINATE_UNITS_PER_DEGREE);
    const { link } = seed;
    if (link === undefined) continue;
    sampleEdge(network, link.edge, SEED_STEP_METERS, (lon, lat, fraction) => {
      if (timeFromLink(options, link, fraction) <= cutoff) extent.add(lon, lat);
    });
  }
  return extent;
}

/** Paints a seed's own place, the walk to its edge, and the edge from there, where no vertex is passed. */
function paintSeed(
  options: SurfaceOptions,
  seed: SurfaceSeed,
  painter: GridPainter,
  cellMeters: number,
): void {
  const { network, cutoffDeciseconds: cutoff } = options;
  const { link } = seed;
  const x = painter.column(seed.lon * COORDINATE_UNITS_PER_DEGREE);
  const y = painter.row(seed.lat * COORDINATE_UNITS_PER_DEGREE);
  painter.paint(x, y, seed.timeDeciseconds / DECISECONDS_PER_SECOND);
  painter.enclose(x, y, seed.timeDeciseconds / DECISECONDS_PER_SECOND);
  if (link === undefined) return;
  // Points of the edge are the spacing apart, those around the link closest to it.
  let linkX = x;
  let linkY = y;
  let nearest = Number.POSITIVE_INFINITY;
  sampleEdge(
    network,
    link.edge,
    Math.min(cellMeters * SPACING_CELLS, SEED_STEP_METERS),
    (lon, lat, fraction) => {
      const distance = Math.abs(fraction - link.fraction);
      if (distance < nearest) {
        nearest = distance;
        linkX = painter.column(lon);
        linkY = painter.row(lat);
      }
      const time = timeFromLink(options, link, fraction);
      if (time <= cutoff) painter.paint(painter.column(lon), painter.row(lat), time / DECISECONDS_PER_SECOND);
    },
  );
  const pieces = Math.max(1, Math.ceil(Math.hypot(linkX - x, linkY - y) / SPACING_CELLS));
  for (let piece = 0; piece <= pieces; piece++) {
    const share = piece / pieces;
    const time = seed.timeDeciseconds + share * (link.timeDeciseconds - seed.timeDeciseconds);
    painter.paint(x + share * (linkX - x), y + share * (linkY - y), time / DECISECONDS_PER_SECOND);
  }
}

/** Time between a place on the link's own edge and the link, along that edge alone. */
function timeFromLink(
  options: SurfaceOptions,
  link: NonNullable<SurfaceSeed['link']>,
  fraction: number,
): number {
  const { network, direction } = options;
  const isBefore = fraction < link.fraction;
  // Towards the link one drives forward from before it; away from it, backward.
  const edgeDir = 2 * link.edge + (isBefore === (direction === 'towards') ? 0 : 1);
  const driving = network.drivingTimeOfEdgeDir[edgeDir]!;
  if (fraction === link.fraction) return link.timeDeciseconds;
  if (driving === UNREACHED) return UNREACHED;
  return link.timeDeciseconds + Math.abs(fraction - link.fraction) * driving;
}
