/** Cantons and territoires of communes, and what a split leaves of older files. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readCanton } from '../../src/read/commune-cantons.ts';
import { spreadCommunePopulation } from '../../src/read/commune-population.ts';
import { type CommuneOptions, readCommunes } from '../../src/read/communes.ts';
import { feature, geojson, type Properties, square } from './drawn-boundaries.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

/** Communes side by side, each with its properties. */
async function read(rows: readonly Properties[], options: CommuneOptions = {}) {
  const path = write(
    'communes.geojson',
    geojson(rows.map((row, i) => feature(row, square(3 + i * 0.1, 45.1)))),
  );
  const notices = new NoticeList();
  return { ...(await readCommunes([path], options, notices)), notices };
}

describe('the canton of a commune', () => {
  it.each([
    ['7118', '71270', { code: '7118' }],
    ['18', '71270', { code: '7118' }],
    ['8', '71270', { code: '7108' }],
    ['108', '01004', { code: '0108' }],
    ['2A03', '2A004', { code: '2A03' }],
    ['3', '2A004', { code: '2A03' }],
    ['97105', '97105', { code: '97105' }],
    ['7', '97105', { code: '97107' }],
    ['7118/7118', '71270', { code: '7118' }],
    ['Autun-1', '71014', { code: 'Autun-1' }],
    ['7118/7119', '71076', 'split'],
    ['18,19', '71076', 'split'],
    ['NR', '71076', 'split'],
    ['NC', '69123', 'split'],
    ['7199', '71076', 'split'],
    ['89', '71076', 'split'],
    ['80', '71076', 'split'],
    ['79', '59350', { code: '5979' }],
    ['', '71270', undefined],
    [undefined, '71270', undefined],
  ])('%j of %s is %j', (text, commune, canton) => {
    expect(readCanton(text, commune)).toEqual(canton);
  });

  const v4 = (code: string, canton: string): Properties => ({
    code_insee: code,
    code_insee_du_canton: canton,
  });

  it('comes from the polygons; a commune that several share is in none, with a notice', async () => {
    const rows = [v4('71270', '7116'), v4('71014', '7101'), v4('71076', 'NR'), v4('71153', '7199')];
    const { communes, cantons, notices } = await read(rows);
    expect(communes.map(({ code, canton }) => [code, canton])).toEqual([
      ['71014', '7101'],
      ['71076', undefined],
      ['71153', undefined],
      ['71270', '7116'],
    ]);
    expect(cantons.map(({ code }) => code)).toEqual(['7101', '7116']);
    expect(notices.notices.map(({ code, id }) => [code, id])).toEqual([
      ['commune-of-several-cantons', '71076'],
      ['commune-of-several-cantons', '71153'],
    ]);
  });

  it.each([
    ['the tool', 'commune;canton;nom\n71270;7116;Mâcon-1\n71014;01;Autun-1\n71076;7107;A\n71076;7108;B\n'],
    [
      'INSEE (v_commune)',
      'TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\nCOM,71270,27,71,71D,712,0,A,A,Mâcon,7116,\n' +
        'COM,71014,27,71,71D,711,0,A,A,Autun,7101,\nCOM,71076,27,71,71D,713,0,A,A,Chalon,7199,\nCOMD,71131,,,,,0,A,A,Ciel,,71566\n',
    ],
    ['a spreadsheet', 'Code commune,Code canton\n71270,16\n71014,1\n71076,7/8\n'],
  ])('comes from a table as %s writes it, before that of the polygons', async (_, text) => {
    const rows = [v4('71270', '7199'), v4('71014', '7102'), v4('71076', '7105')];
    const { communes, notices } = await read(rows, { cantons: [write('cantons.csv', text)] });
    expect(communes.map(({ code, canton }) => [code, canton])).toEqual([
      ['71014', '7101'],
      ['71076', undefined],
      ['71270', '7116'],
    ]);
    expect(notices.notices.map(({ code, id }) => [code, id])).toEqual([
      ['commune-of-several-cantons', '71076'],
    ]);
  });

  it('has the name of INSEE’s list of cantons', async () => {
    const names = write('v_canton.csv', 'CAN,DEP,REG,LIBELLE,TYPECT\n7101,71,27,Autun-1,C\n');
    const { cantons } = await read([v4('71014', '7101'), v4('71270', '7116')], { cantons: [names] });
    expect(cantons).toEqual([
      { code: '7101', nom: 'Autun-1' },
      { code: '7116', nom: '7116' },
    ]);
  });

  it('is told where nothing says it, and where a row lacks it', async () => {
    const table = write('cantons.csv', 'commune;canton\n71270;7116\n71014;\n');
    const { notices } = await read([{ code: '71270' }, { code: '71014' }], { cantons: [table] });
    expect(notices.notices).toMatchObject([
      { code: 'canton-row-incomplete', row: 3, id: '71014' },
      { code: 'communes-without-canton', value: '71014' },
    ]);
  });

  it('is no level where nothing names one', async () => {
    const { cantons, notices } = await read([{ code: '71270' }]);
    expect([cantons, notices.notices]).toEqual([[], []]);
  });

  it('of a former commune counts only where the new one has no polygon of its own', async () => {
    const own = await read([v4('71566', '7109'), v4('71131', '7110')]);
    expect(own.communes.map(({ canton }) => canton)).toEqual(['7109']);
    const parts = await read([{ ...v4('71131', '7110') }]);
    expect(parts.communes.map(({ code, canton }) => [code, canton])).toEqual([['71566', '7110']]);
  });
});

describe('territoires d’action sociale', () => {
  it('follow former codes, restore spreadsheets’ codes, and name codes that are no commune', async () => {
    const text = 'Code commune;Territoire\n71131;Chalon\n71999;Autun\n1004;Ain\n';
    const { communes, notices } = await read([{ code: '71566' }, { code: '01004' }], {
      territories: [write('tas.csv', text)],
    });
    expect(communes.map(({ code, territoire }) => [code, territoire])).toEqual([
      ['01004', 'Ain'],
      ['71566', 'Chalon'],
    ]);
    expect(notices.notices).toMatchObject([
      { code: 'territory-commune-unknown', id: '71999', value: 'Autun' },
    ]);
  });
});

describe('a commune that was split after the files were made', () => {
  const PARTS = ['15031', '15035', '15047', '15171'];
  const movements = () =>
    write(
      'v_mvtcommune_2026.csv',
      `${[
        'MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP',
        ...['15141', ...PARTS].flatMap((code) => [
          `32,2016-12-01,COM,${code},COM,15141`,
          `21,2025-01-01,COM,15141,COM,${code}`,
        ]),
      ].join('\n')}\n`,
    );
  const territory = { communeCodes: ['15141', ...PARTS, '15108'] };

  it('keeps the people of its parts inside the older polygon', async () => {
    const { communes, polygonHolderOf, notices } = await read([{ code: '15141' }, { code: '15108' }], {
      ...territory,
      cog: [movements()],
    });
    expect([...polygonHolderOf]).toEqual(PARTS.map((code) => [code, '15141']));
    expect(notices.notices).toMatchObject([
      { code: 'commune-polygon-before-split', id: '15141', message: expect.stringContaining('15031, 15035') },
    ]);
    const nothing = { lon: new Float64Array(), lat: new Float64Array(), weight: new Float64Array() };
    const places = { buildings: nothing, streets: nothing, townhalls: nothing };
    const spread = new NoticeList();
    const cells = spreadCommunePopulation(communes, places, spread, polygonHolderOf);
    const people = communes.reduce((sum, { population }) => sum + population!, 0);
    expect(cells.population.reduce((sum, each) => sum + each, 0)).toBe(people);
    expect(cells.communeCodes.map((codes) => codes![0])).toEqual([
      '15031',
      '15035',
      '15047',
      '15108',
      '15141',
      '15171',
    ]);
    // All but Val d'Arcomie at the same point, inside the one polygon.
    expect(new Set(cells.lon).size).toBe(2);
    expect(spread.counts().get('commune-population-unplaced')).toBeUndefined();
  });

  it('needs nothing of this where the files have its parts', async () => {
    const rows = ['15141', ...PARTS, '15108'].map((code) => ({ code }));
    const { polygonHolderOf, notices } = await read(rows, { ...territory, cog: [movements()] });
    expect([polygonHolderOf.size, notices.notices]).toEqual([0, []]);
  });

  it.each([
    ['the whole alone', '15141;Est\n15108;Est', 'Est'],
    ['its parts too', '15141;Est\n15031;Ouest\n15108;Est', undefined],
  ])('hands its territoire on where the table names %s', async (_, rows, territoire) => {
    const table = write('tas.csv', `commune;territoire\n${rows}\n`);
    const { communes } = await read([{ code: '15141' }], {
      ...territory,
      cog: [movements()],
      territories: [table],
    });
    const of = (code: string) => communes.find((commune) => commune.code === code)!.territoire;
    expect([of('15141'), of('15047')]).toEqual(['Est', territoire]);
  });
});
