/** The relations of a PBF block that are turn restrictions, decoded whole: they are few. */
import type { OsmRestriction } from './osm-data.ts';
import { FieldReader } from './pbf-blobs.ts';
import type { PrimitiveGroup } from './pbf-block.ts';
import { UnsortedError } from './pbf-errors.ts';
import type { BlockStrings } from './pbf-strings.ts';

const MEMBER_TYPES = ['n', 'w', 'r'] as const;

/** Appends the turn restrictions of a group. @throws UnsortedError where their ids do not ascend */
export function decodeRestrictions(
  bytes: Uint8Array,
  group: PrimitiveGroup,
  strings: BlockStrings,
  restrictions: OsmRestriction[],
): void {
  const { array, length } = group.elements;
  for (let i = 0; i < length; i += 2) {
    const restriction = decodeRestriction(bytes, array[i]!, array[i + 1]!, strings);
    if (restriction === undefined) continue;
    const last = restrictions[restrictions.length - 1];
    if (last !== undefined && restriction.relationId <= last.relationId) throw new UnsortedError();
    restrictions.push(restriction);
  }
}

/** The relation at bytes[from, to) if it is a turn restriction of any kind. */
function decodeRestriction(
  bytes: Uint8Array,
  from: number,
  to: number,
  strings: BlockStrings,
): OsmRestriction | undefined {
  const reader = new FieldReader(bytes, from, to);
  let relationId = 0;
  const packed: Record<number, number[]> = { 2: [], 3: [], 8: [], 9: [], 10: [] };
  while (reader.next()) {
    if (reader.field === 1) relationId = reader.varint();
    else if (packed[reader.field] !== undefined && reader.wire === 2) {
      const length = reader.varint();
      const inner = new FieldReader(bytes, reader.position, reader.position + length);
      const list = packed[reader.field]!;
      while (inner.position < inner.end) list.push(inner.varint());
      reader.position += length;
      // The type of most relations is no restriction: stop before the members are read.
      if (reader.field === 3 && !isRestriction(packed[2]!, packed[3]!, strings)) return undefined;
    } else reader.skip();
  }
  if (!isRestriction(packed[2]!, packed[3]!, strings)) return undefined;
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

function isRestriction(keys: number[], values: number[], strings: BlockStrings): boolean {
  for (let i = 0; i < keys.length; i++) {
    if (strings.text(keys[i]!) === 'type') return strings.text(values[i]!).startsWith('restriction');
  }
  return false;
}
