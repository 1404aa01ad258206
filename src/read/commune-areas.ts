/**
 * The areas that communes belong to: EPCI, cantons, territoires d'action sociale. Each comes from the user's table
 * where the study names one; EPCI else from the official list, else from what the polygons say; cantons else from
 * the polygons.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { type CantonOfCommune, joinCantons, readCanton, readCantonTable } from './commune-cantons.ts';
import type { CommuneCodes } from './commune-codes.ts';
import type { CommunePolygon } from './commune-polygons.ts';
import { type Decoupage, departementOf } from './decoupage.ts';
import type { Canton, Commune, Epci } from './records.ts';
import { readEpciTable, readTerritories } from './territories.ts';

export interface AreaTables {
  /** CSVs `commune;epci;nom`, in place of the package's EPCI for the communes they name. */
  epci?: readonly string[] | undefined;
  /** CSVs `commune;territoire`. */
  territories?: readonly string[] | undefined;
  /** CSVs `commune;canton;nom`, in place of the cantons of the polygons for the communes they name. */
  cantons?: readonly string[] | undefined;
}

type PolygonsOfCode = ReadonlyMap<string, readonly CommunePolygon[]>;

/** Sets the EPCI of the communes; returns those that any of them has, by code. */
export async function joinEpcis(
  communes: readonly Commune[],
  polygonsOfCode: PolygonsOfCode,
  french: Decoupage | undefined,
  tables: AreaTables,
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<Epci[]> {
  const nomOfEpci = new Map<string, string>();
  const epciOfCommune = new Map<string, string | undefined>();
  for (const commune of communes) {
    const own = polygonsOfCode.get(commune.code)?.find((polygon) => polygon.epcis.length > 0);
    if (own === undefined) continue;
    epciOfCommune.set(commune.code, own.epcis[0]);
    nomOfEpci.set(own.epcis[0], own.epciNom ?? own.epcis[0]);
  }
  const official = new Set(
    communes.map(({ code }) => code).filter((code) => french?.hasCommune(code) === true),
  );
  // Of an official commune the list is right, also where it has none: islands.
  for (const code of official) epciOfCommune.delete(code);
  for (const epci of french?.findEpcis(official) ?? []) {
    nomOfEpci.set(epci.code, epci.nom);
    for (const code of epci.communeCodes) if (official.has(code)) epciOfCommune.set(code, epci.code);
  }
  noticeOtherEpcis(official, polygonsOfCode, epciOfCommune, notices);
  for (const row of await readEpciTable(tables.epci ?? [], codes, notices)) {
    epciOfCommune.set(row.commune, row.epci);
    if (row.epci !== undefined) nomOfEpci.set(row.epci, row.nom);
  }
  const used = new Set<string>();
  for (const commune of communes) {
    commune.epci = epciOfCommune.get(commune.code);
    if (commune.epci !== undefined) used.add(commune.epci);
  }
  return [...used].sort().map((code) => ({ code, nom: nomOfEpci.get(code) ?? code }));
}

/** Boundary files are of their year: where theirs is another EPCI, the list of today counts. */
function noticeOtherEpcis(
  official: ReadonlySet<string>,
  polygonsOfCode: PolygonsOfCode,
  epciOfCommune: ReadonlyMap<string, string | undefined>,
  notices: NoticeList,
): void {
  const others: string[] = [];
  let file = '';
  for (const code of official) {
    const own = polygonsOfCode.get(code)?.find((polygon) => polygon.code === code);
    if (own === undefined || own.epcis.length === 0) continue;
    const listed = epciOfCommune.get(code);
    if (listed !== undefined && own.epcis.includes(listed)) continue;
    others.push(code);
    file = own.file;
  }
  if (others.length === 0) return;
  notices.add({
    code: 'polygons-of-other-epci',
    severity: 'info',
    message: `${others.length} communes stand in another EPCI in the boundary file than in the official list`,
    action: 'the official list counts; a table under epci would count before both',
    count: others.length,
    file: basename(file),
    value: others.slice(0, 10).join(', '),
  });
}

/** Sets the cantons of the communes; returns those that any of them has, by code. */
export async function joinCommuneCantons(
  communes: readonly Commune[],
  polygonsOfCode: PolygonsOfCode,
  tables: AreaTables,
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<Canton[]> {
  const paths = tables.cantons ?? [];
  const { cantonOf, nomOfCanton } = await readCantonTable(paths, codes, notices);
  const used = new Set<string>();
  const split: string[] = [];
  const without: string[] = [];
  for (const commune of communes) {
    const canton = cantonOf.get(commune.code) ?? cantonOfPolygons(commune, polygonsOfCode, nomOfCanton);
    if (canton === undefined) without.push(commune.code);
    else if (canton === 'split') split.push(commune.code);
    else {
      commune.canton = canton.code;
      used.add(canton.code);
    }
  }
  if (used.size > 0 || split.length > 0) noticeWithoutCanton(communes, split, without, notices);
  return [...used].sort().map((code) => ({ code, nom: nomOfCanton.get(code) ?? code }));
}

/** The commune's own polygon, else the polygons that were joined to it where they agree. */
function cantonOfPolygons(
  commune: Commune,
  polygonsOfCode: PolygonsOfCode,
  nomOfCanton: Map<string, string>,
): CantonOfCommune | undefined {
  const polygons = polygonsOfCode.get(commune.code) ?? [];
  const own = polygons.filter((polygon) => polygon.code === commune.code && polygon.canton !== undefined);
  let canton: CantonOfCommune | undefined;
  for (const polygon of own.length > 0 ? own : polygons) {
    const one = readCanton(polygon.canton, commune.code);
    if (one === undefined) continue;
    canton = joinCantons(canton, one);
    if (one !== 'split' && polygon.cantonNom !== undefined && !nomOfCanton.has(one.code)) {
      nomOfCanton.set(one.code, polygon.cantonNom);
    }
  }
  return canton;
}

function noticeWithoutCanton(
  communes: readonly Commune[],
  split: readonly string[],
  without: readonly string[],
  notices: NoticeList,
): void {
  const nomOfCode = new Map(communes.map(({ code, nom }) => [code, nom]));
  for (const code of split) {
    notices.add({
      code: 'commune-of-several-cantons',
      severity: 'warning',
      message: `${nomOfCode.get(code)} is shared by several cantons, or in none`,
      action: 'counted in no canton: its people cannot be shared out',
      id: code,
    });
  }
  if (without.length === 0) return;
  notices.add({
    code: 'communes-without-canton',
    severity: 'warning',
    message: `of ${without.length} communes nothing says their canton`,
    action: 'counted in no canton',
    count: without.length,
    value: without.slice(0, 10).join(', '),
  });
}

/** Sets the territoires of the communes. */
export async function joinTerritories(
  communes: readonly Commune[],
  neighbours: readonly Commune[],
  tables: AreaTables,
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<void> {
  const paths = tables.territories ?? [];
  if (paths.length === 0) return;
  const territoireOf = await readTerritories(paths, codes, notices);
  const without: string[] = [];
  for (const commune of communes) {
    commune.territoire = territoireOf.get(commune.code);
    if (commune.territoire === undefined) without.push(commune.code);
  }
  const file = basename(paths[0]);
  noticeUnknown(communes, neighbours, territoireOf, file, notices);
  if (without.length === 0) return;
  notices.add({
    code: 'communes-without-territory',
    severity: 'warning',
    message: `${without.length} communes stand in no row of the table of territories`,
    action: 'counted in the département, in no territoire',
    count: without.length,
    file,
    value: without.slice(0, 10).join(', '),
  });
}

/** Codes of the study's départements that are no commune: mistyped, most likely. */
function noticeUnknown(
  communes: readonly Commune[],
  neighbours: readonly Commune[],
  territoireOf: ReadonlyMap<string, string>,
  file: string,
  notices: NoticeList,
): void {
  const known = new Set([...communes, ...neighbours].map(({ code }) => code));
  const departements = new Set(communes.map(({ code }) => departementOf(code)));
  const unknown = [...territoireOf.keys()].filter(
    (code) => !known.has(code) && departements.has(departementOf(code)),
  );
  for (const code of unknown) {
    notices.add({
      code: 'territory-commune-unknown',
      severity: 'warning',
      message: 'the table of territories names a code that no commune of the study bears',
      action: 'row without effect',
      file,
      id: code,
      value: territoireOf.get(code)!,
    });
  }
}
