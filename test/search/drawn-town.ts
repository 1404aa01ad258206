/** Random towns for the tests of the transit search, each drawn from its seed. */
import { UNREACHED } from '../../src/common/units.ts';
import { DROP_OFF, PICKUP } from '../../src/read/gtfs/gtfs-feed.ts';
import type { TransitLinks } from '../../src/search/transit-search.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { expandHeadways } from '../../src/transit/headways.ts';
import { buildStopTransfers, type StopWalks, turnWalks } from '../../src/transit/stop-transfers.ts';
import { type DrawnTrip, drawFeed } from '../transit/drawn-feed.ts';
import type { NaiveScene } from './naive-transit.ts';
import { SeededRandom } from './seeded-random.ts';

export const CELLS = 3;
export const WINDOW = { from: 600, until: 2400 };
export const CUTOFF = 2400;
export const THRESHOLD = 900;

/** Links [key, other, seconds] to a CSR in deciseconds. */
export function toLinks(
  keyCount: number,
  links: ReadonlyArray<readonly [number, number, number]>,
): StopWalks {
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

/** What to leave out of a town, to see whether it helps. */
export interface Less {
  /** Position of a trip. */
  trip?: number;
  /** Position of a structure. */
  structure?: number;
  /** Walks (transfer, access, egress) longer than this, seconds. */
  walksOver?: number;
  /** Blocks and rules of transfers, whose effect an added trip may change. */
  rules?: boolean;
  /** Opening hours. */
  hours?: boolean;
}

/**
 * A random town: up to 7 stops, trips that overtake each other, stand still for no time, come back to a stop,
 * refuse passengers, run in blocks, come from yesterday or every so often; three homes, two structures with
 * opening hours.
 */
export function drawTown(seed: number, maxRides: number, less: Less = {}) {
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
    const block = random.chance(0.3) ? random.below(2) : -1;
    trips.push({ id: `T${t}`, calls, block: less.rules === true ? -1 : block });
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
    trips:
      less.trip === undefined
        ? trips
        : trips.map((trip, t) => (t === less.trip ? { ...trip, calls: [] } : trip)),
    frequencies,
    transfers: less.rules === true ? [] : transfers,
  });
  const timetable = buildTimetable([feed], '2026-10-06');
  const slackSeconds = 1 + random.below(90);
  const walks: Array<[number, number, number]> = [];
  for (let a = 0; a < stopCount; a++) {
    for (let b = 0; b < stopCount; b++)
      if (a !== b && random.chance(0.35)) walks.push([a, b, random.below(300)]);
  }
  const isShort = ([, , seconds]: readonly [number, number, number]): boolean =>
    seconds <= (less.walksOver ?? 1e9);
  const between = buildStopTransfers(timetable, turnWalks(toLinks(stopCount, walks.filter(isShort))), {
    slackSeconds,
  });
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
  if (less.hours === true) hours.fill([]);
  const direct = Array.from({ length: CELLS }, () =>
    random.chance(0.4) ? 300 + random.below(2500) : undefined,
  );
  const accessLinks = toLinks(CELLS, access.filter(isShort));
  const egressLinks = toLinks(
    stopCount,
    egress.filter((link) => isShort(link) && link[1] !== less.structure),
  );
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
    for (let link = between.into.first[stop]!; link < between.into.first[stop + 1]!; link++) {
      transferTriples.push([between.into.stop[link]!, stop, between.into.deciseconds[link]! / 10]);
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

export const OPTIONS = {
  windows: [{ from: WINDOW.from * 10, until: WINDOW.until * 10 }],
  threshold: THRESHOLD * 10,
  inclusive: false,
  cutoff: CUTOFF * 10,
};
