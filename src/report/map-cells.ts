/**
 * Cells on the map, where a study has no commune polygons: squares of their own size, else dots, coloured by band
 * of travel time. One path a band, so that 30 000 cells stay light.
 */
import { isWithin, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import type { ModeCoverage, ModeTimes } from '../coverage/coverage-result.ts';
import { listCells } from './cell-rows.ts';
import { findThresholdMinutes } from './headline.ts';
import type { MapFrame, MapProjection } from './map-projection.ts';
import type { ReportInput } from './report-input.ts';
import { colorBands } from './svg-bands.ts';

/** Smallest side of a cell on the map, and the side of one whose own is not known: pixels. */
const SMALLEST_PIXELS = 1.4;
const DOT_PIXELS = 2.6;
/** Cells smaller than this are drawn as a raster of this step, where a frame is given. */
const GREATEST_RASTER_PIXELS = 3;
const RASTER_PIXELS = 2;

/** cell -> its band: one per edge, then over the last edge, then not connected. */
function findBands(
  { timeOfCell, linkedCell }: ModeTimes,
  edgesMinutes: readonly number[],
  inclusive: boolean,
): Uint8Array {
  const edges = edgesMinutes.map(minutesToDeciseconds);
  const bandOfCell = new Uint8Array(timeOfCell.length);
  for (let cell = 0; cell < timeOfCell.length; cell++) {
    const time = timeOfCell[cell]!;
    let band = 0;
    if (linkedCell[cell] === 0 || time === UNREACHED) band = edges.length + 1;
    else while (band < edges.length && !isWithin(time, edges[band]!, inclusive)) band++;
    bandOfCell[cell] = band;
  }
  return bandOfCell;
}

/**
 * A path per band. Where the cells are too small to be told apart, and a frame is given, the map is a raster of
 * two pixels, so that a whole département stays light.
 */
export function drawCells(
  input: ReportInput,
  mode: ModeCoverage,
  projection: MapProjection,
  frame?: MapFrame,
): string {
  const { result, cells } = input;
  const times = cells.times[result.modes.indexOf(mode)]!;
  const edges = result.bandEdgesMinutes;
  const colors = colorBands(edges, findThresholdMinutes(result));
  const bandOfCell = findBands(times, edges, result.inclusive);
  const side = cells.cells.sideMeters[0] ?? 0;
  const pixels = side > 0 ? side / projection.metersPerPixel : DOT_PIXELS;
  const paths = colors.map((): string[] => []);
  if (frame !== undefined && pixels < GREATEST_RASTER_PIXELS) {
    drawRaster(input, bandOfCell, projection, frame, paths);
  } else {
    drawSquares(input, bandOfCell, projection, paths);
  }
  return paths
    .map((path, band) =>
      path.length === 0
        ? ''
        : `<path d="${path.join('')}" fill="${colors[band]}" shape-rendering="crispEdges"/>`,
    )
    .join('\n');
}

/** Every cell as it is. */
function drawSquares(
  input: ReportInput,
  bandOfCell: Uint8Array,
  projection: MapProjection,
  paths: string[][],
): void {
  const { lon, lat, sideMeters } = input.cells.cells;
  // All squares of one side are of one shape.
  let drawnSide = Number.NaN;
  let outline = '';
  for (const cell of listCells(input.cells)) {
    const meters = sideMeters[cell]!;
    const side = meters > 0 ? Math.max(SMALLEST_PIXELS, meters / projection.metersPerPixel) : DOT_PIXELS;
    const [x, y] = projection.project(lon[cell]!, lat[cell]!);
    if (side !== drawnSide) {
      drawnSide = side;
      outline = `h${tenths(side)}v${tenths(side)}h-${tenths(side)}z`;
    }
    paths[bandOfCell[cell]!]!.push(`M${tenths(x - side / 2)} ${tenths(y - side / 2)}${outline}`);
  }
}

function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** The first cell in each square of the raster stands for it; squares of a row and band run together. */
function drawRaster(
  input: ReportInput,
  bandOfCell: Uint8Array,
  projection: MapProjection,
  frame: MapFrame,
  paths: string[][],
): void {
  const { lon, lat } = input.cells.cells;
  const columns = Math.ceil(frame.width / RASTER_PIXELS) + 2;
  const rows = Math.ceil(frame.height / RASTER_PIXELS) + 2;
  // Bands are numbered from 1 there; 0 is a square without a cell.
  const bandOfPlace = new Uint8Array(columns * rows);
  const places: number[] = [];
  for (const cell of listCells(input.cells)) {
    const [x, y] = projection.project(lon[cell]!, lat[cell]!);
    const column = Math.floor((x - frame.left) / RASTER_PIXELS) + 1;
    const row = Math.floor((y - frame.top) / RASTER_PIXELS) + 1;
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue;
    const place = row * columns + column;
    if (bandOfPlace[place] !== 0) continue;
    bandOfPlace[place] = bandOfCell[cell]! + 1;
    places.push(place);
  }
  const sorted = Uint32Array.from(places).sort();
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at]!;
    const band = bandOfPlace[first]!;
    const endOfRow = (Math.floor(first / columns) + 1) * columns;
    let end = first + 1;
    while (end < endOfRow && bandOfPlace[end] === band) end++;
    at += end - first;
    const left = frame.left + ((first % columns) - 1) * RASTER_PIXELS;
    const top = frame.top + (Math.floor(first / columns) - 1) * RASTER_PIXELS;
    const width = (end - first) * RASTER_PIXELS;
    paths[band - 1]!.push(`M${left} ${top}h${width}v${RASTER_PIXELS}h-${width}z`);
  }
}
