/** What is odd in an Overpass answer or in OSM XML is left out and counted, or refused with its line; nothing else. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../../src/common/notices.ts';
import { readOsm } from '../../../src/read/osm/read-osm.ts';
import { FREE_BYTES } from '../../../src/read/unpack-limits.ts';
import { findFrench } from '../../../src/report/fault-words.ts';
import { usageErrorOf } from '../failing.ts';
import { useTempFiles } from '../temp-files.ts';

const write = useTempFiles();
const NODES = [
  { type: 'node', id: 1, lat: 47, lon: 5 },
  { type: 'node', id: 2, lat: 47, lon: 5.01 },
];
const WAY = { type: 'way', id: 1, nodes: [1, 2], tags: { highway: 'residential' } };

async function read(name: string, content: string | Buffer) {
  const notices = new NoticeList();
  const streets = await readOsm(write(name, content), notices);
  return { streets, counts: Object.fromEntries(notices.thingCounts()) };
}

const ODD_JSON: ReadonlyArray<
  readonly [name: string, elements: readonly unknown[], code: string, count: number]
> = [
  ['an element that is null', [null], 'osm-element-without-id', 1],
  ['elements that are numbers and words', [7, 'way'], 'osm-element-without-id', 1],
  ['an element without type', [{ id: 3 }], 'osm-element-without-id', 1],
  ['a type that is an object', [{ type: {}, id: 3 }], 'osm-element-without-id', 1],
  ['an id that is a word', [{ type: 'node', id: '3', lat: 1, lon: 1 }], 'osm-element-without-id', 1],
  ['an id beyond all numbers', [{ type: 'node', id: 1e300, lat: 1, lon: 1 }], 'osm-element-without-id', 1],
  ['a node without position', [{ type: 'node', id: 3 }], 'osm-node-without-position', 1],
  [
    'a node whose position is null',
    [{ type: 'node', id: 3, lat: null, lon: null }],
    'osm-node-without-position',
    1,
  ],
  [
    'a node whose position is a text',
    [{ type: 'node', id: 3, lat: '47', lon: '5' }],
    'osm-node-without-position',
    1,
  ],
  ['a node at latitude 149', [{ type: 'node', id: 3, lat: 149, lon: 5 }], 'osm-node-without-position', 1],
  ['tags that are null', [{ type: 'node', id: 3, lat: 1, lon: 1, tags: null }], 'osm-tags-unreadable', 1],
  [
    'tags that are a list',
    [
      { ...WAY, id: 2, tags: [1] },
      { ...WAY, id: 3, tags: 'x' },
    ],
    'osm-tags-unreadable',
    2,
  ],
  ['a tag that is an object', [{ ...WAY, id: 2, tags: { highway: {} } }], 'osm-tags-unreadable', 1],
  ['references that are objects', [{ ...WAY, id: 2, nodes: [1, {}, 2] }], 'osm-reference-unreadable', 1],
  [
    'references that are null or words',
    [{ ...WAY, id: 2, nodes: [1, null, '2'] }],
    'osm-reference-unreadable',
    1,
  ],
  ['nodes that are no list', [{ ...WAY, id: 2, nodes: {} }], 'osm-way-without-nodes', 1],
  ['members that are null', [{ type: 'relation', id: 1, members: [null, null] }], 'osm-member-unreadable', 2],
  ['members that are no list', [{ type: 'relation', id: 1, members: 'x' }], 'osm-member-unreadable', 1],
  [
    'a member whose reference is an object',
    [{ type: 'relation', id: 1, members: [{ type: 'way', ref: {} }] }],
    'osm-member-unreadable',
    1,
  ],
  ['a member of no type', [{ type: 'relation', id: 1, members: [{ ref: 1 }] }], 'osm-member-unreadable', 1],
];

describe('an Overpass answer', () => {
  it.each(ODD_JSON)('that holds %s is read without it, and tells', async (_, odd, code, count) => {
    const { streets, counts } = await read('odd.json', JSON.stringify({ elements: [...NODES, WAY, ...odd] }));
    // Relations are only looked at where they restrict turns.
    expect(streets.wayCount).toBeGreaterThanOrEqual(1);
    expect(counts[code]).toBe(count);
  });

  it.each([null, 'x', [null], [7], [{}], [{ lat: 1 }, null]])(
    'whose geometry is %j is read all the same',
    async (geometry) => {
      const { streets } = await read(
        'geometry.json',
        JSON.stringify({ elements: [...NODES, { ...WAY, geometry }] }),
      );
      expect(streets.nodeCount).toBe(2);
    },
  );

  it('is refused where one element never ends', async () => {
    const endless = `{"elements":[${JSON.stringify(NODES[0])},{"type":"way","tags":{"name":"${' '.repeat(34 << 20)}`;
    const error = await usageErrorOf(() => read('endless.json', endless));
    expect(error.message).toBe('an element is longer than 32 MB');
    expect(findFrench(error.message)).toBeDefined();
  });

  it('is refused where it is nested without end', async () => {
    const error = await usageErrorOf(() =>
      read('deep.json', `{"elements":[{"type":"node","tags":${'['.repeat(200_000)}`),
    );
    expect(error.message).toBe('the JSON is cut short');
  });
});

const GOOD_XML = `<node id="1" lat="47" lon="5"/><node id="2" lat="47" lon="5.01"/><way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>`;
const ODD_XML: ReadonlyArray<readonly [odd: string, code: string]> = [
  ['<node lat="1" lon="1"/>', 'osm-element-without-id'],
  ['<node id="" lat="1" lon="1"/>', 'osm-element-without-id'],
  ['<node id="0x10" lat="1" lon="1"/>', 'osm-element-without-id'],
  ['<node id="1e300" lat="1" lon="1"/>', 'osm-element-without-id'],
  ['<node id="3"/>', 'osm-node-without-position'],
  ['<node id="3" lat="" lon=""/>', 'osm-node-without-position'],
  ['<node id="3" lat="47,5" lon="5"/>', 'osm-node-without-position'],
  ['<node id="3" lat="149" lon="5"/>', 'osm-node-without-position'],
  ['<node id="3" lat="NaN" lon="Infinity"/>', 'osm-node-without-position'],
  ['<node id="3" lat="1" lon="1"><tag k="barrier"/></node>', 'osm-tags-unreadable'],
  [
    '<way id="2"><nd ref="1"/><nd ref="x"/><nd ref="2"/><tag k="highway" v="path"/></way>',
    'osm-reference-unreadable',
  ],
  ['<way id="2"><nd/><nd/><tag k="highway" v="path"/></way>', 'osm-way-without-nodes'],
  ['<relation id="1"><member/></relation>', 'osm-member-unreadable'],
  ['<relation id="1"><member type="way" ref=""/></relation>', 'osm-member-unreadable'],
];

const BROKEN_XML: ReadonlyArray<readonly [name: string, xml: string]> = [
  [
    'an entity bomb',
    '<!DOCTYPE osm [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><osm><node id="1" lat="1" lon="1"><tag k="a" v="&b;"/></node></osm>',
  ],
  ['elements nested without end', `<osm>${'<a>'.repeat(50_000)}`],
  ['a comment without end', `<osm><!--${' '.repeat(17 << 20)}`],
  [
    'a tag of endless attributes',
    `<osm><node ${Array.from({ length: 400_000 }, (_, at) => `a${at}="${' '.repeat(40)}"`).join(' ')}`,
  ],
  ['a text without end', `<osm>${' '.repeat(17 << 20)}`],
];

describe('OSM XML', () => {
  it.each(ODD_XML)('that holds %s is read without it, and tells', async (odd, code) => {
    const { streets, counts } = await read('odd.osm', `<osm version="0.6">${GOOD_XML}${odd}</osm>`);
    expect(streets.nodeCount).toBe(2);
    expect(counts[code]).toBe(1);
  });

  it.each(BROKEN_XML)('is refused with its line: %s', async (_, xml) => {
    const error = await usageErrorOf(() => read('broken.osm', xml));
    expect(error.message).toMatch(/^the XML is cut short or malformed/);
    expect(error.fields.line).toBeDefined();
    expect(findFrench(error.message)).toBeDefined();
  });
});

/** `<osm version="0.6">`, 60 MB of blanks, `</osm>`. */
const BZIP2_BOMB = Buffer.from(
  'QlpoOTFBWSZTWeAPczwFfjUZgNABQQcCI5kAAAggAFChppgAE1VQaeUaNlMbqKgJd5RUBLnsoqAl7znGcffG92tda356kVAS/mKCskymsxzfYNAA2AlzAQAggAEACgAFEAAAEEAAoQZMQFKiMnqaMkAUubqgEJz3ufZ2QBS/F3JFOFCQTnFWEQ==',
  'base64',
);
const BZIP2 = Buffer.from(
  'QlpoOTFBWSZTWZLyAOoAAAuZgFAB54cmJ50AIABQoABoGTIGqek0fqTanqepoxPUeQ8K1YDlSyAK3WntvpWL3vikYhAgmHU01XMERX8XckU4UJCS8gDq',
  'base64',
);

const PACKED: ReadonlyArray<readonly [name: string, bytes: Buffer, says: RegExp]> = [
  ['a bzip2 bomb', BZIP2_BOMB, /unpacks to more than 250 times its size/],
  [
    'a gzip bomb',
    gzipSync(Buffer.concat([Buffer.from('<osm>'), Buffer.alloc(FREE_BYTES + 1, ' ')])),
    /unpacks to more than 250 times its size/,
  ],
  ['a bzip2 cut short', BZIP2.subarray(0, BZIP2.length - 9), /cut short or damaged/],
  ['a bzip2 of a flipped byte', flipped(BZIP2, BZIP2.length >> 1), /cut short or damaged/],
  ['a gzip cut short', gzipSync(`<osm>${GOOD_XML}</osm>`).subarray(0, -9), /cut short or damaged/],
  ['a gzip in a gzip', gzipSync(gzipSync(`<osm>${GOOD_XML}</osm>`)), /packed twice/],
  ['a bzip2 in a gzip', gzipSync(BZIP2), /packed twice/],
  ['an xz', Buffer.from('fd377a585a000004', 'hex'), /another program/],
  ['a zstd', Buffer.from('28b52ffd04000000', 'hex'), /another program/],
];

describe('a packed extract', () => {
  it.each(PACKED)('is refused: %s', async (_, bytes, says) => {
    const error = await usageErrorOf(() => read('packed.osm', bytes));
    expect(error.message).toMatch(says);
    expect(findFrench(error.message)).toBeDefined();
    expect(findFrench(error.fields.remedy ?? '')).toBeDefined();
  });

  it('is read where several streams follow upon each other', async () => {
    const error = await usageErrorOf(() => read('streams.osm.bz2', Buffer.concat([BZIP2, BZIP2])));
    // Two documents are no XML; but both were unpacked.
    expect(error.message).toMatch(/malformed|no street/);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 0x55;
  return copy;
}
