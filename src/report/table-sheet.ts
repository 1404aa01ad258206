/**
 * A table as a sheet of the workbook: the same rows and values as its CSV file, headings in words, formats by what a
 * column is, and columns as wide as their headings' words and their values want.
 */
import { type ColumnKind, kindOfColumn } from './column-kinds.ts';
import { titleColumn } from './column-titles.ts';
import type { CsvValue, Table } from './csv.ts';
import { type Language, TEXTS } from './texts.ts';
import type { Sheet, SheetRow, SheetValue } from './xlsx-file.ts';
import type { CellStyle } from './xlsx-styles.ts';

/** Widths in characters; a longer text is wrapped. */
const NARROWEST = 9;
const WIDEST = 60;
/** Beside a value, and beside a heading, which carries the button of the filter. */
const MARGIN = 2;
const BUTTON = 3;

/** Characters of a number as its format shows it, from its whole part; text is as long as it is. */
const SHOWN_LENGTH: Readonly<Record<Exclude<ColumnKind, 'text'>, (value: number) => number>> = {
  people: (value) => groupedLength(value),
  meters: (value) => groupedLength(value),
  minutes: (value) => groupedLength(value) + 2,
  rate: () => '100,0 %'.length,
  difference: () => '+100,0 %'.length,
  degrees: (value) => String(Math.trunc(value)).length + 7,
};

/** Columns whose numbers are per cent in rows whose unit says so. */
const UNIT_COLUMN = 'unite';
const MEASURED_COLUMNS = ['realise', 'cible', 'ecart'];

export function buildTableSheet(
  language: Language,
  name: string,
  table: Table,
  frozenColumnCount: number,
): Sheet {
  const kinds = table.columns.map(({ fr }) => kindOfColumn(fr));
  const titles = table.columns.map((column) => titleColumn(column[language], language));
  const lengths = kinds.map((kind, at) => findLongest(table.rows, at, kind));
  const widths = lengths.map((length, at) =>
    Math.min(WIDEST, Math.max(NARROWEST, length + MARGIN, longestWord(titles[at]!) + BUTTON)),
  );
  return {
    name,
    columns: kinds.map((kind, at) => ({
      style: kind === 'text' && lengths[at]! > WIDEST - MARGIN ? 'paragraph' : kind,
      widthCharacters: widths[at]!,
    })),
    rows: [
      {
        values: titles,
        style: 'head',
        lineCount: Math.max(...titles.map((title, at) => countLines(title, widths[at]! - BUTTON))),
      },
      ...listRows(table, language),
    ],
    headRowCount: 1,
    frozenColumnCount,
  };
}

function listRows({ columns, rows }: Table, language: Language): SheetRow[] {
  const unitAt = columns.findIndex(({ fr }) => fr === UNIT_COLUMN);
  const percentages = new Map<number, CellStyle>(
    columns.flatMap(({ fr }, at) => (MEASURED_COLUMNS.includes(fr) ? [[at, 'percentage'] as const] : [])),
  );
  return rows.map((row) => {
    const values = row.map((value) => toSheetValue(value, language));
    return unitAt >= 0 && row[unitAt] === '%' ? { values, styleOfColumn: percentages } : { values };
  });
}

function toSheetValue(value: CsvValue, language: Language): SheetValue {
  if (typeof value === 'boolean') return value ? TEXTS[language].yes : TEXTS[language].no;
  return value;
}

/** Of the values of a column as they are shown. */
function findLongest(rows: Table['rows'], at: number, kind: ColumnKind): number {
  let longest = 0;
  for (const row of rows) {
    const value = row[at];
    if (value === undefined) continue;
    const length =
      typeof value === 'number' && kind !== 'text' ? SHOWN_LENGTH[kind](value) : String(value).length;
    if (length > longest) longest = length;
  }
  return longest;
}

/** Of the whole part with its spaces between thousands. */
function groupedLength(value: number): number {
  const digits = String(Math.round(value)).length;
  return digits + Math.floor((digits - 1) / 3);
}

function longestWord(title: string): number {
  return Math.max(...title.split(' ').map((word) => word.length));
}

/** Lines that a heading takes, broken between words. */
function countLines(title: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const word of title.split(' ')) {
    if (used > 0 && used + 1 + word.length > width) {
      lines++;
      used = word.length;
    } else used += (used > 0 ? 1 : 0) + word.length;
  }
  return lines;
}
