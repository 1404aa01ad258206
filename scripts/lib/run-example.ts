/** Runs the embedded example as `maillage coverage --no-cache` does, on one thread. */
import { fileURLToPath } from 'node:url';
import { runStudy, type StudyRun } from '../../src/batch/run-study.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { packageVersion } from '../../src/runtime/version.ts';
import { readStudy } from '../../src/study/study.ts';

const STUDY = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));

export async function runExample(): Promise<StudyRun> {
  return runStudy(await readStudy(STUDY), {
    cache: new Cache(undefined),
    engine: 'fast',
    threads: 1,
    isochrones: 'merged',
    version: packageVersion(),
  });
}
