/**
 * CSV in two dialects. `excel`: `;`, decimal comma, UTF-8 with BOM, CRLF, as French Excel opens it; `standard`:
 * `,`, decimal point, no BOM, LF (RFC 4180 but for the line end). No thousands separator in either.
 */
import { stringify } from 'csv-stringify/sync';
import { writePlain } from './numbers.ts';
import type { CsvDialect } from './report-input.ts';
import type { Language } from './texts.ts';

export type CsvValue = string | number | boolean | undefined;

export interface CsvColumn<Row> {
  fr: string;
  en: string;
  value: (row: Row) => CsvValue;
}

/** The whole file as a string, BOM included. Undefined and NaN are empty fields. */
export function writeCsv<Row>(
  columns: ReadonlyArray<CsvColumn<Row>>,
  rows: readonly Row[],
  dialect: CsvDialect,
  language: Language,
): string {
  const isExcel = dialect === 'excel';
  const field = (value: CsvValue): string => {
    if (value === undefined || Number.isNaN(value)) return '';
    if (typeof value === 'boolean') return BOOLEANS[language][value ? 1 : 0];
    if (typeof value === 'string') return value;
    return isExcel ? writePlain(value).replace('.', ',') : writePlain(value);
  };
  return stringify([columns.map((column) => column[language]), ...rows.map(toFields)], {
    delimiter: isExcel ? ';' : ',',
    record_delimiter: isExcel ? '\r\n' : '\n',
    bom: isExcel,
    quoted_match: /^\s|\s$/,
  });

  function toFields(row: Row): string[] {
    return columns.map((column) => field(column.value(row)));
  }
}

const BOOLEANS: Record<Language, readonly [string, string]> = { fr: ['non', 'oui'], en: ['no', 'yes'] };
