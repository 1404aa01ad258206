/**
 * The user's own tables of communes: `commune;epci;nom` and `commune;territoire`. Codes that have changed are
 * followed to today's commune; a commune that stands in two territories keeps the first, with a notice.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { CodeResolver, type CommuneCodes } from './commune-codes.ts';
import { type CsvTable, readCsv } from './csv.ts';
import { isCommuneTableColumn } from './official-columns.ts';
import {
  communeRows,
  findCommuneFields,
  readCommuneColumn,
  TABLE_COMMUNE_COLUMNS,
} from './table-communes.ts';
import { noticeUnusedColumns } from './unused-columns.ts';

export interface EpciRow {
  commune: string;
  /** Undefined where the table says that the commune has none. */
  epci: string | undefined;
  nom: string;
}

const EPCI = ['epci', 'code_epci', 'epci_code', 'siren_epci', 'n_siren', 'siren'] as const;
/** Beside the name of its own the EPCI's may stand, so `nom` comes last. */
const EPCI_NOM = [
  'nom_epci',
  'epci_name',
  'libepci',
  'lib_epci',
  'libelle_epci',
  'raison_sociale',
  'nom',
  'name',
  'libelle',
] as const;
const TERRITOIRE = [
  'territoire',
  'territory',
  'nom_territoire',
  'libelle_territoire',
  'lib_territoire',
  'tas',
  'territoire_action_sociale',
  'territoire_solidarites',
  'secteur',
] as const;

/** Rows of all files; later rows of a commune win, as later files do. */
export async function readEpciTable(
  paths: readonly string[],
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<EpciRow[]> {
  const rows: EpciRow[] = [];
  for (const path of paths) {
    const table = await readCsv(path, [...TABLE_COMMUNE_COLUMNS, ...EPCI, ...EPCI_NOM], notices);
    const { header, records } = table;
    const codesOfRow = readCommuneColumn(path, communeRows(table, findCommuneFields(table)), true, notices);
    const epciField = header.get('EPCI', ...EPCI);
    const nomField = header.find(...EPCI_NOM);
    const groups = [TABLE_COMMUNE_COLUMNS, EPCI, EPCI_NOM];
    noticeUnusedColumns(header, records, { groups, isOfficial: isCommuneTableColumn }, notices);
    const resolver = new CodeResolver(codes, codesOfRow.flat());
    for (const [position, { fields, line }] of records.entries()) {
      const epci = fields[epciField];
      const own = codesOfRow[position]!;
      // Left out and told already.
      if (own.length === 0) continue;
      const code = own[0]!;
      if (code === '' || epci === '') {
        notices.add({
          code: 'epci-row-incomplete',
          severity: 'warning',
          message: 'the row lacks its commune or its EPCI',
          action: 'row left out',
          file: basename(path),
          row: line,
          id: code,
        });
        continue;
      }
      const isUnnamed = nomField >= 0 && fields[nomField] === '' && !isNoEpci(epci);
      if (isUnnamed) noticeUnnamed(path, line, epci, notices);
      const nom = nomField < 0 || fields[nomField] === '' ? epci : fields[nomField];
      for (const commune of own.flatMap((each) => resolver.resolve(each))) {
        rows.push({ commune, epci: isNoEpci(epci) ? undefined : epci, nom });
      }
    }
  }
  return rows;
}

/** A row whose name is blank beside others that have one: its columns may be shifted. */
export function noticeUnnamed(path: string, row: number, code: string, notices: NoticeList): void {
  notices.add({
    code: 'area-without-name',
    severity: 'info',
    message: 'the row names its area by its code alone',
    action: 'the code is shown in place of the name',
    file: basename(path),
    row,
    id: code,
  });
}

/** Commune code -> territoire. */
export async function readTerritories(
  paths: readonly string[],
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<Map<string, string>> {
  const territoireOf = new Map<string, string>();
  for (const path of paths) {
    const table = await readCsv(path, [...TABLE_COMMUNE_COLUMNS, ...TERRITOIRE], notices);
    addTerritories(path, table, territoireOf, codes, notices);
  }
  return territoireOf;
}

function addTerritories(
  path: string,
  table: CsvTable,
  territoireOf: Map<string, string>,
  codes: CommuneCodes,
  notices: NoticeList,
): void {
  const { header, records } = table;
  const codesOfRow = readCommuneColumn(path, communeRows(table, findCommuneFields(table)), true, notices);
  const territoireField = header.get('territoire', ...TERRITOIRE);
  const groups = [TABLE_COMMUNE_COLUMNS, TERRITOIRE];
  noticeUnusedColumns(header, records, { groups, isOfficial: isCommuneTableColumn }, notices);
  const resolver = new CodeResolver(codes, codesOfRow.flat());
  for (const [position, { fields, line }] of records.entries()) {
    const own = codesOfRow[position]!;
    // Left out and told already.
    if (own.length === 0) continue;
    const code = own[0]!;
    const territoire = fields[territoireField];
    const place = { file: basename(path), row: line, id: code };
    if (code === '' || territoire === '') {
      notices.add({
        code: 'territory-row-incomplete',
        severity: 'warning',
        message: 'the row lacks its commune or its territoire',
        action: 'row left out',
        ...place,
      });
      continue;
    }
    for (const commune of own.flatMap((each) => resolver.resolve(each))) {
      const before = territoireOf.get(commune);
      if (before === undefined || before === territoire) {
        territoireOf.set(commune, territoire);
        continue;
      }
      notices.add({
        code: 'commune-in-two-territories',
        severity: 'warning',
        message: `the commune stands in ${before} and in ${territoire}`,
        action: `kept in ${before}`,
        ...place,
      });
    }
  }
}

/** INSEE writes communes without EPCI as `ZZZZZZZZZ`, IGN as `NR`. */
export function isNoEpci(code: string): boolean {
  return code === '' || code === 'NR' || /^Z+$/.test(code);
}
