/**
 * Which columns of a table hold its positions, and what a row says there: lon and lat, x and y, or both in one
 * field. Where a table has several, the first that a row fills counts.
 */
import { type CoordinatePair, readCoordinate, readPair } from './angles.ts';
import type { CsvRecord, CsvTable } from './csv.ts';
import { isMetric } from './french-systems.ts';
import {
  CRS_NAMES,
  LAT_LON_NAMES,
  LAT_NAMES,
  LON_LAT_NAMES,
  LON_NAMES,
  X_NAMES,
  Y_NAMES,
} from './position-names.ts';
import { type Bounds, isNear } from './positions.ts';
import { findEpsg } from './projections.ts';
import type { WrittenPosition } from './settle-positions.ts';

interface Pair {
  lon: number;
  lat: number;
}

export class PositionColumns {
  private readonly pairs: Pair[] = [];
  private readonly joined: Array<{ field: number; lonFirst: boolean }> = [];
  private readonly crsField: number;

  constructor(
    private readonly table: CsvTable,
    bounds: Bounds | undefined,
  ) {
    const { header } = table;
    const [lon, lat, x, y] = [LON_NAMES, LAT_NAMES, X_NAMES, Y_NAMES].map((names) =>
      header.has(...names) ? names : undefined,
    );
    // `lon` beside `y` is one position, however it is named.
    const sides =
      lon !== undefined && lat !== undefined
        ? [
            [lon, lat],
            [x, y],
          ]
        : [[lon ?? x, lat ?? y]];
    for (const [first, second] of sides) {
      if (first === undefined || second === undefined) continue;
      this.pairs.push({ lon: header.find(...first), lat: header.find(...second) });
    }
    for (const [names, lonFirst] of [
      [LAT_LON_NAMES, false],
      [LON_LAT_NAMES, true],
    ] as const) {
      const field = header.has(...names) ? header.fieldOf(...names) : -1;
      const read = field < 0 ? [] : table.records.flatMap(({ fields }) => readPair(fields[field]!) ?? []);
      if (read.length === 0) continue;
      header.find(...names);
      this.joined.push({ field, lonFirst: turns(read, lonFirst, bounds) ? !lonFirst : lonFirst });
    }
    this.crsField = this.hasAny ? header.find(...CRS_NAMES) : -1;
  }

  get hasAny(): boolean {
    return this.pairs.length + this.joined.length > 0;
  }

  read({ fields, line }: CsvRecord): WrittenPosition {
    let found: WrittenPosition = { lon: '', lat: '', row: line };
    for (const { lon, lat } of this.pairs) {
      const position = { lon: this.coordinate(fields, lon), lat: this.coordinate(fields, lat), row: line };
      if (typeof position.lon === 'number' && typeof position.lat === 'number') {
        return { ...position, epsg: this.epsgOf(fields) };
      }
      if (found.lon === '' && found.lat === '') found = position;
    }
    for (const { field, lonFirst } of this.joined) {
      const pair = readPair(fields[field]!);
      if (pair !== undefined)
        return { ...order(pair, lonFirst), epsg: pair.epsg ?? this.epsgOf(fields), row: line };
      if (found.lon === '' && found.lat === '')
        found = { lon: fields[field]!, lat: fields[field]!, row: line };
    }
    return found;
  }

  private coordinate(fields: readonly string[], field: number): number | string {
    return readCoordinate(fields[field]!, this.table.marks.groupMarkOf(field));
  }

  private epsgOf(fields: readonly string[]): number | undefined {
    return this.crsField < 0 ? undefined : findEpsg(fields[this.crsField]!);
  }
}

function order({ first, second, lonIs }: CoordinatePair, lonFirst: boolean): { lon: number; lat: number } {
  // Metres are written x first, whatever the field is called.
  const isLonFirst = lonIs === undefined ? lonFirst || isMetric(first, second) : lonIs === 'first';
  return isLonFirst ? { lon: first, lat: second } : { lon: second, lat: first };
}

/**
 * True where most pairs lie near the roads only when read the other way round. One field has no names to be
 * believed, so that its order is no mistake.
 */
function turns(pairs: readonly CoordinatePair[], lonFirst: boolean, bounds: Bounds | undefined): boolean {
  let balance = 0;
  for (const pair of pairs) {
    if (isMetric(pair.first, pair.second)) continue;
    const { lon, lat } = order(pair, lonFirst);
    if (bounds === undefined) {
      balance += Math.abs(lat) > 90 ? 1 : -1;
      continue;
    }
    if (isNear(bounds, lon, lat)) balance--;
    else if (isNear(bounds, lat, lon)) balance++;
  }
  return balance > 0;
}
