/** Isochrones around one place, straight from a road file. */
import { Fault } from '../common/errors.ts';
import { minutesToDeciseconds, type StreetMode } from '../common/units.ts';
import { IsochroneScratch } from '../isochrones/scratch.ts';
import { readSpeedDefaults } from '../read/speed-table.ts';
import { type ModeIsochrones, writeIsochrones } from '../report/isochrones-geojson.ts';
import { openCache } from '../runtime/cache.ts';
import { fingerprintFile } from '../runtime/hashes.ts';
import { edgeBoxesOf } from '../runtime/link-points.ts';
import { type LoadedNetwork, loadNetworks } from '../runtime/networks.ts';
import { createProgress } from '../runtime/progress.ts';
import { createSearch, drawIsochrones, type Engine, type StreetTasksSetup } from '../runtime/street-tasks.ts';
import { buildSeeds } from '../search/door-to-door.ts';
import type { SearchDirection } from '../search/seeds.ts';
import { snapPoints } from '../streets/snapping.ts';
import { buildSpeedTable } from '../streets/speed-table.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';
import { progressWords, runLanguage } from './run-language.ts';

export interface PlaceIsochrones {
  roads: readonly string[];
  at: { lon: number; lat: number };
  minutes: readonly number[];
  modes: readonly StreetMode[];
  direction: SearchDirection;
  walkSpeedKph: number;
  bikeSpeedKph: number;
  cache: string | boolean;
  engine: Engine;
  quiet: boolean;
}

const SNAP_RADIUS_METERS = 1000;
const MIN_ISLAND = 200;

/** @returns GeoJSON @throws UsageError where the place has no street near */
export async function drawAtPlace(options: PlaceIsochrones): Promise<string> {
  const cache = openCache(options.cache);
  const progress = createProgress(options.quiet, progressWords());
  try {
    const roads = options.roads.map((path) => ({ path, ...fingerprintFile(path) }));
    const table = buildSpeedTable(readSpeedDefaults(), {
      walk: { kph: options.walkSpeedKph },
      bike: { kph: options.bikeSpeedKph },
    });
    const networks = await loadNetworks(roads, options.modes, table, cache, (stage, share) =>
      progress.update(stage, share),
    );
    const modes: ModeIsochrones[] = [];
    for (const [mode, network] of networks) modes.push(await drawMode(mode, network, options));
    return writeIsochrones(modes, runLanguage());
  } finally {
    progress.stop();
  }
}

async function drawMode(
  mode: StreetMode,
  { network, index }: LoadedNetwork,
  options: PlaceIsochrones,
): Promise<ModeIsochrones> {
  const { at, direction, engine, minutes, walkSpeedKph } = options;
  const sourceLon = Float64Array.of(at.lon);
  const sourceLat = Float64Array.of(at.lat);
  const useful = findUsefulEdges(network, MIN_ISLAND, new Set());
  const sources = snapPoints(network, index, useful, sourceLon, sourceLat, {
    radiusMeters: SNAP_RADIUS_METERS,
    needs: direction === 'towards' ? TAKES_ARRIVALS : TAKES_DEPARTURES,
  });
  if (sources.edges.length === 0) {
    throw new Fault(
      'place-off-streets',
      { value: `${at.lon},${at.lat}` },
      { mode, meters: SNAP_RADIUS_METERS },
    );
  }
  const setup: StreetTasksSetup = {
    engine,
    network,
    direction,
    walkSpeedKph,
    sources,
    sourceLon,
    sourceLat,
    edgeBoxes: edgeBoxesOf(index),
    usefulEdges: useful,
    offRoadMeters: SNAP_RADIUS_METERS,
    points: undefined,
  };
  const search = await createSearch(setup);
  const { seeds } = buildSeeds(network, sources, [0], direction, walkSpeedKph);
  search.run(seeds, minutesToDeciseconds(Math.max(...minutes)));
  return {
    mode,
    merged: drawIsochrones(setup, search, [0], minutes, new IsochroneScratch()),
    perStructure: [],
  };
}
