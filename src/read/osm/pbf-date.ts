/**
 * The day of the data in an `.osm.pbf` file, as its header says: `osmosis_replication_timestamp`, or osmconvert's
 * feature `timestamp=…`; of the first blob only. Format: https://wiki.openstreetmap.org/wiki/PBF_Format
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { FieldReader } from './pbf-blobs.ts';

/** A header with its blob's header is a few hundred bytes; a longer one is not looked at. */
const HEAD_BYTES = 1 << 16;
const DATA_SIZE_FIELD = 3;
const RAW_FIELD = 1;
const ZLIB_FIELD = 3;
const OPTIONAL_FEATURE_FIELD = 5;
const TIMESTAMP_FIELD = 32;
/** Bytes of a header block that the format allows. */
const LARGEST_HEADER = 32 << 20;

/** YYYY-MM-DD; undefined where the file does not say, or is no PBF file. */
export function findPbfDate(path: string): string | undefined {
  try {
    return readDate(readHeaderBlock(readHead(path)));
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

function readHeaderBlock(head: Buffer): Uint8Array {
  const blobFrom = 4 + head.readUInt32BE(0);
  const blobSize = findSize(head.subarray(4, blobFrom));
  if (blobSize === undefined || blobFrom + blobSize > head.length) return Buffer.alloc(0);
  const blob = new FieldReader(head, blobFrom, blobFrom + blobSize);
  while (blob.next()) {
    if (blob.field === RAW_FIELD) return blob.bytes();
    if (blob.field === ZLIB_FIELD) return inflateSync(blob.bytes(), { maxOutputLength: LARGEST_HEADER });
    blob.skip();
  }
  return Buffer.alloc(0);
}

function findSize(blobHeader: Uint8Array): number | undefined {
  const reader = new FieldReader(blobHeader, 0, blobHeader.length);
  while (reader.next()) {
    if (reader.field === DATA_SIZE_FIELD && reader.wire === 0) return reader.varint();
    reader.skip();
  }
  return undefined;
}

function readDate(block: Uint8Array): string | undefined {
  const reader = new FieldReader(block, 0, block.length);
  let feature: string | undefined;
  while (reader.next()) {
    if (reader.field === TIMESTAMP_FIELD && reader.wire === 0) {
      const seconds = reader.varint();
      if (seconds > 0) return new Date(seconds * 1000).toISOString().slice(0, 10);
    } else if (reader.field === OPTIONAL_FEATURE_FIELD && reader.wire === 2) {
      const text = Buffer.from(reader.bytes()).toString('latin1');
      feature = /^timestamp=(\d{4}-\d{2}-\d{2})(?!\d)/.exec(text)?.[1] ?? feature;
    } else reader.skip();
  }
  return feature;
}
