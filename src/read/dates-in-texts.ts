/**
 * Dates as people and programs write them, in a field or in the name of a file: in goes a text, out comes a day as
 * YYYY-MM-DD. A month alone stands for its first day and a year for its first: they say no more.
 */
import { findDay, formatDay } from '../common/days.ts';
import { fold } from './structure-rows.ts';

/** Older years are numbers of something else; nothing that a study reads was published then. */
const EARLIEST = '2005-01-01';

/** French and English, without accents; the first three letters of most will do. */
const MONTHS: ReadonlyArray<readonly [number, string]> = [
  [1, 'janvier|janv|january|jan'],
  [2, 'fevrier|fevr|fev|february|feb'],
  [3, 'mars|march|mar'],
  [4, 'avril|avr|april|apr'],
  [5, 'mai|may'],
  [6, 'juin|june|jun'],
  [7, 'juillet|juil|july|jul'],
  [8, 'aout|august|aug'],
  [9, 'septembre|sept|september|sep'],
  [10, 'octobre|october|oct'],
  [11, 'novembre|november|nov'],
  [12, 'decembre|december|dec'],
];
const MONTH_NAMES = MONTHS.map(([, names]) => names).join('|');

type Parts = readonly [year: string, month: string, day: string];

const YEAR = '(20\\d\\d)';
const MONTH = '(0[1-9]|1[0-2])';
const DAY = '(0[1-9]|[12]\\d|3[01])';
const BETWEEN = '[-_. /]';
/**
 * In this order, each on what the ones before left over. `06-2024` is no month: lists are named by département.
 */
const PATTERNS: ReadonlyArray<readonly [RegExp, (found: RegExpMatchArray) => Parts]> = [
  [pattern(`${YEAR}${BETWEEN}?${MONTH}${BETWEEN}?${DAY}`), ([, y, m, d]) => [y!, m!, d!]],
  [pattern(`${DAY}${BETWEEN}?${MONTH}${BETWEEN}?${YEAR}`), ([, d, m, y]) => [y!, m!, d!]],
  [
    pattern(`(\\d{1,2})(?:er)?${BETWEEN}?(${MONTH_NAMES})${BETWEEN}?${YEAR}`),
    ([, d, m, y]) => [y!, numberOfMonth(m!), d!.padStart(2, '0')],
  ],
  [pattern(`(?<![a-z])(${MONTH_NAMES})${BETWEEN}?${YEAR}`), ([, m, y]) => [y!, numberOfMonth(m!), '01']],
  [pattern(`${YEAR}${BETWEEN}?(${MONTH_NAMES})(?![a-z])`), ([, y, m]) => [y!, numberOfMonth(m!), '01']],
  [pattern(`${YEAR}${BETWEEN}?${MONTH}`), ([, y, m]) => [y!, m!, '01']],
  // Not "2000m", a size.
  [pattern(`${YEAR}(?!m)`), ([, y]) => [y!, '01', '01']],
];
/** `bourgogne-240801.osm.pbf`, as Geofabrik names its extracts. */
const SHORT_DATE = pattern(`(\\d\\d)${MONTH}${DAY}`);

/** No further digit before or after. */
function pattern(source: string): RegExp {
  return new RegExp(`(?<!\\d)${source}(?!\\d)`, 'g');
}

function numberOfMonth(name: string): string {
  const found = MONTHS.find(([, names]) => names.split('|').includes(name))!;
  return String(found[0]).padStart(2, '0');
}

/** The newest date of a file's name that is not later than `latest`. */
export function findDateInName(name: string, latest: string): string | undefined {
  let text = fold(name);
  let newest: string | undefined;
  const keep = ([year, month, day]: Parts): void => {
    const found = findDay(`${year}-${month}-${day}`);
    const date = found === undefined ? undefined : formatDay(found);
    if (date !== undefined && isBelievable(date, latest)) newest = newerOf(newest, date);
  };
  if (/\.(osm|pbf)(\.|$)/.test(text)) {
    text = text.replace(SHORT_DATE, (...[whole, year, month, day]) => {
      if (findDay(`20${year}-${month}-${day}`) === undefined) return whole;
      keep([`20${year}`, month, day]);
      return ' ';
    });
  }
  for (const [expression, partsOf] of PATTERNS) {
    for (const found of text.matchAll(expression)) keep(partsOf(found));
    text = text.replace(expression, '~');
  }
  return newest;
}

/** A field that is a date: `2024-08-01T10:00:00Z`, `01/08/2024 10:00`, `20240801`; undefined for all else. */
export function readStatedDate(text: string): string | undefined {
  const trimmed = text.trim();
  const iso = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:$|[T ])/.exec(trimmed);
  const french = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:$|[T ])/.exec(trimmed);
  const parts =
    iso !== null ? [iso[1], iso[2], iso[3]] : french !== null ? [french[3], french[2], french[1]] : undefined;
  if (parts === undefined) return undefined;
  const found = findDay(`${parts[0]}-${parts[1]!.padStart(2, '0')}-${parts[2]!.padStart(2, '0')}`);
  return found === undefined ? undefined : formatDay(found);
}

/** False for 1970, 2099 and their like. */
export function isBelievable(date: string, latest: string): boolean {
  return date >= EARLIEST && date <= latest;
}

export function newerOf(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
