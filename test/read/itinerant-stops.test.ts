/** Buses and itinerant structures, counted by the stops and the calendar that a study gives them. */
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import type { Commune } from '../../src/read/records.ts';
import { createHoursUnderstander } from '../../src/read/structure-hours.ts';
import { readStructures, type StructureOptions } from '../../src/read/structures.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const LIST =
  'id;nom;type;lon;lat;code_insee;engagee;format;horaires\n1;Bus;MDS;4.8;46.3;71270;oui;bus;Mo-Fr 09:00-17:00\n2;CCAS;ccas;4.8;46.3;71270;oui;fixe;\n';
const HEADER = 'id_structure;nom_arret;lon;lat;code_insee;horaires';
const DATE = '2026-10-06';

async function readStops(stops: string, options: StructureOptions = {}, list = LIST) {
  const notices = new NoticeList();
  const paths = [write('liste.csv', list)];
  const structures = await readStructures(
    paths,
    { date: DATE, itinerantStops: [write('tournees.csv', stops)], ...options },
    notices,
  );
  return { stops: structures.filter(({ stop }) => stop !== undefined), structures, notices };
}

describe('the stops of a bus', () => {
  it.each([
    ['as the tool names its columns', `${HEADER}\n1;Bourg;4.9;46.4;71150;Tu 09:00-12:00\n`],
    [
      'with commas, other names',
      'structure,arret,longitude,latitude,insee_com,opening_hours\n1,Bourg,4.9,46.4,71150,"Tu 09:00-12:00"\n',
    ],
    [
      'with decimal commas',
      '\ufeffID structure;Nom arrêt;Lon;Lat;Code INSEE;Horaires\r\n1;Bourg;4,9;46,4;71150;Tu 09:00-12:00\r\n',
    ],
  ])('are read %s', async (_, content) => {
    const { stops, structures, notices } = await readStops(content);
    expect(structures).toHaveLength(3);
    expect(stops).toEqual([
      {
        ...structures[0],
        id: '1/1',
        nom: 'Bus, Bourg',
        adresse: 'Bourg',
        lon: 4.9,
        lat: 46.4,
        codeInsee: '71150',
        horaires: 'Tu 09:00-12:00',
        stop: { of: '1', opens: true },
        file: 'tournees.csv',
        row: 2,
      },
    ]);
    expect(notices.notices).toEqual([]);
  });

  it('are placed in their commune where they have no position', async () => {
    const ring = [
      [4, 46],
      [4.1, 46],
      [4.1, 46.1],
      [4, 46.1],
      [4, 46],
    ];
    const commune: Commune = {
      code: '71150',
      nom: 'Crêches',
      departement: undefined,
      population: undefined,
      geometry: { type: 'Polygon', coordinates: [ring] },
      epci: undefined,
      territoire: undefined,
    };
    const communes = {
      communes: [commune],
      neighbours: [],
      currentCodeOf: new Map<string, string>(),
    };
    const { stops, notices } = await readStops(
      `${HEADER}\n1;Bourg;;;71150;Tu 09:00-12:00\n1;Loin;;;71999;Tu 09:00-12:00\n`,
      { communes },
    );
    expect(stops).toMatchObject([{ lon: expect.closeTo(4.05, 9), positionOrigin: 'inside-point' }]);
    expect(notices.notices).toMatchObject([
      { code: 'itinerant-stop-without-position', row: 2, severity: 'info' },
      { code: 'itinerant-stop-without-position', row: 3, severity: 'warning', action: 'left out' },
      { code: 'structures-placed-by-commune' },
    ]);
  });

  it.each([
    ['of an unknown structure', '9;Bourg;4.9;46.4;;Tu 09:00-12:00', 'itinerant-stop-of-unknown-structure'],
    ['of a fixed structure', '2;Bourg;4.9;46.4;;Tu 09:00-12:00', 'itinerant-stop-of-fixed-structure'],
    ['at 0, 0', '1;Bourg;0;0;;Tu 09:00-12:00', 'itinerant-stop-position-unusable'],
  ])('are left out with a notice where the row is %s', async (_, row, code) => {
    const { stops, notices } = await readStops(`${HEADER}\n${row}\n1;Autre;4.9;46.4;;Tu 09:00-12:00\n`);
    expect(stops).toMatchObject([{ adresse: 'Autre' }]);
    expect(notices.notices).toMatchObject([{ code, row: 2, file: 'tournees.csv' }]);
  });

  it.each([
    ['', undefined, []],
    ['le mardi des fois', undefined, ['itinerant-stop-calendar-unreadable']],
    ['2026 Oct 20 09:00-12:00', false, []],
  ])('with the calendar %j open: %s', async (horaires, opens, codes) => {
    const { stops, notices } = await readStops(`${HEADER}\n1;Bourg;4.9;46.4;;${horaires}\n`);
    expect(stops.map(({ stop }) => stop!.opens)).toEqual([opens]);
    expect(notices.notices.map(({ code }) => code)).toEqual(codes);
  });

  it('find their bus by its own id in a list whose ids are prefixed', async () => {
    const notices = new NoticeList();
    const paths = [
      write('cd.csv', LIST),
      write('ville.csv', 'id;nom;type;lon;lat\n1;Mairie;mairie;4.7;46.2\n'),
    ];
    const itinerantStops = [
      write('t.csv', `${HEADER}\n1;A;4.9;46.4;;Tu 09:00-12:00\ncd:1;B;4.9;46.5;;Tu 09:00-12:00\n`),
    ];
    const structures = await readStructures(paths, { itinerantStops }, notices);
    expect(structures.filter(({ stop }) => stop !== undefined).map(({ id }) => id)).toEqual([
      'cd:1/1',
      'cd:1/2',
    ]);
  });

  it('follow a bus that was merged into another list', async () => {
    const paths = [
      write('a.csv', LIST),
      write('b.csv', LIST.replace('1;Bus', 'B;Bus').replace('2;CCAS', 'C;CCAS')),
    ];
    const itinerantStops = [write('t2.csv', `${HEADER}\nB;A;4.9;46.4;;Tu 09:00-12:00\n`)];
    const structures = await readStructures(
      paths,
      { itinerantStops, mergeDuplicates: true },
      new NoticeList(),
    );
    expect(structures.map(({ id }) => id)).toEqual(['1', '2', '1/1']);
  });

  it.each([
    ['no column of the structure', 'nom_arret;horaires\nBourg;Tu 09:00-12:00\n', 'structure of the stop'],
    ['no column of the hours', 'id_structure;nom_arret\n1;Bourg\n', 'opening hours'],
    ['no row', `${HEADER}\n`, 'no row'],
  ])('are refused with %s', async (_, content, words) => {
    expect((await usageErrorOf(() => readStops(content))).message).toContain(words);
  });
});

describe('the calendar in the week of Tuesday 6 October 2026 (week 41)', () => {
  it.each([
    ['Tu 09:00-12:00', true],
    ['Mo 09:00-12:00', true],
    ['Su 09:00-12:00', true],
    ['week 1-53/2 Th 09:00-12:00', true],
    ['week 2-52/2 Th 09:00-12:00', false],
    ['Tu[1] 14:00-17:00', true],
    ['Tu[2] 14:00-17:00', false],
    ['2026 Oct 05 09:00-12:00', true],
    ['2026 Oct 12 09:00-12:00', false],
    ['off', false],
    ['1er et 3e mardi du mois 14h-17h', true],
    ['2e mardi du mois 14h-17h', false],
    ['jeudi des semaines paires 9h-12h', false],
    ['certains mardis', undefined],
  ])('%s: %s', async (text, opens) => {
    const read = await createHoursUnderstander([text], DATE);
    expect(read(text, 4.8, 46.3)?.opensInWeek).toBe(opens);
  });

  it('only has to open some day where the study has none', async () => {
    const texts = ['Tu[2] 14:00-17:00', 'off', 'certains mardis'];
    const read = await createHoursUnderstander(texts, undefined);
    expect(texts.map((text) => read(text, 4.8, 46.3)?.opensInWeek)).toEqual([true, false, undefined]);
  });
});
