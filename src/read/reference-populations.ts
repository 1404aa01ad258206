/**
 * Populations de référence (INSEE, `donnees_communes.csv`) -> people by current commune. Headers of all years:
 * `COM;Commune;PMUN` (the code in COM), and before `CODDEP;CODCOM;COM;PMUN` (a name in COM, the code in two
 * parts); also `code_insee;population` of one's own. The file holds the arrondissements of Paris, Lyon and
 * Marseille, not the whole communes: they are added up, as are communes that have merged since.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { type CsvHeader, type CsvRecord, readCsv } from './csv.ts';
import { officialDecoupage } from './decoupage.ts';
import { absurdPopulation, isAbsurdPopulation, readNumber } from './numbers.ts';
import { isCommuneTableColumn } from './official-columns.ts';
import { isOwnResult } from './own-results.ts';
import { COMMUNE_NAME_COLUMNS, readCommuneColumn } from './table-communes.ts';
import { noticeUnusedColumns } from './unused-columns.ts';
import { restoreCode } from './written-codes.ts';

const CODE_COLUMNS = [
  'com',
  'code_insee',
  'insee_code',
  'code_commune',
  'codgeo',
  'depcom',
  'insee_com',
  'insee',
  'code',
] as const;
const DEPARTEMENT_COLUMNS = ['coddep', 'dep', 'code_departement'] as const;
const PART_COLUMNS = ['codcom'] as const;
const POPULATION_COLUMNS = [
  'pmun',
  'population_municipale',
  'population',
  'pop_mun',
  'pop_municipale',
  'pop',
  'habitants',
] as const;

const COMMUNE_CODE = /^(\d{4,5}|\d[AB]\d{3})$/;

export interface ReferencePopulations {
  /** Current commune code -> municipal population. */
  peopleOfCommune: ReadonlyMap<string, number>;
  total: number;
}

/** Throws a UsageError where the columns are missing, or no row is usable. */
export async function readReferencePopulations(
  path: string,
  notices: NoticeList,
): Promise<ReferencePopulations> {
  const known = [
    ...COMMUNE_NAME_COLUMNS,
    ...CODE_COLUMNS,
    ...DEPARTEMENT_COLUMNS,
    ...PART_COLUMNS,
    ...POPULATION_COLUMNS,
  ];
  const { header, records: allRecords, marks } = await readCsv(path, known, notices);
  const populationField = header.get('municipal population', ...POPULATION_COLUMNS);
  const readCode = codeReader(header);
  const records = withoutOtherModes(path, header, allRecords, readCode, notices);
  const rows = records.map((record) => ({
    text: readCode(record) ?? '',
    name: readName(header, record),
    line: record.line,
  }));
  // A postal code of several communes tells no one's population.
  const codesOfRow = readCommuneColumn(path, rows, false, notices);
  const groups = [CODE_COLUMNS, DEPARTEMENT_COLUMNS, PART_COLUMNS, POPULATION_COLUMNS];
  noticeUnusedColumns(header, records, { groups, isOfficial: isCommuneTableColumn }, notices);
  const thousandMark = marks.countMarkOf(populationField);
  const currentCodeOf = officialDecoupage().currentCodeOf();
  const peopleOfCommune = new Map<string, number>();
  const seen = new Set<string>();
  let total = 0;
  for (const [position, record] of records.entries()) {
    const own = codesOfRow[position]!;
    // Left out and told already.
    if (own.length === 0) continue;
    const code = own[0] === '' ? undefined : own[0];
    const people = readNumber(record.fields[populationField], header.dialect.separator, thousandMark);
    if (typeof people === 'number' && isAbsurdPopulation(people)) {
      throw absurdPopulation(path, record.line, record.fields[populationField]);
    }
    const fault = faultOf(code, people, seen);
    if (fault !== undefined || code === undefined || typeof people !== 'number') {
      notices.add({
        code: 'reference-population-unreadable',
        severity: 'warning',
        message: fault ?? 'the row is not readable',
        action: 'row left out',
        file: basename(path),
        row: record.line,
        ...(code === undefined ? {} : { id: code }),
        value: record.fields[populationField],
      });
      continue;
    }
    seen.add(code);
    const current = currentCodeOf.get(code) ?? code;
    peopleOfCommune.set(current, (peopleOfCommune.get(current) ?? 0) + people);
    total += people;
  }
  if (peopleOfCommune.size > 0) return { peopleOfCommune, total };
  throw new Fault('reference-populations-missing', { file: path });
}

/** `communes.csv` given back: its rows of further modes state the same people again. */
function withoutOtherModes(
  path: string,
  header: CsvHeader,
  records: CsvRecord[],
  readCode: (record: CsvRecord) => string | undefined,
  notices: NoticeList,
): CsvRecord[] {
  if (!isOwnResult(header)) return records;
  const modeField = header.find('mode');
  const modeOfCommune = new Map<string, string>();
  const kept = records.filter((record) => {
    const [commune, mode] = [readCode(record) ?? '', record.fields[modeField]!];
    const first = modeOfCommune.get(commune) ?? mode;
    modeOfCommune.set(commune, first);
    return first === mode;
  });
  if (kept.length < records.length) {
    notices.add({
      code: 'reference-rows-of-modes',
      severity: 'info',
      message: `${records.length - kept.length} rows repeat communes for other modes`,
      action: 'read once',
      count: records.length - kept.length,
      file: basename(path),
    });
  }
  return kept;
}

/** The name beside a code; a column that may be the code's own is none. */
function readName(header: CsvHeader, { fields }: CsvRecord): string {
  const field = header.find(...COMMUNE_NAME_COLUMNS, 'commune');
  return field < 0 ? '' : fields[field]!.trim();
}

function faultOf(
  code: string | undefined,
  people: ReturnType<typeof readNumber>,
  seen: ReadonlySet<string>,
): string | undefined {
  if (code === undefined) return 'the code of the commune is not readable';
  if (typeof people !== 'number') return 'the population is not a number';
  if (people < 0) return 'the population is negative';
  return seen.has(code) ? 'the commune stands twice' : undefined;
}

/** The five-character code of a row, from one column or from département and commune. */
function codeReader(header: CsvHeader): (record: CsvRecord) => string | undefined {
  const codeField = header.find(...CODE_COLUMNS);
  const departementField = header.find(...DEPARTEMENT_COLUMNS);
  const partField = header.find(...PART_COLUMNS);
  const isInParts = departementField >= 0 && partField >= 0;
  if (codeField < 0 && !isInParts) header.get('code of the commune', ...CODE_COLUMNS);
  return ({ fields }) => {
    const whole = codeField < 0 ? '' : restoreCode(fields[codeField]).toUpperCase();
    if (COMMUNE_CODE.test(whole)) return whole;
    return isInParts ? joinCode(fields[departementField].toUpperCase(), fields[partField]) : undefined;
  };
}

/** `01` + `004`, `1` + `4` -> `01004`; overseas `971` + `01` and `971` + `101` -> `97101`. */
function joinCode(departement: string, part: string): string | undefined {
  const isOverseas = /^9[78]\d$/.test(departement);
  const code = isOverseas
    ? departement + part.slice(-2).padStart(2, '0')
    : departement.padStart(2, '0') + part.padStart(3, '0');
  return COMMUNE_CODE.test(code) && code.length === 5 && part !== '' ? code : undefined;
}
