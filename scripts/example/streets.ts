/**
 * Draws the streets of a built-up area as ways (a run of streets in line with the same tags is one way) and the
 * land use around them.
 */
import type { Drawing, DrawnWay, Tags } from './drawing.ts';
import { distance, offsetPoint, type Point } from './geometry.ts';
import { streetName } from './names.ts';
import { type Street, streetTags, type Town } from './towns.ts';

/** Streets in one way: at about 100 m each. */
const LONGEST_RUN = 7;
/** Directions in which the edge of the built-up area is measured. */
const EDGE_DIRECTIONS = 28;
const EDGE_MARGIN_METERS = 55;

/** Draws the streets; returns their ways. */
export function drawStreets(drawing: Drawing, town: Town): DrawnWay[] {
  const ways: DrawnWay[] = [];
  for (const run of findRuns(town)) {
    const corners = run.corners.map((index) => town.corners[index].node);
    // Neighbouring lines run in opposite directions, as one-way grids do.
    if (run.line % 2 !== 0) corners.reverse();
    ways.push(drawing.addWay(corners, run.tags));
  }
  return ways;
}

interface Run {
  corners: number[];
  line: number;
  tags: Tags;
}

function findRuns(town: Town): Run[] {
  const lineOf = ({ a, axis }: Street): number => (axis === 0 ? town.corners[a].j : town.corners[a].i);
  const startOf = ({ a, axis }: Street): number => (axis === 0 ? town.corners[a].i : town.corners[a].j);
  const sorted = [...town.streets].sort(
    (p, q) => p.axis - q.axis || lineOf(p) - lineOf(q) || startOf(p) - startOf(q),
  );
  const runs: Run[] = [];
  let last: { axis: number; run: Run } | undefined;
  for (const street of sorted) {
    const line = lineOf(street);
    const block = Math.floor(startOf(street) / 11);
    const name = streetName(Math.abs(line * 7 + street.axis * 23 + block * 5 + town.place.name.length));
    const tags = streetTags(town, street, line, name);
    const goesOn =
      last !== undefined &&
      last.axis === street.axis &&
      last.run.line === line &&
      last.run.corners[last.run.corners.length - 1] === street.a &&
      last.run.corners.length <= LONGEST_RUN &&
      JSON.stringify(last.run.tags) === JSON.stringify(tags);
    if (goesOn && last !== undefined) {
      last.run.corners.push(street.b);
    } else {
      const run = { corners: [street.a, street.b], line, tags };
      runs.push(run);
      last = { axis: street.axis, run };
    }
  }
  return runs;
}

/** The residential land around the corners: a closed way. */
export function drawLandUse(drawing: Drawing, town: Town): void {
  const centre = town.place.at;
  const reach = new Array<number>(EDGE_DIRECTIONS).fill(60);
  for (const { at } of town.corners) {
    const angle = Math.atan2(at.y - centre.y, at.x - centre.x) / (2 * Math.PI);
    const sector = Math.floor((angle + 1) * EDGE_DIRECTIONS) % EDGE_DIRECTIONS;
    for (const near of [sector, (sector + 1) % EDGE_DIRECTIONS]) {
      reach[near] = Math.max(reach[near], distance(at, centre) + EDGE_MARGIN_METERS);
    }
  }
  const ring = reach.map((meters, sector) => {
    const angle = (2 * Math.PI * sector) / EDGE_DIRECTIONS;
    return drawing.addNode(offsetPoint(centre, { x: Math.cos(angle), y: Math.sin(angle) }, meters, 0));
  });
  drawing.addWay([...ring, ring[0]], { landuse: 'residential' });
}

/** Houses along streets: a rectangle every 25 m or so on both sides. */
export function drawHouses(drawing: Drawing, ways: readonly DrawnWay[], kind: string): void {
  for (const way of ways) {
    for (let i = 1; i < way.refs.length; i++) {
      const a = drawing.points[way.refs[i - 1]];
      const b = drawing.points[way.refs[i]];
      const length = distance(a, b);
      for (let along = 18; along < length - 14; along += 26) {
        for (const side of [-1, 1]) drawHouse(drawing, a, b, along, side, kind);
      }
    }
  }
}

function drawHouse(drawing: Drawing, a: Point, b: Point, along: number, side: number, kind: string): void {
  const length = distance(a, b);
  const toward = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const corner = (from: number, aside: number): number =>
    drawing.addNode(offsetPoint(a, toward, from, side * aside));
  const ring = [corner(along - 6, 9), corner(along + 6, 9), corner(along + 6, 18), corner(along - 6, 18)];
  drawing.addWay([...ring, ring[0]], { building: kind });
}
