/**
 * A ZIP archive, whoever made it. In goes a path; out come its files, each as a stream of bytes whose size and CRC-32
 * are checked against the archive's directory. What cannot be trusted is refused with its remedy: encrypted or
 * unknown packing, names that lead out of a folder, sizes that lie, two files of one name, bombs.
 *
 * Format: PKWARE APPNOTE 6.3.10, read by yauzl, which checks neither CRC nor how plausible a size is.
 */
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { crc32 } from '../common/crc32.ts';
import { Fault, UsageError } from '../common/errors.ts';
import { refuseBomb } from './unpack-limits.ts';

/** Bytes per chunk: yauzl's own are of 16 KB, and cost a third more. */
const CHUNK_BYTES = 1 << 20;
/** Files in one archive; feeds hold 10 to 30, and the largest bundle of INSEE some 100. */
const GREATEST_ENTRY_COUNT = 10_000;
/** Bytes of one file that is read whole. */
const GREATEST_WHOLE_BYTES = 2 ** 31;
const STORED = 0;
const DEFLATED = 8;

export class ZipArchive {
  /** What messages call it. */
  readonly label: string;
  /** Names of the files inside, in the archive's order; folders are left out. */
  readonly names: readonly string[];
  private readonly zip: ZipFile;
  private readonly entryOfName: ReadonlyMap<string, Entry>;

  private constructor(
    private readonly path: string,
    label: string,
    zip: ZipFile,
    entryOfName: ReadonlyMap<string, Entry>,
  ) {
    this.label = label;
    this.zip = zip;
    this.entryOfName = entryOfName;
    this.names = [...entryOfName.keys()];
  }

  /**
   * Reads the directory of an archive.
   * @param label what messages call it; its path where not given
   * @throws UsageError where it is damaged or cannot be trusted
   */
  static async open(path: string, label = path): Promise<ZipArchive> {
    const { default: yauzl } = await import('yauzl');
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) => {
        if (error === null && file !== undefined) resolve(file);
        else reject(unreadable(label, error));
      });
    });
    try {
      return new ZipArchive(path, label, zip, await listEntries(label, zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.zip.close();
  }

  /** The unpacked bytes of a file inside, checked. @throws UsageError where they are not what the directory says */
  async *readChunks(name: string): AsyncGenerator<Buffer> {
    const entry = this.entryOfName.get(name)!;
    const place = `${this.label}/${name}`;
    refuseUnreadable(place, entry);
    const stream = await this.openStream(entry).catch((error: unknown) => {
      throw unreadable(place, error);
    });
    let length = 0;
    let checksum = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        length += chunk.length;
        refuseBomb(place, length, entry.compressedSize);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw unreadable(place, error);
    } finally {
      stream.destroy();
    }
    if (length !== entry.uncompressedSize) {
      throw damaged(place, `it unpacks to ${length} bytes, its archive says ${entry.uncompressedSize}`);
    }
    if (checksum !== entry.crc32) throw damaged(place, 'its checksum (CRC-32) does not hold');
  }

  /**
   * A file inside, whole.
   * @param look is shown each chunk before the next is unpacked, and may refuse it
   * @throws UsageError as `readChunks`, and where it is too large to be held at once
   */
  async readWhole(name: string, look: (chunk: Buffer) => void = () => {}): Promise<Buffer> {
    const { uncompressedSize, compressedSize } = this.entryOfName.get(name)!;
    const place = `${this.label}/${name}`;
    // Before memory is asked for: the stated size may be anything.
    refuseBomb(place, uncompressedSize, compressedSize);
    if (uncompressedSize > GREATEST_WHOLE_BYTES) {
      throw new Fault('zip-member-too-large', { file: place }, { bytes: uncompressedSize });
    }
    const bytes = Buffer.allocUnsafe(uncompressedSize);
    let length = 0;
    // A file longer than stated fails when its last chunk is checked.
    for await (const chunk of this.readChunks(name)) {
      look(chunk);
      length += chunk.copy(bytes, length);
    }
    return bytes.subarray(0, length);
  }

  /** By a stream of its own: yauzl's fails, uncaught, where it is left half-read and the archive is closed. */
  private async openStream(entry: Entry): Promise<Readable> {
    const start = await this.findData(entry);
    if (entry.compressedSize === 0) return Readable.from([]);
    const end = start + entry.compressedSize - 1;
    const stream = createReadStream(this.path, { start, end, highWaterMark: CHUNK_BYTES });
    if (entry.compressionMethod !== DEFLATED) return stream;
    // Errors of either stream surface in the one that is read.
    return pipeline(stream, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {});
  }

  /** First byte of a file's packed content. */
  private findData(entry: Entry): Promise<number> {
    return new Promise((resolve, reject) => {
      // Of yauzl 3; its types are those of 2.
      const zip = this.zip as ZipFile & {
        readLocalFileHeader(
          entry: Entry,
          options: { minimal: true },
          done: (error: Error | null, header?: { fileDataStart: number }) => void,
        ): void;
      };
      zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => {
        if (error !== null || header === undefined) reject(error ?? new Error('no header'));
        else resolve(header.fileDataStart);
      });
    });
  }
}

function listEntries(label: string, zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entryOfName = new Map<string, Entry>();
    let entryCount = 0;
    zip.on('entry', (entry: Entry) => {
      entryCount++;
      if (entryCount > GREATEST_ENTRY_COUNT) return reject(tooMany(label));
      if (!entry.fileName.endsWith('/')) {
        if (entryOfName.has(entry.fileName)) return reject(heldTwice(label, entry.fileName));
        entryOfName.set(entry.fileName, entry);
      }
      zip.readEntry();
    });
    zip.once('end', () => resolve(entryOfName));
    zip.once('error', (error: Error) => reject(unreadable(label, error)));
    zip.readEntry();
  });
}

function tooMany(label: string): UsageError {
  return new Fault('zip-with-too-many-files', { file: label }, { most: GREATEST_ENTRY_COUNT });
}

function heldTwice(label: string, name: string): UsageError {
  return new Fault('zip-names-repeated', { file: label, value: name });
}

function refuseUnreadable(place: string, entry: Entry): void {
  if (entry.isEncrypted()) {
    throw new Fault('zip-encrypted', { file: place });
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new Fault('zip-method-unknown', { file: place }, { method: entry.compressionMethod });
  }
  if (entry.compressionMethod === DEFLATED) refuseBomb(place, entry.uncompressedSize, entry.compressedSize);
}

function damaged(place: string, reason: string): UsageError {
  return new Fault('zip-member-damaged', { file: place }, { reason });
}

/** What yauzl or zlib say, as the user's file's defect. */
function unreadable(place: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message : String(error);
  const name = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/.exec(reason);
  if (name !== null) {
    return new Fault('zip-name-leads-out', { file: place, value: name[1]! });
  }
  if ((error as NodeJS.ErrnoException | null)?.code === 'EMFILE') {
    return new Fault('too-many-files-open', { file: place });
  }
  return new Fault('zip-unreadable', { file: place }, { reason });
}
