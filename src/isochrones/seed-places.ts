/**
 * What a structure adds to a surface of its own: the part of its own street that is reached without passing a
 * junction, the walk from the street to its door, and its own place, which every contour holds.
 */
import { COORDINATE_UNITS_PER_DEGREE, DECISECONDS_PER_SECOND, UNREACHED } from '../common/units.ts';
import type { SearchDirection } from '../search/seeds.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { placeOnEdge, sampleEdge } from './edge-times.ts';
import { type Extent, type GridFrame, type GridScale, LEAST_REACH_CELLS } from './grid.ts';

/** A structure (or point) and where it joins the street; several entries where it joins several edges. */
export interface SurfaceSeed {
  /** Its own position, degrees. */
  lon: number;
  lat: number;
  /** Time at its own position, usually 0. */
  timeDeciseconds: number;
  /** A stop, at which nobody ends: its own street counts from where it is linked, its own place does not. */
  isStop?: boolean;
  /** The place on an edge: share of the edge from its tail, and the time there (the walk to it). */
  link?: { edge: number; fraction: number; timeDeciseconds: number } | undefined;
}

interface SeedOptions {
  network: StreetNetwork;
  direction: SearchDirection;
  cutoffDeciseconds: number;
  seeds: readonly SurfaceSeed[];
}

/** Greatest step along a seed's own edge, metres, and along its walk, cells. */
const SEED_STEP_METERS = 50;
const WALK_STEP_CELLS = 0.5;

/** Grows an extent by the seeds and by what is reached along their own edges. */
export function growBySeeds(options: SeedOptions, extent: Extent): void {
  for (const seed of options.seeds) {
    if (seed.isStop !== true)
      extent.add(seed.lon * COORDINATE_UNITS_PER_DEGREE, seed.lat * COORDINATE_UNITS_PER_DEGREE);
    visitOwnEdge(options, seed, SEED_STEP_METERS, (lon, lat) => extent.add(lon, lat));
  }
}

/** Notes the places along the seeds' own edges, `note` taking positions in cells and seconds. */
export function noteSeeds(
  options: SeedOptions,
  frame: GridFrame,
  scale: GridScale,
  note: (x: number, y: number, seconds: number) => void,
): void {
  const step = Math.min(SEED_STEP_METERS, frame.cellMeters * WALK_STEP_CELLS);
  for (const seed of options.seeds) {
    visitOwnEdge(options, seed, step, (lon, lat, time) =>
      note(
        lon * scale.perLon + scale.columnAtZero,
        lat * scale.perLat + scale.rowAtZero,
        time / DECISECONDS_PER_SECOND,
      ),
    );
  }
}

/** Lowers the nodes along the seeds' walks, and those around their own places to the time there. */
export function paintSeeds(
  options: SeedOptions,
  frame: GridFrame,
  scale: GridScale,
  values: Float32Array,
  secondsPerCell: number,
): void {
  for (const { lon, lat, timeDeciseconds, link, isStop } of options.seeds) {
    if (isStop === true) continue;
    const x = lon * COORDINATE_UNITS_PER_DEGREE * scale.perLon + scale.columnAtZero;
    const y = lat * COORDINATE_UNITS_PER_DEGREE * scale.perLat + scale.rowAtZero;
    if (link !== undefined) {
      const place = placeOnEdge(options.network, link.edge, link.fraction);
      const dx = place.lon * scale.perLon + scale.columnAtZero - x;
      const dy = place.lat * scale.perLat + scale.rowAtZero - y;
      const pieces = Math.max(1, Math.ceil(Math.hypot(dx, dy) / WALK_STEP_CELLS));
      for (let piece = 0; piece <= pieces; piece++) {
        const share = piece / pieces;
        const time = timeDeciseconds + share * (link.timeDeciseconds - timeDeciseconds);
        const seconds = time / DECISECONDS_PER_SECOND;
        paint(frame, scale, values, x + share * dx, y + share * dy, seconds, secondsPerCell);
      }
    }
    const corner = Math.floor(y) * frame.columns + Math.floor(x);
    const seconds = timeDeciseconds / DECISECONDS_PER_SECOND;
    for (const node of [corner, corner + 1, corner + frame.columns, corner + frame.columns + 1])
      if (seconds < values[node]!) values[node] = seconds;
  }
}

/** Lowers the nodes next to a place to its time and the walk from it. */
function paint(
  frame: GridFrame,
  scale: GridScale,
  values: Float32Array,
  x: number,
  y: number,
  seconds: number,
  secondsPerCell: number,
): void {
  for (let row = Math.floor(y); row <= Math.floor(y) + 1; row++) {
    for (let column = Math.floor(x); column <= Math.floor(x) + 1; column++) {
      const away = Math.hypot((column - x) * scale.aspect, row - y);
      const node = row * frame.columns + column;
      const time = seconds + away * secondsPerCell;
      if (away <= LEAST_REACH_CELLS && time < values[node]!) values[node] = time;
    }
  }
}

/** Visits the places of a seed's own edge within the cutoff; lon, lat in 1e-7 degrees, time in deciseconds. */
function visitOwnEdge(
  options: SeedOptions,
  { link }: SurfaceSeed,
  stepMeters: number,
  visit: (lon: number, lat: number, time: number) => void,
): void {
  if (link === undefined) return;
  sampleEdge(options.network, link.edge, stepMeters, (lon, lat, fraction) => {
    const time = timeFromLink(options, link, fraction);
    if (time <= options.cutoffDeciseconds) visit(lon, lat, time);
  });
  const place = placeOnEdge(options.network, link.edge, link.fraction);
  if (link.timeDeciseconds <= options.cutoffDeciseconds) visit(place.lon, place.lat, link.timeDeciseconds);
}

/** Time between a place on the link's own edge and the link, along that edge alone. */
function timeFromLink(
  { network, direction }: SeedOptions,
  link: NonNullable<SurfaceSeed['link']>,
  fraction: number,
): number {
  if (fraction === link.fraction) return link.timeDeciseconds;
  const isBefore = fraction < link.fraction;
  // Towards the link one drives forward from before it; away from it, backward.
  const edgeDir = 2 * link.edge + (isBefore === (direction === 'towards') ? 0 : 1);
  const driving = network.drivingTimeOfEdgeDir[edgeDir]!;
  if (driving === UNREACHED) return UNREACHED;
  return link.timeDeciseconds + Math.abs(fraction - link.fraction) * driving;
}
