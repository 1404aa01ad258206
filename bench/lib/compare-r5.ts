/**
 * Our transit and walking times beside R5's: which pairs count, differences and their quantiles, and the bounds
 * that they must keep. In: pairs with both sides' seconds. Out: one `R5Comparison`. Reads no file.
 */

/** What the differences to R5 must keep. Source: the issue on transit, "Must show", 4. Seconds, shares. */
export const R5_BOUNDS = {
  greatestMedian: 15,
  leastWithin60: 0.8,
  leastWithin120: 0.9,
  greatestOneSided: 0.005,
  /** Ours less R5's `best`, in the median: R5 samples full minutes and waits at the first stop. */
  leastBest: -60,
  greatestBest: 30,
} as const;

/** R5 caps direct walks like the others, seconds. */
const LONGEST_R5_WALK = 1800;

export interface R5Pair {
  from: string;
  to: string;
  /** Undefined where not reached. For walking alone, `p50` is the walk and `best` undefined. */
  ourBest: number | undefined;
  ourP50: number | undefined;
  /** Our direct walk. */
  ourWalk: number | undefined;
  r5Best: number | undefined;
  r5P50: number | undefined;
}

export interface R5Comparison {
  name: string;
  pairCount: number;
  /** Pairs left out: of points that we do not link, and of walks that R5 caps. */
  notLinkedCount: number;
  cappedCount: number;
  bothCount: number;
  onlyR5: R5Pair[];
  onlyOurs: R5Pair[];
  /** One-sided pairs over those that count and either side reaches. */
  oneSidedShare: number;
  medianP50: number;
  /** Median of the differences' sizes. */
  medianSize: number;
  within60: number;
  within120: number;
  medianBest: number;
  /** Our p50 less R5's, the furthest first. */
  worst: Array<{ pair: R5Pair; difference: number }>;
}

/** @param linked ids of points that we link; pairs of others are left out */
export function compareToR5(
  name: string,
  pairs: readonly R5Pair[],
  linked: ReadonlySet<string>,
): R5Comparison {
  const isLinked = ({ from, to }: R5Pair) => linked.has(from) && linked.has(to);
  const isCapped = ({ ourWalk, r5P50 }: R5Pair) =>
    ourWalk !== undefined && ourWalk > LONGEST_R5_WALK && (r5P50 === undefined || ourWalk < r5P50);
  const onLinks = pairs.filter(isLinked);
  const counted = onLinks.filter((pair) => !isCapped(pair));
  const both = counted.flatMap((pair) =>
    pair.ourP50 === undefined || pair.r5P50 === undefined
      ? []
      : [{ pair, difference: pair.ourP50 - pair.r5P50 }],
  );
  const onlyR5 = counted.filter(({ ourP50, r5P50 }) => ourP50 === undefined && r5P50 !== undefined);
  const onlyOurs = counted.filter(({ ourP50, r5P50 }) => ourP50 !== undefined && r5P50 === undefined);
  const sizes = both.map(({ difference }) => Math.abs(difference));
  const shareWithin = (seconds: number) => sizes.filter((size) => size <= seconds).length / sizes.length;
  return {
    name,
    pairCount: pairs.length,
    notLinkedCount: pairs.length - onLinks.length,
    cappedCount: onLinks.length - counted.length,
    bothCount: both.length,
    onlyR5,
    onlyOurs,
    oneSidedShare: (onlyR5.length + onlyOurs.length) / (both.length + onlyR5.length + onlyOurs.length),
    medianP50: medianOf(both.map(({ difference }) => difference)),
    medianSize: medianOf(sizes),
    within60: shareWithin(60),
    within120: shareWithin(120),
    medianBest: medianOf(
      counted.flatMap(({ ourBest, r5Best }) =>
        ourBest === undefined || r5Best === undefined ? [] : [ourBest - r5Best],
      ),
    ),
    worst: both.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
  };
}

/** Bounds that the comparison misses, each as a sentence; empty where it keeps all. */
export function missedR5Bounds(comparison: R5Comparison): string[] {
  const { name, medianP50, within60, within120, oneSidedShare, medianBest } = comparison;
  const missed: string[] = [];
  const miss = (isKept: boolean, sentence: string) => {
    if (!isKept) missed.push(`${name}: ${sentence}`);
  };
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  // Written so that NaN, of no pairs, misses.
  miss(Math.abs(medianP50) <= R5_BOUNDS.greatestMedian, `p50 is ${medianP50.toFixed(1)} s off in the median`);
  miss(within60 >= R5_BOUNDS.leastWithin60, `${percent(within60)} of p50 within 60 s`);
  miss(within120 >= R5_BOUNDS.leastWithin120, `${percent(within120)} of p50 within 2 min`);
  miss(oneSidedShare <= R5_BOUNDS.greatestOneSided, `${percent(oneSidedShare)} reached by one side only`);
  const hasBest = comparison.worst.some(({ pair }) => pair.r5Best !== undefined);
  miss(
    !hasBest || (medianBest >= R5_BOUNDS.leastBest && medianBest <= R5_BOUNDS.greatestBest),
    `best is ${medianBest.toFixed(1)} s off in the median`,
  );
  return missed;
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
