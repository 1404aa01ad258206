/** Boundary files of drawn squares, in every form in which the real ones are published. */

import type { Feature, Polygon, Position } from 'geojson';
import proj4 from 'proj4';
import { boxRing } from '../../scripts/lib/box-ring.ts';
import type { OsmContents } from '../../scripts/lib/osm-elements.ts';
import { writeGeoPackage } from './written-geopackage.ts';

/** EPSG:2154 as its registry states it; written here apart from the reader's own. */
const LAMBERT_93 =
  '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';

export type Properties = Record<string, string | number | null>;

/** Counter-clockwise, closed. */
export function square(west: number, south: number, side = 0.1): Position[] {
  return boxRing(west, south, west + side, south + side);
}

export function feature(properties: Properties, ring: Position[]): Feature<Polygon, Properties> {
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** As GeoJSON; `crs` names its system in the old member. */
export function geojson(features: ReadonlyArray<Feature<Polygon>>, crs?: string): string {
  const named = crs === undefined ? {} : { crs: { type: 'name', properties: { name: crs } } };
  return JSON.stringify({ type: 'FeatureCollection', ...named, features });
}

/** The same features in Lambert-93. */
export function toLambert<P extends Properties>(features: ReadonlyArray<Feature<Polygon, P>>) {
  const project = proj4(LAMBERT_93);
  return features.map((each) => ({
    ...each,
    geometry: {
      ...each.geometry,
      coordinates: each.geometry.coordinates.map((ring) =>
        ring.map(([lon, lat]) => project.forward([lon!, lat!]) as Position),
      ),
    },
  }));
}

/** A layer of a GeoPackage in Lambert-93; all columns are text but the population. */
export function lambertGeoPackage(
  table: string,
  features: ReadonlyArray<Feature<Polygon, Properties>>,
): Promise<Buffer> {
  const columns = Object.keys(features[0]!.properties);
  return writeGeoPackage({
    table,
    crs: ['EPSG', 2154],
    columns: Object.fromEntries(
      columns.map((column) => [column, /^population$/i.test(column) ? 'INTEGER' : 'TEXT']),
    ),
    rows: toLambert(features).map(({ properties, geometry }) => ({
      values: columns.map((column) => properties[column]!),
      // IGN publishes areas of several parts.
      geometry: { type: 'MultiPolygon', coordinates: [geometry.coordinates] },
      hasEnvelope: true,
    })),
  });
}

/** A commune as OpenStreetMap draws it: a relation of two ways round the square. */
export function osmCommune(number: number, tags: Record<string, string>, ring: Position[]): OsmContents {
  const first = number * 10;
  const nodes = ring.slice(0, 4).map(([lon, lat], i) => ({ id: first + i, lon: lon!, lat: lat! }));
  return {
    nodes,
    ways: [
      {
        id: first,
        refs: [first, first + 1, first + 2],
        tags: { boundary: 'administrative', admin_level: '8' },
      },
      { id: first + 1, refs: [first + 2, first + 3, first], tags: {} },
    ],
    relations: [
      {
        id: number,
        tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', ...tags },
        members: [
          { type: 'way', ref: first, role: 'outer' },
          { type: 'way', ref: first + 1, role: 'outer' },
          { type: 'node', ref: first, role: 'admin_centre' },
        ],
      },
    ],
  };
}

export function joinContents(parts: readonly OsmContents[]): OsmContents {
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    ways: parts.flatMap(({ ways }) => ways),
    relations: parts.flatMap(({ relations }) => relations),
  };
}

/** As Overpass answers `out body; >; out skel qt;`. */
export function overpassJson({ nodes, ways, relations }: OsmContents): string {
  return JSON.stringify({
    version: 0.6,
    elements: [
      ...relations.map(({ id, tags, members }) => ({
        type: 'relation',
        id,
        tags,
        members,
      })),
      ...ways.map(({ id, refs, tags }) => ({ type: 'way', id, nodes: refs, tags })),
      ...nodes.map(({ id, lon, lat }) => ({ type: 'node', id, lon, lat })),
    ],
  });
}
