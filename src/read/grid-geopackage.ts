/**
 * A population grid in a GeoPackage -> cells: columns by the same names as in a CSV, the place of a cell from
 * its geometry, in the coordinate system that the file declares. The ids of INSEE's cells keep naming the system
 * of the grid when a release is reprojected, so they only give the side; where no system is declared, the
 * study's `population_crs` counts, else the ids.
 */
import { basename } from 'node:path';
import type { Geometry, Position } from 'geojson';
import { Fault, UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CellArrays, ReadSegments } from './cell-arrays.ts';
import type { CellTerritory, PopulationOptions } from './cell-territory.ts';
import { normaliseHeader } from './csv-headings.ts';
import { FILOSOFI_IMPUTED_COLUMNS, parseGridId } from './filosofi.ts';
import {
  findEnvelope,
  type GeoPackage,
  type GeoPackageRow,
  type GeoPackageTable,
  openGeoPackage,
} from './geopackage.ts';
import {
  COMMUNE_COLUMNS,
  type FindColumn,
  findSegments,
  ID_COLUMNS,
  isGrid,
  POPULATION_COLUMNS,
} from './grid-columns.ts';
import { absurdPopulation, isAbsurdPopulation } from './numbers.ts';
import { findEpsg, isGeographic, isKnownEpsg } from './projections.ts';

const METERS_PER_DEGREE = 111_195;

/** Appends the cells of the file's one grid. Throws a UsageError where it holds none, or none is usable. */
export async function readGridGeoPackage(
  { path, entry }: { path: string; entry: string | undefined },
  options: PopulationOptions,
  territory: CellTerritory,
  cells: CellArrays,
  notices: NoticeList,
): Promise<void> {
  const geoPackage = await openGeoPackage(path, entry);
  try {
    const table = geoPackage.getTable((each) => isGrid(finderOf(each), true));
    const epsg = findTableEpsg(path, table, options);
    if (epsg !== undefined) await territory.prepare(epsg, path);
    else await prepareIds(geoPackage, table, territory);
    new GridTable(geoPackage, table, epsg, options, territory, cells, notices).read();
  } finally {
    geoPackage.close();
  }
}

/** Positions of columns in the table, by normalised name. */
function finderOf(table: GeoPackageTable): FindColumn {
  const names = table.columns.map(normaliseHeader);
  return (...wanted) => {
    for (const name of wanted) {
      const at = names.indexOf(name);
      if (at >= 0) return at;
    }
    return -1;
  };
}

/** The declared system, else the study's; undefined where only the ids can tell. */
function findTableEpsg(path: string, table: GeoPackageTable, options: PopulationOptions): number | undefined {
  const crs = table.crs ?? options.crs;
  if (crs === undefined) return undefined;
  const epsg = findEpsg(crs);
  if (epsg !== undefined && isKnownEpsg(epsg)) return epsg;
  throw new Fault('grid-system-unknown', { file: path, value: crs });
}

/** Where only the ids tell the system: all of a file's are alike, so the first will do. */
async function prepareIds(geoPackage: GeoPackage, table: GeoPackageTable, territory: CellTerritory) {
  const column = table.columns[finderOf(table)(...ID_COLUMNS)];
  for (const { attributes } of geoPackage.rows(table, {
    columns: column === undefined ? [] : [column],
    withGeometry: false,
  })) {
    const id = column === undefined ? undefined : parseGridId(String(attributes[column]));
    if (id !== undefined) return territory.prepare(id.epsg, geoPackage.path);
    break;
  }
  throw new Fault('grid-system-missing', { file: geoPackage.path, value: table.name });
}

interface Place {
  x: number;
  y: number;
  epsg: number;
  sideMeters: number;
}

type SegmentColumns = Record<keyof ReadSegments, readonly string[] | undefined>;

class GridTable {
  private readonly idColumn: string | undefined;
  private readonly communeColumn: string | undefined;
  private readonly imputedColumn: string | undefined;
  private readonly populationColumn: string;
  private readonly segments: SegmentColumns | undefined;
  private readonly columns: string[];
  private readonly ids = new Set<string>();
  private usableCount = 0;
  private elsewhereCount = 0;
  private firstFault: { fid: number; message: string } | undefined;

  constructor(
    private readonly geoPackage: GeoPackage,
    private readonly table: GeoPackageTable,
    private readonly epsg: number | undefined,
    private readonly options: PopulationOptions,
    private readonly territory: CellTerritory,
    private readonly cells: CellArrays,
    private readonly notices: NoticeList,
  ) {
    const find = finderOf(table);
    const columnOf = (names: readonly string[]): string | undefined => table.columns[find(...names)];
    this.populationColumn = columnOf(POPULATION_COLUMNS)!;
    this.idColumn = columnOf(ID_COLUMNS);
    this.communeColumn = columnOf(COMMUNE_COLUMNS);
    this.imputedColumn = columnOf(FILOSOFI_IMPUTED_COLUMNS);
    if (this.imputedColumn !== undefined) cells.hasImputed = true;
    const fields = findSegments(find);
    const namesOf = (positions: readonly number[] | undefined) => positions?.map((at) => table.columns[at]);
    this.segments = fields && {
      households: namesOf(fields.households),
      poorHouseholds: namesOf(fields.poorHouseholds),
      under18: namesOf(fields.under18),
      from65: namesOf(fields.from65),
      from80: namesOf(fields.from80),
    };
    const single = [this.populationColumn, this.idColumn, this.communeColumn, this.imputedColumn];
    const all = [...single, ...Object.values(this.segments ?? {}).flat()];
    this.columns = [...new Set(all.filter((name) => name !== undefined))];
  }

  read(): void {
    for (const row of this.geoPackage.rows(this.table, { columns: this.columns })) this.readRow(row);
    if (this.elsewhereCount > 0) noticeElsewhere(this.geoPackage.path, this.elsewhereCount, this.notices);
    if (this.usableCount > 0 || (this.elsewhereCount > 0 && this.firstFault === undefined)) return;
    throw new UsageError(`no row of the grid is usable: ${this.firstFault?.message ?? 'there is none'}`, {
      file: this.geoPackage.path,
      ...(this.firstFault === undefined ? {} : { line: this.firstFault.fid }),
      remedy: 'Check that the columns hold what their names say.',
    });
  }

  private readRow(row: GeoPackageRow): void {
    const id = this.idColumn === undefined ? `${row.fid}` : String(row.attributes[this.idColumn] ?? row.fid);
    const text = this.communeColumn === undefined ? '' : String(row.attributes[this.communeColumn] ?? '');
    const communeCodes = this.territory.codesOf(text.trim());
    if (communeCodes !== undefined && this.territory.isElsewhere(communeCodes)) {
      this.elsewhereCount++;
      return;
    }
    const people = numberOf(row.attributes[this.populationColumn]);
    if (Number.isNaN(people)) {
      const value = row.attributes[this.populationColumn];
      const isMissing = value === null || value === '';
      const fault = isMissing ? 'the population is missing' : 'the population is not a number';
      this.leaveOut(row, id, 'cell-population-unreadable', fault, String(value ?? ''));
      return;
    }
    if (people < 0) {
      this.leaveOut(row, id, 'cell-population-negative', 'the population is negative', String(people));
      return;
    }
    if (isAbsurdPopulation(people)) throw absurdPopulation(this.geoPackage.path, row.fid, String(people));
    const place = this.placeOf(row.geometry, id);
    if (place === undefined) {
      this.leaveOut(row, id, 'cell-position-unreadable', 'the cell has no readable geometry', '');
      return;
    }
    if (communeCodes === undefined && this.territory.isOutside(place.epsg, place.x, place.y)) {
      this.elsewhereCount++;
      return;
    }
    const taken = parseGridId(id) === undefined ? this.ids : this.cells.gridIds;
    if (taken.has(id)) {
      this.leaveOut(row, id, 'cell-id-repeated', 'the id stands twice', id);
      return;
    }
    taken.add(id);
    this.cells.append({
      id,
      ...place,
      population: people,
      communeCodes,
      isImputed: this.imputedColumn !== undefined && numberOf(row.attributes[this.imputedColumn]) === 1,
      line: row.fid,
      segments: this.segments && readSegments(row, this.segments),
    });
    this.usableCount++;
  }

  /** The middle of the geometry's envelope; its side by the id, else by its area, else by the study. */
  private placeOf(geometry: Geometry | undefined, id: string): Place | undefined {
    const ofId = parseGridId(id);
    if (this.epsg === undefined) return ofId !== undefined && isKnownEpsg(ofId.epsg) ? ofId : undefined;
    const envelope = findEnvelope(geometry);
    if (geometry === undefined || envelope === undefined) return undefined;
    const y = (envelope[1] + envelope[3]) / 2;
    return {
      x: (envelope[0] + envelope[2]) / 2,
      y,
      epsg: this.epsg,
      sideMeters:
        ofId?.sideMeters ??
        sideOf(geometry, isGeographic(this.epsg) ? y : undefined) ??
        this.options.cellSizeMeters ??
        0,
    };
  }

  private leaveOut(row: GeoPackageRow, id: string, code: string, message: string, value: string): void {
    this.notices.add({
      code,
      severity: 'warning',
      message,
      action: 'row left out',
      file: basename(this.geoPackage.path),
      row: row.fid,
      id,
      value,
    });
    this.firstFault ??= { fid: row.fid, message: `${message} (${JSON.stringify(value)})` };
  }
}

function readSegments(row: GeoPackageRow, segments: SegmentColumns): ReadSegments {
  const sumOf = (columns: readonly string[] | undefined): number =>
    columns === undefined
      ? Number.NaN
      : columns.reduce((sum, column) => sum + numberOf(row.attributes[column]), 0);
  return {
    households: sumOf(segments.households),
    poorHouseholds: sumOf(segments.poorHouseholds),
    under18: sumOf(segments.under18),
    from65: sumOf(segments.from65),
    from80: sumOf(segments.from80),
  };
}

/** Tells how many cells the selection of the study left out of a file. */
export function noticeElsewhere(path: string, count: number, notices: NoticeList): void {
  notices.add({
    code: 'cells-of-other-territories',
    severity: 'info',
    message: `${count} cells belong to communes outside the territory`,
    action: 'left out',
    count,
    file: basename(path),
  });
}

/** Side in metres of the square with the area of a polygon; `lat` where coordinates are degrees. */
function sideOf(geometry: Geometry, lat: number | undefined): number | undefined {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  let area = 0;
  for (const [outer] of polygons) area += Math.abs(ringArea(outer));
  if (area === 0) return undefined;
  if (lat !== undefined) area *= METERS_PER_DEGREE ** 2 * Math.cos((lat * Math.PI) / 180);
  return Math.round(Math.sqrt(area) * 10) / 10;
}

function ringArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0];
  let doubled = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    doubled += (ring[i][0] - x0) * (ring[i + 1][1] - y0) - (ring[i + 1][0] - x0) * (ring[i][1] - y0);
  }
  return doubled / 2;
}

/** NaN where the attribute is missing or no number. */
function numberOf(value: string | number | null): number {
  if (typeof value === 'number') return value;
  return value === null || value.trim() === '' ? Number.NaN : Number(value);
}
