import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, UNREACHED } from '../../src/common/units.ts';
import { combineTimes, computeCoverage } from '../../src/coverage/coverage.ts';
import {
  BAND_EDGES_MINUTES,
  type CoverageInput,
  type CoverageTally,
  type ModeTimes,
} from '../../src/coverage/coverage-result.ts';
import { drawShares, drawTimes, toReach } from './drawn-coverage.ts';

const T = 18_000;

function input(changes: Partial<CoverageInput> & Pick<CoverageInput, 'shares' | 'modes'>): CoverageInput {
  return { structureCount: 3, thresholdDeciseconds: T, inclusive: false, uncoveredBelow: 0.5, ...changes };
}

describe('a cell at exactly 30:00', () => {
  it.each([
    [false, T - 1, 10],
    [false, T, 0],
    [true, T, 10],
    [true, T + 1, 0],
  ])('inclusive %s, %d deciseconds: %d people covered', (inclusive, time, covered) => {
    const shares = drawShares([[0, 10]]);
    const { whole } = computeCoverage(input({ shares, modes: [drawTimes('car', [time])], inclusive }))
      .modes[0];
    expect(whole.populationCovered).toBe(covered);
    // The band 20-30 and the threshold of 30 obey the same operator.
    expect(whole.populationOfBand[3]).toBe(covered);
    expect(whole.populationOfBand[4]).toBe(10 - covered);
  });
});

describe('the figures of a drawn territory', () => {
  /*
   * commune 0: 100 people at 10 min, 300 at 29, 200 at 40, 50 not linked, 25 linked without a path
   * commune 1: 40 at 12 min                 commune 2: nobody            commune 3: 9 at 31 min
   */
  const shares = drawShares([
    [0, 100],
    [0, 300],
    [0, 200],
    [0, 50],
    [0, 25],
    [1, 40],
    [3, 9],
  ]);
  const minutes = [10, 29, 40, 5, undefined, 12, 31];
  const times = drawTimes(
    'car',
    minutes.map((value) => (value === undefined ? UNREACHED : value * 600)),
    { nearest: [0, 1, 1, 0, -1, 2, 2], notLinked: [3] },
  );
  const result = computeCoverage(input({ shares, modes: [times] }));
  const [mode] = result.modes;

  it('counts covered, uncovered and not connected apart', () => {
    expect(mode.whole).toMatchObject({
      population: 724,
      populationCovered: 100 + 300 + 40,
      populationUncovered: 200 + 9,
      populationNotConnected: 50 + 25,
      rate: 440 / 724,
    });
    expect(mode.populationNotLinked).toBe(50);
  });

  it('weighs mean and median over the people reached and says their share', () => {
    const [commune] = mode.communes;
    expect(commune.meanMinutes).toBeCloseTo((100 * 10 + 300 * 29 + 200 * 40) / 600, 9);
    expect(commune.medianMinutes).toBe(29);
    expect(commune.reachedShare).toBe(600 / 675);
  });

  it('takes the middle where exactly half of the people have arrived', () => {
    const even = drawShares([
      [0, 5],
      [0, 5],
    ]);
    const { whole } = computeCoverage(input({ shares: even, modes: [drawTimes('car', [6_000, 12_000])] }))
      .modes[0];
    expect(whole.medianMinutes).toBe((10 + 20) / 2);
  });

  it('names the state of each commune', () => {
    expect(mode.communes.map(({ etat }) => etat)).toEqual([
      'partielle',
      'couverte',
      'sans population',
      'non couverte',
    ]);
    expect(mode.communes[2]).toMatchObject({
      rate: undefined,
      meanMinutes: undefined,
      reachedShare: undefined,
    });
  });

  it('calls a commune borderline where two minutes change its state', () => {
    // 0: 29 + 2 min leaves 100 of 675, below half. 1: 12 + 2 stays. 3: 31 - 2 min covers all.
    expect(mode.communes.map(({ borderline }) => borderline)).toEqual([true, false, false, true]);
  });

  it('names the structure that is nearest for most people, with its mean time and distance', () => {
    expect(mode.communes[0].nearestStructure).toEqual({
      structureIndex: 1,
      population: 500,
      meanMinutes: (300 * 29 + 200 * 40) / 500,
      meanMeters: (300 * 29 + 200 * 40) / 500 / 10,
    });
    expect(mode.communes[2].nearestStructure).toBeUndefined();
  });

  it('tells of those reached too late alone: their structure, their median time', () => {
    // Commune 0: 200 of the 500 near structure 1 are 40 min away; 29 min is within the threshold. Commune 3: 31 min.
    expect(mode.communes.map(({ tooLate }) => tooLate?.medianMinutes)).toEqual([
      40,
      undefined,
      undefined,
      31,
    ]);
    expect(mode.communes[0].tooLate!.nearestStructure).toMatchObject({
      structureIndex: 1,
      population: 200,
      meanMinutes: 40,
      meanMeters: 4,
    });
    for (const { tooLate, populationUncovered } of mode.communes) {
      expect(tooLate === undefined).toBe(populationUncovered === 0);
    }
  });

  it('adds communes up to EPCI and territoires, the unnamed last', () => {
    expect(mode.epcis.map(({ area, population }) => [area.nom, population])).toEqual([
      ['EPCI A', 675],
      ['EPCI B', 40],
      ['hors EPCI', 9],
    ]);
    expect(mode.territoires).toEqual([]);
  });

  it('adds communes up to cantons where one is known, those shared by several last', () => {
    expect(mode.cantons).toEqual([]);
    const shares = drawShares([
      [0, 500],
      [1, 40],
      [2, 9],
    ]);
    shares.communes[0] = { ...shares.communes[0], canton: '0002', cantonNom: 'Canton B' };
    shares.communes[2] = { ...shares.communes[2], canton: '0001' };
    const { modes } = computeCoverage(input({ shares, modes: [drawTimes('car', [60, 60, 60])] }));
    expect(modes[0].cantons.map(({ area, population }) => [area.code, area.nom, population])).toEqual([
      ['0001', '0001', 9],
      ['0002', 'Canton B', 500],
      ['', 'hors canton', 40],
    ]);
  });

  it('puts people into bands that sum to the population', () => {
    // 0-10, 10-15, 15-20, 20-30, 30-45, over 45, not connected; 10:00 is not under 10.
    expect(mode.whole.populationOfBand).toEqual([0, 140, 0, 300, 209, 0, 75]);
  });
});

describe('people of structures', () => {
  const shares = drawShares([
    [0, 10],
    [0, 20],
    [0, 40],
  ]);
  const reach = toReach([[0, 1], [1], []]);
  const times = { ...drawTimes('car', [600, 600, 60_000], { nearest: [0, 1, 1] }), reach };
  const { structures } = computeCoverage(input({ shares, modes: [times] })).modes[0];

  it('within the threshold of each, and of each alone', () => {
    expect(structures.map((people) => people.populationWithin)).toEqual([30, 20, 0]);
    expect(structures.map((people) => people.populationAlone)).toEqual([10, 0, 0]);
    expect(structures.map((people) => people.populationNearest)).toEqual([10, 60, 0]);
  });

  it('are unknown without reach lists', () => {
    const bare = computeCoverage(input({ shares, modes: [drawTimes('car', [600, 600, 600])] })).modes[0];
    expect(bare.structures[0]).toMatchObject({ populationWithin: undefined, populationAlone: undefined });
  });
});

describe('combined modes', () => {
  const shares = drawShares([
    [0, 1],
    [0, 2],
    [0, 4],
    [0, 8],
  ]);
  const car = drawTimes('car', [600, 30_000, UNREACHED, 500], { nearest: [0, 0, -1, 0], notLinked: [3] });
  const transit = drawTimes('transit', [900, 6_000, UNREACHED, 700], { nearest: [1, 2, -1, 1] });

  it('take the minimum per cell, with its structure, and skip a mode that is not linked', () => {
    const both = combineTimes({ mode: 'car_or_transit', combines: ['car', 'transit'] }, [car, transit]);
    expect([...both.timeOfCell]).toEqual([600, 6_000, UNREACHED, 700]);
    expect([...both.nearestStructureOfCell]).toEqual([0, 2, -1, 1]);
    expect([...both.linkedCell]).toEqual([1, 1, 1, 1]);
  });

  it("stand in the study's order", () => {
    const result = computeCoverage(
      input({
        shares,
        modes: [car, transit],
        combinations: [{ mode: 'car_or_transit', combines: ['car', 'transit'] }],
        modeOrder: ['car_or_transit', 'transit', 'car'],
      }),
    );
    expect(result.modes.map(({ mode }) => mode)).toEqual(['car_or_transit', 'transit', 'car']);
    expect(result.modes.map(({ whole }) => whole.populationCovered)).toEqual([11, 11, 1]);
  });

  it('of an unknown mode throw', () => {
    expect(() => combineTimes({ mode: 'x', combines: ['boat'] }, [car])).toThrow('no times of mode boat');
  });
});

describe('the gain from across the border', () => {
  const shares = drawShares([
    [0, 10],
    [0, 20],
  ]);
  it('is the people covered only thanks to structures beyond it', () => {
    const times = { ...drawTimes('car', [600, 600]), timeOfCellWithoutBeyond: Int32Array.of(600, T) };
    const { borderGain } = computeCoverage(input({ shares, modes: [times] })).modes[0];
    expect(borderGain).toEqual({ populationCoveredWithout: 10, populationGained: 20 });
  });

  it('throws where fewer structures would cover more', () => {
    const times = { ...drawTimes('car', [T, 600]), timeOfCellWithoutBeyond: Int32Array.of(600, 600) };
    expect(() => computeCoverage(input({ shares, modes: [times] }))).toThrow('lose 10 people');
  });
});

it('refuses arrays of another length than the cells', () => {
  expect(() =>
    computeCoverage(input({ shares: drawShares([[0, 1]]), modes: [drawTimes('car', [1, 2])] })),
  ).toThrow('timeOfCell of car holds 2 values, expected 1');
});

describe('on random territories', () => {
  const territory = fc
    .array(
      fc.record({
        commune: fc.nat(5),
        people: fc.double({ min: 0, max: 900, noNaN: true }),
        time: fc.oneof(fc.nat(40_000), fc.constant(T), fc.constant(UNREACHED)),
        isLinked: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
      }),
      { minLength: 1, maxLength: 80 },
    )
    .map((cells) => ({
      cells,
      shares: drawShares(cells.map(({ commune, people }) => [commune, people] as const)),
      times: drawTimes(
        'car',
        cells.map(({ time }) => time),
        { notLinked: cells.flatMap(({ isLinked }, at) => (isLinked ? [] : [at])) },
      ),
    }));
  const parts = ['population', 'populationCovered', 'populationUncovered', 'populationNotConnected'] as const;

  it('population is conserved at every level, to the last bit', () => {
    fc.assert(
      fc.property(territory, ({ shares, times }) => {
        const [mode] = computeCoverage(input({ shares, modes: [times] })).modes;
        for (const level of [[mode.whole], mode.communes, mode.epcis]) {
          for (const tally of level as CoverageTally[]) {
            expect(tally.populationCovered + tally.populationUncovered + tally.populationNotConnected).toBe(
              tally.population,
            );
            expect(tally.populationOfBand.reduce((sum, people) => sum + people, 0)).toBe(tally.population);
          }
          for (const part of parts) {
            expect((level as CoverageTally[]).reduce((sum, tally) => sum + tally[part], 0)).toBe(
              mode.whole[part],
            );
          }
        }
      }),
    );
  });

  it('agrees with a naive count', () => {
    fc.assert(
      fc.property(territory, fc.boolean(), ({ cells, shares, times }, inclusive) => {
        const [mode] = computeCoverage(input({ shares, modes: [times], inclusive })).modes;
        mode.communes.forEach((tally, commune) => {
          const expected = countNaively(
            cells.filter((cell) => cell.commune === commune),
            inclusive,
          );
          expect(tally.population).toBeCloseTo(expected.population, 6);
          expect(tally.populationCovered).toBeCloseTo(expected.covered, 6);
          expect(tally.populationNotConnected).toBeCloseTo(expected.notConnected, 6);
          tally.populationOfBand.forEach((people, band) => {
            expect(people).toBeCloseTo(expected.bands[band], 6);
          });
        });
      }),
    );
  });

  it('a longer threshold never loses people', () => {
    fc.assert(
      fc.property(territory, fc.nat(40_000), fc.nat(20_000), ({ shares, times }, threshold, more) => {
        const covered = [threshold, threshold + more].map(
          (thresholdDeciseconds) =>
            computeCoverage(input({ shares, modes: [times], thresholdDeciseconds })).modes[0].whole
              .populationCovered,
        );
        expect(covered[1]).toBeGreaterThanOrEqual(covered[0]);
      }),
    );
  });

  it('an added structure never loses people', () => {
    fc.assert(
      fc.property(territory, fc.infiniteStream(fc.nat(40_000)), ({ shares, times }, stream) => {
        const better: ModeTimes = {
          ...times,
          timeOfCell: times.timeOfCell.map((time) => Math.min(time, stream.next().value as number)),
          nearestStructureOfCell: times.nearestStructureOfCell.map(() => 0),
        };
        const before = computeCoverage(input({ shares, modes: [times] })).modes[0].whole;
        const after = computeCoverage(input({ shares, modes: [better] })).modes[0].whole;
        expect(after.populationCovered).toBeGreaterThanOrEqual(before.populationCovered);
        expect(after.populationNotConnected).toBeLessThanOrEqual(before.populationNotConnected);
      }),
    );
  });
});

function countNaively(
  cells: ReadonlyArray<{ people: number; time: number; isLinked: boolean }>,
  inclusive: boolean,
): { population: number; covered: number; notConnected: number; bands: number[] } {
  const sum = (isCounted: (cell: (typeof cells)[number]) => boolean): number =>
    cells.filter(isCounted).reduce((total, { people }) => total + people, 0);
  const isReached = (cell: (typeof cells)[number]): boolean => cell.isLinked && cell.time !== UNREACHED;
  const below = (edge: number) => (cell: (typeof cells)[number]) =>
    isReached(cell) && isWithin(cell.time, edge * 600, inclusive);
  const cumulated = BAND_EDGES_MINUTES.map((edge) => sum(below(edge)));
  const bands = cumulated.map((people, at) => people - (cumulated[at - 1] ?? 0));
  const notConnected = sum((cell) => !isReached(cell));
  bands.push(sum(isReached) - cumulated[cumulated.length - 1], notConnected);
  return { population: sum(() => true), covered: sum(below(30)), notConnected, bands };
}
