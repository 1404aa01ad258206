/** Runs the built command line, as a user does, and gives back what it printed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CLI_PATH = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export function runCli(args: readonly string[], cwd?: string): CliResult {
  if (!existsSync(CLI_PATH)) throw new Error('dist/cli.js is missing: run "npm run build" first');
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI_PATH, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { exitCode: status, stdout, stderr };
}

/** A folder for one test, removed after it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'maillage-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The rows of a CSV without quotes, as records by the header's names. */
export function parsePlainCsv(text: string): Array<Record<string, string>> {
  const [header, ...lines] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const separator = header!.includes(';') ? ';' : ',';
  const names = header!.split(separator);
  return lines.map((line) => Object.fromEntries(line.split(separator).map((field, i) => [names[i]!, field])));
}
