/**
 * The département's own indicators, as its action sheets state them: CSV `indicateur;unite;annee;cible;realise;
 * calcul`, one row per indicator and year. `cible` and `realise` are in the unit (30 is 30 where it is `%`);
 * `calcul` names what the tool computes where `realise` is blank.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { findNearest } from '../study/suggest.ts';
import { type CsvRecord, type CsvTable, readCsv } from './csv.ts';
import { readNumber } from './numbers.ts';
import { isOwnResult } from './own-results.ts';
import { noticeUnusedColumns } from './unused-columns.ts';

/** What the tool can compute, in the unit that it is computed in: a share in `%`, or a number. */
export const CALCULATIONS = {
  part_ccas_convention: '%',
  part_petites_communes_relais: '%',
  part_structures_charte: '%',
  nombre_structures_engagees: '',
} as const;

export type Calculation = keyof typeof CALCULATIONS;

export interface SheetRow {
  indicateur: string;
  /** `%`, or any word; '' where none is given. */
  unite: string;
  annee: number;
  /** In the unit; undefined where the table gives none. */
  cible: number | undefined;
  realise: number | undefined;
  calcul: Calculation | undefined;
  file: string;
  row: number;
}

const INDICATEUR = ['indicateur', 'indicator', 'nom', 'libelle', 'indicateur_suivi', 'intitule'] as const;
const UNITE = ['unite', 'unit', 'unite_mesure'] as const;
const ANNEE = ['annee', 'year', 'an', 'exercice', 'millesime'] as const;
const CIBLE = ['cible', 'target', 'valeur_cible', 'objectif', 'prevu'] as const;
const REALISE = ['realise', 'achieved', 'valeur_realisee', 'resultat', 'atteint', 'valeur'] as const;
const CALCUL = ['calcul', 'calculation', 'mode_calcul'] as const;
const MODE = ['mode'] as const;
const KNOWN_COLUMNS = [...INDICATEUR, ...UNITE, ...ANNEE, ...CIBLE, ...REALISE, ...CALCUL];

/** Rows of all files in their order. Throws a UsageError where a column is missing or a calculation is unknown. */
export async function readActionSheets(paths: readonly string[], notices: NoticeList): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const unitOfIndicator = new Map<string, string>();
  const seen = new Set<string>();
  for (const path of paths) {
    const table = await readCsv(path, KNOWN_COLUMNS, notices);
    const readRow = rowReader(path, table, notices);
    for (const record of withoutRates(path, table, notices)) {
      const row = readRow(record);
      if (row === undefined) continue;
      const key = `${row.indicateur}\n${row.annee}`;
      if (seen.has(key)) {
        addNotice(
          notices,
          row,
          'target-repeated',
          'the indicator has this year twice',
          'row left out',
          `${row.annee}`,
        );
        continue;
      }
      seen.add(key);
      rows.push(withUnit(row, unitOfIndicator, notices));
    }
  }
  return rows;
}

/** `suivi.csv` given back: its rows of rates, one a mode, are what the study computes itself. */
function withoutRates(path: string, { header, records }: CsvTable, notices: NoticeList): CsvRecord[] {
  if (!isOwnResult(header)) return records;
  const modeField = header.find(...MODE);
  const kept = records.filter(({ fields }) => fields[modeField] === '');
  if (kept.length < records.length) {
    notices.add({
      code: 'target-rows-of-rates',
      severity: 'info',
      message: `${records.length - kept.length} rows state rates of coverage, which the study computes`,
      action: 'rows left out',
      file: basename(path),
    });
  }
  return kept;
}

/** One unit an indicator: that of its first row. */
function withUnit(row: SheetRow, unitOfIndicator: Map<string, string>, notices: NoticeList): SheetRow {
  const unit = unitOfIndicator.get(row.indicateur);
  if (unit === undefined) unitOfIndicator.set(row.indicateur, row.unite);
  else if (row.unite !== unit) {
    if (row.unite !== '') {
      addNotice(
        notices,
        row,
        'target-unit-changes',
        'the indicator has another unit in an earlier row',
        `read as ${unit === '' ? 'without unit' : unit}`,
        row.unite,
      );
    }
    return { ...row, unite: unit };
  }
  return row;
}

function rowReader(
  path: string,
  { header, records, marks }: CsvTable,
  notices: NoticeList,
): (record: CsvRecord) => SheetRow | undefined {
  const indicateurField = header.get('indicator', ...INDICATEUR);
  const anneeField = header.get('year', ...ANNEE);
  const cibleField = header.get('target', ...CIBLE);
  const [uniteField, realiseField, calculField] = [UNITE, REALISE, CALCUL].map((names) =>
    header.find(...names),
  );
  const groups = [INDICATEUR, UNITE, ANNEE, CIBLE, REALISE, CALCUL];
  noticeUnusedColumns(header, records, { groups }, notices);
  return ({ fields, line }) => {
    const get = (field: number): string => (field < 0 ? '' : fields[field]!.trim());
    const indicateur = get(indicateurField);
    const place = { file: path, row: line, indicateur };
    const annee = get(anneeField);
    if (indicateur === '' || !/^(19|20)\d\d$/.test(annee)) {
      const message = indicateur === '' ? 'the row names no indicator' : 'the year is no year of four digits';
      addNotice(notices, place, 'target-row-unreadable', message, 'row left out', annee);
      return undefined;
    }
    const calcul = readCalculation(path, line, get(calculField));
    const read = (field: number, what: string): { value: number | undefined; isPercent: boolean } => {
      const text = get(field);
      const isPercent = text.endsWith('%');
      const value = readNumber(
        isPercent ? text.slice(0, -1) : text,
        header.dialect.separator,
        marks.thousandMarkOf(field),
      );
      if (typeof value === 'number' && Number.isFinite(value)) {
        if (value < 0)
          addNotice(notices, place, 'target-negative', `${what} is negative`, 'read as it stands', text);
        return { value, isPercent };
      }
      if (value !== 'empty') {
        addNotice(
          notices,
          place,
          'target-number-unreadable',
          `${what} is no number`,
          'read as missing',
          text,
        );
      }
      return { value: undefined, isPercent: false };
    };
    const cible = read(cibleField, 'cible');
    const realise = read(realiseField, 'realise');
    const unite = readUnit(get(uniteField), cible.isPercent || realise.isPercent, calcul);
    if (calcul !== undefined && CALCULATIONS[calcul] === '%' && unite !== '%') {
      throw new Fault('target-unit-no-percent', { file: path, line, value: unite }, { calculation: calcul });
    }
    return { ...place, unite, annee: Number(annee), cible: cible.value, realise: realise.value, calcul };
  };
}

/** `pourcentage`, `pour cent`, `%`; blank where values or the calculation say it. */
function readUnit(text: string, isPercent: boolean, calcul: Calculation | undefined): string {
  if (/^(%|pour ?cent(age)?|pct)$/i.test(text)) return '%';
  if (text !== '') return text;
  return isPercent || (calcul !== undefined && CALCULATIONS[calcul] === '%') ? '%' : '';
}

function readCalculation(file: string, line: number, text: string): Calculation | undefined {
  if (text === '' || text === '-') return undefined;
  if (text in CALCULATIONS) return text as Calculation;
  const known = Object.keys(CALCULATIONS);
  const nearest = findNearest(text, known);
  throw new Fault(
    'target-calculation-unknown',
    { file, line, value: text },
    { nearest, known: known.join(', ') },
  );
}

function addNotice(
  notices: NoticeList,
  { file, row, indicateur }: Pick<SheetRow, 'file' | 'row' | 'indicateur'>,
  code: string,
  message: string,
  action: string,
  value: string,
): void {
  notices.add({
    code,
    severity: 'warning',
    message,
    action,
    file: basename(file),
    row,
    id: indicateur,
    value,
  });
}
