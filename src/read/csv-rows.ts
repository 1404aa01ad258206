/**
 * Records of a CSV straight from its bytes (RFC 4180, with the liberties that spreadsheets take). In go chunks
 * in file order; out comes one reused `CsvRow` per record, whose fields are positions in the chunk: nothing is
 * decoded until a reader asks for it, so that a grid of some hundred megabytes streams at the speed of the
 * disk. csv-parse took 62 ms (and 17 ms to load) for the 1.2 MB of the France services list, this takes 25; it
 * is the oracle of the tests instead.
 *
 * A quote opens a field only at its first byte; inside, `""` is a quote and line ends belong to the field.
 */
import { parsePlainDecimal } from './numbers.ts';
import { LONGEST_LINE_BYTES } from './table-guard.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Longest record, bytes. Beyond it a quote was opened and never closed. */
export const LONGEST_RECORD_BYTES = LONGEST_LINE_BYTES;

/** The text of bytes [start, end). */
export type Decode = (bytes: Buffer, start: number, end: number) => string;

/** One record; valid only during the call that receives it. */
export class CsvRow {
  bytes: Buffer = Buffer.alloc(0);
  /** 1-based line of the file on which the record begins. */
  line = 0;
  fieldCount = 0;
  /** field -> first byte, and one past its last; without the outer quotes. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** field -> 1 where it holds doubled quotes. */
  hasDoubledQuotes = new Uint8Array(64);

  constructor(private readonly decode: Decode) {}

  isEmpty(field: number): boolean {
    return field >= this.fieldCount || this.ends[field] === this.starts[field];
  }

  /** The field's text without outer spaces; '' where the record is shorter. */
  text(field: number): string {
    if (field < 0 || this.isEmpty(field)) return '';
    const text = this.decode(this.bytes, this.starts[field], this.ends[field]).trim();
    return this.hasDoubledQuotes[field] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** A plain decimal, or NaN: the caller then looks at `text`. */
  plainDecimal(field: number): number {
    if (field >= this.fieldCount) return Number.NaN;
    return parsePlainDecimal(this.bytes, this.starts[field], this.ends[field]);
  }

  /** Doubles the room for fields. */
  grow(): void {
    const size = this.starts.length * 2;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    const doubled = new Uint8Array(size);
    starts.set(this.starts);
    ends.set(this.ends);
    doubled.set(this.hasDoubledQuotes);
    this.starts = starts;
    this.ends = ends;
    this.hasDoubledQuotes = doubled;
  }
}

/**
 * Tells by one field of a record whether the rest of it is worth reading. Asked as soon as the field is known;
 * asked again for a record that the end of a chunk cuts.
 */
export interface RowFilter {
  field: number;
  isWanted(bytes: Buffer, start: number, end: number): boolean;
  /** Called once for each record left out. */
  onSkipped(): void;
}

/** Raised for a quote that is opened at `line` and never closed. */
export class UnclosedQuoteError extends Error {
  constructor(readonly line: number) {
    super(`a quote opened on line ${line} is never closed`);
    this.name = 'UnclosedQuoteError';
  }
}

/** Raised for a record at `line` that no end of line ends, though no quote hides one. */
export class EndlessLineError extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is longer than ${LONGEST_RECORD_BYTES} bytes`);
    this.name = 'EndlessLineError';
  }
}

export class RowScanner {
  private readonly row: CsvRow;
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  /** True once the last record came without the end of its line. */
  isLastLineOpen = false;
  /** May be set while a record is received; counts from the next one on. */
  filter: RowFilter | undefined;

  constructor(
    private readonly separator: number,
    /** The byte that ends a line: LF, or CR in files of old Macs. */
    private readonly newline: number,
    decode: Decode,
    private readonly onRow: (row: CsvRow) => void,
  ) {
    this.row = new CsvRow(decode);
  }

  push(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const consumed = this.scan(bytes, false);
    this.rest = bytes.subarray(consumed);
    if (this.rest.length <= LONGEST_RECORD_BYTES) return;
    throw this.rest.includes(QUOTE) ? new UnclosedQuoteError(this.line) : new EndlessLineError(this.line);
  }

  end(): void {
    this.isLastLineOpen = this.rest.length > 0;
    if (this.isLastLineOpen) this.scan(this.rest, true);
    this.rest = Buffer.alloc(0);
  }

  /** Emits the complete records of `bytes`; returns how many bytes they take. */
  private scan(bytes: Buffer, isLast: boolean): number {
    const { row, separator, newline } = this;
    const length = bytes.length;
    row.bytes = bytes;
    let recordStart = 0;
    while (recordStart < length) {
      let position = recordStart;
      let field = 0;
      let linesInside = 0;
      let isComplete = false;
      let isSkipped = false;
      const filterField = this.filter?.field ?? -1;
      while (true) {
        if (field === row.starts.length) row.grow();
        row.hasDoubledQuotes[field] = 0;
        let start = position;
        let end: number;
        if (bytes[position] === QUOTE) {
          start++;
          position++;
          let isClosed = false;
          while (position < length) {
            const byte = bytes[position];
            if (byte === QUOTE) {
              if (bytes[position + 1] !== QUOTE) {
                isClosed = true;
                break;
              }
              row.hasDoubledQuotes[field] = 1;
              position++;
            } else if (byte === newline) linesInside++;
            position++;
          }
          if (!isClosed) {
            if (isLast) throw new UnclosedQuoteError(this.line);
            return recordStart;
          }
          end = position;
          position++;
          // Text after the closing quote belongs to the field as it stands: `"a" b`.
          const afterQuote = position;
          while (position < length && bytes[position] !== separator && bytes[position] !== newline)
            position++;
          if (!isBlank(bytes, afterQuote, position)) {
            start--;
            end = position;
          }
        } else {
          while (position < length && bytes[position] !== separator && bytes[position] !== newline)
            position++;
          end = position;
          if (newline === LINE_FEED && end > start && bytes[end - 1] === CARRIAGE_RETURN) end--;
        }
        row.starts[field] = start;
        row.ends[field] = end;
        field++;
        if (position >= length) break;
        const stop = bytes[position];
        position++;
        if (stop === newline) {
          isComplete = true;
          break;
        }
        if (field - 1 !== filterField) continue;
        const { filter } = this;
        if (filter === undefined || filter.isWanted(bytes, row.starts[filterField], row.ends[filterField]))
          continue;
        isSkipped = true;
        // To the end of the line at once, unless a quote could hide a line end: then field by field.
        let ahead = position;
        while (ahead < length && bytes[ahead] !== newline && bytes[ahead] !== QUOTE) ahead++;
        if (ahead < length && bytes[ahead] === newline) {
          position = ahead + 1;
          isComplete = true;
          break;
        }
      }
      if (!isComplete && !isLast) return recordStart;
      row.fieldCount = field;
      row.line = this.line;
      this.line += linesInside + 1;
      recordStart = position;
      if (isSkipped) this.filter?.onSkipped();
      else if (field > 1 || row.ends[0] > row.starts[0]) this.onRow(row);
    }
    return recordStart;
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let position = start; position < end; position++) {
    const byte = bytes[position];
    if (byte !== 0x20 && byte !== CARRIAGE_RETURN && byte !== 0x09) return false;
  }
  return true;
}
