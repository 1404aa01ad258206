/** The people of a study: cells of its grids or spread over its communes, and whose they are. */

import { Fault } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { boxOfGeometries } from '../common/polygon-index.ts';
import { buildCellShares } from '../coverage/cell-shares.ts';
import { buildCommuneIndex } from '../coverage/commune-index.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import { successorsWithin } from '../read/commune-codes.ts';
import { spreadCommunePopulation } from '../read/commune-population.ts';
import type { CommuneSet } from '../read/communes.ts';
import { type PopulationOptions, readPopulation } from '../read/population.ts';
import type { Bounds } from '../read/positions.ts';
import type { PopulationCells } from '../read/records.ts';
import type { Cache } from '../runtime/cache.ts';
import { loadPlaces } from '../runtime/places.ts';
import type { Study } from '../study/study.ts';
import { placeOf } from './study-faults.ts';

/** Grids that are being read, and what is to be told of them once their turn comes. */
export interface ReadingGrids {
  cells: Promise<PopulationCells>;
  notices: NoticeList;
}

/** Undefined where the population comes from elsewhere: its places are those of the roads. */
export function startReadingGrids(
  study: Study,
  communeSet: CommuneSet,
  bounds: Promise<Bounds>,
): ReadingGrids | undefined {
  bounds.catch(() => {}); // The roads' own error is thrown where their turn comes.
  if (study.population === 'communes') return undefined;
  const notices = new NoticeList();
  const cells = readGrids(study, study.population, communeSet, bounds, notices);
  cells.catch(() => {}); // Thrown where its turn comes.
  return { cells, notices };
}

/** The study's population as cells. `bounds` are those of the roads. */
export async function readCells(
  study: Study,
  communeSet: CommuneSet,
  roads: ReadonlyArray<{ path: string; sha256: string }>,
  bounds: Bounds | undefined,
  cache: Cache,
  notices: NoticeList,
): Promise<PopulationCells> {
  if (study.population !== 'communes') {
    return readGrids(study, study.population, communeSet, bounds, notices);
  }
  if (communeSet.communes.length === 0) {
    throw new Fault('commune-population-without-polygons', { ...placeOf(study, ['population']) });
  }
  const places = await loadPlaces(roads, cache, notices);
  return spreadCommunePopulation(communeSet.communes, places, notices, communeSet.polygonHolderOf);
}

function readGrids(
  study: Study,
  paths: readonly string[],
  communeSet: CommuneSet,
  bounds: Bounds | Promise<Bounds> | undefined,
  notices: NoticeList,
): Promise<PopulationCells> {
  const { cellSizeMeters, populationCrs: crs } = study;
  return readPopulation(paths, { cellSizeMeters, crs, bounds, ...areaOf(study, communeSet) }, notices);
}

/** Codes of published grids that stand for several communes of today. */
function successorsOfGrid(cells: PopulationCells, { codes }: CommuneSet): Map<string, readonly string[]> {
  if (codes.splits.length === 0 && codes.successorsOf.size === 0) return new Map();
  const codesOfGrid = new Set<string>();
  cells.communeCodes.forEach((listed, cell) => {
    if (cells.origin[cell] === 'grid') for (const code of listed ?? []) codesOfGrid.add(code);
  });
  return successorsWithin(codes, codesOfGrid);
}

/** What tells the cells of a named territory from the others while they are read; nothing for an unnamed one. */
function areaOf(study: Study, { communes, currentCodeOf }: CommuneSet): PopulationOptions {
  const isNamed = study.departement !== undefined || study.communeCodes !== undefined;
  if (!isNamed || communes.length === 0) return {};
  const isWhole = communes.every(({ geometry }) => geometry !== undefined);
  return {
    communeCodes: new Set(communes.map(({ code }) => code)),
    currentCode: (code) => currentCodeOf.get(code) ?? code,
    // A commune without a polygon could lie anywhere.
    ...(isWhole ? { territoryBounds: boundsOf(communes) } : {}),
  };
}

/** The box of the polygons; its sides are infinite where there is none. */
export function boundsOf(communes: CommuneSet['communes']): Bounds {
  return boxOfGeometries(communes.map(({ geometry }) => geometry));
}

/** The cells' people by commune. @throws UsageError where nobody lives in the territory */
export function shareCells(
  study: Study,
  communeSet: CommuneSet,
  cells: PopulationCells,
  notices: NoticeList,
): CellShares {
  const all = [...communeSet.communes, ...communeSet.neighbours];
  const hasPolygons = all.some((commune) => commune.geometry !== undefined);
  const territory = new Set(communeSet.communes.map((commune) => commune.code));
  const isNamed = study.departement !== undefined || study.communeCodes !== undefined;
  const shares = buildCellShares(
    cells,
    isNamed ? all : communeSet.communes,
    hasPolygons ? buildCommuneIndex(isNamed ? all : communeSet.communes) : undefined,
    {
      ...(isNamed ? { communeCodes: [...territory] } : {}),
      currentCodeOf: communeSet.currentCodeOf,
      successorsOf: successorsOfGrid(cells, communeSet),
      epcis: communeSet.epcis,
      cantons: communeSet.cantons,
    },
  );
  const { account } = shares;
  if (account.cellCountOutside > 0) {
    notices.add({
      code: 'cells-outside-territory',
      severity: 'info',
      message: `${account.cellCountOutside} cells with ${Math.round(account.populationOutside)} people lie outside the territory`,
      action: 'left out of the study',
      count: account.cellCountOutside,
    });
  }
  if (account.populationInside <= 0) {
    throw new Fault('territory-without-people', {
      ...placeOf(study, ['departement', 'commune_codes', 'population']),
    });
  }
  return shares;
}
