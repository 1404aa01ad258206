/**
 * Makes a population grid of the size of the national one, for benchmarks: 2.3 million rows of the Filosofi
 * 2021 columns (about 473 MB of CSV), in a zip with a note beside it, as it is published. The people are
 * invented; the commune codes are real, so that a study of a real département finds its cells.
 *
 * Communes stand in a raster of squares of 2 km, column by column in the order of their codes; rows are in the
 * order of the cells' ids, from south to north, so that every département is spread over the whole file, as in
 * the published one. One cell in twelve touches a second commune. Written batch by batch, never whole in memory.
 *
 *     npx tsx scripts/make-national-grid.ts --out FOLDER [--rows 2298582] [--seed 1]
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { ZipFile } from 'yazl';
import { encodeFilosofi } from './example/filosofi.ts';
import type { Cell } from './example/population.ts';
import { isMain } from './lib/is-main.ts';
import { parseCount } from './lib/options.ts';
import { SeededRandom } from './lib/random.ts';

/** Rows of the metropolitan file of 2021. */
const NATIONAL_ROWS = 2_298_582;
const CELL_METERS = 200;
/** Cells along a commune's square. */
const CELLS_PER_SIDE = 10;
const SOUTH_METERS = 2_030_000;
const WEST_METERS = 3_200_000;
/** Share of the cells that touch a second commune. */
const SHARED_SHARE = 0.08;

export interface NationalGridOptions {
  out: string;
  rows?: number;
  seed?: number;
  /** Commune codes, ascending; by default those of metropolitan France. */
  codes?: readonly string[];
}

/** Writes `carreaux_200m.zip` into the folder; returns its path. */
export async function makeNationalGrid(options: NationalGridOptions): Promise<string> {
  mkdirSync(options.out, { recursive: true });
  const path = join(options.out, 'carreaux_200m.zip');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('Une ligne par carreau habité ; voir la documentation.\n'), 'lisez-moi.txt');
  zip.addReadStream(Readable.from(encodeBatches(options)), 'carreaux_200m_met.csv');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** The CSV, one row of communes after the other. */
function* encodeBatches(options: NationalGridOptions): Generator<Buffer> {
  const { rows = NATIONAL_ROWS, seed = 1, codes = metropolitanCodes() } = options;
  const random = new SeededRandom(seed);
  const rowCount = Math.ceil(Math.sqrt(codes.length));
  const columnCount = Math.ceil(codes.length / rowCount);
  const share = rows / (codes.length * CELLS_PER_SIDE ** 2);
  if (share > 1) throw new RangeError(`${codes.length} communes hold at most ${codes.length * 100} cells`);
  let written = 0;
  let seen = 0;
  for (let row = 0; row < rowCount; row++) {
    const batch: Cell[] = [];
    for (let line = 0; line < CELLS_PER_SIDE; line++) {
      for (let column = 0; column < columnCount; column++) {
        const commune = column * rowCount + row;
        if (commune >= codes.length) continue;
        for (let cell = 0; cell < CELLS_PER_SIDE; cell++) {
          // As many as the share asks for up to here: the rows add up to their number.
          seen++;
          if (written >= Math.round(seen * share)) continue;
          written++;
          batch.push(drawCell(row, line, column, cell, codes, commune, random));
        }
      }
    }
    const text = encodeFilosofi(batch, seed + row);
    yield Buffer.from(row === 0 ? text : text.slice(text.indexOf('\n') + 1));
  }
}

function drawCell(
  row: number,
  line: number,
  column: number,
  cell: number,
  codes: readonly string[],
  commune: number,
  random: SeededRandom,
): Cell {
  const urban = random.next() ** 4;
  const isShared = random.chance(SHARED_SHARE) && commune + 1 < codes.length;
  return {
    north: SOUTH_METERS + (row * CELLS_PER_SIDE + line) * CELL_METERS,
    east: WEST_METERS + (column * CELLS_PER_SIDE + cell) * CELL_METERS,
    tenths: Math.round(10 + 1_800 * urban * random.next() + 120 * random.next()),
    urban,
    communes: isShared ? [codes[commune], codes[commune + 1]] : [codes[commune]],
  };
}

function metropolitanCodes(): string[] {
  const require = createRequire(import.meta.url);
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as Array<{
    code: string;
    type: string;
  }>;
  return communes
    .filter(
      ({ code, type }) => type === 'commune-actuelle' && !code.startsWith('97') && !code.startsWith('98'),
    )
    .map(({ code }) => code)
    .sort();
}

if (isMain(import.meta.url)) {
  const options = new Command()
    .requiredOption('--out <folder>', 'where to write carreaux_200m.zip')
    .option('--rows <n>', 'rows', parseCount, NATIONAL_ROWS)
    .option('--seed <n>', 'seed of the people', parseCount, 1)
    .parse()
    .opts<{ out: string; rows: number; seed: number }>();
  process.stdout.write(`${await makeNationalGrid(options)}\n`);
}
