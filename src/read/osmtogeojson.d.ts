/** The package ships no types. */
declare module 'osmtogeojson' {
  import type { FeatureCollection } from 'geojson';

  export interface OsmToGeojsonOptions {
    /** Tags become the properties themselves. */
    flatProperties?: boolean;
  }

  /** OSM JSON, as Overpass gives it, to GeoJSON features: relations of type boundary become polygons. */
  export default function osmtogeojson(osm: unknown, options?: OsmToGeojsonOptions): FeatureCollection;
}
