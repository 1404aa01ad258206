/**
 * The walks of a transit search on demand: from the cache where the same streets, stops, homes and structures
 * were joined before, else searched, and cached. They are the larger part of a day's preparation.
 */
import { createHash } from 'node:crypto';
import { decodeArrays, encodeArrays, type FileArray } from '../network/array-file.ts';
import type { IndexedNetwork } from '../network/street-network-file.ts';
import type { PointLinks } from '../search/point-links.ts';
import { buildTransitWalks, type TransitWalks, type WalkLimits } from '../search/transit-walks.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { Timetable } from '../transit/timetable.ts';
import type { Cache } from './cache.ts';

const KIND = 'transit-walks';
/** Increase whenever the same streets, stops and points may give other walks. */
const TRANSIT_WALKS_VERSION = 2;

/** What the walks join. */
export interface WalkEnds {
  /** The walkers' network and its name in the cache; without a name nothing is cached. */
  network: IndexedNetwork;
  networkName: string | undefined;
  usefulEdges: Uint8Array;
  timetable: Timetable;
  cells: PointLinks;
  structures: SnappedPoints;
}

export async function loadTransitWalks(
  ends: WalkEnds,
  limits: WalkLimits,
  cache: Cache,
  onProgress: (share: number) => void = () => {},
): Promise<TransitWalks> {
  const name = nameOf(ends, limits, cache);
  const cached = name === undefined ? undefined : await readCached(cache, name);
  if (cached !== undefined) return cached;
  const { network, usefulEdges, timetable, cells, structures } = ends;
  const walks = buildTransitWalks(
    network.network,
    network.index,
    usefulEdges,
    timetable,
    cells,
    structures,
    limits,
    onProgress,
  );
  if (name !== undefined) cache.write(name, encodeTransitWalks(walks));
  return walks;
}

async function readCached(cache: Cache, name: string): Promise<TransitWalks | undefined> {
  const buffer = await cache.read(name);
  if (buffer === undefined) return undefined;
  try {
    return decodeTransitWalks(buffer);
  } catch {
    return undefined; // Another layout or another tool's file: searched anew, and written over.
  }
}

/** A name after the content of all that the walks depend on. */
function nameOf(ends: WalkEnds, limits: WalkLimits, cache: Cache): string | undefined {
  const { networkName, usefulEdges, timetable, cells, structures } = ends;
  if (networkName === undefined || cache.folder === undefined) return undefined;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([TRANSIT_WALKS_VERSION, networkName, limits]));
  const add = (array: ArrayBufferView) =>
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  for (const array of [
    usefulEdges,
    timetable.servedOfStop,
    timetable.lonOfStop,
    timetable.latOfStop,
    cells.firstLink,
    cells.vertices,
    cells.times,
    cells.edgesInOrder,
    cells.candidatesInOrder,
    cells.pointOfCandidate,
    cells.fractionOfCandidate,
    cells.walkTimeOfCandidate,
    structures.firstCandidate,
    structures.edges,
    structures.fractions,
    structures.distances,
  ]) {
    // Lengths apart, so that no value can pass from one array to the next.
    hash.update(`;${array.length};`);
    add(array);
  }
  return `walks-${hash.digest('hex')}`;
}

/** All arrays under `table.array` names; what is no array beside them. */
export function encodeTransitWalks(walks: TransitWalks): Uint8Array[] {
  const arrays: Record<string, FileArray> = {};
  const counts: Record<string, number> = {};
  for (const [table, value] of Object.entries(walks)) {
    if (value === undefined) continue;
    if (ArrayBuffer.isView(value)) {
      arrays[table] = value as FileArray;
      continue;
    }
    for (const [key, inner] of Object.entries(value as object)) {
      if (ArrayBuffer.isView(inner)) arrays[`${table}.${key}`] = inner as FileArray;
      else counts[`${table}.${key}`] = inner as number;
    }
  }
  return encodeArrays(KIND, { counts }, arrays);
}

/** @throws Error where the bytes are no such file */
export function decodeTransitWalks(buffer: SharedArrayBuffer): TransitWalks {
  const { meta, arrays } = decodeArrays(buffer, KIND);
  const walks: Record<string, unknown> = { vertexAccess: undefined };
  for (const [name, value] of [...Object.entries(arrays), ...Object.entries(meta['counts'] as object)]) {
    const [table, key] = name.split('.') as [string, string | undefined];
    walks[table] = key === undefined ? value : { ...(walks[table] as object | undefined), [key]: value };
  }
  for (const table of REQUIRED) if (walks[table] === undefined) throw new Error(`no ${table}`);
  return walks as unknown as TransitWalks;
}

const REQUIRED: ReadonlyArray<keyof TransitWalks> = [
  'access',
  'walksIntoStops',
  'egress',
  'servedStops',
  'snappedStops',
  'metersOfStop',
];
