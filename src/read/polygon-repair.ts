/**
 * Polygons as published -> polygons that every later stage can trust: closed rings without repeated points,
 * wound as RFC 7946 asks (outer rings counter-clockwise), none crossing or touching itself. A ring that does is
 * rebuilt by the union of the polygon with itself, which reads it by the even-odd rule, as counting does.
 * Touching polygons of one commune are joined so that the border between them vanishes.
 */
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';

export interface RepairedPolygon {
  /** Undefined where no ring encloses an area. */
  geometry: Polygon | MultiPolygon | undefined;
  /** What was wrong, in words; empty for a sound polygon. */
  defects: string[];
}

/** Fewest positions of a closed ring (RFC 7946). */
const SHORTEST_RING = 4;
/** Crossings of one polygon that are taken apart: each costs about a millisecond; real ones have a few. */
const GREATEST_CROSSING_COUNT = 300;
/** Pairs of edges that are compared before a ring counts as crossing itself too often: about 0.1 s. */
const GREATEST_PAIR_COUNT = 20_000_000;

/** Columns of the sweep over a ring: times the edges of any ring below 2^53. */
const SWEEP_COLUMNS = 2 ** 26;

/** Crossings that may still be taken apart: those of one file share it, so that a bad file ends. */
export interface RepairBudget {
  crossings: number;
}

/** For the polygons of one study. */
export function newRepairBudget(): RepairBudget {
  return { crossings: 10 * GREATEST_CROSSING_COUNT };
}

export async function repairPolygon(
  geometry: Polygon | MultiPolygon,
  budget: RepairBudget = newRepairBudget(),
): Promise<RepairedPolygon> {
  const defects = new Set<string>();
  const polygons: Position[][][] = [];
  let crossingCount = 0;
  for (const rings of geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) {
    const sound: Position[][] = [];
    rings.forEach((ring, position) => {
      const cleaned = cleanRing(ring, defects);
      if (cleaned.length < SHORTEST_RING) {
        defects.add('has a ring of fewer than four points');
        return;
      }
      crossingCount += countCrossings(cleaned, GREATEST_CROSSING_COUNT - crossingCount + 1);
      sound.push(wind(cleaned, position === 0));
    });
    if (sound.length > 0) polygons.push(sound);
  }
  if (polygons.length === 0) return { geometry: undefined, defects: [...defects] };
  const cleaned = toGeometry(polygons);
  if (crossingCount === 0) return { geometry: cleaned, defects: [...defects] };
  if (crossingCount > Math.min(GREATEST_CROSSING_COUNT, budget.crossings)) {
    // Counting reads rings by the even-odd rule as they are; only the drawing shows them crossed.
    defects.add('crosses or touches itself more often than can be taken apart');
    return { geometry: cleaned, defects: [...defects] };
  }
  budget.crossings -= crossingCount;
  defects.add('crosses or touches itself');
  return { geometry: (await unite([cleaned, cleaned])) ?? cleaned, defects: [...defects] };
}

/** Union of polygons; undefined where it cannot be computed (the caller then keeps them side by side). */
export async function unite(
  geometries: ReadonlyArray<Polygon | MultiPolygon>,
): Promise<Polygon | MultiPolygon | undefined> {
  const { union } = await import('@turf/union');
  const features = geometries.map(
    (geometry): Feature<Polygon | MultiPolygon> => ({ type: 'Feature', properties: {}, geometry }),
  );
  try {
    const united = union({ type: 'FeatureCollection', features });
    if (united === null) return undefined;
    const polygons =
      united.geometry.type === 'Polygon' ? [united.geometry.coordinates] : united.geometry.coordinates;
    return toGeometry(polygons.map((rings) => rings.map((ring, position) => wind(ring, position === 0))));
  } catch {
    return undefined;
  }
}

/** The polygons of several geometries in one, without a union. */
export function putSideBySide(geometries: ReadonlyArray<Polygon | MultiPolygon>): Polygon | MultiPolygon {
  return toGeometry(
    geometries.flatMap((geometry) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    ),
  );
}

function toGeometry(polygons: Position[][][]): Polygon | MultiPolygon {
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] }
    : { type: 'MultiPolygon', coordinates: polygons };
}

/** Two-dimensional, finite, closed, without consecutive repeats: the ring itself, where it is all that. */
function cleanRing(ring: Position[], defects: Set<string>): Position[] {
  if (isClean(ring)) return ring;
  const cleaned: Position[] = [];
  for (const position of ring) {
    const lon = position?.[0];
    const lat = position?.[1];
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) {
      defects.add('has a point that is no pair of numbers');
      continue;
    }
    const last = cleaned.at(-1);
    if (last === undefined || last[0] !== lon || last[1] !== lat) cleaned.push([lon, lat]);
  }
  if (cleaned.length === 0) return cleaned;
  const first = cleaned[0];
  const last = cleaned[cleaned.length - 1];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    defects.add('has a ring that is not closed');
    cleaned.push([first[0], first[1]]);
  }
  return cleaned;
}

function isClean(ring: readonly Position[]): boolean {
  if (ring.length < SHORTEST_RING) return false;
  let before = ring[ring.length - 1];
  for (let at = 0; at < ring.length; at++) {
    const position = ring[at];
    if (position?.length !== 2 || !Number.isFinite(position[0]) || !Number.isFinite(position[1]))
      return false;
    // The first is the last again, which closes the ring; every other differs from the one before it.
    if ((position[0] === before[0] && position[1] === before[1]) !== (at === 0)) return false;
    before = position;
  }
  return true;
}

/** The ring itself or its reverse: counter-clockwise if outer, clockwise if a hole. */
function wind(ring: Position[], isOuter: boolean): Position[] {
  let doubledArea = 0;
  for (let i = 1; i < ring.length; i++) {
    doubledArea += (ring[i][0] - ring[i - 1][0]) * (ring[i][1] + ring[i - 1][1] - 2 * ring[0][1]);
  }
  const isCounterClockwise = doubledArea < 0;
  return isCounterClockwise === isOuter ? ring : ring.toReversed();
}

/**
 * Pairs of edges that are no neighbours and share a point, up to `atMost`; edges are swept from west to east. A ring
 * with too many pairs to compare counts as crossing itself `atMost` times.
 */
function countCrossings(ring: readonly Position[], atMost: number): number {
  let crossingCount = 0;
  let pairCount = 0;
  const edgeCount = ring.length - 1;
  const sweep = new SweepColumns(ring);
  const { edges: order, columns } = sweep.sweep();
  for (let i = 0; i < edgeCount; i++) {
    const a = order[i];
    const aFromX = ring[a][0];
    const aFromY = ring[a][1];
    const aToX = ring[a + 1][0];
    const aToY = ring[a + 1][1];
    const east = sweep.columnOf(Math.max(aFromX, aToX));
    const south = Math.min(aFromY, aToY);
    const north = Math.max(aFromY, aToY);
    for (let j = i + 1; j < edgeCount && columns[j] <= east; j++) {
      if (++pairCount > GREATEST_PAIR_COUNT) return atMost;
      const b = order[j];
      const gap = Math.abs(a - b);
      if (gap === 1 || gap === edgeCount - 1) continue;
      const bFromX = ring[b][0];
      const bFromY = ring[b][1];
      const bToX = ring[b + 1][0];
      const bToY = ring[b + 1][1];
      if ((bFromY < south && bToY < south) || (bFromY > north && bToY > north)) continue;
      const fromSide = side(aFromX, aFromY, aToX, aToY, bFromX, bFromY);
      const toSide = side(aFromX, aFromY, aToX, aToY, bToX, bToY);
      if (fromSide * toSide > 0) continue;
      const tailSide = side(bFromX, bFromY, bToX, bToY, aFromX, aFromY);
      const headSide = side(bFromX, bFromY, bToX, bToY, aToX, aToY);
      if (tailSide * headSide <= 0 && ++crossingCount >= atMost) return crossingCount;
    }
  }
  return crossingCount;
}

/**
 * The longitudes of a ring in whole columns from its westernmost point: edges sort by them as plain numbers, several
 * times as fast as by a comparison; those of one column are compared although they may lie apart.
 */
class SweepColumns {
  private readonly west: number;
  private readonly perDegree: number;

  constructor(private readonly ring: readonly Position[]) {
    let west = Infinity;
    let east = -Infinity;
    for (const [lon] of ring) {
      if (lon < west) west = lon;
      if (lon > east) east = lon;
    }
    this.west = west;
    this.perDegree = east > west ? SWEEP_COLUMNS / (east - west) : 0;
  }

  columnOf(lon: number): number {
    return Math.floor((lon - this.west) * this.perDegree);
  }

  /** The edges from west to east, and the column where each begins. */
  sweep(): { edges: Uint32Array; columns: Uint32Array } {
    const { ring } = this;
    const edgeCount = ring.length - 1;
    const keys = new Float64Array(edgeCount);
    for (let edge = 0; edge < edgeCount; edge++) {
      keys[edge] = this.columnOf(Math.min(ring[edge][0], ring[edge + 1][0])) * edgeCount + edge;
    }
    keys.sort();
    const columns = new Uint32Array(edgeCount);
    const edges = new Uint32Array(edgeCount);
    for (let i = 0; i < edgeCount; i++) {
      columns[i] = Math.floor(keys[i] / edgeCount);
      edges[i] = keys[i] - columns[i] * edgeCount;
    }
    return { edges, columns };
  }
}

/** Sign of the side of the line from -> to on which the point lies. */
function side(fromX: number, fromY: number, toX: number, toY: number, x: number, y: number): number {
  return Math.sign((toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX));
}
