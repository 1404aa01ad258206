/**
 * Names from a list may be anything. In no file that leaves the folder may they break it, or be more than text:
 * each is read back by a parser that refuses what is not well-formed.
 */
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { summariseNotices } from '../../src/commands/notice-summary.ts';
import { UsageError } from '../../src/common/errors.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { showControls, showControlsIn } from '../../src/common/visible-text.ts';
import { describeCellsFile } from '../../src/report/cells-file.ts';
import { writeCellsParquet } from '../../src/report/cells-parquet.ts';
import { writeCommunesCsv, writeUncoveredCsv } from '../../src/report/coverage-tables.ts';
import { guardFormula, writeCsv } from '../../src/report/csv.ts';
import { drawMapSheet } from '../../src/report/map-sheet.ts';
import { writeCommunesStyle, writeIsochronesStyle } from '../../src/report/qgis-styles.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { escapeMarkup } from '../../src/report/svg-text.ts';
import { writeTerminalSummary, writeUncoveredTable } from '../../src/report/terminal.ts';
import { writeReportWorkbook } from '../../src/report/workbook.ts';
import { loadPngRenderer } from '../../src/runtime/render-png.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';
import { parse, readXlsx } from './read-xlsx.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"/><image href="http://example.org/x.png"/>',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '-2+3+cmd|x',
  'سان جان',
  '\u202eneleg\u202c',
  'a\u0000b\u0007c]]>&amp;',
  '_x0041_',
  'Ligne\r\ndeux; "trois"',
  '\ud800 moitié',
  'É'.repeat(40_000),
  'fin\ufffe\uffff \udc00',
  'Mairie\n=1+1',
  'Mairie\r+cmd|x\n\t@SUM(1)',
  '\u001b]0;titre\u0007\u001b[31mrouge\u009b2J\u007f',
] as const;

/** What a terminal obeys, shows in another order, or cannot show. */
const OBEYED = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufffe\uffff]/u;

function makeHostile(): ReportInput {
  const communes = drawSquareCommunes().map((commune, at) => ({
    ...commune,
    nom: HOSTILE[at % HOSTILE.length]!,
  }));
  const report = makeUpReport(communes);
  return {
    ...report,
    study: { ...report.study, name: HOSTILE[0] },
    structures: report.structures.map((structure, at) => ({
      ...structure,
      id: HOSTILE[at % HOSTILE.length]!,
      nom: HOSTILE[(at + 2) % HOSTILE.length]!,
    })),
    inputs: report.inputs.map((file) => ({ ...file, path: HOSTILE[1], source: HOSTILE[2] })),
  };
}

const REPORT = makeHostile();

describe('hostile names', () => {
  it('are text in carte.svg, cut where they do not fit', () => {
    for (const isFictional of [true, false]) {
      const sheet = drawMapSheet(
        { ...REPORT, study: { ...REPORT.study, isFictional } },
        REPORT.result.modes[0]!,
      )!;
      const elements = new Set<string>();
      let longest = 0;
      parse(
        sheet,
        (tag, attributes) => {
          elements.add(tag);
          for (const name of Object.keys(attributes)) expect(name).not.toMatch(/^(on|href|xlink)/);
        },
        (tag, text) => {
          if (tag === 'text') longest = Math.max(longest, text.length);
        },
      );
      for (const tag of ['script', 'image', 'foreignObject', 'a']) expect(elements.has(tag)).toBe(false);
      expect(longest).toBeLessThan(300);
    }
  });

  it('are drawn in carte.png, whatever characters they hold', async () => {
    const render = await loadPngRenderer();
    for (const name of HOSTILE) {
      const report = { ...REPORT, study: { ...REPORT.study, name } };
      const sheet = drawMapSheet(report, REPORT.result.modes[0]!)!;
      expect((await render(sheet, 20)).length).toBeGreaterThan(100);
    }
  });

  it('are well-formed between tags, whatever characters they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(0xffff)), (text, codes) => {
        const any = text + String.fromCharCode(...codes);
        parse(`<a b="${escapeMarkup(any)}">${escapeMarkup(any)}</a>`, () => {});
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('come back from CSV as they are, in one field, whatever characters they hold', () => {
    const columns = [1, 2].map(() => ({ fr: 'a', en: 'a', value: (text: string) => text }));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a;,"\'=+- \r\n\t\u001b\0\ufffeé') }), (text) => {
        const standard = parseCsv(writeCsv(columns, [text], 'standard', 'fr')) as string[][];
        expect(standard[1]).toEqual([text, text]);
        const excel = parseCsv(writeCsv(columns, [text], 'excel', 'fr'), {
          delimiter: ';',
          bom: true,
        }) as string[][];
        expect(excel[1]).toEqual([guardFormula(text), guardFormula(text)]);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('reach a terminal without what it would obey', async () => {
    const options = { hasColor: false, width: 200 };
    for (const name of HOSTILE) {
      const report = { ...REPORT, study: { ...REPORT.study, name } };
      for (const text of [writeTerminalSummary(report, options), writeUncoveredTable(report, options)]) {
        expect(text.replaceAll('\n', '')).not.toMatch(OBEYED);
      }
      const error = new UsageError(`no column; its columns are: ${name}`, {
        file: name,
        value: name,
        remedy: name,
      });
      expect(error.describe().replaceAll(/[\n\t]/g, '')).not.toMatch(OBEYED);
      const notices = new NoticeList();
      notices.add({ code: 'x', severity: 'warning', message: name, file: name, id: name, action: name });
      for (const language of ['fr', 'en'] as const) {
        expect((await summariseNotices(notices, language, 'notices.csv')).split('\n').length).toBe(3);
        expect((await summariseNotices(notices, language)).replaceAll('\n', '')).not.toMatch(OBEYED);
      }
      expect(showControlsIn({ list: [new Map([[name, { name }]])] }).list[0]!.has(showControls(name))).toBe(
        true,
      );
    }
  });

  it('are text in classeur.xlsx: no formula, no broken file', async () => {
    const { sheets, elements } = await readXlsx(writeReportWorkbook(REPORT));
    expect(elements.has('f')).toBe(false);
    const names = sheets[1]!.rows.slice(1).map((row) => row[1]);
    expect(names[0]).toBe('<script>alert(1)</script>');
    expect(names[2]).toBe("=cmd|' /C calc'!A0");
    expect(names[5]).toBe('سان جان');
    // A spreadsheet reads _x005F_ as the underscore: what it shows is the name.
    expect(names[8]).toBe('_x005F_x0041_');
    expect(String(names[11]).length).toBe(32_767);
  });

  it('reach CSV for spreadsheets guarded, CSV for programs as they are', () => {
    for (const write of [writeCommunesCsv, writeUncoveredCsv, writeStructuresCsv]) {
      const excel = parseCsv(write(REPORT), { delimiter: ';', bom: true }) as string[][];
      // Nor does any line within a field begin as one.
      expect(excel.flat().filter((field) => /^[=@\t\r]|[\r\n][=@\t]/.test(field))).toEqual([]);
      expect(new Set(excel.map((row) => row.length)).size).toBe(1);
    }
    const plain = parseCsv(writeCommunesCsv({ ...REPORT, csv: 'standard' })) as string[][];
    expect(plain.flat()).toContain("=cmd|' /C calc'!A0");
    const guarded = parseCsv(writeCommunesCsv(REPORT), { delimiter: ';', bom: true }) as string[][];
    expect(guarded.flat()).toContain("'=cmd|' /C calc'!A0");
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['+33 3 85 00 00 00', '+33 3 85 00 00 00'],
    ['-12,5', '-12,5'],
    ['Saint-Jean = Île', 'Saint-Jean = Île'],
    ['', ''],
    ['Mairie\n=1+1', "Mairie\n'=1+1"],
    ['Mairie\r\n@x\r-y\n\n+z', "Mairie\r\n'@x\r'-y\n\n'+z"],
    ['Mairie\n-12,5\nÀ côté', 'Mairie\n-12,5\nÀ côté'],
  ])('guards %j as %j', (text, guarded) => {
    expect(guardFormula(text)).toBe(guarded);
  });

  it('are values in cellules.parquet', async () => {
    const bytes = await writeCellsParquet(describeCellsFile(REPORT));
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
    const ids = new Set(rows.map((row) => row.car_structure_proche));
    const known = new Set(REPORT.structures.map(({ id }) => id));
    expect([...ids].filter((id) => id !== null && id !== undefined && !known.has(id))).toEqual([]);
    expect(ids.has(HOSTILE[0])).toBe(true);
  });

  it('of a mode are quoted in the styles of QGIS', () => {
    const mode = `x' OR "1"='1' <script>`;
    const modes = REPORT.result.modes.map((each) => ({ ...each, mode }));
    const styles = [
      writeCommunesStyle({ ...REPORT, result: { ...REPORT.result, modes } }),
      writeIsochronesStyle(
        [
          {
            mode,
            merged: [{ minutes: 30, geometry: { type: 'MultiPolygon', coordinates: [] } }],
            perStructure: [],
          },
        ],
        'fr',
      ),
    ];
    const filters: string[] = [];
    for (const style of styles) {
      parse(style, (tag, { filter }) => {
        expect(tag).not.toBe('script');
        if (filter !== undefined) filters.push(filter);
      });
    }
    expect(filters).toContain(`"mode" = 'x'' OR "1"=''1'' <script>'`);
    expect(filters).toContain(`"x' OR ""1""='1' <script>_taux_couverture" = 1`);
  });
});
