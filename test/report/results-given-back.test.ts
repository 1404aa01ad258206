/** Tables that the tool writes, read again by it: planners export a result, correct it and give it back as a list. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readStructures } from '../../src/read/structures.ts';
import { writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { useTempFiles } from '../read/temp-files.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const write = useTempFiles();
const REPORT = makeUpReport(drawSquareCommunes(), { leftOutStructures: [] });

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
