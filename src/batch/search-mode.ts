/**
 * One street mode of a study: links structures and cells to its network, searches towards all structures at
 * once, then each structure on its own for the people it reaches and its isochrones.
 */
import type { Worker } from 'node:worker_threads';
import type { NoticeList } from '../common/notices.ts';
import { minutesToDeciseconds, type StreetMode } from '../common/units.ts';
import type { ModeTimes, StructureReach } from '../coverage/coverage-result.ts';
import type { ContourBand } from '../isochrones/contour.ts';
import { IsochroneScratch } from '../isochrones/scratch.ts';
import type { IndexedNetwork } from '../network/street-network-file.ts';
import type { PopulationCells, Structure } from '../read/records.ts';
import type { ModeSnaps, SnapSummary } from '../report/report-input.ts';
import { edgeBoxesOf } from '../runtime/link-points.ts';
import { startLinkedTasks } from '../runtime/pool.ts';
import {
  completeSetup,
  createSearch,
  drawIsochrones,
  type Engine,
  linkSetup,
  type StreetTask,
  type StreetTasksSetup,
  type UnlinkedSetup,
} from '../runtime/street-tasks.ts';
import { buildSeeds, evaluatePoints, type PointTimes, type SeedSet } from '../search/door-to-door.ts';
import type { ReferenceSearch } from '../search/reference.ts';
import type { StreetSearch } from '../search/street-search.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import { TAKES_DEPARTURES } from '../streets/useful-edges.ts';
import { withoutFerries } from '../streets/without-ferries.ts';
import type { Mode, Study } from '../study/study.ts';

/** Structures further off the road than the study's radius are linked up to here, and listed, metres. */
const FARTHEST_STRUCTURE_METERS = 1000;

export type IsochroneChoice = 'all' | 'merged' | 'none';

export interface ModeSearchOptions {
  engine: Engine;
  threads: number;
  isochrones: IsochroneChoice;
  onProgress: (stage: string, share: number) => void;
}

export interface ModeResult {
  times: ModeTimes;
  snaps: ModeSnaps;
  /** All structures together; empty with `--isochrones none`. */
  mergedBands: ContourBand[];
  /** Per structure; empty unless `--isochrones all`. */
  structureBands: ContourBand[][];
  /** For further searches on the same network. */
  linked: LinkedMode;
}

/** @param worker of `startStreetWorker`, ended with the search; undefined where this thread does it all */
export async function searchMode(
  study: Study,
  mode: StreetMode,
  { network, index }: IndexedNetwork,
  structures: readonly Structure[],
  beyondBorder: Uint8Array,
  cells: PopulationCells,
  notices: NoticeList,
  options: ModeSearchOptions,
  worker: Worker | undefined,
): Promise<ModeResult> {
  const { onProgress } = options;
  onProgress(`links ${mode}`, 0);
  const unlinked = describeSetup(study, { network, index }, structures, cells, options.engine);
  // A worker links the cells and searches structure by structure while this thread searches from all of them.
  const each = startLinkedTasks(
    unlinked,
    structures.map((_, source) => structureTask(study, source, options.isochrones)),
    options.threads,
    worker,
    (done) => onProgress(`structures ${mode}`, done / structures.length),
  );
  const { setup: begun, opensIslands } = completeSetup(unlinked);
  onProgress(`search ${mode}`, 0);
  const everyStructure = structures.map((_, i) => i);
  const search = await createSearch(begun);
  const seedSet = searchAll(begun, search, everyStructure);
  const mergedBands =
    options.isochrones === 'none'
      ? []
      : drawIsochrones(begun, search, everyStructure, study.isochronesMinutes, new IsochroneScratch());
  const { snapped: points, links } = await each.link(begun);
  const setup = { ...begun, points: links };
  noticeLinks(study, mode, structures, setup.sources, cells, points, notices);
  onProgress(`links ${mode}`, 1);
  const evaluated = evaluateCells(setup, search, seedSet, everyStructure);
  const inside = everyStructure.filter((i) => beyondBorder[i] === 0);
  const withoutBeyond =
    inside.length < structures.length ? searchFrom(setup, search, inside).times : undefined;
  const timesWithoutFerries = await searchWithoutFerries(setup, everyStructure);
  onProgress(`search ${mode}`, 1);

  onProgress(`structures ${mode}`, 0);
  const results = await each.join(setup);
  onProgress(`structures ${mode}`, 1);
  return {
    times: {
      ...toModeTimes(mode, evaluated, points),
      ...(withoutBeyond === undefined ? {} : { timeOfCellWithoutBeyond: withoutBeyond }),
      ...(timesWithoutFerries === undefined ? {} : { timeOfCellWithoutFerries: timesWithoutFerries }),
      reach: packReach(results.map(({ reach }) => reach!)),
    },
    snaps: toModeSnaps(mode, points, setup.sources),
    mergedBands,
    structureBands: options.isochrones === 'all' ? results.map(({ bands }) => bands ?? []) : [],
    linked: { setup, points, opensIslands },
  };
}

/** Structures and cells linked to the network of one mode. */
export interface LinkedMode {
  setup: StreetTasksSetup;
  /** The cells' places on it. */
  points: SnappedPoints;
  /** Structures stand on parts of the network that take points only because of them. */
  opensIslands: boolean;
}

/**
 * Links structures and cells to the network of a mode, ready for searches towards the structures.
 * @param known the same cells on the same network, linked before: used again where other structures change nothing
 */
export function linkToNetwork(
  study: Study,
  network: IndexedNetwork,
  structures: readonly Structure[],
  cells: PopulationCells,
  engine: Engine,
  known?: LinkedMode,
): LinkedMode {
  const { setup, opensIslands } = completeSetup(describeSetup(study, network, structures, cells, engine));
  if (known !== undefined && !known.opensIslands && !opensIslands) {
    return { setup: { ...setup, points: known.setup.points }, points: known.points, opensIslands };
  }
  const { snapped, links } = linkSetup(setup);
  return { setup: { ...setup, points: links }, points: snapped, opensIslands };
}

/** A setup whose structures and cells are still to be linked. */
function describeSetup(
  study: Study,
  { network, index }: IndexedNetwork,
  structures: readonly Structure[],
  cells: PopulationCells,
  engine: Engine,
): UnlinkedSetup {
  return {
    engine,
    network,
    direction: 'towards',
    walkSpeedKph: study.walk.speedKph,
    sourceLon: Float64Array.from(structures, (structure) => structure.lon),
    sourceLat: Float64Array.from(structures, (structure) => structure.lat),
    edgeBoxes: edgeBoxesOf(index),
    offRoadMeters: study.snapRadiusMeters,
    sourcesToLink: {
      radiusMeters: Math.max(FARTHEST_STRUCTURE_METERS, study.structureRadiusMeters),
      minIsland: study.minIsland,
    },
    points: undefined,
    toLink: {
      lon: cells.lon,
      lat: cells.lat,
      cellSides: cells.sideMeters,
      radiusMeters: study.snapRadiusMeters,
      needs: TAKES_DEPARTURES,
    },
  };
}

/**
 * One search towards the given structures, evaluated at every cell.
 * @param sources positions among the structures of the setup; those of the result are, too
 */
export function searchFrom(
  setup: StreetTasksSetup,
  search: StreetSearch | ReferenceSearch,
  sources: readonly number[],
): PointTimes {
  return evaluateCells(setup, search, searchAll(setup, search, sources), sources);
}

/** Runs a search from the given structures. @returns what seeded it */
function searchAll(
  { network, sources: snapped, walkSpeedKph }: StreetTasksSetup,
  search: StreetSearch | ReferenceSearch,
  sources: readonly number[],
): SeedSet {
  const seedSet = buildSeeds(network, snapped, sources, 'towards', walkSpeedKph);
  search.run(seedSet.seeds);
  return seedSet;
}

function evaluateCells(
  { network, points }: StreetTasksSetup,
  search: StreetSearch | ReferenceSearch,
  seedSet: SeedSet,
  sources: readonly number[],
): PointTimes {
  const evaluated = evaluatePoints(network, search, seedSet, points!, 'towards', true);
  // Sources are positions in the list given: back to positions among all structures.
  for (let i = 0; i < evaluated.sources.length; i++) {
    if (evaluated.sources[i]! >= 0) evaluated.sources[i] = sources[evaluated.sources[i]!]!;
  }
  return evaluated;
}

/** Times of the cells if no ferry ran; undefined where the network has none. */
async function searchWithoutFerries(
  setup: StreetTasksSetup,
  sources: readonly number[],
): Promise<Int32Array | undefined> {
  const network = withoutFerries(setup.network);
  if (network === undefined) return undefined;
  const search = await createSearch({ ...setup, network });
  return searchFrom({ ...setup, network }, search, sources).times;
}

/** The search's answer as the coverage stage takes it. */
export function toModeTimes(mode: StreetMode, evaluated: PointTimes, points: SnappedPoints): ModeTimes {
  return {
    mode,
    timeOfCell: evaluated.times,
    nearestStructureOfCell: evaluated.sources,
    distanceOfCell: Int32Array.from(evaluated.meters, (meters) =>
      Number.isNaN(meters) ? -1 : Math.round(meters * 10),
    ),
    linkedCell: linkedPoints(points),
  };
}

function structureTask(study: Study, source: number, isochrones: IsochroneChoice): StreetTask {
  return {
    kind: 'structure',
    source,
    thresholdDeciseconds: minutesToDeciseconds(study.thresholdMinutes),
    inclusive: study.inclusive,
    withReach: true,
    isochroneMinutes: isochrones === 'all' ? study.isochronesMinutes : [],
  };
}

/** Cells within the threshold by structure, as one CSR. */
export function packReach(cellsOfEach: readonly Uint32Array[]): StructureReach {
  const firstCellOfStructure = new Uint32Array(cellsOfEach.length + 1);
  cellsOfEach.forEach((cells, i) => {
    firstCellOfStructure[i + 1] = firstCellOfStructure[i]! + cells.length;
  });
  const cellsOfStructure = new Uint32Array(firstCellOfStructure[cellsOfEach.length]!);
  cellsOfEach.forEach((cells, i) => {
    cellsOfStructure.set(cells, firstCellOfStructure[i]!);
  });
  return { firstCellOfStructure, cellsOfStructure };
}

/** cell -> 1 where it is linked to the network. */
export function linkedPoints(points: SnappedPoints): Uint8Array {
  return Uint8Array.from({ length: points.count }, (_, i) =>
    points.firstCandidate[i + 1]! > points.firstCandidate[i]! ? 1 : 0,
  );
}

/** How far cells and structures lie off the streets, for the report. */
export function toModeSnaps(mode: Mode, cells: SnappedPoints, structures: SnappedPoints): ModeSnaps {
  return {
    mode,
    cells: summarise(cells),
    structures: summarise(structures),
    metersOfStructure: structures.nearestMeters.map((meters) =>
      Number.isFinite(meters) ? meters : Number.NaN,
    ),
  };
}

function summarise(points: SnappedPoints): SnapSummary {
  const meters = points.nearestMeters.filter((value) => Number.isFinite(value)).sort();
  const at = (share: number) =>
    meters.length === 0 ? undefined : meters[Math.floor(share * (meters.length - 1))]!;
  return {
    count: points.count,
    notLinkedCount: points.count - meters.length,
    medianMeters: at(0.5),
    p95Meters: at(0.95),
    maxMeters: at(1),
  };
}

/** Tells of structures and cells that no street of the mode takes, or only from afar. */
export function noticeLinks(
  study: Study,
  mode: Mode,
  structures: readonly Structure[],
  sources: SnappedPoints,
  cells: PopulationCells,
  points: SnappedPoints,
  notices: NoticeList,
): void {
  structures.forEach((structure, i) => {
    const meters = sources.nearestMeters[i]!;
    const place = { file: structure.file, row: structure.row, id: structure.id };
    if (!Number.isFinite(meters)) {
      notices.add({
        code: 'structure-not-linked',
        severity: 'warning',
        message: `${structure.nom}: no usable street for the mode ${mode} is near`,
        action: `reaches nobody by ${mode}`,
        ...place,
      });
    } else if (meters > study.structureRadiusMeters) {
      notices.add({
        code: 'structure-far-from-street',
        severity: 'warning',
        message: `${structure.nom} lies ${Math.round(meters)} m off the nearest street for the mode ${mode}`,
        action: 'linked to it, the walk counted; check its position',
        ...place,
        value: String(Math.round(meters)),
      });
    }
  });
  for (let cell = 0; cell < cells.count; cell++) {
    if (Number.isFinite(points.nearestMeters[cell]!)) continue;
    notices.add({
      code: points.cutOff[cell] === 1 ? 'cell-on-island' : 'cell-not-linked',
      severity: 'info',
      message:
        points.cutOff[cell] === 1
          ? `the streets near the cell are cut off from the rest for the mode ${mode}`
          : `no street for the mode ${mode} within ${study.snapRadiusMeters} m of the cell`,
      action: `counted as not connected by ${mode}`,
      id: cells.id[cell]!,
    });
  }
}
