/** Input files that cannot be used, and what the user must be told: a table of `bad-input.test.ts`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  collection,
  commune,
  EAST_COMMUNE,
  HOMES,
  roadsPbf,
  roadsXml,
  STRUCTURES,
  type StudyFiles,
  study,
  WEST_COMMUNE,
} from './small-study.ts';

export interface BadInput {
  name: string;
  /** Files replaced in the small study. */
  files: StudyFiles;
  /** Default: `coverage etude.yaml`. */
  args?: readonly string[];
  /** All of these stand in the message: place, fault, value, remedy. */
  says: readonly string[];
}

/** A real extract of twelve blobs. */
export const REAL_PBF = readFileSync(
  fileURLToPath(new URL('../../data/liechtenstein-2013.osm.pbf', import.meta.url)),
);
export const HTML = '<!DOCTYPE html>\n<html><body>404 Not found</body></html>\n';
const DOWNLOAD = 'Download the file again';

function damage(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 0xff;
  return copy;
}

/** The homes with each row's fields (id, lon, lat, population) written anew. */
function homes(write: (fields: string[]) => readonly (string | number)[], separator = ','): string {
  const rows = HOMES.slice(1).map((row) => write(row.split(',')).join(separator));
  return `${[HOMES[0], ...rows].join('\n')}\n`;
}

function structures(change: (row: string) => string): string {
  return `${[STRUCTURES[0]!, ...STRUCTURES.slice(1).map(change)].join('\n')}\n`;
}

/** One key of the study replaced or added. */
export function withKey(
  key: string,
  line: string | undefined,
  name: string,
  ...says: readonly string[]
): BadInput {
  return { name, files: { 'etude.yaml': study({ [key]: line }) }, says };
}

const ROADS_LINE = 'etude.yaml:5: roads';

const ROADS: readonly BadInput[] = [
  withKey(
    'roads',
    'roads: [none.osm.pbf]',
    'a road file that is not there',
    `${ROADS_LINE}[0]: no such file`,
    'none.osm.pbf',
    'relative to the study file',
  ),
  withKey('roads', 'roads: [.]', 'a folder in place of a road file', ROADS_LINE, 'this is no file'),
  withKey(
    'roads',
    'roads: []',
    'no road file',
    'etude.yaml:5: no roads are given',
    'Add an OpenStreetMap file',
  ),
  { name: 'an empty road file', files: { 'roads.osm.pbf': '' }, says: [ROADS_LINE, 'the file is empty'] },
  ...[1, 10].map(
    (bytes): BadInput => ({
      name: `a PBF file cut after ${bytes} bytes`,
      files: { 'roads.osm.pbf': REAL_PBF.subarray(0, bytes) },
      says: ['roads.osm.pbf: this is no OSM file', DOWNLOAD],
    }),
  ),
  ...(
    [
      [100, 'blob 0, byte 0'],
      [30_000, 'blob 1, byte 110'],
      [300_000, 'blob 6, byte 280223'],
      [REAL_PBF.length - 1, 'blob 11, byte 574547'],
    ] as const
  ).map(
    ([bytes, blob]): BadInput => ({
      name: `a PBF file cut after ${bytes} bytes`,
      files: { 'roads.osm.pbf': REAL_PBF.subarray(0, bytes) },
      says: ['roads.osm.pbf: the file is cut short or damaged', blob, DOWNLOAD],
    }),
  ),
  ...(
    [
      [20, 'blob 0 (OSMHeader'],
      [2000, 'blob 1 (OSMData, at byte 127)'],
      [300_000, 'blob 6 (OSMData'],
      [REAL_PBF.length - 20, 'blob 11 (OSMData'],
    ] as const
  ).map(
    ([at, blob]): BadInput => ({
      name: `a PBF file with a wrong byte ${at}`,
      files: { 'roads.osm.pbf': damage(REAL_PBF, at) },
      says: ['roads.osm.pbf: ', blob, 'is damaged', DOWNLOAD],
    }),
  ),
  {
    name: 'a PBF file with something after its end',
    files: { 'roads.osm.pbf': Buffer.concat([roadsPbf(), Buffer.from('hello')]) },
    says: ['cut short or damaged at blob 3', DOWNLOAD],
  },
  {
    name: 'a web page saved as .osm.pbf',
    files: { 'roads.osm.pbf': HTML },
    says: ['roads.osm.pbf: this is a web page (HTML)', '<!DOCTYPE html>', 'download the file itself'],
  },
  {
    name: 'a CSV saved as .osm.pbf',
    files: { 'roads.osm.pbf': 'a;b\n1;2\n' },
    says: ['roads.osm.pbf: this is no OSM file', 'Give a .osm.pbf'],
  },
  ...(
    [
      ['in a way', roadsXml().length - 100, 'unclosed tag: way'],
      ['before its last tag', roadsXml().indexOf('</osm>'), 'unclosed tag: osm'],
    ] as const
  ).map(
    ([place, length, fault]): BadInput => ({
      name: `XML cut short ${place}`,
      files: {
        'etude.yaml': study({ roads: 'roads: [roads.osm]' }),
        'roads.osm': roadsXml().slice(0, length),
      },
      says: [
        `roads.osm:${roadsXml().slice(0, length).split('\n').length}: the XML is cut short`,
        fault,
        DOWNLOAD,
      ],
    }),
  ),
  {
    name: 'a gzip file cut short',
    files: {
      'etude.yaml': study({ roads: 'roads: [r.osm.gz]' }),
      'r.osm.gz': Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1]),
    },
    says: ['r.osm.gz: the compressed data is cut short', DOWNLOAD],
  },
  {
    name: 'an Overpass answer that timed out',
    files: {
      'etude.yaml': study({ roads: 'roads: [r.json]' }),
      'r.json': '{"remark":"runtime error: Query timed out","elements":[]}',
    },
    says: ['r.json: the Overpass answer is incomplete', 'Query timed out', 'Repeat the query'],
  },
];

const POPULATION: readonly BadInput[] = [
  {
    name: 'an empty grid',
    files: { 'homes.csv': '' },
    says: ['etude.yaml:6: population[0]: the file is empty', 'homes.csv'],
  },
  {
    name: 'a grid without rows',
    files: { 'homes.csv': `${HOMES[0]}\n` },
    says: ['homes.csv: no row of the grid is usable'],
  },
  {
    name: 'a web page saved as a grid',
    files: { 'homes.csv': HTML },
    says: ['homes.csv:1: the file is a web page (HTML)', 'download the file itself'],
  },
  {
    name: 'rows of the grid with another separator than the header',
    files: { 'homes.csv': homes((fields) => fields, ';') },
    says: ['homes.csv:2: no row has the 4 fields of the header', 'separates its columns by ","'],
  },
  {
    name: 'decimal commas between commas',
    files: {
      'homes.csv': homes((fields) => fields.map((field, i) => (i === 0 ? field : field.replace('.', ',')))),
    },
    says: ['homes.csv:2:', 'the first has 6', 'Decimal commas', 'separate them by ";"'],
  },
  {
    name: 'swapped lon and lat of homes',
    files: { 'homes.csv': homes(([id, lon, lat, people]) => [id!, lat!, lon!, people!]) },
    says: ['homes.csv:2: the columns of lon and lat look swapped', 'lon 47, lat 5', 'Exchange the names'],
  },
  {
    name: 'homes in another place than the roads',
    files: { 'homes.csv': homes(([id, lon, lat, people]) => [id!, Number(lon) - 6, lat!, people!]) },
    says: [
      'homes.csv: no cell lies on the roads read',
      'lon -1, lat 47',
      'roads from 5, 47',
      'Give the extract',
    ],
  },
  {
    name: 'homes in metres without a coordinate system',
    files: { 'homes.csv': 'x,y,population\n123,456,10\n' },
    says: ['homes.csv:1: the coordinate system of x and y is not given', 'population_crs'],
  },
  {
    name: 'a grid without a column of people',
    files: { 'homes.csv': HOMES.join('\n').replace('population', 'foyers') },
    says: ['homes.csv:1: the column of the population is missing', 'foyers', 'Name it population'],
  },
  {
    name: 'a population of zero',
    files: { 'homes.csv': homes(([id, lon, lat]) => [id!, lon!, lat!, 0]) },
    says: ['homes.csv: the population is zero in all 63 cells', 'Check that the column'],
  },
  {
    name: 'populations that are no numbers',
    files: { 'homes.csv': homes(([id, lon, lat]) => [id!, lon!, lat!, 'abc']) },
    says: ['homes.csv:2: no row of the grid is usable', 'abc'],
  },
  {
    name: 'negative populations',
    files: { 'homes.csv': homes(([id, lon, lat]) => [id!, lon!, lat!, -3]) },
    says: ['homes.csv:2: no row of the grid is usable', 'negative', '-3'],
  },
];

const STRUCTURE_LISTS: readonly BadInput[] = [
  {
    name: 'an empty list of structures',
    files: { 'structures.csv': '' },
    says: ['etude.yaml:8: structures[0]: the file is empty'],
  },
  {
    name: 'a list of structures without rows',
    files: { 'structures.csv': `${STRUCTURES[0]}\n` },
    says: ['structures.csv: the list holds no row', 'one structure a line'],
  },
  {
    name: 'structures with another separator than the header',
    files: { 'structures.csv': structures((row) => row.replaceAll(';', ',')) },
    says: ['structures.csv:2: no row has the 5 fields of the header', 'separates its columns by ";"'],
  },
  {
    name: 'structures separated by colons',
    files: { 'structures.csv': STRUCTURES.join('\n').replaceAll(';', ':') },
    says: ['structures.csv:1: the column of the id is missing', 'id:nom:type:lon:lat', 'Name it id'],
  },
  {
    name: 'decimal commas of structures between commas',
    files: { 'structures.csv': structures((row) => row.replaceAll('.', ',')).replaceAll(';', ',') },
    says: ['structures.csv:2:', 'Decimal commas'],
  },
  {
    name: 'swapped lon and lat of structures',
    files: { 'structures.csv': STRUCTURES.join('\n').replace('lon;lat', 'lat;lon') },
    says: [
      'structures.csv:2: the columns of lon and lat look swapped',
      'lon 47.0101, lat 5.0051',
      'Exchange the names',
    ],
  },
  {
    name: 'structures in another place than the roads',
    files: { 'structures.csv': structures((row) => row.replace(';5.', ';1.')) },
    says: ['structures.csv: no structure lies on the roads read', 'first at lon 1.0051', 'Give the extract'],
  },
  {
    name: 'structures without any position',
    files: { 'structures.csv': structures((row) => row.replace(/;5.*/, ';;')) },
    says: [
      'no structure with a usable position',
      '3 × structure-without-position, first structures.csv:2',
      'CCAS West has no position',
    ],
  },
  {
    name: 'structures without a column of longitude',
    files: { 'structures.csv': STRUCTURES.join('\n').replace(';lon;', ';long_itude;') },
    says: ['structures.csv:1: the column of the longitude', 'long_itude', 'Name it lon'],
  },
  withKey(
    'selection',
    'structures_selection: { types: [france-service] }',
    'a selection that leaves no structure',
    'etude.yaml:10: no structure is left after the selection',
    '3 of another type',
    'Widen structures_selection',
  ),
  {
    name: 'a list without an engaged structure',
    files: { 'structures.csv': 'id;nom;type;lon;lat;engagee\na;A;ccas-cias;5.005;47.01;non\n' },
    says: ['etude.yaml:8: no structure is left', '1 not engaged'],
  },
];

const wrapped = (feature: object, geometry: unknown) => collection({ ...feature, geometry });

const COMMUNES: readonly BadInput[] = [
  {
    name: 'an empty file of communes',
    files: { 'communes.geojson': '' },
    says: ['etude.yaml:7: communes[0]: the file is empty'],
  },
  {
    name: 'communes cut short',
    files: { 'communes.geojson': collection(WEST_COMMUNE).slice(0, 120) },
    says: ['communes.geojson:1: the file is not valid JSON', 'cut short'],
  },
  {
    name: 'a web page saved as communes',
    files: { 'communes.geojson': HTML },
    says: ['communes.geojson:1: the file is a web page (HTML)'],
  },
  {
    name: 'communes without features',
    files: { 'communes.geojson': collection() },
    says: ['communes.geojson: the file holds no feature'],
  },
  {
    name: 'communes that all lack their geometry',
    files: { 'communes.geojson': wrapped(WEST_COMMUNE, null) },
    says: ['communes.geojson: no feature of the file is a commune polygon', 'Polygon or MultiPolygon'],
  },
  {
    name: 'communes without codes',
    files: { 'communes.geojson': collection(WEST_COMMUNE, EAST_COMMUNE).replaceAll('"code"', '"ref"') },
    says: ['no feature of the file is a commune polygon', 'ref, nom, population', 'properties code and nom'],
  },
  {
    name: 'communes in another place than the roads',
    files: { 'communes.geojson': collection(commune('00001', 'Far', 1, 1.02)) },
    says: [
      'communes.geojson: no commune polygon lies on the roads read',
      'first at lon 1.02',
      'roads from 5, 47',
    ],
  },
  withKey(
    'departement',
    'departement: "71"',
    'polygons of another département',
    'communes.geojson: no polygon belongs to the département',
    '71',
    'The files hold communes of 00',
  ),
  withKey(
    'commune_codes',
    'commune_codes: ["00001", "12345"]',
    'a commune code that nobody knows',
    'etude.yaml:10: commune_codes names an unknown commune',
    '12345',
    'INSEE codes',
  ),
];

export const BAD_INPUTS: readonly BadInput[] = [...ROADS, ...POPULATION, ...STRUCTURE_LISTS, ...COMMUNES];
