import { gzipSync } from 'node:zlib';
import initSqlJs from 'sql.js';
import { afterAll, describe, expect, it } from 'vitest';
import { type GeoPackage, isGeoPackage, openGeoPackage } from '../../src/read/geopackage.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';
import { writeGeoPackage } from './written-geopackage.ts';

const write = useTempFiles();
const opened: GeoPackage[] = [];
afterAll(() => {
  for (const geoPackage of opened) geoPackage.close();
});

async function open(path: string): Promise<GeoPackage> {
  const geoPackage = await openGeoPackage(path);
  opened.push(geoPackage);
  return geoPackage;
}

const SQUARE: Array<[number, number]> = [
  [0, 0],
  [200, 0],
  [200, 200],
  [0, 200],
  [0, 0],
];
const square = (x: number, y: number) => SQUARE.map(([dx, dy]): [number, number] => [x + dx, y + dy]);

describe('GeoPackages', () => {
  it('lists the feature table with its columns and its declared system', async () => {
    const bytes = await writeGeoPackage({
      table: 'carreaux "200 m"',
      crs: ['EPSG', 2154],
      columns: { Nom: 'TEXT', ind: 'REAL' },
      rows: [{ values: ['Mâcon', 12.5], geometry: { type: 'Point', coordinates: [1, 2] } }],
    });
    const { tables } = await open(write('one.gpkg', bytes));
    expect(tables).toEqual([
      {
        name: 'carreaux "200 m"',
        columns: ['fid', 'Nom', 'ind'],
        geometryColumn: 'geom',
        geometryType: 'GEOMETRY',
        crs: 'EPSG:2154',
      },
    ]);
  });

  it('takes the system of the table, not of its id: a system of its own number is named by its organisation', async () => {
    const bytes = await writeGeoPackage({
      table: 'cells',
      crs: ['epsg', 2154],
      srsId: 100_000,
      columns: { id: 'TEXT' },
      rows: [],
    });
    expect((await open(write('own-srs.gpkg', bytes))).getTable().crs).toBe('EPSG:2154');
  });

  it('says that a table without a declared system has none', async () => {
    const bytes = await writeGeoPackage({
      table: 'cells',
      crs: ['NONE', 0],
      columns: { id: 'TEXT' },
      rows: [],
    });
    expect((await open(write('no-srs.gpkg', bytes))).getTable().crs).toBeUndefined();
  });

  it.each([
    ['a point', { type: 'Point' as const, coordinates: [700_000.25, 6_600_000] }],
    ['a polygon with a hole', { type: 'Polygon' as const, coordinates: [square(0, 0), square(10, 10)] }],
    ['several polygons', { type: 'MultiPolygon' as const, coordinates: [[square(0, 0)], [square(900, 0)]] }],
    ['a line', { type: 'LineString' as const, coordinates: [...SQUARE] }],
    ['several points', { type: 'MultiPoint' as const, coordinates: [...SQUARE] }],
  ])('decodes %s in both byte orders, with and without envelope and height', async (_, geometry) => {
    const rows = [true, false].flatMap((isLittleEndian) =>
      [true, false].flatMap((hasEnvelope) =>
        [true, false].map((hasHeight) => ({
          values: ['a'],
          geometry,
          isLittleEndian,
          hasEnvelope,
          hasHeight,
        })),
      ),
    );
    const bytes = await writeGeoPackage({
      table: 't',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT' },
      rows,
    });
    const geoPackage = await open(write(`${geometry.type}.gpkg`, bytes));
    const read = [...geoPackage.rows(geoPackage.getTable())].map((row) => row.geometry);
    expect(read).toEqual(new Array(8).fill(geometry));
  });

  it('leaves a geometry that is missing or cut short undefined', async () => {
    const bytes = await writeGeoPackage({
      table: 't',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT' },
      rows: [
        { values: ['none'], geometry: undefined },
        { values: ['cut'], geometry: { type: 'Polygon', coordinates: [square(0, 0)] }, keptBytes: 60 },
      ],
    });
    const geoPackage = await open(write('cut.gpkg', bytes));
    const rows = [...geoPackage.rows(geoPackage.getTable())];
    expect(rows.map(({ fid, attributes, geometry }) => [fid, attributes.id, geometry])).toEqual([
      [1, 'none', undefined],
      [2, 'cut', undefined],
    ]);
  });

  it('reads only the columns asked for, and the rows whose envelope meets the bounds', async () => {
    const at = (x: number, hasEnvelope: boolean) => ({
      values: [`x${x}`, x],
      geometry: { type: 'Polygon' as const, coordinates: [square(x, 0)] },
      hasEnvelope,
    });
    const bytes = await writeGeoPackage({
      table: 't',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT', x: 'REAL' },
      rows: [at(0, true), at(0, false), at(500, true), at(500, false), at(1_000, true), at(1_000, false)],
    });
    const geoPackage = await open(write('bounds.gpkg', bytes));
    const rows = geoPackage.rows(geoPackage.getTable(), {
      columns: ['id'],
      bounds: [400, 0, 600, 100],
    });
    expect([...rows].map(({ attributes }) => attributes)).toEqual([{ id: 'x500' }, { id: 'x500' }]);
  });

  it('reads one in a .gz, and tells it from a CSV', async () => {
    const bytes = await writeGeoPackage({
      table: 't',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT' },
      rows: [{ values: ['a'], geometry: { type: 'Point', coordinates: [1, 2] } }],
    });
    const path = write('t.gpkg.gz', gzipSync(bytes));
    const geoPackage = await open(path);
    expect([...geoPackage.rows(geoPackage.getTable())]).toHaveLength(1);
    expect(await isGeoPackage(path, ['.csv'])).toBe(true);
    expect(await isGeoPackage(write('t.csv', 'id,lon,lat\n'), ['.csv'])).toBe(false);
  });

  it('refuses a file that is no database, and a database that is no GeoPackage', async () => {
    const csv = await usageErrorOf(() => openGeoPackage(write('renamed.gpkg', 'id,lon,lat\n1,2,3\n')));
    expect(csv.message).toBe('the file is not a GeoPackage');
    const sql = await initSqlJs();
    const database = new sql.Database();
    database.run('CREATE TABLE t (a)');
    const plain = await usageErrorOf(() =>
      openGeoPackage(write('plain.gpkg', Buffer.from(database.export()))),
    );
    expect(plain.message).toBe('the file is an SQLite database, but no GeoPackage');
  });

  it('refuses a GeoPackage that is cut short, and names what it holds where no layer can be chosen', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => ({
      values: [`cell ${i}`],
      geometry: { type: 'Polygon' as const, coordinates: [square(i, i)] },
    }));
    const bytes = await writeGeoPackage({
      table: 't',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT' },
      rows,
    });
    const cut = await usageErrorOf(async () => {
      const geoPackage = await open(write('short.gpkg', bytes.subarray(0, bytes.length >> 1)));
      return [...geoPackage.rows(geoPackage.getTable())];
    });
    expect(cut.message).toMatch(/^the GeoPackage cannot be read/);
    const geoPackage = await open(write('whole.gpkg', bytes));
    const none = await usageErrorOf(() => geoPackage.getTable(({ columns }) => columns.includes('ind')));
    expect(none.describe()).toContain('no layer of this kind (value: "t")');
  });

  const corse = realData('corse/carr_corse_1km_2015_crs3035.gpkg');
  it.skipIf(corse === undefined)(`reads the real 1 km grid of Corsica (else: ${NO_REAL_DATA})`, async () => {
    const geoPackage = await open(corse!);
    const table = geoPackage.getTable();
    expect(table.crs).toBe('EPSG:3035');
    let people = 0;
    let count = 0;
    for (const { attributes, geometry } of geoPackage.rows(table, { columns: ['Ind'] })) {
      expect(geometry?.type).toBe('MultiPolygon');
      people += Number(attributes.Ind);
      count++;
    }
    expect([count, Math.round(people)]).toEqual([2_994, 270_859]);
  });
});
