/**
 * Our times beside another engine's: ratios, their quantiles, and the bounds they must keep.
 *
 * In: pairs with our seconds and the reference's. Out: one `Comparison` per place and mode. Nothing here reads
 * a file or starts a program.
 */
import type { StreetMode } from '../../src/common/units.ts';
import type { ReferencePair } from './engine-references.ts';

/** What the ratio to OSRM must keep at every place. Source: the issue on the main job, "Must show", 9. */
export interface Bounds {
  leastMedian: number;
  greatestMedian: number;
  greatestSpread: number;
}

export const BOUNDS: Readonly<Record<StreetMode, Bounds>> = {
  car: { leastMedian: 0.92, greatestMedian: 1.02, greatestSpread: 0.08 },
  walk: { leastMedian: 0.97, greatestMedian: 1.03, greatestSpread: 0.05 },
  bike: { leastMedian: 0.9, greatestMedian: 1.02, greatestSpread: 0.09 },
};

export interface TimedPair extends ReferencePair {
  /** Undefined where we find no way. */
  ourSeconds: number | undefined;
  ourMeters: number | undefined;
}

export interface RatioSummary {
  count: number;
  median: number;
  lowerQuartile: number;
  upperQuartile: number;
  /** Upper less lower quartile. */
  spread: number;
  percentile1: number;
  percentile99: number;
}

export interface Comparison {
  place: string;
  mode: StreetMode;
  pairCount: number;
  osrm: RatioSummary;
  valhalla: RatioSummary;
  onlyOsrm: TimedPair[];
  onlyOurs: TimedPair[];
  neitherCount: number;
  /** Pairs with their ratio to OSRM, the furthest from 1 first. */
  worst: Array<{ pair: TimedPair; ratio: number }>;
}

export function compareTimes(place: string, mode: StreetMode, pairs: readonly TimedPair[]): Comparison {
  const withOsrm = ratiosTo(pairs, (pair) => pair.osrmSeconds);
  const reaches = (seconds: number | undefined) => seconds !== undefined;
  return {
    place,
    mode,
    pairCount: pairs.length,
    osrm: summarise(withOsrm.map(({ ratio }) => ratio)),
    valhalla: summarise(ratiosTo(pairs, (pair) => pair.valhallaSeconds).map(({ ratio }) => ratio)),
    onlyOsrm: pairs.filter((pair) => reaches(pair.osrmSeconds) && !reaches(pair.ourSeconds)),
    onlyOurs: pairs.filter((pair) => !reaches(pair.osrmSeconds) && reaches(pair.ourSeconds)),
    neitherCount: pairs.filter((pair) => !reaches(pair.osrmSeconds) && !reaches(pair.ourSeconds)).length,
    worst: withOsrm.sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio))),
  };
}

/** Bounds that the comparison misses, each as a sentence; empty where it keeps all. */
export function missedBounds(comparison: Comparison): string[] {
  const { place, mode, osrm } = comparison;
  const { leastMedian, greatestMedian, greatestSpread } = BOUNDS[mode];
  const missed: string[] = [];
  // Written so that NaN, the median of no pairs, misses.
  if (!(osrm.median >= leastMedian && osrm.median <= greatestMedian)) {
    missed.push(
      `${place}, ${mode}: median ${osrm.median.toFixed(3)} not in ${leastMedian}–${greatestMedian}`,
    );
  }
  if (!(osrm.spread <= greatestSpread)) {
    missed.push(`${place}, ${mode}: quartiles ${osrm.spread.toFixed(3)} apart, more than ${greatestSpread}`);
  }
  return missed;
}

/** Points to which pairs that only OSRM reaches come down: those of which no pair at all is ours. */
export function pointsWithoutPairs(pairs: readonly TimedPair[]): { from: string[]; to: string[] } {
  const without = (end: 'from' | 'to') => {
    const reached = new Set(pairs.filter((p) => p.ourSeconds !== undefined).map((pair) => pair[end]));
    return [...new Set(pairs.map((pair) => pair[end]))].filter((id) => !reached.has(id));
  };
  return { from: without('from'), to: without('to') };
}

/** Quantiles by linear interpolation; all NaN where there is no ratio. */
export function summarise(ratios: readonly number[]): RatioSummary {
  const sorted = [...ratios].sort((a, b) => a - b);
  const lowerQuartile = quantile(sorted, 0.25);
  const upperQuartile = quantile(sorted, 0.75);
  return {
    count: sorted.length,
    median: quantile(sorted, 0.5),
    lowerQuartile,
    upperQuartile,
    spread: upperQuartile - lowerQuartile,
    percentile1: quantile(sorted, 0.01),
    percentile99: quantile(sorted, 0.99),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below);
}

/** Pairs that both sides reach, a pair from a point to itself left out (0 s has no ratio). */
function ratiosTo(
  pairs: readonly TimedPair[],
  secondsOf: (pair: TimedPair) => number | undefined,
): Array<{ pair: TimedPair; ratio: number }> {
  return pairs.flatMap((pair) => {
    const seconds = secondsOf(pair);
    if (pair.ourSeconds === undefined || pair.ourSeconds === 0 || seconds === undefined || seconds === 0)
      return [];
    return [{ pair, ratio: pair.ourSeconds / seconds }];
  });
}
