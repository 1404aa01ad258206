/**
 * GeoJSON features with coordinates in lon, lat. Files in another system say so in the old `crs` member (GeoJSON
 * of 2008, still written by exports); without it, metres are read in the French system that they fit, which is told.
 */
import { basename } from 'node:path';
import type { Feature, Geometry, Position } from 'geojson';
import { Fault, UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { normaliseHeader } from './csv-headings.ts';
import { findSystem, isMetric } from './french-systems.ts';
import { readGeometry } from './geojson-geometry.ts';
import { readJson } from './input-bytes.ts';
import { type Bounds, isOnEarth } from './positions.ts';
import { buildUnprojection, findEpsg, isGeographic, type Unproject } from './projections.ts';
import { noticeSystem, refuseExchanged } from './settle-positions.ts';

export type LooseFeature = Feature<Geometry | null>;

/** Reads the features of a collection (or a single feature) and projects them to lon, lat. */
export async function readFeatures(path: string, around: Surroundings = {}): Promise<LooseFeature[]> {
  return featuresOfJson(path, await readJson(path), around);
}

/** What tells a system of metres that a file does not name, and where it is told that one was assumed. */
export interface Surroundings {
  bounds?: Bounds | undefined;
  notices?: NoticeList | undefined;
}

/** As `readFeatures`, from the file's parsed content. */
export async function featuresOfJson(
  path: string,
  value: unknown,
  around: Surroundings = {},
): Promise<LooseFeature[]> {
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
    throw new Fault('features-missing', { file: path });
  }
  await projectFeatures(path, features, declaredEpsg(value), around);
  return features;
}

/** Turns the features' coordinates into lon, lat in place. Throws a UsageError where they are no degrees then. */
export async function projectFeatures(
  path: string,
  features: readonly LooseFeature[],
  epsg: number | undefined,
  { bounds, notices }: Surroundings = {},
): Promise<void> {
  const first = firstPositions(features);
  const isAllMetric = first.length > 0 && first.every(([x, y]) => isMetric(x, y));
  const isNamed = epsg !== undefined && !isGeographic(epsg);
  if (isNamed) {
    const isAllDegrees = first.length > 0 && first.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
    // An export that wrote degrees and kept the name of the layer's system.
    if (!isAllDegrees) projectAll(features, await buildUnprojection(epsg, path));
  } else if (isAllMetric) {
    const xs = first.map(([x]) => x);
    const ys = first.map(([, y]) => y);
    const system = await findSystem(xs, ys, bounds, path);
    if (system?.isSwapped === true) refuseExchanged(path, system, { lon: xs[0]!, lat: ys[0]! });
    if (system !== undefined) {
      projectAll(features, system.toLonLat);
      if (notices !== undefined) noticeSystem(basename(path), system, first.length, notices);
    }
  }
  refuseProjected(path, features);
}

function projectAll(features: readonly LooseFeature[], toLonLat: Unproject): void {
  for (const { geometry } of features) if (geometry !== null) projectGeometry(geometry, toLonLat);
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

/** The first position of each feature that has one. */
function firstPositions(features: readonly LooseFeature[]): Array<[number, number]> {
  return features.flatMap(({ geometry }) => {
    if (geometry === null || geometry.type === 'GeometryCollection') return [];
    let first: Nested = geometry.coordinates;
    while (Array.isArray(first) && Array.isArray(first[0])) first = first[0] as Nested;
    const [x, y] = first as Position;
    return typeof x === 'number' && typeof y === 'number' ? [[x, y] as [number, number]] : [];
  });
}

function refuseProjected(path: string, features: readonly LooseFeature[]): void {
  const first = firstPositions(features);
  if (first.length === 0 || first.some(([lon, lat]) => isOnEarth(lon, lat))) return;
  throw new Fault('coordinates-no-degrees', { file: path, value: String(first[0]) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
