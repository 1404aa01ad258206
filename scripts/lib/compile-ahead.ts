/**
 * Runs the command line on the embedded example, so that what Node compiles on the way is kept for the runs to
 * come (`src/runtime/load-program.ts`). Without it everything works, and starts more slowly.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const STUDY = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));

export function compileAhead(): void {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-build-'));
  const cache = ['--cache', join(folder, 'cache')];
  const coverage = ['coverage', STUDY, '--out', join(folder, 'result'), '--threads', '2', ...cache];
  try {
    // Once from the files, once from the cache: each adds what it compiles to what the last one kept.
    for (const args of [coverage, coverage]) {
      const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
        encoding: 'utf8',
        env: { ...process.env, MAILLAGE_KEEP_COMPILED: '1' },
      });
      if (status !== 0) throw new Error(`the example does not run: ${stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
