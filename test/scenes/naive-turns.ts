/**
 * The turns of the naive twin (`naive-trips.ts`). The rule in short: nobody turns round but at a dead end, anywhere
 * in the network, and no restriction is broken; whoever is where is told by all the legs driven lately. Restrictions
 * are read from the relations as https://wiki.openstreetmap.org/wiki/Relation:restriction words them: every turn that
 * the members allow for is listed, and unless there is one, the name of the restriction must pick one.
 */
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import type { StreetMode } from '../../src/common/units.ts';
import { restrictionApplies } from '../../src/streets/restriction-rules.ts';
import type { Leg, Segment } from './naive-trips.ts';

interface Rule {
  kind: 'no' | 'only';
  before: Leg[];
  turn: Leg;
}

/** Degrees to the right, on a mesh of streets. */
const DEGREES_OF_TURN = { straight: 0, right: 90, u: 180, left: 270 } as const;

export class NaiveTurns {
  private readonly rules: Rule[] = [];

  constructor(
    private readonly contents: OsmContents,
    mode: StreetMode,
    private readonly legs: readonly Leg[],
    /** Place -> usable legs that leave it. */
    private readonly outOf: ReadonlyMap<string, readonly Leg[]>,
  ) {
    for (const { tags, members } of contents.relations) {
      const rule = restrictionApplies(tags ?? {}, mode);
      if (rule === undefined) continue;
      const refsOf = (role: string) => members.filter((member) => member.role === role).map(({ ref }) => ref);
      const isNode = members.some(({ role, type }) => role === 'via' && type === 'node');
      const [from, via, to] = [refsOf('from'), refsOf('via'), refsOf('to')];
      let turns = isNode ? this.turnsAt(from, via[0]!, to) : this.turnsOver(from, via, to);
      if (isNode && from[0] === to[0] && rule.turn === 'u')
        turns = turns.filter(({ before, turn }) => turn === before[0]!.back);
      if (turns.length > 1 && !(rule.turn === 'u' && isNode && from[0] === to[0])) {
        const degrees = rule.turn === undefined ? undefined : DEGREES_OF_TURN[rule.turn];
        turns = turns.filter(({ before, turn }) => this.degreesBetween(before[0]!, turn) === degrees);
        if (turns.length !== 1) continue;
      }
      for (const turn of turns) this.rules.push({ kind: rule.kind, ...turn });
    }
  }

  private turnsAt(from: number[], node: number, to: number[]): Array<Omit<Rule, 'kind'>> {
    const leaving = this.usable((leg) => firstOf(leg).from === node && to.includes(firstOf(leg).way));
    return this.usable((leg) => lastOf(leg).to === node && from.includes(lastOf(leg).way)).flatMap((leg) =>
      leaving.map((turn) => ({ before: [leg], turn })),
    );
  }

  /** All paths along legs of the via ways that meet each of them and no place twice. */
  private turnsOver(from: number[], via: number[], to: number[]): Array<Omit<Rule, 'kind'>> {
    const turns: Array<Omit<Rule, 'kind'>> = [];
    const onVia = this.usable((leg) => via.includes(firstOf(leg).way));
    const walk = (before: Leg[], places: string[]): void => {
      const last = before[before.length - 1]!;
      const driven = before.slice(1).map((leg) => firstOf(leg).way);
      if (via.every((way) => driven.includes(way))) {
        for (const turn of this.usable((leg) => leg.tail === last.head && to.includes(firstOf(leg).way)))
          if (turn !== last.back) turns.push({ before, turn });
      }
      for (const leg of onVia) {
        if (leg.tail !== last.head || places.includes(leg.head) || leg === last.back) continue;
        walk([...before, leg], [...places, leg.head]);
      }
    };
    for (const leg of this.usable((one) => from.includes(lastOf(one).way))) walk([leg], [leg.head]);
    return turns;
  }

  private degreesBetween(arriving: Leg, leaving: Leg): number {
    return (this.bearing(firstOf(leaving)) - this.bearing(lastOf(arriving)) + 720) % 360;
  }

  private bearing({ from, to }: Segment): number {
    const [a, b] = [from, to].map((id) => this.contents.nodes.find((node) => node.id === id)!);
    return Math.round((Math.atan2(b!.lon - a!.lon, b!.lat - a!.lat) * 180) / Math.PI);
  }

  private usable(test: (leg: Leg) => boolean): Leg[] {
    return this.legs.filter((leg) => leg.passage !== 'no' && test(leg));
  }

  /** Whether one may not go on with `next` after the legs driven lately. */
  isForbidden(history: readonly Leg[], next: Leg): boolean {
    const last = history[history.length - 1]!;
    if (next === last.back && this.waysOn(last).length > 0) return true;
    return this.rules.some(({ kind, before, turn }) => {
      const lately = history.slice(-before.length);
      if (lately.length < before.length || !before.every((leg, i) => lately[i] === leg)) return false;
      return (next === turn) === (kind === 'no');
    });
  }

  private waysOn(leg: Leg): Leg[] {
    return (this.outOf.get(leg.head) ?? []).filter((other) => other !== leg.back);
  }

  /** Forgets what no restriction can look back on, but never the last leg. */
  trim(history: Leg[]): Leg[] {
    const first = history.findIndex((_, start) => {
      const lately = history.slice(start);
      return this.rules.some(({ before }) => lately.every((leg, i) => before[i] === leg));
    });
    return first < 0 ? history.slice(-1) : history.slice(first);
  }
}

function firstOf(leg: Leg): Segment {
  return leg.segments[0]!;
}

function lastOf(leg: Leg): Segment {
  return leg.segments[leg.segments.length - 1]!;
}
