/** Communes without a street, and whether a street is near: on three squares with drawn streets. */
import { describe, expect, it } from 'vitest';
import { type CheckedNetwork, checkStreets, hasStreetWithin } from '../../src/planning/check-streets.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { COMMUNES, METERS_NORTH, middleOf } from './drawn-area.ts';

/** One edge per line of points in degrees. */
function streets(...lines: ReadonlyArray<ReadonlyArray<readonly [number, number]>>): CheckedNetwork {
  const points = lines.flat();
  const firstPointOfEdge = new Uint32Array(lines.length + 1);
  lines.forEach((line, edge) => {
    firstPointOfEdge[edge + 1] = firstPointOfEdge[edge]! + line.length;
  });
  const network = {
    edgeCount: lines.length,
    firstPointOfEdge,
    lonOfPoint: Int32Array.from(points, ([lon]) => Math.round(lon * 1e7)),
    latOfPoint: Int32Array.from(points, ([, lat]) => Math.round(lat * 1e7)),
  };
  return { network, index: buildEdgeIndex(network as StreetNetwork) };
}

const street = (position: number) => [middleOf(position), [middleOf(position)[0], 47.009] as const];
const everywhere = streets(street(0), street(1), street(2));
const people: Record<string, number> = { '71001': 10, '71002': 20.4, '71003': 300 };

describe('communes without streets', () => {
  it('are none where each has a street', () => {
    expect(checkStreets(COMMUNES, new Map([['car', everywhere]]), (code) => people[code])).toEqual([]);
  });

  it('are told with their people and modes, most people first', () => {
    const networks = new Map([
      ['car', streets(street(1))],
      ['walk', streets(street(0), street(1))],
    ]);
    const found = checkStreets(COMMUNES, networks, (code) => people[code]);
    expect(found.map(({ id, value }) => [id, value])).toEqual([
      ['71003 C', '300'],
      ['71001 A', '10'],
    ]);
    expect(found[0]!.message).toContain('for car, walk');
    expect(found[1]!.message).toContain('for car');
    expect(found[1]!.message).not.toContain('walk');
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  it('are not hidden by a street in the box of a commune that lies outside it', () => {
    const [lon, lat] = middleOf(1);
    const around: typeof COMMUNES = [
      {
        ...COMMUNES[1]!,
        geometry: {
          type: 'Polygon',
          // The square without its middle.
          coordinates: [
            ...(COMMUNES[1]!.geometry!.coordinates as number[][][]),
            [
              [lon - 0.004, lat - 0.004],
              [lon + 0.004, lat - 0.004],
              [lon + 0.004, lat + 0.004],
              [lon - 0.004, lat + 0.004],
              [lon - 0.004, lat - 0.004],
            ],
          ],
        },
      },
    ];
    const inside = new Map([['car', streets([middleOf(1), [lon + 0.001, lat] as const])]]);
    expect(checkStreets(around, inside, () => undefined)).toHaveLength(1);
  });

  it('are all communes where a mode has no edge at all', () => {
    const none = new Map([['car', streets()]]);
    expect(checkStreets(COMMUNES, none, () => 0)).toHaveLength(COMMUNES.length);
  });
});

describe('a street near a place', () => {
  const [lon, lat] = middleOf(0);
  const degrees = 0.02;
  it.each([
    { within: METERS_NORTH(degrees) * 0.95, isNear: false },
    { within: METERS_NORTH(degrees) * 1.05, isNear: true },
  ])('is found within $within m: $isNear', ({ within, isNear }) => {
    const south = streets([[lon, lat - degrees] as const, [lon, lat - degrees - 0.001] as const]);
    expect(hasStreetWithin(south, lon, lat, within)).toBe(isNear);
  });
});
