/**
 * CSV in two dialects. `excel`: `;`, decimal comma, UTF-8 with BOM, CRLF, as French Excel opens it; `standard`:
 * `,`, decimal point, no BOM, LF (RFC 4180 but for the line end). No thousands separator in either. Texts that a
 * spreadsheet would run as formulas are guarded in `excel`, which is made for spreadsheets, and left as they are in
 * `standard`, which is made for programs.
 */
import { stringify } from 'csv-stringify/sync';
import { kindOfColumn, roundForPeople } from './column-kinds.ts';
import { writePlain } from './numbers.ts';
import type { CsvDialect } from './report-input.ts';
import type { Language } from './texts.ts';

export type CsvValue = string | number | boolean | undefined;

export interface CsvColumn<Row> {
  fr: string;
  en: string;
  value: (row: Row) => CsvValue;
}

/** Columns with the values of their rows, for every format that a table is written in. */
export interface Table {
  columns: ReadonlyArray<{ fr: string; en: string }>;
  rows: CsvValue[][];
}

/** Numbers are rounded as the tables for people give them (`column-kinds.ts`). */
export function buildTable<Row>(columns: ReadonlyArray<CsvColumn<Row>>, rows: readonly Row[]): Table {
  const kinds = columns.map(({ fr }) => kindOfColumn(fr));
  const valuesOf = (row: Row): CsvValue[] =>
    columns.map(({ value }, at) => {
      const found = value(row);
      return typeof found === 'number' ? roundForPeople(found, kinds[at]!) : found;
    });
  return { columns, rows: rows.map(valuesOf) };
}

/** The whole file as a string, BOM included. Undefined and NaN are empty fields. */
export function writeCsv<Row>(
  columns: ReadonlyArray<CsvColumn<Row>>,
  rows: readonly Row[],
  dialect: CsvDialect,
  language: Language,
): string {
  return writeTableCsv(buildTable(columns, rows), dialect, language);
}

export function writeTableCsv({ columns, rows }: Table, dialect: CsvDialect, language: Language): string {
  const isExcel = dialect === 'excel';
  const field = (value: CsvValue): string => {
    if (value === undefined || Number.isNaN(value)) return '';
    if (typeof value === 'boolean') return BOOLEANS[language][value ? 1 : 0];
    if (typeof value === 'string') return isExcel ? guardFormula(value) : value;
    return isExcel ? writePlain(value).replace('.', ',') : writePlain(value);
  };
  return stringify([columns.map((column) => column[language]), ...rows.map((row) => row.map(field))], {
    delimiter: isExcel ? ';' : ',',
    record_delimiter: isExcel ? '\r\n' : '\n',
    bom: isExcel,
    // Line ends of either kind are quoted in both dialects, whatever the dialect's own: Excel writes a lone line feed.
    quoted_match: /^\s|\s$|[\r\n]/,
  });
}

/**
 * A text that a spreadsheet would take for a formula, with an apostrophe before it, as OWASP advises ("CSV
 * injection"): it is shown, and nothing is run. A signed number or telephone number in digits stays as it is. Each
 * line of a text is guarded: programs that split lines before they look at quotes would see a cell begin there.
 */
export function guardFormula(text: string): string {
  const guarded = guardLine(text);
  return /[\r\n]/.test(text) ? guarded.replace(/(?<=[\r\n])[^\r\n]+/g, guardLine) : guarded;
}

function guardLine(line: string): string {
  return /^[=@＝＠\t\r]|^[+\-＋－](?![\d\s.,()]*$)/.test(line) ? `'${line}` : line;
}

const BOOLEANS: Record<Language, readonly [string, string]> = { fr: ['non', 'oui'], en: ['no', 'yes'] };
