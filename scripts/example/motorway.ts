/**
 * The motorway with its two carriageways, its two interchanges and its bridges, and the railway.
 *
 * An interchange is a diamond: the crossing road passes over the motorway, and on each side of it one exit and
 * one entry meet at a roundabout.
 */
import type { Drawing, DrawnWay, Tags } from './drawing.ts';
import { distance, offsetLine, offsetPoint, type Point, pointAlong } from './geometry.ts';
import { MOTORWAY, RAILWAY, RIVER } from './terrain.ts';

/** From the middle of the motorway to that of a carriageway. */
const CARRIAGEWAY_METERS = 11;
/** Where the motorway has its exits, metres from its northern end. */
const EXIT_METERS = [24_500, 45_500];
/** From the middle of the interchange to its roundabouts, and to the ends of the crossing road. */
const ROUNDABOUT_METERS = 190;
const CROSSING_ROAD_METERS = 620;
/** Along the motorway, from the middle of the interchange to the head of a link. */
const LINK_METERS = 520;

const MOTORWAY_TAGS: Tags = {
  highway: 'motorway',
  oneway: 'yes',
  lanes: '2',
  maxspeed: '130',
  ref: 'A 999',
  name: 'La Transexemplaire',
  surface: 'asphalt',
};
const LINK_TAGS: Tags = {
  highway: 'motorway_link',
  oneway: 'yes',
  lanes: '1',
  maxspeed: '70',
  surface: 'asphalt',
};

export interface Interchange {
  /** Ends of its crossing road: hubs of the road network. */
  west: { node: number; at: Point };
  east: { node: number; at: Point };
  /** Junctions of the links with the crossing road. */
  junctions: number[];
}

export function drawMotorway(drawing: Drawing): Interchange[] {
  // MOTORWAY runs south, so its right is the west: the southbound carriageway.
  const south = drawing.addLine(offsetLine(MOTORWAY, CARRIAGEWAY_METERS), { ...MOTORWAY_TAGS });
  const north = drawing.addLine(offsetLine(MOTORWAY, -CARRIAGEWAY_METERS).reverse(), { ...MOTORWAY_TAGS });
  const carriageways = { south, north };
  const interchanges = EXIT_METERS.map((meters, index) =>
    drawInterchange(drawing, carriageways, meters, index + 1),
  );
  for (const way of [south, north]) {
    drawing.bridgeOver(way, RIVER, 90);
  }
  for (const way of [...drawing.ways]) {
    if (way.tags.highway === 'motorway' && way.tags.bridge === undefined)
      drawing.bridgeOver(way, RAILWAY, 30);
  }
  return interchanges;
}

function drawInterchange(
  drawing: Drawing,
  ways: { south: DrawnWay; north: DrawnWay },
  meters: number,
  exitNumber: number,
): Interchange {
  const { at, toward } = pointAlong(MOTORWAY, meters);
  // Across the motorway, from its western side (right) to its eastern one.
  const across = (aside: number): Point => offsetPoint(at, toward, 0, aside);
  const west = drawing.addNode(across(CROSSING_ROAD_METERS));
  const westJunction = drawing.addNode(across(ROUNDABOUT_METERS));
  const eastJunction = drawing.addNode(across(-ROUNDABOUT_METERS));
  const east = drawing.addNode(across(-CROSSING_ROAD_METERS));
  const tags: Tags = { highway: 'secondary', ref: `D ${99 + exitNumber}`, lanes: '2', surface: 'asphalt' };
  const limit: Tags = { maxspeed: '80', 'source:maxspeed': 'FR:rural' };
  drawing.addWay([west, westJunction], { ...tags, ...limit });
  const bridge = drawing.addWay([westJunction, eastJunction], { ...tags, maxspeed: '50' });
  drawing.addWay([eastJunction, east], { ...tags, ...limit });
  drawing.bridgeOver(bridge, MOTORWAY, 45);

  const exitTags: Tags = { highway: 'motorway_junction', ref: String(exitNumber) };
  const onCarriageway = (way: DrawnWay, along: number, nodeTags?: Tags): number => {
    const aside = way === ways.south ? CARRIAGEWAY_METERS : -CARRIAGEWAY_METERS;
    return attachNearest(
      drawing,
      way,
      offsetPoint(pointAlong(MOTORWAY, along).at, toward, 0, aside),
      nodeTags,
    );
  };
  const link = (from: number, to: number, bulge: number): void => {
    drawing.addLine(
      curve(drawing.points[from], drawing.points[to], bulge),
      { ...LINK_TAGS },
      { first: from, last: to },
    );
  };
  // Southbound: leaves north of the crossing, comes back south of it; northbound the other way round.
  link(onCarriageway(ways.south, meters - LINK_METERS, exitTags), westJunction, -36);
  link(westJunction, onCarriageway(ways.south, meters + LINK_METERS), -36);
  link(onCarriageway(ways.north, meters + LINK_METERS, exitTags), eastJunction, -36);
  link(eastJunction, onCarriageway(ways.north, meters - LINK_METERS), -36);
  return {
    west: { node: west, at: across(CROSSING_ROAD_METERS) },
    east: { node: east, at: across(-CROSSING_ROAD_METERS) },
    junctions: [westJunction, eastJunction],
  };
}

/** A curved link: `bulge` metres to the right of the straight line at most. */
function curve(from: Point, to: Point, bulge: number): Point[] {
  const toward = { x: (to.x - from.x) / distance(from, to), y: (to.y - from.y) / distance(from, to) };
  return [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1].map((t) =>
    offsetPoint(from, toward, t * distance(from, to), 4 * bulge * t * (1 - t)),
  );
}

function attachNearest(drawing: Drawing, way: DrawnWay, at: Point, tags?: Tags): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let share = 0;
  for (let i = 0; i + 1 < way.refs.length; i++) {
    const a = drawing.points[way.refs[i]];
    const b = drawing.points[way.refs[i + 1]];
    const length = distance(a, b);
    const along = ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / (length * length);
    const clamped = Math.min(1, Math.max(0, along));
    const off = Math.hypot(at.x - a.x - clamped * (b.x - a.x), at.y - a.y - clamped * (b.y - a.y));
    if (off < least) {
      least = off;
      best = i;
      share = clamped;
    }
  }
  const node = drawing.attach(way, best, share);
  if (tags !== undefined) drawing.tagsOfNode.set(node, tags);
  return node;
}

/** The railway with its stations and halts; its trains come with the timetable. */
export function drawRailway(
  drawing: Drawing,
  stations: ReadonlyArray<{ name: string; kind: 'station' | 'halt'; near: Point }>,
): void {
  const way = drawing.addLine(RAILWAY, {
    railway: 'rail',
    usage: 'main',
    gauge: '1435',
    electrified: 'no',
    maxspeed: '140',
    name: 'Ligne Aubrelle – Montfleuret',
  });
  for (const { name, kind, near } of stations) {
    attachNearest(drawing, way, near, {
      railway: kind,
      public_transport: 'station',
      train: 'yes',
      name,
    });
  }
}
