/**
 * `communes.geojson`: the communes' polygons (RFC 7946: WGS84, outer rings counter-clockwise) with the figures of
 * every mode as flat properties (`car_taux_couverture`), as GIS programs take them. Communes without a polygon
 * have a null geometry; `hors commune` is not a commune and stands only in the CSV files.
 */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { countLeftOut } from './coverage-tables.ts';
import { describeLicence } from './licences.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportInput } from './report-input.ts';
import { type Language, TEXTS } from './texts.ts';

const KEYS = {
  fr: {
    code: 'code_insee',
    name: 'nom',
    epciName: 'nom_epci',
    cantonName: 'nom_canton',
    territory: 'territoire',
    covered: 'population_couverte',
    leftOut: 'population_laissee_de_cote',
    rate: 'taux_couverture',
    state: 'etat',
    borderline: 'limite',
    median: 'temps_median_min',
  },
  en: {
    code: 'insee_code',
    name: 'name',
    epciName: 'epci_name',
    cantonName: 'canton_name',
    territory: 'territory',
    covered: 'population_covered',
    leftOut: 'population_left_out',
    rate: 'coverage_rate',
    state: 'state',
    borderline: 'borderline',
    median: 'median_time_min',
  },
} as const;

/** Names of the properties; those of a mode follow its name and `_`. */
export function communeKeys(language: Language) {
  return KEYS[language];
}

type PropertyValue = string | number | boolean | null;

/** One feature a line, so that versions of the file compare. */
export function writeCommunesGeojson(input: ReportInput): string {
  const { language, result } = input;
  const features = result.communes.flatMap((commune, index) => {
    if (commune.code === NO_AREA_CODE) return [];
    const geometry = input.geometryOfCommune.get(commune.code);
    return [
      JSON.stringify({
        type: 'Feature',
        properties: listProperties(input, index),
        geometry: geometry === undefined ? null : rewind(geometry),
      }),
    ];
  });
  const head = JSON.stringify({
    type: 'FeatureCollection',
    schema_version: OUTPUT_SCHEMA_VERSION,
    study: input.study.name,
    date: input.study.date,
    ...(input.study.isFictional ? { note: TEXTS[language].fictional } : {}),
    threshold_minutes: result.thresholdDeciseconds / 600,
    operator: result.inclusive ? '<=' : '<',
    licence: describeLicence(language),
  });
  return `${head.slice(0, -1)},"features":[\n${features.join(',\n')}\n]}\n`;
}

function listProperties(input: ReportInput, index: number): Record<string, PropertyValue> {
  const { language, result } = input;
  const keys = KEYS[language];
  const commune = result.communes[index];
  const properties: Record<string, PropertyValue> = {
    [keys.code]: commune.code,
    [keys.name]: commune.nom,
    epci: commune.epci ?? null,
    [keys.epciName]: commune.epciNom ?? null,
    ...(result.cantons.length > 0
      ? { canton: commune.canton ?? null, [keys.cantonName]: commune.cantonNom ?? null }
      : {}),
    [keys.territory]: commune.territoire ?? null,
    population: result.modes[0]?.communes[index].population ?? null,
  };
  for (const mode of result.modes) {
    const figures = mode.communes[index];
    properties[`${mode.mode}_${keys.covered}`] = figures.populationCovered;
    properties[`${mode.mode}_${keys.leftOut}`] = countLeftOut(figures);
    properties[`${mode.mode}_${keys.rate}`] = figures.rate ?? null;
    properties[`${mode.mode}_${keys.state}`] = TEXTS[language].states[figures.etat];
    properties[`${mode.mode}_${keys.borderline}`] = figures.borderline;
    properties[`${mode.mode}_${keys.median}`] = figures.medianMinutes ?? null;
  }
  return properties;
}

/** Outer rings counter-clockwise, holes clockwise. */
function rewind(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const turn = (rings: Position[][]): Position[][] =>
    rings.map((ring, at) => (isCounterClockwise(ring) === (at === 0) ? ring : [...ring].reverse()));
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: turn(geometry.coordinates) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map(turn) };
}

function isCounterClockwise(ring: readonly Position[]): boolean {
  let doubled = 0;
  for (let at = 0; at + 1 < ring.length; at++) {
    doubled += ring[at][0] * ring[at + 1][1] - ring[at + 1][0] * ring[at][1];
  }
  return doubled > 0;
}
