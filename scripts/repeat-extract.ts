/**
 * Repeats an extract K × K times as one strongly connected `.osm.pbf`, with seeded homes and structures and a
 * study file that is ready to run: the input of the benchmarks of speed and of linear cost.
 *
 *   npx tsx scripts/repeat-extract.ts --osm ../shared/data/saint-germain/roads.overpass.json --tiles 8 --out bench/data/8x8
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { isMain } from './lib/is-main.ts';
import { parseCount } from './lib/options.ts';
import { readExtract } from './lib/read-extract.ts';
import { writeSeededStudy } from './lib/seeded-study.ts';
import { buildTiledExtract, joiningWays, tileNodes, tileRelations, tileWays } from './lib/tiled-extract.ts';
import { openPbf } from './lib/write-pbf.ts';

const ROADS = 'roads.osm.pbf';

export interface RepeatOptions {
  osm: string;
  tiles: number;
  homes: number;
  structures: number;
  seed: number;
  out: string;
}

/** Writes roads.osm.pbf, homes.csv, structures.csv and etude.yaml into `out`; returns what it wrote. */
export async function repeatExtract(options: RepeatOptions): Promise<{ nodes: number; ways: number }> {
  const tiled = buildTiledExtract(await readExtract(options.osm), { columnCount: options.tiles });
  mkdirSync(options.out, { recursive: true });
  const count = { nodes: 0, ways: 0 };
  const writer = openPbf(join(options.out, ROADS), {
    generator: 'maillage scripts/repeat-extract.ts',
    bounds: tiled.bounds,
  });
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    for (const node of tileNodes(tiled, tile)) {
      writer.node(node);
      count.nodes += 1;
    }
  }
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    for (const way of tileWays(tiled, tile)) {
      writer.way(way);
      count.ways += 1;
    }
  }
  for (const way of joiningWays(tiled)) {
    writer.way(way);
    count.ways += 1;
  }
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    for (const relation of tileRelations(tiled, tile)) writer.relation(relation);
  }
  writer.finish();
  writeSeededStudy(tiled, {
    folder: options.out,
    roads: ROADS,
    name: `Extract repeated ${options.tiles} x ${options.tiles}`,
    homeCount: options.homes,
    structureCount: options.structures,
    seed: options.seed,
  });
  return count;
}

if (isMain(import.meta.url)) {
  const program = new Command('repeat-extract')
    .requiredOption('--osm <file>', 'extract: Overpass JSON or .osm.pbf')
    .option('--tiles <k>', 'tiles per side', parseCount, 8)
    .option('--homes <n>', 'homes of 10 people', parseCount, 20_000)
    .option('--structures <n>', 'structures', parseCount, 100)
    .option('--seed <n>', 'seed of homes and structures', parseCount, 1)
    .requiredOption('--out <dir>', 'folder to write into');
  const options = program.parse().opts<RepeatOptions>();
  const { nodes, ways } = await repeatExtract(options);
  console.log(`${join(options.out, ROADS)}: ${nodes} nodes, ${ways} ways`);
}
