/**
 * Isochrones around each structure of a study by car (10, 20, 30 min), one thread, warm: how long the search, the
 * surface and the contours take per structure. The study is one that `scripts/repeat-extract.ts` wrote:
 *
 *   npx tsx scripts/repeat-extract.ts --osm ../shared/data/saint-germain/roads.overpass.json --tiles 8 --out bench/data/8x8
 *   npx tsx bench/isochrones.ts --data bench/data/8x8
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseCount } from '../scripts/lib/options.ts';
import { NoticeList } from '../src/common/notices.ts';
import { minutesToDeciseconds } from '../src/common/units.ts';
import { contourBands } from '../src/isochrones/contour.ts';
import { IsochroneScratch } from '../src/isochrones/scratch.ts';
import { buildSurface } from '../src/isochrones/surface.ts';
import { indexNetwork } from '../src/network/street-network-file.ts';
import { readOsm } from '../src/read/osm/read-osm.ts';
import { readSpeedDefaults } from '../src/read/speed-table.ts';
import { LEAST_ISOCHRONE_NODES, surfaceSeeds } from '../src/runtime/street-tasks.ts';
import { buildSeeds } from '../src/search/door-to-door.ts';
import { StreetSearch } from '../src/search/street-search.ts';
import { buildStreetNetwork } from '../src/streets/build-network.ts';
import { snapPoints } from '../src/streets/snapping.ts';
import { buildSpeedTable } from '../src/streets/speed-table.ts';
import { findUsefulEdges, TAKES_ARRIVALS } from '../src/streets/useful-edges.ts';

const MINUTES = [10, 20, 30];
const WALK_SPEED_KPH = 4;
const SNAP_RADIUS_METERS = 1000;
const MIN_ISLAND = 200;

const options = new Command('isochrones')
  .requiredOption('--data <dir>', 'folder with roads.osm.pbf and structures.csv')
  .option('--rounds <n>', 'rounds; the first is the warm-up and does not count', parseCount, 3)
  .parse()
  .opts<{ data: string; rounds: number }>();

const osm = await readOsm(join(options.data, 'roads.osm.pbf'), new NoticeList());
const { network, index } = indexNetwork(
  buildStreetNetwork(osm, 'car', buildSpeedTable(readSpeedDefaults())).network,
);
const rows = parseCsv(readFileSync(join(options.data, 'structures.csv')), {
  columns: true,
  bom: true,
  delimiter: [';', ','],
}) as Array<{ lon: string; lat: string }>;
const sourceLon = Float64Array.from(rows, ({ lon }) => Number(lon));
const sourceLat = Float64Array.from(rows, ({ lat }) => Number(lat));
const usefulEdges = findUsefulEdges(network, MIN_ISLAND, new Set());
const sources = snapPoints(network, index, usefulEdges, sourceLon, sourceLat, {
  radiusMeters: SNAP_RADIUS_METERS,
  needs: TAKES_ARRIVALS,
});

const search = new StreetSearch(network, 'towards');
const scratch = new IsochroneScratch();
const cutoffDeciseconds = minutesToDeciseconds(Math.max(...MINUTES));
const spent: Record<'search' | 'surface' | 'contour', number[]> = { search: [], surface: [], contour: [] };
/** Keeps the results from being optimised away, and shows that they are the same in every round. */
let cornerCount = 0;
let cellMeters = 0;

let processorMs = 0;
for (let round = 0; round < options.rounds; round++) {
  const before = process.cpuUsage();
  cornerCount = 0;
  for (let source = 0; source < rows.length; source++) {
    const start = performance.now();
    const { seeds } = buildSeeds(network, sources, [source], 'towards', WALK_SPEED_KPH);
    search.run(seeds, cutoffDeciseconds);
    const searched = performance.now();
    const surface = buildSurface({
      network,
      index,
      usefulEdges,
      direction: 'towards',
      timeOfVertex: search.times,
      reached: search.reached.subarray(0, search.reachedCount),
      cutoffDeciseconds,
      walkSpeedKph: WALK_SPEED_KPH,
      seeds: surfaceSeeds({ sources, sourceLon, sourceLat, walkSpeedKph: WALK_SPEED_KPH }, [source]),
      offRoadMeters: SNAP_RADIUS_METERS,
      scratch,
    });
    const surfaced = performance.now();
    const bands = contourBands(surface, MINUTES, { scratch, leastNodes: LEAST_ISOCHRONE_NODES });
    const contoured = performance.now();
    cellMeters += surface.cellMeters / rows.length / options.rounds;
    for (const { geometry } of bands) cornerCount += geometry.coordinates.flat(2).length;
    if (round === 0) continue;
    spent.search.push(searched - start);
    spent.surface.push(surfaced - searched);
    spent.contour.push(contoured - surfaced);
  }
  const { user, system } = process.cpuUsage(before);
  if (round > 0) processorMs += (user + system) / 1000 / rows.length / (options.rounds - 1);
}

const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
console.log(
  `${machine}; ${network.vertexCount} vertices, ${rows.length} structures, car ${MINUTES.join('/')} min`,
);
console.log(`cells of ${cellMeters.toFixed(0)} m on average, ${cornerCount} corners in all`);
for (const [stage, times] of Object.entries(spent)) {
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
  console.log(`${stage.padEnd(8)} mean ${mean.toFixed(1)} ms, median ${at(0.5)}, 95 % ${at(0.95)}`);
}
// On a machine that does other work as well, this is what it would take on a free core.
console.log(`processor time of all three, collecting garbage included: ${processorMs.toFixed(1)} ms`);
