/**
 * Changes inputs at random and sends each through `check`, `coverage` and `matrix`:
 *
 *     npx tsx scripts/fuzz.ts [--runs 1000] [--seed 1] [--format NAME…] [--first N] [--warm] [--here]
 *
 * Prints what no input may bring about: internal errors, stacks, more than 10 s or 500 MB, control characters on the
 * terminal, and other figures of damaged data without a notice. Each such mutant is kept in a folder, with its study.
 * Exits with 1 where there is one. Run `npm run build` before. With `--warm` a few processes
 * run the built command again and again, ten times as fast, and a fault is tried once more in a process of its own;
 * with `--here` all runs within this process, from the sources.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeStudy } from './fuzz/fuzz-commands.ts';
import { fuzz } from './fuzz/fuzz-runs.ts';
import { LIMITS } from './fuzz/judge-outcome.ts';
import { runBuilt, runWarm, stopWarm } from './fuzz/run-built.ts';
import { runHere } from './fuzz/run-here.ts';
import { parseCount } from './lib/options.ts';

const TOLD_EVERY = 250;

interface Options {
  runs: number;
  seed: number;
  format: string[];
  first: number;
  warm: boolean;
  here: boolean;
  keep?: string;
  atOnce: number;
}

const options = new Command('fuzz')
  .option('--runs <n>', 'mutants', parseCount, 1000)
  .option('--seed <n>', 'of the mutants', parseCount, 1)
  .option('--format <names...>', 'only these formats, such as grid.csv', [])
  .option('--first <n>', 'number of the first run, to see one again', Number, 0)
  .option('--warm', 'by the built command in processes that stay', false)
  .option('--here', 'within this process, not by the built command', false)
  .option('--keep <folder>', 'where mutants that show a fault are kept (default: a temporary folder)')
  .option('--at-once <n>', 'processes at once', parseCount, 2)
  .parse()
  .opts<Options>();

const { runs, seed, first, warm, here } = options;
const folder = mkdtempSync(join(tmpdir(), 'maillage-fuzz-'));
const keep = options.keep ?? mkdtempSync(join(tmpdir(), 'maillage-fuzz-found-'));
const startedAt = performance.now();
try {
  const { findings, endings, slowestSeconds } = await fuzz({
    ...(warm ? { run: runWarm, confirm: runBuilt } : { run: here ? runHere : runBuilt }),
    runs,
    seed,
    formats: options.format,
    first,
    folder,
    atOnce: here ? 1 : options.atOnce,
    onProgress(done) {
      if (done % TOLD_EVERY === 0) process.stderr.write(`${done} of ${runs}\n`);
    },
    onFinding({ mutant, command, fault }) {
      const place = join(keep, `${seed}-${mutant.run}`);
      writeStudy(place, mutant.format, mutant.bytes);
      process.stdout.write(
        `${mutant.run} ${mutant.format.name}: ${mutant.change}\n  ${command}: ${fault}\n  ${place}\n`,
      );
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const codes = [...endings].sort().map(([code, count]) => `${count} × exit ${code}`);
  process.stdout.write(
    `seed ${seed}, ${runs} mutants in ${seconds.toFixed(0)} s: ${codes.join(', ')}; slowest ${slowestSeconds.toFixed(1)} s; ` +
      `findings ${findings.length} (limits: ${LIMITS.seconds} s, ${LIMITS.megabytes} MB)\n`,
  );
  if (findings.length > 0) process.exitCode = 1;
} finally {
  stopWarm();
  rmSync(folder, { recursive: true, force: true });
}
