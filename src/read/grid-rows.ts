/**
 * The rows of one population grid: the header tells where position, population, commune and id stand, each row
 * is read straight from its bytes and appended to the arrays of all files. A row that cannot be read is left
 * out with a notice; a number that could be two things stops the run.
 */
import { basename } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CellArrays, ReadSegments } from './cell-arrays.ts';
import type { CellTerritory, PopulationOptions } from './cell-territory.ts';
import type { CsvHeader } from './csv.ts';
import type { CsvRow, RowFilter } from './csv-rows.ts';
import { FILOSOFI_IMPUTED_COLUMNS, type GridId, parseGridId } from './filosofi.ts';
import {
  COMMUNE_COLUMNS,
  CRS_COLUMNS,
  EXPECTED_COLUMNS,
  findSegments,
  ID_COLUMNS,
  LAT_COLUMNS,
  LON_COLUMNS,
  POPULATION_COLUMNS,
  type SegmentFields,
  X_COLUMNS,
  Y_COLUMNS,
} from './grid-columns.ts';
import { GridNumbers } from './grid-numbers.ts';
import { absurdPopulation, isAbsurdPopulation } from './numbers.ts';
import { findEpsg, isKnownEpsg } from './projections.ts';
import { noticeUnusedColumns } from './unused-columns.ts';

/** The rows of one file. */
export class GridRows {
  private kind: 'id' | 'lonlat' | 'xy' = 'lonlat';
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
  private segmentFields: SegmentFields | undefined;
  /** Rows read into cells; rows of cells outside the territory. */
  usableCount = 0;
  elsewhereCount = 0;
  private style: GridNumbers | undefined;
  private firstFault = '';
  private firstFaultLine = 0;

  constructor(
    private readonly path: string,
    private readonly options: PopulationOptions,
    /** What x and y (or metres under lon and lat) fit, where nothing names their system. */
    private readonly systemFound: number | undefined,
    private readonly territory: CellTerritory,
    private readonly cells: CellArrays,
    private readonly notices: NoticeList,
  ) {}

  readHeader(header: CsvHeader): void {
    this.populationField = header.get('population', ...POPULATION_COLUMNS);
    this.style = new GridNumbers(this.path, header.dialect, this.populationField);
    this.communeField = header.find(...COMMUNE_COLUMNS);
    this.imputedField = header.find(...FILOSOFI_IMPUTED_COLUMNS);
    if (this.imputedField >= 0) this.cells.hasImputed = true;
    this.idField = header.find(...ID_COLUMNS);
    this.segmentFields = findSegments((...names) => header.find(...names));
    const lon = header.find(...LON_COLUMNS);
    const lat = header.find(...LAT_COLUMNS);
    const x = header.find(...X_COLUMNS);
    const y = header.find(...Y_COLUMNS);
    if (lon >= 0 && lat >= 0) {
      this.setPosition('lonlat', lon, lat);
      this.epsgOfFile = this.systemFound ?? 4326;
    } else if (x >= 0 && y >= 0) this.setProjected(header, x, y);
    else if (this.idField >= 0) this.kind = 'id';
    else header.get('position (lon and lat, x and y, or the id of a Filosofi cell)', ...LON_COLUMNS);
    noticeUnusedColumns(header, undefined, EXPECTED_COLUMNS, this.notices);
  }

  /** Leaves out rows by their communes before anything else of them is looked at. */
  findRowFilter(): RowFilter | undefined {
    if (this.communeField < 0 || !this.territory.hasCodes) return undefined;
    const { territory } = this;
    return {
      field: this.communeField,
      isWanted: (bytes, start, end) => !territory.isElsewhereBytes(bytes, start, end),
      onSkipped: () => {
        this.elsewhereCount++;
      },
    };
  }

  readRow(row: CsvRow): void {
    const population = this.numberAt(row, this.populationField, 'population');
    if (population === undefined) return;
    if (population < 0) {
      this.leaveOut(row, 'cell-population-negative', 'the population is negative', this.populationField);
      return;
    }
    if (isAbsurdPopulation(population))
      throw absurdPopulation(this.path, row.line, row.text(this.populationField));
    const communeCodes =
      this.communeField < 0 ? undefined : this.territory.codesOf(row.text(this.communeField));
    if (communeCodes !== undefined && this.territory.isElsewhere(communeCodes)) {
      this.elsewhereCount++;
      return;
    }
    const id = this.idField < 0 ? `${row.line}` : row.text(this.idField);
    const place = this.kind === 'id' ? this.placeOfId(row, id) : this.placeOfColumns(row);
    if (place === undefined) return;
    if (communeCodes === undefined && this.territory.isOutside(place.epsg, place.x, place.y)) {
      this.elsewhereCount++;
      return;
    }
    if (this.isRepeated(id)) {
      this.leaveOut(row, 'cell-id-repeated', 'the id stands twice', this.idField);
      return;
    }
    const segments = this.segmentFields;
    this.cells.append({
      id,
      x: place.x,
      y: place.y,
      epsg: place.epsg,
      sideMeters: place.sideMeters,
      population,
      communeCodes,
      isImputed: this.imputedField >= 0 && row.plainDecimal(this.imputedField) === 1,
      line: row.line,
      segments: segments === undefined ? undefined : this.readSegments(row, segments),
    });
    this.usableCount++;
  }

  /** Throws where no row is usable. */
  finish(): void {
    this.style?.finish(this.notices);
    if (this.usableCount > 0 || (this.elsewhereCount > 0 && this.firstFaultLine === 0)) return;
    throw new UsageError(`no row of the grid is usable: ${this.firstFault || 'there is none'}`, {
      file: this.path,
      ...(this.firstFaultLine > 0 ? { line: this.firstFaultLine } : {}),
      remedy: 'Check that the columns hold what their names say.',
    });
  }

  private setPosition(kind: 'lonlat' | 'xy', xField: number, yField: number): void {
    this.kind = kind;
    this.xField = xField;
    this.yField = yField;
    this.style?.usePositions(xField, yField);
  }

  private setProjected(header: CsvHeader, x: number, y: number): void {
    this.setPosition('xy', x, y);
    this.crsField = header.find(...CRS_COLUMNS);
    if (this.crsField >= 0) return;
    const epsg = this.options.crs === undefined ? this.systemFound : findEpsg(this.options.crs);
    if (epsg === undefined) {
      throw new Fault('grid-xy-system-missing', {
        file: this.path,
        line: 1,
        ...(this.options.crs === undefined ? {} : { value: this.options.crs }),
      });
    }
    this.epsgOfFile = epsg;
  }

  /** The number at a field; undefined (with its notice) where it cannot be read. Ambiguous ones throw. */
  private numberAt(row: CsvRow, field: number, what: string): number | undefined {
    const value = this.style!.read(row, field);
    if (typeof value === 'number') return value;
    if (value === 'ambiguous') {
      throw new UsageError(`the ${what} could be a decimal or a thousand`, {
        file: this.path,
        line: row.line,
        value: row.text(field),
        remedy: 'Write decimal points and no thousands separator, or separate the columns by ";".',
      });
    }
    const fault = value === 'empty' ? `the ${what} is missing` : `the ${what} is not a number`;
    this.leaveOut(row, `cell-${what}-unreadable`, fault, field);
    return undefined;
  }

  private readSegments(row: CsvRow, fields: SegmentFields): ReadSegments {
    return {
      households: this.sumAt(row, fields.households),
      poorHouseholds: this.sumAt(row, fields.poorHouseholds),
      under18: this.sumAt(row, fields.under18),
      from65: this.sumAt(row, fields.from65),
      from80: this.sumAt(row, fields.from80),
    };
  }

  /** Sum of columns; NaN where the grid has them not, or one is blank or no number (told once per row). */
  private sumAt(row: CsvRow, fields: readonly number[] | undefined): number {
    if (fields === undefined) return Number.NaN;
    let sum = 0;
    for (const field of fields) sum += this.segmentAt(row, field);
    return sum;
  }

  private segmentAt(row: CsvRow, field: number): number {
    const value = this.style!.read(row, field);
    if (typeof value === 'number') return value;
    if (value !== 'empty') {
      this.notices.add({
        code: 'cell-segment-unreadable',
        severity: 'warning',
        message: 'a count of households or ages is not a number',
        action: 'read as unknown',
        file: basename(this.path),
        row: row.line,
        value: row.text(field),
      });
    }
    return Number.NaN;
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
