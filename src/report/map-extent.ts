/**
 * What the maps show: the communes that have a polygon, else the cells that the study counts; and every structure
 * that is the nearest of anyone there, on whichever side of the border.
 */
import type { Position } from 'geojson';
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { findBounds } from './map-projection.ts';
import type { ReportInput } from './report-input.ts';

type MapBounds = readonly [west: number, south: number, east: number, north: number];

/** Undefined where there are neither communes nor cells. `modes`: those whose structures are in the frame. */
export function findMapBounds(
  input: ReportInput,
  modes: readonly ModeCoverage[] = input.result.modes,
): MapBounds | undefined {
  const territory = findTerritoryBounds(input);
  if (territory === undefined) return undefined;
  const [west, south, east, north] = territory;
  const serving = modes.flatMap(({ structures }) =>
    structures.filter(({ populationNearest }) => populationNearest > 0),
  );
  const positions = serving.map(({ structureIndex }): Position => {
    const { lon, lat } = input.structures[structureIndex]!;
    return [lon, lat];
  });
  return findBounds([[west, south], [east, north], ...positions]);
}

function findTerritoryBounds(input: ReportInput): MapBounds | undefined {
  const ofCommunes = findBounds(
    (function* () {
      for (const { code } of input.result.communes) {
        const geometry = input.geometryOfCommune.get(code);
        if (geometry === undefined) continue;
        const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
        for (const rings of polygons) yield* rings[0];
      }
    })(),
  );
  if (ofCommunes !== undefined) return ofCommunes;
  const { cells, shares } = input.cells;
  const { lon, lat } = cells;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let cell = 0; cell < lon.length; cell++) {
    if (shares.firstEntryOfCell[cell] === shares.firstEntryOfCell[cell + 1]) continue;
    const x = lon[cell];
    const y = lat[cell];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return west <= east ? [west, south, east, north] : undefined;
}
