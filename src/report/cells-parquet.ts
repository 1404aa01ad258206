/**
 * `cellules.parquet`: GeoParquet 1.1, one row per cell of the study, with its people and, per mode, its time in
 * minutes, whether it is within the threshold, and its nearest structure. What is unknown is null.
 *
 * The geometry is the cell's own square where all ids are those of INSEE's grid, which say the system and the
 * corner exactly; else the point that the grid gives. Coordinates are lon, lat (OGC:CRS84, the format's default).
 * A cell that several communes share stands once, with the commune of most of its people first.
 */
import { type BasicType, type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { isWithin } from '../common/units.ts';
import type { CellShares, ModeTimes } from '../coverage/coverage-result.ts';
import { parseGridId } from '../read/filosofi.ts';
import { buildUnprojection, isKnownEpsg, type Unproject } from '../read/projections.ts';
import type { PopulationCells } from '../read/records.ts';
import { findMinutes, listCells } from './cell-rows.ts';
import type { Language } from './texts.ts';
import { type Bounds, type CellGeometries, type GridSquare, writePoints, writeSquares } from './wkb.ts';

const GEOMETRY = 'geometry';
/** Rows of one group: one for a département, so that a reader skips none. */
const ROW_GROUP_SIZE = 100_000;

export interface CellsFileCells {
  cells: Pick<PopulationCells, 'id' | 'lon' | 'lat'>;
  shares: Pick<CellShares, 'cellCount' | 'firstEntryOfCell' | 'communeOfEntry' | 'populationOfEntry'>;
  times: ReadonlyArray<CellTimes>;
}

export type CellTimes = Pick<
  ModeTimes,
  'mode' | 'timeOfCell' | 'linkedCell' | 'nearestStructureOfCell' | 'medianOfCell' | 'availabilityOfCell'
>;

/** What the file is made of; unlike the whole report, little to send to another thread. */
export interface CellsFile {
  language: Language;
  version: string;
  cells: CellsFileCells;
  /** In the order of the result's communes. */
  communeCodes: readonly string[];
  thresholdDeciseconds: number;
  inclusive: boolean;
  /** In the order of the search. */
  structureIds: readonly string[];
  /** Keys of the file beside the geometry's. */
  metadata: ReadonlyArray<{ key: string; value: string }>;
}

export async function writeCellsParquet(file: CellsFile): Promise<Uint8Array> {
  const cells = listCells(file.cells);
  const geometries = await drawGeometries(file.cells, cells);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        ...listOwnColumns(file, cells),
        ...file.cells.times.flatMap((times) => listModeColumns(file, times, cells)),
        column(GEOMETRY, geometries.wkb, 'BYTE_ARRAY', false),
      ],
      // Every reader of one file of one group reads all of it.
      statistics: false,
      rowGroupSize: ROW_GROUP_SIZE,
      pageSize: 0, // One page a column, for the same reason.
      kvMetadata: [{ key: 'geo', value: JSON.stringify(describeGeometry(geometries)) }, ...file.metadata],
      createdBy: `maillage ${file.version}`,
    }),
  );
}

/** The key `geo` of GeoParquet. */
function describeGeometry({ type, bounds }: CellGeometries) {
  return {
    version: '1.1.0',
    primary_column: GEOMETRY,
    columns: {
      [GEOMETRY]: {
        encoding: 'WKB',
        geometry_types: bounds === undefined ? [] : [type],
        ...(type === 'Polygon' ? { orientation: 'counterclockwise' } : {}),
        edges: 'planar',
        ...(bounds === undefined ? {} : { bbox: bounds satisfies Bounds }),
      },
    },
  };
}

function listOwnColumns(file: CellsFile, cells: readonly number[]): ColumnSource[] {
  const { firstEntryOfCell, communeOfEntry, populationOfEntry } = file.cells.shares;
  const { communeCodes } = file;
  const isFrench = file.language === 'fr';
  const population = new Float64Array(cells.length);
  const first: Array<string | undefined> = [];
  const others: Array<string | undefined> = [];
  cells.forEach((cell, row) => {
    const entries: number[] = [];
    for (let entry = firstEntryOfCell[cell]!; entry < firstEntryOfCell[cell + 1]!; entry++) {
      population[row]! += populationOfEntry[entry]!;
      if (communeOfEntry[entry]! < communeCodes.length) entries.push(entry);
    }
    entries.sort((a, b) => populationOfEntry[b]! - populationOfEntry[a]! || a - b);
    const codes = entries.map((entry) => communeCodes[communeOfEntry[entry]!]!).filter((code) => code !== '');
    first.push(codes[0]);
    others.push(codes.length > 1 ? codes.slice(1).join(',') : undefined);
  });
  return [
    {
      name: 'id',
      data: cells.map((cell) => file.cells.cells.id[cell]!),
      type: 'STRING',
      nullable: false,
      encoding: 'PLAIN',
      codec: 'UNCOMPRESSED',
    },
    column(isFrench ? 'code_insee' : 'insee_code', first, 'STRING'),
    column(isFrench ? 'autres_communes' : 'other_communes', others, 'STRING'),
    column('population', population, 'DOUBLE', false),
  ];
}

function listModeColumns(file: CellsFile, times: CellTimes, cells: readonly number[]): ColumnSource[] {
  const { thresholdDeciseconds, inclusive, structureIds } = file;
  const isFrench = file.language === 'fr';
  const name = (fr: string, en: string): string => `${times.mode}_${isFrench ? fr : en}`;
  const isLinked = (cell: number): boolean => times.linkedCell[cell] === 1;
  const columns = [
    column(
      name('temps_min', 'time_min'),
      cells.map((cell) => findMinutes(times.timeOfCell[cell]!, isLinked(cell))),
      'DOUBLE',
    ),
    column(
      name('couverte', 'covered'),
      cells.map(
        (cell) => isLinked(cell) && isWithin(times.timeOfCell[cell]!, thresholdDeciseconds, inclusive),
      ),
      'BOOLEAN',
      false,
    ),
    column(
      name('structure_proche', 'nearest_structure'),
      cells.map((cell) => (isLinked(cell) ? structureIds[times.nearestStructureOfCell[cell]!] : undefined)),
      'STRING',
    ),
  ];
  const { medianOfCell, availabilityOfCell } = times;
  if (medianOfCell !== undefined) {
    columns.push(
      column(
        name('temps_median_min', 'median_time_min'),
        cells.map((cell) => findMinutes(medianOfCell[cell]!, isLinked(cell))),
        'DOUBLE',
      ),
    );
  }
  if (availabilityOfCell !== undefined) {
    columns.push(
      column(
        name('disponibilite', 'availability'),
        cells.map((cell) => (isLinked(cell) ? availabilityOfCell[cell] : undefined)),
        'DOUBLE',
      ),
    );
  }
  return columns;
}

/** Where almost every value is another one, a dictionary and compression only cost time. */
const VARIED: ReadonlySet<BasicType> = new Set(['DOUBLE', 'BYTE_ARRAY']);

function column(name: string, data: ColumnSource['data'], type: BasicType, isNullable = true): ColumnSource {
  return {
    name,
    data,
    type,
    nullable: isNullable,
    ...(VARIED.has(type) ? { encoding: 'PLAIN', codec: 'UNCOMPRESSED' } : {}),
  };
}

/**
 * Squares where every id is one of the official grid, in systems that are known, and where the file's own positions
 * agree with them; else points.
 */
async function drawGeometries(
  { cells: { id, lon, lat } }: CellsFileCells,
  cells: readonly number[],
): Promise<CellGeometries> {
  const points = (): CellGeometries => writePoints(cells.map((cell) => [lon[cell]!, lat[cell]!] as const));
  const squares: GridSquare[] = [];
  const unprojectOf = new Map<number, Unproject>();
  for (const cell of cells) {
    const found = parseGridId(id[cell]!);
    if (found === undefined || !isKnownEpsg(found.epsg)) return points();
    const { x, y, sideMeters, epsg } = found;
    const unproject = unprojectOf.get(epsg) ?? (await buildUnprojection(epsg, 'grid'));
    unprojectOf.set(epsg, unproject);
    squares.push({ x, y, lon: lon[cell]!, lat: lat[cell]!, sideMeters, unproject });
  }
  return squares.length === 0 ? points() : (writeSquares(squares) ?? points());
}
