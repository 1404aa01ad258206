import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { distanceMeters } from '../../src/common/geo.ts';
import { buildCommuneIndex, NO_COMMUNE } from '../../src/coverage/commune-index.ts';
import type { Commune } from '../../src/read/records.ts';

function commune(code: string, geometry: Polygon | undefined): Commune {
  return {
    code,
    nom: code,
    departement: '00',
    population: 1,
    geometry,
    epci: undefined,
    territoire: undefined,
  };
}

function square(west: number): Polygon {
  const ring = [
    [west, 46],
    [west + 0.1, 46],
    [west + 0.1, 46.1],
    [west, 46.1],
    [west, 46],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

describe('the commune of a point', () => {
  //   [ A ]  gap  [ B ]     C has no polygon
  const index = buildCommuneIndex([
    commune('C', undefined),
    commune('A', square(4)),
    commune('B', square(4.2)),
  ]);
  const gap = { lon: 4.11, lat: 46.05 };
  const gapMeters = distanceMeters(4.1, gap.lat, gap.lon, gap.lat);

  it('is the one whose polygon holds it', () => {
    expect([index.findContaining(4.05, 46.05), index.findContaining(4.25, 46.05)]).toEqual([1, 2]);
    expect(index.findContaining(gap.lon, gap.lat)).toBe(NO_COMMUNE);
  });

  it('is else the nearest, as far as is asked', () => {
    expect(index.findNearest(gap.lon, gap.lat, gapMeters + 1)).toBe(1);
    expect(index.findNearest(gap.lon, gap.lat, gapMeters - 1)).toBe(NO_COMMUNE);
    expect(index.findNearest(4.19, 46.05, 2000)).toBe(2);
  });

  it('lies at a distance that is 0 inside and Infinity out of reach', () => {
    expect(index.distanceMeters(4.05, 46.05, 10)).toBe(0);
    expect(index.distanceMeters(gap.lon, gap.lat, 2000)).toBeCloseTo(gapMeters, 1);
    expect(index.distanceMeters(10, 46, 65_000)).toBe(Number.POSITIVE_INFINITY);
  });
});
