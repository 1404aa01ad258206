/** Shapes of streets: rings, crossings, missing nodes, barriers, private streets, ferries, islands. */
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { drawStreets, NO_DELAYS, parseTags, toStreets } from '../scenes/drawn-streets.ts';
import { secondsBetween } from '../scenes/trip-times.ts';

/** 100 m at 36 km/h. */
const STREET = 10;

describe('shapes of streets', () => {
  const square = `
    a---b
    |   |
    d---c`;

  it.each<[string, Record<string, string>]>([
    ['one way', { abcda: '' }],
    ['two ways', { abc: '', cda: '' }],
    ['two ways that run against each other', { abc: '', adc: '' }],
    ['two ways that begin at the same corner', { cba: '', cda: '' }],
  ])('drives round a ring that meets nothing, drawn as %s', (_, ways) => {
    const streets = drawStreets({ map: square, ways });
    const network = streets.network('car');
    expect(network.edgeCount).toBe(1);
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(2 * STREET);
    expect(secondsBetween(streets, network, 'ab', 'da')).toBe(STREET);
    expect(secondsBetween(streets, network, 'da', 'ab')).toBe(STREET);
  });

  it('drives the long way round a one-way ring', () => {
    const streets = drawStreets({ map: square, ways: { abcda: 'oneway=yes' } });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'ab', 'da')).toBe(3 * STREET);
    expect(secondsBetween(streets, network, 'da', 'ab')).toBe(STREET);
  });

  it('crosses a figure eight at its middle', () => {
    const streets = drawStreets({
      map: `
        c---b
        |   |
        d---a---g
            |   |
            e---f`,
      ways: { abcdaefga: '' },
    });
    const network = streets.network('car');
    expect(network.edgeCount).toBe(2);
    expect(secondsBetween(streets, network, 'bc', 'ef')).toBe(3 * STREET);
    expect(secondsBetween(streets, network, 'cd', 'fg')).toBe(3 * STREET);
  });

  it('goes straight on where a way crosses itself', () => {
    const streets = drawStreets({
      map: `
            a
            |
        f---b---e
            |   |
            c---d`,
      ways: { abcdebf: 'oneway=yes' },
    });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'ab', 'bf')).toBe(STREET);
    expect(secondsBetween(streets, network, 'ab', 'eb')).toBe(4 * STREET);
  });

  it('turns round at the end of a way that comes back on itself', () => {
    //   a---b---c   drawn a b c b: the piece from b to c lies there twice
    const streets = drawStreets({ map: 'a---b---c', ways: { abcb: '' } });
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bc')).toBe(STREET);
  });

  it('passes nodes that stand twice at one place, joined or not', () => {
    const map = `
        a---b---c`;
    const joined = drawStreets({ map, twins: { x: 'b' }, ways: { ab: '', bx: '', xc: '' } });
    const apart = drawStreets({ map, twins: { x: 'b' }, ways: { ab: '', xc: '' } });
    expect(secondsBetween(joined, joined.network('car'), 'ab', 'bc')).toBe(STREET);
    expect(secondsBetween(apart, apart.network('car'), 'ab', 'bc')).toBeUndefined();
  });

  it('counts a repeated reference once', () => {
    const streets = drawStreets({ map: 'a---b---c', ways: { abbc: '' } });
    const network = streets.network('car');
    expect(network.edgeCount).toBe(1);
    expect(secondsBetween(streets, network, 'ab', 'bc')).toBe(STREET);
  });

  it('cuts a way where the file lacks a node, and says so', () => {
    const streets = drawStreets({ map: 'a---b---c---d---e', ways: { abcde: '' }, missing: 'c' });
    const network = streets.network('car');
    expect(network.edgeCount).toBe(2);
    expect(secondsBetween(streets, network, 'ab', 'de')).toBeUndefined();
    expect(streets.notices.counts().get('osm-node-missing')).toBe(1);
  });

  it('leaves out a piece of one node between two that are missing', () => {
    const streets = drawStreets({ map: 'a---b---c---d---e---f', ways: { abcdef: '' }, missing: 'ce' });
    expect(streets.network('car').edgeCount).toBe(1);
  });

  it('enters a one-way dead end, and does not come out', () => {
    const streets = drawStreets({ map: 'a---b---c---d', ways: { abc: '', cd: 'oneway=yes' } });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(2 * STREET);
    expect(secondsBetween(streets, network, 'cd', 'ab')).toBeUndefined();
  });

  it('measures a street across the antimeridian the short way', () => {
    const streets = drawStreets({ map: 'a---b', ways: { ab: '' } });
    const [a, b] = streets.contents.nodes;
    const places = [
      { ...a!, lon: 179.999 },
      { ...b!, lon: -179.999 },
    ];
    const { network } = buildStreetNetwork(
      toStreets({ ...streets.contents, nodes: places }),
      'car',
      NO_DELAYS,
    );
    expect(network.lengthOfEdge[0]! / 10).toBeCloseTo(0.002 * METERS_PER_DEGREE, 1);
  });

  it('joins only what is alike: an edge ends where limit, class, direction or access change', () => {
    const edges = (tags: string) =>
      drawStreets({ map: 'a---b---c', ways: { ab: '', bc: tags } }).network('car').edgeCount;
    expect(edges('')).toBe(1);
    expect(edges('name=Other lit=yes')).toBe(1);
    for (const tags of ['maxspeed=30', 'highway=primary', 'oneway=yes', 'access=private'])
      expect(edges(tags), tags).toBe(2);
  });
});

describe('barriers and private streets', () => {
  //   a---b---c      b: a barrier; the way round by e and f is 400 m longer
  //   |       |
  //   e-------f
  const block = {
    map: `
      a---b---c
      |       |
      e-------f`,
    ways: { abc: '', ae: '', ef: '', fc: '' },
  };

  it.each([
    ['barrier=bollard', 'car', 5 * STREET],
    ['barrier=bollard', 'bike', STREET],
    ['barrier=gate', 'car', STREET],
    ['barrier=gate access=private', 'car', 5 * STREET],
    ['barrier=gate access=no', 'car', 5 * STREET],
    ['barrier=gate access=private bicycle=yes', 'bike', STREET],
  ] as const)('%s: a %s between public streets takes %d s', (tags, mode, seconds) => {
    const streets = drawStreets({ ...block, nodes: { b: tags } });
    expect(secondsBetween(streets, streets.network(mode), 'ab', 'bc')).toBe(seconds);
  });

  it('opens a private gate to those who live behind it', () => {
    //   x
    //   |
    //   a---b---c   b: a private gate, c: a dead end
    //   |
    //   y
    const streets = drawStreets({
      map: `
        x
        |
        a---b---c
        |
        y`,
      ways: { xay: '', abc: '' },
      nodes: { b: 'barrier=gate access=private' },
    });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'bc', 'ax')).toBe(2 * STREET);
    expect(secondsBetween(streets, network, 'ax', 'bc')).toBe(2 * STREET);
  });

  it('parts all arms of a junction that is blocked', () => {
    const streets = drawStreets({
      map: `
        a---b---c
            |
            d`,
      ways: { abc: '', bd: '' },
      nodes: { b: 'barrier=block' },
    });
    const network = streets.network('car');
    for (const [from, to] of [
      ['ab', 'bc'],
      ['ab', 'bd'],
      ['bd', 'bc'],
    ] as const)
      expect(secondsBetween(streets, network, from, to)).toBeUndefined();
  });

  //   a---b---c---d---g---h   bc and dg private: cd is a public pocket behind them
  //   |                   |
  //   e-------------------f---x
  const pocket = drawStreets({
    map: `
      a---b---c---d---g---h
      |                   |
      e-------------------f---x`,
    ways: { ab: '', bc: 'access=private', cd: '', dg: 'access=private', gh: '', aefh: '', fx: '' },
  });

  it.each([
    ['ab', 'gh', 8 * STREET],
    ['gh', 'ab', 8 * STREET],
    ['ab', 'cd', 2 * STREET],
    ['cd', 'ab', 2 * STREET],
    ['cd', 'gh', 2 * STREET],
    ['bc', 'dg', 2 * STREET],
    ['bc', 'cd', STREET],
  ])('uses private streets at the ends of a trip only: %s to %s', (from, to, seconds) => {
    expect(secondsBetween(pocket, pocket.network('car'), from, to)).toBe(seconds);
  });

  it('reaches a home on a private link from the side where a turn restriction begins', () => {
    //       b---c    db is private and joins two public streets; whoever comes over ad must not go straight on
    //       |   |    to df, but may turn into db to end there
    //   a---d---f
    const streets = drawStreets({
      map: `
            b---c
            |   |
        a---d---f`,
      ways: { ad: '', df: '', fc: '', cb: '', bd: 'access=private' },
      restrictions: ['restriction=no_straight_on from=ad via=d to=df'],
    });
    expect(secondsBetween(streets, streets.network('car'), 'ad', 'bd')).toBe(STREET);
  });
});

describe('ferries', () => {
  //   a---b~~~~~~~c---d   200 m of water
  const crossing = (ferry: string) =>
    drawStreets({ map: 'a---b-------c---d', ways: { ab: '', bc: `route=ferry ${ferry}`, cd: '' } });

  it('take their tagged duration', () => {
    const streets = crossing('duration=00:20');
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'cd')).toBe(STREET + 20 * 60);
  });

  it('without a duration go at the table’s speed', () => {
    const streets = crossing('');
    const network = streets.network('car', { ...NO_DELAYS, ferryKph: 18 });
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(STREET + 200 / (18 / 3.6));
  });

  it.each([10, 200])('cost a wait of %d minutes once in each direction', (ferryWaitMinutes) => {
    const streets = crossing('duration=00:20');
    const network = streets.network('walk', { ...NO_DELAYS, ferryWaitMinutes });
    const expected = 2 * STREET + (20 + ferryWaitMinutes) * 60;
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(expected);
    expect(secondsBetween(streets, network, 'cd', 'ab')).toBe(expected);
  });

  it('cost one wait where two crossings meet at sea', () => {
    const streets = drawStreets({
      map: 'a---b---m---c---d',
      ways: { ab: '', bm: 'route=ferry duration=00:10', mc: 'route=ferry duration=00:15', cd: '' },
    });
    const network = streets.network('car', { ...NO_DELAYS, ferryWaitMinutes: 5 });
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(STREET + (10 + 15 + 5) * 60);
  });

  it('carry whom their tags let aboard', () => {
    const streets = crossing('foot=yes motor_vehicle=no');
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'cd')).toBeUndefined();
    expect(secondsBetween(streets, streets.network('walk'), 'ab', 'cd')).toBeDefined();
  });

  it('take no homes: a point beside the route is linked to the quay', () => {
    const streets = crossing('duration=00:20');
    const network = streets.network('car');
    const walkSeconds = 100 / (4 / 3.6);
    expect(secondsBetween(streets, network, 'bc', 'ab')).toBe(
      Math.round(10 * (walkSeconds + STREET / 2)) / 10,
    );
  });
});

describe('parseTags', () => {
  it('keeps values that hold an equals sign', () => {
    expect(parseTags('a=b=c  d=e')).toEqual({ a: 'b=c', d: 'e' });
  });
});
