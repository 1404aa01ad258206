/**
 * Reads the project's table of speeds and delays, `data/speeds.json`, which stands beside `src/` in the sources
 * and beside `dist/` in the package: two folders up from this file in both.
 */
import { readFileSync } from 'node:fs';

const SPEED_TABLE_URL = new URL('../../data/speeds.json', import.meta.url);

/** The parsed table, for `buildSpeedTable` of the streets stage, which checks it. */
export function readSpeedDefaults(): unknown {
  return JSON.parse(readFileSync(SPEED_TABLE_URL, 'utf8'));
}
