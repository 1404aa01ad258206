/**
 * Times along the edges around a search:
 *
 *     time(f) = min(headTime + (1 - f) * drivingFromHead, tailTime + f * drivingFromTail)
 *
 * with f the share of the edge from its tail. Towards the structures, one drives on to the head (its delay
 * counts whole) or back to the tail; away from a point, one has come from the tail or from the head. Which edges
 * count: those that homes are linked to (no motorway, no ferry, no tunnel), and of those that are not reached only those of
 * useful components, since a piece that is cut off takes no home and hides no reached street.
 */
import { NO_INDEX, UNREACHED } from '../common/units.ts';
import type { SearchDirection } from '../search/seeds.ts';
import { STREET_CLASSES } from '../streets/street-classes.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';

/** Classes that no home is linked to. */
const HOMELESS_CLASSES: ReadonlySet<string> = new Set([
  'motorway',
  'motorway_link',
  'ferry',
  'shuttle_train',
]);
const takesHomes = Uint8Array.from(STREET_CLASSES, (name) => (HOMELESS_CLASSES.has(name) ? 0 : 1));

/** Sets itself to one edge after another; objects per edge would cost more than the rest. */
export class EdgeTimes {
  /** Deciseconds from the head and the tail on, UNREACHED where that way is closed or leads nowhere in time. */
  head = UNREACHED;
  tail = UNREACHED;
  /** Deciseconds along the whole edge, spent from the head and from the tail inwards; 0 where closed. */
  fromHead = 0;
  fromTail = 0;
  private readonly isTowards: boolean;
  private readonly usefulBit: number;

  constructor(
    private readonly network: StreetNetwork,
    direction: SearchDirection,
    private readonly timeOfVertex: Int32Array,
    private readonly cutoff: number,
    private readonly usefulEdges: Uint8Array | undefined,
  ) {
    this.isTowards = direction === 'towards';
    this.usefulBit = this.isTowards ? TAKES_DEPARTURES : TAKES_ARRIVALS;
  }

  /** Takes an edge; false where it does not count. */
  take(edge: number): boolean {
    const { network, isTowards, usefulEdges } = this;
    if (takesHomes[network.classOfEdge[edge]!] === 0 || network.tunnelOfEdge[edge] === 1) return false;
    const headDir = isTowards ? 2 * edge : 2 * edge + 1;
    const tailDir = isTowards ? 2 * edge + 1 : 2 * edge;
    this.head = isTowards ? this.timeToGoOn(headDir) : this.timeToEnter(headDir);
    this.tail = isTowards ? this.timeToGoOn(tailDir) : this.timeToEnter(tailDir);
    this.fromHead = this.head === UNREACHED ? 0 : network.drivingTimeOfEdgeDir[headDir]!;
    this.fromTail = this.tail === UNREACHED ? 0 : network.drivingTimeOfEdgeDir[tailDir]!;
    if (this.isReached()) return true;
    return usefulEdges === undefined || (usefulEdges[edge]! & this.usefulBit) !== 0;
  }

  isReached(): boolean {
    return this.head !== UNREACHED || this.tail !== UNREACHED;
  }

  /** Deciseconds at a share of the edge from its tail; UNREACHED or more where nothing leads. */
  at(fraction: number): number {
    const byHead = this.head + (1 - fraction) * this.fromHead;
    const byTail = this.tail + fraction * this.fromTail;
    return Math.min(byHead, byTail);
  }

  /** Time from the end of an edge on, in the given direction, the delay there included. */
  private timeToGoOn(edgeDir: number): number {
    const { network } = this;
    const vertex = network.departureVertexOfEdgeDir[edgeDir]!;
    if (vertex === NO_INDEX) return UNREACHED;
    const time = this.timeOfVertex[vertex]!;
    if (time > this.cutoff || network.drivingTimeOfEdgeDir[edgeDir] === UNREACHED) return UNREACHED;
    return time + network.delayOfEdgeDir[edgeDir]!;
  }

  /** Least time at which the edge is entered in the given direction. */
  private timeToEnter(edgeDir: number): number {
    const { network, timeOfVertex } = this;
    if (network.drivingTimeOfEdgeDir[edgeDir] === UNREACHED) return UNREACHED;
    let least = UNREACHED;
    const end = network.firstArrivalOfEdgeDir[edgeDir + 1]!;
    for (let i = network.firstArrivalOfEdgeDir[edgeDir]!; i < end; i++) {
      const time = timeOfVertex[network.arrivalVertices[i]!]!;
      if (time < least) least = time;
    }
    return least > this.cutoff ? UNREACHED : least;
  }
}

/** Calls `visit` along an edge, at both ends and at most `stepMeters` apart; lon, lat in 1e-7 degrees. */
export function sampleEdge(
  network: StreetNetwork,
  edge: number,
  stepMeters: number,
  visit: (lon: number, lat: number, fraction: number) => void,
): void {
  const { lonOfPoint, latOfPoint } = network;
  const first = network.firstPointOfEdge[edge]!;
  const last = network.firstPointOfEdge[edge + 1]! - 1;
  const scale = longitudeScaleAt(network, first);
  const total = lengthBetween(network, first, last, scale);
  const count = Math.max(1, Math.ceil(network.lengthOfEdge[edge]! / 10 / stepMeters));
  let sample = 0;
  let before = 0;
  for (let point = first; point < last; point++) {
    const length = lengthBetween(network, point, point + 1, scale);
    while (sample <= count && ((sample * total) / count <= before + length || point === last - 1)) {
      const share = length === 0 ? 0 : Math.min(1, ((sample * total) / count - before) / length);
      visit(
        lonOfPoint[point]! + share * (lonOfPoint[point + 1]! - lonOfPoint[point]!),
        latOfPoint[point]! + share * (latOfPoint[point + 1]! - latOfPoint[point]!),
        sample / count,
      );
      sample++;
    }
    before += length;
  }
}

/** The place at a share of an edge from its tail; lon, lat in 1e-7 degrees. */
export function placeOnEdge(
  network: StreetNetwork,
  edge: number,
  fraction: number,
): { lon: number; lat: number } {
  const { lonOfPoint, latOfPoint } = network;
  const last = network.firstPointOfEdge[edge + 1]! - 1;
  let point = network.firstPointOfEdge[edge]!;
  const scale = longitudeScaleAt(network, point);
  let left = fraction * lengthBetween(network, point, last, scale);
  let length = lengthBetween(network, point, point + 1, scale);
  while (left > length && point + 2 <= last) {
    left -= length;
    point++;
    length = lengthBetween(network, point, point + 1, scale);
  }
  const share = length === 0 ? 0 : Math.min(1, left / length);
  return {
    lon: lonOfPoint[point]! + share * (lonOfPoint[point + 1]! - lonOfPoint[point]!),
    lat: latOfPoint[point]! + share * (latOfPoint[point + 1]! - latOfPoint[point]!),
  };
}

/** How long a step in longitude is at a point, as a share of the same step in latitude. */
function longitudeScaleAt({ latOfPoint }: StreetNetwork, point: number): number {
  return Math.cos((latOfPoint[point]! * Math.PI) / 180e7);
}

/** Length between two points of one edge, in units of 1e-7 degrees of latitude. */
function lengthBetween(
  { lonOfPoint, latOfPoint }: StreetNetwork,
  from: number,
  to: number,
  scale: number,
): number {
  let length = 0;
  for (let point = from; point < to; point++) {
    const dx = (lonOfPoint[point + 1]! - lonOfPoint[point]!) * scale;
    const dy = latOfPoint[point + 1]! - latOfPoint[point]!;
    length += Math.sqrt(dx * dx + dy * dy);
  }
  return length;
}
