/**
 * Opening hours: what the France services list writes (`09:00 - 12:00 / 13:30 - 17:00`, one field a day) into
 * OSM's `opening_hours` syntax, and the little of that syntax that tells whether a structure ever opens.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
import { formatTime, type Range, readFieldRanges } from './day-ranges.ts';

/** Days in the order of the week, as OSM writes them. */
export const OSM_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

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

/** What lists write in the field of a day on which nobody is received. */
const CLOSED_DAY = /^[\s-]*(?:ferm[ée](?:e|s|es)?|fermeture|closed|off)[\s.-]*$/i;

function parseDayHours(field: string): DayHours {
  if (CLOSED_DAY.test(field)) return { text: '', defects: [] };
  const read = readFieldRanges(field);
  const defects = [...read.defects];
  const ranges: Range[] = [];
  for (const range of read.ranges) {
    const { from, to } = range;
    if (to > from) ranges.push(range);
    else if (from === 0 && to === 0) defects.push('"00:00 - 00:00" counts as closed');
    else defects.push(`"${formatTime(from)} - ${formatTime(to)}" ends before it begins`);
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
