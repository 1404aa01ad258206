/**
 * A last line without its end: what is left of a table that was cut short, such as a download that broke off, or just
 * how a program writes. Which of the two is told by the last field: shorter than in every other row, as half a number
 * is, it is a warning; of the one length that all rows have, or a text as long as others, it is whole, and nothing is
 * said. Half of a number is a number too: a table that ends in one keeps its remark, as every table of few rows does.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';

/** Fewest rows before the last one whose fields tell how long such a field is. */
const FEWEST_ROWS = 3;

/** Bytes of one length in all rows that are no chance: a single figure may be what is left of two. */
const LEAST_SHARED_BYTES = 3;
const ZERO = 0x30;
const NINE = 0x39;

interface EndingRow {
  line: number;
  bytes: Uint8Array;
  fieldCount: number;
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
}

/** Bytes of the last field, row by row. */
export class RowEnds {
  private rowCount = 0;
  private shortest = Number.POSITIVE_INFINITY;
  private longest = 0;
  private last = Number.POSITIVE_INFINITY;
  private endsInFigure = false;
  line = 0;
  /** A row of too few or too many fields came after the last one of these. */
  isOddBelow = false;
  /** Of a row with one field alone after the last of these: what is left of one that was cut looks like a note. */
  noteLine = 0;

  look(row: EndingRow): void {
    const field = row.fieldCount - 1;
    const end = row.ends[field]!;
    if (this.rowCount > 0) {
      if (this.last < this.shortest) this.shortest = this.last;
      if (this.last > this.longest) this.longest = this.last;
    }
    this.last = end - row.starts[field]!;
    const sign = this.last === 0 ? 0 : row.bytes[end - 1]!;
    this.endsInFigure = sign >= ZERO && sign <= NINE;
    this.line = row.line;
    this.isOddBelow = false;
    this.noteLine = 0;
    this.rowCount++;
  }

  /** True where the last row ends sooner than any before it. */
  get isLastShort(): boolean {
    return this.noteLine > 0 || (this.rowCount > FEWEST_ROWS && this.last < this.shortest);
  }

  /** True where nothing of the last row can be missing, by what the others are like. */
  get isLastWhole(): boolean {
    if (this.isOddBelow || this.noteLine > 0 || this.rowCount <= FEWEST_ROWS || this.last < this.shortest)
      return false;
    const isOfOneLength =
      this.last === this.shortest && this.last === this.longest && this.last >= LEAST_SHARED_BYTES;
    return isOfOneLength || !this.endsInFigure;
  }
}

/** To be called where the last line of a table has no end. */
export function noticeOpenLine(path: string, ends: RowEnds, notices: NoticeList): void {
  if (ends.line === 0 || ends.isLastWhole) return;
  notices.add({
    code: ends.isLastShort ? 'table-cut-short' : 'table-last-line-open',
    severity: ends.isLastShort ? 'warning' : 'info',
    message: ends.isLastShort
      ? 'the last line has no end, and its last field is shorter than in every other row'
      : 'the last line has no end: where the file was cut short, rows are missing',
    action: 'read as it stands',
    file: basename(path),
    row: ends.noteLine || ends.line,
  });
}
