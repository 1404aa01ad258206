/**
 * A path of the study's population -> the grids to read from it: itself, or those inside its zip. The published
 * zips hold one grid per territory, and notes beside them; a note is told from a grid by its columns.
 */
import { basename } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { CSV_EXTENSIONS, CsvHeader } from './csv.ts';
import { sniffDialect, sniffEncoding, toByteEncoding } from './csv-dialect.ts';
import { GEOPACKAGE_EXTENSIONS } from './geopackage.ts';
import { GRID_COLUMNS, isGrid } from './grid-columns.ts';
import { type SampledPositions, samplePositions } from './grid-system.ts';
import { listZipEntries, readChunks } from './input-bytes.ts';

export interface GridFile {
  path: string;
  /** File inside a zip that holds several. */
  entry: string | undefined;
  kind: 'csv' | 'geopackage';
  /** EPSG codes that the first bytes of a CSV name; 4326 always. */
  epsgs: readonly number[];
  /** The first positions of a CSV that names no system for them. */
  positions: SampledPositions | undefined;
}

const EXTENSIONS = [...CSV_EXTENSIONS, ...GEOPACKAGE_EXTENSIONS];
/** Bytes looked at. */
const HEAD_BYTES = 1 << 16;
const SQLITE = 'SQLite format 3';
/** Tables in one zip; INSEE's largest holds some twenty, and each is opened, sniffed and read by itself. */
const GREATEST_ENTRY_COUNT = 100;

/** The grids of a path. Throws a UsageError where a zip holds none. */
export async function listGridFiles(path: string, notices: NoticeList): Promise<GridFile[]> {
  const entries = await listZipEntries(path, EXTENSIONS);
  if (entries === undefined || entries.length <= 1) return [describe(path, undefined, await readHead(path))];
  if (entries.length > GREATEST_ENTRY_COUNT) {
    throw new Fault(
      'zip-with-too-many-tables',
      { file: path, value: `${entries.length}` },
      { most: GREATEST_ENTRY_COUNT },
    );
  }
  const files: GridFile[] = [];
  const others: string[] = [];
  for (const entry of entries) {
    const head = await readHead(path, entry).catch((error: unknown) => {
      if (error instanceof UsageError) return undefined;
      throw error;
    });
    if (head !== undefined && isGridHead(path, head)) files.push(describe(path, entry, head));
    else others.push(entry);
  }
  const csvs = files.filter(({ kind }) => kind === 'csv');
  if (csvs.length > 0 && csvs.length < files.length) {
    // The same grid in two formats would count its people twice.
    others.push(...files.filter(({ kind }) => kind !== 'csv').map(({ entry }) => entry!));
  }
  const chosen = csvs.length > 0 ? csvs : files;
  if (chosen.length === 0) {
    throw new Fault('zip-without-grid', { file: path, value: entries.slice(0, 10).join(', ') });
  }
  if (others.length > 0) {
    notices.add({
      code: 'zip-entries-left-out',
      severity: 'info',
      message: `the zip holds ${others.length} files beside its grids`,
      action: 'left out',
      file: basename(path),
      value: others.join(', '),
    });
  }
  return chosen;
}

async function readHead(path: string, entry?: string): Promise<Buffer> {
  const chunks = readChunks(path, EXTENSIONS, entry);
  const { value } = await chunks.next();
  await chunks.return(undefined);
  return (value as Buffer).subarray(0, HEAD_BYTES);
}

function describe(path: string, entry: string | undefined, head: Buffer): GridFile {
  const text = head.toString('latin1');
  const epsgs = [...text.matchAll(/\b(?:CRS|EPSG:)(\d{4,5})/g)].map(([, code]) => Number(code));
  const kind = text.startsWith(SQLITE) ? 'geopackage' : 'csv';
  return {
    path,
    entry,
    kind,
    positions: kind === 'csv' ? samplePositions(path, head, head.length < HEAD_BYTES) : undefined,
    epsgs: [...new Set([4326, ...epsgs])],
  };
}

/** True where the first bytes are a grid's: an SQLite file (whose tables are looked at later), or its columns. */
function isGridHead(path: string, head: Buffer): boolean {
  if (head.toString('latin1', 0, SQLITE.length) === SQLITE) return true;
  const encoding = sniffEncoding(head, false);
  const bytes = toByteEncoding(head, encoding);
  try {
    const dialect = sniffDialect(path, bytes, encoding, head.length < HEAD_BYTES, GRID_COLUMNS);
    const header = new CsvHeader(path, dialect, dialect.headings?.names ?? []);
    return isGrid((...wanted) => header.find(...wanted));
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
