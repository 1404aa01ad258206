/**
 * The street graph against its naive twin (`test/scenes/naive-trips.ts`) on random networks: contraction, vertex
 * copies for restrictions and trip ends, delays at heads. All times are whole deciseconds, so they are equal,
 * not close.
 */
import { describe, expect, it } from 'vitest';
import { STREET_MODES, type StreetMode, UNREACHED } from '../../src/common/units.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { NaiveTrips } from '../scenes/naive-trips.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { timesBetween } from '../scenes/trip-times.ts';
import { SeededRandom } from '../search/seeded-random.ts';

const NETWORKS = 150;
const ORIGINS = 6;

/** What differs, as lines: `seed mode origin -> destination: graph, naive`. */
function differences(seed: number, mode: StreetMode): { lines: string[]; compared: number; reached: number } {
  const random = new SeededRandom(seed);
  const contents = randomStreets(random, {
    columns: 3 + random.below(3),
    rows: 3 + random.below(3),
    restrictions: random.below(10),
  });
  const naive = new NaiveTrips(contents, mode, ROUND_SPEEDS);
  if (naive.segments.length === 0 || naive.hasTiedIslands) return { lines: [], compared: 0, reached: 0 };
  const { network } = buildStreetNetwork(toStreets(contents), mode, ROUND_SPEEDS);
  const nodes = new Map(contents.nodes.map((node) => [node.id, node]));
  const middles = naive.segments
    .filter(({ isForward }) => isForward)
    .map(({ way, position, from, to }) => {
      const [a, b] = [nodes.get(from)!, nodes.get(to)!];
      return { key: `${way}:${position}`, way, position, lon: (a.lon + b.lon) / 2, lat: (a.lat + b.lat) / 2 };
    });
  const origins = Array.from({ length: ORIGINS }, () => middles[random.below(middles.length)]!);
  const times = timesBetween(network, origins, middles);
  const lines: string[] = [];
  let reached = 0;
  origins.forEach((origin, i) => {
    const expected = naive.timesFrom(origin.way, origin.position);
    middles.forEach((middle, j) => {
      const time = times[i]![j]!;
      const wanted = expected.get(middle.key);
      const rounded = wanted === undefined ? UNREACHED : Math.round(wanted);
      if (time !== UNREACHED) reached++;
      if (time !== rounded) lines.push(`${seed} ${mode} ${origin.key} -> ${middle.key}: ${time}, ${rounded}`);
    });
  });
  return { lines, compared: origins.length * middles.length, reached };
}

describe('the street graph', () => {
  it.each(STREET_MODES)('gives the times of trips over single segments to the decisecond: %s', (mode) => {
    let compared = 0;
    let reached = 0;
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const result = differences(seed, mode);
      expect(result.lines).toEqual([]);
      compared += result.compared;
      reached += result.reached;
    }
    // Else the networks would be too poor to show anything.
    expect(compared).toBeGreaterThan(NETWORKS * 50);
    expect(reached).toBeGreaterThan(compared / 3);
    expect(reached).toBeLessThan(compared);
  });
});
