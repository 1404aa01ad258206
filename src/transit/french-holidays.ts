/**
 * French public holidays (computed) and school holidays (a table), so that `date: auto` picks an ordinary day
 * and lines that only run on school days can be told.
 *
 * Public holidays: Code du travail, article L3133-1; Easter by the anonymous Gregorian algorithm (Meeus,
 * "Astronomical Algorithms", chapter 8). School holidays: the ministry's calendars for metropolitan France,
 * zones A, B and C (arrêtés of 7 December 2022 and later; education.gouv.fr/calendrier-scolaire). Where the
 * table ends, only what every year shares is known: July, August and the last week of December.
 */
import { dateOfDay, dayOfDate, findDay } from '../common/days.ts';

/** Day of Easter Sunday. */
export function easterDay(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dayOfDate(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

/** Month and day of the public holidays that do not move. */
const FIXED_HOLIDAYS = [
  [1, 1],
  [5, 1],
  [5, 8],
  [7, 14],
  [8, 15],
  [11, 1],
  [11, 11],
  [12, 25],
] as const;
/** Easter Monday, Ascension, Whit Monday: days after Easter Sunday. */
const DAYS_AFTER_EASTER = [1, 39, 50] as const;

export function isFrenchPublicHoliday(day: number): boolean {
  const date = dateOfDay(day);
  if (FIXED_HOLIDAYS.some(([month, dayOfMonth]) => month === date.month && dayOfMonth === date.day))
    return true;
  const easter = easterDay(date.year);
  return DAYS_AFTER_EASTER.some((after) => day === easter + after);
}

/** First day off and first day back at school; all zones where no zone is named. */
const SCHOOL_HOLIDAYS: ReadonlyArray<readonly [zone: string, first: string, back: string]> = [
  ['ABC', '2023-10-21', '2023-11-06'],
  ['ABC', '2023-12-23', '2024-01-08'],
  ['A', '2024-02-17', '2024-03-04'],
  ['B', '2024-02-24', '2024-03-11'],
  ['C', '2024-02-10', '2024-02-26'],
  ['A', '2024-04-13', '2024-04-29'],
  ['B', '2024-04-20', '2024-05-06'],
  ['C', '2024-04-06', '2024-04-22'],
  ['ABC', '2024-07-06', '2024-09-02'],
  ['ABC', '2024-10-19', '2024-11-04'],
  ['ABC', '2024-12-21', '2025-01-06'],
  ['A', '2025-02-22', '2025-03-10'],
  ['B', '2025-02-08', '2025-02-24'],
  ['C', '2025-02-15', '2025-03-03'],
  ['A', '2025-04-19', '2025-05-05'],
  ['B', '2025-04-05', '2025-04-22'],
  ['C', '2025-04-12', '2025-04-28'],
  ['ABC', '2025-05-29', '2025-06-02'],
  ['ABC', '2025-07-05', '2025-09-01'],
  ['ABC', '2025-10-18', '2025-11-03'],
  ['ABC', '2025-12-20', '2026-01-05'],
  ['A', '2026-02-07', '2026-02-23'],
  ['B', '2026-02-14', '2026-03-02'],
  ['C', '2026-02-21', '2026-03-09'],
  ['A', '2026-04-04', '2026-04-20'],
  ['B', '2026-04-11', '2026-04-27'],
  ['C', '2026-04-18', '2026-05-04'],
  ['ABC', '2026-05-14', '2026-05-18'],
  ['ABC', '2026-07-04', '2026-09-01'],
  ['ABC', '2026-10-17', '2026-11-02'],
  ['ABC', '2026-12-19', '2027-01-04'],
  ['A', '2027-02-13', '2027-03-01'],
  ['B', '2027-02-20', '2027-03-08'],
  ['C', '2027-02-06', '2027-02-22'],
  ['A', '2027-04-10', '2027-04-26'],
  ['B', '2027-04-17', '2027-05-03'],
  ['C', '2027-04-03', '2027-04-19'],
  ['ABC', '2027-07-03', '2027-09-01'],
];

const PERIODS = SCHOOL_HOLIDAYS.map(([zones, first, back]) => ({
  zones,
  firstDay: findDay(first) ?? 0,
  backDay: findDay(back) ?? 0,
}));

export type SchoolZone = 'A' | 'B' | 'C';

/**
 * True on a day of school holidays in the zone; without a zone, in *any* zone ('any') or in *every* zone
 * ('every').
 */
export function isFrenchSchoolHoliday(day: number, zone: SchoolZone | 'any' | 'every'): boolean {
  const date = dateOfDay(day);
  if (date.month === 8 || (date.month === 7 && date.day >= 8)) return true;
  if (date.month === 12 && date.day >= 24) return true;
  let zonesOff = '';
  for (const period of PERIODS) if (day >= period.firstDay && day < period.backDay) zonesOff += period.zones;
  if (zone === 'any') return zonesOff !== '';
  const asked = zone === 'every' ? ['A', 'B', 'C'] : [zone];
  return asked.every((one) => zonesOff.includes(one));
}
