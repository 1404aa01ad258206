/**
 * What cannot be used is refused with exit code 2 and a message that names place, fault, value and remedy; and
 * the result of the run before is left as it was. All through the built command line, as a user meets it.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.ts';
import { BAD_INPUTS, type BadInput } from './bad-input-cases.ts';
import { BAD_OPTIONS } from './bad-option-cases.ts';
import { BAD_STUDIES } from './bad-study-cases.ts';
import { HOSTILE_INPUTS } from './hostile-input-cases.ts';
import { type CliEnd, onEach, startCli } from './run-many.ts';
import { snapshot, writeSmallStudy } from './small-study.ts';

const CASES: readonly BadInput[] = [...BAD_INPUTS, ...HOSTILE_INPUTS, ...BAD_STUDIES, ...BAD_OPTIONS];

interface Outcome extends CliEnd {
  before: Map<string, string>;
  after: Map<string, string>;
}

const folder = temporaryFolder();
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  const first = join(folder.path, 'first');
  writeSmallStudy(first);
  const done = runCli(['coverage', 'etude.yaml', '--no-cache', '--isochrones', 'none'], first);
  if (done.exitCode !== 0) throw new Error(`the study itself fails: ${done.stderr}`);
  await onEach(CASES, async ({ name, files, args = ['coverage', 'etude.yaml'] }, position) => {
    const cwd = join(folder.path, String(position));
    writeSmallStudy(cwd, files);
    cpSync(join(first, 'results'), join(cwd, 'results'), { recursive: true });
    const before = snapshot(cwd);
    const end = await startCli(args, { cwd, env: { XDG_CACHE_HOME: join(folder.path, 'cache') } });
    outcomes.set(name, { ...end, before, after: snapshot(cwd) });
    rmSync(cwd, { recursive: true });
  });
});
afterAll(folder.remove);

function outcomeOf(name: string): Outcome {
  const outcome = outcomes.get(name);
  if (outcome === undefined) throw new Error(`${name} was not run`);
  return outcome;
}

describe('an input that cannot be used', () => {
  it('is told apart by name', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });

  it.each(CASES)('is refused: $name', ({ name, says }) => {
    const { exitCode, stdout, stderr } = outcomeOf(name);
    expect(exitCode, stderr).toBe(2);
    for (const part of says) expect(stderr).toContain(part);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at |[a-z]Error:|please report|undefined|NaN/m);
  });

  it.each(CASES)('leaves every file as it was, and none beside it: $name', ({ name }) => {
    const { before, after } = outcomeOf(name);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, bytes] of before) expect(after.get(path) === bytes, path).toBe(true);
  });
});
