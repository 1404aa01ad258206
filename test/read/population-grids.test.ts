/** The official grids as they are published: vintages, wrappers, GeoPackages, and the study's part of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../scripts/lib/write-zip.ts';
import { makeNationalGrid } from '../../scripts/make-national-grid.ts';
import { distanceMeters } from '../../src/common/geo.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { readPopulation } from '../../src/read/population.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';
import { writeGeoPackage } from './written-geopackage.ts';

const write = useTempFiles();
const folder = mkdtempSync(join(tmpdir(), 'maillage-grid-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ID = 'CRS3035RES200mN2029400E4259000';
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const codesOf = (notices: NoticeList): string[] => notices.notices.map(({ code }) => code);

describe('the headers of the vintages', () => {
  const counts = 'men,men_pauv,ind_0_3,ind_4_5,ind_6_10,ind_11_17,ind_65_79,ind_80p';
  const row = '10.5,2.5,1,0.5,2,1.5,4,3';
  const capitalised = counts.replaceAll('men', 'Men').replaceAll('ind', 'Ind');
  it.each([
    ['2015', `IdINSPIRE,Id_carr1km,I_est_cr,Depcom,Ind,${capitalised}\n${ID},x,1,2A041,30.5,${row}\n`],
    [
      '2017',
      `Idcar_200m,Idcar_1km,Groupe,I_est_200,Lcog_geo,Ind,${capitalised}\n${ID},x,7,1,2A041,30.5,${row}\n`,
    ],
    ['2019', `idcar_200m,idcar_1km,i_est_200,lcog_geo,ind,${counts}\n${ID},x,1,2A041,30.5,${row}\n`],
    ['2021', `idcar_200m,i_est_200,i_est_1km,lcog_geo,ind,${counts}\n${ID},1,0,"2A041",30.5,${row}\n`],
    [
      '2021, from Excel',
      `\ufeffidcar_200m;i_est_200;lcog_geo;ind;${counts.replaceAll(',', ';')}\r\n${ID};1;2A041;30,5;${row.replaceAll(',', ';').replaceAll('.', ',')}\r\n`,
    ],
  ])('%s', async (_, content) => {
    const cells = await readPopulation([write('grid.csv', content)], {}, new NoticeList());
    expect([cells.count, cells.population[0], cells.communeCodes[0]]).toEqual([1, 30.5, ['2A041']]);
    expect([...cells.imputed!]).toEqual([1]);
    expect(cells.segments).toEqual({
      households: Float64Array.of(10.5),
      poorHouseholds: Float64Array.of(2.5),
      under18: Float64Array.of(1 + 0.5 + 2 + 1.5),
      from65: Float64Array.of(4 + 3),
      from80: Float64Array.of(3),
    });
  });

  it('has no segments without their columns, and unknown ones in a grid that lacks them', async () => {
    const bare = write('bare.csv', 'id,lon,lat,population\na,9,42,1\n');
    expect((await readPopulation([bare], {}, new NoticeList())).segments).toBeUndefined();
    const full = write('full.csv', `idcar_200m,ind,men\n${ID},2,1\n`);
    const { segments } = await readPopulation([bare, full], {}, new NoticeList());
    expect(segments).toEqual({ households: Float64Array.of(Number.NaN, 1) });
  });

  it('reads a count that is no number as unknown, and says so', async () => {
    const notices = new NoticeList();
    const path = write('segment.csv', `idcar_200m,ind,men,men_pauv\n${ID},2,1,s\n`);
    const { segments } = await readPopulation([path], {}, notices);
    expect(segments).toEqual({ households: Float64Array.of(1) });
    expect(notices.notices).toMatchObject([{ code: 'cell-segment-unreadable', row: 2, value: 's' }]);
  });
});

describe('the wrappers', () => {
  const csv = (north: number, people: number) =>
    Buffer.from(`idcar_200m,lcog_geo,ind\nCRS3035RES200mN${north}E4259000,2A041,${people}\n`);

  it('reads every grid of a zip and leaves the notes beside them', async () => {
    const notices = new NoticeList();
    const zip = await writeZip([
      { name: 'carreaux/met.csv', bytes: csv(2029400, 5) },
      { name: 'carreaux/autre.csv', bytes: csv(2029600, 7) },
      { name: 'lisez-moi.txt', bytes: Buffer.from('Une ligne par carreau.\n') },
      { name: 'documentation.pdf', bytes: Buffer.from('%PDF') },
    ]);
    const cells = await readPopulation([write('grids.zip', zip)], {}, notices);
    expect([...cells.population]).toEqual([5, 7]);
    expect(notices.notices).toMatchObject([{ code: 'zip-entries-left-out', value: 'lisez-moi.txt' }]);
  });

  it('does not count a grid twice that a zip holds in two formats', async () => {
    const bytes = await writeGeoPackage({
      table: 'g',
      crs: ['EPSG', 3035],
      columns: { ind: 'REAL' },
      rows: [{ values: [5], geometry: { type: 'Point', coordinates: [4259100, 2029500] } }],
    });
    const zip = await writeZip([
      { name: 'met.gpkg', bytes },
      { name: 'met.csv', bytes: csv(2029400, 5) },
    ]);
    const cells = await readPopulation([write('two.zip', zip)], {}, new NoticeList());
    expect([...cells.population]).toEqual([5]);
  });

  it('reads a .gz, and refuses a zip without any grid', async () => {
    const cells = await readPopulation([write('g.csv.gz', gzipSync(csv(2029400, 5)))], {}, new NoticeList());
    expect([...cells.population]).toEqual([5]);
    const zip = await writeZip([
      { name: 'a.csv', bytes: Buffer.from('nom,valeur\na,1\n') },
      { name: 'b.csv', bytes: Buffer.from('nom,valeur\na,1\n') },
    ]);
    const error = await usageErrorOf(() => readPopulation([write('n.zip', zip)], {}, new NoticeList()));
    expect(error.describe()).toContain('holds no population grid (value: "a.csv, b.csv")');
  });

  it('says that grids of two sides may count people twice', async () => {
    const notices = new NoticeList();
    const paths = [
      write('200.csv', csv(2029400, 5)),
      write('1000.csv', 'idcar_1km,ind\nCRS3035RES1000mN2029000E4259000,5\n'),
    ];
    await readPopulation(paths, {}, notices);
    expect(codesOf(notices)).toEqual(['grids-of-several-sides']);
  });
});

describe('the study’s part of a grid', () => {
  it('is what a reading of the whole would keep of a département, quoted lists and cut chunks included', async () => {
    const codes = ['71001', '71002', '71270', '21001', '2A004', '2A041'];
    const path = await makeNationalGrid({ out: folder, rows: 550, codes });
    const all = await readPopulation([path], {}, new NoticeList());
    const territory = new Set(['71270', '2A004']);
    const notices = new NoticeList();
    const part = await readPopulation([path], { communeCodes: territory }, notices);
    const expected = [...all.id.keys()].filter((cell) =>
      all.communeCodes[cell]!.some((code) => territory.has(code)),
    );
    expect(all.count).toBe(550);
    expect(part.id).toEqual(expected.map((cell) => all.id[cell]));
    expect([...part.population]).toEqual(expected.map((cell) => all.population[cell]));
    expect(part.communeCodes.some((list) => list!.length === 2)).toBe(true);
    expect(notices.notices).toContainEqual(
      expect.objectContaining({
        code: 'cells-of-other-territories',
        message: `${550 - part.count} cells belong to communes outside the territory`,
      }),
    );
  });

  it('skips a row whose later fields hide a line end in quotes, and keeps counting lines', async () => {
    const path = write(
      'quoted.csv',
      'lcog_geo,note,idcar_200m,ind\n21001,"two\nlines",x,1\n71270,b,CRS3035RES200mN2029400E4259000,2\n71270,c,bad,3\n',
    );
    const notices = new NoticeList();
    const cells = await readPopulation([path], { communeCodes: new Set(['71270']) }, notices);
    expect([...cells.population]).toEqual([2]);
    expect(notices.notices.map(({ code, row }) => [code, row])).toEqual([
      ['columns-not-used', undefined],
      ['cell-id-unreadable', 5],
      ['cells-of-other-territories', undefined],
    ]);
  });

  it('goes by the bounds of the polygons where the grid names no commune, with room for the nearest', async () => {
    // Some 1.1 km, 5.6 km and 80 km west of the bounds.
    const bounds = [9.1, 41.3, 9.3, 41.6] as const;
    const lonlat = write('l.csv', 'lon,lat,population\n9.2,41.5,1\n9.087,41.5,2\n9.03,41.5,4\n8.1,41.5,8\n');
    const notices = new NoticeList();
    const cells = await readPopulation([lonlat], { territoryBounds: bounds }, notices);
    expect([...cells.population]).toEqual([1, 2]);
    expect(notices.notices[0].message).toContain('2 cells');
    const grid = write(
      'g.csv',
      `idcar_200m,ind\n${ID},1\nCRS3035RES200mN2029400E4159000,2\nCRS3035RES200mN2229400E4259000,4\n`,
    );
    const near = await readPopulation([grid], { territoryBounds: bounds }, new NoticeList());
    expect([...near.population]).toEqual([1]);
  });

  it('refuses grids of which no cell is the territory’s', async () => {
    const error = await usageErrorOf(() =>
      readPopulation(
        [write('far.csv', `idcar_200m,lcog_geo,ind\n${ID},2A041,1\n`)],
        { communeCodes: new Set(['71270']) },
        new NoticeList(),
      ),
    );
    expect(error.message).toBe('no cell of the grid belongs to the territory');
  });

  it('reads a commune code that a spreadsheet took for a number', async () => {
    const path = write('zero.csv', `idcar_200m,lcog_geo,ind\n${ID},1004,1\n`);
    const cells = await readPopulation([path], { communeCodes: new Set(['01004']) }, new NoticeList());
    expect(cells.communeCodes[0]).toEqual(['01004']);
  });
});

describe('GeoPackage grids', () => {
  const square = (x: number, y: number, side: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
        [x, y],
      ],
    ],
  });

  it('stand where the declared system says, whatever the id', async () => {
    // The origin of Lambert-93 is 3 E, 46.5 N; the id alone would put the cell in Corsica.
    const bytes = await writeGeoPackage({
      table: 'c',
      crs: ['EPSG', 2154],
      columns: { Idcar_1km: 'TEXT', Ind: 'REAL', Men: 'REAL', I_est_1km: 'INTEGER', lcog_geo: 'TEXT' },
      rows: [
        {
          values: ['CRS3035RES1000mN2029000E4259000', 12.5, 5, 1, '03001,03002'],
          geometry: square(700_000 - 500, 6_600_000 - 500, 1000),
        },
      ],
    });
    const cells = await readPopulation([write('lambert.gpkg', bytes)], {}, new NoticeList());
    expect(distanceMeters(cells.lon[0], cells.lat[0], 3, 46.5)).toBeLessThan(0.01);
    expect([cells.sideMeters[0], cells.population[0], cells.imputed![0]]).toEqual([1000, 12.5, 1]);
    expect(cells.communeCodes[0]).toEqual(['03001', '03002']);
    expect(cells.segments).toEqual({ households: Float64Array.of(5) });
  });

  it.each([
    ['metres', 3035, square(4_259_000, 2_029_400, 250), 250],
    ['degrees', 4326, square(9.2, 41.5, 0.01), Math.sqrt(1111.95 ** 2 * Math.cos((41.505 * Math.PI) / 180))],
  ])('take the side from the geometry, in %s', async (_, epsg, geometry, side) => {
    const rows = [{ values: ['a', 3], geometry }];
    const bytes = await writeGeoPackage({
      table: 'c',
      crs: ['EPSG', epsg],
      columns: { id: 'TEXT', population: 'REAL' },
      rows,
    });
    const cells = await readPopulation([write(`side-${epsg}.gpkg`, bytes)], {}, new NoticeList());
    expect(cells.sideMeters[0]).toBeCloseTo(side, 0);
  });

  it('go by the ids where no system is declared, and are refused where neither tells', async () => {
    const at = (id: string) =>
      writeGeoPackage({
        table: 'c',
        crs: ['NONE', 0],
        columns: { idcar_200m: 'TEXT', ind: 'REAL' },
        rows: [{ values: [id, 3], geometry: square(0, 0, 200) }],
      });
    const cells = await readPopulation([write('ids.gpkg', await at(ID))], {}, new NoticeList());
    const csv = await readPopulation([write('i.csv', `idcar_200m,ind\n${ID},3\n`)], {}, new NoticeList());
    expect([cells.lon[0], cells.lat[0]]).toEqual([csv.lon[0], csv.lat[0]]);
    const path = write('none.gpkg', await at('a'));
    const error = await usageErrorOf(() => readPopulation([path], {}, new NoticeList()));
    expect(error.message).toBe('the GeoPackage declares no coordinate system');
  });

  it('leave out rows without people, place or with a repeated id, each with its notice', async () => {
    const bytes = await writeGeoPackage({
      table: 'c',
      crs: ['EPSG', 3035],
      columns: { id: 'TEXT', ind: 'REAL' },
      rows: [
        { values: ['a', 3], geometry: square(4_259_000, 2_029_400, 200) },
        { values: ['b', null], geometry: square(4_259_200, 2_029_400, 200) },
        { values: ['c', -1], geometry: square(4_259_400, 2_029_400, 200) },
        { values: ['d', 4], geometry: undefined },
        { values: ['a', 5], geometry: square(4_259_600, 2_029_400, 200) },
      ],
    });
    const notices = new NoticeList();
    const cells = await readPopulation([write('defects.gpkg', bytes)], {}, notices);
    expect(sum(cells.population)).toBe(3);
    expect(notices.notices.map(({ code, row, id }) => [code, row, id])).toEqual([
      ['cell-population-unreadable', 2, 'b'],
      ['cell-population-negative', 3, 'c'],
      ['cell-position-unreadable', 4, 'd'],
      ['cell-id-repeated', 5, 'a'],
    ]);
  });
});

describe('the generated national grid', () => {
  it('is the same for the same seed, and fills its rows', async () => {
    const make = async (out: string) =>
      readFileSync(await makeNationalGrid({ out: join(folder, out), rows: 90, codes: ['01001', '01002'] }));
    const read = async (out: string) => {
      await make(out);
      return readPopulation([join(folder, out, 'carreaux_200m.zip')], {}, new NoticeList());
    };
    const [a, b] = [await read('a'), await read('b')];
    expect(a.count).toBe(90);
    expect(a).toEqual(b);
  });
});
