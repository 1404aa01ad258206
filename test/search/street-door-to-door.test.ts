/** Door to door on the streets: both ends of a trip part-way along edges, one-ways, the walk off the road. */
import { describe, expect, it } from 'vitest';
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { isWithin, STREET_MODES, UNREACHED } from '../../src/common/units.ts';
import { buildSeeds, evaluatePoints, findPointsWithin } from '../../src/search/door-to-door.ts';
import { groupByVertex, linkPoints, walkOffRoad } from '../../src/search/point-links.ts';
import { StreetSearch } from '../../src/search/street-search.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { drawStreets, NO_DELAYS, ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets, SPACING_METERS } from '../scenes/random-streets.ts';
import { type Place, secondsBetween, snapPlaces, timesBetween } from '../scenes/trip-times.ts';
import { SeededRandom } from './seeded-random.ts';

/** 100 m at 36 km/h. */
const STREET = 10;

//   a---b
//   |   |
//   d---c
const SQUARE = `
  a---b
  |   |
  d---c`;

/** Points a few metres off random streets. */
function randomPlaces(random: SeededRandom, count: number, cells: number): Place[] {
  return Array.from({ length: count }, () => ({
    lon: 1 + random.below(cells * SPACING_METERS) / METERS_PER_DEGREE,
    lat: random.below(cells * SPACING_METERS) / METERS_PER_DEGREE,
  }));
}

describe('home and structure on one street', () => {
  it.each([
    ['aaab', 'abbb', '', STREET / 2],
    ['abbb', 'aaab', '', STREET / 2],
    ['aaab', 'abbb', 'oneway=yes', STREET / 2],
    // Against the one-way: on to b, round by c and d, and in again at a.
    ['abbb', 'aaab', 'oneway=yes', STREET / 4 + 3 * STREET + STREET / 4],
    ['aaab', 'abbb', 'oneway=-1', STREET / 4 + 3 * STREET + STREET / 4],
    ['ab', 'ab', 'oneway=yes', 0],
  ])('from %s to %s, "%s"', (from, to, tags, seconds) => {
    const streets = drawStreets({ map: SQUARE, ways: { ab: tags, bc: '', cd: '', da: '' } });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, from, to)).toBe(seconds);
    expect(secondsBetween(streets, network, from, to, { direction: 'from' })).toBe(seconds);
  });

  it('takes the way round where that is faster than a slow street between', () => {
    const streets = drawStreets({ map: SQUARE, ways: { ab: 'maxspeed=5', bc: '', cd: '', da: '' } });
    const along = 80 / (5 / 3.6);
    const around = 3 * STREET + 20 / (5 / 3.6);
    expect(around).toBeLessThan(along);
    const time = secondsBetween(streets, streets.network('car'), 'aaaaaaaaab', 'abbbbbbbbb');
    expect(time).toBeCloseTo(around, 5);
  });
});

describe('the walk off the road', () => {
  const streets = drawStreets({ map: 'a---b---c', ways: { abc: '' } });
  const network = streets.network('car');
  const beside = (letters: string, meters: number): Place => {
    const { lon, lat } = streets.placeAt(letters);
    return { lon, lat: lat + meters / METERS_PER_DEGREE };
  };

  it('costs walking time at both ends', () => {
    const [[time]] = timesBetween(network, [beside('ab', 40)], [beside('bc', 90)], { walkSpeedKph: 6 }) as [
      [number],
    ];
    expect(time).toBe(Math.round((40 / (6 / 3.6)) * 10) + 10 * STREET + Math.round((90 / (6 / 3.6)) * 10));
  });

  it.each([
    [200, 40, 0],
    [200, 100, 0],
    [200, 130, 30],
    [0, 40, 40],
  ])(
    'is free within half the side of a cell: side %d m, %d m off the road, %d m charged',
    (side, off, charged) => {
      const home = beside('ab', off);
      const starts = snapPlaces(network, [home], { cellSides: Float64Array.of(side) });
      const ends = snapPlaces(network, [streets.placeAt('bc')], {});
      const seeds = buildSeeds(network, ends, [0], 'towards', 4);
      const search = new StreetSearch(network, 'towards');
      search.run(seeds.seeds);
      const links = linkPoints(network, starts, 'start', 4, Float64Array.of(side / 2));
      const { times, meters } = evaluatePoints(network, search, seeds, links, 'towards', true);
      expect(times[0]! / 10).toBeCloseTo(STREET + charged / (4 / 3.6), 1);
      expect(meters[0]).toBeCloseTo(100 + charged, 1);
    },
  );

  it('does not lead over a river: the other bank is reached by the bridge', () => {
    //   a-------------------b     the north bank
    //   |                         50 m of water; the bridge at a
    //   c-------------------d     the south bank
    const banks = drawStreets({
      map: `
        a-------------------b
        c-------------------d`,
      ways: { ab: '', ac: 'bridge=yes', cd: '' },
    });
    const { lon, lat } = banks.placeAt('b');
    const home = { lon, lat: lat - 20 / METERS_PER_DEGREE };
    const [[time]] = timesBetween(banks.network('car'), [home], [banks.placeAt('d')]) as [[number]];
    // 20 m on foot back to the road, though the other bank is 30 m away.
    expect(time).toBe(walkOffRoad(20, 4) + 10 * (5 * STREET + STREET / 2 + 5 * STREET));
  });
});

describe('times between points of random networks', () => {
  it.each(STREET_MODES)('are the same towards the ends and from the starts, by both engines: %s', (mode) => {
    let reached = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const random = new SeededRandom(seed);
      const contents = randomStreets(random, { columns: 5, rows: 5 });
      const { network } = buildStreetNetwork(toStreets(contents), mode, ROUND_SPEEDS);
      const [origins, ends] = [randomPlaces(random, 6, 4), randomPlaces(random, 6, 4)];
      const times = timesBetween(network, origins, ends);
      expect(timesBetween(network, origins, ends, { direction: 'from' })).toEqual(times);
      expect(timesBetween(network, origins, ends, { engine: 'reference' })).toEqual(times);
      reached += times.flat().filter((time) => time !== UNREACHED).length;
    }
    expect(reached).toBeGreaterThan(300);
  });

  it.each([700, 700.5])(
    'within %s ds are found from the vertices reached as from all points',
    (threshold) => {
      let found = 0;
      for (let seed = 1; seed <= 40; seed++) {
        const random = new SeededRandom(seed);
        const { network } = buildStreetNetwork(
          toStreets(randomStreets(random, { columns: 8, rows: 8 })),
          'car',
          ROUND_SPEEDS,
        );
        const structures = snapPlaces(network, randomPlaces(random, 3, 8));
        const links = linkPoints(network, snapPlaces(network, randomPlaces(random, 60, 8)), 'start', 4);
        const byVertex = groupByVertex(links, network.vertexCount);
        const isFound = new Uint8Array(links.count);
        const search = new StreetSearch(network, 'towards');
        for (const inclusive of [false, true]) {
          const seeds = buildSeeds(network, structures, [0, 1, 2], 'towards', 4);
          search.run(seeds.seeds, threshold);
          const { times } = evaluatePoints(network, search, seeds, links, 'towards', false);
          const expected = Array.from(times.keys()).filter((i) => isWithin(times[i]!, threshold, inclusive));
          const within = { thresholdDeciseconds: threshold, inclusive };
          for (const grouped of [byVertex, undefined]) {
            const points = findPointsWithin(
              network,
              search,
              seeds,
              links,
              grouped,
              'towards',
              within,
              isFound,
            );
            expect(Array.from(points)).toEqual(expected);
            expect(isFound.indexOf(1)).toBe(-1);
          }
          found += expected.length;
        }
      }
      expect(found).toBeGreaterThan(300);
    },
  );

  it('there and back: from a to b is from b to a where every way is drawn the other way round', () => {
    let oneWay = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const random = new SeededRandom(seed);
      const contents = withoutTurns(randomStreets(random, { columns: 5, rows: 5 }));
      const turned: OsmContents = {
        ...contents,
        ways: contents.ways.map((way) => ({ ...way, refs: [...way.refs].reverse() })),
      };
      const places = randomPlaces(random, 8, 4);
      const [there, back] = [contents, turned].map((streets) =>
        timesBetween(buildStreetNetwork(toStreets(streets), 'car', NO_DELAYS).network, places, places),
      ) as [number[][], number[][]];
      there.forEach((row, a) => {
        row.forEach((time, b) => {
          expect(back[b]![a]).toBe(time);
          if (time !== there[b]![a]) oneWay++;
        });
      });
    }
    expect(oneWay).toBeGreaterThan(50);
  });
});

/** Without what has no mirror image: restrictions, and ways that one leaves but does not enter as a private one. */
function withoutTurns(contents: OsmContents): OsmContents {
  return {
    nodes: contents.nodes,
    ways: contents.ways.map(({ id, refs, tags }) => {
      const { 'vehicle:backward': _, ...kept } = tags!;
      return { id, refs, tags: kept };
    }),
    relations: [],
  };
}
