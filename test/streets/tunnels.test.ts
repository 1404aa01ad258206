import { describe, expect, it } from 'vitest';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { snapPoints } from '../../src/streets/snapping.ts';
import { findUsefulEdges, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { drawStreets } from '../scenes/drawn-streets.ts';

/** A street a–b, and 50 m south of it c–d, both joined on the east side. */
function wayOf(tags: string, metersNorthOfSecond: number): number {
  const drawn = drawStreets({
    map: 'a-------b\n        |\nc-------d',
    ways: { ab: '', bd: '', cd: `highway=unclassified ${tags}` },
  });
  const network = drawn.network('walk');
  const place = drawn.placeAt('cd');
  const snapped = snapPoints(
    network,
    buildEdgeIndex(network),
    findUsefulEdges(network, 0, new Set()),
    Float64Array.of(place.lon),
    Float64Array.of(place.lat + metersNorthOfSecond / METERS_PER_DEGREE),
    { radiusMeters: 1000, needs: TAKES_DEPARTURES },
  );
  return network.wayIdOfEdge[snapped.edges[0]!]! - drawn.idOfWay('ab');
}

const [FIRST, SECOND] = [0, 2];

describe('points above a tunnel', () => {
  it.each([
    ['an ordinary street', '', 20, SECOND],
    ['a tunnel 20 m away', 'tunnel=yes', 20, FIRST],
    ['a tunnel 2 m away', 'tunnel=yes', 2, FIRST],
    ['a tunnel that the point lies in', 'tunnel=yes', 0.5, SECOND],
    ['a passage through a building', 'tunnel=building_passage', 20, SECOND],
    ['a street under a roof', 'covered=yes', 20, SECOND],
  ])('%s: which of two streets takes the point', (_, tags, meters, expected) => {
    expect(wayOf(tags, meters)).toBe(expected);
  });
});
