/**
 * When structures accept people on one day, from their opening hours in OSM syntax: by the package
 * `opening_hours`, which knows weekdays, seasons, week numbers and French public holidays. What it cannot read,
 * and hours that only say "by appointment", count as open all day, as unknown hours do.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
import type { NoticeList } from '../common/notices.ts';
import type { Structure } from './records.ts';

/** Windows by structure, seconds of the day; one without windows accepts arrivals at any time. */
export interface HoursOnDay {
  /** structure -> its first window; length structureCount + 1. */
  first: Uint32Array;
  openSeconds: Int32Array;
  closeSeconds: Int32Array;
  /** Structures whose hours are known; those that are closed all that day. */
  knownCount: number;
  closedCount: number;
}

const SECONDS_PER_DAY = 86_400;
type Window = readonly [open: number, close: number];
type Reader = (text: string, lon: number, lat: number) => Window[] | undefined;

/**
 * Reads the hours of all structures for a day. A structure that is closed all that day accepts arrivals at any
 * time, with a notice: the study is of one ordinary day, not of the calendar.
 * @param date YYYY-MM-DD
 */
export async function readHoursOnDay(
  structures: readonly Structure[],
  date: string,
  notices: NoticeList,
): Promise<HoursOnDay> {
  const windows: Window[] = [];
  const first = new Uint32Array(structures.length + 1);
  let [knownCount, closedCount] = [0, 0];
  const read = structures.some(({ horaires }) => horaires !== undefined)
    ? await createReader(date)
    : undefined;
  structures.forEach((structure, i) => {
    const { horaires } = structure;
    if (horaires !== undefined && read !== undefined) {
      const found = read(horaires, structure.lon, structure.lat);
      if (found !== undefined) knownCount++;
      if (found === undefined) noticeUnread(structure, notices);
      else if (found.length === 0) {
        closedCount++;
        noticeClosed(structure, date, notices);
      } else windows.push(...found);
    }
    first[i + 1] = windows.length;
  });
  return {
    first,
    openSeconds: Int32Array.from(windows, ([open]) => open),
    closeSeconds: Int32Array.from(windows, ([, close]) => close),
    knownCount,
    closedCount,
  };
}

/** Reads one text, remembering it: a list repeats the same hours many times. */
async function createReader(date: string): Promise<Reader> {
  const { default: OpeningHours } = await import('opening_hours');
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  // The package thinks in local time, which only serves as a calendar here.
  const [from, to] = [new Date(year, month - 1, day), new Date(year, month - 1, day + 1)];
  const known = new Map<string, Window[] | undefined>();
  const evaluate = (text: string, lon: number, lat: number): Window[] => {
    const place = { lat, lon, address: { country_code: 'fr', state: '' } };
    return new OpeningHours(text, place)
      .getOpenIntervals(from, to)
      .map(([open, close]): Window => [secondsOf(open, from, 0), secondsOf(close, from, SECONDS_PER_DAY)]);
  };
  return (text, lon, lat) => {
    if (known.has(text)) return known.get(text);
    let windows: Window[] | undefined;
    // School holidays differ by zone: a rule on them is left out rather than all the others with it.
    for (const attempt of new Set([text, withoutSchoolHolidays(text)])) {
      try {
        windows = attempt === '' ? undefined : evaluate(attempt, lon, lat);
        break;
      } catch {
        windows = undefined;
      }
    }
    known.set(text, windows);
    return windows;
  };
}

/** Seconds of the day by the clock; another day is the day's end or start. */
function secondsOf(moment: Date, day: Date, otherwise: number): number {
  if (moment.getDate() !== day.getDate()) return otherwise;
  return moment.getHours() * 3600 + moment.getMinutes() * 60 + moment.getSeconds();
}

function withoutSchoolHolidays(text: string): string {
  return text
    .split(';')
    .filter((rule) => !/\bSH\b/.test(rule))
    .join(';')
    .trim();
}

function noticeUnread(structure: Structure, notices: NoticeList): void {
  notices.add({
    code: 'opening-hours-not-understood',
    severity: 'warning',
    message: `${structure.nom}: the opening hours cannot be read`,
    action: 'counted as open all day',
    file: structure.file,
    row: structure.row,
    id: structure.id,
    value: structure.horaires ?? '',
  });
}

function noticeClosed(structure: Structure, date: string, notices: NoticeList): void {
  notices.add({
    code: 'structure-closed-that-day',
    severity: 'info',
    message: `${structure.nom} is closed on ${date}`,
    action: 'arrivals count at any time of the window',
    file: structure.file,
    row: structure.row,
    id: structure.id,
    value: structure.horaires ?? '',
  });
}
