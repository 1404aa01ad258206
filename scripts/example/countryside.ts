/**
 * What lies between the villages: hamlets on by-roads, farms on private drives, tracks into the fields,
 * footpaths, the cycle way on the bank, the footbridge and the ferry.
 */
import type { SeededRandom } from '../lib/random.ts';
import type { Drawing, DrawnWay, Tags } from './drawing.ts';
import {
  between,
  direction,
  distance,
  distanceToLine,
  offsetPoint,
  type Point,
  resample,
} from './geometry.ts';
import { hamletName } from './names.ts';
import type { Place } from './places.ts';
import { crossesLine, isInside, MOTORWAY, RAILWAY, RIVER, riverY, TORRENT, zoneAt } from './terrain.ts';
import type { Town } from './towns.ts';
import { WayIndex } from './way-index.ts';

export interface Hamlet {
  at: Point;
  place: Place;
  /** Number of homes, as a weight. */
  size: number;
}

const HAMLETS_PER_COMMUNE = 13;
const TRACK_COUNT = 1500;
const VALLEY_HEAD = 'Haute-Gourdal';
const LONGEST_BY_ROAD = 1900;

/** Hamlets with their by-roads, which are added to the country roads; every second one has a farm. */
export function drawHamlets(
  drawing: Drawing,
  towns: readonly Town[],
  roads: Array<{ way: DrawnWay; remote: boolean }>,
  random: SeededRandom,
): Hamlet[] {
  const index = new WayIndex(drawing);
  const hamlets: Hamlet[] = [];
  for (const town of towns) {
    const count = town.place.kind === 'town' ? 3 : HAMLETS_PER_COMMUNE;
    for (let attempt = 0, drawn = 0; attempt < 90 && drawn < count; attempt++) {
      const at = offsetPoint(
        town.place.at,
        { x: 1, y: 0 },
        random.between(-3200, 3200),
        random.between(-3200, 3200),
      );
      if (!isGoodSite(at, town, towns, hamlets)) continue;
      const way = joinToNetwork(drawing, index, at, byRoadTags(town.place, random), LONGEST_BY_ROAD);
      if (way === undefined) continue;
      drawn += 1;
      hamlets.push({ at, place: town.place, size: 3 + random.index(12) });
      roads.push({ way, remote: town.place.remote });
      drawing.addNode(offsetPoint(at, { x: 1, y: 0 }, 15, 10), {
        place: 'hamlet',
        name: hamletName(hamlets.length),
      });
      if (random.chance(0.55)) linkOnward(drawing, index, at, way, random);
      if (drawn % 2 === 0) drawFarm(drawing, at, way, random);
    }
  }
  return hamlets;
}

function isGoodSite(at: Point, town: Town, towns: readonly Town[], hamlets: readonly Hamlet[]): boolean {
  const fromCentre = distance(at, town.place.at);
  if (!isInside(at) || fromCentre < town.radius * 1.3 + 250) return false;
  if (zoneAt(at) !== zoneAt(town.place.at)) return false;
  if (towns.some((other) => other !== town && distance(at, other.place.at) < fromCentre)) return false;
  if (Math.abs(at.y - riverY(at.x)) < 260 || distanceToLine(at, MOTORWAY) < 300) return false;
  if (distanceToLine(at, RAILWAY) < 120 || distanceToLine(at, TORRENT) < 60) return false;
  return hamlets.every((hamlet) => distance(hamlet.at, at) > 430);
}

function byRoadTags({ remote }: Place, random: SeededRandom): Tags {
  const tags: Tags = { highway: 'unclassified', surface: 'asphalt' };
  if (remote || random.chance(0.4)) return { ...tags, lanes: '1', width: '3.5' };
  return random.chance(0.5) ? { ...tags, maxspeed: '80', 'source:maxspeed': 'FR:rural' } : tags;
}

/** A road from a point to the nearest road; undefined where water or a line lies between, or none is near. */
function joinToNetwork(
  drawing: Drawing,
  index: WayIndex,
  at: Point,
  tags: Tags,
  longest: number,
): DrawnWay | undefined {
  const near = index.findNearest(at, longest);
  if (near === undefined || near.distance < 90) return undefined;
  if (isCutOff(at, near.at)) return undefined;
  const node = drawing.attach(near.way, near.segment, near.share);
  const way = drawing.addLine(resample([at, drawing.points[node]], 120), tags, { last: node });
  index.add(way);
  return way;
}

function isCutOff(a: Point, b: Point): boolean {
  return crossesLine(a, b, RIVER) || crossesLine(a, b, MOTORWAY) || crossesLine(a, b, RAILWAY);
}

/** A second road on from a hamlet, to the nearest road in another direction. */
function linkOnward(
  drawing: Drawing,
  index: WayIndex,
  at: Point,
  first: DrawnWay,
  random: SeededRandom,
): void {
  const back = direction(at, drawing.points[first.refs[first.refs.length - 1]]);
  const aim = offsetPoint(at, back, -random.between(350, 1100), random.between(-400, 400));
  const near = index.findNearest(aim, 1000);
  if (near === undefined || near.way === first || distance(near.at, at) < 200) return;
  if (isCutOff(at, near.at) || zoneAt(near.at) !== zoneAt(at)) return;
  const node = drawing.attach(near.way, near.segment, near.share);
  const line = resample([at, drawing.points[node]], 120);
  const way = drawing.addLine(
    line,
    { highway: 'unclassified', surface: 'asphalt' },
    { first: first.refs[0], last: node },
  );
  index.add(way);
}

/** A farm at the end of a private drive behind a gate. */
function drawFarm(drawing: Drawing, at: Point, byRoad: DrawnWay, random: SeededRandom): void {
  const toward = direction(at, drawing.points[byRoad.refs[byRoad.refs.length - 1]]);
  const side = random.chance(0.5) ? 1 : -1;
  const gate = drawing.addNode(offsetPoint(at, toward, -20, side * 40), {
    barrier: 'gate',
    access: 'private',
  });
  const farm = drawing.addNode(offsetPoint(at, toward, -35, side * random.between(110, 230)));
  drawing.addWay([byRoad.refs[0], gate, farm], {
    highway: 'service',
    service: 'driveway',
    access: 'private',
  });
}

/** Field tracks: from a point in the fields to the nearest road, one in three on to another. */
export function drawTracks(drawing: Drawing, random: SeededRandom): void {
  const index = new WayIndex(drawing);
  for (let drawn = 0, attempt = 0; drawn < TRACK_COUNT && attempt < 8 * TRACK_COUNT; attempt++) {
    const at = { x: random.between(-28_000, 28_000), y: random.between(-24_000, 24_000) };
    if (!isInside(at) || zoneAt(at) === 'ridge' || Math.abs(at.y - riverY(at.x)) < 200) continue;
    if (distanceToLine(at, MOTORWAY) < 90 || distanceToLine(at, RAILWAY) < 50) continue;
    const tags = { highway: 'track', tracktype: `grade${2 + random.index(3)}`, surface: 'unpaved' };
    const way = joinToNetwork(drawing, index, at, tags, 900);
    if (way === undefined) continue;
    drawn += 1;
    const aim = offsetPoint(at, direction(drawing.points[way.refs[way.refs.length - 1]], at), 500, 0);
    const near = drawn % 3 === 0 ? index.findNearest(aim, 600) : undefined;
    if (near === undefined || near.way === way || isCutOff(at, near.at)) continue;
    const node = drawing.attach(near.way, near.segment, near.share);
    drawing.addLine(
      resample([at, drawing.points[node]], 120),
      { ...tags },
      { first: way.refs[0], last: node },
    );
  }
}

/** The ways that no car uses, and the ferry. */
export function drawPaths(
  drawing: Drawing,
  towns: readonly Town[],
  sites: { footbridgeX: number; ferryX: number },
): void {
  drawBankCycleway(drawing);
  drawFootbridge(drawing, sites.footbridgeX);
  drawFerry(drawing, sites.ferryX);
  drawPass(drawing, towns);
}

/** A greenway on the northern bank, from Varzolles' side to the east of the prefecture. */
function drawBankCycleway(drawing: Drawing): void {
  const line: Point[] = [];
  for (let x = -18_900; x <= -4900; x += 200) line.push({ x, y: riverY(x) + 115 });
  const tags = { highway: 'cycleway', foot: 'designated', bicycle: 'designated', surface: 'asphalt' };
  const way = drawing.addLine(line, { ...tags, name: 'Voie verte de la Lissonne', segregated: 'no' });
  const index = new WayIndex(drawing, (other) => other !== way);
  for (const ref of [way.refs[0], way.refs[25], way.refs[way.refs.length - 1]]) {
    const near = index.findNearest(drawing.points[ref], 1500);
    if (near === undefined || isCutOff(drawing.points[ref], near.at)) continue;
    const node = drawing.attach(near.way, near.segment, near.share);
    drawing.addLine(
      resample([drawing.points[ref], drawing.points[node]], 100),
      { ...tags },
      { first: ref, last: node },
    );
  }
}

function drawFootbridge(drawing: Drawing, x: number): void {
  const tags = { highway: 'footway', bicycle: 'yes', surface: 'wood' };
  const ends = [-1, 1].map((side) => {
    const at = { x, y: riverY(x) + side * 130 };
    const near = new WayIndex(drawing).findNearest(at, 1200, (road) => !crossesLine(at, road.at, RIVER));
    const node = drawing.addNode(at);
    if (near !== undefined) {
      const joint = drawing.attach(near.way, near.segment, near.share);
      drawing.addWay([node, joint], { highway: 'footway', bicycle: 'yes', surface: 'compacted' });
    }
    return node;
  });
  const way = drawing.addWay(ends, { ...tags, name: 'Passerelle des Tanneurs' });
  drawing.bridgeOver(way, RIVER, 70);
}

/** A chain ferry for cars: eight minutes from slip to slip. */
function drawFerry(drawing: Drawing, x: number): void {
  const slips = [-1, 1].map((side) => {
    const at = { x, y: riverY(x) + side * 90 };
    const near = new WayIndex(drawing).findNearest(at, 4000, (road) => !crossesLine(at, road.at, RIVER));
    if (near === undefined) throw new Error('no road near the ferry');
    const joint = drawing.attach(near.way, near.segment, near.share);
    const line = resample([at, drawing.points[joint]], 150);
    const way = drawing.addLine(
      line,
      { highway: 'unclassified', surface: 'asphalt', lanes: '1' },
      { last: joint },
    );
    return way.refs[0];
  });
  drawing.addWay(slips, {
    route: 'ferry',
    name: 'Bac de Varzolles',
    duration: '00:08',
    foot: 'yes',
    bicycle: 'yes',
    motor_vehicle: 'yes',
  });
}

/** A footpath over the ridge from the head of the valley, for walkers only. */
function drawPass(drawing: Drawing, towns: readonly Town[]): void {
  const head = towns.find(({ place }) => place.name === VALLEY_HEAD);
  if (head === undefined) throw new Error(`no place named ${VALLEY_HEAD}`);
  const isBeyond = ({ place }: Town): boolean => zoneAt(place.at) === 'plain' && place.at.y > head.place.at.y;
  const [beyond] = towns
    .filter(isBeyond)
    .sort((p, q) => distance(p.place.at, head.place.at) - distance(q.place.at, head.place.at));
  const [from, to] = [head, beyond].map(({ corners, hub }) => corners[hub].node);
  const a = drawing.points[from];
  const b = drawing.points[to];
  const pieces = Math.ceil(distance(a, b) / 60);
  const line = Array.from({ length: pieces + 1 }, (_, i) => {
    const straight = between(a, b, i / pieces);
    const fade = Math.min(1, i / 6, (pieces - i) / 6);
    return offsetPoint(straight, direction(a, b), 0, fade * 55 * Math.sin(i * 1.9));
  });
  const tags = {
    highway: 'path',
    sac_scale: 'mountain_hiking',
    name: 'Sentier du col des Arvettes',
    bicycle: 'no',
  };
  drawing.addLine(line, tags, { first: from, last: to });
}
