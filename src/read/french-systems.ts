/**
 * The coordinate system of metres of which nothing says it: the one that lays most points where French systems are
 * used, and near the roads or the territory where these are known. Systems overlap (Web Mercator's Paris is
 * Lambert-93's Bay of Biscay), so each counts only the points in the region that it is for.
 */
import { type Bounds, isNear } from './positions.ts';
import { buildUnprojection, type Unproject } from './projections.ts';

export interface FoundSystem {
  epsg: number;
  name: string;
  /** The columns (or coordinates) stand the wrong way round: y before x. */
  isSwapped: boolean;
  /** x, y as written -> lon, lat; the exchange included. */
  toLonLat: Unproject;
}

interface Region {
  contains: (lon: number, lat: number) => boolean;
}

interface System {
  epsg: number;
  name: string;
  regions: readonly Region[];
}

function box(west: number, south: number, east: number, north: number): Region {
  return { contains: (lon, lat) => lon >= west && lon <= east && lat >= south && lat <= north };
}

/** The coast and the borders with some 20 km to spare: what lies in the sea tells systems apart. */
const MAINLAND: ReadonlyArray<readonly [number, number]> = [
  [-5.4, 48.7],
  [-5, 47.7],
  [-3, 46.9],
  [-2, 45.9],
  [-2, 43],
  [0.6, 42.4],
  [1.7, 42.2],
  [3.4, 42.2],
  [3.4, 43],
  [5.2, 42.9],
  [6.3, 42.7],
  [7.9, 43.6],
  [7.5, 44.8],
  [7.4, 46],
  [7.9, 47.4],
  [8.5, 49],
  [6.3, 49.8],
  [4.4, 50.5],
  [2.7, 51.3],
  [1.3, 51],
  [1, 50.2],
  [-0.2, 49.8],
  [-1.4, 50],
  [-2.3, 49.8],
  [-2, 49],
  [-3.6, 49.1],
];

const METROPOLITAN: readonly Region[] = [
  { contains: (lon, lat) => isInRing(MAINLAND, lon, lat) },
  // Corsica
  box(8.4, 41.2, 9.7, 43.2),
];
const ANTILLES = box(-63.3, 14.2, -60.6, 18.3);
const GUYANE = box(-54.8, 2, -51.4, 6);
const REUNION = box(55, -21.6, 56, -20.7);
const MAYOTTE = box(44.8, -13.2, 45.5, -12.4);
const SAINT_PIERRE = box(-56.6, 46.6, -56, 47.3);
const ALL_OF_FRANCE = [...METROPOLITAN, ANTILLES, GUYANE, REUNION, MAYOTTE, SAINT_PIERRE];

/** Zone n of the conic systems is for latitudes n - 1 to n + 1; towns at its edge use either. */
function conicZone(parallel: number): System {
  const isInZone = (lat: number) => Math.abs(lat - parallel) <= 1.3;
  const regions = METROPOLITAN.map(({ contains }) => ({
    contains: (lon: number, lat: number) => isInZone(lat) && contains(lon, lat),
  }));
  return { epsg: 3900 + parallel, name: `CC${parallel}`, regions };
}

/** The likelier first: equals go to the first. */
const SYSTEMS: readonly System[] = [
  { epsg: 2154, name: 'Lambert-93', regions: METROPOLITAN },
  ...[42, 43, 44, 45, 46, 47, 48, 49, 50].map(conicZone),
  { epsg: 2975, name: 'RGR92 / UTM 40S', regions: [REUNION] },
  { epsg: 5490, name: 'RGAF09 / UTM 20N', regions: [ANTILLES] },
  { epsg: 2972, name: 'RGFG95 / UTM 22N', regions: [GUYANE] },
  { epsg: 4471, name: 'RGM04 / UTM 38S', regions: [MAYOTTE] },
  { epsg: 4467, name: 'RGSPM06 / UTM 21N', regions: [SAINT_PIERRE] },
  { epsg: 27572, name: 'NTF / Lambert II étendu', regions: METROPOLITAN },
  { epsg: 3857, name: 'Web Mercator', regions: ALL_OF_FRANCE },
  { epsg: 3035, name: 'ETRS89-LAEA', regions: METROPOLITAN },
  { epsg: 27571, name: 'NTF / Lambert I', regions: METROPOLITAN },
  { epsg: 27573, name: 'NTF / Lambert III', regions: METROPOLITAN },
  { epsg: 27574, name: 'NTF / Lambert IV', regions: METROPOLITAN },
  ...[30, 31, 32].map((zone) => utmZone(32600 + zone, METROPOLITAN)),
];

function utmZone(epsg: number, regions: readonly Region[]): System {
  return { epsg, name: `WGS84 / UTM ${epsg % 100}${epsg < 32700 ? 'N' : 'S'}`, regions };
}

export function isInFrance(lon: number, lat: number): boolean {
  return ALL_OF_FRANCE.some(({ contains }) => contains(lon, lat));
}

/** Less than this share of the points in its place is no evidence of a system. */
const LEAST_SHARE = 0.5;
/** Points looked at; evenly spread over the file. */
const MOST_POINTS = 2000;

/** More than any degrees that are merely wrong. */
const LARGEST_ANGLE = 1000;

/** True for a pair that cannot be degrees, whichever way round. */
export function isMetric(x: number, y: number): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && Math.max(Math.abs(x), Math.abs(y)) > LARGEST_ANGLE;
}

/**
 * The system of points in metres, with x and y as written or exchanged; undefined where none lays half of them in
 * its place. `bounds` are those of the roads, else of the territory.
 */
export async function findSystem(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  bounds: Bounds | undefined,
  file: string,
): Promise<FoundSystem | undefined> {
  const step = Math.max(1, Math.floor(x.length / MOST_POINTS));
  let best: { system: FoundSystem; near: number; inside: number } | undefined;
  let pointCount = 0;
  for (let point = 0; point < x.length; point += step) pointCount++;
  for (const isSwapped of [false, true]) {
    for (const { epsg, name, regions } of systemsFor(bounds)) {
      const unproject = await buildUnprojection(epsg, file);
      const toLonLat: Unproject = isSwapped ? (first, second) => unproject(second, first) : unproject;
      let near = 0;
      let inside = 0;
      for (let point = 0; point < x.length; point += step) {
        const [lon, lat] = toLonLat(x[point]!, y[point]!);
        const isNearBounds = bounds !== undefined && isNear(bounds, lon, lat);
        if (isNearBounds) near++;
        if (isNearBounds || regions.some(({ contains }) => contains(lon, lat))) inside++;
      }
      if (inside < LEAST_SHARE * pointCount) continue;
      if (best !== undefined && !isBetter(near, inside, best)) continue;
      best = { system: { epsg, name, isSwapped, toLonLat }, near, inside };
    }
  }
  return best?.system;
}

/** Some point near what the study reads comes first, then the points in their place, then how many are near. */
function isBetter(near: number, inside: number, best: { near: number; inside: number }): boolean {
  if (near > 0 !== best.near > 0) return near > 0;
  return inside !== best.inside ? inside > best.inside : near > best.near;
}

/** Outside France, the UTM zones of the study's own place. */
function systemsFor(bounds: Bounds | undefined): readonly System[] {
  if (bounds === undefined) return SYSTEMS;
  const [lon, lat] = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
  const zone = Math.floor((lon + 180) / 6) + 1;
  const zones = [zone, zone - 1, zone + 1].filter((each) => each >= 1 && each <= 60);
  const known = new Set(SYSTEMS.map(({ epsg }) => epsg));
  const own = zones.map((each) => (lat < 0 ? 32700 : 32600) + each).filter((epsg) => !known.has(epsg));
  return [...SYSTEMS, ...own.map((epsg) => utmZone(epsg, []))];
}

function isInRing(ring: ReadonlyArray<readonly [number, number]>, lon: number, lat: number): boolean {
  let isInside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [lonA, latA] = ring[at]!;
    const [lonB, latB] = ring[before]!;
    if (latA > lat === latB > lat) continue;
    if (lon < lonA + ((lat - latA) / (latB - latA)) * (lonB - lonA)) isInside = !isInside;
  }
  return isInside;
}
