/** The place at a share of an edge against the places met in small steps along it. */
import { describe, expect, it } from 'vitest';
import { placeOnEdge, sampleEdge } from '../../src/isochrones/edge-times.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';

/** One bent edge, of as many points as are given; lon, lat in 1e-7 degrees. */
function edgeOf(points: ReadonlyArray<readonly [number, number]>, decimeters: number): StreetNetwork {
  return {
    firstPointOfEdge: Uint32Array.of(0, points.length),
    lonOfPoint: Int32Array.from(points, ([lon]) => lon),
    latOfPoint: Int32Array.from(points, ([, lat]) => lat),
    lengthOfEdge: Uint32Array.of(decimeters),
  } as StreetNetwork;
}

describe('the place at a share of an edge', () => {
  it.each([
    [
      'straight',
      [
        [0, 450_000_000],
        [10_000, 450_000_000],
      ],
    ],
    [
      'bent',
      [
        [0, 450_000_000],
        [10_000, 450_000_000],
        [10_000, 450_020_000],
        [-5_000, 450_020_500],
      ],
    ],
    [
      'with points in one place',
      [
        [0, 450_000_000],
        [0, 450_000_000],
        [9_000, 450_000_000],
        [9_000, 450_000_000],
      ],
    ],
    [
      'of no length',
      [
        [7, 450_000_000],
        [7, 450_000_000],
      ],
    ],
  ] as const)('is where steps along it come by: %s', (_, points) => {
    const network = edgeOf(points, 5_000);
    let steps = 0;
    sampleEdge(network, 0, 7, (lon, lat, fraction) => {
      const place = placeOnEdge(network, 0, fraction);
      expect(Math.abs(place.lon - lon), `lon at ${fraction}`).toBeLessThan(1e-3);
      expect(Math.abs(place.lat - lat), `lat at ${fraction}`).toBeLessThan(1e-3);
      steps++;
    });
    expect(steps).toBeGreaterThan(70);
  });
});
