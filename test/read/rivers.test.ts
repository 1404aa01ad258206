/** The rivers of the map: the same lines from every format, and from the cache. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { writePbf } from '../../scripts/lib/write-pbf.ts';
import { drawRivers } from '../../src/batch/map-rivers.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { type RiverLines, readRivers } from '../../src/read/rivers.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { loadRivers } from '../../src/runtime/rivers.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'maillage-rivers-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

// 1 ── 2 ── 3 river;  4 ── 5 canal;  1 ── 4 stream;  2 ── 5 road
const NODES = [
  [1, 3.0, 46.0],
  [2, 3.1, 46.05],
  [3, 3.2, 46.0],
  [4, 3.0, 46.2],
  [5, 3.1, 46.2],
] as const;
const DATA = {
  nodes: NODES.map(([id, lon, lat]) => ({ id, lon, lat })),
  relations: [],
  ways: [
    { id: 10, refs: [1, 2, 3], tags: { waterway: 'river', name: 'Lissonne' } },
    { id: 11, refs: [4, 5], tags: { waterway: 'canal' } },
    { id: 12, refs: [1, 4], tags: { waterway: 'stream' } },
    { id: 13, refs: [2, 5], tags: { highway: 'primary' } },
    // Its other node is in another extract.
    { id: 14, refs: [5, 99], tags: { waterway: 'river' } },
  ],
};
const LINES = [
  [
    [3.0, 46.0],
    [3.1, 46.05],
    [3.2, 46.0],
  ],
  [
    [3.0, 46.2],
    [3.1, 46.2],
  ],
];

const pathOf = (name: string): string => join(FOLDER, name);
const listLines = ({ firstPointOfLine, lonOfPoint, latOfPoint }: RiverLines): number[][][] =>
  [...firstPointOfLine.subarray(1)].map((end, line) =>
    Array.from({ length: end - firstPointOfLine[line]! }, (_, at) => {
      const point = firstPointOfLine[line]! + at;
      return [lonOfPoint[point]! / 1e7, latOfPoint[point]! / 1e7];
    }),
  );

describe('rivers', () => {
  writePbf(pathOf('a.osm.pbf'), DATA);
  writeFileSync(pathOf('a.osm'), encodeOsmXml(DATA));
  const overpass = [
    ...DATA.ways.map(({ id, refs, tags }) => ({ type: 'way', id, nodes: refs, tags })),
    ...DATA.nodes.map((node) => ({ type: 'node', ...node })),
  ];
  writeFileSync(pathOf('a.json'), JSON.stringify({ elements: overpass }));
  const feature = (geometry: object): object => ({ type: 'Feature', properties: {}, geometry });
  const features = [
    feature({ type: 'LineString', coordinates: LINES[0] }),
    feature({ type: 'MultiLineString', coordinates: [LINES[1]] }),
    feature({ type: 'Point', coordinates: [3, 46] }),
  ];
  writeFileSync(pathOf('a.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));

  it.each(['a.osm.pbf', 'a.osm', 'a.json', 'a.geojson'])('are read from %s', async (name) => {
    expect(listLines(await readRivers([pathOf(name)], new NoticeList()))).toEqual(LINES);
  });

  it('are the same from the cache, notices included', async () => {
    writeFileSync(
      pathOf('none.geojson'),
      JSON.stringify({ type: 'FeatureCollection', features: [features[2]] }),
    );
    const cache = new Cache(pathOf('cache'));
    const files = [
      { path: pathOf('a.osm.pbf'), sha256: 'a' },
      { path: pathOf('none.geojson'), sha256: 'b' },
    ];
    const [first, second] = [new NoticeList(), new NoticeList()];
    const read = await loadRivers(files, cache, first);
    rmSync(pathOf('none.geojson'));
    expect(listLines(await loadRivers(files, cache, second))).toEqual(listLines(read));
    expect(first.notices.map(({ code }) => code)).toEqual(['rivers-none']);
    expect(second.notices).toEqual(first.notices);
  });

  it('are drawn where they touch the roads, and long enough to be seen', async () => {
    const rivers = await readRivers([pathOf('a.osm.pbf')], new NoticeList());
    expect(drawRivers(rivers, [2.9, 45.9, 3.3, 46.1])).toEqual([
      { type: 'MultiLineString', coordinates: [LINES[0]] },
    ]);
    expect(drawRivers(rivers, [-180, -90, 180, 90])).toEqual([]);
  });

  it('are thinned to a number of points that a page can hold', async () => {
    const count = 50_000;
    const wavy = Array.from({ length: count }, (_, i) => [3 + i / count, 46 + (i % 2) / 50]);
    writeFileSync(pathOf('wavy.geojson'), JSON.stringify(feature({ type: 'LineString', coordinates: wavy })));
    const rivers = await readRivers([pathOf('wavy.geojson')], new NoticeList());
    const [drawn] = drawRivers(rivers, [3, 46, 4, 47]);
    const points = drawn!.coordinates[0]!;
    expect(points.length).toBeGreaterThan(10);
    expect(points.length).toBeLessThanOrEqual(8000);
    expect([points[0], points.at(-1)]).toEqual([wavy[0], wavy.at(-1)]);
  });
});
