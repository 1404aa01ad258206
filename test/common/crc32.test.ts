/** The checksum of ZIP, PNG and the cache: Node's own, and the table that stands in for it. */
import { describe, expect, it } from 'vitest';
import { crc32, crc32ByTable } from '../../src/common/crc32.ts';

describe('crc32', () => {
  it.each([
    ['', 0],
    ['123456789', 0xcbf43926], // The check value of ISO 3309.
    ['IEND', 0xae426082], // As at the end of every PNG.
  ])('of %j', (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(crc32(bytes)).toBe(expected);
    expect(crc32ByTable(bytes)).toBe(expected);
  });

  it('goes on from the bytes before', () => {
    const bytes = new TextEncoder().encode('123456789');
    for (const crc of [crc32, crc32ByTable]) {
      expect(crc(bytes.subarray(4), crc(bytes.subarray(0, 4)))).toBe(0xcbf43926);
      for (const none of [new Uint8Array(0), new Uint8Array(new SharedArrayBuffer(0))]) {
        expect(crc(none, 0xcbf43926)).toBe(0xcbf43926);
      }
    }
  });
});
