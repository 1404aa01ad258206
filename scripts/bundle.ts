/**
 * The second half of `npm run build`: joins the compiled command line and its workers into one file each, since
 * loading some hundred modules one by one costs a fifth of a second at every start. The library, its types and
 * the workers that tests start from the sources stay as `tsc` wrote them.
 *
 *     dist/cli.js                    starts dist/bundle/cli.cjs
 *     dist/bundle/*.cjs              command line and workers; two folders below the package, as dist/<stage>/ is,
 *                                    so that paths to data/ hold
 *     dist/bundle/*-worker.js        start the workers' .cjs; CommonJS, by the package.json beside them: a thread that
 *                                    loads one module of the other kind is ready a sixth later
 *     dist/bundle/*.cjs.compiled     what Node has compiled of them (lib/compile-ahead.ts)
 *     dist/page/*.js                 the script of rapport.html (lib/bundle-page.ts)
 */
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePage } from './lib/bundle-page.ts';
import { compileAhead } from './lib/compile-ahead.ts';

const at = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

const PROGRAMS = {
  cli: 'cli.js',
  'cells-worker': 'batch/cells-worker.js',
  'street-worker': 'runtime/street-worker.js',
  'transit-worker': 'runtime/transit-worker.js',
};

rmSync(at('bundle'), { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(Object.entries(PROGRAMS).map(([name, path]) => [name, at(path)])),
  outdir: at('bundle'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Read faster at every start; names stay, for the line that reports an internal error.
  minifyWhitespace: true,
  minifySyntax: true,
  // Loaded on demand, if at all, by `require`; and data read by its path in the package.
  external: ['@turf/*', 'opening_hours', 'osmtogeojson', 'sql.js', '@etalab/*', '@resvg/*'],
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'programUrl' },
  banner: { js: "const programUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
});
await build({
  entryPoints: [at('runtime/load-program.js')],
  outfile: at('bundle/load-program.cjs'),
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
writeFileSync(at('bundle/package.json'), '{ "type": "commonjs" }\n');
for (const name of Object.keys(PROGRAMS).filter((name) => name !== 'cli')) {
  writeFileSync(
    at(`bundle/${name}.js`),
    `const { loadProgram } = require('./load-program.cjs');\nloadProgram(require('node:url').pathToFileURL(require.resolve('./${name}.cjs')));\n`,
  );
}
writeFileSync(
  at('cli.js'),
  `#!/usr/bin/env node
import { loadProgram } from './runtime/load-program.js';
loadProgram(new URL('./bundle/cli.cjs', import.meta.url));
`,
);
chmodSync(at('cli.js'), 0o755);
await bundlePage();
compileAhead();
