/**
 * Matches the nodes of PBF blocks, in ascending id order, against the sorted ids that the ways refer to, by
 * merging: one step of either side at a time, and coordinates and tags kept for the matches only.
 */

import { GrowingUint32 } from '../../common/growing-arrays.ts';
import { NO_INDEX } from '../../common/units.ts';
import { FieldReader } from './pbf-blobs.ts';
import { type PrimitiveBlock, type PrimitiveGroup, unzigzag } from './pbf-block.ts';
import { UnsortedError } from './pbf-errors.ts';
import type { BlockStrings, TagSets } from './pbf-strings.ts';

export interface MatchedNodes {
  idOfNode: Float64Array;
  lonOfNode: Int32Array;
  latOfNode: Int32Array;
  taggedNodes: Uint32Array;
  tagSetOfTaggedNode: Uint32Array;
  bounds: readonly [number, number, number, number];
}

/** Nanodegrees in one unit of the engine's coordinates (1e-7 degrees). */
const NANODEGREES_PER_UNIT = 100;

export class NodeMatcher {
  private readonly lon: Int32Array;
  private readonly lat: Int32Array;
  private readonly found: Uint8Array;
  private readonly tagged = new GrowingUint32(1024);
  private readonly tagSetOfTagged = new GrowingUint32(1024);
  /** Next wanted id, and the id last seen in the file. */
  private cursor = 0;
  private lastId = -Infinity;
  private pairs = new Int32Array(64);

  constructor(
    private readonly wantedIds: Float64Array,
    private readonly strings: BlockStrings,
    private readonly tagSets: TagSets,
  ) {
    this.lon = new Int32Array(wantedIds.length);
    this.lat = new Int32Array(wantedIds.length);
    this.found = new Uint8Array(wantedIds.length);
  }

  decode(bytes: Uint8Array, block: PrimitiveBlock, group: PrimitiveGroup): void {
    for (let i = 0; i < group.elements.length; i += 2) {
      if (group.kind === 'dense') this.decodeDense(bytes, block, group.elements[i]!, group.elements[i + 1]!);
      else this.decodeNode(bytes, block, group.elements[i]!, group.elements[i + 1]!);
    }
  }

  /** Drops wanted nodes that the file lacks; `nodeOfRef` is rewritten in place to the kept positions. */
  finish(nodeOfRef: Uint32Array): MatchedNodes {
    const { wantedIds, found, lon, lat } = this;
    if (!found.includes(0)) {
      return {
        idOfNode: wantedIds,
        lonOfNode: lon,
        latOfNode: lat,
        taggedNodes: this.tagged.slice(),
        tagSetOfTaggedNode: this.tagSetOfTagged.slice(),
        bounds: boundsOf(lon, lat),
      };
    }
    const keptOf = new Uint32Array(wantedIds.length);
    let kept = 0;
    for (let i = 0; i < wantedIds.length; i++) keptOf[i] = found[i] === 1 ? kept++ : NO_INDEX;
    for (let i = 0; i < nodeOfRef.length; i++) nodeOfRef[i] = keptOf[nodeOfRef[i]!]!;
    const isKept = (_: number, i: number) => found[i] === 1;
    const lonOfNode = lon.filter(isKept);
    const latOfNode = lat.filter(isKept);
    return {
      idOfNode: wantedIds.filter(isKept),
      lonOfNode,
      latOfNode,
      taggedNodes: this.tagged.slice().map((node) => keptOf[node]!),
      tagSetOfTaggedNode: this.tagSetOfTagged.slice(),
      bounds: boundsOf(lonOfNode, latOfNode),
    };
  }

  private decodeDense(bytes: Uint8Array, block: PrimitiveBlock, from: number, to: number): void {
    let ids = 0;
    let idsEnd = 0;
    let lats = 0;
    let latsEnd = 0;
    let lons = 0;
    let lonsEnd = 0;
    let tags = 0;
    let tagsEnd = 0;
    const reader = new FieldReader(bytes, from, to);
    while (reader.next()) {
      if (reader.wire !== 2) {
        reader.skip();
        continue;
      }
      const length = reader.varint();
      const start = reader.position;
      const end = start + length;
      reader.position = end;
      if (reader.field === 1) [ids, idsEnd] = [start, end];
      else if (reader.field === 8) [lats, latsEnd] = [start, end];
      else if (reader.field === 9) [lons, lonsEnd] = [start, end];
      else if (reader.field === 10) [tags, tagsEnd] = [start, end];
    }
    if (reader.position !== to) throw new RangeError('dense nodes beyond their end');
    const { wantedIds, lon, lat, found } = this;
    const wantedCount = wantedIds.length;
    let { cursor } = this;
    let wanted = cursor < wantedCount ? wantedIds[cursor]! : Infinity;
    const { granularity, lonOffset, latOffset } = block;
    const isPlain = granularity === NANODEGREES_PER_UNIT && lonOffset === 0 && latOffset === 0;
    let id = 0;
    let rawLat = 0;
    let rawLon = 0;
    let lastId = this.lastId;
    let byte = 0;
    let value = 0;
    while (ids < idsEnd) {
      byte = bytes[ids++]!;
      value = byte & 0x7f;
      if (byte >= 0x80) {
        byte = bytes[ids++]!;
        value |= (byte & 0x7f) << 7;
        if (byte >= 0x80) {
          byte = bytes[ids++]!;
          value |= (byte & 0x7f) << 14;
          if (byte >= 0x80) {
            byte = bytes[ids++]!;
            value |= (byte & 0x7f) << 21;
          }
        }
      }
      id += (value >>> 1) ^ -(value & 1);
      if (byte >= 0x80) {
        // More than four bytes: the first of a block, or far apart. Half of a fifth byte and on is even.
        let scale = 268435456 / 2;
        const sign = (value & 1) === 0 ? 1 : -1;
        do {
          byte = bytes[ids++]!;
          id += sign * (byte & 0x7f) * scale;
          scale *= 128;
        } while (byte >= 0x80);
      }

      byte = bytes[lats++]!;
      value = byte & 0x7f;
      if (byte >= 0x80) {
        byte = bytes[lats++]!;
        value |= (byte & 0x7f) << 7;
        if (byte >= 0x80) {
          byte = bytes[lats++]!;
          value |= (byte & 0x7f) << 14;
          if (byte >= 0x80) {
            byte = bytes[lats++]!;
            value |= (byte & 0x7f) << 21;
          }
        }
      }
      rawLat += (value >>> 1) ^ -(value & 1);
      if (byte >= 0x80) {
        // More than four bytes: the first of a block, or far apart. Half of a fifth byte and on is even.
        let scale = 268435456 / 2;
        const sign = (value & 1) === 0 ? 1 : -1;
        do {
          byte = bytes[lats++]!;
          rawLat += sign * (byte & 0x7f) * scale;
          scale *= 128;
        } while (byte >= 0x80);
      }

      byte = bytes[lons++]!;
      value = byte & 0x7f;
      if (byte >= 0x80) {
        byte = bytes[lons++]!;
        value |= (byte & 0x7f) << 7;
        if (byte >= 0x80) {
          byte = bytes[lons++]!;
          value |= (byte & 0x7f) << 14;
          if (byte >= 0x80) {
            byte = bytes[lons++]!;
            value |= (byte & 0x7f) << 21;
          }
        }
      }
      rawLon += (value >>> 1) ^ -(value & 1);
      if (byte >= 0x80) {
        // More than four bytes: the first of a block, or far apart. Half of a fifth byte and on is even.
        let scale = 268435456 / 2;
        const sign = (value & 1) === 0 ? 1 : -1;
        do {
          byte = bytes[lons++]!;
          rawLon += sign * (byte & 0x7f) * scale;
          scale *= 128;
        } while (byte >= 0x80);
      }

      if (id <= lastId) throw new UnsortedError();
      lastId = id;
      while (wanted < id) wanted = ++cursor < wantedCount ? wantedIds[cursor]! : Infinity;
      if (wanted !== id) {
        if (tags < tagsEnd) tags = skipTags(bytes, tags);
        continue;
      }
      lat[cursor] = isPlain ? rawLat : Math.round((latOffset + granularity * rawLat) / NANODEGREES_PER_UNIT);
      lon[cursor] = isPlain ? rawLon : Math.round((lonOffset + granularity * rawLon) / NANODEGREES_PER_UNIT);
      found[cursor] = 1;
      if (tags < tagsEnd) tags = bytes[tags] === 0 ? tags + 1 : this.keepTags(bytes, tags, cursor);
    }
    if (ids !== idsEnd || lats !== latsEnd || lons !== lonsEnd || tags > tagsEnd) {
      throw new RangeError('dense columns of different lengths');
    }
    this.cursor = cursor;
    this.lastId = lastId;
  }

  /** Interns the tags of a wanted dense node; returns the position after its closing zero. */
  private keepTags(bytes: Uint8Array, from: number, node: number): number {
    const reader = new FieldReader(bytes, from, bytes.length);
    let count = 0;
    for (;;) {
      const key = reader.varint();
      if (key === 0) break;
      count = this.addPair(key, reader.varint(), count);
    }
    this.keepPairs(node, count);
    return reader.position;
  }

  private addPair(keyString: number, valueString: number, count: number): number {
    const keyId = this.strings.keyId(keyString, 1);
    if (keyId < 0) return count;
    if (2 * count === this.pairs.length) {
      const wider = new Int32Array(4 * count);
      wider.set(this.pairs);
      this.pairs = wider;
    }
    const { pairs } = this;
    let at = count;
    while (at > 0 && pairs[2 * at - 2]! > keyId) {
      pairs[2 * at] = pairs[2 * at - 2]!;
      pairs[2 * at + 1] = pairs[2 * at - 1]!;
      at--;
    }
    pairs[2 * at] = keyId;
    pairs[2 * at + 1] = this.strings.internedValue(valueString);
    return count + 1;
  }

  private keepPairs(node: number, count: number): void {
    if (count === 0) return;
    this.tagged.push(node);
    this.tagSetOfTagged.push(this.tagSets.internSet(this.pairs, count));
  }

  /** A node outside of a dense group: rare, so decoded plainly. */
  private decodeNode(bytes: Uint8Array, block: PrimitiveBlock, from: number, to: number): void {
    const reader = new FieldReader(bytes, from, to);
    let id = 0;
    let rawLat = 0;
    let rawLon = 0;
    const keys: number[] = [];
    const values: number[] = [];
    while (reader.next()) {
      if (reader.field === 1) id = unzigzag(reader.varint());
      else if (reader.field === 8) rawLat = unzigzag(reader.varint());
      else if (reader.field === 9) rawLon = unzigzag(reader.varint());
      else if ((reader.field === 2 || reader.field === 3) && reader.wire === 2) {
        const end = reader.varint() + reader.position;
        const list = reader.field === 2 ? keys : values;
        while (reader.position < end) list.push(reader.varint());
      } else reader.skip();
    }
    if (id <= this.lastId) throw new UnsortedError();
    this.lastId = id;
    while (this.cursor < this.wantedIds.length && this.wantedIds[this.cursor]! < id) this.cursor++;
    if (this.wantedIds[this.cursor] !== id) return;
    this.lat[this.cursor] = Math.round((block.latOffset + block.granularity * rawLat) / NANODEGREES_PER_UNIT);
    this.lon[this.cursor] = Math.round((block.lonOffset + block.granularity * rawLon) / NANODEGREES_PER_UNIT);
    this.found[this.cursor] = 1;
    let count = 0;
    for (let i = 0; i < keys.length; i++) count = this.addPair(keys[i]!, values[i]!, count);
    this.keepPairs(this.cursor, count);
  }
}

/** Skips one node's key-value list, which ends with a zero. */
function skipTags(bytes: Uint8Array, from: number): number {
  let p = from;
  while (bytes[p] !== 0) {
    if (p >= bytes.length) throw new RangeError('tags beyond the end');
    // A key and a value: two varints.
    while (bytes[p++]! >= 0x80);
    while (bytes[p++]! >= 0x80);
  }
  return p + 1;
}

function boundsOf(lon: Int32Array, lat: Int32Array): readonly [number, number, number, number] {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let i = 0; i < lon.length; i++) {
    const x = lon[i]!;
    const y = lat[i]!;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7];
}
