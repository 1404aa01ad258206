import { describe, expect, it } from 'vitest';
import { calibrateStudy } from '../../src/batch/calage.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildCellShares } from '../../src/coverage/cell-shares.ts';
import { type CommuneSet, NO_COMMUNES } from '../../src/read/communes.ts';
import type { Commune } from '../../src/read/records.ts';
import type { Study } from '../../src/study/study.ts';
import { usageErrorOf } from '../read/failing.ts';
import { useTempFiles } from '../read/temp-files.ts';

const write = useTempFiles();

const commune = (code: string, population: number | undefined): Commune => ({
  code,
  nom: `Commune ${code}`,
  departement: '71',
  population,
  geometry: undefined,
  epci: undefined,
  territoire: undefined,
});
const communes = [commune('71001', 20), commune('71002', 5), commune('71003', undefined)];
const communeSet: CommuneSet = { ...NO_COMMUNES, communes };

/** Ten people in 71001, three in 71003, nobody in 71002. */
const shares = buildCellShares(
  {
    count: 2,
    id: ['a', 'b'],
    lon: new Float64Array(2),
    lat: new Float64Array(2),
    population: Float64Array.of(10, 3),
    sideMeters: new Float64Array(2),
    communeCodes: [['71001'], ['71003']],
    origin: ['grid', 'grid'],
    imputed: undefined,
  },
  communes,
  undefined,
  { communeCodes: communes.map(({ code }) => code) },
);

const study = (calage: string | undefined): Study =>
  ({ calage, path: 'etude.yaml', lineOfKey: new Map([['calage', 7]]) }) as unknown as Study;

describe('the calage of a study', () => {
  it('is off by default', async () => {
    expect(await calibrateStudy(study(undefined), communeSet, shares, new NoticeList())).toBeUndefined();
  });

  it.each([
    ['the package’s populations', () => 'communes'],
    ['a file', () => write('donnees_communes.csv', 'COM;Commune;PMUN\n71001;a;20\n71002;b;5\n')],
  ])('scales to %s and tells what it could not scale', async (_, calage) => {
    const notices = new NoticeList();
    const calibration = await calibrateStudy(study(calage()), communeSet, shares, notices);
    expect([...calibration!.shares.populationOfEntry]).toEqual([20, 3]);
    expect([calibration!.populationBefore, calibration!.populationAfter]).toEqual([13, 23]);
    expect(notices.notices.map(({ code, id, value }) => [code, id, value])).toEqual([
      ['calage-commune-without-cells', '71002', '5'],
      ['calage-without-official-population', '71003', '3'],
    ]);
  });

  it('is refused without communes, and where the file knows none of them', async () => {
    const none = await usageErrorOf(() =>
      calibrateStudy(study('communes'), { ...communeSet, communes: [] }, shares, new NoticeList()),
    );
    expect(none.describe()).toContain('etude.yaml:7: calage needs the polygons of the communes');
    const path = write('elsewhere.csv', 'COM;Commune;PMUN\n21001;a;20\n');
    const elsewhere = await usageErrorOf(() =>
      calibrateStudy(study(path), communeSet, shares, new NoticeList()),
    );
    expect(elsewhere.message).toBe('the calage knows no commune of the study');
  });
});
