/**
 * Every number that a study may name, with what people and programs write for numbers: each value is refused with its
 * line, as it is written, and a remedy, or taken as YAML reads it. The least and the greatest that are allowed run.
 */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runStudy } from '../../src/batch/run-study.ts';
import { buildOutputs } from '../../src/batch/study-outputs.ts';
import { UsageError } from '../../src/common/errors.ts';
import { openCache } from '../../src/runtime/cache.ts';
import { STUDY_KEYS, SUBKEYS, studySchema } from '../../src/study/schema.ts';
import { parseStudy, readStudy, type Study } from '../../src/study/study.ts';
import { study, writeSmallStudy } from '../commands/small-study.ts';
import { temporaryFolder } from '../run-cli.ts';

interface NumericKey {
  /** `walk.speed_kph`; a list where it ends in `[]`. */
  key: string;
  least: number;
  greatest: number;
  isWhole?: boolean;
}

const KEYS: readonly NumericKey[] = [
  { key: 'threshold_minutes', least: 1, greatest: 240 },
  { key: 'uncovered_below', least: 1e-9, greatest: 1 },
  { key: 'bands_minutes[]', least: 0.1, greatest: 240 },
  { key: 'isochrones_minutes[]', least: 0.1, greatest: 240 },
  { key: 'cell_size_meters', least: 1, greatest: 10_000 },
  { key: 'relay_population_below', least: 0, greatest: 100_000 },
  { key: 'rural_limit_kph', least: 50, greatest: 130 },
  { key: 'ferry_wait_minutes', least: 0, greatest: 240 },
  { key: 'min_island', least: 0, greatest: 1_000_000, isWhole: true },
  { key: 'snap_radius_meters', least: 1, greatest: 50_000 },
  { key: 'structure_radius_meters', least: 1, greatest: 50_000 },
  { key: 'walk.speed_kph', least: 1, greatest: 10 },
  { key: 'walk.access_minutes', least: 0, greatest: 120 },
  { key: 'walk.egress_minutes', least: 0, greatest: 120 },
  { key: 'walk.transfer_minutes', least: 0, greatest: 120 },
  { key: 'bike.speed_kph', least: 3, greatest: 50 },
  { key: 'structures_selection.cercles[]', least: 1, greatest: 2, isWhole: true },
  { key: 'follow_up.sdaasap_completion', least: 0, greatest: 1 },
  { key: 'targets.small_commune_population', least: 1, greatest: Number.MAX_SAFE_INTEGER, isWhole: true },
];

/** As the file has it -> what YAML reads; undefined where that is no number. */
const WRITTEN: ReadonlyArray<readonly [text: string, value: number | undefined]> = [
  ['1e-5', 1e-5],
  ['1e309', Number.POSITIVE_INFINITY],
  ['-1', -1],
  ['0', 0],
  ['.nan', Number.NaN],
  ['NaN', undefined],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['99999999999999999999', 1e20],
  ['0x10', 16],
  ['010', 10],
  ['1.5', 1.5],
  ['"12 km/h"', undefined],
  ['"1 000"', undefined],
  ["'30,5'", undefined],
  ['"30"', undefined],
  ['true', undefined],
  ['null', undefined],
  ['', undefined],
  ['[]', undefined],
  ['{}', undefined],
  ['{ a: 1 }', undefined],
];

const folder = temporaryFolder();
afterAll(folder.remove);
const PATH = writeSmallStudy(folder.path);

/** Lines of YAML for a key, its own last. */
function linesOf(key: string, text: string): string {
  const isList = key.endsWith('[]');
  const steps = key.replace('[]', '').split('.');
  const value = isList ? `[${text}]` : text;
  return `${steps.map((step, depth) => `${'  '.repeat(depth)}${step}:`).join('\n')} ${value}`;
}

function valueAt(parameters: Study['parameters'], key: string): unknown {
  let value: unknown = parameters;
  for (const step of key.replace('[]', '').split('.')) value = (value as Record<string, unknown>)[step];
  return key.endsWith('[]') ? (value as unknown[])[0] : value;
}

function read(key: string, text: string): Study | UsageError {
  try {
    return parseStudy(PATH, study({ threshold_minutes: undefined, added: linesOf(key, text) }));
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

const isAllowed = ({ least, greatest, isWhole }: NumericKey, value: number | undefined) =>
  value !== undefined && value >= least && value <= greatest && (isWhole !== true || Number.isInteger(value));

describe.each(KEYS)('$key', (numeric) => {
  const { key } = numeric;
  it.each(WRITTEN)('written as %j', (text, value) => {
    const result = read(key, text);
    if (isAllowed(numeric, value)) {
      expect(result).not.toBeInstanceOf(UsageError);
      expect(valueAt((result as Study).parameters, key)).toBe(value);
      return;
    }
    const error = result as UsageError;
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(key.replace('[]', ''));
    expect(error.message).toContain('allowed is');
    expect(error.fields.file).toBe(PATH);
    expect(error.fields.line).toBe(8 + key.split('.').length);
    expect(error.fields.remedy).toMatch(/^(Write|Did you mean)/);
    // Of a list the whole is shown.
    if (value !== undefined && !key.endsWith('[]')) expect(error.fields.value).toBe(text);
  });

  it('is taken at both ends of its range and refused beyond them', () => {
    const { least, greatest, isWhole } = numeric;
    const step = isWhole === true ? 1 : 1e-9;
    for (const value of [least, greatest])
      expect(valueAt((read(key, String(value)) as Study).parameters, key)).toBe(value);
    if (key !== 'uncovered_below') expect(read(key, (least - step).toFixed(9))).toBeInstanceOf(UsageError);
    if (key === 'uncovered_below') expect(read(key, '0')).toBeInstanceOf(UsageError);
    expect(read(key, String(greatest + step * 1e3))).toBeInstanceOf(UsageError);
  });
});

it('every number of the schema stands in the table', () => {
  const tested = new Set(KEYS.map(({ key }) => key.replace('[]', '')));
  const defaults = studySchema.parse({ name: 'a', roads: [], population: ['a'], structures: ['a'] });
  const isNumeric = (value: unknown) =>
    typeof value === 'number' || (Array.isArray(value) && typeof value[0] === 'number');
  for (const key of STUDY_KEYS) {
    const value = defaults[key as keyof typeof defaults];
    if (isNumeric(value)) expect(tested).toContain(key);
    for (const below of SUBKEYS.get(key) ?? []) {
      if (isNumeric((value as Record<string, unknown>)[below])) expect(tested).toContain(`${key}.${below}`);
    }
  }
});

describe('what was probably meant', () => {
  it.each<[string, string, string]>([
    ['threshold_minutes', '"30"', 'before decimals: 30'],
    ['threshold_minutes', '"30,5 min"', 'before decimals: 30.5'],
    ['relay_population_below', '1 500', 'before decimals: 1500'],
    ['walk.speed_kph', '"4,5 km/h"', 'before decimals: 4.5'],
    ['bands_minutes[]', '"10"', 'before decimals: 10'],
    ['uncovered_below', '50', 'Did you mean 0.5?'],
    ['threshold_minutes', '0.5', 'Did you mean 30?'],
    ['threshold_minutes', '1e-5', 'Write what is allowed'],
  ])('%s: %s', (key, text, says) => {
    expect((read(key, text) as UsageError).fields.remedy).toContain(says);
  });
});

it.each(['least', 'greatest'] as const)(
  'a study with the %s of every number runs to its end',
  async (end) => {
    const tables = new Map<string, string[]>();
    for (const numeric of KEYS) {
      const [top, below] = numeric.key.replace('[]', '').split('.') as [string, string | undefined];
      // Structures of the second circle alone are none here.
      const number = below === 'cercles' ? '1, 2' : numeric[end];
      const value = numeric.key.endsWith('[]') ? `[${number}]` : String(number);
      const line = below === undefined ? `${top}: ${value}` : `  ${below}: ${value}`;
      tables.set(top, [...(tables.get(top) ?? (below === undefined ? [] : [`${top}:`])), line]);
    }
    const text = study({
      threshold_minutes: undefined,
      modes: 'modes: [car, walk, bike]',
      added: [...tables.values()].flat().join('\n'),
    });
    const path = writeSmallStudy(join(folder.path, end), { 'etude.yaml': text });
    const run = await runStudy(await readStudy(path), {
      cache: openCache(false),
      engine: 'fast',
      threads: 1,
      isochrones: 'all',
      version: '0',
    });
    expect((await buildOutputs(run, 'none', 1, new Set())).size).toBeGreaterThan(5);
  },
);
