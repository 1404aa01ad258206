/**
 * The stations and halts of the railway: each has a forecourt street, where coaches stop, joined to the nearest
 * road on the side of its town, and a footway to its platform.
 */
import type { Drawing } from './drawing.ts';
import {
  distance,
  distanceToLine,
  nearestOnSegment,
  offsetPoint,
  type Point,
  pointAlong,
  resample,
} from './geometry.ts';
import { crossesLine, MOTORWAY, RAILWAY, RIVER } from './terrain.ts';

interface StationSite {
  name: string;
  kind: 'station' | 'halt';
  near: Point;
  /** A point on the side of the line where its forecourt is. */
  townSide: Point;
}

/** From west to east. */
export const STATION_SITES: readonly StationSite[] = [
  {
    name: 'Halte de Varzolles',
    kind: 'halt',
    near: { x: -18_780, y: 1710 },
    townSide: { x: -18_500, y: 3700 },
  },
  {
    name: "Gare d'Aubrelle",
    kind: 'station',
    near: { x: -9000, y: 2700 },
    townSide: { x: -9000, y: 800 },
  },
  {
    name: 'Halte de Sainte-Orvenne',
    kind: 'halt',
    near: { x: -3430, y: 6440 },
    townSide: { x: -2900, y: 5000 },
  },
  {
    name: 'Gare de Montfleuret',
    kind: 'station',
    near: { x: 11_800, y: 10_900 },
    townSide: { x: 12_000, y: 12_600 },
  },
];

export interface Station {
  name: string;
  kind: 'station' | 'halt';
  /** Metres of plan along `RAILWAY` from its western end. */
  meters: number;
  /** Plan coordinates: the building, and the platforms of eastbound and westbound trains. */
  at: Point;
  platforms: { eastbound: Point; westbound: Point };
  /** Where coaches stop on the forecourt. */
  quays: Point[];
}

/** From the middle of the line to the forecourt, and to the platforms. */
const FORECOURT_METERS = 30;
const PLATFORM_METERS = 8;
const FORECOURT_LENGTH_METERS = 90;
const QUAY_STEP_METERS = 18;
/** Roads nearer to the line are about to cross it on a bridge. */
const BRIDGE_METERS = 75;
/** The forecourt begins so far along the line from the road that it leaves. */
const ASIDE_METERS = 35;
const LONGEST_ACCESS_METERS = 1500;
const JOINABLE = new Set(['primary', 'secondary', 'tertiary', 'unclassified', 'residential']);

/** Draws the forecourts; joins existing nodes only, so that all else stays as it was drawn. */
export function drawForecourts(drawing: Drawing): Station[] {
  return STATION_SITES.map((site) => drawForecourt(drawing, site));
}

function drawForecourt(drawing: Drawing, site: StationSite): Station {
  const meters = metersAlongRailway(site.near);
  const { at, toward } = pointAlong(RAILWAY, meters);
  const cross = toward.x * (site.townSide.y - at.y) - toward.y * (site.townSide.x - at.x);
  const side = cross < 0 ? 1 : -1;
  const beside = (along: number, aside: number): Point => offsetPoint(at, toward, along, side * aside);

  const joint = findJoint(drawing, beside(0, 130));
  const to = drawing.points[joint];
  const along = (to.x - at.x) * toward.x + (to.y - at.y) * toward.y;
  const turn = along <= 0 ? 1 : -1;
  const start = Math.min(60, Math.max(-60, along)) + turn * ASIDE_METERS;
  const forecourt = resample(
    [beside(start, FORECOURT_METERS), beside(start + turn * FORECOURT_LENGTH_METERS, FORECOURT_METERS)],
    QUAY_STEP_METERS,
  );
  const line = [...resample([to, forecourt[0]], 120), ...forecourt.slice(1)];
  const isStation = site.kind === 'station';
  const street = drawing.addLine(
    line,
    {
      highway: isStation ? 'residential' : 'unclassified',
      name: isStation ? 'Avenue de la Gare' : 'Chemin de la Halte',
      surface: 'asphalt',
      maxspeed: '30',
    },
    { first: joint },
  );
  const quayRefs = street.refs.slice(-forecourt.length + 1);
  const platform = drawing.addNode(beside(start + turn * 2 * QUAY_STEP_METERS, PLATFORM_METERS + 3));
  drawing.addWay([quayRefs[1], platform], { highway: 'footway', surface: 'asphalt' });
  const near = beside(start + turn * 2 * QUAY_STEP_METERS, PLATFORM_METERS);
  const far = beside(start + turn * 2 * QUAY_STEP_METERS, -PLATFORM_METERS);
  return {
    name: site.name,
    kind: site.kind,
    meters,
    at: beside(start + turn * 2 * QUAY_STEP_METERS, 18),
    // Trains run on the left in France: on this line, which runs east, the northern track.
    platforms: side === 1 ? { eastbound: far, westbound: near } : { eastbound: near, westbound: far },
    quays: quayRefs.map((ref) => drawing.points[ref]),
  };
}

/** The node of a road, where buses go, that is nearest to the aim and on the same side of the line. */
function findJoint(drawing: Drawing, aim: Point): number {
  let best = -1;
  let least = LONGEST_ACCESS_METERS;
  for (const { refs, tags } of drawing.ways) {
    if (!JOINABLE.has(tags.highway ?? '') || tags.oneway === 'yes' || tags.bridge !== undefined) continue;
    for (const ref of refs) {
      const point = drawing.points[ref];
      if (distance(aim, point) >= least || distanceToLine(point, RAILWAY) < BRIDGE_METERS) continue;
      if ([RAILWAY, MOTORWAY, RIVER].some((line) => crossesLine(aim, point, line))) continue;
      best = ref;
      least = distance(aim, point);
    }
  }
  if (best === -1) throw new Error('no road near a station');
  return best;
}

function metersAlongRailway(near: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let meters = 0;
  let along = 0;
  for (let i = 1; i < RAILWAY.length; i++) {
    const [a, b] = [RAILWAY[i - 1], RAILWAY[i]];
    const { share, distance: off } = nearestOnSegment(near, a, b);
    if (off < least) {
      least = off;
      meters = along + share * distance(a, b);
    }
    along += distance(a, b);
  }
  return meters;
}
