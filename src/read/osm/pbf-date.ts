/**
 * The day of the data in an `.osm.pbf` file, as its header says (`osmosis_replication_timestamp`); of the first blob
 * only. Format: https://wiki.openstreetmap.org/wiki/PBF_Format
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { FieldReader } from './pbf-blobs.ts';

/** A header with its blob's header is a few hundred bytes; a longer one is not looked at. */
const HEAD_BYTES = 1 << 16;
const DATA_SIZE_FIELD = 3;
const RAW_FIELD = 1;
const ZLIB_FIELD = 3;
const TIMESTAMP_FIELD = 32;

/** YYYY-MM-DD; undefined where the file does not say, or is no PBF file. */
export function findPbfDate(path: string): string | undefined {
  try {
    const seconds = readTimestamp(readHead(path));
    return seconds === undefined || seconds === 0
      ? undefined
      : new Date(seconds * 1000).toISOString().slice(0, 10);
  } catch {
    // What the file is instead is told by its reader.
    return undefined;
  }
}

function readHead(path: string): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

function readTimestamp(head: Buffer): number | undefined {
  const blobFrom = 4 + head.readUInt32BE(0);
  const blobSize = findVarint(head.subarray(4, blobFrom), DATA_SIZE_FIELD);
  if (blobSize === undefined || blobFrom + blobSize > head.length) return undefined;
  const blob = new FieldReader(head, blobFrom, blobFrom + blobSize);
  while (blob.next()) {
    if (blob.field === RAW_FIELD) return findVarint(blob.bytes(), TIMESTAMP_FIELD);
    if (blob.field === ZLIB_FIELD) return findVarint(inflateSync(blob.bytes()), TIMESTAMP_FIELD);
    blob.skip();
  }
  return undefined;
}

function findVarint(bytes: Uint8Array, field: number): number | undefined {
  const reader = new FieldReader(bytes, 0, bytes.length);
  while (reader.next()) {
    if (reader.field === field && reader.wire === 0) return reader.varint();
    reader.skip();
  }
  return undefined;
}
