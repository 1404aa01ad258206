/**
 * Networks on demand: from the cache where the same roads, rules and mode were built before, else read and
 * built, and cached. Only the modes asked for are built; the roads are read at most once.
 */
import { Fault } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import type { StreetMode } from '../common/units.ts';
import {
  decodeNetwork,
  encodeNetwork,
  type IndexedNetwork,
  indexNetwork,
  type NetworkNotes,
} from '../network/street-network-file.ts';
import { mergeOsmStreets } from '../read/osm/merge-streets.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { readOsm } from '../read/osm/read-osm.ts';
import {
  type BuiltNetwork,
  connectStreets,
  draftStreetNetwork,
  finishStreetNetwork,
  STREET_NETWORK_VERSION,
} from '../streets/build-network.ts';
import { drawEdges } from '../streets/draw-edges.ts';
import { cutImpossibleSteps } from '../streets/impossible-steps.ts';
import { WayJudge } from '../streets/way-judge.ts';
import type { SpeedTable } from '../streets/way-profile.ts';
import type { Cache } from './cache.ts';
import { sha256OfText } from './hashes.ts';
import { requireUnchanged } from './input-stamps.ts';
import { indexOf } from './link-points.ts';
import type { StreetHelper } from './street-helper.ts';

export interface LoadedNetwork extends IndexedNetwork {
  notes: NetworkNotes;
  isFromCache: boolean;
  /** Named after what it was made from. */
  name: string;
}

export interface RoadFile {
  path: string;
  sha256: string;
}

/** Networks of fewer edges are drawn sooner than another thread is ready. */
const LEAST_SHARED_EDGES = 50_000;

/** Called as work goes on: a stage's name and the share of it that is done, 0 to 1. */
export type OnProgress = (stage: string, share: number) => void;

/**
 * Loads the networks of the given modes.
 * @param helper a second thread for work of some size; its caller ends it
 * @throws UsageError where no road file is given, one cannot be used, or a mode finds no street.
 */
export async function loadNetworks(
  roads: readonly RoadFile[],
  modes: readonly StreetMode[],
  table: SpeedTable,
  cache: Cache,
  onProgress: OnProgress = () => {},
  helper?: StreetHelper | undefined,
): Promise<Map<StreetMode, LoadedNetwork>> {
  if (roads.length === 0) {
    throw new Fault('roads-missing');
  }
  const networks = new Map<StreetMode, LoadedNetwork>();
  let streets: { osm: OsmStreets; notices: NoticeList } | undefined;
  for (const mode of modes) {
    const name = cacheName(roads, mode, table);
    const cached = await readCached(cache, name, helper);
    if (cached !== undefined) {
      networks.set(mode, cached);
      continue;
    }
    const judge = new WayJudge(mode, table);
    streets ??= await readRoads(roads, onProgress, helper, judge);
    onProgress(`network ${mode}`, 0);
    const built = await buildIndexedNetwork(streets.osm, judge, helper);
    if (built.network.edgeCount === 0) {
      throw new Fault('streets-missing-for-mode', {}, { mode });
    }
    const notes: NetworkNotes = { reading: streets.notices.notices, building: built.notices };
    cache.write(name, encodeNetwork(built, notes));
    networks.set(mode, { network: built.network, index: built.index, notes, isFromCache: false, name });
    onProgress(`network ${mode}`, 1);
  }
  return networks;
}

/**
 * The network and its index. With a helper the edges are drawn and indexed there while this thread connects them.
 * @param leastSharedEdges for tests
 */
export async function buildIndexedNetwork(
  osm: OsmStreets,
  judge: WayJudge,
  helper: Pick<StreetHelper, 'ask'> | undefined,
  leastSharedEdges = LEAST_SHARED_EDGES,
): Promise<BuiltNetwork & IndexedNetwork> {
  const draft = draftStreetNetwork(osm, judge);
  const { edges, drawing } = draft;
  if (helper === undefined || edges.edgeCount < leastSharedEdges) {
    drawEdges(drawing);
    const built = finishStreetNetwork(connectStreets(draft));
    return { ...built, ...indexNetwork(built.network) };
  }
  const drawn = helper.ask({ kind: 'drawing', drawing });
  const { edgeCount, firstPointOfEdge, lonOfPoint, latOfPoint } = edges;
  const boxes = helper.ask({
    kind: 'edge-boxes',
    edges: { edgeCount, firstPointOfEdge, lonOfPoint, latOfPoint },
  });
  const connected = connectStreets(draft);
  await drawn.catch(() => drawEdges(drawing)); // Where that thread fails, this one does it again.
  const built = finishStreetNetwork(connected);
  const index = await boxes.then(indexOf).catch(() => indexNetwork(built.network).index);
  return { ...built, index };
}

async function readRoads(
  roads: readonly RoadFile[],
  onProgress: OnProgress,
  helper: StreetHelper | undefined,
  judge: WayJudge,
) {
  const notices = new NoticeList();
  const parts: OsmStreets[] = [];
  for (const [i, road] of roads.entries()) {
    onProgress('roads', i / roads.length);
    parts.push(
      await readOsm(road.path, notices, {
        onProgress: (share) => onProgress('roads', (i + share) / roads.length),
        startNodeHelper: helper?.readNodes,
        onTagSetsOfWays: (tagSets) => {
          for (const tags of tagSets) judge.judge(tags);
        },
      }),
    );
  }
  onProgress('roads', 1);
  requireUnchanged(roads.map(({ path }) => path));
  return { osm: cutImpossibleSteps(mergeOsmStreets(parts), notices), notices };
}

async function readCached(
  cache: Cache,
  name: string,
  helper: StreetHelper | undefined,
): Promise<LoadedNetwork | undefined> {
  const buffer = await cache.read(name, helper?.readCacheEntry);
  if (buffer === undefined) return undefined;
  try {
    return { ...decodeNetwork(buffer), isFromCache: true, name };
  } catch {
    return undefined; // Another layout or another tool's file: built anew, and written over.
  }
}

/** The same roads in another order are the same network. */
function cacheName(roads: readonly RoadFile[], mode: StreetMode, table: SpeedTable): string {
  const key = JSON.stringify([
    STREET_NETWORK_VERSION,
    mode,
    [...new Set(roads.map((road) => road.sha256))].sort(),
    rulesOf(mode, table),
  ]);
  return `${mode}-${sha256OfText(key)}`;
}

/** The part of the table that the mode depends on: another walking speed must not rebuild the car's network. */
function rulesOf(mode: StreetMode, table: SpeedTable): Partial<SpeedTable> {
  if (mode === 'walk') {
    const { walk, ferryKph, ferryWaitMinutes } = table;
    return { walk, ferryKph, ferryWaitMinutes };
  }
  const { walk: _, ...rest } = table;
  if (mode === 'bike') return rest;
  const { bike: __, ...carRules } = rest;
  return carRules;
}
