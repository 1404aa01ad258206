/**
 * The ordinary day of a study whose data name none: the next Tuesday that is no public holiday and in no school
 * holidays of any zone, so that offices keep their usual hours. No timetable is asked; where there is one,
 * `choose-date.ts` finds the day of its most usual service.
 */
import { weekdayOfDay } from '../common/days.ts';
import { isFrenchPublicHoliday, mayBeFrenchSchoolHoliday } from '../common/french-holidays.ts';

const TUESDAY = 1;
const DAYS_PER_WEEK = 7;

/** The first ordinary Tuesday later than the day: days since 1970-01-01 in and out. */
export function findOrdinaryTuesdayAfter(day: number): number {
  let tuesday = day + 1;
  while (weekdayOfDay(tuesday) !== TUESDAY) tuesday++;
  while (isFrenchPublicHoliday(tuesday) || mayBeFrenchSchoolHoliday(tuesday)) tuesday += DAYS_PER_WEEK;
  return tuesday;
}
