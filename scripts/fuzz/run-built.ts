/** The built commands on a mutant. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, runCold } from './cold-program.ts';
import {
  type FuzzCommand,
  matrixInputs,
  readIfThere,
  readIndicators,
  readToldNotices,
  writeStudy,
} from './fuzz-commands.ts';
import type { FuzzFormat } from './fuzz-format.ts';
import type { RunCommand } from './fuzz-runs.ts';
import type { Outcome } from './judge-outcome.ts';
import { WarmProgram } from './warm-program.ts';

/** A run that takes longer by the clock is ended; a busy machine may make one long. */
const LONGEST_SECONDS = 120;

const warm = new WarmProgram(LONGEST_SECONDS);

/** As `runBuilt`, in processes that stay; `stopWarm` ends them. */
export const runWarm: RunCommand = (...of) =>
  runFormat((args, cwd) => warm.run(withoutThreads(args), cwd), ...of);
export const stopWarm = () => warm.stop();

/** Runs one command on a format's study, its file replaced by the bytes, in a process of its own. */
export const runBuilt: RunCommand = (...of) =>
  runFormat((args, cwd) => runCold(args, cwd, LONGEST_SECONDS), ...of);

async function runFormat(
  run: (args: readonly string[], cwd: string) => Promise<Ended>,
  command: FuzzCommand,
  folder: string,
  format: FuzzFormat,
  bytes: Buffer,
): Promise<Outcome> {
  rmSync(folder, { recursive: true, force: true });
  writeStudy(folder, format, bytes);
  const ended = await run(argumentsOf(command, format, bytes), folder);
  const { exitCode, shown, seconds, peakMegabytes } = ended;
  const common = { command, exitCode, shown, seconds, peakMegabytes };
  const indicators = command === 'coverage' ? readIfThere(join(folder, 'out/indicateurs.json')) : undefined;
  if (indicators !== undefined) return { ...common, ...readIndicators(indicators) };
  const figures = command === 'matrix' ? readIfThere(join(folder, 'matrix.csv')) : undefined;
  return { ...common, figures, told: readToldNotices(shown) };
}

/** Threads would stay with the process; starting them takes longer than a small study. */
function withoutThreads(args: readonly string[]): string[] {
  return args[0] === 'check' ? [...args] : [...args, '--threads', '1'];
}

function argumentsOf(command: FuzzCommand, format: FuzzFormat, bytes: Buffer): string[] {
  if (command === 'check') return ['check', 'etude.yaml', '--no-cache', '--quiet'];
  if (command === 'coverage') {
    // Picture and workbook take as long as all else: one in four has them.
    const exports = bytes.length % 4 === 0 ? [] : ['--exports', 'none'];
    return [
      ...['coverage', 'etude.yaml', '--no-cache', '--quiet', '--isochrones', 'none', ...exports],
      ...['--out', 'out'],
    ];
  }
  const { osm, points, feed } = matrixInputs(format);
  const transit = ['--mode', 'transit', '--gtfs', feed ?? '', '--date', '2026-10-06'];
  return [
    ...['matrix', '--osm', osm, '--from', points, '--to', 'points.csv', '--out', 'matrix.csv'],
    ...['--min-island', '0', '--no-cache'],
    ...(feed === undefined ? ['--mode', 'walk'] : transit),
  ];
}
