/**
 * How fast the two large inputs are read: an extract of OpenStreetMap from its file to the streets' nodes and ways
 * (generated, one way in ten a road), and stop_times.txt from its bytes to rows with their trips and stops (that of a
 * feed, repeated). In megabytes that a second of processor reads, inflated; inflating included. Each several times in
 * a process of its own, the first of which compiles. Writes bench/runs/reading.md.
 *
 *     npm run build
 *     npx tsx bench/reading.ts --osm FILE --gtfs FILE... [--megabytes 100] [--runs 5]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { makeLargeExtract } from '../scripts/make-large-extract.ts';
import { describeMachine, median } from './lib/measure.ts';

const RUN_FILE = fileURLToPath(new URL('./runs/reading.md', import.meta.url));
const DIST = new URL('../dist/', import.meta.url);
const LEAST_OF_EXTRACT = 80;
const LEAST_OF_STOP_TIMES = 150;

const options = new Command()
  .requiredOption('--osm <file>', 'extract of roads to make a large one of')
  .requiredOption('--gtfs <file...>', 'feeds whose stop_times.txt is repeated')
  .option('--megabytes <n>', 'size of each input', Number, 100)
  .option('--runs <n>', 'readings of each', Number, 5)
  .option('--only <file>', 'one input, read in this process: its row as JSON')
  .parse()
  .opts<{ osm: string; gtfs: string[]; megabytes: number; runs: number; only?: string }>();

if (!existsSync(new URL('read/osm/read-osm.js', DIST))) {
  throw new Error('dist/ is missing: run "npm run build" first');
}
/** As it was compiled, which is what users run. */
const load = <Module>(path: string): Promise<Module> => import(new URL(path, DIST).href) as Promise<Module>;
const { NoticeList } = await load<typeof import('../src/common/notices.ts')>('common/notices.js');
const { openGtfs } = await load<typeof import('../src/read/gtfs/gtfs-files.ts')>('read/gtfs/gtfs-files.js');
const { readStopTimes } =
  await load<typeof import('../src/read/gtfs/stop-times.ts')>('read/gtfs/stop-times.js');
const { PbfFile } = await load<typeof import('../src/read/osm/pbf-blobs.ts')>('read/osm/pbf-blobs.js');
const { readOsm } = await load<typeof import('../src/read/osm/read-osm.ts')>('read/osm/read-osm.js');

/** Megabytes a second of processor, of each reading. */
async function timeReadings(megabytes: number, read: () => unknown): Promise<number[]> {
  const rates: number[] = [];
  for (let run = 0; run < options.runs; run++) {
    const before = process.cpuUsage();
    await read();
    const { user, system } = process.cpuUsage(before);
    rates.push((megabytes * 1e6) / (user + system));
  }
  return rates;
}

async function inflatedMegabytes(path: string): Promise<number> {
  const file = await PbfFile.open(path);
  let bytes = 0;
  for await (const blob of file.inflateBlobs(0, file.blobs.length)) bytes += blob.bytes.length;
  await file.close();
  return bytes / 1e6;
}

interface StopTime {
  trip_id: string;
  stop_id: string;
}

/** The table as often as it takes, its header once; and its ids with their places. */
async function repeatStopTimes(path: string) {
  const notices = new NoticeList();
  const files = await openGtfs(path, notices);
  const table = (await files.find('stop_times.txt'))!;
  files.close();
  const trips = new Map<string, number>();
  const stops = new Map<string, number>();
  for (const { trip_id: trip, stop_id: stop } of parse(table, { columns: true, bom: true }) as StopTime[]) {
    if (!trips.has(trip)) trips.set(trip, trips.size);
    if (!stops.has(stop)) stops.set(stop, stops.size);
  }
  const end = table.indexOf('\n') + 1;
  const body = Buffer.concat([table.subarray(end), Buffer.from('\n')]);
  const times = Math.ceil((options.megabytes * 1e6) / body.length);
  return {
    bytes: Buffer.concat([table.subarray(0, end), ...new Array<Buffer>(times).fill(body)]),
    trips,
    stops,
  };
}

/** One row of the table. */
interface Reading {
  name: string;
  megabytes: number;
  rates: number[];
  least: number;
}

async function readExtract(path: string): Promise<Reading> {
  const megabytes = await inflatedMegabytes(path);
  const rates = await timeReadings(megabytes, () => readOsm(path, new NoticeList()));
  return { name: `extract of ${options.megabytes} MB, streets`, megabytes, rates, least: LEAST_OF_EXTRACT };
}

async function readFeed(path: string): Promise<Reading> {
  const { bytes, trips, stops } = await repeatStopTimes(path);
  const megabytes = bytes.length / 1e6;
  let rowCount = 0;
  const rates = await timeReadings(megabytes, () => {
    rowCount = readStopTimes(bytes, 'stop_times.txt', trips, stops, new NoticeList()).count;
  });
  const name = `stop_times.txt of ${basename(path)}, ${(rowCount / 1e6).toFixed(1)} M rows`;
  return { name, megabytes, rates, least: LEAST_OF_STOP_TIMES };
}

/** Reads one input in another process, which has read nothing before. */
function readApart(path: string): Reading {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), ...process.argv.slice(2), '--only', path];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path}: ${stderr}`);
  return JSON.parse(stdout) as Reading;
}

async function compareAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
  try {
    const { osm, megabytes } = options;
    await makeLargeExtract({ osm, megabytes, homes: 10, structures: 10, seed: 1, out: folder });
    const readings = [join(folder, 'large.osm.pbf'), ...options.gtfs].map(readApart);
    const lines = [
      '# Reading',
      '',
      `\`npx tsx bench/reading.ts --osm roads.overpass.json --gtfs ${options.gtfs.map((path) => basename(path)).join(' ')}\``,
      '',
      `${describeMachine()}; megabytes a second of processor.`,
      '',
      '| input | MB, inflated | first reading | median | at least |',
      '|---|---|---|---|---|',
      ...readings.map(
        ({ name, megabytes: size, rates, least }) =>
          `| ${name} | ${size.toFixed(0)} | ${rates[0]!.toFixed(0)} | ${median(rates).toFixed(0)} | ${least} |`,
      ),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { only } = options;
if (only === undefined) await compareAll();
else {
  const reading = only.endsWith('.osm.pbf') ? await readExtract(only) : await readFeed(only);
  process.stdout.write(JSON.stringify(reading));
}
