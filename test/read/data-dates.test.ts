/** What day a file says its data are of; its time of saving never counts. */
import { utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { writeZip } from '../../scripts/lib/write-zip.ts';
import { type DatedRole, findStatedDate } from '../../src/read/data-dates.ts';
import { useTempFiles } from './temp-files.ts';
import { writeGeoPackage } from './written-geopackage.ts';

const write = useTempFiles();
const LATEST = '2026-12-31';

const NODE = { nodes: [{ id: 1, lon: 3, lat: 46 }], ways: [], relations: [] };
const STREET = {
  nodes: [NODE.nodes[0]!, { id: 2, lon: 3.1, lat: 46 }],
  ways: [{ id: 1, refs: [1, 2], tags: { highway: 'residential' } }],
  relations: [],
};
const seconds = (date: string): number => Date.parse(`${date}T12:00:00Z`) / 1000;
const pbf = (...options: Parameters<typeof encodePbf>): Buffer => Buffer.from(encodePbf(...options));

/** A header with the date, elements without; or elements with it (`metadata`) and the header's field taken out. */
const headed = (date: string): Buffer => pbf(STREET, { timestampSeconds: seconds(date) });
function edited(date: string, denseNodes = true): Buffer {
  const options = {
    timestampSeconds: seconds(date),
    metadata: true,
    compression: 'raw',
    denseNodes,
  } as const;
  const bytes = pbf(STREET, options);
  // Field 32 of the header block (key 0x80 0x02) becomes field 33, which says nothing.
  const at = bytes.indexOf(Buffer.from([0x80, 0x02]));
  bytes[at] = 0x88;
  return bytes;
}

const XML = (root: string, inside: string): string =>
  `<?xml version="1.0"?>\n<osm version="0.6"${root}>${inside}<node id="1" lat="46" lon="3"/></osm>`;
const CSV = (header: string, ...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;

it.each<[what: string, role: DatedRole, name: string, content: string | Buffer, date: string | undefined]>([
  ['a PBF header', 'roads', 'a.osm.pbf', headed('2026-01-05'), '2026-01-05'],
  ['a PBF header, older than its name', 'roads', 'b-260301.osm.pbf', headed('2026-01-05'), '2026-03-01'],
  ['a PBF name alone', 'roads', 'c-260301.osm.pbf', pbf(STREET), '2026-03-01'],
  ['the edits of dense nodes and ways', 'roads', 'd.osm.pbf', edited('2025-06-02'), '2025-06-02'],
  ['the edits of plain nodes', 'roads', 'e.osm.pbf', edited('2025-06-02', false), '2025-06-02'],
  ['nothing in a PBF', 'roads', 'f.osm.pbf', pbf(STREET), undefined],
  ['the root of XML', 'roads', 'g.osm', XML(' timestamp="2025-02-03T04:05:06Z"', ''), '2025-02-03'],
  ['Overpass XML', 'roads', 'h.osm', XML('', '<meta osm_base="2025-02-04T04:05:06Z"/>'), '2025-02-04'],
  [
    'the newest edit of XML',
    'roads',
    'i.osm',
    XML(
      '',
      '<node id="2" timestamp="2024-05-06T00:00:00Z"/><way id="1" timestamp="2024-09-01T00:00:00Z"/><node id="3" timestamp="2099-01-01T00:00:00Z"/>',
    ),
    '2024-09-01',
  ],
  ['XML in gzip', 'roads', 'j.osm.gz', gzipSync(XML(' timestamp="2025-02-03T04:05:06Z"', '')), '2025-02-03'],
  [
    'Overpass JSON',
    'roads',
    'k.json',
    '{"version":0.6,"osm3s":{"timestamp_osm_base":"2026-04-05T06:07:08Z"},"elements":[]}',
    '2026-04-05',
  ],
  [
    'the edits of Overpass JSON',
    'roads',
    'l.json',
    '{"elements":[{"type":"node","id":1,"timestamp":"2023-04-05T06:07:08Z"}]}',
    '2023-04-05',
  ],
  [
    'a list’s column of publication, newest row',
    'structures',
    'm.csv',
    CSV('id;nom;date_maj', '1;A;2025-03-01', '2;B;15/04/2025', '3;C;'),
    '2025-04-15',
  ],
  [
    'other headings of publication',
    'structures',
    'n.csv',
    CSV('id,nom,Date de dernière mise à jour', '1,A,2025-03-02'),
    '2025-03-02',
  ],
  ['an English heading', 'structures', 'o.csv', CSV('id,nom,Last updated', '1,A,2025-03-03'), '2025-03-03'],
  ['a vintage', 'structures', 'p.csv', CSV('id,nom,millesime', '1,A,2024'), '2024-01-01'],
  [
    'no date of engagement or charter',
    'structures',
    'q.csv',
    CSV('id;nom;date_engagement;date_charte;date_creation', '1;A;2025-03-01;2025-03-01;2025-03-01'),
    undefined,
  ],
  [
    'GeoJSON as a whole',
    'structures',
    'r.geojson',
    '{"type":"FeatureCollection","timestamp":"2025-07-08T00:00:00Z","features":[]}',
    '2025-07-08',
  ],
  [
    'GeoJSON by its features, never their engagement',
    'structures',
    's.geojson',
    '{"type":"FeatureCollection","features":[{"properties":{"date_engagement":"2026-01-01","dateMiseAJour":"2025-07-09"}}]}',
    '2025-07-09',
  ],
  [
    'the annuaire',
    'structures',
    't.json',
    '{"service":[{"id":"1","date_modification":"18/09/2025 10:51:28"}]}',
    '2025-09-18',
  ],
  [
    'a list out of OpenStreetMap',
    'structures',
    'u.osm',
    XML('', '<meta osm_base="2025-02-04T04:05:06Z"/>'),
    '2025-02-04',
  ],
  ['the name of a grid', 'population', 'carreaux_200m_2021.csv', 'x,y,population\n1,2,3\n', '2021-01-01'],
  [
    'the name inside a zip',
    'population',
    'carreaux.zip',
    await writeZip([
      { name: 'Filosofi2019_carreaux_200m.csv', bytes: Buffer.from('x,y,population\n1,2,3\n') },
    ]),
    '2019-01-01',
  ],
  [
    'GeoJSON with cells',
    'population',
    'v.geojson',
    '{"type":"FeatureCollection","timestamp":"2025-07-08","features":[]}',
    '2025-07-08',
  ],
  [
    'the last change of a GeoPackage',
    'population',
    'carreaux.gpkg',
    await writeGeoPackage({
      table: 'carreaux',
      crs: ['EPSG', 2154],
      columns: { ind: 'REAL' },
      rows: [],
      lastChange: '2024-03-12T09:30:00.000Z',
    }),
    '2024-03-12',
  ],
  ['an empty file', 'structures', 'w-20250301.csv', '', '2025-03-01'],
  ['a broken file', 'roads', 'x-250301.osm.pbf', 'no PBF at all', '2025-03-01'],
])('reads %s', async (_, role, name, content, date) => {
  const path = write(name, content);
  utimesSync(path, new Date('2026-05-06'), new Date('2026-05-06'));
  expect(await findStatedDate(path, role, LATEST)).toEqual({ date, disbelieved: undefined });
});

it('a file that is not there says nothing but its name', async () => {
  expect(await findStatedDate('/nowhere/liste-20250301.csv', 'structures', LATEST)).toEqual({
    date: '2025-03-01',
    disbelieved: undefined,
  });
});

it.each<[role: DatedRole, name: string, content: string | Buffer, disbelieved: string]>([
  ['roads', 'late.osm.pbf', headed('2099-01-01'), '2099-01-01'],
  ['roads', 'early.osm.pbf', headed('1970-01-02'), '1970-01-02'],
  ['structures', 'late.csv', CSV('id,nom,date_maj', '1,A,2099-12-31'), '2099-12-31'],
  ['structures', 'early.csv', CSV('id,nom,date_maj', '1,A,1970-01-01'), '1970-01-01'],
])('does not believe what %s %s says', async (role, name, content, disbelieved) => {
  expect(await findStatedDate(write(name, content), role, LATEST)).toEqual({ date: undefined, disbelieved });
});

it('believes the rows that can be, beside one that cannot', async () => {
  const path = write('mixed.csv', CSV('id,nom,date_maj', '1,A,2099-12-31', '2,B,2025-05-06'));
  expect((await findStatedDate(path, 'structures', LATEST)).date).toBe('2025-05-06');
});
