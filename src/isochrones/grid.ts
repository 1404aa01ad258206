/**
 * The regular grid of a travel-time surface: square cells in metres in a local equirectangular projection
 * around the centre, and the painting of points with a time onto its nodes.
 *
 * A contour may lie no further off the road than `offRoadMeters`, so that it never bridges a river. A node is
 * painted within `paintRadius` of a point, and beyond the last painted node the contour runs on by at most
 * GREATEST_STEP of a cell, since nodes without a street hold the ceiling = cutoff / GREATEST_STEP. The two
 * together are `offRoadMeters`.
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';

/** Share of a cell by which a contour at the cutoff passes a painted node of time 0; less elsewhere. */
export const GREATEST_STEP = 0.7;
/**
 * Least paint radius in cells, and the spacing of points along an edge that goes with it: a road through the
 * middle of a diagonal leaves the nodes beside it at 1/√2 of a cell, and a point lies within half a spacing of
 * that place: 0.8² >= 0.5 + 0.37². So no road breaks into islands.
 */
export const LEAST_PAINT_CELLS = 0.8;
export const SPACING_CELLS = 0.74;
/** Off the road: at least this far where cells are small, metres. */
const LEAST_OFF_ROAD_METERS = 100;
const OFF_ROAD_CELLS = LEAST_PAINT_CELLS + GREATEST_STEP;
/** Smallest cell chosen unasked, metres: below, an isochrone on foot would cost without showing more. */
const LEAST_CELL_METERS = 25;
/** Smallest cell at all, metres: below, coordinates rounded to 11 cm could fall together. */
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
  cellMeters: number;
  offRoadMeters: number;
  paintRadiusMeters: number;
  /** Position of node (0, 0), degrees. */
  west: number;
  south: number;
  /** Degrees from one node to the next. */
  lonStep: number;
  latStep: number;
}

/** Chooses the finest grid over an extent with room for the margin; an asked-for cell grows where it is too fine. */
export function frameGrid(extent: Extent, options: GridOptions): GridFrame {
  const { maxCells } = options;
  if (!(maxCells >= 16)) throw new RangeError(`maxCells is ${maxCells}, expected at least 16`);
  if (options.cellMeters !== undefined && !(options.cellMeters >= LEAST_ASKED_CELL_METERS)) {
    throw new RangeError(`cells of ${options.cellMeters} m, expected at least ${LEAST_ASKED_CELL_METERS}`);
  }
  const unit = COORDINATE_UNITS_PER_DEGREE;
  const lonMeters = metersPerDegreeOfLongitude((extent.south + extent.north) / 2 / unit);
  const width = ((extent.east - extent.west) / unit) * lonMeters;
  const height = ((extent.north - extent.south) / unit) * METERS_PER_DEGREE;
  const finest = Math.max(options.cellMeters ?? LEAST_CELL_METERS, Math.max(width, height) / maxCells);
  for (let cellMeters = options.cellMeters === finest ? finest : Math.ceil(finest); ; cellMeters++) {
    const offRoadMeters =
      options.offRoadMeters ?? Math.max(OFF_ROAD_CELLS * cellMeters, LEAST_OFF_ROAD_METERS);
    const paintRadiusMeters = Math.max(
      LEAST_PAINT_CELLS * cellMeters,
      offRoadMeters - GREATEST_STEP * cellMeters,
    );
    const margin = Math.ceil(paintRadiusMeters / cellMeters) + 2;
    const columns = Math.ceil(width / cellMeters) + 1 + 2 * margin;
    const rows = Math.ceil(height / cellMeters) + 1 + 2 * margin;
    if (columns > maxCells || rows > maxCells) continue;
    const lonStep = cellMeters / lonMeters;
    const latStep = cellMeters / METERS_PER_DEGREE;
    const west = extent.west / unit - margin * lonStep;
    const south = extent.south / unit - margin * latStep;
    return { columns, rows, cellMeters, offRoadMeters, paintRadiusMeters, west, south, lonStep, latStep };
  }
}

/** Paints points onto the nodes of a frame; every node keeps the least time. */
export class GridPainter {
  /** Cells per 1e-7 degree, and the position of (0, 0) in cells. */
  readonly cellsPerLonUnit: number;
  readonly cellsPerLatUnit: number;
  readonly columnAtZero: number;
  readonly rowAtZero: number;
  private readonly columns: number;
  private readonly lastColumn: number;
  private readonly lastRow: number;
  private readonly radius: number;
  private readonly radiusSquared: number;
  private readonly secondsPerCell: number;

  constructor(
    frame: GridFrame,
    private readonly values: Float32Array,
    walkSpeedKph: number,
  ) {
    this.cellsPerLonUnit = 1 / (frame.lonStep * COORDINATE_UNITS_PER_DEGREE);
    this.cellsPerLatUnit = 1 / (frame.latStep * COORDINATE_UNITS_PER_DEGREE);
    this.columnAtZero = -frame.west / frame.lonStep;
    this.rowAtZero = -frame.south / frame.latStep;
    this.columns = frame.columns;
    // The outermost nodes stay at the ceiling, so that every contour closes.
    this.lastColumn = frame.columns - 2;
    this.lastRow = frame.rows - 2;
    this.radius = frame.paintRadiusMeters / frame.cellMeters;
    this.radiusSquared = this.radius ** 2;
    this.secondsPerCell = (frame.cellMeters * 3.6) / walkSpeedKph;
  }

  column(lon: number): number {
    return lon * this.cellsPerLonUnit + this.columnAtZero;
  }

  row(lat: number): number {
    return lat * this.cellsPerLatUnit + this.rowAtZero;
  }

  /** Paints a point at a position in cells: the nodes around it are reached on foot. */
  paint(x: number, y: number, seconds: number): void {
    if (this.radius > 1) {
      this.paintWide(x, y, seconds);
      return;
    }
    const column = Math.floor(x);
    const row = Math.floor(y);
    if (column < 1 || row < 1 || column >= this.lastColumn || row >= this.lastRow) return;
    const { values, radiusSquared, secondsPerCell, columns } = this;
    const node = row * columns + column;
    const west = (x - column) ** 2;
    const south = (y - row) ** 2;
    const east = (column + 1 - x) ** 2;
    const north = (row + 1 - y) ** 2;
    let squared = west + south;
    if (squared <= radiusSquared && seconds < values[node]!) {
      const time = seconds + secondsPerCell * Math.sqrt(squared);
      if (time < values[node]!) values[node] = time;
    }
    squared = east + south;
    if (squared <= radiusSquared && seconds < values[node + 1]!) {
      const time = seconds + secondsPerCell * Math.sqrt(squared);
      if (time < values[node + 1]!) values[node + 1] = time;
    }
    squared = west + north;
    if (squared <= radiusSquared && seconds < values[node + columns]!) {
      const time = seconds + secondsPerCell * Math.sqrt(squared);
      if (time < values[node + columns]!) values[node + columns] = time;
    }
    squared = east + north;
    if (squared <= radiusSquared && seconds < values[node + columns + 1]!) {
      const time = seconds + secondsPerCell * Math.sqrt(squared);
      if (time < values[node + columns + 1]!) values[node + columns + 1] = time;
    }
  }

  /** Gives the four nodes around a point its time without any walk, so that every contour holds the point. */
  enclose(x: number, y: number, seconds: number): void {
    const node = Math.floor(y) * this.columns + Math.floor(x);
    for (const corner of [node, node + 1, node + this.columns, node + this.columns + 1]) {
      if (seconds < this.values[corner]!) this.values[corner] = seconds;
    }
  }

  /** The same for a radius of more than a cell. */
  private paintWide(x: number, y: number, seconds: number): void {
    const { values, radius, radiusSquared, secondsPerCell, columns } = this;
    const firstColumn = Math.max(1, Math.ceil(x - radius));
    const lastColumn = Math.min(this.lastColumn, Math.floor(x + radius));
    const lastRow = Math.min(this.lastRow, Math.floor(y + radius));
    for (let row = Math.max(1, Math.ceil(y - radius)); row <= lastRow; row++) {
      const squaredRow = (row - y) ** 2;
      for (let column = firstColumn; column <= lastColumn; column++) {
        const squared = squaredRow + (column - x) ** 2;
        const node = row * columns + column;
        if (squared > radiusSquared || seconds >= values[node]!) continue;
        const time = seconds + secondsPerCell * Math.sqrt(squared);
        if (time < values[node]!) values[node] = time;
      }
    }
  }
}
