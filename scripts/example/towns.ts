/**
 * Built-up areas, from the hamlet-like village to the prefecture: a grid of streets that is turned, thinned and
 * bounded by the river and the lines. Country roads end at a gate on its edge and go on along streets that take
 * their class. Inner streets of the towns are one-way by turns, the middle is pedestrian, quarters are zones 30.
 */
import type { SeededRandom } from '../lib/random.ts';
import type { Drawing, Tags } from './drawing.ts';
import { direction, distance, distanceToLine, noiseAt, type Point } from './geometry.ts';
import type { Place } from './places.ts';
import { crossesLine, isNorthOfRiver, MOTORWAY, RAILWAY, riverY, TORRENT } from './terrain.ts';

export type RoadClass = 'primary' | 'secondary' | 'tertiary' | 'unclassified' | 'residential';
const RANKS: readonly RoadClass[] = ['residential', 'unclassified', 'tertiary', 'secondary', 'primary'];

interface Corner {
  i: number;
  j: number;
  at: Point;
  /** Node in the drawing. */
  node: number;
}

export interface Street {
  a: number;
  b: number;
  /** 0 along i, 1 along j. */
  axis: 0 | 1;
  class: RoadClass;
  pedestrian: boolean;
  /** On one of the lines that run through: every fifth. */
  isAvenue: boolean;
}

export interface Town {
  place: Place;
  radius: number;
  corners: Corner[];
  streets: Street[];
  /** Corner where the through roads meet: beside the pedestrian middle. */
  hub: number;
}

/** People per km² of the built-up area, distance between parallel streets (m), share of streets left out. */
const PLANS = {
  town: { density: 3300, spacing: 104, dropped: 0.13 },
  bourg: { density: 1700, spacing: 108, dropped: 0.22 },
  village: { density: 950, spacing: 102, dropped: 0.3 },
};
/** Middle of a town without cars. */
const PEDESTRIAN_METERS = 230;
const AVENUE_LINES = 5;

export function layTown(drawing: Drawing, place: Place, random: SeededRandom): Town {
  const plan = PLANS[place.kind];
  const radius = Math.max(130, Math.sqrt((place.people * place.coreShare * 1e6) / plan.density / Math.PI));
  const corners = layCorners(drawing, place, radius, plan.spacing, random);
  const streets = thinOut(layStreets(corners), corners.length, plan.dropped, random);
  const isMiddle = (index: number): boolean =>
    place.kind === 'town' &&
    distance(corners[index].at, place.at) < PEDESTRIAN_METERS * (place.people / 30_000) ** 0.5;
  for (const street of streets) street.pedestrian = isMiddle(street.a) && isMiddle(street.b);
  const town = { place, radius, corners, streets, hub: 0 };
  const reachable = new Set(streets.filter(({ pedestrian }) => !pedestrian).flatMap(({ a, b }) => [a, b]));
  town.hub = nearestCorner(town, place.at, (index) => reachable.has(index) && !isMiddle(index));
  return town;
}

function layCorners(
  drawing: Drawing,
  place: Place,
  radius: number,
  spacing: number,
  random: SeededRandom,
): Corner[] {
  const turn = random.between(0, Math.PI / 2);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const seed = random.index(100_000);
  const count = Math.ceil((radius * 1.4) / spacing);
  const corners: Corner[] = [];
  for (let i = -count; i <= count; i++) {
    for (let j = -count; j <= count; j++) {
      const flat = {
        x: place.at.x + spacing * (i * cos - j * sin),
        y: place.at.y + spacing * (i * sin + j * cos),
      };
      const at = {
        x: flat.x + 0.26 * spacing * noiseAt(flat, 420, seed) + 0.12 * spacing * noiseAt(flat, 130, seed + 1),
        y:
          flat.y +
          0.26 * spacing * noiseAt(flat, 420, seed + 2) +
          0.12 * spacing * noiseAt(flat, 130, seed + 3),
      };
      const edge = radius * (1 + 0.45 * noiseAt(direction(place.at, at), 0.6, seed + 4));
      if (distance(at, place.at) <= edge && isFree(at, place.at))
        corners.push({ i, j, at, node: drawing.addNode(at) });
    }
  }
  return corners;
}

/** Whether a street may stand there: on the centre's side of the waters and lines, and not too near to them. */
function isFree(at: Point, centre: Point): boolean {
  const shore = Math.abs(at.y - riverY(at.x)) > 170 && isNorthOfRiver(at) === isNorthOfRiver(centre);
  const lines: Array<[readonly Point[], number]> = [
    [MOTORWAY, 250],
    [RAILWAY, 70],
    [TORRENT, 40],
  ];
  return (
    shore && lines.every(([line, gap]) => distanceToLine(at, line) > gap && !crossesLine(at, centre, line))
  );
}

function layStreets(corners: readonly Corner[]): Street[] {
  const indexOf = new Map(corners.map(({ i, j }, index) => [`${i},${j}`, index]));
  const streets: Street[] = [];
  corners.forEach(({ i, j }, a) => {
    for (const axis of [0, 1] as const) {
      const b = indexOf.get(axis === 0 ? `${i + 1},${j}` : `${i},${j + 1}`);
      const isAvenue = (axis === 0 ? j : i) % AVENUE_LINES === 0;
      if (b !== undefined) streets.push({ a, b, axis, class: 'residential', pedestrian: false, isAvenue });
    }
  });
  return streets;
}

/** Leaves out a share of the streets, and none that would cut the place in two (a random spanning tree stays). */
function thinOut(streets: Street[], cornerCount: number, dropped: number, random: SeededRandom): Street[] {
  const root = Array.from({ length: cornerCount }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (root[at] !== at) at = root[at];
    root[index] = at;
    return at;
  };
  const shuffled = streets.map((street) => ({ street, key: random.next(), lot: random.next() }));
  shuffled.sort((p, q) => p.key - q.key);
  const kept = new Set<Street>();
  for (const { street, lot } of shuffled) {
    const isBridge = find(street.a) !== find(street.b);
    if (isBridge) root[find(street.a)] = find(street.b);
    if (isBridge || street.isAvenue || lot >= dropped) kept.add(street);
  }
  return streets.filter((street) => kept.has(street));
}

function nearestCorner(town: Town, target: Point, accept: (index: number) => boolean): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  town.corners.forEach(({ at }, index) => {
    const off = distance(at, target);
    if (accept(index) && off < least) {
      least = off;
      best = index;
    }
  });
  return best;
}

/** Brings a country road of a class to the place: the node of its gate; streets to the hub take the class. */
export function openGate(town: Town, target: Point, roadClass: RoadClass): number {
  const toward = direction(town.place.at, target);
  const reach = Math.min(town.radius * 1.5, distance(town.place.at, target) * 0.5);
  const aim = { x: town.place.at.x + toward.x * reach, y: town.place.at.y + toward.y * reach };
  const usable = new Set(town.streets.filter(({ pedestrian }) => !pedestrian).flatMap(({ a, b }) => [a, b]));
  const gate = usable.size === 0 ? 0 : nearestCorner(town, aim, (index) => usable.has(index));
  upgradePath(town, gate, roadClass);
  return town.corners[gate].node;
}

/** Dijkstra over at most some hundred corners, favouring streets that are already main streets. */
function upgradePath(town: Town, gate: number, roadClass: RoadClass): void {
  const arms: Street[][] = town.corners.map(() => []);
  for (const street of town.streets) {
    if (street.pedestrian) continue;
    arms[street.a].push(street);
    arms[street.b].push(street);
  }
  const cost = new Map([[gate, 0]]);
  const cameBy = new Map<number, Street>();
  const open = new Set([gate]);
  while (open.size > 0) {
    let at = -1;
    for (const index of open) if (at === -1 || cost.get(index)! < cost.get(at)!) at = index;
    open.delete(at);
    if (at === town.hub) break;
    for (const street of arms[at]) {
      const next = street.a === at ? street.b : street.a;
      const factor = street.class !== 'residential' ? 0.6 : street.isAvenue ? 0.8 : 1;
      const total = cost.get(at)! + factor * distance(town.corners[street.a].at, town.corners[street.b].at);
      if (total < (cost.get(next) ?? Number.POSITIVE_INFINITY)) {
        cost.set(next, total);
        cameBy.set(next, street);
        open.add(next);
      }
    }
  }
  for (let at = town.hub; at !== gate; ) {
    const street = cameBy.get(at);
    if (street === undefined) return;
    if (RANKS.indexOf(roadClass) > RANKS.indexOf(street.class)) street.class = roadClass;
    at = street.a === at ? street.b : street.a;
  }
}

/** Tags of a street as mappers in France write them. */
export function streetTags(town: Town, street: Street, line: number, name: string): Tags {
  const { place, corners } = town;
  if (street.pedestrian) return { highway: 'pedestrian', name, surface: 'paving_stones', bicycle: 'yes' };
  const tags: Tags = { highway: street.class, name, surface: 'asphalt' };
  if (street.class !== 'residential') {
    const limit = place.kind === 'village' && street.class === 'unclassified' ? undefined : '50';
    const signed: Tags = { ...tags, lanes: '2', 'source:maxspeed': 'FR:urban' };
    if (place.kind === 'town' && street.class === 'primary') signed['cycleway:both'] = 'lane';
    return limit === undefined ? signed : { ...signed, maxspeed: limit };
  }
  const middle = distance(corners[street.a].at, place.at) / town.radius;
  if (place.kind === 'town' && middle < 0.55) {
    const oneway =
      line % 3 === 0 ? {} : { oneway: 'yes', 'oneway:bicycle': 'no', cycleway: 'opposite', lanes: '1' };
    return { ...tags, ...oneway, maxspeed: '30', 'zone:maxspeed': 'FR:30', 'source:maxspeed': 'FR:zone30' };
  }
  if (place.kind !== 'village' && middle > 0.8 && line % 7 === 0)
    return { ...tags, highway: 'living_street', maxspeed: '20' };
  if (place.kind === 'village' && line % 4 !== 0) return tags;
  return { ...tags, maxspeed: '50', 'zone:maxspeed': 'FR:urban' };
}
