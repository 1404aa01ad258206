/** What the tests of isochrones share: a surface around a vertex, and checks of polygons. */
import { booleanPointInPolygon, kinks } from '@turf/turf';
import type { MultiPolygon, Position } from 'geojson';
import { expect } from 'vitest';
import { contourBands } from '../../src/isochrones/contour.ts';
import { buildSurface, type SurfaceOptions, type TravelTimeSurface } from '../../src/isochrones/surface.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { plainTimes } from './grid-network.ts';

export const WALK_KPH = 4;

export type Overrides = Partial<SurfaceOptions>;

/** Surface around one vertex of a network. */
export function surfaceAround(
  network: StreetNetwork,
  vertex: number,
  minutes: number,
  overrides: Overrides = {},
): TravelTimeSurface {
  const direction = overrides.direction ?? 'towards';
  return buildSurface({
    network,
    direction,
    timeOfVertex: plainTimes(network, vertex, direction),
    cutoffDeciseconds: minutes * 600,
    walkSpeedKph: WALK_KPH,
    seeds: [{ ...placeOf(network, vertex), timeDeciseconds: 0 }],
    ...overrides,
  });
}

export function placeOf(network: StreetNetwork, vertex: number): { lon: number; lat: number } {
  return { lon: network.lonOfVertex[vertex]! / 1e7, lat: network.latOfVertex[vertex]! / 1e7 };
}

/** The band of one number of minutes. */
export function bandWithin(surface: TravelTimeSurface, minutes: number): MultiPolygon {
  return contourBands(surface, [minutes])[0]!.geometry;
}

export function isInside(place: { lon: number; lat: number }, geometry: MultiPolygon): boolean {
  return booleanPointInPolygon([place.lon, place.lat], geometry);
}

export function rings(geometry: MultiPolygon): Position[][] {
  return geometry.coordinates.flat();
}

/** Twice the signed area in degrees²; positive counterclockwise. */
export function turning(ring: Position[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++)
    sum += ring[i]![0]! * ring[i + 1]![1]! - ring[i + 1]![0]! * ring[i]![1]!;
  return sum;
}

/** RFC 7946, and more: no ring touches itself or another. */
export function expectValid(geometry: MultiPolygon, decimals = 6): void {
  const met = new Set<string>();
  for (const polygon of geometry.coordinates) {
    polygon.forEach((ring, i) => {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(Math.sign(turning(ring)), 'exterior rings turn left, holes right').toBe(i === 0 ? 1 : -1);
      for (const point of ring.slice(1)) {
        expect(met.has(point.join()), `no point is met twice: ${point.join()}`).toBe(false);
        met.add(point.join());
        for (const value of point) expect(Number(value.toFixed(decimals))).toBe(value);
      }
      if (i > 0)
        expect(booleanPointInPolygon(ring[0]!, { type: 'Polygon', coordinates: [polygon[0]!] })).toBe(true);
    });
    expect(kinks({ type: 'Polygon', coordinates: polygon }).features).toEqual([]);
  }
}

/** Every corner of a smaller band lies inside the larger one. */
export function expectNested(smaller: MultiPolygon, larger: MultiPolygon): void {
  for (const ring of rings(smaller)) {
    for (const point of ring) expect(booleanPointInPolygon(point, larger)).toBe(true);
  }
}
