/**
 * The walks of a transit search against their naive twin: every pair of points searched on its own with the
 * reference engine (graphology), on random streets.
 */
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { NO_INDEX, UNREACHED } from '../../src/common/units.ts';
import { DROP_OFF, PICKUP } from '../../src/read/gtfs/gtfs-feed.ts';
import { buildSeeds, evaluatePoints } from '../../src/search/door-to-door.ts';
import { linkPoints } from '../../src/search/point-links.ts';
import { ReferenceSearch } from '../../src/search/reference.ts';
import { buildTransitWalks } from '../../src/search/transit-walks.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { snapPoints } from '../../src/streets/snapping.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { buildTimetable } from '../../src/transit/build-timetable.ts';
import { turnWalks } from '../../src/transit/stop-transfers.ts';
import { drawStreets, ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets, SPACING_METERS } from '../scenes/random-streets.ts';
import { drawFeed } from '../transit/drawn-feed.ts';
import { SeededRandom } from './seeded-random.ts';

const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1);
const KPH = ROUND_SPEEDS.walk.kph;
const LIMITS = { walkSpeedKph: KPH, access: 900, transfer: 500, egress: 700, stopRadiusMeters: 60 };

type Place = readonly [lon: number, lat: number];

/** A scene of random streets with homes, stops and structures on them; one stop lies far from any street. */
function drawScene(seed: number, withVertices = false) {
  const random = new SeededRandom(seed);
  const [columns, rows] = [4 + random.below(3), 4 + random.below(3)];
  const contents = randomStreets(random, { columns, rows, restrictions: random.below(4) });
  const { network } = buildStreetNetwork(toStreets(contents), 'walk', ROUND_SPEEDS);
  const index = buildEdgeIndex(network);
  const useful = findUsefulEdges(network, 0, new Set());
  const [west, south] = network.bounds;
  const step = SPACING_METERS / METERS_PER_DEGREE;
  const scatter = (count: number): Place[] =>
    Array.from({ length: count }, () => [
      west + (random.below(100 * (columns - 1)) / 100) * step,
      south + (random.below(100 * (rows - 1)) / 100) * step,
    ]);
  const homes = scatter(8);
  const stops: Place[] = [...scatter(7), [west - 20 * step, south]];
  const structures = scatter(3);
  const ids = stops.map((_, i) => `S${i}`);
  const timetable = buildTimetable(
    [
      drawFeed({
        stops: { ...Object.fromEntries(stops.map((place, i) => [ids[i]!, [...place]])), idle: [west, south] },
        trips: [{ id: 'T', calls: ids.map((id, i) => [id, 60 * i, 60 * i, PICKUP | DROP_OFF]) }],
      }),
    ],
    '2026-10-06',
  );
  const snap = (places: readonly Place[], needs: number, radiusMeters: number) =>
    snapPoints(
      network,
      index,
      useful,
      Float64Array.from(places, ([lon]) => lon),
      Float64Array.from(places, ([, lat]) => lat),
      { radiusMeters, needs },
    );
  const snappedHomes = snap(homes, TAKES_DEPARTURES, 1000);
  const snappedStops = snap(stops, TAKES_DEPARTURES | TAKES_ARRIVALS, LIMITS.stopRadiusMeters);
  const snappedStructures = snap(structures, TAKES_ARRIVALS, 1000);
  const cells = linkPoints(network, snappedHomes, 'start', KPH);
  const limits = { ...LIMITS, withVertices };
  const walks = buildTransitWalks(network, index, useful, timetable, cells, snappedStructures, limits);
  return { network, timetable, walks, cells, snappedStops, snappedStructures, stops };
}

/** target -> point -> deciseconds, each target searched on its own. */
function naiveWalks(
  { network }: ReturnType<typeof drawScene>,
  targets: ReturnType<typeof drawScene>['snappedStops'],
  starts: ReturnType<typeof drawScene>['cells'],
): Int32Array[] {
  const search = new ReferenceSearch(network, 'towards');
  return Array.from({ length: targets.count }, (_, target) => {
    const seedSet = buildSeeds(network, targets, [target], 'towards', KPH);
    search.run(seedSet.seeds);
    return evaluatePoints(network, search, seedSet, starts, 'towards', false).times;
  });
}

/** `key other deciseconds` of all walks within a limit, sorted. */
function listNaive(times: readonly Int32Array[], limit: number, keepSelf = true): string[] {
  const lines: string[] = [];
  times.forEach((ofPoint, target) => {
    ofPoint.forEach((time, point) => {
      if (time <= limit && (keepSelf || target !== point)) lines.push(`${point} ${target} ${time}`);
    });
  });
  return lines.sort();
}

function listWalks(first: Uint32Array, targets: Uint32Array, deciseconds: Int32Array): string[] {
  const lines: string[] = [];
  for (let point = 0; point + 1 < first.length; point++) {
    for (let walk = first[point]!; walk < first[point + 1]!; walk++)
      lines.push(`${point} ${targets[walk]} ${deciseconds[walk]}`);
  }
  return lines.sort();
}

describe('the walks of a transit search', () => {
  it('are those of one search per pair, to the decisecond, on random streets', () => {
    let compared = 0;
    for (const seed of SEEDS) {
      const scene = drawScene(seed);
      const { network, walks, cells, snappedStops, snappedStructures } = scene;
      const stopStarts = linkPoints(network, snappedStops, 'start', KPH);
      const access = listNaive(naiveWalks(scene, snappedStops, cells), LIMITS.access);
      const between = listNaive(naiveWalks(scene, snappedStops, stopStarts), LIMITS.transfer, false);
      const egress = listNaive(naiveWalks(scene, snappedStructures, stopStarts), LIMITS.egress);
      expect(listWalks(walks.access.first, walks.access.stop, walks.access.deciseconds)).toEqual(access);
      const own = turnWalks(walks.walksIntoStops);
      expect(listWalks(own.first, own.stop, own.deciseconds)).toEqual(between);
      expect(listWalks(walks.egress.first, walks.egress.structure, walks.egress.deciseconds)).toEqual(egress);
      compared += access.length + between.length + egress.length;
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it('leave out stops that no street is near, and stops that the day does not serve, and tell them apart', () => {
    const { walks, timetable, stops } = drawScene(1);
    const far = stops.length - 1;
    expect(walks.metersOfStop[far]).toBe(Number.POSITIVE_INFINITY);
    expect(walks.metersOfStop[timetable.stopIdOfStop.indexOf('idle')]).toBeNaN();
    expect([...walks.access.stop]).not.toContain(far);
    expect(walks.egress.first[far + 1]! - walks.egress.first[far]!).toBe(0);
  });

  it('from vertices are the times of the search towards each stop', () => {
    for (const seed of SEEDS.slice(0, 8)) {
      const { network, walks, snappedStops } = drawScene(seed, true);
      const { stops, first, points, deciseconds } = walks.vertexAccess!;
      const search = new ReferenceSearch(network, 'towards');
      stops.forEach((stop, position) => {
        search.run(buildSeeds(network, snappedStops, [stop], 'towards', KPH).seeds);
        const expected = Array.from(search.times, (time, vertex) => [vertex, time] as const).filter(
          ([, time]) => time !== UNREACHED && time <= LIMITS.access,
        );
        const own = Array.from(
          { length: first[position + 1]! - first[position]! },
          (_, i) => [points[first[position]! + i]!, deciseconds[first[position]! + i]!] as const,
        ).sort((a, b) => a[0] - b[0]);
        expect(own).toEqual(expected);
      });
    }
  });

  it('go round where there is no bridge', () => {
    // Two stops face each other over a river: 50 m apart, 500 m on foot.
    const drawn = drawStreets({ map: 'a-------b\n        |\nc-------d', ways: { ab: '', bd: '', cd: '' } });
    const network = drawn.network('walk');
    const index = buildEdgeIndex(network);
    const useful = findUsefulEdges(network, 0, new Set());
    const [a, c] = [drawn.placeAt('a'), drawn.placeAt('c')];
    const feed = drawFeed({
      stops: { A: [a.lon, a.lat], C: [c.lon, c.lat] },
      trips: [
        {
          id: 'T',
          calls: [
            ['A', 0, 0, 3],
            ['C', 60, 60, 3],
          ],
        },
      ],
    });
    const none = snapPoints(network, index, useful, new Float64Array(0), new Float64Array(0), {
      radiusMeters: 100,
      needs: TAKES_ARRIVALS,
    });
    const walks = buildTransitWalks(
      network,
      index,
      useful,
      buildTimetable([feed], '2026-10-06'),
      linkPoints(network, none, 'start', KPH),
      none,
      { ...LIMITS, transfer: 2000 },
    );
    const meters = 8 * 25 + 2 * 50 + 8 * 25;
    expect([...walks.walksIntoStops.stop]).toEqual([1, 0]);
    for (const time of walks.walksIntoStops.deciseconds) expect(time).toBe((meters / (KPH / 3.6)) * 10);
    expect(walks.walksIntoStops.stop).not.toContain(NO_INDEX);
  });
});
