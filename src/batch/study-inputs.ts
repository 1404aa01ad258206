/**
 * Everything that a study reads, in the order in which faults are cheapest to find: fingerprints of all files,
 * communes, networks, structures, population. Out come records, cells and networks, ready for the searches.
 */
import { relative } from 'node:path';
import type { MultiLineString } from 'geojson';
import { Fault } from '../common/errors.ts';
import { whileReadingNow } from '../common/file-faults.ts';
import type { NoticeList } from '../common/notices.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import type { Calibration } from '../coverage/calibration.ts';
import { buildCommuneIndex, type CommuneIndex } from '../coverage/commune-index.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import { type CommuneSet, readCommunes } from '../read/communes.ts';
import { findKnownSource } from '../read/known-sources.ts';
import { findPbfDate } from '../read/osm/pbf-date.ts';
import { type Bounds, refuseElsewhere } from '../read/positions.ts';
import type { PopulationCells } from '../read/records.ts';
import type { SelectedStructures } from '../read/select-structures.ts';
import { type SelectedVariants, selectVariants } from '../read/select-variants.ts';
import { readSpeedDefaults } from '../read/speed-table.ts';
import type { InputFile } from '../report/report-input.ts';
import type { Cache } from '../runtime/cache.ts';
import { fingerprintFeed, fingerprintFile } from '../runtime/hashes.ts';
import { requireUnchanged } from '../runtime/input-stamps.ts';
import { type LoadedNetwork, loadNetworks, type OnProgress, type RoadFile } from '../runtime/networks.ts';
import type { StreetHelper } from '../runtime/street-helper.ts';
import type { TransitDay } from '../runtime/transit-days.ts';
import { buildSpeedTable, type SpeedOverrides } from '../streets/speed-table.ts';
import type { Study } from '../study/study.ts';
import { checkArea } from './area-checks.ts';
import { calibrateStudy } from './calage.ts';
import { listInputPaths } from './check-inputs.ts';
import { completeSources } from './input-sources.ts';
import { loadMapRivers } from './map-rivers.ts';
import { dateStudy, needsTimetables } from './study-day.ts';
import {
  atKey,
  placeOf,
  refusePolygonsElsewhere,
  requirePolygons,
  requireTimetables,
} from './study-faults.ts';
import { type ReadingGrids, readCells, shareCells, startReadingGrids } from './study-population.ts';
import {
  buildCommuneFinder,
  hasPolygons,
  readStudyStructures,
  selectionOptions,
  selectStudyStructures,
} from './study-structures.ts';
import { withKnownTypes } from './study-types.ts';

export interface StudyInputs extends StudyTerritory {
  /** On its day, also where its file says `auto`. */
  study: Study;
  files: InputFile[];
  /** Of the study's street modes, and of walking where the study has transit. */
  networks: Map<StreetMode, LoadedNetwork>;
  /** The day of the timetables; undefined without transit. */
  day: TransitDay | undefined;
  /** For the map; empty where the study names no file of them. */
  rivers: MultiLineString[];
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
  /** After calage, where the study asks for it. */
  shares: CellShares;
  /** Which structures count in the variants; undefined where the study asks for none and no type is unknown. */
  variants: SelectedVariants | undefined;
  calibration: Calibration | undefined;
}

/** The study's street modes, in its order. */
export function streetModesOf(study: Study): StreetMode[] {
  return study.modes.filter((mode): mode is StreetMode => STREET_MODES.includes(mode as StreetMode));
}

export async function readStudyInputs(
  given: Study,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
  helper: StreetHelper | undefined,
  files: InputFile[] = fingerprintInputs(given),
): Promise<StudyInputs> {
  const communeSet = await readStudyCommunes(given, notices);
  const roads = given.roads.map((path, i) => ({ path, sha256: files[i]!.sha256 }));
  // Before the roads: a day without trips is told at once.
  const fingerprints = files.filter(({ role }) => role === 'timetables');
  const feeds = fingerprints.map(({ sha256 }, i) => ({ path: given.timetables[i]!, sha256 }));
  const { study, day } = await dateStudy(given, feeds, cache, notices, onProgress);
  const loading = loadStudyNetworks(study, roads, cache, notices, onProgress, helper);
  // The grids are read while the networks come from the disk.
  const grids = startReadingGrids(study, communeSet, loading.then(boundsOfRoads));
  const networks = await loading;
  const bounds = boundsOfRoads(networks);

  const territory = await readTerritory(study, communeSet, roads, bounds, cache, notices, onProgress, grids);
  const { selected, leftOut } = territory.structures;
  const found = checkArea({
    communeSet,
    networks,
    structures: [...selected, ...leftOut.map(({ structure }) => structure)],
    selected,
    cells: territory.cells,
    shares: territory.shares,
    day,
  });
  for (const notice of found.flatMap((part) => part.notices)) notices.add(notice);
  const sha256Of = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const riverFiles = study.rivers.map((path) => ({ path, sha256: sha256Of.get(showInput(study, path))! }));
  const rivers = await loadMapRivers(study, riverFiles, bounds, cache, notices, onProgress);
  requireUnchanged(listInputPaths(study));
  const sources = completeSources(study, files, communeSet, territory.cells, day);
  return { study, files: sources, networks, day, rivers, ...territory };
}

function boundsOfRoads(networks: ReadonlyMap<StreetMode, LoadedNetwork>): Bounds {
  return networks.values().next().value!.network.bounds;
}

/** The communes of a study, from its polygons and the package's lists. */
export function readStudyCommunes(study: Study, notices: NoticeList): Promise<CommuneSet> {
  const { departement, communeCodes, epci, cantons, territories, cog } = study;
  return atKey(study, ['commune_codes', 'communes'], () =>
    readCommunes(study.communes, { departement, communeCodes, epci, cantons, territories, cog }, notices),
  );
}

/**
 * Structures and population of a study.
 * @param bounds of the roads: west, south, east, north
 * @param grids where their reading has begun
 */
export async function readTerritory(
  study: Study,
  communeSet: CommuneSet,
  roads: readonly RoadFile[],
  bounds: readonly [number, number, number, number],
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
  grids?: ReadingGrids,
): Promise<StudyTerritory> {
  refusePolygonsElsewhere(study, communeSet, bounds);
  const communeIndex = buildCommuneIndex(communeSet.communes);
  const listed = await readStudyStructures(study, { bounds, communeSet, roads, cache }, notices);
  refuseElsewhere(
    study.structures[0]!,
    'structure',
    listed.map(({ lon }) => lon),
    listed.map(({ lat }) => lat),
    bounds,
  );
  const structures = await selectStudyStructures(study, listed, communeSet, communeIndex, bounds, notices);
  const hasTerritory = hasPolygons(communeSet);
  const beyondBorder = Uint8Array.from(structures.selected, ({ lon, lat }) =>
    hasTerritory && communeIndex.findContaining(lon, lat) < 0 ? 1 : 0,
  );
  onProgress('population', 0);
  const cells = await (grids?.cells ?? readCells(study, communeSet, roads, bounds, cache, notices));
  if (grids !== undefined) notices.append(grids.notices);
  refuseElsewhere(
    study.population === 'communes' ? study.path : study.population[0]!,
    'cell',
    cells.lon,
    cells.lat,
    bounds,
  );
  const asRead = shareCells(study, communeSet, cells, notices);
  const calibration = await calibrateStudy(study, communeSet, asRead, notices);
  onProgress('population', 1);
  const shares = calibration?.shares ?? asRead;
  const variants =
    study.variants.length === 0 && !structures.countOfReason.has('unknown-type')
      ? undefined
      : await selectVariants(
          listed,
          structures.selected,
          study,
          {
            ...selectionOptions(study, communeSet, communeIndex, bounds),
            communeOf: buildCommuneFinder(communeSet, communeIndex, shares),
          },
          notices,
        );
  return { communeSet, communeIndex, structures, beyondBorder, cells, shares, variants, calibration };
}

/**
 * Fingerprints of all input files: roads first, in the study's order.
 * @throws UsageError where one cannot be read, or the study lacks what it asks for
 */
export function fingerprintInputs(study: Study): InputFile[] {
  requireTimetables(study);
  requirePolygons(study);
  withKnownTypes(study);
  const files: InputFile[] = [];
  const add = (role: string, paths: readonly string[]) => {
    for (const path of paths) {
      const found = whileReadingNow(path, () => {
        const fingerprint = role === 'timetables' ? fingerprintFeed(path) : fingerprintFile(path);
        return { ...fingerprint, ...findKnownSource(role, path, study.lang) };
      });
      const date = role === 'roads' ? findPbfDate(path) : undefined;
      files.push({
        path: showInput(study, path),
        role,
        ...found,
        ...(date === undefined ? {} : { date }),
      });
    }
  };
  add('roads', study.roads);
  // The extract of the roads is listed once.
  add(
    'rivers',
    study.rivers.filter((path) => !study.roads.includes(path)),
  );
  if (needsTimetables(study)) add('timetables', study.timetables);
  add('population', study.population === 'communes' ? [] : study.population);
  add('calage', study.calage === undefined || study.calage === 'communes' ? [] : [study.calage]);
  add('communes', study.communes);
  add('epci', study.epci);
  add('cantons', study.cantons);
  add('territories', study.territories);
  add('cog', study.cog);
  add('structures', study.structures);
  add('itinerant_stops', study.itinerantStops);
  add('results', study.targets.results);
  add('indicators', study.targets.indicators);
  return files;
}

/** As the manifest names it. */
function showInput(study: Study, path: string): string {
  return relative(study.folder, path).replaceAll('\\', '/');
}

/** Networks of the study's street modes, and of walking where it has transit. */
export async function loadStudyNetworks(
  study: Study,
  roads: ReadonlyArray<{ path: string; sha256: string }>,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
  helper: StreetHelper | undefined,
): Promise<Map<StreetMode, LoadedNetwork>> {
  const modes = streetModesOf(study);
  // Transit walks to its stops.
  if (study.modes.includes('transit') && !modes.includes('walk')) modes.push('walk');
  if (modes.length === 0) {
    throw new Fault(
      'street-mode-missing',
      { ...placeOf(study, ['modes']), value: study.modes.join(', ') },
      { modes: STREET_MODES.join(', ') },
    );
  }
  const table = await atKey(study, ['speeds'], () =>
    buildSpeedTable(readSpeedDefaults(), study.speeds as SpeedOverrides),
  );
  const networks = await atKey(study, ['roads'], () =>
    loadNetworks(roads, modes, table, cache, onProgress, helper),
  );
  const [first] = networks.values();
  for (const notice of first!.notes.reading) notices.add(notice);
  for (const { notes } of networks.values()) for (const notice of notes.building) notices.add(notice);
  return networks;
}
