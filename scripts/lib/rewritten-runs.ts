/**
 * Runs of the built command line whose inputs are rewritten all the while: each must give the figures of the very
 * versions whose hashes its manifest names, or refuse; and what it leaves in the cache must be right for every run
 * after it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SeededRandom } from './random.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const CACHE = 'shared-cache';

/** Of one input file: name -> its versions, which give different figures. */
export type InputVersions = Readonly<Record<string, readonly Buffer[]>>;

export interface RewrittenRuns {
  right: number;
  refused: number;
  /** What should not be, in words. */
  faults: string[];
}

export class RewrittenStudy {
  private readonly figuresOf = new Map<string, string>();
  readonly counts: RewrittenRuns = { right: 0, refused: 0, faults: [] };

  constructor(
    private readonly cwd: string,
    private readonly versions: InputVersions,
    private readonly random: SeededRandom,
  ) {
    for (const choice of this.listChoices()) {
      this.place(choice);
      this.figuresOf.set(this.nameOf(choice), this.runUndisturbed(['--no-cache']));
    }
    if (new Set(this.figuresOf.values()).size < this.figuresOf.size)
      throw new Error('versions give the same figures');
  }

  /** One run; the inputs change places until it ends. */
  async run(): Promise<void> {
    rmSync(join(this.cwd, 'rewritten'), { recursive: true, force: true });
    const child = spawn(process.execPath, [CLI, ...this.argsOf(['--cache', CACHE])], {
      cwd: this.cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const state = { exitCode: undefined as number | null | undefined };
    const end = new Promise<void>((resolve) =>
      child.once('close', (code) => {
        state.exitCode = code;
        resolve();
      }),
    );
    while (state.exitCode === undefined) {
      this.rewriteOne();
      // Now and then they keep still long enough for a run to get through.
      await setTimeout(this.random.next() < 0.1 ? 600 : this.random.between(0, 150));
    }
    await end;
    this.judge(state.exitCode, stderr);
  }

  /** Every choice of versions again, by what the disturbed runs have left in the cache. */
  checkCache(): void {
    for (const choice of this.listChoices()) {
      this.place(choice);
      if (this.runUndisturbed(['--cache', CACHE]) !== this.figuresOf.get(this.nameOf(choice))) {
        this.counts.faults.push(`the cache is poisoned for ${this.nameOf(choice)}`);
      }
    }
  }

  private judge(exitCode: number | null, stderr: string): void {
    if (exitCode === 2 && stderr.startsWith('maillage: ')) {
      this.counts.refused++;
      return;
    }
    if (exitCode !== 0) {
      this.counts.faults.push(`exit code ${exitCode}: ${stderr}`);
      return;
    }
    const manifest = JSON.parse(this.read('rewritten/manifest.json').toString()) as {
      inputs: Array<{ path: string; sha256: string }>;
    };
    const name = Object.keys(this.versions)
      .map((file) => manifest.inputs.find(({ path }) => path === file)!.sha256)
      .join();
    const expected = this.figuresOf.get(name);
    if (expected === undefined) this.counts.faults.push(`the manifest names no version: ${name}`);
    else if (this.read('rewritten/indicateurs.json').toString() !== expected) {
      this.counts.faults.push(`figures of other versions than ${name}`);
    } else this.counts.right++;
  }

  /** In place, piece by piece, or at once by a rename, as programs do. */
  private rewriteOne(): void {
    const files = Object.keys(this.versions);
    const file = files[this.random.index(files.length)]!;
    const versions = this.versions[file]!;
    const content = versions[this.random.index(versions.length)]!;
    const path = join(this.cwd, file);
    if (this.random.next() < 0.5) writeFileSync(path, content);
    else {
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    }
  }

  private listChoices(): Buffer[][] {
    return Object.values(this.versions).reduce<Buffer[][]>(
      (choices, versions) => choices.flatMap((choice) => versions.map((version) => [...choice, version])),
      [[]],
    );
  }

  private place(choice: readonly Buffer[]): void {
    for (const [i, file] of Object.keys(this.versions).entries())
      writeFileSync(join(this.cwd, file), choice[i]!);
  }

  private nameOf(choice: readonly Buffer[]): string {
    return choice.map((content) => createHash('sha256').update(content).digest('hex')).join();
  }

  private runUndisturbed(cache: readonly string[]): string {
    rmSync(join(this.cwd, 'rewritten'), { recursive: true, force: true });
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...this.argsOf(cache)], {
      cwd: this.cwd,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return this.read('rewritten/indicateurs.json').toString();
  }

  private argsOf(cache: readonly string[]): string[] {
    const more = [
      '--mode',
      'car',
      '--quiet',
      '--isochrones',
      'none',
      '--exports',
      'none',
      '--out',
      'rewritten',
    ];
    return ['coverage', 'etude.yaml', ...more, ...cache];
  }

  private read(path: string): Buffer {
    return readFileSync(join(this.cwd, path));
  }
}
