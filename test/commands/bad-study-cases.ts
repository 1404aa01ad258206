/** Study files that cannot be used, and what the user must be told: a table of `bad-input.test.ts`. */
import { type BadInput, HTML, REAL_PBF, withKey } from './bad-input-cases.ts';
import { study } from './small-study.ts';

export const BAD_STUDIES: readonly BadInput[] = [
  withKey(
    'modes',
    'modes: [car, transit]',
    'transit without timetables',
    'etude.yaml:4: the mode transit needs timetables',
    'Add GTFS files',
  ),
  {
    name: 'a département without polygons',
    files: { 'etude.yaml': study({ communes: undefined, departement: 'departement: "71"' }) },
    says: ['etude.yaml:9: departement needs the polygons', '"71"', 'under the key "communes"'],
  },
  {
    name: 'a study that is not there',
    files: {},
    args: ['coverage', 'none.yaml'],
    says: ['none.yaml: the study cannot be opened', 'maillage init'],
  },
  {
    name: 'a folder in place of a study',
    files: {},
    args: ['coverage', '.'],
    says: ['this is a folder, and a study file is needed', 'Name the file in it'],
  },
  {
    name: 'an empty study',
    files: { 'etude.yaml': '' },
    says: ['etude.yaml:1: the study holds no keys', 'maillage init'],
  },
  {
    name: 'a study that is text',
    files: { 'etude.yaml': 'just some words\n' },
    says: ['etude.yaml:1: the study holds no keys'],
  },
  {
    name: 'a study that is a web page',
    files: { 'etude.yaml': HTML },
    says: ['etude.yaml:1: the study holds no keys', 'maillage init'],
  },
  {
    name: 'a study that is a road file',
    files: { 'etude.yaml': REAL_PBF.subarray(0, 4000) },
    says: ['etude.yaml:1: the study holds no keys'],
  },
  {
    name: 'a study that is a list',
    files: { 'etude.yaml': '- a\n- b\n' },
    says: ['etude.yaml:1: the study holds no keys'],
  },
  {
    name: 'a study without its keys',
    files: { 'etude.yaml': 'name: A\n' },
    says: [
      'etude.yaml:1: roads: the key is missing',
      'population: the key is missing',
      'structures: the key is missing',
    ],
  },
  {
    name: 'a bad indentation in the study',
    files: { 'etude.yaml': `${study()}walk:\n  speed_kph: 4\n access_minutes: 3\n` },
    says: ['etude.yaml:12: the study is not valid YAML', 'access_minutes: 3', 'Check indentation'],
  },
  {
    name: 'a tab in the study',
    files: { 'etude.yaml': `${study()}walk:\n\tspeed_kph: 4\n` },
    says: ['etude.yaml:11: the study is not valid YAML', 'spaces, not tabs'],
  },
  {
    name: 'an open bracket in the study',
    files: { 'etude.yaml': study({ modes: 'modes: [car, walk' }) },
    says: ['etude.yaml:5: the study is not valid YAML', 'the line above'],
  },
  withKey(
    'again',
    'name: again',
    'a key that stands twice',
    'etude.yaml:10: a key stands twice',
    'name: again',
    'Keep one',
  ),
  ...['0', 'abc', '-5', '30 min', '30,5', '"30"', '1000'].map((value) =>
    withKey(
      'threshold_minutes',
      `threshold_minutes: ${value}`,
      `the threshold ${value}`,
      'etude.yaml:3: threshold_minutes',
      'a number of minutes from 1 to 240',
      JSON.stringify(value.replaceAll('"', '')),
    ),
  ),
  ...(
    [
      ['threshold_minutes', '0.5', 'Did you mean 30?'],
      ['threshold_minutes', '1800', 'Did you mean 30?'],
      ['uncovered_below', '50', 'Did you mean 0.5?'],
      ['uncovered_below', '"50 %"', 'Did you mean 0.5?'],
      ['follow_up', '{ sdaasap_completion: 60 }', 'Did you mean 0.6?'],
      ['targets', '{ path: { 2026: 57, 2027: 1 } }', 'Did you mean 0.57?'],
    ] as const
  ).map(([key, value, says]) => withKey(key, `${key}: ${value}`, `${key} of ${value}`, key, says)),
  ...(
    [
      // Escapes that YAML does not know, and those that it does.
      ['roads', '["C:\\donnees\\routes.osm.pbf"]', 'C:\\donnees\\routes.osm.pbf'],
      ['roads', '["C:\\temp\\new.osm.pbf"]', 'C:\\temp\\new.osm.pbf'],
      ['structures', '"listes\\route\\a.csv"', 'listes\\route\\a.csv'],
      ['communes', '\n  - "D:\\bureau\\nouveau.geojson"', 'D:\\bureau\\nouveau.geojson'],
      ['calage', '"C:\\users\\a\\communes.csv"', 'C:\\users\\a\\communes.csv'],
      ['targets', '{ results: ["..\\n2025"] }', '..\\n2025'],
      ['out', '"C:\\resultats\\"', 'C:\\resultats'],
    ] as const
  ).map(([key, value, path]) =>
    withKey(
      key,
      `${key}: ${value}`,
      `a Windows path in double quotes: ${key}, ${path}`,
      `in single quotes, '${path}'`,
      `with slashes, ${path.replaceAll('\\', '/')}`,
    ),
  ),
  ...(
    [
      ["'~/roads.osm.pbf'", '~ is not followed here'],
      ["'file:///home/a/roads.osm.pbf'", 'without file://'],
      ["'https://example.org/roads.osm.pbf'", 'download the file'],
      [`'"roads.osm.pbf"'`, 'Take the quotes inside the quotes away'],
      ["'donnees\\roads.osm.pbf'", 'Write / between folders'],
    ] as const
  ).map(([path, says]) =>
    withKey('roads', `roads: [${path}]`, `a path written as ${path}`, 'no such file', says, 'Looked for at'),
  ),
  withKey(
    'typo',
    'treshold_minutes: 45',
    'a misspelt key',
    'etude.yaml:10: treshold_minutes: unknown key: did you mean threshold_minutes?',
  ),
  withKey(
    'far',
    'banana: 45',
    'an unknown key',
    'etude.yaml:10: banana: unknown key',
    'Allowed here: name, date',
  ),
  withKey(
    'sub',
    'walk: { speed: 4 }',
    'an unknown key below a key',
    'etude.yaml:10: walk.speed: unknown key',
    'speed_kph',
  ),
  withKey(
    'modes',
    'modes: [car, wlk]',
    'an unknown mode',
    'etude.yaml:4: modes[1]',
    'one of car, walk, bike',
    'wlk',
  ),
  withKey('modes', 'modes: []', 'no mode', 'etude.yaml:4: modes', 'at least one'),
  withKey(
    'combinations',
    'combinations: [car_or_bike]',
    'a combination of a mode that is not asked for',
    'etude.yaml:10: combinations[0]',
    'bike is not among them',
  ),
  withKey('date', 'date: 2026-02-30', 'a day that is none', 'etude.yaml:2: date', '2026-02-30'),
  withKey(
    'speeds',
    'speeds: { untaggedKph: { tertary: 45 } }',
    'an unknown class of speed',
    'etude.yaml:10: speeds.untaggedKph.tertary',
    'Allowed here: motorway',
  ),
  withKey(
    'speeds',
    'speeds: { untaggedKph: { tertiary: 0 } }',
    'a speed of zero',
    'etude.yaml:10: speeds.untaggedKph.tertiary',
    'from 1 to 200',
    '"0"',
  ),
];
