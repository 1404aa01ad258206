import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readActionSheets } from '../../src/read/action-sheets.ts';
import { DecimalMarks } from '../../src/read/decimal-marks.ts';
import { readPopulation } from '../../src/read/population.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

describe('what sets thousands apart', () => {
  it.each([
    ['decimal commas in the column', [['12,5'], ['1.234']], '.'],
    ['decimal commas elsewhere', [['1.234', '7,4251']], '.'],
    ['decimal points in the column', [['12.5'], ['1.234']], ','],
    ['decimal points elsewhere', [['1,234', '7.4251']], ','],
    ['groups', [['1.234.567'], ['1.234']], '.'],
    ['a group with decimals', [['1.234,5'], ['1.234']], '.'],
    ['a space before decimals', [['1 234,5'], ['1.234']], '.'],
    ['percentages', [['1.234', '30,5 %']], '.'],
    ['nothing', [['1.234'], ['300']], undefined],
    ['both, in the column', [['12.5'], ['12,5']], 'unclear'],
    ['both, elsewhere', [['1.234', '12.5', '12,5']], undefined],
    ['zero before the mark', [['0.234'], ['1,234']], ','],
  ] as const)('is told by %s', (_, rows, mark) => {
    const marks = new DecimalMarks();
    for (const row of rows) marks.lookAtRow(row);
    expect(marks.thousandMarkOf(0)).toBe(mark);
  });
});

describe('the people of a grid', () => {
  async function peopleOf(content: string) {
    const notices = new NoticeList();
    const cells = await readPopulation([write('g.csv', content)], {}, notices);
    return { people: [...cells.population], codes: notices.notices.map(({ code }) => code) };
  }

  it.each([
    ['1.234', '7,4251', 1234],
    ['1 234', '7,4251', 1234],
    ['1\u00a0234', '7,4251', 1234],
    ['1\u202f234', '7,4251', 1234],
    ["1'234", '7,4251', 1234],
    ['1.234,5', '7,4251', 1234.5],
    ['1.234.567', '7,4251', 1_234_567],
    ['12,5', '7,4251', 12.5],
    ['12.5', '7,4251', 12.5],
    ['1,234', '7.4251', 1234],
    ['1.234', '7.4251', 1.234],
  ])('are %j beside %j: %d', async (people, lon, expected) => {
    const result = await peopleOf(`id;lon;lat;population\n1;${lon};43;${people}\n2;7;43;300\n`);
    expect(result.people).toEqual([expected, 300]);
    const isTold = /^1[.,]234$/.test(people) && expected === 1234;
    expect(result.codes).toEqual(isTold ? ['cell-population-thousands'] : []);
  });

  it('are thousands in the households too', async () => {
    const path = write('h.csv', 'id;lon;lat;population;men\n1;7,4251;43,7;3.000;1.234\n');
    const cells = await readPopulation([path], {}, new NoticeList());
    expect([...cells.population]).toEqual([3000]);
    expect([...cells.segments!.households!]).toEqual([1234]);
  });

  it.each([
    ['no decimal tells, in a file of semicolons', 'id;lon;lat;population\n1;7;43;1.234\n2;7;43;300\n'],
    ['a decimal of the column comes late', `id;lon;lat;population\n1;7;43;1.234\n${rows('12')}9;7;43;12,5\n`],
    ['a late decimal denies it', `id;lon;lat;population\n1;7,1;43;1.234\n${rows('12')}9;7;43;12.5\n`],
    [
      'the first rows have decimals of both kinds',
      'id;lon;lat;population\n1;7;43;1.5\n2;7;43;1,5\n3;7;43;1.234\n',
    ],
  ])('are refused where %s', async (_, content) => {
    const error = await usageErrorOf(() => readPopulation([write('r.csv', content)], {}, new NoticeList()));
    expect(error.message).toMatch(/decimal or a thousand|both with decimal commas and with points/);
    expect(error.fields.line).toBeGreaterThan(1);
  });

  /** More rows than are looked at before the first is read. */
  function rows(people: string): string {
    return Array.from({ length: 900 }, (_, row) => `r${row};7;43;${people}\n`).join('');
  }
});

describe('other tables', () => {
  it.each([
    ['34.448', 34_448],
    ['34,448', 34_448],
    ['34 448', 34_448],
    ['34448', 34_448],
    ['34.448,0', 34_448],
  ])('read the official population %j as whole people', async (text, people) => {
    const path = write('pop.csv', `code_insee;population\n71270;${text}\n`);
    const { peopleOfCommune } = await readReferencePopulations(path, new NoticeList());
    expect(peopleOfCommune.get('71270')).toBe(people);
  });

  it.each([
    ['1.234', '12,5', 1234],
    ['1,234', '12.5', 1234],
    ['1.234', '12.5', 1.234],
    ['1 234', '12,5', 1234],
  ])('read the target %j beside %j as %d', async (target, other, expected) => {
    const path = write('t.csv', `indicateur;annee;cible\nA;2026;${target}\nA;2027;${other}\n`);
    const [row] = await readActionSheets([path], new NoticeList());
    expect(row!.cible).toBe(expected);
  });
});
