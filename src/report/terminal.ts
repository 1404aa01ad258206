/**
 * What the terminal shows: the headline with a small table of the modes, and the table of uncovered communes,
 * readable at 80 columns. Strings out, no stream: the commands print them. Colours only where asked for;
 * `wantsColor` says when (NO_COLOR, https://no-color.org).
 */

import { withoutControls } from '../common/visible-text.ts';
import { type CommuneCoverage, type ModeCoverage, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { countLeftOut, listUncoveredRows, nameArea, numberPockets } from './coverage-tables.ts';
import { countCommunes, tellOverLimit, warnOfWindow, writeHeadline } from './headline.ts';
import { formatMinutes, formatNumber, formatPeople, formatRate } from './numbers.ts';
import { writePartialInputs } from './partial-words.ts';
import type { ReportInput } from './report-input.ts';
import { TEXTS, wordMode } from './texts.ts';
import { writeUnknownTypes } from './unknown-types-words.ts';

export const TERMINAL_WIDTH = 80;

/** Colour on a terminal, unless NO_COLOR is set to anything but the empty string, or the terminal is dumb. */
export function wantsColor(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  const { NO_COLOR, TERM } = environment;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

export interface TerminalOptions {
  hasColor: boolean;
  /** Columns; default TERMINAL_WIDTH. */
  width?: number;
}

/** One line per mode, then the headline: the sentences of the study's first mode, wrapped. */
export function writeTerminalSummary(input: ReportInput, options: TerminalOptions): string {
  const { language, result, study } = input;
  const texts = TEXTS[language];
  const width = options.width ?? TERMINAL_WIDTH;
  const lines: string[] = [paint(clean(study.name), 'bold', options)];
  if (study.isFictional) lines.push(texts.fictional);
  const columns: TerminalColumn<ModeCoverage>[] = [
    { title: texts.table.mode, text: (mode) => wordMode(mode.mode, language).title, isElastic: true },
    { title: texts.table.rate, isNumber: true, text: (mode) => formatRate(mode.whole.rate, language) },
    {
      title: texts.table.covered,
      isNumber: true,
      text: (mode) => formatPeople(mode.whole.populationCovered, language),
    },
    {
      title: texts.table.uncovered,
      isNumber: true,
      text: (mode) => formatPeople(mode.whole.populationUncovered, language),
    },
    {
      title: texts.table.notConnected,
      isNumber: true,
      text: (mode) => formatPeople(mode.whole.populationNotConnected, language),
    },
  ];
  if (result.communes.length > 0) {
    columns.push({
      title: texts.table.uncoveredCommunes,
      isNumber: true,
      text: (mode) => formatNumber(countCommunes(mode, 'non couverte'), language),
    });
  }
  lines.push('', ...writeTerminalTable(columns, result.modes, width, options), '');
  result.modes.forEach((mode, at) => {
    const { covered, leftOut, departures } = writeHeadline(mode, result, study.date, language);
    if (at === 0) lines.push(...wrap(covered, width).map((line) => paint(line, 'bold', options)));
    // Where a timetable counts, its rate without looking it up stands beside the other, whatever the mode's place.
    const { title } = wordMode(mode.mode, language);
    const overLimit = tellOverLimit(mode, input.transit, language);
    const sentences = [
      departures === '' || at === 0 ? departures : `${title} · ${departures}`,
      at === 0 ? leftOut : '',
      overLimit === '' || at === 0 ? overLimit : `${title} · ${overLimit}`,
      warnOfWindow(mode, input.transit, language),
    ];
    for (const sentence of sentences) if (sentence !== '') lines.push(...wrap(sentence, width));
  });
  const caution = writePartialInputs(input.notices, language);
  if (caution !== '') lines.push(...wrap(caution, width));
  for (const sentence of input.unknownTypes === undefined
    ? []
    : writeUnknownTypes(input.unknownTypes, language)) {
    lines.push(...wrap(clean(sentence), width));
  }
  return `${lines.join('\n')}\n`;
}

/** The communes left out, by mode, most people first: at most `width` columns. */
export function writeUncoveredTable(input: ReportInput, options: TerminalOptions): string {
  const { language, result, structures } = input;
  const texts = TEXTS[language];
  const pocketOfCommune = numberPockets(result);
  const nearest = (commune: CommuneCoverage): string =>
    commune.tooLate === undefined
      ? texts.notConnected
      : structures[commune.tooLate.nearestStructure.structureIndex].nom;
  const columns: TerminalColumn<CommuneCoverage>[] = [
    { title: texts.table.code, text: (commune) => commune.area.code },
    {
      title: texts.table.commune,
      text: (commune) => nameArea(commune.area, texts.noCommune).nom,
      isElastic: true,
    },
    { title: texts.table.state, text: (commune) => texts.shortStates[commune.etat] },
    {
      title: texts.table.people,
      isNumber: true,
      text: (commune) => formatPeople(countLeftOut(commune), language),
    },
    { title: texts.table.rate, isNumber: true, text: (commune) => formatRate(commune.rate, language) },
    {
      title: texts.table.minutes,
      isNumber: true,
      text: (commune) => formatMinutes(commune.tooLate?.medianMinutes, language),
    },
    {
      title: texts.table.pocket,
      isNumber: true,
      text: (commune) => String(pocketOfCommune.get(commune) ?? ''),
    },
    { title: texts.table.nearest, text: nearest, isElastic: true },
  ];
  const parts = result.modes.map((mode) => {
    const rows = listUncoveredRows({ ...result, modes: [mode] }).map(({ commune }) => commune);
    const title = paint(wordMode(mode.mode, language).title, 'bold', options);
    if (rows.length === 0) return `${title}\n${texts.table.none}`;
    const count = rows.filter((row) => row.area.code !== NO_AREA_CODE).length;
    const table = writeTerminalTable(columns, rows, options.width ?? TERMINAL_WIDTH, options);
    return `${title} · ${texts.table.communes} : ${formatNumber(count, language)}\n${table.join('\n')}`;
  });
  return `${parts.join('\n\n')}\n`;
}

export interface TerminalColumn<Row> {
  title: string;
  text: (row: Row) => string;
  isNumber?: boolean;
  /** May be shortened, with an ellipsis, to fit the width. */
  isElastic?: boolean;
}

const GAP = 2;
const SHORTEST_ELASTIC = 8;

/** Heading, rule and rows; every line at most `width` wide unless the fixed columns alone are wider. */
export function writeTerminalTable<Row>(
  columns: ReadonlyArray<TerminalColumn<Row>>,
  rows: readonly Row[],
  width: number,
  options: TerminalOptions,
): string[] {
  const cells = rows.map((row) => columns.map((column) => clean(column.text(row))));
  const widths = columns.map((column, at) =>
    cells.reduce(
      (widest, row) => Math.max(widest, measure(row[at])),
      Math.max(...column.title.split(' ').map(measure)),
    ),
  );
  shrink(columns, widths, width);
  const titles = columns.map((column, at) => wrap(column.title, widths[at]));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => pad(shorten(text, widths[at]), widths[at], columns[at].isNumber ?? false))
      .join(' '.repeat(GAP))
      .trimEnd();
  const headHeight = Math.max(...titles.map((title) => title.length));
  const head = Array.from({ length: headHeight }, (_, row) =>
    paint(line(titles.map((title) => title[row - headHeight + title.length] ?? '')), 'bold', options),
  );
  const rule = widths.map((columnWidth) => '─'.repeat(columnWidth)).join(' '.repeat(GAP));
  return [...head, rule, ...cells.map(line)];
}

function shrink<Row>(columns: ReadonlyArray<TerminalColumn<Row>>, widths: number[], width: number): void {
  const total = (): number => widths.reduce((sum, columnWidth) => sum + columnWidth + GAP, -GAP);
  while (total() > width) {
    const widest = columns
      .map((column, at) => ({ at, size: column.isElastic ? widths[at] : 0 }))
      .reduce((a, b) => (b.size > a.size ? b : a));
    if (widest.size <= SHORTEST_ELASTIC) return;
    widths[widest.at]--;
  }
}

/** Lines of at most `width`, broken at ordinary spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && measure(last) + 1 + measure(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** Control characters from the data could move the cursor or change colours. */
function clean(text: string): string {
  return withoutControls(text.normalize('NFC'));
}

function measure(text: string): number {
  return [...text].length;
}

function shorten(text: string, width: number): string {
  return measure(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - measure(text)));
  return isRight ? space + text : text + space;
}

function paint(text: string, style: 'bold', options: TerminalOptions): string {
  const code = { bold: 1 }[style];
  return options.hasColor ? `\u001b[${code}m${text}\u001b[0m` : text;
}
