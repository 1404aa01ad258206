import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { NO_INDEX } from '../../src/common/units.ts';
import { buildCellShares, type CellShareOptions } from '../../src/coverage/cell-shares.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import type { CellShares } from '../../src/coverage/coverage-result.ts';
import type { Commune, PopulationCells } from '../../src/read/records.ts';

/*
 * Three communes side by side, 0.1 degrees each, from 46.0 to 46.1 north; the third is another département's.
 *
 *   4.0        4.1        4.2        4.3
 *    | 71001    | 71002    | 39001    |
 */
const COMMUNES: Commune[] = [square('71002', 4.1), square('71001', 4.0), square('39001', 4.2)];
const INDEX = buildCommuneIndex(COMMUNES);

function square(code: string, west: number): Commune {
  return {
    code,
    nom: `Commune ${code}`,
    departement: code.slice(0, 2),
    population: undefined,
    epci: '200000001',
    territoire: undefined,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 46],
          [west + 0.1, 46],
          [west + 0.1, 46.1],
          [west, 46.1],
          [west, 46],
        ],
      ],
    },
  };
}

interface Cell {
  lon: number;
  lat?: number;
  people?: number;
  codes?: string[];
  side?: number;
}

function cellsOf(...cells: Cell[]): PopulationCells {
  return {
    count: cells.length,
    id: cells.map((_, at) => `c${at}`),
    lon: Float64Array.from(cells, (cell) => cell.lon),
    lat: Float64Array.from(cells, (cell) => cell.lat ?? 46.05),
    population: Float64Array.from(cells, (cell) => cell.people ?? 10),
    sideMeters: Float64Array.from(cells, (cell) => cell.side ?? 200),
    communeCodes: cells.map((cell) => cell.codes),
    origin: cells.map(() => 'grid'),
    imputed: undefined,
  };
}

/** Commune code -> people; '' for no commune. */
function peopleOf(shares: CellShares): Record<string, number> {
  const people: Record<string, number> = {};
  shares.communeOfEntry.forEach((row, entry) => {
    const code = row === NO_INDEX ? 'none' : shares.communes[row].code;
    people[code] = (people[code] ?? 0) + shares.populationOfEntry[entry];
  });
  return people;
}

function share(cells: PopulationCells, options: CellShareOptions = {}): CellShares {
  return buildCellShares(cells, COMMUNES, INDEX, options);
}

const METERS_PER_LON = metersPerDegreeOfLongitude(46.05);

describe('which commune a cell belongs to', () => {
  it("takes the grid's own code even where the centre lies elsewhere", () => {
    const shares = share(cellsOf({ lon: 4.05, codes: ['71002'] }));
    expect(peopleOf(shares)).toEqual({ '71002': 10 });
    expect(shares.account.populationByRule.grid).toBe(10);
  });

  it('splits a cell of two communes by the area of its square in each', () => {
    // The centre stands 50 m west of the border, so 150 of 200 m lie in the western commune.
    const shares = share(cellsOf({ lon: 4.1 - 50 / METERS_PER_LON, codes: ['71002', '71001'], people: 8 }));
    const people = peopleOf(shares);
    expect(people['71001']).toBeCloseTo((8 * 150) / 200, 6);
    expect(people['71001'] + people['71002']).toBe(8);
    expect(shares.account.cellCountSplit).toBe(1);
  });

  it('gives all to one commune where the square touches no other of its list', () => {
    expect(peopleOf(share(cellsOf({ lon: 4.05, codes: ['71002', '71001'] })))).toEqual({ '71001': 10 });
  });

  it('splits a point without a side by no area: the polygon that holds it, if it is listed', () => {
    const shares = share(cellsOf({ lon: 4.15, codes: ['71001', '71002'], side: 0 }));
    expect(peopleOf(shares)).toEqual({ '71002': 10 });
  });

  it.each<[string, Cell, Record<string, number>, string]>([
    ['the polygon that holds the centre', { lon: 4.15 }, { '71002': 10 }, 'centre'],
    [
      'the nearest within 2 km',
      { lon: 4.05, lat: 46.1 + 1_900 / METERS_PER_DEGREE },
      { '71001': 10 },
      'nearest',
    ],
    ['no commune beyond 2 km', { lon: 4.05, lat: 46.1 + 2_100 / METERS_PER_DEGREE }, { '': 10 }, 'none'],
    ['the centre where the code is unknown', { lon: 4.15, codes: ['99999'] }, { '71002': 10 }, 'centre'],
  ])('without a usable code: %s', (_, cell, expected, rule) => {
    const shares = share(cellsOf(cell));
    expect(peopleOf(shares)).toEqual(expected);
    expect(shares.account.populationByRule).toMatchObject({ [rule]: 10 });
  });

  it('follows a code that has changed', () => {
    const currentCodeOf = new Map([['71999', '71002']]);
    expect(peopleOf(share(cellsOf({ lon: 4.05, codes: ['71999'] }), { currentCodeOf }))).toEqual({
      '71002': 10,
    });
  });

  it('splits a cell of a code that was split by area, and gives it whole to the commune that alone has it', () => {
    const successorsOf = new Map([['71999', ['71001', '71002']]]);
    const border = cellsOf({ lon: 4.1 - 50 / METERS_PER_LON, codes: ['71999'], people: 8 });
    const people = peopleOf(share(border, { successorsOf }));
    expect(people['71001']).toBeCloseTo((8 * 150) / 200, 6);
    expect(people['71001'] + people['71002']).toBe(8);
    expect(peopleOf(share(cellsOf({ lon: 4.15, codes: ['71999'] }), { successorsOf }))).toEqual({
      '71002': 10,
    });
  });

  it('leaves the code of a spread cell as it is, for it is one of today', () => {
    const cells = { ...cellsOf({ lon: 4.15, codes: ['71001'] }), origin: ['building' as const] };
    const successorsOf = new Map([['71001', ['71001', '71002']]]);
    expect(peopleOf(share(cells, { successorsOf }))).toEqual({ '71001': 10 });
  });

  it('has one territory where there are no communes', () => {
    const shares = buildCellShares(cellsOf({ lon: 4.05 }, { lon: 9 }), [], undefined);
    expect(shares.communes).toEqual([]);
    expect(peopleOf(shares)).toEqual({ none: 20 });
  });

  it('lists every commune by code, empty ones too, and `hors commune` last', () => {
    const shares = share(cellsOf({ lon: 8 }));
    expect(shares.communes.map(({ code }) => code)).toEqual(['39001', '71001', '71002', '']);
    expect(shares.communes[3].nom).toBe('hors commune');
  });
});

describe('the territory that a study names', () => {
  it.each<[string, Cell, CellShareOptions, Record<string, number>, number]>([
    ['leaves out a cell by its code', { lon: 4.15, codes: ['39001'] }, { departement: '71' }, {}, 10],
    ['leaves out a cell by its centre', { lon: 4.25 }, { departement: '71' }, {}, 10],
    [
      'leaves out an unknown code of elsewhere',
      { lon: 4.15, codes: ['01001'] },
      { departement: '71' },
      {},
      10,
    ],
    ['leaves out what is far from any commune', { lon: 8 }, { departement: '71' }, {}, 10],
    ['keeps a cell of a commune it names', { lon: 4.15 }, { communeCodes: ['71002'] }, { '71002': 10 }, 0],
    ['leaves out a commune it does not name', { lon: 4.05 }, { communeCodes: ['71002'] }, {}, 10],
  ])('%s', (_, cell, options, inside, outside) => {
    const shares = share(cellsOf(cell), options);
    expect(peopleOf(shares)).toEqual(inside);
    expect(shares.account.populationOutside).toBe(outside);
    expect(shares.account.cellCountOutside).toBe(outside > 0 ? 1 : 0);
  });

  it('leaves out only the part of a cell that lies outside, and loses nobody', () => {
    const cells = cellsOf({ lon: 4.2 - 50 / METERS_PER_LON, codes: ['71002', '39001'], people: 12 });
    const { account, communes } = share(cells, { departement: '71' });
    expect(account.populationInside).toBeCloseTo((12 * 150) / 200, 6);
    expect(account.populationInside + account.populationOutside).toBe(12);
    expect(account.cellCountOutside).toBe(0);
    expect(communes.map(({ code }) => code)).toEqual(['71001', '71002']);
  });

  it('gives the rest of a square to a listed commune that has no polygon', () => {
    const cells = cellsOf({ lon: 4.0 + 50 / METERS_PER_LON, codes: ['71001', '58001'], people: 12 });
    expect(share(cells, { departement: '71' }).account.populationOutside).toBeCloseTo((12 * 50) / 200, 6);
  });
});
