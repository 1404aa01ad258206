import { describe, expect, it } from 'vitest';
import { distanceMeters } from '../../src/common/geo.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import { readCommunes } from '../../src/read/communes.ts';
import { parseCommuneCodes, parseGridId } from '../../src/read/filosofi.ts';
import { readPopulation } from '../../src/read/population.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

async function read(content: string, options = {}, notices = new NoticeList()) {
  return readPopulation([write('grid.csv', content)], options, notices);
}

describe('grids by lon and lat', () => {
  it('reads ids, positions and people in the order of the file', async () => {
    const cells = await read('id,lon,lat,population\nb,2.5,48.5,10.25\na,2.6,48.6,0\n', {
      cellSizeMeters: 200,
    });
    expect(cells.id).toEqual(['b', 'a']);
    expect([...cells.lon]).toEqual([2.5, 2.6]);
    expect([...cells.lat]).toEqual([48.5, 48.6]);
    expect([...cells.population]).toEqual([10.25, 0]);
    expect([...cells.sideMeters]).toEqual([200, 200]);
    expect(cells.imputed).toBeUndefined();
  });

  it('reads decimal commas where semicolons separate the columns', async () => {
    const cells = await read('lon;lat;population\n2,5;48,5;10,25\n');
    expect([cells.lon[0], cells.lat[0], cells.population[0]]).toEqual([2.5, 48.5, 10.25]);
  });

  it.each([
    ['a word for the population', 'x,2,48,many', 'cell-population-unreadable'],
    ['no population', 'x,2,48,', 'cell-population-unreadable'],
    ['fewer than no people', 'x,2,48,-1', 'cell-population-negative'],
    ['no position', 'x,,48,1', 'cell-position-unreadable'],
    ['a repeated id', 'a,2.1,48,1', 'cell-id-repeated'],
    ['a place off the Earth', 'x,2,480,1', 'cell-off-the-earth'],
  ])('leaves out a row with %s and says so', async (_, row, code) => {
    const notices = new NoticeList();
    const cells = await read(`id,lon,lat,population\na,2,48,5\n${row}\nb,2,48,7\n`, {}, notices);
    expect(cells.id).toEqual(['a', 'b']);
    expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(5 + 7);
    expect(notices.notices).toMatchObject([{ code, row: 3, action: 'row left out' }]);
  });

  it('refuses swapped columns by the bounds of the roads', async () => {
    const error = await usageErrorOf(() =>
      read('lon,lat,population\n48.85,2.35,5\n48.86,2.36,5\n', { bounds: [2, 48, 3, 49] }),
    );
    expect(error.message).toContain('swapped');
    expect(error.fields.line).toBe(2);
  });

  it('refuses swapped columns without bounds where a latitude passes the pole', async () => {
    const error = await usageErrorOf(() => read('lon,lat,population\n-30,-151.2,5\n-30.1,-151.3,5\n'));
    expect(error.message).toContain('swapped');
  });

  it('refuses a grid that lies elsewhere than the roads', async () => {
    const error = await usageErrorOf(() =>
      read('lon,lat,population\n2.35,48.85,5\n', { bounds: [-51.3, -30.2, -51, -30] }),
    );
    expect(error.message).toBe('no cell lies on the roads read');
  });

  it.each([
    ['no people at all', 'lon,lat,population\n2,48,0\n', 'zero in all 1 cells'],
    ['no column of people', 'lon,lat,nombre\n2,48,1\n', 'population is missing'],
    ['no position', 'nom,population\na,1\n', 'position'],
    ['no usable row', 'lon,lat,population\n2,48,x\n', 'not a number'],
    ['x and y without their system', 'x,y,population\n70000000,66000000,1\n', 'coordinate system'],
    [
      'an unknown system in every row',
      'x,y,crs,population\n1,2,EPSG:9999,1\n',
      'coordinate system is not known',
    ],
    ['a quoted comma that may be a thousand', 'lon,lat,population\n2,48,"1,234"\n', 'decimal or a thousand'],
    [
      'both commas and points',
      'lon;lat;population\n2;48;1.234\n2;48;12,5\n2;48;12.5\n',
      'decimal or a thousand',
    ],
  ])('refuses a grid with %s', async (_, content, words) => {
    expect((await usageErrorOf(() => read(content))).message).toContain(words);
  });

  it('adds several files up and keeps their ids apart', async () => {
    const notices = new NoticeList();
    const paths = [
      write('one.csv', 'id,lon,lat,pop\n1,2,48,5\n'),
      write('two.csv', 'id,lon,lat,pop\n1,3,48,7\n2,3,48,1\n'),
    ];
    const cells = await readPopulation(paths, {}, notices);
    expect(cells.id).toEqual(['1', 'two:1', '2']);
    expect([...cells.population]).toEqual([5, 7, 1]);
    expect(notices.notices.map((notice) => notice.code)).toEqual(['cell-ids-shared-by-files']);
  });
});

describe('projected grids', () => {
  // The origin of each system, by its definition.
  it.each([
    ['EPSG:3035', 4321000, 3210000, 10, 52],
    ['EPSG:2154', 700000, 6600000, 3, 46.5],
    ['EPSG:2975', 500000, 10000000, 57, 0],
    ['EPSG:5490', 500000, 0, -63, 0],
    ['EPSG:3857', 0, 0, 0, 0],
    ['EPSG:3946', 1700000, 5200000, 3, 46],
    ['EPSG:32631', 500000, 0, 3, 0],
  ])('%s %d, %d lies at %d, %d', async (crs, x, y, lon, lat) => {
    const withColumn = await read(`x,y,crs,population\n${x},${y},${crs},1\n`);
    const withOption = await read(`x,y,population\n${x},${y},1\n`, { crs });
    expect(distanceMeters(withColumn.lon[0], withColumn.lat[0], lon, lat)).toBeLessThan(0.01);
    expect([withOption.lon[0], withOption.lat[0]]).toEqual([withColumn.lon[0], withColumn.lat[0]]);
  });
});

describe('the Filosofi grid', () => {
  const id = 'CRS3035RES200mN2029400E4259000';

  it.each([
    [
      '2021',
      `idcar_200m,idcar_1km,i_est_200,lcog_geo,ind,men\n${id},CRS3035RES1000mN2029000E4259000,1,"2A041,2A247",3.5,1\n`,
    ],
    ['2015', `IdINSPIRE,Id_carr1km,I_est_cr,Depcom,Ind,Men\n${id},x,1,2A041,3.5,1\n`],
    ['2019, padded', `idcar_200m;i_est_200;lcog_geo;ind\n${id.replace('E425', 'E0425')};1;2A0412A247;3,5\n`],
  ])('reads the header of %s and places the cell at its centre', async (_, content) => {
    const cells = await read(content);
    const centre = await read(`x,y,crs,population\n${4259000 + 100},${2029400 + 100},EPSG:3035,1\n`);
    expect([cells.lon[0], cells.lat[0]]).toEqual([centre.lon[0], centre.lat[0]]);
    expect(cells.sideMeters[0]).toBe(200);
    expect(cells.population[0]).toBe(3.5);
    expect(cells.communeCodes[0]?.[0]).toBe('2A041');
    expect([...cells.imputed!]).toEqual([1]);
  });

  it.each([
    ['Martinique', 'CRS5490RES200mN1620000E710000', -61.04, 14.65],
    ['Réunion', 'CRS2975RES200mN7650000E340000', 55.45, -21.25],
  ])('takes the system from the id in %s', async (_, overseasId, lon, lat) => {
    const cells = await read(`idcar_200m,ind\n${overseasId},1\n`);
    expect(distanceMeters(cells.lon[0], cells.lat[0], lon, lat)).toBeLessThan(5000);
  });

  it('keeps the cells that touch the territory and counts the others', async () => {
    const notices = new NoticeList();
    const cells = await read(
      `idcar_200m,lcog_geo,ind\n${id},71270,1\n${id.replace('9400', '9600')},"71131,21001",2\n${id.replace('9400', '9800')},21001,4\n`,
      {
        communeCodes: new Set(['71270', '71566']),
        currentCode: (code: string) => (code === '71131' ? '71566' : code),
      },
      notices,
    );
    expect([...cells.population]).toEqual([1, 2]);
    expect(cells.communeCodes[1]).toEqual(['71566', '21001']);
    expect(notices.notices[0]).toMatchObject({
      code: 'cells-of-other-territories',
      message: expect.stringContaining('1 cells'),
    });
  });

  it.each([
    ['2A041', ['2A041']],
    ['2A041,2A247', ['2A041', '2A247']],
    ['2A0412A247', ['2A041', '2A247']],
    ['2A041 2A041', ['2A041']],
    ['', undefined],
  ])('reads the communes %j', (text, codes) => {
    expect(parseCommuneCodes(text)).toEqual(codes);
  });

  it.each(['', 'CRS3035RES200mE1N2', '12', 'CRS3035RES200mN1'])('knows that %j is no cell', (text) => {
    expect(parseGridId(text)).toBeUndefined();
  });
});

describe('real grids', () => {
  const corsica = realData('communes/communes-2A.geojson');
  it.skipIf(corsica === undefined)(
    `a cell of Bonifacio and Porto-Vecchio lies in one of the two (${NO_REAL_DATA})`,
    async () => {
      const cells = await read('idcar_200m,lcog_geo,ind\nCRS3035RES200mN2029400E4259000,"2A041,2A247",1\n');
      const { communes } = await readCommunes([corsica!], {}, new NoticeList());
      const index = buildCommuneIndex(communes);
      const found = communes[index.findNearest(cells.lon[0], cells.lat[0], 2000)].code;
      expect(cells.communeCodes[0]).toContain(found);
    },
  );

  const porto = realData('porto-alegre/poa_hexgrid.csv');
  it.skipIf(porto === undefined)(`Porto Alegre has 812 935 people (${NO_REAL_DATA})`, async () => {
    const notices = new NoticeList();
    const cells = await readPopulation([porto!], { bounds: [-51.3, -30.3, -51, -29.9] }, notices);
    expect(cells.count).toBe(1227);
    expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(812_935);
    expect(notices.notices.map(({ code }) => code)).toEqual(['columns-not-used']);
  });
});
