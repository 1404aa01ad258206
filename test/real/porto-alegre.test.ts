/** Porto Alegre: a hexagon grid without communes, and points of interest in the place of structures. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { parsePlainCsv } from '../run-cli.ts';
import { HAS_STUDY_DATA, openStudy, REAL_MODES, type RealStudy, rateOf, searchStudy } from './studies.ts';

describe.skipIf(!HAS_STUDY_DATA)(`Porto Alegre (${NO_REAL_DATA})`, () => {
  let real: RealStudy;
  beforeAll(async () => {
    real = await openStudy('porto-alegre');
  });

  it('counts everyone of the grid, and takes every point as a structure', () => {
    const rowsOf = (file: string) => parsePlainCsv(readFileSync(realData(`porto-alegre/${file}`)!, 'utf8'));
    const people = rowsOf('poa_hexgrid.csv').reduce((sum, row) => sum + Number(row.population), 0);
    expect(real.territory.shares.account.populationInside).toBe(people);
    expect(real.territory.structures.selected.map(({ nom }) => nom)).toEqual(
      rowsOf('poa_points_of_interest.csv').map(({ id }) => id),
    );
  });

  it('covers more people by car than by bike, and by bike than on foot', async () => {
    const rates = new Map<string, number>();
    for (const mode of REAL_MODES) rates.set(mode, rateOf(real, await searchStudy(real, mode, 'fast')));
    expect(rates.get('car')).toBeGreaterThan(rates.get('bike')!);
    expect(rates.get('bike')).toBeGreaterThan(rates.get('walk')!);
    expect(rates.get('walk')).toBeGreaterThan(0.3);
  });
});
