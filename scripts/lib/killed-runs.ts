/**
 * Runs of the built command line that are killed (SIGKILL: nothing can be tidied up) while they replace a result, and
 * what they leave: the old result or the new one, whole, with the user's files in it, in its place or, between two
 * renames, beside it; the next command must then find it in its place.
 */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const OUT = 'replaced';

export interface KilledRuns {
  /** The run had ended before. */
  ended: number;
  oldInPlace: number;
  newInPlace: number;
  /** Whole beside its place, and put back by the next command. */
  oldBeside: number;
  /** What should not be, in words. */
  faults: string[];
}

export function noKilledRuns(): KilledRuns {
  return { ended: 0, oldInPlace: 0, newInPlace: 0, oldBeside: 0, faults: [] };
}

/** A study in a folder of its own, by car before and on foot after. */
export class KilledStudy {
  private readonly args: string[];
  private readonly own = { 'projet.qgz': 'qgis', '.notes': 'hidden', 'photos/mairie/a.jpg': 'jpeg' };

  constructor(
    private readonly cwd: string,
    private readonly study: string,
  ) {
    this.args = ['coverage', study, '--no-cache', '--quiet', '--isochrones', 'none', '--exports', 'none'];
  }

  /** The result by car in its place, with files of the user's, and nothing beside. */
  placeOld(): void {
    for (const name of this.listBeside()) rmSync(join(this.cwd, name), { recursive: true });
    rmSync(join(this.cwd, OUT), { recursive: true, force: true });
    this.runWhole([...this.args, '--mode', 'car', '--out', OUT]);
    for (const [path, content] of Object.entries(this.own)) {
      mkdirSync(dirname(join(this.cwd, OUT, path)), { recursive: true });
      writeFileSync(join(this.cwd, OUT, path), content);
    }
  }

  /** Seconds that the run takes which will be killed. */
  measure(): number {
    const before = performance.now();
    this.runWhole([...this.newArgs, '--out', 'measured']);
    rmSync(join(this.cwd, 'measured'), { recursive: true });
    return (performance.now() - before) / 1000;
  }

  async killAfter(seconds: number, counts: KilledRuns): Promise<void> {
    this.placeOldIfGone();
    const run = spawn(process.execPath, [CLI, ...this.newArgs, '--out', OUT], {
      cwd: this.cwd,
      stdio: 'ignore',
    });
    const end = new Promise<string | null>((resolve) => run.once('close', (_, signal) => resolve(signal)));
    await setTimeout(seconds * 1000);
    run.kill('SIGKILL');
    this.judge(`after ${seconds.toFixed(3)} s`, (await end) === null, counts);
  }

  /** The system calls of the main thread that come before its last change of a name, at most `count`. */
  listLastCalls(count: number): Array<{ name: string; ordinal: number }> {
    this.placeOldIfGone();
    const log = join(this.cwd, 'calls.log');
    const { status } = this.trace(['-o', log]);
    if (status !== 0) throw new Error('the traced run failed');
    const ordinals = new Map<string, number>();
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const name = /^(\w+)\(/.exec(line)?.[1];
        if (name === undefined) return [];
        const ordinal = (ordinals.get(name) ?? 0) + 1;
        ordinals.set(name, ordinal);
        return [{ name, ordinal }];
      });
    rmSync(log);
    const last = calls.findLastIndex(({ name }) => /^(rename|unlink|rmdir)/.test(name));
    return calls.slice(Math.max(0, last + 1 - count), last + 1);
  }

  /** Kills the main thread at one of its system calls. */
  killAtCall({ name, ordinal }: { name: string; ordinal: number }, counts: KilledRuns): void {
    this.placeOldIfGone();
    const { signal, status } = this.trace([
      '-o',
      '/dev/null',
      '-e',
      `inject=${name}:signal=KILL:when=${ordinal}`,
    ]);
    this.judge(`at ${name} ${ordinal}`, signal === null && status === 0, counts);
  }

  private get newArgs(): string[] {
    return [...this.args, '--mode', 'walk'];
  }

  private trace(options: string[]): SpawnSyncReturns<string> {
    const args = [...options, process.execPath, CLI, ...this.newArgs, '--out', OUT];
    return spawnSync('strace', args, { cwd: this.cwd, encoding: 'utf8' });
  }

  private runWhole(args: string[]): void {
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.cwd,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }

  private placeOldIfGone(): void {
    if (this.listBeside().length > 0 || this.wholeAt(OUT) !== 'car') this.placeOld();
  }

  private listBeside(): string[] {
    return readdirSync(this.cwd).filter((name) => name.startsWith(`${OUT}.`));
  }

  private judge(when: string, hasEnded: boolean, counts: KilledRuns): void {
    const fault = (what: string) => counts.faults.push(`${when}: ${what}; ${this.listBeside().join(', ')}`);
    const inPlace = this.wholeAt(OUT);
    if (hasEnded) counts.ended++;
    else if (inPlace === 'car') counts.oldInPlace++;
    else if (inPlace === 'walk') counts.newInPlace++;
    else if (
      !existsSync(join(this.cwd, OUT)) &&
      this.listBeside().some((name) => this.wholeAt(name) === 'car')
    ) {
      counts.oldBeside++;
    } else return void fault('no whole result');
    if (this.listBeside().length === 0) return;
    // Any command of the tool on the study puts it right; this one writes nothing itself.
    const next = spawnSync(
      process.execPath,
      [CLI, 'check', this.study, '--no-cache', '--quiet', '--mode', 'car'],
      {
        cwd: this.cwd,
        encoding: 'utf8',
      },
    );
    if (this.wholeAt(OUT) !== (inPlace ?? 'car')) fault('the next command left another result');
    else if (this.listBeside().length > 0) fault('the next command left something beside');
    else if (next.stderr.includes('put back') !== (inPlace === undefined)) fault('not told as it was');
  }

  /** The mode of the result in a folder, where all its files and the user's are as they were written. */
  private wholeAt(name: string): string | undefined {
    const read = (path: string) => {
      const file = join(this.cwd, name, path);
      return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    };
    const text = read('manifest.json').toString();
    if (text === '') return undefined;
    const manifest = JSON.parse(text) as {
      parameters: { modes: string[] };
      outputs: Array<{ name: string; sha256: string }>;
    };
    const isOwnWhole = Object.entries(this.own).every(([path, content]) => read(path).toString() === content);
    const isWhole = manifest.outputs.every(
      (output) => createHash('sha256').update(read(output.name)).digest('hex') === output.sha256,
    );
    return isOwnWhole && isWhole ? manifest.parameters.modes.join() : undefined;
  }
}
