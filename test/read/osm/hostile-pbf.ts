/** PBF files that are put together by hand, so that every length and number in them may lie. */
import { deflateSync } from 'node:zlib';
import { ProtobufBytes } from '../../../scripts/lib/protobuf-bytes.ts';

/** One file block. `stated` and `method` are the truth where they are not given. */
export interface WrittenBlob {
  type?: string;
  bytes: Uint8Array;
  /** What `raw_size` says. */
  stated?: number;
  /** Field that holds the data: 1 raw, 3 zlib; 4 to 7 other methods. */
  field?: number;
  /** The packed bytes in place of those that `bytes` packs to. */
  packed?: Uint8Array;
}

export function blobFile(blobs: readonly WrittenBlob[]): Buffer {
  return Buffer.concat(blobs.flatMap(encodeBlob));
}

function encodeBlob({
  type = 'OSMData',
  bytes,
  stated = bytes.length,
  field = 3,
  packed,
}: WrittenBlob): Buffer[] {
  const data = packed ?? (field === 1 ? bytes : deflateSync(bytes));
  const blob = new ProtobufBytes(data.length + 64);
  if (field !== 1) blob.varintField(2, stated);
  blob.bytesField(field, data);
  const header = new ProtobufBytes(64);
  header.textField(1, type);
  header.varintField(3, blob.length);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return [length, Buffer.from(header.view()), Buffer.from(blob.view())];
}

/** Its number, and text or bytes (wire type 2) or a number (wire type 0). */
export type Field = readonly [number, string | Uint8Array | number];

/** A message of these fields. */
export function message(...fields: readonly Field[]): Uint8Array {
  const written = new ProtobufBytes(256);
  for (const [field, value] of fields) {
    if (typeof value === 'number') written.varintField(field, value);
    else written.bytesField(field, typeof value === 'string' ? Buffer.from(value) : value);
  }
  return written.view();
}

export const HEADER: WrittenBlob = {
  type: 'OSMHeader',
  bytes: message([4, 'OsmSchema-V0.6'], [4, 'DenseNodes']),
};

/** Zigzag differences, packed. */
export function column(...values: readonly number[]): Uint8Array {
  let last = 0;
  return Buffer.concat(
    values.map((value) => {
      const delta = value - last;
      last = value;
      return encodeVarint(delta < 0 ? -2 * delta - 1 : 2 * delta);
    }),
  );
}

export function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** Two nodes in degrees, and a street that joins them; `fields` are added to the block, and come first in it. */
export function smallBlocks(
  lats: readonly number[] = [47, 47.01],
  fields: ReadonlyArray<readonly [number, number]> = [],
): WrittenBlob[] {
  const strings: readonly [number, Uint8Array] = [1, message([1, ''], [1, 'highway'], [1, 'residential'])];
  const dense = message(
    [1, column(...lats.map((_, at) => at + 1))],
    [8, column(...lats.map((lat) => Math.round(lat * 1e7)))],
    [9, column(...lats.map((_, at) => 50_000_000 + at * 1000))],
  );
  const way = message(
    [1, 1],
    [2, encodeVarint(1)],
    [3, encodeVarint(2)],
    [8, column(...lats.map((_, at) => at + 1))],
  );
  return [
    HEADER,
    { bytes: message(...fields, strings, [2, message([2, dense])]) },
    { bytes: message(...fields, strings, [2, message([3, way])]) },
  ];
}
