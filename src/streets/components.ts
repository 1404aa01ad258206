/**
 * Strongly connected components of the searchable graph (Tarjan, 1972, without recursion), numbered by
 * decreasing size. Computed after restrictions, since those cut islands off too.
 */
import { orderByKey } from '../common/radix-sort.ts';
import { sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';

export interface Components {
  /** vertex -> component. */
  componentOfVertex: Uint32Array;
  /** component -> number of vertices, decreasing; equal sizes in the order of their lowest vertex. */
  sizeOfComponent: Uint32Array;
  /** component -> vertices of the largest component that one can get to from it, itself included. */
  departureReachOfComponent: Uint32Array;
  /** component -> vertices of the largest component from which one can get to it, itself included. */
  arrivalReachOfComponent: Uint32Array;
}

/** Arcs by one of their ends: CSR over vertices, three numbers an arc, the other end first. */
export interface ArcsOfVertices {
  first: Uint32Array;
  arcs: Int32Array;
}

export function findComponents(vertexCount: number, from: ArcsOfVertices, into: ArcsOfVertices): Components {
  const rawOfVertex = new Uint32Array(vertexCount).fill(NO_INDEX);
  const closed = new Uint32Array(vertexCount);
  const rawCount = labelComponents(vertexCount, from, rawOfVertex, closed);
  const size = new Uint32Array(rawCount);
  let largest = 0;
  for (let v = 0; v < vertexCount; v++) {
    const raw = rawOfVertex[v]!;
    size[raw]!++;
    if (size[raw]! > largest) largest = size[raw]!;
  }
  const byLowestVertex = new Uint32Array(rawCount);
  const sizeRank = new Uint32Array(rawCount);
  const isListed = new Uint8Array(rawCount);
  let listed = 0;
  for (let v = 0; v < vertexCount; v++) {
    const raw = rawOfVertex[v]!;
    if (isListed[raw] === 1) continue;
    isListed[raw] = 1;
    sizeRank[listed] = largest - size[raw]!;
    byLowestVertex[listed++] = raw;
  }
  const order = orderByKey(sizeRank);
  const numberOf = new Uint32Array(rawCount);
  const sizeOfComponent = sharedUint32(rawCount);
  for (let i = 0; i < rawCount; i++) {
    const raw = byLowestVertex[order[i]!]!;
    numberOf[raw] = i;
    sizeOfComponent[i] = size[raw]!;
  }
  const componentOfVertex = sharedUint32(vertexCount);
  for (let v = 0; v < vertexCount; v++) componentOfVertex[v] = numberOf[rawOfVertex[v]!]!;
  // A component is closed after all that one can get to from it.
  const components = { componentOfVertex, sizeOfComponent };
  const departureReachOfComponent = handOnSizes(components, closed, from);
  const arrivalReachOfComponent = handOnSizes(components, closed.reverse(), into);
  return { ...components, departureReachOfComponent, arrivalReachOfComponent };
}

/**
 * Component -> the greatest of its size and what the components that its arcs lead to have.
 * @param order of the vertices: those of a component follow upon those of all others that its arcs lead to
 */
function handOnSizes(
  { componentOfVertex, sizeOfComponent }: Pick<Components, 'componentOfVertex' | 'sizeOfComponent'>,
  order: Uint32Array,
  { first, arcs }: ArcsOfVertices,
): Uint32Array {
  const greatest = sizeOfComponent.slice();
  for (let i = 0; i < order.length; i++) {
    const vertex = order[i]!;
    const component = componentOfVertex[vertex]!;
    if (component === 0) continue; // None is greater.
    const end = first[vertex + 1]!;
    for (let arc = first[vertex]!; arc < end; arc++) {
      const size = greatest[componentOfVertex[arcs[3 * arc]!]!]!;
      if (size > greatest[component]!) greatest[component] = size;
    }
  }
  return greatest;
}

/** Labels components in the order in which they close, and lists the vertices likewise into `closed`. */
function labelComponents(
  vertexCount: number,
  { first, arcs }: ArcsOfVertices,
  componentOfVertex: Uint32Array,
  closed: Uint32Array,
): number {
  // Discovery order + 1, 0 = not met; a vertex leaves the open stack when its component closes.
  const discovery = new Uint32Array(vertexCount);
  const low = new Uint32Array(vertexCount);
  const nextArc = new Uint32Array(vertexCount);
  const open = new Uint32Array(vertexCount);
  const path = new Uint32Array(vertexCount);
  let openCount = 0;
  let discovered = 0;
  let components = 0;
  let closedCount = 0;
  for (let root = 0; root < vertexCount; root++) {
    if (discovery[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    discovery[root] = low[root] = ++discovered;
    nextArc[root] = first[root]!;
    open[openCount++] = root;
    while (depth >= 0) {
      const v = path[depth]!;
      const arc = nextArc[v]!;
      if (arc < first[v + 1]!) {
        nextArc[v] = arc + 1;
        const head = arcs[3 * arc]!;
        if (discovery[head] === 0) {
          discovery[head] = low[head] = ++discovered;
          nextArc[head] = first[head]!;
          open[openCount++] = head;
          path[++depth] = head;
        } else if (componentOfVertex[head] === NO_INDEX && discovery[head]! < low[v]!)
          low[v] = discovery[head]!;
        continue;
      }
      if (low[v] === discovery[v]) {
        let member: number;
        do {
          member = open[--openCount]!;
          componentOfVertex[member] = components;
          closed[closedCount++] = member;
        } while (member !== v);
        components++;
      }
      depth--;
      if (depth >= 0 && low[v]! < low[path[depth]!]!) low[path[depth]!] = low[v]!;
    }
  }
  return components;
}
