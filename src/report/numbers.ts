/**
 * Numbers and dates as people read them. French: narrow no-break space between thousands, decimal comma, a
 * no-break space before the per cent sign. Written out here rather than left to `Intl`, whose tables change with
 * the version of Node, so that reports are the same everywhere.
 */
import type { Language } from './texts.ts';

const THIN_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';

const MONTHS: Record<Language, readonly string[]> = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

export function formatNumber(value: number, language: Language, decimals = 0): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
  const separator = language === 'fr' ? THIN_SPACE : ',';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator);
  const isZero = Number(value.toFixed(decimals)) === 0;
  const sign = value < 0 && !isZero ? '−' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `${language === 'fr' ? ',' : '.'}${fraction}`}`;
}

/** People, whole; fewer than half a person, but not none, reads "< 1". */
export function formatPeople(people: number, language: Language): string {
  return people > 0 && people < 0.5 ? `<${NO_BREAK_SPACE}1` : formatNumber(people, language);
}

/** A share between 0 and 1 with one decimal; never "100 %" for less than all, nor "0 %" for more than none. */
export function formatRate(rate: number | undefined, language: Language): string {
  if (rate === undefined) return '–';
  const percent = language === 'fr' ? `${NO_BREAK_SPACE}%` : '%';
  if (rate === 1) return `100${percent}`;
  if (rate === 0) return `0${percent}`;
  const shown = Math.min(99.9, Math.max(0.1, rate * 100));
  return `${formatNumber(shown, language, 1)}${percent}`;
}

export function formatMinutes(minutes: number | undefined, language: Language): string {
  return minutes === undefined ? '–' : formatNumber(minutes, language, 1);
}

/** `2026-10-06` as "6 octobre 2026" or "6 October 2026"; anything else as it is. */
export function formatDate(date: string, language: Language): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (found === null) return date;
  const day = Number(found[3]);
  const shownDay = language === 'fr' && day === 1 ? '1er' : String(day);
  return `${shownDay} ${MONTHS[language][Number(found[2]) - 1]} ${found[1]}`;
}

/** A number as CSV and GeoJSON readers take it: unrounded, never in scientific notation. */
export function writePlain(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/\.?0+$/, '');
}

/** Seconds of the day as HH:MM; hours may pass 24. */
export function formatClock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
