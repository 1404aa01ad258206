/**
 * When structures accept people on one day, from their opening hours in OSM syntax (`hours-reader.ts`). What
 * cannot be read, and hours that only say "by appointment", count as open all day, as unknown hours do.
 */
import type { NoticeList } from '../common/notices.ts';
import { createHoursReader, dayAfter } from './hours-reader.ts';
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
  const [from, to] = [dayAfter(date, 0), dayAfter(date, 1)];
  const read = structures.some(({ horaires }) => horaires !== undefined)
    ? await createHoursReader(from, to)
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
      } else {
        for (const [open, close] of found) {
          windows.push([secondsOf(open, from, 0), secondsOf(close, from, SECONDS_PER_DAY)]);
        }
      }
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

/** Seconds of the day by the clock; another day is the day's end or start. */
function secondsOf(moment: Date, day: Date, otherwise: number): number {
  if (moment.getDate() !== day.getDate()) return otherwise;
  return moment.getHours() * 3600 + moment.getMinutes() * 60 + moment.getSeconds();
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
