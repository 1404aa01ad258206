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
import { doubled, GrowingFloat64, GrowingUint32 } from '../common/growing-arrays.ts';
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

const METERS_PER_LAT_UNIT = METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE;

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
  const order = orderByKey(hilbertKeys(toUnits(lon), toUnits(lat)));
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
  copyInOrder(firstFound, edges.array, fractions.array, distances.array, result);
  return result;
}

/** Copies what was found for each point, from its place in the given arrays on, to where its candidates belong. */
function copyInOrder(
  firstFound: Uint32Array,
  foundEdges: Uint32Array,
  foundFractions: Float64Array,
  foundDistances: Float64Array,
  { firstCandidate, edges, fractions, distances }: SnappedPoints,
): void {
  for (let point = 0; point < firstFound.length; point++) {
    let from = firstFound[point]!;
    for (let to = firstCandidate[point]!; to < firstCandidate[point + 1]!; to++) {
      edges[to] = foundEdges[from]!;
      fractions[to] = foundFractions[from]!;
      distances[to] = foundDistances[from++]!;
    }
  }
}

function toUnits(degrees: Float64Array): Int32Array {
  const units = new Int32Array(degrees.length);
  for (let i = 0; i < units.length; i++) units[i] = Math.round(degrees[i]! * COORDINATE_UNITS_PER_DEGREE);
  return units;
}

/** How much further than the nearest edge a candidate may be, metres. */
function toleranceAt(nearestMeters: number, isCell: boolean): number {
  if (isCell) return CELL_TOLERANCE_METERS;
  return Math.min(POINT_TOLERANCE_METERS, Math.max(POINT_LEAST_TOLERANCE_METERS, nearestMeters));
}

/** Room for edges, and boxes of edges, near a point. */
const NEAR_AT_FIRST = 256;

/** Finds the edges around one point; its arrays hold the first `count` results of the last query. */
class NearEdges {
  count = 0;
  edges = new Uint32Array(NEAR_AT_FIRST);
  fractions = new Float64Array(NEAR_AT_FIRST);
  distances = new Float64Array(NEAR_AT_FIRST);
  private boxes = new Uint32Array(NEAR_AT_FIRST);
  private readonly linkable: Uint8Array;

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
    const metersPerLonUnit = METERS_PER_LAT_UNIT * Math.max(1e-6, Math.cos((lat * Math.PI) / 180));
    const x = lon * COORDINATE_UNITS_PER_DEGREE;
    const y = lat * COORDINATE_UNITS_PER_DEGREE;
    const boxCount = this.findBoxes(
      x,
      y,
      radius / metersPerLonUnit,
      radius / METERS_PER_LAT_UNIT,
      this.index,
    );
    for (let i = 0; i < boxCount; i++) this.collectBox(this.boxes[i]!, x, y, metersPerLonUnit, radius);
  }

  /** Boxes that meet the rectangle around a place, ascending: the first of `boxes`, as many as it returns. */
  private findBoxes(x: number, y: number, dx: number, dy: number, index: Flatbush): number {
    let count = 0;
    index.search(x - dx, y - dy, x + dx, y + dy, (box) => {
      if (count === this.boxes.length) this.boxes = doubled(this.boxes);
      const { boxes } = this;
      // A few: inserted, for a sort would cost more.
      let at = count++;
      for (; at > 0 && boxes[at - 1]! > box; at--) boxes[at] = boxes[at - 1]!;
      boxes[at] = box;
      return false;
    });
    return count;
  }

  /** Adds the edges of a box that lie within `radius` metres of a place. */
  private collectBox(box: number, x: number, y: number, metersPerLonUnit: number, radius: number): void {
    const { firstPointOfEdge, lonOfPoint, latOfPoint, edgeCount } = this.network;
    const limit = radius * radius;
    const endEdge = Math.min(edgeCount, (box + 1) * EDGES_PER_BOX);
    for (let edge = box * EDGES_PER_BOX; edge < endEdge; edge++) {
      const last = firstPointOfEdge[edge + 1]! - 1;
      let point = firstPointOfEdge[edge]!;
      let ax = (lonOfPoint[point]! - x) * metersPerLonUnit;
      let ay = (latOfPoint[point]! - y) * METERS_PER_LAT_UNIT;
      let least = Infinity;
      let pointAtLeast = 0;
      let shareAtLeast = 0;
      for (; point < last; point++) {
        const fromX = ax;
        const fromY = ay;
        ax = (lonOfPoint[point + 1]! - x) * metersPerLonUnit;
        ay = (latOfPoint[point + 1]! - y) * METERS_PER_LAT_UNIT;
        // Most stretches of a box lie on one side of the square around the place.
        if (ax > radius && fromX > radius) continue;
        if (ax < -radius && fromX < -radius) continue;
        if (ay > radius && fromY > radius) continue;
        if (ay < -radius && fromY < -radius) continue;
        const ux = ax - fromX;
        const uy = ay - fromY;
        const square = ux * ux + uy * uy;
        let t = square > 0 ? -(fromX * ux + fromY * uy) / square : 0;
        t = Math.max(0, Math.min(1, t));
        const px = fromX + t * ux;
        const py = fromY + t * uy;
        const distance = px * px + py * py;
        if (distance < least) {
          least = distance;
          pointAtLeast = point;
          shareAtLeast = t;
        }
      }
      if (least > limit) continue;
      this.add(
        edge,
        Math.sqrt(least),
        this.fractionAt(edge, pointAtLeast, shareAtLeast, x, y, metersPerLonUnit),
      );
    }
  }

  private add(edge: number, distance: number, fraction: number): void {
    const at = this.count++;
    if (at === this.edges.length) {
      this.edges = doubled(this.edges);
      this.distances = doubled(this.distances);
      this.fractions = doubled(this.fractions);
    }
    this.edges[at] = edge;
    this.distances[at] = distance;
    this.fractions[at] = fraction;
  }

  /** Share of an edge's length before the place at `share` of the stretch from the point `place` to the next. */
  private fractionAt(
    edge: number,
    place: number,
    share: number,
    x: number,
    y: number,
    metersPerLonUnit: number,
  ): number {
    const { firstPointOfEdge, lonOfPoint, latOfPoint } = this.network;
    const last = firstPointOfEdge[edge + 1]! - 1;
    let total = 0;
    let before = 0;
    for (let point = firstPointOfEdge[edge]!; point < last; point++) {
      // Rounded as in `collectBox`.
      const dx =
        (lonOfPoint[point + 1]! - x) * metersPerLonUnit - (lonOfPoint[point]! - x) * metersPerLonUnit;
      const dy =
        (latOfPoint[point + 1]! - y) * METERS_PER_LAT_UNIT - (latOfPoint[point]! - y) * METERS_PER_LAT_UNIT;
      const length = Math.sqrt(dx * dx + dy * dy);
      if (point === place) before = total + share * length;
      total += length;
    }
    return total > 0 ? Math.min(1, before / total) : 0;
  }
}
