/**
 * Transit from every cell to the nearest structure: one backward scan from all structures, then every cell from
 * the profiles of its stops. Pure: typed arrays in, typed arrays out; the same input gives the same output.
 */
import { expandHeadways } from '../transit/headways.ts';
import type { StopTransfers } from '../transit/stop-transfers.ts';
import type { Timetable } from '../transit/timetable.ts';
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
  const profileOptions = profileOptionsOf(options);
  const expanded = expandHeadways(
    timetable,
    Math.floor(profileOptions.from / 10),
    Math.ceil((profileOptions.until + profileOptions.cutoff) / 10),
  );
  const egress = groupEgress(links.egress, links.hours);
  const maxRides = options.maxRides ?? MAX_RIDES;
  const scan = (layers: Pick<ProfileOptions, 'layerCount'>): StopProfiles =>
    scanProfiles(expanded.timetable, links.transfers, egress, { ...profileOptions, ...layers });
  let profiles = scan({});
  let times = evaluateCells(profiles, links.access, links.direct, options);
  if (times.mostRides > maxRides) {
    profiles = scan({ layerCount: maxRides });
    times = evaluateCells(profiles, links.access, links.direct, options);
  }
  return { times, profiles, headwayStepSeconds: expanded.stepSeconds };
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
