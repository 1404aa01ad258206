import type { Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { areaInSquare, preparePolygon } from '../../src/coverage/square-area.ts';

const [LON, LAT, SIDE] = [4.8, 46.6, 200];

/** A polygon drawn in metres from the centre of the square. */
function drawn(...rings: Array<Array<readonly [number, number]>>): Polygon {
  const close = (ring: Array<readonly [number, number]>): Position[] =>
    [...ring, ring[0]].map(([x, y]) => [
      LON + x / metersPerDegreeOfLongitude(LAT),
      LAT + y / METERS_PER_DEGREE,
    ]);
  return { type: 'Polygon', coordinates: rings.map(close) };
}

function rectangle(
  west: number,
  south: number,
  east: number,
  north: number,
): Array<readonly [number, number]> {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

// A U that is open to the north: its arms are 40 m wide, its foot 40 m high.
const U_SHAPE: Array<readonly [number, number]> = [
  [-80, -80],
  [80, -80],
  [80, 300],
  [40, 300],
  [40, -40],
  [-40, -40],
  [-40, 300],
  [-80, 300],
];

describe('area of a polygon within a square', () => {
  it.each([
    ['the whole square inside', drawn(rectangle(-500, -500, 500, 500)), SIDE * SIDE],
    ['the eastern half', drawn(rectangle(0, -500, 500, 500)), (SIDE * SIDE) / 2],
    ['a corner of 30 by 20 m', drawn(rectangle(70, 80, 900, 900)), 30 * 20],
    ['nothing', drawn(rectangle(101, -500, 500, 500)), 0],
    [
      'a hole is taken out',
      drawn(rectangle(-500, -500, 500, 500), rectangle(-50, -50, 50, 50)),
      SIDE * SIDE - 100 * 100,
    ],
    ['both arms of a concave ring', drawn(U_SHAPE), 160 * 40 + 2 * (40 * (100 + 40))],
    ['a clockwise ring too', drawn([...rectangle(0, -500, 500, 500)].reverse()), (SIDE * SIDE) / 2],
  ])('%s', (_, polygon, expected) => {
    expect(areaInSquare(preparePolygon(polygon), LON, LAT, SIDE)).toBeCloseTo(expected, 3);
  });
});
