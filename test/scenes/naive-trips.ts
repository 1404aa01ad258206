/**
 * The naive twin of the street graph: trips over single directed segments of OSM ways, nothing contracted, split
 * or copied. A search state is the segment just driven, whether the trip is still leaving, on public streets, or
 * arriving, and the legs driven lately; turn restrictions are checked against those, one by one, as
 * https://wiki.openstreetmap.org/wiki/Relation:restriction words them. Only the tag rules (`profileWay`,
 * `profileNode`, `restrictionApplies`) are shared with the tool. Times are exact where segments are whole ones.
 *
 * A *leg* runs from one node where the way on is open (a junction, an end, a barrier, a change of profile, the
 * node of a restriction) to the next; delays belong to its end.
 */
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import type { StreetMode } from '../../src/common/units.ts';
import { profileWay } from '../../src/streets/access.ts';
import { profileNode } from '../../src/streets/nodes.ts';
import { restrictionApplies } from '../../src/streets/restriction-rules.ts';
import { isMinorArm, rankOf } from '../../src/streets/street-classes.ts';
import type { Passage, SpeedTable, WayProfile } from '../../src/streets/way-profile.ts';
import { NaiveTurns } from './naive-turns.ts';

/** Public pockets behind private streets serve trip ends below this number of junctions. */
const SMALLEST_PUBLIC_ISLAND = 200;

/** A directed segment of a way. */
export interface Segment {
  way: number;
  position: number;
  from: number;
  to: number;
  isForward: boolean;
  profile: WayProfile;
  /** Deciseconds, not rounded. */
  time: number;
  back: Segment;
  passage: Passage;
  leg?: Leg;
}

export interface Leg {
  segments: Segment[];
  time: number;
  delay: number;
  tail: string;
  head: string;
  passage: Passage;
  back: Leg | undefined;
}

type Phase = 'leaving' | 'public' | 'arriving';

export class NaiveTrips {
  readonly segments: Segment[] = [];
  readonly legs: Leg[] = [];
  private readonly startingAt = new Map<number, Segment[]>();
  private readonly decisions = new Set<number>();
  private readonly outOf = new Map<string, Leg[]>();
  private readonly publicPlaces = new Set<string>();
  private readonly turns: NaiveTurns;
  private readonly tags: Map<number, Readonly<Record<string, string>>>;

  constructor(
    private readonly contents: OsmContents,
    private readonly mode: StreetMode,
    private readonly table: SpeedTable,
  ) {
    this.tags = new Map(contents.nodes.map(({ id, tags }) => [id, tags ?? {}]));
    this.drawSegments();
    this.findDecisions();
    this.drawLegs();
    this.closePockets();
    for (const leg of this.legs) {
      if (leg.passage === 'no') continue;
      this.outOf.set(leg.tail, [...(this.outOf.get(leg.tail) ?? []), leg]);
      if (leg.passage === 'yes') this.publicPlaces.add(leg.tail).add(leg.head);
    }
    this.turns = new NaiveTurns(contents, mode, this.legs, this.outOf);
  }

  /** Deciseconds from the middle of a segment to the middle of every segment (`way:position`). */
  timesFrom(way: number, position: number): Map<string, number> {
    const least = new Map<string, number>();
    const offer = (segment: Segment, time: number) => {
      const key = `${segment.way}:${segment.position}`;
      if (time < (least.get(key) ?? Infinity)) least.set(key, time);
    };
    const queue: Array<{ time: number; leg: Leg; phase: Phase; history: Leg[] }> = [];
    const done = new Set<string>();
    for (const start of this.segments) {
      if (start.way !== way || start.position !== position || start.leg!.passage === 'no') continue;
      const leg = start.leg!;
      let time = start.time / 2;
      offer(start, 0);
      for (const next of leg.segments.slice(leg.segments.indexOf(start) + 1)) {
        offer(next, time + next.time / 2);
        time += next.time;
      }
      const phase = leg.passage === 'yes' || this.publicPlaces.has(leg.head) ? 'public' : 'leaving';
      queue.push({ time: time + leg.delay, leg, phase, history: this.turns.trim([leg]) });
    }
    while (queue.length > 0) {
      queue.sort((a, b) => b.time - a.time);
      const { time, leg, phase, history } = queue.pop()!;
      const key = `${this.legs.indexOf(leg)} ${phase} ${history.map((past) => this.legs.indexOf(past)).join()}`;
      if (done.has(key)) continue;
      done.add(key);
      for (const next of this.outOf.get(leg.head) ?? []) {
        if (this.turns.isForbidden(history, next)) continue;
        if (next.passage === 'yes' && phase === 'arriving') continue;
        let at = time;
        for (const segment of next.segments) {
          offer(segment, at + segment.time / 2);
          at += segment.time;
        }
        const onward = this.phaseAfter(next, phase);
        if (onward === undefined) continue;
        queue.push({
          time: at + next.delay,
          leg: next,
          phase: onward,
          history: this.turns.trim([...history, next]),
        });
      }
    }
    return least;
  }

  private phaseAfter(leg: Leg, phase: Phase): Phase | undefined {
    if (leg.passage === 'yes') return 'public';
    const reachesPublic = this.publicPlaces.has(leg.head);
    if (phase === 'leaving') return reachesPublic ? 'public' : 'leaving';
    return reachesPublic ? undefined : 'arriving';
  }

  private drawSegments(): void {
    const nodes = new Map(this.contents.nodes.map((node) => [node.id, node]));
    for (const { id, refs, tags } of this.contents.ways) {
      const profile = profileWay(tags ?? {}, this.mode, this.table);
      if (profile === undefined) continue;
      for (let i = 0; i + 1 < refs.length; i++) {
        const [a, b] = [nodes.get(refs[i]!)!, nodes.get(refs[i + 1]!)!];
        const meters = METERS_PER_DEGREE * Math.hypot(b.lon - a.lon, b.lat - a.lat);
        const timeAt = (kph: number) => (meters / (kph / 3.6)) * 10;
        const both = { way: id, position: i, profile };
        const forward = {
          ...both,
          from: a.id,
          to: b.id,
          isForward: true,
          time: timeAt(profile.forward.speedKph),
          passage: profile.forward.passage,
        } as Segment;
        const backward = {
          ...both,
          from: b.id,
          to: a.id,
          isForward: false,
          time: timeAt(profile.backward.speedKph),
          passage: profile.backward.passage,
          back: forward,
        } as Segment;
        forward.back = backward;
        for (const segment of [forward, backward]) {
          this.segments.push(segment);
          this.startingAt.set(segment.from, [...(this.startingAt.get(segment.from) ?? []), segment]);
        }
      }
    }
  }

  private isBlocked(node: number): boolean {
    return profileNode(this.tags.get(node)!, this.mode)?.passage === 'no';
  }

  private findDecisions(): void {
    for (const [node, arms] of this.startingAt) {
      const [a, b] = arms;
      const isAlike =
        arms.length === 2 &&
        JSON.stringify(a!.profile) === JSON.stringify(b!.profile) &&
        (a!.back.isForward === b!.isForward || isSymmetric(a!.profile));
      if (!isAlike || this.isBlocked(node)) this.decisions.add(node);
    }
    for (const { tags, members } of this.contents.relations) {
      if (restrictionApplies(tags ?? {}, this.mode) === undefined) continue;
      for (const { type, ref, role } of members) {
        if (role !== 'via') continue;
        const refs = type === 'node' ? [ref] : this.contents.ways.find((way) => way.id === ref)!.refs;
        this.decisions.add(refs[0]!).add(refs[refs.length - 1]!);
      }
    }
  }

  private drawLegs(): void {
    for (const first of this.segments) {
      if (!this.decisions.has(first.from)) continue;
      const segments = [first];
      for (let last = first; !this.decisions.has(last.to); segments.push(last)) {
        last = this.startingAt.get(last.to)!.find((next) => next !== last.back)!;
      }
      this.addLeg(segments);
    }
    // Rings that meet nothing.
    for (const first of this.segments) {
      if (first.leg !== undefined) continue;
      const segments = [first];
      for (let last = first; last.to !== first.from; segments.push(last)) {
        last = this.startingAt.get(last.to)!.find((next) => next !== last.back)!;
      }
      this.decisions.add(first.from);
      this.addLeg(segments);
      this.addLeg(segments.map(({ back }) => back).reverse());
    }
    for (const leg of this.legs) leg.back = leg.segments[leg.segments.length - 1]!.back.leg;
  }

  private addLeg(segments: Segment[]): void {
    const [first, last] = [segments[0]!, segments[segments.length - 1]!];
    const leg: Leg = {
      segments,
      time: segments.reduce((sum, { time }) => sum + time, 0),
      delay: this.delayAfter(segments),
      tail: this.placeOf(first.from, first),
      head: this.placeOf(last.to, last.back),
      passage: first.passage,
      back: undefined,
    };
    for (const segment of segments) segment.leg = leg;
    this.legs.push(leg);
  }

  /** At a barrier, every arm ends at a place of its own. */
  private placeOf(node: number, arm: Segment): string {
    return this.isBlocked(node) ? `${node} at ${arm.way}:${arm.position}` : String(node);
  }

  private delayAfter(segments: readonly Segment[]): number {
    const last = segments[segments.length - 1]!;
    const { profile } = last;
    if (this.mode === 'walk' || profile.isFerry) return 0;
    const { delays, bike } = this.table;
    const isCar = this.mode === 'car';
    const signals = 10 * (isCar ? delays.signalsSeconds : bike.signalsSeconds);
    const kindAt = (node: number) => profileNode(this.tags.get(node)!, this.mode)?.signals ?? 'none';
    for (const segment of segments) {
      const kind = kindAt(segment.to);
      if (kind === 'none') continue;
      if (segment === last || kind === 'both' || (kind === 'forward') === segment.isForward) return signals;
    }
    const arms = this.startingAt.get(last.to)!.filter((arm) => !isMinorArm(arm.profile.class));
    if (arms.length < 3 || profile.isRoundabout) return 0;
    if (!isCar) return 10 * bike.junctionSeconds;
    const all = this.startingAt.get(last.to)!;
    if (all.some((arm) => arm.profile.isRoundabout)) return 10 * delays.roundaboutSeconds;
    const isHigher = arms.some((arm) => rankOf(arm.profile.class) < rankOf(profile.class));
    return 10 * (isHigher ? delays.higherClassSeconds : delays.junctionSeconds);
  }

  /** Public streets that meet the rest only through private ones serve trip ends, unless they are many. */
  private closePockets(): void {
    const islandOf = new Map<string, Set<string>>();
    const places = new Set(this.legs.flatMap(({ tail, head }) => [tail, head]));
    for (const place of places) islandOf.set(place, new Set([place]));
    const isPublic = (leg: Leg) =>
      [leg.passage, leg.back!.passage].includes('yes') && ![leg.passage, leg.back!.passage].includes('ends');
    for (const leg of this.legs) {
      const [a, b] = [islandOf.get(leg.tail)!, islandOf.get(leg.head)!];
      if (!isPublic(leg) || a === b) continue;
      for (const place of b) {
        a.add(place);
        islandOf.set(place, a);
      }
    }
    const sizes = [...new Set(islandOf.values())].map((island) => island.size).sort((a, b) => b - a);
    this.hasTiedIslands = sizes.length > 1 && sizes[0] === sizes[1];
    const largest = sizes[0];
    const touching = new Set<Set<string>>();
    for (const leg of this.legs) {
      if (isPublic(leg)) continue;
      touching.add(islandOf.get(leg.tail)!).add(islandOf.get(leg.head)!);
    }
    const isClosed = (place: string) => {
      const island = islandOf.get(place)!;
      return island.size < largest! && island.size < SMALLEST_PUBLIC_ISLAND && touching.has(island);
    };
    for (const leg of this.legs) {
      if (leg.passage === 'yes' && (isClosed(leg.tail) || isClosed(leg.head))) leg.passage = 'ends';
    }
  }

  /** Whether it is open which island is the main one. */
  hasTiedIslands = false;
}

function isSymmetric({ forward, backward }: WayProfile): boolean {
  return forward.passage === backward.passage && forward.speedKph === backward.speedKph;
}
