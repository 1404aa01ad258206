/**
 * Days of the year that French hours name -> periods in OSM's syntax: `Jul 15-Jul 31`, `2026 Aug 01`, `Jun-Sep`.
 */

const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Greatest day of each month, the 29 February included. */
export const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface CalendarDay {
  /** Undefined: the whole month. */
  day: number | undefined;
  month: number;
  year: number | undefined;
}

/** Before and after all studies. */
export const EARLIEST_DAY: CalendarDay = { day: 1, month: 1, year: 2000 };
export const LATEST_DAY: CalendarDay = { day: 31, month: 12, year: 2099 };

export function showPeriod(first: CalendarDay, last: CalendarDay): string | undefined {
  const year = last.year ?? first.year;
  const show = ({ day, month, year: own }: CalendarDay) => {
    const stated = year === undefined ? '' : `${own ?? year} `;
    return `${stated}${MONTH_NAMES[month - 1]}${day === undefined ? '' : ` ${String(day).padStart(2, '0')}`}`;
  };
  if (first === last) return show(first);
  if ((first.day === undefined) !== (last.day === undefined)) {
    // `mai au 15 septembre`: a month stands for its first or its last day.
    const from = { ...first, day: first.day ?? 1 };
    const to = { ...last, day: last.day ?? DAYS_OF_MONTH[last.month - 1]! };
    return `${show(from)}-${show(to)}`;
  }
  return `${show(first)}-${show(last)}`;
}
