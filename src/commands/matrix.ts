/** `maillage matrix`: door-to-door times between two lists of points. */
import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { DECISECONDS_PER_SECOND, minutesToDeciseconds, type StreetMode, UNREACHED } from '../common/units.ts';
import { readSpeedDefaults } from '../read/speed-table.ts';
import { Cache, cacheFolder, checkCacheFolder } from '../runtime/cache.ts';
import { writeFileWhole } from '../runtime/files.ts';
import { fingerprintFile } from '../runtime/hashes.ts';
import { loadNetworks } from '../runtime/networks.ts';
import { defaultThreadCount, runTasks } from '../runtime/pool.ts';
import { createProgress } from '../runtime/progress.ts';
import type { Engine, StreetTask } from '../runtime/street-tasks.ts';
import { linkPoints } from '../search/door-to-door.ts';
import { snapPoints } from '../streets/snapping.ts';
import { buildSpeedTable } from '../streets/speed-table.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';
import { positiveNumber, positiveWholeNumber, streetMode, wholeNumber } from './options.ts';
import { type PointTable, readPointTable } from './point-table.ts';

interface MatrixOptions {
  osm: string[];
  mode: StreetMode;
  from: string;
  to: string;
  out: string | undefined;
  cutoff: number | undefined;
  walkSpeed: number;
  bikeSpeed: number;
  snapRadius: number;
  minIsland: number;
  threads: number;
  engine: Engine;
  cache: string | undefined;
  useCache: boolean;
  quiet: boolean;
}

export function addMatrixCommand(program: Command): void {
  program
    .command('matrix')
    .description('door-to-door times between two lists of points (CSV with the columns id, lon, lat)')
    .requiredOption('--osm <file...>', 'roads: .osm.pbf, .osm, .osm.gz, .osm.bz2 or Overpass JSON')
    .requiredOption('--from <csv>', 'points where trips start')
    .requiredOption('--to <csv>', 'points where trips end')
    .option('--mode <mode>', 'car, bike or walk', streetMode, 'car')
    .option('--out <csv>', 'file to write (default: standard output)')
    .option('--cutoff <minutes>', 'longer trips count as unreachable', positiveNumber)
    .option('--walk-speed <km/h>', 'walking speed, also off the road', positiveNumber, 4)
    .option('--bike-speed <km/h>', 'cycling speed', positiveNumber, 15)
    .option('--snap-radius <metres>', 'a point further off the road is not linked', positiveNumber, 1000)
    .option('--min-island <junctions>', 'smaller islands take no points (0 keeps all)', wholeNumber, 200)
    .option('--threads <n>', 'worker threads', positiveWholeNumber, defaultThreadCount())
    .addOption(
      new Option('--engine <engine>', 'search engine').choices(['fast', 'reference']).default('fast'),
    )
    .option('--cache <folder>', 'folder of cached networks')
    .option('--no-cache', 'neither read nor write cached networks')
    .option('--quiet', 'no progress', false)
    .action(async (raw: Omit<MatrixOptions, 'cache' | 'useCache'> & { cache: string | boolean }) => {
      await runMatrix({
        ...raw,
        cache: typeof raw.cache === 'string' ? raw.cache : undefined,
        useCache: raw.cache !== false,
      });
    });
}

async function runMatrix(options: MatrixOptions): Promise<void> {
  const progress = createProgress(options.quiet);
  try {
    const csv = await computeMatrix(options, (stage, share) => progress.update(stage, share));
    progress.stop();
    if (options.out === undefined) process.stdout.write(csv);
    else writeFileWhole(options.out, csv);
  } finally {
    progress.stop();
  }
}

async function computeMatrix(
  options: MatrixOptions,
  onProgress: (stage: string, share: number) => void,
): Promise<string> {
  const folder = options.useCache ? cacheFolder(options.cache) : undefined;
  if (folder !== undefined) checkCacheFolder(folder);
  const roads = options.osm.map((path) => ({ path, ...fingerprintFile(path) }));
  for (const path of [options.from, options.to]) fingerprintFile(path); // Missing files before long work.
  const table = buildSpeedTable(readSpeedDefaults(), {
    walk: { kph: options.walkSpeed },
    bike: { kph: options.bikeSpeed },
  });
  const networks = await loadNetworks(roads, [options.mode], table, new Cache(folder), onProgress);
  const { network, index } = networks.get(options.mode)!;
  const notices = new NoticeList();
  const from = await readPointTable(options.from, network.bounds, notices);
  const to = await readPointTable(options.to, network.bounds, notices);
  const useful = findUsefulEdges(network, options.minIsland, new Set());
  const snap = (points: PointTable, needs: number) =>
    snapPoints(network, index, useful, points.lon, points.lat, {
      radiusMeters: options.snapRadius,
      needs,
    });
  const origins = snap(from, TAKES_DEPARTURES);
  const destinations = snap(to, TAKES_ARRIVALS);
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
  warnOfUnlinked('--from', from, origins.nearestMeters);
  warnOfUnlinked('--to', to, destinations.nearestMeters);
  const rows: Array<[string, string, string, string]> = [];
  from.ids.forEach((fromId, i) => {
    to.ids.forEach((toId, j) => {
      const { times, meters } = columns[j]!;
      const time = times![i]!;
      const isReached = time !== UNREACHED;
      rows.push([
        fromId,
        toId,
        isReached ? String(time / DECISECONDS_PER_SECOND) : '',
        isReached ? (Math.round(meters![i]! * 10) / 10).toString() : '',
      ]);
    });
  });
  return stringify([['from_id', 'to_id', 'duration_s', 'distance_m'], ...rows]);
}

/** Names the points that no street of the mode took: their rows are empty. */
function warnOfUnlinked(option: string, points: PointTable, nearestMeters: Float64Array): void {
  const unlinked = points.ids.filter((_, i) => !Number.isFinite(nearestMeters[i]!));
  if (unlinked.length === 0) return;
  if (unlinked.length === points.ids.length) {
    throw new UsageError(`no point of ${option} could be linked to a street of the mode`, {
      remedy: 'Check the extract, the mode, --snap-radius, and --min-island (0 keeps every island).',
    });
  }
  const shown = unlinked.slice(0, 10).join(', ');
  process.stderr.write(
    `${option}: ${unlinked.length} of ${points.ids.length} points lie on no usable street: ${shown}${unlinked.length > 10 ? ', …' : ''}\n`,
  );
}
