/**
 * The user's own tables of communes: `commune;epci;nom` and `commune;territoire`. Codes that have changed are
 * followed to today's commune; a commune that stands in two territories keeps the first, with a notice.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { CodeResolver, type CommuneCodes, restoreCode } from './commune-codes.ts';
import { type CsvTable, readCsv } from './csv.ts';

export interface EpciRow {
  commune: string;
  /** Undefined where the table says that the commune has none. */
  epci: string | undefined;
  nom: string;
}

/** Normalised names of the column of the commune's code. */
export const COMMUNE_COLUMNS = [
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
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<EpciRow[]> {
  const rows: EpciRow[] = [];
  for (const path of paths) {
    const { header, records } = await readCsv(path, [...COMMUNE_COLUMNS, ...EPCI, ...EPCI_NOM], notices);
    const communeField = header.get('commune', ...COMMUNE_COLUMNS);
    const epciField = header.get('EPCI', ...EPCI);
    const nomField = header.find(...EPCI_NOM);
    const resolver = new CodeResolver(
      codes,
      records.map(({ fields }) => restoreCode(fields[communeField])),
    );
    for (const { fields, line } of records) {
      const epci = fields[epciField];
      const code = restoreCode(fields[communeField]);
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
      const nom = nomField < 0 || fields[nomField] === '' ? epci : fields[nomField];
      for (const commune of resolver.resolve(code)) {
        rows.push({ commune, epci: isNoEpci(epci) ? undefined : epci, nom });
      }
    }
  }
  return rows;
}

/** Commune code -> territoire. */
export async function readTerritories(
  paths: readonly string[],
  codes: CommuneCodes,
  notices: NoticeList,
): Promise<Map<string, string>> {
  const territoireOf = new Map<string, string>();
  for (const path of paths) {
    const table = await readCsv(path, [...COMMUNE_COLUMNS, ...TERRITOIRE], notices);
    addTerritories(path, table, territoireOf, codes, notices);
  }
  return territoireOf;
}

function addTerritories(
  path: string,
  { header, records }: CsvTable,
  territoireOf: Map<string, string>,
  codes: CommuneCodes,
  notices: NoticeList,
): void {
  const communeField = header.get('commune', ...COMMUNE_COLUMNS);
  const territoireField = header.get('territoire', ...TERRITOIRE);
  const resolver = new CodeResolver(
    codes,
    records.map(({ fields }) => restoreCode(fields[communeField])),
  );
  for (const { fields, line } of records) {
    const code = restoreCode(fields[communeField]);
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
    for (const commune of resolver.resolve(code)) {
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
