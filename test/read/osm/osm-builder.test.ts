import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../../src/common/notices.ts';
import { NO_INDEX } from '../../../src/common/units.ts';
import { mergeOsmStreets } from '../../../src/read/osm/merge-streets.ts';
import { OsmStreetsBuilder } from '../../../src/read/osm/osm-builder.ts';
import type { OsmStreets } from '../../../src/read/osm/osm-data.ts';
import { isStreetWay } from '../../../src/read/osm/street-filter.ts';
import { expectSameStreets } from './street-arrays.ts';

const ROAD = { highway: 'residential' };

function build(fill: (builder: OsmStreetsBuilder) => void): { streets: OsmStreets; notices: NoticeList } {
  const notices = new NoticeList();
  const builder = new OsmStreetsBuilder(notices, 'x.osm');
  fill(builder);
  return { streets: builder.build(), notices };
}

/** The ids that a way refers to, undefined where the node is missing. */
function refsOfWay(streets: OsmStreets, way: number): Array<number | undefined> {
  const nodes = streets.nodeOfRef.slice(streets.firstRefOfWay[way], streets.firstRefOfWay[way + 1]);
  return Array.from(nodes, (node) => (node === NO_INDEX ? undefined : streets.idOfNode[node]));
}

describe('isStreetWay', () => {
  it.each([
    [{ highway: 'residential' }, true],
    [{ highway: 'proposed' }, true],
    [{ highway: 'pedestrian', area: 'yes' }, true],
    [{ route: 'ferry' }, true],
    [{ route: 'shuttle_train' }, true],
    [{ railway: 'rail' }, false],
    [{ railway: 'rail', motor_vehicle: 'no' }, false],
    [{ railway: 'rail', motor_vehicle: 'yes' }, true],
    [{ railway: 'rail', service: 'car_shuttle' }, true],
    [{ railway: 'tram', motor_vehicle: 'yes' }, false],
    [{ route: 'train' }, false],
    [{ route: 'train', motorcar: 'yes' }, true],
    [{ route: 'bus' }, false],
    [{ public_transport: 'platform' }, true],
    [{ public_transport: 'station' }, false],
    [{ railway: 'platform' }, true],
    [{ railway: 'rail' }, false],
    [{ man_made: 'pier' }, true],
    [{ building: 'yes' }, false],
    [{}, false],
  ] as Array<[Record<string, string>, boolean]>)('%j -> %s', (tags, expected) => {
    expect(isStreetWay((key) => tags[key])).toBe(expected);
  });
});

describe('OsmStreetsBuilder', () => {
  it('keeps the nodes of streets only, by ascending id, in whatever order elements come', () => {
    const { streets } = build((builder) => {
      builder.addWay(20, [3, 1], ROAD);
      builder.addNode(9, 90, 91, undefined);
      builder.addNode(3, 30, 31, undefined);
      builder.addWay(21, [9, 1], { building: 'yes' });
      builder.addNode(1, 10, 11, undefined);
      builder.addWay(10, [1, 2], ROAD);
      builder.addNode(2, 20, 21, undefined);
    });
    expect([...streets.idOfNode]).toEqual([1, 2, 3]);
    expect([...streets.lonOfNode]).toEqual([10, 20, 30]);
    expect([...streets.latOfNode]).toEqual([11, 21, 31]);
    expect([...streets.idOfWay]).toEqual([10, 20]);
    expect(refsOfWay(streets, 0)).toEqual([1, 2]);
    expect(refsOfWay(streets, 1)).toEqual([3, 1]);
    expect(streets.bounds).toEqual([10e-7, 11e-7, 30e-7, 31e-7]);
  });

  it('numbers tag sets by first use over ascending ways, then tagged nodes, whatever the order of keys', () => {
    const { streets } = build((builder) => {
      builder.addNode(2, 0, 0, { name: 'x', highway: 'traffic_signals' });
      builder.addNode(1, 0, 0, { barrier: 'gate', access: 'no' });
      builder.addNode(3, 0, 0, { name: 'only a name' });
      builder.addNode(4, 0, 0, { barrier: 'bollard' });
      builder.addWay(7, [1, 2, 3], { oneway: 'yes', name: 'Rue', highway: 'service' });
      builder.addWay(6, [1, 2], ROAD);
      builder.addWay(5, [3, 2], { highway: 'service', oneway: 'yes' });
    });
    expect(streets.tagSets).toEqual([
      { highway: 'service', oneway: 'yes' },
      ROAD,
      { access: 'no', barrier: 'gate' },
      { highway: 'traffic_signals' },
    ]);
    expect(Object.keys(streets.tagSets[2]!)).toEqual(['access', 'barrier']);
    expect([...streets.tagSetOfWay]).toEqual([0, 1, 0]);
    expect([...streets.taggedNodes]).toEqual([0, 1]);
    expect([...streets.tagSetOfTaggedNode]).toEqual([2, 3]);
  });

  it('lets the last of several elements with one id win, and counts them in one notice', () => {
    const { streets, notices } = build((builder) => {
      builder.addNode(1, 5, 5, { barrier: 'gate' });
      builder.addNode(2, 6, 6, undefined);
      builder.addNode(1, 7, 7, undefined);
      builder.addWay(3, [1, 2], { highway: 'track' });
      builder.addWay(3, [2, 1], ROAD);
      builder.addRelation(8, { type: 'restriction', restriction: 'no_u_turn' }, []);
      builder.addRelation(8, { type: 'restriction', restriction: 'no_left_turn' }, []);
    });
    expect(streets.lonOfNode[0]).toBe(7);
    expect(streets.taggedNodes).toHaveLength(0);
    expect(streets.wayCount).toBe(1);
    expect(refsOfWay(streets, 0)).toEqual([2, 1]);
    expect(streets.tagSets).toEqual([ROAD]);
    expect(streets.restrictions.map(({ tags }) => tags.restriction)).toEqual(['no_left_turn']);
    expect(
      notices.notices.filter(({ code }) => code === 'osm-duplicate-id').map(({ value }) => value),
    ).toEqual(['3']);
  });

  it('collapses repeated references and leaves out ways of fewer than two', () => {
    const { streets, notices } = build((builder) => {
      for (const id of [1, 2, 3]) builder.addNode(id, id, id, undefined);
      builder.addWay(1, [1, 1, 2, 2, 2, 3, 1], ROAD);
      builder.addWay(2, [2, 2], ROAD);
      builder.addWay(3, [], ROAD);
    });
    expect(streets.wayCount).toBe(1);
    expect(refsOfWay(streets, 0)).toEqual([1, 2, 3, 1]);
    expect(notices.counts().get('osm-short-way')).toBe(1);
    expect(notices.notices[0]!.value).toBe('2');
  });

  it('marks references whose node is missing, and says how many', () => {
    const { streets, notices } = build((builder) => {
      builder.addNode(2, 0, 0, undefined);
      builder.addWay(1, [1, 2, 3], ROAD);
    });
    expect(refsOfWay(streets, 0)).toEqual([undefined, 2, undefined]);
    expect(notices.notices.find(({ code }) => code === 'osm-node-missing')?.value).toBe('2');
  });

  it('keeps restrictions of every kind with all their tags and members, by ascending id', () => {
    const members = [{ type: 'w' as const, id: 1, role: 'from' }];
    const { streets } = build((builder) => {
      builder.addRelation(
        5,
        { type: 'restriction:hgv', 'restriction:hgv': 'no_left_turn', day_on: 'Mo' },
        members,
      );
      builder.addRelation(
        4,
        { type: 'restriction', restriction: 'only_straight_on', except: 'bicycle' },
        members,
      );
      builder.addRelation(3, { type: 'multipolygon' }, members);
    });
    expect(streets.restrictions.map(({ relationId }) => relationId)).toEqual([4, 5]);
    expect(streets.restrictions[0]!.tags).toEqual({
      type: 'restriction',
      restriction: 'only_straight_on',
      except: 'bicycle',
    });
    expect(streets.restrictions[1]!.members).toEqual(members);
  });
});

describe('mergeOsmStreets', () => {
  const nodes = (builder: OsmStreetsBuilder, ids: number[]) => {
    for (const id of ids)
      builder.addNode(id, 10 * id, 10 * id + 1, id % 2 === 0 ? { barrier: `b${id}` } : undefined);
  };
  const cutHere = { type: 'restriction', restriction: 'no_u_turn' };

  it('gives what one file with all of the elements gives', () => {
    const west = build((builder) => {
      nodes(builder, [1, 2, 3, 4]);
      builder.addWay(10, [1, 2], ROAD);
      builder.addWay(30, [2, 3, 4, 5, 6], { highway: 'primary' }); // cut at the border: 5 and 6 are missing
      builder.addRelation(7, cutHere, []);
    }).streets;
    const east = build((builder) => {
      nodes(builder, [4, 5, 6, 7]);
      builder.addWay(20, [6, 7], { highway: 'service' });
      builder.addWay(30, [2, 3, 4, 5, 6], { highway: 'primary' }); // 2 and 3 are missing
      builder.addRelation(7, cutHere, []);
      builder.addRelation(6, cutHere, []);
    }).streets;
    const whole = build((builder) => {
      nodes(builder, [1, 2, 3, 4, 5, 6, 7]);
      builder.addWay(10, [1, 2], ROAD);
      builder.addWay(20, [6, 7], { highway: 'service' });
      builder.addWay(30, [2, 3, 4, 5, 6], { highway: 'primary' });
      builder.addRelation(6, cutHere, []);
      builder.addRelation(7, cutHere, []);
    }).streets;
    expectSameStreets(mergeOsmStreets([west, east]), whole);
    expectSameStreets(mergeOsmStreets([east, west]), whole);
    expectSameStreets(mergeOsmStreets([whole, whole]), whole);
  });

  it('keeps references that no file knows as missing', () => {
    const part = build((builder) => {
      nodes(builder, [1, 2]);
      builder.addWay(10, [1, 2, 8, 9], ROAD);
    }).streets;
    expectSameStreets(mergeOsmStreets([part, part]), part);
  });

  it('takes the version of a way with the fewest missing nodes, and drops nodes that only the other had', () => {
    const older = build((builder) => {
      nodes(builder, [1, 2, 3]);
      builder.addWay(10, [1, 3, 2, 9], ROAD);
    }).streets;
    const newer = build((builder) => {
      nodes(builder, [1, 2]);
      builder.addWay(10, [1, 2], ROAD);
    }).streets;
    expectSameStreets(mergeOsmStreets([newer, older]), newer);
  });
});
