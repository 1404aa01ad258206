/** The built commands on a mutant, each a process of its own whose time and memory are watched. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FuzzCommand,
  matrixInputs,
  readIfThere,
  readIndicators,
  readToldNotices,
  writeStudy,
} from './fuzz-commands.ts';
import type { FuzzFormat } from './fuzz-format.ts';
import type { Outcome } from './judge-outcome.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** A run that takes longer is ended: it has failed already. */
const LONGEST_SECONDS = 30;
const WATCH_EVERY_MS = 50;

/** Runs one command on a format's study, its file replaced by the bytes. */
export async function runBuilt(
  command: FuzzCommand,
  folder: string,
  format: FuzzFormat,
  bytes: Buffer,
): Promise<Outcome> {
  rmSync(folder, { recursive: true, force: true });
  writeStudy(folder, format, bytes);
  const ended = await runChild(argumentsOf(command, format), folder);
  const { exitCode, shown, seconds, peakMegabytes } = ended;
  const common = { command, exitCode, shown, seconds, peakMegabytes };
  const indicators = command === 'coverage' ? readIfThere(join(folder, 'out/indicateurs.json')) : undefined;
  if (indicators !== undefined) return { ...common, ...readIndicators(indicators) };
  const figures = command === 'matrix' ? readIfThere(join(folder, 'matrix.csv')) : undefined;
  return { ...common, figures, told: readToldNotices(shown) };
}

function argumentsOf(command: FuzzCommand, format: FuzzFormat): string[] {
  if (command === 'check') return ['check', 'etude.yaml', '--no-cache', '--quiet'];
  if (command === 'coverage') {
    return ['coverage', 'etude.yaml', '--no-cache', '--quiet', '--isochrones', 'none', '--out', 'out'];
  }
  const { osm, points, feed } = matrixInputs(format);
  const transit = ['--mode', 'transit', '--gtfs', feed ?? '', '--date', '2026-10-06'];
  return [
    ...['matrix', '--osm', osm, '--from', points, '--to', 'points.csv', '--out', 'matrix.csv'],
    ...['--min-island', '0', '--no-cache'],
    ...(feed === undefined ? ['--mode', 'walk'] : transit),
  ];
}

interface Ended {
  exitCode: number | null;
  shown: string;
  seconds: number;
  peakMegabytes: number | undefined;
}

function runChild(args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let shown = '';
    let peakMegabytes: number | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
    }
    const watch = setInterval(() => {
      peakMegabytes = peakOf(child.pid) ?? peakMegabytes;
      if (performance.now() - startedAt > LONGEST_SECONDS * 1000) child.kill('SIGKILL');
    }, WATCH_EVERY_MS);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearInterval(watch);
      resolve({ exitCode, shown, seconds: (performance.now() - startedAt) / 1000, peakMegabytes });
    });
  });
}

/** Most memory that a process has had so far, where the system tells (Linux). */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return kilobytes === null ? undefined : Number(kilobytes[1]) / 1024;
  } catch {
    return undefined;
  }
}
