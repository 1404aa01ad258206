/** A repeated extract stays one strongly connected network for cars, with ids that never meet. */
import { describe, expect, it } from 'vitest';
import type { OsmContents, OsmWay } from '../../../scripts/lib/osm-elements.ts';
import { readExtract } from '../../../scripts/lib/read-extract.ts';
import {
  buildTiledExtract,
  findMainTwoWayPiece,
  joiningWays,
  type TiledExtract,
  tileNodes,
  tileOffset,
  tileRelations,
  tileWays,
} from '../../../scripts/lib/tiled-extract.ts';
import { realData } from '../../real-data.ts';
import { reachNodes } from '../car-reach.ts';

/**
 *   4 --> 5        the main two-way piece is 1-2-3
 *   ^     |        4 and 5 lie on a one-way loop
 *   1 === 2 === 3
 *   7 === 8        a gate at 8 cuts 8 from 9, and nothing joins 7 to 1
 */
const EXTRACT: OsmContents = {
  nodes: [
    { id: 1, lon: 0, lat: 0 },
    { id: 2, lon: 0.01, lat: 0 },
    { id: 3, lon: 0.02, lat: 0 },
    { id: 4, lon: 0, lat: 0.01 },
    { id: 5, lon: 0.01, lat: 0.01 },
    { id: 7, lon: 0, lat: -0.01 },
    { id: 8, lon: 0.01, lat: -0.01, tags: { barrier: 'gate' } },
    { id: 9, lon: 0.03, lat: -0.01 },
  ],
  ways: [
    { id: 10, refs: [1, 2, 3], tags: { highway: 'residential' } },
    { id: 11, refs: [1, 4, 5, 2], tags: { highway: 'residential', oneway: 'yes' } },
    { id: 12, refs: [7, 8, 9], tags: { highway: 'residential' } },
    { id: 13, refs: [3, 9], tags: { highway: 'residential', access: 'private' } },
  ],
  relations: [
    {
      id: 1,
      members: [
        { type: 'way', ref: 10, role: 'from' },
        { type: 'node', ref: 2, role: 'via' },
        { type: 'way', ref: 11, role: 'to' },
      ],
      tags: { type: 'restriction', restriction: 'no_left_turn' },
    },
  ],
};

function allOf<T>(tiled: TiledExtract, ofTile: (tiled: TiledExtract, tile: number) => Iterable<T>): T[] {
  return Array.from({ length: tiled.tileCount }, (_, tile) => [...ofTile(tiled, tile)]).flat();
}

/** Nodes that a car both reaches from a node and leaves for it. */
function stronglyConnectedWith(start: number, ways: readonly OsmWay[]): Set<number> {
  const back = reachNodes(start, ways, true);
  return new Set([...reachNodes(start, ways, false)].filter((node) => back.has(node)));
}

describe('findMainTwoWayPiece', () => {
  it('leaves out one-ways, private ways and what lies behind a barrier', () => {
    const ids = new Set(findMainTwoWayPiece(EXTRACT).flatMap(({ from, to }) => [from.id, to.id]));
    expect([...ids].sort()).toEqual([1, 2, 3]);
  });
});

describe('buildTiledExtract', () => {
  const tiled = buildTiledExtract(EXTRACT, { columnCount: 3, tileCount: 5 });
  const nodes = allOf(tiled, tileNodes);
  const ways = allOf(tiled, tileWays);
  const joins = [...joiningWays(tiled)];

  it('joins the tiles of an incomplete grid into one strongly connected network', () => {
    const open = ways.filter(({ tags }) => tags?.access !== 'private');
    const mainNodes = 5;
    expect(stronglyConnectedWith(1, [...open, ...joins]).size).toBe(mainNodes * tiled.tileCount);
  });

  it('joins each tile to its neighbours in the east and the north only', () => {
    // Tiles 0 1 2 in the first row, 3 4 in the second: 0-1, 0-3, 1-2, 1-4, 3-4.
    const tileOf = (id: number): number => Math.floor(id / tiled.nodeIdStride);
    expect(joins.map(({ refs }) => refs.map(tileOf))).toEqual([
      [0, 1],
      [0, 3],
      [1, 2],
      [1, 4],
      [3, 4],
    ]);
  });

  it('finds the one-way streets that belong to the connected whole', () => {
    const ids = new Set(tiled.connectedStreets.flatMap(({ from, to }) => [from.id, to.id]));
    expect([...ids].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives ascending ids, each once', () => {
    for (const elements of [nodes, [...ways, ...joins], allOf(tiled, tileRelations)]) {
      const ids = elements.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    }
  });

  it('moves the members of relations with their tile', () => {
    const tile = 3;
    const [relation] = tileRelations(tiled, tile);
    expect(relation.members.map(({ ref }) => ref)).toEqual([
      10 + tile * tiled.wayIdStride,
      2 + tile * tiled.nodeIdStride,
      11 + tile * tiled.wayIdStride,
    ]);
  });

  it('keeps tiles apart and shapes as they are', () => {
    const offset = tileOffset(tiled, 4);
    const moved = [...tileNodes(tiled, 4)];
    moved.forEach((node, i) => {
      expect(node.lon - EXTRACT.nodes[i].lon).toBeCloseTo(offset.lon, 9);
      expect(node.lat - EXTRACT.nodes[i].lat).toBeCloseTo(offset.lat, 9);
    });
    expect(tiled.lonPitch).toBeGreaterThan(0.03);
    expect(tiled.latPitch).toBeGreaterThan(0.02);
  });
});

const SAINT_GERMAIN = realData('saint-germain/roads.overpass.json');

describe.skipIf(SAINT_GERMAIN === undefined)('a real extract (skipped without the real data)', () => {
  it('has its main two-way piece in one strongly connected component when it is repeated', async () => {
    const tiled = buildTiledExtract(await readExtract(SAINT_GERMAIN!), { columnCount: 2 });
    const isRoad = ({ tags }: OsmWay): boolean => tags?.highway !== undefined && tags.access !== 'private';
    const ways = [...allOf(tiled, tileWays).filter(isRoad), ...joiningWays(tiled)];
    const mainIds = [...new Set(tiled.connectedStreets.flatMap(({ from, to }) => [from.id, to.id]))];
    const connected = stronglyConnectedWith(mainIds[0], ways);
    expect(tiled.connectedStreets.length).toBeGreaterThan(tiled.mainPiece.length);
    const apart = Array.from({ length: tiled.tileCount }, (_, tile) => tile).flatMap((tile) =>
      mainIds.map((id) => id + tile * tiled.nodeIdStride).filter((id) => !connected.has(id)),
    );
    expect(apart).toEqual([]);
    expect(mainIds.length).toBeGreaterThan(1000);
  });
});
