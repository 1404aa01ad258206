import { contours } from 'd3-contour';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { contourBands } from '../../src/isochrones/contour.ts';
import { PARTS_PER_DEGREE, placeOnGrid } from '../../src/isochrones/grid.ts';
import type { TravelTimeSurface } from '../../src/isochrones/surface.ts';
import { CENTRE } from './grid-network.ts';
import { bandWithin, expectNested, expectValid, isInside, rings, turning } from './isochrone-checks.ts';

/** A surface of given seconds, row by row from the south, on cells of 100 m. */
function drawnSurface(columns: number, values: ArrayLike<number>): TravelTimeSurface {
  return {
    columns,
    rows: values.length / columns,
    cellMeters: 100,
    offRoadMeters: 500,
    reachMeters: 400,
    westParts: CENTRE.lon * PARTS_PER_DEGREE,
    southParts: CENTRE.lat * PARTS_PER_DEGREE,
    lonParts: Math.round((100 / metersPerDegreeOfLongitude(CENTRE.lat)) * PARTS_PER_DEGREE),
    latParts: Math.round((100 / METERS_PER_DEGREE) * PARTS_PER_DEGREE),
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

  it('stays valid and nested with a contour for every minute, and for every five seconds', () => {
    fc.assert(
      fc.property(randomSurface, fc.constantFrom(1, 1 / 12), (surface, step) => {
        const minutes = Array.from({ length: 24 }, (_, i) => 30 - i * step);
        const bands = contourBands(surface, minutes).map(({ geometry }) => geometry);
        bands.forEach((geometry, i) => {
          expectValid(geometry, 7);
          if (i > 0) expectNested(geometry, bands[i - 1]!);
        });
      }),
      { numRuns: 15, seed: 73 },
    );
  });

  it('leaves out islands and holes of fewer nodes than asked for, and stays nested', () => {
    fc.assert(
      fc.property(randomSurface, fc.integer({ min: 2, max: 5 }), (surface, leastNodes) => {
        const minutes = [10, 20, 30];
        const bands = contourBands(surface, minutes, { leastNodes }).map(({ geometry }) => geometry);
        const whole = contourBands(surface, minutes).map(({ geometry }) => geometry);
        bands.forEach((geometry, i) => {
          expectValid(geometry);
          if (i > 0) expectNested(bands[i - 1]!, geometry);
          const kept = rings(whole[i]!).filter((ring) => nodesWithin(surface, ring) >= leastNodes);
          expect(rings(geometry)).toEqual(kept);
        });
      }),
      { numRuns: 100, seed: 74 },
    );
  });

  it('draws the straight edge of a slope with few corners, at the place that theory expects', () => {
    // 30 s a column and 10 s a row: the contour of 15 min is the line 30 x + 10 y = 900.
    const [columns, rows] = [60, 60];
    const values = Array.from({ length: columns * rows }, (_, node) => {
      const [x, y] = [node % columns, Math.floor(node / columns)];
      const isBorder = x === 0 || y === 0 || x === columns - 1 || y === rows - 1;
      return isBorder ? 2520 : 30 * x + 10 * y;
    });
    const surface = drawnSurface(columns, values);
    const line = rings(bandWithin(surface, 15))[0]!;
    expect(line.length).toBeLessThan(20);
    const away = line
      .map(([lon, lat]) => [
        (lon! * PARTS_PER_DEGREE - surface.westParts) / surface.lonParts,
        (lat! * PARTS_PER_DEGREE - surface.southParts) / surface.latParts,
      ])
      .filter(([x, y]) => x! > 2 && y! > 2 && x! < columns - 3 && y! < rows - 3)
      .map(([x, y]) => Math.abs(30 * x! + 10 * y! - 900) / Math.hypot(30, 10));
    for (const cells of away) expect(cells).toBeLessThan(0.5);
  });

  it('writes no more decimals than nodes and minutes need', () => {
    const surface = drawnSurface(5, [...new Array(12).fill(2571), 60, ...new Array(12).fill(2571)]);
    const decimalsOf = (minutes: number[]) =>
      Math.max(
        ...contourBands(surface, minutes).flatMap(({ geometry }) =>
          rings(geometry)
            .flat(2)
            .map((value) => String(value).split('.')[1]?.length ?? 0),
        ),
      );
    expect(decimalsOf([10, 20, 30])).toBe(5);
    expect(decimalsOf([29.5, 30])).toBe(6);
  });

  it('puts every node on its side of the contour', () => {
    fc.assert(
      fc.property(randomSurface, (surface) => {
        const geometry = bandWithin(surface, 20);
        surface.values.forEach((seconds, node) => {
          const column = node % surface.columns;
          const row = Math.floor(node / surface.columns);
          const place = placeOnGrid(surface, column, row);
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
    const minutesDrawn = [5, 10, 15, 20, 25];
    const straightened = contourBands(surface, minutesDrawn);
    const bands = contourBands(surface, minutesDrawn, { isStraightened: false });
    for (const [i, { minutes, geometry }] of bands.entries()) {
      // d3 draws where values are above, and puts node (0, 0) at (0.5, 0.5).
      const theirs = d3.contour(
        values.map((value) => -value),
        -minutes * 60,
      );
      expect(geometry.coordinates.length).toBe(theirs.coordinates.length);
      expect(rings(geometry).length).toBe(rings(theirs).length);
      const areaOf = (polygons: Position[][]) =>
        Math.abs(polygons.reduce((sum, ring) => sum + turning(ring) / 2, 0));
      const cellArea = (surface.lonParts * surface.latParts) / PARTS_PER_DEGREE ** 2;
      // d3's holes turn the other way, so signed areas add up alike.
      expect(areaOf(rings(geometry)) / cellArea / areaOf(rings(theirs))).toBeCloseTo(1, 2);
      // Straightening takes corners away, and a little of the area where rings are a few cells wide.
      const ours = straightened[i]!.geometry;
      expect(Math.abs(areaOf(rings(ours)) / areaOf(rings(geometry)) - 1)).toBeLessThan(0.03);
      expect(rings(ours).flat().length).toBeLessThan(0.75 * rings(geometry).flat().length);
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

/** Nodes strictly inside a ring. */
function nodesWithin(surface: TravelTimeSurface, ring: Position[]): number {
  return surface.values.reduce((count, _, node) => {
    const place = placeOnGrid(surface, node % surface.columns, Math.floor(node / surface.columns));
    return count + (isInside(place, { type: 'MultiPolygon', coordinates: [[ring]] }) ? 1 : 0);
  }, 0);
}
