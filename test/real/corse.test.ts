/** Corsica: the real 1 km grid over the communes of 2A and 2B. No roads there, so only who lives where. */
import { booleanPointInPolygon } from '@turf/turf';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { calibrateShares } from '../../src/coverage/calibration.ts';
import { buildCellShares } from '../../src/coverage/cell-shares.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import type { CellShares } from '../../src/coverage/coverage-result.ts';
import { readCommunes } from '../../src/read/communes.ts';
import { openGeoPackage } from '../../src/read/geopackage.ts';
import { readPopulation } from '../../src/read/population.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';

const grid = realData('corse/carr_corse_1km_2015_crs3035.gpkg');
const polygons = ['2A', '2B'].map((departement) => realData(`communes/communes-${departement}.geojson`));

async function readCorsica(departement?: string) {
  const notices = new NoticeList();
  const { communes, neighbours, currentCodeOf } = await readCommunes(
    polygons.map((path) => path!),
    { departement },
    notices,
  );
  const cells = await readPopulation([grid!], {}, notices);
  const all = [...communes, ...neighbours];
  const shares = buildCellShares(cells, all, buildCommuneIndex(all), {
    ...(departement === undefined ? {} : { communeCodes: communes.map(({ code }) => code) }),
    currentCodeOf,
  });
  return { communes, cells, shares, notices };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function countByCommune(shares: CellShares): Map<string, { people: number; cells: number }> {
  const counts = new Map<string, { people: number; cells: number }>();
  shares.populationOfEntry.forEach((people, entry) => {
    const { code } = shares.communes[shares.communeOfEntry[entry]];
    const before = counts.get(code) ?? { people: 0, cells: 0 };
    counts.set(code, { people: before.people + people, cells: before.cells + 1 });
  });
  return counts;
}

describe.skipIf(grid === undefined)(`Corsica (${NO_REAL_DATA})`, () => {
  it('has 270 859 people in 2 994 cells, every one in a commune', async () => {
    const { cells, shares, notices } = await readCorsica();
    expect([cells.count, notices.notices]).toEqual([2_994, []]);
    expect(shares.account).toMatchObject({
      populationInside: 270_859,
      populationOutside: 0,
      cellCountOutside: 0,
    });
    const counts = countByCommune(shares);
    expect(sum([...counts.values()].map(({ people }) => people))).toBe(270_859);
    expect(sum([...counts.values()].map((count) => count.cells))).toBe(2_994);
    expect([counts.get('2A004'), counts.get('2B033')]).toEqual([
      { people: 51_440, cells: 53 },
      { people: 32_160, cells: 20 },
    ]);
  });

  it('puts a cell into the commune that turf finds around its centre', async () => {
    const { communes, cells, shares } = await readCorsica();
    let checked = 0;
    for (let cell = 0; cell < cells.count; cell += 25) {
      const point: Position = [cells.lon[cell], cells.lat[cell]];
      const holder = communes.find(({ geometry }) => booleanPointInPolygon(point, geometry!));
      if (holder === undefined) continue;
      expect(shares.communes[shares.communeOfEntry[cell]].code).toBe(holder.code);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('counts the imputed cells and their people as the file has them: 16.6 %', async () => {
    const { cells } = await readCorsica();
    const geoPackage = await openGeoPackage(grid!);
    const rows = [...geoPackage.rows(geoPackage.getTable(), { columns: ['Ind', 'I_est_1km'] })];
    geoPackage.close();
    const ofFile = rows.filter(({ attributes }) => attributes.I_est_1km === 1);
    const people = sum([...cells.population].filter((_, cell) => cells.imputed![cell] === 1));
    expect(sum([...cells.imputed!])).toBe(ofFile.length);
    expect(people).toBe(sum(ofFile.map(({ attributes }) => Number(attributes.Ind))));
    expect(people / 270_859).toBeCloseTo(0.1663, 4);
  });

  it('reads households and ages that fit the people', async () => {
    const { cells } = await readCorsica();
    const total = (values: Float64Array | undefined) => values!.reduce((sum, value) => sum + value, 0);
    const { households, poorHouseholds, under18, from65, from80 } = cells.segments!;
    expect(total(households)).toBeGreaterThan(270_859 / 2.6);
    expect(total(poorHouseholds)).toBeLessThan(total(households) * 0.3);
    expect(total(under18) / 270_859).toBeCloseTo(0.19, 1);
    expect(total(from80)).toBeLessThan(total(from65));
    for (let cell = 0; cell < cells.count; cell++) {
      expect(under18![cell] + from65![cell]).toBeLessThan(cells.population[cell] + 0.5);
    }
  });

  it('gives Corse-du-Sud its own part, and leaves the rest', async () => {
    const { shares } = await readCorsica('2A');
    const { populationInside, populationOutside } = shares.account;
    expect(populationInside + populationOutside).toBe(270_859);
    expect(populationInside).toBeGreaterThan(110_000);
    expect(populationInside).toBeLessThan(populationOutside);
  });

  it('is scaled to the official populations of its communes, exactly', async () => {
    const { communes, shares } = await readCorsica();
    const official = new Map(communes.map(({ code, population }) => [code, population!]));
    const calibration = calibrateShares(shares, official);
    const missing = calibration.withoutCells.reduce((sum, { people }) => sum + people, 0);
    expect(calibration.populationBefore).toBe(270_859);
    expect(calibration.populationAfter + missing).toBe(calibration.populationOfficial);
    expect(calibration.withoutOfficial).toEqual([]);
    // Villages whose cells' centres all lie next door.
    expect(calibration.withoutCells.length).toBeLessThan(10);
    expect(missing).toBeLessThan(300);
  });
});
