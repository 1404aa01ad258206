/** Tables that the tool writes, read again by it: planners export a result, correct it and give it back as a list. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { NO_CODES } from '../../src/read/commune-codes.ts';
import { readCommunePolygons } from '../../src/read/commune-polygons.ts';
import { keysOfHeading } from '../../src/read/csv-headings.ts';
import { isOwnResultColumn } from '../../src/read/own-results.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { OWN_COLUMNS } from '../../src/read/structure-csv.ts';
import { readStructures } from '../../src/read/structures.ts';
import { TABLE_COMMUNE_COLUMNS } from '../../src/read/table-communes.ts';
import { readEpciTable, readTerritories } from '../../src/read/territories.ts';
import { titleColumn } from '../../src/report/column-titles.ts';
import { writeCommunesGeojson } from '../../src/report/communes-geojson.ts';
import {
  tabulateCommunes,
  tabulateTerritories,
  tabulateUncovered,
  writeCommunesCsv,
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

describe.each([
  ['fr', 'standard'],
  ['fr', 'excel'],
  ['en', 'standard'],
  ['en', 'excel'],
] as const)('results on communes given back, in %s, %s', (language, csv) => {
  const report = { ...REPORT, language, csv };
  const { communes } = REPORT.result;
  const codes = communes.map(({ code }) => code).sort();
  const modeCount = REPORT.result.modes.length;

  it('communes.csv as reference populations: each commune once, with one note', async () => {
    const notices = new NoticeList();
    const path = write('communes.csv', writeCommunesCsv(report));
    const { peopleOfCommune } = await readReferencePopulations(path, notices);
    expect([...peopleOfCommune.keys()].sort()).toEqual(codes);
    expect(notices.notices).toMatchObject([
      { code: 'reference-rows-of-modes', count: (modeCount - 1) * codes.length },
    ]);
  });

  it('communes.csv as tables of EPCI and of territories: the same of each commune', async () => {
    const notices = new NoticeList();
    const path = write('communes.csv', writeCommunesCsv(report));
    const rows = await readEpciTable([path], NO_CODES, notices);
    const territoires = await readTerritories([path], NO_CODES, notices);
    for (const commune of communes) {
      expect(territoires.get(commune.code)).toBe(commune.territoire);
      const epci = rows.find((row) => row.commune === commune.code)?.epci;
      expect(epci).toBe(commune.epci);
    }
    expect(notices.notices.filter(({ code }) => code.startsWith('column'))).toEqual([]);
  });

  it('communes.geojson as polygons of communes: the same codes and names', async () => {
    const notices = new NoticeList();
    const polygons = await readCommunePolygons(write('c.geojson', writeCommunesGeojson(report)), notices);
    expect(polygons.map(({ code }) => code).sort()).toEqual(codes);
    for (const commune of communes) {
      expect(polygons.find(({ code }) => code === commune.code)).toMatchObject({
        nom: commune.nom,
        epcis: commune.epci === undefined ? [] : [commune.epci],
      });
    }
    expect(notices.notices).toEqual([]);
  });
});
