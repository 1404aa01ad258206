/**
 * Population grids -> cells. In go CSVs whose kind their header tells (INSEE's Filosofi grid, position and side
 * by the id; `lon,lat,population`; `x,y,population` in a named coordinate system), each by itself, in a `.gz` or
 * one of the grids of a `.zip`, and GeoPackages; several files add up. Out come parallel arrays in the order of
 * the files. Rows are streamed from their bytes, those outside the study's area left out on the way, and the
 * rest projected in one pass at the end.
 *
 * Rows without a readable position or population are left out, each with its notice; so are repeated ids.
 */
import { basename, parse } from 'node:path';
import { Fault } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';
import { NoticeList } from '../common/notices.ts';
import { CellArrays } from './cell-arrays.ts';
import { CellTerritory, type PopulationOptions } from './cell-territory.ts';
import { scanCsv } from './csv.ts';
import { GRID_COLUMNS } from './grid-columns.ts';
import { type GridFile, listGridFiles } from './grid-files.ts';
import { noticeElsewhere, readGridGeoPackage } from './grid-geopackage.ts';
import { GridRows } from './grid-rows.ts';
import { findGridSystem } from './grid-system.ts';
import { isOnEarth, refuseElsewhere, refuseSwapped } from './positions.ts';
import { buildUnprojection } from './projections.ts';
import type { PopulationCells } from './records.ts';
import { noticeSystem } from './settle-positions.ts';

export type { PopulationOptions } from './cell-territory.ts';

/**
 * Reads grids. Throws a UsageError where a file has no usable row, where its columns look swapped or lie off
 * the roads, where no cell is the territory's, and where the population is zero in all.
 */
export async function readPopulation(
  paths: readonly string[],
  options: PopulationOptions,
  notices: NoticeList,
): Promise<PopulationCells> {
  const cells = new CellArrays();
  for (const path of paths) {
    for (const file of await whileReading(path, () => listGridFiles(path, notices))) {
      const firstCell = cells.count;
      await whileReading(path, () => readGrid(file, options, cells, notices));
      if (firstCell === 0) continue;
      namespaceIds(path, cells, firstCell, notices);
      noticeOtherSides(path, cells, firstCell, notices);
    }
  }
  if (cells.count === 0) {
    throw new Fault('grid-elsewhere', { file: paths[0] });
  }
  let total = 0;
  for (let cell = 0; cell < cells.count; cell++) total += cells.population[cell];
  if (total <= 0) {
    throw new Fault(
      'population-zero',
      { ...(paths.length === 1 ? { file: paths[0] } : {}) },
      { count: cells.count },
    );
  }
  return cells.toCells();
}

async function readGrid(
  file: GridFile,
  options: PopulationOptions,
  cells: CellArrays,
  notices: NoticeList,
): Promise<void> {
  const firstCell = cells.count;
  const { path } = file;
  const found = new NoticeList();
  const territory = new CellTerritory(options);
  await appendGrid(file, options, territory, cells, found);
  if (territory.holdsPostalCodes()) {
    for (let cell = firstCell; cell < cells.count; cell++) cells.gridIds.delete(cells.id[cell]);
    cells.retain(firstCell, () => false);
    noticePostalCodes(path, notices);
    await appendGrid(file, options, territory.withoutCodes(), cells, notices);
  } else notices.append(found);
  if (cells.count === firstCell) return;
  await unproject(path, cells, firstCell);
  const lon = cells.x.subarray(firstCell, cells.count);
  const lat = cells.y.subarray(firstCell, cells.count);
  const bounds = await options.bounds;
  refuseSwapped(path, lon, lat, bounds, (point) => cells.line[firstCell + point]);
  if (bounds !== undefined) refuseElsewhere(path, 'cell', lon, lat, bounds);
  leaveOutOffEarth(path, cells, firstCell, notices);
}

async function appendGrid(
  file: GridFile,
  options: PopulationOptions,
  territory: CellTerritory,
  cells: CellArrays,
  notices: NoticeList,
): Promise<void> {
  if (file.kind === 'geopackage') await readGridGeoPackage(file, options, territory, cells, notices);
  else await readGridCsv(file, options, territory, cells, notices);
}

function noticePostalCodes(path: string, notices: NoticeList): void {
  notices.add({
    code: 'cell-postal-codes',
    severity: 'warning',
    message: 'the column of communes holds postal codes, which several communes share',
    action: 'not read: cells belong to the commune around them',
    file: basename(path),
  });
}

async function readGridCsv(
  { path, entry, epsgs, positions }: GridFile,
  options: PopulationOptions,
  territory: CellTerritory,
  cells: CellArrays,
  notices: NoticeList,
): Promise<void> {
  const system = await findGridSystem(path, positions, options);
  for (const epsg of [...epsgs, ...(system === undefined ? [] : [system.epsg])]) {
    await territory.prepare(epsg, path);
  }
  const grid = new GridRows(path, options, system?.epsg, territory, cells, notices);
  await scanCsv(
    path,
    {
      knownColumns: GRID_COLUMNS,
      onHeader: (header) => grid.readHeader(header),
      findRowFilter: () => grid.findRowFilter(),
      onRow: (row) => grid.readRow(row),
    },
    notices,
    entry,
  );
  if (grid.elsewhereCount > 0) noticeElsewhere(path, grid.elsewhereCount, notices);
  grid.finish();
  if (system !== undefined)
    noticeSystem(basename(path), system, grid.usableCount + grid.elsewhereCount, notices);
}

/**
 * Grids of different sides over one place (the 200 m and the 1 km grid) count its people twice. They may lie
 * apart, so that they are told, not refused.
 */
function noticeOtherSides(path: string, cells: CellArrays, firstCell: number, notices: NoticeList): void {
  const sides = cells.side.subarray(0, cells.count);
  const earlier = new Set(sides.subarray(0, firstCell));
  const own = [...new Set(sides.subarray(firstCell))];
  if (own.length === 0 || own.some((side) => earlier.has(side))) return;
  notices.add({
    code: 'grids-of-several-sides',
    severity: 'warning',
    message: `the cells of this grid are of ${own.slice(0, 3).join(', ')} m, those before of ${[...earlier].slice(0, 3).join(', ')} m`,
    action: 'added up: where both cover one place, its people count twice',
    file: basename(path),
  });
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
    count: renamedCount,
    file: basename(path),
  });
}

/** Turns x, y of the cells from `firstCell` on into lon, lat, system by system. */
async function unproject(path: string, cells: CellArrays, firstCell: number): Promise<void> {
  const epsgs = new Set(cells.epsg.subarray(firstCell, cells.count));
  for (const epsg of epsgs) {
    if (epsg === 4326) continue;
    const toLonLat = await buildUnprojection(epsg, path);
    for (let cell = firstCell; cell < cells.count; cell++) {
      if (cells.epsg[cell] !== epsg) continue;
      const point = toLonLat(cells.x[cell], cells.y[cell]);
      cells.x[cell] = point[0];
      cells.y[cell] = point[1];
    }
  }
}

/** Single cells off the Earth go (all of them: `refuseSwapped` or no usable cell). */
function leaveOutOffEarth(path: string, cells: CellArrays, firstCell: number, notices: NoticeList): void {
  const { x, y } = cells;
  cells.retain(firstCell, (cell) => {
    if (isOnEarth(x[cell], y[cell])) return true;
    notices.add({
      code: 'cell-off-the-earth',
      severity: 'warning',
      message: 'the position of the cell is not on the Earth',
      action: 'row left out',
      file: basename(path),
      row: cells.line[cell],
      id: cells.id[cell],
      value: `${x[cell]}, ${y[cell]}`,
    });
    return false;
  });
  if (cells.count === firstCell) throw new Fault('cells-off-earth', { file: path });
}
