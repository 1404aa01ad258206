/** The committed study of Saint-Germain-en-Laye: French roads, communes, populations and France services. */
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeCoverage, type ModeCoverage, toCoverageInput } from '../../src/index.ts';
import { NO_REAL_DATA } from '../real-data.ts';
import { HAS_STUDY_DATA, openStudy, REAL_MODES, type RealStudy, rateOf, searchStudy } from './studies.ts';

const communesOfPackage = createRequire(import.meta.url)(
  '@etalab/decoupage-administratif/data/communes.json',
) as Array<{ code: string; type: string; population?: number }>;

describe.skipIf(!HAS_STUDY_DATA)(`Saint-Germain-en-Laye (${NO_REAL_DATA})`, () => {
  let real: RealStudy;
  let modes: Map<string, ModeCoverage>;

  beforeAll(async () => {
    real = await openStudy('saint-germain');
    const times = await Promise.all(REAL_MODES.map((mode) => searchStudy(real, mode, 'fast')));
    const { modes: covered } = computeCoverage(toCoverageInput(real.study, real.territory, times));
    modes = new Map(covered.map((each) => [each.mode, each]));
  });

  it.each(REAL_MODES)(
    'has the same %s time, structure and link in every cell by both engines',
    async (mode) => {
      const fast = await searchStudy(real, mode, 'fast');
      const reference = await searchStudy(real, mode, 'reference');
      expect(fast.timeOfCell.length).toBeGreaterThan(1000);
      expect(fast.timeOfCell).toEqual(reference.timeOfCell);
      expect(fast.linkedCell).toEqual(reference.linkedCell);
      expect(fast.nearestStructureOfCell).toEqual(reference.nearestStructureOfCell);
    },
  );

  it('counts the municipal populations of its communes, Fourqueux within Saint-Germain', () => {
    const codes = new Set(real.study.communeCodes);
    const people = communesOfPackage
      .filter(({ code, type }) => codes.has(code) && type === 'commune-actuelle')
      .reduce((sum, { population }) => sum + population!, 0);
    expect(modes.get('car')!.whole.population).toBeCloseTo(people, 6);
    expect(real.territory.communeSet.communes.map(({ code }) => code)).toEqual([...codes].sort());
  });

  it('covers more people by car than by bike, and by bike than on foot', () => {
    const [car, walk, bike] = REAL_MODES.map((mode) => modes.get(mode)!.whole.rate!);
    expect(car).toBeGreaterThan(bike!);
    expect(bike).toBeGreaterThan(walk!);
    expect(car).toBeLessThan(1);
  });

  it('leaves out by bike what it leaves out by car, and on foot what it leaves out by bike', () => {
    const leftOut = (mode: string) =>
      modes
        .get(mode)!
        .communes.filter(({ etat }) => etat === 'non couverte')
        .map(({ area }) => area.nom);
    expect(leftOut('car')).toContain('Maisons-Laffitte');
    expect(leftOut('bike')).toEqual(expect.arrayContaining(leftOut('car')));
    expect(leftOut('walk')).toEqual(expect.arrayContaining(leftOut('bike')));
  });

  it('reaches the communes in the order of their distance from Poissy, the one structure on the roads read', () => {
    const meanOf = (nom: string) =>
      modes.get('car')!.communes.find(({ area }) => area.nom === nom)!.meanMinutes!;
    expect(meanOf('Saint-Germain-en-Laye')).toBeLessThan(meanOf('Le Mesnil-le-Roi'));
    expect(meanOf('Le Mesnil-le-Roi')).toBeLessThan(meanOf('Maisons-Laffitte'));
  });

  it('never loses people when the threshold grows', async () => {
    const times = await searchStudy(real, 'car', 'fast');
    const rates = [5, 10, 15, 20, 30, 45, 60].map((thresholdMinutes) =>
      rateOf({ ...real, study: { ...real.study, thresholdMinutes } }, times),
    );
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(rates[0]).toBeLessThan(rates.at(-1)!);
  });
});
