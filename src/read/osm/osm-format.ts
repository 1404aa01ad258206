/**
 * Which OSM format a file holds, told by its content and never by its name alone: people save HTML error pages
 * as `.osm.pbf` and rename compressed files. In goes a path; out come the wrapper (none, gzip, bzip2) and the
 * format inside, or a UsageError that says what the file is instead.
 */
import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Fault, UsageError } from '../../common/errors.ts';
import { cannotOpen } from '../../common/file-faults.ts';
import { gunzip } from '../gunzip.ts';
import { refuseBomb } from '../unpack-limits.ts';
import { bunzip2 } from './bunzip2.ts';
import { ACCEPTED, decodeHead, findEncoding, findRootName, refuseRoot, toUtf8 } from './osm-text.ts';

export type OsmWrapper = 'none' | 'gzip' | 'bzip2';

export interface OsmFormat {
  format: 'pbf' | 'xml' | 'json';
  wrapper: OsmWrapper;
  /** Of a text that is not in UTF-8. */
  encoding?: string | undefined;
}

/** Bytes looked at: enough for an XML prolog with comments, or the keys of an Overpass answer. */
const HEAD_BYTES = 4096;
/** Bytes per read. */
const CHUNK_BYTES = 1 << 18;
/** First bytes of what is packed by 7-Zip, RAR, xz, zstd, LZ4. */
const OTHER_PACKERS = ['7z\xbc\xaf', 'Rar!', '\xfd7zXZ', '\x28\xb5\x2f\xfd', '\x04\x22\x4d\x18'];
const DOWNLOAD_AGAIN = 'Download the file again, and compare its size or checksum with the source.';

/** Tells the format of a file. Throws a UsageError where it is missing, empty or no OSM data. */
export async function sniffOsmFormat(path: string): Promise<OsmFormat> {
  const head = await readHead(path);
  const wrapper = wrapperOf(head);
  const inner = wrapper === 'none' ? head : await firstChunk(path, wrapper);
  if (inner.length === 0) throw new Fault('road-file-empty', { file: path });
  return { ...formatOf(path, inner, wrapper), wrapper };
}

/** A text file's unwrapped bytes, in UTF-8; damage of the wrapper is a UsageError. `onProgress` gets the share read. */
export function readUnwrapped(
  path: string,
  { wrapper, encoding }: Pick<OsmFormat, 'wrapper' | 'encoding'>,
  onProgress?: (share: number) => void,
): AsyncGenerator<Buffer> {
  const chunks = readBytes(path, wrapper, onProgress);
  return encoding === undefined ? chunks : toUtf8(path, chunks, encoding);
}

async function* readBytes(
  path: string,
  wrapper: OsmWrapper,
  onProgress?: (share: number) => void,
): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const handle = await open(path);
  const { size } = await handle.stat();
  await handle.close();
  try {
    for await (const chunk of unwrap(path, source, wrapper)) {
      onProgress?.(size === 0 ? 1 : Math.min(1, source.bytesRead / size));
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new Fault('road-file-damaged', { file: path }, { reason: (error as Error).message });
  } finally {
    source.destroy();
  }
}

function unwrap(path: string, source: ReadStream, wrapper: OsmWrapper): AsyncIterable<Buffer> {
  const chunks = source as AsyncIterable<Buffer>;
  if (wrapper === 'none') return chunks;
  if (wrapper === 'gzip') return gunzip(path, source, CHUNK_BYTES);
  return bunzip2(chunks, (unpackedBytes, packedBytes) => refuseBomb(path, unpackedBytes, packedBytes));
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path).catch((error: unknown) => {
    throw cannotOpen(path, error);
  });
  try {
    if ((await handle.stat()).isDirectory()) {
      throw new Fault('road-is-folder', { file: path });
    }
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function firstChunk(path: string, wrapper: OsmWrapper): Promise<Buffer> {
  for await (const chunk of readBytes(path, wrapper)) {
    if (chunk.length > 0) return chunk.subarray(0, HEAD_BYTES);
  }
  return Buffer.alloc(0);
}

function wrapperOf(head: Buffer): OsmWrapper {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (/^BZh[1-9]/.test(head.toString('latin1', 0, 4))) return 'bzip2';
  return 'none';
}

function formatOf(path: string, head: Buffer, wrapper: OsmWrapper): Omit<OsmFormat, 'wrapper'> {
  const refuse = (fault: string, remedy: string, value?: string): never => {
    throw new UsageError(fault, { file: path, remedy, ...(value === undefined ? {} : { value }) });
  };
  if (isPbf(head)) {
    if (wrapper === 'none') return { format: 'pbf' };
    return refuse(
      'an OSM PBF file inside another compression',
      'Unpack it once (gunzip, bunzip2) and give the .osm.pbf.',
    );
  }
  if (wrapper !== 'none' && wrapperOf(head) !== 'none')
    return refuse('the file is packed twice', 'Unpack it once, and give what comes out.');
  const binary = head.toString('latin1', 0, 8);
  if (OTHER_PACKERS.some((starts) => binary.startsWith(starts))) {
    return refuse(
      'the file is packed by another program (7z, rar, xz, zstd or lz4)',
      `Unpack it first. ${ACCEPTED}`,
    );
  }
  if (binary.startsWith('PK')) return refuse('this is a zip archive', `Unpack it first. ${ACCEPTED}`);
  if (binary.startsWith('\xff\xe0') || binary.slice(2).startsWith('o5m')) {
    return refuse('this is an .o5m file', 'Convert it: "osmium cat in.o5m -o out.osm.pbf".');
  }
  const encoding = findEncoding(head);
  const text = decodeHead(path, head, encoding);
  if (text.startsWith('<')) {
    const root = /^<!doctype\s+html/i.test(text) ? 'html' : findRootName(text);
    // A root beyond the bytes looked at is left to the parser.
    if (root !== undefined && root !== 'osm')
      throw refuseRoot(path, root, undefined, /^[^\n]{1,40}/.exec(text)?.[0]);
    return { format: 'xml', encoding };
  }
  if (text.startsWith('{')) return { format: 'json', encoding };
  return refuse(
    'this is no OSM file that can be read',
    `${ACCEPTED} ${DOWNLOAD_AGAIN}`,
    isPrintable(text.slice(0, 40)) ? text.slice(0, 40) : undefined,
  );
}

/** Text of a file that is no text helps nobody. */
function isPrintable(text: string): boolean {
  return !/[^\P{C}\s]|\uFFFD/u.test(text);
}

/** A PBF file starts with the length of a header that holds the type "OSMHeader". */
function isPbf(head: Buffer): boolean {
  return head.length > 16 && head.readUInt32BE(0) < 65_536 && head.subarray(0, 64).includes('OSMHeader');
}
