/**
 * All nodes of a sorted PBF file, by ascending id, and a search among them: ways refer to nodes by id. Ids that lie
 * near each other are common in a way (its nodes were drawn together), so the place next to the reference before is
 * tried first; else a table of equal steps over the ids leads to a few candidates, searched by halving.
 *
 * Everything lies in shared memory: another thread may read the nodes while this one reads the ways, and both may
 * look up references at once.
 */
import { GrowingUint32 } from '../../common/growing-arrays.ts';
import { sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../../common/shared-arrays.ts';
import { NO_INDEX } from '../../common/units.ts';
import type { OsmTags } from './osm-data.ts';
import type { PbfFile } from './pbf-blobs.ts';
import { parseBlock } from './pbf-block.ts';
import { NodeDecoder, type NodeSink, type NodeTags, STRAY, type StrayNodes } from './pbf-dense.ts';
import { UnsortedError } from './pbf-errors.ts';
import { BlockStrings, TagSets } from './pbf-strings.ts';

/** A file of streets takes some twelve bytes a node, any other less of its size for nodes: memory not touched is free. */
const BYTES_PER_NODE = 10;
/** Nodes per step, in the mean. */
const NODES_PER_STEP = 2;

export interface NodeTable {
  count: number;
  /** node -> OSM id, ascending; lon, lat in 1e-7 degrees. Length `count` or more. */
  ids: Float64Array;
  lon: Int32Array;
  lat: Int32Array;
  /** Nodes with tags that matter, ascending, and their sets among `tagSets`. */
  taggedNodes: Uint32Array;
  tagSetOfTagged: Uint32Array;
  tagSets: readonly OsmTags[];
  /** step -> first node whose id is not below it; one more at the end. */
  firstOfStep: Uint32Array;
  stepsPerId: number;
  /** node -> 1 once a reference to it has been looked up. */
  used: Uint8Array;
  /** Nodes that are not in the table, since they lie nowhere. */
  strays: StrayNodes;
}

/** Reads the nodes of a file from its start to the first way. @throws UnsortedError, UsageError (a damaged blob) */
export async function readNodeTable(file: PbfFile, onBlob: () => void = () => {}): Promise<NodeTable> {
  const tagSets = new TagSets();
  const strings = new BlockStrings(tagSets);
  const gatherer = new NodeGatherer(Math.ceil(file.sizeBytes / BYTES_PER_NODE));
  const decoder = new NodeDecoder(strings, tagSets, gatherer);
  for await (const { blob, bytes } of file.inflateBlobs(1, file.blobs.length)) {
    onBlob();
    if (blob.type !== 'OSMData') continue;
    const isDone = file.guard(blob, () => {
      const block = parseBlock(bytes);
      strings.load(bytes, block.stringsFrom, block.stringsTo);
      for (const group of block.groups) {
        if (group.kind === 'ways' || group.kind === 'relations') return true;
        decoder.decode(bytes, block, group);
      }
      return false;
    });
    if (isDone) break;
  }
  return gatherer.finish(tagSets.tagSets, decoder.strays);
}

class NodeGatherer implements NodeSink {
  private count = 0;
  private ids: Float64Array;
  private lon: Int32Array;
  private lat: Int32Array;
  private readonly tagged = new GrowingUint32(1024);
  private readonly tagSetOfTagged = new GrowingUint32(1024);
  private lastId = -Infinity;

  constructor(expectedCount: number) {
    this.ids = sharedFloat64(expectedCount);
    this.lon = sharedInt32(expectedCount);
    this.lat = sharedInt32(expectedCount);
  }

  take(count: number, ids: Float64Array, lons: Float64Array, lats: Float64Array, tags: NodeTags): void {
    const first = this.count;
    if (first + count > this.ids.length) this.grow(first + count);
    const { ids: idOf, lon: lonOf, lat: latOf } = this;
    let { lastId } = this;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (id <= lastId) throw new UnsortedError();
      lastId = id;
      idOf[first + i] = id;
      lonOf[first + i] = lons[i]!;
      latOf[first + i] = lats[i]!;
    }
    this.lastId = lastId;
    this.count = first + count;
    if (tags.from === tags.to) return;
    for (let i = 0; i < count; i++) {
      if (tags.nextHasTags()) tags.keep(first + i, this.tagged, this.tagSetOfTagged);
    }
  }

  finish(tagSets: readonly OsmTags[], strays: StrayNodes): NodeTable {
    const tagged = strays.count === 0 ? this.taggedNodes() : this.leaveOutStrays();
    const { count, ids } = this;
    const stepCount = Math.max(1, Math.ceil(count / NODES_PER_STEP));
    const firstOfStep = sharedUint32(stepCount + 1);
    const leastId = count > 0 ? ids[0]! : 0;
    const stepsPerId = count > 0 ? stepCount / (ids[count - 1]! - leastId + 1) : 0;
    let step = 0;
    for (let node = 0; node < count; node++) {
      const own = Math.floor((ids[node]! - leastId) * stepsPerId);
      while (step <= own) firstOfStep[step++] = node;
    }
    firstOfStep.fill(count, step);
    return {
      count,
      ids,
      lon: this.lon,
      lat: this.lat,
      ...tagged,
      tagSets,
      firstOfStep,
      stepsPerId,
      used: sharedUint8(count),
      strays,
    };
  }

  private taggedNodes(): Pick<NodeTable, 'taggedNodes' | 'tagSetOfTagged'> {
    return { taggedNodes: this.tagged.slice(), tagSetOfTagged: this.tagSetOfTagged.slice() };
  }

  /** Closes the gaps of nodes that lie nowhere; the tagged ones under their new numbers. */
  private leaveOutStrays(): Pick<NodeTable, 'taggedNodes' | 'tagSetOfTagged'> {
    const { ids, lon, lat } = this;
    const placeOfNode = new Uint32Array(this.count);
    let kept = 0;
    for (let node = 0; node < this.count; node++) {
      placeOfNode[node] = lon[node] === STRAY ? NO_INDEX : kept;
      if (lon[node] === STRAY) continue;
      ids[kept] = ids[node]!;
      lon[kept] = lon[node]!;
      lat[kept++] = lat[node]!;
    }
    this.count = kept;
    const { taggedNodes, tagSetOfTagged } = this.taggedNodes();
    const isKept = (at: number) => placeOfNode[taggedNodes[at]!] !== NO_INDEX;
    return {
      taggedNodes: taggedNodes.filter((_, at) => isKept(at)).map((node) => placeOfNode[node]!),
      tagSetOfTagged: tagSetOfTagged.filter((_, at) => isKept(at)),
    };
  }

  private grow(least: number): void {
    const capacity = Math.max(least, 2 * this.ids.length);
    const [ids, lon, lat] = [sharedFloat64(capacity), sharedInt32(capacity), sharedInt32(capacity)];
    ids.set(this.ids.subarray(0, this.count));
    lon.set(this.lon.subarray(0, this.count));
    lat.set(this.lat.subarray(0, this.count));
    this.ids = ids;
    this.lon = lon;
    this.lat = lat;
  }
}

/**
 * Looks up references `from`..`to` (exclusive), marks their nodes as used, and writes their positions into
 * `nodeOfRef`, NO_INDEX where the file lacks the node.
 */
export function lookUpReferences(
  table: NodeTable,
  refs: Float64Array,
  from: number,
  to: number,
  nodeOfRef: Uint32Array,
): void {
  const { count: nodeCount, ids, firstOfStep, stepsPerId, used } = table;
  const leastId = nodeCount > 0 ? ids[0]! : 0;
  const lastStep = firstOfStep.length - 2;
  let near = 0;
  for (let ref = from; ref < to; ref++) {
    const id = refs[ref]!;
    if (near + 1 < nodeCount && ids[near + 1] === id) near++;
    else if (near > 0 && ids[near - 1] === id) near--;
    else {
      const step = Math.floor((id - leastId) * stepsPerId);
      if (!(step >= 0 && step <= lastStep)) {
        nodeOfRef[ref] = NO_INDEX;
        continue;
      }
      let low = firstOfStep[step]!;
      let high = firstOfStep[step + 1]!;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (ids[middle]! < id) low = middle + 1;
        else high = middle;
      }
      if (low >= nodeCount || ids[low] !== id) {
        nodeOfRef[ref] = NO_INDEX;
        continue;
      }
      near = low;
    }
    used[near] = 1;
    nodeOfRef[ref] = near;
  }
}
