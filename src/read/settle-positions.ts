/**
 * Positions as a file writes them -> degrees: by the coordinate system that a row names, else, where its numbers
 * can only be metres, by the system that the points of the file fit. What is assumed is told; metres whose columns
 * are exchanged are refused, as swapped degrees are.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { type FoundSystem, findSystem, isMetric } from './french-systems.ts';
import type { Bounds } from './positions.ts';
import { buildUnprojection, isGeographic, isKnownEpsg, type Unproject } from './projections.ts';

/** lon and lat (or x and y) of one row: numbers, or the text that is none ('' = blank). */
export interface WrittenPosition {
  lon: number | string;
  lat: number | string;
  /** The system that the row names. */
  epsg?: number | undefined;
  /** 1-based row or line. */
  row: number;
}

/** Turns all that are metres into degrees, in place. Throws a UsageError where x and y are exchanged. */
export async function settlePositions(
  path: string,
  positions: readonly WrittenPosition[],
  bounds: Bounds | undefined,
  notices: NoticeList,
): Promise<void> {
  await projectNamed(path, positions);
  const metric = positions.filter(
    ({ lon, lat }) => typeof lon === 'number' && typeof lat === 'number' && isMetric(lon, lat),
  );
  if (metric.length === 0) return;
  const x = metric.map(({ lon }) => Number(lon));
  const y = metric.map(({ lat }) => Number(lat));
  const system = await findSystem(x, y, bounds, path);
  if (system === undefined) return;
  if (system.isSwapped) refuseExchanged(path, system, metric[0]!);
  for (const position of metric) project(position, system.toLonLat);
  noticeSystem(basename(path), system, metric.length, notices, metric[0]!.row);
}

export function noticeSystem(
  file: string,
  { epsg, name, isSwapped }: Pick<FoundSystem, 'epsg' | 'name'> & Partial<FoundSystem>,
  count: number,
  notices: NoticeList,
  row?: number,
): void {
  notices.add({
    code: 'positions-in-metres',
    severity: 'info',
    message: `${count} positions of no named system fit ${name} (EPSG:${epsg})`,
    action: `${isSwapped === true ? 'x and y exchanged, ' : ''}read as EPSG:${epsg}`,
    file,
    ...(row === undefined ? {} : { row }),
  });
}

export function refuseExchanged(
  file: string,
  { name, epsg }: FoundSystem,
  { lon, lat, row }: Pick<WrittenPosition, 'lon' | 'lat'> & { row?: number | undefined },
): never {
  throw new Fault(
    'x-y-swapped',
    { file, ...(row === undefined ? {} : { line: row }), value: `x ${lon}, y ${lat}` },
    { system: `${name} (EPSG:${epsg})` },
  );
}

async function projectNamed(path: string, positions: readonly WrittenPosition[]): Promise<void> {
  const epsgs = new Set(positions.flatMap(({ epsg }) => epsg ?? []));
  for (const epsg of epsgs) {
    if (!isKnownEpsg(epsg) || isGeographic(epsg)) continue;
    const toLonLat = await buildUnprojection(epsg, path);
    for (const position of positions) if (position.epsg === epsg) project(position, toLonLat);
  }
}

/** Degrees beside a projected system's name are degrees all the same. */
function project(position: WrittenPosition, toLonLat: Unproject): void {
  const { lon, lat } = position;
  if (typeof lon !== 'number' || typeof lat !== 'number') return;
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 180) return;
  [position.lon, position.lat] = toLonLat(lon, lat);
}
