/**
 * The outer layer of an OSM PBF file: blob headers located, blobs inflated. In goes a path; out come the
 * inflated `PrimitiveBlock` bytes in file order. Inflating runs on Node's thread pool, some blobs ahead of the
 * decoder. Format: https://wiki.openstreetmap.org/wiki/PBF_Format
 */
import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { inflate } from 'node:zlib';
import { Fault, UsageError } from '../../common/errors.ts';
import { cannotOpen } from '../../common/file-faults.ts';
import { UnsortedError } from './pbf-errors.ts';

export interface Blob {
  index: number;
  type: string;
  /** Byte offset of the `Blob` message in the file, and its length in bytes. */
  offset: number;
  length: number;
}

/** Greatest sizes that the format allows, bytes. */
const LARGEST_BLOB_HEADER = 64 * 1024;
const LARGEST_BLOB = 32 * 1024 * 1024;
/**
 * What blobs may unpack to for each packed byte, above `FREE_BYTES` in one blob, or in all that have been read. Real
 * ones unpack to 2 to 10; zlib packs zeros 1 to 1000, and millions of elements of nothing take minutes and gigabytes.
 */
const GREATEST_RATIO = 50;
const FREE_BYTES = 1 << 20;
const FREE_BYTES_IN_ALL = 16 << 20;
/** Fields of data that is packed by other methods -> their names. */
const OTHER_METHODS: ReadonlyMap<number, string> = new Map([
  [4, 'LZMA'],
  [5, 'bzip2'],
  [6, 'LZ4'],
  [7, 'zstd'],
]);
/** Blobs inflated ahead of the decoder: enough to keep one thread of the pool busy, bounded in memory. */
const BLOBS_AHEAD = 6;
/** Compressed bytes inflated ahead while the references are sorted: some 60 MB inflated. */
const BYTES_AHEAD = 20_000_000;

export class PbfFile {
  private packedBytes = 0;
  private unpackedBytes = 0;

  private constructor(
    readonly path: string,
    readonly sizeBytes: number,
    readonly blobs: readonly Blob[],
    private readonly handle: FileHandle,
  ) {}

  /** Opens a file and lists its blobs without inflating any. Throws a UsageError that names the faulty blob. */
  static async open(path: string): Promise<PbfFile> {
    const handle = await openFile(path);
    try {
      const { size } = await handle.stat();
      if (size === 0) throw new Fault('pbf-empty', { file: path });
      return new PbfFile(path, size, listBlobs(path, handle.fd, size), handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The inflated bytes of one blob. */
  async inflateBlob(blob: Blob): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafe(blob.length);
    // Synchronously: the inflating then starts at once, on its own thread, whatever this one does next.
    const bytesRead = readSync(this.handle.fd, bytes, 0, blob.length, blob.offset);
    if (bytesRead !== blob.length) throw this.damaged(blob, 'it is cut short');
    let raw: Uint8Array | undefined;
    let compressed: Uint8Array | undefined;
    let rawSize = 0;
    const reader = new FieldReader(bytes, 0, bytes.length);
    try {
      while (reader.next()) {
        if (reader.field === 1 && reader.wire === 2) raw = reader.bytes();
        else if (reader.field === 2 && reader.wire === 0) rawSize = reader.varint();
        else if (reader.field === 3 && reader.wire === 2) compressed = reader.bytes();
        else if (OTHER_METHODS.has(reader.field) && reader.wire === 2)
          throw this.packedOtherwise(blob, reader.field);
        else reader.skip();
      }
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw this.damaged(blob, 'its fields cannot be read');
    }
    if (raw !== undefined) return raw;
    if (compressed === undefined) throw this.damaged(blob, 'it holds no data');
    if (rawSize <= 0 || rawSize > LARGEST_BLOB)
      throw this.damaged(blob, `it states a size of ${rawSize} bytes`);
    this.refuseBomb(blob, rawSize, compressed.length);
    const inflated = await this.inflateBytes(compressed, rawSize, blob);
    if (inflated.length !== rawSize) throw this.damaged(blob, 'its inflated size is not the stated one');
    return inflated;
  }

  /** Before anything is inflated: what a blob states is all that it may hold. */
  private refuseBomb(blob: Blob, rawSize: number, packedSize: number): void {
    this.unpackedBytes += rawSize;
    this.packedBytes += packedSize;
    const isBomb =
      (rawSize > FREE_BYTES && rawSize > packedSize * GREATEST_RATIO) ||
      (this.unpackedBytes > FREE_BYTES_IN_ALL && this.unpackedBytes > this.packedBytes * GREATEST_RATIO);
    if (!isBomb) return;
    throw new Fault(
      'blob-unpacks-too-far',
      { file: this.path, value: `${packedSize} -> ${rawSize}` },
      { blob: blob.index, type: blob.type, byte: blob.offset, ratio: GREATEST_RATIO },
    );
  }

  private packedOtherwise(blob: Blob, field: number): UsageError {
    return new Fault(
      'blob-packed-otherwise',
      { file: this.path },
      { blob: blob.index, type: blob.type, byte: blob.offset, method: OTHER_METHODS.get(field) ?? '' },
    );
  }

  /** Inflated blobs `from`..`to` (exclusive) in file order, the next ones being inflated meanwhile. */
  async *inflateBlobs(
    from: number,
    to: number,
    pending: Array<Promise<Uint8Array>> = [],
  ): AsyncGenerator<{ blob: Blob; bytes: Uint8Array }> {
    try {
      for (let i = from; i < to; i++) {
        while (pending.length < BLOBS_AHEAD && i + pending.length < to)
          pending.push(this.startInflating(i + pending.length));
        const bytes = await pending.shift()!;
        yield { blob: this.blobs[i]!, bytes };
      }
    } finally {
      await Promise.allSettled(pending);
    }
  }

  /**
   * Begins to inflate blobs `from`..`to` (exclusive), as many as `BYTES_AHEAD` allows, while this thread does
   * something else; the result goes to `inflateBlobs`.
   */
  inflateAhead(from: number, to: number): Array<Promise<Uint8Array>> {
    const pending: Array<Promise<Uint8Array>> = [];
    let bytes = 0;
    for (let i = from; i < to && bytes < BYTES_AHEAD; i++) {
      bytes += this.blobs[i]!.length;
      pending.push(this.startInflating(i));
    }
    return pending;
  }

  private startInflating(index: number): Promise<Uint8Array> {
    const bytes = this.inflateBlob(this.blobs[index]!);
    bytes.catch(() => {}); // Its error is thrown where its turn comes.
    return bytes;
  }

  /** The error for a blob whose content cannot be decoded. */
  damaged(blob: Blob, fault: string): UsageError {
    return new Fault(
      'blob-damaged',
      { file: this.path },
      { blob: blob.index, type: blob.type, byte: blob.offset, reason: fault },
    );
  }

  /** Runs a decoder; any fault of it becomes an error that names the blob. */
  guard<T>(blob: Blob, decode: () => T): T {
    try {
      return decode();
    } catch (error) {
      if (error instanceof UsageError || error instanceof UnsortedError) throw error;
      throw this.damaged(blob, error instanceof RangeError ? error.message : 'it cannot be decoded');
    }
  }

  private inflateBytes(compressed: Uint8Array, rawSize: number, blob: Blob): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      // One chunk of the stated size: the default of 16 KiB would hop between threads a dozen times a blob.
      inflate(
        compressed,
        { chunkSize: Math.max(64, rawSize + 1), maxOutputLength: Math.max(64, rawSize + 1) },
        (error: NodeJS.ErrnoException | null, result) => {
          if (error?.code === 'ERR_BUFFER_TOO_LARGE')
            reject(this.damaged(blob, `it unpacks to more than the ${rawSize} bytes that it states`));
          else if (error) reject(this.damaged(blob, `its data cannot be inflated (${error.message})`));
          else resolve(result);
        },
      );
    });
  }
}

/** Walks the fields of one protobuf message. Throws RangeError where the bytes end too early. */
export class FieldReader {
  field = 0;
  wire = 0;

  constructor(
    readonly buffer: Uint8Array,
    public position: number,
    readonly end: number,
  ) {
    if (end > buffer.length) throw new RangeError('field beyond the end');
  }

  next(): boolean {
    if (this.position >= this.end) return false;
    const key = this.varint();
    this.field = key >>> 3;
    this.wire = key & 7;
    return true;
  }

  /** Unsigned varint up to 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.position >= this.end) throw new RangeError('varint beyond the end');
      const byte = this.buffer[this.position++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
      if (scale > 2 ** 70) throw new RangeError('varint too long');
    }
  }

  bytes(): Uint8Array {
    const end = this.lengthEnd();
    const start = this.position;
    this.position = end;
    return this.buffer.subarray(start, end);
  }

  /** Where the bytes of the field end, once their length is read; they begin at `position`. */
  lengthEnd(): number {
    const length = this.varint();
    const end = this.position + length;
    if (end > this.end) throw new RangeError('field beyond the end');
    return end;
  }

  skip(): void {
    if (this.wire === 0) this.varint();
    else if (this.wire === 2) this.bytes();
    else if (this.wire === 5) this.position += 4;
    else if (this.wire === 1) this.position += 8;
    else throw new RangeError(`unknown wire type ${this.wire}`);
    if (this.position > this.end) throw new RangeError('field beyond the end');
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** Reads the headers only: synchronous, since thousands of tiny reads cost more in promises than in reading. */
function listBlobs(path: string, fd: number, size: number): Blob[] {
  const blobs: Blob[] = [];
  const cut = (at: number, fault: string) =>
    new Fault('pbf-cut', { file: path }, { blob: blobs.length, byte: at, reason: fault });
  const buffer = Buffer.allocUnsafe(4 + 256);
  let at = 0;
  while (at < size) {
    const bytesRead = readSync(fd, buffer, 0, Math.min(buffer.length, size - at), at);
    if (bytesRead < 4) throw cut(at, 'the length of a blob header is missing');
    const headerLength = buffer.readUInt32BE(0);
    if (headerLength === 0 || headerLength > LARGEST_BLOB_HEADER) {
      if (blobs.length === 0) throw notPbf(path);
      throw cut(at, `a blob header of ${headerLength} bytes`);
    }
    let header: Uint8Array = buffer.subarray(4, 4 + headerLength);
    if (4 + headerLength > bytesRead) {
      if (at + 4 + headerLength > size)
        throw blobs.length === 0 ? notPbf(path) : cut(at, 'a blob header ends too early');
      const whole = Buffer.allocUnsafe(headerLength);
      readSync(fd, whole, 0, headerLength, at + 4);
      header = whole;
    }
    const { type, length } = parseBlobHeader(header, () =>
      blobs.length === 0 ? notPbf(path) : cut(at, 'an unreadable blob header'),
    );
    if (blobs.length === 0 && type !== 'OSMHeader') throw notPbf(path);
    const offset = at + 4 + headerLength;
    if (length > LARGEST_BLOB) throw cut(at, `a blob of ${length} bytes`);
    if (type !== 'OSMHeader' && type !== 'OSMData') {
      // Readers may leave out kinds that they do not know; nobody writes any, and a letter that flipped makes one.
      throw new Fault(
        'blob-of-unknown-kind',
        { file: path, value: type },
        { blob: blobs.length, byte: offset },
      );
    }
    if (offset + length > size) throw cut(at, `the blob states ${length} bytes, ${size - offset} are left`);
    blobs.push({ index: blobs.length, type, offset, length });
    at = offset + length;
  }
  return blobs;
}

function parseBlobHeader(header: Uint8Array, fault: () => UsageError): { type: string; length: number } {
  let type = '';
  let length = -1;
  try {
    const reader = new FieldReader(header, 0, header.length);
    while (reader.next()) {
      if (reader.field === 1 && reader.wire === 2) type = Buffer.from(reader.bytes()).toString('latin1');
      else if (reader.field === 3 && reader.wire === 0) length = reader.varint();
      else reader.skip();
    }
  } catch {
    throw fault();
  }
  if (type === '' || length < 0) throw fault();
  return { type, length };
}

function notPbf(path: string): UsageError {
  return new Fault('pbf-foreign', { file: path });
}
