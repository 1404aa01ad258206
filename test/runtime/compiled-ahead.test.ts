import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BUNDLE = fileURLToPath(new URL('../../dist/bundle/cli.cjs', import.meta.url));

/** Loads the outer function of the bundle as `load-program.ts` does. */
const PROBE = `
  const { Script } = require('node:vm');
  const { readFileSync } = require('node:fs');
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--no-concurrent-recompilation');
  setFlagsFromString('--no-flush-bytecode');
  const [path, isAhead] = process.argv.slice(1);
  const source = '(function (exports, require, module, __filename, __dirname) {' + readFileSync(path, 'latin1') + '\\n})';
  const cachedData = isAhead === 'yes' ? readFileSync(path + '.compiled') : undefined;
  const startedAt = performance.now();
  const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
  const readAt = performance.now();
  script.runInThisContext();
  const [whole, outer] = [startedAt, readAt].map((from) => performance.now() - from);
  console.log(JSON.stringify({ whole, outer, isRejected: script.cachedDataRejected ?? null }));
`;

interface Probed {
  /** Milliseconds: to compile or read all, and of these for the outer function. */
  whole: number;
  outer: number;
  isRejected: boolean | null;
}

function probe(isAhead: 'yes' | 'no'): Probed {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', PROBE, BUNDLE, isAhead], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Probed;
}

test('what the build compiled ahead is taken, the outer function of the program included', () => {
  const ahead = probe('yes');
  expect(ahead.isRejected).toBe(false);
  // A cache that lacks the outer function compiles it here, and saves next to nothing.
  const leastOf = (isAhead: 'yes' | 'no', what: 'whole' | 'outer') =>
    Math.min(...[1, 2, 3].map(() => probe(isAhead)[what]));
  expect(leastOf('yes', 'outer')).toBeLessThan(leastOf('no', 'whole') / 4);
});
