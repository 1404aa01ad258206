/**
 * The one door to CSV files. In goes a path (plain, `.gz` or `.zip`); out come its records, with columns found
 * by name whatever their case and accents. `scanCsv` streams (grids of some hundred megabytes), `readCsv`
 * keeps the whole as text (lists).
 *
 * A record with other than the header's number of fields is never half-read: missing fields at its end are
 * blank, further ones that are not blank leave it out with a notice.
 */
import { basename } from 'node:path';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import {
  type CsvDialect,
  decoderOf,
  normaliseHeader,
  sniffDialect,
  sniffEncoding,
  toByteEncoding,
} from './csv-dialect.ts';
import {
  type CsvRow,
  EndlessLineError,
  LONGEST_RECORD_BYTES,
  type RowFilter,
  RowScanner,
  UnclosedQuoteError,
} from './csv-rows.ts';
import { readChunks } from './input-bytes.ts';

/** Bytes looked at before the first record is read. */
const HEAD_BYTES = 1 << 16;
export const CSV_EXTENSIONS = ['.csv', '.txt', '.tsv'];

export class CsvHeader {
  private readonly fieldOfName = new Map<string, number>();

  constructor(
    readonly path: string,
    readonly dialect: CsvDialect,
    /** Names as written. */
    readonly names: readonly string[],
  ) {
    names.forEach((name, field) => {
      const key = normaliseHeader(name);
      if (key !== '' && !this.fieldOfName.has(key)) this.fieldOfName.set(key, field);
    });
  }

  /** The field of the first of these (normalised) names that the file has, else -1. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const field = this.fieldOfName.get(name);
      if (field !== undefined) return field;
    }
    return -1;
  }

  /** As `find`, but throws a UsageError that lists the columns found. */
  get(what: string, ...names: readonly string[]): number {
    const field = this.find(...names);
    if (field >= 0) return field;
    const hasHeader = this.names.some((name) => !/^[-\d.,\s]*$/.test(name));
    throw new UsageError(`the column of the ${what} is missing`, {
      file: this.path,
      line: 1,
      value: this.names.join(this.dialect.separator),
      remedy: hasHeader
        ? `Name it ${names.slice(0, 3).join(' or ')}; the columns found are listed above.`
        : 'The first line must hold the names of the columns.',
    });
  }
}

export interface CsvHandler {
  /** Normalised names of columns the reader knows, to choose between separators. */
  knownColumns: ReadonlySet<string>;
  /** Called once, before any record; may throw a UsageError. */
  onHeader(header: CsvHeader): void;
  /** Asked after `onHeader`: which records may be left out before they are read. */
  findRowFilter?(): RowFilter | undefined;
  /** Called for each record with a usable number of fields; the row is reused. */
  onRow(row: CsvRow): void;
}

/**
 * Streams a CSV, of a zip the entry named. Throws a UsageError where no record has the header's number of fields.
 */
export async function scanCsv(
  path: string,
  handler: CsvHandler,
  notices: NoticeList,
  entry?: string,
): Promise<void> {
  const chunks = readChunks(path, CSV_EXTENSIONS, entry);
  const head = await readHead(chunks);
  const encoding = sniffEncoding(head.bytes, head.isWhole);
  if (encoding.startsWith('utf-16')) {
    const rest: Buffer[] = [head.bytes];
    for await (const chunk of chunks) rest.push(chunk);
    head.bytes = Buffer.concat(rest);
    head.isWhole = true;
  }
  const bytes = toByteEncoding(head.bytes, encoding);
  const dialect = sniffDialect(
    path,
    bytes.subarray(0, HEAD_BYTES),
    encoding,
    head.isWhole && bytes.length <= HEAD_BYTES,
    handler.knownColumns,
  );
  const rows = new RowChecker(path, dialect, handler, notices);
  const scanner = new RowScanner(
    dialect.separator.charCodeAt(0),
    dialect.newline,
    decoderOf(encoding),
    (row) => {
      rows.accept(row);
      scanner.filter = rows.filter;
    },
  );
  try {
    scanner.push(bytes);
    for await (const chunk of chunks) scanner.push(chunk);
    scanner.end();
  } catch (error) {
    if (error instanceof EndlessLineError) {
      throw new UsageError(`a line is longer than ${LONGEST_RECORD_BYTES >> 20} MB, so this is no table`, {
        file: path,
        line: error.line,
        remedy: 'Give the CSV itself; it may be damaged, or another kind of file.',
      });
    }
    if (!(error instanceof UnclosedQuoteError)) throw error;
    throw new UsageError('a quote is opened and never closed', {
      file: path,
      line: error.line,
      remedy: 'Close it, or double the quotes inside a quoted field.',
    });
  }
  rows.finish();
}

export interface CsvRecord {
  /** 1-based line of the file on which the record begins. */
  line: number;
  /** Fields without outer spaces, as many as the header has. */
  fields: string[];
}

export interface CsvTable {
  header: CsvHeader;
  records: CsvRecord[];
}

/** Reads a whole CSV as text. */
export async function readCsv(
  path: string,
  knownColumns: readonly string[],
  notices: NoticeList,
): Promise<CsvTable> {
  const records: CsvRecord[] = [];
  let header: CsvHeader | undefined;
  let columnCount = 0;
  await scanCsv(
    path,
    {
      knownColumns: new Set(knownColumns),
      onHeader(found) {
        header = found;
        columnCount = found.names.length;
      },
      onRow(row) {
        const fields = new Array<string>(columnCount);
        for (let field = 0; field < columnCount; field++) fields[field] = row.text(field);
        records.push({ line: row.line, fields });
      },
    },
    notices,
  );
  if (header === undefined) throw new UsageError('the file holds no line', { file: path });
  return { header, records };
}

/** The first bytes, at least `HEAD_BYTES` of them where there are as many. */
async function readHead(chunks: AsyncGenerator<Buffer>): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) return { bytes: Buffer.concat(parts), isWhole: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { bytes: parts.length === 1 ? parts[0] : Buffer.concat(parts), isWhole: false };
}

/** Tells the header from the records, and records of the right length from the others. */
class RowChecker {
  filter: RowFilter | undefined;
  private columnCount = 0;
  private usableCount = 0;
  private firstUnusableLine = 0;
  private firstUnusableCount = 0;

  constructor(
    private readonly path: string,
    private readonly dialect: CsvDialect,
    private readonly handler: CsvHandler,
    private readonly notices: NoticeList,
  ) {}

  accept(row: CsvRow): void {
    if (this.columnCount === 0) {
      this.columnCount = row.fieldCount;
      const names = Array.from({ length: row.fieldCount }, (_, field) => row.text(field));
      this.handler.onHeader(new CsvHeader(this.path, this.dialect, names));
      const filter = this.handler.findRowFilter?.();
      if (filter === undefined) return;
      this.filter = {
        ...filter,
        onSkipped: () => {
          this.usableCount++;
          filter.onSkipped();
        },
      };
      return;
    }
    if (row.fieldCount === this.columnCount) {
      this.usableCount++;
      this.handler.onRow(row);
    } else this.acceptOddLength(row);
  }

  finish(): void {
    if (this.columnCount === 0) throw new UsageError('the file holds no line', { file: this.path });
    if (this.usableCount > 0 || this.firstUnusableLine === 0) return;
    const isTooMany = this.firstUnusableCount > this.columnCount;
    throw new UsageError(
      `no row has the ${this.columnCount} fields of the header: the first has ${this.firstUnusableCount}`,
      {
        file: this.path,
        line: this.firstUnusableLine,
        remedy:
          isTooMany && this.dialect.separator === ','
            ? 'Decimal commas cannot stand in a file whose columns are separated by commas: separate them by ";", or write decimal points.'
            : `The header separates its columns by ${JSON.stringify(this.dialect.separator)}; the rows must do so too.`,
      },
    );
  }

  private acceptOddLength(row: CsvRow): void {
    let isUsable = row.fieldCount > 1 && row.fieldCount > this.columnCount / 2;
    for (let field = this.columnCount; isUsable && field < row.fieldCount; field++) {
      if (!row.isEmpty(field)) isUsable = false;
    }
    if (isUsable) {
      this.usableCount++;
      this.handler.onRow(row);
      if (row.fieldCount > this.columnCount) return;
    } else if (this.firstUnusableLine === 0) {
      this.firstUnusableLine = row.line;
      this.firstUnusableCount = row.fieldCount;
    }
    this.notices.add({
      code: 'csv-row-of-odd-length',
      severity: 'warning',
      message: `the row has ${row.fieldCount} fields, the header ${this.columnCount}`,
      action: isUsable ? 'the missing fields read as blank' : 'row left out',
      file: basename(this.path),
      row: row.line,
    });
  }
}
