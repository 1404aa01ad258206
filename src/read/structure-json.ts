/**
 * Lists of structures in JSON -> rows: GeoJSON points with the tool's own properties or those of the France
 * services list, the annuaire de l'administration, Overpass JSON. The content tells which.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { findPointInside } from '../common/point-inside.ts';
import { FeatureGuard, STRUCTURE_LIMITS } from './feature-guard.ts';
import { FRANCE_SERVICES_NAMES, readFranceServicesRow } from './france-services-row.ts';
import { featuresOfJson, findProperty, type LooseFeature } from './geojson.ts';
import { readJson } from './input-bytes.ts';
import type { Bounds } from './positions.ts';
import { annuaireRows, findAnnuaireRecords } from './structure-annuaire.ts';
import { FRANCE_SERVICES_COLUMNS, OWN_COLUMNS } from './structure-csv.ts';
import { isOverpassJson, osmRows } from './structure-osm.ts';
import { OWN_NAMES, type PlacedRow, type RowReader, readOwnRow } from './structure-rows.ts';
import { noticeUnusedProperties } from './unused-columns.ts';

export async function readJsonRows(
  path: string,
  bounds: Bounds | undefined,
  notices: NoticeList,
): Promise<PlacedRow[]> {
  const guard = new FeatureGuard(path, STRUCTURE_LIMITS);
  const value = await readJson(path, (chunk) => guard.look(chunk));
  const records = findAnnuaireRecords(value);
  if (records !== undefined) return annuaireRows(path, records, notices);
  if (isOverpassJson(value)) return osmRows(path, value, notices);
  const features = await featuresOfJson(path, value, { bounds, notices });
  const names = new Set(features.flatMap(({ properties }) => namesWithValue(properties)));
  const isFranceServices = features.some((feature) => findProperty(feature, ...FRANCE_SERVICES_NAMES.nom));
  const expected = isFranceServices ? FRANCE_SERVICES_COLUMNS : OWN_COLUMNS;
  noticeUnusedProperties(path, [...names], expected, notices);
  const hasTypes = features.some((feature) => findProperty(feature, ...OWN_NAMES.type) !== undefined);
  const rows = features.map((feature, position) => featureRow(path, feature, position, hasTypes));
  noticeOutlines(path, features, notices);
  return rows;
}

function namesWithValue(properties: LooseFeature['properties']): string[] {
  return Object.entries(properties ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name]) => name);
}

function featureRow(path: string, feature: LooseFeature, position: number, hasTypes: boolean): PlacedRow {
  const reader = { ...featureReader(path, feature, position), hasTypes };
  const isFranceServices = reader.get(...FRANCE_SERVICES_NAMES.nom) !== '';
  const point = pointOf(feature);
  return {
    draft: (list, types) =>
      isFranceServices ? readFranceServicesRow(reader, list) : readOwnRow(reader, list, types),
    row: position + 1,
    lon: point[0] ?? '',
    lat: point[1] ?? '',
    communeName: reader.get(...OWN_NAMES.commune),
  };
}

/** The point of a feature; of an outline (a building) a point inside it. */
function pointOf({ geometry }: LooseFeature): readonly number[] {
  if (geometry === null) return [];
  if (geometry.type === 'Point') return geometry.coordinates;
  if (geometry.type === 'MultiPoint')
    return geometry.coordinates.length === 1 ? geometry.coordinates[0]! : [];
  if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') return findPointInside(geometry) ?? [];
  return [];
}

function noticeOutlines(path: string, features: readonly LooseFeature[], notices: NoticeList): void {
  const count = features.filter(({ geometry }) => /Polygon$/.test(geometry?.type ?? '')).length;
  if (count === 0) return;
  notices.add({
    code: 'structure-outlines',
    severity: 'info',
    message: `${count} structures are drawn as outlines`,
    action: 'a point inside each is taken',
    count,
    file: basename(path),
  });
}

function featureReader(path: string, feature: LooseFeature, position: number): RowReader {
  const ownId = feature.id === undefined ? '' : String(feature.id);
  return {
    file: path,
    row: position + 1,
    get(...names) {
      const text = findProperty(feature, ...names);
      return text ?? (names.includes('id') ? ownId : '');
    },
  };
}
