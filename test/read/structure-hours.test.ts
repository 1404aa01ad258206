import { expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readHoursOnDay } from '../../src/read/hours-on-day.ts';
import { readOutsideHours } from '../../src/read/outside-hours.ts';
import { selectStructures } from '../../src/read/select-structures.ts';
import { readStructures } from '../../src/read/structures.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const TUESDAY = '2026-01-13';
const STUDY = {
  selection: { engagedOnly: true, cercles: [1, 2], formats: ['fixe'], types: [], openInWeekOnly: true },
  crossBorder: true,
  thresholdMinutes: 30,
} as const;

/** One structure, beside another that nothing ails, read from a list of the tool's own columns. */
async function readOne(horaires: string) {
  const notices = new NoticeList();
  const path = write(
    'horaires.csv',
    `id;nom;type;lon;lat;horaires\n1;A;mds;4,8;46,3;"${horaires}"\n2;B;mds;4,9;46,4;\n`,
  );
  const structures = await readStructures([path], { date: TUESDAY }, notices);
  const { selected, assumed } = selectStructures(structures, STUDY, { date: TUESDAY }, new NoticeList());
  return { structure: structures[0]!, isCounted: selected.length === 2, assumed, notices: notices.notices };
}

it.each([
  ['lundi 9h-12h', 'Mo 09:00-12:00', true],
  ['L-V 9h-12h', 'Mo-Fr 09:00-12:00', true],
  ['Mo-Fr 09:00-12:00', 'Mo-Fr 09:00-12:00', true],
  ['Mo-Fr 08:30-12:30 / 13:30-17:30', 'Mo-Fr 08:30-12:30,13:30-17:30', true],
  ['Mon-Fri 9am-5pm', 'Mon-Fri 9am-5pm', true],
  ['Jun: Mo-Fr 09:00-12:00', 'Jun: Mo-Fr 09:00-12:00', false],
  ['en juin uniquement', 'Jun unknown', false],
  ['de juin à septembre, du lundi au vendredi 9h-12h', 'Jun-Sep Mo-Fr 09:00-12:00', false],
  ['Jan: Mo 09:00-12:00', 'Jan: Mo 09:00-12:00', true],
  ['Fermé', 'off', false],
  ['fermé définitivement', 'off', false],
  ['2e mardi du mois 9h-12h', 'Tu[2] 09:00-12:00', true],
  ['1er mardi du mois 9h-12h', 'Tu[1] 09:00-12:00', false],
  ['mardi 9h-12h hors vacances scolaires', 'Tu 09:00-12:00; SH off', true],
])('%j is kept as %j, and counts in the week of 12 January: %s', async (text, osm, isCounted) => {
  const read = await readOne(text);
  expect(read.structure.horaires).toBe(osm);
  expect(read.structure.unreadHours).toBeUndefined();
  expect(read.isCounted).toBe(isCounted);
  expect(read.notices.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

it.each(['variable', '?', 'L-Z 9h-12h', '9h-12h (16h le vendredi)'])(
  '%j is not understood: told, counted as open and apart from unknown hours',
  async (text) => {
    const { structure, isCounted, assumed, notices } = await readOne(text);
    expect(structure).toMatchObject({ horaires: undefined, unreadHours: text });
    expect(isCounted).toBe(true);
    expect(assumed).toMatchObject({ hours: 1, unreadHours: 1 });
    expect(notices).toMatchObject([
      { code: 'opening-hours-not-understood', severity: 'warning', row: 2, id: '1', value: text },
    ]);
  },
);

it.each(['-', 'NC', 'n. c.', 'Non communiqué', 'non renseignés', 'à préciser', 'N/A'])(
  '%j stands for an empty field: unknown hours, and nothing told',
  async (text) => {
    const { structure, isCounted, assumed, notices } = await readOne(text);
    expect(structure.horaires).toBeUndefined();
    expect(structure.unreadHours).toBeUndefined();
    expect(isCounted).toBe(true);
    expect(assumed).toMatchObject({ unreadHours: 0 });
    expect(notices).toEqual([]);
  },
);

it('reads an appointment as unknown hours, and keeps that one is asked for', async () => {
  const { structure, isCounted, notices } = await readOne('sur rendez-vous');
  expect(structure).toMatchObject({ horaires: undefined, avecRdv: true });
  expect(isCounted).toBe(true);
  expect(notices).toMatchObject([{ code: 'opening-hours-by-appointment', severity: 'info' }]);
});

it('opens days without their hours all day, and on no evening', async () => {
  const { structure } = await readOne('du lundi au samedi');
  const { openSeconds, closeSeconds } = await readHoursOnDay([structure], TUESDAY, new NoticeList());
  expect([[...openSeconds], [...closeSeconds]]).toEqual([[0], [86_400]]);
  const [outside] = await readOutsideHours([structure], TUESDAY, new NoticeList());
  expect(outside).toEqual({ isKnown: true, evening: false, lunch: false, saturday: true });
});

const FRANCE_SERVICES =
  'id_fs,insee_dep,lib_fs,adresse,insee_com,code_postal,lib_com,latitude,longitude,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,type_fs,format_fs';

it.each([
  ['09:00 - 12:00,Fermé,fermée,,-,', 'Mo 09:00-12:00', undefined],
  ['Fermé,Fermé,Fermé,Fermé,Fermé,Fermé', 'off', undefined],
  [',,,,,', undefined, undefined],
  ['variable,variable,,,,', undefined, 'variable | variable'],
])(
  'the days %s of a France services list are %j, not understood: %j',
  async (days, horaires, unreadHours) => {
    const path = write(
      'fs.csv',
      `${FRANCE_SERVICES}\n1,71,FS,Rue,71270,71000,Mâcon,46.3,4.8,${days},Principal,Fixe\n`,
    );
    const [structure] = await readStructures([path], { date: TUESDAY }, new NoticeList());
    expect(structure!.horaires).toBe(horaires);
    expect(structure!.unreadHours).toBe(unreadHours);
  },
);

it.each([
  ['rules without end', 'Mo 09:00-10:00; '.repeat(4400)],
  ['French without end', 'lundi 9h-12h et mardi 14h-17h, '.repeat(2300)],
  ['figures without end', '9h-'.repeat(23_000)],
  ['one word of letters', 'a'.repeat(70_000)],
])('%s, 70 000 characters: not understood, without a look at them', async (_, text) => {
  const { structure, isCounted, notices } = await readOne(text);
  expect(structure.horaires).toBeUndefined();
  expect(isCounted).toBe(true);
  expect(notices).toMatchObject([{ code: 'opening-hours-not-understood' }]);
});
