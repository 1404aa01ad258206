import { readFileSync } from 'node:fs';
import { area as turfArea } from '@turf/turf';
import type { MultiPolygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { contourBands } from '../../src/isochrones/contour.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { buildSpeedTable } from '../../src/streets/speed-table.ts';
import { findUsefulEdges } from '../../src/streets/useful-edges.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { expectNested, expectValid, isInside, placeOf, surfaceAround } from './isochrone-checks.ts';

const SPEEDS = buildSpeedTable(
  JSON.parse(readFileSync(new URL('../../data/speeds.json', import.meta.url), 'utf8')) as unknown,
);

describe('a real network', () => {
  const path = realData('saint-germain/roads.overpass.json');
  it.skipIf(path === undefined).each(['car', 'walk'] as const)(
    `has valid, nested bands around an accueil of Saint-Germain-en-Laye, mode %s (${NO_REAL_DATA})`,
    async (mode) => {
      const osm = await readOsm(path!, new NoticeList());
      const { network } = buildStreetNetwork(osm, mode, SPEEDS);
      // The vertex nearest to the town's castle, in the largest component.
      const castle = { lon: 2.0937, lat: 48.8977 };
      let nearest = 0;
      const awayOf = (vertex: number) => {
        const { lon, lat } = placeOf(network, vertex);
        return network.componentOfVertex[vertex] === 0
          ? Math.hypot(0.66 * (lon - castle.lon), lat - castle.lat)
          : 9;
      };
      for (let vertex = 1; vertex < network.vertexCount; vertex++)
        if (awayOf(vertex) < awayOf(nearest)) nearest = vertex;
      for (const direction of ['towards', 'from'] as const) {
        const usefulEdges = findUsefulEdges(network, 200, new Set());
        const surface = surfaceAround(network, nearest, 12, { direction, usefulEdges });
        const bands = contourBands(surface, [4, 8, 12]);
        const index = buildEdgeIndex(network);
        expect(surfaceAround(network, nearest, 12, { direction, usefulEdges, index })).toEqual(surface);
        const withoutSpecks = contourBands(surface, [4, 8, 12], { leastNodes: 3 });
        withoutSpecks.forEach(({ geometry }, i) => {
          expectValid(geometry);
          if (i > 0) expectNested(withoutSpecks[i - 1]!.geometry, geometry);
        });
        const [four, eight, twelve] = bands.map(({ geometry }) => geometry) as [
          MultiPolygon,
          MultiPolygon,
          MultiPolygon,
        ];
        for (const geometry of [four, eight, twelve]) expectValid(geometry);
        expectNested(four, eight);
        expectNested(eight, twelve);
        expect(isInside(placeOf(network, nearest), four)).toBe(true);
        expect(turfArea(twelve)).toBeGreaterThan(2 * turfArea(four));
      }
    },
  );
});
