/** The work of `maillage matrix`: read, link, search, write. */
import { existsSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { Fault, UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { DECISECONDS_PER_SECOND, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import { readSpeedDefaults } from '../read/speed-table.ts';
import { beginsAsMatrix } from '../report/own-starts.ts';
import { openCache } from '../runtime/cache.ts';
import { fingerprintFile } from '../runtime/hashes.ts';
import { rememberUnhashed, requireUnchanged } from '../runtime/input-stamps.ts';
import { loadNetworks, type OnProgress } from '../runtime/networks.ts';
import { checkOutputFile, type OutputRules, writeOutputFile } from '../runtime/output-file.ts';
import { runTasks } from '../runtime/pool.ts';
import { createProgress } from '../runtime/progress.ts';
import { printData, tell } from '../runtime/standard-output.ts';
import { StreetHelper } from '../runtime/street-helper.ts';
import type { StreetTask } from '../runtime/street-tasks.ts';
import { linkPoints } from '../search/point-links.ts';
import { snapPoints } from '../streets/snapping.ts';
import { buildSpeedTable } from '../streets/speed-table.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';
import type { LinkedMatrix, MatrixOptions } from './matrix-types.ts';
import { summariseNotices } from './notice-summary.ts';
import { isSameDoor, type PointTable, readPointTable } from './point-table.ts';
import { progressWords, runLanguage, runWords } from './run-language.ts';

export async function runMatrix(options: MatrixOptions): Promise<void> {
  const progress = createProgress(options.quiet, progressWords());
  const notices = new NoticeList();
  try {
    const csv = await computeMatrix(options, notices, (stage, share) => progress.update(stage, share));
    progress.stop();
    if (!options.quiet) tell(await summariseNotices(notices, runLanguage()));
    if (options.out === undefined) await printData(csv);
    else await writeOutputFile(options.out, csv, rulesOf(options));
  } catch (error) {
    progress.stop();
    // What was left out on the way is often why nothing usable is left.
    if (error instanceof UsageError) tell(await summariseNotices(notices, runLanguage()));
    throw error;
  } finally {
    progress.stop();
  }
}

async function computeMatrix(
  options: MatrixOptions,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<string> {
  const linked = await linkMatrix(options, notices, onProgress);
  if (options.mode !== 'transit') return computeStreetMatrix(options, linked, onProgress);
  const { computeTransitMatrix } = await import('./matrix-transit.ts');
  return computeTransitMatrix(options, linked, notices, onProgress);
}

async function linkMatrix(
  options: MatrixOptions,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<LinkedMatrix> {
  checkTransitOptions(options);
  const cache = openCache(options.cache);
  const helper = options.threads > 1 ? new StreetHelper() : undefined;
  // Without a cache the roads will be read: the thread that helps loads its code meanwhile.
  if (cache.folder === undefined) helper?.start();
  if (options.out !== undefined) checkOutputFile(options.out, rulesOf(options));
  // Without a cache nothing is looked up by the content of the roads.
  const roads = options.osm.map((path) => {
    if (cache.folder !== undefined) return { path, sha256: fingerprintFile(path).sha256 };
    rememberUnhashed(path);
    return { path, sha256: '' };
  });
  for (const path of [options.from, options.to]) fingerprintFile(path); // Missing files before long work.
  const table = buildSpeedTable(readSpeedDefaults(), {
    walk: { kph: options.walkSpeed },
    bike: { kph: options.bikeSpeed },
  });
  const mode = options.mode === 'transit' ? 'walk' : options.mode;
  const networks = await loadNetworks(roads, [mode], table, cache, onProgress, helper);
  helper?.end();
  const { network, index, notes, name: networkName } = networks.get(mode)!;
  for (const notice of [...notes.reading, ...notes.building]) notices.add(notice);
  const from = await readPointTable(options.from, network.bounds, notices);
  const to = await readPointTable(options.to, network.bounds, notices);
  requireUnchanged([options.from, options.to]);
  const useful = findUsefulEdges(network, options.minIsland, new Set());
  const snap = (points: PointTable, needs: number) =>
    snapPoints(network, index, useful, points.lon, points.lat, {
      radiusMeters: options.snapRadius,
      needs,
    });
  const origins = snap(from, TAKES_DEPARTURES);
  const destinations = snap(to, TAKES_ARRIVALS);
  warnOfUnlinked('--from', options.from, from, origins.nearestMeters);
  warnOfUnlinked('--to', options.to, to, destinations.nearestMeters);
  return { network, networkName, index, usefulEdges: useful, from, to, origins, destinations, cache };
}

/** What the file written may replace. */
function rulesOf({ osm, gtfs, from, to, force }: MatrixOptions): OutputRules {
  return { inputs: [...osm, ...(gtfs ?? []), from, to], begins: beginsAsMatrix, force };
}

/** Refuses what only transit takes, and transit without timetables. */
function checkTransitOptions({ mode, gtfs }: MatrixOptions): void {
  if (mode === 'transit' && gtfs === undefined) {
    throw new Fault('gtfs-missing');
  }
  if (mode !== 'transit' && gtfs !== undefined) {
    throw new Fault('gtfs-needless', {}, { mode });
  }
  for (const path of gtfs ?? []) {
    if (existsSync(path)) continue;
    throw new Fault('file-unreachable', { file: path });
  }
}

async function computeStreetMatrix(
  options: MatrixOptions,
  { network, from, to, origins, destinations }: LinkedMatrix,
  onProgress: OnProgress,
): Promise<string> {
  const tasks: StreetTask[] = to.ids.map((_, source) => ({
    kind: 'column',
    source,
    cutoffDeciseconds: options.cutoff === undefined ? undefined : minutesToDeciseconds(options.cutoff),
  }));
  const columns = await runTasks(
    {
      engine: options.engine,
      network,
      direction: 'towards',
      walkSpeedKph: options.walkSpeed,
      sources: destinations,
      sourceLon: to.lon,
      sourceLat: to.lat,
      points: linkPoints(network, origins, 'start', options.walkSpeed),
    },
    tasks,
    options.threads,
    (done) => onProgress('matrix', done / tasks.length),
  );
  const rows: Array<[string, string, string, string]> = [];
  from.ids.forEach((fromId, i) => {
    to.ids.forEach((toId, j) => {
      const { times, meters } = columns[j]!;
      const isHere = isSameDoor(from, i, to, j);
      const time = isHere ? 0 : times![i]!;
      const isReached = time !== UNREACHED;
      rows.push([
        fromId,
        toId,
        isReached ? String(time / DECISECONDS_PER_SECOND) : '',
        isReached ? (Math.round((isHere ? 0 : meters![i]!) * 10) / 10).toString() : '',
      ]);
    });
  });
  return stringify([['from_id', 'to_id', 'duration_s', 'distance_m'], ...rows]);
}

/** Names the points that no street of the mode took: their rows are empty. */
function warnOfUnlinked(option: string, file: string, points: PointTable, nearestMeters: Float64Array): void {
  const unlinked = points.ids.filter((_, i) => !Number.isFinite(nearestMeters[i]!));
  if (unlinked.length === 0) return;
  if (unlinked.length === points.ids.length) {
    throw new Fault('points-off-streets', { file }, { option });
  }
  const shown = unlinked.slice(0, 10).join(', ');
  const ids = `${shown}${unlinked.length > 10 ? ', …' : ''}`;
  tell(`${runWords().told.unlinkedPoints(option, unlinked.length, points.ids.length, ids)}\n`);
}
