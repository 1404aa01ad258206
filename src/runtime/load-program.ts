/**
 * Starts a program of the bundle with what V8 compiled of it before: a short run spends much of its time on
 * compiling the same functions as the last one. `npm run build` keeps them beside the bundle
 * (`scripts/lib/compile-ahead.ts`); a Node of another version takes no notice of that, and compiles as ever.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** Set while the build keeps what is compiled. */
const KEEP_VARIABLE = 'MAILLAGE_KEEP_COMPILED';

/** Runs a CommonJS program; beside it may lie `<program>.compiled`. */
export function loadProgram(program: URL): void {
  // For the worker threads to come: they take all cores, so that a thread which compiles beside them only slows them.
  setFlagsFromString('--no-concurrent-recompilation');
  // In every run, since flags are part of what a run must have the same as the one that kept: a collection between
  // setting it back and keeping threw away the outer function, which took 80 ms to compile at every start.
  setFlagsFromString('--no-flush-bytecode');
  const path = fileURLToPath(program);
  const require = createRequire(program);
  // Escapes stand for all that is not ASCII: one byte a character takes half the memory, and reads faster.
  const source = readFileSync(path, 'latin1');
  const cachedData = readCompiled(path);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (process.env[KEEP_VARIABLE] !== undefined) keepCompiled(script, path);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
}

function readCompiled(path: string): Buffer | undefined {
  try {
    return readFileSync(`${path}.compiled`);
  } catch {
    return undefined;
  }
}

/** Keeps, at the end of this thread, all functions that it has compiled, those of earlier runs included. */
function keepCompiled(script: Script, path: string): void {
  process.on('exit', () => {
    writeFileSync(`${path}.compiled.tmp`, script.createCachedData());
    renameSync(`${path}.compiled.tmp`, `${path}.compiled`);
  });
}
