/**
 * Refuses what is no table while it is read: megabytes without a line end, or of nothing but blanks, zeros and
 * separators. A bomb or a file of zeros, as a failing disk leaves one, then costs its first megabytes and not its
 * whole length in time and memory. Spreadsheets save up to a million blank rows below a table, hence the room.
 */
import { Fault, type UsageError } from '../common/errors.ts';

/** Longest line, bytes; no row of a real table has more than some kilobytes. */
export const LONGEST_LINE_BYTES = 4 << 20;
/** Most bytes in a row that say nothing: the rows of a sheet, thirty columns wide. */
export const LONGEST_BLANK_BYTES = 32 << 20;
/** Looked at in one piece; a real table's pieces show at their first bytes that they are neither. */
const PIECE_BYTES = 1 << 18;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const SEPARATORS: ReadonlySet<number> = new Set([...',;"'].map((sign) => sign.charCodeAt(0)));

export class TableGuard {
  private bytesSinceLine = 0;
  private blankBytes = 0;

  constructor(
    /** What messages call the table. */
    private readonly file: string,
    private readonly longestLine = LONGEST_LINE_BYTES,
    private readonly longestBlank = LONGEST_BLANK_BYTES,
  ) {}

  /** To be given every chunk in its order. @throws UsageError where this is no table */
  look(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      this.lookAtPiece(chunk.subarray(start, start + PIECE_BYTES));
    }
  }

  private lookAtPiece(piece: Buffer): void {
    if (isBlank(piece)) {
      this.blankBytes += piece.length;
      if (this.blankBytes > this.longestBlank) throw this.isBlankFile();
    } else this.blankBytes = 0;
    const hasLine = piece.includes(LF) || piece.includes(CR);
    this.bytesSinceLine = hasLine ? 0 : this.bytesSinceLine + piece.length;
    if (this.bytesSinceLine > this.longestLine) throw endlessLine(this.file, undefined);
  }

  private isBlankFile(): UsageError {
    return new Fault('table-blank', { file: this.file }, { megabytes: this.longestBlank >> 20 });
  }
}

/** @param line 1-based, where it is known */
export function endlessLine(file: string, line: number | undefined): UsageError {
  return new Fault(
    'line-too-long',
    { file, ...(line === undefined ? {} : { line }) },
    { megabytes: LONGEST_LINE_BYTES >> 20 },
  );
}

/** True where it holds nothing but blanks, zeros and separators. */
export function isBlank(piece: Buffer): boolean {
  for (const byte of piece) if (byte > SPACE && !SEPARATORS.has(byte)) return false;
  return true;
}
