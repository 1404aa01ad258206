/**
 * Turning round so as to take a turn that was forbidden: nowhere but at dead ends, wherever the junction lies. Small
 * scenes with their right times; the rule itself, on random networks, is in `naive-twin.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { OsmContents, OsmMemberType } from '../../scripts/lib/osm-elements.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { drawStreets, NO_DELAYS, ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { secondsBetween } from '../scenes/trip-times.ts';
import { SeededRandom } from '../search/seeded-random.ts';

/** 100 m at 36 km/h. */
const STREET = 10;

/** Places by name, metres east and north of a corner; streets at 36 km/h in full. */
function metric(
  places: Record<string, readonly [east: number, north: number]>,
  ways: readonly string[],
  restriction: Record<'from' | 'via' | 'to' | 'restriction', string>,
) {
  const names = Object.keys(places);
  const idOf = (name: string) => 1 + names.indexOf(name);
  const at = (name: string) => ({
    lon: 1 + places[name]![0] / METERS_PER_DEGREE,
    lat: places[name]![1] / METERS_PER_DEGREE,
  });
  const wayOf = (letters: string) => 100 + ways.indexOf(letters);
  const { from, via, to, ...tags } = restriction;
  const member = (type: OsmMemberType, ref: number, role: string) => ({ type, ref, role });
  const contents: OsmContents = {
    nodes: names.map((name) => ({ id: idOf(name), ...at(name) })),
    ways: ways.map((letters) => ({
      id: wayOf(letters),
      refs: [...letters].map(idOf),
      tags: { highway: 'residential' },
    })),
    relations: [
      {
        id: 1,
        tags: { type: 'restriction', ...tags },
        members: [
          member('way', wayOf(from), 'from'),
          via.length === 1 ? member('node', idOf(via), 'via') : member('way', wayOf(via), 'via'),
          member('way', wayOf(to), 'to'),
        ],
      },
    ],
  };
  const { network } = buildStreetNetwork(toStreets(contents), 'car', NO_DELAYS);
  return (a: string, b: string) => secondsBetween({ placeAt: at }, network, a, b);
}

describe('whoever may not turn does not turn round to turn all the same', () => {
  //         g     h
  //         |     |
  //   a --- b --- c --- e      1 km, 60 m, 60 m, 2 880 m; g, h 3 km off; d 1 km south of b
  //         |
  //         d
  const places = {
    a: [0, 0],
    b: [1000, 0],
    c: [1060, 0],
    f: [1120, 0],
    e: [4000, 0],
    d: [1000, -1000],
    g: [1060, 3000],
    h: [1120, 3000],
  } as const;
  const ways = ['ab', 'bc', 'cf', 'fe', 'bd', 'cg', 'fh'];

  it('at the second junction: on to the dead end, and back', () => {
    const seconds = metric(places, ways, { restriction: 'no_right_turn', from: 'ab', via: 'b', to: 'bd' });
    // By f to e and back, 120 + 2 880 m each way; g is 60 + 3 000 m off.
    expect(seconds('a', 'd')).toBe((1000 + 2 * 3000 + 1000) / 10);
    // Nobody else is barred.
    expect(seconds('g', 'd')).toBe((3000 + 60 + 1000) / 10);
    expect(seconds('a', 'g')).toBe((1000 + 60 + 3000) / 10);
  });

  it.each(['no_u_turn', 'no_left_turn', 'no_whatever'])('nor where the sign is %s', (restriction) => {
    const seconds = metric(places, ways, { restriction, from: 'ab', via: 'b', to: 'bd' });
    expect(seconds('a', 'd')).toBe((1000 + 2 * 3000 + 1000) / 10);
  });

  it('at the second junction where only one way on is open', () => {
    const seconds = metric(places, ways, { restriction: 'only_straight_on', from: 'ab', via: 'b', to: 'bc' });
    expect(seconds('a', 'd')).toBe((1000 + 2 * 3000 + 1000) / 10);
  });

  it('nor behind the tenth junction, beside the eleventh', () => {
    const long: Record<string, readonly [number, number]> = { A: [0, 0], Z: [1000, -1000] };
    const line = ['A'];
    const streets: string[] = [];
    for (let i = 0; i <= 12; i++) {
      const name = String.fromCharCode(97 + i);
      long[name] = [1000 + 50 * i, 0];
      streets.push(line[line.length - 1]! + name);
      line.push(name);
      // A side street of 5 km at each but the first.
      if (i === 0) continue;
      long[name.toUpperCase() === 'A' ? '0' : name.toUpperCase()] = [1000 + 50 * i, 5000];
      streets.push(name + name.toUpperCase());
    }
    streets.push('aZ');
    const seconds = metric(long, streets, { restriction: 'no_right_turn', from: 'Aa', via: 'a', to: 'aZ' });
    // The street ends at m, 600 m on, with a side street: the nearest dead end is that of b, 50 + 5 000 m.
    expect(seconds('A', 'Z')).toBe((1000 + 2 * (50 + 5000) + 1000) / 10);
  });
});

describe('over a via way', () => {
  //         b           f
  //         |           |
  //   a --- B --- - --- C --- c     500 m each, BC 100 m
  //         |           |
  //         d           e
  const places = {
    a: [0, 0],
    B: [500, 0],
    C: [600, 0],
    c: [1100, 0],
    b: [500, 500],
    f: [600, 500],
    d: [500, -500],
    e: [600, -500],
  } as const;
  const ways = ['aB', 'BC', 'Cc', 'bB', 'Bd', 'Ce', 'fC'];
  const seconds = metric(places, ways, { restriction: 'no_right_turn', from: 'aB', via: 'BC', to: 'Ce' });

  it.each([
    // To one of the dead ends and back: 2 100 m.
    ['a', 'e', 2100],
    ['a', 'c', 1100],
    ['a', 'f', 1100],
    ['b', 'e', 1100],
    ['d', 'e', 1100],
    ['c', 'e', 1000],
    ['e', 'a', 1100],
  ])('from %s to %s are %d m: nobody turns round on it, at either end', (from, to, meters) => {
    expect(seconds(from, to)).toBe(meters / 10);
  });
});

describe('places that exist only because tags change', () => {
  //           d
  //           |
  //   a---b-x-y-c---g---k    x: a limit; y: a name that nobody reads; z: beyond c another limit
  //       |     |   |
  //       e-----f   h
  const drawing = (ways: Record<string, string>) =>
    drawStreets({
      map: `
          d
          |
      a---b-x-y-c---g---k
          |     |   |
          |     |   |
          e-----f   h`,
      ways: { ab: '', bd: '', be: '', cf: '', fe: '', gh: '', gk: '', ...ways },
      restrictions: ['restriction=no_left_turn from=ab via=b to=bd'],
    });

  it.each([
    ['one limit', { bx: '', xyc: 'maxspeed=18', cg: '' }],
    ['two limits', { bx: '', xy: 'maxspeed=18', yc: 'maxspeed=60', cg: '' }],
    [
      'another class, and a limit behind the junction',
      { bx: 'highway=tertiary', xy: '', yc: 'highway=service', cg: 'maxspeed=18' },
    ],
    ['a lane narrowed', { bx: 'lanes=1', xyc: 'surface=gravel', cg: '' }],
  ])('are no place to turn round: %s', (_, ways) => {
    const streets = drawing(ways);
    const network = streets.network('car');
    const back = secondsBetween(streets, network, 'ab', 'bd')!;
    // Round the block by e and f, over b to c or back from there: never less than its three other sides.
    expect(back).toBeGreaterThan(6 * STREET);
    // Without the sign, straight away.
    const free = drawStreets({
      map: `
          d
          |
      a---b`,
      ways: { ab: '', bd: '' },
    });
    expect(secondsBetween(free, free.network('car'), 'ab', 'bd')).toBe(STREET);
  });

  it('nor are they dead ends: the street goes on to its own', () => {
    const streets = drawStreets({
      map: `
          d
          |
      a---b-x-y---c`,
      ways: { ab: '', bd: '', bx: '', xy: 'maxspeed=18', yc: 'maxspeed=60' },
      restrictions: ['restriction=no_left_turn from=ab via=b to=bd'],
    });
    const toEnd = 50 / 10 + 50 / 5 + 100 / (60 / 3.6);
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bd')).toBe(STREET + 2 * toEnd);
  });
});

describe('at a dead end one may turn round at no cost', () => {
  it.each([
    ['a street that ends', '', 3 * STREET],
    ['a barrier', 'barrier=bollard', 3 * STREET],
  ])('%s', (_, node) => {
    const streets = drawStreets({
      map: `
          d
          |
          |
      a---b---c---g`,
      ways: { ab: '', bc: '', bd: '', ...(node === '' ? {} : { cg: '' }) },
      restrictions: ['restriction=no_left_turn from=ab via=b to=bd'],
      nodes: { c: node },
    });
    // d is 75 m north of b: two lines are 100 m, three 150 m.
    const toMiddle = 150 / 2 / 10;
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bd')).toBe(
      STREET / 2 + 2 * STREET + toMiddle,
    );
  });

  it('for walkers no sign counts, and they turn wherever they like', () => {
    const streets = drawStreets({
      map: `
          d
          |
          |
      a---b---c---g`,
      ways: { ab: '', bc: '', bd: '', cg: '' },
      restrictions: ['restriction=no_left_turn from=ab via=b to=bd'],
    });
    expect(secondsBetween(streets, streets.network('walk'), 'ab', 'bd')).toBe((50 + 75) / 5);
  });
});

describe('the network', () => {
  it('is at most a tenth larger than without what is remembered', () => {
    // 50 × 50 junctions with as many restrictions as real towns have (Monaco: 27 on 2 083 junctions).
    const contents = randomStreets(new SeededRandom(1), { columns: 50, rows: 50, restrictions: 25 });
    const size = ({ vertexCount, arcCount }: StreetNetwork) => vertexCount + arcCount;
    const withSigns = size(buildStreetNetwork(toStreets(contents), 'car', ROUND_SPEEDS).network);
    const plain = size(
      buildStreetNetwork(toStreets({ ...contents, relations: [] }), 'car', ROUND_SPEEDS).network,
    );
    expect(withSigns / plain).toBeLessThan(1.1);
    expect(withSigns).toBeGreaterThan(plain);
  });
});
