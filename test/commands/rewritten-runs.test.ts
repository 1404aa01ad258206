/**
 * Inputs that are rewritten while the built command line reads them: right figures or a refusal, and a cache that
 * holds what its names say. `scripts/rewrite-runs.ts` does the same a hundred times.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../scripts/lib/random.ts';
import { RewrittenStudy } from '../../scripts/lib/rewritten-runs.ts';
import { temporaryFolder } from '../run-cli.ts';
import { rewrittenVersions } from './rewritten-versions.ts';
import { writeSmallStudy } from './small-study.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('a study whose inputs are rewritten while it runs', () => {
  it('gives the figures of what its manifest names or refuses, and poisons no cache', async () => {
    writeSmallStudy(folder.path);
    const study = new RewrittenStudy(folder.path, rewrittenVersions(), new SeededRandom(1));
    for (let run = 0; run < 8; run++) await study.run();
    study.checkCache();
    expect(study.counts.faults).toEqual([]);
    expect(study.counts.right + study.counts.refused).toBe(8);
  });
});
