/**
 * Cuts the ways of a mode where they meet, end or change, and joins the pieces again where nothing changes.
 * In go the judged streets; out come chains of pieces, each chain to become one edge.
 *
 * A node is a *junction* (a vertex to be) where three or more arms meet, where one ends, where the profile
 * or its direction changes, at a barrier, and where a turn restriction needs it. Only equal profiles are
 * joined, so that the time part-way along an edge is proportional to the length.
 */
import { GrowingUint32 } from '../common/growing-arrays.ts';
import { sharedCopy } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { type ModeStreets, NODE_BLOCKED, NODE_ENDS_ONLY, NODE_IS_JUNCTION } from './mode-streets.ts';

export interface Pieces {
  count: number;
  /** piece -> way, and its first and last reference (inclusive). Pieces of a way are consecutive. */
  wayOfPiece: Uint32Array;
  firstRefOfPiece: Uint32Array;
  lastRefOfPiece: Uint32Array;
  /** way -> its first piece; length wayCount + 1. */
  firstPieceOfWay: Uint32Array;
  /** Ends of pieces that lie at no junction, ascending: 2 * piece + (1 if its last reference lies there). */
  jointEnds: Uint32Array;
}

/** What the edges are drawn from. */
export type DrawnPieces = Omit<Pieces, 'firstPieceOfWay' | 'jointEnds'>;

export interface Chains {
  count: number;
  /** chain -> index of its first step; length count + 1. */
  firstStepOfChain: Uint32Array;
  /** step -> 2 * piece + (1 if walked against the way). */
  steps: Uint32Array;
}

/** What is known of a node while arms are counted: arms so far (0, 1, 2 = two or more), and of the first its side. */
const ARMS = 3;
const FIRST_ARM_ENDS = 4;
const PROFILE_SHIFT = 3;

/**
 * Marks junctions in `streets.flagsOfNode` (NODE_IS_JUNCTION); nodes that `forced` lists are junctions anyway.
 */
export function markJunctions(osm: OsmStreets, streets: ModeStreets, forced: readonly number[]): void {
  const { profileOfWay, flagsOfNode, symmetric } = streets;
  const { firstRefOfWay, nodeOfRef } = osm;
  // node -> arms, side and profile of its first arm, in one number: each node is looked up once.
  const armsOfNode = new Uint32Array(osm.nodeCount);
  for (const node of forced) flagsOfNode[node]! |= NODE_IS_JUNCTION;

  const meet = (node: number, profile: number, endBit: number) => {
    const met = armsOfNode[node]!;
    if (met === 0) {
      armsOfNode[node] = (profile << PROFILE_SHIFT) | endBit | 1;
      return;
    }
    const joins =
      (met & ARMS) === 1 &&
      met >>> PROFILE_SHIFT === profile &&
      (symmetric[profile] === 1 || (met & FIRST_ARM_ENDS) !== endBit);
    armsOfNode[node] = 2;
    if (!joins) flagsOfNode[node]! |= NODE_IS_JUNCTION;
  };
  for (let way = 0; way < osm.wayCount; way++) {
    const profile = profileOfWay[way]!;
    if (profile === NO_INDEX) continue;
    const first = firstRefOfWay[way]!;
    const end = firstRefOfWay[way + 1]!;
    let previous = NO_INDEX;
    let node = nodeOfRef[first]!;
    for (let ref = first; ref < end; ref++) {
      const next = ref + 1 < end ? nodeOfRef[ref + 1]! : NO_INDEX;
      if (node !== NO_INDEX) {
        const continues = next !== NO_INDEX;
        if (previous === NO_INDEX) {
          if (continues) meet(node, profile, 0);
        } else if (!continues) {
          meet(node, profile, FIRST_ARM_ENDS);
        } else if (armsOfNode[node] === 0) {
          // Passed through: two arms at once, alike and one behind the other.
          armsOfNode[node] = 2;
        } else flagsOfNode[node]! |= NODE_IS_JUNCTION;
        previous = continues ? node : NO_INDEX;
      }
      node = next;
    }
  }
  for (let node = 0; node < osm.nodeCount; node++) {
    if ((armsOfNode[node]! & ARMS) === 1 || (flagsOfNode[node]! & (NODE_BLOCKED | NODE_ENDS_ONLY)) !== 0) {
      flagsOfNode[node]! |= NODE_IS_JUNCTION;
    }
  }
}

/** Cuts every usable way at junctions, at its ends, and at references whose node the file lacks. */
export function cutPieces(osm: OsmStreets, streets: ModeStreets): Pieces {
  const { profileOfWay, flagsOfNode } = streets;
  const { firstRefOfWay, nodeOfRef } = osm;
  const wayOfPiece = new GrowingUint32(osm.wayCount + 1024);
  const firstRefs = new GrowingUint32(osm.wayCount + 1024);
  const lastRefs = new GrowingUint32(osm.wayCount + 1024);
  const jointEnds = new GrowingUint32(osm.wayCount + 1024);
  const firstPieceOfWay = new Uint32Array(osm.wayCount + 1);
  for (let way = 0; way < osm.wayCount; way++) {
    firstPieceOfWay[way] = wayOfPiece.length;
    if (profileOfWay[way] === NO_INDEX) continue;
    const end = firstRefOfWay[way + 1]!;
    let start = NO_INDEX;
    let startsAtJoint = false;
    for (let ref = firstRefOfWay[way]!; ref < end; ref++) {
      const node = nodeOfRef[ref]!;
      if (node === NO_INDEX) {
        start = NO_INDEX;
        continue;
      }
      const isJunction = (flagsOfNode[node]! & NODE_IS_JUNCTION) !== 0;
      if (start === NO_INDEX) {
        start = ref;
        startsAtJoint = !isJunction;
        continue;
      }
      const isLast = ref + 1 === end || nodeOfRef[ref + 1] === NO_INDEX;
      if (isLast || isJunction) {
        if (startsAtJoint) jointEnds.push(2 * wayOfPiece.length);
        if (!isJunction) jointEnds.push(2 * wayOfPiece.length + 1);
        startsAtJoint = false;
        wayOfPiece.push(way);
        firstRefs.push(start);
        lastRefs.push(ref);
        start = isLast ? NO_INDEX : ref;
      }
    }
  }
  firstPieceOfWay[osm.wayCount] = wayOfPiece.length;
  return {
    count: wayOfPiece.length,
    wayOfPiece: sharedCopy(wayOfPiece.view()),
    firstRefOfPiece: sharedCopy(firstRefs.view()),
    lastRefOfPiece: sharedCopy(lastRefs.view()),
    firstPieceOfWay,
    jointEnds: jointEnds.view(),
  };
}

/**
 * Joins pieces that end at nodes which are no junction. A ring without any junction becomes one chain, and
 * the node where its first way begins a junction.
 */
export function joinPieces(osm: OsmStreets, streets: ModeStreets, pieces: Pieces): Chains {
  const { count } = pieces;
  const otherEnd = pairJointEnds(osm, pieces);
  const visited = new Uint8Array(count);
  const firstStep = new GrowingUint32(count + 1);
  const steps = new GrowingUint32(count);
  const follow = (start: number) => {
    firstStep.push(steps.length);
    let step = start;
    do {
      steps.push(step);
      visited[step >> 1] = 1;
      step = otherEnd[step ^ 1]! - 1; // Walking forwards leaves at the last reference: end code 2p + 1.
    } while (step >= 0 && visited[step >> 1] === 0);
  };
  for (let piece = 0; piece < count; piece++) {
    if (visited[piece] === 1) continue;
    if (otherEnd[2 * piece] === 0) follow(2 * piece);
    else if (otherEnd[2 * piece + 1] === 0) follow(2 * piece + 1);
  }
  for (let piece = 0; piece < count; piece++) {
    if (visited[piece] === 1) continue;
    streets.flagsOfNode[osm.nodeOfRef[pieces.firstRefOfPiece[piece]!]!]! |= NODE_IS_JUNCTION;
    follow(2 * piece);
  }
  firstStep.push(steps.length);
  return {
    count: firstStep.length - 1,
    firstStepOfChain: sharedCopy(firstStep.view()),
    steps: sharedCopy(steps.view()),
  };
}

/** End of a piece -> the end that lies at the same joint, plus 1; 0 at a junction. */
function pairJointEnds(osm: OsmStreets, pieces: Pieces): Uint32Array {
  const { firstRefOfPiece, lastRefOfPiece, jointEnds, count } = pieces;
  const otherEnd = new Uint32Array(2 * count);
  // node -> the first end met there, plus 1.
  const endAtNode = new Uint32Array(osm.nodeCount);
  for (let i = 0; i < jointEnds.length; i++) {
    const end = jointEnds[i]!;
    const node = osm.nodeOfRef[(end & 1) === 0 ? firstRefOfPiece[end >> 1]! : lastRefOfPiece[end >> 1]!]!;
    const other = endAtNode[node]!;
    if (other === 0) endAtNode[node] = end + 1;
    else {
      otherEnd[end] = other;
      otherEnd[other - 1] = end + 1;
    }
  }
  return otherEnd;
}
