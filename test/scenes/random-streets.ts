/**
 * Random street networks on a square mesh of 100 m: rows and columns broken into ways of one to four segments,
 * with gaps, one-ways either way round, classes and limits that change, private streets, bollards, signals, a
 * roundabout, and turn restrictions of every kind.
 */
import type { OsmContents, OsmNode, OsmRelation, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import type { SeededRandom } from '../search/seeded-random.ts';

export const SPACING_METERS = 100;

export interface RandomOptions {
  columns: number;
  rows: number;
  /** Without: no one-ways, private streets, bollards, signals, restrictions. */
  plain?: boolean;
  restrictions?: number;
}

export function randomStreets(random: SeededRandom, options: RandomOptions): OsmContents {
  const { columns, rows, plain = false } = options;
  const ways: OsmWay[] = [];
  const idAt = (column: number, row: number) => 1 + row * columns + column;
  const addWay = (refs: number[], tags: Record<string, string>) => {
    ways.push({ id: 100 + ways.length, refs, tags });
  };
  const ring = plain ? [] : ringAt(idAt, random.below(columns - 1), random.below(rows - 1));
  const onRing = (a: number, b: number) => ring.includes(a) && ring.includes(b);
  const breakLine = (line: number[]) => {
    let start = 0;
    while (start + 1 < line.length) {
      let end = start + 1;
      const longest = start + 1 + random.below(4);
      if (random.chance(0.12) || onRing(line[start]!, line[end]!)) {
        start = end;
        continue;
      }
      while (end < longest && end + 1 < line.length && !onRing(line[end]!, line[end + 1]!)) end++;
      const refs = line.slice(start, end + 1);
      addWay(
        random.chance(0.5) ? refs : refs.reverse(),
        plain ? { highway: 'residential' } : randomTags(random),
      );
      start = end;
    }
  };
  for (let row = 0; row < rows; row++) {
    breakLine(Array.from({ length: columns }, (_, column) => idAt(column, row)));
  }
  for (let column = 0; column < columns; column++) {
    breakLine(Array.from({ length: rows }, (_, row) => idAt(column, row)));
  }
  if (ring.length > 0) addWay(ring, { highway: 'residential', junction: 'roundabout' });

  const nodes: OsmNode[] = [];
  const inside = new Set(
    ways.filter(({ tags }) => Object.keys(tags!).length === 1).flatMap(({ refs }) => refs.slice(1, -1)),
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const id = idAt(column, row);
      const tags = plain ? undefined : randomNodeTags(random, inside.has(id));
      nodes.push({
        id,
        lon: 1 + (column * SPACING_METERS) / METERS_PER_DEGREE,
        lat: (row * SPACING_METERS) / METERS_PER_DEGREE,
        ...(tags === undefined ? {} : { tags }),
      });
    }
  }
  const relations = plain ? [] : randomRestrictions(random, ways, options.restrictions ?? 6);
  return { nodes, ways, relations };
}

function ringAt(idAt: (column: number, row: number) => number, column: number, row: number): number[] {
  const corner = idAt(column, row);
  return [corner, idAt(column + 1, row), idAt(column + 1, row + 1), idAt(column, row + 1), corner];
}

/** Speeds of which 50 m take whole deciseconds: 36, 18, 72, 60 km/h. */
function randomTags(random: SeededRandom): Record<string, string> {
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)]!;
  const tags: Record<string, string> = {
    highway: pick(['residential', 'residential', 'residential', 'primary', 'tertiary', 'service']),
  };
  if (random.chance(0.25)) tags.oneway = pick(['yes', 'yes', '-1']);
  if (tags.oneway !== undefined && random.chance(0.3)) tags['oneway:bicycle'] = 'no';
  if (random.chance(0.2)) tags.maxspeed = pick(['18', '72', '60']);
  if (random.chance(0.12)) tags.access = pick(['private', 'destination']);
  if (random.chance(0.05)) tags.motor_vehicle = 'no';
  if (random.chance(0.05)) tags['vehicle:backward'] = 'destination';
  return tags;
}

function randomNodeTags(random: SeededRandom, mayPoint: boolean): Record<string, string> | undefined {
  if (random.chance(0.05)) return { barrier: 'bollard' };
  if (!random.chance(0.15)) return undefined;
  if (!mayPoint || random.chance(0.4)) return { highway: 'traffic_signals' };
  return {
    highway: 'traffic_signals',
    'traffic_signals:direction': random.chance(0.5) ? 'forward' : 'backward',
  };
}

function randomRestrictions(random: SeededRandom, ways: readonly OsmWay[], count: number): OsmRelation[] {
  const relations: OsmRelation[] = [];
  const pick = <T>(items: readonly T[]): T | undefined => items[random.below(items.length)];
  const isRing = ({ refs }: OsmWay) => refs[0] === refs[refs.length - 1];
  const endsOf = ({ refs }: OsmWay) => [refs[0]!, refs[refs.length - 1]!];
  const otherEnd = (way: OsmWay, node: number) => endsOf(way).find((end) => end !== node)!;
  let last: { along: OsmWay | undefined; end: number } = { along: undefined, end: 0 };
  while (relations.length < count) {
    // At times the via way of the restriction before is the first street of the next.
    const follows = last.along !== undefined && random.chance(0.4);
    const from = follows ? last.along! : pick(ways)!;
    if (isRing(from)) continue;
    // At times nobody has split the way at the node.
    const via = follows ? last.end : pick(random.chance(0.1) ? from.refs : endsOf(from))!;
    const nextAlong = (node: number, known: readonly OsmWay[]) =>
      pick(ways.filter((way) => !known.includes(way) && !isRing(way) && endsOf(way).includes(node)));
    const alongWay = random.chance(0.35) ? nextAlong(via, [from]) : undefined;
    const firstEnd = alongWay === undefined ? via : otherEnd(alongWay, via);
    const secondWay =
      alongWay !== undefined && random.chance(0.3) ? nextAlong(firstEnd, [from, alongWay]) : undefined;
    const end = secondWay === undefined ? firstEnd : otherEnd(secondWay, firstEnd);
    last = { along: secondWay ?? alongWay, end };
    const isUTurn = alongWay === undefined && random.chance(0.15);
    const to = isUTurn
      ? from
      : pick(ways.filter((way) => ![from, alongWay, secondWay].includes(way) && way.refs.includes(end)));
    if (to === undefined) continue;
    const kind = isUTurn
      ? 'no_u_turn'
      : pick(['no_left_turn', 'no_straight_on', 'only_right_turn', 'only_straight_on', 'no_turn_here'])!;
    const member = (type: 'way' | 'node', ref: number, role: string) => ({ type, ref, role });
    relations.push({
      id: 1 + relations.length,
      tags: { type: 'restriction', restriction: kind, ...(random.chance(0.3) ? { except: 'bicycle' } : {}) },
      members: [
        member('way', from.id, 'from'),
        alongWay === undefined ? member('node', via, 'via') : member('way', alongWay.id, 'via'),
        ...(secondWay === undefined ? [] : [member('way', secondWay.id, 'via')]),
        member('way', to.id, 'to'),
      ],
    });
  }
  return relations;
}
