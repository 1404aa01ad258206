/**
 * The mode transit of a study: stops, structures and cells linked to the walkers' streets, one backward search
 * of the day's timetable from all structures, then each structure on its own. What is special to transit (the
 * day, its feeds, hours, school lines, use) comes out beside the times.
 */
import type { NoticeList } from '../common/notices.ts';
import {
  DECISECONDS_PER_SECOND,
  decisecondsToMinutes,
  isWithin,
  minutesToDeciseconds,
  NO_INDEX,
} from '../common/units.ts';
import type { CellShares, ModeTimes } from '../coverage/coverage-result.ts';
import { summariseTransit } from '../coverage/transit-summary.ts';
import type { IndexedNetwork } from '../network/street-network-file.ts';
import { type HoursOnDay, readHoursOnDay } from '../read/hours-on-day.ts';
import type { PopulationCells, Structure } from '../read/records.ts';
import type { TransitReport } from '../report/transit-report.ts';
import type { Cache } from '../runtime/cache.ts';
import { runTransitTasks } from '../runtime/pool.ts';
import type { TransitDay } from '../runtime/transit-days.ts';
import {
  preparePeriod,
  type TransitTask,
  TransitTasks,
  type TransitTasksSetup,
  withoutNames,
} from '../runtime/transit-tasks.ts';
import { loadTransitWalks } from '../runtime/transit-walks.ts';
import { planOwnSearches } from '../search/own-windows.ts';
import type { DirectWalks, TransitTimes } from '../search/transit-cells.ts';
import { leavingWindowOf, type TransitOptions } from '../search/transit-search.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { Study } from '../study/study.ts';
import { searchBeyondLimit } from './beyond-limit.ts';
import { ownPeriodOf } from './own-period.ts';
import {
  type LinkedMode,
  linkedPoints,
  linkToNetwork,
  type ModeResult,
  type ModeSearchOptions,
  noticeLinks,
  packReach,
  toModeSnaps,
} from './search-mode.ts';
import { LEAST_TIMES, type Sought, searchFromAll, searchWithTimetable } from './search-towards-all.ts';
import { noticeSparseWindow } from './sparse-window.ts';
import { metersOfWalk, noticeStops, requireStopsOnStreets } from './transit-stops.ts';

/** Trips longer than this are not looked for, minutes: the bands and means of what is usual need no more. */
const LONGEST_TRIP_MINUTES = 120;

export interface TransitResult extends Omit<ModeResult, 'linked'> {
  transit: TransitReport;
  linked: LinkedTransit;
}

/** Walks are cached where the network has a name. */
export interface TransitSearchOptions extends ModeSearchOptions {
  cache: Cache;
}

export interface TransitStudyInputs {
  /** The walkers' network, at the study's walking speed. */
  network: IndexedNetwork & { name?: string };
  day: TransitDay;
  structures: readonly Structure[];
  /** structure -> 1 where it lies beyond the border. */
  beyondBorder: Uint8Array;
  cells: PopulationCells;
  shares: CellShares;
}

/** What the searches of a study share. */
export interface LinkedTransit {
  setup: TransitTasksSetup;
  points: SnappedPoints;
  /** The same on the streets. */
  streets: LinkedMode;
  hours: HoursOnDay;
  metersOfStop: Float64Array;
}

export async function searchTransitMode(
  study: Study,
  inputs: TransitStudyInputs,
  notices: NoticeList,
  options: TransitSearchOptions,
): Promise<TransitResult> {
  const { day, structures, beyondBorder, cells } = inputs;
  const { onProgress, isochrones } = options;
  const linked = await linkTransit(study, inputs, notices, options);
  const { setup, points } = linked;
  // Where walking is a mode of the study as well, its links are told there already.
  if (!study.modes.includes('walk')) {
    noticeLinks(study, 'transit', structures, setup.streets.sources, cells, points, notices);
  }
  noticeStops(day.timetable, linked.metersOfStop, study.structureRadiusMeters, notices);

  const tasks = new TransitTasks(setup);
  // The workers search structure by structure while this thread searches from all of them.
  const searchingEach = searchEach(study, setup, structures.length, tasks, options);
  onProgress('search transit', 0);
  const every = structures.map((_, i) => i);
  const { times, direct, bands } = searchFromAll(tasks, setup, every, {
    minutes: isochrones === 'none' ? [] : study.isochronesMinutes,
    isUsualSought: true,
  });
  const linkedCell = linkedPoints(points);
  searchBeyondLimit({ tasks, setup, structures: every, linkedCell, times, direct, isUsualSought: true });
  const inside = every.filter((i) => beyondBorder[i] === 0);
  const withoutBeyond =
    inside.length < every.length ? searchFromAll(tasks, setup, inside, LEAST_TIMES).times.best : undefined;
  const withoutSchoolOnly =
    day.withoutSchoolOnly === undefined
      ? undefined
      : searchWithTimetable(setup, day.withoutSchoolOnly, every).best;
  onProgress('search transit', 1);
  const { reach, structureBands } = await searchingEach();
  return {
    times: {
      ...toTransitModeTimes(times, points),
      ...(withoutBeyond === undefined ? {} : { timeOfCellWithoutBeyond: withoutBeyond }),
      reach,
    },
    snaps: toModeSnaps('transit', points, setup.streets.sources),
    mergedBands: bands,
    structureBands,
    transit: describeTransit(study, inputs, linked, times, direct, withoutSchoolOnly, notices),
    linked,
  };
}

/** Links stops, structures and cells to the streets, and prepares the day for the searches. */
export async function linkTransit(
  study: Study,
  { network, day, structures, cells }: Omit<TransitStudyInputs, 'beyondBorder' | 'shares'>,
  notices: NoticeList,
  { engine, isochrones, onProgress, cache }: Omit<TransitSearchOptions, 'threads'>,
  known?: LinkedMode,
): Promise<LinkedTransit> {
  const hours = await readHoursOnDay(structures, day.date, notices, study.window);
  onProgress('links transit', 0);
  const linked = linkToNetwork(study, network, structures, cells, engine, known);
  const { setup: streets, points } = linked;
  const { timetable } = day;
  // However far off the street, as long as a walk to the stop may be; a bus does pass there.
  const farthestStop = metersOfWalk(
    study.walk.speedKph,
    Math.max(study.walk.accessMinutes, study.walk.transferMinutes, study.walk.egressMinutes),
  );
  const walks = await loadTransitWalks(
    {
      network,
      networkName: network.name,
      usefulEdges: streets.usefulEdges!,
      timetable,
      cells: streets.points!,
      structures: streets.sources,
    },
    {
      walkSpeedKph: study.walk.speedKph,
      access: minutesToDeciseconds(study.walk.accessMinutes),
      transfer: minutesToDeciseconds(study.walk.transferMinutes),
      egress: minutesToDeciseconds(study.walk.egressMinutes),
      stopRadiusMeters: farthestStop,
      withVertices: isochrones !== 'none',
    },
    cache,
    (share) => onProgress('links transit', 0.99 * share),
  );
  const options = transitOptionsOf(study);
  const period = preparePeriod(timetable, walks.walksIntoStops, options);
  const setup: TransitTasksSetup = {
    streets,
    walks,
    period,
    hours,
    isClosed: hours.isClosed,
    ...ownPeriodOf(
      timetable,
      period.transfersBetween,
      options,
      planOwnSearches(hours.openingsOfWeek, hours.isShutInWindow, options),
    ),
    options,
    wholeDay: withoutNames(timetable),
  };
  onProgress('links transit', 1);
  requireStopsOnStreets(timetable, walks.metersOfStop);
  return { setup, points, streets: linked, hours, metersOfStop: walks.metersOfStop };
}

/** The search's parameters of a study: its arrival window gives the leaving window. */
export function transitOptionsOf(study: Study): TransitOptions {
  const threshold = minutesToDeciseconds(study.thresholdMinutes);
  const window = {
    from: study.window.fromSeconds * DECISECONDS_PER_SECOND,
    until: study.window.toSeconds * DECISECONDS_PER_SECOND,
  };
  return {
    windows: [study.window.anchor === 'arrival' ? leavingWindowOf(window, threshold) : window],
    threshold,
    inclusive: study.inclusive,
    cutoff: Math.max(threshold, minutesToDeciseconds(LONGEST_TRIP_MINUTES)),
  };
}

/** The last moment of the day that a trip of the study may matter, seconds. */
export function lastSecondOf(study: Study): number {
  const { windows, cutoff } = transitOptionsOf(study);
  return Math.ceil((windows[0]!.until + cutoff) / DECISECONDS_PER_SECOND);
}

/** One search towards the given structures, beyond the limit too. */
export function searchTransitFrom(
  { setup, points }: LinkedTransit,
  structures: readonly number[],
  { isUsualSought }: Pick<Sought, 'isUsualSought'>,
) {
  const tasks = new TransitTasks(setup);
  const found = searchFromAll(tasks, setup, structures, { ...LEAST_TIMES, isUsualSought });
  const linkedCell = linkedPoints(points);
  searchBeyondLimit({ tasks, setup, structures, linkedCell, ...found, isUsualSought });
  return found;
}

/** The search's answer as the coverage stage takes it. */
export function toTransitModeTimes(times: TransitTimes, points: SnappedPoints): ModeTimes {
  return {
    mode: 'transit',
    timeOfCell: times.best,
    nearestStructureOfCell: Int32Array.from(times.structure, (structure) =>
      structure === NO_INDEX ? -1 : structure,
    ),
    distanceOfCell: undefined,
    linkedCell: linkedPoints(points),
    medianOfCell: times.p50,
    availabilityOfCell: times.availability,
  };
}

/**
 * Starts the search from each structure on the workers, and searches from the first one here: the searches that
 * follow find their code compiled. The function returned takes part in the rest.
 */
function searchEach(
  study: Study,
  setup: TransitTasksSetup,
  structureCount: number,
  here: TransitTasks,
  options: ModeSearchOptions,
) {
  const [task, ...others] = Array.from(
    { length: structureCount },
    (_, source): TransitTask => ({
      kind: 'structure',
      source,
      thresholdDeciseconds: minutesToDeciseconds(study.thresholdMinutes),
      inclusive: study.inclusive,
      isochroneMinutes: options.isochrones === 'all' ? study.isochronesMinutes : [],
    }),
  );
  options.onProgress('structures transit', 0);
  const onDone = (done: number) => options.onProgress('structures transit', (done + 1) / structureCount);
  const searching = runTransitTasks(setup, others, options.threads, onDone, here);
  searching.catch(() => {}); // Thrown where its turn comes.
  const first = here.run(task!);
  return async () => {
    const results = [first, ...(await searching)];
    options.onProgress('structures transit', 1);
    return {
      reach: packReach(results.map(({ reach }) => reach!)),
      structureBands: options.isochrones === 'all' ? results.map(({ bands }) => bands ?? []) : [],
    };
  };
}

function describeTransit(
  study: Study,
  { day, shares }: TransitStudyInputs,
  { setup, points, hours, metersOfStop }: LinkedTransit,
  times: TransitTimes,
  direct: DirectWalks,
  withoutSchoolOnly: Int32Array | undefined,
  notices: NoticeList,
): TransitReport {
  const { windows, threshold, inclusive } = setup.options;
  const linked = linkedPoints(points);
  const isServed = (meters: number) => !Number.isNaN(meters);
  return {
    date: day.date,
    usual: day.usual,
    feeds: day.feeds.map(({ onDemand, nightTripCount: _, ...feed }) => ({
      ...feed,
      onDemandTripCount: onDemand.tripCount,
      onDemandZoneCount: onDemand.zoneCount,
    })),
    leaving: {
      fromSeconds: windows[0]!.from / DECISECONDS_PER_SECOND,
      untilSeconds: windows[0]!.until / DECISECONDS_PER_SECOND,
    },
    use: summariseTransit(shares, {
      best: times.best,
      walk: direct.deciseconds,
      rides: times.rides,
      transferWait: times.transferWait,
      thresholdDeciseconds: threshold,
      inclusive,
      limitDeciseconds: setup.options.cutoff,
    }),
    sparseWindow: noticeSparseWindow(study, day.timetable, notices),
    limitMinutes: decisecondsToMinutes(setup.options.cutoff),
    stopCount: metersOfStop.filter(isServed).length,
    stopCountNotLinked: metersOfStop.filter((meters) => meters === Number.POSITIVE_INFINITY).length,
    hours: {
      knownCount: hours.knownCount,
      closedCount: hours.closedCount,
      outsideWindowCount: hours.outsideWindowCount,
    },
    schoolOnlyLines: day.schoolOnlyLines,
    populationCoveredWithoutSchoolOnly:
      withoutSchoolOnly && countWithin(shares, withoutSchoolOnly, linked, study),
  };
}

function countWithin(
  { cellCount, firstEntryOfCell, populationOfEntry }: CellShares,
  times: Int32Array,
  linked: Uint8Array,
  { thresholdMinutes, inclusive }: Study,
): number {
  const threshold = minutesToDeciseconds(thresholdMinutes);
  let people = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    if (linked[cell] === 0 || !isWithin(times[cell]!, threshold, inclusive)) continue;
    for (let entry = firstEntryOfCell[cell]!; entry < firstEntryOfCell[cell + 1]!; entry++) {
      people += populationOfEntry[entry]!;
    }
  }
  return people;
}
