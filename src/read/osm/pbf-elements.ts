/**
 * The generic PBF decoder: every element of the file as plain objects, in file order. Slower than
 * `pbf-streets.ts`, which decodes the streets only; used for buildings and town halls, and for files that are
 * not sorted, or hold the history of the elements. Format: https://wiki.openstreetmap.org/wiki/PBF_Format
 */

import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { OddElements } from './odd-elements.ts';
import type { OsmTags } from './osm-data.ts';
import {
  type ElementVisitor,
  isPosition,
  isWanted,
  type OsmMembers,
  type OsmReadOptions,
  versionOf,
} from './osm-visitor.ts';
import { FieldReader, PbfFile } from './pbf-blobs.ts';
import { listRequiredFeatures, type PrimitiveBlock, parseBlock } from './pbf-block.ts';
import { describeNode } from './pbf-dense.ts';

const NANODEGREES_PER_UNIT = 100;
/** Feature of files with several versions of an element, deleted ones among them. */
export const HISTORY_FEATURE = 'HistoricalInformation';
const MEMBER_TYPES = ['n', 'w', 'r'] as const;

/** Calls the visitor for every element. Throws a UsageError naming the blob that cannot be decoded. */
export async function forEachPbfElement(
  path: string,
  visitor: ElementVisitor,
  options: OsmReadOptions,
): Promise<void> {
  const file = await PbfFile.open(path);
  const odd = new OddElements();
  try {
    // Only a history holds deleted elements; metadata is long, and skipped where nobody looks at it.
    let readsInfo = visitor.wantsVersions === true;
    for await (const { blob, bytes } of file.inflateBlobs(0, file.blobs.length)) {
      if (blob.type === 'OSMHeader')
        readsInfo ||= file.guard(blob, () => listRequiredFeatures(bytes)).includes(HISTORY_FEATURE);
      if (blob.type === 'OSMData') {
        try {
          new BlockDecoder(bytes, parseBlock(bytes), visitor, odd, readsInfo).decode();
        } catch (error) {
          if (error instanceof RangeError) throw file.damaged(blob, error.message);
          throw error;
        }
      }
      options.onProgress?.((blob.offset + blob.length) / file.sizeBytes);
    }
    odd.report(path, options.notices);
  } finally {
    await file.close();
  }
}

class BlockDecoder {
  private readonly strings: string[] = [];
  private readonly stringAt: number[] = [];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly block: PrimitiveBlock,
    private readonly visitor: ElementVisitor,
    private readonly odd: OddElements,
    private readonly readsInfo: boolean,
  ) {
    const reader = new FieldReader(bytes, block.stringsFrom, block.stringsTo);
    while (reader.next()) {
      if (reader.field !== 1 || reader.wire !== 2) throw new RangeError('unexpected field in a string table');
      const end = reader.lengthEnd();
      this.stringAt.push(reader.position, end);
      reader.position = end;
    }
  }

  decode(): void {
    const { visitor } = this;
    for (const { kind, elements } of this.block.groups) {
      for (let i = 0; i < elements.length; i += 2) {
        const reader = new FieldReader(this.bytes, elements.array[i]!, elements.array[i + 1]!);
        if (kind === 'dense' && visitor.node !== undefined) this.decodeDense(reader);
        else if (kind === 'nodes' && visitor.node !== undefined) this.decodeNode(reader);
        else if (kind === 'ways' && isWanted(visitor, 'way')) this.decodeWay(reader);
        else if (kind === 'relations' && visitor.relation !== undefined) this.decodeRelation(reader);
      }
    }
  }

  private text(index: number): string {
    const known = this.strings[index];
    if (known !== undefined) return known;
    const from = this.stringAt[2 * index];
    if (from === undefined) throw new RangeError('string index beyond the table');
    const { buffer, byteOffset } = this.bytes;
    const text = Buffer.from(buffer, byteOffset + from, this.stringAt[2 * index + 1]! - from).toString(
      'utf8',
    );
    this.strings[index] = text;
    return text;
  }

  private decodeDense(reader: FieldReader): void {
    let ids: number[] = [];
    let lons: number[] = [];
    let lats: number[] = [];
    let keyValues: number[] = [];
    let info = NO_INFO;
    while (reader.next()) {
      if (reader.field === 1) ids = packed(reader, signedVarint);
      else if (reader.field === 8) lats = packed(reader, signedVarint);
      else if (reader.field === 9) lons = packed(reader, signedVarint);
      else if (reader.field === 10) keyValues = packed(reader, unsignedVarint);
      else if (reader.field === 5 && this.readsInfo) info = denseInfo(reader);
      else reader.skip();
    }
    if (ids.length !== lons.length || ids.length !== lats.length) {
      throw new RangeError('dense columns of different lengths');
    }
    let id = 0;
    let lon = 0;
    let lat = 0;
    let k = 0;
    for (let i = 0; i < ids.length; i++) {
      id += ids[i]!;
      lon += lons[i]!;
      lat += lats[i]!;
      let tags: Record<string, string> | undefined;
      while (k < keyValues.length && keyValues[k] !== 0) {
        tags ??= {};
        tags[this.text(keyValues[k]!)] = this.text(keyValues[k + 1]!);
        k += 2;
      }
      k++;
      const version = versionOf(info.versions[i]);
      if (info.visible[i] === 0) this.visitor.deleted?.('node', id, version);
      else this.passNode(id, lon, lat, tags, version);
    }
  }

  private passNode(id: number, lon: number, lat: number, tags: OsmTags | undefined, version: number): void {
    if (!Number.isSafeInteger(id)) throw new RangeError('a node without id');
    const [lonE7, latE7] = [this.lonE7(lon), this.latE7(lat)];
    if (isPosition(lonE7 / COORDINATE_UNITS_PER_DEGREE, latE7 / COORDINATE_UNITS_PER_DEGREE))
      this.visitor.node?.(id, lonE7, latE7, tags, version);
    else this.odd.add('osm-node-without-position', undefined, describeNode(id, lonE7, latE7));
  }

  private decodeNode(reader: FieldReader): void {
    let id = Number.NaN;
    let lon = Number.NaN;
    let lat = Number.NaN;
    const pairs = new TagPairs(this.readsInfo);
    while (reader.next()) {
      if (reader.field === 1) id = signedVarint(reader);
      else if (reader.field === 8) lat = signedVarint(reader);
      else if (reader.field === 9) lon = signedVarint(reader);
      else if (!pairs.take(reader)) reader.skip();
    }
    const { version, isDeleted } = pairs;
    if (!isDeleted && Number.isNaN(lon + lat)) throw new RangeError('a node without position');
    const tags = pairs.keys.length === 0 ? undefined : this.tags(pairs);
    if (isDeleted) this.visitor.deleted?.('node', id, version);
    else this.passNode(id, lon, lat, tags, version);
  }

  private decodeWay(reader: FieldReader): void {
    let id = Number.NaN;
    let refs: number[] = [];
    let lons: number[] = [];
    let lats: number[] = [];
    const pairs = new TagPairs(this.readsInfo);
    while (reader.next()) {
      if (reader.field === 1) id = int64(reader);
      else if (reader.field === 8) refs = runningSums(packed(reader, signedVarint));
      else if (reader.field === 9) lats = runningSums(packed(reader, signedVarint));
      else if (reader.field === 10) lons = runningSums(packed(reader, signedVarint));
      else if (!pairs.take(reader)) reader.skip();
    }
    if (!Number.isSafeInteger(id)) throw new RangeError('a way without id');
    if (pairs.isDeleted) {
      this.visitor.deleted?.('way', id, pairs.version);
      return;
    }
    this.visitor.way?.(id, refs, this.tags(pairs), pairs.version);
    if (lons.length > 0 && this.visitor.refPosition !== undefined) this.passPositions(refs, lons, lats);
  }

  /** Positions that `LocationsOnWays` puts beside the references; one that is not known lies outside of the globe. */
  private passPositions(refs: readonly number[], lons: readonly number[], lats: readonly number[]): void {
    if (lons.length !== refs.length || lats.length !== refs.length)
      throw new RangeError('references and positions of different lengths');
    for (let i = 0; i < refs.length; i++) {
      const lon = this.lonE7(lons[i]!);
      const lat = this.latE7(lats[i]!);
      if (isPosition(lon / COORDINATE_UNITS_PER_DEGREE, lat / COORDINATE_UNITS_PER_DEGREE))
        this.visitor.refPosition?.(refs[i]!, lon, lat);
    }
  }

  private decodeRelation(reader: FieldReader): void {
    let id = Number.NaN;
    let roles: number[] = [];
    let ids: number[] = [];
    let types: number[] = [];
    const pairs = new TagPairs(this.readsInfo);
    while (reader.next()) {
      if (reader.field === 1) id = int64(reader);
      else if (reader.field === 8) roles = packed(reader, unsignedVarint);
      else if (reader.field === 9) ids = runningSums(packed(reader, signedVarint));
      else if (reader.field === 10) types = packed(reader, unsignedVarint);
      else if (!pairs.take(reader)) reader.skip();
    }
    if (!Number.isSafeInteger(id)) throw new RangeError('a relation without id');
    if (ids.length !== types.length || ids.length !== roles.length) {
      throw new RangeError('members of different lengths');
    }
    const members: Array<OsmMembers[number]> = [];
    for (let i = 0; i < ids.length; i++) {
      const type = MEMBER_TYPES[types[i]!];
      if (type !== undefined) members.push({ type, id: ids[i]!, role: this.text(roles[i]!) });
    }
    if (pairs.isDeleted) this.visitor.deleted?.('relation', id, pairs.version);
    else this.visitor.relation?.(id, this.tags(pairs), members, pairs.version);
  }

  private tags({ keys, values }: TagPairs): OsmTags {
    if (keys.length !== values.length) throw new RangeError('keys and values of different lengths');
    const tags: Record<string, string> = {};
    for (let i = 0; i < keys.length; i++) tags[this.text(keys[i]!)] = this.text(values[i]!);
    return tags;
  }

  private lonE7(raw: number): number {
    return Math.round((this.block.lonOffset + this.block.granularity * raw) / NANODEGREES_PER_UNIT);
  }

  private latE7(raw: number): number {
    return Math.round((this.block.latOffset + this.block.granularity * raw) / NANODEGREES_PER_UNIT);
  }
}

/** Key and value string indices of one element, and what its `Info` says: fields 2, 3 and 4 of all but dense nodes. */
class TagPairs {
  keys: number[] = [];
  values: number[] = [];
  version = 0;
  isDeleted = false;

  constructor(private readonly readsInfo: boolean) {}

  take(reader: FieldReader): boolean {
    if (reader.field === 2) this.keys = packed(reader, unsignedVarint);
    else if (reader.field === 3) this.values = packed(reader, unsignedVarint);
    else if (reader.field === 4 && reader.wire === 2 && this.readsInfo) this.takeInfo(reader);
    else return false;
    return true;
  }

  private takeInfo(reader: FieldReader): void {
    const bytes = reader.bytes();
    const info = new FieldReader(bytes, 0, bytes.length);
    while (info.next()) {
      if (info.field === 1 && info.wire === 0) this.version = versionOf(info.varint());
      else if (info.field === 6 && info.wire === 0) this.isDeleted = info.varint() === 0;
      else info.skip();
    }
  }
}

interface DenseInfo {
  /** node of the group -> its version, and 0 where it is deleted; empty where the file does not say. */
  versions: readonly number[];
  visible: readonly number[];
}
const NO_INFO: DenseInfo = { versions: [], visible: [] };

function denseInfo(reader: FieldReader): DenseInfo {
  const bytes = reader.bytes();
  const info = new FieldReader(bytes, 0, bytes.length);
  let { versions, visible } = NO_INFO;
  while (info.next()) {
    if (info.field === 1) versions = packed(info, unsignedVarint);
    else if (info.field === 6) visible = packed(info, unsignedVarint);
    else info.skip();
  }
  return { versions, visible };
}

function packed(reader: FieldReader, read: (reader: FieldReader) => number): number[] {
  if (reader.wire !== 2) throw new RangeError('a packed field is not packed');
  const end = reader.lengthEnd();
  const values: number[] = [];
  while (reader.position < end) values.push(read(reader));
  if (reader.position !== end) throw new RangeError('packed field beyond its end');
  return values;
}

function unsignedVarint(reader: FieldReader): number {
  return reader.varint();
}

/** sint64: zigzag. */
function signedVarint(reader: FieldReader): number {
  const value = reader.varint();
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** int64: negative numbers are the two's complement of 64 bits, ten bytes; exact within 2^53. */
function int64(reader: FieldReader): number {
  const start = reader.position;
  const value = reader.varint();
  if (value < 2 ** 63) return value;
  let low = 0;
  for (let i = 6; i >= 0; i--) low = low * 128 + (reader.buffer[start + i]! & 0x7f);
  let high = 0;
  for (let i = 9; i >= 7; i--) high = high * 128 + (reader.buffer[start + i]! & 0x7f);
  return (high - 2 ** 15) * 2 ** 49 + low;
}

function runningSums(deltas: number[]): number[] {
  for (let i = 1; i < deltas.length; i++) deltas[i]! += deltas[i - 1]!;
  // As `decodeColumn`: what has no exact value is damage.
  if (!deltas.every(Number.isSafeInteger)) throw new RangeError('a number beyond all bounds');
  return deltas;
}
