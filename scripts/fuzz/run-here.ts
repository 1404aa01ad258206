/**
 * The commands on a mutant within this process, by the functions that the command line calls, without threads and
 * without the files that only lay figures out. What is not a refusal is an internal error, as `cli.ts` has it.
 */
import { join } from 'node:path';
import { checkStudy } from '../../src/batch/check-study.ts';
import { runStudy } from '../../src/batch/run-study.ts';
import { buildOutputs } from '../../src/batch/study-outputs.ts';
import { runMatrix } from '../../src/commands/run-matrix.ts';
import { UsageError } from '../../src/common/errors.ts';
import { writeCheckText } from '../../src/report/check-report.ts';
import { writeTerminalSummary } from '../../src/report/terminal.ts';
import { openCache } from '../../src/runtime/cache.ts';
import { tell } from '../../src/runtime/standard-output.ts';
import { readStudy } from '../../src/study/study.ts';
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

const NOON_SECONDS = 9 * 3600;
const VERSION = 'fuzz';

interface Result {
  exitCode: number;
  shown: string;
  figures?: string | undefined;
  told?: Map<string, number>;
}

const RUN: Readonly<
  Record<FuzzCommand, (folder: string, path: string, format: FuzzFormat) => Promise<Result>>
> = {
  check: async (_, path) => {
    const study = await readStudy(path, { checkFiles: false });
    const check = await checkStudy(study, { cache: openCache(false), version: VERSION });
    return { exitCode: 0, shown: writeCheckText(check, { hasColor: false, csvFile: undefined }) };
  },
  coverage: async (_, path) => {
    const study = await readStudy(path);
    const run = await runStudy(study, {
      cache: openCache(false),
      engine: 'fast',
      threads: 1,
      isochrones: 'none',
      version: VERSION,
    });
    const files = await buildOutputs(run, 'none', 1, new Set());
    const indicators = Buffer.from(files.get('indicateurs.json')!).toString('utf8');
    const shown = writeTerminalSummary(run.report, { hasColor: false });
    return { exitCode: 0, shown, ...readIndicators(indicators) };
  },
  matrix: async (folder, _, format) => {
    const { osm, points, feed } = matrixInputs(format);
    const out = join(folder, 'matrix.csv');
    await runMatrix({
      osm: [join(folder, osm)],
      mode: feed === undefined ? 'walk' : 'transit',
      from: join(folder, points),
      to: join(folder, 'points.csv'),
      out,
      force: true,
      cutoff: undefined,
      walkSpeed: 4,
      bikeSpeed: 15,
      snapRadius: 1000,
      minIsland: 0,
      threads: 1,
      engine: 'fast',
      gtfs: feed === undefined ? undefined : [join(folder, feed)],
      date: '2026-10-06',
      depart: NOON_SECONDS,
      window: 60,
      maxWalk: undefined,
      cache: false,
      quiet: false,
    });
    return { exitCode: 0, shown: '', figures: readIfThere(out) };
  },
};

/** Runs one command on a format's study, its file replaced by the bytes. */
export async function runHere(
  command: FuzzCommand,
  folder: string,
  format: FuzzFormat,
  bytes: Buffer,
): Promise<Outcome> {
  const path = writeStudy(folder, format, bytes);
  const startedAt = performance.now();
  const said = listen();
  let result: Result;
  try {
    result = await RUN[command](folder, path, format);
  } catch (error) {
    result = reportFault(error);
  } finally {
    said.stop();
  }
  return {
    command,
    exitCode: result.exitCode,
    shown: said.text() + result.shown,
    figures: result.figures,
    told: result.told ?? readToldNotices(said.text()),
    seconds: (performance.now() - startedAt) / 1000,
    peakMegabytes: undefined,
  };
}

function reportFault(error: unknown): Result {
  if (!(error instanceof UsageError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { exitCode: 3, shown: stack.split('\n').slice(0, 4).join('\n') };
  }
  const written = listen();
  tell(error.describe());
  written.stop();
  return { exitCode: 2, shown: written.text() };
}

/** Keeps what goes to the standard error output from the screen. */
function listen(): { text: () => string; stop: () => void } {
  const write = process.stderr.write;
  let text = '';
  process.stderr.write = ((chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  }) as typeof write;
  return {
    text: () => text,
    stop: () => {
      process.stderr.write = write;
    },
  };
}
