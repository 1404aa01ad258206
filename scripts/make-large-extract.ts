/**
 * Makes a large `.osm.pbf` of which one way in ten is a road, as in a whole extract: tiles of a small extract
 * of roads, each with nine times as many buildings with nodes of their own. Written as a stream, in the memory
 * of one block and one tile. For the benchmark of memory; ready with homes, structures and a study file.
 *
 *   npx tsx scripts/make-large-extract.ts --osm ../shared/data/saint-germain/roads.overpass.json --out bench/data/large
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { isMain } from './lib/is-main.ts';
import { parseCount } from './lib/options.ts';
import type { OsmContents, OsmNode, OsmWay } from './lib/osm-elements.ts';
import { SeededRandom } from './lib/random.ts';
import { readExtract } from './lib/read-extract.ts';
import { writeSeededStudy } from './lib/seeded-study.ts';
import {
  buildTiledExtract,
  joiningWays,
  type TiledExtract,
  tileNodes,
  tileOffset,
  tileWays,
} from './lib/tiled-extract.ts';
import { openPbf, PbfWriter } from './lib/write-pbf.ts';

const ROADS = 'large.osm.pbf';
const BYTES_PER_MEGABYTE = 1e6;
/** Buildings per road, so that one way in ten is a road. */
const BUILDINGS_PER_ROAD = 9;
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];
/** Half the long side of a building, degrees: 4 to 11 m northwards. */
const LEAST_HALF_SIDE = 4e-5;
const GREATEST_HALF_SIDE = 1e-4;

export interface LargeExtractOptions {
  osm: string;
  megabytes: number;
  homes: number;
  structures: number;
  seed: number;
  out: string;
}

export interface LargeExtractCounts {
  tiles: number;
  nodes: number;
  ways: number;
  roads: number;
}

/** Writes large.osm.pbf of about `megabytes`, homes.csv, structures.csv and etude.yaml into `out`. */
export async function makeLargeExtract(options: LargeExtractOptions): Promise<LargeExtractCounts> {
  const roads = await readExtract(options.osm);
  const tileCount = Math.max(
    1,
    Math.round((options.megabytes * BYTES_PER_MEGABYTE) / measureTile(roads, options.seed)),
  );
  const tiled = tileWithBuildings(roads, tileCount);
  mkdirSync(options.out, { recursive: true });
  const writer = openPbf(join(options.out, ROADS), {
    generator: 'maillage scripts/make-large-extract.ts',
    bounds: tiled.bounds,
  });
  const counts = writeTiles(tiled, options.seed, writer);
  writeSeededStudy(tiled, {
    folder: options.out,
    roads: ROADS,
    name: `Large extract of ${tileCount} tiles`,
    homeCount: options.homes,
    structureCount: options.structures,
    seed: options.seed,
  });
  return counts;
}

function tileWithBuildings(roads: OsmContents, tileCount: number): TiledExtract {
  const buildingCount = BUILDINGS_PER_ROAD * roads.ways.length;
  return buildTiledExtract(
    { ...roads, relations: [] },
    {
      columnCount: Math.ceil(Math.sqrt(tileCount)),
      tileCount,
      spareNodeIds: CORNERS.length * buildingCount,
      spareWayIds: buildingCount,
    },
  );
}

/** Bytes that one tile takes in the file. */
function measureTile(roads: OsmContents, seed: number): number {
  let bytes = 0;
  const writer = new PbfWriter((block) => {
    bytes += block.length;
  });
  writeTiles(tileWithBuildings(roads, 1), seed, writer);
  return bytes;
}

function writeTiles(tiled: TiledExtract, seed: number, writer: PbfWriter): LargeExtractCounts {
  const counts = { tiles: tiled.tileCount, nodes: 0, ways: 0, roads: 0 };
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    for (const node of tileNodes(tiled, tile)) {
      writer.node(node);
      counts.nodes += 1;
    }
    for (const node of buildingNodes(tiled, tile, new SeededRandom(seed + tile))) {
      writer.node(node);
      counts.nodes += 1;
    }
  }
  for (let tile = 0; tile < tiled.tileCount; tile++) {
    for (const way of tileWays(tiled, tile)) {
      writer.way(way);
      counts.roads += 1;
    }
    for (const way of buildingWays(tiled, tile)) {
      writer.way(way);
      counts.ways += 1;
    }
  }
  for (const way of joiningWays(tiled)) {
    writer.way(way);
    counts.roads += 1;
  }
  writer.finish();
  counts.ways += counts.roads;
  return counts;
}

/** Id of a tile's first building corner, and of its first building. */
function firstBuildingIds(tiled: TiledExtract, tile: number): { node: number; way: number } {
  const buildingCount = BUILDINGS_PER_ROAD * tiled.contents.ways.length;
  return {
    node: (tile + 1) * tiled.nodeIdStride - CORNERS.length * buildingCount,
    way: (tile + 1) * tiled.wayIdStride - buildingCount,
  };
}

/** Corners of rectangles, each beside a street of the tile. */
function* buildingNodes(tiled: TiledExtract, tile: number, random: SeededRandom): Generator<OsmNode> {
  const offset = tileOffset(tiled, tile);
  const buildingCount = BUILDINGS_PER_ROAD * tiled.contents.ways.length;
  let { node: id } = firstBuildingIds(tiled, tile);
  for (let building = 0; building < buildingCount; building++) {
    const { from } = random.pick(tiled.connectedStreets);
    const lon = from.lon + offset.lon + random.between(-0.001, 0.001);
    const lat = from.lat + offset.lat + random.between(-0.001, 0.001);
    // Half the two sides as vectors: any direction, at right angles.
    const east = random.between(-GREATEST_HALF_SIDE, GREATEST_HALF_SIDE);
    const north = random.between(LEAST_HALF_SIDE, GREATEST_HALF_SIDE);
    const ratio = random.between(0.5, 1);
    for (const [along, across] of CORNERS) {
      yield {
        id: id++,
        lon: lon + along * east - across * ratio * north,
        lat: lat + along * north + across * ratio * east,
      };
    }
  }
}

function* buildingWays(tiled: TiledExtract, tile: number): Generator<OsmWay> {
  const first = firstBuildingIds(tiled, tile);
  const buildingCount = BUILDINGS_PER_ROAD * tiled.contents.ways.length;
  for (let building = 0; building < buildingCount; building++) {
    const corner = first.node + CORNERS.length * building;
    const refs = [corner, corner + 1, corner + 2, corner + 3, corner];
    const kind = building % 3 === 0 ? 'house' : 'yes';
    yield { id: first.way + building, refs, tags: { building: kind, source: 'generated' } };
  }
}

if (isMain(import.meta.url)) {
  const program = new Command('make-large-extract')
    .requiredOption('--osm <file>', 'extract of roads: Overpass JSON or .osm.pbf')
    .option('--megabytes <n>', 'size of the file', parseCount, 250)
    .option('--homes <n>', 'homes of 10 people', parseCount, 20_000)
    .option('--structures <n>', 'structures', parseCount, 100)
    .option('--seed <n>', 'seed', parseCount, 1)
    .requiredOption('--out <dir>', 'folder to write into');
  const options = program.parse().opts<LargeExtractOptions>();
  const { tiles, nodes, ways, roads } = await makeLargeExtract(options);
  console.log(
    `${join(options.out, ROADS)}: ${tiles} tiles, ${nodes} nodes, ${ways} ways, ${roads} of them roads`,
  );
}
