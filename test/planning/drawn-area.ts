/**
 * Communes as squares beside each other, for the checks of an area:
 *
 *     47.01  +------+------+------+
 *            |  A   |  B   |  C   |
 *     47.00  +------+------+------+
 *          5.00   5.01   5.02   5.03
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import type { CommuneCodes } from '../../src/planning/check-population.ts';
import type { Commune, PopulationCells, Structure } from '../../src/read/records.ts';

export const SIDE_DEGREES = 0.01;
const WEST = 5;
const SOUTH = 47;
const CODES = ['71001', '71002', '71003'] as const;

export const METERS_EAST = (degrees: number) => degrees * metersPerDegreeOfLongitude(SOUTH);
export const METERS_NORTH = (degrees: number) => degrees * METERS_PER_DEGREE;

/** Middle of the square at a position. */
export const middleOf = (position: number): readonly [number, number] => [
  WEST + (position + 0.5) * SIDE_DEGREES,
  SOUTH + 0.5 * SIDE_DEGREES,
];

export const COMMUNES: readonly Commune[] = CODES.map((code, position) => {
  const [west, east] = [WEST + position * SIDE_DEGREES, WEST + (position + 1) * SIDE_DEGREES];
  const north = SOUTH + SIDE_DEGREES;
  return {
    code,
    nom: 'ABC'[position]!,
    departement: '71',
    population: undefined,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, SOUTH],
          [east, SOUTH],
          [east, north],
          [west, north],
          [west, SOUTH],
        ],
      ],
    },
    epci: undefined,
    territoire: undefined,
  };
});

/** Of a small official list: the three squares, 71999 that is none of them, and 71998 that became 71001. */
export function codes(populations: Readonly<Record<string, number>> = {}): CommuneCodes {
  return {
    currentCodeOf: new Map([['71998', '71001']]),
    isKnown: (code) => code === '71999' || CODES.some((known) => known === code),
    officialPopulationOf: (code) => populations[code],
  };
}

export interface DrawnCell {
  at: readonly [number, number];
  people: number;
  codes?: readonly string[];
}

export function grid(drawn: readonly DrawnCell[]): PopulationCells {
  return {
    count: drawn.length,
    id: drawn.map((_, i) => `c${i}`),
    lon: Float64Array.from(drawn, ({ at }) => at[0]),
    lat: Float64Array.from(drawn, ({ at }) => at[1]),
    population: Float64Array.from(drawn, ({ people }) => people),
    sideMeters: new Float64Array(drawn.length),
    communeCodes: drawn.map((cell) => cell.codes),
    origin: drawn.map(() => 'grid'),
    imputed: undefined,
  };
}

export function structure(id: string, at: readonly [number, number], codeInsee?: string): Structure {
  return {
    id,
    nom: `Structure ${id}`,
    type: 'ccas-cias',
    cercle: 1,
    cercleStated: false,
    lon: at[0],
    lat: at[1],
    adresse: undefined,
    codeInsee,
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    format: 'fixe',
    horaires: undefined,
    file: 'structures.csv',
    row: 2,
  };
}
