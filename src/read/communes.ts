/**
 * Commune polygons and the official list -> the communes of a territory. In go files of boundaries (codes and names
 * under the usual column names); polygons are joined to today's communes of the npm package: by code, else
 * through the changes of codes, else (abroad, a fictional département) they stand for themselves. Several polygons
 * of one commune are united, so that no inner border remains.
 *
 * The territory is a département, a list of codes, or every polygon; the other polygons are the neighbours.
 */
import { basename } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { boxOfGeometries, ringsOf } from '../common/polygon-index.ts';
import { readCogMovements } from './cog-movements.ts';
import { type AreaTables, joinCommuneCantons, joinEpcis, joinTerritories } from './commune-areas.ts';
import { buildCommuneCodes, CodeResolver, type CommuneCodes, NO_CODES } from './commune-codes.ts';
import { type CommunePolygon, readCommunePolygons } from './commune-polygons.ts';
import { type Decoupage, departementOf, officialDecoupage } from './decoupage.ts';
import { newRepairBudget, putSideBySide, type RepairBudget, repairPolygon, unite } from './polygon-repair.ts';
import type { Canton, Commune, Epci } from './records.ts';
import { findStudyCommune, noticePostalLooks } from './study-commune-codes.ts';

export interface CommuneOptions extends AreaTables {
  /** A département, or a collectivity in its place: 6AE, 20R, 69D, 69M. */
  departement?: string | undefined;
  communeCodes?: readonly string[] | undefined;
  /** INSEE's tables of the movements of communes, `v_mvtcommune`. */
  cog?: readonly string[] | undefined;
}

export interface CommuneSet {
  /** The communes of the territory, by code. Those without polygon have no geometry. */
  communes: Commune[];
  /** Other communes whose polygons the files hold, by code, as published. */
  neighbours: Commune[];
  /** EPCI of the territory, by code. */
  epcis: Epci[];
  /** Cantons of the territory, by code. */
  cantons: Canton[];
  /** Former code, or arrondissement of Paris, Lyon, Marseille -> today's commune. */
  currentCodeOf: ReadonlyMap<string, string>;
  /** A commune of the territory is in the npm package's list: names, populations and EPCI are its. */
  usesOfficialList: boolean;
  /** All that is known of changes of codes. */
  codes: CommuneCodes;
  /**
   * Commune without polygon that was restored by a split -> the commune of the territory whose older polygon still
   * holds its land.
   */
  polygonHolderOf: ReadonlyMap<string, string>;
}

/** Paris, Lyon, Marseille: some files hold both the whole commune and its arrondissements. */
const ARRONDISSEMENT_COMMUNES: ReadonlySet<string> = new Set(['75056', '69123', '13055']);

/**
 * Reads communes. Without polygon files: one territory, and no communes. Throws a UsageError where a file holds
 * no polygon, where a code of `communeCodes` is unknown, and where the territory is empty.
 */
export async function readCommunes(
  paths: readonly string[],
  options: CommuneOptions,
  notices: NoticeList,
): Promise<CommuneSet> {
  if (paths.length === 0) return NO_COMMUNES;
  const decoupage = officialDecoupage();
  const polygons: CommunePolygon[] = [];
  for (const path of paths) {
    for (const polygon of await readCommunePolygons(path, notices)) polygons.push(polygon);
  }
  const french = polygons.some(isFrench) ? decoupage : undefined;
  const movements = await readCogMovements(options.cog ?? [], notices);
  const codes = french ? buildCommuneCodes(french, movements, options.cog ?? [], notices) : NO_CODES;
  const { currentCodeOf } = codes;
  const polygonsOfCode = groupByCurrentCode(polygons, french, codes, notices);
  const territory = selectCodes(paths, options, polygonsOfCode, french, codes, notices);
  const communes: Commune[] = [];
  const budget = newRepairBudget();
  for (const code of territory) {
    communes.push(await buildCommune(code, polygonsOfCode.get(code) ?? [], french, budget, notices));
  }
  const polygonHolderOf = findPolygonHolders(communes, polygons, codes, notices);
  noticeMissingGeometry(communes, polygonHolderOf, notices);
  const neighbours = describeNeighbours(communes, polygonsOfCode, french);
  const epcis = await joinEpcis(communes, polygonsOfCode, french, options, codes, notices);
  const cantons = await joinCommuneCantons(communes, polygonsOfCode, options, codes, notices);
  await joinTerritories(communes, neighbours, options, codes, notices);
  const usesOfficialList = communes.some(({ code }) => french?.hasCommune(code) === true);
  return { communes, neighbours, epcis, cantons, currentCodeOf, usesOfficialList, codes, polygonHolderOf };
}

/** Of a study without polygons. */
export const NO_COMMUNES: CommuneSet = {
  communes: [],
  neighbours: [],
  epcis: [],
  cantons: [],
  currentCodeOf: NO_CODES.currentCodeOf,
  usesOfficialList: false,
  codes: NO_CODES,
  polygonHolderOf: new Map(),
};

/** Today's code -> its polygons, in the order of the files. */
function groupByCurrentCode(
  polygons: readonly CommunePolygon[],
  french: Decoupage | undefined,
  { currentCodeOf }: CommuneCodes,
  notices: NoticeList,
): Map<string, CommunePolygon[]> {
  const polygonsOfCode = new Map<string, CommunePolygon[]>();
  for (const polygon of polygons) {
    const isCurrent = french?.hasCommune(polygon.code) === true;
    const current = isCurrent ? polygon.code : currentCodeOf.get(polygon.code);
    if (french !== undefined && current === undefined && isFrench(polygon)) {
      notices.add({
        code: 'commune-code-unknown',
        severity: 'warning',
        message: `no official list, of today or before, knows the code of ${polygon.nom ?? 'the polygon'}`,
        action: 'kept as a commune of its own',
        file: basename(polygon.file),
        id: polygon.code,
      });
    }
    const code = current ?? polygon.code;
    const others = polygonsOfCode.get(code);
    if (others === undefined) polygonsOfCode.set(code, [polygon]);
    else others.push(polygon);
  }
  return polygonsOfCode;
}

/** Communes that left one whose polygon is older than its split. */
function findPolygonHolders(
  communes: readonly Commune[],
  polygons: readonly CommunePolygon[],
  codes: CommuneCodes,
  notices: NoticeList,
): Map<string, string> {
  const communeOfCode = new Map(communes.map((commune) => [commune.code, commune]));
  const codesOfPolygons = new Set(polygons.map(({ code }) => code));
  const resolver = new CodeResolver(codes, codesOfPolygons);
  const holderOf = new Map<string, string>();
  for (const polygon of polygons) {
    const holder = communeOfCode.get(codes.currentCodeOf.get(polygon.code) ?? polygon.code);
    if (holder?.geometry === undefined) continue;
    const held = resolver
      .resolve(polygon.code)
      .map((code) => communeOfCode.get(code))
      .filter((commune) => commune !== undefined && commune !== holder && commune.geometry === undefined)
      .map((commune) => commune!.code);
    if (held.length === 0) continue;
    for (const code of held) holderOf.set(code, holder.code);
    notices.add({
      code: 'commune-polygon-before-split',
      severity: 'warning',
      message: `the polygon of ${holder.nom} is older than its split and also holds ${held.join(', ')}`,
      action: 'these communes have no polygon of their own; commune populations are spread over the whole',
      file: basename(polygon.file),
      id: polygon.code,
    });
  }
  return holderOf;
}

/** Further away than structures beyond the border count (130 km/h for half an hour), degrees. */
const NEIGHBOUR_DEGREES = 1;

/** The communes of the other polygons that are not far from the territory: files may hold the whole country. */
function describeNeighbours(
  communes: readonly Commune[],
  polygonsOfCode: ReadonlyMap<string, CommunePolygon[]>,
  french: Decoupage | undefined,
): Commune[] {
  const inTerritory = new Set(communes.map(({ code }) => code));
  const territory = boxOfGeometries(communes.map(({ geometry }) => geometry));
  const hasPolygons = Number.isFinite(territory[0]);
  const [west, south] = [territory[0] - NEIGHBOUR_DEGREES, territory[1] - NEIGHBOUR_DEGREES];
  const [east, north] = [territory[2] + NEIGHBOUR_DEGREES, territory[3] + NEIGHBOUR_DEGREES];
  const isNear = ({ geometry }: CommunePolygon): boolean => {
    const [lon, lat] = ringsOf(geometry)[0]?.[0] ?? [];
    return lon >= west && lon <= east && lat >= south && lat <= north;
  };
  return [...polygonsOfCode.keys()]
    .filter((code) => !inTerritory.has(code))
    .filter((code) => !hasPolygons || polygonsOfCode.get(code)!.some(isNear))
    .sort()
    .map((code) => describeCommune(code, polygonsOfCode.get(code)!, french));
}

/** Codes of metropolitan communes; overseas ones. */
const METROPOLITAN_CODE = /^(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}$/;
const OVERSEAS_CODE = /^9[78]\d{3}$/;

/** True where the package may know the code: its form is French, and so is the place of the polygon. */
function isFrench({ code, geometry }: CommunePolygon): boolean {
  if (OVERSEAS_CODE.test(code)) return true;
  const position = ringsOf(geometry)[0]?.[0];
  if (position === undefined || !METROPOLITAN_CODE.test(code)) return false;
  const [lon, lat] = position;
  return lon > -6 && lon < 10 && lat > 41 && lat < 52;
}

/** Codes of the territory, ascending. */
function selectCodes(
  paths: readonly string[],
  options: CommuneOptions,
  polygonsOfCode: ReadonlyMap<string, CommunePolygon[]>,
  french: Decoupage | undefined,
  changes: CommuneCodes,
  notices: NoticeList,
): string[] {
  if (options.communeCodes !== undefined) {
    const codes = options.communeCodes.map((code) =>
      findStudyCommune(code, polygonsOfCode, french, changes, notices),
    );
    noticePostalLooks(options.communeCodes, french, notices);
    return [...new Set(codes)].sort();
  }
  if (options.departement === undefined) return [...polygonsOfCode.keys()].sort();
  const { departement } = options;
  const codes = new Set(french?.communeCodesOf(departement));
  const isFictional = codes.size === 0;
  for (const [code, polygons] of polygonsOfCode) {
    const own = polygons[0].departement ?? departementOf(code);
    if (isFictional && own === departement) codes.add(code);
  }
  const withPolygon = [...codes].filter((code) => polygonsOfCode.has(code)).length;
  if (withPolygon > 0) return [...codes].sort();
  throw new Fault(
    'polygons-of-other-departements',
    { file: paths[0], value: departement },
    { found: [...new Set([...polygonsOfCode.keys()].map(departementOf))].sort().slice(0, 10).join(', ') },
  );
}

/** What is known of a commune without its EPCI; its polygons side by side, as published. */
function describeCommune(
  code: string,
  polygons: readonly CommunePolygon[],
  french: Decoupage | undefined,
): Commune {
  const official = french?.findCommune(code);
  const own = polygons.find((polygon) => polygon.code === code) ?? polygons[0];
  return {
    code,
    nom: official?.nom ?? own?.nom ?? code,
    departement: official?.departement ?? own?.departement ?? departementOf(code),
    population: official === undefined ? sumPopulation(polygons) : official.population,
    geometry: polygons.length === 0 ? undefined : putSideBySide(polygons.map((polygon) => polygon.geometry)),
    epci: undefined,
    territoire: undefined,
  };
}

async function buildCommune(
  code: string,
  polygons: readonly CommunePolygon[],
  french: Decoupage | undefined,
  budget: RepairBudget,
  notices: NoticeList,
): Promise<Commune> {
  const commune = describeCommune(code, polygons, french);
  const parts: Array<{ polygon: CommunePolygon; geometry: Polygon | MultiPolygon }> = [];
  for (const polygon of withoutRepeats(code, polygons, notices)) {
    const { geometry, defects } = await repairPolygon(polygon.geometry, budget);
    if (defects.length > 0) {
      notices.add({
        code: 'commune-polygon-repaired',
        severity: 'warning',
        message: `the polygon ${defects.join(', ')}`,
        action:
          geometry === undefined ? 'left out' : 'repaired; what lies inside is read by the even-odd rule',
        file: basename(polygon.file),
        id: polygon.code,
      });
    }
    if (geometry !== undefined) parts.push({ polygon, geometry });
  }
  const geometries = parts.map((part) => part.geometry);
  if (geometries.length > 1) commune.geometry = (await unite(geometries)) ?? putSideBySide(geometries);
  else commune.geometry = geometries[0];
  noticeJoined(
    commune,
    parts.map((part) => part.polygon),
    notices,
  );
  return commune;
}

/** Drops exact repeats, and the arrondissements where the whole commune is given too. */
function withoutRepeats(
  code: string,
  polygons: readonly CommunePolygon[],
  notices: NoticeList,
): readonly CommunePolygon[] {
  if (polygons.length < 2) return polygons;
  const isWholeGiven = ARRONDISSEMENT_COMMUNES.has(code) && polygons.some((polygon) => polygon.code === code);
  const seen = new Set<string>();
  return polygons.filter((polygon) => {
    const key = JSON.stringify(polygon.geometry.coordinates);
    const isPart = isWholeGiven && polygon.code !== code;
    if (!isPart && !seen.has(key)) {
      seen.add(key);
      return true;
    }
    notices.add({
      code: isPart ? 'arrondissement-beside-commune' : 'commune-polygon-repeated',
      severity: 'info',
      message: isPart ? 'an arrondissement stands beside its whole commune' : 'the same polygon stands twice',
      action: 'left out',
      file: basename(polygon.file),
      id: polygon.code,
    });
    return false;
  });
}

function noticeJoined(commune: Commune, polygons: readonly CommunePolygon[], notices: NoticeList): void {
  for (const polygon of polygons) {
    if (polygon.code === commune.code) continue;
    notices.add({
      code: 'commune-polygon-joined',
      severity: 'info',
      message: `${polygon.nom ?? polygon.code} is now part of another commune`,
      action: `joined to ${commune.code} ${commune.nom}`,
      file: basename(polygon.file),
      id: polygon.code,
    });
  }
}

function noticeMissingGeometry(
  communes: readonly Commune[],
  polygonHolderOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): void {
  for (const commune of communes) {
    if (commune.geometry !== undefined || polygonHolderOf.has(commune.code)) continue;
    notices.add({
      code: 'commune-without-geometry',
      severity: 'warning',
      message: `no polygon of the files is that of ${commune.nom}`,
      action: 'kept in the tables; only cells that name the commune count in it',
      id: commune.code,
    });
  }
}

function sumPopulation(polygons: readonly CommunePolygon[]): number | undefined {
  const known = polygons.flatMap((polygon) => (polygon.population === undefined ? [] : [polygon.population]));
  return known.length === 0 ? undefined : known.reduce((sum, people) => sum + people, 0);
}
