/**
 * People by 200 m cell: homes stand along the streets of places (denser towards the middle), in hamlets and
 * along country roads; each commune's people are shared out among its homes, then summed by cell of the grid of
 * EPSG:3035.
 */
import { SeededRandom } from '../lib/random.ts';
import type { CommuneShape } from './communes.ts';
import { direction, distance, isInRing, offsetPoint, type Point } from './geometry.ts';
import type { CountryMap } from './map.ts';
import type { Place } from './places.ts';
import { ORIGIN, toGround } from './terrain.ts';
import type { Town } from './towns.ts';

export const CELL_METERS = 200;
/** Points per side at which a cell's communes are looked up. */
const PROBES = 5;

export interface Cell {
  /** South-west corner in EPSG:3035, metres. */
  east: number;
  north: number;
  /** People in tenths: whole numbers, so that sums are exact. */
  tenths: number;
  /** Codes of the communes it touches, by decreasing share. */
  communes: string[];
  /** 0 in the open country to 1 in the middle of the prefecture. */
  urban: number;
}

interface Home {
  ground: Point;
  place: Place;
  weight: number;
  /** Whether it is part of the built-up area of its place. */
  isCore: boolean;
}

export function drawCells(map: CountryMap, shapes: readonly CommuneShape[], seed: number): Cell[] {
  const random = new SeededRandom(seed + 7);
  const homes = [
    ...map.towns.flatMap((town) => townHomes(town, random)),
    ...hamletHomes(map, random),
    ...roadHomes(map, shapes, random),
  ];
  const people = sharePeople(homes);
  const cells = new Map<string, Cell>();
  homes.forEach(({ ground, place, isCore }, index) => {
    const east = Math.floor((ORIGIN.east + ground.x) / CELL_METERS) * CELL_METERS;
    const north = Math.floor((ORIGIN.north + ground.y) / CELL_METERS) * CELL_METERS;
    const key = `${north},${east}`;
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = { east, north, tenths: 0, communes: [], urban: isCore ? urbanity(place) : 0 };
      cells.set(key, cell);
    }
    cell.tenths += 10 * people[index];
  });
  const sorted = [...cells.values()].sort((p, q) => p.north - q.north || p.east - q.east);
  const kept = sorted.filter((cell) => {
    cell.communes = findCommunes(cell, shapes);
    return cell.communes.length > 0;
  });
  for (const cell of kept) cell.tenths = Math.max(10, Math.round(cell.tenths));
  return kept;
}

function urbanity({ kind, people }: Place): number {
  return kind === 'town' ? (people > 20_000 ? 1 : 0.85) : kind === 'bourg' ? 0.5 : 0.2;
}

/** A home every 22 m of street, heavier towards the middle. */
function townHomes(town: Town, random: SeededRandom): Home[] {
  const homes: Home[] = [];
  const falloff = town.place.kind === 'town' ? 1.5 : 1;
  for (const { a, b } of town.streets) {
    const from = town.corners[a].at;
    const to = town.corners[b].at;
    const length = distance(from, to);
    for (let along = 11; along < length; along += 22) {
      const side = random.chance(0.5) ? 1 : -1;
      const at = offsetPoint(from, direction(from, to), along, side * random.between(9, 28));
      const off = distance(at, town.place.at) / town.radius;
      const weight = Math.exp(-falloff * off * off) * random.between(0.6, 1.4);
      homes.push({ ground: toGround(at), place: town.place, weight, isCore: true });
    }
  }
  return homes;
}

function hamletHomes({ hamlets }: CountryMap, random: SeededRandom): Home[] {
  return hamlets.flatMap(({ at, place, size }) =>
    Array.from({ length: size }, () => {
      const home = offsetPoint(at, { x: 1, y: 0 }, 55 * random.normal(), 55 * random.normal());
      return { ground: toGround(home), place, weight: 1, isCore: false };
    }),
  );
}

/** Single houses along lesser country roads. */
function roadHomes(
  { drawing, roads }: CountryMap,
  shapes: readonly CommuneShape[],
  random: SeededRandom,
): Home[] {
  const homes: Home[] = [];
  for (const { way, remote } of roads) {
    if (way.tags.highway !== 'unclassified' && way.tags.highway !== 'tertiary') continue;
    const chance = remote ? 0.3 : 0.68;
    for (let i = 1; i < way.refs.length; i++) {
      if (!random.chance(chance)) continue;
      const a = drawing.points[way.refs[i - 1]];
      const b = drawing.points[way.refs[i]];
      const side = random.chance(0.5) ? 1 : -1;
      const ground = toGround(
        offsetPoint(a, direction(a, b), distance(a, b) / 2, side * random.between(15, 60)),
      );
      const shape = shapes.find(({ ground: ring }) => isInRing(ground, ring));
      if (shape !== undefined) homes.push({ ground, place: shape.place, weight: 0.9, isCore: false });
    }
  }
  return homes;
}

/** People of each home, such that each commune's core and its rest hold what the place says. */
function sharePeople(homes: readonly Home[]): number[] {
  const total = new Map<string, number>();
  const keyOf = ({ place, isCore }: Home): string => `${place.code}${isCore ? '+' : '-'}`;
  for (const home of homes) total.set(keyOf(home), (total.get(keyOf(home)) ?? 0) + home.weight);
  return homes.map((home) => {
    const { people, coreShare } = home.place;
    const share = home.isCore ? coreShare : 1 - coreShare;
    return (people * share * home.weight) / (total.get(keyOf(home)) ?? 1);
  });
}

/** Communes of a cell by the number of its probes that they hold. */
function findCommunes({ east, north }: Cell, shapes: readonly CommuneShape[]): string[] {
  const hits = new Map<string, number>();
  for (let i = 0; i < PROBES; i++) {
    for (let j = 0; j < PROBES; j++) {
      const ground = {
        x: east - ORIGIN.east + ((i + 0.5) / PROBES) * CELL_METERS,
        y: north - ORIGIN.north + ((j + 0.5) / PROBES) * CELL_METERS,
      };
      const shape = shapes.find(({ box, ground: ring }) => isInBox(ground, box) && isInRing(ground, ring));
      if (shape !== undefined) hits.set(shape.place.code, (hits.get(shape.place.code) ?? 0) + 1);
    }
  }
  return [...hits].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1)).map(([code]) => code);
}

function isInBox({ x, y }: Point, [west, south, east, north]: readonly number[]): boolean {
  return x >= west && x <= east && y >= south && y <= north;
}
