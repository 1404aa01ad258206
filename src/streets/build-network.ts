/**
 * OSM streets -> the street network of one mode. The steps: judge tag sets and nodes, cut ways at junctions
 * and join what does not change, number edges in Hilbert order; draw them, and meanwhile settle streets that only
 * serve trip ends, resolve turn restrictions, split vertices, find components; write the arcs' times.
 */

import type { Notice } from '../common/notices.ts';
import { sharedInt32 } from '../common/shared-arrays.ts';
import { DECISECONDS_PER_MINUTE, type StreetMode, UNREACHED } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { type ArcGraph, buildArcs, setArcTimes } from './arcs.ts';
import { findComponentReach } from './component-reach.ts';
import { type Components, findComponents } from './components.ts';
import { headDelaysOf } from './delays.ts';
import { drawEdges, type EdgeDrawing } from './draw-edges.ts';
import { buildEdges, type Edges } from './edges.ts';
import { judgeStreets } from './mode-streets.ts';
import { cutPieces, joinPieces, markJunctions, type Pieces } from './pieces.ts';
import { nodesOfRestrictions, resolveRestrictions } from './restrictions.ts';
import type { StreetNetwork } from './street-network.ts';
import { settleTripEnds } from './trip-ends.ts';
import { TurnAutomaton } from './turn-automaton.ts';
import { TurnMemory } from './turn-memory.ts';
import { findRemembered } from './turning-back.ts';
import { UsableMoves } from './usable-moves.ts';
import { WayJudge } from './way-judge.ts';
import type { SpeedTable } from './way-profile.ts';

/**
 * Public streets behind a private one are a pocket, reached only at trip ends, below this number of
 * junctions; larger ones are islands of their own (extracts cut off pieces of 80 to 140).
 */
const SMALLEST_PUBLIC_ISLAND = 200;

/** Increase whenever the same input may give another network: it is part of the cache key. */
export const STREET_NETWORK_VERSION = 8;

export interface BuiltNetwork {
  network: StreetNetwork;
  notices: Notice[];
}

/**
 * Builds the network of one mode. Pure and deterministic.
 * @throws Error where the mode has no street at all (`network.edgeCount` would be 0): see `notices`.
 */
export function buildStreetNetwork(osm: OsmStreets, mode: StreetMode, table: SpeedTable): BuiltNetwork {
  const draft = draftStreetNetwork(osm, new WayJudge(mode, table));
  drawEdges(draft.drawing);
  return finishStreetNetwork(connectStreets(draft));
}

/** A network whose edges are numbered, and still to be drawn and connected, in either order or at once. */
export interface DraftNetwork {
  osm: OsmStreets;
  mode: StreetMode;
  table: SpeedTable;
  pieces: Pieces;
  edges: Edges;
  drawing: EdgeDrawing;
  notices: Notice[];
}

/** Judges and cuts the streets of a mode. */
export function draftStreetNetwork(osm: OsmStreets, judge: WayJudge): DraftNetwork {
  const { mode, table } = judge;
  const streets = judgeStreets(osm, judge);
  markJunctions(osm, streets, nodesOfRestrictions(osm, mode));
  const pieces = cutPieces(osm, streets);
  const chains = joinPieces(osm, streets, pieces);
  const { edges, drawing } = buildEdges(osm, streets, pieces, chains, headDelaysOf(mode, table));
  const notices = streets.incompleteCrossings.map(
    (relationId): Notice => ({
      code: 'crossing-incomplete',
      severity: 'info',
      message: 'the file lacks a way of this crossing, so that its duration cannot be shared out',
      action: 'the usual speed of ferries is used',
      id: `relation ${relationId}`,
    }),
  );
  return { osm, mode, table, pieces, edges, drawing, notices };
}

export interface ConnectedNetwork extends DraftNetwork {
  graph: ArcGraph;
  components: Components;
}

/** Tells which edges lead on to which; reads nothing that is drawn. */
export function connectStreets(draft: DraftNetwork): ConnectedNetwork {
  const { osm, mode, pieces, edges } = draft;
  const kinds = settleTripEnds(edges, SMALLEST_PUBLIC_ISLAND);
  const moves = osm.restrictions.length === 0 ? undefined : new UsableMoves(edges);
  const restrictions = resolveRestrictions(osm, pieces, edges, moves, mode);
  const unresolved = restrictions.unresolved.map(
    ({ relationId, reason }): Notice => ({
      code: 'restriction-unresolved',
      severity: 'info',
      message: `turn restriction: ${reason}`,
      action: 'ignored',
      id: `relation ${relationId}`,
    }),
  );
  const graph = buildArcs(edges, kinds, turnMemoryOf(draft, kinds, moves, restrictions.forbidden));
  const components = findComponents(
    graph.vertexCount,
    { first: graph.firstArcFrom, arcs: graph.arcsFrom },
    { first: graph.firstArcInto, arcs: graph.arcsInto },
  );
  return { ...draft, graph, components, notices: [...draft.notices, ...unresolved] };
}

/** What trips remember of their way; undefined where nothing is forbidden to anyone. */
function turnMemoryOf(
  { edges, drawing }: DraftNetwork,
  kinds: Uint8Array,
  moves: UsableMoves | undefined,
  forbidden: readonly (readonly number[])[],
): TurnMemory | undefined {
  if (moves === undefined || forbidden.length === 0) return undefined;
  const automaton = new TurnAutomaton(forbidden);
  return new TurnMemory(automaton, moves, findRemembered(edges, kinds, moves, automaton, drawing));
}

/** The network of edges that are drawn and connected. */
export function finishStreetNetwork(connected: ConnectedNetwork): BuiltNetwork {
  const { osm, mode, table, edges, graph, components, notices } = connected;
  addFerryWaits(edges, table.ferryWaitMinutes);
  const longestArc = setArcTimes(edges, graph);
  const lonOfVertex = sharedInt32(graph.vertexCount);
  const latOfVertex = sharedInt32(graph.vertexCount);
  for (let v = 0; v < graph.vertexCount; v++) {
    lonOfVertex[v] = edges.lonOfJunction[graph.junctionOfVertex[v]!]!;
    latOfVertex[v] = edges.latOfJunction[graph.junctionOfVertex[v]!]!;
  }
  const { junctionOfVertex: _, ...arcs } = graph;
  const network: StreetNetwork = {
    mode,
    ...arcs,
    longestArc,
    lonOfVertex,
    latOfVertex,
    edgeCount: edges.edgeCount,
    firstPointOfEdge: edges.firstPointOfEdge,
    lonOfPoint: edges.lonOfPoint,
    latOfPoint: edges.latOfPoint,
    lengthOfEdge: edges.lengthOfEdge,
    classOfEdge: edges.classOfEdge,
    tunnelOfEdge: edges.tunnelOfEdge,
    wayIdOfEdge: edges.wayIdOfEdge,
    drivingTimeOfEdgeDir: edges.drivingTimeOfEdgeDir,
    delayOfEdgeDir: edges.delayOfEdgeDir,
    componentOfVertex: components.componentOfVertex,
    sizeOfComponent: components.sizeOfComponent,
    ...findComponentReach({ ...arcs, edgeCount: edges.edgeCount }, components),
    bounds: osm.bounds,
  };
  return { network, notices };
}

/**
 * The wait for a ferry is paid once, where one boards it: on ferry edges that leave a junction with streets. It
 * is part of the crossing's time, not a delay at its head: delays are 16 bits, too few for a wait of two hours,
 * and no point is linked to a ferry, so that nothing shares it out.
 */
function addFerryWaits(edges: Edges, waitMinutes: number): void {
  const wait = Math.round(waitMinutes * DECISECONDS_PER_MINUTE);
  if (wait === 0) return;
  const hasStreet = new Uint8Array(edges.junctionCount);
  for (let edge = 0; edge < edges.edgeCount; edge++) {
    if (edges.isFerryEdge[edge] === 1) continue;
    hasStreet[edges.tailOfEdge[edge]!] = 1;
    hasStreet[edges.headOfEdge[edge]!] = 1;
  }
  for (let edge = 0; edge < edges.edgeCount; edge++) {
    if (edges.isFerryEdge[edge] === 0) continue;
    for (const [edgeDir, boarding] of [
      [2 * edge, edges.tailOfEdge[edge]!],
      [2 * edge + 1, edges.headOfEdge[edge]!],
    ] as const) {
      const crossing = edges.drivingTimeOfEdgeDir[edgeDir]!;
      if (hasStreet[boarding] === 1 && crossing !== UNREACHED)
        edges.drivingTimeOfEdgeDir[edgeDir] = crossing + wait;
    }
  }
}
