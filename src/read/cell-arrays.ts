/**
 * The cells of all grids while they are read: parallel arrays that grow, x and y in the metres of their system
 * until their file is done, then lon and lat. Readers append, `population.ts` projects, and `toCells` closes.
 */
import { doubled } from '../common/growing-arrays.ts';
import type { CellSegments, PopulationCells } from './records.ts';

/** Households or people of one cell; NaN where its grid does not say. */
export type ReadSegments = Record<keyof CellSegments, number>;

export interface ReadCell {
  id: string;
  x: number;
  y: number;
  epsg: number;
  sideMeters: number;
  population: number;
  communeCodes: readonly string[] | undefined;
  isImputed: boolean;
  line: number;
  /** Undefined where the grid has none of them. */
  segments: ReadSegments | undefined;
}

/** Room for cells; more than most files have, since memory that is not touched costs nothing. */
const AT_FIRST = 1 << 16;

const UNKNOWN: ReadSegments = {
  households: Number.NaN,
  poorHouseholds: Number.NaN,
  under18: Number.NaN,
  from65: Number.NaN,
  from80: Number.NaN,
};

/** The arrays of numbers are longer than the `count` of cells. */
export class CellArrays {
  count = 0;
  readonly id: string[] = [];
  readonly communeCodes: Array<readonly string[] | undefined> = [];
  x = new Float64Array(AT_FIRST);
  y = new Float64Array(AT_FIRST);
  population = new Float64Array(AT_FIRST);
  side = new Float64Array(AT_FIRST);
  line = new Uint32Array(AT_FIRST);
  epsg = new Uint32Array(AT_FIRST);
  isImputed = new Uint8Array(AT_FIRST);
  hasImputed = false;
  /** Ids that stand for one place in the world, whatever the file. */
  readonly gridIds = new Set<string>();
  private segments: Record<keyof CellSegments, Float64Array> | undefined;

  append(cell: ReadCell): void {
    if (this.count === this.x.length) this.grow();
    const at = this.count++;
    this.id.push(cell.id);
    this.communeCodes.push(cell.communeCodes);
    this.x[at] = cell.x;
    this.y[at] = cell.y;
    this.population[at] = cell.population;
    this.side[at] = cell.sideMeters;
    this.line[at] = cell.line;
    this.epsg[at] = cell.epsg;
    this.isImputed[at] = cell.isImputed ? 1 : 0;
    if (cell.segments !== undefined || this.segments !== undefined)
      this.setSegments(at, cell.segments ?? UNKNOWN);
  }

  /** Keeps, from cell `first` on, those that `isKept`; the others are gone. */
  retain(first: number, isKept: (cell: number) => boolean): void {
    let firstGone = first;
    while (firstGone < this.count && isKept(firstGone)) firstGone++;
    if (firstGone === this.count) return;
    const columns = [this.x, this.y, this.population, this.side, this.line, this.epsg, this.isImputed];
    const all = [...columns, ...Object.values(this.segments ?? {})];
    let kept = firstGone;
    for (let cell = firstGone + 1; cell < this.count; cell++) {
      if (!isKept(cell)) continue;
      this.id[kept] = this.id[cell];
      this.communeCodes[kept] = this.communeCodes[cell];
      for (const column of all) column[kept] = column[cell];
      kept++;
    }
    this.count = kept;
    this.id.length = kept;
    this.communeCodes.length = kept;
  }

  toCells(): PopulationCells {
    const { count } = this;
    const segments: CellSegments = {};
    for (const [name, column] of Object.entries(this.segments ?? {})) {
      const values = column.slice(0, count);
      if (values.some((value) => !Number.isNaN(value))) segments[name as keyof CellSegments] = values;
    }
    return {
      count,
      id: this.id,
      lon: this.x.slice(0, count),
      lat: this.y.slice(0, count),
      population: this.population.slice(0, count),
      sideMeters: this.side.slice(0, count),
      communeCodes: this.communeCodes,
      origin: new Array<'grid'>(count).fill('grid'),
      imputed: this.hasImputed ? this.isImputed.slice(0, count) : undefined,
      ...(Object.keys(segments).length === 0 ? {} : { segments }),
    };
  }

  private setSegments(at: number, cell: ReadSegments): void {
    this.segments ??= {
      households: this.unknown(),
      poorHouseholds: this.unknown(),
      under18: this.unknown(),
      from65: this.unknown(),
      from80: this.unknown(),
    };
    const { households, poorHouseholds, under18, from65, from80 } = this.segments;
    households[at] = cell.households;
    poorHouseholds[at] = cell.poorHouseholds;
    under18[at] = cell.under18;
    from65[at] = cell.from65;
    from80[at] = cell.from80;
  }

  private unknown(): Float64Array {
    return new Float64Array(this.x.length).fill(Number.NaN);
  }

  private grow(): void {
    this.x = doubled(this.x);
    this.y = doubled(this.y);
    this.population = doubled(this.population);
    this.side = doubled(this.side);
    this.line = doubled(this.line);
    this.epsg = doubled(this.epsg);
    this.isImputed = doubled(this.isImputed);
    if (this.segments === undefined) return;
    for (const name of Object.keys(this.segments) as Array<keyof CellSegments>) {
      this.segments[name] = doubled(this.segments[name]).fill(Number.NaN, this.count);
    }
  }
}
