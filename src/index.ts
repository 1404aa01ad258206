/**
 * The library: the steps of `maillage coverage` one by one, for programs that want times or figures instead of
 * a result folder. A study goes in; networks, door-to-door times and the indicator come out, as typed arrays.
 *
 * Reading and building touch the disk; `searchTowards` and `computeCoverage` are pure. Mistakes of the user
 * throw a `UsageError`; defects of the data are notices in the list that is handed through.
 */

import { linkToNetwork, searchFrom, toModeTimes } from './batch/search-mode.ts';
import { lastSecondOf, linkTransit, searchTransitFrom, toTransitModeTimes } from './batch/search-transit.ts';
import { AUTO, dateStudy as dateStudyByFeeds } from './batch/study-day.ts';
import {
  readStudyCommunes,
  readTerritory as readStudyTerritory,
  type StudyTerritory,
} from './batch/study-inputs.ts';
import { Fault, type UsageError, useFaultWords } from './common/errors.ts';
import { NoticeList } from './common/notices.ts';
import { minutesToDeciseconds, type StreetMode } from './common/units.ts';
import type { CoverageInput, ModeTimes } from './coverage/coverage-result.ts';
import type { IndexedNetwork } from './network/street-network-file.ts';
import { readSpeedDefaults } from './read/speed-table.ts';
import { Cache } from './runtime/cache.ts';
import { fingerprintFeed, fingerprintFile } from './runtime/hashes.ts';
import { loadNetworks, type RoadFile } from './runtime/networks.ts';
import { createSearch, type Engine } from './runtime/street-tasks.ts';
import { type FeedFile, loadTransitDay, type TransitDay } from './runtime/transit-days.ts';
import { withNames } from './runtime/transit-tasks.ts';
import { findItinerary, type TransitTimes } from './search/transit-cells.ts';
import { type DescribedRide, describeRide, type TransitLeg } from './search/transit-itinerary.ts';
import { buildSpeedTable, type SpeedOverrides } from './streets/speed-table.ts';
import type { Study } from './study/study.ts';
import { wordFaultIn } from './words/word-fault.ts';

// The library speaks English; a program that uses it may set words of its own.
useFaultWords((code, parameters) => wordFaultIn('en', code, parameters));

export { UsageError } from './common/errors.ts';
export { type Notice, NoticeList } from './common/notices.ts';
export { type StreetMode, UNREACHED } from './common/units.ts';
export { computeCoverage } from './coverage/coverage.ts';
export type {
  CommuneCoverage,
  CoverageInput,
  CoverageResult,
  CoverageTally,
  ModeCoverage,
  ModeTimes,
} from './coverage/coverage-result.ts';
export type { IndexedNetwork } from './network/street-network-file.ts';
export type { Commune, PopulationCells, Structure } from './read/records.ts';
export type { StreetNetwork } from './streets/street-network.ts';
export { readStudy, type Study } from './study/study.ts';
export type { DescribedRide, StudyTerritory, TransitDay, TransitLeg, TransitTimes };

export interface LibraryOptions {
  /** Folder of cached networks; without it nothing is cached. */
  cacheFolder?: string;
  /** Takes the defects of the data. */
  notices?: NoticeList;
}

/**
 * Builds the street network of one mode from the study's roads, or takes it from the cache.
 * @throws UsageError where a road file cannot be used, or holds no street for the mode
 */
export async function buildNetwork(
  study: Study,
  mode: StreetMode,
  { cacheFolder, notices = new NoticeList() }: LibraryOptions = {},
): Promise<IndexedNetwork> {
  const table = buildSpeedTable(readSpeedDefaults(), study.speeds as SpeedOverrides);
  const networks = await loadNetworks(roadsOf(study), [mode], table, new Cache(cacheFolder));
  const { network, index, notes } = networks.get(mode)!;
  for (const notice of [...notes.reading, ...notes.building]) notices.add(notice);
  return { network, index };
}

/**
 * The study on its day: the one that its file names; where that is `auto`, the one that its timetables choose, else
 * the ordinary Tuesday next after the newest date of its data. `readTerritory` asks for it by itself.
 * @throws UsageError in the mode transit: a feed that cannot be used, or a day on which no trip runs
 */
export async function dateStudy(
  study: Study,
  { cacheFolder, notices = new NoticeList() }: LibraryOptions = {},
): Promise<Study> {
  if (study.date !== AUTO) return study;
  const dated = await dateStudyByFeeds(study, feedsOf(study), new Cache(cacheFolder), notices);
  return dated.study;
}

/**
 * Reads who lives where and the structures that count: communes, population cells, their shares in the
 * communes, structures selected and left out. The network says how far the roads reach.
 * @throws UsageError where a file cannot be used, or nothing of it can
 */
export async function readTerritory(
  study: Study,
  { network }: IndexedNetwork,
  { cacheFolder, notices = new NoticeList() }: LibraryOptions = {},
): Promise<StudyTerritory> {
  const communes = await readStudyCommunes(study, notices);
  const cache = new Cache(cacheFolder);
  const { study: dated } = await dateStudyByFeeds(study, feedsOf(study), cache, notices);
  return readStudyTerritory(dated, communes, roadsOf(study), network.bounds, cache, notices, () => {});
}

/**
 * Door-to-door times from every cell to its nearest structure: one search on the reversed network, from all
 * structures at once. `timeOfCell` holds deciseconds, `UNREACHED` where no path leads.
 * @param engine `reference` is the slow, independent twin; both give the same answer
 */
export async function searchTowards(
  study: Study,
  network: IndexedNetwork,
  { structures, cells }: Pick<StudyTerritory, 'structures' | 'cells'>,
  engine: Engine = 'fast',
): Promise<ModeTimes> {
  const { selected } = structures;
  if (selected.length === 0) throw noStructure();
  const { setup, points } = linkToNetwork(study, network, selected, cells, engine);
  const search = await createSearch(setup);
  const found = searchFrom(setup, search, Array.from(selected.keys()));
  return toModeTimes(network.network.mode, found, points);
}

/** What `computeCoverage` takes, from a study, its territory and the times of its modes. */
export function toCoverageInput(
  study: Study,
  { shares, structures }: Pick<StudyTerritory, 'shares' | 'structures'>,
  modes: readonly ModeTimes[],
): CoverageInput {
  return {
    shares,
    structureCount: structures.selected.length,
    thresholdDeciseconds: minutesToDeciseconds(study.thresholdMinutes),
    inclusive: study.inclusive,
    uncoveredBelow: study.uncoveredBelow,
    bandEdgesMinutes: study.bandsMinutes,
    modes,
  };
}

/**
 * Reads the study's timetables and builds its day: the date (also where the study says `auto`), what each feed
 * covers, and the trips of the day.
 * @throws UsageError where a feed cannot be used, or no trip runs on the day
 */
export async function readTransitDay(
  study: Study,
  { cacheFolder, notices = new NoticeList() }: LibraryOptions = {},
): Promise<TransitDay> {
  return loadTransitDay(feedsOf(study), study.date, lastSecondOf(study), new Cache(cacheFolder), notices);
}

/** What a transit search gives: the times for `computeCoverage`, and what itineraries are read back from. */
export interface TransitAnswer {
  times: ModeTimes;
  /** Per cell: best, p50, availability, rides, waits, departure. */
  transit: TransitTimes;
  /** The legs of a cell's best way; empty where nothing leads to a structure. Times: deciseconds of the day. */
  findLegs: (cell: number) => TransitLeg[];
  /** Names of the line, trip and stops of a ride, which is one of the cell's legs. */
  describeRide: (leg: Extract<TransitLeg, { kind: 'ride' }>, cell: number) => DescribedRide;
}

/**
 * Door-to-door times by walk and scheduled transport from every cell to its nearest structure, over the study's
 * window: one backward search from all structures at once.
 * @param walkNetwork the walkers' network, `buildNetwork(study, 'walk')`
 */
export async function searchTransitTowards(
  study: Study,
  walkNetwork: IndexedNetwork,
  day: TransitDay,
  { structures, cells }: Pick<StudyTerritory, 'structures' | 'cells'>,
  { cacheFolder, notices = new NoticeList() }: LibraryOptions = {},
): Promise<TransitAnswer> {
  const { selected } = structures;
  if (selected.length === 0) throw noStructure();
  const linked = await linkTransit(
    study,
    { network: walkNetwork, day, structures: selected, cells },
    notices,
    { engine: 'fast', isochrones: 'none', cache: new Cache(cacheFolder), onProgress: () => {} },
  );
  const { times, profiles } = searchTransitFrom(linked, Array.from(selected.keys()), {
    isUsualSought: true,
  });
  const { access } = linked.setup.walks;
  return {
    times: toTransitModeTimes(times, linked.points),
    transit: times,
    findLegs: (cell) => findItinerary(profiles[times.searchOfCell[cell]!]!, access, times, cell),
    // A search's own timetable has headway services written out; names are the day's.
    describeRide: (leg, cell) => {
      const { timetable } = profiles[times.searchOfCell[cell]!]!;
      return describeRide(withNames(timetable, day.timetable), leg);
    },
  };
}

function feedsOf(study: Study): FeedFile[] {
  return study.timetables.map((path) => ({ path, sha256: fingerprintFeed(path).sha256 }));
}

function roadsOf(study: Study): RoadFile[] {
  return study.roads.map((path) => ({ path, sha256: fingerprintFile(path).sha256 }));
}

function noStructure(): UsageError {
  return new Fault('structures-none-selected');
}
