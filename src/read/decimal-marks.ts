/**
 * What the numbers of a table show of its decimal mark, so that `1.234` and `1,234` are read as the table means
 * them: a thousand where its other numbers have the other mark, a decimal where they have the same. A column's own
 * numbers say more than its neighbours'.
 */

/**
 * The mark that sets thousands apart: `unclear` where the table has decimals of both kinds, `any` where numbers
 * are whole, so that either mark does; undefined where nothing tells.
 */
export type ThousandMark = '.' | ',' | 'unclear' | 'any' | undefined;

interface Seen {
  /** Decimals that cannot be thousands: `12,5`, `0.75`. */
  comma: boolean;
  point: boolean;
  /** Thousands that cannot be decimals: `1.234.567`, `1.234,5`. */
  pointGroups: boolean;
  commaGroups: boolean;
}

const NUMBER = /^[-+]?\d[\d.,' \u00a0\u2009\u202f’]*$/;
/** `1.234`, `12,345`: could be either. */
const EITHER = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/;

export function couldBeThousand(text: string): boolean {
  return EITHER.test(text);
}

export class DecimalMarks {
  private readonly ofColumn: Array<Seen | undefined> = [];
  private readonly ofTable = nothingSeen();

  lookAtRow(fields: readonly string[]): void {
    fields.forEach((text, column) => {
      this.look(column, text);
    });
  }

  look(column: number, written: string): void {
    const text = written.replace(/\s*%$/, '');
    if (!NUMBER.test(text) || EITHER.test(text) || !/[.,]/.test(text)) return;
    this.ofColumn[column] ??= nothingSeen();
    for (const seen of [this.ofColumn[column], this.ofTable]) addTo(seen, text);
  }

  /** Of a column of counts or sums. */
  thousandMarkOf(column: number): ThousandMark {
    const own = this.ofColumn[column] ?? nothingSeen();
    if (own.comma && own.point) return 'unclear';
    return markOf(own) ?? (own.comma || own.point ? undefined : markOf(this.ofTable));
  }

  /** Of a column of whole numbers. */
  countMarkOf(column: number): ThousandMark {
    return this.thousandMarkOf(column) ?? 'any';
  }

  /** Of a column of coordinates: degrees have decimals of any length, so only groups tell. */
  groupMarkOf(column: number): ThousandMark {
    for (const seen of [this.ofColumn[column] ?? nothingSeen(), this.ofTable]) {
      if (seen.pointGroups && !seen.point) return '.';
      if (seen.commaGroups && !seen.comma) return ',';
    }
    return undefined;
  }

  /** True where some number of the table has such decimals. */
  hasDecimals(mark: '.' | ','): boolean {
    return mark === ',' ? this.ofTable.comma : this.ofTable.point;
  }
}

function markOf({ comma, point, pointGroups, commaGroups }: Seen): '.' | ',' | undefined {
  const isPointFree = !point && !commaGroups;
  const isCommaFree = !comma && !pointGroups;
  if ((comma || pointGroups) && isPointFree) return '.';
  return (point || commaGroups) && isCommaFree ? ',' : undefined;
}

function addTo(seen: Seen, text: string): void {
  if (/\d\.\d{3}(\.\d{3})+$|\.\d{3}(\.\d{3})*,/.test(text)) seen.pointGroups = true;
  else if (/\d,\d{3}(,\d{3})+$|,\d{3}(,\d{3})*\./.test(text)) seen.commaGroups = true;
  else if (/^[^.,]*,\d+$/.test(text)) seen.comma = true;
  else if (/^[^.,]*\.\d+$/.test(text)) seen.point = true;
}

function nothingSeen(): Seen {
  return { comma: false, point: false, pointGroups: false, commaGroups: false };
}
