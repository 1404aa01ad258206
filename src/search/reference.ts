/**
 * The reference engine: Dijkstra of graphology-shortest-path, one run per source on a graphology graph of the
 * same integer durations. Hundreds of times slower than `street-search.ts`, and written independently of it;
 * times are equal to the decisecond, equal times go to the first source, and of equally fast paths the shortest
 * counts: the weight of an arc is its time, and far behind it its length.
 */
import { DirectedGraph } from 'graphology';
import { dijkstra } from 'graphology-shortest-path';
import { UNREACHED } from '../common/units.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { VertexTimes } from './door-to-door.ts';
import type { SearchDirection, Seeds } from './seeds.ts';

/** Key of the vertex that stands for a source: it leads to the source's seeds. */
const SOURCE = 'source';

/** A decisecond outweighs any length: 2^30 decimetres are 107 000 km, and 2^22 deciseconds of travel fit a double. */
const WEIGHT_OF_DECISECOND = 2 ** 30;

export class ReferenceSearch implements VertexTimes {
  readonly times: Int32Array;
  readonly sources: Int32Array;
  private readonly lengths: Float64Array;
  private readonly graph: DirectedGraph;

  constructor(
    private readonly network: StreetNetwork,
    readonly direction: SearchDirection,
  ) {
    this.times = new Int32Array(network.vertexCount).fill(UNREACHED);
    this.sources = new Int32Array(network.vertexCount).fill(-1);
    this.lengths = new Float64Array(network.vertexCount).fill(Number.NaN);
    this.graph = buildGraph(network, direction);
  }

  /** @param _targets taken as the fast search takes them; here every vertex gets its time */
  run(seeds: Seeds, limit = UNREACHED - 1, _targets?: Uint32Array): void {
    this.times.fill(UNREACHED);
    this.sources.fill(-1);
    const sources = [...new Set(seeds.sources.subarray(0, seeds.count))].sort((a, b) => a - b);
    for (const source of sources) this.runFrom(source, seeds, limit);
  }

  /** Decimetres along the paths found: of equally fast ones, the shortest. */
  lengthsOf(vertices: Uint32Array): Float64Array {
    return Float64Array.from(vertices, (vertex) => this.lengths[vertex]!);
  }

  private runFrom(source: number, seeds: Seeds, limit: number): void {
    const { graph, network } = this;
    graph.addNode(SOURCE);
    for (let i = 0; i < seeds.count; i++) {
      if (seeds.sources[i] !== source) continue;
      offerArc(graph, SOURCE, String(seeds.vertices[i]), seeds.times[i]!, seeds.lengths[i]!);
    }
    const paths = dijkstra.singleSource(graph, SOURCE, 'weight') as Record<string, string[]>;
    for (let vertex = 0; vertex < network.vertexCount; vertex++) {
      const path = paths[String(vertex)];
      if (path === undefined) continue;
      let time = 0;
      let length = 0;
      for (let i = 1; i < path.length; i++) {
        const attributes = graph.getEdgeAttributes(path[i - 1]!, path[i]!);
        time += attributes.time as number;
        length += attributes.length as number;
      }
      if (time > limit || time >= this.times[vertex]!) continue;
      this.times[vertex] = time;
      this.sources[vertex] = source;
      this.lengths[vertex] = length;
    }
    graph.dropNode(SOURCE);
  }
}

/** The arcs as a graphology graph, turned round where the search goes towards its sources. */
function buildGraph(network: StreetNetwork, direction: SearchDirection): DirectedGraph {
  const graph = new DirectedGraph();
  for (let v = 0; v < network.vertexCount; v++) graph.addNode(String(v));
  for (let tail = 0; tail < network.vertexCount; tail++) {
    for (let arc = network.firstArcFrom[tail]!; arc < network.firstArcFrom[tail + 1]!; arc++) {
      const head = network.arcsFrom[3 * arc]!;
      const time = network.arcsFrom[3 * arc + 1]!;
      const length = network.lengthOfEdge[network.arcsFrom[3 * arc + 2]! >> 1]!;
      const from = String(direction === 'towards' ? head : tail);
      const to = String(direction === 'towards' ? tail : head);
      if (from === to) continue;
      offerArc(graph, from, to, time, length);
    }
  }
  return graph;
}

/** Adds an arc, or improves the one that is there. */
function offerArc(graph: DirectedGraph, from: string, to: string, time: number, length: number): void {
  const weight = time * WEIGHT_OF_DECISECOND + length;
  if (graph.hasEdge(from, to) && weight >= (graph.getEdgeAttribute(from, to, 'weight') as number)) return;
  graph.mergeEdge(from, to, { weight, time, length });
}
