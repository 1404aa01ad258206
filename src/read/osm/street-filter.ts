/**
 * Which OSM ways and relations enter the street network at all. Broad on purpose: whether a way may be used,
 * by whom and how fast is decided later by the tag rules of each mode.
 */

/** True for a way that some mode may use; `get` gives the value of a tag. */
export function isStreetWay(get: (key: string) => string | undefined): boolean {
  if (get('highway') !== undefined) return true;
  const route = get('route');
  if (route === 'ferry' || route === 'shuttle_train') return true;
  return (
    get('public_transport') === 'platform' || get('railway') === 'platform' || get('man_made') === 'pier'
  );
}

/** True for a relation that forbids or imposes a turn: `restriction`, `restriction:hgv`, `restriction:conditional`… */
export function isRestriction(type: string | undefined): boolean {
  return type?.startsWith('restriction') === true;
}
