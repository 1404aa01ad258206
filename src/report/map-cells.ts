/**
 * Cells on the map, where a study has no commune polygons: squares of their own size, else dots, coloured by band
 * of travel time. One path a band, so that 30 000 cells stay light.
 */
import { decisecondsToMinutes, isWithin, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { findThresholdMinutes } from './headline.ts';
import type { MapProjection } from './map-projection.ts';
import type { ReportInput } from './report-input.ts';
import { colorBands } from './svg-bands.ts';

/** Smallest side of a cell on the map, and the side of one whose own is not known: pixels. */
const SMALLEST_PIXELS = 1.4;
const DOT_PIXELS = 2.6;

/** Positions of the cells in the study. */
export function listCells({ cells }: ReportInput): number[] {
  const { firstEntryOfCell, cellCount } = cells.shares;
  const inside: number[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    if (firstEntryOfCell[cell + 1]! > firstEntryOfCell[cell]!) inside.push(cell);
  }
  return inside;
}

/** Band of a time: one per edge, then over the last edge, then not connected. */
export function findBand(
  time: number,
  isLinked: boolean,
  edgesMinutes: readonly number[],
  inclusive: boolean,
) {
  if (!isLinked || time === UNREACHED) return edgesMinutes.length + 1;
  const band = edgesMinutes.findIndex((edge) => isWithin(time, minutesToDeciseconds(edge), inclusive));
  return band < 0 ? edgesMinutes.length : band;
}

export function drawCells(input: ReportInput, mode: ModeCoverage, projection: MapProjection): string {
  const { result, cells } = input;
  const times = cells.times[result.modes.indexOf(mode)]!;
  const edges = result.bandEdgesMinutes;
  const colors = colorBands(edges, findThresholdMinutes(result));
  const paths = colors.map((): string[] => []);
  for (const cell of listCells(input)) {
    const band = findBand(times.timeOfCell[cell]!, times.linkedCell[cell] === 1, edges, result.inclusive);
    const meters = cells.cells.sideMeters[cell]!;
    const side = meters > 0 ? Math.max(SMALLEST_PIXELS, meters / projection.metersPerPixel) : DOT_PIXELS;
    const [x, y] = projection.project(cells.cells.lon[cell]!, cells.cells.lat[cell]!);
    const size = side.toFixed(1);
    paths[band]!.push(`M${(x - side / 2).toFixed(1)} ${(y - side / 2).toFixed(1)}h${size}v${size}h-${size}z`);
  }
  return paths
    .map((path, band) => (path.length === 0 ? '' : `<path d="${path.join('')}" fill="${colors[band]}"/>`))
    .join('\n');
}

/** `decisecondsToMinutes`, but undefined where nothing leads to a structure. */
export function findMinutes(time: number, isLinked: boolean): number | undefined {
  return !isLinked || time === UNREACHED ? undefined : decisecondsToMinutes(time);
}
