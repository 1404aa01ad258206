import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createOSMStream } from 'osm-pbf-parser-node';
import { afterAll, describe, expect, it } from 'vitest';
import { writePbf } from '../../../scripts/lib/write-pbf.ts';
import { UsageError } from '../../../src/common/errors.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { NO_INDEX } from '../../../src/common/units.ts';
import { OsmStreetsBuilder } from '../../../src/read/osm/osm-builder.ts';
import type { OsmStreets } from '../../../src/read/osm/osm-data.ts';
import { forEachOsmElement } from '../../../src/read/osm/osm-elements.ts';
import { readUnsortedStreets } from '../../../src/read/osm/osm-unsorted.ts';
import { parseBlock } from '../../../src/read/osm/pbf-block.ts';
import { type ReadPbfOptions, readPbfStreets } from '../../../src/read/osm/pbf-streets.ts';
import { readOsm } from '../../../src/read/osm/read-osm.ts';
import { StreetHelper } from '../../../src/runtime/street-helper.ts';
import { NO_REAL_DATA, realData } from '../../real-data.ts';
import { expectSameStreets } from './street-arrays.ts';

const folder = mkdtempSync(join(tmpdir(), 'maillage-osm-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function errorOf(path: string): Promise<string> {
  const error: unknown = await readOsm(path, new NoticeList()).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).describe();
}

/*
 *   1 ── 2 ── 3     a street past a gate, and a service road
 *        └─── 4
 */
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <bounds minlat="48" minlon="2" maxlat="49" maxlon="3"/>
  <node id="1" lat="48.0000001" lon="2.00000005"/>
  <node id="2" lat="48.1" lon="2.1"><tag k="barrier" v="gate"/><tag k="note" v="a &amp; b"/></node>
  <node id="3" lat="48.2" lon="-2.2"/>
  <node id="4" lat="48.3" lon="2.3"/>
  <node id="5" lat="48.4" lon="2.4"/>
  <way id="11"><nd ref="2"/><nd ref="4"/><tag k="highway" v="service"/></way>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="name" v="Rue d'Été"/><tag k="highway" v="residential"/></way>
  <relation id="9"><member type="way" ref="10" role="from"/><member type="node" ref="2" role="via"/>
    <member type="way" ref="11" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
</osm>
`;
const ELEMENTS = [
  { type: 'node', id: 1, lat: 48.0000001, lon: 2.00000005 },
  { type: 'node', id: 2, lat: 48.1, lon: 2.1, tags: { barrier: 'gate', note: 'a "]}" \\ b' } },
  { type: 'node', id: 3, lat: 48.2, lon: -2.2 },
  { type: 'node', id: 4, lat: 48.3, lon: 2.3 },
  { type: 'way', id: 11, nodes: [2, 4], tags: { highway: 'service' } },
  { type: 'way', id: 10, nodes: [1, 2, 3], tags: { name: "Rue d'Été", highway: 'residential' } },
  {
    type: 'relation',
    id: 9,
    members: [
      { type: 'way', ref: 10, role: 'from' },
      { type: 'node', ref: 2, role: 'via' },
      { type: 'way', ref: 11, role: 'to' },
    ],
    tags: { type: 'restriction', restriction: 'no_left_turn' },
  },
];
/** The same with something as its first element, and with something before that. */
const inOsm = (text: string) => XML.replace('<bounds', `${text}<bounds`);
const atHead = (text: string) => XML.replace('<osm', `${text}\n<osm`);
const overpass = (elements: unknown, rest = '', indent?: number) =>
  `{"version": 0.6, "osm3s": {"elements": "none", "list": [1, {"elements": 2}]}, "elements": ${JSON.stringify(elements, null, indent)}${rest}}`;

describe('reading one small street in every format', () => {
  const expected: OsmStreets = (() => {
    const builder = new OsmStreetsBuilder(new NoticeList());
    builder.addNode(1, 20_000_001, 480_000_001, undefined);
    builder.addNode(2, 21_000_000, 481_000_000, { barrier: 'gate' });
    builder.addNode(3, -22_000_000, 482_000_000, undefined);
    builder.addNode(4, 23_000_000, 483_000_000, undefined);
    builder.addWay(10, [1, 2, 3], { highway: 'residential' });
    builder.addWay(11, [2, 4], { highway: 'service' });
    builder.addRelation(9, { type: 'restriction', restriction: 'no_left_turn' }, [
      { type: 'w', id: 10, role: 'from' },
      { type: 'n', id: 2, role: 'via' },
      { type: 'w', id: 11, role: 'to' },
    ]);
    return builder.build();
  })();
  // ELEMENTS[1] lists way 11 first: the arrays must not depend on it.
  it.each([
    ['XML', 'a.osm', XML],
    ['XML with a BOM and Windows line ends', 'bom.osm', `\uFEFF${XML.replaceAll('\n', '\r\n')}`],
    ['gzip of XML under a wrong name', 'a.osm.pbf', gzipSync(XML)],
    [
      'gzip of two members',
      'two.osm.gz',
      Buffer.concat([gzipSync(XML.slice(0, 200)), gzipSync(XML.slice(200))]),
    ],
    [
      'XML with a change set first',
      'changeset.osm',
      inOsm('<changeset id="1"><tag k="comment" v="x"/></changeset>'),
    ],
    ['XML with a track inside', 'gpx.osm', inOsm('<gpx ><trk/></gpx><html ></html>')],
    ['XML with a comment of a track', 'comment.osm', atHead('<!-- made from <gpx > and <osmChange> -->')],
    ['XML with a comment of a page', 'page.osm', atHead('<!-- <html > -->\n<!-- > <!doctype html -->')],
    ['XML with an instruction', 'pi.osm', atHead('<?xml-stylesheet href="a.xsl" title="<gpx >"?>')],
    [
      'XML with a document type',
      'doctype.osm',
      atHead('<!DOCTYPE osm SYSTEM "a>b.dtd" [<!ELEMENT kml (#PCDATA)>]>'),
    ],
    [
      'XML with a comment longer than what is looked at',
      'long.osm',
      atHead(`<!--${' <gpx >'.repeat(2000)}-->`),
    ],
    ['XML without a declaration', 'bare.osm', `\n  ${XML.slice(XML.indexOf('<osm'))}`],
    ['UTF-16 XML', 'le.osm', Buffer.from(`\uFEFF${XML.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['UTF-16 XML of the other byte order', 'be.osm', Buffer.from(`\uFEFF${XML}`, 'utf16le').swap16()],
    ['UTF-16 XML without a mark', 'nobom.osm', Buffer.from(XML, 'utf16le')],
    ['gzip of UTF-16 XML', 'le.osm.gz', gzipSync(Buffer.from(`\uFEFF${XML}`, 'utf16le'))],
    ['Latin-1 XML', 'latin.osm', Buffer.from(XML.replace('UTF-8', 'ISO-8859-1'), 'latin1')],
    ['UTF-16 Overpass JSON', 'le.json', Buffer.from(`\uFEFF${overpass(ELEMENTS)}`, 'utf16le')],
    ['Overpass JSON', 'a.json', overpass(ELEMENTS)],
    ['indented Overpass JSON', 'b.json', overpass(ELEMENTS, ', "remark": "be kind"', 2)],
    ['gzip of Overpass JSON', 'c.json.gz', gzipSync(overpass(ELEMENTS))],
  ])('%s', async (_, name, content) => {
    expectSameStreets(await readOsm(write(name, content), new NoticeList()), expected);
  });

  it('uses the positions that "out geom" puts on ways, but node elements first', async () => {
    const geometry = (ids: number[]) =>
      ids.map((id) =>
        id === 4 ? null : { lat: [0, 48.0000001, 40, 48.2][id], lon: [0, 2.00000005, 40, -2.2][id] },
      );
    const elements = ELEMENTS.filter(({ type, id }) => type !== 'node' || id === 2 || id === 4).map(
      (element) =>
        element.nodes === undefined ? element : { ...element, geometry: geometry(element.nodes) },
    );
    expectSameStreets(await readOsm(write('geom.json', overpass(elements)), new NoticeList()), expected);
  });

  it('splits a stream that is cut anywhere', async () => {
    // Characters of several bytes and long tags make elements cross the 256 KiB chunks.
    const filler = Array.from({ length: 4000 }, (_, i) => ({
      type: 'node',
      id: 100 + i,
      lat: 1,
      lon: 1,
      tags: { note: 'é'.repeat(97 + (i % 7)) },
    }));
    const path = write('long.json', overpass([...filler, ...ELEMENTS]));
    expectSameStreets(await readOsm(path, new NoticeList()), expected);
  });

  it('leaves out deleted elements and nodes without position, and counts the latter', async () => {
    const notices = new NoticeList();
    const odd =
      '<node id="5" visible="false"/><node id="6" lat="91" lon="2"/><node id="7" lat="48,1" lon="2"/><way id="x"/>';
    expectSameStreets(
      await readOsm(write('odd.osm', XML.replace('<node id="5" lat="48.4" lon="2.4"/>', odd)), notices),
      expected,
    );
    expect(notices.notices.map(({ code, message, row }) => [code, message.slice(0, 1), row])).toEqual([
      ['osm-node-without-position', '2', 8],
      ['osm-element-without-id', '1', 8],
    ]);
  });
});

const CUT_XML = XML.slice(0, XML.indexOf('residential'));
const CUT_XML_FAULT = new RegExp(
  `cut\\.osm:${CUT_XML.split('\n').length}: the XML is cut short or malformed`,
);

describe('unusable files', () => {
  it.each([
    ['XML cut short', 'cut.osm', CUT_XML, CUT_XML_FAULT],
    ['XML with a stray tag', 'bad.osm', XML.replace('</way>', '</wax>'), /bad\.osm:9: the XML/],
    ['gzip cut short', 'cut.osm.gz', gzipSync(XML).subarray(0, 300), /compressed data is cut short/],
    ['HTML saved as .osm.pbf', 'page.osm.pbf', '<!DOCTYPE html>\n<html><body>404</body></html>', /web page/],
    ['HTML saved as .osm', 'page.osm', '<html><body>Service unavailable</body></html>', /web page/],
    [
      'Overpass error page',
      'error.osm',
      '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html></html>',
      /web page/,
    ],
    ['empty file', 'empty.osm.pbf', '', /the file is empty/],
    ['gzip of nothing', 'nothing.osm.gz', gzipSync(''), /the file is empty/],
    ['text', 'x.osm', 'hello', /no OSM file that can be read/],
    ['zip', 'x.osm.pbf', 'PK\u0003\u0004....', /zip archive/],
    ['change file', 'x.osc', '<?xml version="1.0"?><osmChange/>', /a file of changes.*osmium apply-changes/s],
    [
      'change file with a comment of an extract',
      'z.osc',
      '<!-- for <osm > --><osmChange version="0.6"><modify/></osmChange>',
      /a file of changes/,
    ],
    ['track', 'x.gpx', '<?xml version="1.0"?>\n<gpx version="1.1"><trk/></gpx>', /a track \(GPX\)/],
    ['drawing', 'x.kml', '<kml xmlns="http://x"><Document/></kml>', /a drawing \(KML\)/],
    [
      'Overpass query',
      'q.osm',
      '<osm-script><query type="way"/></osm-script>',
      /an Overpass query, not its answer/,
    ],
    ['compressed track', 'x.osm.gz', gzipSync('<gpx><trk/></gpx>'), /a track \(GPX\)/],
    ['part of a web page', 'part.osm', '<body>404 <osm ></body>', /web page/],
    ['other XML', 'y.osm', '<?xml version="1.0"?><rss></rss>', /y\.osm: this XML is no OSM extract.*<rss>/],
    [
      'other XML after a comment longer than what is looked at',
      'w.osm',
      `<!--${'x'.repeat(5000)}-->\n<rss></rss>`,
      /w\.osm:2: this XML is no OSM extract.*<rss>/,
    ],
    [
      'an encoding that nobody knows',
      'k.osm',
      '<?xml version="1.0" encoding="klingon"?><osm></osm>',
      /encoding of the text is not known.*klingon/,
    ],
    ['GeoJSON', 'x.json', '{"type": "FeatureCollection", "features": []}', /no "elements"/],
    [
      'JSON cut short',
      'cut.json',
      overpass(ELEMENTS, '', 2).slice(0, 400),
      /cut\.json:\d+: the JSON is cut short/,
    ],
    [
      'JSON with a bad element',
      'bad.json',
      '{"elements": [\n{"id": 01}\n]}',
      /bad\.json:2: an element is no valid JSON/,
    ],
    ['no street', 'none.osm', '<osm><node id="1" lat="1" lon="1"/></osm>', /holds no street/],
    ['no element', 'none.json', '{"elements": []}', /holds no street/],
    ['streets without nodes', 'bare.json', overpass(ELEMENTS.slice(4)), /none of the nodes/],
    [
      'Overpass time-out in JSON',
      'timeout.json',
      overpass(ELEMENTS, ', "remark": "runtime error: Query timed out in \\"query\\" at line 3"'),
      /answer is incomplete.*timed out/,
    ],
    [
      'Overpass time-out in XML',
      'timeout.osm',
      XML.replace('</osm>', '<remark> runtime error: Query ran out of memory </remark></osm>'),
      /answer is incomplete.*out of memory/,
    ],
    [
      'ways with geometry but no nodes',
      'tags-geom.json',
      overpass([
        {
          type: 'way',
          id: 1,
          tags: { highway: 'road' },
          geometry: [
            { lat: 1, lon: 1 },
            { lat: 2, lon: 2 },
          ],
        },
      ]),
      /no list of nodes/,
    ],
    [
      'the same in XML',
      'tags-geom.osm',
      '<osm><way id="1"><nd lat="1" lon="1"/><nd lat="2" lon="2"/><tag k="highway" v="road"/></way></osm>',
      /no list of nodes/,
    ],
  ])('%s is a clear error', async (_, name, content, expected) => {
    const message = await errorOf(write(name, content));
    expect(message).toMatch(expected);
    expect(message).toContain(name);
  });

  it('names a missing file', async () => {
    expect(await errorOf(join(folder, 'absent.osm'))).toMatch(/absent\.osm: the file cannot be opened/);
  });
});

describe('real files', () => {
  const bzip2 = realData('readers/fr-saint_barthelemy.osm.bz2');

  it.skipIf(bzip2 === undefined)(
    `reads Saint-Barthélemy the same from .pbf, .gz and .bz2 (${NO_REAL_DATA})`,
    async () => {
      const read = (extension: string) =>
        readOsm(realData(`readers/fr-saint_barthelemy.osm.${extension}`)!, new NoticeList());
      const [pbf, gz, bz2] = await Promise.all([read('pbf'), read('gz'), read('bz2')]);
      expect(pbf.wayCount).toBeGreaterThan(500);
      expectSameStreets(gz, pbf);
      expectSameStreets(bz2, pbf);
    },
  );

  it.skipIf(bzip2 === undefined)(`refuses bzip2 that is cut short or damaged (${NO_REAL_DATA})`, async () => {
    const bytes = readFileSync(bzip2!);
    expect(await errorOf(write('cut.osm.bz2', bytes.subarray(0, bytes.length - 2000)))).toMatch(/cut short/);
    const damaged = Buffer.from(bytes);
    damaged.fill(0x55, 50_000, 50_050);
    expect(await errorOf(write('damaged.osm.bz2', damaged))).toMatch(/damaged|malformed/);
  });

  it.skipIf(bzip2 === undefined)(`reads a file that begins after its ways (${NO_REAL_DATA})`, async () => {
    const xml = gunzipSync(readFileSync(realData('readers/fr-saint_barthelemy.osm.gz')!)).toString('utf8');
    const nodes = xml.slice(xml.indexOf('<node '), xml.indexOf('<way '));
    const turned = xml.replace(nodes, '').replace('</osm>', `${nodes}</osm>`);
    expect(turned.indexOf('<way ')).toBeLessThan(turned.indexOf('<node '));
    const expected = await readOsm(realData('readers/fr-saint_barthelemy.osm.pbf')!, new NoticeList());
    expectSameStreets(await readOsm(write('turned.osm', turned), new NoticeList()), expected);
  });

  const pbfFiles = [
    'readers/fr-saint_barthelemy.osm.pbf',
    'readers/fiji-ferry.pbf',
    'readers/reisterstown-via-restriction.pbf',
    'readers/brenner-invalid-relation-reference.osm.pbf',
    'readers/subgraph.pbf',
    'monaco-06/monaco-osrm.osm.pbf',
    'porto-alegre/poa_osm.pbf',
  ];
  const withFiles = it.skipIf(bzip2 === undefined);
  withFiles.each(pbfFiles)('decodes every element of %s as another decoder does', async (file) => {
    const path = realData(file)!;
    const ours: unknown[] = [];
    await forEachOsmElement(
      path,
      {
        node: (id, lonE7, latE7, tags) => ours.push(['node', id, lonE7, latE7, tags ?? {}]),
        way: (id, refs, tags) => ours.push(['way', id, Array.from(refs), tags]),
        relation: (id, tags, members) => ours.push(['relation', id, tags, members]),
        restart: () => {
          ours.length = 0;
        },
      },
      { notices: new NoticeList() },
    );
    expect(await oracleElements(path)).toEqual(ours);
  });

  withFiles.each(pbfFiles)('reads the streets of %s by the fast path as by the generic one', async (file) => {
    const path = realData(file)!;
    expectSameStreets(
      await readOsm(path, new NoticeList()),
      await readUnsortedStreets(path, new NoticeList()),
    );
  });
});

describe('the nodes of a PBF file', () => {
  const helper = new StreetHelper();
  afterAll(() => helper.end());
  const WAYS_OF_READING: ReadonlyArray<[string, ReadPbfOptions]> = [
    ['among all nodes, read here', { largestTableBytes: Number.POSITIVE_INFINITY }],
    [
      'among all nodes, read by another thread',
      { smallestSharedBytes: 0, startNodeHelper: helper.readNodes },
    ],
    ['by merging', { largestTableBytes: 0 }],
  ];
  const liechtenstein = fileURLToPath(new URL('../../../data/liechtenstein-2013.osm.pbf', import.meta.url));

  it.each(WAYS_OF_READING)('are found %s', async (_, options) => {
    expectSameStreets(
      await readPbfStreets(liechtenstein, new NoticeList(), options),
      await readUnsortedStreets(liechtenstein, new NoticeList()),
    );
  });

  it('are read here where the other thread fails', async () => {
    const failing = () => ({
      table: Promise.reject(new Error('no memory')),
      lookUp: () => Promise.reject(new Error('never asked')),
      close: () => Promise.resolve(),
    });
    const options = { smallestSharedBytes: 0, startNodeHelper: failing };
    expectSameStreets(
      await readPbfStreets(liechtenstein, new NoticeList(), options),
      await readPbfStreets(liechtenstein, new NoticeList()),
    );
  });

  it.each(WAYS_OF_READING)('that are missing leave their references empty, %s', async (_, options) => {
    const path = join(folder, 'gaps.osm.pbf');
    const tags = { highway: 'residential' };
    writePbf(path, {
      nodes: [5, 10, 5_000_000_000].map((id) => ({ id, lon: 2 + id / 1e11, lat: 48.5 })),
      ways: [
        { id: 1, refs: [4, 5, 7, 10], tags },
        { id: 2, refs: [10, 5_000_000_000, 9_000_000_000], tags },
      ],
      relations: [],
    });
    const streets = await readPbfStreets(path, new NoticeList(), options);
    expect(Array.from(streets.idOfNode)).toEqual([5, 10, 5_000_000_000]);
    expect(Array.from(streets.nodeOfRef)).toEqual([NO_INDEX, 0, NO_INDEX, 1, 1, 2, NO_INDEX]);
  });
});

describe('the ways of a PBF file', () => {
  it('keep ids of any length', async () => {
    const ids = [1, 127, 128, 2 ** 14, 2 ** 28 - 1, 2 ** 28, 2 ** 31 - 1, 2 ** 31, 2 ** 35, 2 ** 52 + 1];
    const path = join(folder, 'ids.osm.pbf');
    writePbf(path, {
      nodes: [1, 2].map((id) => ({ id, lon: 2 + id / 100, lat: 48.5 })),
      ways: ids.map((id) => ({ id, refs: [1, 2], tags: { highway: 'residential' } })),
      relations: [],
    });
    expect(Array.from((await readOsm(path, new NoticeList())).idOfWay)).toEqual(ids);
  });

  it('tell their tag sets while another thread reads the nodes, and only then', async () => {
    const helper = new StreetHelper();
    afterAll(() => helper.end());
    const liechtenstein = fileURLToPath(new URL('../../../data/liechtenstein-2013.osm.pbf', import.meta.url));
    const told: unknown[] = [];
    const onTagSetsOfWays = (tagSets: readonly unknown[]) => told.push(...tagSets);
    await readPbfStreets(liechtenstein, new NoticeList(), { onTagSetsOfWays });
    expect(told).toEqual([]);
    const streets = await readPbfStreets(liechtenstein, new NoticeList(), {
      onTagSetsOfWays,
      smallestSharedBytes: 0,
      startNodeHelper: helper.readNodes,
    });
    const ofWays = [...new Set(streets.tagSetOfWay)].map((set) => streets.tagSets[set]);
    expect(told).toHaveLength(ofWays.length);
    // The very objects, by which they are known again.
    for (const tags of ofWays) expect(told.includes(tags)).toBe(true);
  });
});

describe('the frame of a PBF block', () => {
  const field = (number: number, ...bytes: number[]) => {
    const key = (number << 3) | 2;
    return [...(key < 128 ? [key] : [(key & 127) | 128, key >> 7]), bytes.length, ...bytes];
  };
  const blockOf = (group: number[]) => Uint8Array.from([...field(1), ...field(2, ...group)]);

  it('lists runs of elements, and passes over fields that it does not know', () => {
    const group = [
      ...field(3, 8, 1),
      ...field(3, 8, 2),
      ...field(5, 0),
      ...field(3),
      ...field(20, 1),
      ...field(4, 8, 3),
    ];
    const { groups } = parseBlock(blockOf(group));
    expect(groups.map(({ kind, elements }) => [kind, Array.from(elements.view())])).toEqual([
      ['ways', [6, 8, 10, 12]],
      ['ways', [17, 17]],
      ['relations', [23, 25]],
    ]);
  });

  it.each([
    ['an element beyond its group', [...field(3, 8, 1).slice(0, 1), 9, 8, 1]],
    ['a length of more than 32 bits', [0x1a, 0xff, 0xff, 0xff, 0xff, 0x7f, 8, 1]],
    ['a length without an end', [0x1a, 0xff, 0xff]],
  ])('refuses %s', (_, group) => {
    expect(() => parseBlock(blockOf(group))).toThrow(RangeError);
  });
});

interface OracleElement {
  type: string;
  id: number;
  lon?: number;
  lat?: number;
  refs?: number[];
  tags?: Record<string, string>;
  members?: Array<{ type: string; ref: number; role: string }>;
}

async function oracleElements(path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const item of createOSMStream(path)) {
    const { type, id, lon, lat, refs, tags = {}, members } = item as OracleElement;
    if (type === 'node') found.push(['node', id, Math.round(lon! * 1e7), Math.round(lat! * 1e7), tags]);
    else if (type === 'way') found.push(['way', id, refs, tags]);
    else if (type === 'relation') {
      found.push([
        'relation',
        id,
        tags,
        members!.map((member) => ({ type: member.type[0], id: member.ref, role: member.role })),
      ]);
    }
  }
  return found;
}
