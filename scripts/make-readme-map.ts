/**
 * Draws the picture of README.md, `data/exemple/carte.svg`: the map of the report, by car, from the fictional
 * example.
 *
 *     npx tsx scripts/make-readme-map.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReportInput } from '../src/report/report-input.ts';
import { drawSvgMap } from '../src/report/svg-map.ts';
import { isMain } from './lib/is-main.ts';
import { runExample } from './lib/run-example.ts';

export const README_MAP_PATH = fileURLToPath(new URL('../data/exemple/carte.svg', import.meta.url));
const WIDTH_PIXELS = 960;

export function drawReadmeMap(report: ReportInput): string {
  const [first] = report.result.modes;
  const map = first && drawSvgMap(withoutOutlines(report), first, { width: WIDTH_PIXELS });
  if (map === undefined) throw new Error('the example has no map');
  return map;
}

/** No outlines of travel time: at the size of a page's first screen they hide the communes. */
function withoutOutlines(report: ReportInput): ReportInput {
  const layersOfMode = new Map(
    Array.from(report.layersOfMode, ([mode, { isochrones: _, ...layers }]) => [mode, layers]),
  );
  return { ...report, layersOfMode };
}

if (isMain(import.meta.url)) {
  const { report } = await runExample();
  writeFileSync(README_MAP_PATH, drawReadmeMap(report));
  process.stdout.write(`${README_MAP_PATH}\n`);
}
