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
  text: (row: Row) => string;
  /** What a sortable table sorts by: a plain number or text; '' sorts last. */
  sortValue?: (row: Row) => string | number | undefined;
  /** Markup instead of text, already escaped. */
  markup?: (row: Row) => string;
}

export interface HtmlTableOptions {
  id?: string;
  /** Headings become buttons; the word says what they do. */
  sortWord?: string;
}

export function writeTable<Row>(
  columns: ReadonlyArray<HtmlColumn<Row>>,
  rows: readonly Row[],
  options: HtmlTableOptions = {},
): string {
  const heads = columns.map((column, index) => {
    const title = escapeMarkup(column.title);
    const label =
      options.sortWord === undefined
        ? title
        : `<button type="button" data-c="${index}" title="${escapeMarkup(options.sortWord)}">${title}</button>`;
    return `<th scope="col"${column.isNumber ? ' class="n"' : ''}>${label}</th>`;
  });
  const body = rows.map((row) => `<tr>${columns.map((column) => writeCell(column, row)).join('')}</tr>`);
  const groups = columns.some((column) => column.group !== undefined) ? writeGroups(columns) : '';
  const id = options.id === undefined ? '' : ` id="${options.id}"`;
  const hasTitles = columns.some((column) => column.title !== '');
  const head = hasTitles ? `<thead>${groups}<tr>${heads.join('')}</tr></thead>` : '';
  return `<table${id}>${head}<tbody>\n${body.join('\n')}\n</tbody></table>`;
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
  const content = column.markup === undefined ? escapeMarkup(column.text(row)) : column.markup(row);
  const sort =
    column.sortValue === undefined ? '' : ` data-v="${escapeMarkup(String(column.sortValue(row) ?? ''))}"`;
  return `<td${column.isNumber ? ' class="n"' : ''}${sort}>${content}</td>`;
}
