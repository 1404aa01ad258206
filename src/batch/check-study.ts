/**
 * `maillage check`: a study's inputs, each opened and read as `coverage` would, and compared with the others. No
 * fault stops it: what cannot be used becomes a finding, and the rest is read without it.
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault, UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { buildCommuneIndex } from '../coverage/commune-index.ts';
import { PARTIAL_INPUT_CODES } from '../planning/check-partial-inputs.ts';
import { NO_COMMUNES } from '../read/communes.ts';
import { type Bounds, refuseElsewhere } from '../read/positions.ts';
import { readRivers } from '../read/rivers.ts';
import type { CheckRole, StudyCheck } from '../report/check-findings.ts';
import { refuseBlankInput } from '../runtime/blank-files.ts';
import type { Cache } from '../runtime/cache.ts';
import { fingerprintFeed } from '../runtime/hashes.ts';
import type { LoadedNetwork, OnProgress, RoadFile } from '../runtime/networks.ts';
import { StreetHelper } from '../runtime/street-helper.ts';
import { defaultThreadCount } from '../runtime/thread-count.ts';
import { findMissingFiles } from '../study/missing-files.ts';
import { displayPath, type Study, showPath, withDate } from '../study/study.ts';
import { checkArea, knowCodes } from './area-checks.ts';
import { calibrateStudy } from './calage.ts';
import { attempt, Findings } from './check-attempts.ts';
import { type CheckedFeeds, checkFeeds } from './check-feeds.ts';
import { checkFollowUp } from './check-follow-up.ts';
import { INPUT_KEYS, listInputPaths, withoutPath } from './check-inputs.ts';
import { type CheckedStudy, describeInputs, sumUp } from './check-summary.ts';
import { linkToNetwork, noticeLinks } from './search-mode.ts';
import { AUTO, dateStudyByData } from './study-day.ts';
import { placeOf, refusePolygonsElsewhere, requirePolygons, requireTimetables } from './study-faults.ts';
import { loadStudyNetworks, readStudyCommunes } from './study-inputs.ts';
import { boundsOf, readCells, shareCells } from './study-population.ts';
import { type ListSurroundings, readStudyStructures, selectStudyStructures } from './study-structures.ts';
import { withKnownTypes } from './study-types.ts';

export interface CheckOptions {
  cache: Cache;
  version: string;
  onProgress?: OnProgress;
}

/** @param study read without `checkFiles`: files that are not there are findings */
export async function checkStudy(study: Study, options: CheckOptions): Promise<StudyCheck> {
  const onProgress = options.onProgress ?? (() => {});
  const findings = new Findings(study);
  const { present: checked, missing } = withoutMissing(study, findings);
  for (const require of [requireTimetables, requirePolygons]) {
    await attempt('study', study, findings, (each) => require(each));
  }
  const typed = await attempt('study', checked, findings, (each) => withKnownTypes(each));
  const selection = { ...checked.selection, types: [] };
  const undated = typed.result ?? { ...checked, selection, typeMapping: {} };
  const fingerprintOf = fingerprintAll(undated, missing);
  const isThere = (key: 'roads' | 'population' | 'communes' | 'structures') =>
    undated[key] === 'communes' || undated[key].some((path) => !missing.has(path));

  onProgress('communes', 0);
  const communes = isThere('communes')
    ? await attempt('communes', undated, findings, readStudyCommunes)
    : { result: NO_COMMUNES, study: undated };
  const communeSet = communes.result ?? NO_COMMUNES;
  onProgress('communes', 1);
  const feeds = await checkFeeds({ ...undated, timetables: existing(undated.timetables, missing) }, findings);
  await attempt('rivers', undated, findings, async (each, notices) => {
    const paths = existing(each.rivers, missing);
    if (paths.length > 0) await readRivers(paths, notices);
  });
  const present = await dateChecked(undated, feeds, findings);
  const { roads, networks } = await readRoads(
    present,
    isThere('roads'),
    fingerprintOf,
    options.cache,
    findings,
    onProgress,
  );
  const bounds = networks.values().next().value?.network.bounds;
  if (bounds !== undefined && communeSet.communes.length > 0) {
    await attempt('communes', communes.study, findings, (each) =>
      refusePolygonsElsewhere(each, communeSet, bounds),
    );
  }

  const read: CheckedStudy = {
    study,
    fingerprintOf,
    communeSet,
    networks,
    feeds,
    structures: undefined,
    selected: undefined,
    cells: undefined,
    shares: undefined,
  };
  onProgress('population', 0);
  const needsCommunes =
    study.departement !== undefined || study.communeCodes !== undefined || study.population === 'communes';
  const hasArea = communeSet.communes.length > 0 || !needsCommunes;
  if (isThere('population') && (study.population !== 'communes' || hasArea)) {
    const { result } = await attempt('population', present, findings, (each, notices) =>
      readCells(each, communeSet, roads, bounds, options.cache, notices),
    );
    read.cells = result;
  }
  const { cells } = read;
  if (cells !== undefined && hasArea) {
    const { result } = await attempt('population', present, findings, (each, notices) =>
      shareCells(each, communeSet, cells, notices),
    );
    read.shares = result;
    if (result !== undefined) {
      const calage = await attempt('calage', present, findings, (each, notices) =>
        calibrateStudy(each, communeSet, result, notices),
      );
      read.shares = calage.result?.shares ?? result;
    }
  }
  onProgress('population', 1);
  if (isThere('structures'))
    await readLists(present, read, bounds, { roads, cache: options.cache }, findings);
  compareInputs(study, read, findings);
  const index = buildCommuneIndex(communeSet.communes);
  const followUp = await checkFollowUp(present, communeSet, index, read.structures, present.date, findings);
  return {
    language: study.lang,
    csv: study.csv,
    version: options.version,
    study: {
      path: basename(study.path),
      name: study.name,
      date: present.date,
      isFictional: study.isFictional,
    },
    findings: findings.list,
    countOfCode: findings.countOfCode,
    inputs: await describeInputs(read, missing, findings),
    totals: sumUp(read, knowCodes(communeSet)),
    followUp,
    unread: findUnread(read),
  };
}

/** The study without the files that are not there or are blank, each a finding; keys left empty keep their missing paths. */
function withoutMissing(study: Study, findings: Findings): { present: Study; missing: ReadonlySet<string> } {
  let present = study;
  const missing = new Set<string>();
  for (const { path, message, remedy } of findMissingFiles(study)) {
    // `roads`, 0; `targets`, `results`, 0; or `calage`, which is one file.
    const role = path.findLast((step) => typeof step === 'string') as CheckRole;
    const position = path.find((step) => typeof step === 'number') ?? 0;
    const file = INPUT_KEYS.find((key) => key.role === role)!.paths(study)[position]!;
    missing.add(file);
    present = withoutPath(present, file) ?? present;
    const error = new UsageError(`${showPath(path)}: ${message}`, {
      ...placeOf(study, [String(path[0])]),
      value: displayPath(study, file),
      remedy,
    });
    findings.addError(role, error, 'input-missing');
  }
  for (const { role, paths } of INPUT_KEYS) {
    for (const path of existing(paths(present), missing)) {
      const error = findBlankness(path);
      if (error === undefined) continue;
      findings.addError(role, error);
      missing.add(path);
      present = withoutPath(present, path) ?? present;
    }
  }
  return { present, missing };
}

/** Why an input is blank; undefined where it is not, and where its own reader will say what is wrong with it. */
function findBlankness(path: string): UsageError | undefined {
  try {
    refuseBlankInput(path);
    return undefined;
  } catch (error) {
    return error instanceof UsageError ? error : undefined;
  }
}

const existing = (paths: readonly string[], missing: ReadonlySet<string>) =>
  paths.filter((path) => !missing.has(path));

function fingerprintAll(
  study: Study,
  missing: ReadonlySet<string>,
): Map<string, { sha256: string; bytes: number }> {
  const fingerprints = new Map<string, { sha256: string; bytes: number }>();
  for (const path of existing(listInputPaths(study), missing)) {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined)
      fingerprints.set(path, fingerprintFeed(path));
  }
  return fingerprints;
}

/** The study on its day: that of its timetables, else that of the data. */
async function dateChecked(study: Study, { day }: CheckedFeeds, findings: Findings): Promise<Study> {
  if (study.date !== AUTO) return study;
  if (day !== undefined) return withDate(study, day.timetable.date);
  const notices = new NoticeList();
  const dated = await dateStudyByData(study, notices);
  findings.addNotices('study', notices);
  return dated;
}

/** The networks of the modes that find a street; the roads that could be read. */
async function readRoads(
  study: Study,
  isThere: boolean,
  fingerprintOf: ReadonlyMap<string, { sha256: string }>,
  cache: Cache,
  findings: Findings,
  onProgress: OnProgress,
): Promise<{ roads: RoadFile[]; networks: Map<StreetMode, LoadedNetwork> }> {
  const roadsOf = ({ roads }: Study): RoadFile[] =>
    roads.map((path) => ({ path, sha256: fingerprintOf.get(path)!.sha256 }));
  if (study.roads.length === 0) {
    findings.addError('roads', new Fault('roads-missing', { ...placeOf(study, ['roads']) }), 'roads-missing');
  }
  if (!isThere) return { roads: [], networks: new Map() };
  const load = async (each: Study, notices: NoticeList) => {
    const helper = defaultThreadCount() > 1 ? new StreetHelper() : undefined;
    try {
      return await loadStudyNetworks(each, roadsOf(each), cache, notices, onProgress, helper);
    } finally {
      helper?.end();
    }
  };
  const all = await attempt('roads', study, findings, load);
  if (all.result !== undefined) return { roads: roadsOf(all.study), networks: all.result };
  const networks = new Map<StreetMode, LoadedNetwork>();
  const refused = all.fault?.fields.file;
  // Where no file is at fault, one mode finds no street and another may.
  if (refused !== undefined && refused !== study.path) return { roads: [], networks };
  for (const mode of study.modes.filter((each) => STREET_MODES.includes(each as StreetMode))) {
    const { result } = await attempt('roads', { ...all.study, modes: [mode] }, findings, load);
    for (const [name, network] of result ?? []) networks.set(name, network);
  }
  return { roads: roadsOf(all.study), networks };
}

/** The structures of the lists, those that count, and how they lie to the roads. */
async function readLists(
  present: Study,
  read: CheckedStudy,
  bounds: Bounds | undefined,
  { roads, cache }: Pick<ListSurroundings, 'roads' | 'cache'>,
  findings: Findings,
): Promise<void> {
  const { communeSet } = read;
  // Without roads the polygons tell swapped columns.
  const box = boundsOf(communeSet.communes);
  const area = Number.isFinite(box[0]) ? box : undefined;
  const lists = await attempt('structures', present, findings, (each, notices) =>
    readStudyStructures(each, { bounds: bounds ?? area, communeSet, roads, cache }, notices),
  );
  const structures = lists.result;
  if (structures === undefined) return;
  read.structures = structures;
  if (bounds !== undefined) {
    const lon = structures.map((structure) => structure.lon);
    const lat = structures.map((structure) => structure.lat);
    const { result } = await attempt('structures', lists.study, findings, (each) => {
      refuseElsewhere(each.structures[0]!, 'structure', lon, lat, bounds);
      return true;
    });
    // Another place: that none is left after the selection would say it again.
    if (result === undefined) return;
  }
  const index = buildCommuneIndex(communeSet.communes);
  const selected = await attempt('structures', present, findings, (each, notices) =>
    selectStudyStructures(each, structures, communeSet, index, bounds, notices),
  );
  read.selected = selected.result;
}

/** Everything that takes more than one input. */
function compareInputs(study: Study, read: CheckedStudy, findings: Findings): void {
  const { communeSet, networks, feeds, structures, selected, cells, shares } = read;
  const area = {
    communeSet,
    networks,
    structures,
    selected: selected?.selected,
    cells,
    shares,
    day: feeds.day,
  };
  for (const { role, notices } of checkArea(area)) {
    const list = new NoticeList();
    // Here nothing is computed yet: an input to be replaced is an error, beside a result it is a warning.
    for (const notice of notices)
      list.add(PARTIAL_INPUT_CODES.has(notice.code) ? { ...notice, severity: 'error' } : notice);
    findings.addNotices(role, list);
  }
  if (selected === undefined || cells === undefined) return;
  for (const [mode, network] of networks) {
    if (!study.modes.includes(mode)) continue;
    const list = new NoticeList();
    const { setup, points } = linkToNetwork(study, network, selected.selected, cells, 'fast');
    noticeLinks(study, mode, selected.selected, setup.sources, cells, points, list);
    findings.addNotices((code) => (code.startsWith('cell') ? 'population' : 'structures'), list);
  }
}

/** Inputs that the study names and that say nothing in the comparisons. */
function findUnread({ study, communeSet, networks, structures, shares, feeds }: CheckedStudy): CheckRole[] {
  const unread: CheckRole[] = [];
  if (networks.size === 0) unread.push('roads');
  if (study.timetables.length > 0 && feeds.day === undefined) unread.push('timetables');
  if (shares === undefined) unread.push('population');
  if (study.communes.length > 0 && communeSet.communes.length === 0) unread.push('communes');
  if (structures === undefined) unread.push('structures');
  return unread;
}
