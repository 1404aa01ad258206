/**
 * Links points to edges. A point is projected onto the nearest edges of its mode; every edge nearly as near is
 * a candidate, and the least total time decides later, so that nobody is tied to the wrong carriageway and
 * nobody walks over a river to a better road.
 *
 * In go points and the spatial index; out come, for each point, its candidates: the edge, how far along it,
 * and the distance off the road.
 */
import type Flatbush from 'flatbush';
import { METERS_PER_DEGREE } from '../common/geo.ts';
import { GrowingFloat64, GrowingUint32 } from '../common/growing-arrays.ts';
import { hilbertKeys } from '../common/hilbert.ts';
import { orderByKey } from '../common/radix-sort.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import { EDGES_PER_BOX } from './edge-index.ts';
import { STREET_CLASSES } from './street-classes.ts';
import type { StreetNetwork } from './street-network.ts';

/** Points and structures: ties only. With 50 m, cars would park and walk through walls. */
const POINT_TOLERANCE_METERS = 5;
/**
 * A point's tolerance is never more than its distance off the road (and never less than this): who stands on a
 * road stands on it, not on the one in the tunnel 3 m beside (Monaco: 88 s against 473 without this).
 */
const POINT_LEAST_TOLERANCE_METERS = 0.5;
/** Grid cells stand for many homes: streets within this of the nearest serve some of them. */
const CELL_TOLERANCE_METERS = 50;
/** A useful edge may stand in for a nearer one that is cut off, if it is no further than this beyond it. */
const CUT_OFF_REACH_METERS = 200;
/** Nobody lives on a motorway: only a point that lies on it is linked to it. */
const ON_MOTORWAY_METERS = 5;
/**
 * Nor in a tunnel: who stands above one walks along the surface, not through its roof. A point this near its
 * line is in it.
 */
const IN_TUNNEL_METERS = 1;
/** First search radius; most points have a street nearer. */
const FIRST_RADIUS_METERS = 50;

export interface SnapOptions {
  /** Beyond this a point is not linked, metres. */
  radiusMeters: number;
  /** Which of TAKES_DEPARTURES, TAKES_ARRIVALS an edge must have. */
  needs: number;
  /** point -> side of its grid cell in metres; 0 (or no array) where it is a point. */
  cellSides?: Float64Array;
}

/** Candidates of points, CSR over points. */
export interface SnappedPoints {
  count: number;
  /** point -> its first candidate; length count + 1. */
  firstCandidate: Uint32Array;
  /** candidate -> edge. */
  edges: Uint32Array;
  /** candidate -> share of the edge's length before the point, 0 at its tail, 1 at its head. */
  fractions: Float64Array;
  /** candidate -> metres off the road. */
  distances: Float64Array;
  /** point -> metres to its nearest usable edge; Infinity if not linked. */
  nearestMeters: Float64Array;
  /** point -> 1 if a street of the mode is near, but cut off from the rest. */
  cutOff: Uint8Array;
}

/** Kinds of edges as places to live at. */
const LINKABLE = 1;
const LINKABLE_ON_IT = 2;

/**
 * Links points given in degrees.
 * @param usefulEdges edge -> TAKES_* bits, from `findUsefulEdges`
 */
export function snapPoints(
  network: StreetNetwork,
  index: Flatbush | undefined,
  usefulEdges: Uint8Array,
  lon: Float64Array,
  lat: Float64Array,
  options: SnapOptions,
): SnappedPoints {
  const count = lon.length;
  const nearestMeters = new Float64Array(count).fill(Infinity);
  const cutOff = new Uint8Array(count);
  const candidateCount = new Uint32Array(count);
  // Found in spatial order, so that consecutive queries read the same memory; put in point order afterwards.
  const lonUnits = Int32Array.from(lon, (x) => Math.round(x * COORDINATE_UNITS_PER_DEGREE));
  const latUnits = Int32Array.from(lat, (y) => Math.round(y * COORDINATE_UNITS_PER_DEGREE));
  const order = orderByKey(hilbertKeys(lonUnits, latUnits));
  const firstFound = new Uint32Array(count);
  const edges = new GrowingUint32(2 * count + 16);
  const fractions = new GrowingFloat64(2 * count + 16);
  const distances = new GrowingFloat64(2 * count + 16);
  const finder = new NearEdges(network, index);
  for (let i = 0; i < count; i++) {
    const point = order[i]!;
    firstFound[point] = edges.length;
    const isCell = options.cellSides !== undefined && options.cellSides[point]! > 0;
    const found = finder.findFor(lon[point]!, lat[point]!, isCell, usefulEdges, options);
    cutOff[point] = found.cutOff ? 1 : 0;
    if (!Number.isFinite(found.nearest)) continue;
    nearestMeters[point] = found.nearest;
    for (let k = 0; k < finder.count; k++) {
      const edge = finder.edges[k]!;
      const distance = finder.distances[k]!;
      if (distance > found.nearest + toleranceAt(found.nearest, isCell) || distance > options.radiusMeters)
        continue;
      if (!finder.serves(edge, distance, usefulEdges, options.needs)) continue;
      edges.push(edge);
      fractions.push(finder.fractions[k]!);
      distances.push(distance);
    }
    candidateCount[point] = edges.length - firstFound[point]!;
  }
  const firstCandidate = new Uint32Array(count + 1);
  for (let p = 0; p < count; p++) firstCandidate[p + 1] = firstCandidate[p]! + candidateCount[p]!;
  const result: SnappedPoints = {
    count,
    firstCandidate,
    edges: new Uint32Array(edges.length),
    fractions: new Float64Array(edges.length),
    distances: new Float64Array(edges.length),
    nearestMeters,
    cutOff,
  };
  for (let p = 0; p < count; p++) {
    const from = firstFound[p]!;
    const to = from + candidateCount[p]!;
    result.edges.set(edges.array.subarray(from, to), firstCandidate[p]!);
    result.fractions.set(fractions.array.subarray(from, to), firstCandidate[p]!);
    result.distances.set(distances.array.subarray(from, to), firstCandidate[p]!);
  }
  return result;
}

/** How much further than the nearest edge a candidate may be, metres. */
function toleranceAt(nearestMeters: number, isCell: boolean): number {
  if (isCell) return CELL_TOLERANCE_METERS;
  return Math.min(POINT_TOLERANCE_METERS, Math.max(POINT_LEAST_TOLERANCE_METERS, nearestMeters));
}

/** Finds the edges around one point; its arrays hold the first `count` results of the last query. */
class NearEdges {
  count = 0;
  edges: number[] = [];
  fractions: number[] = [];
  distances: number[] = [];
  private readonly linkable: Uint8Array;
  private readonly boxes: number[] = [];

  constructor(
    private readonly network: StreetNetwork,
    private readonly index: Flatbush | undefined,
  ) {
    this.linkable = Uint8Array.from(STREET_CLASSES, (streetClass) => {
      if (streetClass === 'ferry' || streetClass === 'shuttle_train') return 0;
      return streetClass === 'motorway' || streetClass === 'motorway_link' ? LINKABLE_ON_IT : LINKABLE;
    });
  }

  /** Whether a found edge takes the point. */
  serves(edge: number, distance: number, usefulEdges: Uint8Array, needs: number): boolean {
    if ((usefulEdges[edge]! & needs) !== needs) return false;
    return this.takesPoint(edge, distance);
  }

  /** Whether points are linked to such an edge at all, were it useful. */
  private takesPoint(edge: number, distance: number): boolean {
    const { classOfEdge, tunnelOfEdge } = this.network;
    const kind = this.linkable[classOfEdge[edge]!]!;
    if (kind === 0 || (tunnelOfEdge[edge] === 1 && distance > IN_TUNNEL_METERS)) return false;
    return kind === LINKABLE || distance <= ON_MOTORWAY_METERS;
  }

  findFor(
    lon: number,
    lat: number,
    isCell: boolean,
    usefulEdges: Uint8Array,
    options: SnapOptions,
  ): { nearest: number; cutOff: boolean } {
    const { radiusMeters, needs } = options;
    let radius = Math.min(FIRST_RADIUS_METERS, radiusMeters);
    for (;;) {
      this.collect(lon, lat, radius);
      let nearest = Infinity;
      let nearestAny = Infinity;
      for (let k = 0; k < this.count; k++) {
        const distance = this.distances[k]!;
        const edge = this.edges[k]!;
        if (!this.takesPoint(edge, distance)) continue;
        if (distance < nearestAny) nearestAny = distance;
        if (distance < nearest && (usefulEdges[edge]! & needs) === needs) nearest = distance;
      }
      const isCutOff = nearest > nearestAny + CUT_OFF_REACH_METERS;
      const enough = Number.isFinite(nearest)
        ? nearest + toleranceAt(nearest, isCell)
        : nearestAny + CUT_OFF_REACH_METERS;
      if (radius >= radiusMeters || enough <= radius) {
        return { nearest: isCutOff ? Infinity : nearest, cutOff: isCutOff && Number.isFinite(nearestAny) };
      }
      radius = Number.isFinite(enough)
        ? Math.min(radiusMeters, Math.max(enough, radius * 2))
        : Math.min(radiusMeters, radius * 3);
    }
  }

  /** All edges within `radius` metres, with the nearest place on each. */
  private collect(lon: number, lat: number, radius: number): void {
    this.count = 0;
    if (this.index === undefined) return;
    const { firstPointOfEdge, lonOfPoint, latOfPoint, edgeCount } = this.network;
    const metersPerLatUnit = METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE;
    const metersPerLonUnit = metersPerLatUnit * Math.max(1e-6, Math.cos((lat * Math.PI) / 180));
    const x = lon * COORDINATE_UNITS_PER_DEGREE;
    const y = lat * COORDINATE_UNITS_PER_DEGREE;
    const dx = radius / metersPerLonUnit;
    const dy = radius / metersPerLatUnit;
    const { boxes } = this;
    let boxCount = 0;
    this.index.search(x - dx, y - dy, x + dx, y + dy, (box) => {
      // A few, in ascending order: inserted, for a sort would cost more.
      let at = boxCount++;
      for (; at > 0 && boxes[at - 1]! > box; at--) boxes[at] = boxes[at - 1]!;
      boxes[at] = box;
      return false;
    });
    const limit = radius * radius;
    for (let i = 0; i < boxCount; i++) {
      const box = boxes[i]!;
      const endEdge = Math.min(edgeCount, (box + 1) * EDGES_PER_BOX);
      for (let edge = box * EDGES_PER_BOX; edge < endEdge; edge++) {
        const last = firstPointOfEdge[edge + 1]! - 1;
        let point = firstPointOfEdge[edge]!;
        let ax = (lonOfPoint[point]! - x) * metersPerLonUnit;
        let ay = (latOfPoint[point]! - y) * metersPerLatUnit;
        let least = Infinity;
        let lengthBefore = 0;
        let lengthAtLeast = 0;
        for (; point < last; point++) {
          const bx = (lonOfPoint[point + 1]! - x) * metersPerLonUnit;
          const by = (latOfPoint[point + 1]! - y) * metersPerLatUnit;
          const ux = bx - ax;
          const uy = by - ay;
          const square = ux * ux + uy * uy;
          let t = square > 0 ? -(ax * ux + ay * uy) / square : 0;
          t = Math.max(0, Math.min(1, t));
          const px = ax + t * ux;
          const py = ay + t * uy;
          const distance = px * px + py * py;
          const length = Math.sqrt(square);
          if (distance < least) {
            least = distance;
            lengthAtLeast = lengthBefore + t * length;
          }
          lengthBefore += length;
          ax = bx;
          ay = by;
        }
        if (least > limit) continue;
        this.edges[this.count] = edge;
        this.distances[this.count] = Math.sqrt(least);
        this.fractions[this.count] = lengthBefore > 0 ? Math.min(1, lengthAtLeast / lengthBefore) : 0;
        this.count++;
      }
    }
  }
}
