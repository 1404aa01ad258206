/**
 * Tables of the report as HTML; every cell is escaped here.
 */
import { escapeMarkup } from './svg-text.ts';

export interface HtmlColumn<Row> {
  title: string;
  /** Heading over neighbouring columns of the same group. */
  group?: string;
  /** Right-aligned. */
  isNumber?: boolean;
  /** Heads its row. */
  isName?: boolean;
  className?: string;
  /** CSS of the row's cell: figures only, never words from the data. */
  style?: (row: Row) => string;
  text: (row: Row) => string;
  /** Markup instead of text, already escaped. */
  markup?: (row: Row) => string;
}

export interface HtmlTableOptions {
  id?: string;
  caption?: string;
}

export function writeTable<Row>(
  columns: ReadonlyArray<HtmlColumn<Row>>,
  rows: readonly Row[],
  options: HtmlTableOptions = {},
): string {
  const heads = columns.map((column) =>
    column.title === ''
      ? '<td></td>'
      : `<th scope="col"${classesOf(column)}>${escapeMarkup(column.title)}</th>`,
  );
  const body = rows.map((row) => `<tr>${columns.map((column) => writeCell(column, row)).join('')}</tr>`);
  const groups = columns.some((column) => column.group !== undefined) ? writeGroups(columns) : '';
  const id = options.id === undefined ? '' : ` id="${options.id}"`;
  const hasTitles = columns.some((column) => column.title !== '');
  const head = hasTitles ? `<thead>${groups}<tr>${heads.join('')}</tr></thead>` : '';
  const caption = options.caption === undefined ? '' : `<caption>${escapeMarkup(options.caption)}</caption>`;
  return `<table${id}>${caption}${head}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

/** A table in a box of its own that scrolls where the page is narrow. */
export function writeWideTable<Row>(columns: ReadonlyArray<HtmlColumn<Row>>, rows: readonly Row[]): string {
  return `<div class="scroll">${writeTable(columns, rows)}</div>`;
}

function writeGroups<Row>(columns: ReadonlyArray<HtmlColumn<Row>>): string {
  const spans: Array<{ title: string; count: number }> = [];
  for (const { group = '' } of columns) {
    const last = spans[spans.length - 1];
    if (last?.title === group) last.count++;
    else spans.push({ title: group, count: 1 });
  }
  const heads = spans.map(({ title, count }) =>
    title === ''
      ? `<td colspan="${count}"></td>`
      : `<th class="g" scope="colgroup" colspan="${count}">${escapeMarkup(title)}</th>`,
  );
  return `<tr>${heads.join('')}</tr>`;
}

function writeCell<Row>(column: HtmlColumn<Row>, row: Row): string {
  const content = column.markup === undefined ? markText(column.text(row)) : column.markup(row);
  const element = column.isName ? 'th scope="row"' : 'td';
  const style = column.style === undefined ? '' : ` style="${escapeMarkup(column.style(row))}"`;
  return `<${element}${classesOf(column)}${style}>${content}</${element.slice(0, 2)}>`;
}

/** Words from right to left stand apart, so that those around keep their order. */
function markText(text: string): string {
  const escaped = escapeMarkup(text);
  return RIGHT_TO_LEFT.test(text) ? `<bdi>${escaped}</bdi>` : escaped;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

function classesOf<Row>({ isNumber, className }: HtmlColumn<Row>): string {
  const classes = [isNumber ? 'n' : '', className ?? ''].filter((name) => name !== '');
  return classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
}
