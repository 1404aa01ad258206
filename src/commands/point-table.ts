/** Reads the points of `matrix`: a CSV with the columns id, lon, lat, by name and in any order. */
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { readCsv } from '../read/csv.ts';
import { readNumber } from '../read/numbers.ts';
import { type Bounds, isOnEarth, refuseElsewhere, refuseSwapped } from '../read/positions.ts';

export interface PointTable {
  ids: string[];
  lon: Float64Array;
  lat: Float64Array;
}

/** @throws UsageError naming the line where a point cannot be read, an id is repeated, or none is on the roads */
export async function readPointTable(path: string, bounds: Bounds, notices: NoticeList): Promise<PointTable> {
  const { header, records } = await readCsv(path, ['id', 'lon', 'lat'], notices);
  const idAt = header.get('id', 'id');
  const lonAt = header.get('longitude', 'lon', 'longitude', 'lng');
  const latAt = header.get('latitude', 'lat', 'latitude');
  const ids: string[] = [];
  const lon: number[] = [];
  const lat: number[] = [];
  const lines: number[] = [];
  const lineOfId = new Map<string, number>();
  for (const { line, fields } of records) {
    const id = fields[idAt]!;
    const known = lineOfId.get(id);
    if (id === '' || known !== undefined) {
      throw new UsageError(id === '' ? 'a point has no id' : `the id stands on line ${known} already`, {
        file: path,
        line,
        value: id,
        remedy: 'Give every point an id of its own.',
      });
    }
    lineOfId.set(id, line);
    const degrees = [lonAt, latAt].map((at) => {
      const value = readNumber(fields[at]!, header.dialect.separator);
      if (typeof value === 'number') return value;
      throw new UsageError(`${header.names[at]} is no number`, {
        file: path,
        line,
        value: fields[at]!,
        remedy: 'Write degrees with a decimal point, such as 2.3522.',
      });
    }) as [number, number];
    ids.push(id);
    lon.push(degrees[0]);
    lat.push(degrees[1]);
    lines.push(line);
  }
  if (ids.length === 0) {
    throw new UsageError('the file holds no point', {
      file: path,
      remedy: 'Below the names of the columns, write one point a line: id, lon, lat.',
    });
  }
  refuseSwapped(path, lon, lat, bounds, (point) => lines[point]!);
  ids.forEach((_, point) => {
    if (isOnEarth(lon[point]!, lat[point]!)) return;
    throw new UsageError('the point is not on Earth', {
      file: path,
      line: lines[point]!,
      value: `lon ${lon[point]}, lat ${lat[point]}`,
      remedy: 'Give lon and lat in degrees (WGS84).',
    });
  });
  refuseElsewhere(path, 'point', lon, lat, bounds);
  return { ids, lon: Float64Array.from(lon), lat: Float64Array.from(lat) };
}

/** Whether two points are one place: whoever is there need not set out, whatever street is near. */
export function isSameDoor(from: PointTable, i: number, to: PointTable, j: number): boolean {
  return from.lon[i] === to.lon[j] && from.lat[i] === to.lat[j];
}
