/**
 * Transit, whole processes: Porto Alegre with R5's parameters, from raw files and from the cache, and a made-up
 * region. Prints wall time, processor time and memory with the seconds of each stage, and writes them to
 * bench/runs/transit.md. Nothing here asserts an absolute time.
 *
 *     npx tsx bench/transit.ts [--rounds 5] [--data FOLDER] [--no-region]
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { parseCount } from '../scripts/lib/options.ts';
import { defaultFolders } from './lib/engine-references.ts';
import { REGION, writeRegion } from './lib/made-region.ts';
import { describeMachine, type Measurement, measure, median } from './lib/measure.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const RUN_FILE = fileURLToPath(new URL('./runs/transit.md', import.meta.url));

/** R5 7.5.1 on the same files and machine: `../shared/peers.md`. */
const R5 = 'R5 7.5.1: 13–14 s to build the network, 45 s to answer on one thread, 24–27 s on two; 1.1 GB.';

interface Job {
  name: string;
  /** What the issue asks for. */
  bound: string;
  args: readonly string[];
  out: string;
  rounds: number;
}

const options = new Command()
  .option('--rounds <n>', 'rounds', parseCount, 5)
  .option('--data <folder>', 'folder of the real files', defaultFolders().data)
  .option('--no-region', 'leave the made-up region out')
  .parse()
  .opts<{ rounds: number; data: string; region: boolean }>();

if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: run "npm run build" first');
const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
try {
  const lines = ['# Transit', '', `${describeMachine()}. Command: \`npx tsx bench/transit.ts\`. ${R5}`, ''];
  lines.push(
    '| job | wall s | cpu s | peak MB | stages | asked for |',
    '| --- | --- | --- | --- | --- | --- |',
  );
  for (const job of listJobs()) lines.push(run(job));
  process.stdout.write(`${lines.join('\n')}\n`);
  writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function listJobs(): Job[] {
  const study = join(folder, 'porto-alegre.yaml');
  writeFileSync(study, portoAlegre(options.data));
  const cached = ['--cache', join(folder, 'cache')];
  const noIsochrones = ['--isochrones', 'none'];
  const tables = [...noIsochrones, '--exports', 'none'];
  const { rounds } = options;
  const job = (name: string, bound: string, path: string, more: readonly string[], times = rounds): Job => {
    const out = join(folder, `out-${name.replace(/\W+/g, '-')}`);
    return { name, bound, args: ['coverage', path, '--out', out, '--quiet', ...more], out, rounds: times };
  };
  const jobs = [
    job('Porto Alegre, raw files, report and tables', '4 s', study, [...tables, '--no-cache']),
    job('… and carte.png, classeur.xlsx, cellules.parquet', '', study, [...noIsochrones, '--no-cache']),
    job('Porto Alegre, cached, report and tables', '1 s, search 0.15 s', study, [...tables, ...cached]),
    job('… and carte.png, classeur.xlsx, cellules.parquet ', '', study, [...noIsochrones, ...cached]),
    job('Porto Alegre, cached, all isochrones and files', '', study, cached),
  ];
  if (!options.region) return jobs;
  const regionFolder = join(folder, 'region');
  mkdirSync(regionFolder);
  const region = writeRegion(regionFolder, REGION);
  const { stopCount, stopTimeCount, homeCount } = region;
  const name = `region: ${stopCount} stops, ${stopTimeCount} stop times, ${homeCount} cells, raw files`;
  return [...jobs, job(name, '20 s, 4 GB', region.study, ['--isochrones', 'none', '--no-cache'], 1)];
}

/** One warm-up (it fills the caches), then the medians of the rounds. */
function run({ name, bound, args, out, rounds }: Job): string {
  if (rounds > 1) measure(process.execPath, [CLI, ...args]);
  const timings: Array<Record<string, number>> = [];
  const all: Measurement[] = Array.from({ length: rounds }, () => {
    const measurement = measure(process.execPath, [CLI, ...args]);
    timings.push(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).timings);
    return measurement;
  });
  const of = (pick: (each: Measurement) => number) => median(all.map(pick));
  const stages = Object.keys(timings[0]!)
    .map((stage) => [stage, median(timings.map((each) => each[stage]!))] as const)
    .filter(([, seconds]) => seconds >= 0.05)
    .map(([stage, seconds]) => `${stage} ${seconds.toFixed(2)}`);
  const cells = [
    name,
    of(({ wallSeconds }) => wallSeconds).toFixed(2),
    of(({ cpuSeconds }) => cpuSeconds).toFixed(2),
    of(({ peakMegabytes }) => peakMegabytes).toFixed(0),
    stages.join(', '),
    bound,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The parameters of R5's run. */
function portoAlegre(data: string): string {
  const at = (file: string) => JSON.stringify(join(data, 'porto-alegre', file));
  return `name: Porto Alegre
date: 2019-05-13
modes: [transit]
roads: [${at('poa_osm.pbf')}]
timetables: [${at('poa_eptc.zip')}, ${at('poa_trensurb.zip')}]
population: [${at('poa_hexgrid.csv')}]
cell_size_meters: 280
structures: [${at('poa_points_of_interest.csv')}]
window: { from: "14:00", to: "15:00", anchor: departure }
walk: { speed_kph: 3.6, access_minutes: 30, egress_minutes: 30, transfer_minutes: 30 }
`;
}
