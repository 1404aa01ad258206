/**
 * The cells of a study on the static map, where it has no communes to colour: one path per band of access time.
 * Cells too small to be told apart are drawn as a raster, so that the map of a whole département stays light.
 */
import { DECISECONDS_PER_MINUTE, isWithin, UNREACHED } from '../common/units.ts';
import type { MapFrame, MapProjection } from './map-projection.ts';
import type { ReportCells, ReportInput } from './report-input.ts';
import { colorBands } from './svg-bands.ts';

/** Side of the squares of which a map of smaller cells is made, pixels. */
const RASTER_SIDE = 2;
/** Where the grid's own side is unknown. */
const ASSUMED_SIDE_METERS = 200;
/** A square of the raster without a cell; bands are numbered from 1 there. */
const EMPTY = 0;

export function drawCells(
  { result }: ReportInput,
  cells: ReportCells,
  mode: string,
  projection: MapProjection,
  frame: MapFrame,
): string {
  const times = cells.times.find((candidate) => candidate.mode === mode);
  if (times === undefined) return '';
  const edges = result.bandEdgesMinutes.map((minutes) => minutes * DECISECONDS_PER_MINUTE);
  const colors = colorBands(result.bandEdgesMinutes, result.thresholdDeciseconds / DECISECONDS_PER_MINUTE);
  const bandOf = (cell: number): number => {
    const time = times.timeOfCell[cell];
    if (times.linkedCell[cell] === 0 || time === UNREACHED) return edges.length + 1;
    for (let band = 0; band < edges.length; band++) {
      if (isWithin(time, edges[band], result.inclusive)) return band;
    }
    return edges.length;
  };
  const side = (cells.cells.sideMeters[0] || ASSUMED_SIDE_METERS) / projection.metersPerPixel;
  const paths =
    side > RASTER_SIDE * 1.5
      ? drawSquares(cells, side, colors.length, bandOf, projection)
      : drawRaster(cells, colors.length, bandOf, projection, frame);
  return paths
    .map((path, band) => (path.length === 0 ? '' : `<path d="${path.join('')}" fill="${colors[band]}"/>`))
    .join('\n');
}

/** Every cell as it is. */
function drawSquares(
  { cells: { lon, lat }, shares }: ReportCells,
  side: number,
  bandCount: number,
  bandOf: (cell: number) => number,
  projection: MapProjection,
): string[][] {
  const paths: string[][] = Array.from({ length: bandCount }, () => []);
  for (let cell = 0; cell < lon.length; cell++) {
    if (shares.firstEntryOfCell[cell] === shares.firstEntryOfCell[cell + 1]) continue;
    const [x, y] = projection.project(lon[cell], lat[cell]);
    paths[bandOf(cell)].push(rectangle(x - side / 2, y - side / 2, side + 0.2, side + 0.2));
  }
  return paths;
}

/** Cells smaller than a raster of two pixels: the first cell in each square stands for it; rows run together. */
function drawRaster(
  { cells: { lon, lat }, shares }: ReportCells,
  bandCount: number,
  bandOf: (cell: number) => number,
  projection: MapProjection,
  frame: MapFrame,
): string[][] {
  const columns = Math.ceil(frame.width / RASTER_SIDE) + 2;
  const rows = Math.ceil(frame.height / RASTER_SIDE) + 2;
  const bandOfPlace = new Uint8Array(columns * rows);
  const places: number[] = [];
  for (let cell = 0; cell < lon.length; cell++) {
    if (shares.firstEntryOfCell[cell] === shares.firstEntryOfCell[cell + 1]) continue;
    const [x, y] = projection.project(lon[cell], lat[cell]);
    const column = Math.floor((x - frame.left) / RASTER_SIDE) + 1;
    const row = Math.floor((y - frame.top) / RASTER_SIDE) + 1;
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue;
    const place = row * columns + column;
    if (bandOfPlace[place] !== EMPTY) continue;
    bandOfPlace[place] = bandOf(cell) + 1;
    places.push(place);
  }
  const paths: string[][] = Array.from({ length: bandCount }, () => []);
  const sorted = Uint32Array.from(places).sort();
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at];
    const band = bandOfPlace[first];
    const endOfRow = (Math.floor(first / columns) + 1) * columns;
    let end = first + 1;
    while (end < endOfRow && bandOfPlace[end] === band) end++;
    at += end - first;
    const left = frame.left + ((first % columns) - 1) * RASTER_SIDE;
    const top = frame.top + (Math.floor(first / columns) - 1) * RASTER_SIDE;
    paths[band - 1].push(rectangle(left, top, (end - first) * RASTER_SIDE, RASTER_SIDE));
  }
  return paths;
}

/** Tenths of a pixel. */
function rectangle(left: number, top: number, width: number, height: number): string {
  const [w, h] = [roundTenth(width), roundTenth(height)];
  return `M${roundTenth(left)} ${roundTenth(top)}h${w}v${h}h-${w}z`;
}

function roundTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
