/**
 * The column of communes of a user's table -> codes of communes: INSEE's as they stand (leading zeros restored),
 * postal codes in their place by the communes that they serve, and names where no code is given. The official list
 * is asked only where something in the column is no code of a commune, or where names stand beside the codes.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { CommuneNameIndex, foldCommuneName, isPartOfName, isSameName } from './commune-names.ts';
import type { CsvTable } from './csv.ts';
import { type Decoupage, departementOf, officialDecoupage } from './decoupage.ts';
import { cleanCode, restoreCode } from './written-codes.ts';

/** Normalised names of the column of the commune's code. */
export const COMMUNE_COLUMNS = [
  'commune',
  'code_commune',
  'code_insee',
  'insee_code',
  'code_insee_commune',
  'code_commune_insee',
  'codeinsee',
  'insee',
  'insee_com',
  'n_insee',
  'codgeo',
  'depcom',
  'com',
  'code',
] as const;
/** Of the column of its name, beside a code. */
export const COMMUNE_NAME_COLUMNS = [
  'nom_commune',
  'libelle_commune',
  'lib_com',
  'libgeo',
  'nom_com',
] as const;

export interface CommuneFields {
  code: number;
  /** -1: the table has none. */
  name: number;
}

/** `commune` may hold codes, or names beside a column of codes. Throws a UsageError where no column serves. */
export function findCommuneFields({ header, records }: CsvTable): CommuneFields {
  const [own, ...others] = COMMUNE_COLUMNS;
  const code = header.get('commune', ...COMMUNE_COLUMNS);
  const name = header.find(...COMMUNE_NAME_COLUMNS);
  if (header.find(own) !== code) return { code, name };
  const other = header.find(...others);
  const isNamed = other >= 0 && records.some(({ fields }) => isName(fields[code] ?? ''));
  return isNamed ? { code: other, name: code } : { code, name };
}

const CODE = /^(\d{4,5}|2[AB]\d{3})$/i;
/** Codes of other countries may hold letters too, names of communes no figures. */
const isName = (text: string) =>
  /\p{L}{2}/u.test(text) && (!/\d/.test(text) || /^(paris|lyon|marseille)\b/i.test(text.trim()));
/** Of known codes alone, so many that are postal codes too are no chance. */
const FEWEST_OF_POSTAL_COLUMN = 4;

const FEW_CODES = 10;

export interface CommuneRow {
  /** Code or name, as written. */
  text: string;
  /** Name beside a code; '' where there is none. */
  name: string;
  line: number;
}

/**
 * Row -> the codes that it stands for; several where a postal code serves several and no name tells which. Empty
 * where nothing tells.
 * @param takesSeveral false: a row of several communes is left out, as people cannot be shared out
 */
export function readCommuneColumn(
  path: string,
  rows: readonly CommuneRow[],
  takesSeveral: boolean,
  notices: NoticeList,
): string[][] {
  const column = new CommuneColumn(path, rows, takesSeveral, notices);
  return column.read();
}

/**
 * True where the codes of named rows are postal codes in the place of those of communes: of codes that the official
 * list does not know, else of codes that are all round as postal codes are, some serve the commune that the name
 * says. Foreign codes of five figures may be French postal codes by chance, but not with the name of the commune.
 */
export function holdsPostalCodes(rows: readonly CommuneRow[], decoupage: Decoupage): boolean {
  const servesNone = ({ text }: CommuneRow) => decoupage.communesOfPostalCode(restoreCode(text)).length === 0;
  const isKnown = (code: string) => decoupage.hasCommune(code) || decoupage.currentCodeOf().has(code);
  const french = rows.filter(({ text }) => CODE.test(text));
  // A search for each takes less time than to know all communes, of today and before.
  if (french.length <= FEW_CODES && french.every(servesNone)) return false;
  const unknown = french.filter(({ text }) => !isKnown(restoreCode(text)));
  const round = french.filter(({ text }) => text.endsWith('0'));
  const isRound = french.length >= FEWEST_OF_POSTAL_COLUMN && round.length >= 0.8 * french.length;
  const asked = unknown.length > 0 ? unknown : isRound ? round : [];
  return asked.some(({ text, name }) =>
    decoupage
      .communesOfPostalCode(restoreCode(text))
      .some((code) => code !== restoreCode(text) && isSameName(decoupage.findCommune(code)?.nom ?? '', name)),
  );
}

/**
 * True where the distinct codes of a column without names are postal codes: nearly all end in 0, which few codes of
 * communes do, and serve a commune.
 */
export function areAllPostalCodes(codes: readonly string[], decoupage: Decoupage): boolean {
  const french = codes.map(cleanCode).filter((text) => /^\d{4,5}$/.test(text));
  const round = french.filter((text) => text.endsWith('0'));
  if (french.length < FEWEST_OF_POSTAL_COLUMN || round.length < 0.8 * french.length) return false;
  return round.every((text) => decoupage.communesOfPostalCode(restoreCode(text)).length > 0);
}

/**
 * The same where the territory is known: all codes serve a commune, and as postal codes more of them are the
 * territory's than as codes of communes. So few codes tell, and those of Paris and Lyon, which are not round.
 */
export function arePostalCodesOf(
  territory: ReadonlySet<string>,
  codes: readonly string[],
  decoupage: Decoupage,
): boolean {
  const french = codes.map(restoreCode).filter((text) => /^(?!00)\d{5}$/.test(text));
  const own = french.filter((code) => territory.has(code));
  if (own.length === french.length) return false;
  const servesNone = (code: string) => decoupage.communesOfPostalCode(code).length === 0;
  if (french.some(servesNone)) return false;
  const servesOwn = (code: string) =>
    decoupage.communesOfPostalCode(code).some((served) => territory.has(served));
  return french.filter(servesOwn).length > own.length;
}

/** The rows of a table as `readCommuneColumn` takes them. */
export function communeRows(
  { records }: Pick<CsvTable, 'records'>,
  { code, name }: CommuneFields,
): CommuneRow[] {
  return records.map(({ fields, line }) => ({
    text: cleanCode(fields[code] ?? ''),
    name: name < 0 ? '' : (fields[name] ?? '').trim(),
    line,
  }));
}

class CommuneColumn {
  private readonly decoupage = officialDecoupage();
  private readonly postalRows: CommuneRow[] = [];
  private readonly namedRows: CommuneRow[] = [];
  private index: CommuneNameIndex | undefined;
  private departements: ReadonlySet<string> | undefined;

  constructor(
    private readonly path: string,
    private readonly rows: readonly CommuneRow[],
    private readonly takesSeveral: boolean,
    private readonly notices: NoticeList,
  ) {}

  read(): string[][] {
    const isPostal = this.isPostalColumn();
    const codes = this.rows.map((row) => this.readRow(row, isPostal));
    this.notice(
      'table-postal-codes',
      'warning',
      this.postalRows,
      'give postal codes in the place of the codes of communes',
      'read as the communes that they serve, by the name where one stands beside',
    );
    this.notice(
      'table-commune-names',
      'info',
      this.namedRows,
      'name the commune and give no code',
      'read by the name',
    );
    return codes;
  }

  private readRow(row: CommuneRow, isPostal: boolean): string[] {
    const { text, name } = row;
    if (text === '') return [''];
    if (isName(text)) return this.readName(row);
    const code = restoreCode(text);
    const isKnown = this.isKnown(code);
    if (isKnown && !isPostal && (name === '' || this.bearsName(code, name))) return [code];
    const served = this.servedBy(code);
    if (served.length === 0) return [code];
    const named = name === '' ? [] : served.filter((each) => this.bearsName(each, name));
    if (named.length === 0 && isKnown && !isPostal) return [code];
    this.postalRows.push(row);
    const found = named.length > 0 ? named : [...served];
    if (found.length > 1 && !this.takesSeveral) {
      this.noticeRow(row, `the postal code serves ${found.length} communes, and no name tells which`);
      return [];
    }
    return found;
  }

  private readName(row: CommuneRow): string[] {
    const folded = foldCommuneName(row.text);
    const isOf = (code: string) =>
      folded.departement === undefined || departementOf(code) === folded.departement;
    const found = this.names().find(folded).filter(isOf);
    const near = found.filter((code) => this.departementsOfRows().has(departementOf(code)));
    const codes = near.length > 0 ? near : found;
    if (codes.length === 1) {
      this.namedRows.push(row);
      return [codes[0]!];
    }
    const message =
      codes.length === 0
        ? `no commune is named ${row.text}`
        : `several communes are named ${row.text}: ${codes.slice(0, 6).join(', ')}`;
    this.noticeRow(row, message);
    return [];
  }

  /** Codes that are all postal codes, some of them no codes of communes or too many for chance. */
  private isPostalColumn(): boolean {
    const codes = [
      ...new Set(this.rows.filter(({ text }) => CODE.test(text)).map(({ text }) => restoreCode(text))),
    ];
    if (codes.length === 0) return false;
    const unknown = codes.filter((code) => !this.isKnown(code));
    if (unknown.length === 0) {
      // Codes of communes end in 0 as often as in any other figure; most postal codes do.
      const round = codes.filter((code) => code.endsWith('0')).length;
      if (codes.length < FEWEST_OF_POSTAL_COLUMN || round < 0.8 * codes.length) return false;
    } else if (unknown.every((code) => this.servedBy(code).length === 0)) return false;
    return codes.every((code) => this.servedBy(code).length > 0);
  }

  private isKnown(code: string): boolean {
    return this.decoupage.hasCommune(code) || this.decoupage.currentCodeOf().has(code);
  }

  private servedBy(code: string): readonly string[] {
    return /^(?!00)\d{5}$/.test(code) ? this.decoupage.communesOfPostalCode(code) : [];
  }

  private bearsName(code: string, name: string): boolean {
    const nom = this.decoupage.findCommune(code)?.nom;
    if (nom !== undefined && (isSameName(nom, name) || isPartOfName(name, nom))) return true;
    const current = this.decoupage.currentCodeOf().get(code) ?? code;
    return this.decoupage.names().some(([each, of]) => of === current && isSameName(each, name));
  }

  private names(): CommuneNameIndex {
    if (this.index === undefined) {
      this.index = new CommuneNameIndex();
      for (const [nom, code] of this.decoupage.names()) this.index.add(nom, code);
    }
    return this.index;
  }

  /** Départements of the rows whose name only one commune bears: those of the table. */
  private departementsOfRows(): ReadonlySet<string> {
    if (this.departements === undefined) {
      const found = this.rows
        .filter(({ text }) => isName(text))
        .map(({ text }) => this.names().find(foldCommuneName(text)))
        .filter(({ length }) => length === 1);
      this.departements = new Set(found.map(([code]) => departementOf(code!)));
    }
    return this.departements;
  }

  private notice(
    code: string,
    severity: 'info' | 'warning',
    rows: readonly CommuneRow[],
    what: string,
    action: string,
  ): void {
    const [first] = rows;
    if (first === undefined) return;
    this.notices.add({
      code,
      severity,
      message: `${rows.length} rows ${what}, the first of them here`,
      action,
      count: rows.length,
      file: basename(this.path),
      row: first.line,
      value: [first.text, first.name].filter((part) => part !== '').join(' '),
    });
  }

  private noticeRow({ text, name, line }: CommuneRow, message: string): void {
    this.notices.add({
      code: 'table-commune-not-found',
      severity: 'warning',
      message,
      action: 'row left out',
      file: basename(this.path),
      row: line,
      value: name === '' ? text : `${text} ${name}`,
    });
  }
}

/** The header's own names for both columns, to recognise them. */
export const TABLE_COMMUNE_COLUMNS = [...COMMUNE_COLUMNS, ...COMMUNE_NAME_COLUMNS];
