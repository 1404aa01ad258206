import { area } from '@turf/turf';
import type { Feature, Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { boxRing } from '../../scripts/lib/box-ring.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildPolygonIndex } from '../../src/common/polygon-index.ts';
import { readCommunes } from '../../src/read/communes.ts';
import { Decoupage, findDepartementName } from '../../src/read/decoupage.ts';
import { repairPolygon } from '../../src/read/polygon-repair.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

function square(west: number, south: number, side = 0.1): Position[] {
  return boxRing(west, south, west + side, south + side);
}

function feature(properties: Record<string, unknown>, ring: Position[]): Feature<Polygon> {
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
}

function collection(features: unknown[], crs?: string): string {
  const named = crs === undefined ? {} : { crs: { type: 'name', properties: { name: crs } } };
  return JSON.stringify({ type: 'FeatureCollection', ...named, features });
}

/** Overpass JSON of one commune: a boundary relation of two ways, drawn round a square of 0.1 degrees. */
function overpassCommune(code: string, name: string, west: number, south: number): string {
  const corners = square(west, south).slice(0, 4);
  const nodes = corners.map(([lon, lat], i) => ({ type: 'node', id: i + 1, lon, lat }));
  return JSON.stringify({
    elements: [
      ...nodes,
      { type: 'way', id: 1, nodes: [1, 2, 3], tags: { boundary: 'administrative' } },
      { type: 'way', id: 2, nodes: [3, 4, 1] },
      {
        type: 'relation',
        id: 1,
        tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', 'ref:INSEE': code, name },
        members: [1, 2].map((ref) => ({ type: 'way', ref, role: 'outer' })),
      },
    ],
  });
}

describe('communes of a territory', () => {
  it('are read from Overpass JSON: the boundary relations, joined from their ways', async () => {
    const notices = new NoticeList();
    const path = write('communes.json', overpassCommune('71270', 'Mâcon', 4.8, 46.3));
    const { communes } = await readCommunes([path], {}, notices);
    expect(communes.map(({ code, nom }) => [code, nom])).toEqual([['71270', 'Mâcon']]);
    const { geometry } = communes[0]!;
    expect(area(geometry!)).toBeCloseTo(area({ type: 'Polygon', coordinates: [square(4.8, 46.3)] }), -3);
    expect(notices.notices).toEqual([]);
  });

  it.each([
    [{ code: '71270', nom: 'Mâcon' }],
    [{ INSEE_COM: '71270', NOM: 'Mâcon', POPULATION: 1 }],
    [{ code_insee: '71270', nom_officiel: 'Mâcon' }],
    [{ CODGEO: 71270, LIBGEO: 'Mâcon' }],
    [{ 'ref:INSEE': '71270', name: 'Mâcon' }],
  ])('reads the properties %j and joins the package', async (properties) => {
    const path = write('one.geojson', collection([feature(properties, square(4.8, 46.3))]));
    const { communes, epcis } = await readCommunes([path], {}, new NoticeList());
    expect(communes).toMatchObject([{ code: '71270', nom: 'Mâcon', departement: '71', epci: '200070308' }]);
    expect(communes[0].population).toBe(new Decoupage().findCommune('71270')!.population);
    expect(epcis).toMatchObject([{ code: '200070308', nom: expect.stringContaining('Mâconnais') }]);
  });

  it('keeps what the polygons say of a fictional département', async () => {
    const path = write(
      'fiction.geojson',
      collection([
        feature({ code: '00002', nom: 'B', population: 12 }, square(4.9, 46.3)),
        feature({ code: '00001', nom: 'A', population: 5 }, square(4.8, 46.3)),
      ]),
    );
    const epci = write('epci.csv', 'commune;epci;nom\n00001;1;CC du Val\n00002;1;CC du Val\n');
    const territories = write('tas.csv', 'commune;territoire\n00001;Nord\n');
    const notices = new NoticeList();
    const set = await readCommunes(
      [path],
      { departement: '00', epci: [epci], territories: [territories] },
      notices,
    );
    expect(
      set.communes.map(({ code, nom, population, departement, epci: e, territoire }) => [
        code,
        nom,
        population,
        departement,
        e,
        territoire,
      ]),
    ).toEqual([
      ['00001', 'A', 5, '00', '1', 'Nord'],
      ['00002', 'B', 12, '00', '1', undefined],
    ]);
    expect(set.epcis).toEqual([{ code: '1', nom: 'CC du Val' }]);
    expect(notices.notices.map((notice) => [notice.code, notice.value])).toEqual([
      ['communes-without-territory', '00002'],
    ]);
  });

  it('takes a French-looking code abroad for what it is', async () => {
    const path = write(
      'abroad.geojson',
      collection([feature({ code: '50007', nom: 'Addison', population: 3 }, square(-73.2, 44))]),
    );
    const { communes } = await readCommunes([path], {}, new NoticeList());
    expect(communes).toMatchObject([{ code: '50007', nom: 'Addison', population: 3 }]);
  });

  it('joins a former commune to the one that absorbed it, without an inner border', async () => {
    const path = write(
      'merged.geojson',
      collection([
        feature({ code: '71566', nom: 'Verdun' }, square(5, 46.9)),
        feature({ code: '71131', nom: 'Ciel' }, square(5.1, 46.9)),
      ]),
    );
    const notices = new NoticeList();
    const { communes, currentCodeOf } = await readCommunes([path], {}, notices);
    expect(communes).toHaveLength(1);
    expect(communes[0].geometry?.type).toBe('Polygon');
    expect(communes[0].geometry?.coordinates).toHaveLength(1);
    expect(currentCodeOf.get('71131')).toBe('71566');
    expect(notices.notices).toMatchObject([
      { code: 'commune-polygon-joined', id: '71131', action: 'joined to 71566 Verdun-Ciel' },
    ]);
  });

  it('folds the arrondissements of Lyon, or leaves them out beside the whole', async () => {
    const parts = [
      feature({ code: '69381', nom: 'Lyon 1er' }, square(4.8, 45.7)),
      feature({ code: '69382', nom: 'Lyon 2e' }, square(4.9, 45.7)),
    ];
    const whole = feature({ code: '69123', nom: 'Lyon' }, [
      [4.8, 45.7],
      [5, 45.7],
      [5, 45.8],
      [4.8, 45.8],
      [4.8, 45.7],
    ]);
    for (const features of [parts, [whole, ...parts]]) {
      const { communes } = await readCommunes(
        [write('plm.geojson', collection(features))],
        {},
        new NoticeList(),
      );
      expect(communes.map((commune) => commune.code)).toEqual(['69123']);
      expect(area(communes[0].geometry!) / area(whole)).toBeCloseTo(1, 6);
    }
  });

  it('keeps a commune without polygon in the table, and the others as neighbours', async () => {
    const path = write(
      'some.geojson',
      collection([
        feature({ code: '71270' }, square(4.8, 46.3)),
        feature({ code: '01004' }, square(5.3, 45.9)),
      ]),
    );
    const notices = new NoticeList();
    const { communes, neighbours } = await readCommunes(
      [path],
      { communeCodes: ['71076', '71270'] },
      notices,
    );
    expect(communes.map((commune) => [commune.code, commune.geometry !== undefined])).toEqual([
      ['71076', false],
      ['71270', true],
    ]);
    expect(neighbours.map((commune) => commune.code)).toEqual(['01004']);
    expect(notices.notices).toMatchObject([{ code: 'commune-without-geometry', id: '71076' }]);
  });

  it('reads Lambert-93 that a file declares, or that its values fit, and refuses metres of nowhere', async () => {
    const features = () => [feature({ code: '71270' }, square(840_000, 6_580_000, 1000))];
    const { communes } = await readCommunes(
      [write('l93.geojson', collection(features(), 'urn:ogc:def:crs:EPSG::2154'))],
      {},
      new NoticeList(),
    );
    const [lon, lat] = communes[0].geometry!.coordinates[0][0] as Position;
    expect([Math.round(lon), Math.round(lat)]).toEqual([5, 46]);
    const notices = new NoticeList();
    const undeclared = await readCommunes([write('l93b.geojson', collection(features()))], {}, notices);
    expect(undeclared.communes[0].geometry).toEqual(communes[0].geometry);
    expect(notices.notices.map(({ code }) => code)).toContain('positions-in-metres');
    const nowhere = collection([feature({ code: '71270' }, square(90_000_000, 90_000_000, 1000))]);
    const error = await usageErrorOf(() =>
      readCommunes([write('nowhere.geojson', nowhere)], {}, new NoticeList()),
    );
    expect(error.message).toContain('no degrees');
  });

  it('is empty without files', async () => {
    expect((await readCommunes([], { departement: '71' }, new NoticeList())).communes).toEqual([]);
  });

  it.each([
    ['an unknown commune code', { communeCodes: ['99999'] }, 'unknown commune'],
    ['a département without polygons', { departement: '29' }, 'no polygon belongs'],
  ])('refuses %s', async (_, options, words) => {
    const path = write('r.geojson', collection([feature({ code: '71270' }, square(4.8, 46.3))]));
    expect((await usageErrorOf(() => readCommunes([path], options, new NoticeList()))).message).toContain(
      words,
    );
  });

  it.each([
    ['no code', [feature({ label: 'A' }, square(4.8, 46.3))], 'no feature of the file'],
    ['no feature', [], 'no feature'],
    [
      'only points',
      [{ type: 'Feature', properties: { code: '1' }, geometry: { type: 'Point', coordinates: [4, 46] } }],
      'no feature of the file',
    ],
  ])('refuses a file with %s', async (_, features, words) => {
    const path = write('r.geojson', collection(features));
    expect((await usageErrorOf(() => readCommunes([path], {}, new NoticeList()))).message).toContain(words);
  });

  it('names the line where JSON breaks off', async () => {
    const path = write('cut.geojson', '{"type": "FeatureCollection",\n"features": [{"type": "Feat');
    const error = await usageErrorOf(() => readCommunes([path], {}, new NoticeList()));
    expect(error.fields.line).toBe(2);
  });

  it('keeps the first of two territories that claim a commune', async () => {
    const path = write('t.geojson', collection([feature({ code: '71270' }, square(4.8, 46.3))]));
    const table = write('two.csv', 'Commune,Territoire\n71270,Sud\n71270,Nord\n');
    const notices = new NoticeList();
    const { communes } = await readCommunes([path], { territories: [table] }, notices);
    expect(communes[0].territoire).toBe('Sud');
    expect(notices.notices).toMatchObject([{ code: 'commune-in-two-territories', row: 3 }]);
  });
});

describe('polygons that are not quite polygons', () => {
  // In each drawing the first point lies inside, the second outside.
  it.each([
    {
      what: 'a ring that is not closed',
      ring: '0 0,2 0,2 2,0 2',
      defect: 'not closed',
      inside: [1, 1.5],
      outside: [3, 1],
    },
    {
      what: 'a bow tie',
      ring: '0 0,2 2,2 0,0 2,0 0',
      defect: 'crosses',
      inside: [0.25, 1],
      outside: [1, 0.5],
    },
    {
      what: 'two squares that touch',
      ring: '0 0,1 0,1 1,2 1,2 2,1 2,1 1,0 1,0 0',
      defect: 'touches',
      inside: [1.5, 1.5],
      outside: [1.5, 0.5],
    },
    {
      what: 'a point that is no number',
      ring: '0 0,x 1,2 0,2 2,0 2,0 0',
      defect: 'no pair of numbers',
      inside: [1, 1],
      outside: [3, 1],
    },
  ])('mends $what and keeps what lies inside', async ({ ring, defect, inside, outside }) => {
    const coordinates = [ring.split(',').map((point) => point.split(' ').map(Number))];
    const { geometry, defects } = await repairPolygon({ type: 'Polygon', coordinates });
    expect(defects.join()).toContain(defect);
    expect((await repairPolygon(geometry!)).defects).toEqual([]);
    const index = buildPolygonIndex([geometry]);
    expect([index.locate(inside[0], inside[1]), index.locate(outside[0], outside[1])]).toEqual([0, -1]);
  });

  it('winds outer rings counter-clockwise and holes clockwise, and drops repeated points without a word', async () => {
    const outer: Position[] = [
      [0, 0],
      [0, 3],
      [0, 3],
      [3, 3],
      [3, 0],
      [0, 0],
    ];
    const { geometry, defects } = await repairPolygon({
      type: 'Polygon',
      coordinates: [outer, square(1, 1, 1)],
    });
    expect(defects).toEqual([]);
    expect(geometry?.coordinates).toEqual([
      [
        [0, 0],
        [3, 0],
        [3, 3],
        [0, 3],
        [0, 0],
      ],
      square(1, 1, 1).reverse(),
    ]);
  });

  it('has no geometry left where no ring encloses anything', async () => {
    const flat: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    };
    expect((await repairPolygon(flat)).geometry).toBeUndefined();
  });
});

describe('the official list', () => {
  it.each([
    ['71', 563, 550_310],
    ['35', 332, 1_120_666],
    ['49', 176, 833_776],
    ['34', 341, 1_230_289],
  ])('knows %s: %d communes, %d people', (departement, count, people) => {
    const decoupage = new Decoupage();
    const codes = decoupage.communeCodesOf(departement);
    expect(codes).toHaveLength(count);
    expect(codes.reduce((sum, code) => sum + decoupage.findCommune(code)!.population!, 0)).toBe(people);
  });

  it.each([
    ['71131', '71566'],
    ['49069', '49126'],
    ['49144', '44180'],
    ['69381', '69123'],
    ['75101', '75056'],
  ])('follows %s to a commune of today', (old, current) => {
    const decoupage = new Decoupage();
    const found = decoupage.currentCodeOf().get(old);
    expect(decoupage.findCommune(found!)).toBeDefined();
    expect(found).toBe(current);
  });

  it('never sends a code of today to another commune', () => {
    const decoupage = new Decoupage();
    const arrondissements = /^(751|132|6938)\d+$/;
    for (const [old, current] of decoupage.currentCodeOf()) {
      expect(decoupage.findCommune(current), `${old} -> ${current}`).toBeDefined();
      if (!arrondissements.test(old)) expect(decoupage.findCommune(old), old).toBeUndefined();
    }
  });

  it('names départements', () => {
    expect([findDepartementName('71'), findDepartementName('2A'), findDepartementName('00')]).toEqual([
      'Saône-et-Loire',
      'Corse-du-Sud',
      undefined,
    ]);
  });
});

describe('real polygons', () => {
  const saoneEtLoire = realData('communes/communes-71.geojson');
  it.skipIf(saoneEtLoire === undefined)(
    `567 polygons of 2018 become the 563 communes of Saône-et-Loire (${NO_REAL_DATA})`,
    async () => {
      const notices = new NoticeList();
      const { communes, epcis } = await readCommunes([saoneEtLoire!], { departement: '71' }, notices);
      expect(communes).toHaveLength(563);
      expect(communes.every((commune) => commune.geometry !== undefined && commune.epci !== undefined)).toBe(
        true,
      );
      expect(communes.reduce((sum, commune) => sum + commune.population!, 0)).toBe(550_310);
      expect(notices.notices.map((notice) => notice.id)).toEqual(['71492', '71055', '71304', '71131']);
      expect(epcis.length).toBeGreaterThan(15);
    },
  );
});

describe('codes of polygons', () => {
  /** Communes of a file of squares side by side, of the département 71 or all. */
  async function codesOf(communes: ReadonlyArray<readonly [code: string | number, nom: string | undefined]>) {
    const features = communes.map(([code, nom], i) => feature({ code, nom }, square(4 + i / 5, 46)));
    const notices = new NoticeList();
    const set = await readCommunes([write('postal.geojson', collection(features))], {}, notices);
    const told = notices.notices.filter(({ code }) => code.startsWith('table-'));
    return { codes: set.communes.map(({ code }) => code), told };
  }

  it.each([
    [
      'postal codes with names',
      [
        ['71100', 'Chalon-sur-Saône'],
        ['71200', 'Le Creusot'],
        ['71640', 'Givry'],
      ],
      ['71076', '71153', '71221'],
      3,
    ],
    [
      'postal codes that lost their zero',
      [
        [1000, 'Bourg-en-Bresse'],
        [1500, 'Ambérieu-en-Bugey'],
      ],
      ['01004', '01053'],
      2,
    ],
    [
      'postal codes of which one is the code of a commune too',
      [
        ['71100', 'Chalon-sur-Saône'],
        ['71300', 'Montceau-les-Mines'],
        ['71000', 'Mâcon'],
      ],
      ['71076', '71270', '71306'],
      3,
    ],
    [
      'postal codes of large towns and of Corsica',
      [
        ['13001', 'Marseille'],
        ['20000', 'Ajaccio'],
        ['69003', 'Lyon'],
      ],
      ['13055', '2A004', '69123'],
      3,
    ],
    [
      'codes without their zero, or in small letters',
      [
        [1004, 'x'],
        ['2a004', 'y'],
      ],
      ['01004', '2A004'],
      0,
    ],
    [
      'codes of arrondissements',
      [
        ['13201', 'Marseille 1er'],
        ['75101', 'Paris 1er'],
      ],
      ['13055', '75056'],
      0,
    ],
    [
      'codes whose names are spelt otherwise',
      [
        ['71076', 'CHALON SUR SAONE'],
        ['71999', 'Nulle-Part'],
      ],
      ['71076', '71999'],
      0,
    ],
    ['a code abroad that is a French postal code', [['08200', 'Sabadell']], ['08200'], 0],
  ] as const)('that are %s', async (_, communes, expected, toldCount) => {
    const { codes, told } = await codesOf(communes);
    expect(codes).toEqual(expected);
    expect(told.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(toldCount);
  });
});
