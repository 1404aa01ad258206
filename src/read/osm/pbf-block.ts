/**
 * The frame of an inflated `PrimitiveBlock`: where its string table lies, its coordinate grid, and where the
 * elements of its groups lie. Nothing is decoded here.
 */
import { GrowingUint32 } from '../../common/growing-arrays.ts';
import { FieldReader } from './pbf-blobs.ts';

export interface PrimitiveGroup {
  kind: 'dense' | 'nodes' | 'ways' | 'relations';
  /** Byte ranges of the elements: from, to, from, to … (a dense group is one element). */
  elements: GrowingUint32;
}

export interface PrimitiveBlock {
  stringsFrom: number;
  stringsTo: number;
  groups: PrimitiveGroup[];
  /** Nanodegrees per unit, and nanodegrees at zero. */
  granularity: number;
  lonOffset: number;
  latOffset: number;
}

/** Keys of a group's fields: field number and wire type 2. */
const KIND_OF_KEY = new Map([
  [0x0a, 'nodes'],
  [0x12, 'dense'],
  [0x1a, 'ways'],
  [0x22, 'relations'],
] as const);
const ELEMENTS_AT_FIRST = 256;

/** Granularities that files may state, in nanodegrees: 100 is usual; a hundredth of a degree would be no map. */
const COARSEST_GRANULARITY = 1e7;
/** Nanodegrees once round the globe: no offset is more. */
const LARGEST_OFFSET = 360e9;

export function parseBlock(bytes: Uint8Array): PrimitiveBlock {
  const block: PrimitiveBlock = {
    stringsFrom: 0,
    stringsTo: 0,
    groups: [],
    granularity: 100,
    lonOffset: 0,
    latOffset: 0,
  };
  const reader = new FieldReader(bytes, 0, bytes.length);
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === 2) {
      block.stringsTo = reader.lengthEnd();
      block.stringsFrom = reader.position;
      reader.position = block.stringsTo;
    } else if (reader.field === 2 && reader.wire === 2) {
      const groupTo = reader.lengthEnd();
      parseGroups(bytes, reader.position, groupTo, block.groups);
      reader.position = groupTo;
    } else if (reader.wire === 0 && reader.field >= 17 && reader.field <= 20) readScale(reader, block);
    else reader.skip();
  }
  return block;
}

/** What a `HeaderBlock` says that a reader must know. @throws RangeError where it is damaged */
export function listRequiredFeatures(bytes: Uint8Array): string[] {
  const features: string[] = [];
  const reader = new FieldReader(bytes, 0, bytes.length);
  while (reader.next()) {
    if (reader.field === 4 && reader.wire === 2) features.push(Buffer.from(reader.bytes()).toString('utf8'));
    else reader.skip();
  }
  return features;
}

/** Fields 17 to 20: by what numbers become degrees and dates. @throws RangeError for scales that no map has */
function readScale(reader: FieldReader, block: PrimitiveBlock): void {
  const { field } = reader;
  const value = signed(reader.varint());
  if (field === 17) {
    if (value <= 0 || value > COARSEST_GRANULARITY)
      throw new RangeError(`it states a granularity of ${value} nanodegrees`);
    block.granularity = value;
  } else if (field === 18) {
    if (value <= 0) throw new RangeError(`it states a granularity of dates of ${value} milliseconds`);
  } else {
    if (Math.abs(value) > LARGEST_OFFSET) throw new RangeError(`it states an offset of ${value} nanodegrees`);
    if (field === 19) block.latOffset = value;
    else block.lonOffset = value;
  }
}

/** int64 varints hold negative numbers as two's complement of 64 bits. */
function signed(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** One group message usually holds one kind; each run of a kind becomes a group of its own. */
function parseGroups(bytes: Uint8Array, from: number, to: number, groups: PrimitiveGroup[]): void {
  let p = from;
  while (p < to) {
    const key = bytes[p]!;
    const kind = (KIND_OF_KEY as ReadonlyMap<number, PrimitiveGroup['kind']>).get(key);
    if (kind === undefined) {
      const reader = new FieldReader(bytes, p, to);
      reader.next();
      reader.skip();
      p = reader.position;
      continue;
    }
    const elements = new GrowingUint32(ELEMENTS_AT_FIRST);
    p = listFields(bytes, p, to, key, elements);
    groups.push({ kind, elements });
  }
}

/**
 * Lists where the fields of bytes with this key lie that follow upon each other from `from`, at most up to `to`:
 * beginning and end of each. Returns where they end. @throws RangeError where one runs beyond `to`
 */
export function listFields(
  bytes: Uint8Array,
  from: number,
  to: number,
  key: number,
  places: GrowingUint32,
): number {
  let p = from;
  while (p < to && bytes[p] === key) {
    p++;
    let length = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = bytes[p++]!;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80 && shift < 35);
    if (byte >= 0x80 || length < 0 || p + length > to) throw new RangeError('field beyond its end');
    places.push(p);
    p += length;
    places.push(p);
  }
  return p;
}

/** A signed number from its zigzag form, beyond 32 bits too. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
