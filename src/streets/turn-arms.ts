/** Arms of junctions: the ends of a way's edges at a node, with the way that they point, and how turns are named. */
import { NO_INDEX } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { metersBetween } from './crossings.ts';
import type { Edges } from './edges.ts';
import type { Pieces } from './pieces.ts';
import type { TurnName } from './restriction-rules.ts';
import type { UsableMoves } from './usable-moves.ts';

export interface Arm {
  way: number;
  edgeDir: number;
  /** Degrees clockwise from north in which one drives at the junction. */
  bearing: number;
}

/** A turn that a relation may mean: in by one arm, along the via ways, out by another. */
export interface Turn {
  arriving: Arm;
  along: readonly number[];
  leaving: Arm;
}

/** The way that an arm points is that of its first metres; less may be a slip of the mouse. */
const POINTING_METERS = 15;

/** Degrees of the turn to the right (negative: to the left), both ends included: wide, so that they overlap. */
const RANGE_OF_TURN: Readonly<Record<TurnName, readonly [least: number, greatest: number]>> = {
  left: [-160, -20],
  right: [20, 160],
  straight: [-50, 50],
  u: [120, 240],
};

export class TurnArms {
  constructor(
    private readonly osm: OsmStreets,
    private readonly pieces: Pieces,
    private readonly edges: Edges,
    private readonly moves: UsableMoves,
  ) {}

  /** The ends of a way's edges at a node that one may arrive by, or leave by. */
  at(way: number, node: number, arriving: boolean): Arm[] {
    const { firstPieceOfWay, firstRefOfPiece, lastRefOfPiece } = this.pieces;
    const { nodeOfRef } = this.osm;
    const arms: Arm[] = [];
    const add = (piece: number, fromLast: boolean) => {
      const along = this.edges.edgeDirOfPiece[piece]!;
      if (along === NO_INDEX) return;
      const edgeDir = fromLast === arriving ? along : along ^ 1;
      if (!this.moves.isUsable(edgeDir)) return;
      const outward = this.bearingFrom(piece, fromLast);
      arms.push({ way, edgeDir, bearing: arriving ? outward + 180 : outward });
    };
    for (let piece = firstPieceOfWay[way]!; piece < firstPieceOfWay[way + 1]!; piece++) {
      if (nodeOfRef[lastRefOfPiece[piece]!] === node) add(piece, true);
      if (nodeOfRef[firstRefOfPiece[piece]!] === node) add(piece, false);
    }
    return arms;
  }

  /** Degrees clockwise from north from an end of a piece into it. */
  private bearingFrom(piece: number, fromLast: boolean): number {
    const { nodeOfRef, lonOfNode, latOfNode } = this.osm;
    const first = this.pieces.firstRefOfPiece[piece]!;
    const last = this.pieces.lastRefOfPiece[piece]!;
    const start = nodeOfRef[fromLast ? last : first]!;
    const step = fromLast ? -1 : 1;
    let ref = (fromLast ? last : first) + step;
    while (ref !== (fromLast ? first : last)) {
      if (metersBetween(this.osm, start, nodeOfRef[ref]!) >= POINTING_METERS) break;
      ref += step;
    }
    const end = nodeOfRef[ref]!;
    const cosine = Math.cos((latOfNode[start]! / 1e7) * (Math.PI / 180));
    const east = (lonOfNode[end]! - lonOfNode[start]!) * cosine;
    return (Math.atan2(east, latOfNode[end]! - latOfNode[start]!) * 180) / Math.PI;
  }
}

/** Whether driving in by one arm and out by the other is a turn of that name. */
export function isTurn(turn: TurnName, arriving: Arm, leaving: Arm): boolean {
  const [least, greatest] = RANGE_OF_TURN[turn];
  const degrees = leaving.bearing - arriving.bearing;
  // The turn within one full circle from `least` on.
  return least + ((((degrees - least) % 360) + 360) % 360) <= greatest;
}
