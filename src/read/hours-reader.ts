/**
 * Opening hours in OSM syntax -> the stretches of time that a structure is open, by the package `opening_hours`,
 * which knows weekdays, seasons, week numbers and French public holidays.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */

/** Open from the first moment to the second, by the local clock, which only serves as a calendar. */
export type OpenStretch = readonly [open: Date, close: Date];

/** Stretches within the reader's span; undefined where the text cannot be read. */
export type HoursReader = (text: string, lon: number, lat: number) => OpenStretch[] | undefined;

/** Reads texts over one span, remembering each: a list repeats the same hours many times. */
export async function createHoursReader(from: Date, to: Date): Promise<HoursReader> {
  const { default: OpeningHours } = await import('opening_hours');
  const known = new Map<string, OpenStretch[] | undefined>();
  const evaluate = (text: string, lon: number, lat: number): OpenStretch[] => {
    const place = { lat, lon, address: { country_code: 'fr', state: '' } };
    return new OpeningHours(text, place)
      .getOpenIntervals(from, to)
      .map(([open, close]): OpenStretch => [open, close]);
  };
  return (text, lon, lat) => {
    if (known.has(text)) return known.get(text);
    let stretches: OpenStretch[] | undefined;
    // School holidays differ by zone: a rule on them is left out rather than all the others with it.
    for (const attempt of new Set([text, withoutSchoolHolidays(text)])) {
      try {
        stretches = attempt === '' ? undefined : evaluate(attempt, lon, lat);
        break;
      } catch {
        stretches = undefined;
      }
    }
    known.set(text, stretches);
    return stretches;
  };
}

/** Midnight some days after a day. @param date YYYY-MM-DD */
export function dayAfter(date: string, days: number): Date {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, day + days);
}

function withoutSchoolHolidays(text: string): string {
  return text
    .split(';')
    .filter((rule) => !/\bSH\b/.test(rule))
    .join(';')
    .trim();
}
