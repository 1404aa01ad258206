/**
 * Rewrites the inputs of a study while the built command line reads them, and counts what comes of it:
 *
 *     npx tsx scripts/rewrite-runs.ts [--runs 100] [--seed 1]
 *
 * Exits with 1 where figures are not those of the versions that the manifest names, or the cache is poisoned. Run
 * `npm run build` before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { rewrittenVersions } from '../test/commands/rewritten-versions.ts';
import { writeSmallStudy } from '../test/commands/small-study.ts';
import { parseCount } from './lib/options.ts';
import { SeededRandom } from './lib/random.ts';
import { RewrittenStudy } from './lib/rewritten-runs.ts';

const { runs, seed } = new Command('rewrite-runs')
  .option('--runs <n>', 'disturbed runs', parseCount, 100)
  .option('--seed <n>', 'of the moments and versions', parseCount, 1)
  .parse()
  .opts<{ runs: number; seed: number }>();

const folder = mkdtempSync(join(tmpdir(), 'maillage-rewrite-'));
try {
  writeSmallStudy(folder);
  const study = new RewrittenStudy(folder, rewrittenVersions(), new SeededRandom(seed));
  for (let run = 0; run < runs; run++) await study.run();
  study.checkCache();
  const { right, refused, faults } = study.counts;
  process.stdout.write(`${runs} runs: right ${right}, refused ${refused}, faults ${faults.length}\n`);
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
