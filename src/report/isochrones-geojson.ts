/**
 * `isochrones.geojson` (all structures together) and `isochrones-structures.geojson` (around each): nested bands
 * as RFC 7946 MultiPolygons, one feature a line, the longest time first so that GIS programs draw the shorter
 * ones above.
 */
import type { MultiPolygon } from 'geojson';
import { describeLicence } from './licences.ts';
import { OUTPUT_SCHEMA_VERSION } from './report-input.ts';
import type { Language } from './texts.ts';

export interface IsochroneBand {
  minutes: number;
  geometry: MultiPolygon;
}

export interface ModeIsochrones {
  mode: string;
  merged: readonly IsochroneBand[];
  /** In the order of the structures. */
  perStructure: ReadonlyArray<readonly IsochroneBand[]>;
}

export function writeIsochrones(modes: readonly ModeIsochrones[], language: Language): string {
  return writeFeatures(
    modes.flatMap(({ mode, merged }) => longestFirst(merged).map((band) => writeFeature({ mode }, band))),
    language,
  );
}

export function writeStructureIsochrones(
  modes: readonly ModeIsochrones[],
  structures: ReadonlyArray<{ id: string; nom: string }>,
  language: Language,
): string {
  const nameKey = language === 'fr' ? 'nom' : 'name';
  return writeFeatures(
    modes.flatMap(({ mode, perStructure }) =>
      perStructure.flatMap((bands, i) =>
        longestFirst(bands).map((band) =>
          writeFeature({ mode, structure: structures[i]!.id, [nameKey]: structures[i]!.nom }, band),
        ),
      ),
    ),
    language,
  );
}

function longestFirst(bands: readonly IsochroneBand[]): IsochroneBand[] {
  return bands
    .filter(({ geometry }) => geometry.coordinates.length > 0)
    .sort((a, b) => b.minutes - a.minutes);
}

function writeFeature(properties: Record<string, string>, { minutes, geometry }: IsochroneBand): string {
  return JSON.stringify({ type: 'Feature', properties: { ...properties, minutes }, geometry });
}

function writeFeatures(features: readonly string[], language: Language): string {
  const head = JSON.stringify({ schema_version: OUTPUT_SCHEMA_VERSION, licence: describeLicence(language) });
  return `{"type":"FeatureCollection",${head.slice(1, -1)},"features":[\n${features.join(',\n')}\n]}\n`;
}
