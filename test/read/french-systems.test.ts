import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPointTable } from '../../src/commands/point-table.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { findSystem } from '../../src/read/french-systems.ts';
import { readGtfs } from '../../src/read/gtfs/read-gtfs.ts';
import { readPopulation } from '../../src/read/population.ts';
import type { Bounds } from '../../src/read/positions.ts';
import { buildProjection, buildUnprojection, findEpsg } from '../../src/read/projections.ts';
import { readStructures } from '../../src/read/structures.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

describe('the definitions of French systems', () => {
  it.each([
    // Origins, which the systems are defined by.
    [2154, 700_000, 6_600_000, 3, 46.5],
    [9794, 700_000, 6_600_000, 3, 46.5],
    [3946, 1_700_000, 5_200_000, 3, 46],
    [9826, 1_700_000, 5_200_000, 3, 46],
    [9846, 1_700_000, 5_200_000, 3, 46],
    [5490, 500_000, 0, -63, 0],
    [4559, 500_000, 0, -63, 0],
    [2972, 500_000, 0, -51, 0],
    [2975, 500_000, 10_000_000, 57, 0],
    [4471, 500_000, 10_000_000, 45, 0],
    [4467, 500_000, 0, -57, 0],
    [3035, 4_321_000, 3_210_000, 10, 52],
    [3857, 0, 0, 0, 0],
    // The meridian of Paris at 52 grades, NTF: some 50 m from the same degrees of today.
    [27572, 600_000, 2_200_000, 2.33655, 46.79996],
    [27571, 600_000, 1_200_000, 2.33656, 49.49997],
    [27573, 600_000, 3_200_000, 2.33654, 44.09995],
    // A door in Beausoleil by the national geocoder.
    [2154, 1_056_334.25, 6_303_762.3, 7.4251, 43.743],
  ])('EPSG:%i puts %d, %d at %d, %d', async (epsg, x, y, lon, lat) => {
    const [foundLon, foundLat] = (await buildUnprojection(epsg, 'f'))(x, y);
    expect(foundLon).toBeCloseTo(lon, 3);
    expect(foundLat).toBeCloseTo(lat, 3);
  });

  it.each([
    ['Lambert 93', 2154],
    ['RGF93 / Lambert-93', 2154],
    ['LAMB93', 2154],
    ['IGNF:LAMB93', 2154],
    ['CC46', 3946],
    ['RGF93 / CC50', 3950],
    ['Lambert II étendu', 27_572],
    ['WGS 84', 4326],
    ['EPSG:2975', 2975],
    ['Web Mercator', 3857],
    ['quelque part', undefined],
  ])('are named %j', (name, epsg) => {
    expect(findEpsg(name)).toBe(epsg);
  });
});

/** Towns, and the systems that their plans are drawn in. */
const TOWNS: ReadonlyArray<readonly [name: string, lon: number, lat: number, epsgs: readonly number[]]> = [
  ['Mâcon', 4.83, 46.31, [2154, 3946, 27_572, 3857, 3035, 32_631]],
  ['Brest', -4.49, 48.39, [2154, 3948, 27_572, 3857, 3035, 32_630]],
  ['Lille', 3.06, 50.63, [2154, 3950, 27_572, 3857, 3035, 27_571]],
  ['Nice', 7.27, 43.7, [2154, 3944, 27_572, 3857, 3035, 27_573]],
  ['Ajaccio', 8.74, 41.93, [2154, 3942, 27_572, 3857, 27_574]],
  ['Perpignan', 2.9, 42.7, [2154, 3943, 27_572]],
  ['Bayonne', -1.47, 43.49, [2154, 3943, 3944, 27_572]],
  ['Bordeaux', -0.58, 44.84, [2154, 3945]],
  ['Le Mans', 0.2, 48, [2154, 3947, 3948]],
  ['Rouen', 1.1, 49.44, [2154, 3949]],
  ['Saint-Denis', 55.45, -20.88, [2975, 3857]],
  ['Fort-de-France', -61.07, 14.61, [5490, 3857]],
  ['Pointe-à-Pitre', -61.53, 16.24, [5490, 3857]],
  ['Cayenne', -52.33, 4.93, [2972, 3857]],
  ['Mamoudzou', 45.23, -12.78, [4471, 3857]],
  ['Saint-Pierre', -56.17, 46.78, [4467]],
  ['Porto Alegre', -51.2, -30.05, [32_722]],
];
const CASES = TOWNS.flatMap(([name, lon, lat, epsgs]) =>
  epsgs.map((epsg) => [epsg, name, lon, lat] as const),
);

/** A few doors around a town, in metres of a system. */
async function doorsAround(lon: number, lat: number, epsg: number) {
  const project = await buildProjection(epsg, 'f');
  const degrees = [0, 0.01, 0.02, -0.015].map((off, door) => [lon + off, lat + off / (door + 1)] as const);
  return { degrees, metres: degrees.map(([a, b]) => project(a, b)) };
}

describe('metres of a system that nothing names', () => {
  it.each(CASES)('are EPSG:%i near the roads of %s', async (epsg, _, lon, lat) => {
    const { degrees, metres } = await doorsAround(lon, lat, epsg);
    const bounds: Bounds = [lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1];
    const x = metres.map(([each]) => each);
    const y = metres.map(([, each]) => each);
    const system = await findSystem(x, y, bounds, 'f');
    const [foundLon, foundLat] = system!.toLonLat(x[0]!, y[0]!);
    // Neighbouring zones give the same place.
    expect(foundLon).toBeCloseTo(degrees[0]![0], 4);
    expect(foundLat).toBeCloseTo(degrees[0]![1], 4);
    expect(system!.isSwapped).toBe(false);
    const turned = await findSystem(y, x, bounds, 'f');
    expect(turned!.isSwapped).toBe(true);
  });

  // Lambert II étendu of the far south has the numbers of the Antilles' UTM.
  it.each(
    CASES.filter(
      ([epsg, name]) => name !== 'Perpignan' && ![3857, 3035, 32_630, 32_631, 32_722, 27_571].includes(epsg),
    ),
  )('are EPSG:%i in %s though no road is known', async (epsg, _, lon, lat) => {
    const { degrees, metres } = await doorsAround(lon, lat, epsg);
    const system = await findSystem(
      metres.map(([x]) => x),
      metres.map(([, y]) => y),
      undefined,
      'f',
    );
    expect(system!.toLonLat(...metres[0]!)[0]).toBeCloseTo(degrees[0]![0], 4);
  });

  it('are those of a list of all of France, not of the few that would lie near by chance', async () => {
    const project = await buildProjection(2154, 'f');
    const towns = TOWNS.slice(0, 10).map(([, lon, lat]) => project(lon, lat));
    const system = await findSystem(
      towns.map(([x]) => x),
      towns.map(([, y]) => y),
      [4.7, 46.2, 5, 46.5],
      'f',
    );
    expect(system!.epsg).toBe(2154);
  });

  it.each([
    ['nowhere in France', [90_000_000], [90_000_000]],
    ['degrees without their mark', [74_251], [437_430]],
  ])('are left alone where they are %s', async (_, x, y) => {
    expect(await findSystem(x, y, undefined, 'f')).toBeUndefined();
  });
});

describe('every file of positions', () => {
  const [LON, LAT] = [7.4251, 43.743];
  const BOUNDS: Bounds = [7.35, 43.7, 7.5, 43.8];
  const HEAD = 'id;nom;type';

  async function structuresOf(name: string, content: string) {
    const notices = new NoticeList();
    const list = await readStructures([write(name, content)], { bounds: BOUNDS }, notices);
    return { list, codes: notices.notices.map(({ code }) => code) };
  }

  it.each([
    ['X and Y', `${HEAD};X;Y\n1;A;mds;1056334,25;6303762,30\n`],
    ['spaces between thousands', `${HEAD};X;Y\n1;A;mds;1 056 334,25;6 303 762,30\n`],
    ['points between thousands', `${HEAD};X;Y\n1;A;mds;1.056.334,25;6.303.762,30\n`],
    ['lon and lat', `${HEAD};lon;lat\n1;A;mds;1056334.25;6303762.30\n`],
    ['Lambert columns', `${HEAD};LAMBERT_X;LAMBERT_Y\n1;A;mds;1056334;6303762\n`],
    ['bracketed names', `${HEAD};X (Lambert 93);Y (Lambert 93)\n1;A;mds;1056334;6303762\n`],
    ['one column', `${HEAD};coordonnees_xy\n1;A;mds;1056334,25 6303762,30\n`],
    ['a column of the system', `${HEAD};x;y;epsg\n1;A;mds;1056334;6303762;2154\n`],
    ['a named system', `${HEAD};x;y;Projection\n1;A;mds;1056334;6303762;Lambert-93\n`],
  ])('reads a list with %s in metres', async (how, content) => {
    const { list, codes } = await structuresOf('l.csv', content);
    expect(list[0]!.lon).toBeCloseTo(LON, 4);
    expect(list[0]!.lat).toBeCloseTo(LAT, 4);
    expect(codes).toEqual(/system/.test(how) ? [] : ['positions-in-metres']);
  });

  it.each([
    ['degrees, minutes, seconds', 'lon;lat', `7°25'30.36"E;43°44'34.8"N`],
    ['decimal minutes', 'lon;lat', `7° 25.506' E;43° 44.58' N`],
    ['degree signs', 'Longitude;Latitude', '7,4251°;43,743°'],
    ['letters', 'Longitude;Latitude', '7.4251 E;N 43.743'],
    ['colons', 'lon;lat', '7:25:30.36;43:44:34.8'],
    ['geo_point_2d', 'geo_point_2d', '43.743, 7.4251'],
    ['a point in one column', 'Coordonnées GPS', '"43,743 ; 7,4251"'],
    ['commas only', 'gps', '43,743,7,4251'],
    ['longitude first', 'gps', '7.4251,43.743'],
    ['lon_lat', 'lon_lat', '7.4251 43.743'],
    ['JSON', 'geo_point_2d', '"{""lon"": 7.4251, ""lat"": 43.743}"'],
    ['a shape', 'geo_shape', '"{""type"": ""Point"", ""coordinates"": [7.4251, 43.743]}"'],
    ['WKT', 'geom', 'POINT (7.4251 43.743)'],
    ['WKT of a system', 'geom', '"SRID=2154;POINT(1056334.25 6303762.30)"'],
    ['seconds in one column', 'position', `43°44'34.8"N 7°25'30.36"E`],
    ['brackets', 'geo_point_2d', '[43.743, 7.4251]'],
    ['long', 'long;lat', '7,4251;43,7430'],
    ['lng', 'lng;Latitude', '7.4251;43.743'],
    ['the column that is filled', 'lon;lat;x;y', ';;1056334,25;6303762,3'],
  ])('reads a list with %s', async (_, names, values) => {
    const { list } = await structuresOf('l.csv', `${HEAD};${names}\n1;A;mds;${values}\n`);
    expect(list[0]!.lon).toBeCloseTo(LON, 4);
    expect(list[0]!.lat).toBeCloseTo(LAT, 4);
  });

  it.each([
    ['list', `${HEAD};X;Y\n1;A;mds;6303762,30;1056334,25\n`],
    ['list under lon and lat', `${HEAD};lon;lat\n1;A;mds;6303762;1056334\n`],
  ])('refuses a %s whose x and y are exchanged, as it does lon and lat', async (_, content) => {
    const error = await usageErrorOf(() => structuresOf('l.csv', content));
    expect(error.message).toBe('the columns of x and y look swapped');
    expect(error.fields.remedy).toContain('EPSG:2154');
    expect(error.fields.line).toBe(2);
    const degrees = await usageErrorOf(() =>
      structuresOf('d.csv', `${HEAD};lon;lat\n1;A;mds;43,743;7,4251\n`),
    );
    expect(degrees.message).toContain('look swapped');
  });

  it.each([
    ['without crs', {}],
    ['with a crs', { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } } }],
  ])('reads GeoJSON in metres %s', async (how, member) => {
    const feature = {
      type: 'Feature',
      properties: { id: '1', nom: 'A', type: 'mds' },
      geometry: { type: 'Point', coordinates: [1_056_334.25, 6_303_762.3] },
    };
    const content = JSON.stringify({ type: 'FeatureCollection', ...member, features: [feature] });
    const { list, codes } = await structuresOf('l.geojson', content);
    expect(list[0]!.lon).toBeCloseTo(LON, 4);
    expect(codes).toEqual(how === 'without crs' ? ['positions-in-metres'] : []);
  });

  it('reads GeoJSON that names a system and is in degrees', async () => {
    const content = JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'EPSG:2154' } },
      features: [
        {
          type: 'Feature',
          properties: { id: '1', nom: 'A', type: 'mds' },
          geometry: { type: 'Point', coordinates: [LON, LAT] },
        },
      ],
    });
    const { list } = await structuresOf('d.geojson', content);
    expect(list[0]!.lon).toBe(LON);
  });

  it('reads single rows in metres among degrees', async () => {
    const { list } = await structuresOf(
      'm.csv',
      `${HEAD};lon;lat\n1;A;mds;7,4;43,74\n2;B;ccas;1056334;6303762\n`,
    );
    expect(list.map(({ lon }) => lon.toFixed(4))).toEqual(['7.4000', '7.4251']);
  });

  it('reads the stops of a round', async () => {
    const stops = write('s.csv', 'id_structure;horaires;X;Y\nb;Mo 09:00-12:00;1056334;6303762\n');
    const list = write('b.csv', `${HEAD};format;lon;lat\nb;Bus;mds;bus;7,4;43,74\n`);
    const notices = new NoticeList();
    const structures = await readStructures([list], { bounds: BOUNDS, itinerantStops: [stops] }, notices);
    expect(structures[1]!.lon).toBeCloseTo(LON, 4);
    expect(notices.notices.map(({ code }) => code)).toEqual(['positions-in-metres']);
  });

  it.each([
    ['x and y', 'id,x,y\na,1056334.25,6303762.30\n'],
    ['lon and lat in metres', 'id;lon;lat\na;1056334,25;6303762,30\n'],
    ['one column', 'id;geo_point_2d\na;43.743, 7.4251\n'],
    ['degrees, minutes, seconds', `id;lon;lat\na;7°25'30.36"E;43°44'34.8"N\n`],
  ])('reads the points of a matrix with %s', async (_, content) => {
    const points = await readPointTable(write('p.csv', content), BOUNDS, new NoticeList());
    expect(points.lon[0]).toBeCloseTo(LON, 4);
    expect(points.lat[0]).toBeCloseTo(LAT, 4);
  });

  it.each([
    ['x and y', 'x;y;population\n1056334,25;6303762,3;5\n', {}],
    ['x and y of a territory', 'x;y;population\n1056334,25;6303762,3;5\n', { territoryBounds: BOUNDS }],
    ['metres under lon and lat', 'lon;lat;population\n1056334,25;6303762,3;5\n', { bounds: BOUNDS }],
    ['degrees under x and y', 'x;y;population\n7,4251;43,743;5\n', { bounds: BOUNDS }],
  ])('reads a grid with %s', async (_, content, options) => {
    const notices = new NoticeList();
    const cells = await readPopulation([write('g.csv', content)], options, notices);
    expect(cells.lon[0]).toBeCloseTo(LON, 4);
    expect(notices.notices.map(({ code }) => code)).toEqual(['positions-in-metres']);
  });

  it('refuses a grid whose x and y are exchanged', async () => {
    const path = write('gs.csv', 'x;y;population\n6303762;1056334;5\n');
    const error = await usageErrorOf(() => readPopulation([path], { bounds: BOUNDS }, new NoticeList()));
    expect(error.message).toBe('the columns of x and y look swapped');
  });

  it('reads the stops of a timetable, and exchanges them as it does degrees', async () => {
    const folder = join(dirname(write('x', '')), 'feed');
    mkdirSync(folder, { recursive: true });
    const tables: Record<string, string> = {
      'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\n1,A,http://a.fr,Europe/Paris\n',
      'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\na,A,6303762.30,1056334.25\nb,B,6301350,1055008\n',
      'routes.txt': 'route_id,route_short_name,route_type\nr,1,3\n',
      'trips.txt': 'route_id,service_id,trip_id\nr,s,t\n',
      'stop_times.txt':
        'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,08:00:00,08:00:00,a,1\nt,08:10:00,08:10:00,b,2\n',
      'calendar_dates.txt': 'service_id,date,exception_type\ns,20261006,1\n',
    };
    for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, name), text);
    const notices = new NoticeList();
    const { stops } = await readGtfs(folder, 0, notices);
    expect(stops.lon[0]).toBeCloseTo(LON, 4);
    expect(stops.lat[0]).toBeCloseTo(LAT, 4);
    expect(notices.notices.map(({ code }) => code)).toContain('positions-in-metres');
    writeFileSync(
      join(folder, 'stops.txt'),
      tables['stops.txt']!.replace('stop_lat,stop_lon', 'stop_lon,stop_lat'),
    );
    expect((await readGtfs(folder, 0, new NoticeList())).stops.lon[0]).toBeCloseTo(LON, 4);
  });
});
