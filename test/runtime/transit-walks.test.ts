import { describe, expect, it } from 'vitest';
import { decodeTransitWalks, encodeTransitWalks } from '../../src/runtime/transit-walks.ts';
import type { TransitWalks } from '../../src/search/transit-walks.ts';

const links = { first: Uint32Array.of(0, 1, 3), deciseconds: Int32Array.of(10, 20, 30) };
const walks: TransitWalks = {
  access: { ...links, stop: Uint32Array.of(1, 0, 1) },
  walksIntoStops: { ...links, stop: Uint32Array.of(1, 0, 1) },
  egress: { ...links, structure: Uint32Array.of(0, 1, 2) },
  vertexAccess: undefined,
  servedStops: Uint32Array.of(0, 1),
  snappedStops: {
    count: 2,
    firstCandidate: Uint32Array.of(0, 1, 2),
    edges: Uint32Array.of(7, 8),
    fractions: Float64Array.of(0.25, 1 / 3),
    distances: Float64Array.of(1.5, 0),
    nearestMeters: Float64Array.of(1.5, Number.POSITIVE_INFINITY),
    cutOff: Uint8Array.of(0, 1),
  },
  metersOfStop: Float64Array.of(1.5, Number.NaN),
};

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

/** Typed arrays as plain lists, so that views on other memory compare equal; NaN and infinity stay themselves. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [value.constructor.name, ...Array.from(value as Float64Array)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

describe('the file of a day’s walks', () => {
  it.each([
    ['without walks from vertices', walks],
    [
      'with them',
      { ...walks, vertexAccess: { ...links, stops: Uint32Array.of(0, 1), points: Uint32Array.of(4, 5, 6) } },
    ],
  ])('gives back what was written, %s', (_, written) => {
    expect(plain(decodeTransitWalks(join(encodeTransitWalks(written))))).toEqual(plain(written));
  });

  it('refuses bytes of which a part is missing', () => {
    const { metersOfStop: _, ...incomplete } = walks;
    expect(() => decodeTransitWalks(join(encodeTransitWalks(incomplete as TransitWalks)))).toThrow(
      'metersOfStop',
    );
    expect(() => decodeTransitWalks(new SharedArrayBuffer(8))).toThrow();
  });
});
