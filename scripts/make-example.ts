/**
 * Draws the fictional département "Val-d'Exemple" (00) from a fixed seed and writes it to data/exemple/, in the
 * formats of the official files. The same seed gives the same files.
 *
 *   npx tsx scripts/make-example.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { drawExample, EXAMPLE_SEED } from './example/files.ts';
import { isMain } from './lib/is-main.ts';
import { parseCount } from './lib/options.ts';

const FOLDER = fileURLToPath(new URL('../data/exemple', import.meta.url));

if (isMain(import.meta.url)) {
  const program = new Command('make-example')
    .option('--seed <n>', 'seed of the drawing', parseCount, EXAMPLE_SEED)
    .option('--out <dir>', 'folder to write into', FOLDER);
  const { seed, out } = program.parse().opts<{ seed: number; out: string }>();
  mkdirSync(out, { recursive: true });
  let total = 0;
  for (const { name, bytes } of await drawExample(seed)) {
    writeFileSync(join(out, name), bytes);
    total += bytes.length;
    console.log(`${name}: ${bytes.length} bytes`);
  }
  console.log(`${(total / 1e6).toFixed(2)} MB in all`);
}
