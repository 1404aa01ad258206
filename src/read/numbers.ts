/**
 * Numbers as people write them in French and international CSVs. A decimal comma is read or refused, never
 * half-read: `48,85` is a number unless commas also separate the columns. `1.234` and `1,234` could be a decimal
 * or a thousand: the other numbers of the column, else of the table, tell (`decimal-marks.ts`); without them a
 * point is a decimal's, and so is a comma unless commas separate the columns.
 */

import { Fault, type UsageError } from '../common/errors.ts';
import { couldBeThousand, type ThousandMark } from './decimal-marks.ts';

export type NumberFault = 'empty' | 'not-a-number' | 'ambiguous';

const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const COMMA = /^[-+]?\d+,\d+$/;
/** `1 234`, `1'234,5`: thousands set apart by a space (also no-break, thin) or an apostrophe. */
const GROUPED = /^[-+]?\d{1,3}([ \u00a0\u2009\u202f'’]\d{3})+([.,]\d+)?$/;
const GAPS = /[ \u00a0\u2009\u202f'’]/g;
/** `1.234.567`, `1.234,5`: only points can set thousands apart here. And the other way round. */
const POINT_GROUPS = /^[-+]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})$/;
const COMMA_GROUPS = /^[-+]?\d{1,3}((,\d{3})+\.\d+|(,\d{3}){2,})$/;

/**
 * Reads one number. `separator` is what separates the columns of its file: with a comma there, `1,234`
 * (quoted) is ambiguous, since producers of such files write thousands that way. `thousandMark` is what sets
 * thousands apart in its column, where that is known.
 */
export function readNumber(
  text: string,
  separator: string,
  thousandMark?: ThousandMark,
): number | NumberFault {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (thousandMark !== undefined && couldBeThousand(trimmed)) {
    if (thousandMark === 'unclear') return 'ambiguous';
    if (thousandMark === 'any' || trimmed.includes(thousandMark)) return Number(trimmed.replace(/[.,]/, ''));
    return Number(trimmed.replace(',', '.'));
  }
  if (PLAIN.test(trimmed)) return Number(trimmed);
  if (COMMA.test(trimmed)) {
    if (separator === ',' && /^[-+]?[1-9]\d{0,2},\d{3}$/.test(trimmed)) return 'ambiguous';
    return Number(trimmed.replace(',', '.'));
  }
  if (GROUPED.test(trimmed)) return Number(trimmed.replace(GAPS, '').replace(',', '.'));
  if (POINT_GROUPS.test(trimmed)) return Number(trimmed.replaceAll('.', '').replace(',', '.'));
  if (COMMA_GROUPS.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  return 'not-a-number';
}

/** More than any commune or cell of a grid holds: the largest municipality of the world has 32 million. */
const GREATEST_POPULATION = 40_000_000;

/** True for people that no cell or commune holds; one of them would leave no digits for the others. */
export function isAbsurdPopulation(people: number): boolean {
  return people > GREATEST_POPULATION;
}

/** @param line row of the file, or the key of a GeoPackage's row */
export function absurdPopulation(path: string, line: number, value: string): UsageError {
  return new Fault('population-absurd', { file: path, line, value }, { most: GREATEST_POPULATION });
}

/** 10^0 … 10^22: the powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * A plain decimal (`-12.5`) straight from bytes [start, end), or NaN where it is anything else. Exact: up to
 * 15 digits the digits and the power of ten are exact doubles, so one division rounds as `Number` does; longer
 * ones go through `Number`.
 */
export function parsePlainDecimal(bytes: Buffer, start: number, end: number): number {
  let position = start;
  const isNegative = bytes[position] === 0x2d;
  if (isNegative) position++;
  let digits = 0;
  let value = 0;
  let pointAt = -1;
  for (; position < end; position++) {
    const byte = bytes[position];
    if (byte === 0x2e && pointAt < 0) {
      pointAt = position;
      continue;
    }
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
    digits++;
  }
  if (digits === 0) return Number.NaN;
  const decimals = pointAt < 0 ? 0 : end - pointAt - 1;
  if (digits > 15 || decimals > 22) return Number(bytes.toString('latin1', start, end));
  if (decimals > 0) value /= POWERS_OF_TEN[decimals];
  return isNegative ? -value : value;
}
