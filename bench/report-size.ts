/**
 * `rapport.html` of a whole département: the communes of a polygon file, made-up cells on a grid of 200 m, 200
 * structures, three modes; then a study without communes, as bench/main-job.ts has it. How long the writing
 * takes, how large the file is, and how long headless Chromium (software WebGL) needs from opening it to the
 * map's first idle moment, and how much of the processor its main thread takes. Writes bench/runs/report-size.md. Nothing here asserts an absolute time.
 *
 *     npx tsx bench/report-size.ts --communes FILE [--departement 71] [--cells 30000] [--runs 5]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Commune } from '../src/read/records.ts';
import { writeHtmlReport } from '../src/report/html-report.ts';
import type { ReportInput } from '../src/report/report-input.ts';
import { makeUpReport } from '../test/report/made-up-report.ts';
import { HAS_CHROMIUM, NO_CHROMIUM, ReportReader } from '../test/report/open-report.ts';
import { describeMachine, median } from './lib/measure.ts';

const RUN_FILE = fileURLToPath(new URL('./runs/report-size.md', import.meta.url));
const STRUCTURES = 200;
/** 200 m in degrees of latitude, and of longitude at 46.5°. */
const [GRID_LAT, GRID_LON] = [0.0018, 0.00261];

const options = new Command()
  .requiredOption('--communes <file>', 'GeoJSON polygons with code and nom')
  .option('--departement <code>', 'whose communes', '71')
  .option('--cells <n>', 'cells in all', Number, 30_000)
  .option('--runs <n>', 'runs', Number, 5)
  .parse()
  .opts<{ communes: string; departement: string; cells: number; runs: number }>();

const communes = readPolygons();
const departement = makeStudy(options.cells);
const cellsOnly = withoutCommunes(makeStudy(20_000));
const loadAtStart = loadavg()[0]!;
const rows: string[] = [];
for (const [name, input] of [
  [`${communes.length} communes, ${options.cells} cells, ${STRUCTURES} structures, 3 modes`, departement],
  ['no communes, 20 000 cells, 1 mode', cellsOnly],
] as const) {
  const { html, milliseconds } = timeWriting(input);
  const ready = await timeOpening(html);
  const megabytes = Buffer.byteLength(html) / 1e6;
  rows.push(`| ${name} | ${milliseconds.toFixed(0)} | ${megabytes.toFixed(1)} | ${ready.join(' | ')} |`);
}
const lines = [
  '# The report of a département',
  '',
  `\`npx tsx bench/report-size.ts --communes communes-71.geojson --runs ${options.runs}\``,
  '',
  `${describeMachine()}; medians of ${options.runs} runs (the least in brackets); Chromium draws with software WebGL (SwiftShader). Load average when it began: ${loadAtStart.toFixed(1)}; above 2 the machine had other work, and the times to the idle map are too long.`,
  '',
  '| study | writing, ms | file, MB | opening to idle map, s | main thread, processor s |',
  '|---|---|---|---|---|',
  ...rows,
];
process.stdout.write(`${lines.join('\n')}\n`);
writeFileSync(RUN_FILE, `${lines.join('\n')}\n`);

function readPolygons(): Commune[] {
  const { features } = JSON.parse(readFileSync(options.communes, 'utf8')) as FeatureCollection<
    Polygon | MultiPolygon,
    { code: string; nom: string }
  >;
  return features
    .filter(({ properties }) => properties.code.startsWith(options.departement))
    .map(({ properties: { code, nom }, geometry }, at) => ({
      code,
      nom,
      departement: options.departement,
      population: undefined,
      geometry,
      epci: at % 2 === 0 ? '200000001' : '200000002',
      territoire: at % 3 === 0 ? 'Est' : 'Ouest',
    }));
}

/** Cells moved onto a grid, so that the map draws squares. */
function makeStudy(cellCount: number): ReportInput {
  const cellsPerCommune = Math.round(cellCount / communes.length);
  const input = makeUpReport(communes, { structureCount: STRUCTURES, cellsPerCommune });
  const { cells } = input.cells;
  const lon = cells.lon.map((value) => Math.round(value / GRID_LON) * GRID_LON);
  const lat = cells.lat.map((value) => Math.round(value / GRID_LAT) * GRID_LAT);
  return { ...input, cells: { ...input.cells, cells: { ...cells, lon, lat } } };
}

function withoutCommunes(input: ReportInput): ReportInput {
  const [mode] = input.result.modes;
  return {
    ...input,
    geometryOfCommune: new Map(),
    result: {
      ...input.result,
      communes: [],
      epcis: [],
      territoires: [],
      modes: [{ ...mode!, communes: [], epcis: [], territoires: [], pockets: [] }],
    },
  };
}

/** The first run in the process stands for a command, which writes once: cold, it is the one that is told. */
function timeWriting(input: ReportInput): { html: string; milliseconds: number } {
  const start = performance.now();
  const html = writeHtmlReport(input);
  return { html, milliseconds: performance.now() - start };
}

async function timeOpening(html: string): Promise<[ready: string, mainThread: string]> {
  if (!HAS_CHROMIUM) return [NO_CHROMIUM, ''];
  const reader = await ReportReader.launch({ hasWebgl: true });
  try {
    const times: number[] = [];
    const threads: number[] = [];
    for (let run = 0; run < options.runs; run++) {
      const { page, readyMilliseconds, mainThreadSeconds } = await reader.open(html);
      times.push(readyMilliseconds! / 1000);
      threads.push(mainThreadSeconds);
      await page.close();
    }
    return [times, threads].map((all) => `${median(all).toFixed(1)} (${Math.min(...all).toFixed(1)})`) as [
      string,
      string,
    ];
  } finally {
    await reader.close();
  }
}
