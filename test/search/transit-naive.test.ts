import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { DROP_OFF, PICKUP } from '../../src/read/gtfs/gtfs-feed.ts';
import { CellPairs } from '../../src/search/cell-pairs.ts';
import { findItinerary } from '../../src/search/transit-cells.ts';
import { groupEgress } from '../../src/search/transit-egress.ts';
import { ForwardSearch } from '../../src/search/transit-forward.ts';
import { searchTransit, type TransitLinks } from '../../src/search/transit-search.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { expandHeadways } from '../../src/transit/headways.ts';
import { buildStopTransfers, type StopWalks } from '../../src/transit/stop-transfers.ts';
import { type DrawnTrip, drawFeed } from '../transit/drawn-feed.ts';
import { type NaiveScene, naiveArrival } from './naive-transit.ts';
import { SeededRandom } from './seeded-random.ts';

const CELLS = 3;
const WINDOW = { from: 600, until: 2400 };
const CUTOFF = 2400;
const THRESHOLD = 900;

/** Links [key, other, seconds] to a CSR in deciseconds. */
function toLinks(keyCount: number, links: ReadonlyArray<readonly [number, number, number]>): StopWalks {
  const sorted = [...links].sort((a, b) => a[0] - b[0]);
  const first = new Uint32Array(keyCount + 1);
  for (const [key] of sorted) first[key + 1]!++;
  for (let key = 0; key < keyCount; key++) first[key + 1]! += first[key]!;
  return {
    first,
    stop: Uint32Array.from(sorted, ([, other]) => other),
    deciseconds: Int32Array.from(sorted, ([, , seconds]) => seconds * 10),
  };
}

/**
 * A random town: up to 7 stops, trips that overtake each other, stand still for no time, come back to a stop,
 * refuse passengers, run in blocks, come from yesterday or every so often; three homes, two structures with
 * opening hours.
 */
function drawTown(seed: number, maxRides: number) {
  const random = new SeededRandom(seed);
  const stopCount = 3 + random.below(5);
  const stops = Array.from({ length: stopCount }, (_, i) => `S${i}`);
  const trips: DrawnTrip[] = [];
  const tripCount = 3 + random.below(9);
  for (let t = 0; t < tripCount; t++) {
    const isYesterdays = random.chance(0.1);
    let time = random.below(2700) + (isYesterdays ? 86_400 : 0);
    const calls: DrawnTrip['calls'] = [];
    for (let c = 2 + random.below(4); c > 0; c--) {
      const arrival = time;
      time += random.chance(0.5) ? 0 : random.below(90);
      const rules = random.chance(0.8) ? PICKUP | DROP_OFF : random.below(4);
      calls.push([stops[random.below(stopCount)]!, arrival, time, rules]);
      time += random.chance(0.15) ? 0 : random.below(500);
    }
    trips.push({ id: `T${t}`, calls, ...(random.chance(0.3) ? { block: random.below(2) } : {}) });
  }
  const frequencies = random.chance(0.3)
    ? [
        {
          trip: 'T0',
          startSeconds: random.below(1200),
          endSeconds: 1300 + random.below(600),
          headwaySeconds: 200 + random.below(600),
          exact: random.chance(0.6),
        },
      ]
    : [];
  // Timed transfers without slack are drawn in tests of their own: with hops of no time they may wait for each other.
  const transfers = stops.flatMap((from) =>
    stops
      .filter(() => random.chance(0.08))
      .map((to): [string, string, number, number] => [
        from,
        to,
        random.chance(0.5) ? 2 : 3,
        random.below(300),
      ]),
  );
  const feed = drawFeed({
    // All at one place, so that blocks join wherever they start.
    stops: Object.fromEntries(stops.map((id) => [id, [0, 0]])),
    trips,
    frequencies,
    transfers,
  });
  const timetable = buildTimetable([feed], '2026-10-06');
  const slackSeconds = 1 + random.below(90);
  const walks: Array<[number, number, number]> = [];
  for (let a = 0; a < stopCount; a++) {
    for (let b = 0; b < stopCount; b++)
      if (a !== b && random.chance(0.35)) walks.push([a, b, random.below(300)]);
  }
  const between = buildStopTransfers(timetable, toLinks(stopCount, walks), { slackSeconds });
  const access: Array<[number, number, number]> = [];
  for (let cell = 0; cell < CELLS; cell++) {
    for (let s = 0; s < stopCount; s++) if (random.chance(0.4)) access.push([cell, s, random.below(400)]);
  }
  const egress: Array<[number, number, number]> = [];
  for (let s = 0; s < stopCount; s++) {
    for (let structure = 0; structure < 2; structure++)
      if (random.chance(0.3)) egress.push([s, structure, random.below(300)]);
  }
  const hours: Array<Array<[number, number]>> = [0, 1].map(() => {
    if (random.chance(0.4)) return [];
    const open = random.below(2500);
    const later = open + 100 + random.below(1500);
    return [
      [later + random.below(500), later + 600],
      [open, open + 200 + random.below(900)],
    ];
  });
  const direct = Array.from({ length: CELLS }, () =>
    random.chance(0.4) ? 300 + random.below(2500) : undefined,
  );
  const accessLinks = toLinks(CELLS, access);
  const egressLinks = toLinks(stopCount, egress);
  const links: TransitLinks = {
    access: accessLinks,
    direct: {
      deciseconds: Int32Array.from(direct, (walk) => (walk === undefined ? UNREACHED : walk * 10)),
      structure: new Uint32Array(CELLS),
    },
    transfers: between,
    egress: { first: egressLinks.first, structure: egressLinks.stop, deciseconds: egressLinks.deciseconds },
    hours: {
      first: Uint32Array.from([0, hours[0]!.length, hours[0]!.length + hours[1]!.length]),
      openSeconds: Int32Array.from(hours.flat(), ([open]) => open),
      closeSeconds: Int32Array.from(hours.flat(), ([, close]) => close),
    },
  };
  const transferTriples: NaiveScene['transfers'] = [];
  for (let stop = 0; stop < stopCount; stop++) {
    for (let link = between.from.first[stop]!; link < between.from.first[stop + 1]!; link++) {
      transferTriples.push([stop, between.from.stop[link]!, between.from.deciseconds[link]! / 10]);
    }
  }
  const expanded = expandHeadways(timetable, WINDOW.from, WINDOW.until + CUTOFF).timetable;
  const naive = (cell: number): NaiveScene => ({
    timetable: expanded,
    transfers: transferTriples,
    egress,
    hours,
    access: access.filter(([of]) => of === cell).map(([, stop, seconds]) => [stop, seconds]),
    slackSeconds,
    maxRides,
    cutoffSeconds: CUTOFF,
  });
  return { timetable, expanded, links, naive, direct, slackSeconds, access };
}

const OPTIONS = {
  windows: [{ from: WINDOW.from * 10, until: WINDOW.until * 10 }],
  threshold: THRESHOLD * 10,
  inclusive: false,
  cutoff: CUTOFF * 10,
};

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
        const availability = walkWithin < THRESHOLD ? 1 : keptWithin(THRESHOLD) / total;
        expect(times.availability[cell], label).toBeCloseTo(walkWithin === THRESHOLD ? 0 : availability, 9);
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
