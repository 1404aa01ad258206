/**
 * Strongly connected components of the searchable graph (Tarjan, 1972, without recursion), numbered by
 * decreasing size. Computed after restrictions, since those cut islands off too.
 */
import { sharedUint32 } from '../common/shared-arrays.ts';
import { NO_INDEX } from '../common/units.ts';

export interface Components {
  /** vertex -> component. */
  componentOfVertex: Uint32Array;
  /** component -> number of vertices, decreasing; equal sizes in the order of their lowest vertex. */
  sizeOfComponent: Uint32Array;
}

/** @param arcsFrom three numbers an arc, the head first */
export function findComponents(
  vertexCount: number,
  firstArcFrom: Uint32Array,
  arcsFrom: Int32Array,
): Components {
  const rawOfVertex = new Uint32Array(vertexCount).fill(NO_INDEX);
  const rawCount = labelComponents(vertexCount, firstArcFrom, arcsFrom, rawOfVertex);
  const size = new Uint32Array(rawCount);
  const lowest = new Uint32Array(rawCount).fill(NO_INDEX);
  for (let v = 0; v < vertexCount; v++) {
    const raw = rawOfVertex[v]!;
    size[raw]!++;
    if (lowest[raw] === NO_INDEX) lowest[raw] = v;
  }
  const order = Array.from({ length: rawCount }, (_, i) => i);
  order.sort((a, b) => size[b]! - size[a]! || lowest[a]! - lowest[b]!);
  const numberOf = new Uint32Array(rawCount);
  const sizeOfComponent = sharedUint32(rawCount);
  order.forEach((raw, i) => {
    numberOf[raw] = i;
    sizeOfComponent[i] = size[raw]!;
  });
  const componentOfVertex = sharedUint32(vertexCount);
  for (let v = 0; v < vertexCount; v++) componentOfVertex[v] = numberOf[rawOfVertex[v]!]!;
  return { componentOfVertex, sizeOfComponent };
}

function labelComponents(
  vertexCount: number,
  firstArcFrom: Uint32Array,
  arcsFrom: Int32Array,
  componentOfVertex: Uint32Array,
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
  for (let root = 0; root < vertexCount; root++) {
    if (discovery[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    discovery[root] = low[root] = ++discovered;
    nextArc[root] = firstArcFrom[root]!;
    open[openCount++] = root;
    while (depth >= 0) {
      const v = path[depth]!;
      const arc = nextArc[v]!;
      if (arc < firstArcFrom[v + 1]!) {
        nextArc[v] = arc + 1;
        const head = arcsFrom[3 * arc]!;
        if (discovery[head] === 0) {
          discovery[head] = low[head] = ++discovered;
          nextArc[head] = firstArcFrom[head]!;
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
        } while (member !== v);
        components++;
      }
      depth--;
      if (depth >= 0 && low[v]! < low[path[depth]!]!) low[path[depth]!] = low[v]!;
    }
  }
  return components;
}
