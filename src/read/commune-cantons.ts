/**
 * Which canton a commune lies in. Cantons are no union of communes: the large ones are cut up between several, and
 * lists say so in different ways (IGN `NR`, INSEE's pseudo-cantons, several codes). Such a commune is in no canton
 * here, for its people cannot be shared out; all others are in one.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { CodeResolver, type CommuneCodes } from './commune-codes.ts';
import { readCsv } from './csv.ts';
import { departementOf } from './decoupage.ts';
import { isCommuneTableColumn } from './official-columns.ts';
import {
  COMMUNE_COLUMNS,
  COMMUNE_NAME_COLUMNS,
  communeRows,
  findCommuneFields,
  readCommuneColumn,
  TABLE_COMMUNE_COLUMNS,
} from './table-communes.ts';
import { noticeUnnamed } from './territories.ts';
import { noticeUnusedColumns } from './unused-columns.ts';

/** A code of one canton; `split` where the list says that there is none, or are several. */
export type CantonOfCommune = { code: string } | 'split';

export interface CantonTable {
  cantonOf: Map<string, CantonOfCommune>;
  nomOfCanton: Map<string, string>;
}

const CANTON = ['canton', 'code_canton', 'can', 'insee_can', 'code_insee_du_canton', 'codcan'] as const;
const CANTON_NOM = [
  'nom_canton',
  'canton_nom',
  'canton_name',
  'libelle_canton',
  'lib_canton',
  'nom',
] as const;
/** Name in INSEE's list of cantons (`v_canton`), which names no commune. */
const CANTON_LIST_NOM = [...CANTON_NOM, 'libelle'] as const;
const TYPE = ['typecom'] as const;

/**
 * INSEE numbers the cantons of a département from 01. From 99 down stand communes cut up between cantons, from 89
 * down new communes across several (documentation of `v_commune`, column CAN).
 */
const FIRST_PSEUDO_CANTON = 80;

/** `18` of département 71, `7118`, `7118/7119`, `NR`; undefined where the text is blank. */
export function readCanton(text: string | undefined, communeCode: string): CantonOfCommune | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const codes = new Set(
    text
      .split(/[/,;|]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => completeCode(part, communeCode)),
  );
  const [code] = codes;
  if (codes.size !== 1 || /^N[RC]$/i.test(code)) return 'split';
  if (/^\w{2,3}\d{2}$/.test(code) && Number(code.slice(-2)) >= FIRST_PSEUDO_CANTON) return 'split';
  return { code };
}

/** Within a département cantons have two figures; names stand for themselves. */
function completeCode(part: string, communeCode: string): string {
  if (!/^(\d{1,5}|2[AB]\d{2})$/i.test(part)) return part;
  const departement = departementOf(communeCode);
  if (part.length <= 2) return `${departement}${part.padStart(2, '0')}`;
  return part.toUpperCase().padStart(departement.length + 2, '0');
}

/** CSVs `commune;canton;nom`, INSEE's `v_commune`, and `v_canton` for the names. */
export async function readCantonTable(
  paths: readonly string[],
  communeCodes: CommuneCodes,
  notices: NoticeList,
): Promise<CantonTable> {
  const table: CantonTable = { cantonOf: new Map(), nomOfCanton: new Map() };
  for (const path of paths) {
    const known = [...TABLE_COMMUNE_COLUMNS, ...CANTON, ...CANTON_LIST_NOM, ...TYPE];
    const read = await readCsv(path, known, notices);
    const { header, records } = read;
    const cantonField = header.get('canton', ...CANTON);
    const communeField = header.find(...COMMUNE_COLUMNS);
    const nomField = header.find(...(communeField < 0 ? CANTON_LIST_NOM : CANTON_NOM));
    const typeField = header.find(...TYPE);
    header.find(...COMMUNE_NAME_COLUMNS);
    const groups = [COMMUNE_COLUMNS, CANTON, CANTON_LIST_NOM, TYPE];
    noticeUnusedColumns(header, records, { groups, isOfficial: isCommuneTableColumn }, notices);
    const rows = records.filter(({ fields }) => typeField < 0 || fields[typeField] === 'COM');
    if (communeField < 0) {
      if (nomField < 0) header.get('commune', ...COMMUNE_COLUMNS);
      for (const { fields } of rows) table.nomOfCanton.set(fields[cantonField], fields[nomField]);
      continue;
    }
    const named = communeRows({ records: rows }, findCommuneFields(read));
    const codesOfRow = readCommuneColumn(path, named, true, notices);
    const resolver = new CodeResolver(communeCodes, codesOfRow.flat());
    rows.forEach(({ fields, line }, position) => {
      const own = codesOfRow[position]!;
      // Left out and told already.
      if (own.length === 0) return;
      const code = own[0]!;
      const canton = code === '' ? undefined : readCanton(fields[cantonField], code);
      if (canton === undefined) {
        notices.add({
          code: 'canton-row-incomplete',
          severity: 'warning',
          message: 'the row lacks its commune or its canton',
          action: 'row left out',
          file: basename(path),
          row: line,
          id: code,
        });
        return;
      }
      if (canton !== 'split' && nomField >= 0) {
        if (fields[nomField] === '') noticeUnnamed(path, line, canton.code, notices);
        else table.nomOfCanton.set(canton.code, fields[nomField]);
      }
      for (const commune of own.flatMap((each) => resolver.resolve(each))) {
        table.cantonOf.set(commune, joinCantons(table.cantonOf.get(commune), canton));
      }
    });
  }
  return table;
}

/** Of two statements about one commune: the same canton, or a commune that is split. */
export function joinCantons(a: CantonOfCommune | undefined, b: CantonOfCommune): CantonOfCommune {
  if (a === undefined) return b;
  return a === 'split' || b === 'split' || a.code !== b.code ? 'split' : a;
}
