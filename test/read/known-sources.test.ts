import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { describeFeedSource, findKnownSource } from '../../src/read/known-sources.ts';
import { realData } from '../real-data.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

function write(name: string, content: string | Buffer): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

function zip(name: string, content: string): Promise<Buffer> {
  const file = new ZipFile();
  file.addBuffer(Buffer.from('lisez-moi'), 'LISEZ-MOI.pdf');
  file.addBuffer(Buffer.from(content), name);
  file.end();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    file.outputStream.on('data', (part: Buffer) => parts.push(part));
    file.outputStream.on('end', () => resolve(Buffer.concat(parts)));
    file.outputStream.on('error', reject);
  });
}

const GRID = 'idcar_200m,lcog_geo,ind,i_est_200\nCRS3035RES200mN2029400E4259000,2A041,12.5,0\n';
const feature = (properties: object) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [4, 46] }, properties }],
  });

describe('sources that a file’s content tells', () => {
  it.each<[string, string, string, string, string | undefined]>([
    ['roads by their role', 'roads', 'routes.osm', '<osm/>', 'OpenStreetMap'],
    ['rivers in OSM', 'rivers', 'r.osm.pbf', '', 'OpenStreetMap'],
    ['rivers of one’s own', 'rivers', 'r.geojson', feature({ nom: 'Saône' }), undefined],
    ['structures from Overpass', 'structures', 's.json', '{"version":0.6,"elements":[]}', 'OpenStreetMap'],
    ['Filosofi', 'population', 'carreaux_200m_met.csv', GRID, 'INSEE, Filosofi, données carroyées'],
    [
      'Filosofi of a year',
      'population',
      'Filosofi2019_200m.csv',
      GRID,
      'INSEE, Filosofi, données carroyées 2019',
    ],
    ['a grid of one’s own', 'population', 'grille.csv', 'x,y,population\n1,2,3\n', undefined],
    [
      'France services 2024',
      'structures',
      'fs.csv',
      '"id_fs","insee_dep","lib_fs","h_lundi"\n',
      'ANCT, liste des France services',
    ],
    [
      'France services 2021',
      'structures',
      'fs.geojson',
      feature({ MATRICULE: 1, lib_france_services: 'V', h_lundi: '' }),
      'ANCT, liste des France services',
    ],
    [
      'the annuaire',
      'structures',
      'a.json',
      '{"service":[{"plage_ouverture":[],"pivot":[]}]}',
      'DILA, annuaire de l’administration',
    ],
    [
      'the annuaire of a portal',
      'structures',
      'a.csv',
      'id;pivot;adresse;plage_ouverture\n',
      'DILA, annuaire de l’administration',
    ],
    ['a list of one’s own', 'structures', 'mds.csv', 'id;nom;type;lon;lat\n', undefined],
    [
      'populations de référence',
      'calage',
      'donnees_communes.csv',
      'COM;Commune;PMUN\n',
      'INSEE, populations de référence',
    ],
    ['populations of one’s own', 'calage', 'p.csv', 'code_insee;population\n', undefined],
    [
      'movements',
      'cog',
      'v_mvtcommune_2025.csv',
      'MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n',
      'INSEE, code officiel géographique 2025',
    ],
    [
      'communes of the COG',
      'cantons',
      'v_commune_2026.csv',
      'TYPECOM,COM,REG,DEP,CAN\n',
      'INSEE, code officiel géographique 2026',
    ],
    [
      'Etalab',
      'communes',
      'communes-100m.geojson',
      feature({ code: '71001', nom: 'A', departement: '71', region: '27' }),
      'Etalab, contours administratifs (d’après IGN et INSEE)',
    ],
    [
      'IGN',
      'communes',
      'COMMUNE.geojson',
      feature({ INSEE_COM: '71001', NOM: 'A', INSEE_DEP: '71' }),
      'IGN, Admin Express',
    ],
    [
      'IGN v4',
      'communes',
      'commune.geojson',
      feature({ code_insee: '71001', nom_officiel: 'A' }),
      'IGN, Admin Express',
    ],
    [
      'france-geojson',
      'communes',
      'communes-71-saone-et-loire.geojson',
      feature({ code: '71001', nom: 'A' }),
      'france-geojson, contours des communes (d’après IGN et INSEE)',
    ],
    ['polygons of one’s own', 'communes', 'contour.geojson', feature({ code: '71001', nom: 'A' }), undefined],
    ['a table of one’s own', 'territories', 't.csv', 'commune;territoire\n', undefined],
    ['an empty file', 'population', 'vide.csv', '', undefined],
  ])('%s', (_, role, name, content, expected) => {
    const found = findKnownSource(role, write(name, content), 'fr');
    expect(found?.source).toBe(expected);
    if (expected === 'OpenStreetMap')
      expect(found!.licence).toBe('ODbL 1.0, © les contributeurs d’OpenStreetMap');
    else if (expected !== undefined) expect(found!.licence).toBe('Licence Ouverte 2.0');
  });

  it('looks into gzipped and zipped files, and speaks English', async () => {
    const gzipped = write('g.csv.gz', gzipSync(GRID));
    const zipped = write('Filosofi2021_carreaux_200m_csv.zip', await zip('carreaux_200m_met.csv', GRID));
    expect(findKnownSource('population', gzipped, 'en')?.source).toBe('INSEE, Filosofi, gridded data');
    expect(findKnownSource('population', zipped, 'fr')?.source).toBe(
      'INSEE, Filosofi, données carroyées 2021',
    );
    expect(findKnownSource('roads', gzipped, 'en')?.licence).toBe('ODbL 1.0, © OpenStreetMap contributors');
  });

  const corse = realData('corse/carr_corse_1km_2015_crs3035.gpkg');
  it.skipIf(corse === undefined)('knows the columns of a real GeoPackage', () => {
    expect(findKnownSource('population', corse!, 'fr')?.source).toBe(
      'INSEE, Filosofi, données carroyées 2015',
    );
  });

  it.each([
    ['Région', 'Trains', 'Région'],
    [undefined, 'Trains, Cars', 'Trains, Cars'],
    [undefined, undefined, undefined],
  ])('a feed is its publisher’s, else its agencies’: %s, %s', (publisher, agency, source) => {
    expect(describeFeedSource(publisher, agency, 'fr')).toEqual({
      ...(source === undefined ? {} : { source }),
      licence: 'licence selon le producteur',
    });
  });
});
