/** CRC-32 of ZIP, PNG and the files of the cache (ISO 3309, reflected polynomial 0xEDB88320). */
import * as zlib from 'node:zlib';

/** byte -> remainder. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** For Node before 20.15, which has none of its own. @param before the checksum of the bytes before these */
export function crc32ByTable(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

const { crc32: crc32OfNode } = zlib as { crc32?: typeof crc32ByTable };

/** @param before the checksum of the bytes before these */
export function crc32(bytes: Uint8Array, before = 0): number {
  // Node forgets what was before where the memory of no bytes is none.
  return bytes.length === 0 ? before : (crc32OfNode ?? crc32ByTable)(bytes, before);
}
