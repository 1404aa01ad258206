import { describe, expect, it } from 'vitest';
import { decodeTimetables, encodeTimetables } from '../../src/network/timetable-file.ts';
import type { Timetable } from '../../src/transit/timetable.ts';
import { drawTown } from '../search/drawn-town.ts';

/** The bytes in shared memory, as the cache gives them back. */
function join(parts: readonly Uint8Array[]): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0));
  const bytes = new Uint8Array(buffer);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return buffer;
}

/** Typed arrays as plain lists with their type, so that views on different memory compare equal. */
function plain(timetable: Timetable): unknown {
  return JSON.parse(
    JSON.stringify(timetable, (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? { type: value.constructor.name, values: Array.from(value as Float64Array, String) }
        : value,
    ),
  );
}

describe('the timetable file', () => {
  it('gives back what was written, for random days with headways and transfer rules', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const timetables = [drawTown(seed, 8).timetable, drawTown(seed + 1000, 8).timetable];
      const about = { seed, names: ['é', 'b'] };
      const decoded = decodeTimetables(join(encodeTimetables(timetables, about)));
      expect(decoded.about).toEqual(about);
      expect(decoded.timetables.map(plain)).toEqual(timetables.map(plain));
    }
  });

  it('refuses other bytes, so that the feeds are read anew', () => {
    expect(() => decodeTimetables(new SharedArrayBuffer(64))).toThrow();
    expect(() => decodeTimetables(join(encodeTimetables([], {}).slice(1)))).toThrow();
  });
});
