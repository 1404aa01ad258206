/**
 * French public holidays (computed) and school holidays (a table), so that `date: auto` picks an ordinary day
 * and lines that only run on school days can be told.
 *
 * Public holidays: Code du travail, article L3133-1; Easter by the anonymous Gregorian algorithm (Meeus,
 * "Astronomical Algorithms", chapter 8). School holidays: the ministry's calendars for metropolitan France,
 * zones A, B and C, from 2012 on (the last by the arrêtés of 7 December 2022 and later;
 * education.gouv.fr/calendrier-scolaire). Where the table ends, only what every year shares is known: July, August
 * and the last week of December; `mayBeFrenchSchoolHoliday` knows the weeks in which any of its years had holidays.
 */
import { dateOfDay, dayOfDate, findDay, formatDay } from './days.ts';

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
  ['ABC', '2012-10-27', '2012-11-12'],
  ['ABC', '2012-12-22', '2013-01-07'],
  ['A', '2013-02-23', '2013-03-11'],
  ['B', '2013-02-16', '2013-03-04'],
  ['C', '2013-03-02', '2013-03-18'],
  ['A', '2013-04-20', '2013-05-06'],
  ['B', '2013-04-13', '2013-04-29'],
  ['C', '2013-04-27', '2013-05-13'],
  ['ABC', '2013-07-06', '2013-09-03'],
  ['ABC', '2013-10-19', '2013-11-04'],
  ['ABC', '2013-12-21', '2014-01-06'],
  ['A', '2014-03-01', '2014-03-17'],
  ['B', '2014-02-22', '2014-03-10'],
  ['C', '2014-02-15', '2014-03-03'],
  ['A', '2014-04-26', '2014-05-12'],
  ['B', '2014-04-19', '2014-05-05'],
  ['C', '2014-04-12', '2014-04-28'],
  ['ABC', '2014-07-05', '2014-09-02'],
  ['ABC', '2014-10-18', '2014-11-03'],
  ['ABC', '2014-12-20', '2015-01-05'],
  ['A', '2015-02-07', '2015-02-23'],
  ['B', '2015-02-21', '2015-03-09'],
  ['C', '2015-02-14', '2015-03-02'],
  ['A', '2015-04-11', '2015-04-27'],
  ['B', '2015-04-25', '2015-05-11'],
  ['C', '2015-04-18', '2015-05-04'],
  ['ABC', '2015-07-04', '2015-09-01'],
  ['ABC', '2015-10-17', '2015-11-02'],
  ['ABC', '2015-12-19', '2016-01-04'],
  ['A', '2016-02-13', '2016-02-29'],
  ['B', '2016-02-06', '2016-02-22'],
  ['C', '2016-02-20', '2016-03-07'],
  ['A', '2016-04-09', '2016-04-25'],
  ['B', '2016-04-02', '2016-04-18'],
  ['C', '2016-04-16', '2016-05-02'],
  ['ABC', '2016-07-06', '2016-09-01'],
  ['ABC', '2016-10-20', '2016-11-03'],
  ['ABC', '2016-12-17', '2017-01-03'],
  ['A', '2017-02-18', '2017-03-06'],
  ['B', '2017-02-11', '2017-02-27'],
  ['C', '2017-02-04', '2017-02-20'],
  ['A', '2017-04-15', '2017-05-02'],
  ['B', '2017-04-08', '2017-04-24'],
  ['C', '2017-04-01', '2017-04-18'],
  ['ABC', '2017-07-08', '2017-09-04'],
  ['ABC', '2017-10-21', '2017-11-06'],
  ['ABC', '2017-12-23', '2018-01-08'],
  ['A', '2018-02-10', '2018-02-26'],
  ['B', '2018-02-24', '2018-03-12'],
  ['C', '2018-02-17', '2018-03-05'],
  ['A', '2018-04-07', '2018-04-23'],
  ['B', '2018-04-21', '2018-05-07'],
  ['C', '2018-04-14', '2018-04-30'],
  ['ABC', '2018-07-07', '2018-09-03'],
  ['ABC', '2018-10-20', '2018-11-05'],
  ['ABC', '2018-12-22', '2019-01-07'],
  ['A', '2019-02-16', '2019-03-04'],
  ['B', '2019-02-09', '2019-02-25'],
  ['C', '2019-02-23', '2019-03-11'],
  ['A', '2019-04-13', '2019-04-29'],
  ['B', '2019-04-06', '2019-04-23'],
  ['C', '2019-04-20', '2019-05-06'],
  ['ABC', '2019-07-06', '2019-09-02'],
  ['ABC', '2019-10-19', '2019-11-04'],
  ['ABC', '2019-12-21', '2020-01-06'],
  ['A', '2020-02-22', '2020-03-09'],
  ['B', '2020-02-15', '2020-03-02'],
  ['C', '2020-02-08', '2020-02-24'],
  ['A', '2020-04-18', '2020-05-04'],
  ['B', '2020-04-11', '2020-04-27'],
  ['C', '2020-04-04', '2020-04-20'],
  ['ABC', '2020-07-04', '2020-09-01'],
  ['ABC', '2020-10-17', '2020-11-02'],
  ['ABC', '2020-12-19', '2021-01-04'],
  ['A', '2021-02-06', '2021-02-22'],
  ['B', '2021-02-20', '2021-03-08'],
  ['C', '2021-02-13', '2021-03-01'],
  ['ABC', '2021-04-10', '2021-04-26'],
  ['ABC', '2021-07-07', '2021-09-02'],
  ['ABC', '2021-10-23', '2021-11-08'],
  ['ABC', '2021-12-18', '2022-01-03'],
  ['A', '2022-02-12', '2022-02-28'],
  ['B', '2022-02-05', '2022-02-21'],
  ['C', '2022-02-19', '2022-03-07'],
  ['A', '2022-04-16', '2022-05-02'],
  ['B', '2022-04-09', '2022-04-25'],
  ['C', '2022-04-23', '2022-05-09'],
  ['ABC', '2022-07-08', '2022-09-01'],
  ['ABC', '2022-10-22', '2022-11-07'],
  ['ABC', '2022-12-17', '2023-01-03'],
  ['A', '2023-02-04', '2023-02-20'],
  ['B', '2023-02-11', '2023-02-27'],
  ['C', '2023-02-18', '2023-03-06'],
  ['A', '2023-04-08', '2023-04-24'],
  ['B', '2023-04-15', '2023-05-02'],
  ['C', '2023-04-22', '2023-05-09'],
  ['ABC', '2023-07-08', '2023-09-04'],
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

const TABLE_FIRST_DAY = PERIODS[0]!.firstDay;
const TABLE_END_DAY = PERIODS[PERIODS.length - 1]!.backDay;

/** False where the table of school holidays does not reach. */
export function isInHolidayTable(day: number): boolean {
  return day >= TABLE_FIRST_DAY && day < TABLE_END_DAY;
}

/** Month and day, first and back: wide enough for every zone and every year of the table. */
const USUAL_WEEKS = [
  ['01-01', '01-09'],
  ['02-03', '03-19'],
  ['03-31', '05-14'],
  ['07-04', '09-05'],
  ['10-16', '11-13'],
  ['12-16', '12-32'],
] as const;

/** True on a day of school holidays in any zone; beyond the table, in the weeks where they usually fall. */
export function mayBeFrenchSchoolHoliday(day: number): boolean {
  if (isInHolidayTable(day)) return isFrenchSchoolHoliday(day, 'any');
  const monthAndDay = formatDay(day).slice(5);
  return USUAL_WEEKS.some(([first, back]) => monthAndDay >= first && monthAndDay < back);
}
