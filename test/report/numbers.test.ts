import { describe, expect, it } from 'vitest';
import { formatDate, formatNumber, formatPeople, formatRate } from '../../src/report/numbers.ts';
import type { Language } from '../../src/report/texts.ts';

describe('numbers as people read them', () => {
  it.each<[number, Language, number, string]>([
    [1234567, 'fr', 0, '1\u202f234\u202f567'],
    [1234.5, 'fr', 1, '1\u202f234,5'],
    [999, 'fr', 0, '999'],
    [1234.5, 'en', 1, '1,234.5'],
    [-0.04, 'fr', 1, '0,0'],
    [-1234, 'fr', 0, '−1\u202f234'],
  ])('%d in %s with %d decimals', (value, language, decimals, expected) => {
    expect(formatNumber(value, language, decimals)).toBe(expected);
  });

  it.each<[number | undefined, string]>([
    [undefined, '–'],
    [1, '100\u00a0%'],
    [0.99999, '99,9\u00a0%'],
    [0.9344, '93,4\u00a0%'],
    [0.00001, '0,1\u00a0%'],
    [0, '0\u00a0%'],
  ])('a rate of %d never claims all or none wrongly', (rate, expected) => {
    expect(formatRate(rate, 'fr')).toBe(expected);
  });

  it.each([
    [0, '0'],
    [0.3, '<\u00a01'],
    [0.6, '1'],
    [1000, '1\u202f000'],
  ])('%d people', (people, expected) => {
    expect(formatPeople(people, 'fr')).toBe(expected);
  });

  it.each<[string, Language, string]>([
    ['2026-10-06', 'fr', '6 octobre 2026'],
    ['2026-08-01', 'fr', '1er août 2026'],
    ['2026-10-06', 'en', '6 October 2026'],
    ['auto', 'fr', 'auto'],
  ])('the date %s in %s', (date, language, expected) => {
    expect(formatDate(date, language)).toBe(expected);
  });
});
