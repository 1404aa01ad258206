/**
 * The built command line, killed at twenty moments of a run that replaces a result. `scripts/kill-runs.ts` tries more,
 * and each of the last system calls; `test/runtime/stopped-runs.test.ts` each call to the file system in process.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { KilledStudy, noKilledRuns } from '../../scripts/lib/killed-runs.ts';
import { temporaryFolder } from '../run-cli.ts';
import { writeSmallStudy } from './small-study.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const MOMENTS = 20;

describe('a run that is killed', () => {
  it('leaves a whole result at any moment, in its place or put there by the next command', async () => {
    const path = writeSmallStudy(folder.path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('out: results', 'out: replaced'));
    const study = new KilledStudy(folder.path, 'etude.yaml');
    study.placeOld();
    const seconds = study.measure();
    const counts = noKilledRuns();
    for (let moment = 1; moment <= MOMENTS; moment++)
      await study.killAfter((seconds * moment) / MOMENTS, counts);
    expect(counts.faults).toEqual([]);
    expect(counts.ended + counts.oldInPlace + counts.newInPlace + counts.oldBeside).toBe(MOMENTS);
    expect(counts.oldInPlace).toBeGreaterThan(5);
  });
});
