/** The relations that the network heeds, by what they tell. */
import type { OsmRelation, OsmStreets } from './osm-data.ts';
import { isRestriction } from './street-filter.ts';

/** Restrictions of turns apart from crossings, each in the order given. */
export function sortOut(relations: readonly OsmRelation[]): Pick<OsmStreets, 'restrictions' | 'crossings'> {
  const restrictions: OsmRelation[] = [];
  const crossings: OsmRelation[] = [];
  for (const relation of relations)
    (isRestriction(relation.tags.type) ? restrictions : crossings).push(relation);
  return { restrictions, crossings };
}
