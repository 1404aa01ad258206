/** Compares the arrays of two readings, naming the first that differs, without printing a million numbers. */
import { expect } from 'vitest';
import type { OsmStreets } from '../../../src/read/osm/osm-data.ts';

const ARRAYS = [
  'idOfNode',
  'lonOfNode',
  'latOfNode',
  'taggedNodes',
  'tagSetOfTaggedNode',
  'idOfWay',
  'firstRefOfWay',
  'nodeOfRef',
  'tagSetOfWay',
] as const;

export function expectSameStreets(actual: OsmStreets, expected: OsmStreets): void {
  for (const name of ARRAYS) {
    const bytes = (array: Float64Array | Int32Array | Uint32Array) =>
      Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    expect(actual[name].constructor.name, name).toBe(expected[name].constructor.name);
    expect(bytes(actual[name]).equals(bytes(expected[name])), `${name} is the same`).toBe(true);
  }
  expect(actual.nodeCount).toBe(expected.nodeCount);
  expect(actual.wayCount).toBe(expected.wayCount);
  expect(actual.tagSets).toEqual(expected.tagSets);
  expect(actual.restrictions).toEqual(expected.restrictions);
  expect(actual.crossings).toEqual(expected.crossings);
  expect(actual.bounds).toEqual(expected.bounds);
}
