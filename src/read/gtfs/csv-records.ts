/**
 * Scans the records of a CSV table straight from its bytes (RFC 4180 as GTFS restricts it): no string is made
 * for a field that nobody asks for. Published tables carry byte order marks, CRLF, Latin-1, blanks round
 * values, and quoted fields that hold separators, doubled quotes and line breaks; all are read here once, so
 * that the table readers see plain fields.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { Fault } from '../../common/errors.ts';
import type { NoticeList } from '../../common/notices.ts';
import { toUtf8WithoutMark } from './table-encoding.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;

/** More columns than any table of the specification has; further ones are not kept. */
const MAX_FIELDS = 128;

export class CsvRecords {
  readonly bytes: Buffer;
  /** Offset of the first and after the last byte of each field of the current record. */
  readonly fieldStarts = new Int32Array(MAX_FIELDS);
  readonly fieldEnds = new Int32Array(MAX_FIELDS);
  /** field -> 1 where it holds doubled quotes. */
  private readonly fieldEscapes = new Uint8Array(MAX_FIELDS);
  /** Fields in the current record. */
  fieldCount = 0;
  /** 1-based line on which the current record starts. */
  line = 0;
  /** True where the last line has no end: the table may be cut short. */
  readonly isLastLineOpen: boolean;
  /** Lower-case column name -> field, from the header. */
  readonly columns = new Map<string, number>();

  private position = 0;
  private nextLine = 1;
  private readonly separator: number;
  private readonly latin1: TextDecoder | undefined;

  constructor(
    raw: Buffer,
    readonly file: string,
    private readonly notices: NoticeList,
  ) {
    const utf8 = toUtf8WithoutMark(raw);
    this.bytes = withFinalLineFeed(utf8);
    this.isLastLineOpen = this.bytes.length > utf8.length;
    this.latin1 = isUtf8(this.bytes) ? undefined : new TextDecoder('windows-1252');
    if (this.latin1 !== undefined) {
      notices.add({
        code: 'table-not-utf8',
        severity: 'warning',
        message: 'the table is not UTF-8',
        action: 'read as Latin-1 (Windows-1252)',
        file,
      });
    }
    this.separator = this.sniffSeparator();
    if (!this.next()) return;
    for (let field = 0; field < this.fieldCount; field++) {
      const name = this.text(field).toLowerCase();
      if (!this.columns.has(name)) this.columns.set(name, field);
    }
  }

  /** Field of a column, or -1 if the table lacks it. */
  findColumn(name: string): number {
    return this.columns.get(name) ?? -1;
  }

  /** Field of a column; throws a UsageError if the table lacks it. */
  getColumn(name: string): number {
    const field = this.columns.get(name);
    if (field !== undefined) return field;
    throw new Fault(
      'feed-column-missing',
      { file: this.file, line: 1 },
      { column: name, columns: [...this.columns.keys()].join(', ') },
    );
  }

  /** Moves to the next record that is not blank; false at the end. */
  next(): boolean {
    const { bytes, fieldStarts, fieldEnds, fieldEscapes, separator } = this;
    const end = bytes.length;
    while (this.position < end) {
      let p = this.position;
      let count = 0;
      this.line = this.nextLine;
      for (;;) {
        // The last byte is a line feed, so nothing here runs past the end.
        let byte = bytes[p]!;
        while (byte === SPACE || byte === TAB) byte = bytes[++p]!;
        let start = p;
        let stop: number;
        let escapes = 0;
        if (byte === QUOTE && bytes[p + 1] === QUOTE && (bytes[p + 2] === separator || bytes[p + 2] === LF)) {
          // Nothing, as some feeds write every blank time.
          start = p + 1;
          stop = start;
          p += 2;
        } else if (byte === QUOTE) {
          start = p + 1;
          p = this.findClosingQuote(start);
          stop = p;
          escapes = this.escapesInLastQuoted;
          while (p < end && bytes[p] !== separator && bytes[p] !== LF) p++;
        } else {
          while (byte !== separator && byte !== LF) byte = bytes[++p]!;
          stop = p;
          while (stop > start && bytes[stop - 1]! <= SPACE) stop--;
        }
        if (count < MAX_FIELDS) {
          fieldStarts[count] = start;
          fieldEnds[count] = stop;
          fieldEscapes[count] = escapes;
          count++;
        }
        if (p >= end || bytes[p] === LF) break;
        p++;
      }
      this.position = p + 1;
      this.nextLine++;
      this.fieldCount = count;
      if (fieldEnds[0]! > fieldStarts[0]! || this.holdsText(count)) return true;
    }
    return false;
  }

  /** False where all fields of the record are blank, as in the last rows of many a spreadsheet. */
  private holdsText(count: number): boolean {
    for (let field = 1; field < count; field++) {
      if (this.fieldEnds[field]! > this.fieldStarts[field]!) return true;
    }
    return false;
  }

  /** True where the column is absent from the table or the record, or blank. */
  isBlank(field: number): boolean {
    return field < 0 || field >= this.fieldCount || this.fieldEnds[field]! <= this.fieldStarts[field]!;
  }

  /** A field as text, trimmed; '' where absent. */
  text(field: number): string {
    if (this.isBlank(field)) return '';
    const text = this.slice(this.fieldStarts[field]!, this.fieldEnds[field]!).trim();
    return this.fieldEscapes[field] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** Bytes from start to end as text, in the table's encoding. */
  slice(start: number, end: number): string {
    if (this.latin1 === undefined) return this.bytes.toString('utf8', start, end);
    return this.latin1.decode(this.bytes.subarray(start, end));
  }

  private escapesInLastQuoted = 0;

  private findClosingQuote(from: number): number {
    const { bytes } = this;
    this.escapesInLastQuoted = 0;
    for (let p = from; p < bytes.length; p++) {
      const byte = bytes[p]!;
      if (byte === LF) this.nextLine++;
      if (byte !== QUOTE) continue;
      if (bytes[p + 1] !== QUOTE) return p;
      this.escapesInLastQuoted = 1;
      p++;
    }
    this.notices.add({
      code: 'quote-not-closed',
      severity: 'error',
      message: 'a quoted field is never closed',
      action: 'everything after it taken as this field',
      file: this.file,
      row: this.line,
    });
    return bytes.length;
  }

  private sniffSeparator(): number {
    const header = this.bytes.subarray(0, this.bytes.indexOf(LF));
    if (header.includes(COMMA) || !header.includes(SEMICOLON)) return COMMA;
    this.notices.add({
      code: 'table-with-semicolons',
      severity: 'warning',
      message: 'the table is separated by semicolons instead of commas',
      action: 'read with semicolons',
      file: this.file,
    });
    return SEMICOLON;
  }
}

/** The scanner stops at line feeds: lone carriage returns become one, and the last line gets one. */
function withFinalLineFeed(bytes: Buffer): Buffer {
  if (!bytes.includes(LF) && bytes.includes(CR)) {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < copy.length; i++) if (copy[i] === CR) copy[i] = LF;
    return withFinalLineFeed(copy);
  }
  if (bytes.length > 0 && bytes[bytes.length - 1] === LF) return bytes;
  return Buffer.concat([bytes, Buffer.of(LF)]);
}
