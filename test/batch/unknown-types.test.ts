import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runStudy } from '../../src/batch/run-study.ts';
import { UsageError } from '../../src/common/errors.ts';
import { buildIndicators } from '../../src/report/indicators-json.ts';
import { writeTerminalSummary } from '../../src/report/terminal.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { parseStudy } from '../../src/study/study.ts';
import { study, writeSmallStudy } from '../commands/small-study.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
let count = 0;

const HEADER = 'id;nom;type;lon;lat;code_insee';
const WEST = 'west;CCAS West;ccas;5.0051;47.0101;00001';
/** Far from the other, so that it brings people of its own. */
const EAST = 'east;East;TYPE;5.0351;47.0251;00002';

/** The study of both structures on foot, the one in the east of the type given. */
async function run(type: string, lines: Record<string, string> = {}) {
  const path = writeSmallStudy(join(folder.path, `study-${++count}`), {
    'etude.yaml': study({ threshold_minutes: 'threshold_minutes: 22', modes: 'modes: [walk]', ...lines }),
    'structures.csv': `${[HEADER, WEST, EAST.replace('TYPE', type)].join('\n')}\n`,
  });
  const { report } = await runStudy(parseStudy(path, readFileSync(path, 'utf8')), {
    cache: new Cache(undefined),
    engine: 'fast',
    threads: 1,
    isochrones: 'none',
    version: 'test',
  });
  return { report, covered: report.result.modes[0]!.whole.populationCovered };
}

describe('structures of unknown type', () => {
  it('do not count; the people with and without them are told everywhere', async () => {
    const known = await run('ccas');
    const { report, covered } = await run('Relais');
    expect(covered).toBeGreaterThan(0);
    expect(known.covered).toBeGreaterThan(covered);
    expect(known.report.unknownTypes).toBeUndefined();
    expect(report.structures.map(({ id }) => id)).toEqual(['west']);
    expect(report.leftOutStructures).toMatchObject([
      { structure: { id: 'east' }, reason: 'de type inconnu' },
    ]);
    expect(report.unknownTypes).toMatchObject({
      structureCount: 1,
      types: [['Relais', 1]],
      modes: [{ mode: 'walk', populationCovered: covered, populationCoveredWith: known.covered }],
    });
    expect(buildIndicators(report).unknown_types).toMatchObject({
      structures: 1,
      modes: [{ population_covered: covered, population_covered_with: known.covered }],
    });
    const terminal = writeTerminalSummary(report, { hasColor: false, width: 200 });
    expect(terminal).toContain('1 structure de type inconnu ne compte pas');
    expect(terminal).toContain(`${covered} personnes couvertes sans elle`);
    expect(terminal).toContain(`${known.covered} avec`);
    expect(report.noticeCounts.get('structure-type-unknown')).toBe(1);
  });

  it.each([
    ['its own word', 'Relais', 'type_mapping: { Relais: ccas-cias }'],
    ['another case and a label', 'RELAIS', 'type_mapping: { relais: Maison des solidarités }'],
    ['no type at all', '', 'type_mapping: { "": ccas }'],
    ['a word of the table meant otherwise', 'mairie', 'type_mapping: { mairie: ccas-cias }'],
  ])('count once the study maps %s', async (_, type, line) => {
    const known = await run('ccas');
    const { report, covered } = await run(type, { type_mapping: line });
    expect(covered).toBe(known.covered);
    expect(report.unknownTypes).toBeUndefined();
    expect(report.noticeCounts.has('structure-type-unknown')).toBe(false);
  });

  it('of the second circle once mapped so, do not count in the first', async () => {
    const { report } = await run('Relais', { type_mapping: 'type_mapping: { Relais: CAF }' });
    expect(report.leftOutStructures).toMatchObject([{ reason: 'd’un autre cercle' }]);
  });
});

describe('types of the selection', () => {
  it.each([
    ['keys', '[ccas-cias, maisons-des-solidarites]', ['west', 'east']],
    ['labels', '[CCAS ou CIAS, Maison des solidarités]', ['west', 'east']],
    ['other spellings', '[ccas, MDS]', ['west', 'east']],
    ['one of them', '[Maison Départementale des Solidarités]', ['east']],
  ])('are read as %s', async (_, types, ids) => {
    const { report } = await run('Maison de la solidarité', {
      selection: `structures_selection: { types: ${types} }`,
    });
    expect(report.structures.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['structures_selection: { types: [Relais] }', 'structures_selection.types', 'Relais'],
    [
      'structures_selection: { types: [maizon des solidarietez] }',
      'did you mean maisons-des-solidarites',
      'maizon des solidarietez',
    ],
    ['type_mapping: { Relais: guichet }', 'type_mapping names', 'guichet'],
  ])('%s is refused with what is allowed', async (line, words, value) => {
    const error = await run('ccas', { selection: line }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    const { message, fields } = error as UsageError;
    expect(message).toContain(words);
    expect(fields).toMatchObject({
      value,
      file: expect.stringMatching(/etude\.yaml$/),
      line: expect.any(Number),
    });
    expect(fields.remedy).toContain('ccas-cias');
  });
});
