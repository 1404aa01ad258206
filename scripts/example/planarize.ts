/**
 * Gives ways that cross on the same level a shared node, as a road junction or a level crossing has one.
 * Bridges and tunnels stay apart, and so does the motorway, which nothing crosses on its level.
 */
import type { Drawing, DrawnWay } from './drawing.ts';
import { between, crossSegments, distance, type Line, type Point } from './geometry.ts';
import { toGround } from './terrain.ts';

/** Side of the squares in which crossings are looked for, metres: about the length of a drawn segment. */
const SQUARE_METERS = 250;
/** A crossing this near to an existing node takes that node, metres. */
const SNAP_METERS = 9;

interface Segment {
  way: DrawnWay;
  /** Position of its first node in the way. */
  position: number;
  a: number;
  b: number;
}

interface Insertion {
  position: number;
  share: number;
  node: number;
}

/** Adds the junctions to the ways; returns how many. Looks at the ground, where the lines are as they are drawn. */
export function addJunctions(drawing: Drawing): number {
  const ground = drawing.points.map(toGround);
  const squares = sortIntoSquares(drawing, ground);
  const insertions = new Map<DrawnWay, Insertion[]>();
  const done = new Set<string>();
  let count = 0;
  const insert = (segment: Segment, share: number, node: number): void => {
    const list = insertions.get(segment.way) ?? [];
    list.push({ position: segment.position, share, node });
    insertions.set(segment.way, list);
  };
  for (const segments of squares.values()) {
    for (let i = 0; i < segments.length; i++) {
      for (let j = i + 1; j < segments.length; j++) {
        const s = segments[i];
        const t = segments[j];
        if (s.a === t.a || s.a === t.b || s.b === t.a || s.b === t.b) continue;
        const crossing = crossSegments(ground[s.a], ground[s.b], ground[t.a], ground[t.b]);
        const key = `${s.a},${s.b},${t.a},${t.b}`;
        if (crossing === undefined || done.has(key)) continue;
        done.add(key);
        count += 1;
        const nearS = nearEnd(ground, s, crossing.along);
        const nearT = nearEnd(ground, t, crossing.across);
        const at = between(drawing.points[s.a], drawing.points[s.b], crossing.along);
        const node = nearS ?? nearT ?? drawing.addNode(at);
        if (node !== nearS) insert(s, crossing.along, node);
        if (node !== nearT) insert(t, crossing.across, node);
      }
    }
  }
  for (const [way, list] of insertions) way.refs = withInsertions(way.refs, list);
  return count;
}

function isOnGround({ tags }: DrawnWay): boolean {
  if (tags.bridge !== undefined || tags.tunnel !== undefined) return false;
  return tags.railway === 'rail' || (tags.highway !== undefined && tags.highway !== 'motorway');
}

function sortIntoSquares(drawing: Drawing, ground: Line): Map<string, Segment[]> {
  const squares = new Map<string, Segment[]>();
  for (const way of drawing.ways) {
    if (!isOnGround(way)) continue;
    for (let position = 0; position + 1 < way.refs.length; position++) {
      const segment = { way, position, a: way.refs[position], b: way.refs[position + 1] };
      for (const key of squaresOf(ground[segment.a], ground[segment.b])) {
        const list = squares.get(key);
        if (list === undefined) squares.set(key, [segment]);
        else list.push(segment);
      }
    }
  }
  return squares;
}

function* squaresOf(a: Point, b: Point): Generator<string> {
  const square = (value: number): number => Math.floor(value / SQUARE_METERS);
  for (let x = square(Math.min(a.x, b.x)); x <= square(Math.max(a.x, b.x)); x++) {
    for (let y = square(Math.min(a.y, b.y)); y <= square(Math.max(a.y, b.y)); y++) yield `${x},${y}`;
  }
}

function nearEnd(ground: Line, { a, b }: Segment, share: number): number | undefined {
  const length = distance(ground[a], ground[b]);
  if (share * length < SNAP_METERS) return a;
  return (1 - share) * length < SNAP_METERS ? b : undefined;
}

function withInsertions(refs: readonly number[], list: readonly Insertion[]): number[] {
  const sorted = [...list].sort((p, q) => p.position - q.position || p.share - q.share);
  const result: number[] = [];
  let next = 0;
  refs.forEach((ref, position) => {
    if (result[result.length - 1] !== ref) result.push(ref);
    for (; next < sorted.length && sorted[next].position === position; next++) {
      if (result[result.length - 1] !== sorted[next].node) result.push(sorted[next].node);
    }
  });
  return result;
}
