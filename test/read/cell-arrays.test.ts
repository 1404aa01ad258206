/** The arrays of the cells being read: longer than their first room, and cells that go. */
import { describe, expect, it } from 'vitest';
import { CellArrays, type ReadCell } from '../../src/read/cell-arrays.ts';

const COUNT = 70_000;

function cellAt(i: number): ReadCell {
  const hasSegments = i >= 10 && i % 3 === 0;
  return {
    id: `cell-${i}`,
    x: i / 10,
    y: -i / 10,
    epsg: 2154,
    sideMeters: 200,
    population: i / 4,
    communeCodes: [`${71000 + (i % 7)}`],
    isImputed: i % 2 === 1,
    line: i + 2,
    segments: hasSegments
      ? { households: i, poorHouseholds: Number.NaN, under18: i + 1, from65: i + 2, from80: i + 3 }
      : undefined,
  };
}

function fill(): CellArrays {
  const cells = new CellArrays();
  cells.hasImputed = true;
  for (let i = 0; i < COUNT; i++) cells.append(cellAt(i));
  return cells;
}

/** What the cells are to be, from those appended. */
function expectCells(cells: CellArrays, appended: readonly ReadCell[]): void {
  const column = (of: (cell: ReadCell) => number) => Float64Array.from(appended, of);
  const known = (of: 'households' | 'under18' | 'from65' | 'from80') =>
    column(({ segments }) => segments?.[of] ?? Number.NaN);
  expect(cells.toCells()).toEqual({
    count: appended.length,
    id: appended.map(({ id }) => id),
    lon: column(({ x }) => x),
    lat: column(({ y }) => y),
    population: column(({ population }) => population),
    sideMeters: column(({ sideMeters }) => sideMeters),
    communeCodes: appended.map(({ communeCodes }) => communeCodes),
    origin: appended.map(() => 'grid'),
    imputed: Uint8Array.from(appended, ({ isImputed }) => (isImputed ? 1 : 0)),
    // No cell has poor households.
    segments: {
      households: known('households'),
      under18: known('under18'),
      from65: known('from65'),
      from80: known('from80'),
    },
  });
}

describe('the arrays of cells', () => {
  const all = Array.from({ length: COUNT }, (_, i) => cellAt(i));

  it('hold more cells than they have room for at first, with and without segments', () => {
    expectCells(fill(), all);
  });

  it('keep what a later file leaves in, and forget the segments of what goes', () => {
    const cells = fill();
    const isKept = (cell: number) => cell < 50 || cell % 5 !== 0;
    cells.retain(20, isKept);
    const added = [...all.slice(1, 9), cellAt(33), cellAt(34)];
    for (const cell of added) cells.append(cell);
    expectCells(cells, [...all.filter((_, i) => isKept(i)), ...added]);
  });
});
