/**
 * `date: auto` through the whole command: a real day everywhere, from the data where no timetable says it, and one
 * day for every command and mode of a study.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { dateStudyByData } from '../../src/batch/study-day.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildNetwork, readStudy, readTerritory } from '../../src/index.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { drawStreets, type StudyFiles, study, writeSmallStudy } from './small-study.ts';

// These studies name no language, and are told in French.
process.env['LC_ALL'] = 'fr_FR.UTF-8';

const folder = temporaryFolder();
afterAll(folder.remove);

const seconds = (date: string): number => Date.parse(`${date}T12:00:00Z`) / 1000;
const roadsOf = (date: string): Buffer =>
  Buffer.from(encodePbf(drawStreets(), { timestampSeconds: seconds(date) }));

/** Engaged before, on and after 2025-03-18; the last is open on Saturdays of 2024 alone. */
const LIST = [
  'id;nom;type;lon;lat;date_engagement',
  'a;CCAS West;ccas-cias;5.0051;47.0101;2024-01-01',
  'b;MDS;maisons-des-solidarites;5.0151;47.0201;2025-03-18',
  'c;CCAS East;ccas-cias;5.0351;47.0101;2025-03-19',
  'd;CCAS North;ccas-cias;5.0351;47.0251;2030-01-01',
];

/** Writes the study with `date: auto` into a folder of its own. */
function writeAuto(name: string, changes: StudyFiles = {}, lines: Record<string, string> = {}): string {
  return writeSmallStudy(join(folder.path, name), {
    'etude.yaml': study({ date: 'date: auto', ...lines }),
    'roads.osm.pbf': roadsOf('2025-03-12'),
    'structures.csv': `${LIST.join('\n')}\n`,
    ...changes,
  });
}

const dayOf = async (path: string, year = 2026): Promise<{ date: string; codes: string[] }> => {
  const notices = new NoticeList();
  const dated = await dateStudyByData(await readStudy(path), notices, year);
  return { date: dated.date, codes: notices.notices.map(({ code }) => code) };
};

describe('the day', () => {
  it.each<[what: string, files: StudyFiles, lines: Record<string, string>, date: string]>([
    ['the roads', {}, {}, '2025-03-18'],
    [
      'a list, where it is newer',
      { 'fs-20250501.csv': `${LIST.join('\n')}\n` },
      { structures: 'structures: [fs-20250501.csv]' },
      '2025-05-06',
    ],
    [
      'a list, where it is older: still the roads',
      { 'fs-20240501.csv': `${LIST.join('\n')}\n` },
      { structures: 'structures: [fs-20240501.csv]' },
      '2025-03-18',
    ],
    [
      'a grid',
      { 'homes-2025-06-10.csv': 'id,lon,lat,population\nh1,5.01,47.01,10\n' },
      { population: 'population: [homes-2025-06-10.csv]' },
      '2025-06-17',
    ],
    [
      'itinerant stops',
      { 'tournees-20250915.csv': 'id_structure;nom_arret;lon;lat;code_insee;horaires\n' },
      { itinerant_stops: 'itinerant_stops: [tournees-20250915.csv]' },
      '2025-09-16',
    ],
  ])('comes from %s', async (what, files, lines, date) => {
    expect(await dayOf(writeAuto(what, files, lines))).toEqual({ date, codes: ['study-day-of-data'] });
  });

  it('is the first ordinary Tuesday of the year of the run where the data say nothing, told as such', async () => {
    const path = writeAuto('undated', { 'roads.osm.pbf': Buffer.from(encodePbf(drawStreets())) });
    expect(await dayOf(path, 2026)).toEqual({ date: '2026-01-06', codes: ['study-day-of-this-year'] });
    expect((await dayOf(path, 2027)).date).toBe('2027-01-05');
  });

  it('is not that of data that claim to come from the future, or from before all data', async () => {
    const path = writeAuto('absurd', { 'roads.osm.pbf': roadsOf('2099-03-12') });
    expect(await dayOf(path)).toEqual({
      date: '2026-01-06',
      codes: ['data-date-disbelieved', 'study-day-of-this-year'],
    });
  });

  it('does not change with the year of the run where the data say it', async () => {
    const path = writeAuto('steady');
    const days = await Promise.all([2025, 2026, 2040].map((year) => dayOf(path, year)));
    expect(new Set(days.map(({ date }) => date))).toEqual(new Set(['2025-03-18']));
  });

  it('stays the study’s own where it names one', async () => {
    const path = writeAuto('named', {}, { date: 'date: 2026-10-06' });
    expect(await dayOf(path)).toEqual({ date: '2026-10-06', codes: [] });
  });
});

describe('coverage with date: auto and no timetable', () => {
  const path = writeAuto(
    'whole',
    {},
    {
      variants: 'variants: [engaged, open_that_day]',
      targets: 'targets: { path: { 2025: 0.9, 2026: 1 } }',
    },
  );
  const out = join(path, '..', 'results');
  const read = (name: string): string => readFileSync(join(out, name), 'utf8');

  it('prints the day and applies it to engagement, follow-up and targets', () => {
    const { exitCode, stdout, stderr } = runCli(['coverage', path, '--no-cache']);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('Le 18 mars 2025, ');
    const rows = parsePlainCsv(read('structures.csv'));
    expect(new Map(rows.map(({ id, situation }) => [id, situation]))).toEqual(
      new Map([
        ['a', 'comptée'],
        ['b', 'comptée'],
        ['c', 'engagée après la date étudiée'],
        ['d', 'engagée après la date étudiée'],
      ]),
    );
    const followUp = parsePlainCsv(read('suivi-structures.csv'));
    expect(followUp.find(({ date, nature }) => date === '2025-03-18' && nature === 'ensemble')).toMatchObject(
      {
        engagees: '2',
      },
    );
    expect(parsePlainCsv(read('suivi.csv')).find(({ annee }) => annee === '2025')!.realise).not.toBe('');
    expect(read('notices.csv')).toContain('study-day-of-data');
  });

  it('keeps the day in the manifest and the indicators, parameters resolved', () => {
    const manifest = JSON.parse(read('manifest.json'));
    expect([manifest.study.date, manifest.parameters.date]).toEqual(['2025-03-18', '2025-03-18']);
    expect(JSON.parse(read('indicateurs.json')).study.date).toBe('2025-03-18');
  });

  it('holds the word auto in no output', () => {
    // The page's own program and style sheet say it: the page without them.
    const withoutCode = (text: string) => text.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    for (const name of readdirSync(out)) expect(withoutCode(read(name)), name).not.toMatch(/\bauto\b/);
    expect(read('rapport.html')).not.toMatch(/[Ll]e auto|date[^a-z]{1,6}auto/);
  });

  it.each([['check'], ['uncovered'], ['isochrones']])('%s has the same day', (command) => {
    const { exitCode, stdout } = runCli([
      command,
      path,
      '--no-cache',
      ...(command === 'check' ? [] : ['--quiet']),
    ]);
    expect(exitCode).toBe(0);
    if (command === 'check') expect(stdout).toMatch(/Jour étudié +2025-03-18/);
    expect(stdout).not.toMatch(/\bauto\b/);
  });

  it('has the same structures in the library', async () => {
    const notices = new NoticeList();
    const read = await readStudy(path);
    const { structures } = await readTerritory(read, await buildNetwork(read, 'walk'), { notices });
    expect(structures.selected.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(notices.counts().get('study-day-of-data')).toBe(1);
  });
});

const MONACO = realData('monaco-06/monaco-osrm.osm.pbf');

it.skipIf(MONACO === undefined)(
  `gives Monaco’s roads of 5 March 2016 the Tuesday after them (${NO_REAL_DATA})`,
  async () => {
    const path = writeAuto('monaco', {}, { roads: `roads: [${MONACO}]` });
    expect((await dayOf(path)).date).toBe('2016-03-08');
  },
);
