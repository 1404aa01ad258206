/**
 * The roads as buses and coaches use them: two-way streets and roundabouts, and the fastest way between two
 * places along them (Dijkstra's search with a binary heap). Lengths are of the ground.
 */
import type { Drawing, Tags } from './drawing.ts';
import { distance, type Point } from './geometry.ts';
import { toGround } from './terrain.ts';

/** Running speeds of a coach by class of road, stops included; built-up streets are slower. */
const COACH_KPH: Readonly<Record<string, number>> = {
  primary: 64,
  secondary: 58,
  tertiary: 49,
  unclassified: 34,
  residential: 24,
};
const BUILT_UP_KPH = 30;

/** A way from place to place; parallel arrays from its first to its last node. */
export interface BusPath {
  nodes: number[];
  /** Metres of ground from the start. */
  meters: number[];
  /** Seconds of a coach from the start. */
  seconds: number[];
}

interface Arc {
  to: number;
  meters: number;
  seconds: number;
}

export class BusRoads {
  /** Plan coordinates, by node. */
  readonly points: readonly Point[];
  private readonly arcs = new Map<number, Arc[]>();
  private readonly ground = new Map<number, Point>();

  constructor(drawing: Drawing) {
    this.points = drawing.points;
    for (const { refs, tags } of drawing.ways) {
      const kph = speedOf(tags);
      if (kph === undefined) continue;
      const isRoundabout = tags.junction === 'roundabout';
      for (let i = 1; i < refs.length; i++) {
        const meters = distance(this.groundOf(refs[i - 1]), this.groundOf(refs[i]));
        const seconds = (meters / kph) * 3.6;
        this.addArc(refs[i - 1], { to: refs[i], meters, seconds });
        if (!isRoundabout) this.addArc(refs[i], { to: refs[i - 1], meters, seconds });
      }
    }
  }

  groundOf(node: number): Point {
    let at = this.ground.get(node);
    if (at === undefined) {
      at = toGround(this.points[node]);
      this.ground.set(node, at);
    }
    return at;
  }

  /** The junction or bend nearest to a plan point. */
  findNearest(at: Point): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const node of this.arcs.keys()) {
      const off = distance(this.points[node], at);
      if (off < least) {
        least = off;
        best = node;
      }
    }
    return best;
  }

  /** The fastest way through all the nodes in turn. */
  findPath(stops: readonly number[]): BusPath {
    const path: BusPath = { nodes: [stops[0]], meters: [0], seconds: [0] };
    for (let i = 1; i < stops.length; i++) this.extend(path, stops[i - 1], stops[i]);
    return path;
  }

  private addArc(from: number, arc: Arc): void {
    const arcs = this.arcs.get(from);
    if (arcs === undefined) this.arcs.set(from, [arc]);
    else arcs.push(arc);
  }

  private extend(path: BusPath, from: number, to: number): void {
    const cameBy = this.search(from, to);
    const steps: Arc[] = [];
    for (let at = to; at !== from; ) {
      const step = cameBy.get(at);
      if (step === undefined) throw new Error('no road for a bus between two stops');
      steps.push(step.arc);
      at = step.from;
    }
    for (const { to: node, meters, seconds } of steps.reverse()) {
      path.nodes.push(node);
      path.meters.push(path.meters[path.meters.length - 1] + meters);
      path.seconds.push(path.seconds[path.seconds.length - 1] + seconds);
    }
  }

  private search(from: number, to: number): Map<number, { from: number; arc: Arc }> {
    const cameBy = new Map<number, { from: number; arc: Arc }>();
    const secondsOf = new Map([[from, 0]]);
    const heap = new Heap();
    heap.push(from, 0);
    for (let entry = heap.pop(); entry !== undefined && entry.node !== to; entry = heap.pop()) {
      const { node, key } = entry;
      if (key > secondsOf.get(node)!) continue;
      for (const arc of this.arcs.get(node) ?? []) {
        const seconds = key + arc.seconds;
        if (seconds >= (secondsOf.get(arc.to) ?? Number.POSITIVE_INFINITY)) continue;
        secondsOf.set(arc.to, seconds);
        cameBy.set(arc.to, { from: node, arc });
        heap.push(arc.to, seconds);
      }
    }
    return cameBy;
  }
}

/** Undefined where no bus runs. */
function speedOf({ highway, oneway, name, motor_vehicle }: Tags): number | undefined {
  const kph = COACH_KPH[highway ?? ''];
  if (kph === undefined || oneway === 'yes' || motor_vehicle !== undefined) return undefined;
  // Streets have names, country roads have none.
  return name === undefined ? kph : Math.min(kph, BUILT_UP_KPH);
}

interface HeapEntry {
  node: number;
  key: number;
}

class Heap {
  private readonly entries: HeapEntry[] = [];

  push(node: number, key: number): void {
    const { entries } = this;
    let at = entries.length;
    entries.push({ node, key });
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (entries[parent].key <= entries[at].key) return;
      [entries[parent], entries[at]] = [entries[at], entries[parent]];
      at = parent;
    }
  }

  pop(): HeapEntry | undefined {
    const { entries } = this;
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return last;
    entries[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < entries.length && entries[child].key < entries[least].key) least = child;
      if (least === at) return top;
      [entries[least], entries[at]] = [entries[at], entries[least]];
      at = least;
    }
  }
}
