import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/common/errors.ts';
import { STUDY_KEYS } from '../../src/study/schema.ts';
import { displayPath, parseStudy, readStudy } from '../../src/study/study.ts';
import { findNearest } from '../../src/study/suggest.ts';
import { studyTemplate } from '../../src/study/template.ts';
import { VARIANTS } from '../../src/study/variant-keys.ts';
import { usageErrorOf } from '../read/failing.ts';
import { useTempFiles } from '../read/temp-files.ts';

const write = useTempFiles();
const FILE = resolve('dossier', 'etude.yaml');
const FOUR_KEYS = 'name: A\nroads: [r.pbf]\npopulation: [p.csv]\nstructures: [s.csv]\n';

function parse(text: string, overrides = {}) {
  return parseStudy(FILE, text, { checkFiles: false, overrides });
}

function faultOf(text: string): UsageError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('a study', () => {
  it.each(['utf8', 'latin1'] as const)('keeps its accents in %s', async (encoding) => {
    const text = FOUR_KEYS.replace('name: A', 'name: Saône-et-Loire');
    const path = write(`${encoding}.yaml`, Buffer.from(text, encoding));
    expect((await readStudy(path, { checkFiles: false })).name).toBe('Saône-et-Loire');
  });

  it('keeps the line of each key, for faults that show later', () => {
    expect([...parse(FOUR_KEYS).lineOfKey]).toEqual([
      ['name', 1],
      ['roads', 2],
      ['population', 3],
      ['structures', 4],
    ]);
  });

  it.each([
    ['', undefined],
    ['calage: communes\n', 'communes'],
    ['calage: insee/donnees_communes.csv\n', resolve('dossier', 'insee/donnees_communes.csv')],
  ])('knows the calage of %j', (line, calage) => {
    expect(parse(FOUR_KEYS + line).calage).toBe(calage);
  });

  it('needs four keys and gives every other one its default', () => {
    const study = parse(FOUR_KEYS);
    expect(study).toMatchObject({
      date: 'auto',
      thresholdMinutes: 30,
      inclusive: false,
      uncoveredBelow: 0.5,
      bandsMinutes: [10, 15, 20, 30, 45],
      isochronesMinutes: [10, 15, 20, 30],
      modes: ['car', 'walk', 'bike'],
      selection: { engagedOnly: true, cercles: [1] },
      crossBorder: true,
      window: { fromSeconds: 9 * 3600, toSeconds: 12 * 3600, anchor: 'arrival' },
      walk: { speedKph: 4, accessMinutes: 15, egressMinutes: 15, transferMinutes: 10 },
      bike: { speedKph: 15 },
      ruralLimitKph: 80,
      ferryWaitMinutes: 0,
      minIsland: 200,
      snapRadiusMeters: 1000,
      structureRadiusMeters: 300,
      lang: 'fr',
      csv: 'excel',
    });
  });

  it('resolves paths against its own folder, and shows them relative to it', () => {
    const study = parse(`${FOUR_KEYS}out: ../resultats\ncommunes: sous/c.geojson\n`);
    expect(study.roads).toEqual([resolve('dossier', 'r.pbf')]);
    expect(study.out).toBe(resolve('resultats'));
    expect(displayPath(study, study.communes[0])).toBe('sous/c.geojson');
    const tables = parse(`${FOUR_KEYS}cantons: can.csv\ncog: [v_mvtcommune_2026.csv]\n`);
    expect([tables.cantons, tables.cog]).toEqual([
      [resolve('dossier', 'can.csv')],
      [resolve('dossier', 'v_mvtcommune_2026.csv')],
    ]);
    expect(parse(FOUR_KEYS).out).toBe(resolve('dossier', 'resultats', 'etude'));
  });

  it.each([
    ['departement: 01', '01'],
    ['departement: 71', '71'],
    ['departement: "2a"', '2A'],
    ['departement: 971', '971'],
    ['departement: 6AE', '6AE'],
    ['departement: 20R', '20R'],
    ['departement: 69d', '69D'],
    ['departement: "69M"', '69M'],
  ])('keeps the code in %j as it is written', (line, code) => {
    expect(parse(`${FOUR_KEYS}${line}\n`).departement).toBe(code);
  });

  it('keeps unquoted commune codes', () => {
    expect(parse(`${FOUR_KEYS}commune_codes: [01004, 2A004]\n`).communeCodes).toEqual(['01004', '2A004']);
  });

  it('accepts transit, timetables, combinations and the commune populations', () => {
    const study = parse(
      'name: A\nroads: r.pbf\npopulation: communes\ncommunes: [c.geojson]\nstructures: s.csv\nmodes: [car, transit]\ntimetables: [t.zip]\ncombinations: [car_or_transit]\n',
    );
    expect(study.population).toBe('communes');
    expect(study.combinations).toEqual([{ name: 'car_or_transit', modes: ['car', 'transit'] }]);
  });

  it.each([
    ['variants: all', VARIANTS],
    ['variants: [all]', VARIANTS],
    ['variants: [choice_2, engaged]', ['engaged', 'choice_2']],
    ['variants: potential', ['potential']],
    ['variants: []', []],
  ])('reads %s in the order of the results', (line, variants) => {
    expect(parse(`${FOUR_KEYS}${line}\n`).variants).toEqual(variants);
  });

  it('lays its speeds section over its other keys', () => {
    const study = parse(
      `${FOUR_KEYS}bike: { speed_kph: 12 }\nrural_limit_kph: 90\nspeeds: { bike: { pushedKph: 4 }, ferryKph: 8 }\n`,
    );
    expect(study.speeds).toMatchObject({ bike: { kph: 12, pushedKph: 4 }, ruralLimitKph: 90, ferryKph: 8 });
  });

  it('takes modes and folder from the command line, and drops combinations that no longer fit', () => {
    const study = parse(`${FOUR_KEYS}modes: [car, transit]\ncombinations: [car_or_transit]\n`, {
      modes: ['car'],
      out: resolve('x'),
    });
    expect([study.modes, study.combinations, study.out]).toEqual([['car'], [], resolve('x')]);
  });

  it('has a hash of all that changes a result, and of nothing else', () => {
    const hashOf = (text: string) => parse(text).hash;
    expect(hashOf(`${FOUR_KEYS}out: ailleurs\n# note\n`)).toBe(hashOf(FOUR_KEYS));
    expect(hashOf(`${FOUR_KEYS}threshold_minutes: 30\n`)).toBe(hashOf(FOUR_KEYS));
    expect(hashOf(`${FOUR_KEYS}threshold_minutes: 31\n`)).not.toBe(hashOf(FOUR_KEYS));
    expect(hashOf(FOUR_KEYS)).toMatch(/^[0-9a-f]{64}$/);
    expect(parseStudy(resolve('autre', 'etude.yaml'), FOUR_KEYS, { checkFiles: false }).hash).toBe(
      hashOf(FOUR_KEYS),
    );
  });
});

describe('faults of a study', () => {
  it.each([
    ['threshold_minutes: 0', 'threshold_minutes', '0'],
    ['threshold_minutes: abc', 'threshold_minutes', 'abc'],
    ['threshold_minutes: 30,5', 'threshold_minutes', '30,5'],
    ['inclusive: oui', 'inclusive', 'oui'],
    ['uncovered_below: 50', 'uncovered_below', '50'],
    ['bands_minutes: [20, 10]', 'bands_minutes', '[20,10]'],
    ['modes: []', 'modes', '[]'],
    ['modes: [car, boat]', 'modes[1]', 'boat'],
    ['modes: [car, car]', 'modes', '["car","car"]'],
    ['combinations: [car_or_walk_or]', 'combinations[0]', 'car_or_walk_or'],
    ['combinations: [car_or_transit]', 'combinations[0]', 'car_or_transit'],
    ['date: 2026-02-30', 'date', '2026-02-30'],
    ['date: demain', 'date', 'demain'],
    ['departement: Rhône', 'departement', 'Rhône'],
    ['departement: 71M', 'departement', '71M'],
    ['structures_selection: { cercles: [3] }', 'structures_selection.cercles[0]', '3'],
    ['window: { from: 9h }', 'window.from', '9h'],
    ['window: { from: "12:00", to: "09:00" }', 'window', '{"from":"12:00","to":"09:00"}'],
    ['walk: 4', 'walk', '4'],
    ['walk: { speed_kph: 40 }', 'walk.speed_kph', '40'],
    ['min_island: 1.5', 'min_island', '1.5'],
    ['lang: de', 'lang', 'de'],
    ['csv:', 'csv', 'null'],
    ['speeds: { delays: 3 }', 'speeds.delays', '3'],
    ['variants: [choix_2]', 'variants[0]', 'choix_2'],
    ['variants: [choice_2, choice_2]', 'variants', '["choice_2","choice_2"]'],
    ['relay_population_below: -1', 'relay_population_below', '-1'],
  ])('%s: names the key, the value, what is allowed and the line', (line, key, value) => {
    const error = faultOf(`${FOUR_KEYS}${line}\n`);
    expect(error.message.startsWith(`${key}: allowed is `)).toBe(true);
    expect(error.fields).toMatchObject({ file: FILE, line: 5, value });
  });

  it.each([
    ['treshold_minutes: 30', 'treshold_minutes', 'threshold_minutes'],
    ['modes_: [car]', 'modes_', 'modes'],
    ['walk: { speed: 4 }', 'walk.speed', undefined],
    ['walk: { speed_kmh: 4 }', 'walk.speed_kmh', 'speed_kph'],
    ['xyz: 1', 'xyz', undefined],
  ])('%s: proposes the nearest key', (line, key, nearest) => {
    const error = faultOf(`${FOUR_KEYS}${line}\n`);
    expect(error.message).toBe(
      `${key}: unknown key${nearest === undefined ? '' : `: did you mean ${nearest}?`}`,
    );
    expect(error.fields.remedy).toContain('Allowed here: ');
  });

  it('tells all faults at once, in the order of the lines', () => {
    const error = faultOf('name: A\nmodes: [boat]\nroads: []\nwalk:\n  speed_kph: 99\nstructures: [s.csv]\n');
    expect(error.message).toContain('population: the key is missing');
    expect(error.fields.remedy).toMatch(/also line 2: modes\[0\].*\n.*also line 5: walk\.speed_kph/);
  });

  it.each([
    ['broken YAML', `${FOUR_KEYS}modes: [car\n`, 'not valid YAML', 6],
    ['a key twice', `${FOUR_KEYS}name: B\n`, 'a key stands twice', 5],
    ['nothing', '# rien\n', 'holds no keys', 1],
    ['a list', '- a\n', 'holds no keys', 1],
  ])('refuses %s with its line', (_, text, words, line) => {
    const error = faultOf(text);
    expect(error.message).toContain(words);
    expect(error.fields.line).toBe(line);
  });

  it.each([
    [
      'both a département and communes',
      `${FOUR_KEYS}departement: "71"\ncommune_codes: ["71270"]\n`,
      'not both',
    ],
    ['grids beside communes', FOUR_KEYS.replace('[p.csv]', '[p.csv, communes]'), 'twice'],
    ['commune populations without polygons', FOUR_KEYS.replace('[p.csv]', '[communes]'), 'polygon files'],
  ])('refuses %s', (_, text, words) => {
    expect(faultOf(text).message).toContain(words);
  });

  it('names each missing or empty file, its key and its line', async () => {
    write('r.pbf', 'x');
    write('p.csv', '');
    const path = write('etude.yaml', FOUR_KEYS);
    const error = await usageErrorOf(() => readStudy(path));
    expect(error.message).toBe('population[0]: the file is empty');
    expect(error.fields).toMatchObject({ file: path, line: 3, value: 'p.csv' });
    expect(error.fields.remedy).toContain('also line 4: structures[0]: no such file');
  });

  it('reads a study whose files are there, and says so where the study itself is not', async () => {
    for (const name of ['r.pbf', 'p.csv', 's.csv']) write(`ok/${name}`, 'x');
    expect((await readStudy(write('ok/etude.yaml', FOUR_KEYS))).name).toBe('A');
    expect((await usageErrorOf(() => readStudy('absent.yaml'))).message).toContain('cannot be opened');
  });
});

describe('the template', () => {
  it('validates as it stands', () => {
    expect(parse(studyTemplate()).departement).toBe('71');
  });

  it('names every key, and shows each default as it is', () => {
    const template = studyTemplate();
    for (const key of STUDY_KEYS) {
      if (key !== 'commune_codes') expect(template).toMatch(new RegExp(`^(# )?${key}:`, 'm'));
    }
    expect(template).toContain('commune_codes');
    const own = ['name', 'departement', 'communes', 'roads', 'population', 'structures', 'out'];
    const defaults = parse(FOUR_KEYS).parameters;
    for (const [key, value] of Object.entries(parse(template).parameters)) {
      if (!own.includes(key)) expect({ [key]: value }).toEqual({ [key]: defaults[key] });
    }
  });
});

describe('the nearest word', () => {
  it.each([
    ['comunes', 'communes'],
    ['Modes', 'modes'],
    ['zzz', undefined],
  ])('to %j is %s', (word, nearest) => {
    expect(findNearest(word, ['modes', 'communes', 'roads'])).toBe(nearest);
  });
});
