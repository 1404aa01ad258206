/**
 * Where the real data of the tests lies: `MAILLAGE_REAL_DATA`, else `../shared/data` beside the project. It is
 * no part of the project, so its tests skip where the folder is absent; where the variable names it, a file
 * that cannot be read fails the test instead.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMED_FOLDER = process.env.MAILLAGE_REAL_DATA;
/** Absolute: the tests run the tool in folders of their own. */
const FOLDER =
  NAMED_FOLDER !== undefined
    ? resolve(NAMED_FOLDER)
    : fileURLToPath(new URL('../../shared/data', import.meta.url));

/** Why a test of real data was skipped. */
export const NO_REAL_DATA = 'no real data: set MAILLAGE_REAL_DATA to its folder';

/** Path of a real file, such as `corse/x.gpkg`; undefined where the real data is absent. */
export function realData(file: string): string | undefined {
  const path = join(FOLDER, file);
  return NAMED_FOLDER !== undefined || existsSync(path) ? path : undefined;
}
