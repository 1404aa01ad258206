import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate, findDay, formatDay, weekdayOfDay } from '../../src/common/days.ts';

describe('calendar days', () => {
  it('count like the platform, over four centuries and back again', () => {
    for (let day = -80_000; day < 80_000; day += 37) {
      const date = new Date(day * 86_400_000);
      expect(formatDay(day)).toBe(date.toISOString().slice(0, 10));
      expect(weekdayOfDay(day)).toBe((date.getUTCDay() + 6) % 7);
      const { year, month, day: dayOfMonth } = dateOfDay(day);
      expect(dayOfDate(year, month, dayOfMonth)).toBe(day);
    }
  });

  it.each([
    ['2026-10-06', '2026-10-06'],
    ['20261006', '2026-10-06'],
    [' 20240229 ', '2024-02-29'],
  ])('are read from %j', (text, expected) => {
    expect(formatDay(findDay(text)!)).toBe(expected);
  });

  it.each(['20260229', '20261301', '20260100', 'bad_date', '', '06/10/2026'])(
    'are not read from %j',
    (text) => {
      expect(findDay(text)).toBeUndefined();
    },
  );
});
