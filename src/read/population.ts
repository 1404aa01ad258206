/**
 * Population grids -> cells. In go CSVs whose kind their header tells: INSEE's Filosofi grid (position and side
 * by the id), `lon,lat,population`, or `x,y,population` in a named coordinate system; several files add up.
 * Out come parallel arrays in the order of the files. Rows are streamed from their bytes and projected in one
 * pass at the end, so that lon/lat grids never load proj4.
 *
 * Rows without a readable position or population are left out, each with its notice; so are repeated ids.
 */
import { basename, parse } from 'node:path';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { scanCsv } from './csv.ts';
import { CellArrays, GRID_COLUMNS, GridRows, type PopulationOptions } from './grid-rows.ts';
import { isOnEarth, refuseElsewhere, refuseSwapped } from './positions.ts';
import { buildUnprojection } from './projections.ts';
import type { PopulationCells } from './records.ts';

export type { PopulationOptions } from './grid-rows.ts';

/**
 * Reads grids. Throws a UsageError where a file has no usable row, where its columns look swapped or lie off
 * the roads, and where the population is zero in all.
 */
export async function readPopulation(
  paths: readonly string[],
  options: PopulationOptions,
  notices: NoticeList,
): Promise<PopulationCells> {
  const cells = new CellArrays();
  for (const path of paths) {
    const firstCell = cells.population.length;
    await readGrid(path, options, cells, notices);
    if (firstCell > 0) namespaceIds(path, cells, firstCell, notices);
  }
  const population = cells.population.slice();
  let total = 0;
  for (const people of population) total += people;
  if (total <= 0) {
    throw new UsageError(`the population is zero in all ${population.length} cells`, {
      ...(paths.length === 1 ? { file: paths[0] } : {}),
      remedy:
        'Check that the column of the population is the right one, and that the grid covers the territory.',
    });
  }
  return {
    count: population.length,
    id: cells.id,
    lon: cells.x.slice(),
    lat: cells.y.slice(),
    population,
    sideMeters: cells.side.slice(),
    communeCodes: cells.communeCodes,
    origin: new Array<'grid'>(population.length).fill('grid'),
    imputed: cells.hasImputed ? Uint8Array.from(cells.imputed.view()) : undefined,
  };
}

async function readGrid(
  path: string,
  options: PopulationOptions,
  cells: CellArrays,
  notices: NoticeList,
): Promise<void> {
  const firstCell = cells.population.length;
  const grid = new GridRows(path, options, cells, notices);
  await scanCsv(
    path,
    {
      knownColumns: GRID_COLUMNS,
      onHeader: (header) => grid.readHeader(header),
      onRow: (row) => grid.readRow(row),
    },
    notices,
  );
  grid.finish();
  await unproject(path, cells, firstCell);
  const lon = cells.x.view().subarray(firstCell);
  const lat = cells.y.view().subarray(firstCell);
  refuseSwapped(path, lon, lat, options.bounds, (point) => cells.line.array[firstCell + point]);
  if (options.bounds !== undefined) refuseElsewhere(path, 'cell', lon, lat, options.bounds);
  leaveOutOffEarth(path, cells, firstCell, notices);
}

/** Ids of a later file that an earlier one uses too become `file:id`. */
function namespaceIds(path: string, cells: CellArrays, firstCell: number, notices: NoticeList): void {
  const taken = new Set(cells.id.slice(0, firstCell));
  let renamedCount = 0;
  for (let cell = firstCell; cell < cells.id.length; cell++) {
    if (!taken.has(cells.id[cell])) continue;
    cells.id[cell] = `${parse(path).name}:${cells.id[cell]}`;
    renamedCount++;
  }
  if (renamedCount === 0) return;
  notices.add({
    code: 'cell-ids-shared-by-files',
    severity: 'info',
    message: `${renamedCount} ids of cells stand in an earlier grid too`,
    action: 'prefixed with the name of the file',
    file: basename(path),
  });
}

/** Turns x, y of the cells from `firstCell` on into lon, lat, system by system. */
async function unproject(path: string, cells: CellArrays, firstCell: number): Promise<void> {
  const epsgs = new Set(cells.epsg.view().subarray(firstCell));
  for (const epsg of epsgs) {
    if (epsg === 4326) continue;
    const toLonLat = await buildUnprojection(epsg, path);
    for (let cell = firstCell; cell < cells.population.length; cell++) {
      if (cells.epsg.array[cell] !== epsg) continue;
      const point = toLonLat(cells.x.array[cell], cells.y.array[cell]);
      cells.x.array[cell] = point[0];
      cells.y.array[cell] = point[1];
    }
  }
}

/** Single cells off the Earth go (all of them: `refuseSwapped` or no usable cell). */
function leaveOutOffEarth(path: string, cells: CellArrays, firstCell: number, notices: NoticeList): void {
  const { x, y } = cells;
  let kept = firstCell;
  for (let cell = firstCell; cell < x.length; cell++) {
    if (!isOnEarth(x.array[cell], y.array[cell])) {
      notices.add({
        code: 'cell-off-the-earth',
        severity: 'warning',
        message: 'the position of the cell is not on the Earth',
        action: 'row left out',
        file: basename(path),
        row: cells.line.array[cell],
        id: cells.id[cell],
        value: `${x.array[cell]}, ${y.array[cell]}`,
      });
      continue;
    }
    if (kept !== cell) {
      cells.id[kept] = cells.id[cell];
      cells.communeCodes[kept] = cells.communeCodes[cell];
      for (const array of [x, y, cells.population, cells.side, cells.line, cells.epsg, cells.imputed]) {
        array.array[kept] = array.array[cell];
      }
    }
    kept++;
  }
  if (kept === x.length) return;
  cells.id.length = kept;
  cells.communeCodes.length = kept;
  for (const array of [x, y, cells.population, cells.side, cells.line, cells.epsg, cells.imputed]) {
    array.length = kept;
  }
  if (kept === firstCell) throw new UsageError('no cell of the file lies on the Earth', { file: path });
}
