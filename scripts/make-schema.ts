/**
 * Writes `data/indicateurs.schema.json` from the zod schema of `indicateurs.json`.
 * Run: npx tsx scripts/make-schema.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeIndicatorsSchema } from '../src/report/indicators-schema.ts';

const path = fileURLToPath(new URL('../data/indicateurs.schema.json', import.meta.url));
writeFileSync(path, writeIndicatorsSchema());
process.stdout.write(`${path}\n`);
