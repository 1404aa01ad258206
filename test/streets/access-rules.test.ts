/** Every row of the table of tag rules, asked of `profileWay` and `profileNode` directly. */
import { describe, expect, it } from 'vitest';
import type { StreetMode } from '../../src/common/units.ts';
import { RELEVANT_NODE_KEYS, RELEVANT_WAY_KEYS } from '../../src/read/osm/relevant-keys.ts';
import { profileWay } from '../../src/streets/access.ts';
import { tighterPassage } from '../../src/streets/access-values.ts';
import { profileNode } from '../../src/streets/nodes.ts';
import type { DirectionProfile } from '../../src/streets/way-profile.ts';
import { DEFAULT_SPEEDS } from './speed-defaults.ts';
import { type BikeEntry, TAG_RULES, type TagRule } from './tag-rules.ts';

const MODES: readonly StreetMode[] = ['car', 'walk', 'bike'];

function entriesOf(row: TagRule, mode: StreetMode): BikeEntry[] {
  const way = profileWay(row.tags, mode, DEFAULT_SPEEDS);
  const atNode = row.node === undefined ? undefined : profileNode(row.node, mode);
  return [way?.forward, way?.backward].map((direction) => {
    const passage = tighterPassage(direction?.passage ?? 'no', atNode?.passage ?? 'yes');
    return passage === 'yes' && mode === 'bike' && isPushed(direction) ? 'pushed' : passage;
  });
}

function isPushed(direction: DirectionProfile | undefined): boolean {
  const { pushedKph, stairsKph } = DEFAULT_SPEEDS.bike;
  return direction?.speedKph === pushedKph || direction?.speedKph === stairsKph;
}

describe('tag rules', () => {
  it('are at least 330, each set of tags once', () => {
    expect(TAG_RULES.length).toBeGreaterThanOrEqual(330);
    expect(new Set(TAG_RULES.map((row) => row.name)).size).toBe(TAG_RULES.length);
  });

  it.each(TAG_RULES.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const found = Object.fromEntries(MODES.map((mode) => [mode, entriesOf(row, mode)]));
    expect({ rule: row.rule, ...found }).toEqual({
      rule: row.rule,
      car: row.car,
      walk: row.walk,
      bike: row.bike,
    });
  });

  it('give a speed above zero wherever someone may pass', () => {
    for (const row of TAG_RULES) {
      for (const mode of MODES) {
        const way = profileWay(row.tags, mode, DEFAULT_SPEEDS);
        for (const direction of [way?.forward, way?.backward]) {
          if (direction === undefined || direction.passage === 'no') continue;
          expect(direction.speedKph, `${row.name} by ${mode}`).toBeGreaterThan(0);
        }
      }
    }
  });

  it('ask only for keys that the readers keep', () => {
    const askedOfWays = new Set<string>();
    const askedOfNodes = new Set<string>();
    for (const row of TAG_RULES) {
      for (const mode of MODES) {
        profileWay(watched(row.tags, askedOfWays), mode, DEFAULT_SPEEDS);
        if (row.node !== undefined) profileNode(watched(row.node, askedOfNodes), mode);
      }
    }
    expect([...askedOfWays].filter((key) => !RELEVANT_WAY_KEYS.includes(key))).toEqual([]);
    // The directions of access tags are asked of nodes by nobody; the rest must be kept.
    expect([...askedOfNodes].filter((key) => !RELEVANT_NODE_KEYS.includes(key))).toEqual([]);
  });
});

function watched(tags: Record<string, string>, asked: Set<string>): Record<string, string> {
  return new Proxy(tags, {
    get(target, key: string) {
      asked.add(key);
      return target[key];
    },
  });
}
