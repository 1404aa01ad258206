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
import { delayAtHead, type HeadDelays } from './delays.ts';
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
import type { Passage } from './way-profile.ts';

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

  const firstPointOfEdge = sharedUint32(edgeCount + 1);
  let points = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    firstPointOfEdge[edge] = points;
    const chain = chainOfEdge[edge]!;
    points++;
    for (let s = chains.firstStepOfChain[chain]!; s < chains.firstStepOfChain[chain + 1]!; s++) {
      const piece = chains.steps[s]! >> 1;
      points += pieces.lastRefOfPiece[piece]! - pieces.firstRefOfPiece[piece]!;
    }
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
  const edgeOfChain = new Uint32Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) edgeOfChain[chainOfEdge[edge]!] = edge;
  drawEdges(osm, streets, pieces, chains, edgeOfChain, edges, ends, delays);
  return edges;
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
  const nodes = new Uint32Array(2 * chains.count);
  let count = 0;
  const provisionalOfNode = new Uint32Array(osm.nodeCount).fill(NO_INDEX);
  const tailOfChain = new Uint32Array(chains.count);
  const headOfChain = new Uint32Array(chains.count);
  for (let chain = 0; chain < chains.count; chain++) {
    const first = chains.steps[chains.firstStepOfChain[chain]!]!;
    const last = chains.steps[chains.firstStepOfChain[chain + 1]! - 1]!;
    const tailRef =
      (first & 1) === 0 ? pieces.firstRefOfPiece[first >> 1]! : pieces.lastRefOfPiece[first >> 1]!;
    const headRef = (last & 1) === 0 ? pieces.lastRefOfPiece[last >> 1]! : pieces.firstRefOfPiece[last >> 1]!;
    for (const isHead of [false, true]) {
      const node = nodeOfRef[isHead ? headRef : tailRef]!;
      const isBarrier = (flagsOfNode[node]! & (NODE_BLOCKED | NODE_ENDS_ONLY)) !== 0;
      let junction = isBarrier ? NO_INDEX : provisionalOfNode[node]!;
      if (junction === NO_INDEX) {
        junction = count;
        nodes[count++] = node;
        if (!isBarrier) provisionalOfNode[node] = junction;
      }
      if (isHead) headOfChain[chain] = junction;
      else tailOfChain[chain] = junction;
    }
  }
  const lon = new Int32Array(count);
  const lat = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    lon[i] = osm.lonOfNode[nodes[i]!]!;
    lat[i] = osm.latOfNode[nodes[i]!]!;
  }
  const order = orderByKey(hilbertKeys(lon, lat));
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
  const { nodeOfRef, lonOfNode, latOfNode } = osm;
  const { flagsOfNode, profiles, profileOfWay } = streets;
  const classCode = Uint8Array.from(profiles, (p) => STREET_CLASSES.indexOf(p.class));
  const rankOfProfile = Uint8Array.from(profiles, (p) => rankOf(p.class));
  const metersPerUnit = METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE;
  const { lonOfPoint, latOfPoint, edgeDirOfPiece } = edges;
  const { firstStepOfChain, steps } = chains;
  const { firstRefOfPiece, lastRefOfPiece } = pieces;
  const SIGNALS = NODE_SIGNALS_FORWARD | NODE_SIGNALS_BACKWARD;
  // In the order of the chains: their nodes lie near each other in memory, those of neighbouring edges do not.
  for (let chain = 0; chain < edges.edgeCount; chain++) {
    const edge = edgeOfChain[chain]!;
    let point = edges.firstPointOfEdge[edge]!;
    const firstStep = firstStepOfChain[chain]!;
    const endStep = firstStepOfChain[chain + 1]!;
    let length = 0;
    let signalsForward = 0;
    let signalsBackward = 0;
    let previousLon = 0;
    let previousLat = 0;
    let cosineSlope = 0;
    let cosineAtZero = 0;
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
        // The cosine of the latitude to first order from the tail: off by less than 1e-5 over 20 km of latitude.
        const tailRadians = previousLat * RADIANS_PER_UNIT;
        cosineSlope = -Math.sin(tailRadians) * RADIANS_PER_UNIT;
        cosineAtZero = Math.cos(tailRadians) - cosineSlope * previousLat;
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
        const dx = turned * (cosineAtZero + cosineSlope * 0.5 * (lat + previousLat));
        length += Math.sqrt(dx * dx + dy * dy);
        const signals = flagsOfNode[node]! & SIGNALS;
        if (signals !== 0) {
          if ((signals & alongBit) !== 0) signalsForward = 1;
          // Backwards, the head is where the edge begins: its signals belong to the edge that arrives there.
          const isHead = s === endStep - 1 && ref === to;
          if (!isHead && (signals & (SIGNALS ^ alongBit)) !== 0) signalsBackward = 1;
        }
        lonOfPoint[point] = lon;
        latOfPoint[point++] = lat;
        previousLon = lon;
        previousLat = lat;
      }
    }
    const firstPiece = chains.steps[firstStep]! >> 1;
    const way = pieces.wayOfPiece[firstPiece]!;
    const profileId = profileOfWay[way]!;
    const profile = profiles[profileId]!;
    const against = (chains.steps[firstStep]! & 1) === 1;
    const along = against ? profile.backward : profile.forward;
    const back = against ? profile.forward : profile.backward;
    const meters = length * metersPerUnit;
    edges.tailOfEdge[edge] = ends.tailOfChain[chain]!;
    edges.headOfEdge[edge] = ends.headOfChain[chain]!;
    edges.lengthOfEdge[edge] = Math.round(meters * 10);
    edges.classOfEdge[edge] = classCode[profileId]!;
    edges.wayIdOfEdge[edge] = osm.idOfWay[way]!;
    edges.isFerryEdge[edge] = profile.isFerry ? 1 : 0;
    edges.tunnelOfEdge[edge] = profile.isTunnel ? 1 : 0;
    edges.passageOfEdgeDir[2 * edge] = PASSAGE_CODES[along.passage];
    edges.passageOfEdgeDir[2 * edge + 1] = PASSAGE_CODES[back.passage];
    edges.drivingTimeOfEdgeDir[2 * edge] = drivingTime(meters, along.passage, along.speedKph);
    edges.drivingTimeOfEdgeDir[2 * edge + 1] = drivingTime(meters, back.passage, back.speedKph);
    const tailSignals = flagsOfNode[tailNode]! & (NODE_SIGNALS_FORWARD | NODE_SIGNALS_BACKWARD);
    // At a junction, the signals of its node stand for all arms, whatever direction they are mapped in.
    if (tailSignals !== 0 && (flagsOfNode[tailNode]! & NODE_IS_JUNCTION) !== 0) signalsBackward = 1;
    if ((flagsOfNode[node]! & (NODE_SIGNALS_FORWARD | NODE_SIGNALS_BACKWARD)) !== 0) signalsForward = 1;
    const rank = rankOfProfile[profileId]!;
    edges.delayOfEdgeDir[2 * edge] = delayAtHead(streets, delays, node, rank, profile, signalsForward === 1);
    edges.delayOfEdgeDir[2 * edge + 1] = delayAtHead(
      streets,
      delays,
      tailNode,
      rank,
      profile,
      signalsBackward === 1,
    );
  }
}

function drivingTime(meters: number, passage: Passage, speedKph: number): number {
  if (passage === 'no') return UNREACHED;
  return Math.round((meters / (speedKph / 3.6)) * DECISECONDS_PER_SECOND);
}
