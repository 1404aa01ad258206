/**
 * The fast path from an `.osm.pbf` file to `OsmStreets`. Files as published are sorted (nodes, ways, relations, each
 * by id), so the ways are read first, and their references tell which nodes are wanted:
 * - of a file that is not large all nodes are held, in another thread where there is one, and the references are
 *   looked up among them;
 * - of a large one the references are sorted, and the nodes matched by merging, so that only those of streets are
 *   ever kept.
 *
 * A file in any other order takes the generic path (`osm-elements.ts` feeding `OsmStreetsBuilder`). All give the same
 * streets. Decoding is inline on the inflated bytes, without an object per element.
 */

import { Fault } from '../../common/errors.ts';
import type { NoticeList } from '../../common/notices.ts';
import { sharedUint32 } from '../../common/shared-arrays.ts';
import { lookUpReferences, type NodeTable, readNodeTable } from './node-table.ts';
import { OddElements } from './odd-elements.ts';
import type { OsmStreets, OsmTags } from './osm-data.ts';
import { readUnsortedStreets } from './osm-unsorted.ts';
import { PbfFile } from './pbf-blobs.ts';
import { listRequiredFeatures, parseBlock } from './pbf-block.ts';
import { NodeDecoder, type StrayNodes } from './pbf-dense.ts';
import { HISTORY_FEATURE } from './pbf-elements.ts';
import { UnsortedError } from './pbf-errors.ts';
import { keepNodes, type MatchedNodes, NodeMatcher } from './pbf-nodes.ts';
import { BlockStrings, TagSets } from './pbf-strings.ts';
import { type SortedWays, WaysReader } from './pbf-way-blobs.ts';
import { sortReferences } from './sort-references.ts';
import { countMissing, noticeStreetDefects } from './street-defects.ts';
import { sortOut } from './street-relations.ts';

/**
 * Up to this size all nodes are held at once: 18 bytes each, some 200 MB in all. Sorting the references instead took
 * as long as all other reading (2.1 M nodes: 0.3 s more).
 */
const LARGEST_TABLE_BYTES = 96 * 2 ** 20;
/** Below this size another thread is not worth its start. */
const SMALLEST_SHARED_BYTES = 4 * 2 ** 20;

/** Another thread that reads the nodes of a file, and then looks up a share of the references. */
export interface NodeHelper {
  /** Rejects where the nodes cannot be read there: they are then read here, which tells what is wrong. */
  table: Promise<NodeTable>;
  /** Looks up references `from`..`to`, as `lookUpReferences` does; all arrays are shared. */
  lookUp(refs: Float64Array, from: number, to: number, nodeOfRef: Uint32Array): Promise<void>;
  close(): Promise<void>;
}

export interface ReadPbfOptions {
  /** Gets the share of the work done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  /** Starts another thread for the nodes; without it this one does everything. */
  startNodeHelper?: ((path: string) => NodeHelper) | undefined;
  /** Gets the tag sets of the ways while the other thread is still reading the nodes: there is time for work on them. */
  onTagSetsOfWays?: ((tagSets: readonly OsmTags[]) => void) | undefined;
  /** For tests: the sizes at which the reader changes its way of working. */
  largestTableBytes?: number;
  smallestSharedBytes?: number;
}

/** Reads the streets of a PBF file. Throws a UsageError naming the blob where it is damaged. */
export async function readPbfStreets(
  path: string,
  notices: NoticeList,
  options: ReadPbfOptions = {},
): Promise<OsmStreets> {
  const file = await PbfFile.open(path);
  try {
    const [header] = file.blobs;
    const headerBytes = await file.inflateBlob(header!);
    file.guard(header!, () => checkHeader(path, headerBytes));
    const { streets, shortWayCount, strays } = await readSorted(file, options);
    const odd = new OddElements();
    if (strays.count > 0) odd.add('osm-node-without-position', undefined, strays.first, strays.count);
    odd.report(path, notices);
    noticeStreetDefects({ shortWayCount, missingCount: countMissing(streets.nodeOfRef) }, path, notices);
    return streets;
  } catch (error) {
    if (!(error instanceof UnsortedError)) throw error;
    return await readUnsortedStreets(path, notices, options.onProgress);
  } finally {
    await file.close();
  }
}

async function readSorted(
  file: PbfFile,
  options: ReadPbfOptions,
): Promise<{ streets: OsmStreets; shortWayCount: number; strays: StrayNodes }> {
  const { largestTableBytes = LARGEST_TABLE_BYTES, smallestSharedBytes = SMALLEST_SHARED_BYTES } = options;
  const holdsAll = file.sizeBytes <= largestTableBytes;
  const helper =
    holdsAll && file.sizeBytes >= smallestSharedBytes ? options.startNodeHelper?.(file.path) : undefined;
  helper?.table.catch(() => {}); // Read here instead, where its turn comes.
  try {
    let blobsDone = 0;
    const onBlob = () => {
      if ((++blobsDone & 31) === 0) options.onProgress?.(Math.min(1, blobsDone / file.blobs.length));
    };
    const tagSets = new TagSets();
    const ways = await new WaysReader(file, tagSets, onBlob).read();
    if (ways.count === 0) {
      throw new Fault('pbf-without-streets', { file: file.path });
    }
    if (helper !== undefined) options.onTagSetsOfWays?.(tagSets.tagSets);
    // Merging places the nodes that only ways know, too.
    const matched =
      holdsAll && ways.positions.length === 0
        ? await matchInTable(file, ways, tagSets, helper, onBlob)
        : await matchByMerging(file, ways, tagSets, onBlob);
    const { nodeOfRef, strays, ...nodes } = matched;
    const streets = {
      nodeCount: nodes.idOfNode.length,
      ...nodes,
      wayCount: ways.count,
      idOfWay: ways.ids,
      firstRefOfWay: ways.firstRefs,
      nodeOfRef,
      tagSetOfWay: ways.tagSets,
      tagSets: tagSets.tagSets,
      ...sortOut(ways.relations),
    };
    return { streets, shortWayCount: ways.shortWayCount, strays };
  } finally {
    await helper?.close();
  }
}

type MatchedRefs = MatchedNodes & { nodeOfRef: Uint32Array; strays: StrayNodes };

/** Looks the references up among all nodes of the file. */
async function matchInTable(
  file: PbfFile,
  { refs }: SortedWays,
  tagSets: TagSets,
  helper: NodeHelper | undefined,
  onBlob: () => void,
): Promise<MatchedRefs> {
  const helped = await helper?.table.catch(() => undefined);
  const table = helped ?? (await readNodeTable(file, onBlob));
  const nodeOfRef = sharedUint32(refs.length);
  const half = helped === undefined ? refs.length : refs.length >> 1;
  const others = helped === undefined ? undefined : helper!.lookUp(refs, half, refs.length, nodeOfRef);
  lookUpReferences(table, refs, 0, half, nodeOfRef);
  await others;
  const kept = keepNodes(
    table.used,
    {
      ids: table.ids.subarray(0, table.count),
      lon: table.lon.subarray(0, table.count),
      lat: table.lat.subarray(0, table.count),
    },
    { nodes: table.taggedNodes, sets: table.tagSetOfTagged },
    nodeOfRef,
  );
  // Only the sets of nodes that are kept, in their order, as the other readers meet them.
  const setOf = new Map<number, number>();
  const tagSetOfTaggedNode = kept.tagSetOfTaggedNode.map((set) => {
    let own = setOf.get(set);
    if (own === undefined) {
      own = tagSets.internTags(table.tagSets[set]!);
      setOf.set(set, own);
    }
    return own;
  });
  return { ...kept, tagSetOfTaggedNode, nodeOfRef, strays: table.strays };
}

/** Sorts the references, and keeps only the nodes that they name. */
async function matchByMerging(
  file: PbfFile,
  { refs, firstBlob, positions }: SortedWays,
  tagSets: TagSets,
  onBlob: () => void,
): Promise<MatchedRefs> {
  const to = Math.min(firstBlob + 1, file.blobs.length);
  const pending = file.inflateAhead(1, to);
  const { sortedIds, rankOfRef } = sortReferences(refs);
  const matcher = new NodeMatcher(sortedIds);
  const strings = new BlockStrings(tagSets);
  const decoder = new NodeDecoder(strings, tagSets, matcher);
  for await (const { blob, bytes } of file.inflateBlobs(1, to, pending)) {
    onBlob();
    if (blob.type !== 'OSMData') continue;
    file.guard(blob, () => {
      const block = parseBlock(bytes);
      let stringsLoaded = false;
      for (const group of block.groups) {
        if (group.kind === 'ways' || group.kind === 'relations') {
          if (blob.index + 1 < to) throw new UnsortedError();
          continue;
        }
        if (!stringsLoaded) strings.load(bytes, block.stringsFrom, block.stringsTo);
        stringsLoaded = true;
        decoder.decode(bytes, block, group);
      }
    });
  }
  matcher.placeFromWays(rankOfRef, positions);
  return { ...matcher.finish(rankOfRef), nodeOfRef: rankOfRef, strays: decoder.strays };
}

/** Features that this reader knows or may ignore; a history is left to the generic path. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'LocationsOnWays']);

function checkHeader(path: string, bytes: Uint8Array): void {
  for (const feature of listRequiredFeatures(bytes)) {
    if (feature === HISTORY_FEATURE) throw new UnsortedError();
    if (!KNOWN_FEATURES.has(feature)) {
      throw new Fault('pbf-feature-unknown', { file: path, value: feature });
    }
  }
}
