/**
 * A grid of the national size, zipped as it is published, read for one département: whole processes, each from
 * the compiled sources, with their wall time and peak memory. Writes bench/runs/population.md.
 *
 *     npm run build
 *     npx tsx bench/population.ts [--departement 71] [--rounds 5] [--grid FILE]
 */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { makeNationalGrid } from '../scripts/make-national-grid.ts';
import { listZipEntries, readChunks } from '../src/read/input-bytes.ts';
import { describeMachine, type Measurement, measure, median } from './lib/measure.ts';

const RUN_FILE = fileURLToPath(new URL('./runs/population.md', import.meta.url));
const DIST = new URL('../dist/', import.meta.url);
const GREATEST_SECONDS = 8;
const GREATEST_MEGABYTES = 500;

const options = new Command()
  .option('--departement <code>', 'whose cells to keep', '71')
  .option('--rounds <n>', 'runs', Number, 5)
  .option('--grid <file>', 'a grid made before by scripts/make-national-grid.ts')
  .parse()
  .opts<{ departement: string; rounds: number; grid?: string }>();

if (!existsSync(new URL('read/population.js', DIST))) {
  throw new Error('dist/ is missing: run "npm run build" first');
}
const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
try {
  const grid = options.grid ?? (await makeNationalGrid({ out: folder }));
  const reader = join(folder, 'read.mjs');
  writeFileSync(reader, readerSource());
  const runs: Measurement[] = [];
  for (let round = 0; round < options.rounds; round++) {
    runs.push(measure(process.execPath, [reader, grid, options.departement]));
  }
  const seconds = runs.map(({ wallSeconds }) => wallSeconds).sort((a, b) => a - b);
  const processor = median(runs.map(({ cpuSeconds }) => cpuSeconds));
  const megabytes = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  const size = await inflatedSize(grid);
  const lines = [
    '# A national population grid, read for one département',
    '',
    '`npx tsx bench/population.ts`',
    '',
    `${describeMachine()}; ${options.rounds} whole processes, one after the other.`,
    '',
    `${size.rows} rows of the Filosofi 2021 columns, ${(size.bytes / 1e6).toFixed(0)} MB of CSV in a zip of ${(statSync(grid).size / 1e6).toFixed(0)} MB (generated, seed 1), read for département ${options.departement}: median ${median(seconds).toFixed(1)} s, least ${seconds[0]!.toFixed(1)}, greatest ${seconds.at(-1)!.toFixed(1)} (at most ${GREATEST_SECONDS}); ${processor.toFixed(1)} s of processor; peak ${megabytes.toFixed(0)} MB (at most ${GREATEST_MEGABYTES}).`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A program that reads a grid as a study of the département does, and fails where it finds nobody. */
function readerSource(): string {
  const at = (file: string): string => JSON.stringify(pathToFileURL(fileURLToPath(new URL(file, DIST))).href);
  return `
import { NoticeList } from ${at('common/notices.js')};
import { Decoupage } from ${at('read/decoupage.js')};
import { readPopulation } from ${at('read/population.js')};
const [, , grid, departement] = process.argv;
const decoupage = new Decoupage();
const currentCodeOf = decoupage.currentCodeOf();
const cells = await readPopulation(
  [grid],
  {
    communeCodes: new Set(decoupage.communeCodesOf(departement)),
    currentCode: (code) => currentCodeOf.get(code) ?? code,
  },
  new NoticeList(),
);
if (cells.count < 1000) throw new Error('only ' + cells.count + ' cells');
`;
}

async function inflatedSize(grid: string): Promise<{ bytes: number; rows: number }> {
  const entry = (await listZipEntries(grid, ['.csv']))?.[0];
  let bytes = 0;
  let rows = -1;
  for await (const chunk of readChunks(grid, ['.csv'], entry)) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
  }
  return { bytes, rows };
}
