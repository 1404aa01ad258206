/**
 * The school holidays that a rule on `SH` means, as rules on dates: the calendar of the zone of the structure's
 * académie; without a commune to tell it, what zones A, B and C share. Overseas has calendars of its own, which are
 * not known here.
 * Académies and zones since 2015: arrêté of 16 April 2015, education.gouv.fr/calendrier-scolaire.
 */
import { dayOfDate, formatDay } from '../common/days.ts';
import {
  isFrenchSchoolHoliday,
  isInHolidayTable,
  mayBeFrenchSchoolHoliday,
  type SchoolZone,
} from '../common/french-holidays.ts';
import { departementOf } from './decoupage.ts';

const DEPARTEMENTS_OF_ZONE: Readonly<Record<SchoolZone, string>> = {
  // Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers
  A: '25 39 70 90 24 33 40 47 64 03 15 43 63 21 58 71 89 07 26 38 73 74 19 23 87 01 42 69 16 17 79 86',
  // Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg
  B: '04 05 13 84 02 60 80 59 62 54 55 57 88 44 49 53 72 85 06 83 14 27 50 61 76 18 28 36 37 41 45 08 10 51 52 22 29 35 56 67 68',
  // Créteil, Montpellier, Paris, Toulouse, Versailles
  C: '77 93 94 11 30 34 48 66 75 09 12 31 32 46 65 81 82 78 91 92 95',
};

const ZONE_OF_DEPARTEMENT = new Map(
  (Object.entries(DEPARTEMENTS_OF_ZONE) as Array<[SchoolZone, string]>).flatMap(([zone, departements]) =>
    departements.split(' ').map((departement) => [departement, zone] as const),
  ),
);
/** Day of the first holidays of the school year in which the zones got their present académies. */
const FIRST_DAY_OF_ZONES = dayOfDate(2015, 9, 1);

export type SchoolCalendar = SchoolZone | 'shared' | 'overseas';

/** @param codeInsee of the commune; undefined where it is not known */
export function schoolCalendarOf(codeInsee: string | undefined): SchoolCalendar {
  const departement = codeInsee === undefined ? '' : departementOf(codeInsee);
  if (departement.startsWith('97') || departement.startsWith('98')) return 'overseas';
  return ZONE_OF_DEPARTEMENT.get(departement) ?? 'shared';
}

const SH = /\bSH\b/;

export function namesSchoolHolidays(osm: string): boolean {
  return SH.test(osm.replace(/"[^"]*"/g, ''));
}

/**
 * A text with dates in the place of `SH`; undefined where the calendar does not say which days they are, or where
 * `SH` stands in a list with days.
 */
export function writeOutSchoolHolidays(
  osm: string,
  calendar: SchoolCalendar,
  from: Date,
  to: Date,
): string | undefined {
  const holidays = holidaysWithin(calendar, dayOf(from), dayOf(to));
  if (holidays === undefined) return undefined;
  const rules: string[] = [];
  for (const rule of osm.split(';').map((each) => each.trim())) {
    const [, isWithPublic, said] = /^(PH, ?(?=SH\b))?SH(?:, ?PH)?:?((?: .*)?)$/.exec(rule) ?? [];
    if (said === undefined) {
      if (namesSchoolHolidays(rule)) return undefined;
      rules.push(rule);
      continue;
    }
    if (isWithPublic !== undefined || /^SH, ?PH/.test(rule)) rules.push(`PH${said}`);
    rules.push(...holidays.map((dates) => `${dates}${said}`));
  }
  return rules.join('; ');
}

/** Stretches of days off as OSM writes dates; undefined where one of the days may be off or not. */
function holidaysWithin(calendar: SchoolCalendar, first: number, end: number): string[] | undefined {
  if (calendar === 'overseas') return undefined;
  const stretches: string[] = [];
  let since: number | undefined;
  for (let day = first; day <= end; day++) {
    const isOff = day < end && isOffOn(calendar, day);
    if (isOff === undefined) return undefined;
    if (isOff) since ??= day;
    else if (since !== undefined) {
      stretches.push(`${showDate(since)}-${showDate(day - 1)}`);
      since = undefined;
    }
  }
  return stretches;
}

function isOffOn(calendar: SchoolZone | 'shared', day: number): boolean | undefined {
  if (isFrenchSchoolHoliday(day, 'every')) return true;
  if (!mayBeFrenchSchoolHoliday(day)) return false;
  // Some zones are off; or, outside the table, they may be.
  const isZoneKnown = calendar !== 'shared' && day >= FIRST_DAY_OF_ZONES && isInHolidayTable(day);
  return isZoneKnown ? isFrenchSchoolHoliday(day, calendar) : undefined;
}

function dayOf(date: Date): number {
  return dayOfDate(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function showDate(day: number): string {
  const [year, month, date] = formatDay(day).split('-');
  return `${year} ${MONTHS[Number(month) - 1]} ${date}`;
}
