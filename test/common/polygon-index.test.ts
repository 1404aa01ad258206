import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { boxRing } from '../../scripts/lib/box-ring.ts';
import { distanceMeters } from '../../src/common/geo.ts';
import { findPointInside } from '../../src/common/point-inside.ts';
import { buildPolygonIndex, ringsOf } from '../../src/common/polygon-index.ts';

function polygon(...rings: number[][][]): Polygon {
  return { type: 'Polygon', coordinates: rings };
}

function square(west: number, south: number, side: number): number[][] {
  return boxRing(west, south, west + side, south + side);
}

/** Even-odd by winding angles: the naive twin of the crossing count. */
function holdsByAngles(shape: Polygon, lon: number, lat: number): boolean {
  let turns = 0;
  for (const ring of ringsOf(shape)) {
    let angle = 0;
    for (let i = 1; i < ring.length; i++) {
      const from = Math.atan2(ring[i - 1][1] - lat, ring[i - 1][0] - lon);
      let step = Math.atan2(ring[i][1] - lat, ring[i][0] - lon) - from;
      if (step > Math.PI) step -= 2 * Math.PI;
      if (step < -Math.PI) step += 2 * Math.PI;
      angle += step;
    }
    turns += Math.round(angle / (2 * Math.PI));
  }
  return turns % 2 !== 0;
}

/** Seeded numbers in [0, 1): the multiplicative generator of Park and Miller. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('the polygon that holds a point', () => {
  //  +---+---+
  //  | 0 | 1 |    0 has a hole in its middle, in which lies 2
  //  +---+---+
  const shapes = [
    polygon(square(2, 48, 1), square(2.4, 48.4, 0.2).reverse()),
    polygon(square(3, 48, 1)),
    polygon(square(2.4, 48.4, 0.2)),
  ];
  const index = buildPolygonIndex(shapes);

  it.each([
    [2.1, 48.1, 0],
    [3.5, 48.5, 1],
    [2.5, 48.5, 2],
    [1.9, 48.5, -1],
    [2.5, 49.5, -1],
  ])('%d, %d lies in polygon %d', (lon, lat, expected) => {
    expect(index.locate(lon, lat)).toBe(expected);
  });

  it('gives a point on a shared border to exactly one of the two', () => {
    for (let i = 0; i < 100; i++) {
      const lat = 48 + i / 100;
      const alone = shapes.slice(0, 2).filter((shape) => buildPolygonIndex([shape]).locate(3, lat) === 0);
      expect(alone).toHaveLength(1);
    }
  });

  it('counts the corner of a diamond once, on the parallel of that corner', () => {
    const diamond = buildPolygonIndex([
      polygon([
        [2, 48],
        [3, 47],
        [4, 48],
        [3, 49],
        [2, 48],
      ]),
    ]);
    expect([diamond.locate(3, 48), diamond.locate(1, 48), diamond.locate(5, 48)]).toEqual([0, -1, -1]);
  });

  it('agrees with the winding angles on seeded stars and points', () => {
    const random = seeded(11);
    const stars = Array.from({ length: 20 }, () => {
      const [lon, lat] = [2 + random() * 3, 46 + random() * 3];
      const points = Array.from({ length: 12 }, (_, i) => {
        const radius = 0.1 + random() * 0.6;
        return [lon + radius * Math.cos((i * Math.PI) / 6), lat + radius * Math.sin((i * Math.PI) / 6)];
      });
      return polygon([...points, points[0]]);
    });
    const starIndex = buildPolygonIndex(stars);
    let insideCount = 0;
    for (let i = 0; i < 2000; i++) {
      const [lon, lat] = [1.5 + random() * 4, 45.5 + random() * 4];
      const expected = stars.findIndex((star) => holdsByAngles(star, lon, lat));
      expect(starIndex.locate(lon, lat)).toBe(expected);
      if (expected >= 0) insideCount++;
    }
    expect(insideCount).toBeGreaterThan(300);
  });

  it('passes over polygons without geometry, and holds nothing when there are none', () => {
    expect(buildPolygonIndex([undefined, polygon(square(2, 48, 1))]).locate(2.5, 48.5)).toBe(1);
    expect(buildPolygonIndex([undefined]).locate(2.5, 48.5)).toBe(-1);
    expect(buildPolygonIndex([]).nearest(2.5, 48.5, 1000).polygon).toBe(-1);
  });
});

describe('the nearest polygon', () => {
  const index = buildPolygonIndex([polygon(square(2, 48, 1)), polygon(square(3.05, 48, 1))]);

  it('measures to the border', () => {
    const east = index.nearest(3.02, 48.5, 5000);
    expect(east.polygon).toBe(0);
    expect(east.distanceMeters).toBeCloseTo(distanceMeters(3, 48.5, 3.02, 48.5), 0);
    expect(index.nearest(3.04, 48.5, 5000).polygon).toBe(1);
  });

  it('is at no distance inside, and none beyond the bound', () => {
    expect(index.nearest(2.5, 48.5, 1)).toEqual({ polygon: 0, distanceMeters: 0 });
    expect(index.nearest(3.02, 48.5, 1000)).toEqual({
      polygon: -1,
      distanceMeters: Number.POSITIVE_INFINITY,
    });
  });
});

describe('a point inside', () => {
  it.each([
    ['a square', polygon(square(2, 48, 1))],
    ['a ring around a hole', polygon(square(2, 48, 1), square(2.05, 48.05, 0.9).reverse())],
    [
      'a crescent',
      polygon([
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
        [0, 3],
        [3, 3],
        [3, 1],
        [0, 1],
        [0, 0],
      ]),
    ],
    [
      'a bow tie',
      polygon([
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
        [0, 0],
      ]),
    ],
  ])('of %s really is inside', (_, shape) => {
    const [lon, lat] = findPointInside(shape)!;
    expect(holdsByAngles(shape, lon, lat)).toBe(true);
  });

  it('does not exist in a polygon without area', () => {
    expect(
      findPointInside(
        polygon([
          [0, 0],
          [1, 0],
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBeUndefined();
  });
});
