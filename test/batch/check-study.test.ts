/** The doctor on small studies: every fault gives its row, and none hides another. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStudy } from '../../src/batch/check-study.ts';
import type { StudyCheck } from '../../src/report/check-findings.ts';
import { countSeverities } from '../../src/report/check-report.ts';
import { findFrench } from '../../src/report/fault-words.ts';
import { openCache } from '../../src/runtime/cache.ts';
import { readStudy } from '../../src/study/study.ts';
import { BAD_INPUTS } from '../commands/bad-input-cases.ts';
import { HOSTILE_INPUTS } from '../commands/hostile-input-cases.ts';
import { zipSmallFeed } from '../commands/small-feed.ts';
import {
  collection,
  commune,
  EAST_COMMUNE,
  HOME_COUNT,
  HOMES,
  PEOPLE_PER_HOME,
  STRUCTURES,
  type StudyFiles,
  study,
  WEST_COMMUNE,
  writeSmallStudy,
} from '../commands/small-study.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
let count = 0;

async function check(files: StudyFiles = {}): Promise<StudyCheck> {
  const path = writeSmallStudy(join(folder.path, String(count++)), files);
  const read = await readStudy(path, { checkFiles: false });
  return checkStudy(read, { cache: openCache(false), version: '0' });
}

const errorsOf = ({ findings }: StudyCheck) => findings.filter(({ severity }) => severity === 'error');

describe('a sound study', () => {
  it('has no finding, and totals that add up', async () => {
    const { findings, totals, inputs, unread } = await check();
    expect(findings).toEqual([]);
    expect(unread).toEqual([]);
    expect(totals).toMatchObject({
      population: HOME_COUNT * PEOPLE_PER_HOME,
      cellCount: HOME_COUNT,
      communeCount: 2,
      structures: { readCount: 3, inTerritoryCount: 3, selectedCount: 3 },
    });
    expect(totals.structures!.byType).toEqual([
      ['ccas-cias', 2],
      ['maisons-des-solidarites', 1],
    ]);
    expect(inputs.map(({ role, keptCount, leftOutCount }) => [role, keptCount, leftOutCount])).toEqual([
      ['roads', undefined, undefined],
      ['population', HOME_COUNT, 0],
      ['communes', 2, 0],
      ['structures', 3, 0],
    ]);
    expect(inputs.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? ''))).toBe(true);
  });
});

describe('an input that cannot be used', () => {
  it.each(BAD_INPUTS)('is a row of the report, and stops nothing: $name', async ({ files, says }) => {
    const found = await check(files);
    const told = found.findings
      .map(({ file, line, message, value, remedy }) => `${file}:${line ?? ''}: ${message} ${value} ${remedy}`)
      .join('\n');
    expect(errorsOf(found).length, told).toBeGreaterThan(0);
    // What coverage says, place and sentence apart.
    for (const part of says) {
      const words = part.replace(/^[\w.]+:\d*:?\s*/, '').replace(/^\d+ × [\w-]+, first.*$/, '');
      const isTold = told.includes(words) || told.replaceAll('\\n', '\n').includes(words);
      if (!/results|^roads$/.test(words)) expect(isTold, `${words}\nin\n${told}`).toBe(true);
    }
    expect(told).not.toMatch(/\bat .*\.ts:\d|NaN/);
  });

  it.each([...BAD_INPUTS, ...HOSTILE_INPUTS])('is told in French: $name', async ({ files }) => {
    for (const { message, remedy } of errorsOf(await check(files))) {
      expect(findFrench(message), message).toBeDefined();
      if (remedy !== undefined) expect(findFrench(remedy), remedy).toBeDefined();
    }
  });
});

describe('several faults', () => {
  it('are all told, each at its place', async () => {
    const found = await check({
      'etude.yaml': study({
        roads: 'roads: []',
        population: 'population: [homes.csv, none.csv]',
        structures: 'structures: [structures.csv, bad.csv]',
        timetables: 'timetables: [feed.zip, broken.zip]',
      }),
      'bad.csv': 'nom;type\nA;ccas-cias\n',
      'feed.zip': await zipSmallFeed({ departures: ['09:00'] }),
      'broken.zip': 'no zip',
    });
    expect(errorsOf(found).map(({ role, code, file }) => [role, code, file])).toEqual([
      ['population', 'input-missing', 'etude.yaml'],
      ['timetables', 'input-unusable', 'broken.zip'],
      ['roads', 'roads-missing', 'etude.yaml'],
      ['structures', 'input-unusable', 'bad.csv'],
    ]);
    // What can be read is read.
    expect(found.totals).toMatchObject({
      population: HOME_COUNT * PEOPLE_PER_HOME,
      structures: { readCount: 3 },
    });
    expect(found.unread).toEqual(['roads']);
    expect(found.inputs.map(({ path, state }) => [path, state])).toEqual([
      ['feed.zip', 'read'],
      ['broken.zip', 'unusable'],
      ['homes.csv', 'read'],
      ['none.csv', 'missing'],
      ['communes.geojson', 'read'],
      ['structures.csv', 'read'],
      ['bad.csv', 'unusable'],
    ]);
  });

  it('are told of every key that names a file', async () => {
    const found = await check({
      'etude.yaml': study({
        rivers: 'rivers: [none.csv]',
        epci: 'epci: [none.csv]',
        cantons: 'cantons: [none.csv]',
        territories: 'territories: [none.csv]',
        cog: 'cog: [none.csv]',
        itinerant_stops: 'itinerant_stops: [none.csv]',
        calage: 'calage: none.csv',
        targets: 'targets: { indicators: [none.csv], results: [none] }',
      }),
    });
    expect(new Set(errorsOf(found).map(({ role, code }) => `${role} ${code}`))).toEqual(
      new Set(
        [
          'rivers',
          'epci',
          'cantons',
          'territories',
          'cog',
          'itinerant_stops',
          'calage',
          'results',
          'indicators',
        ].map((role) => `${role} input-missing`),
      ),
    );
    expect(found.totals.population).toBe(HOME_COUNT * PEOPLE_PER_HOME);
  });

  it('of a list of commune codes are all told', async () => {
    const found = await check({
      'etude.yaml': study({ commune_codes: 'commune_codes: ["00001", "12345", "23456"]' }),
    });
    expect(errorsOf(found).map(({ value }) => value)).toEqual(['12345', '23456']);
    expect(found.totals.communeCount).toBe(1);
  });

  it('are counted beyond the number that is kept in full', async () => {
    const rows = Array.from({ length: 10_500 }, (_, i) => `n${i},5.01,47.01,-3`);
    const found = await check({ 'homes.csv': [...HOMES, ...rows, ''].join('\n') });
    expect(countSeverities(found).warning).toBe(10_500);
    expect(found.findings.length).toBe(10_000);
  });
});

describe('what takes two inputs to see', () => {
  const codesOf = ({ findings }: StudyCheck) => findings.map(({ code }) => code);

  it('is a commune that the roads do not reach', async () => {
    const found = await check({
      'communes.geojson': collection(WEST_COMMUNE, EAST_COMMUNE, commune('00003', 'Far', 5.2, 5.3)),
      'homes.csv': [...HOMES, 'far,5.19,47.01,7', ''].join('\n'),
    });
    expect(found.findings).toContainEqual(
      expect.objectContaining({
        code: 'commune-without-streets',
        role: 'roads',
        id: '00003 Far',
        value: '7',
      }),
    );
  });

  it('is a cell that no commune holds', async () => {
    const found = await check({ 'homes.csv': [...HOMES, 'far,5.19,47.01,7', ''].join('\n') });
    expect(codesOf(found)).toContain('cells-outside-communes');
  });

  it('is a structure that is not where it says', async () => {
    const rows = STRUCTURES.map((row, i) => `${row};${['code_insee', '00001', '00001', '00001'][i]}`);
    const found = await check({ 'structures.csv': `${rows.join('\n')}\n` });
    expect(found.findings).toMatchObject([
      {
        code: 'structure-in-another-commune',
        role: 'structures',
        id: 'c',
        line: 4,
        value: '00001 West / 00002 East',
      },
    ]);
  });

  it('is a day on which nothing runs: an error with transit, a warning without', async () => {
    for (const [modes, severity] of [
      ['modes: [car, transit]', 'error'],
      ['modes: [car]', 'warning'],
    ] as const) {
      const files = {
        'etude.yaml': study({ modes, date: 'date: 2030-10-08', timetables: 'timetables: [feed.zip]' }),
        'feed.zip': await zipSmallFeed({ departures: ['09:00'] }),
      };
      const found = await check(files);
      expect(found.findings).toContainEqual(
        expect.objectContaining({
          code: 'day-without-trips',
          severity,
          value: '2030-10-08',
          file: 'etude.yaml',
          line: 2,
        }),
      );
    }
  });
});

describe('a file of the study that changes', () => {
  it('has another fingerprint', async () => {
    const path = writeSmallStudy(join(folder.path, 'print'));
    const shaOf = async () => {
      const read = await readStudy(path, { checkFiles: false });
      const { inputs } = await checkStudy(read, { cache: openCache(false), version: '0' });
      return inputs.find(({ role }) => role === 'structures')!.sha256;
    };
    const before = await shaOf();
    writeFileSync(join(folder.path, 'print', 'structures.csv'), `${STRUCTURES.slice(0, 3).join('\n')}\n`);
    expect(await shaOf()).not.toBe(before);
  });
});
