/** Mutants through the commands, several at once, and what is found. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawMutant } from './draw-mutant.ts';
import { commandsOf, type FuzzCommand } from './fuzz-commands.ts';
import type { FuzzFormat, Mutant } from './fuzz-format.ts';
import { drawFormats } from './fuzz-formats.ts';
import { type Finding, judge, type Outcome } from './judge-outcome.ts';

export type RunCommand = (
  command: FuzzCommand,
  folder: string,
  format: FuzzFormat,
  bytes: Buffer,
) => Promise<Outcome>;

export interface FuzzOptions {
  run: RunCommand;
  /** Tries a fault again, which counts only if it shows here too; absent: all count. */
  confirm?: RunCommand;
  runs: number;
  seed: number;
  /** Names of formats; all where it is empty. */
  formats: readonly string[];
  /** Number of the first run, to repeat one. */
  first?: number;
  /** Empty folder for the studies. */
  folder: string;
  /** Runs at once; 1 within one process, whose standard error is listened to. */
  atOnce: number;
  onFinding?: (finding: Finding) => void;
  /** Called after each mutant, with how many are done. */
  onProgress?: (done: number) => void;
}

export interface FuzzReport {
  findings: Finding[];
  /** Exit code -> runs of commands that ended so. */
  endings: Map<string, number>;
  slowestSeconds: number;
}

/** @throws Error where a good file does not end well: nothing could be compared with it */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const all = await drawFormats();
  const { formats: names } = options;
  const unknown = names.find((name) => !all.some((format) => format.name === name));
  if (unknown !== undefined)
    throw new Error(`no format ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`);
  const formats = all.filter(({ name }) => names.length === 0 || names.includes(name));
  const good = await runGood(formats, options);
  const report: FuzzReport = { findings: [], endings: new Map(), slowestSeconds: 0 };
  const first = options.first ?? 0;
  let next = first;
  let done = 0;
  const work = async (worker: number) => {
    while (next < first + options.runs) {
      const mutant = drawMutant(formats, options.seed, next++);
      await runMutant(mutant, join(options.folder, `worker-${worker}`), good, options, report);
      options.onProgress?.(++done);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, (_, worker) => work(worker)));
  return report;
}

type GoodOutcomes = ReadonlyMap<string, Outcome>;
const keyOf = (format: FuzzFormat, command: FuzzCommand) => `${format.name} ${command}`;

async function runGood(formats: readonly FuzzFormat[], { run, folder }: FuzzOptions): Promise<GoodOutcomes> {
  const good = new Map<string, Outcome>();
  for (const format of formats) {
    for (const command of commandsOf(format)) {
      const outcome = await run(command, join(folder, 'good'), format, format.bytes);
      if (outcome.exitCode !== 0) throw new Error(`${format.name}, ${command}: ${outcome.shown}`);
      good.set(keyOf(format, command), outcome);
    }
    rmSync(join(folder, 'good'), { recursive: true, force: true });
  }
  return good;
}

async function runMutant(
  mutant: Mutant,
  folder: string,
  good: GoodOutcomes,
  { run, confirm, onFinding }: FuzzOptions,
  report: FuzzReport,
): Promise<void> {
  const { format, bytes } = mutant;
  for (const command of commandsOf(format)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const outcome = await run(command, folder, format, bytes);
    const ending = String(outcome.exitCode);
    report.endings.set(ending, (report.endings.get(ending) ?? 0) + 1);
    report.slowestSeconds = Math.max(report.slowestSeconds, outcome.seconds);
    const goodOutcome = good.get(keyOf(format, command))!;
    let findings = judge(mutant, outcome, goodOutcome);
    if (findings.length > 0 && confirm !== undefined)
      findings = judge(mutant, await confirm(command, folder, format, bytes), goodOutcome);
    for (const finding of findings) {
      report.findings.push(finding);
      onFinding?.(finding);
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
