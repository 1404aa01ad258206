import { contours } from 'd3-contour';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { contourBands } from '../../src/isochrones/contour.ts';
import type { TravelTimeSurface } from '../../src/isochrones/surface.ts';
import { CENTRE } from './grid-network.ts';
import { bandWithin, expectNested, expectValid, isInside, rings, turning } from './isochrone-checks.ts';

/** A surface of given seconds, row by row from the south, on cells of 100 m. */
function drawnSurface(columns: number, values: ArrayLike<number>): TravelTimeSurface {
  return {
    columns,
    rows: values.length / columns,
    cellMeters: 100,
    offRoadMeters: 150,
    paintRadiusMeters: 80,
    west: CENTRE.lon,
    south: CENTRE.lat,
    lonStep: 100 / metersPerDegreeOfLongitude(CENTRE.lat),
    latStep: 100 / METERS_PER_DEGREE,
    values: Float32Array.from(values),
    cutoffSeconds: 1800,
    ceilingSeconds: 2571,
  };
}

/** Random surfaces with flat patches, equal values and values at the threshold; the border at the ceiling. */
const randomSurface = fc
  .tuple(
    fc.integer({ min: 3, max: 14 }),
    fc.integer({ min: 3, max: 14 }),
    fc.infiniteStream(fc.constantFrom(0, 1, 300, 599, 600, 601, 900, 1200, 1799, 1800, 2571)),
  )
  .map(([columns, rows, stream]) => {
    const values = Array.from({ length: columns * rows }, (_, node) => {
      const column = node % columns;
      const row = Math.floor(node / columns);
      const isBorder = column === 0 || row === 0 || column === columns - 1 || row === rows - 1;
      return isBorder ? 2571 : stream.next().value;
    });
    return drawnSurface(columns, values);
  });

describe('contourBands', () => {
  it('gives valid polygons, nested by minutes, on any surface', () => {
    fc.assert(
      fc.property(randomSurface, (surface) => {
        const [ten, twenty, thirty] = contourBands(surface, [10, 20, 30]).map(({ geometry }) => geometry);
        for (const geometry of [ten!, twenty!, thirty!]) expectValid(geometry);
        expectNested(ten!, twenty!);
        expectNested(twenty!, thirty!);
      }),
      { numRuns: 150, seed: 71 },
    );
  });

  it('puts every node on its side of the contour', () => {
    fc.assert(
      fc.property(randomSurface, (surface) => {
        const geometry = bandWithin(surface, 20);
        surface.values.forEach((seconds, node) => {
          const column = node % surface.columns;
          const row = Math.floor(node / surface.columns);
          const place = {
            lon: surface.west + column * surface.lonStep,
            lat: surface.south + row * surface.latStep,
          };
          expect(isInside(place, geometry)).toBe(seconds < 20 * 60);
        });
      }),
      { numRuns: 100, seed: 72 },
    );
  });

  it('agrees with d3-contour on a smooth surface with hills and hollows', () => {
    const [columns, rows] = [60, 50];
    const values = Array.from({ length: columns * rows }, (_, node) => {
      const column = node % columns;
      const row = Math.floor(node / columns);
      if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) return 2571;
      return 900 + 800 * Math.sin(column / 5) * Math.cos(row / 4);
    });
    const surface = drawnSurface(columns, values);
    const d3 = contours().size([columns, rows]).smooth(true);
    for (const { minutes, geometry } of contourBands(surface, [5, 10, 15, 20, 25])) {
      // d3 draws where values are above, and puts node (0, 0) at (0.5, 0.5).
      const theirs = d3.contour(
        values.map((value) => -value),
        -minutes * 60,
      );
      expect(geometry.coordinates.length).toBe(theirs.coordinates.length);
      expect(rings(geometry).length).toBe(rings(theirs).length);
      const areaOf = (polygons: Position[][]) =>
        Math.abs(polygons.reduce((sum, ring) => sum + turning(ring) / 2, 0));
      const ours = areaOf(rings(geometry)) / (surface.lonStep * surface.latStep);
      // d3's holes turn the other way, so signed areas add up alike; the clearance at nodes costs under 1 %.
      expect(ours / areaOf(rings(theirs))).toBeCloseTo(1, 2);
    }
  });

  it('keeps a hole and the island inside it', () => {
    const size = 11;
    const values = Array.from({ length: size * size }, (_, node) => {
      const away = Math.max(Math.abs((node % size) - 5), Math.abs(Math.floor(node / size) - 5));
      return [60, 2571, 2571, 60, 60, 2571][away]!;
    });
    const geometry = bandWithin(drawnSurface(size, values), 10);
    expect(geometry.coordinates.map((polygon) => polygon.length)).toEqual([2, 1]);
    expectValid(geometry);
  });

  it.each([0, -5, 31, Number.NaN])('refuses %s minutes of a surface of 30', (minutes) => {
    expect(() => contourBands(drawnSurface(3, new Array(9).fill(2571)), [minutes])).toThrow(RangeError);
  });
});
