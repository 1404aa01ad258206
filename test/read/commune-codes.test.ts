import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readCogMovements } from '../../src/read/cog-movements.ts';
import { buildCommuneCodes, type CommuneCodes, successorsWithin } from '../../src/read/commune-codes.ts';
import { CommuneHistory } from '../../src/read/commune-history.ts';
import { Decoupage, PACKAGE_DATE } from '../../src/read/decoupage.ts';
import { restoreCode } from '../../src/read/written-codes.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

const HEADER =
  'MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP';

/** `32,2016-01-01,COM,49382,COM,49160` -> a row of INSEE's table, names left aside. */
function row(brief: string): string {
  const [mod, date, typeBefore, before, typeAfter, after] = brief.split(',');
  return `${mod},${date},${typeBefore},${before},0,A,A,A,${typeAfter},${after},0,B,B,B`;
}

/** Rows of the table for the cases below, with their dates; the delegated communes are there to be left aside. */
const MOVEMENTS = [
  // Orée d'Anjou: Drain (49126) joins it in 2015, and becomes its seat ten years later.
  '32,2015-12-15,COM,49069,COM,49069',
  '32,2015-12-15,COM,49069,COMD,49069',
  '32,2015-12-15,COM,49126,COM,49069',
  '32,2015-12-15,COM,49126,COMD,49126',
  '50,2025-01-01,COM,49069,COM,49126',
  // Ciel and Verdun-sur-le-Doubs.
  '32,2025-01-01,COM,71131,COM,71566',
  '32,2025-01-01,COM,71566,COM,71566',
  // Les Trois Lacs: the seat goes to Bernières (27058) and comes back to Venables.
  '32,2017-01-01,COM,27058,COM,27676',
  '32,2017-01-01,COM,27647,COM,27676',
  '32,2017-01-01,COM,27676,COM,27676',
  '50,2021-01-01,COM,27676,COM,27058',
  '50,2023-01-01,COM,27058,COM,27676',
  // Neussargues en Pinatelle: five communes in one, and five again.
  ...['15031', '15035', '15047', '15141', '15171'].flatMap((code) => [
    `32,2016-12-01,COM,${code},COM,15141`,
    `32,2016-12-01,COM,${code},COMD,${code}`,
    `21,2025-01-01,COM,15141,COM,${code}`,
    `21,2025-01-01,COMD,${code},COM,${code}`,
  ]),
  '10,2025-01-01,COM,15141,COM,15141',
  // Into another département, and on the same day into a new commune there.
  '41,2016-01-01,COM,44060,COM,49382',
  '32,2016-01-01,COM,49382,COM,49160',
  '32,2016-01-01,COM,49160,COM,49160',
  '41,2018-01-01,COM,49144,COM,44225',
  '32,2018-01-01,COM,44225,COM,44180',
  '32,2018-01-01,COM,44180,COM,44180',
  '41,2018-01-01,COM,14513,COM,50649',
  '32,2018-01-01,COM,50649,COM,50592',
  '32,2018-01-01,COM,50592,COM,50592',
];

async function readHistory(briefs: readonly string[] = MOVEMENTS, until = PACKAGE_DATE) {
  const path = write('v_mvtcommune_2026.csv', `${[HEADER, ...briefs.map(row)].join('\n')}\n`);
  return new CommuneHistory(await readCogMovements([path], new NoticeList()), until);
}

async function readCodes(briefs: readonly string[] = MOVEMENTS, notices = new NoticeList()) {
  const path = write('v_mvtcommune_2026.csv', `${[HEADER, ...briefs.map(row)].join('\n')}\n`);
  const movements = await readCogMovements([path], notices);
  return buildCommuneCodes(new Decoupage(), movements, [path], notices);
}

describe('the movements of communes', () => {
  it.each([
    ['a change of code', '49069', '2018-01-01', ['49126']],
    ['a merger, and the change of code ten years later', '49126', '2015-01-01', ['49126']],
    ['the code that a seat has given', '49126', '2025-06-01', ['49126']],
    ['a merger', '71131', '2018-01-01', ['71566']],
    ['the one that the others join', '71566', '2018-01-01', ['71566']],
    ['a loop from its start', '27676', '2018-01-01', ['27676']],
    ['a loop from its middle', '27058', '2022-01-01', ['27676']],
    ['a commune that joined what went round the loop', '27058', '2016-01-01', ['27676']],
    ['another one that joined it', '27647', '2016-01-01', ['27676']],
    ['what is split since', '15141', '2018-01-01', ['15031', '15035', '15047', '15141', '15171']],
    ['what joined and was restored', '15047', '2015-01-01', ['15047']],
    ['what others joined and left again', '15141', '2015-01-01', ['15141']],
    ['what was restored', '15047', '2025-06-01', ['15047']],
    ['a change of département and a merger on one day', '44060', '2015-01-01', ['49160']],
    ['another one', '49144', '2017-06-30', ['44180']],
    ['a third one', '14513', '2017-06-30', ['50592']],
    ['the day itself is after the event', '71566', '2025-01-01', ['71566']],
    ['a code to which nothing happened', '71270', '2018-01-01', ['71270']],
  ])('lead on by date: %s (%s of %s)', async (_, code, on, ends) => {
    expect((await readHistory()).follow(code, on)).toEqual(ends);
  });

  it.each([
    ['44060', '2016-06-01', '49160'],
    ['49144', '2018-06-01', '44180'],
    ['14513', '2018-06-01', '50592'],
  ])('follow %s to the commune that it merged into the same day', async (code, until, end) => {
    expect((await readHistory(MOVEMENTS, until)).follow(code)).toEqual([end]);
  });

  it.each([
    ['44060', '49382'],
    ['49144', '44225'],
    ['14513', '50649'],
  ])('take %s to %s where only its département changes', async (before, after) => {
    const changes = MOVEMENTS.filter((brief) => brief.startsWith('41'));
    expect((await readHistory(changes)).follow(before)).toEqual([after]);
  });

  it('are not followed past the day of the list', async () => {
    expect((await readHistory(MOVEMENTS, '2022-01-01')).follow('27676', '2018-01-01')).toEqual(['27058']);
    expect((await readHistory(MOVEMENTS, '2024-12-31')).follow('15141', '2018-01-01')).toEqual(['15141']);
  });

  it('lead without a day from the last time that the code was in use', async () => {
    const history = await readHistory([
      '31,1973-01-01,COM,71999,COM,71001',
      '21,1985-01-01,COM,71001,COM,71999',
      '31,2019-01-01,COM,71999,COM,71002',
    ]);
    expect(history.follow('71999')).toEqual(['71002']);
    expect(history.follow('71999', '1970-01-01')).toEqual(['71002']);
    expect(history.follow('71001', '1980-01-01')).toEqual(['71001', '71002']);
  });

  it('do not send what joins a commune on the day of its split to the parts', async () => {
    const history = await readHistory([
      '21,2019-01-01,COM,71001,COM,71003',
      '32,2019-01-01,COM,71004,COM,71001',
    ]);
    expect(history.follow('71004', '2018-01-01')).toEqual(['71001']);
  });

  it('share out what was suppressed', async () => {
    const history = await readHistory([
      '30,2019-01-01,COM,71001,COM,71002',
      '30,2019-01-01,COM,71001,COM,71003',
    ]);
    expect(history.follow('71001')).toEqual(['71002', '71003']);
  });
});

describe('the table of movements', () => {
  it.each([
    ['INSEE since 2019', HEADER, '50,2025-01-01,COM,49069,0,,,,COM,49126,0,,,'],
    ['lower case', HEADER.toLowerCase(), '50,2025-01-01,COM,49069,0,,,,COM,49126,0,,,'],
    [
      'semicolons, another order, dates of a spreadsheet',
      'COM_AV;COM_AP;TYPECOM_AV;TYPECOM_AP;MOD;DATE_EFF',
      '49069;49126;COM;COM;50;01/01/2025',
    ],
  ])('is read with the header of %s', async (_, header, line) => {
    const path = write('mvt.csv', `${header}\n${line}\n`);
    expect(await readCogMovements([path], new NoticeList())).toEqual([
      { mod: 50, date: '2025-01-01', before: '49069', after: '49126' },
    ]);
  });

  it('restores the zero that a spreadsheet ate, and tells of rows without a date or a code', async () => {
    const notices = new NoticeList();
    const rows = [
      '31,2019-01-01,COM,1001,COM,1002',
      '31,,COM,01003,COM,01002',
      '31,2019-01-01,COM,x,COM,01002',
    ];
    const path = write('mvt.csv', `${[HEADER, ...rows.map(row)].join('\n')}\n`);
    expect(await readCogMovements([path], notices)).toEqual([
      { mod: 31, date: '2019-01-01', before: '01001', after: '01002' },
    ]);
    expect(notices.notices.map(({ code, row: line }) => [code, line])).toEqual([
      ['cog-movement-unreadable', 3],
      ['cog-movement-unreadable', 4],
    ]);
  });

  it.each([
    ['another table', 'commune;epci\n71270;200070308\n', 'kind of movement'],
    [
      'a table of delegated communes alone',
      `${HEADER}\n${row('32,2019-01-01,COM,01001,COMD,01001')}\n`,
      'no movement',
    ],
  ])('is refused where it is %s', async (_, text, words) => {
    const path = write('mvt.csv', text);
    const error = await usageErrorOf(() => readCogMovements([path], new NoticeList()));
    expect(error.message).toContain(words);
    expect(error.fields.file).toBe(path);
  });
});

describe('codes of today', () => {
  const withoutTable = (): CommuneCodes => buildCommuneCodes(new Decoupage(), [], [], new NoticeList());

  it.each([
    ['49069', '49126'],
    ['71131', '71566'],
    ['27058', '27676'],
    ['27647', '27676'],
    ['44060', '49160'],
    ['49382', '49160'],
    ['49144', '44180'],
    ['44225', '44180'],
    ['14513', '50592'],
    ['50649', '50592'],
    ['69381', '69123'],
    ['75101', '75056'],
    ['13201', '13055'],
  ])('%s is %s, with the table of movements and without', async (code, current) => {
    expect(withoutTable().currentCodeOf.get(code)).toBe(current);
    expect((await readCodes()).currentCodeOf.get(code)).toBe(current);
  });

  it('leave a code of today as it is', async () => {
    const { currentCodeOf } = await readCodes();
    for (const code of ['49126', '27676', '15141', '15031', '71566']) {
      expect(currentCodeOf.has(code), code).toBe(false);
    }
  });

  it('follow delegated communes to the seat of today, where a split took them elsewhere', () => {
    // The list names 55273 both among the former codes of 55245 and under the seat 55386.
    const decoupage = new Decoupage();
    expect(decoupage.currentCodeOf().get('55273')).toBe('55386');
    expect(decoupage.currentCodeOf().get('60455')).toBe('60694');
  });

  it('go on with the list where the table ends before it', async () => {
    const { currentCodeOf } = await readCodes(['41,2018-01-01,COM,49144,COM,44225']);
    expect(currentCodeOf.get('49144')).toBe('44180');
  });

  it('stand for the former whole in a list that names none of the parts', async () => {
    const codes = await readCodes();
    expect(codes.splits.map(({ whole, parts }) => [whole, parts])).toEqual([
      ['15141', ['15031', '15035', '15047', '15171']],
    ]);
    expect(successorsWithin(codes, new Set(['15141', '15108'])).get('15141')).toEqual([
      '15031',
      '15035',
      '15047',
      '15141',
      '15171',
    ]);
    expect(successorsWithin(codes, new Set(['15141', '15031'])).size).toBe(0);
    expect(successorsWithin(codes, new Set(['15108'])).size).toBe(0);
  });

  it('tells of movements after the day of the list, which are not followed', async () => {
    const notices = new NoticeList();
    const { currentCodeOf } = await readCodes(
      ['32,2027-01-01,COM,71270,COM,71076', '50,2025-01-01,COM,49069,COM,49126'],
      notices,
    );
    expect(currentCodeOf.has('71270')).toBe(false);
    expect(notices.notices).toMatchObject([
      { code: 'cog-movements-later-than-list', message: expect.stringContaining('1 movements') },
    ]);
  });

  it('know the day of the package that is installed', () => {
    const { version } = createRequire(import.meta.url)('@etalab/decoupage-administratif/package.json') as {
      version: string;
    };
    expect([version.split('.')[0], PACKAGE_DATE]).toEqual(['6', '2026-01-01']);
  });

  it.each([
    ['1004', '01004'],
    [' 2a004', '2A004'],
    ['71270', '71270'],
    ['97105', '97105'],
  ])('restore %j as %s', (text, code) => {
    expect(restoreCode(text)).toBe(code);
  });
});

describe('territories in charge', () => {
  it.each([
    ['6AE', (code: string) => /^6[78]/.test(code)],
    ['20R', (code: string) => /^2[AB]/.test(code)],
    ['69M', (code: string) => code.startsWith('69')],
    ['69D', (code: string) => code.startsWith('69')],
    ['971', (code: string) => code.startsWith('971')],
  ])('%s has its communes', (departement, belongs) => {
    const codes = new Decoupage().communeCodesOf(departement);
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.every(belongs)).toBe(true);
  });

  it('share out the Rhône between the département and the metropolis', () => {
    const decoupage = new Decoupage();
    const [all, metropolis, rest] = ['69', '69M', '69D'].map((code) => decoupage.communeCodesOf(code));
    expect(metropolis).toHaveLength(58);
    expect(metropolis).toContain('69123');
    expect(rest).toContain('69264'); // Villefranche-sur-Saône
    expect([...metropolis!, ...rest!].sort()).toEqual(all);
  });
});
