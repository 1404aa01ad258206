/** The relations of a PBF block that the network heeds, decoded whole: they are few. */
import type { OsmRelation } from './osm-data.ts';
import { FieldReader } from './pbf-blobs.ts';
import type { PrimitiveGroup } from './pbf-block.ts';
import { UnsortedError } from './pbf-errors.ts';
import type { BlockStrings } from './pbf-strings.ts';
import { isStreetRelation } from './street-filter.ts';

const MEMBER_TYPES = ['n', 'w', 'r'] as const;

/**
 * Appends the relations of a group that the network heeds. Ids of all relations ascend, from `lastId` on: a later version of a
 * relation may tell nothing of streets. Returns the last of them. @throws UnsortedError where they do not
 */
export function decodeStreetRelations(
  bytes: Uint8Array,
  group: PrimitiveGroup,
  strings: BlockStrings,
  relations: OsmRelation[],
  lastId: number,
): number {
  const { array, length } = group.elements;
  let last = lastId;
  for (let i = 0; i < length; i += 2) {
    const id = decodeId(bytes, array[i]!, array[i + 1]!);
    if (id <= last || id > Number.MAX_SAFE_INTEGER) throw new UnsortedError();
    last = id;
    const relation = decodeRelation(bytes, array[i]!, array[i + 1]!, strings);
    if (relation !== undefined) relations.push(relation);
  }
  return last;
}

/** The first field of nearly every relation. */
function decodeId(bytes: Uint8Array, from: number, to: number): number {
  const reader = new FieldReader(bytes, from, to);
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === 0) return reader.varint();
    reader.skip();
  }
  throw new RangeError('a relation without id');
}

/** The relation at bytes[from, to) if the network heeds it. */
function decodeRelation(
  bytes: Uint8Array,
  from: number,
  to: number,
  strings: BlockStrings,
): OsmRelation | undefined {
  const reader = new FieldReader(bytes, from, to);
  let relationId = 0;
  const packed: Record<number, number[]> = { 2: [], 3: [], 8: [], 9: [], 10: [] };
  while (reader.next()) {
    if (reader.field === 1 && reader.wire === 0) relationId = reader.varint();
    else if (packed[reader.field] !== undefined && reader.wire === 2) {
      const end = reader.lengthEnd();
      const list = packed[reader.field]!;
      while (reader.position < end) list.push(reader.varint());
      if (reader.position !== end) throw new RangeError('field beyond its end');
      // Most relations tell nothing of streets: stop before the members are read.
      if (reader.field === 3 && !isWanted(packed[2]!, packed[3]!, strings)) return undefined;
    } else reader.skip();
  }
  if (!isWanted(packed[2]!, packed[3]!, strings)) return undefined;
  if (packed[2]!.length !== packed[3]!.length || packed[8]!.length !== packed[9]!.length)
    throw new RangeError('keys and values of different lengths');
  const tags: Record<string, string> = {};
  packed[2]!.forEach((key, i) => {
    tags[strings.text(key)] = strings.text(packed[3]![i]!);
  });
  let id = 0;
  const members = packed[9]!.map((zigzag, i) => {
    id += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    const type = MEMBER_TYPES[packed[10]![i]!];
    if (type === undefined) throw new RangeError('unknown member type');
    return { type, id, role: strings.text(packed[8]![i]!) };
  });
  return { relationId, tags, members };
}

function isWanted(keys: number[], values: number[], strings: BlockStrings): boolean {
  return isStreetRelation((key) => {
    const at = keys.findIndex((string) => strings.text(string) === key);
    return at < 0 ? undefined : strings.text(values[at]!);
  });
}
