/**
 * Commune polygons and the official list -> the communes of a territory. In go GeoJSON files (codes and names
 * under the usual column names); polygons are joined to today's communes of the npm package: by code, else
 * through the commune among whose former codes theirs is, else (abroad, a fictional département) they stand for
 * themselves. Several polygons of one commune are united, so that no inner border remains.
 *
 * The territory is a département, a list of codes, or every polygon; the other polygons are the neighbours.
 */
import { basename } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { ringsOf } from '../common/polygon-index.ts';
import { type CommunePolygon, readCommunePolygons } from './commune-polygons.ts';
import { Decoupage, departementOf } from './decoupage.ts';
import { putSideBySide, repairPolygon, unite } from './polygon-repair.ts';
import type { Commune, Epci } from './records.ts';
import { readEpciTable, readTerritories } from './territories.ts';

export interface CommuneOptions {
  departement?: string | undefined;
  communeCodes?: readonly string[] | undefined;
  /** CSVs `commune;epci;nom`, in place of the package's EPCI for the communes they name. */
  epci?: readonly string[] | undefined;
  /** CSVs `commune;territoire`. */
  territories?: readonly string[] | undefined;
}

export interface CommuneSet {
  /** The communes of the territory, by code. Those without polygon have no geometry. */
  communes: Commune[];
  /** Other communes whose polygons the files hold, by code, as published. */
  neighbours: Commune[];
  /** EPCI of the territory, by code. */
  epcis: Epci[];
  /** Former code, or arrondissement of Paris, Lyon, Marseille -> today's commune. */
  currentCodeOf: ReadonlyMap<string, string>;
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
  if (paths.length === 0) return { communes: [], neighbours: [], epcis: [], currentCodeOf: new Map() };
  const decoupage = new Decoupage();
  const polygons: CommunePolygon[] = [];
  for (const path of paths) polygons.push(...(await readCommunePolygons(path, notices)));
  const french = polygons.some(isFrench) ? decoupage : undefined;
  const currentCodeOf = french?.currentCodeOf() ?? new Map<string, string>();
  const polygonsOfCode = new Map<string, CommunePolygon[]>();
  for (const polygon of polygons) {
    const code =
      french?.findCommune(polygon.code) === undefined
        ? (currentCodeOf.get(polygon.code) ?? polygon.code)
        : polygon.code;
    const others = polygonsOfCode.get(code);
    if (others === undefined) polygonsOfCode.set(code, [polygon]);
    else others.push(polygon);
  }
  const codes = selectCodes(paths, options, polygonsOfCode, french, notices);
  const communes: Commune[] = [];
  for (const code of codes) {
    const polygons = polygonsOfCode.get(code) ?? [];
    communes.push(await buildCommune(code, polygons, french, notices));
  }
  noticeMissingGeometry(communes, notices);
  const inTerritory = new Set(codes);
  const neighbours = [...polygonsOfCode.keys()]
    .filter((code) => !inTerritory.has(code))
    .sort()
    .map((code) => describeCommune(code, polygonsOfCode.get(code)!, french));
  const epcis = await joinEpcis(communes, polygonsOfCode, french, options, currentCodeOf, notices);
  await joinTerritories(communes, options, currentCodeOf, notices);
  return { communes, neighbours, epcis, currentCodeOf };
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
  notices: NoticeList,
): string[] {
  if (options.communeCodes !== undefined) {
    const codes = options.communeCodes.map((code) => currentCode(code, polygonsOfCode, french, notices));
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
  throw new UsageError('no polygon belongs to the département of the study', {
    file: paths[0],
    value: departement,
    remedy: `The files hold communes of ${[...new Set([...polygonsOfCode.keys()].map(departementOf))].sort().slice(0, 10).join(', ')}: check departement, or give its polygons.`,
  });
}

function currentCode(
  code: string,
  polygonsOfCode: ReadonlyMap<string, CommunePolygon[]>,
  french: Decoupage | undefined,
  notices: NoticeList,
): string {
  if (french?.findCommune(code) !== undefined) return code;
  const current = french?.currentCodeOf().get(code);
  if (current !== undefined) {
    notices.add({
      code: 'commune-code-changed',
      severity: 'info',
      message: 'commune_codes names a commune by a former code',
      action: `read as ${current}`,
      id: code,
    });
    return current;
  }
  if (polygonsOfCode.has(code)) return code;
  throw new UsageError('commune_codes names an unknown commune', {
    value: code,
    remedy: 'Use INSEE codes of five characters in quotes ("01004", "2A004"), or codes of the polygon files.',
  });
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
  notices: NoticeList,
): Promise<Commune> {
  const commune = describeCommune(code, polygons, french);
  const parts: Array<{ polygon: CommunePolygon; geometry: Polygon | MultiPolygon }> = [];
  for (const polygon of withoutRepeats(code, polygons, notices)) {
    const { geometry, defects } = await repairPolygon(polygon.geometry);
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

function noticeMissingGeometry(communes: readonly Commune[], notices: NoticeList): void {
  for (const commune of communes) {
    if (commune.geometry !== undefined) continue;
    notices.add({
      code: 'commune-without-geometry',
      severity: 'warning',
      message: `no polygon of the files is that of ${commune.nom}`,
      action: 'kept in the tables; only cells that name the commune count in it',
      id: commune.code,
    });
  }
}

/** EPCI of the communes: the user's table, else the package, else what the polygon says. */
async function joinEpcis(
  communes: Commune[],
  polygonsOfCode: ReadonlyMap<string, CommunePolygon[]>,
  french: Decoupage | undefined,
  options: CommuneOptions,
  currentCodeOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): Promise<Epci[]> {
  const nomOfEpci = new Map<string, string>();
  const epciOfCommune = new Map<string, string>();
  for (const commune of communes) {
    const own = polygonsOfCode.get(commune.code)?.find((polygon) => polygon.epci !== undefined);
    if (own?.epci === undefined) continue;
    epciOfCommune.set(commune.code, own.epci);
    nomOfEpci.set(own.epci, own.epciNom ?? own.epci);
  }
  const official = communes.filter((commune) => french?.findCommune(commune.code) !== undefined);
  for (const epci of french?.findEpcis(official.map((commune) => commune.code)) ?? []) {
    nomOfEpci.set(epci.code, epci.nom);
    for (const code of epci.communeCodes) epciOfCommune.set(code, epci.code);
  }
  for (const row of await readEpciTable(options.epci ?? [], currentCodeOf, notices)) {
    epciOfCommune.set(row.commune, row.epci);
    nomOfEpci.set(row.epci, row.nom);
  }
  const used = new Set<string>();
  for (const commune of communes) {
    commune.epci = epciOfCommune.get(commune.code);
    if (commune.epci !== undefined) used.add(commune.epci);
  }
  return [...used].sort().map((code) => ({ code, nom: nomOfEpci.get(code) ?? code }));
}

async function joinTerritories(
  communes: Commune[],
  options: CommuneOptions,
  currentCodeOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): Promise<void> {
  const paths = options.territories ?? [];
  if (paths.length === 0) return;
  const territoireOf = await readTerritories(paths, currentCodeOf, notices);
  const without: string[] = [];
  for (const commune of communes) {
    commune.territoire = territoireOf.get(commune.code);
    if (commune.territoire === undefined) without.push(commune.code);
  }
  if (without.length === 0) return;
  notices.add({
    code: 'communes-without-territory',
    severity: 'warning',
    message: `${without.length} communes stand in no row of the table of territories`,
    action: 'counted in the département, in no territoire',
    file: basename(paths[0]),
    value: without.slice(0, 10).join(', '),
  });
}

function sumPopulation(polygons: readonly CommunePolygon[]): number | undefined {
  const known = polygons.flatMap((polygon) => (polygon.population === undefined ? [] : [polygon.population]));
  return known.length === 0 ? undefined : known.reduce((sum, people) => sum + people, 0);
}
