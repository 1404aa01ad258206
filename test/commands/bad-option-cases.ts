/** Command lines that cannot be run, and what the user must be told: a table of `bad-input.test.ts`. */
import type { BadInput } from './bad-input-cases.ts';

const COVERAGE = ['coverage', 'etude.yaml'];
const AT = ['isochrones', '--osm', 'roads.osm.pbf', '--at', '5.01,47.01'];
const MATRIX = ['matrix', '--osm', 'roads.osm.pbf', '--from', 'points.csv', '--to', 'points.csv'];
const POINTS = 'id,lon,lat\na,5.01,47.01\n';

function refused(name: string, args: readonly string[], ...says: readonly string[]): BadInput {
  return { name, files: { 'points.csv': POINTS }, args, says };
}

function points(name: string, text: string, ...says: readonly string[]): BadInput {
  return { name: `matrix: ${name}`, files: { 'points.csv': text }, args: MATRIX, says };
}

export const BAD_OPTIONS: readonly BadInput[] = [
  refused('no command', [], 'Usage: maillage', 'coverage'),
  refused(
    'a misspelt command',
    ['covrage', 'etude.yaml'],
    "unknown command 'covrage'",
    'Did you mean coverage?',
  ),
  refused(
    'a misspelt option',
    [...COVERAGE, '--thread', '2'],
    "unknown option '--thread'",
    'Did you mean --threads?',
  ),
  refused('no study', ['coverage'], "missing required argument 'study'", '--help'),
  refused('two studies', [...COVERAGE, 'b.yaml'], 'Expected 1 argument but got 2'),
  refused('no thread', [...COVERAGE, '--threads', '0'], '--threads', "'0'", '1 or more'),
  refused('threads that are no number', [...COVERAGE, '--threads', 'abc'], '--threads', "'abc'", '1 or more'),
  refused(
    'an impossible rate',
    [...COVERAGE, '--fail-under', '101'],
    '--fail-under',
    "'101'",
    'from 0 to 100',
  ),
  ...(
    [
      ['0.8', '80'],
      ['0,955', '95.5'],
      ['1', '100'],
      ['.5', '50'],
    ] as const
  ).map(([share, meant]) =>
    refused(
      `a rate as the share ${share}`,
      [...COVERAGE, '--fail-under', share],
      '--fail-under',
      `Did you mean ${meant}?`,
    ),
  ),
  refused('unknown isochrones', [...COVERAGE, '--isochrones', 'some'], '--isochrones', 'all, merged, none'),
  refused('unknown exports', [...COVERAGE, '--exports', 'map,png'], '--exports', 'map, workbook, cells'),
  refused('an unknown engine', [...COVERAGE, '--engine', 'slow'], '--engine', 'fast, reference'),
  refused(
    'an unknown mode on the command line',
    [...COVERAGE, '--mode', 'car,plane'],
    '--mode',
    '"plane" is no mode',
    'car, walk, bike',
  ),
  refused('a mode that is missing', [...COVERAGE, '--mode', 'car,'], '--mode', 'A mode is missing'),
  refused(
    'a result folder that is a file',
    [...COVERAGE, '--out', 'homes.csv'],
    'homes.csv: the result folder is a file',
    'another --out',
  ),
  refused(
    'a result folder below a file',
    [...COVERAGE, '--out', 'homes.csv/a'],
    'homes.csv/a: a folder above it is a file',
  ),
  refused(
    'a result folder with other files',
    [...COVERAGE, '--out', '.'],
    'files that are not a result of maillage',
    'nothing is written over',
  ),
  refused(
    'a cache that is a file',
    [...COVERAGE, '--cache', 'homes.csv'],
    'homes.csv: the cache must be a folder',
  ),
  refused(
    'a cache below a file',
    [...COVERAGE, '--cache', 'homes.csv/a'],
    'homes.csv/a: a folder above it is a file',
  ),
  refused(
    'uncovered: CSV and JSON at once',
    ['uncovered', 'etude.yaml', '--csv', '--json'],
    '--csv',
    'cannot be used with',
    '--json',
  ),
  refused(
    'uncovered: a study that is not there',
    ['uncovered', 'none.yaml'],
    'none.yaml: the study cannot be opened',
  ),
  refused(
    'isochrones: neither study nor place',
    ['isochrones'],
    'neither a study nor a place',
    '--at LON,LAT',
  ),
  refused('isochrones: a place without roads', ['isochrones', '--at', '5.01,47.01'], '--osm FILE'),
  refused(
    'isochrones: study and place',
    ['isochrones', 'etude.yaml', '--at', '5,47'],
    'a study and --at are given',
  ),
  refused(
    'isochrones: study and minutes',
    ['isochrones', 'etude.yaml', '--minutes', '5'],
    'a study and --minutes are given',
  ),
  refused(
    'isochrones: a place outside the extract',
    ['isochrones', '--osm', 'roads.osm.pbf', '--at', '2.35,48.85'],
    'no street for the mode car within 1000 m',
    '2.35,48.85',
    'the extract holds the place',
  ),
  refused(
    'isochrones: a place that is none',
    ['isochrones', '--osm', 'roads.osm.pbf', '--at', 'here'],
    '--at',
    "'here'",
    'LON,LAT',
  ),
  refused(
    'isochrones: decimal commas',
    ['isochrones', '--osm', 'roads.osm.pbf', '--at', '5,01;47,01'],
    '--at',
    'decimal points',
  ),
  refused(
    'isochrones: a place off the Earth',
    ['isochrones', '--osm', 'roads.osm.pbf', '--at', '500,47'],
    '--at',
    "'500,47'",
  ),
  refused('isochrones: minutes that are none', [...AT, '--minutes', '10,x'], '--minutes', 'greater than 0'),
  refused('isochrones: too many minutes', [...AT, '--minutes', '241'], '--minutes', 'at most 240'),
  refused('isochrones: an unknown mode', [...AT, '--mode', 'boat'], '"boat" is no mode'),
  refused('isochrones: an unknown direction', [...AT, '--direction', 'up'], '--direction', 'up'),
  refused('isochrones: nobody walks at 0 km/h', [...AT, '--walk-speed', '0'], '--walk-speed', 'from 1 to 10'),
  refused(
    'isochrones: roads that are not there',
    ['isochrones', '--osm', 'none.pbf', '--at', '5,47'],
    'none.pbf: the file cannot be opened',
  ),
  refused('isochrones: a folder to write to', [...AT, '--out', '.'], 'the file to write is a folder'),
  refused(
    'isochrones: writing over the roads',
    [...AT, '--out', 'roads.osm.pbf'],
    'roads.osm.pbf: the file to write is one of the inputs',
  ),
  refused('matrix: no option', ['matrix'], "required option '--osm", '--help'),
  refused('matrix: an unknown mode', [...MATRIX, '--mode', 'boat'], '--mode', 'car, walk, bike'),
  refused('matrix: a negative cutoff', [...MATRIX, '--cutoff', '-1'], '--cutoff', 'greater than 0'),
  refused('matrix: a negative island', [...MATRIX, '--min-island', '-1'], '--min-island', '0 or more'),
  refused(
    'matrix: a bicycle at 500 km/h',
    [...MATRIX, '--bike-speed', '500'],
    '--bike-speed',
    'from 3 to 50',
  ),
  refused(
    'matrix: writing over the points',
    [...MATRIX, '--out', 'points.csv'],
    'points.csv: the file to write is one of the inputs',
  ),
  refused(
    'matrix: points that are not there',
    [...MATRIX, '--to', 'none.csv'],
    'none.csv: the file cannot be opened',
  ),
  points('an empty file', '', 'points.csv: the file is empty'),
  points('no point', 'id,lon,lat\n', 'points.csv: the file holds no point', 'one point a line'),
  points(
    'swapped lon and lat',
    'id,lon,lat\na,47.01,5.01\n',
    'points.csv:2: the columns of lon and lat look swapped',
    'lon 47.01, lat 5.01',
  ),
  points(
    'an id that stands twice',
    `${POINTS}a,5.01,47.02\n`,
    'points.csv:3: the id stands on line 2 already',
    '"a"',
  ),
  points('no id', 'id,lon,lat\n,5.01,47.01\n', 'points.csv:2: a point has no id'),
  points(
    'no point on the roads',
    'id,lon,lat\na,2.35,48.85\n',
    'points.csv: no point lies on the roads read',
    'lon 2.35, lat 48.85',
  ),
  points(
    'no point near a street',
    'id,lon,lat\na,5.1,47.1\n',
    'points.csv: no point of --from could be linked',
  ),
  points(
    'a column that is missing',
    'id,lat,z\na,47,5\n',
    'points.csv:1: the column of the longitude is missing',
    'id,lat,z',
    'Name it lon',
  ),
  points(
    'a latitude that is no number',
    'id,lon,lat\na,5.01,abc\n',
    'points.csv:2: lat is no number',
    'abc',
    'decimal point',
  ),
  points('a row that is too short', 'id,lon,lat\na,5.01\n', 'points.csv:2: lat is no number'),
  points('decimal commas between commas', 'id,lon,lat\na,5,01,47,01\n', 'points.csv:2:', 'Decimal commas'),
  points(
    'another separator',
    'id:lon:lat\na:5.01:47.01\n',
    'points.csv:1: the column of the id is missing',
    'id:lon:lat',
  ),
  points(
    'a point off the Earth',
    `${POINTS}b,500,47.01\n`,
    'points.csv:3: the point is not on Earth',
    'lon 500',
  ),
  refused(
    'init: a study that is there already',
    ['init', 'etude.yaml'],
    'etude.yaml: the file exists already',
    '--force',
  ),
  refused(
    'cache list: a file',
    ['cache', 'list', '--cache', 'homes.csv'],
    'homes.csv: the cache must be a folder',
  ),
  refused(
    'cache clear: a file',
    ['cache', 'clear', '--cache', 'homes.csv'],
    'homes.csv: the cache must be a folder',
  ),
  refused('cache: a misspelt command', ['cache', 'lst'], "unknown command 'lst'", 'Did you mean list?'),
];
