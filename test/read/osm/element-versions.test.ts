import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OsmContents, OsmNode, OsmRelation, OsmWay } from '../../../scripts/lib/osm-elements.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { readOsmBoundaries } from '../../../src/read/osm/osm-boundaries.ts';
import type { OsmStreets } from '../../../src/read/osm/osm-data.ts';
import { readOsmPlaces } from '../../../src/read/osm/osm-places.ts';
import { readOsm } from '../../../src/read/osm/read-osm.ts';
import { readRivers } from '../../../src/read/rivers.ts';
import { expectSameStreets } from './street-arrays.ts';
import { encodeOsm, OSM_FILE_KINDS, type OsmFileKind } from './written-osm.ts';

const folder = mkdtempSync(join(tmpdir(), 'maillage-versions-'));
afterAll(() => rmSync(folder, { recursive: true }));
let fileCount = 0;

function write(kind: OsmFileKind, contents: OsmContents): string {
  const path = join(
    folder,
    `${++fileCount}.${kind.startsWith('pbf') ? 'osm.pbf' : kind === 'json' ? 'json' : 'osm'}`,
  );
  writeFileSync(path, encodeOsm(kind, contents));
  return path;
}

async function streetsOf(
  kind: OsmFileKind,
  contents: OsmContents,
): Promise<{ streets: OsmStreets; notices: NoticeList }> {
  const notices = new NoticeList();
  return { streets: await readOsm(write(kind, contents), notices), notices };
}

/*
 *   1 ── 2 ── 3
 *        │
 *        4        ways 11 (1-2), 12 (2-3), 13 (2-4); no turn from 11 into 13
 */
const node = (id: number, lon: number, lat = 46, rest: Partial<OsmNode> = {}): OsmNode => ({
  id,
  lon,
  lat,
  ...rest,
});
const street = (id: number, refs: number[], rest: Partial<OsmWay> = {}): OsmWay => ({
  id,
  refs,
  tags: { highway: 'residential' },
  ...rest,
});
const NODES = [node(1, 4), node(2, 4.01), node(3, 4.02), node(4, 4.01, 46.01)];
const WAYS = [street(11, [1, 2]), street(12, [2, 3]), street(13, [2, 4])];
const turn = (id: number, rest: Partial<OsmRelation> = {}): OsmRelation => ({
  id,
  members: [
    { type: 'way', ref: 11, role: 'from' },
    { type: 'node', ref: 2, role: 'via' },
    { type: 'way', ref: 13, role: 'to' },
  ],
  tags: { restriction: 'no_left_turn', type: 'restriction' },
  ...rest,
});
const PLAIN: OsmContents = { nodes: NODES, ways: WAYS, relations: [turn(21)] };

/** Name, what the file holds, what it means. */
const CASES: ReadonlyArray<[string, OsmContents, OsmContents]> = [
  [
    'a way whose higher version comes first',
    {
      ...PLAIN,
      ways: [street(11, [1, 2], { version: 2 }), ...WAYS.slice(1), street(11, [1, 4], { version: 1 })],
    },
    PLAIN,
  ],
  [
    'a way whose higher version comes last, right after the other',
    {
      ...PLAIN,
      ways: [street(11, [1, 4], { version: 1 }), street(11, [1, 2], { version: 9 }), ...WAYS.slice(1)],
    },
    PLAIN,
  ],
  [
    'three versions, the highest between the others',
    {
      ...PLAIN,
      ways: [
        street(11, [1, 4], { version: 9 }),
        street(11, [1, 2], { version: 12 }),
        ...WAYS.slice(1),
        street(11, [3, 4], { version: 10 }),
      ],
    },
    PLAIN,
  ],
  [
    'a way without version before and after one with a version',
    {
      ...PLAIN,
      ways: [street(11, [1, 4]), street(11, [1, 2], { version: 1 }), ...WAYS.slice(1), street(11, [3, 4])],
    },
    PLAIN,
  ],
  [
    'ways without versions: the later in the file',
    { ...PLAIN, ways: [street(11, [1, 4]), ...WAYS.slice(1), street(11, [1, 2])] },
    PLAIN,
  ],
  [
    'a street that is none in its higher version',
    {
      ...PLAIN,
      ways: [
        ...WAYS,
        street(14, [3, 4], { version: 1 }),
        street(14, [3, 4], { version: 2, tags: { building: 'yes' } }),
      ],
    },
    PLAIN,
  ],
  [
    'what has become a street',
    {
      ...PLAIN,
      ways: [
        street(11, [1, 2], { version: 3 }),
        ...WAYS.slice(1),
        street(11, [1, 2], { version: 2, tags: { building: 'yes' } }),
      ],
    },
    PLAIN,
  ],
  [
    'a node that was moved',
    { ...PLAIN, nodes: [node(1, 4, 46, { version: 3 }), ...NODES.slice(1), node(1, 5, 47, { version: 2 })] },
    PLAIN,
  ],
  [
    'a gate that was taken away',
    {
      ...PLAIN,
      nodes: [
        NODES[0]!,
        node(2, 4.01, 46, { version: 1, tags: { barrier: 'gate' } }),
        node(2, 4.01, 46, { version: 2 }),
        ...NODES.slice(2),
      ],
    },
    PLAIN,
  ],
  [
    'a gate that a bare copy repeats, as Overpass does',
    {
      ...PLAIN,
      nodes: [
        ...NODES.slice(0, 3),
        node(4, 4.01, 46.01, { tags: { barrier: 'gate' } }),
        node(4, 4.01, 46.01),
      ],
    },
    { ...PLAIN, nodes: [...NODES.slice(0, 3), node(4, 4.01, 46.01, { tags: { barrier: 'gate' } })] },
  ],
  [
    'a restriction of another kind in its lower version',
    {
      ...PLAIN,
      relations: [
        turn(21, { version: 5 }),
        turn(22, { version: 1, tags: { type: 'route' } }),
        turn(21, { version: 4, tags: { restriction: 'only_straight_on', type: 'restriction' } }),
      ],
    },
    PLAIN,
  ],
  [
    'a restriction that is none in its higher version',
    {
      ...PLAIN,
      relations: [turn(20, { version: 1 }), turn(20, { version: 2, tags: { type: 'site' } }), turn(21)],
    },
    PLAIN,
  ],
  [
    'a way that was deleted',
    {
      ...PLAIN,
      ways: [
        ...WAYS,
        street(14, [3, 4], { version: 1 }),
        street(14, [], { version: 2, isDeleted: true, tags: {} }),
      ],
    },
    PLAIN,
  ],
  [
    'a way that was deleted and restored, its versions from the last to the first',
    {
      ...PLAIN,
      ways: [
        street(11, [1, 2], { version: 3 }),
        street(11, [], { version: 2, isDeleted: true, tags: {} }),
        street(11, [1, 4], { version: 1 }),
        ...WAYS.slice(1),
      ],
    },
    PLAIN,
  ],
  [
    'a restriction that was deleted',
    {
      ...PLAIN,
      relations: [turn(20, { version: 1 }), turn(20, { version: 2, isDeleted: true, members: [] }), turn(21)],
    },
    PLAIN,
  ],
];

describe('an id that a file holds several times', () => {
  describe.each(OSM_FILE_KINDS)('in %s', (kind) => {
    it.each(CASES)('takes %s', async (_, contents, meaning) => {
      const { streets, notices } = await streetsOf(kind, contents);
      expectSameStreets(streets, (await streetsOf('xml', meaning)).streets);
      expect(notices.notices.map(({ code }) => code)).toEqual(['osm-duplicate-id']);
      const lists = [contents.nodes, contents.ways, contents.relations];
      const repeats = lists.map((list) => list.length - new Set(list.map(({ id }) => id)).size);
      expect(notices.notices[0]!.value).toBe(String(repeats[0]! + repeats[1]! + repeats[2]!));
    });

    it('says nothing of elements in any other order', async () => {
      const backwards = {
        nodes: [...NODES].reverse(),
        ways: [...WAYS].reverse(),
        relations: [turn(22), turn(21)],
      };
      const { notices } = await streetsOf(kind, backwards);
      expect(notices.notices).toEqual([]);
    });
  });
});

/*
 *   51 ── 52     a house, drawn anew in its second version; a shed where a house was (version 2);
 *   │      │     a town hall that has moved
 *   54 ── 53
 */
describe('other readers than that of the streets', () => {
  const corners = [node(51, 4), node(52, 4.001), node(53, 4.001, 46.001), node(54, 4, 46.001)];
  const house = (id: number, version: number, rest: Partial<OsmWay> = {}): OsmWay => ({
    id,
    version,
    refs: [51, 52, 53, 54, 51],
    tags: { building: 'house', 'building:levels': '2' },
    ...rest,
  });

  it.each(OSM_FILE_KINDS)('count the homes of the highest versions (%s)', async (kind) => {
    const townhall = (version: number, lon: number) =>
      node(60, lon, 46, { version, tags: { amenity: 'townhall' } });
    const path = write(kind, {
      nodes: [...corners, townhall(2, 4.5), townhall(1, 4.1)],
      ways: [
        house(71, 2),
        house(72, 2, { tags: { building: 'shed' } }),
        house(72, 1),
        house(71, 1, { refs: [51, 52, 53, 51] }),
      ],
      relations: [],
    });
    const alone = write(kind, { nodes: [...corners, townhall(2, 4.5)], ways: [house(71, 2)], relations: [] });
    // Two files: what one has told is not told again by the other, restarted or not.
    const places = await readOsmPlaces([path, alone], new NoticeList());
    expect(places).toEqual(await readOsmPlaces([alone], new NoticeList()));
    expect(places.buildings.lon).toHaveLength(1);
    expect(Array.from(places.townhalls.lon)).toEqual([4.5]);
  });

  it.each(OSM_FILE_KINDS)('draw the borders and rivers of the highest versions (%s)', async (kind) => {
    const border = (version: number, refs: number[]): OsmWay => ({ id: 81, version, refs });
    const river = (version: number, refs: number[], waterway: string): OsmWay => ({
      id: 82,
      version,
      refs,
      tags: { waterway },
    });
    const relation = (version: number, nom: string): OsmRelation => ({
      id: 91,
      version,
      members: [{ type: 'way', ref: 81, role: 'outer' }],
      tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', name: nom },
    });
    const path = write(kind, {
      nodes: [...corners, node(51, 8, 46, { version: 0 })].map((corner, i) =>
        i < 4 ? { ...corner, version: 1 } : corner,
      ),
      ways: [
        border(2, [51, 52, 53, 54, 51]),
        river(2, [51, 53], 'river'),
        river(1, [52, 54], 'river'),
        border(1, [51, 52, 53, 51]),
      ],
      relations: [relation(3, 'Aujourd’hui'), relation(2, 'Jadis')],
    });
    const [boundary, ...others] = await readOsmBoundaries(path, new NoticeList());
    expect(others).toEqual([]);
    expect(boundary!.properties?.name).toBe('Aujourd’hui');
    expect(boundary!.geometry.coordinates).toHaveLength(1);
    expect((boundary!.geometry.coordinates as number[][][])[0]).toHaveLength(5);
    const rivers = await readRivers([path], new NoticeList());
    expect(Array.from(rivers.lonOfPoint)).toEqual([40_000_000, 40_010_000]);
    expect(Array.from(rivers.latOfPoint)).toEqual([460_000_000, 460_010_000]);
  });
});
