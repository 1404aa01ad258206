/** Which nodes a car reaches from one node, along ways or against them: the oracle of strong connection. */
import type { OsmWay } from '../../scripts/lib/osm-elements.ts';

export function reachNodes(start: number, ways: Iterable<OsmWay>, isReversed: boolean): Set<number> {
  const next = new Map<number, number[]>();
  const add = (a: number, b: number): void => {
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  };
  for (const { refs, tags = {} } of ways) {
    const isOneWay = tags.oneway === 'yes' || tags.junction === 'roundabout' || tags.highway === 'motorway';
    for (let i = 1; i < refs.length; i++) {
      if (!isOneWay || !isReversed) add(refs[i - 1], refs[i]);
      if (!isOneWay || isReversed) add(refs[i], refs[i - 1]);
    }
  }
  const reached = new Set([start]);
  for (const node of reached) for (const other of next.get(node) ?? []) reached.add(other);
  return reached;
}
