/**
 * The file of a day's walks: access, transfers, egress and what links stops to the streets, as named arrays.
 * Decoding gives views on the bytes read; serialise, then read, is the identity.
 */
import type { TransitWalks } from '../search/transit-walks.ts';
import { decodeArrays, encodeArrays, type FileArray } from './array-file.ts';

const KIND = 'transit-walks';
type Table = Record<string, FileArray>;

export function encodeTransitWalks(walks: TransitWalks): Uint8Array[] {
  const arrays: Table = {};
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(walks)) {
    if (value === undefined) continue;
    if (ArrayBuffer.isView(value)) {
      arrays[name] = value as FileArray;
      continue;
    }
    for (const [key, inner] of Object.entries(value as object)) {
      if (ArrayBuffer.isView(inner)) arrays[`${name}.${key}`] = inner as FileArray;
      else counts[`${name}.${key}`] = inner as number;
    }
  }
  return encodeArrays(KIND, { counts }, arrays);
}

/** @throws Error where the bytes are no such file: the caller searches the walks anew. */
export function decodeTransitWalks(buffer: SharedArrayBuffer): TransitWalks {
  const { meta, arrays } = decodeArrays(buffer, KIND);
  const walks: Record<string, unknown> = { vertexAccess: undefined };
  for (const [name, value] of [...Object.entries(arrays), ...Object.entries(meta['counts'] as object)]) {
    const [table, key] = name.split('.') as [string, string | undefined];
    if (key === undefined) walks[table] = value;
    else walks[table] = { ...(walks[table] as object | undefined), [key]: value };
  }
  for (const name of REQUIRED) if (walks[name] === undefined) throw new Error(`no ${name}`);
  return walks as unknown as TransitWalks;
}

const REQUIRED: ReadonlyArray<keyof TransitWalks> = [
  'access',
  'walksBetweenStops',
  'egress',
  'servedStops',
  'snappedStops',
  'metersOfStop',
];
