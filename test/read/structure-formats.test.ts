/** The forms in which lists of structures are published, header by header, and the dirty rows that they hold. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import type { Structure } from '../../src/read/records.ts';
import { readStructures } from '../../src/read/structures.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

async function read(
  content: string | Buffer,
  { name = 'liste.csv', notices = new NoticeList() } = {},
): Promise<Structure[]> {
  return readStructures([write(name, content)], {}, notices);
}

const json = (value: unknown, notices = new NoticeList()) =>
  read(JSON.stringify(value), { name: 'liste.json', notices });

describe('headers of each form', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  const csv2024 =
    'id_fs,insee_dep,lib_fs,adresse,insee_com,code_postal,lib_com,latitude,longitude,type_fs,format_fs';
  const csv2021 =
    'MATRICULE;DEPARTEMENT;lib_france_services;ADRESSE;insee_com;code_postal;lib_com;LATITUDE;LONGITUDE;ITINERANCE;FORMAT_FS';

  it.each([
    ['own, all lower case', 'id;nom;type;lon;lat;code_insee\n1;Mâcon;ccas;4.8;46.3;71270\n', 'ccas-cias'],
    [
      'own, as Excel writes it',
      '\ufeffID;Nom;Type;Longitude;Latitude;Code INSEE\r\n1;Mâcon;CCAS;4,8;46,3;71270\r\n',
      'ccas-cias',
    ],
    [
      'own, Windows-1252',
      latin1('id;nom;type;lon;lat;insee\n1;Mâcon;Maison des solidarités;4.8;46.3;71270\n'),
      'maisons-des-solidarites',
    ],
    [
      'own, commas, other names',
      'identifiant,libellé,typologie,lng,lat,insee_com\n1,Mâcon,PCB,4.8,46.3,71270\n',
      'points-conseil-budget',
    ],
    [
      'own, x and y in degrees',
      'id_structure\tname\ttype_structure\tx\ty\tcode_commune\n1\tMâcon\tCAF\t4.8\t46.3\t71270\n',
      'caf',
    ],
    [
      'France services 2024, commas',
      `${csv2024}\n1,71,Mâcon,"1, rue",71270,71000,Mâcon,46.3,4.8,Principal,Fixe\n`,
      'france-service',
    ],
    [
      'France services 2024, semicolons',
      `${csv2024.replaceAll(',', ';')}\n1;71;Mâcon;1 rue;71270;71000;Mâcon;46,3;4,8;Principal;Fixe\n`,
      'france-service',
    ],
    [
      'France services 2021, CSV',
      `${csv2021}\n1;71;Mâcon;1 rue;71270;71000;MACON;46.3;4.8;Non;Espace labellisé\n`,
      'france-service',
    ],
    [
      'France services 2020, as a table with quotes',
      `${csv2021.replaceAll(';', ',').toLowerCase()}\n"1","71","Mâcon","1 rue","71270","71000","MACON","46.3","4.8","","Espace labellisé"\n`,
      'france-service',
    ],
  ])('reads %s', async (_, content, type) => {
    const notices = new NoticeList();
    expect(await read(content, { notices })).toMatchObject([
      { id: '1', nom: 'Mâcon', type, lon: 4.8, lat: 46.3, codeInsee: '71270', format: 'fixe' },
    ]);
    expect(notices.notices).toEqual([]);
  });

  it('reads a compressed list', async () => {
    const content = gzipSync('id;nom;type;lon;lat\n1;A;ccas;4.8;46.3\n');
    expect(await read(content, { name: 'liste.csv.gz' })).toMatchObject([{ id: '1', type: 'ccas-cias' }]);
  });

  it.each([
    ['Espace labellisé', '', 'fixe'],
    ['Espace labellisé', 'Non', 'fixe'],
    ['Espace labellisé', 'Oui', 'itinerant'],
    ['Antenne', '', 'antenne'],
    ['Antenne', 'Oui', 'itinerant'],
  ])('reads %s with ITINERANCE %j of 2021 as %s', async (format, itinerance, expected) => {
    const row = `1;71;A;1 rue;71270;71000;MACON;46.3;4.8;${itinerance};${format}`;
    expect((await read(`${csv2021}\n${row}\n`))[0]!.format).toBe(expected);
  });
});

describe('every column of the own list', () => {
  const header =
    'id;nom;type;cercle;lon;lat;adresse;code_insee;engagee;date_engagement;date_charte;polyvalent;satisfaction;audit;avec_rdv;sans_rdv;telephone;numerique;format;horaires';

  it('is kept', async () => {
    const row =
      '1;MDS;MDS;1;4.8;46.3;1 rue Haute;71270;oui;2019-06-01;13/12/2022;oui;non;oui;oui;non;oui;non;antenne;"Mo-Fr 09:00-12:00"';
    expect(await read(`${header}\n${row}\n`)).toMatchObject([
      {
        adresse: '1 rue Haute',
        codeInsee: '71270',
        engagee: true,
        dateEngagement: '2019-06-01',
        dateCharte: '2022-12-13',
        polyvalent: true,
        satisfaction: false,
        audit: true,
        avecRdv: true,
        sansRdv: false,
        telephone: true,
        numerique: false,
        format: 'antenne',
        horaires: 'Mo-Fr 09:00-12:00',
      },
    ]);
  });

  it('is undefined where blank', async () => {
    const [structure] = await read(`${header}\n1;A;MDS;;4.8;46.3;;;;;;;;;;;;;;\n`);
    for (const key of ['dateCharte', 'polyvalent', 'satisfaction', 'audit', 'avecRdv', 'telephone'] as const)
      expect(structure![key]).toBeUndefined();
  });

  it.each([
    ['telephone', '03 85 00 00 00', true],
    ['telephone', '3949', true],
    ['numerique', 'https://exemple.fr/contact', true],
    ['numerique', 'ccas@exemple.fr', true],
    ['audit', '2024', true],
    ['satisfaction', '15/03/2024', true],
    ['audit', 'x', true],
    ['polyvalent', 'FAUX', false],
  ] as const)('reads %s %j as %s', async (column, text, expected) => {
    const content = `id;nom;type;lon;lat;${column}\n1;A;MDS;4.8;46.3;${text}\n`;
    expect((await read(content))[0]![column]).toBe(expected);
  });

  it.each(['telephone', 'polyvalent', 'audit'] as const)(
    'notices a word in %s that says neither',
    async (column) => {
      const notices = new NoticeList();
      const content = `id;nom;type;lon;lat;${column}\n1;A;MDS;4.8;46.3;peut-être\n`;
      expect((await read(content, { notices }))[0]![column]).toBeUndefined();
      expect(notices.notices).toMatchObject([
        { code: 'structure-answer-unreadable', row: 2, value: 'peut-être' },
      ]);
    },
  );

  it('is read from the properties of GeoJSON points, and of outlines', async () => {
    const properties = {
      id: 7,
      nom: 'A',
      type: 'ccas',
      'Date charte': '2022-12-13',
      Polyvalent: true,
      audit: 'non',
    };
    const ring = [
      [4.8, 46.3],
      [4.9, 46.3],
      [4.9, 46.4],
      [4.8, 46.4],
      [4.8, 46.3],
    ];
    const notices = new NoticeList();
    const structures = await json(
      {
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [4.8, 46.3] } },
          {
            type: 'Feature',
            properties: { ...properties, id: 8 },
            geometry: { type: 'Polygon', coordinates: [ring] },
          },
        ],
      },
      notices,
    );
    expect(structures).toMatchObject([
      { id: '7', dateCharte: '2022-12-13', polyvalent: true, audit: false, lon: 4.8 },
      { id: '8', lat: expect.closeTo(46.35, 1) },
    ]);
    expect(notices.notices).toMatchObject([{ code: 'structure-outlines' }]);
  });
});

describe('what the France services list says of appointments', () => {
  const header =
    'id_fs,lib_fs,insee_com,latitude,longitude,telephone,mail,h_lundi,prise_rdv,commentaire,type_fs,format_fs';

  it.each([
    ['Oui', '', '', true, undefined],
    ['Non', '', '', false, true],
    ['', '', '', undefined, undefined],
    ['Non', 'UNIQUEMENT SUR RDV', '', true, false],
    ['Oui', 'Sur rendez-vous', '', true, false],
    ['Oui', 'Sur rendez-vous le samedi', '', true, undefined],
    ['', 'Accueil sans rendez-vous le matin', '', undefined, true],
    ['', '', '10:00 - 13:00 / Après-midi sur RDV', true, undefined],
  ])('prise_rdv %j, comment %j, hours %j', async (taken, comment, hours, avecRdv, sansRdv) => {
    const row = `1,A,71270,46.3,4.8,,,${hours},${taken},${comment},Principal,Fixe`;
    const [structure] = await read(`${header}\n${row}\n`);
    expect([structure!.avecRdv, structure!.sansRdv]).toEqual([avecRdv, sansRdv]);
  });

  it('takes a number to call and an address to write to as channels', async () => {
    const rows = [
      '1,A,71270,46.3,4.8,03 85 00 00 00,a@b.fr,,,,Principal,Fixe',
      '2,B,71270,46.3,4.9,,,,,,Principal,Fixe',
    ];
    expect(await read(`${header}\n${rows.join('\n')}\n`)).toMatchObject([
      { telephone: true, numerique: true },
      { telephone: undefined, numerique: undefined },
    ]);
  });

  it.each([
    ['00:00 - 00:00', 'counts as closed', 'off'],
    ['09:00 - 12:00 / 09:00 - 12:00', 'merged', 'Mo 09:00-12:00'],
    ['09:00 - 12:00 / 11:00 - 17:00', 'merged', 'Mo 09:00-17:00'],
    ['17:00 - 09:00 / 10:00 - 12:00', 'ends before it begins', 'Mo 10:00-12:00'],
  ])('mends the hours %s, and says so', async (hours, words, expected) => {
    const notices = new NoticeList();
    const row = `1,A,71270,46.3,4.8,,,${hours},,,Principal,Fixe`;
    expect((await read(`${header}\n${row}\n`, { notices }))[0]!.horaires).toBe(expected);
    expect(notices.notices).toMatchObject([{ code: 'structure-hours-mended', row: 2, id: '1' }]);
    expect(notices.notices[0]!.message).toContain(words);
  });
});

describe("the annuaire de l'administration", () => {
  const service = {
    id: 'a1',
    nom: 'Centre communal  d’action sociale',
    code_insee_commune: '71270',
    pivot: [{ type_service_local: 'ccas', code_insee_commune: ['71270', '71497'] }],
    adresse: [
      {
        type_adresse: 'Postale',
        numero_voie: 'BP 1',
        code_postal: '71000',
        nom_commune: 'Mâcon',
        longitude: '',
        latitude: '',
      },
      {
        type_adresse: 'Adresse',
        numero_voie: '1 rue Haute',
        code_postal: '71000',
        nom_commune: 'Mâcon',
        longitude: '4.8',
        latitude: '46.3',
      },
    ],
    telephone: [{ valeur: '03 85 00 00 00', description: '' }],
    adresse_courriel: ['ccas@exemple.fr'],
    plage_ouverture: [
      {
        nom_jour_debut: 'Lundi',
        nom_jour_fin: 'Jeudi',
        valeur_heure_debut_1: '09:00:00',
        valeur_heure_fin_1: '12:00:00',
        valeur_heure_debut_2: '13:30:00',
        valeur_heure_fin_2: '17:00:00',
        commentaire: '',
      },
      {
        nom_jour_debut: 'Vendredi',
        nom_jour_fin: 'Vendredi',
        valeur_heure_debut_1: '09:00:00',
        valeur_heure_fin_1: '12:00:00',
        valeur_heure_debut_2: '',
        valeur_heure_fin_2: '',
        commentaire: 'sur rendez-vous',
      },
    ],
  };
  const expected = {
    id: 'a1',
    nom: 'Centre communal d’action sociale',
    type: 'ccas-cias',
    cercle: 1,
    lon: 4.8,
    lat: 46.3,
    adresse: '1 rue Haute, 71000 Mâcon',
    codeInsee: '71270',
    horaires: 'Mo-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00',
    telephone: true,
    numerique: true,
    avecRdv: true,
    row: 1,
  };
  /** Nested fields as one portal serves them. */
  const flat = Object.fromEntries(
    Object.entries(service).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

  it.each([
    ['under service', { service: [service] }],
    ['under service, with JSON in strings', { service: [flat] }],
    ['as a bare list', [flat]],
    ['under results', { total_count: 1, results: [flat] }],
    ['under records and fields', { records: [{ recordid: 'x', fields: flat }] }],
  ])('reads records %s', async (_, value) => {
    expect(await json(value)).toMatchObject([expected]);
  });

  it("reads a portal's CSV", async () => {
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const content = `${Object.keys(flat).join(';')}\n${Object.values(flat).map(quote).join(';')}\n`;
    expect(await read(content)).toMatchObject([{ ...expected, row: 2 }]);
  });

  it.each([
    ['mds', 'maisons-des-solidarites', 1],
    ['cdas', 'maisons-des-solidarites', 1],
    ['edas', 'maisons-des-solidarites', 1],
    ['sdsei', 'maisons-des-solidarites', 1],
    ['ccas', 'ccas-cias', 1],
    ['msap', 'france-service', 1],
    ['centre_social', 'centre-social', 2],
    ['maison_handicapees', 'mdph', 2],
    ['mission_locale', 'mission-locale', 2],
    ['pole_emploi', 'france-travail', 2],
    ['caf', 'caf', 2],
    ['cpam', 'cpam', 2],
    ['carsat', 'carsat', 2],
    ['msa', 'mutualite-sociale-agricole', 2],
    ['pmi', 'pmi', 2],
    ['mairie', 'mairie', 2],
  ])('puts %s among %s, circle %d', async (kind, type, cercle) => {
    const pivot = [{ type_service_local: kind, code_insee_commune: ['71270'] }];
    expect(await json({ service: [{ ...service, pivot }] })).toMatchObject([{ type, cercle }]);
  });

  it('leaves out prefectures and the like, counted', async () => {
    const other = (kind: string) => ({ ...service, id: kind, pivot: [{ type_service_local: kind }] });
    const notices = new NoticeList();
    const value = { service: [service, other('prefecture'), other('tribunal'), { id: 'p', pivot: '' }] };
    expect(await json(value, notices)).toHaveLength(1);
    expect(notices.notices).toMatchObject([
      { code: 'annuaire-other-services', value: '(none) 1, prefecture 1, tribunal 1' },
    ]);
    const none = await usageErrorOf(() => json({ service: [other('prefecture')] }));
    expect(none.message).toContain('no service of a kind');
  });

  it('leaves out a blank position that nothing places', async () => {
    const notices = new NoticeList();
    const unplaced = { ...service, id: 'a2', adresse: [{ ...service.adresse[0] }] };
    expect(await json({ service: [service, unplaced] }, notices)).toHaveLength(1);
    expect(notices.notices).toMatchObject([
      { code: 'structure-without-position', id: 'a2', action: 'left out' },
    ]);
  });
});

describe('OpenStreetMap', () => {
  const node = (id: number, tags: Record<string, string>) => ({
    type: 'node',
    id,
    lon: 4.8,
    lat: 46.3,
    tags,
  });

  it.each([
    [{ amenity: 'townhall' }, 'mairie'],
    [{ office: 'government', government: 'social_welfare', name: 'CCAS de Mâcon' }, 'ccas-cias'],
    [{ office: 'government', government: 'public_service', name: 'France Services' }, 'france-service'],
    [{ office: 'government', government: 'social_security', name: 'Caisse d’Allocations Familiales' }, 'caf'],
    [
      { amenity: 'social_facility', name: 'Maison départementale des solidarités' },
      'maisons-des-solidarites',
    ],
    [
      { amenity: 'social_facility', social_facility: 'food_bank', name: 'Les Restos du Cœur' },
      'restos-du-coeur',
    ],
    [{ amenity: 'social_facility', social_facility: 'outreach', name: 'Le Pont' }, 'association'],
  ])('reads %j as %s', async (tags, type) => {
    const structures = await json({ version: 0.6, elements: [node(1, tags)] });
    expect(structures).toMatchObject([{ id: 'node/1', type, lon: 4.8, lat: 46.3 }]);
  });

  it('leaves out what neither tags nor name tell, counted, and ignores everything else', async () => {
    const notices = new NoticeList();
    const elements = [
      node(1, {
        amenity: 'townhall',
        name: 'Mairie',
        opening_hours: 'Mo 09:00-12:00',
        phone: '+33 3 85 00 00 00',
      }),
      node(2, { amenity: 'social_facility', social_facility: 'nursing_home', name: 'Les Tilleuls' }),
      node(3, { office: 'government', government: 'tax' }),
      node(4, { amenity: 'bank' }),
    ];
    expect(await json({ elements }, notices)).toMatchObject([
      { nom: 'Mairie', horaires: 'Mo 09:00-12:00', telephone: true },
    ]);
    expect(notices.notices).toMatchObject([{ code: 'osm-structures-of-unknown-type' }]);
    expect((await usageErrorOf(() => json({ elements: [node(4, { amenity: 'bank' })] }))).message).toContain(
      'no structure',
    );
  });

  it('finds a point inside a building, in Overpass JSON and in XML alike', async () => {
    const corners = [
      [4.8, 46.3],
      [4.802, 46.3],
      [4.802, 46.302],
      [4.8, 46.302],
    ] as const;
    const tags = { amenity: 'townhall', name: 'Mairie' };
    const elements = [
      ...corners.map(([lon, lat], i) => ({ type: 'node', id: i + 1, lon, lat })),
      { type: 'way', id: 9, nodes: [1, 2, 3, 4, 1], tags },
    ];
    const nodes = corners.map(([lon, lat], i) => `<node id="${i + 1}" lon="${lon}" lat="${lat}"/>`).join('');
    const refs = [1, 2, 3, 4, 1].map((ref) => `<nd ref="${ref}"/>`).join('');
    const xml = `<?xml version="1.0"?><osm version="0.6">${nodes}<way id="9">${refs}<tag k="amenity" v="townhall"/><tag k="name" v="Mairie"/></way></osm>`;
    const expected = [
      { id: 'way/9', nom: 'Mairie', lon: expect.closeTo(4.801, 6), lat: expect.closeTo(46.301, 2) },
    ];
    expect(await json({ elements })).toMatchObject(expected);
    expect(await read(xml, { name: 'lieux.osm' })).toMatchObject(expected);
  });
});
