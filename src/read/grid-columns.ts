/**
 * The names that the columns of a population grid may bear (normalised: without case, accents, punctuation),
 * in CSV and GeoPackage alike: INSEE's Filosofi grid of all vintages, and grids of other producers.
 */
import {
  FILOSOFI_COMMUNE_COLUMNS,
  FILOSOFI_ID_COLUMNS,
  FILOSOFI_IMPUTED_COLUMNS,
  FILOSOFI_SEGMENT_COLUMNS,
} from './filosofi.ts';
import { isFilosofiColumn } from './official-columns.ts';
import { CRS_NAMES, LAT_NAMES, LON_NAMES, X_NAMES, Y_NAMES } from './position-names.ts';
import type { ExpectedColumns } from './unused-columns.ts';

export const LON_COLUMNS = LON_NAMES;
export const LAT_COLUMNS = LAT_NAMES;
export const X_COLUMNS = X_NAMES;
export const Y_COLUMNS = Y_NAMES;
export const CRS_COLUMNS = CRS_NAMES;
export const POPULATION_COLUMNS = [
  'population',
  'ind',
  'pop',
  'habitants',
  'nb_habitants',
  'nombre_habitants',
  'pop_totale',
  'population_totale',
  'ind_c',
] as const;
export const ID_COLUMNS = [...FILOSOFI_ID_COLUMNS, 'id', 'cell_id', 'id_carreau', 'idcar', 'code'] as const;
export const COMMUNE_COLUMNS = [
  ...FILOSOFI_COMMUNE_COLUMNS,
  'code_commune',
  'code_insee',
  'insee_code',
  'insee_com',
  'insee',
  'codgeo',
  'commune',
] as const;

/** What a grid's columns may be, to name the nearest of one that is not used. */
export const EXPECTED_COLUMNS: ExpectedColumns = {
  groups: [
    LON_COLUMNS,
    LAT_COLUMNS,
    X_COLUMNS,
    Y_COLUMNS,
    CRS_COLUMNS,
    POPULATION_COLUMNS,
    ID_COLUMNS,
    COMMUNE_COLUMNS,
    FILOSOFI_IMPUTED_COLUMNS,
  ],
  isOfficial: isFilosofiColumn,
};

/** Every column name that a grid may have. */
export const GRID_COLUMNS: ReadonlySet<string> = new Set([
  ...LON_COLUMNS,
  ...LAT_COLUMNS,
  ...X_COLUMNS,
  ...Y_COLUMNS,
  ...CRS_COLUMNS,
  ...POPULATION_COLUMNS,
  ...ID_COLUMNS,
  ...COMMUNE_COLUMNS,
  ...FILOSOFI_IMPUTED_COLUMNS,
  ...Object.values(FILOSOFI_SEGMENT_COLUMNS).flat(),
]);

/** Finds the column of the first of these names; -1 where there is none. */
export type FindColumn = (...names: readonly string[]) => number;

/** Whether columns of these names make a grid: people, and a place. */
export function isGrid(find: FindColumn, hasGeometry = false): boolean {
  const hasBoth = (a: readonly string[], b: readonly string[]) => find(...a) >= 0 && find(...b) >= 0;
  return (
    find(...POPULATION_COLUMNS) >= 0 &&
    (hasGeometry ||
      find(...FILOSOFI_ID_COLUMNS) >= 0 ||
      find(...ID_COLUMNS) >= 0 ||
      hasBoth(LON_COLUMNS, LAT_COLUMNS) ||
      hasBoth(X_COLUMNS, Y_COLUMNS))
  );
}

/** The columns whose sum is a segment; undefined where one of them is missing, or all of the segments. */
export function findSegments(find: FindColumn): SegmentFields | undefined {
  const sumOf = (columns: readonly string[]): number[] | undefined => {
    const fields = columns.map((column) => find(column));
    return fields.includes(-1) ? undefined : fields;
  };
  const { households, poorHouseholds, under18, from65, from80 } = FILOSOFI_SEGMENT_COLUMNS;
  const fields = {
    households: sumOf(households),
    poorHouseholds: sumOf(poorHouseholds),
    under18: sumOf(under18),
    from65: sumOf(from65),
    from80: sumOf(from80),
  };
  return Object.values(fields).some((columns) => columns !== undefined) ? fields : undefined;
}

/** Segment -> the columns to add up. */
export type SegmentFields = Record<keyof typeof FILOSOFI_SEGMENT_COLUMNS, readonly number[] | undefined>;
