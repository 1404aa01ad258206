/**
 * Small polygons and lines of OSM on a local plane in metres: areas and centroids of rings, rings joined from
 * ways that share their ends, points evenly along a line. Positions are 1e-7 degrees.
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../common/geo.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';

export interface Positions {
  lon: number[];
  lat: number[];
}

/** Area in square metres and centroid in degrees of a closed ring (first position = last). */
export function measureRing({ lon, lat }: Positions): { area: number; lon: number; lat: number } {
  const unit = COORDINATE_UNITS_PER_DEGREE;
  const xScale = metersPerDegreeOfLongitude(lat[0]! / unit) / unit;
  const yScale = METERS_PER_DEGREE / unit;
  let twiceArea = 0;
  let xSum = 0;
  let ySum = 0;
  for (let i = 0; i + 1 < lon.length; i++) {
    // Relative to the first position, so that no digit is lost.
    const xA = (lon[i]! - lon[0]!) * xScale;
    const yA = (lat[i]! - lat[0]!) * yScale;
    const xB = (lon[i + 1]! - lon[0]!) * xScale;
    const yB = (lat[i + 1]! - lat[0]!) * yScale;
    const cross = xA * yB - xB * yA;
    twiceArea += cross;
    xSum += (xA + xB) * cross;
    ySum += (yA + yB) * cross;
  }
  if (Math.abs(twiceArea) < 1e-6) return { area: 0, lon: lon[0]! / unit, lat: lat[0]! / unit };
  return {
    area: Math.abs(twiceArea) / 2,
    lon: (lon[0]! + xSum / (3 * twiceArea) / xScale) / unit,
    lat: (lat[0]! + ySum / (3 * twiceArea) / yScale) / unit,
  };
}

/** Calls `visit` with the middle of each of the equal parts, about `stepMeters` long, of a line; weight = metres. */
export function spreadAlong(
  { lon, lat }: Positions,
  stepMeters: number,
  visit: (lonDegrees: number, latDegrees: number, meters: number) => void,
): void {
  const unit = COORDINATE_UNITS_PER_DEGREE;
  const xScale = metersPerDegreeOfLongitude(lat[0]! / unit) / unit;
  const yScale = METERS_PER_DEGREE / unit;
  const lengthOf = (i: number) =>
    Math.hypot((lon[i + 1]! - lon[i]!) * xScale, (lat[i + 1]! - lat[i]!) * yScale);
  let total = 0;
  for (let i = 0; i + 1 < lon.length; i++) total += lengthOf(i);
  if (total === 0) return;
  const parts = Math.max(1, Math.round(total / stepMeters));
  let part = 0;
  let before = 0;
  for (let i = 0; i + 1 < lon.length && part < parts; i++) {
    const length = lengthOf(i);
    for (; part < parts && ((part + 0.5) * total) / parts <= before + length; part++) {
      const share = (((part + 0.5) * total) / parts - before) / length;
      const lonHere = lon[i]! + share * (lon[i + 1]! - lon[i]!);
      const latHere = lat[i]! + share * (lat[i + 1]! - lat[i]!);
      visit(lonHere / unit, latHere / unit, total / parts);
    }
    before += length;
  }
}

/** Joins lines of node ids at their ends to closed rings; what does not close is left out. */
export function joinRings(lines: ReadonlyArray<readonly number[]>): number[][] {
  const rings: number[][] = [];
  let open = lines.filter((line) => line.length >= 2).map((line) => [...line]);
  while (open.length > 0) {
    const ring = open.pop()!;
    while (ring[0] !== ring.at(-1)) {
      const end = ring.at(-1)!;
      const next = open.find((line) => line[0] === end || line.at(-1) === end);
      if (next === undefined) break;
      open = open.filter((line) => line !== next);
      if (next[0] !== end) next.reverse();
      for (let i = 1; i < next.length; i++) ring.push(next[i]!);
    }
    if (ring[0] === ring.at(-1) && ring.length >= 4) rings.push(ring);
  }
  return rings;
}
