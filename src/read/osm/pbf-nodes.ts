/**
 * Matches the nodes of PBF blocks, in ascending id order, against the sorted ids that the ways refer to, by
 * merging: one step of either side at a time, and coordinates and tags kept for the matches only.
 */

import { boundsOf } from '../../common/bounds.ts';
import { GrowingUint32 } from '../../common/growing-arrays.ts';
import { sharedInt32 } from '../../common/shared-arrays.ts';
import { NO_INDEX } from '../../common/units.ts';
import { type NodeSink, type NodeTags, STRAY } from './pbf-dense.ts';
import { UnsortedError } from './pbf-errors.ts';
import type { WayPositions } from './way-positions.ts';

export interface MatchedNodes {
  idOfNode: Float64Array;
  lonOfNode: Int32Array;
  latOfNode: Int32Array;
  taggedNodes: Uint32Array;
  tagSetOfTaggedNode: Uint32Array;
  bounds: readonly [number, number, number, number];
}

export class NodeMatcher implements NodeSink {
  private readonly lon: Int32Array;
  private readonly lat: Int32Array;
  private readonly found: Uint8Array;
  private readonly tagged = new GrowingUint32(1024);
  private readonly tagSetOfTagged = new GrowingUint32(1024);
  /** Next wanted id, and the id last seen in the file. */
  private cursor = 0;
  private lastId = -Infinity;

  constructor(private readonly wantedIds: Float64Array) {
    this.lon = sharedInt32(wantedIds.length);
    this.lat = sharedInt32(wantedIds.length);
    this.found = new Uint8Array(wantedIds.length);
  }

  take(count: number, ids: Float64Array, lons: Float64Array, lats: Float64Array, tags: NodeTags): void {
    const { wantedIds, lon, lat, found } = this;
    const wantedCount = wantedIds.length;
    let { cursor, lastId } = this;
    let wanted = cursor < wantedCount ? wantedIds[cursor]! : Infinity;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (id <= lastId) throw new UnsortedError();
      lastId = id;
      while (wanted < id) wanted = ++cursor < wantedCount ? wantedIds[cursor]! : Infinity;
      if (wanted !== id || lons[i] === STRAY) {
        if (tags.nextHasTags()) tags.skip();
        continue;
      }
      lat[cursor] = lats[i]!;
      lon[cursor] = lons[i]!;
      found[cursor] = 1;
      if (tags.nextHasTags()) tags.keep(cursor, this.tagged, this.tagSetOfTagged);
    }
    this.cursor = cursor;
    this.lastId = lastId;
  }

  /**
   * Places wanted nodes that the file lacks where ways say they lie. `rankOfRef`: reference -> wanted node; the first
   * way that names a node counts.
   */
  placeFromWays(rankOfRef: Uint32Array, positions: WayPositions): void {
    const { lon, lat, found } = this;
    for (let ref = 0; ref < positions.length; ref++) {
      const rank = rankOfRef[ref]!;
      if (found[rank] === 1 || !positions.isKnown(ref)) continue;
      lon[rank] = positions.lonAt(ref);
      lat[rank] = positions.latAt(ref);
      found[rank] = 1;
    }
  }

  /** Drops wanted nodes that the file lacks; `nodeOfRef` is rewritten in place to the kept positions. */
  finish(nodeOfRef: Uint32Array): MatchedNodes {
    return keepNodes(
      this.found,
      { ids: this.wantedIds, lon: this.lon, lat: this.lat },
      { nodes: this.tagged.slice(), sets: this.tagSetOfTagged.slice() },
      nodeOfRef,
    );
  }
}

/**
 * Keeps the nodes that `kept` marks (node -> 1), and rewrites references in place to the kept positions;
 * NO_INDEX stays, and takes the place of nodes that are not kept.
 */
export function keepNodes(
  kept: Uint8Array,
  all: { ids: Float64Array; lon: Int32Array; lat: Int32Array },
  tagged: { nodes: Uint32Array; sets: Uint32Array },
  nodeOfRef: Uint32Array,
): MatchedNodes {
  const count = kept.length;
  if (!kept.includes(0)) {
    return {
      idOfNode: all.ids,
      lonOfNode: all.lon,
      latOfNode: all.lat,
      taggedNodes: tagged.nodes,
      tagSetOfTaggedNode: tagged.sets,
      bounds: boundsOf(all.lon, all.lat),
    };
  }
  const keptOf = new Uint32Array(count);
  let keptCount = 0;
  for (let i = 0; i < count; i++) keptOf[i] = kept[i] === 1 ? keptCount++ : NO_INDEX;
  const idOfNode = new Float64Array(keptCount);
  const lonOfNode = sharedInt32(keptCount);
  const latOfNode = sharedInt32(keptCount);
  for (let i = 0; i < count; i++) {
    const to = keptOf[i]!;
    if (to === NO_INDEX) continue;
    idOfNode[to] = all.ids[i]!;
    lonOfNode[to] = all.lon[i]!;
    latOfNode[to] = all.lat[i]!;
  }
  for (let i = 0; i < nodeOfRef.length; i++) {
    const node = nodeOfRef[i]!;
    if (node !== NO_INDEX) nodeOfRef[i] = keptOf[node]!;
  }
  const isKept = (i: number) => kept[tagged.nodes[i]!] === 1;
  return {
    idOfNode,
    lonOfNode,
    latOfNode,
    taggedNodes: tagged.nodes.filter((_, i) => isKept(i)).map((node) => keptOf[node]!),
    tagSetOfTaggedNode: tagged.sets.filter((_, i) => isKept(i)),
    bounds: boundsOf(lonOfNode, latOfNode),
  };
}
