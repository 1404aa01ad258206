import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { kindOfColumn, roundForPeople } from '../../src/report/column-kinds.ts';
import {
  writeCommunesCsv,
  writeTerritoriesCsv,
  writeUncoveredCsv,
} from '../../src/report/coverage-tables.ts';
import { writeCsv } from '../../src/report/csv.ts';
import { buildIndicators } from '../../src/report/indicators-json.ts';
import { formatMinutes } from '../../src/report/numbers.ts';
import type { CsvDialect, ReportInput } from '../../src/report/report-input.ts';
import { writeNoticesCsv, writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { writeUncoveredTable } from '../../src/report/terminal.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const REPORT = makeUpReport(drawSquareCommunes());
const STANDARD: ReportInput = { ...REPORT, csv: 'standard' };

function readRows(text: string, dialect: CsvDialect = 'standard'): Array<Record<string, string>> {
  return parse(text, { columns: true, bom: true, delimiter: dialect === 'excel' ? ';' : ',' });
}

describe('the dialects', () => {
  const rows = [{ text: 'a;b,"c"\nd', number: 1234.5, flag: true, none: undefined }];
  const columns = [
    { fr: 'texte', en: 'text', value: (row: (typeof rows)[0]) => row.text },
    { fr: 'nombre', en: 'number', value: (row: (typeof rows)[0]) => row.number },
    { fr: 'oui_non', en: 'flag', value: (row: (typeof rows)[0]) => row.flag },
    { fr: 'vide', en: 'none', value: (row: (typeof rows)[0]) => row.none },
  ];

  it('excel: semicolon, decimal comma, byte order mark, CRLF', () => {
    expect(writeCsv(columns, rows, 'excel', 'fr')).toBe(
      '\ufefftexte;nombre;oui_non;vide\r\n"a;b,""c""\nd";1234,5;oui;\r\n',
    );
  });

  it('standard: comma, decimal point, no mark, LF', () => {
    expect(writeCsv(columns, rows, 'standard', 'en')).toBe(
      'text,number,flag,none\n"a;b,""c""\nd",1234.5,yes,\n',
    );
  });

  it.each([1e-9, 2.5e-7, 1e21, 123_456_789.125])(
    'write %d so that it reads back, without an exponent',
    (value) => {
      const written = writeCsv([{ fr: 'x', en: 'x', value: () => value }], [0], 'standard', 'en').split(
        '\n',
      )[1];
      expect(Number(written)).toBe(value);
      if (value < 1e21) expect(written).not.toContain('e');
    },
  );
});

it.each([
  [0.5, 'rate', 0.5],
  [1, 'rate', 1],
  [0.99999996, 'rate', 0.999999], // 1 is all
  [4e-9, 'rate', 0.000001], // 0 is nobody
  [0, 'rate', 0],
  [-0.12345649, 'rate', -0.123456],
  [-4e-9, 'rate', -0.000001],
  [1.0050000000000001, 'people', 1.01],
  [0.0049, 'people', 0],
  [-0.001, 'minutes', 0],
  [123_456_789.125, 'people', 123_456_789.13],
  [12.34999, 'meters', 12.3],
  [4.123456789, 'degrees', 4.123456789],
] as const)('rounds %d as %s to %d', (value, kind, rounded) => {
  expect(Object.is(roundForPeople(value, kind), rounded)).toBe(true);
});

describe('communes.csv', () => {
  const rows = readRows(writeCommunesCsv(STANDARD));

  it('has one row per commune and mode', () => {
    expect(rows.length).toBe(REPORT.result.communes.length * REPORT.result.modes.length);
    expect(new Set(rows.map((row) => `${row.code_insee} ${row.mode}`)).size).toBe(rows.length);
  });

  it('sums to the whole of each mode, but for the rounding of each row', () => {
    for (const mode of REPORT.result.modes) {
      const own = rows.filter((row) => row.mode === mode.mode);
      const expectSum = (column: string, whole: number): void => {
        const sum = own.reduce((total, row) => total + Number(row[column]), 0);
        expect(Math.abs(sum - whole), column).toBeLessThan(0.0051 * own.length);
      };
      expectSum('population', mode.whole.population);
      expectSum('population_couverte', mode.whole.populationCovered);
      expectSum('population_non_couverte', mode.whole.populationUncovered);
      expectSum('population_non_raccordee', mode.whole.populationNotConnected);
    }
  });

  it('gives people to 2 decimals, shares to 6 and minutes to 2, as the result rounded once', () => {
    const [mode] = REPORT.result.modes;
    const [first] = mode.communes;
    const commune = {
      ...first,
      population: 101.005,
      populationCovered: 33.666666,
      populationUncovered: 67.33833,
      populationNotConnected: 0.00400001,
      rate: 33.666666 / 101.005,
      meanMinutes: 12.344996, // 12.35 if it were first rounded to four decimals
      medianMinutes: 30.000001,
      reachedShare: 0.99999997,
    };
    const result = {
      ...REPORT.result,
      modes: [{ ...mode, communes: [commune, ...mode.communes.slice(1)] }],
    };
    const [row] = readRows(writeCommunesCsv({ ...STANDARD, result }));
    expect(row).toMatchObject({
      population: '101.01',
      population_couverte: '33.67',
      population_non_couverte: '67.34',
      population_non_raccordee: '0',
      taux_couverture: '0.333317',
      temps_moyen_min: '12.34',
      temps_median_min: '30',
      part_atteinte: '0.999999',
    });
    const [excel] = readRows(writeCommunesCsv({ ...REPORT, result }), 'excel');
    expect([excel.population, excel.taux_couverture, excel.temps_moyen_min]).toEqual([
      '101,01',
      '0,333317',
      '12,34',
    ]);
  });

  it('holds no number of more decimals than its column has, in any table', () => {
    const tables = [writeCommunesCsv, writeTerritoriesCsv, writeUncoveredCsv, writeStructuresCsv];
    for (const row of tables.flatMap((write) => readRows(write(STANDARD)))) {
      for (const [column, text] of Object.entries(row)) {
        const most = { people: 2, rate: 6, difference: 6, minutes: 2, meters: 1, degrees: 20, text: 20 }[
          kindOfColumn(column)
        ];
        expect(text.split('.')[1]?.length ?? 0, `${column} ${text}`).toBeLessThanOrEqual(most);
      }
    }
  });

  it('has bands that make up the people connected, row by row', () => {
    const bands = Object.keys(rows[0]).filter((column) => /^population_(\d|plus)/.test(column));
    expect(bands.length).toBe(6);
    for (const row of rows) {
      const banded = bands.reduce((total, band) => total + Number(row[band]), 0);
      const whole = banded + Number(row.population_non_raccordee);
      expect(Math.abs(whole - Number(row.population))).toBeLessThan(0.0051 * (bands.length + 2));
    }
  });

  it('gives the same figures in the excel dialect', () => {
    const excel = readRows(writeCommunesCsv(REPORT), 'excel');
    expect(excel.map((row) => Number(row.taux_couverture.replace(',', '.')))).toEqual(
      rows.map((row) => Number(row.taux_couverture)),
    );
    expect(excel.map((row) => row.nom)).toEqual(rows.map((row) => row.nom));
  });

  it('has an empty rate and the state `sans population` where nobody lives', () => {
    const [mode] = REPORT.result.modes;
    const empty = { ...mode.communes[0], population: 0, rate: undefined, etat: 'sans population' as const };
    const result = { ...REPORT.result, modes: [{ ...mode, communes: [empty, ...mode.communes.slice(1)] }] };
    const [row] = readRows(writeCommunesCsv({ ...STANDARD, result }));
    expect([row.taux_couverture, row.etat]).toEqual(['', 'sans population']);
  });

  it('has English columns and words in English', () => {
    const [row] = readRows(writeCommunesCsv({ ...STANDARD, language: 'en' }));
    expect(Object.keys(row).slice(0, 4)).toEqual(['insee_code', 'name', 'epci', 'epci_name']);
    expect(['covered', 'partly covered', 'uncovered']).toContain(row.state);
  });
});

it('territoires.csv has the whole, the EPCI, the cantons and the territories, each level summing to the whole', () => {
  const rows = readRows(writeTerritoriesCsv(STANDARD)).filter((row) => row.mode === 'car');
  const { whole } = REPORT.result.modes[0];
  for (const level of ['territoire', 'epci', 'canton', 'territoire_action_sociale']) {
    const own = rows.filter((row) => row.niveau === level);
    const sum = own.reduce((people, row) => people + Number(row.population_couverte), 0);
    expect(Math.abs(sum - whole.populationCovered)).toBeLessThan(0.0051 * own.length);
  }
  expect(rows.filter((row) => row.niveau === 'epci').map((row) => row.nom)).toEqual([
    'CC du Nord',
    'CA du Sud',
    'hors EPCI',
  ]);
  expect(rows.filter((row) => row.niveau === 'canton').map((row) => [row.code, row.nom])).toEqual([
    ['0001', 'Bourg-Neuf'],
    ['0002', '0002'],
    ['', 'communes partagées entre cantons, ou sans canton'],
  ]);
});

describe('communes-non-couvertes.csv', () => {
  const rows = readRows(writeUncoveredCsv(STANDARD));

  it('lists exactly the communes that leave people out, with all people left out', () => {
    for (const mode of REPORT.result.modes) {
      const own = rows.filter((row) => row.mode === mode.mode);
      const leftOut = own.reduce((sum, row) => sum + Number(row.population_laissee_de_cote), 0);
      const whole = mode.whole.populationUncovered + mode.whole.populationNotConnected;
      expect(Math.abs(leftOut - whole)).toBeLessThan(0.0051 * own.length);
      expect(own.every((row) => row.etat === 'non couverte' || row.etat === 'partielle')).toBe(true);
    }
  });

  it('puts most people first and says why', () => {
    const people = rows
      .filter((row) => row.mode === 'car')
      .map((row) => Number(row.population_laissee_de_cote));
    expect(people).toEqual([...people].sort((a, b) => b - a));
    for (const row of rows) {
      expect(row.motif).not.toBe('');
      expect(row.poche !== '').toBe(row.etat === 'non couverte');
    }
  });

  it('gives the structure and the median time of those left out, as indicateurs.json does', () => {
    const { modes } = buildIndicators(STANDARD);
    const lateRows = rows.filter((row) => row.structure_proche !== '');
    expect(lateRows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const mode = modes.find((each) => each.mode === row.mode)!;
      const { too_late: tooLate } = mode.communes.find(({ code }) => code === row.code_insee)!;
      expect(row.structure_proche).toBe(tooLate?.nearest_structure.id ?? '');
      if (tooLate === null) {
        expect(row.motif).toContain('sans aucun chemin vers une structure');
        expect(row.temps_structure_proche_min).toBe('');
        continue;
      }
      // Beyond the threshold: no mean over the commune can pull it below.
      expect(Number(row.temps_structure_proche_min)).toBeGreaterThanOrEqual(30);
      expect(Number(row.temps_structure_proche_min)).toBeCloseTo(tooLate.median_minutes, 1);
      expect(row.motif).toContain(formatMinutes(tooLate.median_minutes, 'fr'));
    }
  });

  it('says the same on the terminal, and in English', () => {
    const english = readRows(writeUncoveredCsv({ ...STANDARD, language: 'en' }));
    expect(english.map((row) => row.nearest_structure_min)).toEqual(
      rows.map((row) => row.temps_structure_proche_min),
    );
    expect(english.every((row) => /people|person/.test(row.reason!))).toBe(true);
    const terminal = writeUncoveredTable({ ...REPORT, language: 'fr' }, { hasColor: false, width: 200 });
    const lines = terminal.split('\n').filter((line) => /^\d{5} /.test(line));
    expect(lines).toHaveLength(rows.length);
    lines.forEach((line, at) => {
      // The reason holds the figure to the digit that the terminal shows.
      const minutes = /à ([\d,]+) min/.exec(rows[at]!.motif!)?.[1];
      if (minutes !== undefined) expect(line).toContain(` ${minutes} `);
    });
  });
});

it('structures.csv has one row per structure and mode, then those left out with the reason', () => {
  const rows = readRows(writeStructuresCsv(STANDARD));
  expect(rows.length).toBe(REPORT.structures.length * REPORT.result.modes.length + 1);
  const nearest = rows
    .filter((row) => row.mode === 'car')
    .reduce((sum, row) => sum + Number(row.population_plus_proche), 0);
  const { whole } = REPORT.result.modes[0];
  const connected = whole.population - whole.populationNotConnected;
  expect(Math.abs(nearest - connected)).toBeLessThan(0.0051 * rows.length);
  expect(rows[rows.length - 1]).toMatchObject({
    situation: 'à plus de 1 000 m de toute voie',
    population_dans_seuil: '',
  });
});

it('notices.csv keeps every field, separators included, and says in the report’s words what was found', () => {
  expect(readRows(writeNoticesCsv(REPORT), 'excel')).toEqual([
    {
      code: 'structure-without-position',
      gravite: 'warning',
      constat: 'structure sans position',
      que_faire: 'Complétez lon et lat dans la liste, ou le code de commune.',
      message: 'structure has no position',
      action: 'row left out',
      fichier: 'liste-fs.csv',
      ligne: '12',
      id: 'FS;12',
      valeur: '',
      nombre: '1',
    },
  ]);
});
