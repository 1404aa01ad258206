import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStudy, readStudy } from '../../src/study/study.ts';
import { usageErrorOf } from '../read/failing.ts';
import { useTempFiles } from '../read/temp-files.ts';

const write = useTempFiles();
const FILE = resolve('dossier', 'etude.yaml');
const FOUR_KEYS = 'name: A\nroads: [r.pbf]\npopulation: [p.csv]\nstructures: [s.csv]\n';

const parse = (text: string) => parseStudy(FILE, `${FOUR_KEYS}${text}`, { checkFiles: false });

describe('the follow-up of a study', () => {
  it('is empty unless the study says otherwise, and a commune small below 1 500 inhabitants', () => {
    expect(parse('')).toMatchObject({
      followUp: { sdaasapCompletion: undefined, networkTools: [] },
      targets: { path: [], modes: [], results: [], indicators: [], smallCommunePopulation: 1500 },
    });
  });

  it('holds what the département declares', () => {
    const { followUp } = parse('follow_up:\n  sdaasap_completion: 0.6\n  network_tools: annuaire partagé\n');
    expect(followUp).toEqual({ sdaasapCompletion: 0.6, networkTools: ['annuaire partagé'] });
  });

  it('reads a path in the order of the years, results by folder or file, tables of action sheets', () => {
    const { targets } = parse(
      'targets:\n  path: { 2028: 1, 2026: 0.96, "2027": 0.98 }\n  modes: [car, car_or_transit]\n' +
        '  results: [resultats/2025, vieux/indicateurs.json]\n  indicators: fiche.csv\n',
    );
    expect(targets).toMatchObject({
      path: [
        [2026, 0.96],
        [2027, 0.98],
        [2028, 1],
      ],
      modes: ['car', 'car_or_transit'],
      results: [
        resolve('dossier', 'resultats/2025/indicateurs.json'),
        resolve('dossier', 'vieux/indicateurs.json'),
      ],
      indicators: [resolve('dossier', 'fiche.csv')],
    });
  });

  it.each([
    ['a share in per cent', 'targets:\n  path:\n    2026: 96\n', 'targets.path.2026', 7],
    ['a year that is none', 'targets:\n  path: { demain: 1 }\n', 'targets.path', 6],
    ['a path that falls', 'targets:\n  path: { 2026: 0.98, 2027: 0.96 }\n', 'targets.path', 6],
    ['a mode that is none', 'targets:\n  modes: [voiture]\n', 'targets.modes', 6],
    ['half an inhabitant', 'targets:\n  small_commune_population: 0.5\n', 'targets.small', 6],
    ['a misspelt key', 'targets:\n  paths: {}\n', 'did you mean path?', 6],
    ['a completion in per cent', 'follow_up:\n  sdaasap_completion: 60\n', 'follow_up.sdaasap', 6],
    ['a tool named twice', 'follow_up:\n  network_tools: [a, a]\n', 'follow_up.network_tools', 6],
  ])('refuses %s, with its line', async (_, text, expected, line) => {
    const error = await usageErrorOf(() => parse(text));
    expect(error.message).toContain(expected);
    expect(error.fields.line).toBe(line);
  });

  it('names each file that is missing, and a result that the study would replace itself', async () => {
    const inputs = ['r.pbf', 'p.csv', 's.csv'].map((name) => write(`etude/${name}`, 'x'));
    const folder = dirname(inputs[0]!);
    mkdirSync(join(folder, 'vide'));
    const path = write(
      'etude/etude.yaml',
      `${FOUR_KEYS}out: resultats/2026\ntargets:\n  results:\n    - resultats/2026\n    - vide\n  indicators: [f.csv]\n`,
    );
    const error = await usageErrorOf(() => readStudy(path));
    expect(error.message).toBe('targets.results[0]: this is the folder into which the study itself writes');
    expect(error.fields.line).toBe(8);
    expect(error.fields.remedy).toContain('also line 9: targets.results[1]: no such file');
    expect(error.fields.remedy).toContain('also line 10: targets.indicators[0]: no such file');
  });
});
