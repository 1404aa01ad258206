/**
 * How far every place of an area is from a street, as a raster: the streets of all modes are drawn into it, and
 * distances spread from them (two chamfer passes, Borgefors 1986, 4 % off at most). What lies beyond the streets as
 * seen from the border of the raster is marked apart: a forest amid streets is no gap in an extract, land that no
 * street parts from the outside may be one.
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import type { CheckedNetwork } from './check-streets.ts';

/** Cells at most: a département in squares of some 200 m, in a few hundredths of a second. */
const MOST_CELLS = 200_000;
const LEAST_CELL_METERS = 50;
/** Gaps between streets narrower than this join nothing to the outside, metres. */
const OUTSIDE_GAP_METERS = 200;
const DIAGONAL = Math.SQRT2;

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

export interface StreetRaster {
  columns: number;
  rows: number;
  cellMeters: number;
  /** cell (row * columns + column, from the south-west) -> metres to the nearest street; Infinity without any. */
  metersToStreet: Float32Array;
  /** cell -> 1 where no street parts it from the border of the raster. */
  isOutside: Uint8Array;
  /** The cell of a place; -1 beyond the raster. */
  cellAt(lon: number, lat: number): number;
  /** Middle of a cell, degrees. */
  lonOf(column: number): number;
  latOf(row: number): number;
}

export function drawStreetRaster(networks: Iterable<CheckedNetwork>, box: Box): StreetRaster {
  const [west, south, east, north] = box;
  const perLon = metersPerDegreeOfLongitude((south + north) / 2);
  const width = Math.max(1, (east - west) * perLon);
  const height = Math.max(1, (north - south) * METERS_PER_DEGREE);
  const cellMeters = Math.max(LEAST_CELL_METERS, Math.sqrt((width * height) / MOST_CELLS));
  const columns = Math.ceil(width / cellMeters);
  const rows = Math.ceil(height / cellMeters);
  const columnOf = (lon: number) => Math.floor(((lon - west) * perLon) / cellMeters);
  const rowOf = (lat: number) => Math.floor(((lat - south) * METERS_PER_DEGREE) / cellMeters);
  const metersToStreet = new Float32Array(columns * rows).fill(Number.POSITIVE_INFINITY);
  for (const { network } of networks) drawNetwork(network, metersToStreet, columns, rows, columnOf, rowOf);
  spreadDistances(metersToStreet, columns, rows, cellMeters);
  return {
    columns,
    rows,
    cellMeters,
    metersToStreet,
    isOutside: markOutside(metersToStreet, columns, rows),
    cellAt: (lon, lat) => {
      const [column, row] = [columnOf(lon), rowOf(lat)];
      return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
    },
    lonOf: (column) => west + ((column + 0.5) * cellMeters) / perLon,
    latOf: (row) => south + ((row + 0.5) * cellMeters) / METERS_PER_DEGREE,
  };
}

/** Sets the cells that edges pass to 0; a long segment is stepped along by half a cell. */
function drawNetwork(
  { edgeCount, firstPointOfEdge, lonOfPoint, latOfPoint }: CheckedNetwork['network'],
  meters: Float32Array,
  columns: number,
  rows: number,
  columnOf: (lon: number) => number,
  rowOf: (lat: number) => number,
): void {
  for (let edge = 0; edge < edgeCount; edge++) {
    let fromColumn = -1;
    let fromRow = -1;
    const end = firstPointOfEdge[edge + 1]!;
    for (let point = firstPointOfEdge[edge]!; point < end; point++) {
      const column = columnOf(lonOfPoint[point]! / COORDINATE_UNITS_PER_DEGREE);
      const row = rowOf(latOfPoint[point]! / COORDINATE_UNITS_PER_DEGREE);
      const isFirst = point === firstPointOfEdge[edge];
      const steps = isFirst ? 1 : 2 * Math.max(Math.abs(column - fromColumn), Math.abs(row - fromRow));
      for (let step = 1; step <= steps; step++) {
        const x = isFirst ? column : Math.round(fromColumn + ((column - fromColumn) * step) / steps);
        const y = isFirst ? row : Math.round(fromRow + ((row - fromRow) * step) / steps);
        if (x >= 0 && y >= 0 && x < columns && y < rows) meters[y * columns + x] = 0;
      }
      fromColumn = column;
      fromRow = row;
    }
  }
}

function spreadDistances(meters: Float32Array, columns: number, rows: number, cellMeters: number): void {
  const across = cellMeters * DIAGONAL;
  for (let pass = 0; pass < 2; pass++) {
    // Forward from the south-west, then the same mirrored.
    const step = pass === 0 ? 1 : -1;
    for (let i = 0; i < rows; i++) {
      const row = pass === 0 ? i : rows - 1 - i;
      for (let j = 0; j < columns; j++) {
        const column = pass === 0 ? j : columns - 1 - j;
        const cell = row * columns + column;
        let least = meters[cell]!;
        const before = column - step;
        const hasBefore = before >= 0 && before < columns;
        if (hasBefore) least = Math.min(least, meters[cell - step]! + cellMeters);
        const below = row - step;
        if (below >= 0 && below < rows) {
          const under = below * columns + column;
          least = Math.min(least, meters[under]! + cellMeters);
          if (hasBefore) least = Math.min(least, meters[under - step]! + across);
          const after = column + step;
          if (after >= 0 && after < columns) least = Math.min(least, meters[under + step]! + across);
        }
        meters[cell] = least;
      }
    }
  }
}

/** Fills from the border of the raster through cells away from streets. */
function markOutside(meters: Float32Array, columns: number, rows: number): Uint8Array {
  const isOutside = new Uint8Array(meters.length);
  const stack: number[] = [];
  const visit = (cell: number): void => {
    if (isOutside[cell] === 1 || meters[cell]! < OUTSIDE_GAP_METERS) return;
    isOutside[cell] = 1;
    stack.push(cell);
  };
  for (let column = 0; column < columns; column++) {
    visit(column);
    visit((rows - 1) * columns + column);
  }
  for (let row = 0; row < rows; row++) {
    visit(row * columns);
    visit(row * columns + columns - 1);
  }
  while (stack.length > 0) {
    const cell = stack.pop()!;
    const column = cell % columns;
    if (column > 0) visit(cell - 1);
    if (column + 1 < columns) visit(cell + 1);
    if (cell >= columns) visit(cell - columns);
    if (cell + columns < meters.length) visit(cell + columns);
  }
  return isOutside;
}
