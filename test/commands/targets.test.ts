/** Follow-up and targets through the whole command: two years of a small study, the second beside the first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { STRUCTURES, study, writeSmallStudy } from './small-study.ts';

// These studies name no language, and are told in French.
process.env['LC_ALL'] = 'fr_FR.UTF-8';

const folder = temporaryFolder();
afterAll(folder.remove);

const SHEET = [
  'indicateur;unite;annee;cible;realise;calcul',
  'Relais des petites communes;%;2025;50;;part_petites_communes_relais',
  'Relais des petites communes;%;2026;100;;part_petites_communes_relais',
  'Conventions CCAS;%;2026;75;;part_ccas_convention',
];
/** Of 63 homes a walk of some minutes reaches a part: the rate is neither 0 nor 1. */
const COMMON = { threshold_minutes: 'threshold_minutes: 8', modes: 'modes: [walk]' };

/** The study of a year, in its own folder beside the others. */
function writeYear(year: number, changes: Record<string, string> = {}, rows: readonly string[] = STRUCTURES) {
  writeSmallStudy(join(folder.path, String(year)), {
    'etude.yaml': study({ ...COMMON, date: `date: ${year}-10-06`, ...changes }),
    'structures.csv': `${rows.join('\n')}\n`,
    'fiche.csv': `${SHEET.join('\n')}\n`,
  });
}

function run(year: number): CliResult {
  return runCli(
    ['coverage', 'etude.yaml', '--isochrones', 'none', '--cache', join(folder.path, 'cache')],
    join(folder.path, String(year)),
  );
}

const readResult = (year: number, name: string): string =>
  readFileSync(join(folder.path, String(year), 'results', name), 'utf8');

const TARGETS =
  'targets: { path: { 2026: 0.9, 2027: 1 }, results: [../2024/results, ../2025/results], indicators: [fiche.csv] }';

describe('targets', () => {
  let done: CliResult;
  beforeAll(() => {
    writeYear(2024, { threshold_minutes: 'threshold_minutes: 9' }, STRUCTURES.slice(0, 2));
    writeYear(2025, {}, STRUCTURES.slice(0, 2));
    writeYear(2026, { targets: TARGETS });
    for (const year of [2024, 2025]) expect(run(year).exitCode).toBe(0);
    done = run(2026);
  });

  it('set the rates of past results and of this one beside the path', () => {
    expect(done.exitCode).toBe(0);
    const rateOf = (year: number): number =>
      JSON.parse(readResult(year, 'indicateurs.json')).headline[0].rate;
    expect(rateOf(2025)).toBeGreaterThan(0);
    expect(rateOf(2026)).toBeGreaterThan(rateOf(2025));
    const { path } = JSON.parse(readResult(2026, 'indicateurs.json')).targets;
    expect(path).toMatchObject([
      { year: 2025, achieved: rateOf(2025), target: null, gap: null, result: 'Small study' },
      { year: 2026, achieved: rateOf(2026), target: 0.9, result: null },
      { year: 2027, achieved: null, target: 1, gap: null },
    ]);
    expect(path[1].gap).toBeCloseTo(rateOf(2026) - 0.9, 12);
  });

  it('leave out a past result of another threshold, and say so', () => {
    const rows = parsePlainCsv(readResult(2026, 'notices.csv'));
    expect(rows.find(({ code }) => code === 'past-result-other-threshold')).toMatchObject({
      fichier: '../2024/results/indicateurs.json',
      valeur: 'walk < 9 min',
    });
  });

  it('compute what the lists tell, and leave blank what they do not', () => {
    const rows = parsePlainCsv(readResult(2026, 'suivi.csv')).filter(({ mode }) => mode === '');
    expect(rows.map((row) => [row.indicateur, row.annee, row.realise, row.ecart])).toEqual([
      ['Relais des petites communes', '2025', '0', '-50'],
      // No structure has a date, so they count on the study's day; both communes have one.
      ['Relais des petites communes', '2026', '100', '0'],
      ['Conventions CCAS', '2026', '', ''],
    ]);
    expect(readResult(2026, 'notices.csv')).toContain('target-not-computed');
  });

  it('are inputs of the manifest, by their fingerprints', () => {
    const { inputs } = JSON.parse(readResult(2026, 'manifest.json')) as {
      inputs: Array<{ role: string; path: string; sha256: string }>;
    };
    const own = inputs.filter(({ role }) => role === 'results' || role === 'indicators');
    expect(own.map(({ path }) => path)).toEqual([
      '../2024/results/indicateurs.json',
      '../2025/results/indicateurs.json',
      'fiche.csv',
    ]);
    for (const { sha256 } of own) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('come with the follow-up, by commune of the structures', () => {
    const rows = parsePlainCsv(readResult(2026, 'suivi-structures.csv'));
    expect(rows.map(({ nature, engagees }) => [nature, engagees])).toEqual([
      ['ensemble', '3'],
      ['ccas-cias', '2'],
      ['maisons-des-solidarites', '1'],
    ]);
  });

  it('that are not there end the run before it starts', () => {
    writeYear(2027, { targets: 'targets: { results: [../2020/results] }' });
    const { exitCode, stderr } = run(2027);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('etude.yaml:10: targets.results[0] : ce fichier n’existe pas');
  });
});
