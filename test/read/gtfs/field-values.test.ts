/** Times and whole numbers from their bytes, beside a reading of the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLANK, INVALID, parseTime, parseWhole } from '../../../src/read/gtfs/field-values.ts';

/** As the reference says: hours of one to three digits, minutes and seconds of two, at most 59; seconds may be missing. */
function timeOfText(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return BLANK;
  const match = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(trimmed);
  if (match === null) return INVALID;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

function wholeOfText(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return BLANK;
  // Programs write whole numbers as decimals.
  return /^\d{1,9}([.,]0*)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : INVALID;
}

/** The text in the midst of other bytes, which do not belong to it. */
function within(parse: (bytes: Uint8Array, start: number, end: number) => number, text: string): number {
  const bytes = Buffer.from(`7:${text}:7`);
  return parse(bytes, 2, bytes.length - 2);
}

describe('times of day', () => {
  it.each([
    ['08:05:09', 29_109],
    ['8:05:09', 29_109],
    ['24:10:00', 87_000],
    ['99:59:59', 359_999],
    ['100:00:00', 360_000],
    ['08:05', 29_100],
    [' 8:05:09', 29_109],
    ['8:05:09 ', 29_109],
    ['', BLANK],
    ['        ', BLANK],
    ['08:60:00', INVALID],
    ['08:00:60', INVALID],
    ['08-00-00', INVALID],
    ['08:00.00', INVALID],
    ['0a:00:00', INVALID],
    ['08:0 :00', INVALID],
    ['08:00:0/', INVALID],
    ['1:000:00', INVALID],
    ['08:00:00Z', INVALID],
  ])('%j is %d', (text, seconds) => {
    expect(within(parseTime, text)).toBe(seconds);
  });

  it('are what the text says, whatever stands there', () => {
    const character = fc.constantFrom(...'0123456789::  /;a.,00');
    const usual = fc
      .tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 99 })))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const text = fc.oneof(usual, fc.string({ unit: character, maxLength: 10 }));
    fc.assert(
      fc.property(text, (written) => {
        expect(within(parseTime, written)).toBe(timeOfText(written));
        expect(within(parseWhole, written)).toBe(wholeOfText(written));
      }),
      { seed: 31, numRuns: 3000 },
    );
  });
});
