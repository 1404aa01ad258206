/**
 * The ranges that one day's field of a list states, however it was typed: `09:00 - 12:00 / 13:30 - 17:00`, and
 * what the published lists hold beside it: `09h00`, a dash forgotten or of another length, minutes left out
 * (`14:00 - 17:`), a slash for a dash (`8:30/12:00`), words around (`Sur RDV : 14:00 - 17:00`). What had to be
 * guessed is told in words; a time without its other end is no range.
 */

/** One stretch of a day, minutes since midnight. */
export interface Range {
  from: number;
  to: number;
}

export interface FieldRanges {
  /** As stated: in any order, possibly overlapping or empty. */
  ranges: Range[];
  /** What was guessed or could not be read, in words. */
  defects: string[];
}

const MINUTES_PER_DAY = 1440;

/** A range as the list's own form asks for it. */
const PLAIN_RANGE = /^(\d{1,2})[:hH](\d{2})\s*-\s*(\d{1,2})[:hH](\d{2})$/;

/** A time of day: `9:30`, `9 : 30` unless the 30 is an hour of its own, `9:` and `9h`. */
const TIME =
  /(?<![\d:])(?:(\d{1,2})[:hH](\d{2})(?!\d)|(\d{1,2})\s*[:hH]\s*(\d{2})(?!\d)(?!\s*[:hH])|(\d{1,2})\s*[:hH](?!\d))/g;

/** Dashes and blanks of word processors. */
const DASHES = /[\u2010-\u2015\u2212]/g;
const BLANKS = /[\u00a0\u2007\u202f]/g;

export function readFieldRanges(field: string): FieldRanges {
  const text = field.replace(DASHES, '-').replace(BLANKS, ' ');
  const parts = text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '-');
  const across = readAcrossSlashes(text, parts);
  if (across !== undefined) return across;
  const defects: string[] = [];
  const ranges: Range[] = [];
  for (const part of parts) {
    const read = readPart(part);
    ranges.push(...read.ranges);
    defects.push(...read.defects);
  }
  return { ranges, defects };
}

/**
 * `8:30/12:00 - 14:/17:` is two ranges, though a slash should stand between ranges: where some part has a lone
 * time, no word says otherwise, and the times of the whole field ascend, they belong together two by two.
 */
function readAcrossSlashes(text: string, parts: readonly string[]): FieldRanges | undefined {
  const counts = parts.map((part) => findTimes(part).length);
  if (!counts.some((count) => count % 2 === 1)) return undefined;
  const times = parts.flatMap((part) => findTimes(part));
  const hasWords = parts.some((part) => leftBeside(part) !== '');
  const ascends = times.every((time, i) => i === 0 || time > times[i - 1]!);
  if (hasWords || !ascends || times.length % 2 === 1 || !times.every(isTimeOfDay)) return undefined;
  const ranges = pairUp(times);
  return { ranges, defects: [`"${text.trim()}" read as ${showRanges(ranges)}`] };
}

function readPart(part: string): FieldRanges {
  const plain = PLAIN_RANGE.exec(part);
  const times = findTimes(part);
  const isReadable = times.length > 0 && times.every(isTimeOfDay);
  if (!isReadable) return { ranges: [], defects: [`"${part}" is no range of hours`] };
  if (times.length % 2 === 1) {
    return { ranges: [], defects: [`"${part}" is no range of hours: a time has no other end`] };
  }
  const ranges = pairUp(times);
  const rest = leftBeside(part);
  if (plain !== null) return { ranges, defects: [] };
  const aside = /[\p{L}\p{N}]/u.test(rest) ? ', the rest left aside' : '';
  return { ranges, defects: [`"${part}" read as ${showRanges(ranges)}${aside}`] };
}

/** Minutes since midnight of the times in a text, NaN for one such as 9:75. */
function findTimes(text: string): number[] {
  return Array.from(text.matchAll(TIME), (match) => {
    const hours = Number(match[1] ?? match[3] ?? match[5]);
    const minutes = Number(match[2] ?? match[4] ?? 0);
    return minutes > 59 ? Number.NaN : hours * 60 + minutes;
  });
}

/** What stands beside the times, dashes and blanks. */
function leftBeside(text: string): string {
  return text.replace(TIME, '').replace(/[\s-]/g, '');
}

function isTimeOfDay(minutes: number): boolean {
  return minutes <= MINUTES_PER_DAY;
}

function pairUp(times: readonly number[]): Range[] {
  return Array.from({ length: times.length / 2 }, (_, i) => ({ from: times[2 * i]!, to: times[2 * i + 1]! }));
}

function showRanges(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => `${formatTime(from)}-${formatTime(to)}`).join(',');
}

/** 810 -> `13:30`. */
export function formatTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
