/**
 * The street network of one mode: types and the layout of its arrays. All arrays live in SharedArrayBuffers,
 * so that worker threads search the same memory.
 *
 * Three index spaces:
 * - *edge*: one street between two junctions, with its geometry, drawn from `tail` to `head`.
 * - *vertex*: a state of the search. Usually a junction; a junction is split into several vertices where a turn
 *   restriction depends on how one came, and where a street only serves the ends of a trip (`destination`,
 *   `private`): one copy for leaving homes, one for reaching structures.
 * - *arc*: a directed move from vertex to vertex along an edge, with its whole time (the delay at its head included).
 *
 * `edgeDir` = 2 * edge + (0 forward | 1 backward).
 */
import type { StreetMode } from '../common/units.ts';

export interface StreetNetwork {
  readonly mode: StreetMode;

  readonly vertexCount: number;
  /** vertex -> 1e-7 degrees. */
  readonly lonOfVertex: Int32Array;
  readonly latOfVertex: Int32Array;

  readonly edgeCount: number;
  /** edge -> its first point; length edgeCount + 1. An edge's points run from tail to head, both included. */
  readonly firstPointOfEdge: Uint32Array;
  /** point -> 1e-7 degrees. */
  readonly lonOfPoint: Int32Array;
  readonly latOfPoint: Int32Array;
  /** edge -> decimetres. */
  readonly lengthOfEdge: Uint32Array;
  /** edge -> index in STREET_CLASSES (for maps and delays). */
  readonly classOfEdge: Uint8Array;
  /** edge -> 1 where it runs in a tunnel: only points in it are linked to it. */
  readonly tunnelOfEdge: Uint8Array;
  /** edge -> OSM way id of its first piece (for explanations). */
  readonly wayIdOfEdge: Float64Array;
  /** edgeDir -> driving deciseconds along the whole edge without the delay at its head; UNREACHED if not allowed. */
  readonly drivingTimeOfEdgeDir: Int32Array;
  /** edgeDir -> delay at its head, deciseconds. */
  readonly delayOfEdgeDir: Uint16Array;
  /** edgeDir -> vertex where a trip that starts part-way along the edge arrives; NO_INDEX if not allowed. */
  readonly departureVertexOfEdgeDir: Uint32Array;
  /** edgeDir -> vertices from which the edge may be entered (to end part-way along it): CSR over edgeDirs. */
  readonly firstArrivalOfEdgeDir: Uint32Array;
  readonly arrivalVertices: Uint32Array;

  /** vertex -> its first incoming arc; length vertexCount + 1. */
  readonly firstArcInto: Uint32Array;
  /** Incoming arcs, three numbers each: tail vertex, deciseconds, edgeDir. */
  readonly arcsInto: Int32Array;
  /** The same arcs by tail: head vertex, deciseconds, edgeDir. */
  readonly firstArcFrom: Uint32Array;
  readonly arcsFrom: Int32Array;
  readonly arcCount: number;
  /** Greatest time of an arc, deciseconds: the width of the bucket queue. */
  readonly longestArc: number;

  /** vertex -> strongly connected component, numbered by decreasing size. */
  readonly componentOfVertex: Uint32Array;
  /** component -> number of vertices, decreasing. */
  readonly sizeOfComponent: Uint32Array;
  /** edge -> vertices of the largest component that a trip which starts on it can get to; 0 where none may start. */
  readonly departureReachOfEdge: Uint32Array;
  /** edge -> vertices of the largest component from which a trip can get to it; 0 where none may end on it. */
  readonly arrivalReachOfEdge: Uint32Array;
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number];
}
