/**
 * Bundles the script of `rapport.html` and MapLibre's worker into one text each, which reports carry:
 *
 *     dist/page/page.js          src/report/page/page.ts with MapLibre GL
 *     dist/page/map-worker.js    MapLibre's worker, started by the page from a Blob
 *
 * Both are written so that they may stand between script tags. Also run before the tests, which start from the
 * sources.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUT = join(ROOT, 'dist/page');
const ENTRIES = {
  page: join(ROOT, 'src/report/page/page.ts'),
  'map-worker': join(ROOT, 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'),
};

export async function bundlePage(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: ENTRIES,
    outdir: OUT,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['chrome100', 'firefox100', 'safari15.4'],
    // ASCII alone is read faster.
    charset: 'ascii',
    // The licences of what is bundled ask to be named wherever it goes.
    legalComments: 'eof',
    logLevel: 'warning',
  });
  mkdirSync(OUT, { recursive: true });
  for (const { path, text } of outputFiles) {
    // Renamed into place: tests of several processes may read it meanwhile.
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, closeSafely(text));
    renameSync(temporary, path);
  }
}

/** Bundles where a source is younger than the bundle, or there is none. */
export async function bundlePageIfStale(): Promise<void> {
  const bundled = join(OUT, 'page.js');
  if (existsSync(bundled)) {
    const { mtimeMs } = statSync(bundled);
    const report = join(ROOT, 'src/report');
    const sources = readdirSync(report, { recursive: true }) as string[];
    if (sources.every((file) => statSync(join(report, file)).mtimeMs <= mtimeMs)) return;
  }
  await bundlePage();
}

/** Inside a script, neither an end tag nor the start of a comment may occur. */
function closeSafely(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}
