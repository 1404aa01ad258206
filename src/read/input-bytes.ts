/**
 * The bytes of an input file, whatever wraps it. In goes a path; out come chunks of the file itself, of what
 * its `.gz` holds, or of the one data file inside its `.zip`. The wrapper is recognised by its first bytes,
 * not by the name. What cannot be a data file (empty, HTML saved under another name, a workbook) is refused
 * here with its remedy, so that no reader has to.
 */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import { cannotOpen } from '../common/file-faults.ts';
import { gunzip } from './gunzip.ts';
import { ZipArchive } from './zip-archive.ts';

/** Bytes per read: large enough that the cost of a chunk does not show, small enough to stay in the cache. */
const CHUNK_BYTES = 1 << 20;
/** Bytes of a file that is read at once: GeoPackages of a country are of 300 MB. */
const GREATEST_WHOLE_BYTES = 2 ** 31 - 1;
/** Bytes of a JSON file; the engine's longest text has 2^29 characters. The communes of the country are of 60 MB. */
const GREATEST_JSON_BYTES = 2 ** 29 - 1024;

/**
 * Yields the unwrapped bytes. `extensions` picks the data file of a zip (`['.csv', '.txt']`), `entry` names it
 * where there are several.
 */
export async function* readChunks(
  path: string,
  extensions: readonly string[],
  entry?: string,
): AsyncGenerator<Buffer> {
  const head = readHead(path);
  const chunks = isGzip(head)
    ? gunzipped(path)
    : isZip(head)
      ? zipped(path, extensions, entry)
      : (createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>);
  const isPacked = isGzip(head) || isZip(head);
  let isFirst = true;
  try {
    for await (const chunk of chunks) {
      if (isFirst) refuseForeignFormat(path, chunk, extensions, isPacked);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new Fault('file-unreadable', { file: path }, { isPacked, reason: (error as Error).message });
  }
  if (isFirst) throw emptyFile(path);
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    yield* gunzip(path, source, CHUNK_BYTES);
  } finally {
    source.destroy();
  }
}

/** The data files inside a zip, in its order; undefined where the file is no zip. */
export async function listZipEntries(
  path: string,
  extensions: readonly string[],
): Promise<string[] | undefined> {
  if (!isZip(readHead(path))) return undefined;
  const { zip, candidates } = await openZip(path, extensions);
  zip.close();
  return candidates;
}

/**
 * The whole unwrapped file. @throws UsageError where it has more than `greatestBytes`
 * @param look is shown each chunk before the next is unwrapped, and may refuse the file
 */
export async function readInput(
  path: string,
  extensions: readonly string[],
  entry?: string,
  greatestBytes = GREATEST_WHOLE_BYTES,
  look: (chunk: Buffer) => void = () => {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readChunks(path, extensions, entry)) {
    length += chunk.length;
    if (length > greatestBytes) throw tooLarge(path);
    look(chunk);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/**
 * A JSON file as a value; the fault's line is named where it cannot be parsed.
 * @param look is shown each chunk before the next is unwrapped, and may refuse the file
 */
export async function readJson(path: string, look: (chunk: Buffer) => void = () => {}): Promise<unknown> {
  if (statedBytes(path) > GREATEST_JSON_BYTES) throw tooLarge(path);
  const text = await readText(path, look);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message);
    const offset = position === null ? text.length : Number(position[1]);
    throw new Fault('json-invalid', {
      file: path,
      line: text.slice(0, offset).split('\n').length,
      value: text.slice(Math.max(0, offset - 20), offset + 20),
    });
  }
}

/** Its bytes are given back before the text is parsed: both and the value would stand beside each other. */
async function readText(path: string, look: (chunk: Buffer) => void): Promise<string> {
  const bytes = await readInput(path, ['.json', '.geojson'], undefined, GREATEST_JSON_BYTES, look);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * Bytes that a file says it unwraps to, before anything is unwrapped: its own size, or what stands at the end of a
 * gzip, which counts modulo 2^32. A zip's directory is looked at where its file is unpacked.
 */
function statedBytes(path: string): number {
  const isPacked = isGzip(readHead(path));
  const descriptor = openFile(path);
  try {
    const { size } = fstatSync(descriptor);
    if (!isPacked) return size;
    const end = Buffer.alloc(4);
    const bytesRead = readSync(descriptor, end, 0, end.length, Math.max(0, size - end.length));
    return Math.max(size, bytesRead < end.length ? 0 : end.readUInt32LE());
  } finally {
    closeSync(descriptor);
  }
}

/** The first bytes. At once: in turns, it would wait four times for the threads that read networks meanwhile. */
function readHead(path: string): Buffer {
  const descriptor = openFile(path);
  try {
    if (fstatSync(descriptor).isDirectory()) {
      throw new Fault('file-is-folder', { file: path });
    }
    const head = Buffer.alloc(8);
    const bytesRead = readSync(descriptor, head, 0, head.length, 0);
    if (bytesRead === 0) throw emptyFile(path);
    return head.subarray(0, bytesRead);
  } finally {
    closeSync(descriptor);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

function tooLarge(path: string): UsageError {
  return new Fault('file-too-large', { file: path });
}

function emptyFile(path: string): UsageError {
  return new Fault('file-empty', { file: path });
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function isZip(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'PK\x03\x04' || head.toString('latin1', 0, 4) === 'PK\x05\x06';
}

/** First bytes of formats that people give in place of CSV or GeoJSON -> what to say. */
const FOREIGN_FORMATS: ReadonlyArray<{
  starts: string;
  name: string;
  remedy: string;
  /** Readers of this extension take it. */
  extension?: string;
}> = [
  { starts: '\xd0\xcf\x11\xe0', name: 'an Excel workbook (.xls)', remedy: 'Save it as CSV (UTF-8).' },
  { starts: '%PDF', name: 'a PDF', remedy: 'Give the data file itself.' },
  {
    starts: 'SQLite format 3',
    name: 'a GeoPackage',
    remedy: 'Export the layer as CSV or GeoJSON.',
    extension: '.gpkg',
  },
  { starts: 'PAR1', name: 'a Parquet file', remedy: 'Export it as CSV.' },
  { starts: '\x89PNG', name: 'a picture (PNG)', remedy: 'Give the data file itself.' },
  { starts: '\xff\xd8\xff', name: 'a picture (JPEG)', remedy: 'Give the data file itself.' },
  { starts: '\xff\xfe\x00\x00', name: 'text in UTF-32', remedy: 'Save it as UTF-8.' },
  { starts: '\x00\x00\xfe\xff', name: 'text in UTF-32', remedy: 'Save it as UTF-8.' },
  ...['7z\xbc\xaf\x27\x1c', 'Rar!\x1a', '\xfd7zXZ', '\x28\xb5\x2f\xfd', 'BZh'].map((starts) => ({
    starts,
    name: 'packed by another program (7z, rar, xz, zstd or bzip2)',
    remedy: 'Unpack it, and give the data file itself, or packed as .zip or .gz.',
  })),
];

/** @param isPacked whether the bytes come out of a gzip or zip */
function refuseForeignFormat(
  path: string,
  chunk: Buffer,
  extensions: readonly string[],
  isPacked: boolean,
): void {
  const start = chunk.toString('latin1', 0, Math.min(chunk.length, 512));
  if (isPacked && (isGzip(chunk) || isZip(chunk))) {
    throw new Fault('file-packed-twice', { file: path });
  }
  for (const { starts, name, remedy, extension } of FOREIGN_FORMATS) {
    if (extension !== undefined && extensions.includes(extension)) continue;
    if (start.startsWith(starts)) throw new UsageError(`the file is ${name}`, { file: path, remedy });
  }
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|head|\?xml)/i.test(start)) {
    throw new UsageError(`the file is ${/<\?xml/i.test(start) ? 'XML' : 'a web page (HTML)'}`, {
      file: path,
      line: 1,
      value: start.trim().slice(0, 40),
      remedy: 'The download link led to a page instead of the data: download the file itself.',
    });
  }
}

/** A zip and the data files inside. Throws where it is no zip, or a workbook. */
async function openZip(
  path: string,
  extensions: readonly string[],
): Promise<{ zip: ZipArchive; candidates: string[] }> {
  const zip = await ZipArchive.open(path);
  const office = zip.names.includes('[Content_Types].xml')
    ? 'an Excel workbook (.xlsx)'
    : zip.names[0] === 'mimetype'
      ? 'a spreadsheet (.ods)'
      : undefined;
  if (office !== undefined) {
    zip.close();
    throw new UsageError(`the file is ${office}`, { file: path, remedy: 'Save the sheet as CSV (UTF-8).' });
  }
  return { zip, candidates: zip.names.filter((name) => isDataEntry(name, extensions)) };
}

/** Bytes of the one data file of a zip, or that of the name. Throws where there is none, or no way to choose. */
async function* zipped(
  path: string,
  extensions: readonly string[],
  wanted: string | undefined,
): AsyncGenerator<Buffer> {
  const { zip, candidates } = await openZip(path, extensions);
  try {
    const chosen = wanted === undefined ? candidates : candidates.filter((name) => name === wanted);
    if (chosen.length !== 1) {
      throw new UsageError(
        `the zip holds ${chosen.length === 0 ? 'no' : 'several'} ${extensions.join(' or ')} files`,
        {
          file: path,
          value: zip.names.slice(0, 10).join(', '),
          remedy: 'Unpack it and name the file to read in the study.',
        },
      );
    }
    yield* zip.readChunks(chosen[0]!);
  } finally {
    zip.close();
  }
}

/** Documentation beside the data (`meta_…`, `__MACOSX/`) is not data. */
function isDataEntry(name: string, extensions: readonly string[]): boolean {
  const file = basename(name).toLowerCase();
  if (name.startsWith('__MACOSX/') || file.startsWith('.') || file.startsWith('meta_')) return false;
  return extensions.some((extension) => file.endsWith(extension));
}
