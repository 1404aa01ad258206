/**
 * Memory that one isochrone after another reuses: allocating it anew for each of a hundred structures would
 * cost more than the painting. One per worker, network and direction.
 */
import { NO_INDEX } from '../common/units.ts';
import type { SearchDirection } from '../search/street-search.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

export class IsochroneScratch {
  /**
   * Edges by the vertex that gives them their time: towards, the one where a trip that starts on the edge
   * leaves it; from, those by which it is entered. CSR over vertices; an edge stands at up to two of them.
   * Arcs do not serve: none runs along a street that only serves trip ends and leads nowhere.
   */
  readonly firstEdgeAtVertex: Uint32Array;
  readonly edgesAtVertex: Uint32Array;
  /** edge -> the run that met it last. */
  readonly runOfEdge: Uint32Array;
  /** Edges met in this run, and their times at head and tail, deciseconds; at most every edge once. */
  readonly edges: Uint32Array;
  readonly headTimes: Int32Array;
  readonly tailTimes: Int32Array;
  /** Grid node -> seconds; the greatest grid is maxCells². */
  private values = new Float32Array(0);
  /** Grid node -> ring that crosses the grid line to its east, or 0; the greatest grid is maxCells². */
  private ringOfCrossing = new Int32Array(0);
  private run = 0;

  constructor(network: StreetNetwork, direction: SearchDirection) {
    const { firstEdgeAtVertex, edgesAtVertex } = buildEdgesAtVertices(network, direction);
    this.firstEdgeAtVertex = firstEdgeAtVertex;
    this.edgesAtVertex = edgesAtVertex;
    this.runOfEdge = new Uint32Array(network.edgeCount);
    this.edges = new Uint32Array(network.edgeCount);
    this.headTimes = new Int32Array(network.edgeCount);
    this.tailTimes = new Int32Array(network.edgeCount);
  }

  /** A number that no edge bears yet. */
  nextRun(): number {
    if (this.run === 0xffffffff) {
      this.runOfEdge.fill(0);
      this.run = 0;
    }
    return ++this.run;
  }

  valuesOfLength(length: number): Float32Array {
    if (this.values.length < length) this.values = new Float32Array(length);
    return this.values.subarray(0, length);
  }

  /** All zero. */
  crossingsOfLength(length: number): Int32Array {
    if (this.ringOfCrossing.length < length) this.ringOfCrossing = new Int32Array(length);
    return this.ringOfCrossing.subarray(0, length).fill(0);
  }
}

function buildEdgesAtVertices(network: StreetNetwork, direction: SearchDirection) {
  const { vertexCount, edgeCount, departureVertexOfEdgeDir, firstArrivalOfEdgeDir, arrivalVertices } =
    network;
  const isTowards = direction === 'towards';
  const firstEdgeAtVertex = new Uint32Array(vertexCount + 1);
  if (isTowards) {
    for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
      const vertex = departureVertexOfEdgeDir[edgeDir]!;
      if (vertex !== NO_INDEX) firstEdgeAtVertex[vertex + 1]!++;
    }
  } else for (const vertex of arrivalVertices) firstEdgeAtVertex[vertex + 1]!++;
  for (let vertex = 0; vertex < vertexCount; vertex++)
    firstEdgeAtVertex[vertex + 1]! += firstEdgeAtVertex[vertex]!;
  const edgesAtVertex = new Uint32Array(firstEdgeAtVertex[vertexCount]!);
  const next = firstEdgeAtVertex.slice(0, vertexCount);
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    if (isTowards) {
      const vertex = departureVertexOfEdgeDir[edgeDir]!;
      if (vertex !== NO_INDEX) edgesAtVertex[next[vertex]!++] = edgeDir >>> 1;
      continue;
    }
    for (let i = firstArrivalOfEdgeDir[edgeDir]!; i < firstArrivalOfEdgeDir[edgeDir + 1]!; i++) {
      edgesAtVertex[next[arrivalVertices[i]!]!++] = edgeDir >>> 1;
    }
  }
  return { firstEdgeAtVertex, edgesAtVertex };
}
