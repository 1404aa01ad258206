/** Durations of ferries and car trains that stand on the relation of their route, in every format of roads. */
import { describe, expect, it } from 'vitest';
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { useTempFiles } from '../read/temp-files.ts';
import { drawStreets, NO_DELAYS, parseTags, toStreets } from '../scenes/drawn-streets.ts';
import { secondsBetween } from '../scenes/trip-times.ts';
import { DEFAULT_SPEEDS } from './speed-defaults.ts';

/** 100 m at 36 km/h. */
const STREET = 10;
const writeTemp = useTempFiles();

//   a---b~~~m~~~~~~~c---d   100 m and 200 m of water: ways bm and mc
function crossing(routes: readonly string[], ferry = { bm: '', mc: '' }) {
  const streets = drawStreets({
    map: 'a---b---m-------c---d',
    ways: { ab: '', bm: `route=ferry ${ferry.bm}`, mc: `route=ferry ${ferry.mc}`, cd: '' },
  });
  const relations = routes.map((text, i) => {
    const { ways, ...tags } = parseTags(text);
    const members = ways!.split(',').map((name) => {
      const [letters, role = ''] = name.split(':');
      const ref = letters === 'gone' ? 7777 : streets.idOfWay(letters!);
      return { type: 'way' as const, ref, role };
    });
    return { id: 1 + i, tags: { type: 'route', ...tags }, members };
  });
  const contents: OsmContents = { ...streets.contents, relations };
  const { network, notices } = buildStreetNetwork(toStreets(contents), 'car', NO_DELAYS);
  return {
    notices: notices.map(({ code, id }) => `${code} ${id}`),
    seconds: (from: string, to: string) => secondsBetween(streets, network, from, to),
  };
}

/** At the speed of the table. */
const FREE_BM = STREET;

describe('the duration on the relation of a route', () => {
  it.each<[routes: string[], ferry: { bm: string; mc: string }, bm: number, mc: number]>([
    // Shared out by length: a third and two thirds.
    [['route=ferry duration=00:30 ways=bm,mc'], { bm: '', mc: '' }, 600, 1200],
    [['route=ferry duration=PT30M ways=mc,bm'], { bm: '', mc: '' }, 600, 1200],
    [['route=ferry duration=30 ways=bm,mc'], { bm: '', mc: '' }, 600, 1200],
    [['route=ferry duration=00:30:30 ways=bm,mc'], { bm: '', mc: '' }, 610, 1220],
    // For one of them only.
    [['route=ferry duration=00:30 ways=mc'], { bm: '', mc: '' }, FREE_BM, 1800],
    // What a way says itself goes first, and the others share the rest.
    [['route=ferry duration=00:30 ways=bm,mc'], { bm: 'duration=00:05', mc: '' }, 300, 1500],
    [['route=ferry duration=00:30 ways=bm,mc'], { bm: 'duration=00:05', mc: 'duration=00:06' }, 300, 360],
    [['route=ferry duration=00:30 ways=bm,mc'], { bm: 'duration=00:40', mc: '' }, 2400, 1200],
    // Of two lines the faster.
    [
      ['route=ferry duration=00:30 ways=bm,mc', 'route=ferry duration=00:15 ways=bm,mc'],
      { bm: '', mc: '' },
      300,
      600,
    ],
    // Quays and streets on the relation are no part of the crossing.
    [['route=ferry duration=00:30 ways=ab,bm,mc,gone:platform'], { bm: '', mc: '' }, 600, 1200],
    // Unreadable, or of another kind of route.
    [['route=ferry duration=long ways=bm,mc'], { bm: '', mc: '' }, FREE_BM, 2 * STREET],
    [['route=bus duration=00:30 ways=bm,mc'], { bm: '', mc: '' }, FREE_BM, 2 * STREET],
  ])('%j with %j on the ways', (routes, ferry, bm, mc) => {
    const { seconds, notices } = crossing(routes, ferry);
    expect(seconds('ab', 'cd')).toBe(STREET + bm + mc);
    expect(seconds('cd', 'ab')).toBe(STREET + bm + mc);
    expect(notices).toEqual([]);
  });

  it('is that of each direction where the boat sails another way back', () => {
    // There over mc, back over cm: each takes the half hour that is left after bm.
    const streets = drawStreets({
      map: 'a---b---m-------c---d',
      ways: {
        ab: '',
        mc: 'route=ferry oneway=yes',
        cm: 'route=ferry oneway=yes',
        bm: 'route=ferry',
        cd: '',
      },
    });
    const member = (letters: string, role: string) => ({
      type: 'way' as const,
      ref: streets.idOfWay(letters),
      role,
    });
    const members = [member('bm', ''), member('mc', 'forward'), member('cm', 'backward')];
    const relations = [{ id: 1, tags: { type: 'route', route: 'ferry', duration: '00:45' }, members }];
    const { network } = buildStreetNetwork(toStreets({ ...streets.contents, relations }), 'car', NO_DELAYS);
    expect(secondsBetween(streets, network, 'ab', 'cd')).toBe(STREET + 45 * 60);
    expect(secondsBetween(streets, network, 'cd', 'ab')).toBe(STREET + 45 * 60);
  });

  it('is left alone, with a notice, where the file lacks a way of the route', () => {
    const { seconds, notices } = crossing(['route=ferry duration=00:30 ways=bm,mc,gone']);
    expect(seconds('ab', 'cd')).toBe(STREET + FREE_BM + 2 * STREET);
    expect(notices).toEqual(['crossing-incomplete relation 1']);
  });
});

//   1---2~~~~~~~~~~3~~~~~~~~~~4---5     10 m, 1 km, 1 km, 10 m on 46° N
describe('read from every format', () => {
  const degrees = (meters: number) => meters / METERS_PER_DEGREE / Math.cos((46 * Math.PI) / 180);
  const contents: OsmContents = {
    nodes: [0, 10, 1010, 2010, 2020].map((x, i) => ({ id: 1 + i, lon: 4 + degrees(x), lat: 46 })),
    ways: [
      { id: 1, refs: [1, 2], tags: { highway: 'residential', maxspeed: '36' } },
      { id: 2, refs: [2, 3, 4], tags: { route: 'ferry', motor_vehicle: 'yes' } },
      { id: 3, refs: [4, 5], tags: { highway: 'residential', maxspeed: '36' } },
    ],
    relations: [
      {
        id: 7,
        tags: { duration: '00:30', route: 'ferry', type: 'route' },
        members: [{ type: 'way', ref: 2, role: '' }],
      },
    ],
  };
  const json = {
    elements: [
      ...contents.nodes.map((node) => ({ type: 'node', ...node })),
      ...contents.ways.map(({ refs, ...way }) => ({ type: 'way', ...way, nodes: refs })),
      ...contents.relations.map((relation) => ({ type: 'relation', ...relation })),
    ],
  };

  it.each([
    ['roads.osm', encodeOsmXml(contents)],
    ['roads.osm.pbf', encodePbf(contents)],
    ['roads.json', JSON.stringify(json)],
  ])('%s: half an hour on the boat and twice 10 m', async (name, content) => {
    const osm = await readOsm(writeTemp(name, content), new NoticeList());
    const { network } = buildStreetNetwork(osm, 'car', DEFAULT_SPEEDS);
    const places = [contents.nodes[0]!, contents.nodes[4]!] as const;
    const drawn = { placeAt: (letter: string) => places[letter === 'a' ? 0 : 1] };
    const kph = 36 * DEFAULT_SPEEDS.shareOfLimit.residential!;
    const seconds = secondsBetween(drawn, network, 'a', 'b');
    expect(seconds).toBeCloseTo(1800 + 2 * (10 / (kph / 3.6)), 0);
  });
});

describe('a train that carries cars', () => {
  //   a---b=======c---d   200 m of rails
  it.each<[tags: string, seconds: number | undefined]>([
    ['railway=rail motor_vehicle=yes', 20],
    ['railway=rail motorcar=yes duration=00:35', 35 * 60],
    ['railway=rail service=car_shuttle duration=00:35', 35 * 60],
    ['railway=rail route=shuttle_train duration=00:35', 35 * 60],
    ['route=train motor_vehicle=yes duration=PT35M', 35 * 60],
    ['route=train motorcar=designated duration=35', 35 * 60],
    ['railway=rail', undefined],
    ['railway=rail motor_vehicle=no', undefined],
    ['route=train', undefined],
    ['railway=subway motor_vehicle=yes', undefined],
  ])('%s', (tags, seconds) => {
    const streets = drawStreets({ map: 'a---b-------c---d', ways: { ab: '', bc: tags, cd: '' } });
    const time = secondsBetween(streets, streets.network('car'), 'ab', 'cd');
    expect(time).toBe(seconds === undefined ? undefined : STREET + seconds);
  });
});
