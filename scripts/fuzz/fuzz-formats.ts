/**
 * The inputs that the fuzzer starts from: the small study of the tests, once for each format in which one of its inputs
 * may come. All are drawn here, so that a run takes some 50 ms and a mutant is read in full.
 */

import { gzipSync } from 'node:zlib';
import { smallFeedTables, zipSmallFeed } from '../../test/commands/small-feed.ts';
import {
  collection,
  drawStreets,
  EAST_COMMUNE,
  HOMES,
  roadsPbf,
  roadsXml,
  STRUCTURES,
  smallStudyFiles,
  study,
  WEST_COMMUNE,
} from '../../test/commands/small-study.ts';
import { writeGeoPackage } from '../../test/read/written-geopackage.ts';
import { boxRing } from '../lib/box-ring.ts';
import { writeZip } from '../lib/write-zip.ts';
import type { FuzzFormat } from './fuzz-format.ts';

const lines = (rows: readonly string[]) => Buffer.from(`${rows.join('\n')}\n`);

/** A walk of some minutes reaches a part of the homes: the rate is neither 0 nor 1. */
const COMMON = { threshold_minutes: 'threshold_minutes: 9', modes: 'modes: [walk]' };
const WITH_TRANSIT = {
  ...COMMON,
  modes: 'modes: [walk, transit]',
  window: 'window: { from: "09:00", to: "10:00", anchor: departure }',
};
const FEED = { departures: ['08:55', '09:05', '09:15', '09:25', '09:35', '09:45', '09:55', '10:05'] };

const POPULATIONS = ['code_insee;population', '00001;270', '00002;360'];
const CANTONS = ['commune;canton;nom', '00001;0001;Canton Ouest', '00002;0002;Canton Est'];
const EPCI = ['commune;epci;nom', '00001;990000011;CC de l’Ouest', '00002;990000022;CC de l’Est'];
const TERRITORIES = ['commune;territoire', '00001;Ouest', '00002;Est'];
const SHEET = [
  'indicateur;unite;annee;cible;realise;calcul',
  'Relais des petites communes;%;2025;50;;part_petites_communes_relais',
  'Relais des petites communes;%;2026;100;;part_petites_communes_relais',
  'Points conseil budget;%;2026;75;60;',
];
const STOPS = [
  'id_structure;nom_arret;lon;lat;code_insee;horaires',
  'bus;Place de la mairie;5.0301;47.0201;00002;Tu 09:00-12:00',
  'bus;Écoles;5.0052;47.0251;00001;"Tu 13:00-17:00,We 09:00-12:00"',
];
const WITH_HOURS = [
  'id;nom;type;lon;lat;adresse;engagee;horaires',
  'a;CCAS d’Évry;ccas-cias;5.0051;47.0101;"1; rue Haute";oui;Mo-Fr 09:00-17:00',
  'b;MDS;maisons-des-solidarites;5.0151;47.0201;;oui;lundi au vendredi 9h-12h',
  'c;CCAS East;ccas-cias;5.0351;47.0101;;non;',
  'bus;Bus;bus-itinerant;5.0201;47.0151;;oui;',
];

function structuresGeojson(): string {
  const features = STRUCTURES.slice(1).map((row) => {
    const [id, nom, type, lon, lat] = row.split(';');
    return {
      type: 'Feature',
      properties: { id, nom, type },
      geometry: { type: 'Point', coordinates: [Number(lon), Number(lat)] },
    };
  });
  return collection(...features);
}

function overpass(): string {
  const { nodes, ways } = drawStreets();
  const elements = [
    ...nodes.map(({ id, lon, lat }) => ({ type: 'node', id, lon, lat })),
    ...ways.map(({ id, refs, tags }) => ({ type: 'way', id, nodes: refs, tags })),
  ];
  return JSON.stringify({ version: 0.6, generator: 'drawn', elements });
}

function gridGeoPackage(): Promise<Buffer> {
  const half = 0.0005;
  return writeGeoPackage({
    table: 'homes',
    crs: ['EPSG', 4326],
    columns: { id: 'TEXT', population: 'REAL' },
    rows: HOMES.slice(1).map((row) => {
      const [id, lon, lat, people] = row.split(',');
      const [x, y] = [Number(lon), Number(lat)];
      const [west, east, south, north] = [x - half, x + half, y - half, y + half];
      const ring = boxRing(west, south, east, north);
      return { values: [id!, Number(people)], geometry: { type: 'Polygon', coordinates: [ring] } };
    }),
  });
}

function communesGeoPackage(): Promise<Buffer> {
  const rows = [WEST_COMMUNE, EAST_COMMUNE].map((feature) => {
    const { properties, geometry } = feature as {
      properties: { code: string; nom: string; population: number };
      geometry: { type: 'Polygon'; coordinates: number[][][] };
    };
    return { values: [properties.code, properties.nom, properties.population], geometry };
  });
  return writeGeoPackage({
    table: 'commune',
    crs: ['EPSG', 4326],
    columns: { code_insee: 'TEXT', nom: 'TEXT', population: 'INTEGER' },
    rows,
  });
}

type Rest = Partial<Omit<FuzzFormat, 'name' | 'build' | 'file' | 'bytes'>>;

function format(
  name: string,
  build: FuzzFormat['build'],
  file: string,
  bytes: Buffer | string,
  rest: Rest = {},
): FuzzFormat {
  return {
    name,
    build,
    file,
    bytes: Buffer.from(bytes),
    matrix: rest.matrix,
    study: { ...COMMON, ...rest.study },
    others: rest.others ?? {},
  };
}

const population = (file: string): Rest => ({ study: { population: `population: [${file}]` } });
const communes = (file: string): Rest => ({ study: { communes: `communes: [${file}]` } });
const structures = (file: string): Rest => ({ study: { structures: `structures: [${file}]` } });
const roads = (file: string): Rest => ({ study: { roads: `roads: [${file}]` }, matrix: 'roads' });
const other = (line: string): Rest => ({ study: { [line.split(':')[0]!]: line } });
const feed = (path: string, others: Rest['others'] = {}): Rest => ({
  study: { ...WITH_TRANSIT, timetables: `timetables: [${path}]` },
  others,
  matrix: 'feed',
});

async function packedFormats(grid: Buffer): Promise<FuzzFormat[]> {
  const halves = [lines(HOMES.slice(0, 30)), lines([HOMES[0]!, ...HOMES.slice(30)])];
  const zip = await writeZip(halves.map((bytes, at) => ({ name: `homes-${at}.csv`, bytes })));
  return [
    format('grid.zip', 'zip', 'homes.zip', zip, population('homes.zip')),
    format('grid.csv.gz', 'gzip', 'homes.csv.gz', gzipSync(grid), population('homes.csv.gz')),
    format('grid.gpkg', 'sqlite', 'homes.gpkg', await gridGeoPackage(), population('homes.gpkg')),
    format('communes.gpkg', 'sqlite', 'communes.gpkg', await communesGeoPackage(), communes('communes.gpkg')),
    format('feed.zip', 'zip', 'feed.zip', await zipSmallFeed(FEED), feed('feed.zip')),
  ];
}

/** A feed in a folder, one format for each of its tables. */
function feedFormats(): FuzzFormat[] {
  const tables = Object.entries(smallFeedTables(FEED));
  const others = Object.fromEntries(tables.map(([name, text]) => [`feed/${name}`, text]));
  return tables.map(([name, text]) =>
    format(`feed/${name}`, 'csv', `feed/${name}`, text, feed('feed', others)),
  );
}

/** Every format, in a fixed order. */
export async function drawFormats(): Promise<FuzzFormat[]> {
  const files = smallStudyFiles();
  const grid = Buffer.from(files['homes.csv']!);
  const polygons = files['communes.geojson']!;
  const stops = { ...structures('structures.csv'), others: { 'structures.csv': lines(WITH_HOURS) } };
  return [
    format('structures.csv', 'csv', 'structures.csv', lines(WITH_HOURS), structures('structures.csv')),
    format('structures.geojson', 'json', 'lieux.geojson', structuresGeojson(), structures('lieux.geojson')),
    format('stops.csv', 'csv', 'tournees.csv', lines(STOPS), {
      ...stops,
      study: { itinerant_stops: 'itinerant_stops: [tournees.csv]' },
    }),
    format('grid.csv', 'csv', 'homes.csv', grid),
    format('communes.geojson', 'json', 'communes.geojson', polygons),
    format('communes.geojson.gz', 'gzip', 'c.geojson.gz', gzipSync(polygons), communes('c.geojson.gz')),
    format('epci.csv', 'csv', 'epci.csv', lines(EPCI), other('epci: [epci.csv]')),
    format(
      'territories.csv',
      'csv',
      'territoires.csv',
      lines(TERRITORIES),
      other('territories: [territoires.csv]'),
    ),
    format('cantons.csv', 'csv', 'cantons.csv', lines(CANTONS), other('cantons: [cantons.csv]')),
    format('calage.csv', 'csv', 'calage.csv', lines(POPULATIONS), other('calage: calage.csv')),
    format('sheet.csv', 'csv', 'fiche.csv', lines(SHEET), other('targets: { indicators: [fiche.csv] }')),
    format('points.csv', 'csv', 'points.csv', lines(HOMES.map((row) => row.replace(/,[^,]*$/, ''))), {
      matrix: 'points',
    }),
    format('study.yaml', 'yaml', 'etude.yaml', study(COMMON)),
    format('roads.osm.pbf', 'pbf', 'roads.osm.pbf', roadsPbf(), { matrix: 'roads' }),
    format('roads.osm', 'xml', 'roads.osm', roadsXml(), roads('roads.osm')),
    format('roads.osm.gz', 'gzip', 'roads.osm.gz', gzipSync(roadsXml()), roads('roads.osm.gz')),
    format('roads.json', 'json', 'roads.json', overpass(), roads('roads.json')),
    ...feedFormats(),
    ...(await packedFormats(grid)),
  ];
}

/** The files of a format's study: file -> content, with `etude.yaml` and the points of `matrix`. */
export function studyFiles({
  file,
  bytes,
  study: keys,
  others,
}: FuzzFormat): Record<string, string | Buffer> {
  return {
    ...smallStudyFiles(),
    'points.csv': lines(HOMES.slice(0, 12)),
    'etude.yaml': study(keys),
    ...others,
    [file]: bytes,
  };
}
