/** Whole-process measurements for the benchmarks: wall time, processor time and peak memory of a command. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Measurement {
  wallSeconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
}

/** Runs a command once under GNU time; throws with its stderr where it fails. */
export function measure(command: string, args: readonly string[]): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  const report = join(folder, 'time');
  try {
    const format = '%e %U %S %M';
    const started = process.hrtime.bigint();
    const result = spawnSync('/usr/bin/time', ['-f', format, '-o', report, command, ...args], {
      encoding: 'utf8',
    });
    const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${result.stderr}`);
    const [, user, system, kilobytes] = readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .at(-1)!
      .split(' ')
      .map(Number);
    return { wallSeconds, cpuSeconds: user! + system!, peakMegabytes: kilobytes! / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The machine, for the head of a run's file. */
export function describeMachine(): string {
  const { model } = cpus()[0]!;
  return `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
}
