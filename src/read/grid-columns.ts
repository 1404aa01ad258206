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

export const LON_COLUMNS = ['lon', 'longitude', 'lng', 'long'] as const;
export const LAT_COLUMNS = ['lat', 'latitude'] as const;
export const X_COLUMNS = ['x', 'x_centroid', 'lambert_x'] as const;
export const Y_COLUMNS = ['y', 'y_centroid', 'lambert_y'] as const;
export const CRS_COLUMNS = ['crs', 'epsg', 'srid'] as const;
export const POPULATION_COLUMNS = ['population', 'ind', 'pop', 'habitants', 'nb_habitants', 'ind_c'] as const;
export const ID_COLUMNS = [...FILOSOFI_ID_COLUMNS, 'id', 'cell_id', 'id_carreau', 'idcar', 'code'] as const;
export const COMMUNE_COLUMNS = [
  ...FILOSOFI_COMMUNE_COLUMNS,
  'code_commune',
  'commune',
  'code_insee',
] as const;

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
