/**
 * When structures accept people on one day, from their opening hours in OSM syntax (`hours-reader.ts`). What
 * cannot be read, and hours that only say "by appointment", count as open all day, as unknown hours do.
 */
import type { NoticeList } from '../common/notices.ts';
import { createHoursReader, dayAfter, type OpenStretch } from './hours-reader.ts';
import type { Structure } from './records.ts';

/** Windows by structure, seconds of the day; one without windows accepts arrivals at any time, unless closed. */
export interface HoursOnDay {
  /** structure -> its first window; length structureCount + 1. */
  first: Uint32Array;
  openSeconds: Int32Array;
  closeSeconds: Int32Array;
  /** structure -> 1 where it is closed all that day. */
  isClosed: Uint8Array;
  /**
   * structure -> the times of day at which it is open on this day or one of those after, ascending and disjoint;
   * none where its hours are unknown.
   */
  openingsOfWeek: ReadonlyArray<readonly Window[]>;
  /** structure -> 1 where it is known to be shut during a part of the study's window on that day. */
  isShutInWindow: Uint8Array;
  /** Structures whose hours are known; those closed all that day; those open that day, outside the window. */
  knownCount: number;
  closedCount: number;
  outsideWindowCount: number;
}

const SECONDS_PER_DAY = 86_400;
const DAYS_PER_WEEK = 7;
const DAYS_PER_YEAR = 366;
export type Window = readonly [open: number, close: number];

/** Seconds of the day. */
export interface ArrivalWindow {
  fromSeconds: number;
  toSeconds: number;
}

/**
 * Reads the hours of all structures for a day, and of the days after, since a structure counts whenever it is open
 * (`search/own-windows.ts`).
 * @param date YYYY-MM-DD
 * @param window when people are to arrive; without it the whole day, and no structure is told of as outside it
 */
export async function readHoursOnDay(
  structures: readonly Structure[],
  date: string,
  notices: NoticeList,
  window?: ArrivalWindow,
): Promise<HoursOnDay> {
  const windows: Window[] = [];
  const first = new Uint32Array(structures.length + 1);
  const isClosed = new Uint8Array(structures.length);
  const isShutInWindow = new Uint8Array(structures.length);
  const openingsOfWeek: Array<readonly Window[]> = [];
  let [knownCount, closedCount, outsideWindowCount] = [0, 0, 0];
  const hasHours = structures.some(({ horaires }) => horaires !== undefined);
  const read = hasHours ? await createDaysReader(date) : undefined;
  structures.forEach((structure, i) => {
    const days = read?.(structure);
    openingsOfWeek.push(days === undefined ? [] : joinOpenings(days.flat()));
    if (days !== undefined) {
      const [today] = days;
      knownCount++;
      windows.push(...today!);
      if (today!.length === 0) {
        isClosed[i] = 1;
        closedCount++;
        noticeClosed(structure, date, notices);
      } else if (window !== undefined && !today!.some((opening) => meets(opening, window))) {
        outsideWindowCount++;
        noticeOutside(structure, date, notices);
      }
      if (window !== undefined && !coversWindow(today!, window)) isShutInWindow[i] = 1;
    } else if (structure.horaires !== undefined) noticeUnread(structure, notices);
    first[i + 1] = windows.length;
  });
  return {
    first,
    openSeconds: Int32Array.from(windows, ([open]) => open),
    closeSeconds: Int32Array.from(windows, ([, close]) => close),
    isClosed,
    openingsOfWeek,
    isShutInWindow,
    knownCount,
    closedCount,
    outsideWindowCount,
  };
}

/** The openings of a structure on each day from the date on; undefined where they are unknown or unread. */
type DaysReader = (structure: Structure) => Window[][] | undefined;

async function createDaysReader(date: string): Promise<DaysReader> {
  const midnights = Array.from({ length: DAYS_PER_YEAR + 1 }, (_, i) => dayAfter(date, i));
  const readWeek = await createHoursReader(midnights[0]!, midnights[DAYS_PER_WEEK]!);
  const readYear = await createHoursReader(midnights[0]!, midnights[DAYS_PER_YEAR]!);
  return ({ horaires, lon, lat, codeInsee }) => {
    if (horaires === undefined) return undefined;
    const stretches = readWeek(horaires, lon, lat, codeInsee);
    if (stretches === undefined) return undefined;
    const week = midnights.slice(0, DAYS_PER_WEEK).map((_, day) => openingsOn(stretches, midnights, day));
    if (week.some((day) => day.length > 0)) return week;
    // Open at another time of the year: its next open day.
    const [next] = readYear(horaires, lon, lat, codeInsee) ?? [];
    if (next === undefined) return week;
    const day = midnights.findIndex((midnight) => midnight.getTime() > next[0].getTime()) - 1;
    return [...week, openingsOn([next], midnights, day)];
  };
}

/** The parts of the stretches within one day, seconds of it by the clock. */
function openingsOn(stretches: readonly OpenStretch[], midnights: readonly Date[], day: number): Window[] {
  const [from, to] = [midnights[day]!, midnights[day + 1]!];
  return stretches
    .filter(([open, close]) => open < to && close > from)
    .map(([open, close]) => [
      open < from ? 0 : clockOf(open),
      close >= to ? SECONDS_PER_DAY : clockOf(close),
    ]);
}

function clockOf(moment: Date): number {
  return moment.getHours() * 3600 + moment.getMinutes() * 60 + moment.getSeconds();
}

function meets([open, close]: Window, { fromSeconds, toSeconds }: ArrivalWindow): boolean {
  return open < toSeconds && close > fromSeconds;
}

/** Open all through the window, however many stretches that takes. */
function coversWindow(openings: readonly Window[], { fromSeconds, toSeconds }: ArrivalWindow): boolean {
  return joinOpenings(openings).some(([open, close]) => open <= fromSeconds && close >= toSeconds);
}

/** Ascending and disjoint; those that touch are one. */
function joinOpenings(openings: readonly Window[]): Window[] {
  const joined: Window[] = [];
  for (const [open, close] of [...openings].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last === undefined || open > last[1]) joined.push([open, close]);
    else joined[joined.length - 1] = [last[0], Math.max(last[1], close)];
  }
  return joined;
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
    action: 'its hours of its next open days count, on the timetable of the day',
    file: structure.file,
    row: structure.row,
    id: structure.id,
    value: structure.horaires ?? '',
  });
}

function noticeOutside(structure: Structure, date: string, notices: NoticeList): void {
  notices.add({
    code: 'structure-closed-in-window',
    severity: 'info',
    message: `${structure.nom} is open on ${date}, but not in the window of the study`,
    action: 'its own hours count',
    file: structure.file,
    row: structure.row,
    id: structure.id,
    value: structure.horaires ?? '',
  });
}
