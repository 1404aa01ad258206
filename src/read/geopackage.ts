/**
 * GeoPackages (OGC 12-128r18) -> their feature tables, row by row. In goes a path (plain, `.gz` or `.zip`);
 * out come attributes and geometries in the coordinates of the table, with the system that the file itself
 * declares: names and ids may say another one.
 *
 * SQLite is sql.js (WebAssembly), loaded on first use only. It keeps the whole file in memory, about twice its
 * size while it opens; nothing is inflated or decoded beyond the row at hand. better-sqlite3 was rejected: it
 * compiles at installation.
 */
import { createRequire } from 'node:module';
import type { Geometry } from 'geojson';
import type { Database, SqlValue } from 'sql.js';
import { Fault, UsageError } from '../common/errors.ts';
import { readChunks, readInput } from './input-bytes.ts';
import { decodeWkb } from './wkb.ts';

export const GEOPACKAGE_EXTENSIONS = ['.gpkg'] as const;

const SQLITE_MAGIC = 'SQLite format 3\0';

export interface GeoPackageTable {
  name: string;
  /** Columns without the geometry, as written, in the order of the table. */
  columns: readonly string[];
  geometryColumn: string;
  /** As declared: `MULTIPOLYGON`. */
  geometryType: string;
  /** The declared system, such as `EPSG:2154`; undefined where the table declares none. */
  crs: string | undefined;
}

export interface GeoPackageRow {
  /** The row's key (`fid`), for notices. */
  fid: number;
  /** Of the columns asked for, by their names as written. */
  attributes: Readonly<Record<string, string | number | null>>;
  /** In the coordinates of the table; undefined where it is empty or unreadable. */
  geometry: Geometry | undefined;
}

export interface GeoPackageRowOptions {
  /** Columns to read, as `GeoPackageTable` writes them; all by default. */
  columns?: readonly string[];
  /** West, south, east, north in the coordinates of the table: rows whose envelope lies outside are skipped. */
  bounds?: readonly [number, number, number, number];
  /** Geometries are decoded by default. */
  withGeometry?: boolean;
}

/** True where the file, unwrapped, is an SQLite database. */
export async function isGeoPackage(path: string, extensions: readonly string[]): Promise<boolean> {
  for await (const chunk of readChunks(path, [...extensions, ...GEOPACKAGE_EXTENSIONS])) {
    return chunk.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC;
  }
  return false;
}

/**
 * Opens a GeoPackage, of a zip with several the entry named; close it when done. Throws a UsageError where the
 * file is none, or is damaged.
 */
export async function openGeoPackage(path: string, entry?: string): Promise<GeoPackage> {
  const bytes = await readInput(path, GEOPACKAGE_EXTENSIONS, entry);
  if (bytes.toString('latin1', 0, SQLITE_MAGIC.length) !== SQLITE_MAGIC) {
    throw new Fault('geopackage-foreign', {
      file: path,
      value: bytes.toString('latin1', 0, 16).replace(/[^\x20-\x7e]/g, '.'),
    });
  }
  const { default: initSqlJs } = await import('sql.js');
  const { resolve } = createRequire(import.meta.url);
  const sql = await initSqlJs({ locateFile: () => resolve('sql.js/dist/sql-wasm.wasm') });
  const database = new sql.Database(bytes);
  try {
    return new GeoPackage(path, database);
  } catch (error) {
    database.close();
    throw error;
  }
}

export class GeoPackage {
  /** The feature tables, in the order of `gpkg_contents`. */
  readonly tables: readonly GeoPackageTable[];

  constructor(
    readonly path: string,
    private readonly database: Database,
  ) {
    this.tables = this.guard(() => this.listTables());
  }

  /**
   * The one feature table of the file. Throws a UsageError where it has none, or several and `isWanted` does
   * not tell one from the others.
   */
  getTable(isWanted: (table: GeoPackageTable) => boolean = () => true): GeoPackageTable {
    const wanted = this.tables.filter(isWanted);
    if (wanted.length === 1) return wanted[0];
    throw new Fault(
      'geopackage-layers',
      { file: this.path, value: this.tables.map(({ name }) => name).join(', ') },
      { count: wanted.length },
    );
  }

  /** The rows of a table, in its own order. */
  *rows(table: GeoPackageTable, options: GeoPackageRowOptions = {}): Generator<GeoPackageRow> {
    const columns = options.columns ?? table.columns;
    const { bounds, withGeometry = true } = options;
    const selected = ['rowid', ...columns.map(quoted), quoted(table.geometryColumn)];
    const statement = this.guard(() =>
      this.database.prepare(`SELECT ${selected.join(', ')} FROM ${quoted(table.name)}`),
    );
    try {
      while (this.guard(() => statement.step())) {
        const values = this.guard(() => statement.get());
        const blob = values[values.length - 1];
        if (bounds !== undefined && !meets(blob, bounds)) continue;
        const attributes: Record<string, string | number | null> = {};
        columns.forEach((column, i) => {
          const value = values[i + 1];
          attributes[column] = value instanceof Uint8Array ? null : value;
        });
        const geometry = withGeometry ? decodeGeometry(blob) : undefined;
        yield { fid: Number(values[0]), attributes, geometry };
      }
    } finally {
      statement.free();
    }
  }

  /** When a table of the file was last changed, as it says itself (`2024-03-12T09:30:00.000Z`). */
  lastChange(): string | undefined {
    const [row] = this.guard(() => this.query('SELECT max(last_change) FROM gpkg_contents'));
    return row?.[0] == null ? undefined : String(row[0]);
  }

  close(): void {
    this.database.close();
  }

  private listTables(): GeoPackageTable[] {
    for (const name of ['gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys'])
      this.refuseView(name);
    const found = this.query(
      `SELECT c.table_name, g.column_name, g.geometry_type_name, s.organization, s.organization_coordsys_id
         FROM gpkg_contents c
         JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
        WHERE c.data_type = 'features'
        ORDER BY c.rowid`,
    );
    return found.map(([name, geometryColumn, geometryType, organization, code]) => {
      this.refuseView(String(name));
      const all = this.query(`SELECT name FROM pragma_table_info(${literal(String(name))})`);
      return {
        name: String(name),
        columns: all.map(([column]) => String(column)).filter((column) => column !== geometryColumn),
        geometryColumn: String(geometryColumn),
        geometryType: String(geometryType),
        // 0 and -1 stand for "undefined" in every GeoPackage.
        crs: Number(code) > 0 ? `${String(organization).toUpperCase()}:${code}` : undefined,
      };
    });
  }

  /** The rows of a view are computed by what the file says, which may never end. */
  private refuseView(name: string): void {
    const [found] = this.query(`SELECT type FROM sqlite_master WHERE name = ${literal(name)} COLLATE NOCASE`);
    if (found === undefined || found[0] === 'table') return;
    throw new Fault('layer-is-view', { file: this.path, value: name });
  }

  private query(sql: string): SqlValue[][] {
    return this.database.exec(sql)[0]?.values ?? [];
  }

  /** SQLite's own complaints as a fault of the file. */
  private guard<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const isPlain = /no such table: gpkg_/.test((error as Error).message);
      throw new UsageError(
        isPlain
          ? 'the file is an SQLite database, but no GeoPackage'
          : `the GeoPackage cannot be read: ${(error as Error).message}`,
        {
          file: this.path,
          remedy: isPlain
            ? 'Export the layer as GeoPackage (.gpkg), GeoJSON or CSV.'
            : 'It is probably cut short or damaged: download or export it again.',
        },
      );
    }
  }
}

/** Bytes of the envelope by its code in the flags of the header. */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64] as const;

/** The header of a geometry (12-128r18, 2.1.3): where its WKB starts; undefined where there is no geometry. */
function readGeometryHead(
  blob: SqlValue,
): { bytes: Uint8Array; wkbOffset: number; view: DataView; isLittleEndian: boolean } | undefined {
  if (!(blob instanceof Uint8Array) || blob.length < 8) return undefined;
  if (blob[0] !== 0x47 || blob[1] !== 0x50) return undefined;
  const envelope = ENVELOPE_BYTES[(blob[3] >> 1) & 7];
  if (envelope === undefined || blob.length < 8 + envelope) return undefined;
  return {
    bytes: blob,
    wkbOffset: 8 + envelope,
    view: new DataView(blob.buffer, blob.byteOffset, blob.byteLength),
    isLittleEndian: (blob[3] & 1) === 1,
  };
}

function decodeGeometry(blob: SqlValue): Geometry | undefined {
  const head = readGeometryHead(blob);
  return head === undefined ? undefined : decodeWkb(head.bytes, head.wkbOffset);
}

/** True where the geometry's envelope meets the bounds, and where it has none (it is told by its reader). */
function meets(blob: SqlValue, [west, south, east, north]: readonly [number, number, number, number]) {
  const head = readGeometryHead(blob);
  if (head === undefined) return true;
  let envelope: readonly [number, number, number, number] | undefined;
  if (head.wkbOffset > 8) {
    const at = (i: number) => head.view.getFloat64(8 + 8 * i, head.isLittleEndian);
    envelope = [at(0), at(2), at(1), at(3)];
  } else envelope = findEnvelope(decodeWkb(head.bytes, head.wkbOffset));
  if (envelope === undefined || Number.isNaN(envelope[0])) return true;
  return envelope[0] <= east && envelope[2] >= west && envelope[1] <= north && envelope[3] >= south;
}

/** West, south, east, north of a geometry; undefined where there is none. */
export function findEnvelope(
  geometry: Geometry | undefined,
): readonly [number, number, number, number] | undefined {
  if (geometry === undefined) return undefined;
  const envelope: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] !== 'number') {
      part.forEach(visit);
      return;
    }
    envelope[0] = Math.min(envelope[0], part[0]);
    envelope[1] = Math.min(envelope[1], part[1]);
    envelope[2] = Math.max(envelope[2], part[0]);
    envelope[3] = Math.max(envelope[3], part[1]);
  };
  const parts = geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry];
  for (const part of parts) {
    if (part.type !== 'GeometryCollection') visit(part.coordinates);
  }
  return envelope[0] === Infinity ? undefined : envelope;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
