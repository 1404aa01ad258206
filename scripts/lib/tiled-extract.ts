/**
 * An extract repeated on a grid of tiles: the same elements with coordinates and ids moved, plus two-way
 * primary roads that join the main two-way pieces of neighbouring tiles. A piece that is two-way throughout is
 * strongly connected, and so is a grid of such pieces joined two-way; so the whole is for cars what one tile was.
 *
 * Ids of tile t are the extract's plus t times a stride above its greatest id, so that tiles written in order
 * are sorted by id; the joining roads come after the last tile.
 */
import {
  findBounds,
  type OsmBounds,
  type OsmContents,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
} from './osm-elements.ts';

/** Free space between two tiles, degrees: about 700 m, the length of the shortest joining roads. */
const GAP_DEGREES = 0.01;
const JOIN_TAGS = {
  highway: 'primary',
  lanes: '2',
  maxspeed: '80',
  name: 'Route de jonction',
  surface: 'asphalt',
};

const CAR_HIGHWAYS = new Set([
  ...['trunk', 'primary', 'secondary', 'tertiary'].flatMap((name) => [name, `${name}_link`]),
  'unclassified',
  'residential',
  'living_street',
]);

/** One straight piece of a street. */
export interface Segment {
  from: OsmNode;
  to: OsmNode;
  highway: string;
  isOneWay: boolean;
}

export interface TiledExtract {
  contents: OsmContents;
  columnCount: number;
  tileCount: number;
  /** Added to ids per tile. */
  nodeIdStride: number;
  wayIdStride: number;
  relationIdStride: number;
  /** Added to coordinates per column and row, degrees. */
  lonPitch: number;
  latPitch: number;
  bounds: OsmBounds;
  /** Streets of the main two-way piece of the first tile. */
  mainPiece: Segment[];
  /** All streets of the first tile from which a car reaches that piece, and which it reaches from there. */
  connectedStreets: Segment[];
}

export interface TilingOptions {
  columnCount: number;
  /** Default `columnCount` squared. */
  tileCount?: number;
  /** Ids to leave free after the extract's own in each tile, for what a caller adds. */
  spareNodeIds?: number;
  spareWayIds?: number;
}

export function buildTiledExtract(contents: OsmContents, options: TilingOptions): TiledExtract {
  const bounds = findBounds(contents.nodes);
  const mainPiece = findMainTwoWayPiece(contents);
  if (bounds === undefined || mainPiece.length === 0) {
    throw new Error('the extract holds no two-way street for cars');
  }
  const { columnCount, tileCount = columnCount * columnCount } = options;
  const [west, south, east, north] = bounds;
  const lonPitch = east - west + GAP_DEGREES;
  const latPitch = north - south + GAP_DEGREES;
  const rowCount = Math.ceil(tileCount / columnCount);
  return {
    contents,
    columnCount,
    tileCount,
    nodeIdStride: greatestId(contents.nodes) + (options.spareNodeIds ?? 0) + 1,
    wayIdStride: greatestId(contents.ways) + (options.spareWayIds ?? 0) + 1,
    relationIdStride: greatestId(contents.relations) + 1,
    lonPitch,
    latPitch,
    bounds: [west, south, west + columnCount * lonPitch, south + rowCount * latPitch],
    mainPiece,
    connectedStreets: findConnectedStreets(contents, mainPiece[0].from.id),
  };
}

/** Offsets of a tile in degrees. Whole units of 1e-7, so that distances inside a tile stay the same. */
export function tileOffset(tiled: TiledExtract, tile: number): { lon: number; lat: number } {
  const column = tile % tiled.columnCount;
  const row = Math.floor(tile / tiled.columnCount);
  const snap = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return { lon: snap(column * tiled.lonPitch), lat: snap(row * tiled.latPitch) };
}

export function* tileNodes(tiled: TiledExtract, tile: number): Generator<OsmNode> {
  const { lon, lat } = tileOffset(tiled, tile);
  const shift = tile * tiled.nodeIdStride;
  for (const node of tiled.contents.nodes) {
    yield { ...node, id: node.id + shift, lon: node.lon + lon, lat: node.lat + lat };
  }
}

export function* tileWays(tiled: TiledExtract, tile: number): Generator<OsmWay> {
  const nodeShift = tile * tiled.nodeIdStride;
  const wayShift = tile * tiled.wayIdStride;
  for (const way of tiled.contents.ways) {
    yield { ...way, id: way.id + wayShift, refs: way.refs.map((ref) => ref + nodeShift) };
  }
}

export function* tileRelations(tiled: TiledExtract, tile: number): Generator<OsmRelation> {
  const shifts = {
    node: tile * tiled.nodeIdStride,
    way: tile * tiled.wayIdStride,
    relation: tile * tiled.relationIdStride,
  };
  for (const relation of tiled.contents.relations) {
    const members = relation.members.map((member) => ({ ...member, ref: member.ref + shifts[member.type] }));
    yield { ...relation, id: relation.id + shifts.relation, members };
  }
}

/** The joining roads: from each tile to its neighbour in the east and in the north. */
export function* joiningWays(tiled: TiledExtract): Generator<OsmWay> {
  const ends = findExtremeNodes(tiled.mainPiece);
  let id = tiled.tileCount * tiled.wayIdStride + 1;
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    const neighbours: Array<[number, OsmNode, OsmNode]> = [];
    const hasEast = (tile + 1) % tiled.columnCount !== 0;
    if (hasEast) neighbours.push([tile + 1, ends.east, ends.west]);
    neighbours.push([tile + tiled.columnCount, ends.north, ends.south]);
    for (const [neighbour, from, to] of neighbours) {
      if (neighbour >= tiled.tileCount) continue;
      const refs = [from.id + tile * tiled.nodeIdStride, to.id + neighbour * tiled.nodeIdStride];
      yield { id: id++, refs, tags: JOIN_TAGS };
    }
  }
}

/** Segments of the largest piece of streets that a car may use in both directions, free of barriers. */
export function findMainTwoWayPiece(contents: OsmContents): Segment[] {
  const segments = findStreets(contents).filter(({ isOneWay }) => !isOneWay);
  const rootOf = joinEnds(segments);
  const countOfRoot = new Map<number, number>();
  for (const { from } of segments) {
    const root = rootOf(from.id);
    countOfRoot.set(root, (countOfRoot.get(root) ?? 0) + 1);
  }
  const [main] = [...countOfRoot].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [];
  return segments.filter(({ from }) => rootOf(from.id) === main);
}

/** Streets of a tile that belong to one strongly connected component with a node. */
function findConnectedStreets(contents: OsmContents, start: number): Segment[] {
  const streets = findStreets(contents);
  const there = findReached(start, streets, false);
  const back = findReached(start, streets, true);
  const isConnected = ({ id }: OsmNode): boolean => there.has(id) && back.has(id);
  return streets.filter(({ from, to }) => isConnected(from) && isConnected(to));
}

function findReached(start: number, streets: readonly Segment[], isReversed: boolean): Set<number> {
  const next = new Map<number, number[]>();
  const add = (a: number, b: number): void => {
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  };
  for (const { from, to, isOneWay } of streets) {
    if (!isOneWay || !isReversed) add(from.id, to.id);
    if (!isOneWay || isReversed) add(to.id, from.id);
  }
  const reached = new Set([start]);
  for (const node of reached) for (const other of next.get(node) ?? []) reached.add(other);
  return reached;
}

/** Segments of the streets that any car may use, free of barriers. */
function findStreets(contents: OsmContents): Segment[] {
  const nodeOfId = new Map(contents.nodes.map((node) => [node.id, node]));
  const segments: Segment[] = [];
  for (const way of contents.ways) {
    const direction = findDirection(way);
    if (direction === undefined) continue;
    for (let i = 1; i < way.refs.length; i++) {
      const from = nodeOfId.get(way.refs[i - 1]);
      const to = nodeOfId.get(way.refs[i]);
      const isOpen = from?.tags?.barrier === undefined && to?.tags?.barrier === undefined;
      if (from !== undefined && to !== undefined && isOpen) {
        const ends = direction === 'backward' ? { from: to, to: from } : { from, to };
        segments.push({ ...ends, highway: way.tags?.highway ?? '', isOneWay: direction !== 'both' });
      }
    }
  }
  return segments;
}

/** In which directions of the way any car may drive; undefined where it may not. */
function findDirection({ tags = {} }: OsmWay): 'both' | 'forward' | 'backward' | undefined {
  if (!CAR_HIGHWAYS.has(tags.highway ?? '') || tags.area === 'yes') return undefined;
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access ?? 'yes';
  const hasCondition = Object.keys(tags).some((key) => key.includes(':conditional'));
  if (!['yes', 'permissive', 'designated'].includes(access) || hasCondition) return undefined;
  if (tags.oneway === '-1') return 'backward';
  if (tags.oneway === 'yes' || tags.junction === 'roundabout') return 'forward';
  return tags.oneway === undefined || tags.oneway === 'no' ? 'both' : undefined;
}

/** Union-find over the ends of segments; returns the root of a node. */
function joinEnds(segments: readonly Segment[]): (id: number) => number {
  const parentOf = new Map<number, number>();
  const rootOf = (id: number): number => {
    let root = id;
    for (
      let parent = parentOf.get(root);
      parent !== undefined && parent !== root;
      parent = parentOf.get(root)
    ) {
      root = parent;
    }
    parentOf.set(id, root);
    return root;
  };
  for (const { from, to } of segments) parentOf.set(rootOf(from.id), rootOf(to.id));
  return rootOf;
}

function findExtremeNodes(
  segments: readonly Segment[],
): Record<'east' | 'west' | 'north' | 'south', OsmNode> {
  const first = segments[0].from;
  const extreme = { east: first, west: first, north: first, south: first };
  for (const node of segments.flatMap(({ from, to }) => [from, to])) {
    if (node.lon > extreme.east.lon) extreme.east = node;
    if (node.lon < extreme.west.lon) extreme.west = node;
    if (node.lat > extreme.north.lat) extreme.north = node;
    if (node.lat < extreme.south.lat) extreme.south = node;
  }
  return extreme;
}

function greatestId(elements: readonly { id: number }[]): number {
  return elements.reduce((greatest, { id }) => Math.max(greatest, id), 0);
}
