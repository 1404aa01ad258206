/** Programs that start with what was compiled before: kept, used, and never needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LOADER = new URL('../../dist/runtime/load-program.js', import.meta.url);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maillage-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in a process of its own; returns what it prints. */
function run(path: string, env: NodeJS.ProcessEnv = {}): string {
  const start = `import { loadProgram } from ${JSON.stringify(LOADER.href)}; loadProgram(new URL(${JSON.stringify(pathToFileURL(path).href)}));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', start], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

function writeProgram(text: string): string {
  const path = join(folder, 'program.cjs');
  writeFileSync(path, text);
  return path;
}

describe('a program of the bundle', () => {
  const TEXT = `const { basename } = require('node:path');
    function greet(name) { return 'hello ' + name + ' from ' + basename(__filename); }
    process.stdout.write(greet('you'));`;

  it('runs as a module does, and keeps what it compiled where the build asks for it', () => {
    const path = writeProgram(TEXT);
    expect(run(path)).toBe('hello you from program.cjs');
    expect(existsSync(`${path}.compiled`)).toBe(false);
    expect(run(path, { MAILLAGE_KEEP_COMPILED: '1' })).toBe('hello you from program.cjs');
    expect(statSync(`${path}.compiled`).size).toBeGreaterThan(100);
    expect(run(path)).toBe('hello you from program.cjs');
  });

  it('runs as ever where what was compiled is damaged, cut short or of another program', () => {
    const path = writeProgram(TEXT);
    run(path, { MAILLAGE_KEEP_COMPILED: '1' });
    const compiled = readFileSync(`${path}.compiled`);
    for (const other of [compiled.subarray(0, 40), Buffer.alloc(compiled.length, 7), Buffer.alloc(0)]) {
      writeFileSync(`${path}.compiled`, other);
      expect(run(path)).toBe('hello you from program.cjs');
    }
    writeFileSync(`${path}.compiled`, compiled);
    writeProgram("process.stdout.write('changed');");
    expect(run(path)).toBe('changed');
  });

  it('is what the command line is, with the compiled code beside it', () => {
    const bundle = fileURLToPath(new URL('../../dist/bundle/', import.meta.url));
    for (const name of ['cli', 'street-worker', 'cells-worker', 'transit-worker']) {
      expect(statSync(join(bundle, `${name}.cjs.compiled`)).size).toBeGreaterThan(10_000);
    }
  });
});
