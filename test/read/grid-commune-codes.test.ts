import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readPopulation } from '../../src/read/population.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

/** Chalon-sur-Saône, Le Creusot, Montceau-les-Mines, Autun, Tournus: postal codes and positions. */
const POSTAL = ['71100', '71200', '71300', '71400', '71700'];
const INSEE = ['71076', '71153', '71306', '71014', '71543'];
const IDS = [0, 1, 2, 3, 4].map((i) => `CRS3035RES200mN${2635000 + 200 * i}E${3935000 + 1000 * i}`);

async function readCodes(codes: readonly string[], column: string, communeCodes = new Set(INSEE)) {
  const notices = new NoticeList();
  const rows = codes.map((code, i) => `${IDS[i]},10,"${code}"`);
  const grid = write('grid.csv', `idcar_200m,ind,${column}\n${rows.join('\n')}\n`);
  const cells = await readPopulation([grid], { communeCodes }, notices);
  return { cells, notices };
}

describe('codes of communes in a grid', () => {
  it.each(['lcog_geo', 'depcom'])('that are postal codes, in %s, are told and not read', async (column) => {
    const { cells, notices } = await readCodes(POSTAL, column);
    expect(cells.count).toBe(5);
    expect(cells.communeCodes).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(notices.notices).toMatchObject([
      { code: 'cell-postal-codes', severity: 'warning', file: 'grid.csv' },
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['as they are', INSEE],
    ['with blanks around', INSEE.map((code) => ` ${code} `)],
    ['as numbers with decimals', INSEE.map((code) => `${code}.0`)],
    ['as numbers with a point', INSEE.map((code) => `${code}.`)],
  ])('%s are those of communes', async (_, codes) => {
    const { cells, notices } = await readCodes(codes, 'lcog_geo');
    expect(cells.communeCodes).toEqual(INSEE.map((code) => [code]));
    expect(notices.notices).toEqual([]);
  });

  it.each([
    ['1004', '01004'],
    ['1004.0', '01004'],
    ['2a004', '2A004'],
    ['2b033,2A004', '2B033,2A004'],
    ['1004,1007', '01004,01007'],
  ])('%s is %s', async (written, codes) => {
    const { cells } = await readCodes([written], 'lcog_geo', new Set(['01004', '2A004', '2B033']));
    expect(cells.communeCodes).toEqual([codes.split(',')]);
  });

  it('of communes whose codes are round by chance stay what they are', async () => {
    const round = ['71010', '71020', '71030', '71040', '71050'];
    const { cells, notices } = await readCodes(round, 'lcog_geo', new Set(round));
    expect(cells.communeCodes).toEqual(round.map((code) => [code]));
    expect(notices.notices).toEqual([]);
  });

  it('of another département leave the cells out, as ever', async () => {
    const { cells, notices } = await readCodes([...INSEE.slice(0, 4), '01004'], 'lcog_geo');
    expect(cells.count).toBe(4);
    expect(notices.notices).toMatchObject([{ code: 'cells-of-other-territories' }]);
  });
});
