/** What damage and lies do to a PBF file: it is refused with the byte of the blob, whichever way it is read. */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../../src/common/notices.ts';
import { forEachOsmElement } from '../../../src/read/osm/osm-elements.ts';
import { PbfFile } from '../../../src/read/osm/pbf-blobs.ts';
import { findNewestEdit } from '../../../src/read/osm/pbf-edit-dates.ts';
import { readPbfStreets } from '../../../src/read/osm/pbf-streets.ts';
import { readOsm } from '../../../src/read/osm/read-osm.ts';
import { findFrench } from '../../../src/report/fault-words.ts';
import { usageErrorOf } from '../failing.ts';
import { useTempFiles } from '../temp-files.ts';
import {
  blobFile,
  column,
  encodeVarint,
  type Field,
  HEADER,
  message,
  smallBlocks,
  type WrittenBlob,
} from './hostile-pbf.ts';
import { encodeOsm, OSM_FILE_KINDS } from './written-osm.ts';

const write = useTempFiles();
const STRINGS: Field = [1, message([1, ''], [1, 'highway'], [1, 'residential'])];

function ofGroup(group: Uint8Array): WrittenBlob[] {
  const [header, nodes, ways] = smallBlocks();
  return group[0] === 0x1a || group[0] === 0x22
    ? [header!, nodes!, { bytes: message(STRINGS, [2, group]) }]
    : [header!, { bytes: message(STRINGS, [2, group]) }, ways!];
}

function ofWay(...fields: ReadonlyArray<Field>): WrittenBlob[] {
  return ofGroup(message([3, message(...fields)]));
}

const REFS: Field = [8, column(1, 2)];
const KEY: Field = [2, encodeVarint(1)];
const VALUE: Field = [3, encodeVarint(2)];
const ZEROS = new Uint8Array(2 << 20);

const DAMAGED: ReadonlyArray<readonly [name: string, blobs: readonly WrittenBlob[], says: RegExp]> = [
  [
    'a header of an unknown wire type',
    [{ ...HEADER, bytes: Uint8Array.of(0x0f, 1) }, ...smallBlocks().slice(1)],
    /^blob 0 .*unknown wire type 7/,
  ],
  ['a block of an unknown wire type', ofGroup(Uint8Array.of(0x2e, 1)), /^blob 1 .*unknown wire type 6/],
  [
    'a group beyond its block',
    [
      HEADER,
      { bytes: Buffer.concat([Uint8Array.of(0x12), encodeVarint(2 ** 40), ZEROS.subarray(0, 9)]) },
      smallBlocks()[2]!,
    ],
    /field beyond the end/,
  ],
  [
    'a string table beyond its block',
    [HEADER, { bytes: Uint8Array.of(0x0a, 0x7f, 0) }, smallBlocks()[2]!],
    /field beyond the end/,
  ],
  ['a way beyond its group', ofGroup(Uint8Array.of(0x1a, 0x30, 8, 1)), /beyond/],
  ['a length of endless bytes', ofGroup(Buffer.from(`1a${'ff'.repeat(12)}01`, 'hex')), /beyond|too long/],
  ['a granularity of zero', smallBlocks([47, 47.01], [[17, 0]]), /states a granularity of 0 nanodegrees/],
  [
    'a granularity of ten metres by mistake',
    smallBlocks([47, 47.01], [[17, 100_000_000]]),
    /states a granularity of 100000000/,
  ],
  [
    'a negative granularity',
    smallBlocks([47, 47.01], [[17, 2 ** 64 - 2 ** 12]]),
    /states a granularity of -4096/,
  ],
  ['a granularity beyond all numbers', smallBlocks([47, 47.01], [[17, 2 ** 62]]), /states a granularity of/],
  ['dates of a granularity of zero', smallBlocks([47, 47.01], [[18, 0]]), /granularity of dates of 0/],
  ['an offset beyond the globe', smallBlocks([47, 47.01], [[19, 2 ** 50]]), /states an offset of/],
  ['a way without id', ofWay(KEY, VALUE, REFS), /a way without id/],
  [
    'a value that is missing',
    ofWay([1, 1], KEY, [3, new Uint8Array(0)], REFS),
    /of different lengths|beyond/,
  ],
  [
    'a string that the table lacks',
    ofWay([1, 1], KEY, [3, encodeVarint(77)], REFS),
    /string index beyond the table/,
  ],
  [
    'a key that the table lacks',
    ofWay([1, 1], [2, encodeVarint(0xffffffff)], VALUE, REFS),
    /string index beyond the table/,
  ],
  [
    'references beyond all ids',
    ofWay([1, 1], KEY, VALUE, [8, Buffer.concat([encodeVarint(2 ** 60), encodeVarint(2 ** 60)])]),
    /a number beyond all bounds/,
  ],
  [
    'nodes with fewer latitudes',
    ofGroup(message([2, message([1, column(1, 2)], [8, column(470_000_000)], [9, column(1, 2)])])),
    /of different lengths/,
  ],
  ['a plain node without position', ofGroup(message([1, message([1, 2])])), /a node without position/],
  ['a relation without id', ofGroup(message([4, message(KEY, VALUE)])), /a relation without id/],
  [
    'a blob of more than it states',
    [HEADER, { bytes: ZEROS.subarray(0, 4000), stated: 3000 }],
    /unpacks to more than the 3000 bytes|stated one/,
  ],
  [
    'a blob of less than it states',
    [HEADER, { bytes: ZEROS.subarray(0, 3000), stated: 4000 }],
    /not the stated one/,
  ],
  [
    'a blob that states 4 GB',
    [HEADER, { bytes: ZEROS.subarray(0, 30), stated: 2 ** 32 }],
    /states a size of 4294967296/,
  ],
  [
    'a blob that is no zlib',
    [HEADER, { bytes: ZEROS.subarray(0, 30), packed: Buffer.from('nothing of the kind') }],
    /cannot be inflated/,
  ],
  [
    'a bomb',
    [HEADER, { bytes: ZEROS }],
    /^blob 1 \(OSMData, at byte \d+\) unpacks to more than 50 times its size/,
  ],
  [
    'many small bombs',
    [HEADER, ...Array.from({ length: 20 }, () => ({ bytes: ZEROS.subarray(0, 1 << 20) }))],
    /unpacks to more than 50 times|wire type/,
  ],
  ...(
    [
      [4, 'LZMA'],
      [5, 'bzip2'],
      [6, 'LZ4'],
      [7, 'zstd'],
    ] as const
  ).map(
    ([field, name]) =>
      [
        `a blob packed with ${name}`,
        [HEADER, { bytes: ZEROS.subarray(0, 9), field }],
        new RegExp(`packed with ${name}, which is not read`),
      ] as const,
  ),
  [
    'a blob of an unknown kind',
    [...smallBlocks(), { type: 'OSMDatb', bytes: ZEROS.subarray(0, 9) }],
    /^blob 3 \(at byte \d+\) is of a kind that is not known/,
  ],
];

const WAYS_OF_READING: ReadonlyArray<readonly [string, (path: string) => Promise<unknown>]> = [
  ['as streets', (path) => readOsm(path, new NoticeList())],
  ['as streets of a large file', (path) => readPbfStreets(path, new NoticeList(), { largestTableBytes: 0 })],
  [
    'element by element',
    (path) => forEachOsmElement(path, { node() {}, way() {}, relation() {} }, { notices: new NoticeList() }),
  ],
];

describe.each(WAYS_OF_READING)('a damaged PBF file, %s', (_, read) => {
  it.each(DAMAGED)('is refused with its place: %s', async (name, blobs, says) => {
    const error = await usageErrorOf(() =>
      read(write(`${name.replaceAll(' ', '-')}.osm.pbf`, blobFile(blobs))),
    );
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/at byte \d+/);
    expect(findFrench(error.message), error.message).toBeDefined();
    expect(findFrench(error.fields.remedy ?? ''), error.fields.remedy).toBeDefined();
    expect(error.message).not.toMatch(/NaN|undefined/);
  });
});

describe('the dates of a PBF file', () => {
  it('are not looked for in what is no block', async () => {
    const path = write('dates.osm.pbf', blobFile([HEADER, { bytes: Uint8Array.of(0x12, 0x7f, 1) }]));
    const file = await PbfFile.open(path);
    expect((await usageErrorOf(() => findNewestEdit(file, '2026-01-01'))).message).toMatch(/at byte \d+/);
    await file.close();
  });
});

describe('a blob as large as the format allows', () => {
  it('is read where its data is no bomb', async () => {
    const noise = Uint8Array.from({ length: 2 << 20 }, (_, at) => (at * 2654435761) >>> 24);
    // A field that nobody knows, of bytes that pack badly.
    const [header, nodes, ways] = smallBlocks();
    const long = { bytes: Buffer.concat([nodes!.bytes, message([15, noise])]) };
    expect(deflateSync(long.bytes).length * 50).toBeGreaterThan(long.bytes.length);
    const streets = await readOsm(write('long.osm.pbf', blobFile([header!, long, ways!])), new NoticeList());
    expect(streets.wayCount).toBe(1);
  });
});

describe('nodes that lie beyond the globe', () => {
  const contents = {
    nodes: [
      { id: 1, lon: 5, lat: 47 },
      { id: 2, lon: 5.01, lat: 149 },
      { id: 3, lon: 5.02, lat: 47 },
      { id: 4, lon: 181.5, lat: 47, tags: { barrier: 'gate' } },
      { id: 5, lon: 5.04, lat: 47, tags: { barrier: 'gate' } },
      { id: 6, lon: 5.05, lat: 47 },
    ],
    ways: [{ id: 1, refs: [1, 2, 3, 4, 5, 6], tags: { highway: 'residential' } }],
    relations: [],
  };

  it.each(OSM_FILE_KINDS)('are left out and told, in %s', async (kind) => {
    const path = write(
      `stray.${kind === 'xml' ? 'osm' : kind === 'json' ? 'json' : 'osm.pbf'}`,
      encodeOsm(kind, contents),
    );
    for (const read of [readOsm, kind.startsWith('pbf') ? readMerging : readOsm]) {
      const notices = new NoticeList();
      const streets = await read(path, notices);
      expect(Array.from(streets.idOfNode)).toEqual([1, 3, 5, 6]);
      expect(Array.from(streets.taggedNodes)).toEqual([2]);
      const told = (code: string) => notices.notices.find((notice) => notice.code === code);
      expect(told('osm-node-without-position')).toMatchObject({
        count: 2,
        action: 'left out',
        value: '2: 5.01, 149',
      });
      expect(told('osm-node-missing')).toMatchObject({ count: 2 });
    }
  });

  it('are a fault of the file where they are all', async () => {
    const path = write('all-stray.osm.pbf', blobFile(smallBlocks([147, 149])));
    const error = await usageErrorOf(() => readOsm(path, new NoticeList()));
    expect(error.message).toBe('none of the nodes of its streets has a position on the globe');
  });
});

function readMerging(path: string, notices: NoticeList) {
  return readPbfStreets(path, notices, { largestTableBytes: 0 });
}
