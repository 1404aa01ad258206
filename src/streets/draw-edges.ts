/**
 * Draws edges: their geometry, and from it their lengths, driving times and delays. All arrays lie in shared memory,
 * so that another thread may draw while this one builds the graph.
 */
import { METERS_PER_DEGREE } from '../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE, DECISECONDS_PER_SECOND, UNREACHED } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { countArms, delayAtHead, type HeadDelays } from './delays.ts';
import {
  type ModeStreets,
  NODE_IS_JUNCTION,
  NODE_SIGNALS_BACKWARD,
  NODE_SIGNALS_FORWARD,
} from './mode-streets.ts';
import type { Chains, DrawnPieces } from './pieces.ts';
import { rankOf } from './street-classes.ts';
import type { WayProfile } from './way-profile.ts';

/** What edges are drawn from, and the arrays that the drawing fills. */
export interface EdgeDrawing {
  osm: Pick<OsmStreets, 'nodeCount' | 'nodeOfRef' | 'lonOfNode' | 'latOfNode'>;
  streets: Pick<ModeStreets, 'flagsOfNode' | 'profiles' | 'profileOfWay'>;
  pieces: DrawnPieces;
  chains: Chains;
  edgeOfChain: Uint32Array;
  delays: HeadDelays;
  /** edge -> its first point; length edgeCount + 1. */
  firstPointOfEdge: Uint32Array;
  /** To be filled: point -> 1e-7 degrees. */
  lonOfPoint: Int32Array;
  latOfPoint: Int32Array;
  /** To be filled: edge -> decimetres. */
  lengthOfEdge: Uint32Array;
  /** To be filled: edgeDir -> deciseconds, UNREACHED where it is closed; deciseconds at its head. */
  drivingTimeOfEdgeDir: Int32Array;
  delayOfEdgeDir: Uint16Array;
}

const HALF_TURN = 180 * COORDINATE_UNITS_PER_DEGREE;
const RADIANS_PER_UNIT = Math.PI / 180 / COORDINATE_UNITS_PER_DEGREE;

/** profile -> its rank; 2 * profile + dir -> metres a second, 0 where closed; `dir` 0 along the way, 1 against it. */
class ProfileTable {
  readonly rank: Uint8Array;
  private readonly metersPerSecond: Float64Array;

  constructor(profiles: readonly WayProfile[]) {
    this.rank = Uint8Array.from(profiles, (p) => rankOf(p.class));
    this.metersPerSecond = Float64Array.from(
      profiles.flatMap(({ forward, backward }) => [forward, backward]),
      ({ passage, speedKph }) => (passage === 'no' ? 0 : speedKph / 3.6),
    );
  }

  /** Driving deciseconds along an edge of this length. */
  drivingTime(profileDir: number, meters: number): number {
    const metersPerSecond = this.metersPerSecond[profileDir]!;
    if (metersPerSecond === 0) return UNREACHED;
    return Math.round((meters / metersPerSecond) * DECISECONDS_PER_SECOND);
  }
}

export function drawEdges(drawing: EdgeDrawing): void {
  const { osm, streets, pieces, chains, edgeOfChain, delays } = drawing;
  const { nodeOfRef, lonOfNode, latOfNode } = osm;
  const { flagsOfNode, profiles, profileOfWay } = streets;
  const { firstPointOfEdge, lonOfPoint, latOfPoint, lengthOfEdge } = drawing;
  const { drivingTimeOfEdgeDir, delayOfEdgeDir } = drawing;
  const { firstStepOfChain, steps } = chains;
  const { firstRefOfPiece, lastRefOfPiece, wayOfPiece } = pieces;
  const arms = countArms(osm, streets, pieces);
  const table = new ProfileTable(profiles);
  const metersPerUnit = METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE;
  const SIGNALS = NODE_SIGNALS_FORWARD | NODE_SIGNALS_BACKWARD;
  // In the order of the chains: their nodes lie near each other in memory, those of neighbouring edges do not.
  for (let chain = 0; chain < chains.count; chain++) {
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
    const meters = length * metersPerUnit;
    lengthOfEdge[edge] = Math.round(meters * 10);
    drivingTimeOfEdgeDir[2 * edge] = table.drivingTime(along, meters);
    drivingTimeOfEdgeDir[2 * edge + 1] = table.drivingTime(along ^ 1, meters);
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
