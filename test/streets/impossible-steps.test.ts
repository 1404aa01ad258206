/** Nodes that lie degrees away from those beside them are no nodes of their way. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { NO_INDEX } from '../../src/common/units.ts';
import { OsmStreetsBuilder } from '../../src/read/osm/osm-builder.ts';
import { cutImpossibleSteps } from '../../src/streets/impossible-steps.ts';

/** Positions by letter: a to e in a row 1 km apart, the others astray. */
const POSITIONS: Readonly<Record<string, readonly [number, number]>> = {
  a: [4, 46],
  b: [4.01, 46],
  c: [4.02, 46],
  d: [4.03, 46],
  e: [4.04, 46],
  // Beyond a gap that a road may have, if only just.
  f: [6.4, 46],
  u: [4.02, 86],
  v: [4.02, 6],
  w: [-86, 46],
  x: [44.02, 46],
  y: [44.03, 46],
};

function streetsOf(ways: ReadonlyArray<{ nodes: string; tags?: Record<string, string> }>) {
  const builder = new OsmStreetsBuilder(new NoticeList());
  const letters = [...new Set(ways.flatMap(({ nodes }) => [...nodes]))].sort();
  for (const letter of letters) {
    const [lon, lat] = POSITIONS[letter]!;
    builder.addNode(letter.charCodeAt(0), Math.round(lon * 1e7), Math.round(lat * 1e7), undefined);
  }
  for (const [i, { nodes, tags }] of ways.entries()) {
    builder.addWay(
      i + 1,
      [...nodes].map((letter) => letter.charCodeAt(0)),
      tags ?? { highway: 'residential' },
    );
  }
  return builder.build();
}

function cut(ways: ReadonlyArray<{ nodes: string; tags?: Record<string, string> }>) {
  const notices = new NoticeList();
  const osm = cutImpossibleSteps(streetsOf(ways), notices);
  const left = ways.map((_, way) => {
    const refs = osm.nodeOfRef.subarray(osm.firstRefOfWay[way]!, osm.firstRefOfWay[way + 1]!);
    return Array.from(refs, (node) =>
      node === NO_INDEX ? '.' : String.fromCharCode(osm.idOfNode[node]!),
    ).join('');
  });
  return { osm, left, notices: notices.notices };
}

describe('a node astray', () => {
  it.each([
    ['nowhere', 'abcde', 'abcde'],
    ['north, in the middle', 'abude', 'ab.de'],
    ['south, in the middle', 'abvde', 'ab.de'],
    ['west, in the middle', 'abwde', 'ab.de'],
    ['first', 'xbcde', '.bcde'],
    ['last', 'abcdx', 'abcd.'],
    ['both ends of a ring', 'xbcdx', '.bcd.'],
    ['twice, apart', 'axcyefed', 'a.c.efed'],
    ['one of two', 'ax', 'a.'],
    ['two in a row', 'abxyde', 'ab..de'],
    ['not, 182 km off', 'abf', 'abf'],
  ])('%s', (_, nodes, expected) => {
    const { left, notices } = cut([{ nodes }]);
    expect(left).toEqual([expected]);
    expect(notices.map(({ code, id }) => [code, id])).toEqual(
      nodes === expected ? [] : [['osm-step-impossible', 'way 1']],
    );
  });

  it('is told with its way and the longest step', () => {
    const { notices } = cut([{ nodes: 'abcd' }, { nodes: 'axc' }, { nodes: 'bcd' }]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ id: 'way 2', value: '3058 km', severity: 'warning' });
  });

  it('is cut from every way that names it, and no longer widens the bounds', () => {
    const { osm, left, notices } = cut([{ nodes: 'abude' }, { nodes: 'cu' }, { nodes: 'cd' }]);
    expect(left).toEqual(['ab.de', 'c.', 'cd']);
    expect(notices).toHaveLength(2);
    expect(osm.bounds).toEqual([4, 46, 4.04, 46]);
  });

  it('is none on a crossing, where boats go that far', () => {
    const ferry = { route: 'ferry', foot: 'yes' };
    expect(cut([{ nodes: 'af', tags: ferry }]).left).toEqual(['af']);
    expect(cut([{ nodes: 'ax', tags: ferry }]).left).toEqual(['a.']);
    const across = cut([{ nodes: 'ab' }, { nodes: 'fx', tags: ferry }]);
    expect(across.left).toEqual(['ab', 'f.']);
  });
});
