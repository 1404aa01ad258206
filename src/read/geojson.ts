/**
 * GeoJSON features with coordinates in lon, lat. Files in another system say so in the old `crs` member (GeoJSON
 * of 2008, still written by exports); without it, numbers that are no degrees are refused rather than guessed.
 */
import type { Feature, Geometry, Position } from 'geojson';
import { UsageError } from '../common/errors.ts';
import { normaliseHeader } from './csv-dialect.ts';
import { readGeometry } from './geojson-geometry.ts';
import { readJson } from './input-bytes.ts';
import { isOnEarth } from './positions.ts';
import { buildUnprojection, findEpsg, type Unproject } from './projections.ts';

export type LooseFeature = Feature<Geometry | null>;

/** Reads the features of a collection (or a single feature) and projects them to lon, lat. */
export async function readFeatures(path: string): Promise<LooseFeature[]> {
  return featuresOfJson(path, await readJson(path));
}

/** As `readFeatures`, from the file's parsed content. */
export async function featuresOfJson(path: string, value: unknown): Promise<LooseFeature[]> {
  const features = featuresOf(path, value);
  if (features === undefined) {
    throw new UsageError('the file is JSON but not a GeoJSON FeatureCollection', {
      file: path,
      remedy:
        isRecord(value) && value.type === 'Topology'
          ? 'Convert the TopoJSON to GeoJSON.'
          : 'Give a GeoJSON file.',
    });
  }
  if (features.length === 0) {
    throw new UsageError('the file holds no feature', {
      file: path,
      remedy: 'Export the layer again, without a filter or a selection.',
    });
  }
  await projectFeatures(path, features, declaredEpsg(value));
  return features;
}

/** Turns the features' coordinates into lon, lat in place. Throws a UsageError where they are no degrees then. */
export async function projectFeatures(
  path: string,
  features: readonly LooseFeature[],
  epsg: number | undefined,
): Promise<void> {
  if (epsg !== undefined && epsg !== 4326) {
    const toLonLat = await buildUnprojection(epsg, path);
    for (const feature of features)
      if (feature.geometry !== null) projectGeometry(feature.geometry, toLonLat);
  }
  refuseProjected(path, features);
}

/** The text of the first property that exists among normalised names; numbers become text. */
export function findProperty(feature: LooseFeature, ...names: readonly string[]): string | undefined {
  const value = findRawProperty(feature, names);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function findRawProperty(feature: LooseFeature, names: readonly string[]): unknown {
  const properties = feature.properties ?? {};
  for (const name of names) {
    if (properties[name] !== undefined && properties[name] !== null) return properties[name];
  }
  for (const [key, value] of Object.entries(properties)) {
    if (value !== null && names.includes(normalisedKey(key))) return value;
  }
  return undefined;
}

/** Key -> as names are written; features of one file have the same keys, thousands of times. */
const normalisedKeys = new Map<string, string>();
const GREATEST_KEY_COUNT = 10_000;

function normalisedKey(key: string): string {
  const known = normalisedKeys.get(key);
  if (known !== undefined) return known;
  const normalised = normaliseHeader(key);
  if (normalisedKeys.size < GREATEST_KEY_COUNT) normalisedKeys.set(key, normalised);
  return normalised;
}

export function isOverpass(value: unknown): value is { elements: unknown[] } {
  return isRecord(value) && Array.isArray(value.elements);
}

/** Undefined where the value is no collection. @throws UsageError where a geometry is none */
function featuresOf(path: string, value: unknown): LooseFeature[] | undefined {
  if (!isRecord(value)) return undefined;
  const features =
    value.type === 'Feature' ? [value] : value.type === 'FeatureCollection' ? value.features : undefined;
  if (!Array.isArray(features)) return undefined;
  return features.map((feature: unknown, position) => {
    const refuse = (fault: string, shown: unknown): never => {
      throw new UsageError(`feature ${position + 1}: ${fault}`, {
        file: path,
        value: String(JSON.stringify(shown) ?? shown).slice(0, 80),
        remedy: 'Export the layer as GeoJSON (RFC 7946) again.',
      });
    };
    if (!isRecord(feature)) return refuse('it is no feature', feature);
    const reading = readGeometry(feature.geometry);
    if ('fault' in reading) return refuse(reading.fault, feature.geometry);
    const properties = isRecord(feature.properties) ? feature.properties : {};
    return { ...(feature as unknown as LooseFeature), properties, geometry: reading.geometry };
  });
}

function declaredEpsg(value: unknown): number | undefined {
  if (!isRecord(value) || !isRecord(value.crs) || !isRecord(value.crs.properties)) return undefined;
  const { name } = value.crs.properties;
  return typeof name === 'string' ? findEpsg(name) : undefined;
}

function projectGeometry(geometry: Geometry, toLonLat: Unproject): void {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) projectGeometry(part, toLonLat);
    return;
  }
  eachPosition(geometry.coordinates, (position) => {
    const [lon, lat] = toLonLat(position[0], position[1]);
    position[0] = lon;
    position[1] = lat;
  });
}

type Nested = Position | Position[] | Position[][] | Position[][][];

function eachPosition(coordinates: Nested, visit: (position: Position) => void): void {
  if (typeof coordinates[0] === 'number') {
    visit(coordinates as Position);
    return;
  }
  for (const inner of coordinates as Nested[]) eachPosition(inner, visit);
}

/** Looks at the first position of each feature. */
function refuseProjected(path: string, features: readonly LooseFeature[]): void {
  let checked = 0;
  let offEarth = 0;
  let example: Position | undefined;
  for (const { geometry } of features) {
    if (geometry === null || geometry.type === 'GeometryCollection') continue;
    let first: Nested = geometry.coordinates;
    while (Array.isArray(first) && Array.isArray(first[0])) first = first[0] as Nested;
    const [lon, lat] = first as Position;
    if (typeof lon !== 'number' || typeof lat !== 'number') continue;
    checked++;
    if (isOnEarth(lon, lat)) continue;
    offEarth++;
    example ??= [lon, lat];
  }
  if (checked === 0 || offEarth < checked) return;
  throw new UsageError('the coordinates are no degrees', {
    file: path,
    value: String(example),
    remedy: 'Export the file in WGS84 (EPSG:4326), or with its "crs" member.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
