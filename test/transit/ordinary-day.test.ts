import { expect, it } from 'vitest';
import { findDay, formatDay, weekdayOfDay } from '../../src/common/days.ts';
import { isFrenchPublicHoliday, isFrenchSchoolHoliday } from '../../src/common/french-holidays.ts';
import { findOrdinaryTuesdayAfter } from '../../src/transit/ordinary-day.ts';

const after = (date: string): string => formatDay(findOrdinaryTuesdayAfter(findDay(date)!));

it.each([
  ['2026-10-05', '2026-10-06'],
  ['2026-10-06', '2026-10-13'], // later than, not on
  ['2026-10-16', '2026-11-03'], // autumn holidays
  ['2026-12-15', '2027-01-05'], // Christmas; back on 4 January
  ['2026-06-30', '2026-09-01'], // back at school that day
  ['2026-02-03', '2026-03-10'], // some zone is off until 9 March
  ['2024-12-31', '2025-01-07'],
  ['2016-03-05', '2016-03-08'], // all zones are back on 7 March
  ['2019-04-30', '2019-05-07'],
  ['2018-04-30', '2018-05-15'], // 1 and 8 May are Tuesdays, and one zone is off
  ['2025-11-04', '2025-11-18'], // Armistice on a Tuesday
  ['2029-02-10', '2029-03-20'], // beyond the table: no zone has ever been off then
  ['2010-10-20', '2010-11-16'],
])('after %s comes %s', (date, tuesday) => {
  expect(after(date)).toBe(tuesday);
});

it('is a Tuesday that no calendar of the table has as a holiday, within nine weeks of terms or twelve of summer', () => {
  for (let day = findDay('2012-11-12')!; day < findDay('2027-06-01')!; day++) {
    const found = findOrdinaryTuesdayAfter(day);
    expect(found).toBeGreaterThan(day);
    expect(weekdayOfDay(found)).toBe(1);
    expect(isFrenchPublicHoliday(found) || isFrenchSchoolHoliday(found, 'any'), formatDay(found)).toBe(false);
    expect(found - day).toBeLessThan(85);
  }
});

it('takes for holidays beyond the table no fewer days than any year of the table had', async () => {
  const { mayBeFrenchSchoolHoliday } = await import('../../src/common/french-holidays.ts');
  const beyond = findDay('2035-01-01')!;
  for (let year = 2013; year <= 2026; year++) {
    for (let day = findDay(`${year}-01-01`)!; day < findDay(`${year + 1}-01-01`)!; day++) {
      // Bridges after Ascension hold no Tuesday.
      if (weekdayOfDay(day) !== 1 || !isFrenchSchoolHoliday(day, 'any')) continue;
      const sameDate = findDay(`2035${formatDay(day).slice(4)}`) ?? beyond;
      expect(mayBeFrenchSchoolHoliday(sameDate), formatDay(day)).toBe(true);
    }
  }
});
