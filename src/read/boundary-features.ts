/**
 * The features of a file of boundaries, in lon, lat: GeoJSON, a layer of a GeoPackage, Overpass JSON, or an extract
 * of OpenStreetMap. The kind is told by the content. In a GeoPackage of many layers, as IGN publishes Admin Express,
 * the communes' is chosen by its name.
 */
import { open } from 'node:fs/promises';
import { Fault } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';
import type { NoticeList } from '../common/notices.ts';
import { normaliseHeader } from './csv-headings.ts';
import { COMMUNE_LIMITS, FeatureGuard } from './feature-guard.ts';
import { featuresOfJson, isOverpass, type LooseFeature, projectFeatures } from './geojson.ts';
import { type GeoPackage, type GeoPackageTable, isGeoPackage, openGeoPackage } from './geopackage.ts';
import { readJson } from './input-bytes.ts';
import { boundariesOfOverpass, readOsmBoundaries } from './osm/osm-boundaries.ts';
import { findEpsg } from './projections.ts';

const GEOJSON_EXTENSIONS = ['.geojson', '.json'];

/** Throws a UsageError where the file has no feature, or is of no such kind. */
export function readBoundaryFeatures(path: string, notices: NoticeList): Promise<LooseFeature[]> {
  return whileReading(path, () => readAnyFormat(path, notices));
}

async function readAnyFormat(path: string, notices: NoticeList): Promise<LooseFeature[]> {
  await refuseSevenZip(path);
  if (isOsmName(path)) return someOf(path, await readOsmBoundaries(path, notices));
  if (await isGeoPackage(path, GEOJSON_EXTENSIONS)) return readGeoPackageFeatures(path);
  const guard = new FeatureGuard(path, COMMUNE_LIMITS);
  const value = await readJson(path, (chunk) => guard.look(chunk));
  if (!isOverpass(value)) return featuresOfJson(path, value, { notices });
  return someOf(path, await boundariesOfOverpass(path, value.elements, notices));
}

/** `communes.osm`, `.osm.gz`, `.osm.bz2`, `.osm.pbf`. Overpass JSON is told from GeoJSON by its content. */
function isOsmName(path: string): boolean {
  return /\.(osm(\.(gz|bz2|pbf))?|pbf)$/i.test(path);
}

function someOf(path: string, features: LooseFeature[]): LooseFeature[] {
  if (features.length > 0) return features;
  throw new Fault('boundaries-incomplete', { file: path });
}

async function readGeoPackageFeatures(path: string): Promise<LooseFeature[]> {
  const file = await openGeoPackage(path);
  try {
    const table = chooseLayer(file);
    const features: LooseFeature[] = [];
    const guard = new FeatureGuard(path, COMMUNE_LIMITS);
    for (const { fid, attributes, geometry } of file.rows(table)) {
      features.push({ type: 'Feature', id: fid, properties: { ...attributes }, geometry: geometry ?? null });
      guard.count(1);
    }
    if (features.length === 0) {
      throw new Fault('layer-empty', { file: path, value: table.name });
    }
    const epsg = table.crs === undefined ? undefined : findEpsg(table.crs);
    if (table.crs !== undefined && epsg === undefined) {
      throw new Fault('layer-system-unknown', { file: path, value: table.crs });
    }
    await projectFeatures(path, features, epsg);
    return features;
  } finally {
    file.close();
  }
}

/** The layer `commune`, else the one named after communes and nothing else, else the only layer of polygons. */
function chooseLayer(file: GeoPackage): GeoPackageTable {
  const rules: ReadonlyArray<(table: GeoPackageTable) => boolean> = [
    ({ name }) => /^communes?$/.test(normaliseHeader(name)),
    ({ name }) => /commune/i.test(name) && !/associee|deleguee|chef|chf|canton|epci/i.test(name),
  ];
  const areas = file.tables.filter(({ geometryType }) => /POLYGON|GEOMETRY|SURFACE/i.test(geometryType));
  for (const rule of rules) {
    const found = areas.filter(rule);
    if (found.length === 1) return found[0];
  }
  return file.getTable((table) => areas.includes(table));
}

/** IGN packs Admin Express so. */
async function refuseSevenZip(path: string): Promise<void> {
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return;
  try {
    const head = Buffer.alloc(4);
    await handle.read(head, 0, head.length, 0).catch(() => undefined);
    if (head.toString('latin1') !== '7z\xbc\xaf') return;
  } finally {
    await handle.close();
  }
  throw new Fault('file-is-7z', { file: path });
}
