/**
 * The tag rules as one table: for each set of tags, who may pass along the way in each direction, for car, walk
 * and bike. The rows are written in groups by subject (folder `tag-rules/`), in a short form that this module
 * spells out; each row names the page of the OSM wiki or of `formats.md` that it stems from.
 *
 * The table is run twice: against the rules themselves (`access-rules.test.ts`) and, written as small OSM files,
 * through the whole command.
 */
import { ACCESS_RULES } from './tag-rules/access.ts';
import { BARRIER_RULES } from './tag-rules/barriers.ts';
import { HIGHWAY_RULES } from './tag-rules/highways.ts';
import { ONEWAY_RULES } from './tag-rules/oneways.ts';
import { PHYSICAL_RULES } from './tag-rules/physical.ts';

/** `ends` = only at the start or the end of a trip. */
export type Entry = 'yes' | 'no' | 'ends';
/** `pushed` = on foot beside the bicycle, at the pushing speed. */
export type BikeEntry = Entry | 'pushed';

export interface TagRule {
  /** The tags as text: unique, and the name of the test. */
  name: string;
  /** Page of the wiki or of formats.md, and the rule there. */
  rule: string;
  /** Tags of the way. */
  tags: Record<string, string>;
  /** Tags of a node in the middle of the way. */
  node?: Record<string, string>;
  /** Forward and backward along the way as drawn. */
  car: readonly [Entry, Entry];
  walk: readonly [Entry, Entry];
  bike: readonly [BikeEntry, BikeEntry];
}

/** `yes` = both directions; `yes/no` = forward/backward. */
export type Short<E extends string> = E | `${E}/${E}`;
/** Tags (`key=value + key=value`, then ` NODE ` and the tags of a node), then car, walk, bike. */
export type ShortRow = readonly [tags: string, car: Short<Entry>, walk: Short<Entry>, bike: Short<BikeEntry>];
export type RuleGroup = readonly [rule: string, rows: readonly ShortRow[]];

export const TAG_RULES: readonly TagRule[] = [
  HIGHWAY_RULES,
  ACCESS_RULES,
  ONEWAY_RULES,
  BARRIER_RULES,
  PHYSICAL_RULES,
].flatMap((groups) => groups.flatMap(([rule, rows]) => rows.map((row) => spellOut(rule, row))));

function spellOut(rule: string, [text, car, walk, bike]: ShortRow): TagRule {
  const [wayText, nodeText] = text.split(' NODE ');
  const spelled: TagRule = {
    name: text,
    rule,
    tags: parseTags(wayText!),
    car: bothDirections<Entry>(car),
    walk: bothDirections<Entry>(walk),
    bike: bothDirections<BikeEntry>(bike),
  };
  if (nodeText !== undefined) spelled.node = parseTags(nodeText);
  return spelled;
}

function parseTags(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(' + ').map((tag) => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at), tag.slice(at + 1)];
    }),
  );
}

function bothDirections<E extends string>(short: Short<E>): readonly [E, E] {
  const [forward, backward] = short.split('/') as [E, E | undefined];
  return [forward, backward ?? forward];
}
