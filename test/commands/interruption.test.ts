/**
 * Runs that are interrupted, or that meet: the result of the run before stays whole, nothing is left beside it.
 * The study is a real town repeated 3 × 3 where the data are there, else the embedded example.
 */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repeatExtract } from '../../scripts/repeat-extract.ts';
import { realData } from '../real-data.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';
import { onEach, startCli } from './run-many.ts';
import { snapshot, writeSmallStudy } from './small-study.ts';

const folder = temporaryFolder();
const cwd = join(folder.path, 'long');
const RESULTS = 'resultats';

beforeAll(async () => {
  const osm = realData('saint-germain/roads.overpass.json');
  if (osm === undefined)
    cpSync(fileURLToPath(new URL('../../data/exemple', import.meta.url)), cwd, { recursive: true });
  else await repeatExtract({ osm, tiles: 3, homes: 1000, structures: 12, seed: 1, out: cwd });
  const args = [
    'coverage',
    'etude.yaml',
    '--no-cache',
    '--isochrones',
    'none',
    '--mode',
    'car',
    '--out',
    RESULTS,
  ];
  const first = runCli(args, cwd);
  if (first.exitCode !== 0) throw new Error(first.stderr);
});
afterAll(folder.remove);

describe('an interrupted run', () => {
  // Stages that end during the run; a signal after one arrives in the next.
  const MOMENTS = [
    'roads',
    'network car',
    'population',
    'links car',
    'search car',
    'structures car',
  ] as const;

  it.each(MOMENTS)('leaves the previous result as it was and nothing beside it: after %s', async (stage) => {
    const before = snapshot(cwd);
    const args = [
      'coverage',
      'etude.yaml',
      '--no-cache',
      '--mode',
      'car',
      '--threads',
      '2',
      '--out',
      RESULTS,
    ];
    let isSent = false;
    const end = await startCli(args, {
      cwd,
      onStderr(text, child) {
        if (isSent || !text.includes(`${stage}: `)) return;
        isSent = child.kill('SIGINT');
      },
    });
    expect(isSent, end.stderr).toBe(true);
    const after = snapshot(cwd);
    expect([...after.keys()]).toEqual([...before.keys()]);
    // The last stages may be over before the signal is seen: then the new result is whole, as checked below.
    if (end.exitCode === 130) {
      for (const [path, bytes] of before) expect(after.get(path) === bytes, path).toBe(true);
      expect(end.stderr).toMatch(/interrupted; nothing is half-written\n$/);
      expect(end.stdout).toBe('');
    } else {
      expect(['structures car', 'search car']).toContain(stage);
      expect(end.exitCode).toBe(0);
    }
  });
});

describe('runs of one study at the same time', () => {
  it('each end well, and one whole result is there', async () => {
    const small = join(folder.path, 'small');
    writeSmallStudy(small);
    const modes = ['car', 'walk', 'bike', 'car,walk', 'walk', 'car'];
    const ends = await onEach(modes, (mode) =>
      startCli(['coverage', 'etude.yaml', '--mode', mode, '--cache', 'cache'], { cwd: small }),
    );
    expect(ends.map(({ exitCode }) => exitCode)).toEqual(modes.map(() => 0));
    expect(readdirSync(small).filter((name) => name.startsWith('results'))).toEqual(['results']);
    const manifest = JSON.parse(readFileSync(join(small, 'results', 'manifest.json'), 'utf8')) as {
      outputs: Array<{ name?: string; path?: string; bytes: number }>;
      parameters: { modes: string[] };
    };
    expect(modes).toContain(manifest.parameters.modes.join(','));
    for (const output of manifest.outputs) {
      const name = output.name ?? output.path!;
      expect(readFileSync(join(small, 'results', name)).length).toBe(output.bytes);
    }
    const temporary = readdirSync(join(small, 'cache')).filter((name) => name.endsWith('.tmp'));
    expect(temporary).toEqual([]);
  });
});
