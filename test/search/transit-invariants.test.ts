import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { CellPairs } from '../../src/search/cell-pairs.ts';
import type { TransitTimes } from '../../src/search/transit-cells.ts';
import { groupEgress } from '../../src/search/transit-egress.ts';
import { ForwardSearch } from '../../src/search/transit-forward.ts';
import { searchTransit, type TransitResult } from '../../src/search/transit-search.ts';
import { sortConnections } from '../../src/transit/connections.ts';
import { type StopTransfers, turnWalks } from '../../src/transit/stop-transfers.ts';
import type { Timetable } from '../../src/transit/timetable.ts';
import { CELLS, drawTown, type Less, OPTIONS, toLinks } from './drawn-town.ts';

type Town = ReturnType<typeof drawTown>;

function search(town: Town, maxRides = 8): TransitResult {
  return searchTransit(town.timetable, town.links, { ...OPTIONS, slackSeconds: town.slackSeconds, maxRides });
}

function expectNoSlower(more: TransitTimes, less: TransitTimes, label: string): void {
  for (let cell = 0; cell < CELLS; cell++) {
    expect(more.best[cell], `best, ${label}`).toBeLessThanOrEqual(less.best[cell]!);
    expect(more.p50[cell], `p50, ${label}`).toBeLessThanOrEqual(less.p50[cell]! + 1e-6);
    expect(more.availability[cell], `availability, ${label}`).toBeGreaterThanOrEqual(
      less.availability[cell]! - 1e-9,
    );
  }
}

describe('more service never slows anyone', () => {
  it.each<[string, Less]>([
    ['an added trip', { trip: 3 }],
    ['another added trip', { trip: 1 }],
    ['an added structure', { structure: 1 }],
    ['a longer walk allowed', { walksOver: 150 }],
  ])('%s', (label, less) => {
    let gained = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const more = search(drawTown(seed, 8, { rules: true })).times;
      const fewer = search(drawTown(seed, 8, { rules: true, ...less })).times;
      expectNoSlower(more, fewer, `${label}, seed ${seed}`);
      for (let cell = 0; cell < CELLS; cell++) if (more.best[cell]! < fewer.best[cell]!) gained++;
    }
    expect(gained).toBeGreaterThan(0);
  });

  it('a ride more allowed', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const town = drawTown(seed, 8);
      for (let rides = 1; rides < 4; rides++) {
        expectNoSlower(
          search(town, rides + 1).times,
          search(town, rides).times,
          `seed ${seed}, ${rides} rides`,
        );
      }
    }
  });
});

describe('walking', () => {
  it('is all that is left where no trip runs', () => {
    const town = drawTown(1, 8);
    const none = { tripCount: 0, callCount: 0, connectionCount: 0, callOfConnection: new Uint32Array(0) };
    const timetable: Timetable = {
      ...town.timetable,
      ...none,
      headways: { ...town.timetable.headways, count: 0 },
    };
    const direct = {
      deciseconds: Int32Array.from([4321, UNREACHED, OPTIONS.cutoff + 1]),
      structure: new Uint32Array(CELLS),
    };
    const { times } = searchTransit(timetable, { ...town.links, direct }, OPTIONS);
    expect([...times.best]).toEqual([4321, UNREACHED, UNREACHED]);
    expect([...times.p50]).toEqual([4321, UNREACHED, UNREACHED]);
    expect([...times.availability]).toEqual([1, 0, 0]);
    expect([...times.rides]).toEqual([0, 0, 0]);
  });

  it('bounds every time from above', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const town = drawTown(seed, 8);
      const { times } = search(town);
      for (let cell = 0; cell < CELLS; cell++) {
        const walk = town.links.direct.deciseconds[cell]!;
        if (walk > OPTIONS.cutoff) continue;
        expect(times.best[cell]).toBeLessThanOrEqual(walk);
        expect(times.p50[cell]).toBeLessThanOrEqual(walk);
        expect(times.best[cell]).toBeLessThanOrEqual(times.p50[cell]!);
      }
    }
  });
});

/** The timetable with its clock turned round: arrivals become departures, and every trip runs backwards. */
function mirrored(timetable: Timetable, noon: number): Timetable {
  const { callCount, tripCount, firstCallOfTrip } = timetable;
  const twin = {
    stopOfCall: new Uint32Array(callCount),
    arrivalOfCall: new Int32Array(callCount),
    departureOfCall: new Int32Array(callCount),
    rulesOfCall: new Uint8Array(callCount),
  };
  for (let trip = 0; trip < tripCount; trip++) {
    const from = firstCallOfTrip[trip]!;
    const to = firstCallOfTrip[trip + 1]!;
    for (let call = from; call < to; call++) {
      const other = from + to - 1 - call;
      twin.stopOfCall[call] = timetable.stopOfCall[other]!;
      twin.arrivalOfCall[call] = noon - timetable.departureOfCall[other]!;
      twin.departureOfCall[call] = noon - timetable.arrivalOfCall[other]!;
      // Bits swapped: who could get off can now get on.
      twin.rulesOfCall[call] = [0, 2, 1, 3][timetable.rulesOfCall[other]!]!;
    }
  }
  return {
    ...timetable,
    ...twin,
    ...sortConnections(firstCallOfTrip, twin.departureOfCall, twin.arrivalOfCall),
  };
}

describe('the backward search', () => {
  it('is the forward search on the mirrored timetable', () => {
    const NOON = 10_000;
    const ALL_DAY = {
      windows: [{ from: -20_000, until: 60_000 }],
      threshold: 1,
      inclusive: false,
      cutoff: 200_000,
    };
    let compared = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const town = drawTown(seed, 8, { hours: true });
      // A headway's wait comes before boarding, which the mirror turns into a wait after alighting.
      if (town.timetable.headways.count > 0) continue;
      town.links.direct.deciseconds.fill(UNREACHED);
      const { profiles } = searchTransit(town.timetable, town.links, {
        ...ALL_DAY,
        slackSeconds: town.slackSeconds,
      });
      const { transfers, egress, access } = town.links;
      const turned: StopTransfers = { into: turnWalks(transfers.into) };
      const slack = town.slackSeconds * 10;
      const pairs = new CellPairs();
      for (let cell = 0; cell < CELLS; cell++) {
        pairs.gather(
          profiles,
          access,
          cell,
          ALL_DAY.windows[0]!.from,
          ALL_DAY.windows[0]!.until,
          ALL_DAY.cutoff,
        );
        const home = town.access
          .filter(([of]) => of === cell)
          .map(([, stop, s]) => [stop, 0, s + slack / 10] as const);
        const toHome = toLinks(town.timetable.stopCount, home);
        const forward = new ForwardSearch(
          mirrored(town.timetable, NOON),
          turned,
          groupEgress(
            { first: toHome.first, structure: toHome.stop, deciseconds: toHome.deciseconds },
            undefined,
          ),
          { slackSeconds: town.slackSeconds, maxRides: 8, cutoff: ALL_DAY.cutoff },
        );
        const stops: number[] = [];
        const walks: number[] = [];
        for (let stop = 0; stop < town.timetable.stopCount; stop++) {
          for (let link = egress.first[stop]!; link < egress.first[stop + 1]!; link++) {
            stops.push(stop);
            walks.push(egress.deciseconds[link]! - slack);
          }
        }
        for (let deadline = 600; deadline < 4000; deadline += 150) {
          let latest = Number.NEGATIVE_INFINITY;
          for (let pair = 0; pair < pairs.count; pair++) {
            if (pairs.arrival[pair]! <= deadline * 10) latest = pairs.leaving[pair]!;
          }
          const back = forward.earliestArrival(
            Uint32Array.from(stops),
            Int32Array.from(walks),
            (NOON - deadline) * 10,
          );
          const expected = back === UNREACHED ? Number.NEGATIVE_INFINITY : NOON * 10 - back;
          expect(latest, `seed ${seed}, cell ${cell}, arriving by ${deadline}`).toBe(expected);
          if (back !== UNREACHED) compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('gives the same answer twice', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(search(drawTown(seed, 8)).times).toEqual(search(drawTown(seed, 8)).times);
    }
  });
});
