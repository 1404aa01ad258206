/** The workbook against the CSV files, read back by our own reader and, where it is installed, by LibreOffice. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFollowUp } from '../../src/planning/follow-up.ts';
import { buildPathRows, type TargetReport } from '../../src/planning/targets.ts';
import { kindOfColumn, roundForPeople } from '../../src/report/column-kinds.ts';
import { titleColumn } from '../../src/report/column-titles.ts';
import {
  tabulateCommunes,
  tabulateTerritories,
  tabulateUncovered,
  writeCommunesCsv,
} from '../../src/report/coverage-tables.ts';
import type { Table } from '../../src/report/csv.ts';
import { tabulateFollowUp, tabulateTargets } from '../../src/report/follow-up-tables.ts';
import { tabulateNotices, tabulateStructures } from '../../src/report/structure-tables.ts';
import { tabulateVariants } from '../../src/report/variants-csv.ts';
import { writeReportWorkbook } from '../../src/report/workbook.ts';
import { nameColumn } from '../../src/report/xlsx-file.ts';
import { makeStructure } from '../planning/made-up-structures.ts';
import { temporaryFolder } from '../run-cli.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';
import { type ReadXlsx, readXlsx } from './read-xlsx.ts';

const COMMUNES = drawSquareCommunes();
const TARGETS: TargetReport = {
  path: buildPathRows(
    [
      [2026, 0.57],
      [2027, 1],
    ],
    ['car'],
    [{ mode: 'car', date: '2026-10-06', rate: 2 / 3, result: undefined }],
  ),
  pathFaults: [],
  indicators: [
    {
      indicator: 'Points conseil budget',
      unit: 'nombre',
      year: 2025,
      target: 12,
      achieved: 14,
      gap: 2,
      origin: 'declared',
      calculation: undefined,
    },
  ],
  smallCommunePopulation: 1500,
};
const FOLLOW_UP = buildFollowUp({
  structures: [makeStructure({ codeInsee: '00001', dateEngagement: '2024-03-01' })],
  communes: COMMUNES,
  epcis: [],
  currentCodeOf: new Map(),
  date: '2026-10-06',
  cercles: [1],
});
const PLAIN = makeUpReport(COMMUNES);
const [MODE] = PLAIN.result.modes;
const REPORT = makeUpReport(COMMUNES, {
  followUp: { ...FOLLOW_UP, declared: { sdaasapCompletion: undefined, networkTools: [] } },
  targets: TARGETS,
  variants: [
    {
      key: 'choice_2',
      isTold: true,
      unit: 'people',
      structureCount: 3,
      unknownCount: 0,
      modes: [
        {
          mode: 'car',
          whole: {
            population: MODE.whole.population,
            populationCovered: MODE.whole.population / 3,
            populationUncovered: (2 * MODE.whole.population) / 3,
            populationNotConnected: 0,
            rate: 1 / 3,
            difference: -0.25,
          },
          epcis: [],
          territoires: [],
        },
      ],
    },
  ],
});
const BYTES = writeReportWorkbook(REPORT);
const TABLES: ReadonlyArray<readonly [string, Table]> = [
  ['Communes', tabulateCommunes(REPORT)],
  ['Communes non couvertes', tabulateUncovered(REPORT)],
  ['Structures', tabulateStructures(REPORT)],
  ['Territoires', tabulateTerritories(REPORT)],
  ['Variantes', tabulateVariants(REPORT)],
  ['Suivi des structures', tabulateFollowUp(REPORT.followUp!, 'fr')],
  ['Suivi des cibles', tabulateTargets(TARGETS, 'fr')],
  ['Notices', tabulateNotices(REPORT)],
];

describe('classeur.xlsx', () => {
  let read: ReadXlsx;
  beforeAll(async () => {
    read = await readXlsx(BYTES);
  });

  it('has a sheet of every table, each with a frozen heading and a filter over its rows', () => {
    expect(read.sheets.map(({ name }) => name)).toEqual([
      'Indicateurs',
      'Communes',
      'Communes non couvertes',
      'Structures',
      'Territoires',
      'Variantes',
      'Suivi des structures',
      'Suivi des cibles',
      'Notices',
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

  it('has no sheet of variants, follow-up or targets where the study has none', async () => {
    const { sheets } = await readXlsx(writeReportWorkbook(PLAIN));
    expect(sheets.map(({ name }) => name)).toEqual([
      'Indicateurs',
      'Communes',
      'Communes non couvertes',
      'Structures',
      'Territoires',
      'Notices',
      'Méthode',
    ]);
  });

  it('shows shares as percentages: rates, their differences, and targets in per cent', () => {
    const formatsOf = (sheet: string, title: string): Set<string> => {
      const { rows, cells } = read.sheets.find(({ name }) => name === sheet)!;
      const letter = nameColumn(rows[0]!.indexOf(title));
      return new Set(
        rows.slice(1).flatMap((_, at) => {
          const cell = cells.get(`${letter}${at + 2}`);
          return cell === undefined ? [] : [read.formats[cell.style]!];
        }),
      );
    };
    for (const sheet of ['Communes', 'Communes non couvertes', 'Territoires', 'Variantes']) {
      expect(formatsOf(sheet, 'Taux de couverture'), sheet).toEqual(
        new Set(['[=1]0 %;[>=0.9995]"99,9 %";0.0 %']),
      );
    }
    expect(formatsOf('Variantes', 'Écart de taux')).toEqual(new Set(['+0.0 %;-0.0 %;0 %']));
    // A number of points stays one, beside rates in per cent.
    expect(formatsOf('Suivi des cibles', 'Réalisé')).toEqual(new Set(['0.0" %"', 'General']));
    expect(formatsOf('Communes', 'Population')).toEqual(new Set(['#,##0']));
    expect(formatsOf('Communes', 'Temps moyen (min)')).toEqual(new Set(['#,##0.0']));
  });

  it('has columns that are as wide as their values and the words of their headings', () => {
    for (const { name, rows, cells, widths } of read.sheets.slice(1, -1)) {
      widths.forEach((width, at) => {
        const column = rows.map((_, row) => cells.get(`${nameColumn(at)}${row + 1}`)?.value);
        const [title, ...values] = column;
        const longestWord = Math.max(
          ...String(title)
            .split(' ')
            .map((word) => word.length),
        );
        expect(width, `${name}: ${title}`).toBeGreaterThanOrEqual(longestWord + 2);
        const texts = values.flatMap((value) => (typeof value === 'string' ? [value.length] : []));
        expect(width, `${name}: ${title}`).toBeGreaterThanOrEqual(Math.min(60, Math.max(0, ...texts)));
      });
    }
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
    const text = read.sheets
      .at(-1)!
      .rows.map((row) => row.join('|'))
      .join('\n');
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
    expect(Buffer.compare(writeReportWorkbook(REPORT), BYTES)).toBe(0);
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
    ['ecart_taux', 'Écart de taux', 'difference'],
    ['polyvalence_non_precisee', 'Polyvalence non précisée', 'text'],
    ['que_faire', 'Que faire', 'text'],
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
