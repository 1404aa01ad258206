/** Runs of the built command in a few processes that stay: ten times as many mutants in the same time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ended } from './cold-program.ts';
import type { WarmAnswer, WarmRequest } from './warm-host.ts';

const HOST = fileURLToPath(new URL('./warm-host.ts', import.meta.url));
const LOADER = import.meta.resolve('tsx');
const PROGRAM = fileURLToPath(new URL('../../dist/bundle/cli.cjs', import.meta.url));
/** What runs leave in memory goes with the process. */
const RUNS_OF_HOST = 50;

export class WarmProgram {
  private idle: Host[] = [];

  /** @param longestSeconds a run that takes longer is ended, and its process with it */
  constructor(private readonly longestSeconds: number) {}

  async run(args: readonly string[], cwd: string): Promise<Ended> {
    const host = this.idle.pop() ?? new Host();
    const ended = await host.run({ program: PROGRAM, args, cwd }, this.longestSeconds);
    if (host.isUsable()) this.idle.push(host);
    else host.stop();
    return ended;
  }

  stop(): void {
    for (const host of this.idle) host.stop();
    this.idle = [];
  }
}

class Host {
  private readonly child: ChildProcess;
  private runCount = 0;

  constructor() {
    this.child = spawn(process.execPath, ['--import', LOADER, HOST], {
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  isUsable(): boolean {
    return this.child.connected && this.runCount < RUNS_OF_HOST;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  run(request: WarmRequest, longestSeconds: number): Promise<Ended> {
    const { child } = this;
    this.runCount++;
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), longestSeconds * 1000);
      const finish = ({ busySeconds, ...answer }: Omit<Ended, 'seconds'> & { busySeconds: number }) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve({ ...answer, seconds: Math.min((performance.now() - startedAt) / 1000, busySeconds) });
      };
      child.once('message', (answer: WarmAnswer) => finish(answer));
      child.once('close', (exitCode) =>
        finish({ exitCode, shown: '', busySeconds: Infinity, peakMegabytes: undefined }),
      );
      child.send(request);
    });
  }
}
