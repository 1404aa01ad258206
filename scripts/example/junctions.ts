/**
 * Where roads meet: the arms of a node, and the roundabout that may take its place.
 */
import type { Drawing, DrawnWay, Tags } from './drawing.ts';
import { direction, distance, offsetPoint, type Point } from './geometry.ts';

export interface Arm {
  way: DrawnWay;
  /** Position of the junction in the way. */
  position: number;
  /** The next node along the arm. */
  next: number;
  /** Whether the arm leaves the junction in the direction of the way. */
  isForward: boolean;
}

/** Roads in order of rank; a roundabout takes the highest of its arms. */
const ROAD_RANKS = ['primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street'];
const ON_ROAD = new Set([
  ...ROAD_RANKS,
  'motorway_link',
  'service',
  'pedestrian',
  'track',
  'footway',
  'cycleway',
  'path',
]);

/** Arms of every node where ways with `highway` meet or end. */
export function findArms(drawing: Drawing): Map<number, Arm[]> {
  const armsOfNode = new Map<number, Arm[]>();
  const add = (node: number, arm: Arm): void => {
    const arms = armsOfNode.get(node);
    if (arms === undefined) armsOfNode.set(node, [arm]);
    else arms.push(arm);
  };
  for (const way of drawing.ways) {
    if (!ON_ROAD.has(way.tags.highway ?? '')) continue;
    way.refs.forEach((node, position) => {
      if (position > 0) add(node, { way, position, next: way.refs[position - 1], isForward: false });
      if (position < way.refs.length - 1)
        add(node, { way, position, next: way.refs[position + 1], isForward: true });
    });
  }
  return armsOfNode;
}

export function highestRank(ways: readonly DrawnWay[]): string {
  return ROAD_RANKS.find((rank) => ways.some(({ tags }) => tags.highway === rank)) ?? 'unclassified';
}

/** Splits every way that passes through the node, so that all ways that hold it end there. */
export function splitWaysAt(drawing: Drawing, node: number): void {
  for (const way of [...drawing.ways]) {
    const position = way.refs.indexOf(node);
    const isHighway = way.tags.highway !== undefined;
    if (isHighway && position > 0 && position < way.refs.length - 1) drawing.splitAt(way, position);
  }
}

/**
 * Puts a roundabout in the place of a junction: a closed way, driven counter-clockwise, with one node per arm.
 * Leaves a junction as it is, and returns false, where an arm is too short or there are fewer than three.
 */
export function makeRoundabout(drawing: Drawing, node: number, radius: number, tags: Tags): boolean {
  const centre = drawing.points[node];
  const arms = findArms(drawing).get(node) ?? [];
  if (arms.length < 3 || arms.some(({ next }) => distance(drawing.points[next], centre) < radius + 10))
    return false;
  splitWaysAt(drawing, node);
  const ends = drawing.ways.filter(
    ({ refs, tags: { highway } }) =>
      highway !== undefined && (refs[0] === node || refs[refs.length - 1] === node),
  );
  const ring: Array<{ angle: number; node: number }> = [];
  const place = (angle: number): number => {
    const near = ring.find((entry) => Math.abs(entry.angle - angle) < 0.1);
    if (near !== undefined) return near.node;
    const at = offsetPoint(centre, { x: Math.cos(angle), y: Math.sin(angle) }, radius, 0);
    ring.push({ angle, node: drawing.addNode(at) });
    return drawing.points.length - 1;
  };
  for (const way of ends) {
    if (way.refs[0] === node) way.refs[0] = place(angleTo(centre, drawing.points[way.refs[1]]));
    const last = way.refs.length - 1;
    if (way.refs[last] === node) way.refs[last] = place(angleTo(centre, drawing.points[way.refs[last - 1]]));
  }
  for (let angle = -Math.PI + 0.3; angle < Math.PI - 0.3; angle += 0.7) {
    if (ring.every((entry) => Math.abs(entry.angle - angle) > 0.4)) place(angle);
  }
  ring.sort((p, q) => p.angle - q.angle);
  const refs = ring.map((entry) => entry.node);
  drawing.addWay([...refs, refs[0]], tags);
  return true;
}

function angleTo(from: Point, to: Point): number {
  const toward = direction(from, to);
  return Math.atan2(toward.y, toward.x);
}
