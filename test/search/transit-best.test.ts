/** The shortcut to least times (isochrones, single structures) against the full evaluation of the same profiles. */
import { describe, expect, it } from 'vitest';
import { accessByStop, lowerByStops } from '../../src/search/transit-best.ts';
import { evaluateCells } from '../../src/search/transit-cells.ts';
import { scanTransit } from '../../src/search/transit-search.ts';
import { drawTown, OPTIONS } from './drawn-town.ts';

const SEEDS = 1500;
const TWO_WINDOWS = {
  ...OPTIONS,
  windows: [
    { from: 6000, until: 12_000 },
    { from: 15_000, until: 24_000 },
  ],
};

describe('least times without distributions', () => {
  it.each([
    ['one window', OPTIONS],
    ['two windows', TWO_WINDOWS],
    ['a short cutoff', { ...OPTIONS, cutoff: 9000 }],
  ])('equal those of the full evaluation in random towns: %s', (_, options) => {
    let withRides = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { expanded, links, slackSeconds } = drawTown(seed, 8);
      let full: ArrayLike<number> = [];
      let rides = 0;
      const own = links.direct.deciseconds.map((walk) => (walk <= options.cutoff ? walk : 0x7fffffff));
      scanTransit(expanded, links, { ...options, slackSeconds }, (profiles) => {
        const times = evaluateCells(profiles, links.access, links.direct, options);
        full = times.best;
        rides = lowerByStops(profiles, accessByStop(links.access, expanded.stopCount), options, own);
        return 0;
      });
      expect([...own], `seed ${seed}`).toEqual(Array.from(full));
      if (rides > 0) withRides++;
    }
    expect(withRides).toBeGreaterThan(SEEDS / 4);
  });
});
