import { describe, expect, it } from 'vitest';
import { computeSheetValue, type SheetContext } from '../../src/planning/sheet-values.ts';
import type { Calculation } from '../../src/read/action-sheets.ts';
import type { Structure } from '../../src/read/records.ts';
import { makeCommune, makeStructure } from './made-up-structures.ts';

/** A town, and four communes of fewer than 1 500 inhabitants. */
const COMMUNES = [
  makeCommune('71001', { population: 20_000 }),
  makeCommune('71002', { population: 1499 }),
  makeCommune('71003', { population: 800 }),
  makeCommune('71004', { population: 300 }),
  makeCommune('71005', { population: 1500 }),
];

function contextOf(structures: ReadonlyArray<Partial<Structure>>, date = '2026-10-06'): SheetContext {
  return {
    placed: structures.map((says) => ({
      structure: makeStructure(says),
      commune: COMMUNES.find(({ code }) => code === says.codeInsee),
    })),
    communes: COMMUNES,
    cercles: [1],
    date,
    smallCommunePopulation: 1500,
  };
}

function valuesOf(
  calculation: Calculation,
  years: readonly number[],
  context: SheetContext,
): Array<number | undefined> {
  return years.map((year) => computeSheetValue(calculation, year, context));
}

describe('the share of CCAS with a convention', () => {
  const context = contextOf([
    { codeInsee: '71001', dateEngagement: '2019-01-01', dateCharte: '2019-06-30' },
    { codeInsee: '71002', dateCharte: '2020-12-31' },
    { codeInsee: '71003' },
    { codeInsee: '71004', engagee: false, dateCharte: '2018-01-01' },
    { codeInsee: '71001', type: 'france-service', dateCharte: '2018-01-01' },
  ]);

  it('is of all CCAS of the lists, at the end of each year, by the day of the signature', () => {
    expect(valuesOf('part_ccas_convention', [2018, 2019, 2020, 2026], context)).toEqual([
      0,
      100 / 4,
      (100 * 2) / 4,
      (100 * 2) / 4,
    ]);
  });

  it('is of the study’s day in its own year, and unknown in the years after', () => {
    const before = { ...context, date: '2020-12-30' };
    expect(valuesOf('part_ccas_convention', [2020, 2021], before)).toEqual([25, undefined]);
  });

  it('is unknown, not 0, where no list dates a charter, where there is no CCAS, or no day', () => {
    expect(computeSheetValue('part_ccas_convention', 2020, contextOf([{ codeInsee: '71001' }]))).toBe(
      undefined,
    );
    expect(computeSheetValue('part_ccas_convention', 2020, contextOf([]))).toBe(undefined);
    expect(computeSheetValue('part_ccas_convention', 2020, { ...context, date: undefined })).toBe(undefined);
  });
});

describe('the share of small communes with a relay', () => {
  it('is of the communes below the threshold whose CCAS has no convention', () => {
    // 71002 has its convention from 2020 on: three small communes before, two after.
    const context = contextOf([
      { codeInsee: '71002', dateCharte: '2020-05-01' },
      { codeInsee: '71003', type: 'mairie', cercle: 2, dateEngagement: '2019-05-01' },
      { codeInsee: '71005', type: 'mairie', cercle: 2, dateEngagement: '2019-05-01' },
    ]);
    expect(valuesOf('part_petites_communes_relais', [2018, 2019, 2020], context)).toEqual([0, 100 / 3, 50]);
    const wider = { ...context, smallCommunePopulation: 1501 };
    expect(computeSheetValue('part_petites_communes_relais', 2020, wider)).toBeCloseTo(200 / 3, 12);
  });

  it('counts an engaged structure without date on the study’s day alone', () => {
    const context = contextOf([{ codeInsee: '71003', type: 'france-service' }]);
    expect(valuesOf('part_petites_communes_relais', [2025, 2026], context)).toEqual([0, 100 / 3]);
  });

  it('does not take a town hall for a relay because a list holds it', () => {
    const says = { codeInsee: '71003', type: 'mairie', cercle: 2 } as const;
    const shareWhen = (engageeStated: boolean) =>
      computeSheetValue('part_petites_communes_relais', 2026, contextOf([{ ...says, engageeStated }]));
    expect([shareWhen(false), shareWhen(true)]).toEqual([0, 100 / 3]);
  });

  it('is unknown where no population is', () => {
    const context = { ...contextOf([]), communes: [makeCommune('71001', { population: undefined })] };
    expect(computeSheetValue('part_petites_communes_relais', 2026, context)).toBe(undefined);
  });
});

describe('the engaged structures', () => {
  const context = contextOf([
    { dateEngagement: '2024-01-01', dateCharte: '2025-02-01' },
    { dateEngagement: '2024-01-01' },
    { engagee: false },
    { cercle: 2, dateEngagement: '2024-01-01' },
    {},
  ]);

  it('are numbered by year, in the circles of the study', () => {
    expect(valuesOf('nombre_structures_engagees', [2023, 2024, 2026], context)).toEqual([0, 2, 3]);
  });

  it('have a share that signed the charter', () => {
    expect(valuesOf('part_structures_charte', [2023, 2024, 2025, 2026], context)).toEqual([
      undefined,
      0,
      50,
      100 / 3,
    ]);
  });
});
