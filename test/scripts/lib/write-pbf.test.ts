/**
 * The PBF writer against an independent reader (npm osm-pbf-parser-node): what is written is what is read,
 * whatever the options.
 */
import { OSMTransform, parse } from 'osm-pbf-parser-node';
import { describe, expect, it } from 'vitest';
import type { OsmContents } from '../../../scripts/lib/osm-elements.ts';
import { encodePbf, type PbfOptions, PbfWriter } from '../../../scripts/lib/write-pbf.ts';

/** Coordinates in whole 1e-7 degrees, negative ones and ids beyond 32 bits included. */
const CONTENTS: OsmContents = {
  nodes: [
    {
      id: 12_000_000_003,
      lon: -61.5523712,
      lat: -16.0000001,
      tags: { highway: 'crossing', note: 'é & <œ>' },
    },
    { id: 1, lon: 3.5, lat: 46.6 },
    { id: 7, lon: 3.5000001, lat: 46.5999999, tags: { barrier: 'bollard' } },
  ],
  ways: [
    { id: 9_007_199_254, refs: [1, 7, 12_000_000_003], tags: { highway: 'residential', oneway: 'yes' } },
    { id: 4, refs: [7, 1, 7] },
  ],
  relations: [
    {
      id: 5,
      members: [
        { type: 'way', ref: 9_007_199_254, role: 'from' },
        { type: 'node', ref: 7, role: 'via' },
        { type: 'way', ref: 4, role: 'to' },
        { type: 'relation', ref: 5, role: '' },
      ],
      tags: { type: 'restriction', restriction: 'no_u_turn' },
    },
  ],
};

interface ParsedElement {
  type: string;
  id: number;
  lon?: number;
  lat?: number;
  refs?: number[];
  members?: unknown[];
  tags?: Record<string, string>;
  info?: { version: number; timestamp: number };
}

/** All that the independent reader gives, the header first. */
async function readItems(file: Buffer): Promise<unknown[]> {
  const transform = new OSMTransform({ withTags: true, withInfo: true });
  transform.end(file);
  const items: unknown[] = [];
  for await (const batch of transform) items.push(...(batch as unknown[]));
  return items;
}

async function readElements(file: Buffer): Promise<ParsedElement[]> {
  return (await readItems(file)).slice(1) as ParsedElement[];
}

/** The block inside a file's blob frame whose payload is stored, not deflated. */
function rawPayload(frame: Uint8Array): Buffer {
  let at = 4 + new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  expect(frame[at++]).toBe(0x0a);
  while ((frame[at++] & 0x80) !== 0);
  return Buffer.from(frame.subarray(at));
}

function withoutInfo({ info: _info, ...element }: ParsedElement): ParsedElement {
  return element;
}

/** The contents in file order as the independent reader should give them. */
function expectedElements(): ParsedElement[] {
  const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
  return [
    ...[...CONTENTS.nodes].sort(byId).map((node) => ({ type: 'node', ...node })),
    ...[...CONTENTS.ways].sort(byId).map((way) => ({ type: 'way', ...way, refs: [...way.refs] })),
    ...CONTENTS.relations.map((relation) => ({
      type: 'relation',
      ...relation,
      members: [...relation.members],
    })),
  ];
}

describe('encodePbf', () => {
  const variants: Array<[string, PbfOptions]> = [
    ['with the defaults', {}],
    ['with one element in a block', { elementsPerBlock: 1 }],
    ['with the best compression', { compression: 9 }],
    ["on a finer grid than OSM's", { granularity: 50 }],
    ['with one message per node', { denseNodes: false }],
    ['with metadata', { metadata: true, timestampSeconds: 1_700_000_000 }],
  ];

  it.each(variants)('gives an independent reader every element %s', async (_name, options) => {
    expect((await readElements(encodePbf(CONTENTS, options))).map(withoutInfo)).toEqual(expectedElements());
  });

  it('writes metadata on every element when asked, and on none otherwise', async () => {
    const stamped = await readElements(
      encodePbf(CONTENTS, { metadata: true, timestampSeconds: 1_700_000_000 }),
    );
    for (const { info } of stamped) expect(info).toMatchObject({ version: 1, timestamp: 1_700_000_000_000 });
    const plain = await readElements(encodePbf(CONTENTS));
    expect(plain.map(({ info }) => info).filter((info) => info !== undefined)).toEqual([]);
  });

  it('stores blobs as they are when told not to compress', () => {
    const frames: Uint8Array[] = [];
    const writer = new PbfWriter((bytes) => frames.push(bytes), { compression: 'raw' });
    for (const way of CONTENTS.ways) writer.way(way);
    writer.finish();
    const elements = parse(rawPayload(frames[1]), {}) as ParsedElement[];
    expect(elements).toEqual(CONTENTS.ways.map((way) => ({ type: 'way', ...way })));
  });

  it('keeps the order of the contents when it must not sort', async () => {
    const ids = (await readElements(encodePbf(CONTENTS, { sorted: false }))).map(({ id }) => id);
    const given = [...CONTENTS.nodes, ...CONTENTS.ways, ...CONTENTS.relations].map(({ id }) => id);
    expect(ids).toEqual(given);
  });

  it('gives the same bytes for the same contents, in whatever order they come', () => {
    const reversed: OsmContents = {
      nodes: [...CONTENTS.nodes].reverse(),
      ways: [...CONTENTS.ways].reverse(),
      relations: CONTENTS.relations,
    };
    expect(encodePbf(reversed).equals(encodePbf(CONTENTS))).toBe(true);
  });

  it('puts the bounds of the nodes and the required features in the header', async () => {
    const [header] = (await readItems(encodePbf(CONTENTS, { generator: 'a scene' }))) as Array<
      Record<string, unknown>
    >;
    expect(header.bbox).toEqual({
      left: Math.round(-61.5523712 * 1e9),
      right: Math.round(3.5000001 * 1e9),
      top: Math.round(46.6 * 1e9),
      bottom: Math.round(-16.0000001 * 1e9),
    });
    expect(header.required_features).toEqual(['OsmSchema-V0.6', 'DenseNodes']);
    expect(header.writingprogram).toBe('a scene');
  });
});

describe('PbfWriter', () => {
  it('hands over a block as soon as it is full, so that memory stays bounded', () => {
    const sizes: number[] = [];
    const writer = new PbfWriter((bytes) => sizes.push(bytes.length), { elementsPerBlock: 10 });
    for (let id = 1; id <= 25; id++) writer.node({ id, lon: id / 100, lat: 46 });
    // The header and two full blocks; the third waits for `finish`.
    expect(sizes.length).toBe(3);
    writer.way({ id: 1, refs: [1, 2] });
    expect(sizes.length).toBe(4);
    writer.finish();
    expect(sizes.length).toBe(5);
  });
});
