/**
 * Fills the marked places of README.md: the example's results, computed here, and the tables of the benchmark
 * runs in `bench/runs/`. A test compares the page with what this script makes of it.
 *
 *     npx tsx scripts/fill-readme.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatRate } from '../src/report/numbers.ts';
import type { ReportInput } from '../src/report/report-input.ts';
import { isMain } from './lib/is-main.ts';
import { runExample } from './lib/run-example.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));
const RUNS = ['compare-engines', 'main-job'];

/** The page with every marked place filled. Throws where it has no place for something, or an unknown one. */
export function fillReadme(page: string, contentOfPlace: ReadonlyMap<string, string>): string {
  const filled = new Set<string>();
  const text = page.replace(
    /(<!-- fill:([\w-]+) -->\n)[\s\S]*?(<!-- \/fill -->)/g,
    (_, start: string, place: string, end: string) => {
      const content = contentOfPlace.get(place);
      if (content === undefined) throw new Error(`README.md: nothing is known to fill "${place}" with`);
      filled.add(place);
      return `${start}${content.trim()}\n${end}`;
    },
  );
  const missing = [...contentOfPlace.keys()].filter((place) => !filled.has(place));
  if (missing.length > 0) throw new Error(`README.md has no place for ${missing.join(', ')}`);
  return text;
}

/** What stands in each place, from a run of the example and the files of `bench/runs/`. */
export function describePlaces(example: ReportInput): Map<string, string> {
  const places = new Map([['example', tableOfExample(example)]]);
  for (const run of RUNS) places.set(run, tablesOfRun(run));
  return places;
}

function tableOfExample({ result }: ReportInput): string {
  const people = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const rows = result.modes.map(({ mode, whole, communes }) => {
    const uncovered = communes.filter(({ etat }) => etat === 'non couverte').length;
    return `| ${mode} | ${formatRate(whole.rate, 'en')} | ${people.format(whole.populationCovered)} | ${people.format(whole.population)} | ${uncovered} of ${communes.length} | ${whole.medianMinutes?.toFixed(0) ?? ''} min |`;
  });
  return [
    '| mode | within 30 minutes | people | of | communes not covered | median time |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The tables of a run, without its other text. */
function tablesOfRun(run: string): string {
  const path = fileURLToPath(new URL(`../bench/runs/${run}.md`, import.meta.url));
  if (!existsSync(path)) return `*Not measured yet: \`bench/${run}.ts\` writes it.*`;
  const blocks = readFileSync(path, 'utf8').split(/\n{2,}/);
  const tables = blocks.filter((block) => block.trimStart().startsWith('|'));
  if (tables.length === 0) throw new Error(`bench/runs/${run}.md holds no table`);
  return tables.map((table) => table.trim()).join('\n\n');
}

if (isMain(import.meta.url)) {
  const { report } = await runExample();
  writeFileSync(README, fillReadme(readFileSync(README, 'utf8'), describePlaces(report)));
  process.stdout.write(`${README}\n`);
}
