/**
 * From chains of pieces to edges: junctions numbered along a Hilbert curve, edges in the order of their lower
 * junction, each with its geometry, its length, and its driving time and delay in both directions.
 */
import { METERS_PER_DEGREE } from '../common/geo.ts';
import { hilbertKeys } from '../common/hilbert.ts';
import { orderByKey } from '../common/radix-sort.ts';
import {
  sharedFloat64,
  sharedInt32,
  sharedUint8,
  sharedUint16,
  sharedUint32,
} from '../common/shared-arrays.ts';
import { COORDINATE_UNITS_PER_DEGREE, DECISECONDS_PER_SECOND, NO_INDEX, UNREACHED } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { countArms, delayAtHead, type HeadDelays } from './delays.ts';
import {
  type ModeStreets,
  NODE_BLOCKED,
  NODE_ENDS_ONLY,
  NODE_IS_JUNCTION,
  NODE_SIGNALS_BACKWARD,
  NODE_SIGNALS_FORWARD,
} from './mode-streets.ts';
import type { Chains, Pieces } from './pieces.ts';
import { rankOf, STREET_CLASSES } from './street-classes.ts';
import type { Passage, WayProfile } from './way-profile.ts';

/** Codes of `passageOfEdgeDir`. */
export const PASSAGE_NO = 0;
export const PASSAGE_YES = 1;
export const PASSAGE_ENDS = 2;

export interface Edges {
  edgeCount: number;
  junctionCount: number;
  /** junction -> 1e-7 degrees. Several junctions share a place where a barrier parts the arms. */
  lonOfJunction: Int32Array;
  latOfJunction: Int32Array;
  /** junction -> 1 where a barrier lets through only at the ends of a trip. */
  endsOnlyJunction: Uint8Array;
  /** junction -> node. */
  nodeOfJunction: Uint32Array;
  tailOfEdge: Uint32Array;
  headOfEdge: Uint32Array;
  firstPointOfEdge: Uint32Array;
  lonOfPoint: Int32Array;
  latOfPoint: Int32Array;
  lengthOfEdge: Uint32Array;
  classOfEdge: Uint8Array;
  wayIdOfEdge: Float64Array;
  drivingTimeOfEdgeDir: Int32Array;
  delayOfEdgeDir: Uint16Array;
  passageOfEdgeDir: Uint8Array;
  isFerryEdge: Uint8Array;
  tunnelOfEdge: Uint8Array;
  /** piece -> 2 * edge + (1 if the piece runs against its edge): finds edges from OSM ways. */
  edgeDirOfPiece: Uint32Array;
}

/** Squares of some 50 m in a département, 400 m in a région: finer ones sort longer, and no search is faster for it. */
const CURVE_LEVELS = 11;
const HALF_TURN = 180 * COORDINATE_UNITS_PER_DEGREE;
const RADIANS_PER_UNIT = Math.PI / 180 / COORDINATE_UNITS_PER_DEGREE;

const PASSAGE_CODES: Record<Passage, number> = { no: PASSAGE_NO, yes: PASSAGE_YES, ends: PASSAGE_ENDS };

export function buildEdges(
  osm: OsmStreets,
  streets: ModeStreets,
  pieces: Pieces,
  chains: Chains,
  delays: HeadDelays,
): Edges {
  const ends = placeJunctions(osm, streets, pieces, chains);
  const edgeCount = chains.count;
  const chainOfEdge = orderByLowerJunction(ends);

  const pointsOfChain = countPoints(pieces, chains);
  const edgeOfChain = new Uint32Array(edgeCount);
  const firstPointOfEdge = sharedUint32(edgeCount + 1);
  let points = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    const chain = chainOfEdge[edge]!;
    edgeOfChain[chain] = edge;
    firstPointOfEdge[edge] = points;
    points += pointsOfChain[chain]!;
  }
  firstPointOfEdge[edgeCount] = points;

  const edges: Edges = {
    edgeCount,
    junctionCount: ends.lonOfJunction.length,
    lonOfJunction: ends.lonOfJunction,
    latOfJunction: ends.latOfJunction,
    endsOnlyJunction: ends.endsOnlyJunction,
    nodeOfJunction: ends.nodeOfJunction,
    tailOfEdge: new Uint32Array(edgeCount),
    headOfEdge: new Uint32Array(edgeCount),
    firstPointOfEdge,
    lonOfPoint: sharedInt32(points),
    latOfPoint: sharedInt32(points),
    lengthOfEdge: sharedUint32(edgeCount),
    classOfEdge: sharedUint8(edgeCount),
    wayIdOfEdge: sharedFloat64(edgeCount),
    drivingTimeOfEdgeDir: sharedInt32(2 * edgeCount),
    delayOfEdgeDir: sharedUint16(2 * edgeCount),
    passageOfEdgeDir: new Uint8Array(2 * edgeCount),
    isFerryEdge: new Uint8Array(edgeCount),
    tunnelOfEdge: sharedUint8(edgeCount),
    edgeDirOfPiece: new Uint32Array(pieces.count).fill(NO_INDEX),
  };
  drawEdges(osm, streets, pieces, chains, edgeOfChain, edges, ends, delays);
  return edges;
}

/** chain -> number of its points, both ends included. */
function countPoints({ firstRefOfPiece, lastRefOfPiece }: Pieces, chains: Chains): Uint32Array {
  const { count, firstStepOfChain, steps } = chains;
  const points = new Uint32Array(count);
  for (let chain = 0; chain < count; chain++) {
    let total = 1;
    const end = firstStepOfChain[chain + 1]!;
    for (let s = firstStepOfChain[chain]!; s < end; s++) {
      const piece = steps[s]! >> 1;
      total += lastRefOfPiece[piece]! - firstRefOfPiece[piece]!;
    }
    points[chain] = total;
  }
  return points;
}

interface JunctionPlaces {
  lonOfJunction: Int32Array;
  latOfJunction: Int32Array;
  endsOnlyJunction: Uint8Array;
  nodeOfJunction: Uint32Array;
  tailOfChain: Uint32Array;
  headOfChain: Uint32Array;
}

/** Numbers the junctions along the curve. At a barrier every arm gets a junction of its own. */
function placeJunctions(
  osm: OsmStreets,
  streets: ModeStreets,
  pieces: Pieces,
  chains: Chains,
): JunctionPlaces {
  const { flagsOfNode } = streets;
  const { nodeOfRef } = osm;
  const { firstRefOfPiece, lastRefOfPiece } = pieces;
  const { firstStepOfChain, steps } = chains;
  const nodes = new Uint32Array(2 * chains.count);
  let count = 0;
  /** node -> its junction + 1, 0 where it has none yet. */
  const junctionAtNode = new Uint32Array(osm.nodeCount);
  const tailOfChain = new Uint32Array(chains.count);
  const headOfChain = new Uint32Array(chains.count);
  for (let end = 0; end < 2 * chains.count; end++) {
    const chain = end >> 1;
    const isHead = (end & 1) === 1;
    const step = isHead ? steps[firstStepOfChain[chain + 1]! - 1]! : steps[firstStepOfChain[chain]!]!;
    // A step against its piece has its tail at the piece's last reference.
    const isLastRef = ((step & 1) === 1) !== isHead;
    const node = nodeOfRef[isLastRef ? lastRefOfPiece[step >> 1]! : firstRefOfPiece[step >> 1]!]!;
    const isBarrier = (flagsOfNode[node]! & (NODE_BLOCKED | NODE_ENDS_ONLY)) !== 0;
    let junction = isBarrier ? -1 : junctionAtNode[node]! - 1;
    if (junction < 0) {
      junction = count;
      nodes[count++] = node;
      if (!isBarrier) junctionAtNode[node] = count;
    }
    if (isHead) headOfChain[chain] = junction;
    else tailOfChain[chain] = junction;
  }
  const lon = new Int32Array(count);
  const lat = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    lon[i] = osm.lonOfNode[nodes[i]!]!;
    lat[i] = osm.latOfNode[nodes[i]!]!;
  }
  const order = orderByKey(hilbertKeys(lon, lat, CURVE_LEVELS));
  const rank = new Uint32Array(count);
  const lonOfJunction = new Int32Array(count);
  const latOfJunction = new Int32Array(count);
  const endsOnlyJunction = new Uint8Array(count);
  const nodeOfJunction = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const provisional = order[i]!;
    rank[provisional] = i;
    lonOfJunction[i] = lon[provisional]!;
    latOfJunction[i] = lat[provisional]!;
    nodeOfJunction[i] = nodes[provisional]!;
    const flags = flagsOfNode[nodes[provisional]!]!;
    endsOnlyJunction[i] = (flags & NODE_ENDS_ONLY) !== 0 && (flags & NODE_BLOCKED) === 0 ? 1 : 0;
  }
  for (let chain = 0; chain < chains.count; chain++) {
    tailOfChain[chain] = rank[tailOfChain[chain]!]!;
    headOfChain[chain] = rank[headOfChain[chain]!]!;
  }
  return { lonOfJunction, latOfJunction, endsOnlyJunction, nodeOfJunction, tailOfChain, headOfChain };
}

/** Chains in the order of their lower junction (a counting sort): edge -> chain. */
function orderByLowerJunction({ tailOfChain, headOfChain, lonOfJunction }: JunctionPlaces): Uint32Array {
  const next = new Uint32Array(lonOfJunction.length + 1);
  for (let c = 0; c < tailOfChain.length; c++) next[Math.min(tailOfChain[c]!, headOfChain[c]!) + 1]!++;
  for (let j = 1; j < next.length; j++) next[j]! += next[j - 1]!;
  const chains = new Uint32Array(tailOfChain.length);
  for (let c = 0; c < tailOfChain.length; c++)
    chains[next[Math.min(tailOfChain[c]!, headOfChain[c]!)]!++] = c;
  return chains;
}

/** What an edge takes from its profile, as arrays: profile -> value; `dir` 0 along the way, 1 against it. */
class ProfileTable {
  readonly classCode: Uint8Array;
  readonly rank: Uint8Array;
  readonly isFerry: Uint8Array;
  readonly isTunnel: Uint8Array;
  /** 2 * profile + dir -> PASSAGE_* code; metres a second. */
  readonly passage: Uint8Array;
  readonly metersPerSecond: Float64Array;

  constructor(profiles: readonly WayProfile[]) {
    this.classCode = Uint8Array.from(profiles, (p) => STREET_CLASSES.indexOf(p.class));
    this.rank = Uint8Array.from(profiles, (p) => rankOf(p.class));
    this.isFerry = Uint8Array.from(profiles, (p) => (p.isFerry ? 1 : 0));
    this.isTunnel = Uint8Array.from(profiles, (p) => (p.isTunnel ? 1 : 0));
    const directions = profiles.flatMap(({ forward, backward }) => [forward, backward]);
    this.passage = Uint8Array.from(directions, ({ passage }) => PASSAGE_CODES[passage]);
    this.metersPerSecond = Float64Array.from(directions, ({ speedKph }) => speedKph / 3.6);
  }

  /** Driving deciseconds along an edge of this length. */
  drivingTime(profileDir: number, meters: number): number {
    if (this.passage[profileDir] === PASSAGE_NO) return UNREACHED;
    return Math.round((meters / this.metersPerSecond[profileDir]!) * DECISECONDS_PER_SECOND);
  }
}

/** Writes geometry, lengths, times and delays, edge by edge. */
function drawEdges(
  osm: OsmStreets,
  streets: ModeStreets,
  pieces: Pieces,
  chains: Chains,
  edgeOfChain: Uint32Array,
  edges: Edges,
  ends: JunctionPlaces,
  delays: HeadDelays,
): void {
  const { nodeOfRef, lonOfNode, latOfNode, idOfWay } = osm;
  const { flagsOfNode, profiles, profileOfWay } = streets;
  const arms = countArms(osm, streets, pieces);
  const table = new ProfileTable(profiles);
  const metersPerUnit = METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE;
  const {
    lonOfPoint,
    latOfPoint,
    edgeDirOfPiece,
    firstPointOfEdge,
    tailOfEdge,
    headOfEdge,
    lengthOfEdge,
    classOfEdge,
    wayIdOfEdge,
    isFerryEdge,
    tunnelOfEdge,
    passageOfEdgeDir,
    drivingTimeOfEdgeDir,
    delayOfEdgeDir,
  } = edges;
  const { tailOfChain, headOfChain } = ends;
  const { firstStepOfChain, steps } = chains;
  const { firstRefOfPiece, lastRefOfPiece, wayOfPiece } = pieces;
  const SIGNALS = NODE_SIGNALS_FORWARD | NODE_SIGNALS_BACKWARD;
  // In the order of the chains: their nodes lie near each other in memory, those of neighbouring edges do not.
  for (let chain = 0; chain < edges.edgeCount; chain++) {
    const edge = edgeOfChain[chain]!;
    let point = firstPointOfEdge[edge]!;
    const firstStep = firstStepOfChain[chain]!;
    const endStep = firstStepOfChain[chain + 1]!;
    let length = 0;
    let signalsForward = false;
    let signalsBackward = false;
    let previousLon = 0;
    let previousLat = 0;
    let tailNode = 0;
    let node = 0;
    for (let s = firstStep; s < endStep; s++) {
      const step = steps[s]!;
      const piece = step >> 1;
      const isReversed = (step & 1) === 1;
      edgeDirOfPiece[piece] = 2 * edge + (step & 1);
      const from = isReversed ? lastRefOfPiece[piece]! : firstRefOfPiece[piece]!;
      const to = isReversed ? firstRefOfPiece[piece]! : lastRefOfPiece[piece]!;
      const increment = isReversed ? -1 : 1;
      const alongBit = isReversed ? NODE_SIGNALS_BACKWARD : NODE_SIGNALS_FORWARD;
      let ref = from + increment;
      if (s === firstStep) {
        tailNode = nodeOfRef[from]!;
        previousLon = lonOfNode[tailNode]!;
        previousLat = latOfNode[tailNode]!;
        lonOfPoint[point] = previousLon;
        latOfPoint[point++] = previousLat;
      }
      for (const end = to + increment; ref !== end; ref += increment) {
        node = nodeOfRef[ref]!;
        const lon = lonOfNode[node]!;
        const lat = latOfNode[node]!;
        const dy = lat - previousLat;
        let turned = lon - previousLon;
        // Across the antimeridian (Fiji), the short way.
        if (turned > HALF_TURN || turned < -HALF_TURN) turned -= Math.sign(turned) * 2 * HALF_TURN;
        const dx = turned * cosineOf(0.5 * (lat + previousLat));
        length += Math.sqrt(dx * dx + dy * dy);
        const signals = flagsOfNode[node]! & SIGNALS;
        if (signals !== 0) {
          if ((signals & alongBit) !== 0) signalsForward = true;
          // Backwards, the head is where the edge begins: its signals belong to the edge that arrives there.
          const isHead = s === endStep - 1 && ref === to;
          if (!isHead && (signals & (SIGNALS ^ alongBit)) !== 0) signalsBackward = true;
        }
        lonOfPoint[point] = lon;
        latOfPoint[point++] = lat;
        previousLon = lon;
        previousLat = lat;
      }
    }
    const way = wayOfPiece[steps[firstStep]! >> 1]!;
    const profile = profileOfWay[way]!;
    const along = 2 * profile + (steps[firstStep]! & 1);
    const back = along ^ 1;
    const meters = length * metersPerUnit;
    tailOfEdge[edge] = tailOfChain[chain]!;
    headOfEdge[edge] = headOfChain[chain]!;
    lengthOfEdge[edge] = Math.round(meters * 10);
    classOfEdge[edge] = table.classCode[profile]!;
    wayIdOfEdge[edge] = idOfWay[way]!;
    isFerryEdge[edge] = table.isFerry[profile]!;
    tunnelOfEdge[edge] = table.isTunnel[profile]!;
    passageOfEdgeDir[2 * edge] = table.passage[along]!;
    passageOfEdgeDir[2 * edge + 1] = table.passage[back]!;
    drivingTimeOfEdgeDir[2 * edge] = table.drivingTime(along, meters);
    drivingTimeOfEdgeDir[2 * edge + 1] = table.drivingTime(back, meters);
    // At a junction, the signals of its node stand for all arms, whatever direction they are mapped in.
    const tailFlags = flagsOfNode[tailNode]!;
    if ((tailFlags & SIGNALS) !== 0 && (tailFlags & NODE_IS_JUNCTION) !== 0) signalsBackward = true;
    if ((flagsOfNode[node]! & SIGNALS) !== 0) signalsForward = true;
    const rank = table.rank[profile]!;
    const own = profiles[profile]!;
    delayOfEdgeDir[2 * edge] = delayAtHead(arms[node]!, delays, rank, own, signalsForward);
    delayOfEdgeDir[2 * edge + 1] = delayAtHead(arms[tailNode]!, delays, rank, own, signalsBackward);
  }
}

/** Units of latitude in one step of the table of cosines: the cosine between two is off by 7e-9 at most. */
const COSINE_STEP_UNITS = 131_072;
const COSINE_SHIFT = Math.ceil((90 * COORDINATE_UNITS_PER_DEGREE) / COSINE_STEP_UNITS);
/** Step -> cosine of the latitude at its start; from the south pole to the north pole, both included. */
const COSINES = Float64Array.from({ length: 2 * COSINE_SHIFT + 2 }, (_, step) =>
  Math.max(0, Math.cos((step - COSINE_SHIFT) * COSINE_STEP_UNITS * RADIANS_PER_UNIT)),
);

/** Cosine of a latitude given in units of 1e-7 degrees. */
function cosineOf(lat: number): number {
  const at = lat / COSINE_STEP_UNITS + COSINE_SHIFT;
  const step = Math.floor(at);
  const below = COSINES[step]!;
  return below + (COSINES[step + 1]! - below) * (at - step);
}
