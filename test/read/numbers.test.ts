import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainDecimal, readNumber } from '../../src/read/numbers.ts';

describe('numbers of a CSV', () => {
  it.each([
    ['48.85', ',', 48.85],
    ['48,85', ';', 48.85],
    ['48,85', ',', 48.85],
    ['1,234', ';', 1.234],
    ['1,234', ',', 'ambiguous'],
    ['0,234', ',', 0.234],
    ['1 234,5', ';', 1234.5],
    ['1\u202f234', ';', 1234],
    ['12 34', ';', 'not-a-number'],
    ['-3', ',', -3],
    ['1e3', ',', 1000],
    ['', ',', 'empty'],
    ['  ', ',', 'empty'],
    ['n/a', ',', 'not-a-number'],
    ['1.2.3', ',', 'not-a-number'],
    ['1.234,5', ';', 1234.5],
    ['1,234.5', ',', 1234.5],
    ['1.056.334', ';', 1_056_334],
    ['1,056,334', ',', 1_056_334],
    ["1'234'567.8", ';', 1_234_567.8],
    ['12\u2009345', ';', 12_345],
    ['1.23,4', ';', 'not-a-number'],
    ['12.34.567', ';', 'not-a-number'],
  ])('reads %j between %j as %j', (text, separator, expected) => {
    expect(readNumber(text, separator)).toBe(expected);
  });

  it.each([
    ['1.234', '.', 1234],
    ['1,234', '.', 1.234],
    ['1,234', ',', 1234],
    ['1.234', ',', 1.234],
    ['1.234', 'any', 1234],
    ['1,234', 'any', 1234],
    ['-12.345', '.', -12_345],
    ['0.234', '.', 0.234],
    ['1.2345', '.', 1.2345],
    ['1.23', '.', 1.23],
    ['1.234', 'unclear', 'ambiguous'],
    ['1.5', 'unclear', 1.5],
  ] as const)('reads %j as the mark %j sets thousands apart: %j', (text, mark, expected) => {
    expect(readNumber(text, ';', mark)).toBe(expected);
  });

  it('reads plain decimals from bytes to the last bit', () => {
    const check = (text: string) => {
      const bytes = Buffer.from(`x${text}y`);
      expect(parsePlainDecimal(bytes, 1, bytes.length - 1)).toBe(Number(text));
    };
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value);
        if (!text.includes('e')) check(text);
      }),
      { seed: 3 },
    );
    for (const text of ['0.1', '-0.30000000000000004', '51.2118666785315', '123456789012345678', '.5', '7.'])
      check(text);
  });

  it.each(['', '-', '.', '1,5', '1e5', ' 1', 'a'])('leaves %j to the careful reader', (text) => {
    const bytes = Buffer.from(text);
    expect(parsePlainDecimal(bytes, 0, bytes.length)).toBeNaN();
  });
});
