/** CRC-32 of ZIP and PNG (ISO 3309, reflected polynomial 0xEDB88320). */
import * as zlib from 'node:zlib';

/** byte -> remainder. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** For Node before 20.15, which has none of its own. */
export function crc32ByTable(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

const { crc32: crc32OfNode } = zlib as { crc32?: (bytes: Uint8Array) => number };

export const crc32: (bytes: Uint8Array) => number = crc32OfNode ?? crc32ByTable;
