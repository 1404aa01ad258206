/** The workbook against the CSV files, read back by our own reader and, where it is installed, by LibreOffice. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindOfColumn, roundForPeople } from '../../src/report/column-kinds.ts';
import { titleColumn } from '../../src/report/column-titles.ts';
import {
  tabulateCommunes,
  tabulateTerritories,
  tabulateUncovered,
  writeCommunesCsv,
} from '../../src/report/coverage-tables.ts';
import type { Table } from '../../src/report/csv.ts';
import { tabulateStructures } from '../../src/report/structure-tables.ts';
import { writeReportWorkbook } from '../../src/report/workbook.ts';
import { nameColumn } from '../../src/report/xlsx-file.ts';
import { temporaryFolder } from '../run-cli.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';
import { type ReadXlsx, readXlsx } from './read-xlsx.ts';

const REPORT = makeUpReport(drawSquareCommunes());
const BYTES = writeReportWorkbook(REPORT);
const TABLES: ReadonlyArray<readonly [string, Table]> = [
  ['Communes', tabulateCommunes(REPORT)],
  ['Communes non couvertes', tabulateUncovered(REPORT)],
  ['Structures', tabulateStructures(REPORT)],
  ['Territoires', tabulateTerritories(REPORT)],
];

describe('classeur.xlsx', () => {
  let read: ReadXlsx;
  beforeAll(async () => {
    read = await readXlsx(BYTES);
  });

  it('has its six sheets, each with a frozen heading and a filter over its rows', () => {
    expect(read.sheets.map(({ name }) => name)).toEqual([
      'Indicateurs',
      'Communes',
      'Communes non couvertes',
      'Structures',
      'Territoires',
      'Méthode',
    ]);
    for (const { filter, frozenRows, rows } of read.sheets) {
      expect(filter).toMatch(new RegExp(`^A${frozenRows}:[A-Z]+${rows.length}$`));
    }
  });

  it.each(TABLES)('holds every value of the CSV of %s: numbers as numbers, texts as texts', (name, table) => {
    const { cells } = read.sheets.find((sheet) => sheet.name === name)!;
    table.rows.forEach((row, at) => {
      row.forEach((value, column) => {
        const cell = cells.get(`${nameColumn(column)}${at + 2}`)?.value;
        const expected = typeof value === 'boolean' ? (value ? 'oui' : 'non') : value;
        expect(cell).toBe(expected === '' ? undefined : expected);
      });
    });
    expect([...cells.keys()].filter((reference) => /^A\d/.test(reference)).length).toBe(
      table.rows.filter(([first]) => first !== undefined && first !== '').length + 1,
    );
  });

  it('has the headline of every mode with the figures of the result', () => {
    const [{ rows, frozenRows }] = read.sheets as [ReadXlsx['sheets'][number]];
    const modes = rows.slice(frozenRows);
    expect(modes.map((row) => row[2])).toEqual(
      REPORT.result.modes.map(({ whole }) => roundForPeople(whole.rate!, 'rate')),
    );
    expect(modes.map((row) => row[4])).toEqual(
      REPORT.result.modes.map(({ whole }) => roundForPeople(whole.populationCovered, 'people')),
    );
    expect(rows[2]).toEqual(['Territoire fictif : données inventées pour l’exemple.']);
  });

  it('has every parameter, every input with its licence, and the date in the method', () => {
    const text = read.sheets[5]!.rows.map((row) => row.join('|')).join('\n');
    for (const words of [
      'walk.speed_kph|4',
      'Licence Ouverte 2.0',
      'ab'.repeat(32),
      '6 octobre 2026',
      'ODbL',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('is the same bytes for the same report, without any date', () => {
    expect(Buffer.compare(writeReportWorkbook(makeUpReport(drawSquareCommunes())), BYTES)).toBe(0);
    expect(new Set(read.modified.map((date) => date.getFullYear()))).toEqual(new Set([1980]));
    expect([...read.elements].filter((name) => name.startsWith('dcterms'))).toEqual([]);
  });

  it.each([
    ['taux_couverture', 'Taux de couverture', 'rate'],
    ['temps_median_min', 'Temps médian (min)', 'minutes'],
    ['population_10_15_min', 'Population 10–15 min', 'people'],
    ['population_plus_45_min', 'Population plus de 45 min', 'people'],
    ['population_non_raccordee', 'Population non raccordée', 'people'],
    ['distance_structure_proche_m', 'Distance jusqu’à elle (m)', 'meters'],
    ['code_insee', 'Code INSEE', 'text'],
    ['lat', 'Latitude', 'degrees'],
  ])('titles the column %s', (name, title, style) => {
    expect(titleColumn(name, 'fr')).toBe(title);
    expect(kindOfColumn(name)).toBe(style);
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('names column %i', (index, name) => {
    expect(nameColumn(index)).toBe(name);
  });
});

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

describe.skipIf(!hasOffice)('classeur.xlsx in LibreOffice (skipped where soffice is not installed)', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  it('opens without repair and gives the figures of communes.csv', () => {
    const path = join(folder.path, 'classeur.xlsx');
    writeFileSync(path, BYTES);
    // Separator ;, quote ", UTF-8, from row 1, as values and not as shown, every sheet.
    const filter = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1';
    const profile = pathToFileURL(join(folder.path, 'profile')).href;
    const { status, stderr } = spawnSync(
      'soffice',
      [
        `-env:UserInstallation=${profile}`,
        '--headless',
        '--convert-to',
        filter,
        '--outdir',
        folder.path,
        path,
      ],
      { encoding: 'utf8', timeout: 150_000 },
    );
    expect(status, stderr).toBe(0);
    const office = parseCsv(readFileSync(join(folder.path, 'classeur-Communes.csv')), {
      delimiter: ';',
      bom: true,
    }) as string[][];
    const ours = parseCsv(writeCommunesCsv({ ...REPORT, csv: 'standard' })) as string[][];
    expect(office.length).toBe(ours.length);
    ours.slice(1).forEach((row, at) => {
      row.forEach((field, column) => {
        const shown = office[at + 1]![column]!;
        if (field === '' || !Number.isFinite(Number(field)) || /^0\d/.test(field)) expect(shown).toBe(field);
        else expect(readOffice(shown)).toBeCloseTo(Number(field), 9);
      });
    });
  }, 180_000);
});

/** `79.78…%` is a share; all else a number. */
function readOffice(text: string): number {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
}
