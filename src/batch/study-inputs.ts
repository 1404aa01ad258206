/**
 * Everything that a study reads, in the order in which faults are cheapest to find: fingerprints of all files,
 * communes, networks, structures, population. Out come records, cells and networks, ready for the searches.
 */
import { relative } from 'node:path';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { buildCellShares } from '../coverage/cell-shares.ts';
import { buildCommuneIndex, type CommuneIndex } from '../coverage/commune-index.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import { spreadCommunePopulation } from '../read/commune-population.ts';
import { type CommuneSet, readCommunes } from '../read/communes.ts';
import { readPopulation } from '../read/population.ts';
import { refuseElsewhere } from '../read/positions.ts';
import type { PopulationCells } from '../read/records.ts';
import { type SelectedStructures, selectStructures } from '../read/select-structures.ts';
import { readSpeedDefaults } from '../read/speed-table.ts';
import { readStructures } from '../read/structures.ts';
import type { InputFile } from '../report/report-input.ts';
import type { Cache } from '../runtime/cache.ts';
import { fingerprintFile } from '../runtime/hashes.ts';
import { type LoadedNetwork, loadNetworks, type OnProgress, type RoadFile } from '../runtime/networks.ts';
import { loadPlaces } from '../runtime/places.ts';
import { buildSpeedTable, type SpeedOverrides } from '../streets/speed-table.ts';
import type { Study } from '../study/study.ts';

export interface StudyInputs extends StudyTerritory {
  files: InputFile[];
  networks: Map<StreetMode, LoadedNetwork>;
}

/** Who lives where, and the structures that they may go to. */
export interface StudyTerritory {
  communeSet: CommuneSet;
  /** Over the territory's communes. */
  communeIndex: CommuneIndex;
  structures: SelectedStructures;
  /** selected structure -> 1 where it lies outside the territory. */
  beyondBorder: Uint8Array;
  cells: PopulationCells;
  shares: CellShares;
}

/** The study's street modes, in its order. */
export function streetModesOf(study: Study): StreetMode[] {
  return study.modes.filter((mode): mode is StreetMode => STREET_MODES.includes(mode as StreetMode));
}

export async function readStudyInputs(
  study: Study,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<StudyInputs> {
  const files = listFiles(study);
  const communeSet = await readStudyCommunes(study, notices);
  const roads = study.roads.map((path, i) => ({ path, sha256: files[i]!.sha256 }));
  const networks = await loadStudyNetworks(study, roads, cache, notices, onProgress);
  const { bounds } = networks.values().next().value!.network;

  const territory = await readTerritory(study, communeSet, roads, bounds, cache, notices, onProgress);
  return { files, networks, ...territory };
}

/** The communes of a study, from its polygons and the package's lists. */
export function readStudyCommunes(study: Study, notices: NoticeList): Promise<CommuneSet> {
  return readCommunes(
    study.communes,
    {
      departement: study.departement,
      communeCodes: study.communeCodes,
      epci: study.epci,
      territories: study.territories,
    },
    notices,
  );
}

/** Structures and population of a study. `bounds` are those of the roads: west, south, east, north. */
export async function readTerritory(
  study: Study,
  communeSet: CommuneSet,
  roads: readonly RoadFile[],
  bounds: readonly [number, number, number, number],
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<StudyTerritory> {
  const communeIndex = buildCommuneIndex(communeSet.communes);
  const read = await readStructures(study.structures, { bounds }, notices);
  const hasTerritory = communeSet.communes.some((commune) => commune.geometry !== undefined);
  const structures = selectStructures(
    read,
    study,
    {
      date: study.date === 'auto' ? undefined : study.date,
      roadBounds: bounds,
      distanceToTerritory: hasTerritory ? communeIndex.distanceMeters : undefined,
    },
    notices,
  );
  const beyondBorder = Uint8Array.from(structures.selected, ({ lon, lat }) =>
    hasTerritory && communeIndex.findContaining(lon, lat) < 0 ? 1 : 0,
  );
  onProgress('population', 0);
  const cells = await readCells(study, communeSet, roads, bounds, cache, notices);
  refuseElsewhere(
    study.population === 'communes' ? study.path : study.population[0]!,
    'cell',
    cells.lon,
    cells.lat,
    bounds,
  );
  const shares = shareCells(study, communeSet, cells, notices);
  onProgress('population', 1);
  return { communeSet, communeIndex, structures, beyondBorder, cells, shares };
}

/** Fingerprints of all input files: roads first, in the study's order. */
function listFiles(study: Study): InputFile[] {
  const files: InputFile[] = [];
  const add = (role: string, paths: readonly string[]) => {
    for (const path of paths) {
      const shown = relative(study.folder, path).replaceAll('\\', '/');
      files.push({ path: shown, role, ...fingerprintFile(path), ...KNOWN_SOURCES[role] });
    }
  };
  add('roads', study.roads);
  add('population', study.population === 'communes' ? [] : study.population);
  add('communes', study.communes);
  add('epci', study.epci);
  add('territories', study.territories);
  add('structures', study.structures);
  return files;
}

const KNOWN_SOURCES: Readonly<Record<string, { source: string; licence: string }>> = {
  roads: { source: 'OpenStreetMap', licence: 'ODbL 1.0, © les contributeurs d’OpenStreetMap' },
};

async function loadStudyNetworks(
  study: Study,
  roads: ReadonlyArray<{ path: string; sha256: string }>,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<Map<StreetMode, LoadedNetwork>> {
  const modes = streetModesOf(study);
  if (modes.length === 0) {
    throw new UsageError('no street mode is asked for', {
      file: study.path,
      value: study.modes.join(', '),
      remedy: `Add one of ${STREET_MODES.join(', ')} to modes.`,
    });
  }
  const table = buildSpeedTable(readSpeedDefaults(), study.speeds as SpeedOverrides);
  const networks = await loadNetworks(roads, modes, table, cache, onProgress);
  const [first] = networks.values();
  for (const notice of first!.notes.reading) notices.add(notice);
  for (const { notes } of networks.values()) for (const notice of notes.building) notices.add(notice);
  return networks;
}

async function readCells(
  study: Study,
  communeSet: CommuneSet,
  roads: ReadonlyArray<{ path: string; sha256: string }>,
  bounds: readonly [number, number, number, number],
  cache: Cache,
  notices: NoticeList,
): Promise<PopulationCells> {
  if (study.population !== 'communes') {
    return readPopulation(
      study.population,
      { cellSizeMeters: study.cellSizeMeters, crs: study.populationCrs, bounds },
      notices,
    );
  }
  if (communeSet.communes.length === 0) {
    throw new UsageError('commune populations need the polygons of the communes', {
      file: study.path,
      remedy: 'Add the key "communes" with a GeoJSON file, or give a grid under "population".',
    });
  }
  const places = await loadPlaces(roads, cache, notices);
  return spreadCommunePopulation(communeSet.communes, places, notices);
}

function shareCells(
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
      epcis: communeSet.epcis,
    },
  );
  const { account } = shares;
  if (account.cellCountOutside > 0) {
    notices.add({
      code: 'cells-outside-territory',
      severity: 'info',
      message: `${account.cellCountOutside} cells with ${Math.round(account.populationOutside)} people lie outside the territory`,
      action: 'left out of the study',
    });
  }
  if (account.populationInside <= 0) {
    throw new UsageError('nobody lives in the territory of the study', {
      file: study.path,
      remedy: 'Check departement or commune_codes against the population and the polygons.',
    });
  }
  return shares;
}
