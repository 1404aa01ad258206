/**
 * How large a part of the network each edge belongs to: the size of the largest component that a trip which starts
 * on it can get to, and of the largest from which a trip can get to it. Worked out once for a network, so that
 * any least size of an island is told by comparing two numbers.
 */
import { sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';
import type { Components } from './components.ts';
import type { StreetNetwork } from './street-network.ts';

type EdgeEnds = Pick<
  StreetNetwork,
  'edgeCount' | 'departureVertexOfEdgeDir' | 'firstArrivalOfEdgeDir' | 'arrivalVertices'
>;

export function findComponentReach(
  { edgeCount, departureVertexOfEdgeDir, firstArrivalOfEdgeDir, arrivalVertices }: EdgeEnds,
  { componentOfVertex, departureReachOfComponent, arrivalReachOfComponent }: Components,
): Pick<StreetNetwork, 'departureReachOfEdge' | 'arrivalReachOfEdge'> {
  const departureReachOfEdge = sharedUint32(edgeCount);
  const arrivalReachOfEdge = sharedUint32(edgeCount);
  for (let edgeDir = 0; edgeDir < 2 * edgeCount; edgeDir++) {
    const edge = edgeDir >> 1;
    const departure = departureVertexOfEdgeDir[edgeDir]!;
    if (departure !== NO_INDEX) {
      const size = departureReachOfComponent[componentOfVertex[departure]!]!;
      if (size > departureReachOfEdge[edge]!) departureReachOfEdge[edge] = size;
    }
    const end = firstArrivalOfEdgeDir[edgeDir + 1]!;
    for (let i = firstArrivalOfEdgeDir[edgeDir]!; i < end; i++) {
      const size = arrivalReachOfComponent[componentOfVertex[arrivalVertices[i]!]!]!;
      if (size > arrivalReachOfEdge[edge]!) arrivalReachOfEdge[edge] = size;
    }
  }
  return { departureReachOfEdge, arrivalReachOfEdge };
}
