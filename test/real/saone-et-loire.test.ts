/** The boundaries of Saône-et-Loire of 2018, as they are and in the forms of other producers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import proj4 from 'proj4';
import { afterAll, describe, expect, it } from 'vitest';
import { readStudyCommunes } from '../../src/batch/study-inputs.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { ringsOf } from '../../src/common/polygon-index.ts';
import { spreadCommunePopulation } from '../../src/read/commune-population.ts';
import { type CommuneSet, readCommunes } from '../../src/read/communes.ts';
import { writeGeoPackage } from '../read/written-geopackage.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { HAS_STUDY_DATA, readRealStudy } from './studies.ts';

const CODES_SINCE_MERGED = ['71055', '71131', '71304', '71492'];
const COMMUNES = 563;
const PEOPLE = 550_310;

const folder = mkdtempSync(join(tmpdir(), 'maillage-71-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expectSaoneEtLoire({ communes }: CommuneSet, notices: NoticeList): void {
  expect(communes).toHaveLength(COMMUNES);
  expect(communes.every(({ geometry, epci }) => geometry !== undefined && epci !== undefined)).toBe(true);
  expect(communes.reduce((sum, { population }) => sum + population!, 0)).toBe(PEOPLE);
  const joined = notices.notices.filter(({ code }) => code === 'commune-polygon-joined').map(({ id }) => id!);
  expect(joined.sort()).toEqual(CODES_SINCE_MERGED);
}

describe.skipIf(!HAS_STUDY_DATA)(`Saône-et-Loire (${NO_REAL_DATA})`, () => {
  it('has 563 communes of today and 550 310 people in the committed study', async () => {
    const study = readRealStudy('saone-et-loire');
    expect([study.population, study.roads]).toEqual(['communes', []]);
    const notices = new NoticeList();
    const set = await readStudyCommunes(study, notices);
    expectSaoneEtLoire(set, notices);
    const nothing = { lon: new Float64Array(), lat: new Float64Array(), weight: new Float64Array() };
    const places = { buildings: nothing, streets: nothing, townhalls: nothing };
    const cells = spreadCommunePopulation(set.communes, places, notices, set.polygonHolderOf);
    expect(cells.population.reduce((sum, people) => sum + people, 0)).toBe(PEOPLE);
  });

  it('is the same from Admin Express, a GeoPackage in Lambert-93', async () => {
    const drawn = JSON.parse(
      readFileSync(realData('communes/communes-71.geojson')!, 'utf8'),
    ) as FeatureCollection<Polygon | MultiPolygon, { code: string; nom: string }>;
    const project = proj4(
      '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs',
    );
    const toLambert = ({ geometry }: Feature<Polygon | MultiPolygon>): MultiPolygon => {
      const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const coordinates = parts.map((rings) =>
        rings.map((ring) => ring.map(([lon, lat]) => project.forward([lon!, lat!]) as Position)),
      );
      return { type: 'MultiPolygon', coordinates };
    };
    const path = join(folder, 'ADE_COMMUNE.gpkg');
    const bytes = await writeGeoPackage({
      table: 'commune',
      crs: ['EPSG', 2154],
      columns: { code_insee: 'TEXT', nom_officiel: 'TEXT', codes_siren_des_epci: 'TEXT' },
      rows: drawn.features.map((feature) => ({
        values: [feature.properties.code, feature.properties.nom, 'NR'],
        geometry: toLambert(feature),
        hasEnvelope: true,
      })),
    });
    writeFileSync(path, bytes);
    const notices = new NoticeList();
    const set = await readCommunes([path], { departement: '71' }, notices);
    expectSaoneEtLoire(set, notices);
    // Mâcon stands in two parts, and back in degrees every corner is where it was.
    const positionsOf = (geometry: Polygon | MultiPolygon) => ringsOf(geometry).flat();
    const macon = set.communes.find(({ code }) => code === '71270')!;
    const before = positionsOf(
      drawn.features.find(({ properties }) => properties.code === '71270')!.geometry,
    );
    const after = positionsOf(macon.geometry!);
    expect(after).toHaveLength(before.length);
    for (const [lon, lat] of before) {
      expect(after.some((each) => Math.hypot(each[0]! - lon!, each[1]! - lat!) < 1e-8)).toBe(true);
    }
  });

  it('is the same where the table of movements leads the four former codes on', async () => {
    const table = join(folder, 'v_mvtcommune_2026.csv');
    const rows = [
      '32,2025-01-01,COM,71131,COM,71566',
      '32,2025-01-01,COM,71566,COM,71566',
      '32,2019-01-01,COM,71000,COM,71001',
    ];
    writeFileSync(table, ['MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP', ...rows].join('\n'));
    const notices = new NoticeList();
    const path = realData('communes/communes-71.geojson')!;
    expectSaoneEtLoire(await readCommunes([path], { departement: '71', cog: [table] }, notices), notices);
  });
});

describe.skipIf(realData('communes/communes-2A.geojson') === undefined)(`Corsica (${NO_REAL_DATA})`, () => {
  it('is one territory in charge, 20R, of two files', async () => {
    const paths = ['2A', '2B'].map((code) => realData(`communes/communes-${code}.geojson`)!);
    const { communes, neighbours } = await readCommunes(paths, { departement: '20R' }, new NoticeList());
    expect(communes).toHaveLength(360);
    expect(new Set(communes.map(({ departement }) => departement))).toEqual(new Set(['2A', '2B']));
    expect(communes.every(({ geometry }) => geometry !== undefined)).toBe(true);
    expect(neighbours).toEqual([]);
  });
});
