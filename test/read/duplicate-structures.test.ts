/** Structures that several lists hold. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { findDuplicates, joinDuplicates } from '../../src/read/duplicate-structures.ts';
import type { Structure } from '../../src/read/records.ts';
import { readStructures } from '../../src/read/structures.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';

const METERS_NORTH = 1 / 111_195;

function structure(change: Partial<Structure>): Structure {
  return {
    id: 'a',
    nom: 'France services de Mâcon',
    type: 'france-service',
    cercle: 1,
    cercleStated: false,
    lon: 4.8,
    lat: 46.3,
    adresse: undefined,
    codeInsee: '71270',
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    format: 'fixe',
    horaires: undefined,
    file: 'a.csv',
    row: 2,
    ...change,
  };
}

const inCommune = { positionOrigin: 'inside-point', lat: 46.35 } as const;

describe('two rows of two lists', () => {
  it.each([
    ['the same place and type, other words', {}, { nom: 'Mâcon', lat: 46.3 + 100 * METERS_NORTH }, true],
    ['149 m apart', {}, { lat: 46.3 + 149 * METERS_NORTH }, true],
    ['151 m apart', {}, { lat: 46.3 + 151 * METERS_NORTH }, false],
    ['MSAP that became France services', { type: 'msap' }, {}, true],
    ['a CCAS and a France services of one house', {}, { type: 'ccas-cias', nom: 'CCAS de Mâcon' }, false],
    [
      'one name under two types',
      { nom: 'Pimms Médiation Bourgogne' },
      { nom: 'PIMMS Médiation de Bourgogne', type: 'pimms-mediation' },
      true,
    ],
    [
      'two associations of one house',
      { type: 'association', nom: 'Le Pont' },
      { type: 'association', nom: 'La Rive' },
      false,
    ],
    [
      'one association',
      { type: 'association', nom: 'Le Pont' },
      { type: 'association', nom: 'Association Le Pont' },
      true,
    ],
    ['a bus and a counter', { format: 'bus' }, {}, false],
    ['two rows of one bus', { format: 'bus' }, { format: 'itinerant' }, true],
    ['only the commune, the same name', {}, { ...inCommune, nom: 'France services Mâcon' }, true],
    [
      'only the commune, a longer name',
      { nom: 'France services Laboratoire social de Mâcon' },
      inCommune,
      true,
    ],
    [
      'only the commune, another name',
      { nom: 'France services Les Saugeraies' },
      { ...inCommune, nom: 'France services Marbé' },
      false,
    ],
    ['only the commune, another one', {}, { ...inCommune, codeInsee: '71014' }, false],
    ['only the commune, another type', {}, { ...inCommune, type: 'ccas-cias' }, false],
    ['own positions, the same commune and name, far apart', {}, { lat: 46.35 }, false],
  ] as ReadonlyArray<[string, Partial<Structure>, Partial<Structure>, boolean]>)(
    '%s',
    (_, first, second, isPair) => {
      const lists = [[structure(first)], [structure({ ...second, id: 'b', file: 'b.csv' })]];
      expect(findDuplicates(lists)).toHaveLength(isPair ? 1 : 0);
    },
  );

  it('pair one to one, the likest first, and never within a list', () => {
    const near = (id: string, meters: number, nom = 'France services') =>
      structure({ id, nom, lat: 46.3 + meters * METERS_NORTH });
    const lists = [
      [near('a', 0, 'France services Nord'), near('b', 40, 'France services Sud')],
      [near('c', 20, 'France services Sud'), near('d', 20, 'France services Nord'), near('e', 20)],
    ];
    expect(findDuplicates(lists).map(({ first, second }) => [first, second])).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });

  it('are no pair where only the commune is known and several would do', () => {
    const lists = [
      [structure({ id: 'a', nom: 'MDS Nord' }), structure({ id: 'b', nom: 'MDS Sud', lat: 46.31 })],
      [structure({ ...inCommune, id: 'c', nom: 'MDS' })],
    ];
    expect(findDuplicates(lists)).toEqual([]);
  });
});

describe('pairs', () => {
  const first = structure({ ...inCommune, id: 'cd-1', adresse: undefined, file: 'cd.csv', audit: false });
  const second = structure({
    id: 'fs-9',
    adresse: '1 rue Haute',
    horaires: 'Mo 09:00-12:00',
    telephone: true,
    audit: true,
    engagee: false,
    engageeStated: true,
    file: 'fs.csv',
    row: 9,
  });

  it('are told with both rows, and both kept', () => {
    const notices = new NoticeList();
    const { structures, keptIdOf } = joinDuplicates([[first], [second]], false, notices);
    expect(structures).toEqual([first, second]);
    expect(keptIdOf.size).toBe(0);
    expect(notices.notices).toMatchObject([
      {
        code: 'structure-duplicate',
        severity: 'warning',
        file: 'fs.csv',
        row: 9,
        id: 'fs-9',
        value: 'cd.csv row 2, id cd-1, same commune',
      },
    ]);
  });

  it("merge on request: the first list's values, the other's for its blanks", () => {
    const notices = new NoticeList();
    const { structures, keptIdOf } = joinDuplicates([[first], [second]], true, notices);
    expect(structures).toEqual([
      {
        ...first,
        lon: second.lon,
        lat: second.lat,
        positionOrigin: undefined,
        adresse: '1 rue Haute',
        horaires: 'Mo 09:00-12:00',
        telephone: true,
        engagee: false,
        engageeStated: true,
      },
    ]);
    expect(keptIdOf).toEqual(new Map([['fs-9', 'cd-1']]));
    expect(notices.notices).toMatchObject([{ code: 'structure-duplicate-merged', severity: 'info' }]);
  });

  it('of three lists become one', () => {
    const third = structure({ id: 'osm', dateCharte: '2022-12-13', file: 'osm.json' });
    const { structures, keptIdOf } = joinDuplicates([[first], [second], [third]], true, new NoticeList());
    expect(structures).toMatchObject([{ id: 'cd-1', adresse: '1 rue Haute', dateCharte: '2022-12-13' }]);
    expect([...keptIdOf]).toEqual([
      ['fs-9', 'cd-1'],
      ['osm', 'cd-1'],
    ]);
  });
});

const list2024 = realData('france-services/france-services-liste-fs-20240801.csv');
const list2021 = realData('france-services/france_services_2021.geojson');
it.skipIf(list2024 === undefined || list2021 === undefined)(
  `finds in the list of 2024 most of those of 2021 (${NO_REAL_DATA})`,
  async () => {
    const notices = new NoticeList();
    const structures = await readStructures([list2024!, list2021!], { mergeDuplicates: true }, notices);
    const mergedCount = notices.counts().get('structure-duplicate-merged')!;
    expect(structures).toHaveLength(2845 + 908 - mergedCount);
    expect(mergedCount).toBeGreaterThan(450);
    // The number of a France services is the same in both lists: the oracle of the pairs.
    const pairs = notices.notices.filter(({ code }) => code === 'structure-duplicate-merged');
    const numberOf = (text: string) => /(\d+)$/.exec(text)![1];
    const agreed = pairs.filter(
      ({ id, value }) => numberOf(id!) === numberOf(value!.replace(/, [^,]*$/, '')),
    );
    expect(agreed.length / pairs.length).toBeGreaterThan(0.97);
  },
);
