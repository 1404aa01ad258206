/**
 * The frame of an inflated `PrimitiveBlock`: where its string table lies, its coordinate grid, and where the
 * elements of its groups lie. Nothing is decoded here.
 */
import { FieldReader } from './pbf-blobs.ts';

export interface PrimitiveGroup {
  kind: 'dense' | 'nodes' | 'ways' | 'relations' | 'other';
  /** Byte ranges of the elements: from, to, from, to … (a dense group is one element). */
  elements: number[];
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

const KIND_OF_FIELD = ['other', 'nodes', 'dense', 'ways', 'relations'] as const;

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
      const length = reader.varint();
      block.stringsFrom = reader.position;
      block.stringsTo = reader.position + length;
      reader.position += length;
    } else if (reader.field === 2 && reader.wire === 2) {
      const length = reader.varint();
      parseGroups(bytes, reader.position, reader.position + length, block.groups);
      reader.position += length;
    } else if (reader.field === 17) block.granularity = reader.varint();
    else if (reader.field === 19) block.latOffset = signed(reader.varint());
    else if (reader.field === 20) block.lonOffset = signed(reader.varint());
    else reader.skip();
  }
  if (reader.position !== bytes.length || block.stringsTo > bytes.length)
    throw new RangeError('block beyond its end');
  return block;
}

/** int64 varints hold negative numbers as two's complement of 64 bits. */
function signed(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}

/** One group message usually holds one kind; each run of a kind becomes a group of its own. */
function parseGroups(bytes: Uint8Array, from: number, to: number, groups: PrimitiveGroup[]): void {
  const reader = new FieldReader(bytes, from, to);
  let current: PrimitiveGroup | undefined;
  while (reader.next()) {
    const kind = reader.wire === 2 ? (KIND_OF_FIELD[reader.field] ?? 'other') : 'other';
    if (kind === 'other') {
      reader.skip();
      continue;
    }
    const length = reader.varint();
    if (current?.kind !== kind) {
      current = { kind, elements: [] };
      groups.push(current);
    }
    if (reader.position + length > to) throw new RangeError('element beyond its group');
    current.elements.push(reader.position, reader.position + length);
    reader.position += length;
  }
}

/** A signed number from its zigzag form, beyond 32 bits too. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
