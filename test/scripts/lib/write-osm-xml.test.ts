/** The XML writer against a SAX parser: text survives escaping, elements come sorted. */
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../../scripts/lib/write-osm-xml.ts';

const NOTE = 'a "quoted" <note> & an é\nin two lines';

describe('encodeOsmXml', () => {
  const text = encodeOsmXml({
    nodes: [
      { id: 2, lon: 3.5, lat: 46.6000001, tags: { note: NOTE } },
      { id: 1, lon: -1.25, lat: 46 },
    ],
    ways: [{ id: 3, refs: [2, 1, 2], tags: { highway: 'path' } }],
    relations: [{ id: 4, members: [{ type: 'way', ref: 3, role: 'outer' }], tags: { type: 'multipolygon' } }],
  });
  const opened: Array<{ name: string; attributes: Record<string, string> }> = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => opened.push({ name, attributes }));
  parser.write(text).close();
  const named = (name: string) => opened.filter((tag) => tag.name === name).map((tag) => tag.attributes);

  it('writes well-formed XML whose text survives', () => {
    expect(named('tag').map(({ k, v }) => [k, v])).toContainEqual(['note', NOTE]);
  });

  it('writes nodes by ascending id with seven decimals', () => {
    expect(named('node')).toEqual([
      { id: '1', lat: '46.0000000', lon: '-1.2500000' },
      { id: '2', lat: '46.6000001', lon: '3.5000000' },
    ]);
  });

  it('keeps the order of references and members', () => {
    expect(named('nd').map(({ ref }) => ref)).toEqual(['2', '1', '2']);
    expect(named('member')).toEqual([{ type: 'way', ref: '3', role: 'outer' }]);
  });

  it('writes the bounds of the nodes', () => {
    expect(named('bounds')).toEqual([
      { minlat: '46.0000000', minlon: '-1.2500000', maxlat: '46.6000001', maxlon: '3.5000000' },
    ]);
  });
});
