/**
 * Which turn restrictions bind a mode.
 *
 * In: the tags of a relation `type=restriction`. Out: whether it forbids its turn or forbids all others, and which
 * turn that is, or undefined where it does not bind the mode. Source: OSM wiki, Relation:restriction and Key:except. The plain
 * `restriction` binds every vehicle, bicycles included, and never walkers; `restriction:<mode>` replaces it for
 * that mode. Restrictions for some hours only (`restriction:conditional`, `day_on`, `hour_on`) are left out like
 * all conditional tags.
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';

/** Which way a turn goes, where the value names it. */
export type TurnName = 'left' | 'right' | 'straight' | 'u';

export interface RestrictionRule {
  kind: 'no' | 'only';
  turn: TurnName | undefined;
  /** The role that may name several ways: `from` of a `no_entry`, `to` of a `no_exit`. */
  several: 'from' | 'to' | undefined;
}

/** Any value counts but those that only bind while a light is red. */
const RESTRICTION_VALUE = /^(no|only)_(?!.*_on_red$)(.+)$/;

/** mode -> names under which a restriction or an exception may address it, the most specific first. */
const NAMES_OF_MODE: Readonly<Record<StreetMode, readonly string[]>> = {
  car: ['motorcar', 'motor_vehicle', 'vehicle'],
  bike: ['bicycle', 'vehicle'],
  walk: ['foot'],
};

const TIME_KEYS: readonly string[] = ['day_on', 'day_off', 'hour_on', 'hour_off'];

/** What the restriction asks of the mode, or undefined where it does not bind it. */
export function restrictionApplies(tags: OsmTags, mode: StreetMode): RestrictionRule | undefined {
  const rules = (findValue(tags, mode) ?? '').split(';').map(ruleOfValue);
  const [first] = rules;
  // A list speaks of one turn under several names; one that also orders another turn cannot be understood.
  if (first === undefined || rules.some((rule) => rule?.kind !== first.kind)) return undefined;
  const isOneTurn = rules.every((rule) => rule?.turn === first.turn);
  return isOneTurn ? first : { kind: first.kind, turn: undefined, several: undefined };
}

function ruleOfValue(value: string): RestrictionRule | undefined {
  const match = RESTRICTION_VALUE.exec(
    value
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  if (match === null) return undefined;
  const [, kind, what] = match as unknown as [string, 'no' | 'only', string];
  const several =
    kind === 'only' ? undefined : what === 'entry' ? 'from' : what === 'exit' ? 'to' : undefined;
  return { kind, turn: turnOf(what), several };
}

function turnOf(what: string): TurnName | undefined {
  if (/u_?turn/.test(what)) return 'u';
  const named = /left|right|straight/.exec(what);
  return named === null ? undefined : (named[0] as TurnName);
}

function findValue(tags: OsmTags, mode: StreetMode): string | undefined {
  if (TIME_KEYS.some((key) => tags[key] !== undefined)) return undefined;
  for (const name of NAMES_OF_MODE[mode]) {
    const own = tags[`restriction:${name}`];
    if (own !== undefined) return own;
  }
  if (mode === 'walk' || isExcepted(tags, mode)) return undefined;
  // An older form writes the vehicle into the type: type=restriction:bicycle.
  const addressed = /^restriction:(.+)$/.exec(tags.type ?? '')?.[1];
  if (addressed !== undefined && !NAMES_OF_MODE[mode].includes(addressed)) return undefined;
  return tags.restriction;
}

function isExcepted(tags: OsmTags, mode: StreetMode): boolean {
  const names = NAMES_OF_MODE[mode];
  return (tags.except ?? '').split(/[;,]/).some((name) => names.includes(name.trim().toLowerCase()));
}
