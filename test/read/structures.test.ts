import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import type { Structure } from '../../src/read/records.ts';
import { type SelectionOptions, selectStructures } from '../../src/read/select-structures.ts';
import { readDate } from '../../src/read/structure-rows.ts';
import { findStructureType } from '../../src/read/structure-types.ts';
import { readStructures } from '../../src/read/structures.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const OWN_HEADER = 'id;nom;type;cercle;lon;lat;engagee;date_engagement;format;horaires';
const FS_HEADER =
  'id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,type_fs,format_fs';

async function read(content: string, notices = new NoticeList(), options = {}): Promise<Structure[]> {
  return readStructures([write('liste.csv', content)], options, notices);
}

async function readOwn(row: string, notices = new NoticeList()): Promise<Structure> {
  return (await read(`${OWN_HEADER}\n${row}\n`, notices))[0];
}

describe("the tool's own list", () => {
  it('reads every column', async () => {
    const structure = await readOwn('m1;MDS de Mâcon;MDS;2;4,83;46,30;non;01/03/2026;fixe;Mo-Fr 09:00-12:00');
    expect(structure).toMatchObject({
      id: 'm1',
      nom: 'MDS de Mâcon',
      type: 'maisons-des-solidarites',
      cercle: 2,
      cercleStated: true,
      lon: 4.83,
      lat: 46.3,
      engagee: false,
      engageeStated: true,
      dateEngagement: '2026-03-01',
      format: 'fixe',
      horaires: 'Mo-Fr 09:00-12:00',
      file: 'liste.csv',
      row: 2,
    });
  });

  it('needs only id, name, type and position', async () => {
    const [structure] = await read('ID,Nom,Type,Longitude,Latitude\nc1,CCAS,ccas,4.8,46.3\n');
    expect(structure).toMatchObject({
      type: 'ccas-cias',
      cercle: 1,
      cercleStated: false,
      engagee: true,
      engageeStated: false,
      format: 'fixe',
      horaires: undefined,
    });
  });

  it.each([
    ['ccas', '', 1],
    ['Association', '', 2],
    ['Association', 'non', 2],
    ['Association', 'oui', 1],
    ['mairie', 'oui', 2],
    ['CAF', '', 2],
  ])('puts a %s marked %j in circle %d', async (type, engagee, cercle) => {
    expect((await readOwn(`a;A;${type};;4.8;46.3;${engagee};;;`)).cercle).toBe(cercle);
  });

  it.each([
    [
      'a type that the table lacks',
      'a;A;Kiosque;;4.8;46.3;;;;',
      'structure-type-unknown',
      { type: 'Kiosque', cercle: 1, isTypeUnknown: true },
    ],
    [
      'a third circle',
      'a;A;caf;3;4.8;46.3;;;;',
      'structure-circle-unreadable',
      { cercle: 2, cercleStated: false },
    ],
    [
      'an unclear engagement',
      'a;A;caf;;4.8;46.3;bientôt;;;',
      'structure-engagement-unreadable',
      { engagee: true, engageeStated: false },
    ],
    [
      'a date of no calendar',
      'a;A;caf;;4.8;46.3;;31/02/2026;;',
      'structure-date-unreadable',
      { dateEngagement: undefined },
    ],
    ['an unknown format', 'a;A;caf;;4.8;46.3;;;bateau;', 'structure-format-unknown', { format: 'fixe' }],
  ])('keeps a row with %s and says so', async (_, row, code, expected) => {
    const notices = new NoticeList();
    expect(await readOwn(row, notices)).toMatchObject(expected);
    expect(notices.notices).toMatchObject([{ code, row: 2, id: 'a' }]);
  });

  it.each([
    ['no position', 'b;B;caf;;;;;;;', 'structure-without-position'],
    ['words for a position', 'b;B;caf;;ici;là;;;;', 'structure-position-unreadable'],
    ['a place off the Earth', 'b;B;caf;;400;46;;;;', 'structure-off-the-earth'],
    ['0, 0', 'b;B;caf;;0;0;;;;', 'structure-off-the-earth'],
    ['swapped numbers', 'b;B;caf;;46.3;-100.5;;;;', 'structure-position-swapped'],
    ['a repeated id', 'a;B;caf;;4.9;46.3;;;;', 'structure-id-repeated'],
    ['no id', ';B;caf;;4.9;46.3;;;;', 'structure-without-id'],
  ])('leaves out a row with %s and says so', async (_, row, code) => {
    const notices = new NoticeList();
    const structures = await read(
      `${OWN_HEADER}\na;A;caf;;4.8;46.3;;;;\n${row}\nz;Z;caf;;4.7;46.3;;;;\n`,
      notices,
    );
    expect(structures.map((structure) => structure.id)).toEqual(['a', 'z']);
    expect(notices.notices).toMatchObject([{ code, row: 3, action: 'left out' }]);
  });

  it('takes bare points, their ids as names and the first circle, and says so', async () => {
    const notices = new NoticeList();
    const structures = await read('id,lat,lon\nmarché,46.3,4.8\ngare,46.4,4.9\n', notices);
    expect(structures).toMatchObject([
      { id: 'marché', nom: 'marché', type: '', cercle: 1, lon: 4.8, lat: 46.3 },
      { id: 'gare', nom: 'gare', type: '', cercle: 1, lon: 4.9, lat: 46.4 },
    ]);
    expect(structures.map(({ isTypeUnknown }) => isTypeUnknown)).toEqual([undefined, undefined]);
    expect(notices.notices.map(({ code }) => code)).toEqual(['structures-bare-points']);
  });

  it.each([
    ['points of a population grid', 'id,lon,lat,population\na,4.8,46.3,12\n', 'name is missing'],
    ['no column of type', 'id;nom;lon;lat\na;A;4.8;46.3\n', 'type is missing'],
    ['no position at all', `${OWN_HEADER}\na;A;caf;;;;;;;\n`, 'no structure with a usable position'],
    ['no row', `${OWN_HEADER}\n`, 'no row'],
  ])('refuses a list with %s', async (_, content, words) => {
    expect((await usageErrorOf(() => read(content))).message).toContain(words);
  });

  it('refuses a list whose lon and lat are swapped against the roads', async () => {
    const content = `${OWN_HEADER}\na;A;caf;;46.3;4.8;;;;\nb;B;caf;;46.4;4.9;;;;\n`;
    const error = await usageErrorOf(() => read(content, new NoticeList(), { bounds: [4, 46, 5, 47] }));
    expect(error.message).toContain('swapped');
  });

  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01T00:00:00', '2026-03-01'],
    ['1/3/2026', '2026-03-01'],
    ['2026-02-30', undefined],
    ['mars 2026', undefined],
  ])('reads the date %j as %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  it.each([
    ['MDS', 'maisons-des-solidarites'],
    ['Centre communal d’action sociale', 'ccas-cias'],
    ['France Services', 'france-service'],
    ['pole_emploi', 'france-travail'],
    ['MSA', 'mutualite-sociale-agricole'],
    ['boulangerie', undefined],
  ])('knows the type %j as %s', (spelling, key) => {
    expect(findStructureType(spelling)?.key).toBe(key);
  });
});

describe('lists together', () => {
  it('prefixes ids that several lists share, whatever their order', async () => {
    const one = write('one.csv', 'id,nom,type,lon,lat\n1,A,caf,4.8,46.3\n2,B,caf,4.8,46.3\n');
    const two = write('two.csv', 'id,nom,type,lon,lat\n1,C,caf,4.8,46.3\n');
    const idsOf = async (paths: string[]) => {
      const structures = await readStructures(paths, {}, new NoticeList());
      return new Map(structures.map((structure) => [structure.nom, structure.id]));
    };
    const ids = await idsOf([one, two]);
    expect(Object.fromEntries(ids)).toEqual({ A: 'one:1', B: '2', C: 'two:1' });
    expect(Object.fromEntries(await idsOf([two, one]))).toEqual(Object.fromEntries(ids));
  });

  it('reads GeoJSON points with the same properties', async () => {
    const point = (id: string | undefined, properties: object, coordinates: number[] | null) => ({
      type: 'Feature',
      ...(id === undefined ? {} : { id }),
      properties,
      geometry: coordinates === null ? null : { type: 'Point', coordinates },
    });
    const path = write(
      'points.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          point(undefined, { id: 7, nom: 'A', type: 'ccas', engagee: true }, [4.8, 46.3]),
          point('f2', { Nom: 'B', Type: 'CAF' }, [4.9, 46.3]),
          point('f3', { nom: 'C', type: 'caf' }, null),
        ],
      }),
    );
    const notices = new NoticeList();
    const structures = await readStructures([path], {}, notices);
    expect(structures).toMatchObject([
      { id: '7', nom: 'A', cercle: 1, engageeStated: true, lon: 4.8, row: 1 },
      { id: 'f2', nom: 'B', cercle: 2, lon: 4.9, row: 2 },
    ]);
    expect(notices.notices).toMatchObject([{ code: 'structure-without-position', id: 'f3' }]);
  });
});

describe('the France services list', () => {
  const row = (format: string, type = 'Principal', hours = '09:00 - 12:00,,,,,') =>
    `7,71,France services  A,"1 rue\nHaute",,71270,71000,Mâcon,46.3,4.8,${hours},${type},${format}`;

  it.each([',', ';'])('reads a row separated by %j', async (separator) => {
    const content = `${FS_HEADER}\n${row('Fixe')}\n`.replaceAll(',', separator);
    expect(await read(content)).toMatchObject([
      {
        id: '7',
        nom: 'France services A',
        type: 'france-service',
        cercle: 1,
        lon: 4.8,
        lat: 46.3,
        adresse: '1 rue Haute, 71000 Mâcon',
        codeInsee: '71270',
        horaires: 'Mo 09:00-12:00',
        engagee: true,
        engageeStated: false,
      },
    ]);
  });

  it.each([
    ['Fixe', 'Principal', 'fixe'],
    ['Fixe', 'Antenne', 'antenne'],
    ['Fixe_antenne(s)', 'Antenne', 'antenne'],
    ['Fixe_antenne(s)', 'Principal', 'fixe'],
    ['Multisites', 'Principal', 'multisite'],
    ['Bus_équivalent', 'Principal', 'bus'],
    ['Itinérante', 'Antenne', 'itinerant'],
  ])('reads %s, %s as %s', async (format, type, expected) => {
    const [structure] = await read(`${FS_HEADER}\n${row(format, type)}\n`);
    expect(structure.format).toBe(expected);
  });

  it('does not take the hours of the rounds of a bus for those of its address', async () => {
    const [structure] = await read(`${FS_HEADER}\n${row('Bus_équivalent')}\n`);
    expect(structure.horaires).toBeUndefined();
  });

  it('counts no hours at all as unknown', async () => {
    const [structure] = await read(`${FS_HEADER}\n${row('Fixe', 'Principal', ',,,,,')}\n`);
    expect(structure.horaires).toBeUndefined();
  });

  it('notices a row shifted by a column, and hours that look so', async () => {
    const notices = new NoticeList();
    const day = '09:00 - 12:00 / 14:00 - 17:00';
    await read(
      `${FS_HEADER}\n${row('Principal', 'Oui', `,${[day, day, day, day, day].join(',')}`)}\n`,
      notices,
    );
    expect(notices.notices.map((notice) => notice.code)).toEqual([
      'structure-row-shifted',
      'structure-hours-look-shifted',
    ]);
  });

  const list = realData('france-services/france-services-liste-fs-20240801.csv');
  it.skipIf(list === undefined)(`reads all 2845 rows of 2024 (${NO_REAL_DATA})`, async () => {
    const notices = new NoticeList();
    const structures = await readStructures([list!], {}, notices);
    expect(structures).toHaveLength(2845);
    const countOf = (format: string) => structures.filter((structure) => structure.format === format).length;
    expect([countOf('bus'), countOf('itinerant'), countOf('multisite')]).toEqual([134, 29, 174]);
    expect(notices.notices.filter((notice) => notice.code === 'structure-hours-look-shifted')).toMatchObject([
      { id: '16' },
    ]);
    const inSaintGermain = structures.filter(
      ({ lon, lat }) => lon > 2.02 && lon < 2.18 && lat > 48.88 && lat < 48.99,
    );
    expect(inSaintGermain).toHaveLength(2);
    const ofSaoneEtLoire = structures.filter(({ codeInsee }) => codeInsee?.startsWith('71'));
    const countIn71 = (format: string) =>
      ofSaoneEtLoire.filter((structure) => structure.format === format).length;
    expect(ofSaoneEtLoire).toHaveLength(50);
    expect(['fixe', 'antenne', 'multisite'].map(countIn71)).toEqual([47, 2, 1]);
    expect(Object.fromEntries(notices.counts())).toEqual({
      'structure-hours-look-shifted': 1,
      'structure-hours-mended': 55,
      'structure-commune-arrondissement': 29,
      'structure-commune-merged': 3,
      'structure-commune-overseas-collectivity': 2,
    });
    const changeOf = (code: string) => notices.notices.find(({ value }) => value === code)?.action;
    expect(['49069', '93059', '97801', '13202', '69388', '75120'].map(changeOf)).toEqual([
      'read as 49126',
      'read as 93066',
      'kept as written',
      'read as 13055',
      'read as 69123',
      'read as 75056',
    ]);
  });

  const list2021 = realData('france-services/france_services_2021.geojson');
  it.skipIf(list2021 === undefined)(`reads all 908 features of 2021 (${NO_REAL_DATA})`, async () => {
    const notices = new NoticeList();
    const structures = await readStructures([list2021!], {}, notices);
    expect(structures).toHaveLength(908);
    const countOf = (format: string) => structures.filter((structure) => structure.format === format).length;
    expect([countOf('fixe'), countOf('antenne'), countOf('itinerant')]).toEqual([813, 42, 53]);
    expect(structures.filter(({ codeInsee }) => codeInsee?.startsWith('71'))).toHaveLength(10);
    expect(structures.find(({ id }) => id === '71')).toMatchObject({
      horaires: 'Mo-Sa 10:00-13:00',
      avecRdv: true,
      telephone: true,
    });
  });
});

describe('the selection', () => {
  const base: Structure = {
    id: 'a',
    nom: 'A',
    type: 'ccas-cias',
    cercle: 1,
    cercleStated: false,
    lon: 4.8,
    lat: 46.3,
    adresse: undefined,
    codeInsee: undefined,
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    format: 'fixe',
    horaires: undefined,
    file: 'a.csv',
    row: 2,
  };
  const study = {
    selection: {
      engagedOnly: true,
      cercles: [1] as const,
      formats: ['fixe', 'multisite', 'antenne', 'bus', 'itinerant'],
      types: [],
      openInWeekOnly: true,
    },
    crossBorder: true,
    thresholdMinutes: 30,
  };
  /** The territory lies at lon 4.8; each hundredth of a degree from it is a kilometre. */
  const distanceToTerritory = (lon: number) => Math.round(Math.abs(lon - 4.8) * 100) * 1000;
  const options: SelectionOptions = { date: '2026-10-06', roadBounds: [0, 45, 10, 47], distanceToTerritory };

  it.each([
    ['engaged by default', {}, undefined],
    ['not engaged', { engagee: false }, 'not-engaged'],
    ['engaged that very day', { dateEngagement: '2026-10-06' }, undefined],
    ['engaged a day later', { dateEngagement: '2026-10-07' }, 'engaged-later'],
    ['of the second circle', { cercle: 2 }, 'other-circle'],
    ['a bus without stops', { format: 'bus' }, 'itinerant-without-stops'],
    [
      'an itinerant one, whatever its hours',
      { format: 'itinerant', horaires: 'Mo 09:00-12:00' },
      'itinerant-without-stops',
    ],
    ['a stop on its day', { format: 'bus', stop: { of: 'b', opens: true } }, undefined],
    ['a stop in another week', { format: 'bus', stop: { of: 'b', opens: false } }, 'itinerant-other-week'],
    [
      'a stop without calendar',
      { format: 'itinerant', stop: { of: 'b', opens: undefined } },
      'itinerant-without-calendar',
    ],
    ['closed all week', { horaires: 'off' }, 'never-open'],
    ['65 km beyond the border', { lon: 5.45 }, undefined],
    ['66 km beyond the border', { lon: 5.46 }, 'too-far'],
    ['off the roads', { lat: 48 }, 'off-the-roads'],
    ['of unknown type', { type: 'Relais', isTypeUnknown: true }, 'unknown-type'],
    ['of unknown type and not engaged', { isTypeUnknown: true, engagee: false }, 'not-engaged'],
    ['closed in the week studied', { horaires: 'Jun: Mo 09:00-12:00', isClosedThatWeek: true }, 'never-open'],
  ] as ReadonlyArray<[string, Partial<Structure>, string | undefined]>)(
    'of a structure %s: %s -> %s',
    (_, change, reason) => {
      const { selected, leftOut } = selectStructures(
        [
          { ...base, ...change },
          { ...base, id: 'always' },
        ],
        study,
        options,
        new NoticeList(),
      );
      expect(selected.map((structure) => structure.id)).toEqual(
        reason === undefined ? ['a', 'always'] : ['always'],
      );
      expect(leftOut.map((each) => each.reason)).toEqual(reason === undefined ? [] : [reason]);
    },
  );

  it('counts a bus by its stops, not by its base, and not where the study leaves buses out', () => {
    const bus: Structure = { ...base, id: 'b', format: 'bus' };
    const stop: Structure = { ...bus, id: 'b/1', stop: { of: 'b', opens: true } };
    const all = [base, bus, stop];
    const { selected, leftOut } = selectStructures(all, study, options, new NoticeList());
    expect(selected).toEqual([base, stop]);
    expect(leftOut).toEqual([{ structure: bus, reason: 'itinerant-by-stops' }]);
    const fixedOnly = { ...study, selection: { ...study.selection, formats: ['fixe'] } };
    expect(selectStructures(all, fixedOnly, options, new NoticeList()).selected).toEqual([base]);
  });

  it('leaves out what lies beyond the border when the study says so, and counts by reason', () => {
    const notices = new NoticeList();
    const structures = [base, { ...base, id: 'b', lon: 4.9 }, { ...base, id: 'c', lon: 4.95 }];
    const { selected, countOfReason } = selectStructures(
      structures,
      { ...study, crossBorder: false },
      options,
      notices,
    );
    expect(selected).toEqual([base]);
    expect([...countOfReason]).toEqual([['beyond-border', 2]]);
    expect(notices.notices).toMatchObject([{ code: 'structures-beyond-border' }]);
  });

  it('takes circles, types and unengaged ones where the study asks for them', () => {
    const selection = { ...study.selection, engagedOnly: false, cercles: [1, 2] as const, types: ['caf'] };
    const caf: Structure = { ...base, id: 'caf', type: 'caf', cercle: 2, engagee: false };
    expect(
      selectStructures([base, caf], { ...study, selection }, options, new NoticeList()).selected,
    ).toEqual([caf]);
  });

  it('refuses to go on without a structure, and says why each is out', async () => {
    const error = await usageErrorOf(() =>
      selectStructures(
        [
          { ...base, engagee: false },
          { ...base, id: 'b', cercle: 2 },
        ],
        study,
        options,
        new NoticeList(),
      ),
    );
    expect(error.fields.value).toBe('1 not engaged, 1 of another circle');
  });

  it('counts what the lists do not say', () => {
    const stated: Structure = {
      ...base,
      id: 'b',
      engageeStated: true,
      cercleStated: true,
      horaires: 'Mo 09:00-10:00',
    };
    expect(selectStructures([base, stated], study, options, new NoticeList()).assumed).toEqual({
      engaged: 1,
      cercle: 1,
      hours: 1,
      unreadHours: 0,
    });
  });
});
