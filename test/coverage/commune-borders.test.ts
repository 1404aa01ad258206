import { readFileSync } from 'node:fs';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { buildCommuneBorders } from '../../src/coverage/commune-borders.ts';
import { findPockets } from '../../src/coverage/commune-pockets.ts';
import { computeCoverage } from '../../src/coverage/coverage.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { drawShares, drawTimes } from './drawn-coverage.ts';

function box(west: number, south: number, width = 0.1, height = 0.1): Polygon {
  const [east, north] = [west + width, south + height];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

describe('communes that share a border', () => {
  /*
   *   2 3
   *   0 1
   */
  const four = [box(4, 46), box(4.1, 46), box(4, 46.1), box(4.1, 46.1)];

  it('are those side by side, not those that only touch at a corner', () => {
    expect(buildCommuneBorders(four)).toEqual([
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ]);
  });

  it('are found where one side has no vertex at the border of the other', () => {
    // A tall commune in the west, a small one in the middle of its side.
    expect(buildCommuneBorders([box(4, 46, 0.1, 0.3), box(4.1, 46.1)])).toEqual([[0, 1]]);
  });

  it('may be apart by the tolerance, not by more', () => {
    const apart = (meters: number): Polygon[] => [box(4, 46), box(4, 46.1 + meters / 111_195)];
    expect(buildCommuneBorders(apart(3))).toEqual([[0, 1]]);
    expect(buildCommuneBorders(apart(8))).toEqual([]);
  });

  it('skip communes without a polygon', () => {
    expect(buildCommuneBorders([box(4, 46), undefined, box(4.1, 46)])).toEqual([[0, 2]]);
  });

  const path = realData('communes/communes-71.geojson');
  it.skipIf(path === undefined)(`of Saône-et-Loire share vertices in the file (${NO_REAL_DATA})`, () => {
    const { features } = JSON.parse(readFileSync(path as string, 'utf8')) as FeatureCollection<
      Polygon | MultiPolygon
    >;
    const found = buildCommuneBorders(features.map(({ geometry }) => geometry));
    const expected = pairsWithTwoSharedVertices(features.map(({ geometry }) => geometry));
    const asText = (pairs: ReadonlyArray<readonly [number, number]>): string[] =>
      pairs.map((pair) => pair.join('-')).sort();
    expect(expected.length).toBeGreaterThan(1_000);
    // Every pair with shared vertices further apart than the tolerance is found.
    expect(asText(found)).toEqual(expect.arrayContaining(asText(expected)));
    expect(found.length).toBeLessThan(expected.length * 1.02);
  });
});

/** The naive twin: two vertices that both files write alike, more than 20 m apart. */
function pairsWithTwoSharedVertices(
  geometries: ReadonlyArray<Polygon | MultiPolygon>,
): Array<readonly [number, number]> {
  const ownersOfVertex = new Map<string, Set<number>>();
  geometries.forEach((geometry, index) => {
    const rings: Position[][] =
      geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    for (const position of rings.flat()) {
      const key = position.join(' ');
      ownersOfVertex.set(key, (ownersOfVertex.get(key) ?? new Set()).add(index));
    }
  });
  const verticesOfPair = new Map<string, number[][]>();
  for (const [vertex, owners] of ownersOfVertex) {
    const sorted = [...owners].sort((a, b) => a - b);
    sorted.forEach((a, at) => {
      for (const b of sorted.slice(at + 1)) {
        const shared = verticesOfPair.get(`${a} ${b}`) ?? [];
        shared.push(vertex.split(' ').map(Number));
        verticesOfPair.set(`${a} ${b}`, shared);
      }
    });
  }
  return [...verticesOfPair]
    .filter(([, vertices]) =>
      vertices.some(([lon, lat]) => Math.hypot(lon - vertices[0][0], lat - vertices[0][1]) > 3e-4),
    )
    .map(([pair]) => pair.split(' ').map(Number) as [number, number]);
}

describe('pockets', () => {
  /*
   * Uncovered: 0-1, 3 and 5. 2 is covered and lies between; 4 is partly covered and touches all.
   */
  const shares = drawShares([
    [0, 5],
    [1, 7],
    [2, 1],
    [3, 30],
    [4, 9],
    [4, 3],
    [5, 12],
  ]);
  const far = 40 * 600;
  const times = drawTimes('car', [far, far, 600, far, 600, far, far]);
  const communeBorders = [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 4],
    [3, 4],
  ] as const;
  const [mode] = computeCoverage({
    shares,
    structureCount: 1,
    thresholdDeciseconds: 18_000,
    inclusive: false,
    uncoveredBelow: 0.5,
    modes: [times],
    communeBorders,
  }).modes;

  it('group uncovered communes that touch, most people left out first', () => {
    expect(mode.communes.map(({ etat }) => etat)).toEqual([
      'non couverte',
      'non couverte',
      'couverte',
      'non couverte',
      'partielle',
      'non couverte',
    ]);
    expect(mode.pockets).toEqual([
      { number: 1, communeIndices: [3], population: 30, populationLeftOut: 30 },
      { number: 2, communeIndices: [0, 1], population: 12, populationLeftOut: 12 },
      { number: 3, communeIndices: [5], population: 12, populationLeftOut: 12 },
    ]);
  });

  it('never hold the row of no commune', () => {
    const communes = mode.communes.map((commune, at) =>
      at === 3 ? { ...commune, area: { ...commune.area, code: '' } } : commune,
    );
    expect(findPockets(communes, communeBorders).map(({ communeIndices }) => communeIndices)).toEqual([
      [0, 1],
      [5],
    ]);
  });
});
