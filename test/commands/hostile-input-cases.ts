/** Inputs that are damaged or made to do harm -> what each is refused with; small studies, as `bad-input-cases.ts`. */
import { gzipSync } from 'node:zlib';
import { FREE_BYTES } from '../../src/read/unpack-limits.ts';
import { withField, withName, withWrongChecksum, zipOf } from '../read/hostile-zips.ts';
import type { BadInput } from './bad-input-cases.ts';
import { HOMES, type StudyFiles, study } from './small-study.ts';

const GRID = `${HOMES.join('\n')}\n`;
const ENCRYPTED = 0x0801;

function zipped(bytes: Buffer): StudyFiles {
  return { 'etude.yaml': study({ population: 'population: [homes.zip]' }), 'homes.zip': bytes };
}

function communes(geometry: unknown): StudyFiles {
  const feature = { type: 'Feature', properties: { code: '00001', nom: 'A' }, geometry };
  return { 'communes.geojson': JSON.stringify({ type: 'FeatureCollection', features: [feature] }) };
}

/** The homes with the people of the third replaced. */
function people(text: string): StudyFiles {
  const rows = HOMES.map((row, at) => (at === 3 ? row.replace(/,[^,]*$/, `,${text}`) : row));
  return { 'homes.csv': `${rows.join('\n')}\n` };
}

const GEOMETRIES: ReadonlyArray<readonly [string, unknown, string]> = [
  ['without anything', {}, 'no type that GeoJSON knows'],
  ['that is a word', 'POLYGON', 'the geometry is no object'],
  ['of words', { type: 'Polygon', coordinates: [['5.0 47.0', '5.1 47.0']] }, 'not those of a Polygon'],
  ['with words for numbers', { type: 'Polygon', coordinates: [[['5', '47']]] }, 'not those of a Polygon'],
  ['that is one word', { type: 'Polygon', coordinates: '5 47, 5.1 47' }, 'no list of coordinates'],
  ['that is a flat list', { type: 'Polygon', coordinates: [5, 47, 5.1, 47] }, 'not those of a Polygon'],
  [
    'of a ring in place of rings',
    {
      type: 'Polygon',
      coordinates: [
        [5, 47],
        [5.1, 47],
      ],
    },
    'not those of a Polygon',
  ],
  ['one list too deep', { type: 'Polygon', coordinates: [[[[5, 47]]]] }, 'not those of a Polygon'],
  ['of another type', { type: 'Polygone', coordinates: [[[5, 47]]] }, 'no type that GeoJSON knows'],
  ['of a collection without parts', { type: 'GeometryCollection' }, 'no list of geometries'],
];

export const HOSTILE_INPUTS: readonly BadInput[] = [
  ...GEOMETRIES.map(([name, geometry, says]) => ({
    name: `a geometry ${name}`,
    files: communes(geometry),
    says: ['communes.geojson: feature 1: ', says, 'RFC 7946'],
  })),
  {
    name: 'features that are none',
    files: { 'communes.geojson': '{"type":"FeatureCollection","features":[null]}' },
    says: ['communes.geojson: feature 1: it is no feature'],
  },
  ...['1e309', '1e20', '9'.repeat(400), '50000000'].map((text) => ({
    name: `a home of ${text.slice(0, 8)} people`,
    files: people(text),
    says: ['homes.csv:4: the population is more than any place holds', 'correct the number'],
  })),
  {
    name: 'an encrypted grid',
    files: zipped(withField(zipOf('homes.csv', GRID), 'flags', ENCRYPTED)),
    says: ['homes.zip/homes.csv: ', 'encrypted', 'password'],
  },
  {
    name: 'a grid whose checksum fails',
    files: zipped(withWrongChecksum(zipOf('homes.csv', GRID))),
    says: ['homes.zip/homes.csv: ', 'CRC-32', 'download it again'],
  },
  {
    name: 'a grid whose size lies',
    files: zipped(withField(zipOf('homes.csv', GRID), 'unpackedBytes', 10)),
    says: ['homes.zip', 'archive says 10'],
  },
  {
    name: 'a grid above its folder',
    files: zipped(withName(zipOf('aa/homes.csv', GRID), 'aa/', '../')),
    says: ['homes.zip: ', 'leads out of its folder', '../homes.csv'],
  },
  {
    name: 'a bomb in a zip',
    files: zipped(zipOf('homes.csv', '\n'.repeat(FREE_BYTES + 1))),
    says: ['homes.zip/homes.csv: ', 'unpacks to more than'],
  },
  {
    name: 'a bomb in a gzip',
    files: { 'homes.csv': gzipSync(Buffer.alloc(FREE_BYTES + 1, '0')) },
    says: ['homes.csv:1: a line is longer than 4 MB'],
  },
  {
    name: 'a grid packed twice',
    files: { 'homes.csv': gzipSync(gzipSync(GRID)) },
    says: ['homes.csv: the file is packed twice'],
  },
  {
    name: 'a grid in UTF-32',
    files: { 'homes.csv': Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(GRID, 'utf16le')]) },
    says: ['homes.csv: the file is text in UTF-32', 'UTF-8'],
  },
];
