/** Worker threads: the same results in the same order, whatever their number; a failure ends the run. */
import { describe, expect, it } from 'vitest';
import { edgeBoxesOf } from '../../src/runtime/link-points.ts';
import { runTasks, startLinkedTasks } from '../../src/runtime/pool.ts';
import { StreetHelper } from '../../src/runtime/street-helper.ts';
import {
  completeSetup,
  type StreetTask,
  type StreetTasksSetup,
  type UnlinkedSetup,
} from '../../src/runtime/street-tasks.ts';
import { linkPoints } from '../../src/search/point-links.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { snapPlaces } from '../scenes/trip-times.ts';
import { SeededRandom } from '../search/seeded-random.ts';

const PLACES = 30;

function setUp(): StreetTasksSetup {
  const contents = randomStreets(new SeededRandom(7), { columns: 8, rows: 8 });
  const { network } = buildStreetNetwork(toStreets(contents), 'car', ROUND_SPEEDS);
  const places = contents.nodes.slice(0, PLACES);
  return {
    engine: 'fast',
    network,
    direction: 'towards',
    walkSpeedKph: 4,
    sources: snapPlaces(network, places, { needs: TAKES_ARRIVALS }),
    sourceLon: Float64Array.from(places, ({ lon }) => lon),
    sourceLat: Float64Array.from(places, ({ lat }) => lat),
    points: linkPoints(network, snapPlaces(network, places, { needs: TAKES_DEPARTURES }), 'start', 4),
  };
}

const TASKS: StreetTask[] = Array.from({ length: PLACES }, (_, source) =>
  source % 3 === 0
    ? {
        kind: 'structure',
        source,
        thresholdDeciseconds: 400,
        inclusive: false,
        withReach: true,
        isochroneMinutes: [1],
      }
    : { kind: 'column', source, cutoffDeciseconds: source % 2 === 0 ? undefined : 500 },
);

describe('tasks over threads', () => {
  it('give the same results in the order of the tasks with 1, 2 and 5 threads', async () => {
    const setup = setUp();
    const alone = await runTasks(setup, TASKS, 1);
    expect(alone.length).toBe(PLACES);
    expect(alone.filter(({ reach }) => reach !== undefined && reach.length > 0).length).toBeGreaterThan(5);
    for (const threads of [2, 5]) {
      const counts: number[] = [];
      expect(await runTasks(setup, TASKS, threads, (done) => counts.push(done))).toEqual(alone);
      expect(counts.at(-1)).toBe(PLACES);
    }
  });

  it('find the same points near a structure however often they were looked at before', async () => {
    const setup = setUp();
    // So near that the points are grouped by their vertices after some twenty searches.
    const tasks: StreetTask[] = Array.from({ length: 3 * PLACES }, (_, i) => ({
      kind: 'structure',
      source: i % PLACES,
      thresholdDeciseconds: 200,
      inclusive: true,
      withReach: true,
      isochroneMinutes: [],
    }));
    const found = await runTasks(setup, tasks, 1);
    const expected = await runTasks({ ...setup, engine: 'reference' }, tasks.slice(0, PLACES), 1);
    expect(found).toEqual([...expected, ...expected, ...expected]);
    expect(expected.filter(({ reach }) => reach!.length > 1).length).toBeGreaterThan(5);
  });

  it.each([1, 2])('that fail end the run with their error: %d threads', async (threads) => {
    const setup = { ...setUp(), points: undefined };
    await expect(runTasks(setup, TASKS, threads)).rejects.toThrow('the tasks were set up without points');
  });

  it('are none without tasks', async () => {
    expect(await runTasks(setUp(), [], 2)).toEqual([]);
  });
});

describe('tasks on points that a worker links first', () => {
  /** The places as structures and as points, all still to be linked. */
  function setUpUnlinked(): UnlinkedSetup {
    const { sources: _, ...setup } = setUp();
    const { network, sourceLon, sourceLat } = setup;
    return {
      ...setup,
      edgeBoxes: edgeBoxesOf(buildEdgeIndex(network)),
      points: undefined,
      sourcesToLink: { radiusMeters: 1000, minIsland: 0 },
      toLink: {
        lon: sourceLon,
        lat: sourceLat,
        cellSides: new Float64Array(PLACES).fill(200),
        radiusMeters: 1000,
        needs: TAKES_DEPARTURES,
      },
    };
  }

  it('have the same links and results with 1, 2 and 4 threads', async () => {
    const run = async (threads: number, helper?: StreetHelper, onDone?: (done: number) => void) => {
      const unlinked = setUpUnlinked();
      const tasks = startLinkedTasks(unlinked, TASKS, threads, helper?.release(), onDone);
      const { setup } = completeSetup(unlinked);
      const linked = await tasks.link(setup);
      return { linked, results: await tasks.join({ ...setup, points: linked.links }) };
    };
    const alone = await run(1);
    expect(alone.linked.snapped.edges.length).toBeGreaterThan(PLACES);
    expect(alone.results.length).toBe(PLACES);
    for (const threads of [2, 4]) {
      const counts: number[] = [];
      expect(await run(threads, new StreetHelper(), (done) => counts.push(done))).toEqual(alone);
      expect(counts.at(-1)).toBe(PLACES);
    }
  });

  it('fail where the points cannot be linked', async () => {
    const unlinked = { ...setUpUnlinked(), toLink: undefined };
    const { link, join } = startLinkedTasks(unlinked, TASKS, 2, new StreetHelper().release());
    const { setup } = completeSetup(unlinked);
    await expect(link(setup)).rejects.toThrow('the setup has no points to link');
    await expect(join(setup)).rejects.toThrow('the setup has no points to link');
  });
});
