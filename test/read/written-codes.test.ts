import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readCogMovements } from '../../src/read/cog-movements.ts';
import { NO_CODES } from '../../src/read/commune-codes.ts';
import { readCommunePolygons } from '../../src/read/commune-polygons.ts';
import { officialDecoupage } from '../../src/read/decoupage.ts';
import { readPopulation } from '../../src/read/population.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { StructureCommunes } from '../../src/read/structure-communes.ts';
import { findStudyCommune } from '../../src/read/study-commune-codes.ts';
import { readEpciTable, readTerritories } from '../../src/read/territories.ts';
import { cleanCode, restoreCode } from '../../src/read/written-codes.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

/** How spreadsheets, programs and people write `01004`, `71270`, `2A004`. */
const WRITINGS: ReadonlyArray<readonly [what: string, code: string, written: string]> = [
  ['as it is', '71270', '71270'],
  ['a lost zero', '01004', '1004'],
  ['small letters', '2A004', '2a004'],
  ['a decimal', '71270', '71270.0'],
  ['a decimal and a lost zero', '01004', '1004.00'],
  ['a decimal comma', '71270', '71270,0'],
  ['a blank within', '71270', '71 270'],
  ['a narrow blank within, none lost', '01004', '1\u202f004'],
  ['a blank within, with a letter', '2A004', '2a 004'],
  ['blanks around', '71270', '\u00a071270 '],
  ['an apostrophe', '01004', "'01004"],
  ['a formula', '01004', '="01004"'],
];

const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;

describe.each(WRITINGS)('a code with %s', (_, code, written) => {
  it('is restored', () => {
    expect(restoreCode(written)).toBe(code);
  });

  it('is read in lists of structures', () => {
    expect(new StructureCommunes(undefined).decide({ code: written }).code).toBe(code);
  });

  it('is read in grids', async () => {
    const grid = write('grid.csv', `lon;lat;population;lcog_geo\n4.3;46.6;10;${quoted(written)}\n`);
    const cells = await readPopulation([grid], { communeCodes: new Set([code]) }, new NoticeList());
    expect(cells.communeCodes).toEqual([[code]]);
  });

  it('is read in polygons', async () => {
    const ring = [
      [4, 46],
      [4.1, 46],
      [4.1, 46.1],
      [4, 46],
    ];
    const feature = {
      type: 'Feature',
      properties: { code: written },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    const path = write(
      'communes.geojson',
      JSON.stringify({ type: 'FeatureCollection', features: [feature] }),
    );
    const polygons = await readCommunePolygons(path, new NoticeList());
    expect(polygons.map((polygon) => polygon.code)).toEqual([code]);
  });

  it('is read in tables of EPCI and of territories', async () => {
    const epci = write('epci.csv', `commune;epci;nom\n${quoted(written)};200000001;CC\n`);
    const territories = write('territories.csv', `commune;territoire\n${quoted(written)};Nord\n`);
    const rows = await readEpciTable([epci], NO_CODES, new NoticeList());
    expect(rows.map(({ commune }) => commune)).toEqual([code]);
    expect([...(await readTerritories([territories], NO_CODES, new NoticeList())).keys()]).toEqual([code]);
  });

  it('is read in reference populations', async () => {
    const path = write('populations.csv', `code_insee;population\n${quoted(written)};500\n`);
    const { peopleOfCommune } = await readReferencePopulations(path, new NoticeList());
    expect([...peopleOfCommune]).toEqual([[code, 500]]);
  });

  it('is read in movements of communes', async () => {
    const head = 'MOD;DATE_EFF;TYPECOM_AV;COM_AV;TYPECOM_AP;COM_AP';
    const path = write('cog.csv', `${head}\n32;2016-01-01;COM;${quoted(written)};COM;${quoted(written)}\n`);
    const movements = await readCogMovements([path], new NoticeList());
    expect(movements).toMatchObject([{ before: code, after: code }]);
  });

  it('is read in the study, and told where it is written otherwise', () => {
    const notices = new NoticeList();
    const found = findStudyCommune(written, new Map(), officialDecoupage(), NO_CODES, notices);
    expect(found).toBe(code);
    expect(notices.notices.map((notice) => notice.code)).toEqual(
      written === code ? [] : ['commune-code-restored'],
    );
  });
});

it.each(['', 'Cluny', '200000001', '712', '71270.5', '71270-71', '12345678', '=A1', '00073', 'ABCDE'])(
  '%j is left as it is',
  (text) => {
    expect(cleanCode(text)).toBe(text);
    expect(restoreCode(text)).toBe(text);
  },
);

describe('postal codes of few communes in a grid', () => {
  const CASES: ReadonlyArray<readonly [string, string[], string[], boolean]> = [
    ['of one town', ['71250'], ['71137'], true],
    ['of two towns, one code a commune elsewhere', ['71100', '71200'], ['71076', '71153'], true],
    ['of Paris', ['75001', '75011', '75020'], ['75056'], true],
    [
      'of Lyon and about, one also a code of the territory',
      ['69001', '69003', '69100'],
      ['69123', '69003', '69266'],
      true,
    ],
    ['without their zero', ['1500.0', '1000.0'], ['01004', '01053'], true],
    ['that are codes of the territory', ['71100'], ['71100', '71076'], false],
    ['of which one is no postal code', ['71100', '71270'], ['71076', '71270'], false],
    ['of another territory', ['71100', '71200'], ['01004'], false],
  ];
  it.each(CASES)('%s', async (_, codes, territory, isPostal) => {
    const notices = new NoticeList();
    const rows = [...codes, territory[0]!].slice(0, codes.length).map((code, i) => `4.${i};46.6;10;${code}`);
    const beyond = isPostal ? [] : [`4.9;46.6;10;${territory[0]}`];
    const grid = write('grid.csv', `lon;lat;population;depcom\n${[...rows, ...beyond].join('\n')}\n`);
    const cells = await readPopulation([grid], { communeCodes: new Set(territory) }, notices);
    expect(notices.notices.some(({ code }) => code === 'cell-postal-codes')).toBe(isPostal);
    if (isPostal) expect(cells.communeCodes).toEqual(codes.map(() => undefined));
  });
});

it('polygons of postal codes without names are told', async () => {
  const square = (code: string, i: number) => ({
    type: 'Feature',
    properties: { code },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [4 + i, 46],
          [4.1 + i, 46],
          [4.1 + i, 46.1],
          [4 + i, 46],
        ],
      ],
    },
  });
  const file = (codes: string[]) =>
    write('communes.geojson', JSON.stringify({ type: 'FeatureCollection', features: codes.map(square) }));
  const notices = new NoticeList();
  await readCommunePolygons(file(['71100', '71200', '71300', '71400', '71700']), notices);
  expect(notices.notices).toMatchObject([{ code: 'commune-polygons-look-postal', count: 5 }]);
  const none = new NoticeList();
  await readCommunePolygons(file(['71076', '71153', '71306', '71014', '71543']), none);
  expect(none.notices).toEqual([]);
});
