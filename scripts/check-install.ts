/**
 * What a user installs: the packages of the lock file without those for development, in an empty folder. Fails
 * where they weigh too much, hold a package that only development needs or one known to be unsafe, or ask for a
 * later Node than this project promises. `.ci/run` runs it.
 *
 *     npx tsx scripts/check-install.ts
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findUnwanted, type LockedPackages } from './lib/locked-packages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GREATEST_MEGABYTES = 150;

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: LockedPackages;
};
const faults = findUnwanted(lock.packages);
const folder = mkdtempSync(join(tmpdir(), 'maillage-install-'));
try {
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(ROOT, file), join(folder, file));
  const shell = process.platform === 'win32';
  execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts'], { cwd: folder, stdio: 'pipe', shell });
  execFileSync('npm', ['ls', '--omit=dev', '--all'], { cwd: folder, stdio: 'pipe', shell });
  const modules = join(folder, 'node_modules');
  const megabytes = sizeOf(modules) / 1e6;
  console.log(`the packages of an installation weigh ${megabytes.toFixed(0)} MB`);
  if (megabytes > GREATEST_MEGABYTES)
    faults.push(`${megabytes.toFixed(0)} MB, at most ${GREATEST_MEGABYTES} wanted`);
  if (existsSync(join(modules, 'typescript'))) faults.push('typescript is installed');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Bytes of the files below a folder. */
function sizeOf(path: string): number {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
