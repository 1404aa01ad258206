/** Cells against communes and official populations, on three squares. */
import { describe, expect, it } from 'vitest';
import { buildCellShares } from '../../src/coverage/cell-shares.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import { checkPopulation, countPeople } from '../../src/planning/check-population.ts';
import { COMMUNES, codes, type DrawnCell, grid, middleOf } from './drawn-area.ts';

function check(drawn: readonly DrawnCell[], populations: Readonly<Record<string, number>> = {}) {
  const cells = grid(drawn);
  const known = codes(populations);
  const shares = buildCellShares(cells, COMMUNES, buildCommuneIndex(COMMUNES), {
    currentCodeOf: known.currentCodeOf,
  });
  return { shares, notices: checkPopulation(cells, shares, COMMUNES, known) };
}

const home = (position: number, people: number, ...of: string[]): DrawnCell => ({
  at: middleOf(position),
  people,
  ...(of.length === 0 ? {} : { codes: of }),
});
const EVERYWHERE = [home(0, 1000), home(1, 500), home(2, 500)];
const OFFICIAL = { '71001': 1000, '71002': 500, '71003': 500 };

describe('the population', () => {
  it('has nothing to report where cells and official populations agree', () => {
    const { notices, shares } = check(EVERYWHERE, OFFICIAL);
    expect(notices).toEqual([]);
    expect([...countPeople(shares)]).toEqual([
      ['71001', 1000],
      ['71002', 500],
      ['71003', 500],
    ]);
  });

  it('has nothing to report where no official population is known', () => {
    expect(check(EVERYWHERE).notices).toEqual([]);
  });

  it('counts cells and people outside every commune', () => {
    const { notices } = check(
      [...EVERYWHERE, { at: [5.2, 47], people: 7 }, { at: [5.3, 47], people: 4.4 }],
      OFFICIAL,
    );
    expect(notices).toMatchObject([{ code: 'cells-outside-communes', severity: 'warning', value: '2 / 11' }]);
  });

  it('counts people just outside as those of the nearest commune', () => {
    const { notices } = check([...EVERYWHERE, { at: [5.035, 47.005], people: 7 }], OFFICIAL);
    expect(notices).toMatchObject([{ code: 'cells-beside-communes', severity: 'info', value: '7' }]);
  });

  it.each([
    { official: { '71003': 40 }, severity: 'warning' },
    { official: { '71003': 0 }, severity: 'info' },
    { official: {}, severity: 'warning' },
  ])('names a commune where nobody is counted ($severity)', ({ official, severity }) => {
    const { notices } = check([home(0, 1000), home(1, 500)], { '71001': 1000, '71002': 500, ...official });
    expect(notices).toMatchObject([{ code: 'commune-without-people', severity, id: '71003 C' }]);
  });

  it('warns where the whole grid is far from the official total, and not of each commune', () => {
    const { notices } = check([home(0, 700), home(1, 350), home(2, 350)], OFFICIAL);
    expect(notices).toMatchObject([{ code: 'population-differs-from-official', value: '1400 / 2000' }]);
    expect(notices[0]!.message).toContain('-30 %');
  });

  it('does not warn of the 5 % that a grid lacks', () => {
    expect(check([home(0, 950), home(1, 475), home(2, 475)], OFFICIAL).notices).toEqual([]);
  });

  it('names the commune that is far from what the territory lets expect', () => {
    const { notices } = check([home(0, 600), home(1, 900), home(2, 500)], OFFICIAL);
    expect(notices.map(({ code, id, value }) => [code, id, value])).toEqual([
      ['commune-population-apart', '71001 A', '600 / 1000'],
      ['commune-population-apart', '71002 B', '900 / 500'],
    ]);
  });

  it('does not name a small commune that differs by chance', () => {
    const small = { '71001': 100, '71002': 100, '71003': 100 };
    expect(check([home(0, 150), home(1, 60), home(2, 90)], small).notices).toEqual([]);
  });

  it('tells codes of another year from codes of no list', () => {
    const { notices } = check(
      [home(0, 900, '71998'), home(0, 100, '71001'), home(1, 500, '12345'), home(2, 500, '71003')],
      OFFICIAL,
    );
    expect(notices.map(({ code, severity, value }) => [code, severity, value])).toEqual([
      ['cells-of-former-communes', 'info', '71998'],
      ['cells-of-unknown-communes', 'warning', '12345'],
    ]);
  });

  it('has nothing to say without communes', () => {
    const cells = grid(EVERYWHERE);
    expect(checkPopulation(cells, buildCellShares(cells, [], undefined), [], codes())).toEqual([]);
  });
});
