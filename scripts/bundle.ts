/**
 * The second half of `npm run build`: joins the compiled command line and its workers into few files, since
 * loading some hundred modules one by one costs a fifth of a second at every start. The library, its types and
 * the workers that tests start from the sources stay as `tsc` wrote them.
 *
 *     dist/cli.js               starts dist/bundle/cli.js
 *     dist/bundle/*.js          command line, workers, and what they share; two folders below the package, as
 *                               dist/<stage>/ is, so that paths to data/ hold
 *     dist/page/*.js            the script of rapport.html (lib/bundle-page.ts)
 */
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePage } from './lib/bundle-page.ts';

const at = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

rmSync(at('bundle'), { recursive: true, force: true });
await build({
  entryPoints: {
    cli: at('cli.js'),
    'cells-worker': at('batch/cells-worker.js'),
    'node-worker': at('runtime/node-worker.js'),
    'street-worker': at('runtime/street-worker.js'),
    'transit-worker': at('runtime/transit-worker.js'),
  },
  outdir: at('bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Read faster at every start; names stay, for the line that reports an internal error.
  minifyWhitespace: true,
  minifySyntax: true,
  // Loaded on demand, if at all; and data read by its path in the package.
  external: ['@turf/*', 'opening_hours', 'osmtogeojson', 'sql.js', '@etalab/*', '@resvg/*'],
  // Packages in CommonJS ask for Node's modules through `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
writeFileSync(at('cli.js'), "#!/usr/bin/env node\nimport './bundle/cli.js';\n");
chmodSync(at('cli.js'), 0o755);
await bundlePage();
