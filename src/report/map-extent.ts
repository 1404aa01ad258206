/** What the maps show: the communes that have a polygon, else the cells that the study counts. */
import { findBounds } from './map-projection.ts';
import type { ReportInput } from './report-input.ts';

/** West, south, east, north; undefined where there is neither. */
export function findMapBounds(input: ReportInput): readonly [number, number, number, number] | undefined {
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
