/** Grids and lists that cover a part of the territory, on three squares beside each other. */
import { describe, expect, it } from 'vitest';
import { checkGridCover, checkListCover } from '../../src/planning/check-partial-inputs.ts';
import { writePartialInputs } from '../../src/report/partial-words.ts';
import { COMMUNES, codes, middleOf, structure } from './drawn-area.ts';

const OFFICIAL = { '71001': 10_000, '71002': 5000, '71003': 2000 };
const BESIDE = [5.2, 47.005] as const;

describe('a grid', () => {
  it.each([
    ['of all communes', [10_000, 5000, 2000], undefined],
    ['a tenth below the official populations everywhere', [9000, 4500, 1800], undefined],
    ['half of them everywhere, which is no border', [5000, 2500, 1000], undefined],
    ['without the smallest commune', [10_000, 5000, 0], '2000'],
    ['without the two smaller communes', [10_000, 0, 0], '7000'],
    ['cut within a commune', [10_000, 1000, 2000], '4000'],
    ['that lacks a third of a commune', [10_000, 3400, 2000], undefined],
    ['cut, and below the official level elsewhere', [9000, 4500, 200], '1600'],
    ['without anybody', [0, 0, 0], undefined],
  ])('%s', (_, counted, missing) => {
    const people = new Map(Object.keys(OFFICIAL).map((code, i) => [code, counted[i]!]));
    const notices = checkGridCover(COMMUNES, people, codes(OFFICIAL));
    expect(notices.map(({ code, value }) => [code, value])).toEqual(
      missing === undefined ? [] : [['population-covers-part', missing]],
    );
  });

  it('is not judged where no population is known', () => {
    expect(checkGridCover(COMMUNES, new Map([['71001', 10_000]]), codes())).toEqual([]);
  });

  it('is judged by the populations that the polygons tell', () => {
    const communes = COMMUNES.map((commune) => ({ ...commune, population: 4000 }));
    const notices = checkGridCover(
      communes,
      new Map([
        ['71001', 4000],
        ['71002', 4000],
      ]),
      codes(),
    );
    expect(notices).toMatchObject([{ value: '4000', count: 1 }]);
  });

  it('may lack a few people of small communes', () => {
    const official = { '71001': 10_000, '71002': 5000, '71003': 300 };
    expect(
      checkGridCover(
        COMMUNES,
        new Map([
          ['71001', 10_000],
          ['71002', 5000],
        ]),
        codes(official),
      ),
    ).toEqual([]);
  });
});

it.each([
  [40, [['communes-hardly-counted', '260']]],
  [140, [['communes-hardly-counted', '160']]],
  [160, []],
  [0, []], // Told as a commune without anybody.
])('a grid that counts %i of the 300 people of a small commune', (counted, told) => {
  const official = { '71001': 10_000, '71002': 5000, '71003': 300 };
  const people = new Map(Object.entries({ '71001': 10_000, '71002': 5000, '71003': counted }));
  const notices = checkGridCover(COMMUNES, people, codes(official));
  expect(notices.map(({ code, value }) => [code, value])).toEqual(told);
});

describe('lists of structures', () => {
  const inside = structure('a', middleOf(0), '71001');
  const beside = { ...structure('b', BESIDE, '58001'), file: 'voisins.csv' };

  it('of which one stands in the territory have nothing to tell', () => {
    expect(checkListCover([inside, { ...beside, file: inside.file }], COMMUNES)).toEqual([]);
  });

  it('that all stand elsewhere are told with where they stand', () => {
    const notices = checkListCover([beside, { ...beside, codeInsee: '97411' }, beside], COMMUNES);
    expect(notices).toMatchObject([{ code: 'no-structure-in-territory', value: '3' }]);
    expect(notices[0]!.message).toContain('58 (2), 974 (1)');
  });

  it('are told one by one where another has some', () => {
    expect(checkListCover([inside, beside], COMMUNES)).toMatchObject([
      { code: 'list-of-other-territories', file: 'voisins.csv', value: '1' },
    ]);
  });

  it('that name a commune of the territory count as inside, wherever they stand', () => {
    expect(checkListCover([{ ...beside, codeInsee: '71002' }], COMMUNES)).toEqual([]);
  });

  it('are not judged without polygons', () => {
    expect(checkListCover([beside], [])).toEqual([]);
  });
});

describe('the caution', () => {
  const streets = (people: number) => ({
    code: 'commune-partly-without-streets',
    severity: 'warning' as const,
    message: '',
    value: String(people),
  });

  it('is nothing where all inputs cover the territory', () => {
    expect(writePartialInputs([], 'fr')).toBe('');
    expect(writePartialInputs([{ code: 'osm-short-way', severity: 'info', message: '' }], 'en')).toBe('');
  });

  it('sums the people concerned', () => {
    expect(writePartialInputs([streets(1200), streets(34)], 'fr')).toBe(
      'Prudence : les routes lues ne couvrent pas, ou qu’en partie, 2 communes (1\u202f234 personnes concernées).',
    );
    expect(writePartialInputs([streets(7)], 'en')).toBe(
      'Caution: the roads read do not cover, or in part only, one commune (7 people concerned).',
    );
  });
});
