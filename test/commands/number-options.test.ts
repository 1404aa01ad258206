/** Numbers of the command line: what is no plain number, or no sensible one, is refused with what is expected. */
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import * as options from '../../src/commands/options.ts';

const { bikeSpeed, minuteList, percentage, positiveNumber, positiveWholeNumber, walkSpeed, wholeNumber } =
  options;
const READERS = Object.entries({
  bikeSpeed,
  minuteList,
  percentage,
  positiveNumber,
  positiveWholeNumber,
  walkSpeed,
  wholeNumber,
});
const HOSTILE = [
  '',
  ' ',
  '1e-5',
  '1e309',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '-1',
  '-0.5',
  '10abc',
  '4 5',
  '9'.repeat(400),
  '٣',
];

describe.each(READERS)('%s', (_, read) => {
  it.each(HOSTILE)('refuses %j', (text) => {
    expect(() => read(text)).toThrow(InvalidArgumentError);
  });
});

describe('a plain number', () => {
  it('is read with a comma or a point, blanks around it or not', () => {
    expect(positiveNumber(' 12,5 ')).toBe(12.5);
    expect(minuteList('30,15,30')).toEqual([15, 30]);
    expect(walkSpeed('4.5')).toBe(4.5);
    expect(percentage('99,5%')).toBe(99.5);
    expect(wholeNumber('0')).toBe(0);
  });

  it.each(['0', '0.00001', '0,09'])('that is next to nothing is refused: %s', (text) => {
    expect(() => positiveNumber(text)).toThrow('0.1 ou plus');
    expect(() => minuteList(`30;${text}`.replace(';', ','))).toThrow(InvalidArgumentError);
  });
});
