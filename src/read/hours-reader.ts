/**
 * Opening hours in OSM syntax -> the stretches of time that a structure is open, by the package `opening_hours`,
 * which knows weekdays, seasons, week numbers and French public holidays; school holidays are put to it as dates.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
import { departementOf } from './decoupage.ts';
import { namesSchoolHolidays, schoolCalendarOf, writeOutSchoolHolidays } from './school-zones.ts';

/**
 * Open from the first moment to the second, by the local clock, which only serves as a calendar. `isUnknown`: the
 * text names the days, or asks for an appointment, and leaves the hours open.
 */
export type OpenStretch = readonly [open: Date, close: Date, isUnknown?: boolean];

/** Stretches within the reader's span; undefined where the text cannot be read. */
export type HoursReader = (
  text: string,
  lon: number,
  lat: number,
  codeInsee?: string,
) => OpenStretch[] | undefined;

/** Where further days are public holidays (code du travail, L3134-13 and L3422-2): the names that the package gives them. */
const NAME_OF_DEPARTEMENT: Readonly<Record<string, string>> = {
  '57': 'Moselle',
  '67': 'Bas-Rhin',
  '68': 'Haut-Rhin',
  '971': 'Guadeloupe',
  '972': 'Martinique',
  '973': 'Guyane',
  '974': 'La Réunion',
  '976': 'Mayotte',
  '977': 'Saint-Barthélemy',
  '978': 'Saint-Martin',
};

/** Reads texts over one span, remembering each: a list repeats the same hours many times. */
export async function createHoursReader(from: Date, to: Date): Promise<HoursReader> {
  const { default: OpeningHours } = await import('opening_hours');
  const known = new Map<string, OpenStretch[] | undefined>();
  const evaluate = (text: string, lon: number, lat: number, state: string): OpenStretch[] => {
    const place = { lat, lon, address: { country_code: 'fr', state } };
    return new OpeningHours(text, place)
      .getOpenIntervals(from, to)
      .map(([open, close, isUnknown]): OpenStretch => (isUnknown ? [open, close, true] : [open, close]));
  };
  return (text, lon, lat, codeInsee) => {
    const calendar = namesSchoolHolidays(text) ? schoolCalendarOf(codeInsee) : '';
    const state = codeInsee === undefined ? '' : (NAME_OF_DEPARTEMENT[departementOf(codeInsee)] ?? '');
    const key = `${calendar}|${state}|${text}`;
    if (known.has(key)) return known.get(key);
    let stretches: OpenStretch[] | undefined;
    // School holidays differ by zone, which the package is not told.
    const usable = calendar === '' ? text : writeOutSchoolHolidays(text, calendar, from, to);
    try {
      // Rules on holidays alone, in a span that has none.
      if (usable === '') stretches = [];
      else stretches = usable === undefined ? undefined : evaluate(usable, lon, lat, state);
    } catch {
      stretches = undefined;
    }
    known.set(key, stretches);
    return stretches;
  };
}

/** Midnight some days after a day. @param date YYYY-MM-DD */
export function dayAfter(date: string, days: number): Date {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, day + days);
}

/** Midnight of the Monday of the week that holds a day, and of the Monday after. */
export function weekOf(date: string): [Date, Date] {
  const sinceMonday = (dayAfter(date, 0).getDay() + 6) % 7;
  return [dayAfter(date, -sinceMonday), dayAfter(date, 7 - sinceMonday)];
}
