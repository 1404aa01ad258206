import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPointTable } from '../../src/commands/point-table.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { readActionSheets } from '../../src/read/action-sheets.ts';
import { readPopulation } from '../../src/read/population.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { readStructures } from '../../src/read/structures.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const HEAD = 'id;nom;type;lon;lat';
const ROW = '1;A;mds;4,8;46,3';

async function toldOf(header: string, row: string) {
  const notices = new NoticeList();
  const list = await readStructures([write('l.csv', `${header}\n${row}\n`)], {}, notices);
  const told = notices.notices.filter(({ code }) => /column/.test(code)).map(({ message }) => message);
  return { told, list };
}

describe('columns of a list of structures', () => {
  it.each([
    ['date_engagment', 'date_engagement'],
    ['Horraires', 'horaires'],
    ['Adrese', 'adresse'],
    ['satisfation', 'satisfaction'],
    ['date_engag', 'date_engagement'],
    ['Date engagement CCAS', 'date_engagement'],
    ['Polyvalant', 'polyvalent'],
  ])('that are misspelt, as %j, are told with the name %j', async (name, near) => {
    const { told } = await toldOf(`${HEAD};${name}`, `${ROW};x`);
    expect(told).toEqual([`the column ${name} is not used: did you mean ${near}?`]);
  });

  it.each([
    [
      'several, once',
      'Observations;Référent;Public',
      'a;b;c',
      ['columns not used: Observations, Référent, Public'],
    ],
    ['none that holds nothing', 'Observations;Référent', ';', []],
    ['one without a name', ';Référent', 'a;', ['columns not used: (6)']],
    ['a second of the same name', 'nom', 'B', ['columns not used: nom']],
    ['short names that are near by chance', 'date;site;mel', 'a;b;c', ['columns not used: date, site, mel']],
    [
      'a name whose near one is there',
      'Horaires;Horraires',
      'Mo 09:00-10:00;x',
      ['columns not used: Horraires'],
    ],
  ])('list %s', async (_, names, values, expected) => {
    expect((await toldOf(`${HEAD};${names}`, `${ROW};${values}`)).told).toEqual(expected);
  });

  it.each([
    ['N°', 'id', '1'],
    ['Identifiant', 'id', '1'],
    ['Nom de la structure', 'nom', 'A'],
    ['Dénomination', 'nom', 'A'],
    ['Structure', 'nom', 'A'],
    ['Type de structure', 'type', 'mds'],
    ['Catégorie', 'type', 'mds'],
  ])('%j is read as %s', async (name, known, value) => {
    const header = HEAD.split(';').map((each) => (each === known ? name : each));
    const row = ROW.split(';').map((each, at) => (HEAD.split(';')[at] === known ? value : each));
    const { told, list } = await toldOf(header.join(';'), row.join(';'));
    expect(told).toEqual([]);
    expect(list[0]).toMatchObject({ id: '1', nom: 'A', type: 'maisons-des-solidarites' });
  });

  it.each([
    ["Date d'engagement", '15/03/2021', { dateEngagement: '2021-03-15' }],
    ['Date d’engagement', '15/03/2021', { dateEngagement: '2021-03-15' }],
    ['Engagée le', '15/03/2021', { dateEngagement: '2021-03-15' }],
    ['Engaged since', '2021-03-15', { dateEngagement: '2021-03-15' }],
    ['Date de signature de la charte', '15/03/2021', { dateCharte: '2021-03-15' }],
    ['Engagé(e)', 'non', { engagee: false }],
    ['Engaged', 'no', { engagee: false }],
    ["Horaires d'ouverture", 'Mo 09:00-10:00', { horaires: 'Mo 09:00-10:00' }],
    ['Jours et horaires', 'Mo 09:00-10:00', { horaires: 'Mo 09:00-10:00' }],
    ['Opening hours', 'Mo 09:00-10:00', { horaires: 'Mo 09:00-10:00' }],
    ['Adresse postale', '1 rue X', { adresse: '1 rue X' }],
    ['Address', '1 rue X', { adresse: '1 rue X' }],
    ['Code INSEE de la commune', '71270', { codeInsee: '71270' }],
    ['Insee', '71270', { codeInsee: '71270' }],
    ['INSEE code', '71270', { codeInsee: '71270' }],
    ['Téléphone', '03 85 00 00 00', { telephone: true }],
    ['N° de téléphone', '03 85 00 00 00', { telephone: true }],
    ['Cercle', '2', { cercle: 2 }],
    ['Circle', '2', { cercle: 2 }],
    ['Circle stated', 'no', { cercleStated: false }],
    ['Sans rendez-vous', 'oui', { sansRdv: true }],
  ])('%j holding %j is read', async (name, value, expected) => {
    const { told, list } = await toldOf(`${HEAD};${name}`, `${ROW};${value}`);
    expect(told).toEqual([]);
    expect(list[0]).toMatchObject(expected);
  });

  it('are told of GeoJSON properties too', async () => {
    const feature = {
      type: 'Feature',
      properties: { id: '1', nom: 'A', type: 'mds', horraires: 'x', note: 'y', vide: null },
      geometry: { type: 'Point', coordinates: [4.8, 46.3] },
    };
    const path = write('l.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    const notices = new NoticeList();
    await readStructures([path], {}, notices);
    expect(notices.notices.map(({ code, value }) => [code, value])).toEqual([
      ['column-misspelt', 'horraires'],
      ['columns-not-used', 'note'],
    ]);
  });

  it.each([
    'france-services/france-services-liste-fs-20240801.csv',
    'france-services/france_services_2021.geojson',
  ])(`of the official list %s are no news (${NO_REAL_DATA})`, async (file) => {
    const path = realData(file);
    if (path === undefined) return;
    const notices = new NoticeList();
    await readStructures([path], {}, notices);
    expect(readFileSync(path).length).toBeGreaterThan(0);
    expect(notices.notices.filter(({ code }) => /column/.test(code))).toEqual([]);
  });
});

describe('columns of other tables', () => {
  async function codesOf(read: (notices: NoticeList) => Promise<unknown>) {
    const notices = new NoticeList();
    await read(notices);
    return notices.notices.map(({ code, value }) => [code, value]);
  }

  it('are told of a grid, but for the official ones', async () => {
    const grid = 'idcar_200m,i_est_200,lcog_geo,ind,men,men_surf,log_soc,ind_snv,popultion,note\n';
    const row = 'CRS3035RES200mN2029400E4259000,0,71270,1,1,1,1,1,1,x\n';
    expect(await codesOf((notices) => readPopulation([write('g.csv', grid + row)], {}, notices))).toEqual([
      ['columns-not-used', 'popultion, note'],
    ]);
    const missing = 'lon,lat,population,longitud,cod_insee\n4,46,5,1,71270\n';
    expect(await codesOf((notices) => readPopulation([write('m.csv', missing)], {}, notices))).toEqual([
      ['column-misspelt', 'cod_insee'],
      ['columns-not-used', 'longitud'],
    ]);
  });

  it('are told of official populations, action sheets and points', async () => {
    const people =
      'REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT;Note\n27;B;71;1;2;270;71270;Mâcon;5;1;6;x\n';
    expect(await codesOf((n) => readReferencePopulations(write('p.csv', people), n))).toEqual([
      ['columns-not-used', 'Note'],
    ]);
    const sheet = 'indicateur;annee;cible;réalise;remarque\nA;2026;5;4;x\n';
    expect(await codesOf((n) => readActionSheets([write('s.csv', sheet)], n))).toEqual([
      ['columns-not-used', 'remarque'],
    ]);
    const points = 'id,lon,lat,name\na,4.8,46.3,x\n';
    expect(await codesOf((n) => readPointTable(write('q.csv', points), [4, 46, 5, 47], n))).toEqual([
      ['columns-not-used', 'name'],
    ]);
  });
});
