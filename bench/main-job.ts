/**
 * The main job on the extract repeated 8 × 8 times, whole processes, each beside a run of `osmium fileinfo -e`
 * (which only reads the same file), so that a slow moment of the machine hits both. Prints ratios, and writes them
 * to bench/runs/main-job.md. Nothing here asserts an absolute time.
 *
 *     npx tsx bench/main-job.ts --osm FILE [--rounds 7]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { repeatExtract } from '../scripts/repeat-extract.ts';
import { describeMachine, type Measurement, measure, median } from './lib/measure.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const RUN_FILE = fileURLToPath(new URL('./runs/main-job.md', import.meta.url));

interface Job {
  name: string;
  /** Greatest ratio to osmium that the project allows itself. */
  bound: number | undefined;
  run: () => Measurement;
}

const options = new Command()
  .requiredOption('--osm <file>', 'extract to repeat, such as roads.overpass.json of Saint-Germain')
  .option('--tiles <k>', 'tiles per side', Number, 8)
  .option('--rounds <n>', 'rounds', Number, 7)
  .option('--homes <n>', 'homes', Number, 20_000)
  .option('--structures <n>', 'structures', Number, 100)
  .parse()
  .opts<{ osm: string; tiles: number; rounds: number; homes: number; structures: number }>();

if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: run "npm run build" first');
const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
try {
  await repeatExtract({ ...options, seed: 1, out: folder });
  const lines = report(runRounds(listJobs()));
  process.stdout.write(`${lines.join('\n')}\n`);
  writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function listJobs(): Job[] {
  const roads = join(folder, 'roads.osm.pbf');
  const study = join(folder, 'etude.yaml');
  const cache = join(folder, 'cache');
  const coverage = (...more: string[]) =>
    measure(process.execPath, [CLI, 'coverage', study, '--out', join(folder, 'result'), '--quiet', ...more]);
  const one = join(folder, 'one.csv');
  writeFileSync(one, `id,lon,lat\np,${firstHome()}\n`);
  coverage('--cache', cache, '--isochrones', 'none');
  return [
    { name: 'osmium fileinfo -e', bound: undefined, run: () => measure('osmium', ['fileinfo', '-e', roads]) },
    {
      name: 'raw files to indicator, merged isochrones, report and tables, no cache',
      bound: 6,
      run: () => coverage('--no-cache', '--isochrones', 'merged', '--exports', 'none'),
    },
    {
      name: '… and carte.png, classeur.xlsx, cellules.parquet',
      bound: undefined,
      run: () => coverage('--no-cache', '--isochrones', 'merged'),
    },
    {
      name: 'network alone (matrix of one pair, no cache)',
      bound: 3.5,
      run: () =>
        measure(process.execPath, [
          CLI,
          'matrix',
          '--osm',
          roads,
          '--from',
          one,
          '--to',
          one,
          '--no-cache',
          '--quiet',
        ]),
    },
    {
      name: 'indicator from the cached network, merged isochrones, report and tables',
      bound: 2.5,
      run: () => coverage('--cache', cache, '--isochrones', 'merged', '--exports', 'none'),
    },
    {
      name: '… and carte.png, classeur.xlsx, cellules.parquet',
      bound: undefined,
      run: () => coverage('--cache', cache, '--isochrones', 'merged'),
    },
  ];
}

/** `lon,lat` of the first home: on a road of the extract. */
function firstHome(): string {
  const [, first] = readHomes();
  const [, lon, lat] = first!.split(',');
  return `${lon},${lat}`;
}

function readHomes(): string[] {
  return readFileSync(join(folder, 'homes.csv'), 'utf8').split('\n');
}

/** A job's runs, and of each the ratio to the run of osmium just before it. */
interface JobRuns {
  job: Job;
  runs: Measurement[];
  ratios: number[];
}

function runRounds([osmium, ...jobs]: readonly Job[]): JobRuns[] {
  const beside: JobRuns = { job: osmium!, runs: [], ratios: [1] };
  const results = jobs.map((job): JobRuns => ({ job, runs: [], ratios: [] }));
  for (let round = -1; round < options.rounds; round++) {
    for (const { job, runs, ratios } of results) {
      const before = osmium!.run();
      const run = job.run();
      if (round < 0) continue; // Warms the machine up.
      beside.runs.push(before);
      runs.push(run);
      ratios.push(run.wallSeconds / before.wallSeconds);
    }
    process.stderr.write(`round ${round + 1} of ${options.rounds}\n`);
  }
  return [beside, ...results];
}

function report(results: readonly JobRuns[]): string[] {
  const rows = results.map(({ job, runs, ratios }) => {
    const ratio = median(ratios);
    const wall = median(runs.map((run) => run.wallSeconds));
    const peak = Math.max(...runs.map((run) => run.peakMegabytes));
    const bound = job.bound === undefined ? '' : String(job.bound);
    return `| ${job.name} | ${wall.toFixed(2)} | ${ratio.toFixed(2)} | ${bound} | ${peak.toFixed(0)} |`;
  });
  return [
    '# The main job',
    '',
    `\`npx tsx bench/main-job.ts --osm roads.overpass.json --tiles ${options.tiles} --rounds ${options.rounds}\``,
    '',
    `${describeMachine()}; ${options.homes} homes, ${options.structures} structures, mode car; whole processes in turn, each after a run of osmium, medians.`,
    '',
    '| job | seconds | ratio to osmium | at most | peak MB |',
    '|---|---|---|---|---|',
    ...rows,
  ];
}
