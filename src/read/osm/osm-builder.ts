/**
 * Builds `OsmStreets` from elements in any order: the path that every format but PBF takes, and the oracle of
 * the fast PBF path, which must give the same arrays. All nodes are held (16 bytes each) since most files have
 * them before the ways that need them.
 *
 * Canonical form: ways, nodes and restrictions by ascending id, of several with one id the last; consecutive
 * equal references collapsed, ways of fewer than two references left out; only nodes that a kept way refers
 * to; tag sets by content, numbered by first use over the ways, then over the tagged nodes.
 */

import { boundsOf } from '../../common/bounds.ts';
import type { NoticeList } from '../../common/notices.ts';
import { NO_INDEX } from '../../common/units.ts';
import { GrowingArray } from './growing-array.ts';
import { indexOfId } from './id-lookup.ts';
import type { OsmRelation, OsmStreets, OsmTags } from './osm-data.ts';
import type { OsmMembers } from './osm-visitor.ts';
import { RELEVANT_NODE_KEYS, RELEVANT_WAY_KEYS } from './relevant-keys.ts';
import { noticeStreetDefects } from './street-defects.ts';
import { isStreetRelation, isStreetWay } from './street-filter.ts';
import { sortOut } from './street-relations.ts';

const WAY_KEYS = new Set(RELEVANT_WAY_KEYS);
const NODE_KEYS = new Set(RELEVANT_NODE_KEYS);

/** Tag sets by content, in the order met. */
class TagSetRegistry {
  readonly tagSets: OsmTags[] = [];
  private readonly idOfContent = new Map<string, number>();

  /** Interns the tags whose key is in `keys`; -1 where none is left. */
  intern(tags: OsmTags, keys: ReadonlySet<string>): number {
    const kept: string[] = [];
    for (const key in tags) if (keys.has(key)) kept.push(key);
    if (kept.length === 0) return -1;
    kept.sort();
    let content = '';
    for (const key of kept) content += `${key}\u0000${tags[key]}\u0001`;
    let id = this.idOfContent.get(content);
    if (id === undefined) {
      id = this.tagSets.length;
      this.idOfContent.set(content, id);
      this.tagSets.push(Object.fromEntries(kept.map((key) => [key, tags[key]!])));
    }
    return id;
  }
}

export class OsmStreetsBuilder {
  private readonly registry = new TagSetRegistry();
  private readonly nodeIds = new GrowingArray(Float64Array);
  private readonly nodeLons = new GrowingArray(Int32Array);
  private readonly nodeLats = new GrowingArray(Int32Array);
  /** Nodes with relevant tags: position among the nodes added, and provisional tag set. */
  private readonly taggedNodes = new GrowingArray(Uint32Array);
  private readonly tagSetOfTagged = new GrowingArray(Uint32Array);
  /** Positions given by ways themselves, used only where the node element is missing. */
  private readonly spareIds = new GrowingArray(Float64Array);
  private readonly spareLons = new GrowingArray(Int32Array);
  private readonly spareLats = new GrowingArray(Int32Array);
  private readonly wayIds = new GrowingArray(Float64Array);
  private readonly firstRefs = new GrowingArray(Uint32Array);
  private readonly refs = new GrowingArray(Float64Array);
  private readonly tagSetOfWay = new GrowingArray(Uint32Array);
  private readonly relations: OsmRelation[] = [];
  private shortWayCount = 0;

  constructor(
    private readonly notices: NoticeList,
    private readonly file?: string,
  ) {}

  addNode(id: number, lonE7: number, latE7: number, tags: OsmTags | undefined): void {
    const tagSet = tags === undefined ? -1 : this.registry.intern(tags, NODE_KEYS);
    if (tagSet >= 0) {
      this.taggedNodes.push(this.nodeIds.length);
      this.tagSetOfTagged.push(tagSet);
    }
    this.nodeIds.push(id);
    this.nodeLons.push(lonE7);
    this.nodeLats.push(latE7);
  }

  addRefPosition(id: number, lonE7: number, latE7: number): void {
    this.spareIds.push(id);
    this.spareLons.push(lonE7);
    this.spareLats.push(latE7);
  }

  /** Adds a way if it is a street. A reference of NaN stands for a node known to be missing. */
  addWay(id: number, refs: ArrayLike<number>, tags: OsmTags): void {
    if (!isStreetWay((key) => tags[key])) return;
    const first = this.refs.length;
    let previous = Number.NaN;
    let count = 0;
    for (let i = 0; i < refs.length; i++) if (i === 0 || refs[i] !== refs[i - 1]) count++;
    if (count < 2) {
      this.shortWayCount++;
      return;
    }
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i]!;
      if (i > 0 && ref === previous) continue;
      this.refs.push(ref);
      previous = ref;
    }
    this.wayIds.push(id);
    this.firstRefs.push(first);
    this.tagSetOfWay.push(this.registry.intern(tags, WAY_KEYS));
  }

  /** Adds a relation if it restricts turns, or tells how long a crossing takes. */
  addRelation(id: number, tags: OsmTags, members: OsmMembers): void {
    if (!isStreetRelation((key) => tags[key])) return;
    const sorted = Object.keys(tags).sort();
    this.relations.push({
      relationId: id,
      tags: Object.fromEntries(sorted.map((key) => [key, tags[key]!])),
      members: [...members],
    });
  }

  build(): OsmStreets {
    const wayIds = this.wayIds.toArray();
    const ways = lastOfEachId(wayIds);
    const refIds = this.sortedRefs(ways.order);
    const nodes = this.matchNodes(refIds.ids);
    let duplicates = ways.duplicateCount + nodes.duplicateCount;

    const relations = lastOfEachId(Float64Array.from(this.relations, ({ relationId }) => relationId));
    duplicates += relations.duplicateCount;

    const numbering = new TagSetNumbering(this.registry.tagSets);
    const tagSetOfWay = new Uint32Array(ways.order.length);
    for (let i = 0; i < ways.order.length; i++) {
      tagSetOfWay[i] = numbering.numberOf(this.tagSetOfWay.at(ways.order[i]!));
    }
    const tagged = this.taggedAmong(nodes, numbering);
    const nodeOfRef = new Uint32Array(refIds.refs.length);
    let missingCount = 0;
    for (let i = 0; i < nodeOfRef.length; i++) {
      const wanted = indexOfId(refIds.ids, refIds.refs[i]!);
      const node = wanted < 0 ? NO_INDEX : nodes.nodeOfWanted[wanted]!;
      nodeOfRef[i] = node;
      if (node === NO_INDEX) missingCount++;
    }
    this.addNotices(duplicates, missingCount);
    return {
      nodeCount: nodes.ids.length,
      idOfNode: nodes.ids,
      lonOfNode: nodes.lons,
      latOfNode: nodes.lats,
      taggedNodes: tagged.nodes,
      tagSetOfTaggedNode: tagged.tagSets,
      wayCount: ways.order.length,
      idOfWay: Float64Array.from(ways.order, (way) => wayIds[way]!),
      firstRefOfWay: refIds.firstRefOfWay,
      nodeOfRef,
      tagSetOfWay,
      tagSets: numbering.tagSets,
      ...sortOut(Array.from(relations.order, (i) => this.relations[i]!)),
      bounds: boundsOf(nodes.lons, nodes.lats),
    };
  }

  /** References of the kept ways in canonical order, and the sorted ids among them, each once, without NaN. */
  private sortedRefs(order: Uint32Array): {
    refs: Float64Array;
    firstRefOfWay: Uint32Array;
    ids: Float64Array;
  } {
    const firstRefOfWay = new Uint32Array(order.length + 1);
    const endOf = (way: number) =>
      way + 1 < this.firstRefs.length ? this.firstRefs.at(way + 1) : this.refs.length;
    for (let i = 0; i < order.length; i++) {
      firstRefOfWay[i + 1] = firstRefOfWay[i]! + endOf(order[i]!) - this.firstRefs.at(order[i]!);
    }
    const refs = new Float64Array(firstRefOfWay[order.length]!);
    let next = 0;
    for (const way of order) {
      const end = endOf(way);
      for (let ref = this.firstRefs.at(way); ref < end; ref++) refs[next++] = this.refs.at(ref);
    }
    const sorted = refs.slice().sort();
    let count = 0;
    for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
    }
    return { refs, firstRefOfWay, ids: sorted.slice(0, count) };
  }

  /** Finds the wanted ids among the nodes added; the last of several wins. */
  private matchNodes(wanted: Float64Array): MatchedNodes {
    const added = this.nodeIds.length;
    /** wanted id -> position among the nodes added, or `added` + position among the spare ones. */
    const sourceOfWanted = new Uint32Array(wanted.length).fill(NO_INDEX);
    let duplicateCount = 0;
    for (let i = 0; i < added; i++) {
      const found = indexOfId(wanted, this.nodeIds.at(i));
      if (found < 0) continue;
      if (sourceOfWanted[found] !== NO_INDEX) duplicateCount++;
      sourceOfWanted[found] = i;
    }
    for (let i = 0; i < this.spareIds.length; i++) {
      const found = indexOfId(wanted, this.spareIds.at(i));
      if (found >= 0 && sourceOfWanted[found] === NO_INDEX) sourceOfWanted[found] = added + i;
    }
    let count = 0;
    for (const source of sourceOfWanted) if (source !== NO_INDEX) count++;
    const ids = new Float64Array(count);
    const lons = new Int32Array(count);
    const lats = new Int32Array(count);
    const nodeOfWanted = new Uint32Array(wanted.length).fill(NO_INDEX);
    let node = 0;
    for (let i = 0; i < wanted.length; i++) {
      const source = sourceOfWanted[i]!;
      if (source === NO_INDEX) continue;
      ids[node] = wanted[i]!;
      lons[node] = source < added ? this.nodeLons.at(source) : this.spareLons.at(source - added);
      lats[node] = source < added ? this.nodeLats.at(source) : this.spareLats.at(source - added);
      nodeOfWanted[i] = node++;
    }
    return { wanted, sourceOfWanted, nodeOfWanted, ids, lons, lats, duplicateCount };
  }

  private taggedAmong(
    nodes: MatchedNodes,
    numbering: TagSetNumbering,
  ): { nodes: Uint32Array; tagSets: Uint32Array } {
    const setOfNode = new Map<number, number>();
    for (let i = 0; i < this.taggedNodes.length; i++) {
      const source = this.taggedNodes.at(i);
      const found = indexOfId(nodes.wanted, this.nodeIds.at(source));
      if (found < 0 || nodes.sourceOfWanted[found] !== source) continue;
      setOfNode.set(nodes.nodeOfWanted[found]!, this.tagSetOfTagged.at(i));
    }
    const tagged = Uint32Array.from(setOfNode.keys()).sort();
    return { nodes: tagged, tagSets: tagged.map((node) => numbering.numberOf(setOfNode.get(node)!)) };
  }

  private addNotices(duplicateCount: number, missingCount: number): void {
    if (duplicateCount > 0) {
      this.notices.add({
        code: 'osm-duplicate-id',
        severity: 'warning',
        message: `${duplicateCount} elements repeat an id`,
        action: 'the last one is used',
        count: duplicateCount,
        value: String(duplicateCount),
        ...(this.file === undefined ? {} : { file: this.file }),
      });
    }
    const { shortWayCount } = this;
    noticeStreetDefects({ shortWayCount, missingCount }, this.file, this.notices);
  }
}

interface MatchedNodes {
  wanted: Float64Array;
  sourceOfWanted: Uint32Array;
  nodeOfWanted: Uint32Array;
  ids: Float64Array;
  lons: Int32Array;
  lats: Int32Array;
  duplicateCount: number;
}

/** Renumbers provisional tag sets by first use. */
class TagSetNumbering {
  readonly tagSets: OsmTags[] = [];
  private readonly numberOfProvisional: Int32Array;

  constructor(private readonly provisional: readonly OsmTags[]) {
    this.numberOfProvisional = new Int32Array(provisional.length).fill(-1);
  }

  numberOf(provisional: number): number {
    if (this.numberOfProvisional[provisional] === -1) {
      this.numberOfProvisional[provisional] = this.tagSets.length;
      this.tagSets.push(this.provisional[provisional]!);
    }
    return this.numberOfProvisional[provisional]!;
  }
}

/** Positions by ascending id, the last position of each id only. */
function lastOfEachId(ids: Float64Array): { order: Uint32Array; duplicateCount: number } {
  const order = Uint32Array.from(ids, (_, i) => i);
  let ascending = true;
  for (let i = 1; i < ids.length && ascending; i++) ascending = ids[i]! > ids[i - 1]!;
  if (ascending) return { order, duplicateCount: 0 };
  order.sort((a, b) => ids[a]! - ids[b]! || a - b);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    if (i + 1 === order.length || ids[order[i]!] !== ids[order[i + 1]!]) order[count++] = order[i]!;
  }
  return { order: order.slice(0, count), duplicateCount: ids.length - count };
}
