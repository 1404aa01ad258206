/** A network as it is when no ferry runs: the same vertices and edges, without the arcs of ferries. */
import { isFerryClass, STREET_CLASSES } from './street-classes.ts';
import type { StreetNetwork } from './street-network.ts';

const FERRY_CODES = Array.from(STREET_CLASSES.keys()).filter(isFerryClass);

/** The network without ferries; undefined where it has none. Ferries take no points, so links stay as they are. */
export function withoutFerries(network: StreetNetwork): StreetNetwork | undefined {
  const isFerry = (edgeDir: number) => isFerryClass(network.classOfEdge[edgeDir >> 1]!);
  if (!FERRY_CODES.some((code) => network.classOfEdge.includes(code))) return undefined;
  const into = withoutArcs(network.firstArcInto, network.arcsInto, isFerry);
  const from = withoutArcs(network.firstArcFrom, network.arcsFrom, isFerry);
  return {
    ...network,
    arcCount: into.arcs.length / 3,
    firstArcInto: into.first,
    arcsInto: into.arcs,
    firstArcFrom: from.first,
    arcsFrom: from.arcs,
  };
}

function withoutArcs(
  first: Uint32Array,
  arcs: Int32Array,
  isLeftOut: (edgeDir: number) => boolean,
): { first: Uint32Array; arcs: Int32Array } {
  const keptFirst = new Uint32Array(first.length);
  const kept = new Int32Array(arcs.length);
  let count = 0;
  for (let vertex = 0; vertex + 1 < first.length; vertex++) {
    for (let arc = first[vertex]!; arc < first[vertex + 1]!; arc++) {
      if (isLeftOut(arcs[3 * arc + 2]!)) continue;
      kept.set(arcs.subarray(3 * arc, 3 * arc + 3), 3 * count++);
    }
    keptFirst[vertex + 1] = count;
  }
  return { first: keptFirst, arcs: kept.slice(0, 3 * count) };
}
