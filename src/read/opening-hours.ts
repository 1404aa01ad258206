/**
 * Opening hours: what the France services list writes (`09:00 - 12:00 / 13:30 - 17:00`, one field a day) into
 * OSM's `opening_hours` syntax, and the little of that syntax that tells whether a structure ever opens.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */

/** Days in the order of the week, as OSM writes them. */
export const OSM_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

const MINUTES_PER_DAY = 1440;
const RANGE = /^(\d{1,2})[:hH](\d{2})\s*-\s*(\d{1,2})[:hH](\d{2})$/;

/** One stretch of a day, minutes since midnight. */
interface Range {
  from: number;
  to: number;
}

export interface DayHours {
  /** OSM ranges, `09:00-12:00,13:30-17:00`; '' = closed. */
  text: string;
  /** What was mended or could not be read, in words. */
  defects: string[];
}

/** Fields already read: a national list writes some hundred different ones twenty thousand times. */
const hoursOfField = new Map<string, DayHours>();

/**
 * Reads one day's field. Empty ranges (`00:00 - 00:00`) go, repeated and overlapping ones are merged; a part
 * that is no range is a defect and counts for nothing.
 */
export function readDayHours(field: string): DayHours {
  let hours = hoursOfField.get(field);
  if (hours === undefined) {
    hours = parseDayHours(field);
    hoursOfField.set(field, hours);
  }
  return hours;
}

function parseDayHours(field: string): DayHours {
  const defects: string[] = [];
  const ranges: Range[] = [];
  for (const part of field.split('/')) {
    const trimmed = part.trim();
    if (trimmed === '' || trimmed === '-') continue;
    const range = readRange(trimmed);
    if (range === undefined) defects.push(`"${trimmed}" is no range of hours`);
    else if (range.to > range.from) ranges.push(range);
    else if (range.from === 0 && range.to === 0) defects.push('"00:00 - 00:00" counts as closed');
    else defects.push(`"${trimmed}" ends before it begins`);
  }
  ranges.sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last === undefined || range.from > last.to) merged.push({ ...range });
    else {
      if (range.from < last.to) defects.push('ranges overlap: merged');
      last.to = Math.max(last.to, range.to);
    }
  }
  const text = merged.map((range) => `${formatTime(range.from)}-${formatTime(range.to)}`).join(',');
  return { text, defects: [...new Set(defects)] };
}

/** Days in the week's order ('' = closed) -> `Mo-Fr 09:00-12:00; Sa 10:00-12:00`; `off` where all are closed. */
export function formatWeek(days: readonly string[]): string {
  const rules: string[] = [];
  for (const hours of new Set(days)) {
    if (hours !== '') rules.push(`${formatDays(days.map((day) => day === hours))} ${hours}`);
  }
  return rules.length === 0 ? 'off' : rules.join('; ');
}

/**
 * False only where the text plainly says closed all week: `off`, `closed`, or rules that are all of them so.
 * What this cannot read counts as open, as unknown hours do.
 */
export function isEverOpen(horaires: string): boolean {
  const rules = horaires.split(';').map((rule) => rule.trim().toLowerCase());
  return rules.some((rule) => rule !== '' && !/(^|\s)(off|closed)$/.test(rule));
}

function readRange(text: string): Range | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]) * 60 + Number(match[2]);
  const to = Number(match[3]) * 60 + Number(match[4]);
  if (Number(match[2]) > 59 || Number(match[4]) > 59 || to > MINUTES_PER_DAY) return undefined;
  return { from, to };
}

function formatTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `[true, true, true, false, true, …]` -> `Mo-We,Fr`. */
function formatDays(isOpen: readonly boolean[]): string {
  const parts: string[] = [];
  for (let day = 0; day < isOpen.length; day++) {
    if (!isOpen[day]) continue;
    let last = day;
    while (isOpen[last + 1]) last++;
    if (last - day >= 2) parts.push(`${OSM_DAYS[day]}-${OSM_DAYS[last]}`);
    else for (let each = day; each <= last; each++) parts.push(OSM_DAYS[each]);
    day = last;
  }
  return parts.join(',');
}
