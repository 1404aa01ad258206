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
    ['1.234,5', ';', 'not-a-number'],
  ])('reads %j between %j as %j', (text, separator, expected) => {
    expect(readNumber(text, separator)).toBe(expected);
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
