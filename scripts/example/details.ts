/**
 * Details of the junctions: roundabouts at the entrances of the towns and at the interchanges, traffic signals
 * and crossings on main streets, forbidden turns, bollards around the pedestrian middle, quarters open to
 * residents only.
 */
import type { SeededRandom } from '../lib/random.ts';
import type { Drawing, DrawnWay, Tags } from './drawing.ts';
import { between, direction, distance, type Point } from './geometry.ts';
import { type Arm, findArms, highestRank, makeRoundabout, splitWaysAt } from './junctions.ts';
import type { Town } from './towns.ts';

const MAIN = new Set(['primary', 'secondary']);
const DRIVEN = new Set(['primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street']);
const ROUNDABOUT_RADIUS = 17;
const INTERCHANGE_RADIUS = 24;
const SIGNAL_GAP_METERS = 190;

export function makeRoundabouts(
  drawing: Drawing,
  towns: readonly Town[],
  interchangeNodes: readonly number[],
): void {
  for (const node of interchangeNodes) {
    makeRoundabout(drawing, node, INTERCHANGE_RADIUS, {
      highway: 'secondary',
      junction: 'roundabout',
      maxspeed: '50',
    });
  }
  for (const node of findEntrances(drawing, towns)) {
    const ways = (findArms(drawing).get(node) ?? []).map(({ way }) => way);
    const tags: Tags = { highway: highestRank(ways), junction: 'roundabout', surface: 'asphalt' };
    makeRoundabout(drawing, node, ROUNDABOUT_RADIUS, tags);
  }
}

/** Nodes where a main road from the country reaches the streets of a town or bourg. */
function findEntrances(drawing: Drawing, towns: readonly Town[]): number[] {
  const corners = new Set(
    towns
      .filter(({ place }) => place.kind !== 'village')
      .flatMap(({ corners: list }) => list.map(({ node }) => node)),
  );
  return [...findArms(drawing)]
    .filter(([node, arms]) => {
      const isEntrance = arms.some(({ way }) => MAIN.has(way.tags.highway) && way.tags.maxspeed === '80');
      return corners.has(node) && isEntrance && arms.length >= 3;
    })
    .map(([node]) => node)
    .filter((node, index) => index % 4 !== 3 || node % 2 === 0);
}

export function addJunctionDetails(drawing: Drawing, towns: readonly Town[], random: SeededRandom): void {
  const signals: number[] = [];
  for (const town of towns) {
    if (town.place.kind !== 'town') continue;
    closeQuarter(drawing, town);
    signals.push(...placeSignals(drawing, town));
  }
  addBollards(drawing);
  markLevelCrossings(drawing);
  for (const node of signals) splitWaysAt(drawing, node);
  const arms = findArms(drawing);
  for (const node of signals) forbidTurns(drawing, node, arms.get(node) ?? [], random);
  addCrossings(drawing, towns, random);
}

/** Signals where a main street meets at least two others, some distance apart. */
function placeSignals(drawing: Drawing, town: Town): number[] {
  const arms = findArms(drawing);
  const chosen: number[] = [];
  for (const { node, at } of town.corners) {
    const driven = (arms.get(node) ?? []).filter(({ way }) => DRIVEN.has(way.tags.highway));
    const main = driven.filter(({ way }) => MAIN.has(way.tags.highway));
    const isRoundabout = driven.some(({ way }) => way.tags.junction !== undefined);
    if (driven.length < 4 || main.length < 2 || isRoundabout) continue;
    if (chosen.some((other) => distance(drawing.points[other], at) < SIGNAL_GAP_METERS)) continue;
    chosen.push(node);
    drawing.tagsOfNode.set(node, { highway: 'traffic_signals', traffic_signals: 'signal' });
  }
  return chosen;
}

/** One forbidden turn at two signals in three: left from a main street, or turning back. */
function forbidTurns(drawing: Drawing, node: number, arms: readonly Arm[], random: SeededRandom): void {
  if (random.chance(0.35)) return;
  const canEnter = ({ way, isForward }: Arm): boolean => way.tags.oneway !== 'yes' || !isForward;
  const canLeave = ({ way, isForward }: Arm): boolean => way.tags.oneway !== 'yes' || isForward;
  const from = arms.find((arm) => MAIN.has(arm.way.tags.highway) && canEnter(arm));
  if (from === undefined) return;
  if (random.chance(0.3) && canLeave(from)) {
    drawing.restrictions.push({ kind: 'no_u_turn', from: from.way, via: node, to: from.way });
    return;
  }
  const at = drawing.points[node];
  const inward = direction(drawing.points[from.next], at);
  const to = arms.find(
    (arm) =>
      arm !== from &&
      arm.way !== from.way &&
      canLeave(arm) &&
      isLeft(inward, direction(at, drawing.points[arm.next])),
  );
  if (to !== undefined)
    drawing.restrictions.push({ kind: 'no_left_turn', from: from.way, via: node, to: to.way });
}

function isLeft(inward: Point, outward: Point): boolean {
  return inward.x * outward.y - inward.y * outward.x > 0.6;
}

/** Nodes that a road shares with the railway. */
function markLevelCrossings(drawing: Drawing): void {
  const onRails = new Set(
    drawing.ways.filter(({ tags }) => tags.railway === 'rail').flatMap(({ refs }) => refs),
  );
  for (const { refs, tags } of drawing.ways) {
    if (tags.highway === undefined) continue;
    const kind = DRIVEN.has(tags.highway) ? 'level_crossing' : 'crossing';
    for (const ref of refs) if (onRails.has(ref)) drawing.tagsOfNode.set(ref, { railway: kind });
  }
}

/** Crossings a few metres before main junctions, marked with zebras. */
function addCrossings(drawing: Drawing, towns: readonly Town[], random: SeededRandom): void {
  const corners = new Set(
    towns
      .filter(({ place }) => place.kind !== 'village')
      .flatMap(({ corners: list }) => list.map(({ node }) => node)),
  );
  for (const way of drawing.ways) {
    if (!MAIN.has(way.tags.highway) || way.tags.maxspeed !== '50' || way.tags.junction !== undefined)
      continue;
    for (let position = way.refs.length - 1; position > 0; position--) {
      const a = drawing.points[way.refs[position - 1]];
      const b = drawing.points[way.refs[position]];
      const length = distance(a, b);
      if (!corners.has(way.refs[position]) || length < 50 || !random.chance(0.4)) continue;
      const tags = { highway: 'crossing', crossing: 'uncontrolled', 'crossing:markings': 'zebra' };
      way.refs.splice(position, 0, drawing.addNode(between(a, b, 1 - 14 / length), tags));
    }
  }
}

/** Bollards where pedestrian streets meet streets for cars. */
function addBollards(drawing: Drawing): void {
  const arms = findArms(drawing);
  const isDriven = (node: number): boolean =>
    (arms.get(node) ?? []).some(({ way }) => DRIVEN.has(way.tags.highway));
  for (const way of drawing.ways) {
    if (way.tags.highway !== 'pedestrian') continue;
    for (const end of [way.refs.length - 1, 0]) {
      if (!isDriven(way.refs[end])) continue;
      const inner = way.refs[end === 0 ? 1 : end - 1];
      const a = drawing.points[way.refs[end]];
      const b = drawing.points[inner];
      const at = between(a, b, 8 / distance(a, b));
      const bollard = drawing.addNode(at, { barrier: 'bollard', bicycle: 'yes', foot: 'yes' });
      way.refs.splice(end === 0 ? 1 : end, 0, bollard);
    }
  }
}

/** A quarter where only residents drive: some streets in the north-east of the town. */
function closeQuarter(drawing: Drawing, town: Town): void {
  const isInQuarter = (node: number): boolean => {
    const { x, y } = drawing.points[node];
    const east = (x - town.place.at.x) / town.radius;
    const north = (y - town.place.at.y) / town.radius;
    return east > 0.3 && east < 0.62 && north > 0.1 && north < 0.5;
  };
  for (const way of drawing.ways) {
    if (isQuiet(way) && way.refs.every(isInQuarter)) way.tags.motor_vehicle = 'destination';
  }
}

function isQuiet({ tags }: DrawnWay): boolean {
  return tags.highway === 'residential' || tags.highway === 'living_street';
}
