/** Runs the built `maillage matrix` as a user does, and joins its rows to the reference's pairs. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StreetMode } from '../../src/common/units.ts';
import type { TimedPair } from './compare-times.ts';
import {
  optionalNumber,
  plainRows,
  pointsPath,
  type ReferenceFolders,
  type ReferencePlace,
  readReferencePairs,
} from './engine-references.ts';

const CLI_PATH = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The scale of OSRM's and Valhalla's walkers, km/h; the tool's own default is a prudent 4. */
export const WALK_SPEED_KPH = 5;

/**
 * Our time and distance for every pair of the reference.
 * @throws Error where the command is not built, or fails
 */
export function timePairs(folders: ReferenceFolders, place: ReferencePlace, mode: StreetMode): TimedPair[] {
  const own = new Map(
    runMatrix(folders, place, mode).map((row) => [`${row.from_id},${row.to_id}`, row] as const),
  );
  return readReferencePairs(folders, place, mode).map((pair) => {
    const row = own.get(`${pair.from},${pair.to}`);
    if (row === undefined) throw new Error(`matrix wrote no row for ${pair.from},${pair.to}`);
    return {
      ...pair,
      ourSeconds: optionalNumber(row.duration_s),
      ourMeters: optionalNumber(row.distance_m),
    };
  });
}

function runMatrix(
  folders: ReferenceFolders,
  place: ReferencePlace,
  mode: StreetMode,
): Array<Record<string, string>> {
  if (!existsSync(CLI_PATH)) throw new Error('dist/cli.js is missing: run "npm run build" first');
  const folder = mkdtempSync(join(tmpdir(), 'maillage-compare-'));
  try {
    const out = join(folder, 'matrix.csv');
    const options = {
      '--osm': join(folders.data, place.roads),
      '--mode': mode,
      '--from': pointsPath(folders, place, 'from'),
      '--to': pointsPath(folders, place, 'to'),
      '--walk-speed': String(WALK_SPEED_KPH),
      '--out': out,
    };
    const args = ['matrix', ...Object.entries(options).flat(), '--no-cache', '--quiet'];
    const { status, stderr, error } = spawnSync(process.execPath, [CLI_PATH, ...args], { encoding: 'utf8' });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`matrix ended with ${status}: ${stderr}`);
    return plainRows(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
