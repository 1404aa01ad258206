/**
 * Whether the calendar of an itinerant stop opens it in the week studied, by the package `opening_hours`: every
 * second week (`week 2-52/2 Th 09:00-12:00`), the first Tuesday of the month (`Tu[1] 14:00-17:00`), single days.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
import { isEverOpen } from './opening-hours.ts';

/** True where it opens; undefined where the text is no calendar. A place that is NaN has no seasons of its own. */
export type CalendarReader = (text: string, lon: number, lat: number) => boolean | undefined;

/** @param date YYYY-MM-DD, any day of the week studied (Monday to Sunday); undefined: whether it ever opens */
export async function createCalendarReader(date: string | undefined): Promise<CalendarReader> {
  const { default: OpeningHours } = await import('opening_hours');
  const week = date === undefined ? undefined : weekOf(date);
  return (text, lon, lat) => {
    const place = { lon: lon || 0, lat: lat || 0, address: { country_code: 'fr', state: '' } };
    try {
      const hours = new OpeningHours(text, place);
      return week === undefined ? isEverOpen(text) : hours.getOpenIntervals(...week).length > 0;
    } catch {
      return undefined;
    }
  };
}

/** Monday 00:00 of the week that holds the day, and the Monday after. The package thinks in local time. */
function weekOf(date: string): [Date, Date] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const sinceMonday = (new Date(year, month - 1, day).getDay() + 6) % 7;
  const monday = day - sinceMonday;
  return [new Date(year, month - 1, monday), new Date(year, month - 1, monday + 7)];
}
