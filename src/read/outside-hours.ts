/**
 * Which structures receive people outside working hours: open, at least once in the week, after 17:30, between
 * 12:00 and 14:00, or on Saturday. The week is the one that holds the study's day. Here unknown hours are not
 * open: opening then is the exception, so a list that is silent does not say so.
 */
import type { NoticeList } from '../common/notices.ts';
import { createHoursReader, dayAfter, type OpenStretch } from './hours-reader.ts';
import type { Structure } from './records.ts';

export interface OutsideHours {
  /** False where the list gives no hours, or none that can be read. */
  isKnown: boolean;
  /** After 17:30; between 12:00 and 14:00; on Saturday. */
  evening: boolean;
  lunch: boolean;
  saturday: boolean;
}

/** The slots, minutes since midnight. */
const EVENING = [17 * 60 + 30, 24 * 60] as const;
const LUNCH = [12 * 60, 14 * 60] as const;
const WHOLE_DAY = [0, 24 * 60] as const;

/** Weekdays of JavaScript: Sunday is 0. */
const SATURDAY = 6;
const DAYS_PER_WEEK = 7;
const DAY_MILLISECONDS = 24 * 3600 * 1000;

/** The week read where the study has no day of its own: it has no holiday in any zone. */
const ORDINARY_DAY = '2026-10-06';

/** In the order of the structures. @param date YYYY-MM-DD; undefined: an ordinary week */
export async function readOutsideHours(
  structures: readonly Structure[],
  date: string | undefined,
  notices: NoticeList,
): Promise<OutsideHours[]> {
  const unknown: OutsideHours = { isKnown: false, evening: false, lunch: false, saturday: false };
  if (structures.every(({ horaires }) => horaires === undefined)) return structures.map(() => unknown);
  const midnights = weekOf(date ?? ORDINARY_DAY);
  const days = midnights.slice(0, DAYS_PER_WEEK);
  const read = await createHoursReader(days[0]!, midnights[DAYS_PER_WEEK]!);
  return structures.map((structure) => {
    const { horaires, lon, lat, codeInsee } = structure;
    if (horaires === undefined) return unknown;
    const stretches = read(horaires, lon, lat, codeInsee);
    if (stretches === undefined) {
      noticeUnread(structure, notices);
      return unknown;
    }
    const isOpen = (day: Date, slot: readonly [number, number]) => overlaps(stretches, day, slot);
    return {
      isKnown: true,
      evening: days.some((day) => isOpen(day, EVENING)),
      lunch: days.some((day) => isOpen(day, LUNCH)),
      saturday: days.some((day) => day.getDay() === SATURDAY && isOpen(day, WHOLE_DAY)),
    };
  });
}

export function isOpenOutside({ evening, lunch, saturday }: OutsideHours): boolean {
  return evening || lunch || saturday;
}

/** The midnights of the week around a day: from that before its Monday to that after its Sunday. */
function weekOf(date: string): Date[] {
  const sinceMonday = (dayAfter(date, 0).getDay() + 6) % DAYS_PER_WEEK;
  return Array.from({ length: DAYS_PER_WEEK + 1 }, (_, i) => dayAfter(date, i - sinceMonday));
}

function overlaps(
  stretches: readonly OpenStretch[],
  day: Date,
  [from, to]: readonly [number, number],
): boolean {
  const at = (minutes: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes).getTime();
  return stretches.some(([open, close, isUnknown]) => {
    // A day without its hours is not open in the evening because of that.
    if (isUnknown === true && close.getTime() - open.getTime() >= DAY_MILLISECONDS && from > 0) return false;
    return open.getTime() < at(to) && close.getTime() > at(from);
  });
}

function noticeUnread(structure: Structure, notices: NoticeList): void {
  notices.add({
    code: 'outside-hours-not-understood',
    severity: 'warning',
    message: `${structure.nom}: the opening hours cannot be read`,
    action: 'not counted as open outside working hours',
    file: structure.file,
    row: structure.row,
    id: structure.id,
    value: structure.horaires ?? '',
  });
}
