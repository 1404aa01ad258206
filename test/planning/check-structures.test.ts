/** Structures against the communes that they declare, on three squares. */
import { describe, expect, it } from 'vitest';
import { checkStructures } from '../../src/planning/check-structures.ts';
import { COMMUNES, codes, METERS_EAST, middleOf, structure } from './drawn-area.ts';

function check(
  structures: ReturnType<typeof structure>[],
  hasStreetWithin?: (lon: number, lat: number, meters: number) => boolean,
) {
  return checkStructures(structures, new Set(structures), {
    communes: COMMUNES,
    codes: codes(),
    hasStreetWithin,
  });
}

const [, middleLat] = middleOf(0);
const FAR = [4.9, middleLat] as const;
const KILOMETERS_TO_A = (METERS_EAST(5 - 4.9) / 1000).toFixed(1);

describe('a structure', () => {
  it.each([
    ['in the commune it declares', '71001'],
    ['that declares a former code of it', '71998'],
    ['that declares none', undefined],
    ['that declares a commune of another département', '71999'],
  ])('%s is right where it stands', (_, code) => {
    expect(check([structure('s', middleOf(0), code)])).toEqual([]);
  });

  it('in another commune nearby is a remark that names both', () => {
    const found = check([structure('s', middleOf(1), '71001')]);
    expect(found).toMatchObject([
      {
        code: 'structure-in-another-commune',
        severity: 'info',
        value: '71001 A / 71002 B',
        file: 'structures.csv',
        row: 2,
        id: 's',
      },
    ]);
  });

  it('far from its commune is a warning with the distance', () => {
    const [found] = check([structure('s', FAR, '71001')]);
    expect(found).toMatchObject({ code: 'structure-far-from-its-commune', severity: 'warning' });
    expect(found!.value).toBe(`71001 A, ${KILOMETERS_TO_A} km`);
    expect(found!.message).toContain('outside every commune');
  });

  it('on another continent is farther than distances are told', () => {
    const [found] = check([structure('s', [-55, -21], '71001')]);
    expect(found!.value).toBe('71001 A, > 2000 km');
  });

  it('just over the simplified border of its commune is none', () => {
    const beside = [5 - 0.001, middleLat] as const;
    expect(check([structure('s', beside, '71001')])).toEqual([]);
  });

  it('far from every commune and street is at sea', () => {
    expect(check([structure('s', FAR)], () => false)).toMatchObject([
      { code: 'structure-in-no-commune', severity: 'warning', value: `4.9, ${middleLat}` },
    ]);
  });

  it('beyond the border with a street near it is none, nor is one of which no road is known', () => {
    expect(check([structure('s', FAR)], () => true)).toEqual([]);
    expect(check([structure('s', FAR)])).toEqual([]);
  });

  it('that does not count is not looked for at sea', () => {
    const checks = { communes: COMMUNES, codes: codes(), hasStreetWithin: () => false };
    expect(checkStructures([structure('s', FAR)], new Set(), checks)).toEqual([]);
  });
});
