/**
 * Our times beside OSRM's and Valhalla's, on the four places of which their times are kept.
 *
 * For each place and mode it runs the built `maillage matrix --walk-speed 5` on the reference's points, prints
 * the ratios and writes them to `bench/runs/compare-engines.md`. Exit 1 where a bound is missed. Run from the
 * project's folder, after `npm run build`: `npx tsx bench/compare-engines.ts [--worst 10]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { parseCount } from '../scripts/lib/options.ts';
import type { StreetMode } from '../src/common/units.ts';
import { type Comparison, compareTimes, missedBounds, pointsWithoutPairs } from './lib/compare-times.ts';
import { comparisonTable, pairLine } from './lib/comparison-table.ts';
import {
  defaultFolders,
  missingFiles,
  REFERENCE_MODES,
  REFERENCE_PLACES,
  type ReferenceFolders,
  type ReferencePlace,
  readReferencePoints,
} from './lib/engine-references.ts';
import { describeMachine } from './lib/machine.ts';
import { describeLinks } from './lib/point-links.ts';
import { timePairs, WALK_SPEED_KPH } from './lib/run-matrix.ts';

const RUN_PATH = fileURLToPath(new URL('runs/compare-engines.md', import.meta.url));

interface Options extends ReferenceFolders {
  places: ReferencePlace[];
  modes: StreetMode[];
  worst: number | undefined;
  out: string;
}

const folders = defaultFolders();
const program = new Command()
  .description("our times beside OSRM's and Valhalla's")
  .option('--references <folder>', 'folder of the reference times', folders.references)
  .option('--data <folder>', 'folder of the real OSM files', folders.data)
  .option('--places <names>', 'places, comma-separated (default: all)', placesOf, [...REFERENCE_PLACES])
  .option('--modes <modes>', 'modes, comma-separated (default: all)', modesOf, [...REFERENCE_MODES])
  .option('--worst <n>', 'list the n pairs furthest from OSRM, and what only one side reaches', parseCount)
  .option('--out <file>', 'Markdown to write', RUN_PATH);
program.parse();
await main(program.opts<Options>());

async function main(options: Options): Promise<void> {
  const missing = options.places.flatMap((place) => missingFiles(options, place, options.modes));
  if (missing.length > 0) {
    process.stderr.write(`missing: ${missing.join(', ')}\nName the folders with --references and --data.\n`);
    process.exitCode = 2;
    return;
  }
  const comparisons: Comparison[] = [];
  for (const place of options.places) {
    for (const mode of options.modes) {
      const pairs = timePairs(options, place, mode);
      const comparison = compareTimes(place.name, mode, pairs);
      comparisons.push(comparison);
      if (options.worst !== undefined) {
        await printWorst(options, place, comparison, pointsWithoutPairs(pairs), options.worst);
      }
    }
  }
  const table = comparisonTable(comparisons);
  process.stdout.write(`${table}\n`);
  const missed = comparisons.flatMap(missedBounds);
  for (const sentence of missed) process.stderr.write(`${sentence}\n`);
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, runReport(table, missed));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

async function printWorst(
  options: Options,
  place: ReferencePlace,
  comparison: Comparison,
  without: { from: string[]; to: string[] },
  count: number,
): Promise<void> {
  const { mode, worst, onlyOsrm, onlyOurs } = comparison;
  const from = readReferencePoints(options, place, 'from');
  const to = readReferencePoints(options, place, 'to');
  const links = await describeLinks(join(options.data, place.roads), mode, from, to);
  const lines = [`${place.name}, ${mode}: the ${count} pairs furthest from OSRM`];
  for (const { pair, ratio } of worst.slice(0, count)) {
    lines.push(`  ${ratio.toFixed(3)}  ${pairLine(pair)}`);
    lines.push(`         from ${links.from.get(pair.from)}; to ${links.to.get(pair.to)}`);
  }
  for (const [side, pairs] of [
    ['only OSRM', onlyOsrm],
    ['only ours', onlyOurs],
  ] as const) {
    if (pairs.length > 0) lines.push(`  ${side} reaches ${pairs.length} pairs`);
  }
  for (const id of without.from) lines.push(`  no way from ${id}: ${links.from.get(id)}`);
  for (const id of without.to) lines.push(`  no way to ${id}: ${links.to.get(id)}`);
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

function runReport(table: string, missed: readonly string[]): string {
  return `# Times beside OSRM and Valhalla

Machine: ${describeMachine()}. Command: \`npm run build && npx tsx bench/compare-engines.ts\`, which runs
\`maillage matrix --osm … --mode … --from … --to … --walk-speed ${WALK_SPEED_KPH}\` for each place and mode. References: OSRM
26.10 and Valhalla 3.9.1 with their default car, foot and bicycle profiles, all pairs of 60 × 40 points.

Bounds on the ratio to OSRM: car, median 0.92–1.02 and quartiles at most 0.08 apart; walk 0.97–1.03 and 0.05;
bike 0.90–1.02 and 0.09. ${missed.length === 0 ? 'All kept.' : `Missed: ${missed.join('; ')}.`}

${table}

\`only OSRM\`, \`only ours\`: pairs that one side alone reaches. What lies behind them, and behind the worst pairs:
\`compare-engines-notes.md\`.
`;
}

function placesOf(text: string): ReferencePlace[] {
  return text.split(',').map((name) => {
    const place = REFERENCE_PLACES.find((known) => known.name === name);
    if (place !== undefined) return place;
    throw new InvalidArgumentError(`expected ${REFERENCE_PLACES.map((known) => known.name).join(', ')}`);
  });
}

function modesOf(text: string): StreetMode[] {
  return text.split(',').map((name) => {
    const mode = REFERENCE_MODES.find((known) => known === name);
    if (mode !== undefined) return mode;
    throw new InvalidArgumentError(`expected ${REFERENCE_MODES.join(', ')}`);
  });
}
