/**
 * A last line without its end: what is left of a table that was cut short, such as a download that broke off. It may as
 * well be how a program writes, so that the rows are read, and it is told: as a remark, or as a warning where the last
 * field is shorter than in every other row, as half a number is.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';

/** Fewest rows before the last one whose fields tell how long such a field is. */
const FEWEST_ROWS = 3;

/** Bytes of the last field, row by row. */
export class RowEnds {
  private rowCount = 0;
  private shortest = Number.POSITIVE_INFINITY;
  private last = Number.POSITIVE_INFINITY;
  line = 0;

  look(row: { line: number; fieldCount: number; starts: ArrayLike<number>; ends: ArrayLike<number> }): void {
    const field = row.fieldCount - 1;
    if (this.last < this.shortest) this.shortest = this.last;
    this.last = row.ends[field]! - row.starts[field]!;
    this.line = row.line;
    this.rowCount++;
  }

  /** True where the last row ends sooner than any before it. */
  get isLastShort(): boolean {
    return this.rowCount > FEWEST_ROWS && this.last < this.shortest;
  }
}

/** To be called where the last line of a table has no end. */
export function noticeOpenLine(path: string, ends: RowEnds, notices: NoticeList): void {
  if (ends.line === 0) return;
  notices.add({
    code: ends.isLastShort ? 'table-cut-short' : 'table-last-line-open',
    severity: ends.isLastShort ? 'warning' : 'info',
    message: ends.isLastShort
      ? 'the last line has no end, and its last field is shorter than in every other row'
      : 'the last line has no end: where the file was cut short, rows are missing',
    action: 'read as it stands',
    file: basename(path),
    row: ends.line,
  });
}
