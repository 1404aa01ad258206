/**
 * The country's main roads: which places they join, in which class, and their lines. Places are joined where
 * no third one stands in the circle between them (the Gabriel graph, which crosses itself nowhere), unless a
 * river, a ridge or a motorway is in the way; bridges, interchanges and the valley's one road are joined by
 * hand. Classes come from the paths between the places that matter.
 */
import { SeededRandom } from '../lib/random.ts';
import {
  between,
  direction,
  distance,
  distanceToLine,
  type Line,
  offsetPoint,
  type Point,
  resample,
} from './geometry.ts';
import type { Place } from './places.ts';
import { crossesLine, isNorthOfRiver, MOTORWAY, zoneAt } from './terrain.ts';
import type { RoadClass } from './towns.ts';

export interface Hub {
  at: Point;
  /** Undefined for a bridgehead, an end of an interchange, a point outside. */
  place?: Place;
  /** Bridgeheads and interchange ends take roads only on their own side. */
  isCrossing?: boolean;
}

export interface Road {
  a: number;
  b: number;
  class: RoadClass;
  /** Whether it has any limit tagged; roads of the pocket and of the valley do not. */
  remote: boolean;
  /** Drawn elsewhere (bridge, interchange), only here for the paths. */
  isFixed: boolean;
  winding: boolean;
}

const SAMPLE_METERS = 200;
const DRAWN_STEP_METERS = 85;
const LONGEST_ROAD_METERS = 13_500;

/** Joins hubs into a connected network without classes. */
export function joinHubs(
  hubs: readonly Hub[],
  fixed: ReadonlyArray<[number, number]>,
  chain: readonly number[],
): Road[] {
  const roads: Road[] = fixed.map(([a, b]) => makeRoad(hubs, a, b, true, false));
  for (let i = 1; i < chain.length; i++) roads.push(makeRoad(hubs, chain[i - 1], chain[i], false, true));
  for (let a = 0; a < hubs.length; a++) {
    for (let b = a + 1; b < hubs.length; b++) {
      if (isGabriel(hubs, a, b) && isPassable(hubs[a], hubs[b]))
        roads.push(makeRoad(hubs, a, b, false, false));
    }
  }
  connectPieces(hubs, roads);
  return roads;
}

/** Joins what the obstacles have cut off by the shortest roads that pass them. */
function connectPieces(hubs: readonly Hub[], roads: Road[]): void {
  for (;;) {
    const reached = findReached(hubs.length, roads);
    let best: [number, number] | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const a of reached) {
      for (let b = 0; b < hubs.length; b++) {
        const length = distance(hubs[a].at, hubs[b].at);
        if (reached.has(b) || length >= least || !isPassable(hubs[a], hubs[b])) continue;
        least = length;
        best = [a, b];
      }
    }
    if (reached.size === hubs.length) return;
    if (best === undefined) throw new Error('a place cannot be reached by road');
    roads.push(makeRoad(hubs, best[0], best[1], false, false));
  }
}

function makeRoad(hubs: readonly Hub[], a: number, b: number, isFixed: boolean, winding: boolean): Road {
  const remote = hubs[a].place?.remote === true || hubs[b].place?.remote === true;
  return { a, b, class: 'unclassified', remote, isFixed, winding };
}

function isGabriel(hubs: readonly Hub[], a: number, b: number): boolean {
  const middle = between(hubs[a].at, hubs[b].at, 0.5);
  const radius = distance(hubs[a].at, hubs[b].at) / 2;
  if (2 * radius > LONGEST_ROAD_METERS) return false;
  return hubs.every((hub, index) => index === a || index === b || distance(hub.at, middle) > radius);
}

function isPassable(a: Hub, b: Hub): boolean {
  if (isNorthOfRiver(a.at) !== isNorthOfRiver(b.at)) return false;
  const isOutside = (hub: Hub): boolean => hub.place === undefined && hub.isCrossing !== true;
  if (isOutside(a) && isOutside(b)) return false;
  const pieces = Math.ceil(distance(a.at, b.at) / SAMPLE_METERS);
  const crosses = crossesLine(a.at, b.at, MOTORWAY);
  // Interchanges and the motorway's bridge already cross it; no second road right beside them.
  if (crosses && (a.isCrossing === true || b.isCrossing === true)) return false;
  for (let i = 0; i <= pieces; i++) {
    const p = between(a.at, b.at, i / pieces);
    if (zoneAt(p) !== 'plain') return false;
    if (isNorthOfRiver(p) !== isNorthOfRiver(a.at)) return false;
    if (!crosses && distanceToLine(p, MOTORWAY) < 130) return false;
  }
  return true;
}

/** Leaves out a share of the roads of the plain, where both ends keep two others and nothing comes apart. */
export function dropRoads(hubs: readonly Hub[], roads: Road[], share: number, seed: number): Road[] {
  const random = new SeededRandom(seed);
  const kept = new Set(roads);
  for (const road of roads) {
    if (road.isFixed || road.winding || !random.chance(share)) continue;
    const degree = (hub: number): number => [...kept].filter(({ a, b }) => a === hub || b === hub).length;
    if (degree(road.a) < 3 || degree(road.b) < 3) continue;
    kept.delete(road);
    if (findReached(hubs.length, [...kept]).size < hubs.length) kept.add(road);
  }
  return roads.filter((road) => kept.has(road));
}

/** Hubs that can be reached from the first one. */
function findReached(hubCount: number, roads: readonly Road[]): Set<number> {
  const arms = armsOfHubs(hubCount, roads);
  const seen = new Set([0]);
  for (const hub of seen) for (const { a, b } of arms[hub]) seen.add(a === hub ? b : a);
  return seen;
}

/** Gives every road on the shortest path between two hubs at least a class. */
export function raisePath(
  hubs: readonly Hub[],
  roads: readonly Road[],
  from: number,
  to: number,
  roadClass: RoadClass,
): void {
  const arms = armsOfHubs(hubs.length, roads);
  const cost = new Map([[from, 0]]);
  const cameBy = new Map<number, Road>();
  const open = new Set([from]);
  while (open.size > 0) {
    let at = -1;
    for (const hub of open) if (at === -1 || cost.get(hub)! < cost.get(at)!) at = hub;
    open.delete(at);
    for (const road of arms[at]) {
      const next = road.a === at ? road.b : road.a;
      const factor = road.class === 'primary' ? 0.7 : road.class === 'secondary' ? 0.85 : 1;
      const total = cost.get(at)! + factor * distance(hubs[road.a].at, hubs[road.b].at);
      if (total < (cost.get(next) ?? Number.POSITIVE_INFINITY)) {
        cost.set(next, total);
        cameBy.set(next, road);
        open.add(next);
      }
    }
  }
  for (let at = to; at !== from; ) {
    const road = cameBy.get(at);
    if (road === undefined) throw new Error(`no road leads from hub ${from} to hub ${to}`);
    road.class = higherClass(road.class, roadClass);
    at = road.a === at ? road.b : road.a;
  }
}

const CLASSES: readonly RoadClass[] = ['residential', 'unclassified', 'tertiary', 'secondary', 'primary'];

function higherClass(a: RoadClass, b: RoadClass): RoadClass {
  return CLASSES.indexOf(a) > CLASSES.indexOf(b) ? a : b;
}

function armsOfHubs(hubCount: number, roads: readonly Road[]): Road[][] {
  const arms: Road[][] = Array.from({ length: hubCount }, () => []);
  for (const road of roads) {
    arms[road.a].push(road);
    arms[road.b].push(road);
  }
  return arms;
}

/** The line of a road between its two ends: straight in plan, or winding up a valley. */
export function drawRoadLine(from: Point, to: Point, winding: boolean): Line {
  if (!winding) return resample([from, to], DRAWN_STEP_METERS);
  const length = distance(from, to);
  const toward = direction(from, to);
  const pieces = Math.ceil(length / 45);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const along = (length * i) / pieces;
    const fade = Math.min(1, along / 500, (length - along) / 500);
    const aside = fade * (210 * Math.sin(along / 150) + 70 * Math.sin(along / 63 + 1));
    return offsetPoint(from, toward, along, aside);
  });
}
