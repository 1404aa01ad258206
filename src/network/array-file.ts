/**
 * The layout of the project's binary files: named typed arrays and a JSON description, laid out so that a file
 * read into one SharedArrayBuffer is used where it lies, without a copy.
 *
 *     bytes 0–7    "MAILLAGE"
 *     8–11         layout version (uint32, little-endian)
 *     12–15        length of the JSON header in bytes (uint32)
 *     16–          JSON header: { kind, meta, arrays: [{ name, type, length, offset }] }
 *     …            the arrays, each at a multiple of 8 bytes
 *     last 4       CRC-32 of all before (uint32, little-endian), written and checked by `runtime/`
 *
 * Little-endian throughout; on a big-endian machine the magic is not found and the file is built anew.
 */

const MAGIC = 'MAILLAGE';
const LAYOUT_VERSION = 1;
const FIXED_BYTES = 16;
export const CHECKSUM_BYTES = 4;

const TYPES = { Int32Array, Uint32Array, Uint16Array, Uint8Array, Float64Array } as const;
type TypeName = keyof typeof TYPES;
export type FileArray = Int32Array | Uint32Array | Uint16Array | Uint8Array | Float64Array;

interface ArrayEntry {
  name: string;
  type: TypeName;
  length: number;
  offset: number;
}

interface FileHeader {
  kind: string;
  meta: Record<string, unknown>;
  arrays: ArrayEntry[];
}

/** The parts of the file in order, without the checksum. */
export function encodeArrays(
  kind: string,
  meta: Record<string, unknown>,
  arrays: Readonly<Record<string, FileArray>>,
): Uint8Array[] {
  const entries: ArrayEntry[] = [];
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    entries.push({ name, type: array.constructor.name as TypeName, length: array.length, offset });
    offset += align(array.byteLength);
  }
  const json = new TextEncoder().encode(JSON.stringify({ kind, meta, arrays: entries } satisfies FileHeader));
  const head = new Uint8Array(align(FIXED_BYTES + json.length));
  head.set(new TextEncoder().encode(MAGIC), 0);
  const view = new DataView(head.buffer);
  view.setUint32(8, LAYOUT_VERSION, true);
  view.setUint32(12, json.length, true);
  head.set(json, FIXED_BYTES);
  const parts: Uint8Array[] = [head];
  for (const array of Object.values(arrays)) {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    const padding = align(array.byteLength) - array.byteLength;
    if (padding > 0) parts.push(new Uint8Array(padding));
  }
  return parts;
}

/**
 * Views on the arrays of a file that lies in `buffer` (its checksum cut off or not).
 * @throws Error where the bytes are no such file, of another kind or version, or an array lies outside.
 */
export function decodeArrays(
  buffer: SharedArrayBuffer,
  kind: string,
): { meta: Record<string, unknown>; arrays: Record<string, FileArray> } {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < FIXED_BYTES || text(bytes, 0, 8) !== MAGIC) throw new Error('not a file of this tool');
  const view = new DataView(bytes.buffer);
  if (view.getUint32(8, true) !== LAYOUT_VERSION) throw new Error('another layout version');
  const jsonLength = view.getUint32(12, true);
  const start = align(FIXED_BYTES + jsonLength);
  if (start > bytes.length) throw new Error('header beyond the end');
  const header = JSON.parse(text(bytes, FIXED_BYTES, FIXED_BYTES + jsonLength)) as FileHeader;
  if (header.kind !== kind) throw new Error(`a file of kind ${header.kind}`);
  const arrays: Record<string, FileArray> = {};
  for (const { name, type, length, offset } of header.arrays) {
    const size = TYPES[type]?.BYTES_PER_ELEMENT ?? Number.POSITIVE_INFINITY;
    if (start + offset + length * size > bytes.length) throw new Error(`array ${name} beyond the end`);
    arrays[name] = viewOf(type, buffer, start + offset, length);
  }
  return { meta: header.meta, arrays };
}

function viewOf(type: TypeName, buffer: SharedArrayBuffer, offset: number, length: number): FileArray {
  const View = TYPES[type] as new (buffer: ArrayBufferLike, offset: number, length: number) => FileArray;
  return new View(buffer, offset, length);
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  // TextDecoder takes no shared memory: decode a copy.

  return new TextDecoder().decode(Uint8Array.from(bytes.subarray(from, to)));
}
