import { expect, test } from 'vitest';
import { Decoupage } from '../../src/read/decoupage.ts';

const POSTAL_CODES = [
  '71800',
  '71120',
  '01400',
  '75001',
  '69009',
  '2A004',
  '20200',
  '97600',
  '98735',
  '00000',
  '',
];

/** A reader that has parsed all records, which `names` asks for. */
function parsedWhole(): Decoupage {
  const decoupage = new Decoupage();
  decoupage.names();
  return decoupage;
}

test.each(POSTAL_CODES)(
  'the postal code "%s" serves the same communes searched for as looked up',
  (postalCode) => {
    const searched = new Decoupage().communesOfPostalCode(postalCode);
    expect(searched).toEqual(parsedWhole().communesOfPostalCode(postalCode));
  },
);

test('a list of postal codes longer than is searched for one by one is read alike', () => {
  const whole = parsedWhole();
  const searched = new Decoupage();
  for (let number = 71000; number < 71400; number += 10) {
    const postalCode = String(number);
    expect(searched.communesOfPostalCode(postalCode), postalCode).toEqual(
      whole.communesOfPostalCode(postalCode),
    );
  }
});

test('postal codes serve the communes that they are known for', () => {
  const decoupage = new Decoupage();
  expect(decoupage.communesOfPostalCode('71120')).toContain('71106'); // Charolles
  expect(decoupage.communesOfPostalCode('75001')).toEqual(['75056']);
  expect(decoupage.communesOfPostalCode('71106')).toEqual([]);
});
