/**
 * Reads the points of `matrix`: a CSV with an id and a position (lon and lat, x and y in a French system, or both in
 * one column), by name and in any order.
 */
import { Fault, UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { readCsv } from '../read/csv.ts';
import { PositionColumns } from '../read/position-columns.ts';
import { LAT_NAMES, LON_NAMES, POSITION_GROUPS, POSITION_NAMES } from '../read/position-names.ts';
import { type Bounds, isOnEarth, refuseElsewhere, refuseSwapped } from '../read/positions.ts';
import { settlePositions, type WrittenPosition } from '../read/settle-positions.ts';
import { OWN_NAMES } from '../read/structure-rows.ts';
import { noticeUnusedColumns } from '../read/unused-columns.ts';

/** `id` first: a table may number its rows and name them. */
const ID_NAMES = [...OWN_NAMES.id, 'code', 'code_insee', 'stop_id'];

export interface PointTable {
  ids: string[];
  lon: Float64Array;
  lat: Float64Array;
}

/** @throws UsageError naming the line where a point cannot be read, an id is repeated, or none is on the roads */
export async function readPointTable(path: string, bounds: Bounds, notices: NoticeList): Promise<PointTable> {
  const table = await readCsv(path, [...ID_NAMES, ...POSITION_NAMES], notices);
  const { header, records } = table;
  const idAt = header.get('id', ...ID_NAMES);
  const positions = new PositionColumns(table, bounds);
  if (!positions.hasAny) {
    header.get('longitude', ...LON_NAMES);
    header.get('latitude', ...LAT_NAMES);
  }
  noticeUnusedColumns(header, records, { groups: [ID_NAMES, ...POSITION_GROUPS] }, notices);
  const placed = records.map((record) => positions.read(record));
  for (const position of placed) refuseUnreadable(path, position);
  await settlePositions(path, placed, bounds, notices);
  const ids: string[] = [];
  const lon: number[] = [];
  const lat: number[] = [];
  const lines: number[] = [];
  const lineOfId = new Map<string, number>();
  for (const [at, { line, fields }] of records.entries()) {
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
    ids.push(id);
    lon.push(Number(placed[at]!.lon));
    lat.push(Number(placed[at]!.lat));
    lines.push(line);
  }
  if (ids.length === 0) {
    throw new Fault('points-missing', { file: path });
  }
  refuseSwapped(path, lon, lat, bounds, (point) => lines[point]!);
  ids.forEach((_, point) => {
    if (isOnEarth(lon[point]!, lat[point]!)) return;
    throw new Fault('point-off-earth', {
      file: path,
      line: lines[point]!,
      value: `lon ${lon[point]}, lat ${lat[point]}`,
    });
  });
  refuseElsewhere(path, 'point', lon, lat, bounds);
  return { ids, lon: Float64Array.from(lon), lat: Float64Array.from(lat) };
}

/** Whether two points are one place: whoever is there need not set out, whatever street is near. */
export function isSameDoor(from: PointTable, i: number, to: PointTable, j: number): boolean {
  return from.lon[i] === to.lon[j] && from.lat[i] === to.lat[j];
}

function refuseUnreadable(file: string, { lon, lat, row }: WrittenPosition): void {
  for (const [name, value] of [
    ['lon', lon],
    ['lat', lat],
  ] as const) {
    if (typeof value === 'number') continue;
    throw new Fault('coordinate-no-number', { file, line: row, value }, { name });
  }
}
