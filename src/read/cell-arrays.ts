/**
 * The cells of all grids while they are read: parallel arrays that grow, x and y in the metres of their system
 * until their file is done, then lon and lat. Readers append, `population.ts` projects, and `toCells` closes.
 */
import { GrowingFloat64, GrowingUint32 } from '../common/growing-arrays.ts';
import type { CellSegments, PopulationCells } from './records.ts';

/** One cell; segments are NaN where its grid does not say. */
export interface ReadCell extends Record<keyof CellSegments, number> {
  id: string;
  x: number;
  y: number;
  epsg: number;
  sideMeters: number;
  population: number;
  communeCodes: readonly string[] | undefined;
  isImputed: boolean;
  line: number;
}

/** Room for cells; more than most files have, since memory that is not touched costs nothing. */
const AT_FIRST = 1 << 16;

const SEGMENTS = ['households', 'poorHouseholds', 'under18', 'from65', 'from80'] as const;

export class CellArrays {
  readonly id: string[] = [];
  readonly communeCodes: Array<readonly string[] | undefined> = [];
  readonly x = new GrowingFloat64(AT_FIRST);
  readonly y = new GrowingFloat64(AT_FIRST);
  readonly population = new GrowingFloat64(AT_FIRST);
  readonly side = new GrowingFloat64(AT_FIRST);
  readonly line = new GrowingUint32(AT_FIRST);
  readonly epsg = new GrowingUint32(AT_FIRST);
  readonly imputed = new GrowingUint32(AT_FIRST);
  hasImputed = false;
  /** Ids that stand for one place in the world, whatever the file. */
  readonly gridIds = new Set<string>();
  private readonly segments = {
    households: new GrowingFloat64(AT_FIRST),
    poorHouseholds: new GrowingFloat64(AT_FIRST),
    under18: new GrowingFloat64(AT_FIRST),
    from65: new GrowingFloat64(AT_FIRST),
    from80: new GrowingFloat64(AT_FIRST),
  };

  get count(): number {
    return this.id.length;
  }

  append(cell: ReadCell): void {
    this.id.push(cell.id);
    this.communeCodes.push(cell.communeCodes);
    this.x.push(cell.x);
    this.y.push(cell.y);
    this.population.push(cell.population);
    this.side.push(cell.sideMeters);
    this.epsg.push(cell.epsg);
    this.line.push(cell.line);
    this.imputed.push(cell.isImputed ? 1 : 0);
    for (const segment of SEGMENTS) this.segments[segment].push(cell[segment]);
  }

  /** Keeps, from cell `first` on, those that `isKept`; the others are gone. */
  retain(first: number, isKept: (cell: number) => boolean): void {
    const columns = [this.x, this.y, this.population, this.side, this.line, this.epsg, this.imputed];
    const all = [...columns, ...Object.values(this.segments)];
    let kept = first;
    for (let cell = first; cell < this.count; cell++) {
      if (!isKept(cell)) continue;
      if (kept !== cell) {
        this.id[kept] = this.id[cell];
        this.communeCodes[kept] = this.communeCodes[cell];
        for (const column of all) column.array[kept] = column.array[cell];
      }
      kept++;
    }
    this.id.length = kept;
    this.communeCodes.length = kept;
    for (const column of all) column.length = kept;
  }

  toCells(): PopulationCells {
    const segments: CellSegments = {};
    for (const segment of SEGMENTS) {
      const values = this.segments[segment];
      if (values.view().some((value) => !Number.isNaN(value))) segments[segment] = values.slice();
    }
    return {
      count: this.count,
      id: this.id,
      lon: this.x.slice(),
      lat: this.y.slice(),
      population: this.population.slice(),
      sideMeters: this.side.slice(),
      communeCodes: this.communeCodes,
      origin: new Array<'grid'>(this.count).fill('grid'),
      imputed: this.hasImputed ? Uint8Array.from(this.imputed.view()) : undefined,
      ...(Object.keys(segments).length === 0 ? {} : { segments }),
    };
  }
}
