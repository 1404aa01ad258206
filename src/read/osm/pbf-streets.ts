/**
 * The fast path from an `.osm.pbf` file to `OsmStreets`. Files as published are sorted (nodes, ways,
 * relations, each by id), so the ways are read first, their references sorted and made unique, and then the
 * nodes are matched by merging: only the nodes of streets are ever kept. A file in any other order takes the
 * generic path (`osm-elements.ts` feeding `OsmStreetsBuilder`), which gives the same arrays.
 *
 * Decoding is inline on the inflated bytes, without an object per element.
 */

import { UsageError } from '../../common/errors.ts';
import { GrowingFloat64, GrowingUint32 } from '../../common/growing-arrays.ts';
import type { NoticeList } from '../../common/notices.ts';
import type { OsmRestriction, OsmStreets } from './osm-data.ts';
import { readUnsortedStreets } from './osm-unsorted.ts';
import { FieldReader, PbfFile } from './pbf-blobs.ts';
import { type PrimitiveGroup, parseBlock, unzigzag } from './pbf-block.ts';
import { UnsortedError } from './pbf-errors.ts';
import { NodeMatcher } from './pbf-nodes.ts';
import { decodeRestriction } from './pbf-restrictions.ts';
import { BlockStrings, RELEVANT_KEYS, TagSets } from './pbf-strings.ts';
import { sortReferences } from './sort-references.ts';
import { isStreetWay } from './street-filter.ts';

const HIGHWAY_KEY = RELEVANT_KEYS.indexOf('highway');
const OTHER_STREET_KEYS = ['route', 'public_transport', 'railway', 'man_made'].map((key) =>
  RELEVANT_KEYS.indexOf(key),
);
/** A way with more relevant tags than this would be no street; the scratch grows all the same. */
const TAGS_AT_FIRST = 64;
const BYTES_PER_REF = 8;
/** Blobs inflated at once while looking for the first ways: as many as the thread pool takes. */
const PROBES = 4;
const GREATEST_REFS_AT_FIRST = 1 << 22;

/**
 * Reads the streets of a PBF file. Throws a UsageError naming the blob where it is damaged.
 * `onProgress` gets the share of the work done, 0 to 1.
 */
export async function readPbfStreets(
  path: string,
  notices: NoticeList,
  onProgress?: (share: number) => void,
): Promise<OsmStreets> {
  const file = await PbfFile.open(path);
  try {
    checkHeader(path, await file.inflateBlob(file.blobs[0]!));
    return await new SortedReader(file, onProgress).read();
  } catch (error) {
    if (!(error instanceof UnsortedError)) throw error;
    return await readUnsortedStreets(path, notices, onProgress);
  } finally {
    await file.close();
  }
}

class SortedReader {
  private readonly tagSets = new TagSets();
  private readonly strings = new BlockStrings(this.tagSets);
  private readonly wayIds = new GrowingFloat64(1 << 14);
  private readonly firstRefs = new GrowingUint32(1 << 14);
  private readonly wayTagSets = new GrowingUint32(1 << 14);
  private readonly refs: GrowingFloat64;
  private readonly restrictions: OsmRestriction[] = [];
  private pairs = new Int32Array(2 * TAGS_AT_FIRST);
  private blobsDone = 0;

  constructor(
    private readonly file: PbfFile,
    private readonly onProgress: ((share: number) => void) | undefined,
  ) {
    // A file of streets alone takes some nine bytes a reference; growing from nothing would copy it all twice.
    this.refs = new GrowingFloat64(
      Math.min(GREATEST_REFS_AT_FIRST, Math.ceil(file.sizeBytes / BYTES_PER_REF)),
    );
  }

  async read(): Promise<OsmStreets> {
    const firstWayBlob = await this.findFirstWayBlob();
    await this.readWays(firstWayBlob);
    if (this.wayIds.length === 0) {
      throw new UsageError('the file holds no street', {
        file: this.file.path,
        remedy: 'Use an extract with all ways that have a highway tag.',
      });
    }
    this.firstRefs.push(this.refs.length);
    const nodeBlobs = Math.min(firstWayBlob + 1, this.file.blobs.length);
    const pending = this.file.inflateAhead(1, nodeBlobs);
    const { sortedIds, rankOfRef } = sortReferences(this.refs.view());
    const nodes = new NodeMatcher(sortedIds, this.strings, this.tagSets);
    await this.readNodes(nodes, nodeBlobs, pending);
    const kept = nodes.finish(rankOfRef);
    return {
      nodeCount: kept.idOfNode.length,
      ...kept,
      wayCount: this.wayIds.length,
      idOfWay: this.wayIds.slice(),
      firstRefOfWay: this.firstRefs.slice(),
      nodeOfRef: rankOfRef,
      tagSetOfWay: this.wayTagSets.slice(),
      tagSets: this.tagSets.tagSets,
      restrictions: this.restrictions,
    };
  }

  /** The first data blob that holds a way or a relation: a search that looks at several blobs at a time. */
  private async findFirstWayBlob(): Promise<number> {
    let low = 1;
    let high = this.file.blobs.length;
    while (low < high) {
      const step = Math.max(1, Math.ceil((high - low) / (PROBES + 1)));
      const probes: number[] = [];
      for (let blob = low + step - 1; blob < high && probes.length < PROBES; blob += step) probes.push(blob);
      const onlyNodes = await Promise.all(probes.map((blob) => this.holdsOnlyNodes(blob)));
      const firstOther = onlyNodes.indexOf(false);
      const lastNodes = firstOther < 0 ? probes.length - 1 : firstOther - 1;
      if (firstOther >= 0) high = probes[firstOther]!;
      if (lastNodes >= 0) low = probes[lastNodes]! + 1;
    }
    return low;
  }

  private async holdsOnlyNodes(blobIndex: number): Promise<boolean> {
    const blob = this.file.blobs[blobIndex]!;
    if (blob.type !== 'OSMData') return false;
    const bytes = await this.file.inflateBlob(blob);
    const block = this.guard(blobIndex, () => parseBlock(bytes));
    return (
      block.groups.length > 0 &&
      block.groups.every((group) => group.kind === 'dense' || group.kind === 'nodes')
    );
  }

  private async readWays(from: number): Promise<void> {
    let relationsMet = false;
    for await (const { blob, bytes } of this.file.inflateBlobs(from, this.file.blobs.length)) {
      this.progress();
      if (blob.type !== 'OSMData') continue;
      this.guard(blob.index, () => {
        const block = parseBlock(bytes);
        this.strings.load(bytes, block.stringsFrom, block.stringsTo);
        for (const group of block.groups) {
          const isNode = group.kind === 'dense' || group.kind === 'nodes';
          if (isNode && (blob.index > from || relationsMet || this.wayIds.length > 0))
            throw new UnsortedError();
          if (group.kind === 'ways') {
            if (relationsMet) throw new UnsortedError();
            this.decodeWays(bytes, group);
          } else if (group.kind === 'relations') {
            relationsMet = true;
            this.decodeRelations(bytes, group);
          }
        }
      });
    }
  }

  private async readNodes(
    nodes: NodeMatcher,
    to: number,
    pending: Array<Promise<Uint8Array>>,
  ): Promise<void> {
    for await (const { blob, bytes } of this.file.inflateBlobs(1, to, pending)) {
      this.progress();
      if (blob.type !== 'OSMData') continue;
      this.guard(blob.index, () => {
        const block = parseBlock(bytes);
        let stringsLoaded = false;
        for (const group of block.groups) {
          if (group.kind === 'ways' || group.kind === 'relations') {
            if (blob.index + 1 < to) throw new UnsortedError();
            continue;
          }
          if (!stringsLoaded) this.strings.load(bytes, block.stringsFrom, block.stringsTo);
          stringsLoaded = true;
          nodes.decode(bytes, block, group);
        }
      });
    }
  }

  private decodeWays(bytes: Uint8Array, group: PrimitiveGroup): void {
    for (let i = 0; i < group.elements.length; i += 2) {
      this.decodeWay(bytes, group.elements[i]!, group.elements[i + 1]!);
    }
  }

  private decodeWay(bytes: Uint8Array, from: number, to: number): void {
    let p = from;
    let id = 0;
    let keysFrom = 0;
    let keysTo = 0;
    let valuesFrom = 0;
    let refsFrom = 0;
    let refsTo = 0;
    while (p < to) {
      const key = bytes[p++]!;
      let value = 0;
      let scale = 1;
      let byte: number;
      do {
        byte = bytes[p++]!;
        value += (byte & 0x7f) * scale;
        scale *= 128;
      } while (byte >= 0x80);
      if (key === 0x08) id = value;
      else if ((key & 7) === 2) {
        if (key === 0x12) {
          keysFrom = p;
          keysTo = p + value;
        } else if (key === 0x1a) valuesFrom = p;
        else if (key === 0x42) {
          refsFrom = p;
          refsTo = p + value;
        }
        p += value;
      } else if ((key & 7) !== 0) throw new RangeError('unexpected field in a way');
    }
    if (p !== to) throw new RangeError('way beyond its end');
    if (refsFrom === refsTo) return;
    const pairCount = this.decodeTags(bytes, keysFrom, keysTo, valuesFrom);
    if (pairCount === 0) return;
    const refCount = this.appendRefs(bytes, refsFrom, refsTo);
    if (refCount < 2) {
      this.refs.length -= refCount;
      return;
    }
    const count = this.wayIds.length;
    if (count > 0 && id <= this.wayIds.array[count - 1]!) throw new UnsortedError();
    this.wayIds.push(id);
    this.firstRefs.push(this.refs.length - refCount);
    this.wayTagSets.push(this.tagSets.internSet(this.pairs, pairCount));
  }

  /** Fills `pairs` with the relevant tags in key order; 0 if the way is no street. */
  private decodeTags(bytes: Uint8Array, keysFrom: number, keysTo: number, valuesFrom: number): number {
    const { strings } = this;
    let k = keysFrom;
    let v = valuesFrom;
    let count = 0;
    let isHighway = false;
    let mayBeStreet = false;
    while (k < keysTo) {
      let key = bytes[k++]!;
      if (key >= 0x80) {
        key &= 0x7f;
        let shift = 7;
        let byte: number;
        do {
          byte = bytes[k++]!;
          key |= (byte & 0x7f) << shift;
          shift += 7;
        } while (byte >= 0x80);
      }
      let value = bytes[v++]!;
      if (value >= 0x80) {
        value &= 0x7f;
        let shift = 7;
        let byte: number;
        do {
          byte = bytes[v++]!;
          value |= (byte & 0x7f) << shift;
          shift += 7;
        } while (byte >= 0x80);
      }
      const keyId = strings.keyId(key, 0);
      if (keyId < 0) continue;
      if (keyId === HIGHWAY_KEY) isHighway = true;
      else if (OTHER_STREET_KEYS.includes(keyId)) mayBeStreet = true;
      if (2 * count === this.pairs.length) {
        const wider = new Int32Array(4 * count);
        wider.set(this.pairs);
        this.pairs = wider;
      }
      const { pairs } = this;
      // Insertion into key order: files list keys alphabetically, so this rarely moves anything.
      let at = count++;
      while (at > 0 && pairs[2 * at - 2]! > keyId) {
        pairs[2 * at] = pairs[2 * at - 2]!;
        pairs[2 * at + 1] = pairs[2 * at - 1]!;
        at--;
      }
      pairs[2 * at] = keyId;
      pairs[2 * at + 1] = value;
    }
    if (!isHighway && !mayBeStreet) return 0;
    const { pairs } = this;
    if (!isHighway && !isStreetWay((name) => this.valueOf(name, count))) return 0;
    for (let i = 0; i < count; i++) pairs[2 * i + 1] = strings.internedValue(pairs[2 * i + 1]!);
    return count;
  }

  private valueOf(name: string, count: number): string | undefined {
    const keyId = RELEVANT_KEYS.indexOf(name);
    for (let i = 0; i < count; i++) {
      if (this.pairs[2 * i] === keyId) return this.strings.text(this.pairs[2 * i + 1]!);
    }
    return undefined;
  }

  /** Appends a way's references, runs of the same node collapsed; returns how many. */
  private appendRefs(bytes: Uint8Array, from: number, to: number): number {
    const { refs } = this;
    refs.reserve(to - from);
    const out = refs.array;
    const start = refs.length;
    let n = start;
    let ref = 0;
    let p = from;
    while (p < to) {
      // Nearly every difference fits three bytes, and integers of 32 bits are far faster than doubles.
      let byte = bytes[p++]!;
      let value = byte & 0x7f;
      if (byte >= 0x80) {
        byte = bytes[p++]!;
        value |= (byte & 0x7f) << 7;
        if (byte >= 0x80) {
          byte = bytes[p++]!;
          value |= (byte & 0x7f) << 14;
          if (byte >= 0x80) {
            let long = value;
            let scale = 2097152;
            do {
              byte = bytes[p++]!;
              long += (byte & 0x7f) * scale;
              scale *= 128;
            } while (byte >= 0x80);
            const delta = unzigzag(long);
            if (delta === 0 && n > start) continue;
            ref += delta;
            out[n++] = ref;
            continue;
          }
        }
      }
      if (value === 0 && n > start) continue;
      ref += (value >>> 1) ^ -(value & 1);
      out[n++] = ref;
    }
    if (p !== to) throw new RangeError('references beyond their end');
    refs.length = n;
    return n - start;
  }

  private decodeRelations(bytes: Uint8Array, group: PrimitiveGroup): void {
    for (let i = 0; i < group.elements.length; i += 2) {
      const restriction = decodeRestriction(bytes, group.elements[i]!, group.elements[i + 1]!, this.strings);
      if (restriction === undefined) continue;
      const last = this.restrictions[this.restrictions.length - 1];
      if (last !== undefined && restriction.relationId <= last.relationId) throw new UnsortedError();
      this.restrictions.push(restriction);
    }
  }

  /** Turns any decoding fault into an error that names the blob. */
  private guard<T>(blobIndex: number, decode: () => T): T {
    try {
      return decode();
    } catch (error) {
      if (error instanceof UsageError || error instanceof UnsortedError) throw error;
      throw this.file.damaged(this.file.blobs[blobIndex]!, 'its elements cannot be decoded');
    }
  }

  private progress(): void {
    this.blobsDone++;
    if ((this.blobsDone & 31) === 0) this.onProgress?.(Math.min(1, this.blobsDone / this.file.blobs.length));
  }
}

/** Features that this reader knows or may ignore. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation', 'LocationsOnWays']);

function checkHeader(path: string, bytes: Uint8Array): void {
  const reader = new FieldReader(bytes, 0, bytes.length);
  while (reader.next()) {
    if (reader.field === 4 && reader.wire === 2) {
      const feature = Buffer.from(reader.bytes()).toString('utf8');
      if (!KNOWN_FEATURES.has(feature) || feature === 'HistoricalInformation') {
        throw new UsageError('the file needs a feature that is not supported', {
          file: path,
          value: feature,
          remedy: 'Use a plain extract of current data.',
        });
      }
    } else reader.skip();
  }
}
