/** `maillage check` as a user meets it: what it prints, what it writes, and how it exits. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_REAL_DATA } from '../real-data.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';
import { type CliEnd, onEach, startCli } from './run-many.ts';
import {
  collection,
  commune,
  EAST_COMMUNE,
  HOMES,
  STRUCTURES,
  study,
  WEST_COMMUNE,
  writeSmallStudy,
} from './small-study.ts';

// These studies name no language, and are told in French.
process.env['LC_ALL'] = 'fr_FR.UTF-8';

const EXAMPLE = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));
const WIDTH = 80;
const folder = temporaryFolder();
afterAll(folder.remove);

const readRows = (path: string) =>
  parse(readFileSync(path, 'utf8'), { columns: true }) as Array<Record<string, string>>;

const DEFECTS = {
  'etude.yaml': study({ csv: 'csv: standard' }),
  'homes.csv': [...HOMES, 'n,5.01,47.01,-3', 'far,5.19,47.01,1207', ''].join('\n'),
  'communes.geojson': collection(WEST_COMMUNE, EAST_COMMUNE, commune('00003', 'Far', 5.2, 5.3)),
  'structures.csv': [
    ...STRUCTURES,
    ...['d', 'e', 'f', 'g', 'h'].map((id) => `${id};Structure ${id} with a name that is long;ccas-cias;;`),
    '',
  ].join('\n'),
};

describe('a study with defects', () => {
  let end: CliEnd;
  let cwd: string;
  beforeAll(async () => {
    cwd = join(folder.path, 'defects');
    writeSmallStudy(cwd, DEFECTS);
    const args = ['check', 'etude.yaml', '--no-cache', '--quiet', '--csv', 'lists/check.csv'];
    end = await startCli(args, { cwd });
  });

  it('passes: warnings do not fail', () => {
    expect(end.exitCode, end.stderr).toBe(0);
    expect(end.stderr).toBe('');
  });

  it('is told in 80 columns, in French, the worst first, like defects counted', () => {
    const lines = end.stdout.split('\n');
    for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(WIDTH);
    expect(end.stdout).toContain('Vérification des données : 0 erreur, 7 avertissements, 3 remarques.');
    const at = (text: string) => {
      const position = lines.findIndex((line) => line.includes(text));
      expect(position, `${text} in\n${end.stdout}`).toBeGreaterThanOrEqual(0);
      return position;
    };
    const order = [
      'AVERTISSEMENTS',
      '1. commune sans aucune voie lue',
      '2. 5 × structure sans position',
      'structures.csv:5  d',
      '… et 2 de plus',
      'Complétez lon et lat dans la liste',
      '3. population négative',
      'homes.csv:65  n',
      'REMARQUES',
      '4. 2 × carreau sans voie à proximité',
      'La liste entière est dans lists/check.csv.',
      'DONNÉES LUES',
      'TOTAUX',
    ].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(end.stdout).not.toContain('structures.csv:8');
  });

  it('has every defect as a row of the list', () => {
    const rows = readRows(join(cwd, 'lists/check.csv'));
    expect(
      rows.map(({ gravite, donnee, fichier, ligne, id, code }) => [
        gravite,
        donnee,
        fichier,
        ligne,
        id,
        code,
      ]),
    ).toEqual([
      ['avertissement', 'routes', '', '', '00003 Far', 'commune-without-streets'],
      ...['d', 'e', 'f', 'g', 'h'].map((id, i) => [
        'avertissement',
        'structures',
        'structures.csv',
        String(STRUCTURES.length + 1 + i),
        id,
        'structure-without-position',
      ]),
      ['avertissement', 'population', 'homes.csv', String(HOMES.length + 1), 'n', 'cell-population-negative'],
      ...['car', 'walk'].map(() => ['remarque', 'population', '', '', 'far', 'cell-not-linked']),
      ['remarque', 'population', '', '', '', 'cells-beside-communes'],
    ]);
    expect(rows.every(({ remede }) => remede !== '')).toBe(true);
  });

  it('gives coverage the same comparisons among its notices', () => {
    const done = runCli(['coverage', 'etude.yaml', '--no-cache', '--quiet', '--isochrones', 'none'], cwd);
    expect(done.exitCode, done.stderr).toBe(0);
    const notices = readRows(join(cwd, 'results/notices.csv'));
    expect(notices.filter(({ code }) => code === 'commune-without-streets')).toMatchObject([
      { id: '00003 Far' },
    ]);
    expect(readFileSync(join(cwd, 'results/rapport.html'), 'utf8')).toContain('commune sans aucune voie lue');
  });
});

describe('the ends of check', () => {
  const ends = new Map<string, CliEnd>();
  const CASES = [
    { name: 'sound', args: [], files: {} },
    { name: 'json', args: ['--json'], files: DEFECTS },
    { name: 'english', args: [], files: { ...DEFECTS, 'etude.yaml': study({ lang: 'lang: en' }) } },
    { name: 'no roads', args: [], files: { 'etude.yaml': study({ roads: 'roads: []' }) } },
    { name: 'bad study', args: [], files: { 'etude.yaml': study({ modes: 'modes: [plane]' }) } },
    { name: 'over an input', args: ['--csv', 'homes.csv'], files: {} },
  ] as const;
  beforeAll(async () => {
    await onEach(CASES, async ({ name, args, files }) => {
      const cwd = join(folder.path, name);
      writeSmallStudy(cwd, files);
      ends.set(name, await startCli(['check', 'etude.yaml', '--no-cache', '--quiet', ...args], { cwd }));
    });
  });

  it.each([
    ['sound', 0, 'rien à signaler'],
    ['json', 0, '"warnings": 7'],
    ['english', 0, 'Check of the data: 0 errors, 7 warnings, 3 remarks.'],
    ['no roads', 1, 'aucune route n’est donnée'],
    ['bad study', 2, ''],
    ['over an input', 2, ''],
  ])('%s exits with %i', (name, exitCode, says) => {
    const end = ends.get(name)!;
    expect(end.exitCode, end.stderr).toBe(exitCode);
    expect(end.stdout).toContain(says);
    if (exitCode === 2) expect(end.stdout).toBe('');
  });

  it('tells machines what it tells people', () => {
    const record = JSON.parse(ends.get('json')!.stdout);
    expect(record.findings).toHaveLength(10);
    expect(record.findings[1]).toMatchObject({
      severity: 'warning',
      input: 'structures',
      code: 'structure-without-position',
      file: 'structures.csv',
      line: STRUCTURES.length + 1,
      id: 'd',
      title: 'structure sans position',
      remedy: 'Complétez lon et lat dans la liste, ou le code de commune.',
    });
    expect(record.inputs).toContainEqual(
      expect.objectContaining({ input: 'structures', rows_read: 8, rows_kept: 3, rows_left_out: 5 }),
    );
  });

  it('shows no French in an English report', () => {
    const { stdout } = ends.get('english')!;
    expect(stdout).toContain('commune without any street read');
    expect(stdout).toContain('homes.csv:65  n  the population is negative (-3)');
    expect(stdout.replace('Département', '')).not.toMatch(/[éèàç]|avertissement/);
  });

  it('names the study’s file where it cannot be opened', () => {
    const end = runCli(['check', 'none.yaml'], folder.path);
    expect(end.exitCode).toBe(2);
    expect(end.stderr).toContain('none.yaml');
    expect(existsSync(join(folder.path, 'none.yaml'))).toBe(false);
  });
});

describe('the embedded example', () => {
  it('has no error and no warning', () => {
    const end = runCli(['check', EXAMPLE, '--json', '--quiet', '--cache', join(folder.path, 'cache')]);
    expect(end.exitCode, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout).counts).toMatchObject({ errors: 0, warnings: 0 });
  });
});

describe('studies of real places without roads', () => {
  const study = (name: string) => fileURLToPath(new URL(`../../bench/studies/${name}.yaml`, import.meta.url));
  const check = (name: string) => {
    const end = runCli(['check', study(name), '--json', '--quiet']);
    expect(end.exitCode, end.stderr).toBe(1);
    const record = JSON.parse(end.stdout);
    expect(
      record.findings.filter(({ severity }: { severity: string }) => severity === 'error'),
    ).toMatchObject([{ code: 'roads-missing', file: `${name}.yaml` }]);
    expect(record.not_compared).toEqual(['roads']);
    return record;
  };
  // The studies name the data beside the project.
  const isThere = existsSync(fileURLToPath(new URL('../../../shared/data', import.meta.url)));

  it.skipIf(!isThere)(
    `Saône-et-Loire: today’s communes, its people, its France services (${NO_REAL_DATA})`,
    () => {
      const record = check('saone-et-loire');
      expect(record.totals).toMatchObject({
        population: 550_310,
        communes: 563,
        structures: { in_territory: 50, by_format: { fixe: 47, antenne: 2, multisite: 1 } },
      });
      expect(record.inputs).toContainEqual(
        expect.objectContaining({ input: 'timetables', first_day: '2025-01-22', last_day: '2025-04-22' }),
      );
      expect(record.count_by_code['commune-polygon-joined']).toBe(4);
    },
  );

  it.skipIf(!isThere)(`Corsica: the grid’s people by commune, none lost (${NO_REAL_DATA})`, () => {
    const record = check('corse');
    expect(record.totals.cells).toBe(2994);
    expect(Math.round(record.totals.population)).toBe(270_859);
    expect(record.totals.imputed_share).toBeGreaterThan(0.1);
    const communes: Array<{ code: string; population: number; cells: number }> = record.communes;
    expect(communes).toHaveLength(360);
    const people = communes.reduce((sum, { population }) => sum + population, 0);
    expect(people).toBeCloseTo(record.totals.population, 6);
    expect(communes.find(({ code }) => code === '2A004')!.population).toBeGreaterThan(40_000);
    const empty = communes.filter(({ population }) => population === 0).map(({ code }) => code);
    expect(record.count_by_code['commune-without-people']).toBe(empty.length);
  });

  it.skipIf(!isThere)(
    `Montceau – Le Creusot – Autun: the charter and its follow-up (${NO_REAL_DATA})`,
    () => {
      const record = check('montceau');
      expect(record.totals.structures.by_type).toEqual({
        'france-service': 10,
        'ccas-cias': 8,
        'maisons-des-solidarites': 3,
      });
      expect(record.count_by_code['structures-placed-by-commune']).toBe(1);
      const text = runCli(['check', study('montceau'), '--quiet']).stdout;
      expect(text).toContain('21 structures engagées (cercle 1), dont 7 ont signé');
      for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(WIDTH);
    },
  );
});
