/**
 * A process that runs the built command line again and again, for `warm-program.ts`: each request evaluates the
 * bundle afresh, so that nothing stays from the run before but what V8 has compiled. The program ends with
 * `process.exit`, which here answers the request instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

export interface WarmRequest {
  program: string;
  args: readonly string[];
  cwd: string;
}

export interface WarmAnswer {
  exitCode: number;
  shown: string;
  /** Of the processor. */
  busySeconds: number;
  peakMegabytes: number | undefined;
}

type Program = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  folder: string,
) => void;

const SIGNS = ['uncaughtException', 'SIGINT', 'SIGTERM', 'exit'];
/** Of a process that has not run yet; what earlier runs left is no memory of this one's. */
const START_MEGABYTES = 100;
let compiled: { path: string; run: Program } | undefined;
let answer: ((exitCode: number) => void) | undefined;
let shown = '';

for (const stream of [process.stdout, process.stderr]) {
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    shown += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const done = rest.find((value) => typeof value === 'function') as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return true;
  }) as typeof stream.write;
}
process.exit = ((exitCode?: number) => answer?.(exitCode ?? 0)) as typeof process.exit;

process.on('message', ({ program, args, cwd }: WarmRequest) => {
  const before = forgetPeak() ? readMegabytes('VmRSS') : undefined;
  const startedAt = process.cpuUsage();
  shown = '';
  answer = (exitCode) => {
    answer = undefined;
    // What listens would keep all of the run in memory.
    for (const sign of SIGNS) process.removeAllListeners(sign);
    for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
    process.exitCode = 0;
    const peakMegabytes =
      before === undefined ? undefined : START_MEGABYTES + readMegabytes('VmHWM') - before;
    const { user, system } = process.cpuUsage(startedAt);
    const busySeconds = (user + system) / 1e6;
    process.send!({ exitCode, shown, busySeconds, peakMegabytes } satisfies WarmAnswer);
  };
  process.chdir(cwd);
  process.argv = [process.execPath, program, ...args];
  load(program)({}, createRequire(program), { exports: {} }, program, dirname(program));
});

function load(path: string): Program {
  if (compiled?.path !== path) {
    const source = readFileSync(path, 'latin1');
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
    compiled = { path, run: new Script(wrapped, { filename: path }).runInThisContext() as Program };
  }
  return compiled.run;
}

/** From here on the system counts the most memory anew; false where it does not (Linux does). */
function forgetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}

function readMegabytes(key: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)![1]) / 1024;
}
