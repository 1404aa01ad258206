/**
 * Nearest structure for every vertex of the extract repeated 8 × 8 times: one search from 100 structures, in
 * one process and thread, warm, median of the runs; results are summed into a sink. Writes bench/runs/nearest.md.
 *
 *     npx tsx bench/nearest.ts --osm FILE [--tiles 8] [--runs 30]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { repeatExtract } from '../scripts/repeat-extract.ts';
import { NoticeList } from '../src/common/notices.ts';
import { readOsm } from '../src/read/osm/read-osm.ts';
import { readSpeedDefaults } from '../src/read/speed-table.ts';
import { StreetSearch } from '../src/search/street-search.ts';
import { buildStreetNetwork } from '../src/streets/build-network.ts';
import { buildSpeedTable } from '../src/streets/speed-table.ts';
import { describeMachine, median } from './lib/measure.ts';

const RUN_FILE = fileURLToPath(new URL('./runs/nearest.md', import.meta.url));
const STRUCTURES = 100;
const WARM_UP = 5;

const options = new Command()
  .requiredOption('--osm <file>', 'extract to repeat')
  .option('--tiles <k>', 'tiles per side', Number, 8)
  .option('--runs <n>', 'runs', Number, 30)
  .parse()
  .opts<{ osm: string; tiles: number; runs: number }>();

const folder = mkdtempSync(join(tmpdir(), 'maillage-bench-'));
try {
  await repeatExtract({
    osm: options.osm,
    tiles: options.tiles,
    homes: 10,
    structures: 10,
    seed: 1,
    out: folder,
  });
  const osm = await readOsm(join(folder, 'roads.osm.pbf'), new NoticeList());
  const { network } = buildStreetNetwork(osm, 'car', buildSpeedTable(readSpeedDefaults()));
  const search = new StreetSearch(network, 'towards');
  // Spread evenly over the largest component.
  const main = Array.from(network.componentOfVertex.keys()).filter((v) => network.componentOfVertex[v] === 0);
  const vertices = Uint32Array.from(
    { length: STRUCTURES },
    (_, i) => main[Math.floor(((i + 0.5) * main.length) / STRUCTURES)]!,
  );
  const seeds = {
    count: STRUCTURES,
    vertices,
    times: new Int32Array(STRUCTURES),
    sources: Uint32Array.from(vertices, (_, i) => i),
    lengths: new Uint32Array(STRUCTURES),
  };
  const milliseconds: number[] = [];
  let sink = 0;
  for (let run = -WARM_UP; run < options.runs; run++) {
    const started = performance.now();
    search.run(seeds);
    const took = performance.now() - started;
    sink += search.times[main[run + WARM_UP]!]!;
    if (run >= 0) milliseconds.push(took);
  }
  const sorted = milliseconds.sort((a, b) => a - b);
  const lines = [
    '# Nearest structure for every vertex',
    '',
    `\`npx tsx bench/nearest.ts --osm roads.overpass.json --tiles ${options.tiles}\``,
    '',
    `${describeMachine()}; one thread, ${options.runs} runs after ${WARM_UP} to warm up.`,
    '',
    `${network.vertexCount} vertices, ${network.arcCount} arcs, ${search.reachedCount} reached from ${STRUCTURES} structures: median ${median(sorted).toFixed(1)} ms, least ${sorted[0]!.toFixed(1)}, greatest ${sorted.at(-1)!.toFixed(1)} (at most 60; pandana 2 000 to 2 300 on its 1.18 M). Sink ${sink}.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
