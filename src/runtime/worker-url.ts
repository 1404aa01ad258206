/** Where the built entry of a worker thread lies. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside this file in `dist/`; from the sources (tests, scripts), the one in `dist/`. */
export function workerUrl(file: string): URL {
  const beside = new URL(`./${file}`, import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  const built = new URL(`../../dist/runtime/${file}`, import.meta.url);
  if (existsSync(fileURLToPath(built))) return built;
  throw new Error('the worker is not built: run "npm run build"');
}
