/**
 * The spatial index of a network's edges: a Flatbush over boxes of eight consecutive edges. Edges follow the
 * Hilbert curve of their junctions, so neighbours in number are neighbours on the ground; indexing them by
 * eights makes the index an eighth as large and as long to build, and each query reads a few runs of memory.
 */
import Flatbush from 'flatbush';
import type { StreetNetwork } from './street-network.ts';

export const EDGES_PER_BOX = 8;

/** The part of a network that is indexed. */
export type EdgePoints = Pick<StreetNetwork, 'edgeCount' | 'firstPointOfEdge' | 'lonOfPoint' | 'latOfPoint'>;

/** Builds the index; its bytes lie in a SharedArrayBuffer (`index.data`), coordinates in 1e-7 degrees. */
export function buildEdgeIndex(network: EdgePoints): Flatbush | undefined {
  const boxCount = Math.ceil(network.edgeCount / EDGES_PER_BOX);
  if (boxCount === 0) return undefined;
  const index = new Flatbush(boxCount, 16, Int32Array, SharedArrayBuffer);
  const { firstPointOfEdge, lonOfPoint, latOfPoint } = network;
  for (let box = 0; box < boxCount; box++) {
    let west = 0x7fffffff;
    let south = 0x7fffffff;
    let east = -0x7fffffff;
    let north = -0x7fffffff;
    const end = firstPointOfEdge[Math.min(network.edgeCount, (box + 1) * EDGES_PER_BOX)]!;
    for (let p = firstPointOfEdge[box * EDGES_PER_BOX]!; p < end; p++) {
      const lon = lonOfPoint[p]!;
      const lat = latOfPoint[p]!;
      if (lon < west) west = lon;
      if (lon > east) east = lon;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return index;
}
