import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readActionSheets, type SheetRow } from '../../src/read/action-sheets.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const HEADER = 'indicateur;unite;annee;cible;realise;calcul';

async function read(...lines: string[]): Promise<{ rows: SheetRow[]; notices: NoticeList }> {
  const notices = new NoticeList();
  const rows = await readActionSheets([write('fiche.csv', `${lines.join('\n')}\n`)], notices);
  return { rows, notices };
}

describe('the table of an action sheet', () => {
  it('gives a row per indicator and year, in its unit', async () => {
    const { rows, notices } = await read(
      HEADER,
      'Conventions CCAS;%;2018;30;;part_ccas_convention',
      'Points conseil budget;nombre;2019;12,5;11;',
    );
    expect(rows).toMatchObject([
      {
        indicateur: 'Conventions CCAS',
        unite: '%',
        annee: 2018,
        cible: 30,
        realise: undefined,
        calcul: 'part_ccas_convention',
        row: 2,
      },
      { unite: 'nombre', annee: 2019, cible: 12.5, realise: 11, calcul: undefined, row: 3 },
    ]);
    expect(notices.notices).toEqual([]);
  });

  it.each([
    ['Indicateur,Unité,Année,Cible,Réalisé,Calcul', 'A,%,2020,50,40,'],
    ['\uFEFFINDICATEUR;UNITE;ANNEE;OBJECTIF;RESULTAT', 'A;%;2020;50;40'],
    ['annee;valeur_cible;valeur_realisee;libelle', '2020;50 %;40%;A'],
    ['indicateur\tannee\tcible\trealise\tunite', 'A\t2020\t50\t40\tpourcentage'],
  ])('may have the header %j', async (header, line) => {
    const { rows } = await read(header, line);
    expect(rows).toMatchObject([{ indicateur: 'A', unite: '%', annee: 2020, cible: 50, realise: 40 }]);
  });

  it('takes the unit of a share that is computed as given', async () => {
    const { rows } = await read('indicateur;annee;cible;calcul', 'A;2020;50;part_petites_communes_relais');
    expect(rows[0]).toMatchObject({ unite: '%' });
  });

  it.each([
    ['A;%;bientôt;50;;', 'target-row-unreadable', 'bientôt'],
    [';%;2020;50;;', 'target-row-unreadable', '2020'],
    ['A;%;2020;la moitié;;', 'target-number-unreadable', 'la moitié'],
    ['B;nombre;2021;5;;', 'target-unit-changes', 'nombre'],
    ['B;%;2020;50;;', 'target-repeated', '2020'],
  ])('has a defect in %j that is told, with its line', async (line, code, value) => {
    const { rows, notices } = await read(HEADER, 'B;%;2020;50;;', line);
    expect(notices.notices).toMatchObject([{ code, value, row: 3, file: 'fiche.csv' }]);
    expect(rows.length).toBe(/number|unit/.test(code) ? 2 : 1);
  });

  it('keeps one unit an indicator, that of its first row', async () => {
    const { rows } = await read(HEADER, 'B;%;2020;50;;', 'B;;2021;60;;', 'B;nombre;2022;70;;');
    expect(rows.map(({ unite }) => unite)).toEqual(['%', '%', '%']);
  });

  it.each([
    ['A;%;2020;50;;part_cas_convention', 'did you mean part_ccas_convention?', 'part_cas_convention'],
    ['A;nombre;2020;5;;part_ccas_convention', 'its unit is %', 'nombre'],
  ])('with %j is a mistake of the user', async (line, message, value) => {
    const error = await usageErrorOf(() => read(HEADER, line));
    expect(error.message).toContain(message);
    expect(error.fields).toMatchObject({ line: 2, value });
  });

  it('needs its indicator, year and target', async () => {
    const error = await usageErrorOf(() => read('indicateur;annee;realise', 'A;2020;5'));
    expect(error.message).toContain('target');
  });
});
