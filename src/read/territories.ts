/**
 * The user's own tables of communes: `commune;epci;nom` and `commune;territoire`. Codes that have changed are
 * followed to today's commune; a commune that stands in two territories keeps the first, with a notice.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { type CsvTable, readCsv } from './csv.ts';

export interface EpciRow {
  commune: string;
  epci: string;
  nom: string;
}

const COMMUNE = [
  'commune',
  'code_commune',
  'code_insee',
  'insee',
  'insee_com',
  'codgeo',
  'com',
  'code',
] as const;
const EPCI = ['epci', 'code_epci', 'siren_epci', 'siren'] as const;
const EPCI_NOM = ['nom', 'nom_epci', 'libepci', 'libelle', 'raison_sociale'] as const;
const TERRITOIRE = ['territoire', 'nom_territoire', 'tas', 'territoire_action_sociale'] as const;

/** Rows of all files; later rows of a commune win, as later files do. */
export async function readEpciTable(
  paths: readonly string[],
  currentCodeOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): Promise<EpciRow[]> {
  const rows: EpciRow[] = [];
  for (const path of paths) {
    const { header, records } = await readCsv(path, [...COMMUNE, ...EPCI, ...EPCI_NOM], notices);
    const communeField = header.get('commune', ...COMMUNE);
    const epciField = header.get('EPCI', ...EPCI);
    const nomField = header.find(...EPCI_NOM);
    for (const { fields } of records) {
      const epci = fields[epciField];
      if (fields[communeField] === '' || epci === '') continue;
      const nom = nomField < 0 || fields[nomField] === '' ? epci : fields[nomField];
      rows.push({ commune: toCurrent(fields[communeField], currentCodeOf), epci, nom });
    }
  }
  return rows;
}

/** Commune code -> territoire. */
export async function readTerritories(
  paths: readonly string[],
  currentCodeOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): Promise<Map<string, string>> {
  const territoireOf = new Map<string, string>();
  for (const path of paths) {
    const table = await readCsv(path, [...COMMUNE, ...TERRITOIRE], notices);
    addTerritories(path, table, territoireOf, currentCodeOf, notices);
  }
  return territoireOf;
}

function addTerritories(
  path: string,
  { header, records }: CsvTable,
  territoireOf: Map<string, string>,
  currentCodeOf: ReadonlyMap<string, string>,
  notices: NoticeList,
): void {
  const communeField = header.get('commune', ...COMMUNE);
  const territoireField = header.get('territoire', ...TERRITOIRE);
  for (const { fields, line } of records) {
    const commune = toCurrent(fields[communeField], currentCodeOf);
    const territoire = fields[territoireField];
    const place = { file: basename(path), row: line, id: commune };
    if (commune === '' || territoire === '') {
      notices.add({
        code: 'territory-row-incomplete',
        severity: 'warning',
        message: 'the row lacks its commune or its territoire',
        action: 'row left out',
        ...place,
      });
      continue;
    }
    const before = territoireOf.get(commune);
    if (before !== undefined && before !== territoire) {
      notices.add({
        code: 'commune-in-two-territories',
        severity: 'warning',
        message: `the commune stands in ${before} and in ${territoire}`,
        action: `kept in ${before}`,
        ...place,
      });
      continue;
    }
    territoireOf.set(commune, territoire);
  }
}

/** Restores a leading zero that a spreadsheet ate, then follows changes of code. */
function toCurrent(code: string, currentCodeOf: ReadonlyMap<string, string>): string {
  const padded = /^\d{4}$/.test(code) ? `0${code}` : code.toUpperCase();
  return currentCodeOf.get(padded) ?? padded;
}
