/**
 * Pockets: contiguous groups of uncovered communes. Neighbours from `commune-borders.ts`, groups as connected
 * components of the graph of uncovered communes (graphology).
 */
import { UndirectedGraph } from 'graphology';
import { connectedComponents } from 'graphology-components';
import { type CommuneCoverage, NO_AREA_CODE, type Pocket } from './coverage-result.ts';

/** Only communes whose state is `non couverte` form pockets; most people left out first, then by first commune. */
export function findPockets(
  communes: readonly CommuneCoverage[],
  borders: ReadonlyArray<readonly [number, number]>,
): Pocket[] {
  const graph = new UndirectedGraph();
  communes.forEach((commune, index) => {
    if (commune.etat === 'non couverte' && commune.area.code !== NO_AREA_CODE) graph.addNode(index);
  });
  for (const [a, b] of borders) {
    if (graph.hasNode(a) && graph.hasNode(b)) graph.mergeEdge(a, b);
  }
  const pockets = connectedComponents(graph).map((component) => {
    const communeIndices = component.map(Number).sort((a, b) => a - b);
    let [population, populationLeftOut] = [0, 0];
    for (const index of communeIndices) {
      population += communes[index].population;
      populationLeftOut += communes[index].populationUncovered + communes[index].populationNotConnected;
    }
    return { number: 0, communeIndices, population, populationLeftOut };
  });
  pockets.sort(
    (a, b) => b.populationLeftOut - a.populationLeftOut || a.communeIndices[0] - b.communeIndices[0],
  );
  return pockets.map((pocket, at) => ({ ...pocket, number: at + 1 }));
}
