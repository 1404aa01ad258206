/**
 * From chains of pieces to edges: junctions numbered along a Hilbert curve, edges in the order of their lower
 * junction, each with what its tags tell. Their geometry and times are drawn apart (`draw-edges.ts`).
 */
import { hilbertKeys } from '../common/hilbert.ts';
import { orderByKey } from '../common/radix-sort.ts';
import {
  sharedFloat64,
  sharedInt32,
  sharedUint8,
  sharedUint16,
  sharedUint32,
} from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import type { HeadDelays } from './delays.ts';
import type { EdgeDrawing } from './draw-edges.ts';
import { type ModeStreets, NODE_BLOCKED, NODE_ENDS_ONLY } from './mode-streets.ts';
import type { Chains, Pieces } from './pieces.ts';
import { STREET_CLASSES } from './street-classes.ts';
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

/** Squares of some 50 m in a département, 400 m in a région: finer ones sort longer, and no search is faster for it. */
const CURVE_LEVELS = 11;

const PASSAGE_CODES: Record<Passage, number> = { no: PASSAGE_NO, yes: PASSAGE_YES, ends: PASSAGE_ENDS };

/** The edges but for their geometry, lengths, times and delays, which come with the drawing. */
export function buildEdges(
  osm: OsmStreets,
  streets: ModeStreets,
  pieces: Pieces,
  chains: Chains,
  delays: HeadDelays,
): { edges: Edges; drawing: EdgeDrawing } {
  const ends = placeJunctions(osm, streets, pieces, chains);
  const edgeCount = chains.count;
  const chainOfEdge = orderByLowerJunction(ends);

  const pointsOfChain = countPoints(pieces, chains);
  const edgeOfChain = sharedUint32(edgeCount);
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
  describeEdges(osm, streets, pieces, chains, edgeOfChain, edges, ends);
  const { nodeCount, nodeOfRef, lonOfNode, latOfNode } = osm;
  const { flagsOfNode, profiles, profileOfWay } = streets;
  const { firstPieceOfWay: _, jointEnds: __, ...drawnPieces } = pieces;
  return {
    edges,
    drawing: {
      osm: { nodeCount, nodeOfRef, lonOfNode, latOfNode },
      streets: { flagsOfNode, profiles, profileOfWay },
      pieces: drawnPieces,
      chains,
      edgeOfChain,
      delays,
      firstPointOfEdge,
      lonOfPoint: edges.lonOfPoint,
      latOfPoint: edges.latOfPoint,
      lengthOfEdge: edges.lengthOfEdge,
      drivingTimeOfEdgeDir: edges.drivingTimeOfEdgeDir,
      delayOfEdgeDir: edges.delayOfEdgeDir,
    },
  };
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

/** Writes the ends of the edges, and what they take from the tags of their ways. */
function describeEdges(
  { idOfWay }: OsmStreets,
  { profiles, profileOfWay }: ModeStreets,
  { wayOfPiece }: Pieces,
  { firstStepOfChain, steps }: Chains,
  edgeOfChain: Uint32Array,
  edges: Edges,
  { tailOfChain, headOfChain }: JunctionPlaces,
): void {
  const { edgeDirOfPiece, tailOfEdge, headOfEdge, wayIdOfEdge, passageOfEdgeDir } = edges;
  const { classOfEdge, isFerryEdge, tunnelOfEdge } = edges;
  const classCode = Uint8Array.from(profiles, (p) => STREET_CLASSES.indexOf(p.class));
  const isFerry = Uint8Array.from(profiles, (p) => (p.isFerry ? 1 : 0));
  const isTunnel = Uint8Array.from(profiles, (p) => (p.isTunnel ? 1 : 0));
  // 2 * profile + (1 against the way) -> PASSAGE_* code.
  const passage = Uint8Array.from(
    profiles.flatMap(({ forward, backward }) => [forward, backward]),
    (direction) => PASSAGE_CODES[direction.passage],
  );
  for (let chain = 0; chain < edges.edgeCount; chain++) {
    const edge = edgeOfChain[chain]!;
    const firstStep = firstStepOfChain[chain]!;
    const endStep = firstStepOfChain[chain + 1]!;
    for (let s = firstStep; s < endStep; s++) edgeDirOfPiece[steps[s]! >> 1] = 2 * edge + (steps[s]! & 1);
    const way = wayOfPiece[steps[firstStep]! >> 1]!;
    const profile = profileOfWay[way]!;
    const along = 2 * profile + (steps[firstStep]! & 1);
    tailOfEdge[edge] = tailOfChain[chain]!;
    headOfEdge[edge] = headOfChain[chain]!;
    classOfEdge[edge] = classCode[profile]!;
    wayIdOfEdge[edge] = idOfWay[way]!;
    isFerryEdge[edge] = isFerry[profile]!;
    tunnelOfEdge[edge] = isTunnel[profile]!;
    passageOfEdgeDir[2 * edge] = passage[along]!;
    passageOfEdgeDir[2 * edge + 1] = passage[along ^ 1]!;
  }
}
