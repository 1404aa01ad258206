/**
 * Is the cost linear? Builds the network of the extract repeated 2 × 2, 4 × 4 and 8 × 8 times, whole processes in
 * turn, and compares what a further node costs between the sizes; and the memory of a large extract of which
 * one way in ten is a road. Writes bench/runs/scaling.md.
 *
 *     npx tsx bench/scaling.ts --osm FILE [--rounds 7] [--megabytes 250]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { makeLargeExtract } from '../scripts/make-large-extract.ts';
import { repeatExtract } from '../scripts/repeat-extract.ts';
import { describeMachine, type Measurement, measure, median } from './lib/measure.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const RUN_FILE = fileURLToPath(new URL('./runs/scaling.md', import.meta.url));
const TILES = [2, 4, 8];
/** A further node from 4 × 4 to 8 × 8 may cost this much of one from 2 × 2 to 4 × 4. */
const MARGINAL_BOUND = 1.15;

const options = new Command()
  .requiredOption('--osm <file>', 'extract to repeat, such as roads.overpass.json of Saint-Germain')
  .option('--rounds <n>', 'rounds', Number, 7)
  .option('--megabytes <n>', 'size of the large extract; 0 = none', Number, 250)
  .parse()
  .opts<{ osm: string; rounds: number; megabytes: number }>();

const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
try {
  const sizes: Array<{ tiles: number; nodes: number; folder: string; runs: Measurement[] }> = [];
  for (const tiles of TILES) {
    const out = join(folder, `tiles-${tiles}`);
    const { nodes } = await repeatExtract({
      osm: options.osm,
      tiles,
      homes: 100,
      structures: 10,
      seed: 1,
      out,
    });
    sizes.push({ tiles, nodes, folder: out, runs: [] });
  }
  for (let round = -1; round < options.rounds; round++) {
    for (const size of sizes) {
      const run = buildNetwork(size.folder);
      if (round >= 0) size.runs.push(run);
    }
    process.stderr.write(`round ${round + 1} of ${options.rounds}\n`);
  }
  const cpu = sizes.map(({ runs }) => median(runs.map((run) => run.cpuSeconds)));
  const perNode = (a: number, b: number) => (cpu[b]! - cpu[a]!) / (sizes[b]!.nodes - sizes[a]!.nodes);
  const lines = [
    '# Scaling',
    '',
    `\`npx tsx bench/scaling.ts --osm roads.overpass.json --rounds ${options.rounds} --megabytes ${options.megabytes}\``,
    '',
    `${describeMachine()}; network of one mode (car) without cache, whole processes, medians.`,
    '',
    '| tiles | nodes | wall s | processor s | peak MB |',
    '|---|---|---|---|---|',
    ...sizes.map(({ tiles, nodes, runs }, i) => {
      const wall = median(runs.map((run) => run.wallSeconds)).toFixed(2);
      const peak = Math.max(...runs.map((run) => run.peakMegabytes)).toFixed(0);
      return `| ${tiles} × ${tiles} | ${nodes} | ${wall} | ${cpu[i]!.toFixed(2)} | ${peak} |`;
    }),
    '',
    `A further node from 4 × 4 to 8 × 8 costs ${(perNode(1, 2) / perNode(0, 1)).toFixed(2)} times one from 2 × 2 to 4 × 4 (processor time; at most ${MARGINAL_BOUND}).`,
    ...(options.megabytes > 0 ? ['', await measureLarge()] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function buildNetwork(place: string): Measurement {
  const [header, first] = readFileSync(join(place, 'homes.csv'), 'utf8').split('\n');
  const one = join(place, 'one.csv');
  writeFileSync(one, `${header}\n${first}\n`);
  const roads = join(place, 'roads.osm.pbf');
  const args = ['--osm', roads, '--from', one, '--to', one, '--no-cache', '--quiet', '--threads', '1'];
  return measure(process.execPath, [CLI, 'matrix', ...args]);
}

async function measureLarge(): Promise<string> {
  const out = join(folder, 'large');
  const { megabytes, osm } = options;
  await makeLargeExtract({ osm, megabytes, homes: 20_000, structures: 100, seed: 1, out });
  const args = [
    'coverage',
    join(out, 'etude.yaml'),
    '--out',
    join(folder, 'result'),
    '--quiet',
    '--no-cache',
  ];
  const run = measure(process.execPath, [CLI, ...args, '--isochrones', 'merged']);
  return `A generated extract of ${megabytes} MB, one way in ten a road: coverage in ${run.wallSeconds.toFixed(1)} s, peak ${run.peakMegabytes.toFixed(0)} MB (at most 2 000).`;
}
