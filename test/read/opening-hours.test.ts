import { describe, expect, it } from 'vitest';
import { formatWeek, isEverOpen, readDayHours } from '../../src/read/opening-hours.ts';

describe('hours of the France services list', () => {
  it.each([
    ['', '', 0],
    ['-', '', 0],
    ['09:00 - 12:00', '09:00-12:00', 0],
    ['09:00 - 12:00 / 13:30 - 17:00', '09:00-12:00,13:30-17:00', 0],
    ['9:00 -12:00 / 13:30- 17:00 ', '09:00-12:00,13:30-17:00', 0],
    ['00:00 - 00:00', '', 1],
    ['00:00 - 00:00 / 09:00 - 12:00', '09:00-12:00', 1],
    ['09:00 - 12:00 / 09:00 - 16:30 / 14:00 - 16:30', '09:00-16:30', 1],
    ['09:00 - 11:00 / 11:00 - 12:00', '09:00-12:00', 0],
    ['13:30 - 17:00 / 09:00 - 12:00', '09:00-12:00,13:30-17:00', 0],
    ['09:00 - 12:00 / Sur RDV', '09:00-12:00', 1],
    ['17:00 - 09:00', '', 1],
    ['09:75 - 12:00', '', 1],
    ['20:00 - 24:00', '20:00-24:00', 0],
  ])('reads %j as %j with %d defects', (field, text, defectCount) => {
    const hours = readDayHours(field);
    expect(hours.text).toBe(text);
    expect(hours.defects).toHaveLength(defectCount);
  });

  it.each([
    [['a', 'a', 'a', 'a', 'a', '', ''], 'Mo-Fr a'],
    [['a', 'b', 'a', '', '', '', ''], 'Mo,We a; Tu b'],
    [['a', 'a', '', 'a', 'a', 'a', ''], 'Mo,Tu,Th-Sa a'],
    [['', '', '', '', '', '', ''], 'off'],
  ])('writes the week %j as %j', (days, text) => {
    expect(formatWeek(days)).toBe(text);
  });

  it.each([
    ['Mo-Fr 09:00-12:00', true],
    ['off', false],
    ['Mo-Su closed', false],
    ['Mo 09:00-12:00; PH off', true],
    ['sur rendez-vous', true],
  ])('knows whether %j ever opens: %s', (horaires, isOpen) => {
    expect(isEverOpen(horaires)).toBe(isOpen);
  });
});
