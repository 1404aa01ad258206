/**
 * Small drawn networks: a square mesh of n × n junctions around a place in France, every street two-way.
 *
 *     row 1   n ─── n+1 ─── …
 *             │      │
 *     row 0   0 ───  1  ─── …      junction (column, row) = row * n + column
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { NO_INDEX, UNREACHED } from '../../src/common/units.ts';
import { STREET_CLASSES } from '../../src/streets/street-classes.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';

export const CENTRE = { lon: 4.5, lat: 46.5 };

export interface GridNetworkOptions {
  speedKph?: number;
  /** Streets that exist; all where undefined. */
  hasStreet?: (columnA: number, rowA: number, columnB: number, rowB: number) => boolean;
  /** Streets that lead from A to B only (A being the western or southern end). */
  isOneWay?: (columnA: number, rowA: number, columnB: number, rowB: number) => boolean;
  /** Streets that serve trip ends only and lead nowhere: they are left and entered at A, and no arc runs along them. */
  isDriveway?: (columnA: number, rowA: number, columnB: number, rowB: number) => boolean;
  /** Points of a street between its junctions, as shares of it. */
  bendsPerStreet?: number;
  /** Delay at the head of every street, deciseconds. */
  delay?: number;
}

interface DrawnEdge {
  tail: number;
  head: number;
  isOneWay: boolean;
  isDriveway: boolean;
}

/** Junction positions in 1e-7 degrees. */
export function positionAt(
  n: number,
  spacingMeters: number,
  column: number,
  row: number,
): { lon: number; lat: number } {
  const lonMeters = metersPerDegreeOfLongitude(CENTRE.lat);
  return {
    lon: CENTRE.lon + ((column - (n - 1) / 2) * spacingMeters) / lonMeters,
    lat: CENTRE.lat + ((row - (n - 1) / 2) * spacingMeters) / METERS_PER_DEGREE,
  };
}

export function gridNetwork(
  n: number,
  spacingMeters: number,
  options: GridNetworkOptions = {},
): StreetNetwork {
  const { speedKph = 36, delay = 0, bendsPerStreet = 0 } = options;
  const edges: DrawnEdge[] = [];
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      for (const [east, north] of [
        [1, 0],
        [0, 1],
      ] as const) {
        const ends = [column, row, column + east, row + north] as const;
        if (ends[2] === n || ends[3] === n || options.hasStreet?.(...ends) === false) continue;
        const isOneWay = options.isOneWay?.(...ends) === true;
        const isDriveway = options.isDriveway?.(...ends) === true;
        edges.push({ tail: row * n + column, head: ends[3] * n + ends[2], isOneWay, isDriveway });
      }
    }
  }
  return networkOf(
    Array.from({ length: n * n }, (_, vertex) =>
      positionAt(n, spacingMeters, vertex % n, Math.floor(vertex / n)),
    ),
    edges,
    Math.round((spacingMeters * 36) / speedKph),
    Math.round(spacingMeters * 10),
    bendsPerStreet,
    delay,
  );
}

function networkOf(
  places: ReadonlyArray<{ lon: number; lat: number }>,
  edges: readonly DrawnEdge[],
  driving: number,
  length: number,
  bends: number,
  delay: number,
): StreetNetwork {
  const toUnits = (degrees: number) => Math.round(degrees * 1e7);
  const points = edges.flatMap(({ tail, head }) =>
    Array.from({ length: bends + 2 }, (_, i) => {
      const share = i / (bends + 1);
      const [a, b] = [places[tail]!, places[head]!];
      return { lon: a.lon + share * (b.lon - a.lon), lat: a.lat + share * (b.lat - a.lat) };
    }),
  );
  const allowed = edges.flatMap(({ isOneWay }) => [true, !isOneWay]);
  const from = (edgeDir: number) =>
    edgeDir % 2 === 0 ? edges[edgeDir >> 1]!.tail : edges[edgeDir >> 1]!.head;
  const to = (edgeDir: number) => from(edgeDir ^ 1);
  const isLeft = allowed.map(
    (isAllowed, edgeDir) => isAllowed && (edgeDir % 2 === 1 || !edges[edgeDir >> 1]!.isDriveway),
  );
  const isEntered = allowed.map(
    (isAllowed, edgeDir) => isAllowed && (edgeDir % 2 === 0 || !edges[edgeDir >> 1]!.isDriveway),
  );
  const arcs = allowed.flatMap((isAllowed, edgeDir) =>
    isAllowed && !edges[edgeDir >> 1]!.isDriveway ? [edgeDir] : [],
  );
  const arrivals = isEntered.flatMap((is, edgeDir) => (is ? [edgeDir] : []));
  const csr = (key: (edgeDir: number) => number, other: (edgeDir: number) => number) => {
    const sorted = [...arcs].sort((a, b) => key(a) - key(b) || a - b);
    const first = new Uint32Array(places.length + 1);
    for (const edgeDir of sorted) first[key(edgeDir) + 1]!++;
    for (let vertex = 0; vertex < places.length; vertex++) first[vertex + 1]! += first[vertex]!;
    return {
      first,
      arcs: Int32Array.from(sorted.flatMap((edgeDir) => [other(edgeDir), driving + delay, edgeDir])),
    };
  };
  const into = csr(to, from);
  const out = csr(from, to);
  const firstArrival = new Uint32Array(allowed.length + 1);
  isEntered.forEach((is, edgeDir) => {
    firstArrival[edgeDir + 1] = firstArrival[edgeDir]! + (is ? 1 : 0);
  });
  const lons = places.map(({ lon }) => lon);
  const lats = places.map(({ lat }) => lat);
  return {
    mode: 'car',
    vertexCount: places.length,
    lonOfVertex: Int32Array.from(lons, toUnits),
    latOfVertex: Int32Array.from(lats, toUnits),
    edgeCount: edges.length,
    firstPointOfEdge: Uint32Array.from({ length: edges.length + 1 }, (_, edge) => edge * (bends + 2)),
    lonOfPoint: Int32Array.from(points, ({ lon }) => toUnits(lon)),
    latOfPoint: Int32Array.from(points, ({ lat }) => toUnits(lat)),
    lengthOfEdge: new Uint32Array(edges.length).fill(length),
    classOfEdge: new Uint8Array(edges.length).fill(STREET_CLASSES.indexOf('residential')),
    tunnelOfEdge: new Uint8Array(edges.length),
    wayIdOfEdge: Float64Array.from(edges, (_, edge) => edge + 1),
    drivingTimeOfEdgeDir: Int32Array.from(allowed, (isAllowed) => (isAllowed ? driving : UNREACHED)),
    delayOfEdgeDir: new Uint16Array(allowed.length).fill(delay),
    departureVertexOfEdgeDir: Uint32Array.from(isLeft, (is, edgeDir) => (is ? to(edgeDir) : NO_INDEX)),
    firstArrivalOfEdgeDir: firstArrival,
    arrivalVertices: Uint32Array.from(arrivals, from),
    firstArcInto: into.first,
    arcsInto: into.arcs,
    firstArcFrom: out.first,
    arcsFrom: out.arcs,
    arcCount: arcs.length,
    longestArc: driving + delay,
    componentOfVertex: new Uint32Array(places.length),
    sizeOfComponent: Uint32Array.of(places.length),
    departureReachOfEdge: Uint32Array.from(edges, (_, edge) =>
      isLeft[2 * edge] || isLeft[2 * edge + 1] ? places.length : 0,
    ),
    arrivalReachOfEdge: Uint32Array.from(edges, (_, edge) =>
      isEntered[2 * edge] || isEntered[2 * edge + 1] ? places.length : 0,
    ),
    bounds: [lons[0]!, lats[0]!, lons.at(-1)!, lats.at(-1)!],
  };
}

/** Times to (or from) one vertex by relaxing until nothing changes: slow and plain. */
export function plainTimes(
  network: StreetNetwork,
  source: number,
  direction: 'towards' | 'from',
): Int32Array {
  const [first, arcs] =
    direction === 'towards'
      ? [network.firstArcInto, network.arcsInto]
      : [network.firstArcFrom, network.arcsFrom];
  const times = new Int32Array(network.vertexCount).fill(UNREACHED);
  times[source] = 0;
  let waiting = [source];
  while (waiting.length > 0) {
    const next = new Set<number>();
    for (const vertex of waiting) {
      for (let arc = first[vertex]!; arc < first[vertex + 1]!; arc++) {
        const other = arcs[3 * arc]!;
        const time = times[vertex]! + arcs[3 * arc + 1]!;
        if (time >= times[other]!) continue;
        times[other] = time;
        next.add(other);
      }
    }
    waiting = [...next];
  }
  return times;
}
