/**
 * The map while it is drawn: nodes in plan coordinates, ways as lists of nodes, and the operations that keep
 * it a network (attach a road to another, split a way, lift it over an obstacle). Ids are given at the end, in
 * the order of the ways, so that neighbours have near ids and the file stays small.
 */
import type { OsmContents, OsmNode, OsmRelation, OsmWay } from '../lib/osm-elements.ts';
import { between, crossSegments, distance, type Line, type Point, pointAlong } from './geometry.ts';
import { toGround, toLonLat } from './terrain.ts';

export type Tags = Record<string, string>;

export interface DrawnWay {
  /** Indices of nodes. */
  refs: number[];
  tags: Tags;
}

export interface Restriction {
  kind: string;
  from: DrawnWay;
  via: number;
  to: DrawnWay;
}

const FIRST_ID = 1001;

export class Drawing {
  readonly points: Point[] = [];
  readonly tagsOfNode = new Map<number, Tags>();
  readonly ways: DrawnWay[] = [];
  readonly restrictions: Restriction[] = [];

  addNode(at: Point, tags?: Tags): number {
    this.points.push(at);
    if (tags !== undefined) this.tagsOfNode.set(this.points.length - 1, tags);
    return this.points.length - 1;
  }

  addWay(refs: number[], tags: Tags): DrawnWay {
    const way = { refs, tags };
    this.ways.push(way);
    return way;
  }

  /** A way along a line; its first and last points are the given nodes where there are any. */
  addLine(line: Line, tags: Tags, ends: { first?: number; last?: number } = {}): DrawnWay {
    const refs = line.map((point, i) => {
      if (i === 0 && ends.first !== undefined) return ends.first;
      if (i === line.length - 1 && ends.last !== undefined) return ends.last;
      return this.addNode(point);
    });
    return this.addWay(refs, tags);
  }

  lineOf(way: DrawnWay): Point[] {
    return way.refs.map((ref) => this.points[ref]);
  }

  /** A node on the segment after position `segment` of a way, at a share of it; one of its ends where that is near. */
  attach(way: DrawnWay, segment: number, share: number): number {
    const a = way.refs[segment];
    const b = way.refs[segment + 1];
    const length = distance(this.points[a], this.points[b]);
    if (share * length < 8) return a;
    if ((1 - share) * length < 8) return b;
    const node = this.addNode(between(this.points[a], this.points[b], share));
    way.refs.splice(segment + 1, 0, node);
    return node;
  }

  /** Splits a way at a position inside it; the new way takes the rest and the same tags. */
  splitAt(way: DrawnWay, position: number): DrawnWay {
    const rest = this.addWay(way.refs.slice(position), { ...way.tags });
    way.refs = way.refs.slice(0, position + 1);
    return rest;
  }

  /** Splits a way where a line crosses it and marks `halfLength` metres on both sides as a bridge. */
  bridgeOver(way: DrawnWay, obstacle: Line, halfLength: number): void {
    const crossing = this.findCrossing(way, obstacle);
    if (crossing === undefined) return;
    const line = this.lineOf(way);
    const length = line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1], point)), 0);
    const start = this.nodeAt(way, Math.max(0, crossing - halfLength));
    const end = this.nodeAt(way, Math.min(length, crossing + halfLength));
    const tail = end < way.refs.length - 1 ? this.splitAt(way, end) : undefined;
    const bridge = start > 0 ? this.splitAt(way, start) : way;
    bridge.tags = { ...bridge.tags, bridge: 'yes', layer: '1' };
    if (tail !== undefined) this.bridgeOver(tail, obstacle, halfLength);
  }

  /** Metres along the way at which a line first crosses it. */
  private findCrossing(way: DrawnWay, obstacle: Line): number | undefined {
    let along = 0;
    for (let i = 1; i < way.refs.length; i++) {
      const a = this.points[way.refs[i - 1]];
      const b = this.points[way.refs[i]];
      for (let k = 1; k < obstacle.length; k++) {
        const crossing = crossSegments(a, b, obstacle[k - 1], obstacle[k]);
        if (crossing !== undefined) return along + crossing.along * distance(a, b);
      }
      along += distance(a, b);
    }
    return undefined;
  }

  /** Position in the way of a node at `meters` along it, added where none stands there. */
  private nodeAt(way: DrawnWay, meters: number): number {
    let along = 0;
    for (let i = 1; i < way.refs.length; i++) {
      const length = distance(this.points[way.refs[i - 1]], this.points[way.refs[i]]);
      if (meters <= along + 1) return i - 1;
      if (meters < along + length - 1) {
        way.refs.splice(i, 0, this.addNode(pointAlong(this.lineOf(way), meters).at));
        return i;
      }
      along += length;
    }
    return way.refs.length - 1;
  }

  /** The finished map on the ground, with ids; nodes of no way are kept only where they are tagged. */
  toContents(): OsmContents {
    const idOfNode = new Map<number, number>();
    const nodes: OsmNode[] = [];
    const addNode = (index: number): number => {
      let id = idOfNode.get(index);
      if (id === undefined) {
        id = FIRST_ID + nodes.length;
        idOfNode.set(index, id);
        const [lon, lat] = toLonLat(toGround(this.points[index]));
        const tags = this.tagsOfNode.get(index);
        nodes.push(tags === undefined ? { id, lon, lat } : { id, lon, lat, tags: sortKeys(tags) });
      }
      return id;
    };
    const idOfWay = new Map<DrawnWay, number>();
    const ways: OsmWay[] = this.ways.map((way, index) => {
      idOfWay.set(way, FIRST_ID + index);
      return { id: FIRST_ID + index, refs: way.refs.map(addNode), tags: sortKeys(way.tags) };
    });
    for (const index of this.tagsOfNode.keys()) addNode(index);
    const relations: OsmRelation[] = this.restrictions.map(({ kind, from, via, to }, index) => ({
      id: FIRST_ID + index,
      members: [
        { type: 'way', ref: getId(idOfWay, from), role: 'from' },
        { type: 'node', ref: getId(idOfNode, via), role: 'via' },
        { type: 'way', ref: getId(idOfWay, to), role: 'to' },
      ],
      tags: { restriction: kind, type: 'restriction' },
    }));
    return { nodes, ways, relations };
  }
}

function getId<K>(ids: ReadonlyMap<K, number>, key: K): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error('a restriction names what is not drawn');
  return id;
}

function sortKeys(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}
