/**
 * Which polygon holds a point, and how far the nearest is. In go GeoJSON polygons in lon, lat; the index keeps
 * them as flat edges under a Flatbush of their boxes. Inside is even-odd over all rings of a polygon, so holes
 * are holes and a ring that crosses itself does no harm.
 *
 * An edge is always computed from its southern to its northern end and counts its southern end only, so a point
 * on a border that two polygons draw alike lies in exactly one of them.
 */
import Flatbush from 'flatbush';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from './geo.ts';

export interface PolygonIndex {
  /** The polygon that holds the point (the first, should several overlap), or -1. */
  locate(lon: number, lat: number): number;
  /** The nearest polygon within `withinMeters` and the distance to it (0 inside), or -1 and Infinity. */
  nearest(lon: number, lat: number, withinMeters: number): { polygon: number; distanceMeters: number };
}

/** Numbers per edge: southern lon, lat, northern lon, lat. */
const EDGE_SIZE = 4;

type Geometries = ReadonlyArray<Polygon | MultiPolygon | undefined>;

/**
 * First geometry -> what was built of a list that begins with it, for as long as it lives. The readers and checks of
 * one run ask for the communes again and again, each with a list of its own; of a whole country one index takes 0.5 s.
 */
const builtOf = new WeakMap<Polygon | MultiPolygon, { geometries: Geometries; index: PolygonIndex }>();

/** `geometries[i]` may be undefined: such a polygon holds nothing. None is to be changed afterwards. */
export function buildPolygonIndex(geometries: Geometries): PolygonIndex {
  const first = geometries.find((geometry) => geometry !== undefined);
  const built = first === undefined ? undefined : builtOf.get(first);
  if (built !== undefined && isSameList(built.geometries, geometries)) return built.index;
  const index = buildIndex(geometries);
  if (first !== undefined) builtOf.set(first, { geometries: [...geometries], index });
  return index;
}

function isSameList(a: Geometries, b: Geometries): boolean {
  return a.length === b.length && a.every((geometry, position) => geometry === b[position]);
}

function buildIndex(geometries: Geometries): PolygonIndex {
  const flat = flattenEdges(geometries);
  if (flat.polygonOfBox.length === 0) {
    return { locate: () => -1, nearest: () => ({ polygon: -1, distanceMeters: Number.POSITIVE_INFINITY }) };
  }
  return new FlatPolygonIndex(flat);
}

/** All rings of a polygon or multipolygon. */
export function ringsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

/** West, south, east, north. */
export type Box = [west: number, south: number, east: number, north: number];

/** Boxes by geometry, which nothing changes once it is read: several stages ask for those of a whole country. */
const boxOfGeometry = new WeakMap<Polygon | MultiPolygon, Box>();

/** The box of all points of the geometries; its sides are infinite where there is none. */
export function boxOfGeometries(geometries: Iterable<Polygon | MultiPolygon | undefined>): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    if (geometry === undefined) continue;
    let own = boxOfGeometry.get(geometry);
    if (own === undefined) {
      own = findBox(geometry);
      boxOfGeometry.set(geometry, own);
    }
    if (own[0] < box[0]) box[0] = own[0];
    if (own[1] < box[1]) box[1] = own[1];
    if (own[2] > box[2]) box[2] = own[2];
    if (own[3] > box[3]) box[3] = own[3];
  }
  return box;
}

function findBox(geometry: Polygon | MultiPolygon): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of ringsOf(geometry)) {
    // By position: taking millions of points apart as lists costs several times as much.
    for (const point of ring) {
      const lon = point[0]!;
      const lat = point[1]!;
      if (lon < west) west = lon;
      if (lon > east) east = lon;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
  }
  return [west, south, east, north];
}

interface FlatEdges {
  /** Edges, four numbers each, polygon after polygon. */
  edges: Float64Array;
  /** box -> its first edge; one longer. */
  firstEdgeOfBox: Uint32Array;
  /** box -> polygon; polygons without geometry have no box. */
  polygonOfBox: Uint32Array;
}

class FlatPolygonIndex implements PolygonIndex {
  private readonly boxes: Flatbush;
  /** Boxes in metres of a plane, for distances: built when the first is asked for. */
  private metricBoxesBuilt: Flatbush | undefined;
  private readonly lonScale: number;

  constructor(private readonly flat: FlatEdges) {
    const { edges, polygonOfBox } = flat;
    const count = polygonOfBox.length;
    this.boxes = new Flatbush(count);
    let south = Number.POSITIVE_INFINITY;
    let north = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < edges.length; i += EDGE_SIZE) {
      south = Math.min(south, edges[i + 1]);
      north = Math.max(north, edges[i + 3]);
    }
    this.lonScale = metersPerDegreeOfLongitude((south + north) / 2);
    for (let box = 0; box < count; box++) this.boxes.add(...this.boxOf(box));
    this.boxes.finish();
  }

  private get metricBoxes(): Flatbush {
    if (this.metricBoxesBuilt !== undefined) return this.metricBoxesBuilt;
    const count = this.flat.polygonOfBox.length;
    const boxes = new Flatbush(count);
    for (let box = 0; box < count; box++) {
      const [west, south, east, north] = this.boxOf(box);
      boxes.add(
        west * this.lonScale,
        south * METERS_PER_DEGREE,
        east * this.lonScale,
        north * METERS_PER_DEGREE,
      );
    }
    boxes.finish();
    this.metricBoxesBuilt = boxes;
    return boxes;
  }

  private boxOf(box: number): Box {
    const { edges, firstEdgeOfBox } = this.flat;
    let minLon = Number.POSITIVE_INFINITY;
    let minLat = Number.POSITIVE_INFINITY;
    let maxLon = Number.NEGATIVE_INFINITY;
    let maxLat = Number.NEGATIVE_INFINITY;
    for (let i = firstEdgeOfBox[box] * EDGE_SIZE; i < firstEdgeOfBox[box + 1] * EDGE_SIZE; i += EDGE_SIZE) {
      minLon = Math.min(minLon, edges[i], edges[i + 2]);
      maxLon = Math.max(maxLon, edges[i], edges[i + 2]);
      minLat = Math.min(minLat, edges[i + 1]);
      maxLat = Math.max(maxLat, edges[i + 3]);
    }
    return [minLon, minLat, maxLon, maxLat];
  }

  locate(lon: number, lat: number): number {
    const candidates = this.boxes.search(lon, lat, lon, lat);
    let found = -1;
    for (const box of candidates) {
      if (found >= 0 && box > found) continue;
      if (this.holds(box, lon, lat)) found = box;
    }
    return found < 0 ? -1 : this.flat.polygonOfBox[found];
  }

  nearest(lon: number, lat: number, withinMeters: number): { polygon: number; distanceMeters: number } {
    const inside = this.locate(lon, lat);
    if (inside >= 0) return { polygon: inside, distanceMeters: 0 };
    const candidates = this.metricBoxes.neighbors(
      lon * this.lonScale,
      lat * METERS_PER_DEGREE,
      Number.POSITIVE_INFINITY,
      withinMeters,
    );
    let best = -1;
    let bestMeters = Number.POSITIVE_INFINITY;
    for (const box of candidates) {
      const distance = this.distanceToBorder(box, lon, lat, Math.min(bestMeters, withinMeters));
      if (distance > withinMeters) continue;
      if (distance < bestMeters || (distance === bestMeters && box < best)) {
        best = box;
        bestMeters = distance;
      }
    }
    return { polygon: best < 0 ? -1 : this.flat.polygonOfBox[best], distanceMeters: bestMeters };
  }

  private holds(box: number, lon: number, lat: number): boolean {
    const { edges, firstEdgeOfBox } = this.flat;
    const end = firstEdgeOfBox[box + 1] * EDGE_SIZE;
    let isInside = false;
    for (let i = firstEdgeOfBox[box] * EDGE_SIZE; i < end; i += EDGE_SIZE) {
      const southLat = edges[i + 1];
      const northLat = edges[i + 3];
      if (lat < southLat || lat >= northLat) continue;
      const southLon = edges[i];
      const crossing = southLon + ((lat - southLat) / (northLat - southLat)) * (edges[i + 2] - southLon);
      if (lon < crossing) isInside = !isInside;
    }
    return isInside;
  }

  /** Metres to the nearest edge; edges further than `bound` in latitude alone are passed over. */
  private distanceToBorder(box: number, lon: number, lat: number, bound: number): number {
    const { edges, firstEdgeOfBox } = this.flat;
    const lonScale = metersPerDegreeOfLongitude(lat);
    let best = Number.POSITIVE_INFINITY;
    for (let i = firstEdgeOfBox[box] * EDGE_SIZE; i < firstEdgeOfBox[box + 1] * EDGE_SIZE; i += EDGE_SIZE) {
      const southY = (edges[i + 1] - lat) * METERS_PER_DEGREE;
      const northY = (edges[i + 3] - lat) * METERS_PER_DEGREE;
      if (southY > bound || northY < -bound) continue;
      const southX = (edges[i] - lon) * lonScale;
      const dx = (edges[i + 2] - lon) * lonScale - southX;
      const dy = northY - southY;
      const lengthSquared = dx * dx + dy * dy;
      const along = lengthSquared === 0 ? 0 : -(southX * dx + southY * dy) / lengthSquared;
      const share = Math.max(0, Math.min(1, along));
      const distance = Math.hypot(southX + share * dx, southY + share * dy);
      if (distance < best) best = distance;
    }
    return best;
  }
}

function flattenEdges(geometries: ReadonlyArray<Polygon | MultiPolygon | undefined>): FlatEdges {
  const polygons: number[] = [];
  let edgeCount = 0;
  geometries.forEach((geometry, polygon) => {
    if (geometry === undefined) return;
    const rings = ringsOf(geometry);
    const edgesHere = rings.reduce((sum, ring) => sum + Math.max(0, ring.length - 1), 0);
    if (edgesHere === 0) return;
    polygons.push(polygon);
    edgeCount += edgesHere;
  });
  const edges = new Float64Array(edgeCount * EDGE_SIZE);
  const firstEdgeOfBox = new Uint32Array(polygons.length + 1);
  let edge = 0;
  polygons.forEach((polygon, box) => {
    for (const ring of ringsOf(geometries[polygon]!)) {
      for (let point = 1; point < ring.length; point++) {
        const from = ring[point - 1];
        const to = ring[point];
        const fromLon = from[0];
        const fromLat = from[1];
        const toLon = to[0];
        const toLat = to[1];
        const isNorthward = fromLat < toLat || (fromLat === toLat && fromLon <= toLon);
        const at = edge * EDGE_SIZE;
        edges[at] = isNorthward ? fromLon : toLon;
        edges[at + 1] = isNorthward ? fromLat : toLat;
        edges[at + 2] = isNorthward ? toLon : fromLon;
        edges[at + 3] = isNorthward ? toLat : fromLat;
        edge++;
      }
    }
    firstEdgeOfBox[box + 1] = edge;
  });
  return { edges, firstEdgeOfBox, polygonOfBox: Uint32Array.from(polygons) };
}
