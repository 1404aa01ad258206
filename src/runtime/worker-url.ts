/** Where the built entry of a worker thread lies. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Beside this file in the bundle; else the one that `tsc` wrote.
 * @param stage folder of its source
 */
export function workerUrl(file: string, stage = 'runtime'): URL {
  const beside = new URL(`./${file}`, import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  const built = new URL(`../../dist/${stage}/${file}`, import.meta.url);
  if (existsSync(fileURLToPath(built))) return built;
  throw new Error('the worker is not built: run "npm run build"');
}
