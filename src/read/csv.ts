/**
 * The one door to CSV files. In goes a path (plain, `.gz` or `.zip`); out come its records, with columns found
 * by name whatever their case and accents. `scanCsv` streams (grids of some hundred megabytes), `readCsv`
 * keeps the whole as text (lists).
 *
 * A record with other than the header's number of fields is never half-read: missing fields at its end are
 * blank, further ones that are not blank leave it out with a notice. Blank rows are nothing, whatever they are
 * blank with; notes and totals below a table are left out, with a notice.
 */
import { basename } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';
import type { NoticeList } from '../common/notices.ts';
import { type CsvDialect, decoderOf, sniffDialect, sniffEncoding, toByteEncoding } from './csv-dialect.ts';
import { keysOfHeading } from './csv-headings.ts';
import { type CsvRow, EndlessLineError, type RowFilter, RowScanner, UnclosedQuoteError } from './csv-rows.ts';
import { DecimalMarks } from './decimal-marks.ts';
import { readChunks } from './input-bytes.ts';
import { noticeOpenLine, RowEnds } from './open-last-line.ts';
import { endlessLine, TableGuard } from './table-guard.ts';

/** Bytes looked at before the first record is read. */
const HEAD_BYTES = 1 << 16;
export const CSV_EXTENSIONS = ['.csv', '.txt', '.tsv'];

export class CsvHeader {
  private readonly fieldOfKey = new Map<string, number>();
  /** field -> 1 once a reader has asked for it. */
  private readonly isUsed: Uint8Array;

  constructor(
    readonly path: string,
    readonly dialect: CsvDialect,
    /** Names as written. */
    readonly names: readonly string[],
    /** 1-based line of the file on which they stand. */
    readonly line = 1,
  ) {
    this.isUsed = new Uint8Array(names.length);
    const keys = names.map(keysOfHeading);
    // What is written decides before what it could be read as: `Population` before `Population (2015)`.
    for (let rank = 0; rank < Math.max(0, ...keys.map(({ length }) => length)); rank++) {
      keys.forEach((ofName, field) => {
        const key = ofName[rank];
        if (key !== undefined && !this.fieldOfKey.has(key)) this.fieldOfKey.set(key, field);
      });
    }
  }

  /** The field of the first of these (normalised) names that the file has, else -1. It counts as used then. */
  find(...names: readonly string[]): number {
    const field = this.fieldOf(...names);
    if (field >= 0) this.isUsed[field] = 1;
    return field;
  }

  /** As `find`, for a look that is no use. */
  fieldOf(...names: readonly string[]): number {
    for (const name of names) {
      const field = this.fieldOfKey.get(name);
      if (field !== undefined) return field;
    }
    return -1;
  }

  has(...names: readonly string[]): boolean {
    return this.fieldOf(...names) >= 0;
  }

  /** Fields that no reader has asked for. */
  unusedFields(): number[] {
    return this.names.flatMap((_, field) => (this.isUsed[field] === 1 ? [] : [field]));
  }

  /** As `find`, but throws a UsageError that lists the columns found. */
  get(what: string, ...names: readonly string[]): number {
    const field = this.find(...names);
    if (field >= 0) return field;
    const hasHeader = this.names.some((name) => !/^[-\d.,\s]*$/.test(name));
    throw new UsageError(`the column of the ${what} is missing`, {
      file: this.path,
      line: this.line,
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
    const guard = new TableGuard(path);
    for await (const chunk of chunks) {
      guard.look(chunk);
      rest.push(chunk);
    }
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
  const guard = new TableGuard(path);
  try {
    scanner.push(bytes);
    for await (const chunk of chunks) {
      guard.look(chunk);
      scanner.push(chunk);
    }
    scanner.end();
  } catch (error) {
    if (error instanceof EndlessLineError) {
      throw endlessLine(path, error.line);
    }
    if (!(error instanceof UnclosedQuoteError)) throw error;
    throw new Fault('quote-open', { file: path, line: error.line });
  }
  rows.finish(scanner.isLastLineOpen);
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
  /** What all of its numbers show of decimals and thousands. */
  marks: DecimalMarks;
}

/** Reads a whole CSV as text. */
export function readCsv(
  path: string,
  knownColumns: readonly string[],
  notices: NoticeList,
): Promise<CsvTable> {
  return whileReading(path, () => readTable(path, knownColumns, notices));
}

async function readTable(
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
  if (header === undefined) throw holdsNoLine(path);
  if (records.length === 0) {
    notices.add({
      code: 'table-without-rows',
      severity: 'warning',
      message: 'the table has nothing but its headings',
      action: 'nothing is taken from it',
      file: basename(path),
    });
  }
  const marks = new DecimalMarks();
  for (const { fields } of records) marks.lookAtRow(fields);
  return { header, records, marks };
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
  /** Fields of the header, and up to its last name. */
  private columnCount = 0;
  private namedCount = 0;
  /** Records still to pass by until the data begin. */
  private recordsAbove = 0;
  private usableCount = 0;
  private readonly lastEnd = new RowEnds();
  private firstUnusableLine = 0;
  private firstUnusableCount = 0;

  constructor(
    private readonly path: string,
    private readonly dialect: CsvDialect,
    private readonly handler: CsvHandler,
    private readonly notices: NoticeList,
  ) {
    const { headings } = dialect;
    if (headings === undefined) return;
    this.recordsAbove = headings.recordCount;
    this.startTable(headings.names, headings.line);
    if (headings.line > 1) this.noticeTitles(headings.line);
  }

  accept(row: CsvRow): void {
    if (this.columnCount === 0) {
      const names = Array.from({ length: row.fieldCount }, (_, field) => row.text(field));
      this.startTable(names, row.line);
      this.startFilter();
      return;
    }
    if (this.recordsAbove > 0) {
      this.recordsAbove--;
      if (this.recordsAbove === 0) this.startFilter();
      return;
    }
    if (this.isNoRecord(row)) return;
    if (row.fieldCount >= this.namedCount && row.fieldCount <= this.columnCount) {
      this.usableCount++;
      this.lastEnd.look(row);
      this.handler.onRow(row);
    } else this.acceptOddLength(row);
  }

  finish(isLastLineOpen: boolean): void {
    if (isLastLineOpen) noticeOpenLine(this.path, this.lastEnd, this.notices);
    if (this.columnCount === 0) throw holdsNoLine(this.path);
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

  private startTable(names: readonly string[], line: number): void {
    this.columnCount = names.length;
    this.namedCount = names.findLastIndex((name) => name !== '') + 1;
    this.handler.onHeader(new CsvHeader(this.path, this.dialect, names, line));
  }

  private startFilter(): void {
    const filter = this.handler.findRowFilter?.();
    if (filter === undefined) return;
    this.filter = {
      ...filter,
      onSkipped: () => {
        this.usableCount++;
        filter.onSkipped();
      },
    };
  }

  private noticeTitles(line: number): void {
    this.notices.add({
      code: 'csv-title-rows',
      severity: 'info',
      message: `the names of the columns stand on line ${line}`,
      action: 'the lines above are passed over',
      file: basename(this.path),
      row: line,
    });
  }

  /**
   * True for a blank row, and for a note or a total, which have their notice. Rows of a full first field, as
   * those of grids are, are told by their first byte.
   */
  private isNoRecord(row: CsvRow): boolean {
    const first = row.bytes[row.starts[0]!]!;
    const isFirstPlain = row.ends[0]! > row.starts[0]! && first > 0x20 && first < 0x7f;
    const mayBeTotal = !isFirstPlain || TOTAL_INITIALS.has(first);
    const mayBeNote = !isFirstPlain || (row.isEmpty(1) && row.isEmpty(this.namedCount - 1));
    if (!mayBeTotal && !mayBeNote) return false;
    const texts = Array.from({ length: row.fieldCount }, (_, field) => row.text(field));
    const filled = texts.filter((text) => text !== '');
    if (filled.length === 0) return true;
    const isNote = filled.length === 1 && row.fieldCount > 1 && this.namedCount > 2;
    const isTotal = TOTAL.test(filled[0]!) && filled.length * 2 <= this.namedCount;
    if (!isNote && !isTotal) return false;
    if (isNote && row.fieldCount < this.columnCount) this.lastEnd.noteLine = row.line;
    this.notices.add({
      code: isTotal ? 'csv-total-row' : 'csv-note-row',
      severity: 'info',
      message: isTotal ? 'the row is a total' : 'only one field of the row is filled',
      action: 'row left out',
      file: basename(this.path),
      row: row.line,
      value: filled.join(' '),
    });
    return true;
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
    this.lastEnd.isOddBelow = true;
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

/** `Total`, `TOTAL GÉNÉRAL`, `Sous-total`, `Ensemble du département`, in a row that is half blank. */
const TOTAL = /^(sous[- ]?)?total\b|^ensemble\b/i;
const TOTAL_INITIALS: ReadonlySet<number> = new Set([...'TtSsEe'].map((letter) => letter.charCodeAt(0)));

function holdsNoLine(file: string): UsageError {
  return new Fault('table-without-lines', { file });
}
