/**
 * The transit searches that are independent of each other, one task each, in whatever thread: a column of a
 * matrix (one destination, all origins), or one structure (the cells within the threshold of it, and its
 * isochrones). Each is one scan of the timetable, joined with the direct walks.
 */
import { isWithin, minutesToDeciseconds, NO_INDEX, UNREACHED } from '../common/units.ts';
import type { ContourBand } from '../isochrones/contour.ts';
import { IsochroneScratch } from '../isochrones/scratch.ts';
import type { SurfaceSeed } from '../isochrones/seed-places.ts';
import { buildSeeds, evaluatePoints, type PointTimes } from '../search/door-to-door.ts';
import type { OwnSearch, OwnSearches } from '../search/own-windows.ts';
import { walkOffRoad } from '../search/point-links.ts';
import type { ScanPeriod } from '../search/scan-period.ts';
import { StreetSearch } from '../search/street-search.ts';
import { accessByStop, lowerByStops, type StopAccess, StopBest } from '../search/transit-best.ts';
import { type DirectWalks, evaluateCells, type TransitTimes } from '../search/transit-cells.ts';
import { type OpeningHours, pickEgress } from '../search/transit-egress.ts';
import type { StopProfiles } from '../search/transit-profiles.ts';
import { ScanScratch } from '../search/transit-scan-scratch.ts';
import {
  BOARDING_SLACK_SECONDS,
  expandForSearch,
  prepareSearch,
  scanTransit,
  type TransitLinks,
  type TransitOptions,
} from '../search/transit-search.ts';
import type { TransitWalks } from '../search/transit-walks.ts';
import { buildStopTransfers, type StopWalks } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
import { drawTimes, type StreetTasksSetup, surfaceSeeds } from './street-tasks.ts';

/** What all tasks share; structured-cloned to each worker, shared arrays by reference. */
export interface TransitTasksSetup {
  /** The walkers' network, with structures (or destinations) and cells (or origins) linked to it. */
  streets: StreetTasksSetup;
  walks: Pick<TransitWalks, 'access' | 'egress' | 'vertexAccess' | 'servedStops' | 'snappedStops'>;
  /** Of the day's timetable without names (`preparePeriod`). */
  period: ScanPeriod;
  hours: OpeningHours | undefined;
  /** structure -> 1 where it is closed all day: only its opening times of other days lead there. */
  isClosed?: Uint8Array;
  /** Searches of structures of known hours whenever they are open, and the period that holds their windows. */
  own?: { searches: OwnSearches; period: ScanPeriod };
  options: TransitOptions;
  /** The day's timetable with its headway services as patterns, for searches beyond the period. */
  wholeDay?: Timetable;
}

export type TransitTask =
  | { kind: 'column'; source: number }
  | {
      kind: 'structure';
      source: number;
      thresholdDeciseconds: number;
      inclusive: boolean;
      /** Minutes of the isochrones; empty = none. */
      isochroneMinutes: readonly number[];
    };

export interface TransitTaskResult {
  /** Column. */
  times?: Pick<TransitTimes, 'best' | 'p50' | 'rides' | 'departure'>;
  /** Structure: positions of the cells within the threshold, ascending. */
  reach?: Uint32Array;
  bands?: ContourBand[];
}

/** A timetable for workers: names are not sent to each. */
export function withoutNames(timetable: Timetable): Timetable {
  return {
    ...timetable,
    stopIdOfStop: [],
    nameOfStop: [],
    routeIdOfRoute: [],
    nameOfRoute: [],
    tripIdOfDayTrip: [],
    headsignOfDayTrip: [],
  };
}

/** What the tasks of a day share: its headway services written out, transfers by walks and rules, connections. */
export function preparePeriod(
  timetable: Timetable,
  walksIntoStops: StopWalks,
  options: TransitOptions,
): ScanPeriod {
  const transfers = buildStopTransfers(timetable, walksIntoStops, {
    slackSeconds: options.slackSeconds ?? BOARDING_SLACK_SECONDS,
  });
  const expanded = withoutNames(expandForSearch(timetable, options).timetable);
  return prepareSearch(expanded, transfers, options);
}

/** The names of another timetable of the same feeds. */
export function withNames(timetable: Timetable, named: Timetable): Timetable {
  const { stopIdOfStop, nameOfStop, routeIdOfRoute, nameOfRoute, tripIdOfDayTrip, headsignOfDayTrip } = named;
  return {
    ...timetable,
    stopIdOfStop,
    nameOfStop,
    routeIdOfRoute,
    nameOfRoute,
    tripIdOfDayTrip,
    headsignOfDayTrip,
  };
}

type ScanLinks = Pick<TransitLinks, 'transfers' | 'egress' | 'hours'>;

/** @returns the greatest number of rides that an answer rests on, as in `scanTransit` */
export type EvaluateScan = (profiles: StopProfiles, limits: TransitOptions, isAgain: boolean) => number;

function scan(
  { timetable }: ScanPeriod,
  links: ScanLinks,
  limits: TransitOptions,
  evaluate: EvaluateScan,
  scratch: ScanScratch,
): void {
  let calls = 0;
  scanTransit(timetable, links, limits, (profiles) => evaluate(profiles, limits, calls++ > 0), scratch);
}

/** Bands in the making: scans are added one by one, each before the next begins. */
export interface BandDrawing {
  /** @returns the greatest number of rides in an answer */
  add: (profiles: StopProfiles, options: TransitOptions, isAgain: boolean) => number;
  finish: (sources: readonly number[]) => ContourBand[];
}

export class TransitTasks {
  private readonly search: StreetSearch;
  private scratch: IsochroneScratch | undefined;
  private cellAccess: StopAccess | undefined;
  private scanScratch: ScanScratch | undefined;
  private ownScratch: ScanScratch | undefined;

  constructor(private readonly setup: TransitTasksSetup) {
    this.search = new StreetSearch(setup.streets.network, 'towards');
  }

  run(task: TransitTask): TransitTaskResult {
    return task.kind === 'column' ? this.runColumn(task) : this.runStructure(task);
  }

  private runColumn({ source }: Extract<TransitTask, { kind: 'column' }>): TransitTaskResult {
    const { period, walks, options } = this.setup;
    const direct = this.walkDirectly([source], options.cutoff);
    let times: TransitTimes | undefined;
    const evaluate = (profiles: StopProfiles): number => {
      times = evaluateCells(profiles, walks.access, direct, options);
      return times.mostRides;
    };
    scanTransit(period.timetable, this.linksTo([source]), options, evaluate, this.takeScratch());
    const { best, p50, rides, departure } = times!;
    return { times: { best, p50, rides, departure } };
  }

  private runStructure(task: Extract<TransitTask, { kind: 'structure' }>): TransitTaskResult {
    const { thresholdDeciseconds, inclusive, isochroneMinutes } = task;
    const { period, walks, options } = this.setup;
    const farthest = minutesToDeciseconds(Math.max(0, ...isochroneMinutes));
    const cutoff = Math.min(options.cutoff, Math.max(thresholdDeciseconds, farthest));
    const direct = this.walkTimes([task.source], cutoff).times;
    this.cellAccess ??= accessByStop(walks.access, period.timetable.stopCount);
    const times = direct.slice();
    const drawing = isochroneMinutes.length === 0 ? undefined : this.startDrawing(isochroneMinutes);
    this.scanEach([task.source], { ...options, cutoff }, (profiles, limits, isAgain) => {
      if (isAgain) times.set(direct);
      const rides = lowerByStops(profiles, this.cellAccess!, limits, times);
      return Math.max(rides, drawing?.add(profiles, limits, isAgain) ?? 0);
    });
    const bands = drawing?.finish([task.source]);
    const within: number[] = [];
    for (let cell = 0; cell < times.length; cell++) {
      if (isWithin(times[cell]!, thresholdDeciseconds, inclusive)) within.push(cell);
    }
    return { reach: Uint32Array.from(within), ...(bands === undefined ? {} : { bands }) };
  }

  /**
   * The scans whose least times are those of the given structures: one in the study's window, and one whenever
   * those of known hours are open, which holds the first where there are no others. `evaluate` as in
   * `scanTransit`; `isAgain` where it is called a second time for the same scan.
   */
  scanEach(sources: readonly number[], options: TransitOptions, evaluate: EvaluateScan): void {
    const whenOpen = this.setup.own?.searches.whenOpen;
    if (whenOpen === undefined || sources.some((source) => whenOpen.isSought[source] === 0)) {
      this.scanWindow(sources, options, evaluate);
    }
    if (whenOpen !== undefined) this.scanOwn(whenOpen, sources, options, evaluate);
  }

  /** The scan in the study's window. */
  scanWindow(sources: readonly number[], options: TransitOptions, evaluate: EvaluateScan): void {
    scan(this.setup.period, this.linksTo(sources), options, evaluate, this.takeScratch());
  }

  /** A scan in the structures' own time, of those of the sources that it is towards; none where it is of no one. */
  scanOwn(
    { isSought, window, hours }: OwnSearch,
    sources: readonly number[],
    options: TransitOptions,
    evaluate: EvaluateScan,
  ): void {
    const sought = sources.filter((source) => isSought[source] === 1);
    if (sought.length === 0) return;
    const { period } = this.setup.own!;
    this.ownScratch ??= new ScanScratch(period);
    const limits = { ...options, windows: [window] };
    scan(period, { ...this.pickLinks(sought), hours }, limits, evaluate, this.ownScratch);
  }

  /**
   * Isochrones of one scan after another; the direct walks to the structures must have been searched last. Stops
   * stand part-way along streets: each adds its own place, not only the junctions beside it.
   */
  startDrawing(minutes: readonly number[]): BandDrawing {
    const { streets, walks } = this.setup;
    const { vertexAccess } = walks;
    if (vertexAccess === undefined) throw new Error('the walks were built without vertices');
    const cutoff = minutesToDeciseconds(Math.max(...minutes));
    let times = Int32Array.from(this.search.times);
    let before = times;
    let seeds: SurfaceSeed[] = [];
    let seedsBefore = seeds;
    return {
      add: (profiles, options, isAgain) => {
        if (!isAgain) [before, seedsBefore] = [times, seeds];
        times = before.slice();
        const limits = { windows: options.windows, cutoff: Math.min(cutoff, options.cutoff) };
        const mostRides = lowerByStops(profiles, vertexAccess, limits, times);
        seeds = [...seedsBefore, ...this.stopSeeds(profiles, limits)];
        return mostRides;
      },
      finish: (sources) => {
        this.scratch ??= new IsochroneScratch();
        const all = [...surfaceSeeds(streets, sources), ...seeds];
        return drawTimes(streets, times, undefined, all, minutes, this.scratch);
      },
    };
  }

  /** The tasks' scans share their memory: each is done with its profiles before the next begins. */
  takeScratch(): ScanScratch {
    this.scanScratch ??= new ScanScratch(this.setup.period);
    return this.scanScratch;
  }

  /** Direct walks of the cells to the nearest of the sources, named by their position among all structures. */
  walkDirectly(sources: readonly number[], limit: number): DirectWalks {
    const { times, sources: nearest } = this.walkTimes(sources, limit);
    const structure = new Uint32Array(times.length).fill(NO_INDEX);
    for (let cell = 0; cell < times.length; cell++) {
      if (times[cell] !== UNREACHED) structure[cell] = sources[nearest[cell]!]!;
    }
    return { deciseconds: times, structure };
  }

  private walkTimes(sources: readonly number[], limit: number): PointTimes {
    const { network, sources: snapped, walkSpeedKph, points } = this.setup.streets;
    const seedSet = buildSeeds(network, snapped, sources, 'towards', walkSpeedKph);
    this.search.run(seedSet.seeds, limit);
    const found = evaluatePoints(network, this.search, seedSet, points!, 'towards', false);
    const { times } = found;
    for (let cell = 0; cell < times.length; cell++) if (times[cell]! > limit) times[cell] = UNREACHED;
    return found;
  }

  /** The links of a search towards some of the structures. */
  linksTo(sources: readonly number[]): Pick<TransitLinks, 'transfers' | 'egress' | 'hours'> {
    const { hours, isClosed } = this.setup;
    const open = isClosed === undefined ? sources : sources.filter((source) => isClosed[source] === 0);
    return { ...this.pickLinks(open), ...(hours === undefined ? {} : { hours }) };
  }

  private pickLinks(sources: readonly number[]): Pick<TransitLinks, 'transfers' | 'egress'> {
    const { walks, period, streets } = this.setup;
    const isAll = sources.length === streets.sources.count;
    const isKept = new Uint8Array(streets.sources.count);
    for (let i = 0; i < sources.length; i++) isKept[sources[i]!] = 1;
    return {
      transfers: period.transfersBetween,
      egress: isAll ? walks.egress : pickEgress(walks.egress, isKept),
    };
  }

  private stopSeeds(
    profiles: StopProfiles,
    limits: Pick<TransitOptions, 'windows' | 'cutoff'>,
  ): SurfaceSeed[] {
    const { streets, walks, period } = this.setup;
    const { servedStops, snappedStops } = walks;
    const best = new StopBest(profiles, limits);
    const seeds: SurfaceSeed[] = [];
    servedStops.forEach((stop, position) => {
      if (!best.take(stop)) return;
      const time = best.at(0);
      if (time === UNREACHED) return;
      const first = snappedStops.firstCandidate[position]!;
      for (let k = first; k < snappedStops.firstCandidate[position + 1]!; k++) {
        const offRoad = walkOffRoad(snappedStops.distances[k]!, streets.walkSpeedKph);
        seeds.push({
          lon: period.timetable.lonOfStop[stop]!,
          lat: period.timetable.latOfStop[stop]!,
          timeDeciseconds: time,
          isStop: true,
          link: {
            edge: snappedStops.edges[k]!,
            fraction: snappedStops.fractions[k]!,
            timeDeciseconds: time + offRoad,
          },
        });
      }
    });
    return seeds;
  }
}
