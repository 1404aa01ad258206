import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { spreadCommunePopulation } from '../../src/read/commune-population.ts';
import { readCommunes } from '../../src/read/communes.ts';
import type { Commune, OsmPlaces, WeightedPlaces } from '../../src/read/records.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';

function places(points: ReadonlyArray<readonly [number, number, number]> = []): WeightedPlaces {
  return {
    lon: Float64Array.from(points, (point) => point[0]),
    lat: Float64Array.from(points, (point) => point[1]),
    weight: Float64Array.from(points, (point) => point[2]),
  };
}

function commune(code: string, west: number, population: number | undefined, hasGeometry = true): Commune {
  const ring = [
    [west, 46],
    [west + 1, 46],
    [west + 1, 47],
    [west, 47],
    [west, 46],
  ];
  const geometry: Polygon = { type: 'Polygon', coordinates: [ring] };
  return {
    code,
    nom: `Commune ${code}`,
    departement: '00',
    population,
    geometry: hasGeometry ? geometry : undefined,
    epci: undefined,
    territoire: undefined,
  };
}

describe('commune populations spread', () => {
  //   A: buildings    B: streets    C: town hall    D: nothing    E: no polygon, a town hall by its code
  const communes = [
    commune('A', 0, 1000),
    commune('B', 1, 300),
    commune('C', 2, 70),
    commune('D', 3, 7),
    commune('E', 0, 11, false),
  ];
  const osm: OsmPlaces = {
    buildings: places([
      [0.2, 46.2, 1],
      [0.8, 46.8, 3],
      [0.5, 46.5, 0],
      [9, 46, 5],
    ]),
    streets: places([
      [0.5, 46.5, 1],
      [1.5, 46.5, 1],
      [1.6, 46.6, 1],
    ]),
    townhalls: {
      lon: Float64Array.of(0.5, 2.5, 2.6, 8),
      lat: Float64Array.of(46.5, 46.5, 46.5, 46),
      communeCode: [undefined, undefined, undefined, 'E'],
    },
  };

  it('takes buildings by weight, else streets, else the town hall, else a point inside, and marks which', () => {
    const notices = new NoticeList();
    const cells = spreadCommunePopulation(communes, osm, notices);
    expect(cells.id).toEqual(['A-1', 'A-2', 'B-1', 'B-2', 'C-1', 'D-1', 'E-1']);
    expect([...cells.population]).toEqual([1000 / 4, (1000 * 3) / 4, 150, 150, 70, 7, 11]);
    expect(cells.origin).toEqual([
      'building',
      'building',
      'street',
      'street',
      'townhall',
      'inside-point',
      'townhall',
    ]);
    expect([cells.lon[4], cells.lon[6]]).toEqual([2.5, 8]);
    expect(cells.lon[5]).toBeGreaterThan(3);
    expect(cells.lon[5]).toBeLessThan(4);
    expect(cells.communeCodes).toEqual([['A'], ['A'], ['B'], ['B'], ['C'], ['D'], ['E']]);
    expect(notices.notices.map((notice) => [notice.code, notice.message.split(' ')[0]])).toEqual([
      ['population-from-building', '1'],
      ['population-from-street', '1'],
      ['population-from-townhall', '2'],
      ['population-from-inside-point', '1'],
    ]);
  });

  it('says whom it cannot place, and whose number is not known', () => {
    const notices = new NoticeList();
    const cells = spreadCommunePopulation(
      [commune('A', 0, 10), commune('F', 5, undefined), commune('G', 6, 20, false), commune('H', 7, 0)],
      osm,
      notices,
    );
    expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(10);
    expect(notices.notices.slice(0, 2)).toMatchObject([
      { code: 'commune-without-population', id: 'F' },
      { code: 'commune-population-unplaced', id: 'G', value: '20' },
    ]);
  });

  it('refuses communes in which nobody lives', async () => {
    const error = await usageErrorOf(() =>
      spreadCommunePopulation([commune('H', 7, 0)], osm, new NoticeList()),
    );
    expect(error.message).toContain('no one lives');
  });

  it('conserves each commune for any weights', () => {
    const points = Array.from(
      { length: 5000 },
      (_, i) => [0.1 + i * 1e-4, 46.5, 1 / (1 + (i % 37))] as const,
    );
    const cells = spreadCommunePopulation(
      [commune('A', 0, 12_345)],
      { ...osm, buildings: places(points) },
      new NoticeList(),
    );
    expect(cells.count).toBe(5000);
    expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(12_345);
  });

  const saoneEtLoire = realData('communes/communes-71.geojson');
  it.skipIf(saoneEtLoire === undefined)(
    `places every commune of Saône-et-Loire inside its polygon (${NO_REAL_DATA})`,
    async () => {
      const { communes: real } = await readCommunes([saoneEtLoire!], { departement: '71' }, new NoticeList());
      const none: OsmPlaces = {
        buildings: places(),
        streets: places(),
        townhalls: { lon: new Float64Array(0), lat: new Float64Array(0) },
      };
      const cells = spreadCommunePopulation(real, none, new NoticeList());
      expect(cells.count).toBe(563);
      expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(550_310);
      const again = spreadCommunePopulation(
        real,
        { ...none, buildings: { lon: cells.lon, lat: cells.lat, weight: new Float64Array(563).fill(1) } },
        new NoticeList(),
      );
      expect(again.communeCodes).toEqual(cells.communeCodes);
      expect(new Set(again.origin)).toEqual(new Set(['building']));
    },
  );
});
