/**
 * What the numbers of a table's column are, told from the column's French name, so that a column that is added
 * needs no second list; and how many decimals the tables for people give them. `indicateurs.json` and
 * `cellules.parquet` hold every digit.
 */
export type ColumnKind = 'people' | 'rate' | 'difference' | 'minutes' | 'meters' | 'degrees' | 'text';

/** By the column's French name, whatever the report's language. */
export function kindOfColumn(name: string): ColumnKind {
  if (/^population/.test(name)) return 'people';
  if (/^(taux|part|disponibilite)_/.test(name)) return 'rate';
  if (name === 'ecart_taux') return 'difference';
  if (name === 'lon' || name === 'lat') return 'degrees';
  if (/_min$/.test(name)) return 'minutes';
  return /_m$/.test(name) ? 'meters' : 'text';
}

/**
 * A number as the tables for people give it: people to 2 decimals, shares to 6, minutes to 2, metres to 1; degrees
 * and all else as they are.
 */
export function roundForPeople(value: number, kind: ColumnKind): number {
  if (kind === 'people' || kind === 'minutes') return roundTo(value, 2);
  if (kind === 'rate' || kind === 'difference') return roundShare(value);
  return kind === 'meters' ? roundTo(value, 1) : value;
}

/** To 6 decimals; but 0 and 1 stay the words for nobody and for all, as they are in the report. */
export function roundShare(share: number): number {
  const rounded = roundTo(share, 6);
  if (rounded === 1 && share < 1) return 0.999999;
  if (rounded === 0 && share !== 0) return share > 0 ? 0.000001 : -0.000001;
  return rounded;
}

/** -0.004 is 0, and never -0. */
export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}
