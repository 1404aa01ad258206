/** `maillage matrix --mode transit`: walk and scheduled transport, one backward search per destination. */
import { stringify } from 'csv-stringify/sync';
import { describeSparseWindow } from '../batch/sparse-window.ts';
import { metersOfWalk, requireStopsOnStreets } from '../batch/transit-stops.ts';
import type { NoticeList } from '../common/notices.ts';
import { DECISECONDS_PER_SECOND, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import { fingerprintFeed } from '../runtime/hashes.ts';
import type { OnProgress } from '../runtime/networks.ts';
import { runTransitTasks } from '../runtime/pool.ts';
import { tell } from '../runtime/standard-output.ts';
import { loadTransitDay, type TransitDay } from '../runtime/transit-days.ts';
import { preparePeriod, type TransitTask, type TransitTasksSetup } from '../runtime/transit-tasks.ts';
import { loadTransitWalks } from '../runtime/transit-walks.ts';
import { linkPoints } from '../search/point-links.ts';
import type { TransitOptions } from '../search/transit-search.ts';
import { findSparseWindow } from '../transit/window-service.ts';
import type { LinkedMatrix, MatrixOptions } from './matrix-types.ts';
import { isSameDoor } from './point-table.ts';
import { runWords } from './run-language.ts';

/** Minutes. */
const DEFAULT_CUTOFF = 120;
const DEFAULT_ACCESS = 15;
const DEFAULT_TRANSFER = 10;

/** Who leaves in the window boards within this of it, or hardly anything runs for him; seconds. */
const BOARDING_SECONDS = 3600;

const HEADER = ['from_id', 'to_id', 'duration_s', 'distance_m', 'p50_s', 'departure', 'transfers'];

/** @returns the CSV; the day goes to stderr */
export async function computeTransitMatrix(
  options: MatrixOptions,
  linked: LinkedMatrix,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<string> {
  const from = options.depart * DECISECONDS_PER_SECOND;
  const search: TransitOptions = {
    windows: [{ from, until: from + minutesToDeciseconds(options.window) }],
    threshold: 0,
    inclusive: false,
    cutoff: minutesToDeciseconds(options.cutoff ?? DEFAULT_CUTOFF),
  };
  const day = await loadDay(options, linked, search, notices, onProgress);
  const setup = await buildSetup(options, linked, day, search, onProgress);
  const tasks = linked.to.ids.map((_, source): TransitTask => ({ kind: 'column', source }));
  const columns = await runTransitTasks(setup, tasks, options.threads, (done) =>
    onProgress('matrix', done / tasks.length),
  );
  const rows: string[][] = [HEADER];
  linked.from.ids.forEach((fromId, i) => {
    linked.to.ids.forEach((toId, j) => {
      if (isSameDoor(linked.from, i, linked.to, j)) {
        rows.push([fromId, toId, '0', '0', '0', '', '0']);
        return;
      }
      const { best, p50, rides, departure } = columns[j]!.times!;
      const isReached = best[i] !== UNREACHED;
      rows.push([
        fromId,
        toId,
        isReached ? formatSeconds(best[i]!) : '',
        '',
        p50[i] === UNREACHED ? '' : formatSeconds(p50[i]!),
        departure[i] === UNREACHED ? '' : formatTime(departure[i]!),
        isReached ? String(Math.max(0, rides[i]! - 1)) : '',
      ]);
    });
  });
  return stringify(rows);
}

async function loadDay(
  options: MatrixOptions,
  { cache }: LinkedMatrix,
  search: TransitOptions,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<TransitDay> {
  const files = options.gtfs!.map((path) => ({ path, ...fingerprintFeed(path) }));
  const until = (search.windows[0]!.until + search.cutoff) / DECISECONDS_PER_SECOND;
  const day = await loadTransitDay(files, options.date, until, cache, notices, onProgress);
  if (!options.quiet) tell(`${describeDay(day)}\n`);
  const sparse = findSparseWindow(
    day.timetable,
    options.depart,
    options.depart + 60 * options.window + BOARDING_SECONDS,
  );
  if (sparse !== undefined) tell(`${describeSparseWindow(sparse, day.date)}\n`);
  return day;
}

/** The day and what each feed gives on it. */
function describeDay({ date, reason, feeds }: TransitDay): string {
  const { day, feedOnDay } = runWords().told;
  const lines = feeds.map(
    ({ name, first, last, activeTripCount, nightTripCount }) =>
      `  ${feedOnDay(name, first, last, activeTripCount, activeTripCount === 0 ? nightTripCount : 0)}`,
  );
  return [day(date, reason), ...lines].join('\n');
}

async function buildSetup(
  options: MatrixOptions,
  linked: LinkedMatrix,
  { timetable }: TransitDay,
  search: TransitOptions,
  onProgress: OnProgress,
): Promise<TransitTasksSetup> {
  const { network, index, usefulEdges, to, origins, destinations } = linked;
  const { walkSpeed, maxWalk } = options;
  const points = linkPoints(network, origins, 'start', walkSpeed);
  const walks = await loadTransitWalks(
    {
      network: { network, index },
      networkName: linked.networkName,
      usefulEdges,
      timetable,
      cells: points,
      structures: destinations,
    },
    {
      walkSpeedKph: walkSpeed,
      access: minutesToDeciseconds(maxWalk ?? DEFAULT_ACCESS),
      transfer: minutesToDeciseconds(maxWalk ?? DEFAULT_TRANSFER),
      egress: minutesToDeciseconds(maxWalk ?? DEFAULT_ACCESS),
      stopRadiusMeters: metersOfWalk(walkSpeed, maxWalk ?? Math.max(DEFAULT_ACCESS, DEFAULT_TRANSFER)),
    },
    linked.cache,
    (share) => onProgress('walks', share),
  );
  requireStopsOnStreets(timetable, walks.metersOfStop);
  warnOfStops(walks.metersOfStop);
  return {
    streets: {
      engine: options.engine,
      network,
      direction: 'towards',
      walkSpeedKph: walkSpeed,
      sources: destinations,
      sourceLon: to.lon,
      sourceLat: to.lat,
      points,
    },
    walks,
    period: preparePeriod(timetable, walks.walksIntoStops, search),
    hours: undefined,
    options: search,
  };
}

function warnOfStops(metersOfStop: Float64Array): void {
  const unlinked = metersOfStop.filter((meters) => meters === Number.POSITIVE_INFINITY).length;
  const served = metersOfStop.filter((meters) => !Number.isNaN(meters)).length;
  if (unlinked === 0) return;
  tell(`${runWords().told.unlinkedStops(unlinked, served)}\n`);
}

/** Deciseconds as seconds with at most one decimal. */
function formatSeconds(deciseconds: number): string {
  return String(Math.round(deciseconds) / DECISECONDS_PER_SECOND);
}

/** Deciseconds of the day as HH:MM:SS; hours may pass 24. */
function formatTime(deciseconds: number): string {
  const seconds = Math.floor(deciseconds / DECISECONDS_PER_SECOND);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
