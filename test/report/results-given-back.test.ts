/** Tables that the tool writes, read again by it: planners export a result, correct it and give it back as a list. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { keysOfHeading } from '../../src/read/csv-headings.ts';
import { isOwnResultColumn } from '../../src/read/own-results.ts';
import { OWN_COLUMNS } from '../../src/read/structure-csv.ts';
import { readStructures } from '../../src/read/structures.ts';
import { TABLE_COMMUNE_COLUMNS } from '../../src/read/table-communes.ts';
import { titleColumn } from '../../src/report/column-titles.ts';
import {
  tabulateCommunes,
  tabulateTerritories,
  tabulateUncovered,
} from '../../src/report/coverage-tables.ts';
import { tabulateStructures, writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { useTempFiles } from '../read/temp-files.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const write = useTempFiles();
const REPORT = makeUpReport(drawSquareCommunes(), { leftOutStructures: [] });

/** What a list of structures may hold, and what is ours alone. */
const KNOWN = new Set([...OWN_COLUMNS.groups.flat(), ...TABLE_COMMUNE_COLUMNS]);

describe('headings of the tables', () => {
  it.each(['fr', 'en'] as const)('in %s are all known where a table is given back', (language) => {
    const report = { ...REPORT, language };
    const tables = [tabulateCommunes, tabulateUncovered, tabulateTerritories, tabulateStructures];
    const names = tables.flatMap((tabulate) => tabulate(report).columns.map((column) => column[language]));
    const headings = [...names, ...names.map((name) => titleColumn(name, language))];
    const unknown = headings.filter(
      (heading) => !keysOfHeading(heading).some((key) => KNOWN.has(key) || isOwnResultColumn(key)),
    );
    expect(unknown).toEqual([]);
    expect(names).toContain(language === 'fr' ? 'structure_proche' : 'nearest_structure');
  });
});

describe('structures.csv given back as a list of structures', () => {
  it.each([
    ['fr', 'standard'],
    ['fr', 'excel'],
    ['en', 'standard'],
    ['en', 'excel'],
  ] as const)('in %s, %s: every heading is known, each structure counts once', async (language, csv) => {
    const notices = new NoticeList();
    const path = write(`${language}-${csv}.csv`, writeStructuresCsv({ ...REPORT, language, csv }));
    const structures = await readStructures([path], {}, notices);
    expect(structures.map(({ id }) => id)).toEqual(REPORT.structures.map(({ id }) => id));
    expect(structures.map(({ nom }) => nom)).toEqual(REPORT.structures.map(({ nom }) => nom));
    const modeCount = REPORT.result.modes.length;
    expect(modeCount).toBeGreaterThan(1);
    expect(notices.notices.filter(({ code }) => /column|repeated|modes/.test(code))).toMatchObject([
      {
        code: 'structure-rows-of-modes',
        severity: 'info',
        count: (modeCount - 1) * REPORT.structures.length,
      },
    ]);
  });

  it('keeps the warning of an id that stands twice in one mode', async () => {
    const notices = new NoticeList();
    const [head, first, ...rest] = writeStructuresCsv({ ...REPORT, csv: 'standard' })
      .trim()
      .split('\n');
    const path = write('twice.csv', [head, first, first, ...rest].join('\n'));
    await readStructures([path], {}, notices);
    expect(notices.notices.filter(({ code }) => code === 'structure-id-repeated')).toHaveLength(1);
  });
});
