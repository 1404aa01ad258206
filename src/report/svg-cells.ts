/**
 * The cells of a study on the static map, where it has no communes to colour: one path per band of access time,
 * a square per cell. Cells that would fall on a square drawn already are left out, so that a small map stays light.
 */
import { isWithin, UNREACHED } from '../common/units.ts';
import type { MapProjection } from './map-projection.ts';
import type { ReportCells, ReportInput } from './report-input.ts';
import { colorBands } from './svg-bands.ts';

/** Least side of a drawn square, pixels. */
const LEAST_SIDE = 1.5;
/** Where the grid's own side is unknown. */
const ASSUMED_SIDE_METERS = 200;

export function drawCells(
  { result }: ReportInput,
  cells: ReportCells,
  mode: string,
  projection: MapProjection,
): string {
  const times = cells.times.find((candidate) => candidate.mode === mode);
  if (times === undefined) return '';
  const edges = result.bandEdgesMinutes;
  const colors = colorBands(edges, result.thresholdDeciseconds / 600);
  const paths: string[][] = colors.map(() => []);
  const drawn = new Set<number>();
  const { lon, lat, sideMeters, shares } = cells;
  for (let cell = 0; cell < lon.length; cell++) {
    if (shares.firstEntryOfCell[cell] === shares.firstEntryOfCell[cell + 1]) continue;
    const [x, y] = projection.project(lon[cell], lat[cell]);
    const meters = sideMeters[cell] || ASSUMED_SIDE_METERS;
    const side = Math.max(LEAST_SIDE, meters / projection.metersPerPixel);
    const place = Math.floor(x / LEAST_SIDE) * 1e6 + Math.floor(y / LEAST_SIDE);
    if (drawn.has(place)) continue;
    drawn.add(place);
    const time = times.timeOfCell[cell];
    const found = edges.findIndex((edge) => isWithin(time, edge * 600, result.inclusive));
    const isReached = times.linkedCell[cell] === 1 && time !== UNREACHED;
    const band = !isReached ? colors.length - 1 : found < 0 ? edges.length : found;
    paths[band].push(square(x, y, side));
  }
  return paths
    .map((path, band) => (path.length === 0 ? '' : `<path d="${path.join('')}" fill="${colors[band]}"/>`))
    .join('\n');
}

/** Tenths of a pixel. */
function square(x: number, y: number, side: number): string {
  const shown = Math.round(side * 10 + 2) / 10;
  return `M${Math.round((x - side / 2) * 10) / 10} ${Math.round((y - side / 2) * 10) / 10}h${shown}v${shown}h-${shown}z`;
}
