/**
 * The coordinate system of a grid's x and y where neither the file nor the study names it, and of metres under lon
 * and lat: the French system that its first rows fit.
 */
import { UsageError } from '../common/errors.ts';
import { readCoordinate } from './angles.ts';
import type { PopulationOptions } from './cell-territory.ts';
import { CsvHeader } from './csv.ts';
import { sniffDialect, sniffEncoding, toByteEncoding } from './csv-dialect.ts';
import { type FoundSystem, findSystem, isInFrance, isMetric } from './french-systems.ts';
import { CRS_COLUMNS, GRID_COLUMNS, LAT_COLUMNS, LON_COLUMNS, X_COLUMNS, Y_COLUMNS } from './grid-columns.ts';
import { isNear } from './positions.ts';
import { findEpsg } from './projections.ts';
import { refuseExchanged } from './settle-positions.ts';

/** The first positions of a grid that names no system. */
export interface SampledPositions {
  x: number[];
  y: number[];
}

/** Undefined where the first bytes hold no such positions, or where a column names their system. */
export function samplePositions(path: string, head: Buffer, isWhole: boolean): SampledPositions | undefined {
  const encoding = sniffEncoding(head, isWhole);
  try {
    const dialect = sniffDialect(path, toByteEncoding(head, encoding), encoding, isWhole, GRID_COLUMNS);
    const header = new CsvHeader(path, dialect, dialect.headings?.names ?? []);
    const isLonLat = header.has(...LON_COLUMNS) && header.has(...LAT_COLUMNS);
    const xField = header.fieldOf(...(isLonLat ? LON_COLUMNS : X_COLUMNS));
    const yField = header.fieldOf(...(isLonLat ? LAT_COLUMNS : Y_COLUMNS));
    if (xField < 0 || yField < 0 || (!isLonLat && header.has(...CRS_COLUMNS))) return undefined;
    const sampled: SampledPositions = { x: [], y: [] };
    for (const fields of dialect.sample) {
      const [x, y] = [xField, yField].map((field) =>
        readCoordinate(fields[field] ?? '', dialect.marks.groupMarkOf(field)),
      );
      if (typeof x !== 'number' || typeof y !== 'number') continue;
      if (isLonLat && !isMetric(x, y)) continue;
      sampled.x.push(x);
      sampled.y.push(y);
    }
    return sampled.x.length === 0 ? undefined : sampled;
  } catch (error) {
    // What is wrong with the file is told when it is read.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Throws a UsageError where x and y are exchanged; undefined where the study names the system, or none fits. */
export async function findGridSystem(
  path: string,
  sampled: SampledPositions | undefined,
  { crs, territoryBounds, bounds }: PopulationOptions,
): Promise<Pick<FoundSystem, 'epsg' | 'name'> | undefined> {
  if (sampled === undefined || (crs !== undefined && findEpsg(crs) !== undefined)) return undefined;
  const { x, y } = sampled;
  const area = territoryBounds ?? (await bounds);
  const isDegrees = x.every((lon, point) => Math.abs(lon) <= 180 && Math.abs(y[point]!) <= 90);
  if (isDegrees) {
    const isHere = x.some((lon, point) =>
      area === undefined ? isInFrance(lon, y[point]!) : isNear(area, lon, y[point]!),
    );
    return isHere ? { epsg: 4326, name: 'WGS84' } : undefined;
  }
  const system = await findSystem(x, y, area, path);
  if (system?.isSwapped === true) refuseExchanged(path, system, { lon: x[0]!, lat: y[0]! });
  return system;
}
