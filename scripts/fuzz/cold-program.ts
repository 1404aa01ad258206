/** A run of the built command in a process of its own, whose time and memory are watched. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const WATCH_EVERY_MS = 50;
/** Unit of times in /proc. */
const TICKS_PER_SECOND = 100;

export interface Ended {
  exitCode: number | null;
  shown: string;
  /** Of the clock or of the processor, whichever is less: other programs that run beside are no fault. */
  seconds: number;
  peakMegabytes: number | undefined;
}

/** @param longestSeconds a run that takes longer is ended: it has failed already */
export function runCold(args: readonly string[], cwd: string, longestSeconds: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let shown = '';
    let peakMegabytes: number | undefined;
    let busySeconds: number | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
    }
    const watch = setInterval(() => {
      peakMegabytes = peakOf(child.pid) ?? peakMegabytes;
      busySeconds = busySecondsOf(child.pid) ?? busySeconds;
      if (performance.now() - startedAt > longestSeconds * 1000) child.kill('SIGKILL');
    }, WATCH_EVERY_MS);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearInterval(watch);
      const seconds = Math.min((performance.now() - startedAt) / 1000, busySeconds ?? Infinity);
      resolve({ exitCode, shown, seconds, peakMegabytes });
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

/** Time of the processor that a process has taken so far, where the system tells (Linux). */
function busySecondsOf(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    return (user! + system!) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
