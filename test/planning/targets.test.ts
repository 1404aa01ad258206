import { describe, expect, it } from 'vitest';
import { buildPathRows, buildSheetTargets, findPathFaults } from '../../src/planning/targets.ts';
import type { SheetRow } from '../../src/read/action-sheets.ts';
import { makeStructure } from './made-up-structures.ts';

const PATH = [
  [2026, 0.96],
  [2027, 0.98],
  [2028, 1],
] as const;

/** A rate of a past result, and one of this study. */
const past = (date: string, value: number | undefined) => ({
  mode: 'car',
  date,
  rate: value,
  result: 'before',
});
const own = (date: string, value: number) => ({ ...past(date, value), result: undefined });

describe('the path to 100 %', () => {
  it('has réalisé, cible and écart by year; a year without a result has an empty réalisé', () => {
    const rows = buildPathRows(PATH, ['car'], [past('2025-10-07', 0.93), own('2026-10-06', 0.94)]);
    expect(rows.map(({ year, achieved, target, gap }) => [year, achieved, target, gap])).toEqual([
      [2025, 0.93, undefined, undefined],
      [2026, 0.94, 0.96, -0.02],
      [2027, undefined, 0.98, undefined],
      [2028, undefined, 1, undefined],
    ]);
    expect(rows.map(({ date, result }) => [date, result]).slice(0, 2)).toEqual([
      ['2025-10-07', 'before'],
      ['2026-10-06', undefined],
    ]);
  });

  it('has the rows of each mode, in the order of the study', () => {
    const rows = buildPathRows([[2026, 1]], ['walk', 'car'], [past('2026-10-06', 1)]);
    expect(rows.map(({ mode, achieved, gap }) => [mode, achieved, gap])).toEqual([
      ['walk', undefined, undefined],
      ['car', 1, 0],
    ]);
  });

  it('takes the latest day of a year, and of one day the rate given last', () => {
    const rates = [past('2026-11-03', 0.95), past('2026-01-06', 0.91), own('2026-11-03', 0.96)];
    expect(buildPathRows(PATH, ['car'], rates)[0]).toMatchObject({
      year: 2026,
      achieved: 0.96,
      result: undefined,
    });
  });

  it('keeps the year of a result in which nobody was counted, without a figure', () => {
    expect(buildPathRows([], ['car'], [past('2026-10-06', undefined)])).toMatchObject([
      { year: 2026, achieved: undefined, date: '2026-10-06' },
    ]);
  });

  it.each<[string, ReadonlyArray<readonly [number, number]>, string[]]>([
    ['three steps', PATH, []],
    [
      'today’s rate and three years',
      [
        [2025, 0.9],
        [2026, 0.95],
        [2028, 1],
      ],
      [],
    ],
    [
      'a fourth year',
      [
        [2025, 0.9],
        [2029, 1],
      ],
      ['too-long'],
    ],
    [
      '100 % kept up after',
      [
        [2026, 0.9],
        [2027, 1],
        [2031, 1],
      ],
      [],
    ],
    [
      'an end below 100 %',
      [
        [2026, 0.9],
        [2028, 0.99],
      ],
      ['below-100'],
    ],
    [
      'neither',
      [
        [2026, 0.9],
        [2030, 0.99],
      ],
      ['below-100', 'too-long'],
    ],
    ['no path', [], []],
  ])('with %s has the faults told', (_, path, faults) => {
    expect(findPathFaults(path, 3)).toEqual(faults);
  });
});

describe('the indicators of action sheets', () => {
  const context = {
    placed: [
      { structure: makeStructure({ dateCharte: '2019-03-01' }), commune: undefined },
      { structure: makeStructure(), commune: undefined },
    ],
    communes: [],
    cercles: [1] as const,
    date: '2026-10-06',
    smallCommunePopulation: 1500,
  };
  const sheetRow = (says: Partial<SheetRow>): SheetRow => ({
    indicateur: 'A',
    unite: '%',
    annee: 2020,
    cible: 75,
    realise: undefined,
    calcul: undefined,
    file: 'fiche.csv',
    row: 2,
    ...says,
  });

  it.each<[string, Partial<SheetRow>, object]>([
    ['computed', { calcul: 'part_ccas_convention' }, { achieved: 50, gap: -25, origin: 'computed' }],
    ['declared', { realise: 80 }, { achieved: 80, gap: 5, origin: 'declared' }],
    [
      'declared, though it could be computed',
      { realise: 80, calcul: 'part_ccas_convention' },
      { achieved: 80, origin: 'declared' },
    ],
    ['to come', {}, { achieved: undefined, gap: undefined, origin: undefined }],
    [
      'to come, and computed then',
      { annee: 2027, calcul: 'part_ccas_convention' },
      { achieved: undefined, origin: undefined },
    ],
    ['without a target', { cible: undefined, realise: 80 }, { achieved: 80, gap: undefined }],
  ])('are %s', (_, says, expected) => {
    expect(buildSheetTargets([sheetRow(says)], context)).toMatchObject([expected]);
  });
});
