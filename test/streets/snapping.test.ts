/** Linking points to edges: against a scan of all edges, and the rules one by one. */
import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { indexNetwork } from '../../src/network/street-network-file.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { snapPoints } from '../../src/streets/snapping.ts';
import { STREET_CLASSES } from '../../src/streets/street-classes.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { drawStreets, NO_DELAYS, toStreets } from '../scenes/drawn-streets.ts';
import { randomStreets } from '../scenes/random-streets.ts';
import { type Place, secondsBetween, snapPlaces } from '../scenes/trip-times.ts';
import { SeededRandom } from '../search/seeded-random.ts';

interface Link {
  edge: number;
  meters: number;
}

/** Metres from a place to an edge, segment by segment. */
function metersTo(network: StreetNetwork, edge: number, { lon, lat }: Place): number {
  const [kx, ky] = [metersPerDegreeOfLongitude(lat), METERS_PER_DEGREE];
  const at = (point: number) => [
    (network.lonOfPoint[point]! / 1e7 - lon) * kx,
    (network.latOfPoint[point]! / 1e7 - lat) * ky,
  ];
  let least = Infinity;
  for (
    let point = network.firstPointOfEdge[edge]!;
    point + 1 < network.firstPointOfEdge[edge + 1]!;
    point++
  ) {
    const [ax, ay] = at(point) as [number, number];
    const [bx, by] = at(point + 1) as [number, number];
    const square = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = square === 0 ? 0 : -(ax * (bx - ax) + ay * (by - ay)) / square;
    const share = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(ax + share * (bx - ax), ay + share * (by - ay)));
  }
  return least;
}

/** The rule as it is worded, over all edges. */
function scan(
  network: StreetNetwork,
  place: Place,
  useful: Uint8Array,
  needs: number,
  radiusMeters: number,
  isCell: boolean,
): { links: Link[]; cutOff: boolean } {
  const links = Array.from({ length: network.edgeCount }, (_, edge) => ({
    edge,
    meters: metersTo(network, edge, place),
  })).filter(({ edge, meters }) => {
    const streetClass = STREET_CLASSES[network.classOfEdge[edge]!]!;
    return meters <= radiusMeters && (!streetClass.startsWith('motorway') || meters <= 5);
  });
  const takers = links.filter(({ edge }) => (useful[edge]! & needs) === needs);
  const nearest = Math.min(...takers.map(({ meters }) => meters));
  const nearestAny = Math.min(...links.map(({ meters }) => meters));
  if (nearest > nearestAny + 200) return { links: [], cutOff: true };
  const tolerance = isCell ? 50 : Math.min(5, Math.max(0.5, nearest));
  return { links: takers.filter(({ meters }) => meters <= nearest + tolerance), cutOff: false };
}

describe('linking points to edges', () => {
  it.each([
    ['points', false, 1000],
    ['points within 150 m', false, 150],
    ['cells', true, 1000],
    ['cells within 150 m', true, 150],
  ] as const)('finds the edges that a scan of all edges finds: %s', (_, isCell, radiusMeters) => {
    let links = 0;
    let cutOff = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = new SeededRandom(seed);
      const contents = randomStreets(random, { columns: 6, rows: 6 });
      for (const way of contents.ways) {
        if (random.chance(0.05)) (way.tags as Record<string, string>).highway = 'motorway';
      }
      const { network } = buildStreetNetwork(toStreets(contents), 'car', NO_DELAYS);
      // Now and then an edge that takes none: it is cut off, or only left, or only entered.
      const useful = Uint8Array.from({ length: network.edgeCount }, () =>
        seed % 2 === 0 ? random.below(4) : random.chance(0.05) ? TAKES_DEPARTURES : 0,
      );
      const places = Array.from({ length: 30 }, () => ({
        lon: 1 + (random.below(1100) - 300) / METERS_PER_DEGREE,
        lat:
          (random.below(1100) - 300 + (random.chance(0.3) ? 0 : random.below(100) / 100)) / METERS_PER_DEGREE,
      }));
      const snapped = snapPoints(
        network,
        indexNetwork(network).index,
        useful,
        Float64Array.from(places, ({ lon }) => lon),
        Float64Array.from(places, ({ lat }) => lat),
        {
          radiusMeters,
          needs: TAKES_DEPARTURES,
          ...(isCell ? { cellSides: new Float64Array(places.length).fill(200) } : {}),
        },
      );
      places.forEach((place, i) => {
        const answer = scan(network, place, useful, TAKES_DEPARTURES, radiusMeters, isCell);
        const expected = answer.links;
        expect(snapped.cutOff[i]).toBe(answer.cutOff ? 1 : 0);
        const [from, to] = [snapped.firstCandidate[i]!, snapped.firstCandidate[i + 1]!];
        expect([...snapped.edges.subarray(from, to)]).toEqual(expected.map(({ edge }) => edge));
        expected.forEach(({ meters }, k) => {
          expect(snapped.distances[from + k]).toBeCloseTo(meters, 3);
        });
        links += expected.length;
        cutOff += snapped.cutOff[i]!;
      });
    }
    expect(links).toBeGreaterThan(400);
    expect(cutOff).toBeGreaterThan(10);
  });

  it('finds nothing on a network without edges', () => {
    const streets = drawStreets({ map: 'a---b', ways: { ab: 'highway=footway' } });
    const snapped = snapPlaces(streets.network('car'), [streets.placeAt('ab')]);
    expect([...snapped.edges]).toEqual([]);
    expect(snapped.nearestMeters[0]).toBe(Infinity);
  });

  //   a---b   100 m north of c---d
  //
  //   c---d
  const twoStreets = drawStreets({ map: 'a---b\n\nc---d', ways: { ab: '', cd: '' } });
  const between = (metersFromFirst: number): Place => {
    const { lon, lat } = twoStreets.placeAt('ab');
    return { lon, lat: lat - metersFromFirst / METERS_PER_DEGREE };
  };

  it.each([
    [0, 1],
    [40, 1],
    [47.4, 1], // 52.6 − 47.4 = 5.2 m apart
    [47.6, 2], // 4.8 m apart
    [50, 2],
  ])('takes edges within 5 m of the nearest for a point: %d m from one street, %d links', (meters, links) => {
    const snapped = snapPlaces(twoStreets.network('car'), [between(meters)]);
    expect(snapped.edges.length).toBe(links);
    expect(snapped.nearestMeters[0]).toBeCloseTo(meters, 2);
  });

  it.each([
    [24, 1], // 76 − 24 = 52 m apart
    [26, 2], // 48 m apart
  ])('takes edges within 50 m of the nearest for a cell: %d m from one street, %d links', (meters, links) => {
    const snapped = snapPlaces(twoStreets.network('car'), [between(meters)], {
      cellSides: Float64Array.of(200),
    });
    expect(snapped.edges.length).toBe(links);
  });

  it('who stands on a street is not linked to the one beside it', () => {
    const streets = drawStreets({
      map: 'a---b',
      twins: { c: 'a', d: 'b' },
      ways: { ab: '', cd: 'tunnel=yes' },
    });
    // The tunnel, 3 m beside the street.
    const shifted = streets.contents.nodes.map((node) =>
      node.id === 'c'.charCodeAt(0) || node.id === 'd'.charCodeAt(0)
        ? { ...node, lat: node.lat - 3 / METERS_PER_DEGREE }
        : node,
    );
    const { network } = buildStreetNetwork(
      toStreets({ ...streets.contents, nodes: shifted }),
      'car',
      NO_DELAYS,
    );
    expect(snapPlaces(network, [streets.placeAt('ab')]).edges.length).toBe(1);
  });

  it.each([
    [900, 1],
    [1100, 0],
  ])('links a point %d m off the road within a radius of 1 000 m: %d links', (meters, links) => {
    const snapped = snapPlaces(twoStreets.network('car'), [between(-meters)]);
    expect(snapped.edges.length).toBe(links);
    expect(snapped.cutOff[0]).toBe(0);
  });

  it.each([
    ['motorway', 4, 'motorway'],
    ['motorway', 6, 'residential'],
    ['motorway_link', 6, 'residential'],
    ['trunk', 6, 'trunk'],
  ])('links to a %s whoever is %d m off it: %s', (highway, meters, linked) => {
    const streets = drawStreets({ map: 'a---b\n\n\nc---d', ways: { ab: `highway=${highway}`, cd: '' } });
    const network = streets.network('car');
    const { lon, lat } = streets.placeAt('ab');
    const snapped = snapPlaces(network, [{ lon, lat: lat - meters / METERS_PER_DEGREE }]);
    expect([...snapped.edges].map((edge) => STREET_CLASSES[network.classOfEdge[edge]!])).toEqual([linked]);
  });

  //   i---j          an island of one street, 5 lines (250 m) or 3 lines (150 m) north of the main streets
  //
  //   a---b---c---d
  const island = (lines: number) =>
    drawStreets({
      map: `i---j${'\n'.repeat(lines)}a---b---c---d\n\ne---f`,
      ways: { ij: '', ab: '', bc: 'maxspeed=30', cd: '', ae: '', bf: '' },
    });

  it.each([
    [3, 1, 0],
    [5, 0, 1],
  ])('beside a cut-off street, takes a useful one within 200 m: %d lines away', (lines, links, cutOff) => {
    const streets = island(lines);
    const snapped = snapPlaces(streets.network('car'), [streets.placeAt('ij')], { minIsland: 3 });
    expect([snapped.firstCandidate[1], snapped.cutOff[0]]).toEqual([links, cutOff]);
  });

  it('keeps an island that holds a selected structure, whatever its size', () => {
    const streets = island(5);
    const network = streets.network('car');
    const ij = network.wayIdOfEdge.indexOf(streets.idOfWay('ij'));
    const componentOf = network.componentOfVertex[network.departureVertexOfEdgeDir[2 * ij]!]!;
    expect(findUsefulEdges(network, 3, new Set())[ij]).toBe(0);
    expect(findUsefulEdges(network, 3, new Set([componentOf]))[ij]).toBe(TAKES_ARRIVALS | TAKES_DEPARTURES);
    expect(findUsefulEdges(network, 2, new Set())[ij]).toBe(TAKES_ARRIVALS | TAKES_DEPARTURES);
  });

  it('from a one-way dead end that leads nowhere, walks to the street before it', () => {
    const streets = drawStreets({ map: 'a---b---c---d', ways: { ab: '', bc: '', cd: 'oneway=yes' } });
    const network = streets.network('car');
    const walkSeconds = 50 / (4 / 3.6);
    expect(secondsBetween(streets, network, 'cd', 'bc', { minIsland: 2 })).toBeCloseTo(walkSeconds + 5, 5);
    expect(secondsBetween(streets, network, 'bc', 'cd', { minIsland: 2 })).toBe(10);
  });
});
