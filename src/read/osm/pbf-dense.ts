/**
 * The nodes of PBF groups as columns: ids, raw coordinates, and where the tags of each lie. Whoever keeps nodes
 * (all of a file, or those that ways refer to) reads these columns.
 */
import type { GrowingUint32 } from '../../common/growing-arrays.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { FieldReader } from './pbf-blobs.ts';
import { type PrimitiveBlock, type PrimitiveGroup, unzigzag } from './pbf-block.ts';
import { ColumnScratch } from './pbf-columns.ts';
import type { BlockStrings, TagSets } from './pbf-strings.ts';

/** Nanodegrees in one unit of the engine's coordinates (1e-7 degrees). */
const NANODEGREES_PER_UNIT = 100;

/** In place of both coordinates of a node that lies beyond the globe: it is left out, and counted. */
export const STRAY = 0x7fffffff;
const GREATEST_LON = 180 * COORDINATE_UNITS_PER_DEGREE;
const GREATEST_LAT = 90 * COORDINATE_UNITS_PER_DEGREE;

/** Nodes that lie beyond the globe, and the first of them as `id: lon, lat`. */
export interface StrayNodes {
  count: number;
  first: string;
}

/** Takes nodes as they are decoded: columns of `count` values, ids in file order. */
export interface NodeSink {
  /** @param tags the tags of these nodes; every node's must be passed, in order */
  take(count: number, ids: Float64Array, lons: Float64Array, lats: Float64Array, tags: NodeTags): void;
}

export class NodeDecoder {
  readonly strays: StrayNodes = { count: 0, first: '' };
  private readonly ids = new ColumnScratch();
  private readonly lons = new ColumnScratch();
  private readonly lats = new ColumnScratch();
  private readonly tags: NodeTags;

  constructor(
    strings: BlockStrings,
    tagSets: TagSets,
    private readonly sink: NodeSink,
  ) {
    this.tags = new NodeTags(strings, tagSets);
  }

  /** Decodes the nodes of a group and hands them to the sink. */
  decode(bytes: Uint8Array, block: PrimitiveBlock, group: PrimitiveGroup): void {
    const { array, length } = group.elements;
    for (let i = 0; i < length; i += 2) {
      if (group.kind === 'dense') this.decodeDense(bytes, block, array[i]!, array[i + 1]!);
      else this.decodeNode(bytes, block, array[i]!, array[i + 1]!);
    }
  }

  private decodeDense(bytes: Uint8Array, block: PrimitiveBlock, from: number, to: number): void {
    const reader = new FieldReader(bytes, from, to);
    let count = 0;
    let lonCount = 0;
    let latCount = 0;
    this.tags.bytes = bytes;
    this.tags.from = this.tags.to = 0;
    while (reader.next()) {
      if (reader.wire !== 2) {
        reader.skip();
        continue;
      }
      const end = reader.lengthEnd();
      const start = reader.position;
      reader.position = end;
      if (reader.field === 1) count = this.ids.decode(bytes, start, end);
      else if (reader.field === 8) latCount = this.lats.decode(bytes, start, end);
      else if (reader.field === 9) lonCount = this.lons.decode(bytes, start, end);
      else if (reader.field === 10) {
        this.tags.from = start;
        this.tags.to = end;
      }
    }
    if (lonCount !== count || latCount !== count) throw new RangeError('dense columns of different lengths');
    this.placeNodes(count, block);
    this.sink.take(count, this.ids.values, this.lons.values, this.lats.values, this.tags);
    if (this.tags.from > this.tags.to) throw new RangeError('tags beyond their end');
  }

  /** A node outside of a dense group: rare, so decoded plainly. */
  private decodeNode(bytes: Uint8Array, block: PrimitiveBlock, from: number, to: number): void {
    const reader = new FieldReader(bytes, from, to);
    const keys: number[] = [];
    const values: number[] = [];
    const [ids, lons, lats] = [this.ids.values, this.lons.values, this.lats.values];
    ids[0] = lons[0] = lats[0] = Number.NaN;
    while (reader.next()) {
      if (reader.field === 1 && reader.wire === 0) ids[0] = unzigzag(reader.varint());
      else if (reader.field === 8 && reader.wire === 0) lats[0] = unzigzag(reader.varint());
      else if (reader.field === 9 && reader.wire === 0) lons[0] = unzigzag(reader.varint());
      else if ((reader.field === 2 || reader.field === 3) && reader.wire === 2) {
        const end = reader.lengthEnd();
        const list = reader.field === 2 ? keys : values;
        while (reader.position < end) list.push(reader.varint());
      } else reader.skip();
    }
    if (!Number.isSafeInteger(ids[0])) throw new RangeError('a node without id');
    if (Number.isNaN(lons[0]! + lats[0]!)) throw new RangeError('a node without position');
    if (keys.length !== values.length) throw new RangeError('keys and values of different lengths');
    this.placeNodes(1, block);
    this.tags.bytes = packTags(keys, values);
    this.tags.from = 0;
    this.tags.to = this.tags.bytes.length;
    this.sink.take(1, this.ids.values, this.lons.values, this.lats.values, this.tags);
  }

  /** Raw coordinates to units of 1e-7 degrees; `STRAY` where there is no such place. */
  private placeNodes(count: number, { granularity, lonOffset, latOffset }: PrimitiveBlock): void {
    const { values: lons } = this.lons;
    const { values: lats } = this.lats;
    scaleCoordinates(lons, count, granularity, lonOffset);
    scaleCoordinates(lats, count, granularity, latOffset);
    for (let i = 0; i < count; i++) {
      if (Math.abs(lons[i]!) <= GREATEST_LON && Math.abs(lats[i]!) <= GREATEST_LAT) continue;
      if (this.strays.count++ === 0)
        this.strays.first = describeNode(this.ids.values[i]!, lons[i]!, lats[i]!);
      lons[i] = lats[i] = STRAY;
    }
  }
}

/** The key-value lists of the nodes of one group, read in order: each ends with a zero; none at all = no tags. */
export class NodeTags {
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  private pairs = new Int32Array(64);

  constructor(
    private readonly strings: BlockStrings,
    private readonly tagSets: TagSets,
  ) {}

  /** Whether the next node has tags; steps over the list of one that has none. */
  nextHasTags(): boolean {
    if (this.from >= this.to) return false;
    if (this.bytes[this.from] !== 0) return true;
    this.from++;
    return false;
  }

  /** Steps over the next node's tags. */
  skip(): void {
    const { bytes } = this;
    let p = this.from;
    while (bytes[p] !== 0) {
      if (p >= this.to) throw new RangeError('tags beyond the end');
      // A key and a value: two varints.
      while (bytes[p++]! >= 0x80);
      while (bytes[p++]! >= 0x80);
    }
    this.from = p + 1;
  }

  /** Interns the next node's tags that matter and notes them under `node`; nothing where none does. */
  keep(node: number, tagged: GrowingUint32, tagSetOfTagged: GrowingUint32): void {
    const reader = new FieldReader(this.bytes, this.from, this.to);
    let count = 0;
    for (;;) {
      const key = reader.varint();
      if (key === 0) break;
      count = this.addPair(key, reader.varint(), count);
    }
    this.from = reader.position;
    if (count === 0) return;
    tagged.push(node);
    tagSetOfTagged.push(this.tagSets.internSet(this.pairs, count));
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
}

/** As notices show a node: in degrees. */
export function describeNode(id: number, lonE7: number, latE7: number): string {
  return `${id}: ${lonE7 / COORDINATE_UNITS_PER_DEGREE}, ${latE7 / COORDINATE_UNITS_PER_DEGREE}`;
}

/** Raw coordinates of a block to units of 1e-7 degrees, in place. */
export function scaleCoordinates(
  raw: Float64Array,
  count: number,
  granularity: number,
  offset: number,
): void {
  if (granularity === NANODEGREES_PER_UNIT && offset === 0) return;
  for (let i = 0; i < count; i++)
    raw[i] = Math.round((offset + granularity * raw[i]!) / NANODEGREES_PER_UNIT);
}

/** The tags of a plain node in the form of a dense group's list. */
function packTags(keys: readonly number[], values: readonly number[]): Uint8Array {
  const packed: number[] = [];
  const push = (value: number) => {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) packed.push((rest & 0x7f) | 0x80);
    packed.push(rest);
  };
  for (let i = 0; i < keys.length; i++) {
    push(keys[i]!);
    push(values[i]!);
  }
  packed.push(0);
  return Uint8Array.from(packed);
}
