/**
 * The turn restrictions of the naive twin (`naive-trips.ts`): read from the relations, and checked one by one
 * against the legs driven lately, as https://wiki.openstreetmap.org/wiki/Relation:restriction words them.
 */
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import type { StreetMode } from '../../src/common/units.ts';
import { restrictionApplies } from '../../src/streets/restriction-rules.ts';
import type { Leg, Segment } from './naive-trips.ts';

interface Rule {
  kind: 'no' | 'only';
  prefixes: Leg[][];
  turns: Set<Leg>;
}

export class NaiveTurns {
  private readonly rules: Rule[] = [];

  constructor(
    private readonly contents: OsmContents,
    private readonly mode: StreetMode,
    private readonly legs: readonly Leg[],
    /** Place -> usable legs that leave it. */
    private readonly outOf: ReadonlyMap<string, readonly Leg[]>,
  ) {
    this.readRestrictions();
  }

  private readRestrictions(): void {
    for (const { tags, members } of this.contents.relations) {
      const rule = restrictionApplies(tags ?? {}, this.mode);
      if (rule === undefined) continue;
      const refOf = (role: string) => members.find((member) => member.role === role)!;
      const [from, via, to] = [refOf('from').ref, refOf('via'), refOf('to').ref];
      if (via.type === 'node') this.readAtNode(rule.kind, from, via.ref, to);
      else this.readAlongWay(rule.kind, from, via.ref, to);
    }
  }

  private readAtNode(kind: 'no' | 'only', from: number, node: number, to: number): void {
    const arriving = this.usable((leg) => lastOf(leg).to === node && lastOf(leg).way === from);
    const leaving = this.usable((leg) => leg.segments[0]!.from === node && leg.segments[0]!.way === to);
    if (arriving.length === 0 || leaving.length === 0) return;
    if (from === to) {
      for (const leg of arriving) {
        const turns = leaving.filter((next) => next === leg.back);
        if (turns.length > 0) this.rules.push({ kind, prefixes: [[leg]], turns: new Set(turns) });
      }
    } else if (arriving.length === 1) {
      this.rules.push({ kind, prefixes: [arriving], turns: new Set(leaving) });
    }
  }

  private readAlongWay(kind: 'no' | 'only', from: number, via: number, to: number): void {
    const { refs } = this.contents.ways.find((way) => way.id === via)!;
    for (const isForward of [true, false]) {
      const [start, end] = isForward
        ? [refs[0]!, refs[refs.length - 1]!]
        : [refs[refs.length - 1]!, refs[0]!];
      const along: Leg[] = [];
      let at = start;
      while (at !== end || along.length === 0) {
        const next = this.usable(
          (leg) =>
            leg.segments[0]!.from === at &&
            leg.segments[0]!.way === via &&
            leg.segments[0]!.isForward === isForward,
        )[0];
        if (next === undefined) break;
        along.push(next);
        at = lastOf(next).to;
      }
      if (at !== end || along.length === 0) continue;
      const arriving = this.usable((leg) => lastOf(leg).to === start && lastOf(leg).way === from);
      const leaving = this.usable((leg) => leg.segments[0]!.from === end && leg.segments[0]!.way === to);
      if (arriving.length === 0 || leaving.length === 0) continue;
      this.rules.push({
        kind,
        prefixes: arriving.map((leg) => [leg, ...along]),
        turns: new Set(leaving),
      });
    }
  }

  private usable(test: (leg: Leg) => boolean): Leg[] {
    return this.legs.filter((leg) => leg.passage !== 'no' && test(leg));
  }

  /** Whether a restriction forbids going on with `next` after the legs driven lately. */
  isForbidden(history: readonly Leg[], next: Leg): boolean {
    return this.rules.some((rule) =>
      rule.prefixes.some((prefix) => {
        for (let start = 0; start + prefix.length <= history.length; start++) {
          if (!prefix.every((leg, i) => history[start + i] === leg)) continue;
          const after = history.slice(start + prefix.length);
          if (after.length === 0) {
            if (rule.turns.has(next) === (rule.kind === 'no')) return true;
          } else if (this.turnsBack(rule, lastOfList(prefix), after, next)) return true;
        }
        return false;
      }),
    );
  }

  /** Going on where one may, then back at the next junction (or before it) though it is no dead end. */
  private turnsBack(rule: Rule, prefixEnd: Leg, after: readonly Leg[], next: Leg): boolean {
    const first = after[0]!;
    if (rule.turns.has(first) !== (rule.kind === 'only')) return false;
    if (first === prefixEnd.back) return false;
    const last = lastOfList(after);
    if (next !== last.back || this.waysOn(last).length === 0) return false;
    return this.staysOnStreet(after);
  }

  /** Whether all legs but the last only lead to places where the street changes, not to junctions. */
  private staysOnStreet(legs: readonly Leg[]): boolean {
    return legs
      .slice(0, -1)
      .every(
        (leg, i) => this.armsAt(leg.head) === 2 && this.waysOn(leg).length === 1 && legs[i + 1] !== leg.back,
      );
  }

  private waysOn(leg: Leg): Leg[] {
    return (this.outOf.get(leg.head) ?? []).filter((other) => other !== leg.back);
  }

  private armsAt(place: string): number {
    return this.legs.filter(({ tail }) => tail === place).length;
  }

  /** Forgets what no restriction can look back on. */
  trim(history: Leg[]): Leg[] {
    const first = history.findIndex((_, start) => this.matters(history.slice(start)));
    return first < 0 ? [] : history.slice(first);
  }

  private matters(legs: readonly Leg[]): boolean {
    return this.rules.some((rule) =>
      rule.prefixes.some(
        (prefix) =>
          legs.every((leg, i) => i >= prefix.length || prefix[i] === leg) &&
          this.staysOnStreet(legs.slice(prefix.length)),
      ),
    );
  }
}

function lastOf(leg: Leg): Segment {
  return leg.segments[leg.segments.length - 1]!;
}

function lastOfList<T>(list: readonly T[]): T {
  return list[list.length - 1]!;
}
