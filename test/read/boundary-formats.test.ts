/** The published forms of commune boundaries, all of the same drawn communes: two of Saône-et-Loire. */
import { gzipSync } from 'node:zlib';
import { area } from '@turf/turf';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { ringsOf } from '../../src/common/polygon-index.ts';
import { type CommuneOptions, readCommunes } from '../../src/read/communes.ts';
import {
  feature,
  geojson,
  joinContents,
  lambertGeoPackage,
  osmCommune,
  overpassJson,
  type Properties,
  square,
  toLambert,
} from './drawn-boundaries.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';
import { writeGeoPackage } from './written-geopackage.ts';

const write = useTempFiles();

const RING_OF_CODE: Record<string, Position[]> = {
  '71270': square(4.8, 46.3),
  '71076': square(4.8, 46.7),
};

/** Mâcon and Chalon-sur-Saône under each producer's column names. */
const HEADERS: Record<string, Properties[]> = {
  Etalab: [
    { code: '71270', nom: 'Mâcon', departement: '71', region: '27', epci: '200070308' },
    { code: '71076', nom: 'Chalon-sur-Saône', departement: '71', region: '27', epci: '247100589' },
  ],
  'Admin Express to v3': [
    v3('71270', 'Mâcon', '16', '200070308'),
    v3('71076', 'Chalon-sur-Saône', 'NR', '247100589'),
  ],
  'Admin Express v4': [
    v4('71270', 'Mâcon', '7116', '200070308/NR'),
    v4('71076', 'Chalon-sur-Saône', 'NR', '247100589'),
  ],
  INSEE: [
    { CODGEO: '71270', LIBGEO: 'Mâcon' },
    { CODGEO: '71076', LIBGEO: 'Chalon-sur-Saône' },
  ],
  'OpenStreetMap exports': [
    { 'ref:INSEE': '71270', name: 'Mâcon', admin_level: '8', boundary: 'administrative' },
    { 'ref:INSEE': '71076', name: 'Chalon-sur-Saône', admin_level: '8', boundary: 'administrative' },
  ],
};

function v3(code: string, nom: string, canton: string, epci: string): Properties {
  return {
    ID: `COMMUNE_${code}`,
    NOM: nom,
    NOM_M: nom.toUpperCase(),
    INSEE_COM: code,
    STATUT: 'Préfecture',
    POPULATION: 34000,
    INSEE_CAN: canton,
    INSEE_ARR: '2',
    INSEE_DEP: '71',
    INSEE_REG: '27',
    SIREN_EPCI: epci,
  };
}

function v4(code: string, nom: string, canton: string, epcis: string): Properties {
  return {
    cleabs: `COMMUNE_${code}`,
    nom_officiel: nom,
    nom_officiel_en_majuscules: nom.toUpperCase(),
    statut: 'Préfecture',
    code_insee: code,
    population: 34000,
    code_insee_du_canton: canton,
    code_insee_du_departement: '71',
    code_insee_de_la_region: '27',
    codes_siren_des_epci: epcis,
  };
}

function featuresOf(producer: string) {
  return HEADERS[producer]!.map((properties) => {
    const code = Object.values(properties).find((value) => String(value) in RING_OF_CODE);
    return feature(properties, RING_OF_CODE[String(code)]!);
  });
}

async function read(path: string, options: CommuneOptions = {}) {
  const notices = new NoticeList();
  return { ...(await readCommunes([path], { departement: '71', ...options }, notices)), notices };
}

/** The two communes stand where they were drawn, within a metre or so. */
function expectDrawn(set: Awaited<ReturnType<typeof read>>): void {
  const found = set.communes.filter(({ geometry }) => geometry !== undefined);
  expect(found.map(({ code, nom, epci }) => [code, nom, epci])).toEqual([
    ['71076', 'Chalon-sur-Saône', '247100589'],
    ['71270', 'Mâcon', '200070308'],
  ]);
  for (const { code, geometry } of found) {
    const drawn = RING_OF_CODE[code]!;
    const positions = ringsOf(geometry!)[0]!;
    const near = ([lon, lat]: Position) =>
      positions.some((each) => Math.hypot(each[0]! - lon!, each[1]! - lat!) < 1e-5);
    expect(drawn.every(near), `${code} ${JSON.stringify(positions)}`).toBe(true);
    expect(area(geometry!) / area({ type: 'Polygon', coordinates: [drawn] })).toBeCloseTo(1, 4);
  }
}

const PRODUCERS = Object.keys(HEADERS);

describe('boundaries of communes', () => {
  it.each(PRODUCERS)('of %s are read as GeoJSON', async (producer) => {
    expectDrawn(await read(write('communes.geojson', geojson(featuresOf(producer)))));
  });

  it.each(PRODUCERS)('of %s are read as compressed GeoJSON', async (producer) => {
    const path = write('communes-5m.geojson.gz', gzipSync(geojson(featuresOf(producer))));
    expectDrawn(await read(path));
  });

  it.each([
    ...PRODUCERS.map((producer) => [producer, 'urn:ogc:def:crs:EPSG::2154'] as const),
    ['Etalab', 'EPSG:2154'] as const,
  ])('of %s are read as GeoJSON whose crs member says %s', async (producer, crs) => {
    const path = write('communes-l93.geojson', geojson(toLambert(featuresOf(producer)), crs));
    expectDrawn(await read(path));
  });

  it.each([
    ['Admin Express to v3', 'commune'],
    ['Admin Express to v3', 'COMMUNE'],
    ['Admin Express v4', 'commune'],
    ['Etalab', 'communes-71'],
    ['INSEE', 'a layer of any name'],
    ['OpenStreetMap exports', 'communes'],
  ])('of %s are read from the layer %j of a GeoPackage in Lambert-93', async (producer, table) => {
    expectDrawn(await read(write('ade.gpkg', await lambertGeoPackage(table, featuresOf(producer)))));
  });

  it('are read from a GeoPackage in degrees', async () => {
    const bytes = await writeGeoPackage({
      table: 'commune',
      crs: ['EPSG', 4326],
      columns: { code_insee: 'TEXT', nom_officiel: 'TEXT' },
      rows: featuresOf('Admin Express v4').map(({ properties, geometry }) => ({
        values: [properties.code_insee!, properties.nom_officiel!],
        geometry,
      })),
    });
    expectDrawn(await read(write('wgs84.gpkg', bytes)));
  });

  const osm = () =>
    joinContents([
      osmCommune(1, { 'ref:INSEE': '71270', name: 'Mâcon' }, RING_OF_CODE['71270']!),
      osmCommune(2, { 'ref:INSEE': '71076', name: 'Chalon-sur-Saône' }, RING_OF_CODE['71076']!),
      osmCommune(3, { admin_level: '6', 'ref:INSEE': '71', name: 'Saône-et-Loire' }, square(3.6, 46, 2)),
      osmCommune(4, { admin_level: '9', name: 'Loché' }, square(4.8, 46.3, 0.02)),
    ]);
  it.each<[string, () => string | Buffer]>([
    ['communes.json', () => overpassJson(osm())],
    ['communes.osm', () => encodeOsmXml(osm())],
    ['communes.osm.gz', () => gzipSync(encodeOsmXml(osm()))],
    ['communes.osm.pbf', () => encodePbf(osm())],
  ])('of OpenStreetMap are read from %s: the relations of level 8', async (name, encode) => {
    const set = await read(write(name, encode()));
    expectDrawn(set);
    expect(set.notices.counts().get('commune-boundary-incomplete')).toBeUndefined();
  });

  it.each<[string, (number: number) => boolean]>([
    ['a way', (id) => id !== 21],
    ['a node', (id) => id !== 22],
  ])('of OpenStreetMap that an extract cuts are left out: without %s', async (what, isKept) => {
    const whole = osm();
    const cut = {
      ...whole,
      ways: what === 'a way' ? whole.ways.filter(({ id }) => isKept(id)) : whole.ways,
      nodes: what === 'a node' ? whole.nodes.filter(({ id }) => isKept(id)) : whole.nodes,
    };
    for (const [name, text] of [
      ['cut.json', overpassJson(cut)],
      ['cut.osm', encodeOsmXml(cut)],
    ] as const) {
      const { communes, notices } = await read(write(name, text));
      expect(communes.filter(({ geometry }) => geometry).map(({ code }) => code)).toEqual(['71270']);
      expect(notices.notices.filter(({ code }) => code === 'commune-boundary-incomplete')).toMatchObject([
        { id: '71076', message: expect.stringContaining('Chalon-sur-Saône'), file: name },
      ]);
    }
  });
});

describe('a file of boundaries', () => {
  it('is refused where a GeoPackage is in a system that is not known', async () => {
    const bytes = await writeGeoPackage({
      table: 'commune',
      crs: ['IGNF', 310024140],
      columns: { code_insee: 'TEXT' },
      rows: [{ values: ['71270'], geometry: feature({}, RING_OF_CODE['71270']!).geometry }],
    });
    const error = await usageErrorOf(() => read(write('ignf.gpkg', bytes)));
    expect(error.message).toContain('coordinate system');
    expect(error.fields.value).toContain('310024140');
  });

  it('is refused as it comes from IGN, packed as 7z', async () => {
    const path = write('ADMIN-EXPRESS-COG.7z', Buffer.from('377abcaf271c0004', 'hex'));
    const error = await usageErrorOf(() => read(path));
    expect(error.describe()).toMatch(/7z archive\n.*Unpack it/);
  });

  it('is refused where an extract holds no commune', async () => {
    const roads = { ...osmCommune(1, { admin_level: '6' }, square(4, 46)) };
    const error = await usageErrorOf(() => read(write('roads.osm', encodeOsmXml(roads))));
    expect(error.message).toContain('no whole boundary');
  });

  it('names a code that no official list knows', async () => {
    const path = write(
      'typo.geojson',
      geojson([...featuresOf('Etalab'), feature({ code: '71999' }, square(4, 46))]),
    );
    const { neighbours, notices } = await read(path);
    expect(neighbours.map(({ code }) => code)).toEqual(['71999']);
    expect(notices.notices.filter(({ id }) => id === '71999')).toMatchObject([
      { code: 'commune-code-unknown', file: 'typo.geojson' },
    ]);
  });

  it('keeps only the neighbours within reach where it holds the whole country', async () => {
    const others = [
      feature({ code: '01053', nom: 'Bourg' }, square(5.2, 46.2)),
      feature({ code: '29019' }, square(-4.5, 48.4)),
    ];
    const { neighbours } = await read(write('france.geojson', geojson([...featuresOf('Etalab'), ...others])));
    expect(neighbours.map(({ code }) => code)).toEqual(['01053']);
  });
});

describe('Paris, Lyon and Marseille', () => {
  const whole = (code: string, west: number) => feature({ code, nom: code }, square(west, 45.7, 0.2));
  const parts = (codes: string[], west: number) => [
    feature({ code: codes[0]!, nom: codes[0]! }, squareHalf(west)),
    feature({ code: codes[1]!, nom: codes[1]! }, squareHalf(west + 0.1)),
  ];
  const squareHalf = (west: number): Position[] => [
    [west, 45.7],
    [west + 0.1, 45.7],
    [west + 0.1, 45.9],
    [west, 45.9],
    [west, 45.7],
  ];

  it.each([
    ['75056', ['75101', '75120']],
    ['69123', ['69381', '69389']],
    ['13055', ['13201', '13216']],
  ])('%s stands once, whether the file holds it, its arrondissements, or both', async (code, codes) => {
    for (const features of [
      [whole(code, 4.8)],
      parts(codes, 4.8),
      [whole(code, 4.8), ...parts(codes, 4.8)],
    ]) {
      const notices = new NoticeList();
      const path = write('plm.geojson', geojson(features));
      const { communes, neighbours, currentCodeOf } = await readCommunes([path], {}, notices);
      expect([communes.map((each) => each.code), neighbours]).toEqual([[code], []]);
      expect(area(communes[0]!.geometry!) / area(whole(code, 4.8))).toBeCloseTo(1, 6);
      expect(codes.map((each) => currentCodeOf.get(each))).toEqual([code, code]);
      expect(notices.counts().get('arrondissement-beside-commune')).toBe(
        features.length === 3 ? 2 : undefined,
      );
    }
  });
});

describe('EPCI of the communes', () => {
  it('are those of the list of today; the file of another year is told', async () => {
    const path = write(
      'old.geojson',
      geojson([feature({ code: '71270', epci: '247100290' }, RING_OF_CODE['71270']!)]),
    );
    const { communes, epcis, notices } = await read(path, { departement: undefined });
    expect(communes[0]!.epci).toBe('200070308');
    expect(epcis).toHaveLength(1);
    expect(notices.notices).toMatchObject([{ code: 'polygons-of-other-epci', value: '71270' }]);
  });

  it.each([
    ['22016', 'Île-de-Bréhat', -3.0, 48.85],
    ['29083', 'Île-de-Sein', -4.85, 48.04],
    ['29155', 'Ouessant', -5.1, 48.45],
    ['85113', "L'Île-d'Yeu", -2.35, 46.71],
  ])('are none for the island %s %s, whatever the file says', async (code, nom, lon, lat) => {
    const path = write(
      'island.geojson',
      geojson([feature({ code, nom, SIREN_EPCI: 'NR' }, square(lon, lat, 0.02))]),
    );
    const { communes, epcis } = await read(path, { departement: undefined });
    expect(communes).toMatchObject([{ code, nom, epci: undefined }]);
    expect(epcis).toEqual([]);
  });

  it.each([
    ['the tool', 'commune;epci;nom\n71270;1;CC du Val\n71076;ZZZZZZZZZ;sans\n'],
    ['INSEE', 'CODGEO,LIBGEO,EPCI,LIBEPCI\n71270,Mâcon,1,CC du Val\n71076,Chalon,ZZZZZZZZZ,Sans objet\n'],
  ])('come from a table as %s writes it, also where it says that there is none', async (_, text) => {
    const path = write('communes.geojson', geojson(featuresOf('Etalab')));
    const { communes, epcis } = await read(path, { departement: undefined, epci: [write('epci.csv', text)] });
    expect(communes.map(({ code, epci }) => [code, epci])).toEqual([
      ['71076', undefined],
      ['71270', '1'],
    ]);
    expect(epcis).toEqual([{ code: '1', nom: 'CC du Val' }]);
  });
});
