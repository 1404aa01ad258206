/**
 * The regular grid of a travel-time surface: nearly square cells in a local equirectangular projection. Its
 * nodes lie on whole `PARTS_PER_DEGREE` (about a metre), so that a crossing of a grid line rounded to as many
 * decimals still lies on that line: rounded contours stay as valid and nested as exact ones.
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';

/** Nodes lie on whole 1e-5 degrees. */
export const PARTS_PER_DEGREE = 1e5;
/** Off the road by default: where homes still belong to it. At least so many cells, or roads would break up. */
const OFF_ROAD_METERS = 500;
const LEAST_OFF_ROAD_CELLS = 2;
/** A contour runs beyond the last node inside by less than this many cells. */
const GREATEST_STEP_CELLS = 1;
/** A road through the middle of a diagonal leaves the nodes beside it at 1/√2 of a cell: all are within this. */
export const LEAST_REACH_CELLS = 0.8;
/** Smallest cell chosen unasked: below, an isochrone on foot would cost without showing more. */
const LEAST_CELL_METERS = 30;
/** Smallest cell at all: below, there is no room for several contours between two nodes. */
const LEAST_ASKED_CELL_METERS = 10;

/** Extent in 1e-7 degrees; grows as points are added. */
export class Extent {
  west = Number.POSITIVE_INFINITY;
  south = Number.POSITIVE_INFINITY;
  east = Number.NEGATIVE_INFINITY;
  north = Number.NEGATIVE_INFINITY;

  add(lon: number, lat: number): void {
    if (lon < this.west) this.west = lon;
    if (lon > this.east) this.east = lon;
    if (lat < this.south) this.south = lat;
    if (lat > this.north) this.north = lat;
  }
}

export interface GridOptions {
  cellMeters?: number | undefined;
  /** Greatest number of nodes in a row or a column. */
  maxCells: number;
  offRoadMeters?: number | undefined;
}

/** Where the nodes lie; node (column, row) is values[row * columns + column], row 0 in the south. */
export interface GridFrame {
  columns: number;
  rows: number;
  /** From one row to the next; columns are as far apart to within 3 %. */
  cellMeters: number;
  /** How far off the road a contour may lie, and how far nodes are reached for that. */
  offRoadMeters: number;
  reachMeters: number;
  /** Position of node (0, 0) and steps between nodes, in whole 1 / PARTS_PER_DEGREE of a degree. */
  westParts: number;
  southParts: number;
  lonParts: number;
  latParts: number;
}

/** Chooses the finest grid over an extent with room for the margin; an asked-for cell grows where it is too fine. */
export function frameGrid(extent: Extent, options: GridOptions): GridFrame {
  const { maxCells } = options;
  if (!(maxCells >= 16)) throw new RangeError(`maxCells is ${maxCells}, expected at least 16`);
  if (options.cellMeters !== undefined && !(options.cellMeters >= LEAST_ASKED_CELL_METERS)) {
    throw new RangeError(`cells of ${options.cellMeters} m, expected at least ${LEAST_ASKED_CELL_METERS}`);
  }
  const unit = COORDINATE_UNITS_PER_DEGREE / PARTS_PER_DEGREE;
  const meters = METERS_PER_DEGREE / PARTS_PER_DEGREE;
  const lonMeters =
    metersPerDegreeOfLongitude((extent.south + extent.north) / 2 / COORDINATE_UNITS_PER_DEGREE) /
    PARTS_PER_DEGREE;
  const width = (extent.east - extent.west) / unit;
  const height = (extent.north - extent.south) / unit;
  const finest = Math.max(
    (options.cellMeters ?? LEAST_CELL_METERS) / meters,
    width / (maxCells * (meters / lonMeters)),
    height / maxCells,
  );
  for (let latParts = Math.ceil(finest); ; latParts++) {
    const cellMeters = latParts * meters;
    const lonParts = Math.round(cellMeters / lonMeters);
    const offRoadMeters =
      options.offRoadMeters ?? Math.max(OFF_ROAD_METERS, LEAST_OFF_ROAD_CELLS * cellMeters);
    const reachMeters = Math.max(
      LEAST_REACH_CELLS * cellMeters,
      offRoadMeters - GREATEST_STEP_CELLS * cellMeters,
    );
    const margin = Math.ceil(offRoadMeters / cellMeters) + 2;
    const columns = Math.ceil(width / lonParts) + 1 + 2 * margin;
    const rows = Math.ceil(height / latParts) + 1 + 2 * margin;
    if (columns > maxCells || rows > maxCells) continue;
    return {
      columns,
      rows,
      cellMeters,
      offRoadMeters,
      reachMeters,
      westParts: Math.floor(extent.west / unit) - margin * lonParts,
      southParts: Math.floor(extent.south / unit) - margin * latParts,
      lonParts,
      latParts,
    };
  }
}

/** Positions in cells from positions in 1e-7 degrees: column = lon * perLon + columnAtZero, and likewise rows. */
export interface GridScale {
  perLon: number;
  perLat: number;
  columnAtZero: number;
  rowAtZero: number;
  /** Width of a cell as a share of its height. */
  aspect: number;
}

export function scaleOf(frame: GridFrame): GridScale {
  const unit = COORDINATE_UNITS_PER_DEGREE / PARTS_PER_DEGREE;
  const middle = frame.southParts + (frame.rows / 2) * frame.latParts;
  const lonMeters = metersPerDegreeOfLongitude(middle / PARTS_PER_DEGREE) / PARTS_PER_DEGREE;
  return {
    perLon: 1 / (frame.lonParts * unit),
    perLat: 1 / (frame.latParts * unit),
    columnAtZero: -frame.westParts / frame.lonParts,
    rowAtZero: -frame.southParts / frame.latParts,
    aspect: (frame.lonParts * lonMeters) / frame.cellMeters,
  };
}

/** Position of a node or of a place between nodes, degrees. */
export function placeOnGrid(frame: GridFrame, column: number, row: number): { lon: number; lat: number } {
  return {
    lon: (frame.westParts + column * frame.lonParts) / PARTS_PER_DEGREE,
    lat: (frame.southParts + row * frame.latParts) / PARTS_PER_DEGREE,
  };
}
