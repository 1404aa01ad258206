import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { CellPairs } from '../../src/search/cell-pairs.ts';
import { findItinerary } from '../../src/search/transit-cells.ts';
import { groupEgress } from '../../src/search/transit-egress.ts';
import { ForwardSearch } from '../../src/search/transit-forward.ts';
import { searchTransit } from '../../src/search/transit-search.ts';
import { CELLS, CUTOFF, drawTown, OPTIONS, THRESHOLD, WINDOW } from './drawn-town.ts';
import { type NaiveScene, naiveArrival } from './naive-transit.ts';

/** Headway services write out thousands of trips; the twin then looks at fewer leaving times. */
const isSmall = (scene: NaiveScene): boolean => scene.timetable.callCount < 400;

describe('the backward profile search and its naive twin', () => {
  it.each([
    { maxRides: 8, seeds: 150 },
    { maxRides: 2, seeds: 60 },
    { maxRides: 1, seeds: 40 },
  ])(
    'arrive together for every cell and departure minute, with at most $maxRides rides',
    ({ maxRides, seeds }) => {
      let arrivals = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const town = drawTown(seed, maxRides);
        // No walk, so that the limit of rides is kept even where a walk would be faster.
        town.links.direct.deciseconds.fill(UNREACHED);
        const { profiles } = searchTransit(town.timetable, town.links, {
          ...OPTIONS,
          slackSeconds: town.slackSeconds,
          maxRides,
        });
        const forward = new ForwardSearch(
          town.expanded,
          town.links.transfers,
          groupEgress(town.links.egress, town.links.hours),
          {
            slackSeconds: town.slackSeconds,
            maxRides,
            cutoff: OPTIONS.cutoff,
          },
        );
        const pairs = new CellPairs();
        for (let cell = 0; cell < CELLS; cell++) {
          const scene = town.naive(cell);
          pairs.gather(
            profiles,
            town.links.access,
            cell,
            OPTIONS.windows[0]!.from,
            OPTIONS.windows[0]!.until,
            OPTIONS.cutoff,
          );
          const reach = town.access.filter(([of]) => of === cell);
          for (let minute = WINDOW.from; minute < WINDOW.until; minute += isSmall(scene) ? 60 : 300) {
            const expected = naiveArrival(scene, minute);
            const next = pairs.leaving
              .subarray(0, pairs.count)
              .findIndex((leaving) => leaving >= minute * 10);
            const found = next < 0 ? UNREACHED : pairs.arrival[next]!;
            const within =
              found !== UNREACHED && found - minute * 10 <= OPTIONS.cutoff
                ? found / 10
                : Number.POSITIVE_INFINITY;
            expect(within, `seed ${seed}, cell ${cell}, leaving at ${minute}`).toBe(expected);
            const ahead = forward.earliestArrival(
              Uint32Array.from(reach, ([, stop]) => stop),
              Int32Array.from(reach, ([, , seconds]) => seconds * 10),
              minute * 10,
            );
            expect(ahead === UNREACHED ? Number.POSITIVE_INFINITY : ahead / 10, `forward, seed ${seed}`).toBe(
              expected,
            );
            if (expected < Number.POSITIVE_INFINITY) arrivals++;
          }
        }
      }
      // A test of towns where nobody arrives would prove nothing.
      expect(arrivals).toBeGreaterThan(5 * seeds);
    },
  );

  it('agree on best, median and availability over every second of the window', () => {
    let compared = 0;
    for (let seed = 1000; seed < 1060; seed++) {
      const town = drawTown(seed, 8);
      const { times } = searchTransit(town.timetable, town.links, {
        ...OPTIONS,
        slackSeconds: town.slackSeconds,
      });
      for (let cell = 0; cell < CELLS; cell++) {
        const scene = town.naive(cell);
        if (!isSmall(scene) || scene.access.length === 0) continue;
        compared++;
        const walk = town.direct[cell] ?? Number.POSITIVE_INFINITY;
        const walkWithin = walk <= CUTOFF ? walk : Number.POSITIVE_INFINITY;
        // Leaving in (x, x + 1] one arrives as if leaving at x + 1: all events are whole seconds.
        const longest: number[] = [];
        let best = walkWithin;
        let ahead = naiveArrival({ ...scene, cutoffSeconds: 1e9 }, WINDOW.from);
        for (let x = WINDOW.from; x < WINDOW.until; x++) {
          best = Math.min(best, ahead - x);
          ahead = naiveArrival({ ...scene, cutoffSeconds: 1e9 }, x + 1);
          longest.push(ahead - x);
        }
        // Who leaves just before the window closes.
        best = Math.min(best, ahead - WINDOW.until);
        if (best > CUTOFF) best = Number.POSITIVE_INFINITY;
        const total = WINDOW.until - WINDOW.from;
        const keptWithin = (time: number): number =>
          walkWithin <= time ? total : longest.filter((one) => one <= time).length;
        let p50 = Number.POSITIVE_INFINITY;
        for (let time = 0; time <= CUTOFF; time++) {
          if (keptWithin(time) < total / 2) continue;
          const below = keptWithin(time - 1);
          p50 =
            walkWithin <= time
              ? Math.min(walkWithin, time)
              : time - 1 + (total / 2 - below) / (keptWithin(time) - below);
          break;
        }
        const label = `seed ${seed}, cell ${cell}`;
        expect(
          times.best[cell] === UNREACHED ? Number.POSITIVE_INFINITY : times.best[cell]! / 10,
          label,
        ).toBe(best);
        expect(
          times.p50[cell] === UNREACHED ? Number.POSITIVE_INFINITY : times.p50[cell]! / 10,
          label,
        ).toBeCloseTo(p50, 6);
        const kept = longest.filter((one) => one <= THRESHOLD).length;
        const availability = walkWithin < THRESHOLD ? 1 : kept / total;
        expect(times.availability[cell], label).toBeCloseTo(availability, 9);
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  it('gives legs that follow each other and add up to the best time', () => {
    let itineraries = 0;
    for (let seed = 2000; seed < 2150; seed++) {
      const town = drawTown(seed, 8);
      const { times, profiles } = searchTransit(town.timetable, town.links, {
        ...OPTIONS,
        slackSeconds: town.slackSeconds,
      });
      for (let cell = 0; cell < CELLS; cell++) {
        const legs = findItinerary(profiles, town.links.access, times, cell);
        if (legs.length === 0 || legs[0]!.kind === 'direct') continue;
        itineraries++;
        expect(legs[0]!.kind).toBe('access');
        for (let i = 1; i < legs.length; i++) {
          const leg = legs[i]!;
          const wait = leg.kind === 'ride' ? leg.wait : 0;
          expect(leg.departure - wait, `seed ${seed}`).toBe(legs[i - 1]!.arrival);
          if (leg.kind === 'ride') expect(leg.wait).toBeGreaterThanOrEqual(town.slackSeconds * 10);
        }
        const last = legs[legs.length - 1]!;
        if (last.kind !== 'egress') throw new Error(`the last leg is ${last.kind}`);
        expect(last.arrival + last.wait - legs[0]!.departure, `seed ${seed}`).toBe(times.best[cell]);
        expect(legs.filter((leg) => leg.kind === 'ride')).toHaveLength(times.rides[cell]!);
      }
    }
    expect(itineraries).toBeGreaterThan(60);
  });
});
