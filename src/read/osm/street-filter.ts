/**
 * Which OSM ways and relations enter the street network at all. Broad on purpose: whether a way may be used,
 * by whom and how fast is decided later by the tag rules of each mode.
 */

/** True for a way that some mode may use; `get` gives the value of a tag. */
export function isStreetWay(get: (key: string) => string | undefined): boolean {
  if (get('highway') !== undefined) return true;
  const route = get('route');
  if (route === 'ferry' || route === 'shuttle_train') return true;
  const railway = get('railway');
  if ((railway === 'rail' || route === 'train') && maySpeakOfCars(get)) return true;
  return get('public_transport') === 'platform' || railway === 'platform' || get('man_made') === 'pier';
}

/** True for a railway that speaks of cars; most do not, and are left unread. */
function maySpeakOfCars(get: (key: string) => string | undefined): boolean {
  if (get('service') === 'car_shuttle') return true;
  return CAR_KEYS.some((key) => (get(key) ?? 'no') !== 'no');
}

const CAR_KEYS: readonly string[] = ['motorcar', 'motor_vehicle'];

/** True for a relation that the network heeds: a restriction of turns, or a crossing that tells how long it takes. */
export function isStreetRelation(get: (key: string) => string | undefined): boolean {
  const type = get('type');
  if (type === 'route') return CROSSINGS.has(get('route') ?? '') && get('duration') !== undefined;
  return isRestriction(type);
}

/** Boats, and trains that may take cars. */
const CROSSINGS: ReadonlySet<string> = new Set(['ferry', 'shuttle_train', 'train']);

/** True for `restriction`, `restriction:hgv`, `restriction:conditional`… */
export function isRestriction(type: string | undefined): boolean {
  return type?.startsWith('restriction') === true;
}
