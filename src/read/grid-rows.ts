/**
 * The rows of one population grid: the header tells where position, population, commune and id stand, each row
 * is read straight from its bytes and appended to the arrays of all files. A row that cannot be read is left
 * out with a notice; a number that could be two things stops the run.
 */
import { basename } from 'node:path';
import { UsageError } from '../common/errors.ts';
import { GrowingFloat64, GrowingUint32 } from '../common/growing-arrays.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CsvHeader } from './csv.ts';
import type { CsvRow } from './csv-rows.ts';
import {
  FILOSOFI_COMMUNE_COLUMNS,
  FILOSOFI_ID_COLUMNS,
  FILOSOFI_IMPUTED_COLUMNS,
  type GridId,
  parseCommuneCodes,
  parseGridId,
} from './filosofi.ts';
import { readNumber } from './numbers.ts';
import type { Bounds } from './positions.ts';
import { findEpsg, isKnownEpsg } from './projections.ts';

export interface PopulationOptions {
  /** Side of the cells where neither id nor geometry says it, metres. */
  cellSizeMeters?: number | undefined;
  /** Coordinate system of `x,y` files without a column of their own: `EPSG:2154`. */
  crs?: string | undefined;
  /** Bounds of the roads read; without them the check of swapped columns only sees what is off the Earth. */
  bounds?: Bounds | undefined;
  /** Current codes of the territory: cells whose own list names none of them are left out, counted. */
  communeCodes?: ReadonlySet<string> | undefined;
  /** Old commune code -> the current one; by default a code stands for itself. */
  currentCode?: ((code: string) => string) | undefined;
}

const LON_COLUMNS = ['lon', 'longitude', 'lng', 'long'] as const;
const LAT_COLUMNS = ['lat', 'latitude'] as const;
const X_COLUMNS = ['x', 'x_centroid', 'lambert_x'] as const;
const Y_COLUMNS = ['y', 'y_centroid', 'lambert_y'] as const;
const CRS_COLUMNS = ['crs', 'epsg', 'srid'] as const;
const POPULATION_COLUMNS = ['population', 'ind', 'pop', 'habitants', 'nb_habitants', 'ind_c'] as const;
const ID_COLUMNS = ['id', 'cell_id', 'id_carreau', 'idcar', 'code'] as const;
const COMMUNE_COLUMNS = [...FILOSOFI_COMMUNE_COLUMNS, 'code_commune', 'commune', 'code_insee'] as const;

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
  ...FILOSOFI_ID_COLUMNS,
  ...FILOSOFI_IMPUTED_COLUMNS,
]);

/** Cells of all files so far; x, y are projected metres until their file is done, then lon, lat. */
export class CellArrays {
  readonly id: string[] = [];
  readonly communeCodes: Array<readonly string[] | undefined> = [];
  readonly x = new GrowingFloat64(1 << 14);
  readonly y = new GrowingFloat64(1 << 14);
  readonly population = new GrowingFloat64(1 << 14);
  readonly side = new GrowingFloat64(1 << 14);
  readonly line = new GrowingUint32(1 << 14);
  readonly epsg = new GrowingUint32(1 << 14);
  readonly imputed = new GrowingUint32(1 << 14);
  hasImputed = false;
  /** Ids that stand for one place in the world, whatever the file. */
  readonly gridIds = new Set<string>();
}

/** The rows of one file. */
export class GridRows {
  private kind: 'id' | 'lonlat' | 'xy' = 'lonlat';
  private separator = ',';
  private xField = -1;
  private yField = -1;
  private idField = -1;
  private populationField = -1;
  private communeField = -1;
  private imputedField = -1;
  private crsField = -1;
  private epsgOfFile = 4326;
  private readonly epsgOfText = new Map<string, number | undefined>();
  private readonly idsOfFile = new Set<string>();
  private readonly currentCodesOfText = new Map<string, readonly string[] | undefined>();
  private usableCount = 0;
  private elsewhereCount = 0;
  private lineOfComma = 0;
  private lineOfThousand = 0;
  private firstFault = '';
  private firstFaultLine = 0;

  constructor(
    private readonly path: string,
    private readonly options: PopulationOptions,
    private readonly cells: CellArrays,
    private readonly notices: NoticeList,
  ) {}

  readHeader(header: CsvHeader): void {
    this.separator = header.dialect.separator;
    this.populationField = header.get('population', ...POPULATION_COLUMNS);
    this.communeField = header.find(...COMMUNE_COLUMNS);
    this.imputedField = header.find(...FILOSOFI_IMPUTED_COLUMNS);
    if (this.imputedField >= 0) this.cells.hasImputed = true;
    const filosofiId = header.find(...FILOSOFI_ID_COLUMNS);
    this.idField = filosofiId >= 0 ? filosofiId : header.find(...ID_COLUMNS);
    const lon = header.find(...LON_COLUMNS);
    const lat = header.find(...LAT_COLUMNS);
    const x = header.find(...X_COLUMNS);
    const y = header.find(...Y_COLUMNS);
    if (lon >= 0 && lat >= 0) this.setPosition('lonlat', lon, lat);
    else if (x >= 0 && y >= 0) this.setProjected(header, x, y);
    else if (this.idField >= 0) this.kind = 'id';
    else header.get('position (lon and lat, x and y, or the id of a Filosofi cell)', ...LON_COLUMNS);
  }

  readRow(row: CsvRow): void {
    const { cells } = this;
    const population = this.numberAt(row, this.populationField, 'population');
    if (population === undefined) return;
    if (population < 0) {
      this.leaveOut(row, 'cell-population-negative', 'the population is negative', this.populationField);
      return;
    }
    const communeCodes = this.communeField < 0 ? undefined : this.communeCodesOf(row);
    if (communeCodes !== undefined && this.isElsewhere(communeCodes)) {
      this.elsewhereCount++;
      return;
    }
    const id = this.idField < 0 ? `${row.line}` : row.text(this.idField);
    const place = this.kind === 'id' ? this.placeOfId(row, id) : this.placeOfColumns(row);
    if (place === undefined) return;
    if (this.isRepeated(id)) {
      this.leaveOut(row, 'cell-id-repeated', 'the id stands twice', this.idField);
      return;
    }
    cells.id.push(id);
    cells.x.push(place.x);
    cells.y.push(place.y);
    cells.population.push(population);
    cells.side.push(place.sideMeters);
    cells.epsg.push(place.epsg);
    cells.line.push(row.line);
    cells.communeCodes.push(communeCodes);
    cells.imputed.push(this.imputedField >= 0 && row.plainDecimal(this.imputedField) === 1 ? 1 : 0);
    this.usableCount++;
  }

  /** Throws where nothing usable was found; tells what the selection left out. */
  finish(): void {
    if (this.lineOfComma > 0 && this.lineOfThousand > 0) {
      throw new UsageError('the population is written both with decimal commas and with points', {
        file: this.path,
        line: this.lineOfThousand,
        remedy: `A point could set thousands apart here (decimal comma on line ${this.lineOfComma}): write all numbers one way.`,
      });
    }
    if (this.elsewhereCount > 0) {
      this.notices.add({
        code: 'cells-of-other-territories',
        severity: 'info',
        message: `${this.elsewhereCount} cells belong to communes outside the territory`,
        action: 'left out',
        file: basename(this.path),
      });
    }
    if (this.usableCount > 0) return;
    const isEmptied = this.elsewhereCount > 0 && this.firstFaultLine === 0;
    throw new UsageError(
      isEmptied
        ? 'no cell of the grid belongs to the territory'
        : `no row of the grid is usable: ${this.firstFault || 'there is none'}`,
      {
        file: this.path,
        ...(this.firstFaultLine > 0 ? { line: this.firstFaultLine } : {}),
        remedy: isEmptied
          ? 'Check departement and commune_codes of the study.'
          : 'Check that the columns hold what their names say.',
      },
    );
  }

  private setPosition(kind: 'lonlat' | 'xy', xField: number, yField: number): void {
    this.kind = kind;
    this.xField = xField;
    this.yField = yField;
  }

  private setProjected(header: CsvHeader, x: number, y: number): void {
    this.setPosition('xy', x, y);
    this.crsField = header.find(...CRS_COLUMNS);
    if (this.crsField >= 0) return;
    const epsg = this.options.crs === undefined ? undefined : findEpsg(this.options.crs);
    if (epsg === undefined) {
      throw new UsageError('the coordinate system of x and y is not given', {
        file: this.path,
        line: 1,
        ...(this.options.crs === undefined ? {} : { value: this.options.crs }),
        remedy: 'Add a column crs (EPSG:2154), or the key population_crs to the study.',
      });
    }
    this.epsgOfFile = epsg;
  }

  /** The number at a field; undefined (with its notice) where it cannot be read. Ambiguous ones throw. */
  private numberAt(row: CsvRow, field: number, what: string): number | undefined {
    const plain = row.plainDecimal(field);
    if (!Number.isNaN(plain)) {
      if (field === this.populationField && this.looksLikeThousand(row, field))
        this.lineOfThousand ||= row.line;
      return plain;
    }
    const text = row.text(field);
    const value = readNumber(text, this.separator);
    if (typeof value === 'number') {
      if (field === this.populationField && text.includes(',')) this.lineOfComma ||= row.line;
      return value;
    }
    if (value === 'ambiguous') {
      throw new UsageError(`the ${what} could be a decimal or a thousand`, {
        file: this.path,
        line: row.line,
        value: text,
        remedy: 'Write decimal points and no thousands separator, or separate the columns by ";".',
      });
    }
    const fault = value === 'empty' ? `the ${what} is missing` : `the ${what} is not a number`;
    this.leaveOut(row, `cell-${what}-unreadable`, fault, field);
    return undefined;
  }

  /** `1.234`: a thousand where the file also writes decimal commas. */
  private looksLikeThousand(row: CsvRow, field: number): boolean {
    const start = row.starts[field];
    const end = row.ends[field];
    const length = end - start;
    return length >= 5 && length <= 7 && row.bytes[end - 4] === 0x2e && row.bytes[start] !== 0x30;
  }

  private communeCodesOf(row: CsvRow): readonly string[] | undefined {
    const text = row.text(this.communeField);
    if (this.currentCodesOfText.has(text)) return this.currentCodesOfText.get(text);
    const { currentCode } = this.options;
    let codes = parseCommuneCodes(text);
    if (codes !== undefined && currentCode !== undefined) codes = [...new Set(codes.map(currentCode))];
    this.currentCodesOfText.set(text, codes);
    return codes;
  }

  private isElsewhere(codes: readonly string[]): boolean {
    const territory = this.options.communeCodes;
    return territory !== undefined && !codes.some((code) => territory.has(code));
  }

  private epsgAt(row: CsvRow): number | undefined {
    const text = row.text(this.crsField);
    if (!this.epsgOfText.has(text)) {
      const epsg = findEpsg(text);
      this.epsgOfText.set(text, epsg !== undefined && isKnownEpsg(epsg) ? epsg : undefined);
    }
    return this.epsgOfText.get(text);
  }

  private placeOfId(row: CsvRow, id: string): GridId | undefined {
    const place = parseGridId(id);
    if (place !== undefined && isKnownEpsg(place.epsg)) return place;
    this.leaveOut(row, 'cell-id-unreadable', 'the id does not give the position of a cell', this.idField);
    return undefined;
  }

  private placeOfColumns(row: CsvRow): GridId | undefined {
    const x = this.numberAt(row, this.xField, 'position');
    if (x === undefined) return undefined;
    const y = this.numberAt(row, this.yField, 'position');
    if (y === undefined) return undefined;
    const epsg = this.crsField >= 0 ? this.epsgAt(row) : this.epsgOfFile;
    if (epsg === undefined) {
      this.leaveOut(row, 'cell-crs-unknown', 'the coordinate system is not known', this.crsField);
      return undefined;
    }
    return { x, y, epsg, sideMeters: this.options.cellSizeMeters ?? 0 };
  }

  /** Grid ids stand for one place in the world, whatever the file; other ids only within theirs. */
  private isRepeated(id: string): boolean {
    const ids = this.kind === 'id' ? this.cells.gridIds : this.idsOfFile;
    if (ids.has(id)) return true;
    ids.add(id);
    return false;
  }

  private leaveOut(row: CsvRow, code: string, message: string, field: number): void {
    const value = row.text(field);
    this.notices.add({
      code,
      severity: 'warning',
      message,
      action: 'row left out',
      file: basename(this.path),
      row: row.line,
      ...(this.idField >= 0 ? { id: row.text(this.idField) } : {}),
      value,
    });
    if (this.firstFaultLine > 0) return;
    this.firstFaultLine = row.line;
    this.firstFault = `${message} (${JSON.stringify(value)})`;
  }
}
