/**
 * Runs the test suite on Node 24, whatever Node runs this script: npm's package `node-<platform>-<cpu>` holds
 * the binary, which is installed into a temporary folder outside of the project and removed afterwards.
 * Arguments are handed on to vitest.
 *
 *   npx tsx scripts/test-on-node24.ts [test/scripts …]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain } from './lib/is-main.ts';

const NODE_MAJOR = 24;
const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const IS_WINDOWS = process.platform === 'win32';

/** Name of the npm package that holds Node for a platform and processor, as `process` names them. */
export function nodePackageName(platform: NodeJS.Platform, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Installs Node into a folder; returns the path of its program. */
function installNode(folder: string): string {
  const name = nodePackageName(process.platform, process.arch);
  // npm is a command script on Windows, which only a shell can start.
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    `${name}@${NODE_MAJOR}`,
  ];
  runOrThrow('npm', args, { cwd: folder, shell: IS_WINDOWS });
  return join(folder, 'node_modules', name, 'bin', IS_WINDOWS ? 'node.exe' : 'node');
}

function runOrThrow(program: string, args: string[], options: { cwd: string; shell?: boolean }): void {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with status ${status}`);
}

/** Builds and tests with the given Node; returns the status of the tests. */
function runTests(node: string, vitestArgs: readonly string[]): number {
  runWith(node, ['--version']);
  const built = build(node);
  if (built !== 0) return built;
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  return runWith(node, [vitest, 'run', '--config', join('test', 'vitest.config.ts'), ...vitestArgs]);
}

/** As `npm run build` does; returns its status. */
function build(node: string): number {
  const built = runWith(node, [
    join('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    '.tsconfig.build.json',
  ]);
  if (built !== 0) return built;
  return runWith(node, [join('node_modules', 'tsx', 'dist', 'cli.mjs'), join('scripts', 'bundle.ts')]);
}

/** Runs a script of the project with a Node, which programs that it starts find first; returns its status. */
function runWith(node: string, args: string[]): number {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return spawnSync(node, args, { cwd: PROJECT, env, stdio: 'inherit' }).status ?? 1;
}

if (isMain(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-node24-'));
  try {
    process.exitCode = runTests(installNode(folder), process.argv.slice(2));
  } finally {
    // What one Node has compiled is of no use to another.
    build(process.execPath);
    rmSync(folder, { recursive: true, force: true });
  }
}
