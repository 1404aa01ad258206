import { area as turfArea } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { contourBands } from '../../src/isochrones/contour.ts';
import { PARTS_PER_DEGREE } from '../../src/isochrones/grid.ts';
import { IsochroneScratch } from '../../src/isochrones/scratch.ts';
import { buildSurface } from '../../src/isochrones/surface.ts';
import { CENTRE, gridNetwork, plainTimes, positionAt } from './grid-network.ts';
import {
  bandWithin,
  expectNested,
  expectValid,
  isInside,
  type Overrides,
  rings,
  surfaceAround,
  WALK_KPH,
} from './isochrone-checks.ts';

describe('buildSurface', () => {
  /*
   * An even mesh: the reach from the middle is the diamond |x| + |y| <= speed × time, of area 2 × reach². A place
   * is spacing / 6 off its nearest street on average; that walk is time not driven.
   */
  it('covers the area that theory expects on an even mesh', () => {
    const [n, spacing, speedKph] = [81, 100, 18];
    const network = gridNetwork(n, spacing, { speedKph });
    const surface = surfaceAround(network, (n * n - 1) / 2, 12);
    for (const { minutes, geometry } of contourBands(surface, [4, 8, 12])) {
      const walkSeconds = (spacing / 6) * (3.6 / WALK_KPH);
      const reach = (speedKph / 3.6) * (minutes * 60 - walkSeconds);
      const expected = 2 * reach ** 2;
      const rim = 4 * Math.SQRT2 * reach * spacing;
      expect(turfArea(geometry)).toBeGreaterThan(expected - rim / 4);
      expect(turfArea(geometry)).toBeLessThan(expected + rim / 4);
      expect(geometry.coordinates.length).toBe(1);
      expectValid(geometry);
    }
  });

  it('never draws a contour further off the road than it says', () => {
    // A single street of 2 km.
    const network = gridNetwork(3, 1000, { hasStreet: (_a, rowA, _b, rowB) => rowA === 1 && rowB === 1 });
    for (const [cellMeters, offRoadMeters] of [
      [25, undefined],
      [25, 100],
      [60, 300],
      [100, undefined],
      [150, 300],
      [300, undefined],
    ] as const) {
      const surface = surfaceAround(network, 4, 30, { cellMeters, offRoadMeters, seeds: [] });
      const geometry = bandWithin(surface, 30);
      expect(surface.offRoadMeters).toBe(offRoadMeters ?? Math.max(500, 2 * surface.cellMeters));
      expect(geometry.coordinates.map((polygon) => polygon.length)).toEqual([1]);
      const farthest = Math.max(
        ...rings(geometry)
          .flat()
          .map(([, lat]) => Math.abs(lat! - CENTRE.lat) * METERS_PER_DEGREE),
      );
      expect(farthest).toBeGreaterThan(surface.offRoadMeters - 2 * surface.cellMeters);
      expect(farthest).toBeGreaterThan(surface.offRoadMeters / 3);
      expect(farthest).toBeLessThanOrEqual(surface.offRoadMeters + 0.2);
    }
  });

  it.each([25, 70, 190])('keeps a winding road in one piece on cells of %s m', (cellMeters) => {
    const stairs = (columnA: number, rowA: number, columnB: number, rowB: number) =>
      (columnA === rowA && columnB === rowA + 1) || (columnB === rowB && rowA === columnA - 1);
    for (const spacing of [90, 130, 333]) {
      const network = gridNetwork(12, spacing, { hasStreet: stairs, speedKph: 60, bendsPerStreet: 1 });
      const [band] = contourBands(surfaceAround(network, 0, 30, { cellMeters }), [30]);
      expect(band!.geometry.coordinates.length).toBe(1);
    }
  });

  /*
   * Two banks, 900 m apart, joined by a bridge in the far east only, 40 min away.
   */
  it('does not jump a river, and crosses it where the bridge is', () => {
    const n = 41;
    const options = (hasBridge: boolean) => ({
      speedKph: 30,
      hasStreet: (columnA: number, rowA: number, _columnB: number, rowB: number) =>
        rowA === rowB ? rowA < 15 || rowA > 21 : rowB <= 14 || rowA >= 22 || (hasBridge && columnA === n - 1),
    });
    const south = 14 * n;
    const opposite = positionAt(n, 150, 0, 22);
    const onBridge = positionAt(n, 150, n - 1, 18);
    for (const hasBridge of [false, true]) {
      const network = gridNetwork(n, 150, options(hasBridge));
      const geometry = bandWithin(surfaceAround(network, south, 14), 14);
      expect(isInside(positionAt(n, 150, 0, 14), geometry)).toBe(true);
      expect(isInside(opposite, geometry)).toBe(false);
      expect(isInside(positionAt(n, 150, 0, 18), geometry)).toBe(false);
      // Over the bridge: (40 columns + 4 rows) × 150 m at 30 km/h = 13.2 min.
      expect(isInside(onBridge, geometry)).toBe(hasBridge);
      expectValid(geometry);
    }
  });

  it('keeps the hole of a lake', () => {
    const n = 31;
    const isLake = (column: number, row: number) => Math.abs(column - 15) < 5 && Math.abs(row - 20) < 5;
    const network = gridNetwork(n, 120, { hasStreet: (a, b, c, d) => !isLake(a, b) && !isLake(c, d) });
    const geometry = bandWithin(surfaceAround(network, 15 + n * 5, 20), 20);
    expect(geometry.coordinates.map((polygon) => polygon.length)).toEqual([2]);
    expect(isInside(positionAt(n, 120, 15, 20), geometry)).toBe(false);
    expect(isInside(positionAt(n, 120, 15, 28), geometry)).toBe(true);
    expectValid(geometry);
  });

  it('tells the direction: one-way streets lead somewhere else than they come from', () => {
    // All streets from west to east are one-way: towards the middle one comes from the west.
    const n = 21;
    const network = gridNetwork(n, 200, { isOneWay: (_a, rowA, _b, rowB) => rowA === rowB });
    const middle = (n * n - 1) / 2;
    const bandOf = (direction: 'towards' | 'from') =>
      contourBands(surfaceAround(network, middle, 5, { direction }), [5])[0]!.geometry;
    const west = positionAt(n, 200, 2, 10);
    const east = positionAt(n, 200, 18, 10);
    expect([isInside(west, bandOf('towards')), isInside(east, bandOf('towards'))]).toEqual([true, false]);
    expect([isInside(west, bandOf('from')), isInside(east, bandOf('from'))]).toEqual([false, true]);
  });

  it.each([0, 40, 250, 900])('holds the structure that stands %s m off the road', (meters) => {
    const network = gridNetwork(3, 1500, { speedKph: 50 });
    const road = positionAt(3, 1500, 0.4, 1);
    const own = { lon: road.lon, lat: road.lat + meters / METERS_PER_DEGREE };
    const walk = Math.round((meters * 36) / WALK_KPH);
    const edge = Array.from(network.wayIdOfEdge).findIndex((_, i) => {
      const [a, b] = [network.firstPointOfEdge[i]!, network.firstPointOfEdge[i + 1]! - 1];
      return (
        network.latOfPoint[a] === network.latOfPoint[b] &&
        network.lonOfPoint[a]! < road.lon * 1e7 &&
        network.lonOfPoint[b]! > road.lon * 1e7 &&
        Math.abs(network.latOfPoint[a]! / 1e7 - road.lat) < 1e-6
      );
    });
    expect(edge).toBeGreaterThanOrEqual(0);
    for (const cellMeters of [25, 110, 240]) {
      // Nothing but the part of the edge around the link is within the minutes.
      const minutes = Math.ceil(walk / 600) + 1;
      const surface = buildSurface({
        network,
        direction: 'towards',
        timeOfVertex: new Int32Array(network.vertexCount).fill(0x7fffffff),
        cutoffDeciseconds: minutes * 600,
        walkSpeedKph: WALK_KPH,
        seeds: [{ ...own, timeDeciseconds: 0, link: { edge, fraction: 0.4, timeDeciseconds: walk } }],
        cellMeters,
      });
      for (const { geometry } of contourBands(surface, [0.5, minutes])) {
        expect(isInside(own, geometry)).toBe(true);
        expectValid(geometry);
      }
      const geometry = bandWithin(surface, minutes);
      expect(isInside(road, geometry)).toBe(true);
      expect(geometry.coordinates.length, 'the structure and its road are one piece').toBe(1);
    }
  });

  it('drives along the edge of the link only as its one-way allows', () => {
    const network = gridNetwork(2, 3000, { speedKph: 36, isOneWay: () => true });
    const edge = 0; // from (0, 0) east
    const at = (share: number) => positionAt(2, 3000, share, 0);
    const bandOf = (direction: 'towards' | 'from') => {
      const surface = buildSurface({
        network,
        direction,
        timeOfVertex: new Int32Array(network.vertexCount).fill(0x7fffffff),
        cutoffDeciseconds: 600 * 2,
        walkSpeedKph: WALK_KPH,
        seeds: [{ ...at(0.5), timeDeciseconds: 0, link: { edge, fraction: 0.5, timeDeciseconds: 0 } }],
      });
      return contourBands(surface, [2])[0]!.geometry;
    };
    // 2 min at 10 m/s = 1200 m of 3000.
    expect([0.15, 0.45, 0.55, 0.85].map((share) => isInside(at(share), bandOf('towards')))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([0.15, 0.45, 0.55, 0.85].map((share) => isInside(at(share), bandOf('from')))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('shows a private street that no path runs along', () => {
    // From the middle of the south side up: driven on by those who live there only.
    const network = gridNetwork(3, 800, {
      isDriveway: (columnA, rowA, columnB) => rowA === 0 && columnA === 1 && columnB === 1,
    });
    for (const direction of ['towards', 'from'] as const) {
      for (const cellMeters of [25, 120]) {
        const geometry = bandWithin(surfaceAround(network, 0, 4, { direction, cellMeters }), 4);
        // 800 m to its foot and 640 m along it at 10 m/s = 2.4 min.
        expect(isInside(positionAt(3, 800, 1, 0.8), geometry)).toBe(true);
      }
    }
  });

  it('shows the reached part of a long street whose far end is out of reach', () => {
    const network = gridNetwork(2, 9000, {
      speedKph: 36,
      hasStreet: (_a, rowA, _b, rowB) => rowA === 0 && rowB === 0,
    });
    const geometry = bandWithin(surfaceAround(network, 0, 10), 10);
    // 10 min at 10 m/s = 6000 m of 9000.
    const along = (meters: number) => positionAt(2, 9000, meters / 9000, 0);
    expect(isInside(along(5850), geometry)).toBe(true);
    expect(isInside(along(6150), geometry)).toBe(false);
  });

  it('never shrinks with more minutes, whatever the grid', () => {
    const network = gridNetwork(25, 180, { speedKph: 22, isOneWay: (a) => a % 4 === 0 });
    const bands = contourBands(surfaceAround(network, 100, 20), [2, 5, 9, 14, 20]);
    for (let i = 1; i < bands.length; i++) expectNested(bands[i - 1]!.geometry, bands[i]!.geometry);
  });

  it('gives the same with reused memory and with the list of reached vertices', () => {
    const network = gridNetwork(20, 150);
    const scratch = new IsochroneScratch();
    const bandsOf = (vertex: number, overrides: Overrides) => {
      const surface = surfaceAround(network, vertex, 6, overrides);
      return contourBands(surface, [3, 6], { scratch: overrides.scratch });
    };
    for (const vertex of [0, 210, 399]) {
      const times = plainTimes(network, vertex, 'towards');
      const reached = Array.from(times.keys()).filter((other) => times[other]! <= 3600);
      expect(bandsOf(vertex, { scratch, reached })).toEqual(bandsOf(vertex, {}));
    }
  });

  it('stays within the number of cells asked for, and says the size of a cell', () => {
    const network = gridNetwork(40, 500, { speedKph: 90 });
    for (const maxCells of [64, 200, 512]) {
      const surface = surfaceAround(network, 820, 30, { maxCells, cellMeters: 30 });
      expect(Math.max(surface.columns, surface.rows)).toBeLessThanOrEqual(maxCells);
      expect(Math.max(surface.columns, surface.rows)).toBeGreaterThan(maxCells * 0.9);
      expect((surface.latParts / PARTS_PER_DEGREE) * METERS_PER_DEGREE).toBeCloseTo(surface.cellMeters, 6);
      const lonMeters = metersPerDegreeOfLongitude(CENTRE.lat) / PARTS_PER_DEGREE;
      expect(Math.abs((surface.lonParts * lonMeters) / surface.cellMeters - 1)).toBeLessThan(0.03);
      expect(surface.values.length).toBe(surface.columns * surface.rows);
    }
  });

  it.each<[string, Overrides]>([
    ['a cutoff of 0', { cutoffDeciseconds: 0 }],
    ['a walking speed of 0', { walkSpeedKph: 0 }],
    ['cells of 1 m', { cellMeters: 1 }],
    ['nothing reached', { timeOfVertex: new Int32Array(9).fill(0x7fffffff), seeds: [] }],
  ])('refuses %s', (_, overrides) => {
    expect(() => surfaceAround(gridNetwork(3, 100), 4, 10, overrides)).toThrow(RangeError);
  });
});
