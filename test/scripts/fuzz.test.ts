/** Inputs changed at random go through the commands without a crash, and never change figures without a word. */
import { describe, expect, it } from 'vitest';
import { drawMutant } from '../../scripts/fuzz/draw-mutant.ts';
import type { Mutant } from '../../scripts/fuzz/fuzz-format.ts';
import { drawFormats } from '../../scripts/fuzz/fuzz-formats.ts';
import { fuzz } from '../../scripts/fuzz/fuzz-runs.ts';
import { judge, type Outcome } from '../../scripts/fuzz/judge-outcome.ts';
import { runHere } from '../../scripts/fuzz/run-here.ts';
import { temporaryFolder } from '../run-cli.ts';

const SEED = 15;
const formats = await drawFormats();

describe('fuzzing', () => {
  it('finds nothing in 200 mutants of all formats', async () => {
    const folder = temporaryFolder();
    try {
      const options = { run: runHere, runs: 200, seed: SEED, formats: [], folder: folder.path, atOnce: 1 };
      const { findings, endings } = await fuzz(options);
      const words = findings.map(
        ({ mutant, command, fault }) =>
          `${mutant.run} ${mutant.format.name}, ${mutant.change}, ${command}: ${fault}`,
      );
      expect(words).toEqual([]);
      // Mutants that are all refused, or all taken, would show nothing.
      expect(endings.get('0')).toBeGreaterThan(100);
      expect(endings.get('2')).toBeGreaterThan(50);
    } finally {
      folder.remove();
    }
  }, 120_000);

  it('draws the same mutant from the same seed and run, and others from others', () => {
    for (let run = 0; run < 60; run++) {
      const { bytes, change } = drawMutant(formats, SEED, run);
      expect(drawMutant(formats, SEED, run)).toMatchObject({ bytes, change });
      expect(bytes.equals(formats[run % formats.length]!.bytes)).toBe(false);
    }
    const changes = new Set([1, 2, 3, 4].map((seed) => drawMutant(formats, seed, 3).change));
    expect(changes.size).toBeGreaterThan(1);
  });
});

const GOOD: Outcome = {
  command: 'coverage',
  exitCode: 0,
  shown: 'Marche 90,5 %\n',
  figures: '[1]',
  told: new Map([['far', 2]]),
  seconds: 1,
  peakMegabytes: 100,
};

describe('an outcome', () => {
  const mutant: Mutant = { ...drawMutant(formats, SEED, 0), isDamage: true };

  it.each<[string, Partial<Outcome>, RegExp | undefined]>([
    ['as that of the good file', {}, undefined],
    ['that is a refusal', { exitCode: 2, shown: 'maillage: a.csv:3: no', figures: undefined }, undefined],
    ['with other figures and one notice more', { figures: '[2]', told: new Map([['far', 3]]) }, undefined],
    ['with other figures and the same notices', { figures: '[2]' }, /without a notice/],
    ['with other figures and fewer notices', { figures: '[2]', told: new Map() }, /without a notice/],
    ['that is an internal error', { exitCode: 3, figures: undefined }, /exit 3/],
    ['that a signal ended', { exitCode: null }, /exit null/],
    ['with a stack', { exitCode: 2, shown: 'TypeError\n    at read (src/a.ts:3:4)\n' }, /stack/],
    ['with an escape', { shown: '\u001b[2J' }, /control/],
    ['refused in silence', { exitCode: 2, shown: '', figures: undefined }, /without a word/],
    ['after long', { seconds: 11 }, /11.0 s/],
    ['with much memory', { peakMegabytes: 700 }, /700 MB/],
  ])('%s is judged', (_, changes, expected) => {
    const faults = judge(mutant, { ...GOOD, ...changes }, GOOD).map(({ fault }) => fault);
    expect(faults).toHaveLength(expected === undefined ? 0 : 1);
    if (expected !== undefined) expect(faults[0]).toMatch(expected);
  });

  it('with other figures is no fault where the mutant may be good data', () => {
    expect(judge({ ...mutant, isDamage: false }, { ...GOOD, figures: '[2]' }, GOOD)).toEqual([]);
  });
});
