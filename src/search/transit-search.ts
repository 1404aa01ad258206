/**
 * Transit from every cell to the nearest structure: one backward scan from all structures, then every cell from
 * the profiles of its stops. Pure: typed arrays in, typed arrays out; the same input gives the same output.
 */
import { type ExpandedTimetable, expandHeadways } from '../transit/headways.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
import { prepareScan, type ScanPeriod } from './scan-period.ts';
import {
  type AccessLinks,
  type CellOptions,
  type DirectWalks,
  evaluateCells,
  type LeavingWindow,
  type TransitTimes,
} from './transit-cells.ts';
import { type EgressLinks, groupEgress, type OpeningHours } from './transit-egress.ts';
import { type ProfileOptions, type StopProfiles, scanProfiles } from './transit-profiles.ts';
import type { ScanScratch } from './transit-scan-scratch.ts';

export interface TransitLinks {
  access: AccessLinks;
  direct: DirectWalks;
  transfers: StopTransfers;
  egress: EgressLinks;
  /** Without it, every structure accepts arrivals at any time. */
  hours?: OpeningHours;
}

export interface TransitOptions extends CellOptions {
  /** Seconds before every boarding, the first included. Default 60. */
  slackSeconds?: number;
  /** Rides in one itinerary at most. Default 8. */
  maxRides?: number;
}

export interface TransitResult {
  times: TransitTimes;
  profiles: StopProfiles;
  /** Seconds between the vehicles that stand for headway services; 0 without any, 1 unless they are too many. */
  headwayStepSeconds: number;
}

/** R5's and most planners' allowance between reaching a stop and leaving it. */
export const BOARDING_SLACK_SECONDS = 60;
export const MAX_RIDES = 8;

/** @throws RangeError if there is no window, or the windows are not ascending and disjoint. */
export function searchTransit(
  timetable: Timetable,
  links: TransitLinks,
  options: TransitOptions,
): TransitResult {
  const expanded = expandForSearch(timetable, options);
  let times: TransitTimes | undefined;
  const profiles = scanTransit(expanded.timetable, links, options, (scanned) => {
    times = evaluateCells(scanned, links.access, links.direct, options);
    return times.mostRides;
  });
  return { times: times!, profiles, headwayStepSeconds: expanded.stepSeconds };
}

/** The timetable with its headway services written out for the windows and the cutoff, for many searches. */
export function expandForSearch(timetable: Timetable, options: TransitOptions): ExpandedTimetable {
  const { from, until, cutoff } = profileOptionsOf(options);
  return expandHeadways(timetable, Math.floor(from / 10), Math.ceil((until + cutoff) / 10));
}

/**
 * What many searches of one timetable share. @param timetable without headway services (`expandForSearch`)
 */
export function prepareSearch(
  timetable: Timetable,
  transfers: StopTransfers,
  options: TransitOptions,
): ScanPeriod {
  const { from, until, cutoff } = profileOptionsOf(options);
  return prepareScan(timetable, transfers, { from, until: until + cutoff });
}

/**
 * The scan alone, and an answer read from it. Where the answer rests on more rides than allowed, the scan is
 * repeated with that limit and `evaluate` called again.
 *
 * @param timetable without headway services (`expandForSearch`)
 * @param scratch for many scans of one timetable; profiles are then valid until the next one
 * @param evaluate returns the greatest number of rides that its answer rests on
 * @throws RangeError if there is no window, or the windows are not ascending and disjoint
 */
export function scanTransit(
  timetable: Timetable,
  links: Pick<TransitLinks, 'transfers' | 'egress' | 'hours'>,
  options: TransitOptions,
  evaluate: (profiles: StopProfiles) => number,
  scratch?: ScanScratch,
): StopProfiles {
  const profileOptions = profileOptionsOf(options);
  const egress = groupEgress(links.egress, links.hours);
  const maxRides = options.maxRides ?? MAX_RIDES;
  const profiles = scanProfiles(timetable, links.transfers, egress, profileOptions, scratch);
  if (evaluate(profiles) <= maxRides) return profiles;
  const limited = scanProfiles(
    timetable,
    links.transfers,
    egress,
    { ...profileOptions, layerCount: maxRides },
    scratch,
  );
  evaluate(limited);
  return limited;
}

function profileOptionsOf(options: TransitOptions): ProfileOptions {
  const { windows, cutoff } = options;
  if (windows.length === 0) throw new RangeError('at least one window of leaving times is needed');
  windows.forEach(({ from, until }, index) => {
    if (!(from < until) || (index > 0 && from < windows[index - 1]!.until)) {
      throw new RangeError(`windows must be ascending and disjoint, not [${from}, ${until}) at ${index}`);
    }
  });
  return {
    slackSeconds: options.slackSeconds ?? BOARDING_SLACK_SECONDS,
    cutoff,
    from: windows[0]!.from,
    until: windows[windows.length - 1]!.until,
  };
}

/**
 * Leaving windows of an arrival window: who is to arrive in [from, until) within the threshold leaves in
 * [from - threshold, until - threshold). Deciseconds of the day.
 */
export function leavingWindowOf(arrival: LeavingWindow, threshold: number): LeavingWindow {
  return { from: arrival.from - threshold, until: arrival.until - threshold };
}
