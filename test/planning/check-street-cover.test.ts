/**
 * Communes that an extract covers in part: one square of 10 km, streets drawn over a share of it.
 *
 *     47.09  +-----------+
 *            |  streets  |     every `mesh` degrees, from the west to `until`
 *     47.00  +-----------+
 *          5.00        5.13
 */
import { describe, expect, it } from 'vitest';
import type { CellShares } from '../../src/coverage/coverage-result.ts';
import { checkStreetCover } from '../../src/planning/check-street-cover.ts';
import type { CheckedNetwork } from '../../src/planning/check-streets.ts';
import type { Commune, PopulationCells } from '../../src/read/records.ts';
import { COMMUNES, grid } from './drawn-area.ts';

type Box = readonly [west: number, south: number, east: number, north: number];
const WHOLE: Box = [5, 47, 5.13, 47.09];

const SQUARE: Commune = {
  ...COMMUNES[0]!,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [WHOLE[0], WHOLE[1]],
        [WHOLE[2], WHOLE[1]],
        [WHOLE[2], WHOLE[3]],
        [WHOLE[0], WHOLE[3]],
        [WHOLE[0], WHOLE[1]],
      ],
    ],
  },
};

/** Streets from side to side of boxes, both ways, `mesh` degrees apart. */
function streetsIn(mesh: number, ...boxes: readonly Box[]): CheckedNetwork[] {
  const lines = boxes.flatMap(([west, south, east, north]) => {
    const across: number[][][] = [];
    for (let lat = south; lat <= north + 1e-9; lat += mesh)
      across.push([
        [west, lat],
        [east, lat],
      ]);
    for (let lon = west; lon <= east + 1e-9; lon += mesh)
      across.push([
        [lon, south],
        [lon, north],
      ]);
    return across;
  });
  const points = lines.flat();
  return [
    {
      network: {
        edgeCount: lines.length,
        firstPointOfEdge: Uint32Array.from({ length: lines.length + 1 }, (_, edge) => 2 * edge),
        lonOfPoint: Int32Array.from(points, ([lon]) => Math.round(lon! * 1e7)),
        latOfPoint: Int32Array.from(points, ([, lat]) => Math.round(lat! * 1e7)),
      },
      index: undefined,
    },
  ];
}

/** Cells of a grid, all in the square. */
function known(...cells: Parameters<typeof grid>[0]): { cells: PopulationCells; shares: CellShares } {
  const shares = {
    communes: [{ code: SQUARE.code }],
    firstEntryOfCell: Uint32Array.from({ length: cells.length + 1 }, (_, cell) => cell),
    communeOfEntry: new Uint32Array(cells.length),
    populationOfEntry: Float64Array.from(cells, ({ people }) => people),
  };
  return { cells: grid(cells), shares: shares as unknown as CellShares };
}

const DENSE = 0.002;
const APART = 0.02;

describe('communes that the roads read cover in part', () => {
  it.each<[string, number, Box[]]>([
    ['the west half', DENSE, [[5, 47, 5.065, 47.09]]],
    ['a quarter', DENSE, [[5, 47, 5.065, 47.045]]],
    ['a strip along the border', DENSE, [[4.98, 47, 5.01, 47.09]]],
    [
      'all but a corner',
      DENSE,
      [
        [5, 47, 5.065, 47.09],
        [5.065, 47, 5.13, 47.045],
      ],
    ],
    ['the half of a place with few streets', APART, [[5, 47, 5.06, 47.09]]],
  ])('are told where streets cover %s', (_, mesh, boxes) => {
    const found = checkStreetCover([SQUARE], streetsIn(mesh, ...boxes), () => 1234);
    expect(found).toMatchObject([
      { code: 'commune-partly-without-streets', severity: 'warning', id: '71001 A', value: '1234' },
    ]);
  });

  it.each<[string, number, Box[]]>([
    ['all of it', DENSE, [WHOLE]],
    ['all of a place with few streets', APART, [WHOLE]],
    [
      'all but a forest amid them',
      DENSE,
      [
        [5, 47, 5.13, 47.015],
        [5, 47.075, 5.13, 47.09],
        [5, 47, 5.02, 47.09],
        [5.11, 47, 5.13, 47.09],
      ],
    ],
    ['all but a narrow border', DENSE, [[5, 47, 5.125, 47.09]]],
    ['nothing: another check tells that', DENSE, []],
  ])('are none where streets cover %s', (_, mesh, boxes) => {
    expect(checkStreetCover([SQUARE], streetsIn(mesh, ...boxes), () => 1234)).toEqual([]);
  });

  it('are judged by where a grid places people', () => {
    const half = streetsIn(DENSE, [5, 47, 5.065, 47.09]);
    const west = { at: [5.03, 47.04] as const, people: 900 };
    const told = checkStreetCover([SQUARE], half, () => 0, known(west, { at: [5.11, 47.04], people: 100 }));
    expect(told.map(({ value }) => value)).toEqual(['100']);
    expect(checkStreetCover([SQUARE], half, () => 0, known(west, { at: [5.11, 47.04], people: 10 }))).toEqual(
      [],
    );
  });
});
