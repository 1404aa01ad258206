import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { placeOnGrid } from '../../src/isochrones/grid.ts';
import { STREET_CLASSES } from '../../src/streets/street-classes.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { CENTRE, gridNetwork, plainTimes, positionAt } from './grid-network.ts';
import {
  bandWithin,
  expectValid,
  isInside,
  type Overrides,
  surfaceAround,
  WALK_KPH,
} from './isochrone-checks.ts';

describe('the nearest street of a place', () => {
  /*
   *     far ─────────────────   a street of its own, `gap` away, not reached
   *         ~ ~ river ~ ~ ~ ~
   *     near ────0───────────   the structure's street
   */
  const banks = (gap: number) =>
    gridNetwork(21, gap, {
      hasStreet: (_a, rowA, _b, rowB) => rowA === rowB && (rowA === 10 || rowA === 11),
    });
  const fromNear = (gap: number, meters: number) => positionAt(21, gap, 10, 10 + meters / gap);

  it.each([150, 300, 800])('leaves out a far bank that has its own street, %s m away', (gap) => {
    const geometry = bandWithin(surfaceAround(banks(gap), 10 * 21 + 10, 12), 12);
    expect(isInside(fromNear(gap, 0.35 * gap), geometry)).toBe(true);
    for (const share of [0.75, 1, 1.2]) expect(isInside(fromNear(gap, share * gap), geometry)).toBe(false);
    expect(isInside(fromNear(gap, -300), geometry)).toBe(true);
    expectValid(geometry);
  });

  it('reaches a far bank without streets, as far off the road as homes may be', () => {
    const network = gridNetwork(21, 300, { hasStreet: (_a, rowA, _b, rowB) => rowA === 10 && rowB === 10 });
    const geometry = bandWithin(surfaceAround(network, 10 * 21 + 10, 12, { offRoadMeters: 400 }), 12);
    expect(isInside(fromNear(300, 330), geometry)).toBe(true);
    expect(isInside(fromNear(300, 410), geometry)).toBe(false);
  });

  it('gets no holes from an unreached private street beside a reached one', () => {
    const geometry = bandWithin(surfaceAround(banks(20), 10 * 21 + 10, 12), 12);
    expect(geometry.coordinates.map((polygon) => polygon.length)).toEqual([1]);
    for (const meters of [10, 20, 30, 200]) expect(isInside(fromNear(20, meters), geometry)).toBe(true);
  });

  it('looks through streets that are cut off from the rest', () => {
    const network = banks(200);
    const usefulEdges = Uint8Array.from({ length: network.edgeCount }, (_, edge) =>
      network.latOfPoint[network.firstPointOfEdge[edge]!] === network.latOfVertex[10 * 21] ? 3 : 0,
    );
    for (const direction of ['towards', 'from'] as const) {
      const bandOf = (overrides: Overrides) =>
        bandWithin(surfaceAround(network, 10 * 21 + 10, 12, { direction, ...overrides }), 12);
      expect(isInside(fromNear(200, 200), bandOf({ usefulEdges }))).toBe(true);
      expect(isInside(fromNear(200, 200), bandOf({}))).toBe(false);
    }
  });

  it.each(['motorway', 'ferry'])('goes along a %s without its banks, as nobody is linked to it', (name) => {
    // Three streets in a row, the middle one 8 km long in all.
    const network = gridNetwork(5, 2000, {
      speedKph: 90,
      hasStreet: (_a, rowA, _b, rowB) => rowA === 2 && rowB === 2,
    });
    const middle = (edge: number) => {
      const [a, b] = [network.firstPointOfEdge[edge]!, network.firstPointOfEdge[edge + 1]! - 1];
      return Math.abs((network.lonOfPoint[a]! + network.lonOfPoint[b]!) / 2e7 - CENTRE.lon);
    };
    for (let edge = 0; edge < network.edgeCount; edge++)
      if (middle(edge) < 0.015) network.classOfEdge[edge] = STREET_CLASSES.indexOf(name as 'ferry');
    const geometry = bandWithin(surfaceAround(network, 2 * 5, 15), 15);
    const along = (column: number) => isInside(positionAt(5, 2000, column, 2), geometry);
    expect([0.5, 1.5, 2, 2.5, 3.5].map(along)).toEqual([true, false, false, false, true]);
  });

  it('has, at every node, the time at its nearest street and the walk from it', () => {
    const n = 15;
    const delay = 30;
    const network = gridNetwork(n, 240, { speedKph: 24, delay, isOneWay: (a, b) => (a + b) % 3 === 0 });
    for (const direction of ['towards', 'from'] as const) {
      const source = 7 * n + 7;
      const times = plainTimes(network, source, direction);
      const surface = surfaceAround(network, source, 30, { direction, cellMeters: 60, seeds: [] });
      let checked = 0;
      for (let node = 0; node < surface.values.length; node += 5) {
        const seconds = surface.values[node]!;
        if (seconds === surface.ceilingSeconds) continue;
        checked++;
        const here = placeOnGrid(surface, node % surface.columns, Math.floor(node / surface.columns));
        const { least, greatest } = plainTimeAt(network, times, direction, here);
        expect(seconds).toBeGreaterThanOrEqual(least - 1);
        expect(seconds).toBeLessThanOrEqual(greatest + 1);
      }
      expect(checked).toBeGreaterThan(500);
    }
  });
});

/**
 * The times, with the walk, at the places on streets that may count as the nearest: up to 40 m further away than
 * the nearest (the quicker of nearly equal ones counts, and places are noted every half cell of 60 m), and 65 m
 * further than one that is not reached. Streets are sampled every metre or so.
 */
function plainTimeAt(
  network: StreetNetwork,
  times: Int32Array,
  direction: 'towards' | 'from',
  place: { lon: number; lat: number },
): { least: number; greatest: number } {
  const lonMeters = metersPerDegreeOfLongitude(CENTRE.lat);
  const found: Array<{ meters: number; seconds: number }> = [];
  for (let edge = 0; edge < network.edgeCount; edge++) {
    const first = network.firstPointOfEdge[edge]!;
    const metersAt = (share: number) => {
      const { lonOfPoint, latOfPoint } = network;
      const lon = lonOfPoint[first]! + share * (lonOfPoint[first + 1]! - lonOfPoint[first]!);
      const lat = latOfPoint[first]! + share * (latOfPoint[first + 1]! - latOfPoint[first]!);
      return Math.hypot((lon / 1e7 - place.lon) * lonMeters, (lat / 1e7 - place.lat) * METERS_PER_DEGREE);
    };
    if (metersAt(0.5) > 700) continue;
    for (let share = 0; share <= 1; share += 1 / 240) {
      let seconds = Number.POSITIVE_INFINITY;
      for (const edgeDir of [2 * edge, 2 * edge + 1]) {
        const driving = network.drivingTimeOfEdgeDir[edgeDir]!;
        if (driving === 0x7fffffff) continue;
        const done = edgeDir % 2 === 0 ? share : 1 - share;
        const start = network.arrivalVertices[network.firstArrivalOfEdgeDir[edgeDir]!]!;
        const end = network.departureVertexOfEdgeDir[edgeDir]!;
        const time =
          direction === 'towards'
            ? (1 - done) * driving + network.delayOfEdgeDir[edgeDir]! + times[end]!
            : times[start]! + done * driving;
        seconds = Math.min(seconds, time / 10);
      }
      found.push({ meters: metersAt(share), seconds });
    }
  }
  const nearest = Math.min(...found.map(({ meters }) => meters));
  const reached = found.filter(({ seconds }) => seconds < 3600);
  const nearestReached = Math.min(...reached.map(({ meters }) => meters));
  expect(nearestReached).toBeLessThanOrEqual(nearest + 65);
  const nearby = reached
    .filter(({ meters }) => meters <= nearestReached + 40)
    .map(({ meters, seconds }) => seconds + (meters * 3.6) / WALK_KPH);
  return { least: Math.min(...nearby), greatest: Math.max(...nearby) };
}
