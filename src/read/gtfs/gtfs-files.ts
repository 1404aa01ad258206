/**
 * Opens a GTFS feed, zip or folder, and gives its tables as bytes. Zips as they are published: tables in a
 * nested folder, `__MACOSX` and `._` twins, names in capitals, `calendar_date.txt` for `calendar_dates.txt`.
 * What is no GTFS (NeTEx, an empty or damaged zip, several feeds in one) is refused with its remedy.
 */
import { createReadStream, type Dirent, promises as fs } from 'node:fs';
import { basename, join } from 'node:path';
import { Fault, UsageError } from '../../common/errors.ts';
import type { NoticeList } from '../../common/notices.ts';
import { TableGuard } from '../table-guard.ts';
import { ZipArchive } from '../zip-archive.ts';
import { holdsRecords } from './table-encoding.ts';

/** Spellings seen in published feeds -> the name in the specification. */
const MISSPELT_TABLES: ReadonlyMap<string, string> = new Map([
  ['calendar_date.txt', 'calendar_dates.txt'],
  ['stop_time.txt', 'stop_times.txt'],
  ['frequency.txt', 'frequencies.txt'],
]);

const CHUNK_BYTES = 1 << 20;
/** As of a table in a zip. */
const GREATEST_TABLE_BYTES = 2 ** 31;

/** Tables without which nothing can be computed. */
const REQUIRED_TABLES = ['stops.txt', 'trips.txt', 'stop_times.txt'] as const;

export interface GtfsFiles {
  /** Name of the zip or folder, for messages. */
  name: string;
  /** True where the feed holds the file, whatever is in it. */
  has(table: string): boolean;
  /** The bytes of a table; undefined if the feed lacks it, or if it holds no row, which says as little. */
  find(table: string): Promise<Buffer | undefined>;
  close(): void;
}

interface Listing {
  paths: string[];
  load: (path: string, guard: TableGuard) => Promise<Buffer>;
  close: () => void;
}

/**
 * Opens a feed. Throws a UsageError if the file is missing, damaged, empty, NeTEx or several feeds at once.
 */
export async function openGtfs(path: string, notices: NoticeList): Promise<GtfsFiles> {
  const name = basename(path);
  const listing = await listFiles(path, name);
  try {
    const tables = tablesByName(listing.paths, name, notices);
    refuseWhatIsNoGtfs(tables, listing.paths, name);
    return {
      name,
      close: listing.close,
      has: (table) => tables.has(table),
      find: async (table) => {
        const file = tables.get(table);
        if (file === undefined) return undefined;
        const guard = new TableGuard(`${name}/${table}`);
        const bytes = await listing.load(file, guard).catch((error: unknown) => {
          if (error instanceof UsageError) throw error;
          throw damaged(`${name}/${table}`, error);
        });
        return table.endsWith('.txt') && !holdsRecords(bytes) ? undefined : bytes;
      },
    };
  } catch (error) {
    listing.close();
    throw error;
  }
}

async function listFiles(path: string, name: string): Promise<Listing> {
  const stat = await fs.stat(path).catch(() => undefined);
  if (stat === undefined) {
    throw new Fault('timetable-missing', { file: path });
  }
  if (stat.isDirectory()) return listFolder(path);
  if (/\.xml(\.gz)?$/i.test(name)) throw netexError(name);
  return listZip(path, name);
}

async function listFolder(path: string): Promise<Listing> {
  const entries: Dirent[] = await fs.readdir(path, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath.slice(path.length), entry.name).replaceAll('\\', '/'))
    .map((file) => file.replace(/^\//, ''))
    .sort();
  return { paths, load: (file, guard) => readWhole(join(path, file), guard), close: () => {} };
}

/** A file of a folder, refused before it is read to its end where it is no table. */
async function readWhole(path: string, guard: TableGuard): Promise<Buffer> {
  const { size } = await fs.stat(path);
  if (size > GREATEST_TABLE_BYTES)
    throw new Error(`it has ${size} bytes, and ${GREATEST_TABLE_BYTES} are read`);
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    guard.look(chunk);
    // A file that has grown since is refused for its changed content by whoever hashed it.
    length += chunk.copy(bytes, length);
  }
  return bytes.subarray(0, length);
}

async function listZip(path: string, name: string): Promise<Listing> {
  const zip = await ZipArchive.open(path, name);
  return {
    paths: [...zip.names].sort(),
    load: (file, guard) => zip.readWhole(file, (chunk) => guard.look(chunk)),
    close: () => zip.close(),
  };
}

/** Table name -> path, of the one folder that holds the feed. */
function tablesByName(paths: readonly string[], name: string, notices: NoticeList): Map<string, string> {
  const usable = paths.filter((path) => !path.includes('__MACOSX/') && !basename(path).startsWith('.'));
  const folder = findFeedFolder(usable, name);
  const tables = new Map<string, string>();
  for (const path of usable) {
    if (folderOf(path) !== folder) continue;
    const file = basename(path).toLowerCase();
    const spelt = MISSPELT_TABLES.get(file);
    if (spelt === undefined) tables.set(file, path);
    else if (!usable.some((other) => folderOf(other) === folder && basename(other).toLowerCase() === spelt)) {
      tables.set(spelt, path);
      notices.add({
        code: 'gtfs-table-misspelt',
        severity: 'warning',
        message: `the table ${spelt} is named ${file}`,
        action: `read as ${spelt}`,
        file: `${name}/${file}`,
      });
    }
  }
  return tables;
}

function folderOf(path: string): string {
  return path.slice(0, path.length - basename(path).length);
}

/** The shallowest folder with a stop_times.txt, else with a stops.txt, else the top. */
function findFeedFolder(paths: readonly string[], name: string): string {
  for (const table of ['stop_times.txt', 'stops.txt']) {
    const folders = paths.filter((path) => basename(path).toLowerCase() === table).map(folderOf);
    const depth = Math.min(...folders.map((folder) => folder.split('/').length));
    const shallowest = folders.filter((folder) => folder.split('/').length === depth);
    if (shallowest.length > 1) {
      throw new Fault(
        'feeds-side-by-side',
        { file: name },
        { count: shallowest.length, folders: shallowest.join(', ') },
      );
    }
    if (shallowest.length === 1) return shallowest[0];
  }
  return '';
}

function refuseWhatIsNoGtfs(
  tables: ReadonlyMap<string, string>,
  paths: readonly string[],
  name: string,
): void {
  if (paths.length === 0) throw new Fault('feed-empty', { file: name });
  if (REQUIRED_TABLES.every((table) => tables.has(table))) return;
  if (paths.some((path) => /\.xml$/i.test(path))) throw netexError(name);
  const inner = paths.filter((path) => /\.zip$/i.test(path));
  if (inner.length > 0) {
    throw new Fault('feed-of-zips', { file: name }, { zips: inner.join(', ') });
  }
}

/** Throws a UsageError where the feed lacks a table without which nothing can be computed. */
export function requireTables(files: GtfsFiles): void {
  const missing = REQUIRED_TABLES.filter((table) => !files.has(table));
  if (missing.length === 0) return;
  throw new Fault('feed-tables-missing', { file: files.name }, { tables: missing.join(', ') });
}

/** The bytes of such a table. Throws a UsageError where it holds no row. */
export async function loadRequired(
  files: GtfsFiles,
  table: (typeof REQUIRED_TABLES)[number],
): Promise<Buffer> {
  const bytes = await files.find(table);
  if (bytes !== undefined) return bytes;
  throw new Fault('feed-table-empty', { file: `${files.name}/${table}` });
}

/** Either calendar, or both. Throws a UsageError where no row of any is there. */
export async function loadCalendars(
  files: GtfsFiles,
): Promise<{ calendar: Buffer | undefined; calendarDates: Buffer | undefined }> {
  const calendar = await files.find('calendar.txt');
  const calendarDates = await files.find('calendar_dates.txt');
  if (calendar !== undefined || calendarDates !== undefined) return { calendar, calendarDates };
  throw new Fault('feed-without-calendar', { file: files.name });
}

function netexError(name: string): UsageError {
  return new Fault('feed-is-netex', { file: name });
}

function damaged(file: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message : String(error);
  return new Fault('feed-unreadable', { file }, { reason });
}
