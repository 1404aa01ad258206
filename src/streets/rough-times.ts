/**
 * Driving seconds of directed edges, measured as they are asked for: near restrictions only, since the edges are
 * drawn meanwhile, maybe by another thread. Bounded from either side, for the drawing rounds, and adds delays.
 */
import { DECISECONDS_PER_SECOND } from '../common/units.ts';
import { metersBetween } from './crossings.ts';
import type { EdgeDrawing } from './draw-edges.ts';

/** Rounding of an edge's time to deciseconds, either way. */
const ROUNDING_SECONDS = 0.05;

export class RoughTimes {
  /** edgeDir -> seconds; 0 where not measured yet. */
  private readonly secondsOfEdgeDir: Float64Array;
  private readonly chainOfEdge: Uint32Array;
  private readonly longestDelaySeconds: number;

  constructor(
    edgeCount: number,
    private readonly drawing: EdgeDrawing,
  ) {
    const { edgeOfChain, delays } = drawing;
    this.secondsOfEdgeDir = new Float64Array(2 * edgeCount);
    this.chainOfEdge = new Uint32Array(edgeCount);
    for (let chain = 0; chain < edgeOfChain.length; chain++) this.chainOfEdge[edgeOfChain[chain]!] = chain;
    this.longestDelaySeconds =
      Math.max(delays.higherClass, delays.junction, delays.roundabout, delays.signals) /
      DECISECONDS_PER_SECOND;
  }

  leastSeconds(edgeDir: number): number {
    return Math.max(0, this.secondsOf(edgeDir) - ROUNDING_SECONDS);
  }

  mostSeconds(edgeDir: number): number {
    return this.secondsOf(edgeDir) + ROUNDING_SECONDS + this.longestDelaySeconds;
  }

  private secondsOf(edgeDir: number): number {
    if (this.secondsOfEdgeDir[edgeDir] === 0) this.measure(edgeDir >> 1);
    return this.secondsOfEdgeDir[edgeDir]!;
  }

  /** Fills in both directions of an edge; a closed one is measured as if it were not. */
  private measure(edge: number): void {
    const { chains, pieces, streets, osm } = this.drawing;
    const chain = this.chainOfEdge[edge]!;
    const firstStep = chains.firstStepOfChain[chain]!;
    let meters = 0;
    for (let s = firstStep; s < chains.firstStepOfChain[chain + 1]!; s++) {
      const piece = chains.steps[s]! >> 1;
      for (let ref = pieces.firstRefOfPiece[piece]! + 1; ref <= pieces.lastRefOfPiece[piece]!; ref++)
        meters += metersBetween(osm, osm.nodeOfRef[ref - 1]!, osm.nodeOfRef[ref]!);
    }
    const step = chains.steps[firstStep]!;
    const { forward, backward } = streets.profiles[streets.profileOfWay[pieces.wayOfPiece[step >> 1]!]!]!;
    const along = (step & 1) === 0 ? forward : backward;
    const against = (step & 1) === 0 ? backward : forward;
    this.secondsOfEdgeDir[2 * edge] = secondsFor(meters, along.speedKph);
    this.secondsOfEdgeDir[2 * edge + 1] = secondsFor(meters, against.speedKph);
  }
}

/** More than 0, which stands for "not measured". */
function secondsFor(meters: number, speedKph: number): number {
  return Math.max(Number.MIN_VALUE, meters / ((speedKph > 0 ? speedKph : 1) / 3.6));
}
