/**
 * What French hours say of times when nobody is received (`fermé en août`, `hors vacances scolaires`), taken out of
 * the sequence and made rules in OSM's syntax that hold after all others.
 */
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
