/**
 * The numbers of one grid, straight from the bytes of its rows. Its first records tell whether `1.234` is a
 * thousand, long before its last are seen; a later number that says otherwise stops the run, for then some of
 * those read before are wrong by a factor of a thousand.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvRow } from './csv-rows.ts';
import { couldBeThousand, type ThousandMark } from './decimal-marks.ts';
import { type NumberFault, readNumber } from './numbers.ts';

const POINT = 0x2e;
const ZERO = 0x30;

export class GridNumbers {
  /** field -> what sets its thousands apart. */
  private readonly markOfField = new Map<number, ThousandMark>();
  /** The first lines of the population that show each habit; 0 = none. */
  private lineOfPointDecimal = 0;
  private lineOfCommaDecimal = 0;
  private lineOfEitherPoint = 0;
  private lineOfEitherComma = 0;
  private thousandCount = 0;
  private hasCommaElsewhere = false;

  constructor(
    private readonly path: string,
    private readonly dialect: CsvDialect,
    private readonly populationField: number,
  ) {}

  /** Degrees have decimals of any length: of these fields only groups such as `6.519.000` tell. */
  usePositions(...fields: readonly number[]): void {
    for (const field of fields) this.markOfField.set(field, this.dialect.marks.groupMarkOf(field));
  }

  read(row: CsvRow, field: number): number | NumberFault {
    const plain = row.plainDecimal(field);
    if (!Number.isNaN(plain)) {
      if (isThousandShaped(row, field)) {
        const isCertain = field !== this.populationField && this.markOf(field) === undefined;
        return isCertain ? plain : this.readEither(row, field);
      }
      if (field === this.populationField && !Number.isInteger(plain)) this.lineOfPointDecimal ||= row.line;
      return plain;
    }
    const text = row.text(field);
    if (couldBeThousand(text)) return this.readEither(row, field);
    if (/^[^.,]*,\d+$/.test(text)) {
      if (field === this.populationField) this.lineOfCommaDecimal ||= row.line;
      else this.hasCommaElsewhere = true;
    }
    return readNumber(text, this.dialect.separator, this.markOf(field));
  }

  /** Throws a UsageError where the numbers of the population contradict each other; tells of thousands. */
  finish(notices: NoticeList): void {
    const mark = this.markOf(this.populationField);
    const { lineOfPointDecimal, lineOfCommaDecimal, lineOfEitherPoint, lineOfEitherComma } = this;
    const hasComma = lineOfCommaDecimal > 0 || (this.hasCommaElsewhere && lineOfPointDecimal === 0);
    if (lineOfEitherPoint > 0 && mark === '.' && lineOfPointDecimal > 0) {
      this.refuseMixed(lineOfEitherPoint, lineOfPointDecimal);
    }
    if (lineOfEitherComma > 0 && mark === ',' && lineOfCommaDecimal > 0) {
      this.refuseMixed(lineOfEitherComma, lineOfCommaDecimal);
    }
    if (lineOfEitherPoint > 0 && mark === undefined) {
      if (hasComma || lineOfEitherComma > 0) {
        this.refuseMixed(lineOfEitherPoint, lineOfCommaDecimal || lineOfEitherComma);
      }
      if (this.couldAllBeThousands()) this.refuseUnclear(lineOfEitherPoint);
    }
    if (lineOfEitherComma > 0 && mark === undefined && lineOfPointDecimal > 0) {
      this.refuseMixed(lineOfEitherComma, lineOfPointDecimal);
    }
    if (this.thousandCount === 0) return;
    notices.add({
      code: 'cell-population-thousands',
      severity: 'info',
      message: `${this.thousandCount} numbers have a mark before three digits, where the other decimals of the file have the other mark`,
      action: 'read as thousands: 1.234 is 1234',
      file: basename(this.path),
      row: mark === '.' ? lineOfEitherPoint : lineOfEitherComma,
    });
  }

  /** `1.234`, `1,234`. */
  private readEither(row: CsvRow, field: number): number | NumberFault {
    const text = row.text(field);
    const mark = this.markOf(field);
    if (field === this.populationField) {
      if (text.includes('.')) this.lineOfEitherPoint ||= row.line;
      else this.lineOfEitherComma ||= row.line;
      if (mark !== undefined && text.includes(mark)) this.thousandCount++;
    }
    return readNumber(text, this.dialect.separator, mark);
  }

  private markOf(field: number): ThousandMark {
    if (!this.markOfField.has(field)) {
      this.markOfField.set(field, this.dialect.marks.thousandMarkOf(field));
    }
    return this.markOfField.get(field);
  }

  /** No decimal of another kind anywhere: where commas do not separate columns, `1.234` may well be French. */
  private couldAllBeThousands(): boolean {
    const isFrench = this.dialect.separator !== ',';
    return isFrench && this.lineOfPointDecimal === 0 && !this.dialect.marks.hasDecimals('.');
  }

  private refuseMixed(lineOfThousand: number, lineOfDecimal: number): never {
    throw new Fault(
      'population-marks-mixed',
      { file: this.path, line: lineOfThousand },
      { line: lineOfDecimal },
    );
  }

  private refuseUnclear(line: number): never {
    throw new Fault('population-ambiguous', { file: this.path, line });
  }
}

/** A plain decimal of three digits after its point, and one to three before that are no zero: from its bytes. */
function isThousandShaped(row: CsvRow, field: number): boolean {
  const start = row.starts[field]!;
  const end = row.ends[field]!;
  const length = end - start;
  return length >= 5 && length <= 8 && row.bytes[end - 4] === POINT && row.bytes[start] !== ZERO;
}
