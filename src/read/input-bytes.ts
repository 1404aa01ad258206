/**
 * The bytes of an input file, whatever wraps it. In goes a path; out come chunks of the file itself, of what
 * its `.gz` holds, or of the one data file inside its `.zip`. The wrapper is recognised by its first bytes,
 * not by the name. What cannot be a data file (empty, HTML saved under another name, a workbook) is refused
 * here with its remedy, so that no reader has to.
 */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { UsageError } from '../common/errors.ts';

/** Bytes per read: large enough that the cost of a chunk does not show, small enough to stay in the cache. */
const CHUNK_BYTES = 1 << 20;

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
  const stream = isGzip(head)
    ? createReadStream(path, { highWaterMark: CHUNK_BYTES }).pipe(createGunzip({ chunkSize: CHUNK_BYTES }))
    : isZip(head)
      ? await openZipEntry(path, extensions, entry)
      : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let isFirst = true;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (isFirst) refuseForeignFormat(path, chunk, extensions);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the file cannot be unpacked: ${(error as Error).message}`, {
      file: path,
      remedy: 'It is probably cut short or damaged: download it again.',
    });
  }
  if (isFirst) throw emptyFile(path);
}

/** The data files inside a zip, in its order; undefined where the file is no zip. */
export async function listZipEntries(
  path: string,
  extensions: readonly string[],
): Promise<string[] | undefined> {
  if (!isZip(readHead(path))) return undefined;
  const { zip, candidates } = await openZip(path, extensions);
  zip.close();
  return candidates.map(({ fileName }) => fileName);
}

/** The whole unwrapped file. */
export async function readInput(
  path: string,
  extensions: readonly string[],
  entry?: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(path, extensions, entry)) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** A JSON file as a value; the fault's line is named where it cannot be parsed. */
export async function readJson(path: string): Promise<unknown> {
  const bytes = await readInput(path, ['.json', '.geojson']);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message);
    const offset = position === null ? text.length : Number(position[1]);
    throw new UsageError('the file is not valid JSON', {
      file: path,
      line: text.slice(0, offset).split('\n').length,
      value: text.slice(Math.max(0, offset - 20), offset + 20),
      remedy: 'It is probably cut short, or another format: download or export it again.',
    });
  }
}

/** The first bytes. At once: in turns, it would wait four times for the threads that read networks meanwhile. */
function readHead(path: string): Buffer {
  const descriptor = openFile(path);
  try {
    if (fstatSync(descriptor).isDirectory()) {
      throw new UsageError('this is a folder, not a file', {
        file: path,
        remedy: 'Name the file inside it.',
      });
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
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`the file cannot be opened (${code ?? message})`, {
      file: path,
      remedy: 'Check the path; paths of a study are relative to the study file.',
    });
  }
}

function emptyFile(path: string): UsageError {
  return new UsageError('the file is empty', { file: path, remedy: 'Download or export it again.' });
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
];

function refuseForeignFormat(path: string, chunk: Buffer, extensions: readonly string[]): void {
  const start = chunk.toString('latin1', 0, Math.min(chunk.length, 512));
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
): Promise<{ zip: ZipFile; names: string[]; candidates: Entry[] }> {
  const { default: yauzl } = await import('yauzl');
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) => {
      if (error === null && file !== undefined) resolve(file);
      else
        reject(
          new UsageError(`the zip cannot be read: ${error?.message}`, {
            file: path,
            remedy: 'Download it again.',
          }),
        );
    });
  });
  const entries = await listEntries(zip);
  const names = entries.map((entry) => entry.fileName);
  if (names.includes('[Content_Types].xml')) {
    zip.close();
    throw new UsageError('the file is an Excel workbook (.xlsx)', {
      file: path,
      remedy: 'Save the sheet as CSV (UTF-8).',
    });
  }
  return { zip, names, candidates: entries.filter((entry) => isDataEntry(entry.fileName, extensions)) };
}

/** Opens the one data file of a zip, or that of the name. Throws where there is none, or no way to choose. */
async function openZipEntry(
  path: string,
  extensions: readonly string[],
  wanted: string | undefined,
): Promise<Readable> {
  const { zip, names, candidates } = await openZip(path, extensions);
  const chosen = wanted === undefined ? candidates : candidates.filter(({ fileName }) => fileName === wanted);
  if (chosen.length !== 1) {
    zip.close();
    throw new UsageError(
      `the zip holds ${chosen.length === 0 ? 'no' : 'several'} ${extensions.join(' or ')} files`,
      {
        file: path,
        value: names.slice(0, 10).join(', '),
        remedy: 'Unpack it and name the file to read in the study.',
      },
    );
  }
  return new Promise<Readable>((resolve, reject) => {
    const [entry] = chosen;
    // Inflated here in chunks as large as the readers want: yauzl's own are of 16 KB, and cost a third more.
    const isDeflated = entry.compressionMethod === 8 && !entry.isEncrypted();
    const onStream = (error: Error | null, stream: Readable | undefined) => {
      if (error !== null || stream === undefined) return reject(error ?? new Error('no stream'));
      stream.once('close', () => zip.close());
      resolve(
        isDeflated
          ? // Errors of either stream surface in the one that is read.
            (pipeline(stream, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {}) as Readable)
          : stream,
      );
    };
    if (isDeflated)
      zip.openReadStream(entry, { decompress: false, decrypt: null, start: null, end: null }, onStream);
    else zip.openReadStream(entry, onStream);
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

/** Documentation beside the data (`meta_…`, `__MACOSX/`) is not data. */
function isDataEntry(name: string, extensions: readonly string[]): boolean {
  const file = basename(name).toLowerCase();
  if (name.startsWith('__MACOSX/') || file.startsWith('.') || file.startsWith('meta_')) return false;
  return extensions.some((extension) => file.endsWith(extension));
}
