/**
 * Makes sure that cars reach every street and leave it again: one-way streets that lead into or out of nowhere
 * become two-way.
 */
import type { Drawing, DrawnWay } from './drawing.ts';

const CAR_HIGHWAYS = new Set([
  'motorway_link',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
]);

/** Removes the one-way from streets outside the strongly connected whole; returns how many. */
export function openDeadEnds(drawing: Drawing): number {
  let opened = 0;
  for (;;) {
    const ways = drawing.ways.filter(({ tags }) => CAR_HIGHWAYS.has(tags.highway ?? ''));
    const start = ways.find(({ tags }) => tags.highway === 'primary')?.refs[0];
    if (start === undefined) throw new Error('no primary road is drawn');
    const from = findReached(start, ways, false);
    const to = findReached(start, ways, true);
    const stuck = ways.filter(
      ({ refs, tags }) =>
        tags.oneway === 'yes' &&
        tags.highway === 'residential' &&
        refs.some((ref) => (from.has(ref) || to.has(ref)) && !(from.has(ref) && to.has(ref))),
    );
    if (stuck.length === 0) return opened;
    for (const { tags } of stuck)
      for (const key of ['oneway', 'oneway:bicycle', 'cycleway', 'lanes']) delete tags[key];
    opened += stuck.length;
  }
}

function findReached(start: number, ways: readonly DrawnWay[], isReversed: boolean): Set<number> {
  const next = new Map<number, number[]>();
  const add = (a: number, b: number): void => {
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  };
  for (const { refs, tags } of ways) {
    const isOneWay = tags.oneway === 'yes' || tags.junction === 'roundabout';
    for (let i = 1; i < refs.length; i++) {
      if (!isOneWay || !isReversed) add(refs[i - 1], refs[i]);
      if (!isOneWay || isReversed) add(refs[i], refs[i - 1]);
    }
  }
  const seen = new Set([start]);
  for (const node of seen) for (const other of next.get(node) ?? []) seen.add(other);
  return seen;
}
