/**
 * Kills the built command line at many moments of a run that replaces a result, and counts what it leaves:
 *
 *     npx tsx scripts/kill-runs.ts [--moments 200] [--calls 100]
 *
 * Moments are spread evenly over the run; calls are its last system calls, each in turn, for which strace is needed
 * (`apt-get install strace`). Exits with 1 where anything but a whole result is left. Run `npm run build` before.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { type KilledRuns, KilledStudy, noKilledRuns } from './lib/killed-runs.ts';
import { parseCount } from './lib/options.ts';

const EXAMPLE = fileURLToPath(new URL('../data/exemple', import.meta.url));

/** Runs that take longer than the one measured are killed at their end too. */
const LONGER = 1.15;

const { moments, calls } = new Command('kill-runs')
  .option('--moments <n>', 'moments of a whole run', parseCount, 200)
  .option('--calls <n>', 'of the last system calls', parseCount, 100)
  .parse()
  .opts<{ moments: number; calls: number }>();

function say(what: string, { ended, oldInPlace, newInPlace, oldBeside, faults }: KilledRuns): void {
  process.stdout.write(
    `${what}: ended before ${ended}, old in place ${oldInPlace}, new in place ${newInPlace}, old beside and put back ${oldBeside}, faults ${faults.length}\n`,
  );
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), 'maillage-kill-'));
try {
  cpSync(EXAMPLE, folder, { recursive: true });
  const yaml = join(folder, 'etude.yaml');
  writeFileSync(
    yaml,
    readFileSync(yaml, 'utf8')
      .replace(/^out:.*\n?/m, '')
      .concat('\nout: replaced\n'),
  );
  const study = new KilledStudy(folder, 'etude.yaml');
  study.placeOld();
  const seconds = study.measure();
  const byTime = noKilledRuns();
  for (let moment = 1; moment <= moments; moment++)
    await study.killAfter((LONGER * seconds * moment) / moments, byTime);
  say(`${moments} moments of ${(LONGER * seconds).toFixed(1)} s`, byTime);
  if (spawnSync('strace', ['-V']).status === 0) {
    const byCall = noKilledRuns();
    const last = study.listLastCalls(calls);
    for (const call of last) study.killAtCall(call, byCall);
    say(`the last ${last.length} system calls`, byCall);
  } else process.stdout.write('strace is not there: the last system calls were not tried\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
