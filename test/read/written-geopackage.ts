/** Writes small GeoPackages for tests, with what the reader must cope with: byte order, envelope, heights. */
import type { LineString, MultiPoint, MultiPolygon, Point, Polygon, Position } from 'geojson';
import initSqlJs from 'sql.js';

type WrittenGeometry = Point | LineString | Polygon | MultiPoint | MultiPolygon;

export interface WrittenRow {
  /** In the order of the columns. */
  values: Array<string | number | null>;
  geometry: WrittenGeometry | undefined;
  isLittleEndian?: boolean;
  hasEnvelope?: boolean;
  hasHeight?: boolean;
  /** Bytes of the geometry that are kept. */
  keptBytes?: number;
}

export interface WrittenGeoPackage {
  table: string;
  /** Organisation and its number, such as `['EPSG', 2154]`. */
  crs: readonly [string, number];
  /** The file's own number of the system; by default the organisation's. */
  srsId?: number;
  /** Name -> SQL type. */
  columns: Readonly<Record<string, string>>;
  rows: readonly WrittenRow[];
  /** As the contents table states it; without it the table has no such column. */
  lastChange?: string;
}

export async function writeGeoPackage(file: WrittenGeoPackage): Promise<Buffer> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  const [organization, code] = file.crs;
  const srsId = file.srsId ?? code;
  const name = `"${file.table.replaceAll('"', '""')}"`;
  database.run(`
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
      organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
      srs_id INTEGER, z TINYINT, m TINYINT);`);
  database.run('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?)', [
    '',
    srsId,
    organization,
    code,
    '',
  ]);
  database.run("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", [file.table, srsId]);
  if (file.lastChange !== undefined) {
    database.run('ALTER TABLE gpkg_contents ADD COLUMN last_change DATETIME');
    database.run('UPDATE gpkg_contents SET last_change = ?', [file.lastChange]);
  }
  database.run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)", [
    file.table,
    srsId,
  ]);
  const columns = Object.entries(file.columns).map(([column, type]) => `, "${column}" ${type}`);
  database.run(`CREATE TABLE ${name} (fid INTEGER PRIMARY KEY, geom BLOB${columns.join('')})`);
  const statement = database.prepare(`INSERT INTO ${name} VALUES (NULL, ?${', ?'.repeat(columns.length)})`);
  for (const row of file.rows) {
    const blob = row.geometry === undefined ? null : encode(row.geometry, row).subarray(0, row.keptBytes);
    statement.run([blob, ...row.values]);
  }
  statement.free();
  const bytes = Buffer.from(database.export());
  database.close();
  return bytes;
}

function encode(geometry: WrittenGeometry, options: WrittenRow): Buffer {
  const { isLittleEndian = true, hasEnvelope = false, hasHeight = false } = options;
  const parts: Buffer[] = [];
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    isLittleEndian ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
    parts.push(bytes);
  };
  const float64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    isLittleEndian ? bytes.writeDoubleLE(value) : bytes.writeDoubleBE(value);
    parts.push(bytes);
  };
  const head = (type: number) => {
    parts.push(Buffer.from([isLittleEndian ? 1 : 0]));
    uint32(type + (hasHeight ? 1000 : 0));
  };
  const position = ([x, y]: Position) => {
    float64(x);
    float64(y);
    if (hasHeight) float64(123);
  };
  const line = (positions: Position[]) => {
    uint32(positions.length);
    positions.forEach(position);
  };
  const rings = (polygon: Position[][]) => {
    uint32(polygon.length);
    polygon.forEach(line);
  };
  parts.push(Buffer.from([0x47, 0x50, 0, (hasEnvelope ? 2 : 0) + (isLittleEndian ? 1 : 0)]));
  uint32(0);
  if (hasEnvelope) {
    const all = (geometry.coordinates as unknown[]).flat(3) as number[];
    const xs = all.filter((_, i) => i % 2 === 0);
    const ys = all.filter((_, i) => i % 2 === 1);
    for (const values of [xs, ys]) {
      float64(Math.min(...values));
      float64(Math.max(...values));
    }
  }
  switch (geometry.type) {
    case 'Point':
      head(1);
      position(geometry.coordinates);
      break;
    case 'LineString':
      head(2);
      line(geometry.coordinates);
      break;
    case 'Polygon':
      head(3);
      rings(geometry.coordinates);
      break;
    case 'MultiPoint':
      head(4);
      uint32(geometry.coordinates.length);
      for (const each of geometry.coordinates) {
        head(1);
        position(each);
      }
      break;
    case 'MultiPolygon':
      head(6);
      uint32(geometry.coordinates.length);
      for (const each of geometry.coordinates) {
        head(3);
        rings(each);
      }
      break;
  }
  return Buffer.concat(parts);
}
