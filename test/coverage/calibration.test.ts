import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrateShares } from '../../src/coverage/calibration.ts';
import { buildCellShares } from '../../src/coverage/cell-shares.ts';
import type { Commune, PopulationCells } from '../../src/read/records.ts';

const commune = (code: string): Commune => ({
  code,
  nom: `Commune ${code}`,
  departement: '71',
  population: undefined,
  geometry: undefined,
  epci: undefined,
  territoire: undefined,
});

function cellsOf(cells: ReadonlyArray<{ people: number; codes: string[] | undefined }>): PopulationCells {
  return {
    count: cells.length,
    id: cells.map((_, i) => String(i)),
    lon: new Float64Array(cells.length),
    lat: new Float64Array(cells.length),
    population: Float64Array.from(cells, ({ people }) => people),
    sideMeters: new Float64Array(cells.length),
    communeCodes: cells.map(({ codes }) => codes),
    origin: cells.map(() => 'grid'),
    imputed: undefined,
  };
}

const share = (cells: Parameters<typeof cellsOf>[0], codes: readonly string[]) =>
  buildCellShares(cellsOf(cells), codes.map(commune), undefined, { communeCodes: codes });

describe('calage', () => {
  it('scales each commune to its official population, in the proportion of its cells', () => {
    const before = share(
      [
        { people: 60, codes: ['71001'] },
        { people: 30, codes: ['71001'] },
        { people: 10, codes: ['71002'] },
      ],
      ['71001', '71002'],
    );
    const { shares, ...account } = calibrateShares(
      before,
      new Map([
        ['71001', 99],
        ['71002', 15],
      ]),
    );
    expect([...shares.populationOfEntry]).toEqual([66, 33, 15]);
    expect(account).toEqual({
      populationBefore: 100,
      populationAfter: 99 + 15,
      populationOfficial: 99 + 15,
      communeCountScaled: 2,
      withoutCells: [],
      withoutOfficial: [],
    });
    expect(shares.account).toMatchObject({ populationRead: 100, populationInside: 114 });
    expect(shares.account.populationByRule.grid).toBe(114);
    expect([...before.populationOfEntry]).toEqual([60, 30, 10]);
  });

  it('scales the part of a shared cell that is the commune’s', () => {
    const before = share(
      [
        { people: 10, codes: ['71001', '71002'] },
        { people: 5, codes: ['71001'] },
      ],
      ['71001', '71002'],
    );
    const { shares } = calibrateShares(
      before,
      new Map([
        ['71001', 20],
        ['71002', 5],
      ]),
    );
    // Without polygons the shared cell is halved: 5 of it and 5 make the 10 of 71001.
    expect([...shares.populationOfEntry]).toEqual([10, 5, 10]);
  });

  it('tells communes without cells and without official population, and keeps the latter as read', () => {
    const before = share(
      [
        { people: 4, codes: ['71001'] },
        { people: 6, codes: ['71002'] },
        { people: 0, codes: ['71003'] },
      ],
      ['71001', '71002', '71003', '71004', '71005'],
    );
    const official = new Map([
      ['71001', 8],
      ['71003', 7],
      ['71004', 9],
      ['71005', 0],
    ]);
    const calibration = calibrateShares(before, official);
    expect([...calibration.shares.populationOfEntry]).toEqual([8, 6, 0]);
    expect(calibration.withoutCells.map(({ code, people }) => [code, people])).toEqual([
      ['71003', 7],
      ['71004', 9],
    ]);
    expect(calibration.withoutOfficial.map(({ code, people }) => [code, people])).toEqual([['71002', 6]]);
  });

  it('conserves every commune to the last bit, whatever the cells', () => {
    const codes = ['71001', '71002', '71003'];
    const cell = fc.record({
      people: fc.double({ min: 0.1, max: 5_000, noNaN: true }),
      codes: fc.subarray(codes, { minLength: 1 }),
    });
    const official = fc.tuple(...codes.map(() => fc.integer({ min: 0, max: 2_000_000 })));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), official, (cells, people) => {
        const before = share(cells, codes);
        const { shares, populationAfter } = calibrateShares(
          before,
          new Map(codes.map((code, i) => [code, people[i]])),
        );
        const sums = codes.map(() => 0);
        shares.populationOfEntry.forEach((value, entry) => {
          expect(value).toBeGreaterThanOrEqual(0);
          sums[shares.communeOfEntry[entry]] += value;
        });
        const hasCells = codes.map((_, row) => before.communeOfEntry.includes(row));
        expect(sums).toEqual(people.map((value, i) => (hasCells[i] ? value : 0)));
        expect(populationAfter).toBe(sums.reduce((a, b) => a + b, 0));
        expect(shares.account.populationInside).toBe(populationAfter);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
