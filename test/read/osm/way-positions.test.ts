import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OsmContents, OsmNode, OsmWay } from '../../../scripts/lib/osm-elements.ts';
import { encodePbf } from '../../../scripts/lib/write-pbf.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { readOsmPlaces } from '../../../src/read/osm/osm-places.ts';
import { readUnsortedStreets } from '../../../src/read/osm/osm-unsorted.ts';
import { type ReadPbfOptions, readPbfStreets } from '../../../src/read/osm/pbf-streets.ts';
import { readOsm } from '../../../src/read/osm/read-osm.ts';
import { StreetHelper } from '../../../src/runtime/street-helper.ts';
import { randomStreets } from '../../scenes/random-streets.ts';
import { SeededRandom } from '../../search/seeded-random.ts';
import { expectSameStreets } from './street-arrays.ts';
import { encodeOsm, OSM_FILE_KINDS } from './written-osm.ts';

const folder = mkdtempSync(join(tmpdir(), 'maillage-positions-'));
afterAll(() => rmSync(folder, { recursive: true }));
let fileCount = 0;

function write(bytes: Uint8Array, extension = 'osm.pbf'): string {
  const path = join(folder, `${++fileCount}.${extension}`);
  writeFileSync(path, bytes);
  return path;
}

/*
 *   1 ── 2 ── 3 ── 4     way 11, the node 3 named twice in a row; a gate at 2
 *             │
 *             5          way 12, of negative longitudes beyond Greenwich; building 13
 */
const NODES: OsmNode[] = [
  { id: 1, lon: 0.01, lat: 46 },
  { id: 2, lon: 0.005, lat: 46, tags: { barrier: 'gate' } },
  { id: 3, lon: 0, lat: -0.0000001 },
  { id: 4, lon: -0.0049999, lat: 46.0000001 },
  { id: 5, lon: -179.9999999, lat: -46.01 },
];
const WAYS: OsmWay[] = [
  { id: 11, refs: [1, 2, 3, 3, 4], tags: { highway: 'residential' } },
  { id: 12, refs: [3, 5], tags: { highway: 'service' } },
  { id: 13, refs: [1, 2, 3, 1], tags: { building: 'house' } },
];
const WHOLE: OsmContents = { nodes: NODES, ways: WAYS, relations: [] };

/** As "osmium add-locations-to-ways" writes it. */
function withPositions(contents: OsmContents, keeps: (node: OsmNode) => boolean): OsmContents {
  const nodeOfId = new Map(contents.nodes.map((node) => [node.id, node]));
  return {
    ...contents,
    nodes: contents.nodes.filter(keeps),
    ways: contents.ways.map((way) => ({ ...way, positions: way.refs.map((ref) => nodeOfId.get(ref)) })),
  };
}

const KEPT: ReadonlyArray<[string, (node: OsmNode) => boolean]> = [
  ['all nodes', () => true],
  ['nodes with tags', ({ tags }) => tags !== undefined],
  ['the last nodes', ({ id }) => id >= 4],
  ['the first node', ({ id }) => id === 1],
  ['no nodes', () => false],
];

describe('positions that ways carry', () => {
  describe.each(OSM_FILE_KINDS)('in %s', (kind) => {
    it.each(KEPT)('give the streets of the whole file beside %s', async (_, keeps) => {
      const whole = await readOsm(write(encodeOsm('xml', WHOLE), 'osm'), new NoticeList());
      const notices = new NoticeList();
      const streets = await readOsm(write(encodeOsm(kind, withPositions(WHOLE, keeps))), notices);
      expect(notices.notices).toEqual([]);
      // Tags of nodes that the file lacks are lost: nothing else.
      const { taggedNodes, tagSetOfTaggedNode, tagSets } = keeps(NODES[1]!) ? whole : streets;
      expectSameStreets(streets, { ...whole, taggedNodes, tagSetOfTaggedNode, tagSets });
    });

    it('place buildings', async () => {
      const whole = await readOsmPlaces([write(encodeOsm('xml', WHOLE), 'osm')], new NoticeList());
      expect(whole.buildings.lon).toHaveLength(1);
      const bare = write(
        encodeOsm(
          kind,
          withPositions(WHOLE, () => false),
        ),
      );
      expect(await readOsmPlaces([bare], new NoticeList())).toEqual(whole);
    });

    it('cut the street where neither a node nor the way knows the place, and tell so', async () => {
      const bare = withPositions(WHOLE, () => false);
      const ways = bare.ways.map((way) => ({
        ...way,
        positions: way.positions!.map((position) => (position === NODES[1] ? undefined : position)),
      }));
      const notices = new NoticeList();
      const streets = await readOsm(write(encodeOsm(kind, { ...bare, ways })), notices);
      expect(streets.nodeCount).toBe(4);
      expect(notices.notices.map(({ code, value }) => [code, value])).toEqual([['osm-node-missing', '1']]);
    });
  });

  it.each([100, 1000, 200])('are read in units of %i nanodegrees', async (granularity) => {
    const nodes = NODES.map((node) => ({ ...node, lon: Math.round(node.lon * 1e5) / 1e5, lat: 46.12345 }));
    const contents = { ...WHOLE, nodes };
    const expected = await readOsm(write(encodePbf(contents)), new NoticeList());
    const bare = withPositions(
      { ...contents, nodes: nodes.map(({ tags: _, ...node }) => node) },
      () => false,
    );
    const streets = await readOsm(write(encodePbf(bare, { granularity })), new NoticeList());
    expect(Array.from(streets.lonOfNode)).toEqual(Array.from(expected.lonOfNode));
    expect(Array.from(streets.latOfNode)).toEqual(Array.from(expected.latOfNode));
  });

  it.each([1, 2, 3])(
    'of a random town are read by every path of the reader alike (seed %i)',
    async (seed) => {
      const town = randomStreets(new SeededRandom(seed), { columns: 12, rows: 9 });
      const helper = new StreetHelper();
      const paths: ReadPbfOptions[] = [
        {},
        { largestTableBytes: 0 },
        { smallestSharedBytes: 0, startNodeHelper: helper.readNodes },
      ];
      try {
        for (const keeps of [() => true, ({ id }: OsmNode) => id % 3 === 0, () => false]) {
          const path = write(encodePbf(withPositions(town, keeps), { elementsPerBlock: 50 }));
          const expected = await readUnsortedStreets(path, new NoticeList());
          expect(expected.nodeCount).toBe(
            (await readPbfStreets(write(encodePbf(town)), new NoticeList())).nodeCount,
          );
          for (const options of paths)
            expectSameStreets(await readPbfStreets(path, new NoticeList(), options), expected);
        }
      } finally {
        helper.end();
      }
    },
  );
});

describe('nodes that are missing', () => {
  const lacking = (...ids: number[]): OsmContents => ({
    ...WHOLE,
    nodes: NODES.filter(({ id }) => !ids.includes(id)),
  });
  /** Name, what the file holds, references without a node, streets of fewer than two nodes. */
  const CASES: ReadonlyArray<[string, OsmContents, number, number]> = [
    ['at the end of a street', lacking(1), 1, 0],
    ['within a street', lacking(2), 1, 0],
    ['where streets meet', lacking(3), 2, 0],
    ['the only nodes of a street', lacking(3, 5), 3, 0],
    [
      'none, but a street has one node',
      { ...WHOLE, ways: [...WAYS, { ...WAYS[1]!, id: 14, refs: [5, 5] }] },
      0,
      1,
    ],
    [
      'none, but a street has no node',
      { ...WHOLE, ways: [...WAYS, { ...WAYS[1]!, id: 14, refs: [] }] },
      0,
      1,
    ],
    [
      'of a building only',
      { ...lacking(9), ways: [...WAYS, { ...WAYS[2]!, id: 14, refs: [8, 9, 8] }] },
      0,
      0,
    ],
  ];

  describe.each(CASES)('%s', (_, contents, missing, short) => {
    // A way without nodes is another matter in Overpass' answers: "out tags geom" gives such.
    const kinds = OSM_FILE_KINDS.filter(
      (kind) => kind !== 'json' || contents.ways.every(({ refs }) => refs.length > 0),
    );
    it.each(kinds)('are told alike by the reader of %s', async (kind) => {
      const path = write(encodeOsm(kind, contents));
      const notices = new NoticeList();
      const streets = await readOsm(path, notices);
      expectSameStreets(streets, await readOsm(write(encodeOsm('xml', contents)), new NoticeList()));
      expect(notices.notices).toEqual([
        ...(short === 0
          ? []
          : [
              {
                code: 'osm-short-way',
                severity: 'warning',
                message: `${short} streets have fewer than 2 nodes`,
                action: 'left out',
                count: short,
                file: path,
                value: String(short),
              },
            ]),
        ...(missing === 0
          ? []
          : [
              {
                code: 'osm-node-missing',
                severity: 'warning',
                message: `${missing} references of streets name a node that the file lacks`,
                action: 'the street is cut there',
                count: missing,
                file: path,
                value: String(missing),
              },
            ]),
      ]);
    });
  });

  it('are told by the merging reader of large files too', async () => {
    const notices = new NoticeList();
    await readPbfStreets(write(encodePbf(lacking(3))), notices, { largestTableBytes: 0 });
    expect(notices.notices.map(({ value }) => value)).toEqual(['2']);
  });
});
