/**
 * Commune polygons of one file, under the column names of Etalab, IGN Admin Express (v3, v4), INSEE and
 * OSM exports. Features without code or without an area are left out with a notice.
 */
import { basename } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { readBoundaryFeatures } from './boundary-features.ts';
import { officialDecoupage } from './decoupage.ts';
import { findProperty } from './geojson.ts';
import { areAllPostalCodes, type CommuneRow, holdsPostalCodes, readCommuneColumn } from './table-communes.ts';
import { isNoEpci } from './territories.ts';
import { restoreCode } from './written-codes.ts';

export interface CommunePolygon {
  code: string;
  nom: string | undefined;
  departement: string | undefined;
  population: number | undefined;
  /** SIREN codes; usually one, in Paris and around it also the EPT. */
  epcis: readonly string[];
  epciNom: string | undefined;
  /** As written: `7118`, `18`, `NR`, `7118/7119`. */
  canton: string | undefined;
  cantonNom: string | undefined;
  geometry: Polygon | MultiPolygon;
  file: string;
}

const CODE = [
  'code',
  'code_insee',
  'insee_code',
  'insee_com',
  'insee',
  'codgeo',
  'code_commune',
  'depcom',
  'ref_insee',
  'code_com',
  'com',
] as const;
const NOM = ['nom', 'nom_officiel', 'nom_com', 'nom_commune', 'libgeo', 'libelle', 'name'] as const;
const DEPARTEMENT = [
  'departement',
  'insee_dep',
  'code_insee_du_departement',
  'code_departement',
  'dep',
] as const;
const POPULATION = ['population', 'pmun', 'pop'] as const;
const EPCI = ['epci', 'siren_epci', 'codes_siren_des_epci', 'code_epci'] as const;
const EPCI_NOM = ['epci_nom', 'nom_epci', 'epci_name', 'lib_epci'] as const;
const CANTON = ['canton', 'insee_can', 'code_insee_du_canton', 'code_canton', 'can'] as const;
const CANTON_NOM = ['canton_nom', 'nom_canton', 'canton_name', 'lib_canton'] as const;

/** Throws a UsageError where no feature has both a code and an area. */
export async function readCommunePolygons(path: string, notices: NoticeList): Promise<CommunePolygon[]> {
  const features = await readBoundaryFeatures(path, notices);
  const polygons: CommunePolygon[] = [];
  const rows: number[] = [];
  features.forEach((feature, position) => {
    const code = findProperty(feature, ...CODE);
    const { geometry } = feature;
    const isArea = geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';
    if (code === undefined || !isArea) {
      notices.add({
        code: code === undefined ? 'commune-polygon-without-code' : 'commune-feature-without-area',
        severity: 'warning',
        message: code === undefined ? 'the feature has no commune code' : 'the feature is no polygon',
        action: 'left out',
        file: basename(path),
        row: position + 1,
        ...(code === undefined ? {} : { id: code }),
      });
      return;
    }
    rows.push(position + 1);
    polygons.push({
      code: restoreCode(code),
      nom: findProperty(feature, ...NOM),
      departement: findProperty(feature, ...DEPARTEMENT),
      population: toPopulation(findProperty(feature, ...POPULATION)),
      epcis: toEpcis(findProperty(feature, ...EPCI)),
      epciNom: findProperty(feature, ...EPCI_NOM),
      canton: findProperty(feature, ...CANTON),
      cantonNom: findProperty(feature, ...CANTON_NOM),
      geometry,
      file: path,
    });
  });
  if (polygons.length > 0) return readPostalCodes(path, polygons, rows, notices);
  throw new Fault('commune-polygons-missing', {
    file: path,
    value: Object.keys(features[0].properties ?? {}).join(', '),
  });
}

/** Polygons whose codes are postal codes get those of the communes that their names say. */
function readPostalCodes(
  path: string,
  polygons: CommunePolygon[],
  rows: readonly number[],
  notices: NoticeList,
): CommunePolygon[] {
  const written = polygons.map(
    ({ code, nom }, at): CommuneRow => ({ text: code, name: nom ?? '', line: rows[at]! }),
  );
  if (!written.some(({ name }) => name !== '')) {
    noticePostalLooks(path, polygons, notices);
    return polygons;
  }
  if (!holdsPostalCodes(written, officialDecoupage())) return polygons;
  const codes = readCommuneColumn(path, written, false, notices);
  return polygons.flatMap((polygon, at) => {
    const [code] = codes[at]!;
    return code === undefined || code === '' ? [] : [{ ...polygon, code }];
  });
}

/** Areas of postal codes are drawn like communes, and no name beside them tells. */
function noticePostalLooks(path: string, polygons: readonly CommunePolygon[], notices: NoticeList): void {
  const codes = [...new Set(polygons.map(({ code }) => code))];
  if (!areAllPostalCodes(codes, officialDecoupage())) return;
  notices.add({
    code: 'commune-polygons-look-postal',
    severity: 'warning',
    message: `the codes of the ${polygons.length} polygons are postal codes, and no name says which communes they are`,
    action: 'read as codes of communes',
    count: polygons.length,
    file: basename(path),
    value: codes.slice(0, 6).join(', '),
  });
}

function toPopulation(text: string | undefined): number | undefined {
  const population = text === undefined ? Number.NaN : Number(text);
  return population >= 0 ? population : undefined;
}

/** IGN writes several EPCI as `a/b` and none as `NR`. */
function toEpcis(text: string | undefined): string[] {
  return (text ?? '')
    .split('/')
    .map((code) => code.trim())
    .filter((code) => !isNoEpci(code));
}
