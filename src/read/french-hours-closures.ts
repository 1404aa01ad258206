/**
 * What French hours say of times when nobody is received: of the year (`fermé en août`, `hors vacances scolaires`),
 * taken out of the sequence and made rules in OSM's syntax that hold after all others; of the day (`pause 12h-14h`),
 * cut out of its times.
 */
import type { Range } from './day-ranges.ts';
import type { Item } from './french-hours-items.ts';

/** `mardi 9h-12h, jeudi 14h-17h en période scolaire`: of Thursdays, or of both. */
export function hasUnclearTerm(all: readonly Item[]): boolean {
  const groupCount = all.filter(({ kind }) => kind === 'days').length;
  return all.some(
    (item, at) => item.kind === 'school-term' && at > 0 && !item.isAfterBreak && groupCount > 1,
  );
}

/** `fermé en août`, `août : fermé`, `sauf vacances scolaires` -> rules of their own, out of the sequence. */
export function takeClosures(all: readonly Item[]): { items: Item[]; closures: string[] } {
  const items: Item[] = [];
  const closures: string[] = [];
  const selectorOf = (item: Item | undefined): string | undefined => {
    return item?.kind === 'scope' && item.selector !== '' ? item.selector : undefined;
  };
  // What holds in the holidays is said beside.
  const saysHolidays = all.some((item) => item.kind === 'scope' && item.selector === 'SH');
  for (let at = 0; at < all.length; at++) {
    const [item, next, after] = [all[at]!, all[at + 1], all[at + 2]];
    const isShut = item.kind === 'closed' || item.kind === 'except';
    const ofNext = selectorOf(next);
    const own = selectorOf(item);
    const isFree = item.kind === 'except' || items.at(-1)?.kind !== 'days' || after === undefined;
    if (item.kind === 'school-term') {
      if (!saysHolidays) closures.push('SH off');
    } else if (isShut && ofNext !== undefined && isFree) {
      closures.push(`${ofNext} off`);
      at++;
      // `sauf en août (fermé)` says it twice.
      if (item.kind === 'except' && all[at + 1]?.kind === 'closed') at++;
    } else if (own !== undefined && next?.kind === 'closed' && after?.kind !== 'days') {
      closures.push(`${own} off`);
      at++;
    } else items.push(item);
  }
  return { items, closures };
}

/**
 * `9h-17h, fermé de 12h à 14h`: the times without the break. Undefined where it may be of some times only, or where
 * they do not hold it.
 */
export function takeBreaks(all: readonly Item[]): readonly Item[] | undefined {
  const breaks = all.filter((item) => item.kind === 'pause');
  if (breaks.length === 0) return all;
  const timesCount = all.filter(({ kind }) => kind === 'times').length;
  const isOfAll = breaks.every(({ isAfterBreak }) => isAfterBreak) || timesCount === 1;
  if (timesCount === 0 || !isOfAll || all.some(({ kind }) => kind === 'scope')) return undefined;
  const items: Item[] = [];
  for (const item of all) {
    if (item.kind === 'pause') continue;
    if (item.kind !== 'times') {
      items.push(item);
      continue;
    }
    let ranges: Range[] | undefined = item.ranges;
    for (const { range } of breaks) ranges = ranges && cutOut(range, ranges);
    if (ranges === undefined) return undefined;
    items.push({ kind: 'times', ranges });
  }
  return items;
}

/** A break that lies within one of the ranges, or already between two. */
function cutOut(taken: Range, ranges: readonly Range[]): Range[] | undefined {
  const at = ranges.findIndex(({ from, to }) => from < taken.from && taken.to < to);
  if (at >= 0) {
    const { from, to } = ranges[at]!;
    return [
      ...ranges.slice(0, at),
      { from, to: taken.from },
      { from: taken.to, to },
      ...ranges.slice(at + 1),
    ];
  }
  const isBetween = ranges.some(({ to }, i) => to === taken.from && ranges[i + 1]?.from === taken.to);
  return isBetween ? [...ranges] : undefined;
}
