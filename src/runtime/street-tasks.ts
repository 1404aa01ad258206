/**
 * What can be done apart, one task each, in whatever thread: a column of a matrix (one destination, all origins),
 * one structure (the cells within the threshold of it, and its isochrones), and before those the links of the
 * points that they look at.
 */
import { isWithin, minutesToDeciseconds, UNREACHED } from '../common/units.ts';
import { type ContourBand, contourBands } from '../isochrones/contour.ts';
import { IsochroneScratch } from '../isochrones/scratch.ts';
import type { SurfaceSeed } from '../isochrones/seed-places.ts';
import { buildSurface } from '../isochrones/surface.ts';
import { buildSeeds, evaluatePoints, findPointsWithin } from '../search/door-to-door.ts';
import { groupByVertex, type LinksByVertex, type PointLinks, walkOffRoad } from '../search/point-links.ts';
import type { ReferenceSearch } from '../search/reference.ts';
import type { SearchDirection } from '../search/seeds.ts';
import { StreetSearch } from '../search/street-search.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import {
  type EdgeBoxes,
  indexOf,
  type LinkedPoints,
  linkSources,
  linkToStreets,
  type PointsToLink,
  type SourcesToLink,
} from './link-points.ts';

export type Engine = 'fast' | 'reference';

/** What all tasks share; structured-cloned to each worker, the network's arrays by reference. */
export interface StreetTasksSetup {
  engine: Engine;
  network: StreetNetwork;
  direction: SearchDirection;
  walkSpeedKph: number;
  /** Where searches start: structures, destinations. */
  sources: SnappedPoints;
  sourceLon: Float64Array;
  sourceLat: Float64Array;
  /** The boxes of the network's edges, and edge -> TAKES_* bits: which streets isochrones look at (else all). */
  edgeBoxes?: EdgeBoxes | undefined;
  usefulEdges?: Uint8Array | undefined;
  /** How far off the road isochrones go: as far as homes are linked; default 500 m. */
  offRoadMeters?: number | undefined;
  /** What they are evaluated at: cells, origins; undefined where only isochrones are drawn, or until linked. */
  points: PointLinks | undefined;
  /** Points that are not linked yet. */
  toLink?: PointsToLink | undefined;
}

/** A setup whose sources are still to be linked; each thread may do so for itself. */
export type UnlinkedSetup = Omit<StreetTasksSetup, 'sources' | 'usefulEdges'> & {
  sourcesToLink: SourcesToLink;
};

/** Links the sources of a setup. `opensIslands` as `LinkedSources` has it. */
export function completeSetup({ sourcesToLink, ...setup }: UnlinkedSetup): {
  setup: StreetTasksSetup;
  opensIslands: boolean;
} {
  const { network, edgeBoxes, sourceLon, sourceLat } = setup;
  const { opensIslands, ...linked } = linkSources(network, edgeBoxes, sourceLon, sourceLat, sourcesToLink);
  return { setup: { ...setup, ...linked }, opensIslands };
}

export type StreetTask =
  | { kind: 'link' }
  | { kind: 'column'; source: number; cutoffDeciseconds: number | undefined }
  | {
      kind: 'structure';
      source: number;
      thresholdDeciseconds: number;
      inclusive: boolean;
      /** Whether the cells within the threshold are wanted. */
      withReach: boolean;
      /** Minutes of the isochrones; empty = none. */
      isochroneMinutes: readonly number[];
    };

export interface StreetTaskResult {
  /** Link: the points of the setup. */
  linked?: LinkedPoints;
  /** Column: deciseconds and metres of every point. */
  times?: Int32Array;
  meters?: Float64Array;
  /** Structure: positions of the points within the threshold, ascending. */
  reach?: Uint32Array;
  bands?: ContourBand[];
}

/** How many links of points are looked at, one after the other, in the time of one reached vertex and its links. */
const LINKS_PER_VERTEX = 5;
/** How many times all links are looked at in the time in which they are grouped by their vertices. */
const LOOKS_PER_GROUPING = 16;

export class StreetTasks {
  private scratch: IsochroneScratch | undefined;
  private linksByVertex: LinksByVertex | undefined;
  /** Links that were looked at, or would have been, beyond what the way by vertices takes. */
  private linksSpared = 0;
  private isFound: Uint8Array | undefined;
  private linkedPoints: PointLinks | undefined;

  private constructor(
    private readonly setup: StreetTasksSetup,
    private readonly search: StreetSearch | ReferenceSearch,
  ) {
    this.linkedPoints = setup.points;
  }

  static async create(given: StreetTasksSetup | UnlinkedSetup): Promise<StreetTasks> {
    const setup = 'sourcesToLink' in given ? completeSetup(given).setup : given;
    return new StreetTasks(setup, await createSearch(setup));
  }

  run(task: StreetTask): StreetTaskResult {
    if (task.kind === 'link') return this.runLink();
    return task.kind === 'column' ? this.runColumn(task) : this.runStructure(task);
  }

  /** The structures that this thread goes on to find the points linked. */
  private runLink(): StreetTaskResult {
    const linked = linkSetup(this.setup);
    this.linkedPoints = linked.links;
    return { linked };
  }

  private runColumn(task: Extract<StreetTask, { kind: 'column' }>): StreetTaskResult {
    const { network, sources, direction, walkSpeedKph } = this.setup;
    const cutoff = task.cutoffDeciseconds ?? UNREACHED - 1;
    const seedSet = buildSeeds(network, sources, [task.source], direction, walkSpeedKph);
    const points = this.points();
    this.search.run(seedSet.seeds, cutoff, points.vertices);
    const { times, meters } = evaluatePoints(network, this.search, seedSet, points, direction, true);
    for (let point = 0; point < times.length; point++) {
      if (times[point]! > cutoff) times[point] = UNREACHED;
    }
    return { times, meters };
  }

  private runStructure(task: Extract<StreetTask, { kind: 'structure' }>): StreetTaskResult {
    const { network, sources, direction, walkSpeedKph } = this.setup;
    const isochroneLimit = minutesToDeciseconds(Math.max(0, ...task.isochroneMinutes));
    const limit = Math.max(isochroneLimit, task.withReach ? task.thresholdDeciseconds : 0);
    const seedSet = buildSeeds(network, sources, [task.source], direction, walkSpeedKph);
    this.search.run(seedSet.seeds, limit);
    const result: StreetTaskResult = {};
    if (task.withReach && this.search instanceof StreetSearch) {
      const points = this.points();
      this.isFound ??= new Uint8Array(points.count);
      const { isFound } = this;
      const linksByVertex = this.groupedFor(this.search.reachedCount, points);
      result.reach = findPointsWithin(
        network,
        this.search,
        seedSet,
        points,
        linksByVertex,
        direction,
        task,
        isFound,
      );
    } else if (task.withReach) {
      const { times } = evaluatePoints(network, this.search, seedSet, this.points(), direction, false);
      const within: number[] = [];
      for (let point = 0; point < times.length; point++) {
        if (isWithin(times[point]!, task.thresholdDeciseconds, task.inclusive)) within.push(point);
      }
      result.reach = Uint32Array.from(within);
    }
    if (task.isochroneMinutes.length > 0) result.bands = this.drawBands([task.source], task.isochroneMinutes);
    return result;
  }

  /**
   * The links by vertex where that is the quicker way to those within reach; undefined where all points are looked at
   * one after the other. They are grouped once that would have saved as much as it takes.
   */
  private groupedFor(reachedCount: number, points: PointLinks): LinksByVertex | undefined {
    const linkCount = points.vertices.length;
    const spared = linkCount - LINKS_PER_VERTEX * reachedCount;
    if (spared <= 0) return undefined;
    this.linksSpared += spared;
    if (this.linksSpared > LOOKS_PER_GROUPING * linkCount)
      this.linksByVertex ??= groupByVertex(points, this.setup.network.vertexCount);
    return this.linksByVertex;
  }

  private points(): PointLinks {
    if (this.linkedPoints === undefined) throw new Error('the tasks were set up without points');
    return this.linkedPoints;
  }

  /** Isochrones of the search that has just run from the given sources. */
  private drawBands(sources: readonly number[], minutes: readonly number[]): ContourBand[] {
    this.scratch ??= new IsochroneScratch();
    return drawIsochrones(this.setup, this.search, sources, minutes, this.scratch);
  }
}

/** Links the points that a setup still has to link. */
export function linkSetup({
  toLink,
  network,
  edgeBoxes,
  usefulEdges,
  walkSpeedKph,
}: StreetTasksSetup): LinkedPoints {
  if (toLink === undefined || usefulEdges === undefined) throw new Error('the setup has no points to link');
  return linkToStreets(toLink, network, edgeBoxes, usefulEdges, walkSpeedKph);
}

/** The engine asked for. The reference loads graphology, which nobody else waits for. */
export async function createSearch({
  engine,
  network,
  direction,
}: Pick<StreetTasksSetup, 'engine' | 'network' | 'direction'>): Promise<StreetSearch | ReferenceSearch> {
  if (engine === 'fast') return new StreetSearch(network, direction);
  const { ReferenceSearch } = await import('../search/reference.ts');
  return new ReferenceSearch(network, direction);
}

/** Islands and holes of fewer grid nodes are specks: about two cells. */
export const LEAST_ISOCHRONE_NODES = 3;

/** Isochrones from a finished search; `sources` are those that seeded it. */
export function drawIsochrones(
  setup: StreetTasksSetup,
  search: StreetSearch | ReferenceSearch,
  sources: ArrayLike<number>,
  minutes: readonly number[],
  scratch: IsochroneScratch,
): ContourBand[] {
  const reached =
    search instanceof StreetSearch ? search.reached.subarray(0, search.reachedCount) : undefined;
  return drawTimes(setup, search.times, reached, surfaceSeeds(setup, sources), minutes, scratch);
}

/** Isochrones from times at the vertices, however they were found. @param reached those with a time; else all */
export function drawTimes(
  setup: Omit<StreetTasksSetup, 'engine' | 'points'>,
  timeOfVertex: Int32Array,
  reached: Uint32Array | undefined,
  seeds: readonly SurfaceSeed[],
  minutes: readonly number[],
  scratch: IsochroneScratch,
): ContourBand[] {
  if (seeds.length === 0)
    return minutes.map((value) => ({ minutes: value, geometry: { type: 'MultiPolygon', coordinates: [] } }));
  const { edgeBoxes } = setup;
  const surface = buildSurface({
    network: setup.network,
    index: indexOf(edgeBoxes),
    usefulEdges: setup.usefulEdges,
    direction: setup.direction,
    timeOfVertex,
    reached,
    cutoffDeciseconds: minutesToDeciseconds(Math.max(...minutes)),
    walkSpeedKph: setup.walkSpeedKph,
    seeds,
    offRoadMeters: setup.offRoadMeters,
    scratch,
  });
  return contourBands(surface, minutes, { scratch, leastNodes: LEAST_ISOCHRONE_NODES });
}

/** What the given sources add to a surface, one seed for each street that they are linked to. */
export function surfaceSeeds(
  setup: Pick<StreetTasksSetup, 'sources' | 'sourceLon' | 'sourceLat' | 'walkSpeedKph'>,
  sources: ArrayLike<number>,
): SurfaceSeed[] {
  const { sources: snapped, sourceLon, sourceLat, walkSpeedKph } = setup;
  const seeds: SurfaceSeed[] = [];
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i]!;
    for (let k = snapped.firstCandidate[source]!; k < snapped.firstCandidate[source + 1]!; k++) {
      seeds.push({
        lon: sourceLon[source]!,
        lat: sourceLat[source]!,
        timeDeciseconds: 0,
        link: {
          edge: snapped.edges[k]!,
          fraction: snapped.fractions[k]!,
          timeDeciseconds: walkOffRoad(snapped.distances[k]!, walkSpeedKph),
        },
      });
    }
  }
  return seeds;
}
