/** The network file: what is written is what is read, and what is no such file is refused. */
import { describe, expect, it } from 'vitest';
import { STREET_MODES } from '../../src/common/units.ts';
import { decodeArrays, encodeArrays } from '../../src/network/array-file.ts';
import { decodeNetwork, encodeNetwork, indexNetwork } from '../../src/network/street-network-file.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { drawStreets, ROUND_SPEEDS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { SeededRandom } from '../search/seeded-random.ts';

function joined(parts: readonly Uint8Array[]): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(parts.reduce((sum, { length }) => sum + length, 0));
  const bytes = new Uint8Array(buffer);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return buffer;
}

const NOTES = {
  reading: [{ code: 'osm-short-way', severity: 'warning' as const, message: 'é — 1' }],
  building: [],
};

describe('the network file', () => {
  it.each(STREET_MODES)('gives back the network, its index and its notes: %s', (mode) => {
    for (let seed = 1; seed <= 10; seed++) {
      const contents = randomStreets(new SeededRandom(seed), { columns: 5, rows: 4 });
      const { network } = buildStreetNetwork(toStreets(contents), mode, ROUND_SPEEDS);
      const indexed = indexNetwork(network);
      const decoded = decodeNetwork(joined(encodeNetwork(indexed, NOTES)));
      expect(decoded.network).toEqual(network);
      expect(decoded.notes).toEqual(NOTES);
      const [west, south] = [network.lonOfPoint[0]!, network.latOfPoint[0]!];
      const search = (index: typeof indexed.index) =>
        index?.search(west, south, west + 20_000, south + 20_000);
      expect(search(decoded.index)).toEqual(search(indexed.index));
    }
  });

  it('writes a network that was read as the same bytes', () => {
    const { osm } = drawStreets({ map: 'a---b---c', ways: { abc: 'highway=residential' } });
    const { network } = buildStreetNetwork(osm, 'car', ROUND_SPEEDS);
    const written = joined(encodeNetwork(indexNetwork(network), NOTES));
    const { notes, ...decoded } = decodeNetwork(written);
    expect(new Uint8Array(joined(encodeNetwork(decoded, notes)))).toEqual(new Uint8Array(written));
  });

  it('keeps a network without edges', () => {
    const { osm } = drawStreets({ map: 'a---b', ways: { ab: 'highway=footway' } });
    const { network } = buildStreetNetwork(osm, 'car', ROUND_SPEEDS);
    const decoded = decodeNetwork(joined(encodeNetwork(indexNetwork(network), NOTES)));
    expect([decoded.network.edgeCount, decoded.index]).toEqual([0, undefined]);
  });

  const file = () => new Uint8Array(joined(encodeArrays('kind', { a: 1 }, { one: Int32Array.of(1, 2, 3) })));
  const changed = (change: (bytes: Uint8Array) => Uint8Array): SharedArrayBuffer => joined([change(file())]);

  it.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['is empty', () => new Uint8Array(0), 'not a file of this tool'],
    ['is cut in its fixed part', (bytes) => bytes.subarray(0, 12), 'not a file of this tool'],
    ['is cut in its header', (bytes) => bytes.subarray(0, 40), 'header beyond the end'],
    ['is cut in an array', (bytes) => bytes.subarray(0, bytes.length - 8), 'array one beyond the end'],
    ['is foreign', () => new TextEncoder().encode('<html>'.repeat(20)), 'not a file of this tool'],
    ['has another layout', (bytes) => bytes.with(8, 99), 'another layout version'],
  ])('that %s is refused', (_, change, message) => {
    expect(() => decodeArrays(changed(change), 'kind')).toThrow(message);
  });

  it('of another kind is refused', () => {
    expect(() => decodeArrays(joined([file()]), 'street-network')).toThrow('a file of kind kind');
  });

  it('that lacks an array is refused', () => {
    const buffer = joined(encodeArrays('street-network', { notes: NOTES, mode: 'car' }, {}));
    expect(() => decodeNetwork(buffer)).toThrow('no array vertexCount');
  });

  it('lays every array at a multiple of 8 bytes', () => {
    const { arrays } = decodeArrays(
      joined(
        encodeArrays(
          'kind',
          {},
          { a: Uint8Array.of(1, 2, 3), b: Float64Array.of(0.5), c: Uint16Array.of(7) },
        ),
      ),
      'kind',
    );
    expect(arrays).toEqual({ a: Uint8Array.of(1, 2, 3), b: Float64Array.of(0.5), c: Uint16Array.of(7) });
    for (const array of Object.values(arrays)) expect(array.byteOffset % 8).toBe(0);
  });
});
